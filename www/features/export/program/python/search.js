// @ts-check
/**
 * The search that is marked on the page, by Optuna: `search.py`. What is varied are numbers of the program by their names, the
 * hidden layers' number and neurons, their activation, the optimizer and the initializer; what else is, it names and leaves.
 *
 * @typedef {import("./facts.js").Facts} Facts
 *
 * @typedef {object} Axis       a setting that is varied
 * @property {string} id        the setting's key; of layers `layers.count`, `layers.units`, `layers.0`
 * @property {string} label
 * @property {number} low
 * @property {number} high
 * @property {boolean} isLog
 * @property {boolean} isWhole
 * @property {any[] | null} values   of a choice; any: as the setting has them
 *
 * @typedef {object} How
 * @property {Axis[]} axes
 * @property {"grid" | "random" | "halving"} by
 * @property {number} points
 * @property {number} trials
 * @property {number} seed
 * @property {number} epochs    of a trial
 * @property {"folds" | "validation"} judge
 * @property {any[]} optimizers   as the Spec would have each that is tried; any: as it has them
 */
import { READ_FOLDS, dataOf, numbersBlock } from "./folds.js";
import { ACTIVATIONS, initCall } from "./model.js";
import { head as headOf, importsOf, sectionsOf } from "./script.js";
import { optimizerOf, recipeOf, scoresCall, scoresMore } from "./training.js";
import { inBrackets, lines, pyFloat, pyString, wellFormed } from "./write.js";

/** What the program calls a number that is varied. @type {Record<string, string>} */
const CONSTANTS = {
  learningRate: "LEARNING_RATE",
  batchSize: "BATCH_SIZE",
  momentum: "MOMENTUM",
  alpha: "ALPHA",
  beta1: "BETA1",
  beta2: "BETA2",
  epsilon: "EPSILON",
  weightDecay: "WEIGHT_DECAY",
  labelSmoothing: "LABEL_SMOOTHING",
  stepSize: "STEP_SIZE",
  gamma: "GAMMA",
  tMax: "T_MAX",
  etaMin: "ETA_MIN",
  startFactor: "START_FACTOR",
  warmUpEpochs: "WARM_UP_EPOCHS",
  plateauFactor: "FACTOR",
  plateauPatience: "PLATEAU_PATIENCE",
  plateauThreshold: "THRESHOLD",
  l1: "L1",
  l2: "L2",
  dropout: "DROPOUT",
  patience: "PATIENCE",
  seed: "SEED",
  epochs: "EPOCHS",
  activation: "ACTIVATION",
  optimizer: "OPTIMIZER",
  init: "INIT",
};
const nameOf = (/** @type {string} */ id) =>
  CONSTANTS[id] ??
  (id === "layers.count" ? "LAYERS" : id === "layers.units" ? "UNITS" : `UNITS_${Number(id.slice(7)) + 1}`);

/** Hidden layers are dense alone: only these have a number of neurons that can be varied here. @param {Facts} facts */
const areDense = ({ spec, image }) =>
  !image && spec.model.layers.every((/** @type {any} any: a layer */ { type }) => type === "dense");

/** Whether the program can vary it. @param {Facts} facts @param {Axis} axis @param {string} code */
function canVary(facts, { id, values }, code) {
  if (id.startsWith("layers.") || id === "activation") return areDense(facts);
  if (id === "optimizer" || id === "init" || id === "epochs") return true;
  return !values && new RegExp(`^${CONSTANTS[id]} = `, "m").test(code);
}

/** Numbers of a range, evenly or by factors. @param {Axis} axis @param {number} points */
function gridOf({ low, high, isLog, isWhole, values }, points) {
  if (values) return values;
  const count = isWhole ? Math.min(points, high - low + 1) : points;
  const all = Array.from({ length: count }, (_, i) => {
    const share = count > 1 ? i / (count - 1) : 0;
    const value = isLog ? low * (high / low) ** share : low + (high - low) * share;
    return isWhole ? Math.round(value) : Number(value.toPrecision(6));
  });
  return [...new Set(all)];
}

