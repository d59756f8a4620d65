// @ts-check
/**
 * Every setting, once (those under "More" are in advancedSettings.js). A row says what a setting is called, what it is for and
 * where it stands in the Spec; which values it takes, the core says (schema.js). The form, the link, the Spec and what the
 * page explains are all made from it.
 *
 * Keys are also the keys of the link's hash. `activation`, `batchSize`, `learningRate`, `seed` and
 * `showTestData` are TensorFlow Playground's own, with its meaning; our `noise` runs from 0 to 1.
 *
 * @typedef {"data" | "model" | "hyperparameter" | "run" | "view"} Kind
 *
 * @typedef {import("./spec.js").Settings} Settings
 *
 * @typedef {object} Setting
 * @property {string} key
 * @property {string | null} path      in the Spec; null for what is about the page alone
 * @property {string} label            the accessible name: a public contract
 * @property {string} help             what it is for: a later part (help.static.js) has it, the first load doesn't
 * @property {Kind} kind
 * @property {"choice" | "number" | "list" | "layers" | "activations" | "flag" | "text" | "json"} type
 * @property {string} [field]         in the core's table, where that is not the path
 * @property {Settings[string]} [default]   here and below: what the core's table says, unless the row says it
 * @property {"model" | "training"} [fold]   the panel under whose "More" it lies; without it, always in sight
 * @property {string} [group]          its heading there
 * @property {(settings: Settings) => boolean} [when]   whether it means anything with the others
 * @property {(value: Settings[string], settings: Settings) => unknown} [inSpec]   where the Spec writes it otherwise; undefined: not at all
 * @property {{value: string, label: string}[]} [choices]
 * @property {Record<string, string>} [labels]   of choices that aren't called by their names
 * @property {number} [min]
 * @property {number} [max]
 * @property {number} [sliderMin]      where a slider begins and ends when fields and links may go further
 * @property {number} [sliderMax]
 * @property {number} [step]
 * @property {boolean} [integer]
 * @property {"off" | "auto" | "unlimited"} [none]   what null is called; an empty field is null too
 * @property {(settings: Settings) => number} [auto]       what null stands for, if for a number
 * @property {number[]} [stops]        the values that the − and + buttons step through
 *
 * @typedef {Omit<Setting, "kind" | "type"> & Partial<Setting>} Row   of the table as it is written: the rest is completed
 */
import { ADVANCED, rounded } from "./advancedSettings.js";
import { layersOf } from "./layers.js";
import { ACTIVATION_LABELS, complete } from "./schema.js";
import { DRAWN, FEATURES, OWN, REAL, SOURCES, hasTwoClasses, pointsOf, sourceOf } from "./sources.js";
import { isTable } from "./tableNames.js";
import { TABLE_SETTINGS } from "./tableSettings.js";

const choice = (/** @type {string} */ value, label = value) => ({ value, label });

/** A table has the rows that it has, and so have points drawn by hand. */
const isMade = (/** @type {Settings} */ { source }) => !isTable(source) && source !== DRAWN.name;

/** What a link may take off the page: for a lesson that is about something else. */
const HIDEABLE = [
  "text",
  "question",
  "play",
  "step",
  "reset",
  "source",
  "samples",
  "noise",
  "imbalance",
  "trainingShare",
  "features",
  "scale",
  "batchSize",
  "layers",
  "activation",
  "learningRate",
  "optimizer",
  "momentum",
  "loss",
  "epochs",
  "seed",
  "engine",
  "speed",
  "showTestData",
  "discretize",
  "more",
  "folds",
];

