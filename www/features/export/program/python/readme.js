// @ts-check
/** What stands in the folder, and how to begin. */

const FILES = [
  ["train.py", "The program: data recipe, model, loss, optimizer, learning rate, and when to stop."],
  ["train_ddp.py", "The same on several processes or machines, by torchrun."],
  ["folds.py", "Cross-validation in the folds of folds.csv."],
  ["search.py", "The search that is marked in the experiment, by Optuna."],
  ["notebook.ipynb", "The program as a notebook."],
  [
    "data.csv",
    "The rows as cleaning left them, in their own units. The column at the end says which part a row is of.",
  ],
  ["data.safetensors", "The images, their targets, and which part each is of: 0 training, 1 validation, 2 test."],
  ["folds.csv", "Which fold validates a row, by the number of the row from 0. Test rows are in none."],
  ["model.safetensors", "The weights, by the names of a state_dict."],
  ["optimizer.safetensors", "The optimizer's state, and how far training is."],
];

/** Who computed. @type {Record<import("../../../../session/computedBy.js").Engine, string>} */
export const WHO = {
  cpu: "CPU",
  fast: "CPU with fast multiply-add (not bit-exact)",
  gpu: "GPU (not bit-exact)",
  unknown: "an engine that the file they came from doesn't name",
};

/** @param {string[]} names   of the files @param {{epoch: number, trainyard: string, frozen: number[]}} about @param {import("../../../../session/computedBy.js").Engine[]} engines   who computed the weights */
export function readmeOf(names, { epoch, trainyard, frozen }, engines) {
  const lines = [
    "# A Trainyard experiment in PyTorch",
    "",
    `Written by Trainyard ${trainyard.replace(/[^\w.-]/g, "")} after epoch ${epoch}. Weights computed by: ${engines.map((one) => WHO[one]).join(", ") || "nobody yet"}.`,
    "",
    "```sh",
    "pip install torch numpy safetensors",
    "python train.py --check      # the same predictions as in the page",
    "python train.py --epochs 20  # go on for 20 epochs",
    "```",
    "",
    "| file | what it is |",
    "| --- | --- |",
    ...FILES.filter(([name]) => names.includes(name)).map(([name, what]) => `| \`${name}\` | ${what} |`),
    "",
    "Test rows stay sealed: no program looks at them unless it is told to by `--test`, or where the experiment's own",
    "stop contract watches them. Random numbers are PyTorch's, so the order of batches and new weights differ from the",
    "page's.",
    ...(frozen.length ? ["", "Weights that were locked by hand in the page are free here."] : []),
    "",
  ];
  return lines.join("\n");
}