const literal = (/** @type {any} any: a value of a setting */ value) =>
  typeof value === "number"
    ? String(value)
    : typeof value === "boolean"
      ? value
        ? "True"
        : "False"
      : pyString(String(value));

/** What draws it. @param {Axis} axis @param {boolean} isGrid */
function drawn({ id, low, high, isLog, isWhole, values }, isGrid) {
  const name = pyString(nameOf(id));
  if (values) return inBrackets("trial.suggest_categorical(", [name, `[${values.map(literal).join(", ")}]`], ")", 4);
  const range = isWhole ? [String(low), String(high)] : [pyFloat(low), pyFloat(high)];
  const log = isLog && !isGrid && !(isWhole && low < 1) ? ["log=True"] : [];
  return inBrackets(`trial.suggest_${isWhole ? "int" : "float"}(`, [name, ...range, ...log], ")", 4);
}

/** A net whose hidden layers are numbers. @param {Facts} facts @param {Axis[]} axes */
function netBlock({ spec, inputs, outputs }, axes) {
  const { layers, outputActivation } = spec.model;
  const isVaried = axes.some(({ id }) => id === "activation");
  const own = (/** @type {string} */ activation) => (ACTIVATIONS[activation] ?? "{}").replace("({})", "");
  const last = outputActivation === "linear" ? "self.layers[-1](x)" : `${own(outputActivation)}(self.layers[-1](x))`;
  const activations = layers.map((/** @type {any} any: a layer */ { activation }) => activation);
  const isSame = new Set(activations).size < 2 || axes.some(({ id }) => id === "layers.count");
  const list = (/** @type {string[]} */ names) => names.map((one) => (one === "linear" ? "nn.Identity()" : own(one)));
  const used = isVaried ? axes.find(({ id }) => id === "activation")?.values?.flat() : [activations[0] ?? "tanh"];
  return lines(
    isVaried || isSame
      ? inBrackets(
          "ACTIVATIONS = {",
          (used ?? []).map((one) => `${pyString(one)}: ${list([one])[0]}`),
          "}",
        )
      : inBrackets("ACTIVATIONS = [", list(activations), "]"),
    `HIDDEN = [${layers.map((/** @type {any} any: a layer */ { units }) => units).join(", ")}]`,
    (isVaried || isSame) && `ACTIVATION = ${pyString((used ?? ["tanh"])[0])}`,
    "",
    "",
    "class Net(nn.Module):",
    '    """As in train.py, with as many hidden layers and neurons as HIDDEN has."""',
    "",
    "    def __init__(self):",
    "        super().__init__()",
    `        sizes = [${inputs}, *HIDDEN, ${outputs}]`,
    "        pairs = pairwise(sizes)",
    "        self.layers = nn.ModuleList([nn.Linear(*pair) for pair in pairs])",
    "",
    "    def forward(self, x):",
    ...(isVaried || isSame
      ? ["        for layer in self.layers[:-1]:", "            x = ACTIVATIONS[ACTIVATION](layer(x))"]
      : [
          "        for layer, function in zip(self.layers, ACTIVATIONS, strict=False):",
          "            x = function(layer(x))",
        ]),
    `        return ${last}`,
  );
}

/** Several optimizers, by name. @param {any[]} optimizers any: as the Spec has them @param {string[]} varied   constants */
function optimizersBlock(optimizers, varied) {
  return lines(
    `OPTIMIZER = ${pyString(optimizers[0].type)}`,
    "",
    "",
    "def make_optimizer(net):",
    '    """The rule that turns a gradient into a step."""',
    ...optimizers.flatMap((own, i) => {
      const { name, options, constants } = optimizerOf(own);
      const written = options.map((option) =>
        option.replace(/[A-Z][A-Z\d_]+/g, (word) =>
          varied.includes(word) ? word : pyFloat(/** @type {Record<string, number>} */ (constants)[word]),
        ),
      );
      const call = (/** @type {number} */ indent) =>
        inBrackets(`return torch.optim.${name}(`, ["net.parameters()", "lr=LEARNING_RATE", ...written], ")", indent);
      return i < optimizers.length - 1
        ? [`    if OPTIMIZER == ${pyString(own.type)}:`, `        ${call(8)}`]
        : [`    ${call(4)}`];
    }),
  );
}