/** @type {Row[]} */
const ROWS = [
  {
    key: "source",
    path: "data.source",
    label: "Data set",
    help: "What the net has to learn.",
    kind: "data",
    type: "choice",
    default: "circle",
    choices: [...SOURCES, DRAWN, ...REAL, OWN].map(({ name, label }) => choice(name, label)),
  },
  {
    key: "points",
    path: "data.points",
    label: "Points",
    help: "The points that you drew, class by class.",
    kind: "data",
    type: "text",
    default: "",
    when: ({ source }) => source === DRAWN.name,
    inSpec: pointsOf,
  },
  {
    key: "samples",
    path: "data.samples",
    label: "Samples",
    help: "How many points there are. More data, better generalization.",
    kind: "data",
    step: 1,
    when: isMade,
  },
  {
    key: "noise",
    path: "data.noise",
    label: "Noise",
    help: "How much chance is mixed into the data. What is noise can't be learned, only memorised.",
    kind: "data",
    sliderMax: 0.5,
    step: 0.05,
    when: isMade,
  },
  {
    key: "imbalance",
    path: "data.imbalance",
    label: "Rarer class",
    help: "The share of class 1. Where it is rare, always saying class 0 is right most of the time: accuracy alone misleads.",
    kind: "data",
    step: 0.05,
    when: (settings) => isMade(settings) && hasTwoClasses(sourceOf(settings.source)),
  },
  {
    key: "trainingShare",
    path: "data.split.train",
    label: "Training share",
    help: "The part of the data to learn from. The rest is kept back to test on points the net never saw.",
    kind: "data",
    sliderMin: 0.1,
    sliderMax: 0.9,
    step: 0.1,
    inSpec: (share, { validationShare }) => rounded(share * (1 - validationShare)),
  },
  {
    key: "features",
    path: "data.features",
    label: "Features",
    help: "What the net is shown of each point.",
    kind: "data",
    type: "list",
    default: null,
    choices: FEATURES[2].map((name) => choice(name)),
    when: ({ features }) => features !== null,
  },
  {
    key: "scale",
    path: "data.scale",
    label: "Scaling",
    help: "Brings all features to a like size, measured on the training rows, so that one learning rate suits all.",
    kind: "data",
    labels: { "min-max": "Min–max" },
  },
  {
    key: "batchSize",
    path: "training.batchSize",
    label: "Batch size",
    help: "How many points the net looks at before each change of its weights. Small batches only estimate the slope, but are quick.",
    kind: "hyperparameter",
    step: 1,
    stops: [1, 2, 4, 6, 8, 10, 16, 20, 32, 50, 64, 100, 128, 256, 512, 1000],
  },
  {
    key: "layers",
    path: "model.layers",
    label: "Hidden layers",
    help: "Neurons in each hidden layer. None makes a linear model.",
    kind: "hyperparameter",
    field: "model.layers.dense.units",
    type: "layers",
    default: [4, 2],
    inSpec: (_, settings) => layersOf(settings),
  },
  {
    key: "activation",
    path: null,
    field: "model.layers.dense.activation",
    label: "Activation",
    help: "The bend in each hidden neuron. Without one (linear) any depth is still only a straight line.",
    kind: "hyperparameter",
    type: "activations",
    default: ["tanh"],
    labels: ACTIVATION_LABELS,
  },
  {
    key: "learningRate",
    path: "training.optimizer.learningRate",
    label: "Learning rate",
    help: "How far each step goes down the slope of the loss. Too small is slow, too large jumps about or blows up. Takes effect at once.",
    kind: "hyperparameter",
    stops: [0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
  },
  {
    key: "optimizer",
    path: "training.optimizer.type",
    label: "Optimizer",
    help: "How the slope becomes a step. SGD walks straight down it; the others keep a step size for each weight.",
    kind: "hyperparameter",
    labels: { sgd: "SGD", adamw: "AdamW", rmsprop: "RMSprop" },
  },
  {
    key: "momentum",
    path: "training.optimizer.momentum",
    label: "Momentum",
    help: "How much of the last step is kept, like a ball that rolls on. For SGD.",
    kind: "hyperparameter",
    stops: [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99],
  },
  {
    key: "loss",
    path: "training.loss",
    label: "Loss",
    help: "What training makes small. Auto takes cross-entropy for classes and the mean squared error for numbers.",
    kind: "hyperparameter",
    labels: {
      "cross-entropy": "Cross-entropy",
      mse: "Mean squared error",
      "half-mse": "Half squared error",
      mae: "Mean absolute error",
    },
  },
  {
    key: "epochs",
    path: "training.stop.maxEpochs",
    label: "Epochs",
    help: "How many times the net sees all training data, fixed beforehand. Empty: without end. Takes effect at once.",
    kind: "hyperparameter",
    none: "unlimited",
    stops: [10, 50, 100, 200, 500, 1000, 2000, 5000, 10000],
  },
  {
    key: "seed",
    path: "seed",
    label: "Seed",
    help: "Where all chance comes from: points, split, first weights, order. The same seed gives the same run.",
    kind: "run",
    step: 1,
  },
  {
    key: "engine",
    path: "engine",
    label: "Engine",
    help: "Who computes. Auto measures both on this device and takes the faster one. The CPU gives the same numbers everywhere, the GPU the same to about four digits a step.",
    kind: "run",
    labels: { cpu: "CPU", gpu: "GPU" },
  },
  {
    key: "speed",
    path: null,
    label: "Speed",
    help: "How much is trained between two pictures. It changes nothing in the result.",
    kind: "view",
    type: "choice",
    default: "epoch",
    choices: [
      choice("slow", "2 steps/second"),
      choice("step", "1 step/frame"),
      choice("epoch", "1 epoch/frame"),
      choice("10-epochs", "10 epochs/frame"),
      choice("max", "Full speed"),
    ],
  },
  {
    key: "showTestData",
    path: null,
    label: "Show test data",
    help: "Also draws the points that were kept back, as outlines.",
    kind: "view",
    type: "flag",
    default: false,
  },
  {
    key: "discretize",
    path: null,
    label: "Discretize",
    help: "Colors each place fully by the side it is on, however close the call.",
    kind: "view",
    type: "flag",
    default: false,
  },
  {
    key: "question",
    path: null,
    label: "Question",
    help: "What this experiment asks, above the panels. Empty: what the data set asks.",
    kind: "view",
    type: "text",
    default: "",
  },
  {
    key: "hint",
    path: null,
    label: "Hint",
    help: "What to look for, until there is a result. Empty: what is told of the data set.",
    kind: "view",
    type: "text",
    default: "",
  },
  {
    key: "title",
    path: null,
    label: "Title",
    help: "The heading of this experiment, above its question.",
    kind: "view",
    type: "text",
    default: "",
  },
  {
    key: "aim",
    path: null,
    label: "Goal of the reader",
    help: "What to reach. A goal such as “95% accuracy on the test set” is checked while the model trains.",
    kind: "view",
    type: "text",
    default: "",
  },
  {
    key: "embed",
    path: null,
    label: "Layout",
    help: "How much of the page there is. Compact has the picture, the run bar, and one control.",
    kind: "view",
    type: "choice",
    default: "page",
    choices: [choice("page", "Page"), choice("compact", "Compact")],
  },
  {
    key: "control",
    path: null,
    label: "Compact control",
    help: "The one setting that can be changed in the compact layout.",
    kind: "view",
    type: "choice",
    default: "learningRate",
    choices: ["learningRate", "noise", "trainingShare", "batchSize", "none"].map((name) => choice(name)),
  },
  {
    key: "hide",
    path: null,
    label: "Hidden parts",
    help: "Parts of the page that this link leaves out.",
    kind: "view",
    type: "list",
    default: null,
    choices: HIDEABLE.map((name) => choice(name)),
  },
  ...TABLE_SETTINGS,
  ...ADVANCED,
];

export const SETTINGS = ROWS.map(complete);

/** Where the − and + buttons end: a network of more layers or neurons is too much to look at. Fields and links go as far as the core does. */
export const BUTTONS = { layers: 6, units: 32 };

/** A speed as the protocol's pace. */
/** @type {Record<string, {stepsPerFrame: number | "max", unit: "batch" | "epoch"}>} */
export const PACES = {
  slow: { stepsPerFrame: 1, unit: "batch" },
  step: { stepsPerFrame: 1, unit: "batch" },
  epoch: { stepsPerFrame: 1, unit: "epoch" },
  "10-epochs": { stepsPerFrame: 10, unit: "epoch" },
  max: { stepsPerFrame: "max", unit: "epoch" },
};

const byKey = new Map(SETTINGS.map((row) => [row.key, row]));

/** The row of a setting. */
export const settingOf = (/** @type {string} */ key) => /** @type {Setting} */ (byKey.get(key));

export const isSetting = (/** @type {string} */ key) => byKey.has(key);

/** Whether a setting means anything with the others as they are. */
export const applies = (/** @type {Setting} */ row, /** @type {Settings} */ settings) => row.when?.(settings) ?? true;

/** The value that counts: where none is set, what that stands for. */
export const effective = (/** @type {Setting} */ row, /** @type {Settings} */ settings) =>
  settings[row.key] ?? row.auto?.(settings) ?? null;

/** The activation of one hidden layer: a short list's last one holds for all layers after it. */
export const activationOf = (/** @type {string[]} */ activations, /** @type {number} */ layer) =>
  activations[Math.min(layer, activations.length - 1)];
