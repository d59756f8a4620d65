// @ts-check
/** The program as a notebook: each section a cell with its title, then training, scores and the check, a cell each. */
import { importsOf, sectionsOf, checkBlocks } from "./script.js";
import { partsMeasured, recipeOf, scoresCall, scoresMore } from "./training.js";
import { lines, wellFormed } from "./write.js";

/** What each section is about. @type {Record<string, string>} */
const ABOUT = {
  settings: "What can be changed at a glance. All else in this notebook goes by these.",
  data: "Rows become inputs of the net by a recipe that learns from the training rows alone.",
  model: "The layers, with the names that the saved weights have.",
  loss: "What is minimized, and what tells how good the net is.",
  training: "One update, when to stop, and the loop.",
  files: "Going on from saved weights and the optimizer's state.",
};

/** @param {string} text @param {number} number */
const markdown = (text, number) => ({
  cell_type: "markdown",
  id: `text-${number}`,
  metadata: {},
  source: sourceOf(text),
});

/** @param {string} code @param {number} number */
const cell = (code, number) => ({
  cell_type: "code",
  execution_count: null,
  id: `code-${number}`,
  metadata: {},
  outputs: [],
  source: sourceOf(code),
});

/** Lines with their ends, as the format has them. */
const sourceOf = (/** @type {string} */ text) => wellFormed(text).split(/(?<=\n)/);

/**
 * @param {import("./facts.js").Facts} facts
 * @param {import("./script.js").Check | null} check
 */
export function notebook(facts, check) {
  const sections = sectionsOf(facts).map((section) =>
    section.id === "settings"
      ? { ...section, blocks: section.blocks.map((block) => block.replace("Path(__file__).parent", "Path()")) }
      : section,
  );
  const all = sections.flatMap(({ blocks }) => blocks).join("\n");
  const watchesTest = facts.rows.test > 0 && partsMeasured(facts).has("test");
  const begin = lines(
    "torch.manual_seed(SEED)",
    `data, ${recipeOf(facts, check !== null || scoresMore(facts) !== "")} = load_data(${watchesTest ? "with_test=True" : ""})`,
    "net = fresh_net()",
    "optimizer = make_optimizer(net)",
    "progress = dict(START)",
    'if (FOLDER / "model.safetensors").exists():',
    "    progress = load(FOLDER, net, optimizer)",
    "print(f\"after {progress['epoch']} epochs\")",
  );
  const train = lines(
    "# Epochs to go on for; None: as long as the stop contract says",
    "EPOCHS = 20",
    "",
    'per_epoch = len(deal(len(data["train"][0])))',
    "steps = math.inf if EPOCHS is None else EPOCHS * per_epoch",
    `train(net, optimizer, data${scoresMore(facts)}, progress, steps)`,
  );
  const scores = lines(
    "for part in data:",
    watchesTest && '    if part == "test":',
    watchesTest && "        continue  # sealed: the contract alone looks at these rows",
    `    scores = ${scoresCall(facts, "data[part]")}`,
    '    print(part, ", ".join(f"{name} {value:.6g}" for name, value in scores.items()))',
  );
  const test = lines(
    "# Set this to True to open the test rows, once and at the end",
    "OPEN_TEST = False",
    "",
    "if OPEN_TEST:",
    `    sealed, ${recipeOf(facts)} = load_data(with_test=True)`,
    `    print(${scoresCall(facts, 'sealed["test"]')})`,
  );
  /** @type {[string, string][]} */
  const cells = [
    [
      "# A Trainyard experiment in PyTorch\n\nIt needs PyTorch and safetensors, and the files beside this notebook.",
      importsOf(`${all}\n${train}`),
    ],
    ...sections.map(
      ({ id, title, blocks }) =>
        /** @type {[string, string]} */ ([`## ${title}\n\n${ABOUT[id]}`, blocks.join("\n\n\n")]),
    ),
    ["## The net as it was exported", begin],
    ...(check
      ? [
          /** @type {[string, string]} */ ([
            "## Check\n\nThe same predictions as the exported model's, or an error.",
            [...checkBlocks(facts, check), "check(net, recipe)"].join("\n\n\n"),
          ]),
        ]
      : []),
    ["## Train", train],
    ["## Scores", scores],
    ...(facts.rows.test ? [/** @type {[string, string]} */ (["## The test rows", test])] : []),
  ];
  return `${JSON.stringify(
    {
      cells: cells.flatMap(([text, code], i) => [markdown(text, i), cell(code, i)]),
      metadata: {
        kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
        language_info: { name: "python" },
      },
      nbformat: 4,
      nbformat_minor: 5,
    },
    null,
    1,
  )}\n`;
}