/** By test rows nothing is stopped that is to be compared. @param {Facts} facts @returns {Facts} */
function withoutTestGoal(facts) {
  const { training } = facts.spec;
  const { goal } = training.stop;
  if (!goal || goal.metric === "trainingLoss") return facts;
  return { ...facts, spec: { ...facts.spec, training: { ...training, stop: { ...training.stop, goal: null } } } };
}

/** @param {Facts} given @param {How} how */
export function searchScript(given, how) {
  const facts = withoutTestGoal(given);
  const sections = sectionsOf(facts);
  const all = sections.flatMap(({ blocks }) => blocks).join("\n");
  const axes = how.axes.filter((axis) => canVary(facts, axis, all));
  const left = how.axes.filter((axis) => !axes.includes(axis)).map(({ label }) => label);
  const names = axes.map(({ id }) => nameOf(id));
  const variesLayers = axes.some(({ id }) => id.startsWith("layers.") || id === "activation");
  const variesOptimizer = axes.some(({ id }) => id === "optimizer");
  const variesInit = axes.find(({ id }) => id === "init");
  const blocks = sections.flatMap(({ id, blocks: own }) => {
    if (id === "files") return own.filter((block) => block.startsWith("START"));
    return own.map((block) => {
      if (variesLayers && block.startsWith("class Net(")) return netBlock(facts, axes);
      if (variesOptimizer && block.startsWith("def make_optimizer")) return optimizersBlock(how.optimizers, names);
      if (variesInit && block.startsWith("def fresh_net")) return initsBlock(block, variesInit.values ?? []);
      return block;
    });
  });
  const isGrid = how.by === "grid";
  const isHalving = how.by === "halving";
  const isFolds = how.judge === "folds";
  const measure = facts.classes ? "accuracy" : "loss";
  const direction = facts.classes ? "maximize" : "minimize";
  const globals = [
    ...new Set([...names.filter((name) => !/^(LAYERS|UNITS|EPOCHS)/.test(name)), ...(variesLayers ? ["HIDDEN"] : [])]),
  ];
  const hidden = axes.some(({ id }) => id.startsWith("layers."));
  const trains = lines(
    "def score_of(trial, epochs):",
    `    """Trains nets by the settings of a trial; their ${isFolds ? "mean " : ""}${measure} on rows not trained on."""`,
    "    scores = []",
    `    for data, ${recipeOf(facts)} in ROUNDS:`,
    "        torch.manual_seed(SEED)",
    "        net = fresh_net()",
    "        optimizer = make_optimizer(net)",
    "        progress = dict(START)",
    '        steps = epochs * len(deal(len(data["train"][0])))',
    "        with contextlib.redirect_stdout(io.StringIO()):",
    `            train(net, optimizer, data${scoresMore(facts)}, progress, steps)`,
    `        scores.append(${scoresCall(facts, `data["${isFolds ? "fold" : "validation"}"]`)}["${measure}"])`,
    "    return mean(scores)",
  );
  const rounds = isFolds
    ? [
        READ_FOLDS,
        "",
        "",
        numbersBlock(facts, ""),
        "",
        "",
        ...dataOf(facts, ""),
        "",
        "",
        "FOLDS = read_folds()",
        "ROUNDS = [data_of(fold, FOLDS) for fold in sorted(set(FOLDS.values()))]",
      ]
    : ["ROUNDS = [load_data()]"];
  const epochs = axes.some(({ id }) => id === "epochs") ? "EPOCHS" : String(how.epochs);
  const objective = lines(
    "def objective(trial):",
    '    """Sets what is varied, trains, and says how good that is."""',
    globals.length > 0 && `    global ${globals.join(", ")}`,
    ...axes.map((axis) => `    ${nameOf(axis.id)} = ${drawn(axis, isGrid)}`),
    hidden && `    HIDDEN = ${hiddenOf(facts, axes)}`,
    ...(isHalving
      ? [
          "    # A third of the trials goes on, for three times as long",
          `    for epochs in (${rungs(how.epochs).join(", ")}):`,
          "        score = score_of(trial, epochs)",
          "        trial.report(score, epochs)",
          "        if trial.should_prune():",
          "            raise optuna.TrialPruned",
          "    return score",
        ]
      : [`    return score_of(trial, ${epochs})`]),
  );
  const space = inBrackets(
    "SPACE = {",
    axes.map((axis) => `${pyString(nameOf(axis.id))}: [${gridOf(axis, how.points).map(literal).join(", ")}]`),
    "}",
  );
  const sampler = isGrid
    ? `optuna.samplers.GridSampler(SPACE, seed=${how.seed})`
    : `optuna.samplers.RandomSampler(seed=${how.seed})`;
  const main = lines(
    "def main():",
    "    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])",
    isGrid
      ? '    parser.add_argument("--trials", type=int, help="at most so many")'
      : `    parser.add_argument("--trials", type=int, default=${how.trials}, help="how many")`,
    "    args = parser.parse_args()",
    "    study = optuna.create_study(",
    `        direction="${direction}",`,
    `        sampler=${sampler},`,
    isHalving && "        pruner=optuna.pruners.SuccessiveHalvingPruner(reduction_factor=3),",
    "    )",
    "    study.optimize(objective, n_trials=args.trials)",
    `    print(f"best ${measure} {study.best_value:.6g} with {study.best_params}")`,
    "",
    "",
    'if __name__ == "__main__":',
    "    main()",
  );
  const code = [...blocks, rounds.join("\n"), trains, ...(isGrid ? [space] : []), objective, main].join("\n\n\n");
  const text = headOf(
    "Searches settings of a Trainyard experiment by Optuna.",
    [
      ["python search.py", `${isGrid ? "every combination" : `${how.trials} trials`}`],
      ["python search.py --trials 5", "at most so many"],
    ],
    [
      `Trials are judged by ${isFolds ? "the folds in folds.csv" : "the validation rows"}, never by test rows.`,
      ...(left.length
        ? [
            "",
            "What the experiment varies besides stays as it is here, for want of a place:",
            ...left.map((label) => `- ${plainly(label)}`),
          ]
        : []),
    ],
  );
  const imports = importsOf(code).replace("import torch", "import optuna\nimport torch");
  return wellFormed(`${text}\n\n${imports}\n\n${code}\n`);
}

