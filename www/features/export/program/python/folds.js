// @ts-check
/** Cross-validation in the folds that the page deals: `folds.py`, with `folds.csv`, which has each row's fold by number. */
import { partsMeasured, recipeOf, scoresCall, scoresMore } from "./training.js";
import { lines, pyFloat } from "./write.js";

/** As search.py has it too. */
export const READ_FOLDS = lines(
  "def read_folds():",
  '    """The fold of each row: its number, by the number of the row."""',
  '    with open(FOLDER / "folds.csv", encoding="utf-8", newline="") as file:',
  '        return {int(line["row"]): int(line["fold"]) for line in csv.DictReader(file)}',
);

/** Share of a fold's training rows that says when to stop, where the Spec has no validation rows: as the core has it. */
const WATCHED = 0.1;

/** @param {import("./facts.js").Facts} facts */
export function foldsScript(facts) {
  const { image, spec } = facts;
  const { stop } = spec.training;
  return `${lines(
    '"""Cross-validation of train.py, in the folds of the experiment.',
    "",
    "    python folds.py               train a net a fold, as long as train.py",
    "    python folds.py --epochs 20   train each for so many epochs",
    "",
    "folds.csv says of each row, by its place in the data, which fold validates it.",
    "Test rows are in no fold. What the recipe learns, it learns from training rows anew.",
    '"""',
    "",
    "import argparse",
    "import contextlib",
    "import csv",
    "import io",
    "import math",
    "from pathlib import Path",
    "from statistics import mean, stdev",
    "",
    "import torch",
    image && "from safetensors.torch import load_file",
    "",
    "import train as experiment",
    "",
    "FOLDER = Path(__file__).parent",
    "",
    "",
    READ_FOLDS,
    "",
    "",
    numbersBlock(facts),
    "",
    "",
    ...dataOf(facts),
    "",
    "",
    "def run_fold(fold, folds, epochs):",
    '    """Trains a net on all other folds, and scores it on this one."""',
    "    torch.manual_seed(experiment.SEED)",
    `    data, ${recipeOf(facts)} = data_of(fold, folds)`,
    "    net = experiment.fresh_net()",
    "    optimizer = experiment.make_optimizer(net)",
    "    progress = dict(experiment.START)",
    '    steps = epochs * len(experiment.deal(len(data["train"][0])))',
    "    with contextlib.redirect_stdout(io.StringIO()):",
    `        experiment.train(net, optimizer, data${scoresMore(facts)}, progress, steps)`,
    `    return experiment.${scoresCall(facts, 'data["fold"]')}`,
    "",
    "",
    "def main():",
    "    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])",
    `    parser.add_argument("--epochs", type=int, default=${stop.maxEpochs === null ? 100 : "experiment.MAX_EPOCHS"})`,
    "    args = parser.parse_args()",
    "    folds = read_folds()",
    "    found = []",
    "    for fold in sorted(set(folds.values())):",
    "        scores = run_fold(fold, folds, args.epochs)",
    "        found.append(scores)",
    '        text = ", ".join(f"{name} {value:.6g}" for name, value in scores.items())',
    '        print(f"fold {fold}: {text}")',
    "    for name in found[0]:",
    "        values = [scores[name] for scores in found]",
    "        spread = stdev(values) if len(values) > 1 else math.nan",
    '        print(f"{name}: {mean(values):.6g} ± {spread:.2g}")',
    "",
    "",
    'if __name__ == "__main__":',
    "    main()",
  )}\n`;
}

/** Whether some rows say when to stop. @param {import("./facts.js").Facts} facts */
const watchesRows = (facts) => facts.rows.validation > 0 || partsMeasured(facts).has("test");

/** Which rows are for what. @param {import("./facts.js").Facts} facts @param {string} [of]   where the program is */
export function numbersBlock(facts, of = "experiment.") {
  const { validation, test } = facts.spec.data.split;
  const watches = watchesRows(facts);
  const share = facts.rows.validation ? validation / (1 - test) : WATCHED;
  return lines(
    "def deal_fold(fold, folds):",
    `    """Which rows train and which judge${watches ? "; some of the former say when to stop" : ""}."""`,
    "    train = [number for number, own in folds.items() if own != fold]",
    "    judge = [number for number, own in folds.items() if own == fold]",
    watches && `    chance = torch.Generator().manual_seed(${of}SEED)`,
    watches && "    order = torch.randperm(len(train), generator=chance).tolist()",
    watches && `    count = round(${pyFloat(Number(share.toPrecision(6)))} * len(train))`,
    watches && "    watched = [train[place] for place in order[:count]]",
    watches && "    train = [train[place] for place in sorted(order[count:])]",
    watches
      ? '    return {"train": train, "validation": watched, "fold": judge}'
      : '    return {"train": train, "fold": judge}',
  );
}

/** The data of a fold. @param {import("./facts.js").Facts} facts @param {string} [of]   where the program is */
export function dataOf(facts, of = "experiment.") {
  const { image, isScaled, spec } = facts;
  const learns = spec.data.scale !== "none" || isScaled || spec.training.classWeights === "balanced";
  const hasRecipe = learns || facts.columns.some(({ impute }) => impute);
  const rows = image
    ? [
        '    saved = load_file(FOLDER / "data.safetensors")',
        "    parts = {",
        '        part: (saved["inputs"][some], saved["targets"][some])',
        "        for part, some in deal_fold(fold, folds).items()",
        "    }",
      ]
    : [
        '    with open(FOLDER / "data.csv", encoding="utf-8", newline="") as file:',
        "        rows = list(csv.DictReader(file))",
        "    parts = {",
        "        part: [rows[number] for number in numbers]",
        "        for part, numbers in deal_fold(fold, folds).items()",
        "    }",
      ];
  const fit = `${of}fit_recipe(${image ? "*" : ""}parts["train"])`;
  return [
    "def data_of(fold, folds):",
    '    """Inputs and targets, by a recipe of the rows that train."""',
    ...rows,
    `    recipe = ${hasRecipe ? fit : "{}"}`,
    "    data = {",
    image
      ? `        part: (${of}encode(some, recipe), ${of}encode_targets(own, recipe))`
      : `        part: (${of}encode(some, recipe), ${of}encode_targets(some, recipe))`,
    image ? "        for part, (some, own) in parts.items()" : "        for part, some in parts.items()",
    "    }",
    partsMeasured(facts).has("test") && '    data["test"] = data["validation"]',
    "    return data, recipe",
  ].filter((line) => line !== false);
}
