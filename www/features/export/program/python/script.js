// @ts-check
/**
 * `train.py`: the experiment as a program of PyTorch, written for this Spec alone. What the Spec does not ask for has no line
 * in it. Programs are in English, as code is.
 *
 * @typedef {import("./facts.js").Facts} Facts
 *
 * @typedef {object} Check    rows with what the model says of them, to be compared with
 * @property {Record<string, string>[] | number[]} rows   as data.csv has them; of images their numbers in the file
 * @property {number[][]} outputs
 *
 * @typedef {{id: string, title: string, blocks: string[]}} Section
 */
import { dataBlocks } from "./data.js";
import { varyBlock } from "./images.js";
import { dropoutOf, initBlock, modelBlocks } from "./model.js";
import {
  lossBlock,
  optimizerBlock,
  optimizerOf,
  partsMeasured,
  penaltyBlocks,
  predictBlock,
  recipeOf,
  scheduleBlock,
  scoreBlock,
  scoresCall,
  scoresMore,
  startOf,
  stopBlock,
  trainBlock,
  updateBlock,
} from "./training.js";
import { inBrackets, lines, pyFloat, pyString, wellFormed } from "./write.js";

/** Parts of the program, in their order: also the cells of the notebook. @param {Facts} facts @returns {Section[]} */
export function sectionsOf(facts) {
  const present = (/** @type {(string | null)[]} */ ...blocks) =>
    /** @type {string[]} */ (blocks.filter((block) => block !== null));
  return [
    { id: "settings", title: "Settings", blocks: [settingsBlock(facts)] },
    { id: "data", title: "Data", blocks: present(...dataBlocks(facts), varyBlock(facts)) },
    { id: "model", title: "Model", blocks: [...modelBlocks(facts), initBlock(facts)] },
    {
      id: "loss",
      title: "Loss and scores",
      blocks: [...lossBlock(facts), ...penaltyBlocks(facts), predictBlock(facts), scoreBlock(facts)],
    },
    {
      id: "training",
      title: "Training",
      blocks: present(
        optimizerBlock(facts),
        scheduleBlock(facts),
        updateBlock(facts),
        stopBlock(facts),
        trainBlock(facts),
      ),
    },
    { id: "files", title: "Weights", blocks: fileBlocks(facts) },
  ];
}

/** Hyperparameters by name, where they can be changed at a glance. @param {Facts} facts */
function settingsBlock(facts) {
  const { spec, rows } = facts;
  const { optimizer, batchSize, stop, l1, l2, labelSmoothing, clip } = spec.training;
  const isFull = batchSize >= rows.train;
  const dropout = dropoutOf(facts);
  return lines(
    "FOLDER = Path(__file__).parent",
    `SEED = ${spec.seed}`,
    `LEARNING_RATE = ${pyFloat(optimizer.learningRate)}`,
    ...Object.entries(optimizerOf(optimizer).constants).map(([name, value]) => `${name} = ${pyFloat(value)}`),
    isFull && rows.train > 0 ? `BATCH_SIZE = ${batchSize}  # all training rows at once` : `BATCH_SIZE = ${batchSize}`,
    stop.maxEpochs !== null && `MAX_EPOCHS = ${stop.maxEpochs}`,
    stop.patience && `PATIENCE = ${stop.patience}`,
    dropout !== null && `DROPOUT = ${pyFloat(dropout)}`,
    l1 > 0 && `L1 = ${pyFloat(l1)}`,
    l2 > 0 && `L2 = ${pyFloat(l2)}`,
    labelSmoothing > 0 && `LABEL_SMOOTHING = ${pyFloat(labelSmoothing)}`,
    clip?.norm && `CLIP_NORM = ${pyFloat(clip.norm)}`,
    clip?.value && `CLIP_VALUE = ${pyFloat(clip.value)}`,
  );
}

/** Going on from saved weights, and saving them. @param {Facts} facts */
function fileBlocks(facts) {
  const { slots, counts } = optimizerOf(facts.spec.training.optimizer);
  const state = [
    ...(counts ? ['"step": torch.tensor(float(progress["step"]))'] : []),
    ...slots.map((slot) => `${pyString(slot)}: saved[f"${slot}.{name}"]`),
  ];
  const entry = (/** @type {string} */ slot) => `            state[f"${slot}.{name}"] = kept[${pyString(slot)}]`;
  return [
    startOf(facts),
    lines(
      "def load(folder, net, optimizer):",
      '    """Goes on from saved weights and optimizer state; returns how far they are."""',
      '    net.load_state_dict(load_file(folder / "model.safetensors"))',
      '    with safe_open(folder / "optimizer.safetensors", "pt") as file:',
      '        progress = START | json.loads(file.metadata()["progress"])',
      slots.length > 0 && '    saved = load_file(folder / "optimizer.safetensors")',
      slots.length > 0 && "    for name, parameter in net.named_parameters():",
      slots.length > 0 && `        ${inBrackets("optimizer.state[parameter] = {", state, "}", 8)}`,
      "    return progress",
    ),
    lines(
      "def save(folder, net, optimizer, progress):",
      '    """Saves weights and optimizer state, to go on from."""',
      "    folder.mkdir(exist_ok=True)",
      '    save_file(net.state_dict(), folder / "model.safetensors", {"format": "pt"})',
      "    state = {}",
      slots.length > 0 && "    for name, parameter in net.named_parameters():",
      slots.length > 0 && "        kept = optimizer.state[parameter]",
      slots.length > 0 && "        if kept:",
      ...slots.map(entry),
      '    about = {"format": "pt", "progress": json.dumps(progress)}',
      '    save_file(state, folder / "optimizer.safetensors", about)',
    ),
  ];
}