/** Labels are the page's own; as a comment they must stay on their line. */
const plainly = (/** @type {string} */ text) =>
  text
    .replace(/[^\p{L}\p{N} ,.()]+/gu, " ")
    .replace(/ +/g, " ")
    .trim();

/** Epochs of the rungs. @param {number} epochs */
const rungs = (epochs) => [...new Set([9, 3, 1].map((factor) => Math.max(1, Math.round(epochs / factor))))];

/** The sizes of hidden layers in a trial. @param {Facts} facts @param {Axis[]} axes */
function hiddenOf({ spec }, axes) {
  const ids = axes.map(({ id }) => id);
  const units = spec.model.layers.map((/** @type {any} any: a layer */ layer) => layer.units);
  if (ids.includes("layers.count")) return `[${ids.includes("layers.units") ? "UNITS" : (units.at(-1) ?? 4)}] * LAYERS`;
  if (ids.includes("layers.units")) return `[UNITS] * ${units.length}`;
  return `[${units.map((/** @type {number} */ own, /** @type {number} */ i) => (ids.includes(`layers.${i}`) ? `UNITS_${i + 1}` : own)).join(", ")}]`;
}

/** Several initializers, by name. @param {string} block @param {string[]} names */
function initsBlock(block, names) {
  const own = block
    .split("\n")
    .map((line) =>
      /nn\.init\.(?!constant_)/.test(line)
        ? names
            .map(
              (name, i) =>
                `            ${i ? "elif" : "if"} INIT == ${pyString(name)}:\n                ${initCall(name, 0.5)}`,
            )
            .join("\n")
        : line,
    );
  return `INIT = ${pyString(names[0])}\n\n\n${own.join("\n")}`;
}
