// @ts-check
/**
 * The settings that lie folded under a panel's "More", in the table's form (config.js): for readers who
 * look for them. The sections of a panel stand in the order of these rows.
 */
import { ACTIVATION_LABELS, choicesOf } from "./schema.js";
import { taskOf } from "./sources.js";

/** @typedef {import("./spec.js").Settings} Settings */

const choice = (/** @type {string} */ value, label = value) => ({ value, label });

const isClasses = (/** @type {Settings} */ settings) => taskOf(settings) === "classification";
const isCrossEntropy = (/** @type {Settings} */ settings) =>
  isClasses(settings) && ["auto", "cross-entropy"].includes(settings.loss);

const hasWarmUp = (/** @type {Settings} */ { schedule, warmUp }) => warmUp || schedule === "linear-warm-up";
/** Before another schedule it is a part of its own, which the flag writes. */
const ofWarmUp = (/** @type {number} */ value, /** @type {Settings} */ { schedule }) =>
  schedule === "linear-warm-up" ? value : undefined;

/** So that 1 − 0.8 is 0.2 in the document as it is on paper. */
export const rounded = (/** @type {number} */ share) => Number(share.toFixed(6));

const SMALL = [0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];
const FACTORS = [0.1, 0.2, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999];
const SPANS = [5, 10, 20, 50, 100, 200, 500, 1000];

/** Rows of one heading: parameters of training, where they say nothing else. @param {"model" | "training"} fold @param {string} group @param {import("./config.js").Row[]} rows @returns {import("./config.js").Row[]} */
const section = (fold, group, rows) => rows.map((row) => ({ kind: "hyperparameter", fold, group, ...row }));

