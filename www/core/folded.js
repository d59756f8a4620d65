// @ts-check
/**
 * The settings that lie folded under a panel's "More", in the table's form (config.js): for readers who
 * look for them. The sections of a panel stand in the order of these rows.
 */
import { taskOf } from "./sources.js";

const choice = (/** @type {string} */ value, label = value) => ({ value, label });

const isClasses = (/** @type {Record<string, any>} */ settings) => taskOf(settings) === "classification";
const isCrossEntropy = (/** @type {Record<string, any>} */ settings) => isClasses(settings) && ["auto", "cross-entropy"].includes(settings.loss);
const isAdam = (/** @type {Record<string, any>} */ { optimizer }) => optimizer === "adam" || optimizer === "adamw";

const hasWarmUp = (/** @type {Record<string, any>} */ { schedule, warmUp }) => warmUp || schedule === "linear-warm-up";
/** Before another schedule it is a part of its own, which the flag writes. */
const ofWarmUp = (/** @type {number} */ value, /** @type {Record<string, any>} */ { schedule }) => (schedule === "linear-warm-up" ? value : undefined);

/** So that 1 − 0.8 is 0.2 in the document as it is on paper. */
export const rounded = (/** @type {number} */ share) => Number(share.toFixed(6));

const SCHEDULE = "Learning-rate schedule";

const SMALL = [0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];
const FACTORS = [0.1, 0.2, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999];
const SPANS = [5, 10, 20, 50, 100, 200, 500, 1000];