/** The rows that the program compares its predictions of. @param {Facts} facts @param {Check} check */
export function checkBlocks({ image }, { rows, outputs }) {
  const row = (/** @type {Record<string, string>} */ own) =>
    inBrackets(
      "{",
      Object.entries(own).map(([name, value]) => `${pyString(name)}: ${pyString(value)}`),
      "}",
      4,
    );
  const byNumber = typeof rows[0] === "number";
  const listed = byNumber
    ? inBrackets("CHECKED_ROWS = [", rows.map(String), "]")
    : `CHECKED_ROWS = [\n${/** @type {Record<string, string>[]} */ (rows).map((own) => `    ${row(own)},\n`).join("")}]`;
  const numbers = outputs.map((own) => `    ${inBrackets("[", own.map(pyFloat), "]", 4)},\n`).join("");
  return [
    lines("# Rows, and what the exported model says of them", listed, `EXPECTED = [\n${numbers}]`),
    lines(
      "def check(net, recipe):",
      '    """Compares predictions with those of the exported model."""',
      image && '    rows = load_file(FOLDER / "data.safetensors")["inputs"][CHECKED_ROWS]',
      ...(byNumber && !image
        ? [
            '    with open(FOLDER / "data.csv", encoding="utf-8", newline="") as file:',
            "        rows = list(csv.DictReader(file))",
            "    rows = [rows[number] for number in CHECKED_ROWS]",
          ]
        : []),
      `    found = predict(net, ${byNumber ? "rows" : "CHECKED_ROWS"}, recipe).cpu().double()`,
      "    expected = torch.tensor(EXPECTED, dtype=torch.float64)",
      "    scale = max(expected.abs().max().item(), 1.0)",
      "    worst = (found - expected).abs().max().item() / scale",
      '    print(f"largest difference from the exported predictions: {worst:.1e}")',
      "    if not worst <= 1e-5:",
      '        raise SystemExit("The predictions differ by more than 1e-5.")',
    ),
  ];
}

/** What is called with arguments from the command line. @param {Facts} facts @param {boolean} hasCheck */
function mainBlock(facts, hasCheck) {
  const { rows } = facts;
  const watchesTest = rows.test > 0 && partsMeasured(facts).has("test");
  const recipe = recipeOf(facts, hasCheck || scoresMore(facts) !== "");
  const option = (/** @type {string[]} */ ...parts) => `    ${inBrackets("parser.add_argument(", parts, ")", 4)}`;
  const flag = (/** @type {string} */ name, /** @type {string} */ help) =>
    option(pyString(name), 'action="store_true"', `help=${pyString(help)}`);
  const number = (/** @type {string} */ name, /** @type {string} */ help) =>
    option(pyString(name), "type=int", `help=${pyString(help)}`);
  return lines(
    "def main():",
    "    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])",
    number("--epochs", "train so many more epochs"),
    number("--steps", "train so many more updates"),
    flag("--fresh", "start from new random weights"),
    hasCheck && flag("--check", "compare predictions with the exported ones"),
    rows.test > 0 && flag("--test", "score the sealed test rows at the end"),
    option('"--from"', 'dest="folder"', "type=Path", "default=FOLDER", 'help="the weights to go on from"'),
    option('"--device"', 'default="cpu"', 'help="cpu, cuda or mps"'),
    "    args = parser.parse_args()",
    "    torch.manual_seed(SEED)",
    rows.test > 0
      ? `    data, ${recipe} = load_data(with_test=${watchesTest ? "True" : "args.test"})`
      : `    data, ${recipe} = load_data()`,
    "    data = {",
    "        part: (inputs.to(args.device), targets.to(args.device))",
    "        for part, (inputs, targets) in data.items()",
    "    }",
    "    net = fresh_net().to(args.device)",
    "    optimizer = make_optimizer(net)",
    "    progress = dict(START)",
    '    if not args.fresh and (args.folder / "model.safetensors").exists():',
    "        progress = load(args.folder, net, optimizer)",
    hasCheck && "    if args.check:",
    hasCheck && "        return check(net, recipe)",
    "    steps = math.inf",
    "    if args.steps is not None:",
    "        steps = args.steps",
    "    elif args.epochs is not None:",
    '        steps = args.epochs * len(deal(len(data["train"][0])))',
    `    train(net, optimizer, data${scoresMore(facts)}, progress, steps)`,
    '    save(FOLDER / "trained", net, optimizer, progress)',
    "    print(f\"after {progress['epoch']} epochs, saved in trained:\")",
    "    for part in data:",
    watchesTest && '        if part == "test" and not args.test:',
    watchesTest && "            continue",
    `        scores = ${scoresCall(facts, "data[part]")}`,
    '        text = ", ".join(f"{name} {value:.6g}" for name, value in scores.items())',
    '        print(f"  {part}: {text}")',
    "",
    "",
    'if __name__ == "__main__":',
    "    main()",
  );
}