/** @type {import("./config.js").Row[]} */
export const ADVANCED = [
  ...section("model", "Start", [
    {
      key: "init",
      path: "model.init",
      label: "First weights",
      help: "How chance draws the weights that training starts from. From zeros, all neurons of a layer learn the same.",
      labels: { "lecun-uniform": "LeCun uniform", "lecun-normal": "LeCun normal" },
      inSpec: (init, { initRange }) => (init === "uniform" ? { type: init, range: initRange } : init),
    },
    {
      key: "initRange",
      path: null,
      field: "model.init.range",
      label: "Range ±",
      help: "The first weights lie between minus this and plus this.",
      when: ({ init }) => init === "uniform",
      stops: [0.1, 0.2, 0.5, 1, 2, 5],
    },
    {
      key: "biasInit",
      path: "model.biasInit",
      label: "First biases",
      help: "Where every neuron's bias starts.",
      stops: [-1, -0.1, 0, 0.01, 0.1, 0.5, 1],
    },
  ]),
  ...section("model", "Output", [
    {
      key: "outputActivation",
      path: "model.outputActivation",
      label: "Output activation",
      help: "The bend after the last layer. Tanh keeps outputs between −1 and 1, as TensorFlow Playground does; cross-entropy has its own.",
      when: (settings) => !isCrossEntropy(settings),
      labels: ACTIVATION_LABELS,
    },
  ]),
  ...section("training", "Optimizer", [
    {
      key: "nesterov",
      path: "training.optimizer.nesterov",
      label: "Nesterov",
      help: "Looks at the slope where the momentum will carry the weights, not where they are.",
      when: ({ optimizer, momentum }) => optimizer === "sgd" && momentum > 0,
    },
    {
      key: "alpha",
      path: "training.optimizer.alpha",
      label: "Alpha",
      help: "How long RMSprop remembers the size of earlier slopes.",
      stops: FACTORS,
    },
    {
      key: "beta1",
      path: "training.optimizer.beta1",
      label: "Beta 1",
      help: "How much of the earlier direction Adam keeps: its momentum.",
      stops: [0, 0.5, 0.8, 0.9, 0.95, 0.99],
    },
    {
      key: "beta2",
      path: "training.optimizer.beta2",
      label: "Beta 2",
      help: "How long Adam remembers the size of earlier slopes.",
      stops: [0.9, 0.95, 0.99, 0.995, 0.999, 0.9999],
    },
    {
      key: "epsilon",
      path: "training.optimizer.epsilon",
      label: "Epsilon",
      help: "Keeps the division by a very small slope in bounds.",
    },
    {
      key: "weightDecay",
      path: "training.optimizer.weightDecay",
      label: "Weight decay",
      help: "The part of each weight that AdamW takes away with each step, times the learning rate.",
      stops: SMALL,
    },
  ]),
  ...section("training", "Loss", [
    {
      key: "labelSmoothing",
      path: "training.labelSmoothing",
      label: "Label smoothing",
      help: "Asks the net to be less than certain: this part of each label is shared among all classes.",
      sliderMax: 0.5,
      step: 0.05,
      when: isCrossEntropy,
    },
    {
      key: "classWeights",
      path: "training.classWeights",
      label: "Class weights",
      help: "Balanced lets a rare class count as much as a common one.",
      type: "choice",
      default: "equal",
      when: isCrossEntropy,
      choices: [choice("equal", "Equal"), choice("balanced", "Balanced")],
      inSpec: (weights) => (weights === "balanced" ? weights : null),
    },
  ]),
  ...section("training", "Learning-rate schedule", [
    {
      key: "schedule",
      path: "training.schedule.type",
      label: "Schedule",
      help: "How the learning rate changes from epoch to epoch: long steps first, small ones to settle.",
      labels: { step: "Steps", "linear-warm-up": "Warm-up", "reduce-on-plateau": "On plateau" },
    },
    {
      key: "stepSize",
      path: "training.schedule.stepSize",
      label: "Epochs a step",
      help: "After so many epochs the rate drops.",
      stops: SPANS,
    },
    {
      key: "gamma",
      path: "training.schedule.gamma",
      label: "Decay factor",
      help: "What the rate is multiplied by, at each drop or after each epoch.",
      stops: FACTORS,
    },
    {
      key: "tMax",
      path: "training.schedule.tMax",
      label: "Epochs to the bottom",
      help: "How long the half wave down takes. Auto is the whole run; after that the rate rises again.",
      none: "auto",
      auto: ({ epochs, warmUp, warmUpEpochs }) => Math.max((epochs ?? 500) - (warmUp ? warmUpEpochs : 0), 1),
      stops: SPANS,
    },
    {
      key: "etaMin",
      path: "training.schedule.etaMin",
      label: "Lowest rate",
      help: "The rate at the bottom of the wave.",
      stops: SMALL,
    },
    {
      key: "warmUp",
      path: "training.schedule.warmUp",
      label: "Warm-up first",
      help: "The rate rises to its full value before the schedule begins. The schedule counts its epochs from there.",
      type: "flag",
      default: false,
      when: ({ schedule }) => schedule !== "linear-warm-up",
      inSpec: (warmUp, { startFactor, warmUpEpochs }) =>
        warmUp ? { startFactor, totalEpochs: warmUpEpochs } : undefined,
    },
    {
      key: "startFactor",
      path: "training.schedule.startFactor",
      label: "Start factor",
      help: "The part of the rate that the first epoch gets.",
      when: hasWarmUp,
      inSpec: ofWarmUp,
      stops: [0, 0.01, 0.1, 0.2, 0.5, 1],
    },
    {
      key: "warmUpEpochs",
      path: "training.schedule.totalEpochs",
      label: "Warm-up epochs",
      help: "After so many epochs the rate is whole.",
      when: hasWarmUp,
      inSpec: ofWarmUp,
      stops: SPANS,
    },
    {
      key: "plateauFactor",
      path: "training.schedule.factor",
      label: "Plateau factor",
      help: "What the rate is multiplied by when the training loss stands still.",
      stops: FACTORS.slice(0, 9),
    },
    {
      key: "plateauPatience",
      path: "training.schedule.patience",
      label: "Plateau patience",
      help: "How many epochs without progress are forgiven before the rate drops.",
      stops: SPANS,
    },
    {
      key: "plateauThreshold",
      path: "training.schedule.threshold",
      label: "Plateau threshold",
      help: "The part by which the loss has to fall to count as progress.",
      stops: SMALL,
    },
  ]),
  ...section("training", "Regularization", [
    {
      key: "l1",
      path: "training.l1",
      label: "L1 penalty",
      help: "A price on the size of every weight. It drives those that don't help to zero.",
      stops: SMALL,
    },
    {
      key: "l1Rule",
      path: "training.l1Rule",
      label: "L1 at zero",
      help: "Subgradient lets weights hover about zero. Prune sets a weight that the penalty carries across zero to zero for good, as TensorFlow Playground does.",
      when: ({ l1 }) => l1 > 0,
      inSpec: (rule) => (rule === "prune" ? rule : undefined),
    },
    {
      key: "l2",
      path: "training.l2",
      label: "L2 penalty",
      help: "A price on the square of every weight. It keeps all of them small, and the curve smooth.",
      stops: SMALL,
    },
    {
      key: "dropout",
      path: null,
      field: "model.layers.dropout.rate",
      label: "Dropout",
      help: "Switches off this part of the hidden neurons at random in each step, so that none may rely on another. Only while it trains: predictions use them all.",
      sliderMax: 0.8,
      step: 0.05,
      when: ({ layers }) => layers.length > 0,
    },
    {
      key: "clip",
      path: "training.clip",
      label: "Clip gradient",
      help: "Shortens a gradient that is too long, so that one steep place can't throw the weights far off.",
      type: "choice",
      default: "off",
      choices: [choice("off", "Off"), choice("norm", "By norm"), choice("value", "By value")],
      inSpec: (clip, { clipLimit }) => (clip === "off" ? null : { [clip]: clipLimit }),
    },
    {
      key: "clipLimit",
      path: null,
      field: "training.clip.norm",
      label: "Clip limit",
      help: "The longest gradient, or the largest single slope, that is let through.",
      when: ({ clip }) => clip !== "off",
      stops: [0.01, 0.1, 0.5, 1, 5, 10, 100],
    },
  ]),
  ...section("training", "Split", [
    {
      key: "validationShare",
      path: "data.split.validation",
      label: "Validation share",
      help: "This part of the training rows teaches the net nothing: patience and the best epoch go by it instead of by the test rows, which then stay unseen.",
      kind: "data",
      step: 0.05,
      inSpec: (share, { trainingShare }) => rounded(trainingShare * share),
    },
    {
      key: "stratify",
      path: "data.split.stratify",
      label: "Stratified",
      help: "Training, validation and test rows get the same mix of classes. Without it, chance decides.",
      kind: "data",
      when: isClasses,
    },
  ]),
  ...section("training", "Stopping", [
    {
      key: "goal",
      path: "training.stop.goal",
      label: "Goal",
      help: "Good enough: the run ends as soon as this is reached. By locked test rows, that counts as a look at them.",
      type: "choice",
      default: "none",
      choices: [
        choice("none", "None"),
        ...choicesOf("training.stop.goal.metric", {
          trainingLoss: "Training loss below",
          testLoss: "Test loss below",
          testAccuracy: "Test accuracy above",
        }),
      ],
      inSpec: (metric, { goalLoss, goalAccuracy }) =>
        metric === "none" ? null : { metric, value: metric === "testAccuracy" ? goalAccuracy : goalLoss },
    },
    {
      key: "goalLoss",
      path: null,
      field: "training.stop.goal.value@testLoss",
      label: "Goal loss",
      help: "The loss to fall below.",
      when: ({ goal }) => goal === "trainingLoss" || goal === "testLoss",
      stops: SMALL.slice(1),
    },
    {
      key: "goalAccuracy",
      path: null,
      field: "training.stop.goal.value@testAccuracy",
      label: "Goal accuracy",
      help: "The share of test points to get right.",
      step: 0.01,
      when: ({ goal }) => goal === "testAccuracy",
    },
    {
      key: "patience",
      path: "training.stop.patience",
      label: "Patience",
      help: "The run ends after so many epochs in which the test loss found no new low; the validation loss, where rows are kept for it. Empty: it never gives up. By locked test rows, it counts as a look.",
      none: "off",
      stops: SPANS,
    },
    {
      key: "restoreBest",
      path: "training.stop.restoreBest",
      label: "Keep the best",
      help: "At the end, take back the weights of the epoch with the lowest test loss; validation loss, where rows are kept for it. By locked test rows, it counts as a look.",
    },
  ]),
];