/** @type {import("./config.js").Setting[]} */
export const FOLDED = [
  {
    key: "init", path: "model.init", label: "First weights", kind: "hyperparameter", type: "choice", default: "glorot-uniform",
    fold: "model", group: "Start",
    choices: [
      choice("glorot-uniform", "Glorot uniform"), choice("glorot-normal", "Glorot normal"), choice("he-uniform", "He uniform"),
      choice("he-normal", "He normal"), choice("lecun-uniform", "LeCun uniform"), choice("lecun-normal", "LeCun normal"),
      choice("orthogonal", "Orthogonal"), choice("uniform", "Uniform"), choice("zeros", "Zeros"),
    ],
    inSpec: (init, { initRange }) => (init === "uniform" ? { type: init, range: initRange } : init),
  },
  {
    key: "initRange", path: null, label: "Range ±", kind: "hyperparameter", type: "number", default: 0.5, min: 0, max: 100,
    fold: "model", group: "Start", when: ({ init }) => init === "uniform", stops: [0.1, 0.2, 0.5, 1, 2, 5],
  },
  {
    key: "biasInit", path: "model.biasInit", label: "First biases", kind: "hyperparameter", type: "number", default: 0, min: -100, max: 100,
    fold: "model", group: "Start", stops: [-1, -0.1, 0, 0.01, 0.1, 0.5, 1],
  },
  {
    key: "outputActivation", path: "model.outputActivation", label: "Output activation", kind: "hyperparameter", type: "choice", default: "linear",
    fold: "model", group: "Output", when: (settings) => !isCrossEntropy(settings),
    choices: [choice("linear", "Linear"), choice("tanh", "Tanh"), choice("sigmoid", "Sigmoid"), choice("relu", "ReLU"), choice("softplus", "Softplus")],
  },
  {
    key: "nesterov", path: "training.optimizer.nesterov", label: "Nesterov", kind: "hyperparameter", type: "flag", default: false,
    fold: "training", group: "Optimizer", when: ({ optimizer, momentum }) => optimizer === "sgd" && momentum > 0,
  },
  {
    key: "alpha", path: "training.optimizer.alpha", label: "Alpha", kind: "hyperparameter", type: "number", default: 0.99, min: 0, max: 0.9999,
    fold: "training", group: "Optimizer", when: ({ optimizer }) => optimizer === "rmsprop", stops: FACTORS,
  },
  {
    key: "beta1", path: "training.optimizer.beta1", label: "Beta 1", kind: "hyperparameter", type: "number", default: 0.9, min: 0, max: 0.9999,
    fold: "training", group: "Optimizer", when: isAdam, stops: [0, 0.5, 0.8, 0.9, 0.95, 0.99],
  },
  {
    key: "beta2", path: "training.optimizer.beta2", label: "Beta 2", kind: "hyperparameter", type: "number", default: 0.999, min: 0, max: 0.999999,
    fold: "training", group: "Optimizer", when: isAdam, stops: [0.9, 0.95, 0.99, 0.995, 0.999, 0.9999],
  },
  {
    key: "epsilon", path: "training.optimizer.epsilon", label: "Epsilon", kind: "hyperparameter", type: "number", default: null, min: 0, max: 1,
    none: "auto", auto: ({ optimizer }) => (optimizer === "adagrad" ? 1e-10 : 1e-8),
    fold: "training", group: "Optimizer", when: ({ optimizer }) => optimizer !== "sgd",
  },
  {
    key: "weightDecay", path: "training.optimizer.weightDecay", label: "Weight decay", kind: "hyperparameter", type: "number", default: 0.01,
    min: 0, max: 100, fold: "training", group: "Optimizer", when: ({ optimizer }) => optimizer === "adamw", stops: SMALL,
  },
  {
    key: "labelSmoothing", path: "training.labelSmoothing", label: "Label smoothing", kind: "hyperparameter", type: "number", default: 0,
    min: 0, max: 0.99, sliderMax: 0.5, step: 0.05, fold: "training", group: "Loss", when: isCrossEntropy,
  },
  {
    key: "classWeights", path: "training.classWeights", label: "Class weights", kind: "hyperparameter", type: "choice", default: "equal",
    fold: "training", group: "Loss", when: isCrossEntropy, choices: [choice("equal", "Equal"), choice("balanced", "Balanced")],
    inSpec: (weights) => (weights === "balanced" ? weights : null),
  },
  {
    key: "schedule", path: "training.schedule.type", label: "Schedule", kind: "hyperparameter", type: "choice", default: "constant",
    fold: "training", group: SCHEDULE,
    choices: [
      choice("constant", "Constant"), choice("step", "Steps"), choice("exponential", "Exponential"), choice("cosine", "Cosine"),
      choice("linear-warm-up", "Warm-up"), choice("reduce-on-plateau", "On plateau"),
    ],
  },
  {
    key: "stepSize", path: "training.schedule.stepSize", label: "Epochs a step", kind: "hyperparameter", type: "number", default: 100,
    min: 1, max: 100000, integer: true, fold: "training", group: SCHEDULE, when: ({ schedule }) => schedule === "step", stops: SPANS,
  },
  {
    key: "gamma", path: "training.schedule.gamma", label: "Decay factor", kind: "hyperparameter", type: "number", default: null, min: 0, max: 1,
    none: "auto", auto: ({ schedule }) => (schedule === "step" ? 0.1 : 0.99), fold: "training", group: SCHEDULE,
    when: ({ schedule }) => schedule === "step" || schedule === "exponential", stops: FACTORS,
  },
  {
    key: "tMax", path: "training.schedule.tMax", label: "Epochs to the bottom", kind: "hyperparameter", type: "number", default: null,
    none: "auto", auto: ({ epochs, warmUp, warmUpEpochs }) => Math.max((epochs ?? 500) - (warmUp ? warmUpEpochs : 0), 1), min: 1, max: 100000, integer: true, fold: "training", group: SCHEDULE,
    when: ({ schedule }) => schedule === "cosine", stops: SPANS,
  },
  {
    key: "etaMin", path: "training.schedule.etaMin", label: "Lowest rate", kind: "hyperparameter", type: "number", default: 0, min: 0, max: 100,
    fold: "training", group: SCHEDULE, when: ({ schedule }) => schedule === "cosine", stops: SMALL,
  },
  {
    key: "warmUp", path: "training.schedule.warmUp", label: "Warm-up first", kind: "hyperparameter", type: "flag", default: false,
    fold: "training", group: SCHEDULE, when: ({ schedule }) => schedule !== "linear-warm-up",
    inSpec: (warmUp, { startFactor, warmUpEpochs }) => (warmUp ? { startFactor, totalEpochs: warmUpEpochs } : undefined),
  },
  {
    key: "startFactor", path: "training.schedule.startFactor", label: "Start factor", kind: "hyperparameter", type: "number", default: 0.1,
    min: 0, max: 1, fold: "training", group: SCHEDULE, when: hasWarmUp, inSpec: ofWarmUp, stops: [0, 0.01, 0.1, 0.2, 0.5, 1],
  },
  {
    key: "warmUpEpochs", path: "training.schedule.totalEpochs", label: "Warm-up epochs", kind: "hyperparameter", type: "number", default: 20,
    min: 1, max: 100000, integer: true, fold: "training", group: SCHEDULE, when: hasWarmUp, inSpec: ofWarmUp, stops: SPANS,
  },
  {
    key: "plateauFactor", path: "training.schedule.factor", label: "Plateau factor", kind: "hyperparameter", type: "number", default: 0.1,
    min: 0, max: 0.99, fold: "training", group: SCHEDULE, when: ({ schedule }) => schedule === "reduce-on-plateau", stops: FACTORS.slice(0, 9),
  },
  {
    key: "plateauPatience", path: "training.schedule.patience", label: "Plateau patience", kind: "hyperparameter", type: "number", default: 10,
    min: 0, max: 100000, integer: true, fold: "training", group: SCHEDULE, when: ({ schedule }) => schedule === "reduce-on-plateau", stops: SPANS,
  },
  {
    key: "plateauThreshold", path: "training.schedule.threshold", label: "Plateau threshold", kind: "hyperparameter", type: "number", default: 0.0001,
    min: 0, max: 1, fold: "training", group: SCHEDULE, when: ({ schedule }) => schedule === "reduce-on-plateau", stops: SMALL,
  },
  {
    key: "l1", path: "training.l1", label: "L1 penalty", kind: "hyperparameter", type: "number", default: 0, min: 0, max: 100,
    fold: "training", group: "Regularisation", stops: SMALL,
  },
  {
    key: "l1Rule", path: "training.l1Rule", label: "L1 at zero", kind: "hyperparameter", type: "choice", default: "subgradient",
    fold: "training", group: "Regularisation", when: ({ l1 }) => l1 > 0,
    choices: [choice("subgradient", "Subgradient"), choice("prune", "Prune")], inSpec: (rule) => (rule === "prune" ? rule : undefined),
  },
  {
    key: "l2", path: "training.l2", label: "L2 penalty", kind: "hyperparameter", type: "number", default: 0, min: 0, max: 100,
    fold: "training", group: "Regularisation", stops: SMALL,
  },
  {
    key: "dropout", path: null, label: "Dropout", kind: "hyperparameter", type: "number", default: 0, min: 0, max: 0.95, sliderMax: 0.8, step: 0.05,
    fold: "training", group: "Regularisation", when: ({ layers }) => layers.length > 0,
  },
  {
    key: "clip", path: "training.clip", label: "Clip gradient", kind: "hyperparameter", type: "choice", default: "off",
    fold: "training", group: "Regularisation", choices: [choice("off", "Off"), choice("norm", "By norm"), choice("value", "By value")],
    inSpec: (clip, { clipLimit }) => (clip === "off" ? null : { [clip]: clipLimit }),
  },
  {
    key: "clipLimit", path: null, label: "Clip limit", kind: "hyperparameter", type: "number", default: 1, min: 0.000001, max: 1000000,
    fold: "training", group: "Regularisation", when: ({ clip }) => clip !== "off", stops: [0.01, 0.1, 0.5, 1, 5, 10, 100],
  },
  {
    key: "validationShare", path: "data.split.validation", label: "Validation share", kind: "data", type: "number", default: 0, min: 0, max: 0.5, step: 0.05,
    fold: "training", group: "Split", inSpec: (share, { trainingShare }) => rounded(trainingShare * share),
  },
  {
    key: "stratify", path: "data.split.stratify", label: "Stratified", kind: "data", type: "flag", default: true,
    fold: "training", group: "Split", when: isClasses,
  },
  {
    key: "goal", path: "training.stop.goal", label: "Goal", kind: "hyperparameter", type: "choice", default: "none",
    fold: "training", group: "Stopping",
    choices: [
      choice("none", "None"), choice("trainingLoss", "Training loss below"), choice("testLoss", "Test loss below"),
      choice("testAccuracy", "Test accuracy above"),
    ],
    inSpec: (metric, { goalLoss, goalAccuracy }) =>
      metric === "none" ? null : { metric, value: metric === "testAccuracy" ? goalAccuracy : goalLoss },
  },
  {
    key: "goalLoss", path: null, label: "Goal loss", kind: "hyperparameter", type: "number", default: 0.1, min: 0, max: 1000000,
    fold: "training", group: "Stopping", when: ({ goal }) => goal === "trainingLoss" || goal === "testLoss", stops: SMALL.slice(1),
  },
  {
    key: "goalAccuracy", path: null, label: "Goal accuracy", kind: "hyperparameter", type: "number", default: 0.95, min: 0, max: 1, step: 0.01,
    fold: "training", group: "Stopping", when: ({ goal }) => goal === "testAccuracy",
  },
  {
    key: "patience", path: "training.stop.patience", label: "Patience", kind: "hyperparameter", type: "number", default: null, none: "off",
    min: 1, max: 100000, integer: true, fold: "training", group: "Stopping", stops: SPANS,
  },
  {
    key: "restoreBest", path: "training.stop.restoreBest", label: "Keep the best", kind: "hyperparameter", type: "flag", default: false,
    fold: "training", group: "Stopping",
  },
];