const OPTIONS = [
  ["", "go on from the weights in this folder"],
  ["--fresh", "start from new random weights"],
  ["--epochs 20", "train so many more epochs"],
  ["--check", "compare predictions with the exported ones"],
  ["--test", "score the sealed test rows, too"],
];

/** What a program is, and how it is called. @param {string} title @param {[string, string][]} calls @param {string[]} more */
export const head = (title, calls, more) =>
  lines(`"""${title}`, "", ...calls.map(([call, what]) => `    ${call.padEnd(30)}${what}`), "", ...more, '"""');

/** @param {Facts} facts @param {boolean} hasCheck */
function headOfTraining(facts, hasCheck) {
  const without = [...(hasCheck ? [] : ["--check"]), ...(facts.rows.test ? [] : ["--test"])];
  const options = OPTIONS.filter(([option]) => !without.includes(option));
  return head(
    "Trains the network of a Trainyard experiment.",
    options.map(([option, what]) => [`python train.py ${option}`, what]),
    ["It needs PyTorch and safetensors. Trained weights go to the folder trained.", ...leftOut(facts)],
  );
}

/** What of the experiment a program doesn't repeat. @param {Facts} facts */
function leftOut({ spec, image }) {
  const { corrupt } = spec.data;
  const { stop, schedule } = spec.training;
  const counts = stop.patience || schedule.type === "reduce-on-plateau";
  const file = image ? "data.safetensors" : "data.csv";
  return [
    ...(counts ? ["", "Epochs without progress are counted anew."] : []),
    ...(corrupt ? ["", `Training rows were spoiled on purpose: ${file} has them so.`] : []),
    ...(spec.data.clean?.length && !image ? ["", `Rows in ${file} are as cleaning left them.`] : []),
  ];
}

/** Modules, each where it is used. */
const MODULES = [
  ["argparse", /\bargparse\./],
  ["contextlib", /\bcontextlib\./],
  ["copy", /\bcopy\./],
  ["csv", /\bcsv\./],
  ["io", /\bio\./],
  ["json", /\bjson\./],
  ["math", /\bmath\./],
];

/** The imports that some code needs. */
export function importsOf(/** @type {string} */ code) {
  // Names in strings are no code.
  const bare = code.replace(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g, (text) => (/[{]/.test(text) ? text : '""'));
  const modules = MODULES.filter(([, used]) => /** @type {RegExp} */ (used).test(bare)).map(
    ([name]) => `import ${name}`,
  );
  const statistics = ["mean", "multimode"].filter((name) => new RegExp(`(?<!\\.)\\b${name}\\(`).test(bare));
  const from = [
    /\bpairwise\(/.test(bare) && "from itertools import pairwise",
    /\bPath\b/.test(bare) && "from pathlib import Path",
    statistics.length > 0 && `from statistics import ${statistics.join(", ")}`,
  ];
  const files = ["load_file", "save_file"].filter((name) => bare.includes(`${name}(`));
  return lines(
    ...modules,
    ...from,
    "",
    "import torch",
    bare.includes("safe_open(") && "from safetensors import safe_open",
    files.length > 0 && `from safetensors.torch import ${files.join(", ")}`,
    /\bnn\./.test(bare) && "from torch import nn",
    /\bF\./.test(bare) && "from torch.nn import functional as F",
  ).replace(/^\n+/, "");
}

/**
 * The whole program.
 *
 * @param {Facts} facts
 * @param {Check | null} [check]   without one there is nothing to compare with
 */
export function trainScript(facts, check = null) {
  const blocks = sectionsOf(facts).flatMap((section) => section.blocks);
  if (check) blocks.push(...checkBlocks(facts, check));
  blocks.push(mainBlock(facts, check !== null));
  const code = blocks.join("\n\n\n");
  return wellFormed(`${headOfTraining(facts, check !== null)}\n\n${importsOf(code)}\n\n${code}\n`);
}
