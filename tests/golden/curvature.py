#!/usr/bin/env python3
"""Writes curvature.json: small trained nets with the exact Hessian of their loss, by PyTorch in float64.

Run by hand: `python3 tests/golden/curvature.py` with PyTorch 2.1 or later (CPU); the file is committed.

A case holds
  spec             the experiment as the crate takes it
  shape, classes   of a row; the number of classes, or null for values
  inputs, targets  row-major; targets are values or class indices
  parameters       after training, flat, in the order of a state_dict without buffers: numbers that float32 holds
  loss             the mean over all rows there, batch normalization by the statistics of the rows
  gradient         of that loss
  direction        a vector to multiply with
  product          of the loss's Hessian with it
  largest          eigenvalues of the Hessian: the three largest, the largest first
  smallest         the most negative one
"""

import json
import pathlib

import torch
from torch.func import functional_call

from cases import BATCH_NORM, FLATTEN, LAYER_NORM, avg_pool, case, conv, dense, max_pool, residual
from generate import flat, optimizer_of
from models import build_net, clearances, loss_of

# Kinks are at least this far away: both sides compute in float64.
CLEARANCE = 1e-7
MOST_PARAMETERS = 300


def dropout(rate):
    return {"type": "dropout", "rate": rate}


def all_cases():
    """Each layer, activation and loss at least once, with how many steps of the full batch it is trained."""
    adam = {"type": "adam", "learningRate": 0.01}
    sgd = {"type": "sgd", "learningRate": 0.1}
    yield case("linear regression", [], "mse", sgd, shape=[3], rows=20), 500
    yield case("tanh, two classes", [dense(4, "tanh"), dense(2, "tanh")], "auto", sgd, shape=[2], rows=60,
               classes=2), 5000
    yield case("gelu, two classes", [dense(8, "gelu"), dense(8, "gelu")], "auto", adam, shape=[2], rows=60,
               classes=2), 1500
    yield case("relu, four classes with weights and smoothing", [dense(9, "relu"), dense(7, "relu")], "cross-entropy",
               adam, shape=[3], rows=40, classes=4, labelSmoothing=0.1, classWeights=[1, 2.5, 0, 0.5]), 800
    yield case("silu and layer norm, mse", [dense(7, "silu"), LAYER_NORM, dense(6, "silu"), LAYER_NORM], "mse", adam,
               shape=[3], rows=30, outputs=2), 600
    yield case("elu and batch norm, half mse", [dense(6, "elu"), BATCH_NORM, dense(5, "elu"), BATCH_NORM], "half-mse",
               adam, shape=[4], rows=50), 400
    yield case("convolution and max pooling, three classes", [conv(3, 3, 1, "same", "tanh"), max_pool(2, 2),
                                                              conv(4, 2, 2, "same", "relu"), FLATTEN], "auto", adam,
               shape=[2, 7, 6], rows=24, classes=3), 300
    yield case("convolution, batch norm and average pooling, two classes",
               [conv(4, 3, 2, "valid", "softplus"), BATCH_NORM, avg_pool(2, 1), FLATTEN, dense(5, "softplus")], "auto",
               adam, shape=[1, 8, 9], rows=24, classes=2, labelSmoothing=0.2), 300
    yield case("residual of sigmoids, huber", [dense(6, "sigmoid"), residual(dense(6, "sigmoid"), dense(6, "linear"))],
               "huber", adam, shape=[3], rows=40), 1500
    yield case("leaky relu and sine, mae", [dense(6, "leaky-relu"), dense(5, "sin")], "mae", adam, shape=[2],
               rows=40, output_activation="tanh"), 700
    yield case("sine, hinge, three classes", [dense(8, "sin"), dense(6, "sin")], "hinge", adam, shape=[2], rows=50,
               classes=3), 150
    yield case("selu, dropout and residual, two classes with weights",
               [dense(5, "selu"), dropout(0.3), residual(LAYER_NORM, dense(5, "selu"), dropout(0.5), dense(5, "gelu")),
                LAYER_NORM], "auto", adam, shape=[3], rows=40, classes=2, classWeights=[0.25, 3]), 300


