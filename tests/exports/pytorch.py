"""Holds exported PyTorch programs against the core: predictions, and how training goes on.

    python pytorch.py FOLDER    with a program a folder, and what the core did in expected.json
"""

import contextlib
import importlib.util
import io
import json
import math
import pathlib
import sys

import optuna
import torch

torch.set_num_threads(1)
optuna.logging.set_verbosity(optuna.logging.WARNING)


def module_of(folder, name="train"):
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # as the others import it
    spec.loader.exec_module(module)
    return module


def try_others(folder):
    """Trains an epoch in a fold, and tries two trials of the search."""
    with contextlib.redirect_stdout(io.StringIO()):
        folds = module_of(folder, "folds")
        scores = folds.run_fold(0, folds.read_folds(), 1)
        assert all(map(math.isfinite, scores.values())), (folder, scores)
        if not (folder / "search.py").exists():
            return
        search = module_of(folder, "search")
        study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=1))
        study.optimize(search.objective, n_trials=2)
        assert math.isfinite(study.best_value), (folder, study.best_value)


def opened(program, folder):
    torch.manual_seed(program.SEED)
    data, recipe = program.load_data(with_test=True)
    net = program.fresh_net()
    optimizer = program.make_optimizer(net)
    return data, recipe, net, optimizer, program.load(folder, net, optimizer)


def losses_of(program, folder, epochs):
    """Trains on: the loss of each epoch."""
    data, recipe, net, optimizer, progress = opened(program, folder)
    losses = []
    program.tell = lambda net, data, progress, loss, *more: losses.append(loss)
    takes_recipe = "recipe" in program.train.__code__.co_varnames[: program.train.__code__.co_argcount]
    steps = epochs * len(program.deal(len(data["train"][0])))
    with contextlib.redirect_stdout(io.StringIO()):
        program.train(net, optimizer, data, *([recipe] if takes_recipe else []), progress, steps)
    return losses, net, recipe, data


def main():
    worst = {"predictions": 0.0, "curve": 0.0}
    folders = sorted(path.parent for path in pathlib.Path(sys.argv[1]).glob("*/train.py"))
    for folder in folders:
        expected = json.loads((folder / "expected.json").read_text())
        name = expected["name"]
        program = module_of(folder)
        data, recipe, net, *_ = opened(program, folder)
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            program.check(net, recipe)
        difference = float(said.getvalue().split()[-1])
        worst["predictions"] = max(worst["predictions"], difference)
        try_others(folder)
        program = module_of(folder)
        if not expected["follows"]:
            losses, *_ = losses_of(program, folder, 3)
            assert losses and all(map(math.isfinite, losses)), (name, losses)
            continue
        curve = expected["curve"]
        losses, *_ = losses_of(program, folder, len(curve))
        assert len(losses) == len(curve), (name, len(losses))
        apart = max(abs(a - b) / max(abs(b), 1e-3) for a, b in zip(losses, curve))
        print(f"{name}: predictions {difference:.1e}, curve {apart:.1e}")
        if not apart <= 1e-4:
            print("   ", losses[:6], curve[:6])
        worst["curve"] = max(worst["curve"], apart if math.isfinite(apart) else math.inf)
    print(f"{len(folders)} programs: {worst}")
    assert worst["predictions"] <= 1e-5 and worst["curve"] <= 1e-4, worst


if __name__ == "__main__":
    main()