def rows_of(case, generator):
    """Rows that something can be learned from, with a little that can't."""
    shape, rows, classes = case["shape"], case["rows"], case["classes"]
    inputs = torch.round((torch.rand(rows, *shape, generator=generator, dtype=torch.float64) * 4 - 2) * 32) / 32
    x = inputs.reshape(rows, -1)
    score = torch.sin(2 * x[:, 0]) + 0.5 * x[:, 0] * x[:, 1] + x[:, 2:].sum(1) / 3
    score = score + 0.2 * torch.randn(rows, generator=generator, dtype=torch.float64)
    if classes:
        return inputs, (score.argsort().argsort() * classes) // rows
    targets = torch.stack([score, score * score][: case["outputs"]], 1)
    return inputs, torch.round(targets * 256) / 256


def truth_of(case, steps, seed):
    generator = torch.Generator().manual_seed(seed)
    torch.manual_seed(seed)
    inputs, targets = rows_of(case, generator)
    net = build_net(case["spec"]["model"], case["shape"], case["outputs"], case["classes"]).double().train()
    for module in net.modules():
        if isinstance(module, torch.nn.modules.batchnorm._BatchNorm):
            module.track_running_stats, module.running_mean, module.running_var = False, None, None
    parameters = dict(net.named_parameters())
    training = case["spec"]["training"]
    optimizer = optimizer_of(training["optimizer"], parameters.values())
    for _ in range(steps):
        optimizer.zero_grad()
        loss_of(training, case["classes"], net(inputs), targets).backward()
        optimizer.step()
    names, shapes = list(parameters), [p.shape for p in parameters.values()]
    there = torch.tensor(flat(parameters.values()), dtype=torch.float64).float().double()
    assert len(there) <= MOST_PARAMETERS, (case["name"], len(there))

    def loss(vector):
        parts = vector.split([shape.numel() for shape in shapes])
        state = {name: part.reshape(shape) for name, part, shape in zip(names, parts, shapes)}
        return loss_of(training, case["classes"], functional_call(net, state, (inputs,)), targets)

    clearances.clear()
    value = loss(there).item()
    if min(clearances, default=1) < CLEARANCE:
        return None
    hessian = torch.autograd.functional.hessian(loss, there)
    assert (hessian - hessian.T).abs().max() <= 1e-12 * hessian.abs().max()
    eigenvalues = torch.linalg.eigvalsh(hessian).flip(0).tolist()
    direction = torch.round((torch.rand(len(there), generator=generator, dtype=torch.float64) * 2 - 1) * 64) / 64
    gradient = torch.autograd.functional.jacobian(loss, there)
    return {"inputs": flat([inputs]), "targets": targets.tolist() if case["classes"] else flat([targets]),
            "parameters": flat([there]), "loss": value, "gradient": flat([gradient]), "direction": flat([direction]),
            "product": flat([hessian @ direction]), "largest": eigenvalues[:3], "smallest": eigenvalues[-1]}


def main():
    cases = []
    for case, steps in all_cases():
        truth = next(filter(None, (truth_of(case, steps, seed) for seed in range(100))))
        print(f"{case['name']}: {len(truth['parameters'])} parameters, loss {truth['loss']:.4g}, "
              f"largest {truth['largest']}, smallest {truth['smallest']:.4g}")
        head = {key: case[key] for key in ("name", "spec", "shape", "classes")}
        lines = [f"  {json.dumps(key)}: {json.dumps(value, separators=(',', ':'), ensure_ascii=False)}"
                 for key, value in {**head, **truth}.items()]
        cases.append("{\n" + ",\n".join(lines) + "\n}")
    about = json.dumps(f"PyTorch {torch.__version__}, float64, CPU; written by curvature.py, which says what is what")
    text = "{\n\"about\": " + about + ",\n\"cases\": [\n" + ",\n".join(cases) + "\n]}\n"
    pathlib.Path(__file__).with_name("curvature.json").write_text(text, encoding="utf-8")
    print(f"{len(cases)} cases, {len(text.encode()) / 1024:.0f} KB")


if __name__ == "__main__":
    main()
