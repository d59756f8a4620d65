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
import { layersOf, withLayer } from "./layers.js";
import { shortened } from "./parse.js";
import { ACTIVATION_LABELS, complete } from "./schema.js";
import { DRAWN, FEATURES, OWN, REAL, SOURCES, hasTwoClasses, pointsOf, sourceOf } from "./sources.js";
import { isTable } from "./tableNames.js";
import { TABLE_SETTINGS } from "./tableSettings.js";
import { t } from "../base/text.js";

const choice = (/** @type {string} */ value, label = value) => ({ value, label });

/** Each language is called by its own name. */
export const LANGUAGES = [choice("en", t("settings.english")), choice("de", t("settings.german"))];

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
    label: t("settings.dataSet"),
    help: t("settings.whatNetHasLearn"),
    kind: "data",
    type: "choice",
    default: "circle",
    choices: [...SOURCES, DRAWN, ...REAL, OWN].map(({ name, label }) => choice(name, label)),
  },
  {
    key: "points",
    path: "data.points",
    label: t("settings.points"),
    help: t("settings.pointsYouDrewClass"),
    kind: "data",
    type: "text",
    default: "",
    when: ({ source }) => source === DRAWN.name,
    inSpec: pointsOf,
  },
  {
    key: "samples",
    path: "data.samples",
    label: t("settings.samples"),
    help: t("settings.howManyPointsThere"),
    kind: "data",
    step: 1,
    when: isMade,
  },
  {
    key: "noise",
    path: "data.noise",
    label: t("settings.noise"),
    help: t("settings.howMuchChanceMixed"),
    kind: "data",
    sliderMax: 0.5,
    step: 0.05,
    when: isMade,
  },
  {
    key: "imbalance",
    path: "data.imbalance",
    label: t("settings.rarerClass"),
    help: t("settings.shareClass1Where"),
    kind: "data",
    step: 0.05,
    when: (settings) => isMade(settings) && hasTwoClasses(sourceOf(settings.source)),
  },
  {
    key: "trainingShare",
    path: "data.split.train",
    label: t("settings.trainingShare"),
    help: t("settings.partDataLearnFrom"),
    kind: "data",
    sliderMin: 0.1,
    sliderMax: 0.9,
    step: 0.1,
    inSpec: (share, { validationShare }) => rounded(share * (1 - validationShare)),
  },
  {
    key: "features",
    path: "data.features",
    label: t("settings.features"),
    help: t("settings.whatNetShownEach"),
    kind: "data",
    type: "list",
    default: null,
    choices: FEATURES[2].map((name) => choice(name)),
    when: ({ features }) => features !== null,
  },
  {
    key: "scale",
    path: "data.scale",
    label: t("settings.scaling"),
    help: t("settings.bringsAllFeaturesLike"),
    kind: "data",
    labels: { "min-max": t("settings.minMax") },
  },
  {
    key: "batchSize",
    path: "training.batchSize",
    label: t("settings.batchSize"),
    help: t("settings.howManyPointsNet"),
    kind: "hyperparameter",
    step: 1,
    stops: [1, 2, 4, 6, 8, 10, 16, 20, 32, 50, 64, 100, 128, 256, 512, 1000],
  },
  {
    key: "layers",
    path: "model.layers",
    label: t("settings.hiddenLayers"),
    help: t("settings.neuronsEachHiddenLayer"),
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
    label: t("settings.activation"),
    help: t("settings.bendEachHiddenNeuron"),
    kind: "hyperparameter",
    type: "activations",
    default: ["tanh"],
    labels: ACTIVATION_LABELS,
  },
  {
    key: "learningRate",
    path: "training.optimizer.learningRate",
    label: t("settings.learningRate"),
    help: t("settings.howFarEachStep"),
    kind: "hyperparameter",
    stops: [0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
  },
  {
    key: "optimizer",
    path: "training.optimizer.type",
    label: t("settings.optimizer"),
    help: t("settings.howSlopeBecomesStep"),
    kind: "hyperparameter",
    labels: { sgd: "SGD", adamw: t("settings.adamw"), rmsprop: "RMSprop" },
  },
  {
    key: "momentum",
    path: "training.optimizer.momentum",
    label: t("settings.momentum"),
    help: t("settings.howMuchLastStep"),
    kind: "hyperparameter",
    stops: [0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99],
  },
  {
    key: "loss",
    path: "training.loss",
    label: t("settings.loss"),
    help: t("settings.whatTrainingMakesSmall"),
    kind: "hyperparameter",
    labels: {
      "cross-entropy": t("settings.crossEntropy"),
      mse: t("settings.meanSquaredError"),
      "half-mse": t("settings.halfSquaredError"),
      mae: t("settings.meanAbsoluteError"),
    },
  },
  {
    key: "epochs",
    path: "training.stop.maxEpochs",
    label: t("settings.epochs"),
    help: t("settings.howManyTimesNet"),
    kind: "hyperparameter",
    none: "unlimited",
    stops: [10, 50, 100, 200, 500, 1000, 2000, 5000, 10000],
  },
  {
    key: "seed",
    path: "seed",
    label: t("settings.seed"),
    help: t("settings.whereAllChanceComes"),
    kind: "run",
    step: 1,
  },
  {
    key: "engine",
    path: "engine",
    label: t("settings.engine"),
    help: t("settings.whoComputesAutoMeasures"),
    kind: "run",
    labels: { cpu: "CPU", gpu: "GPU" },
  },
  {
    key: "speed",
    path: null,
    label: t("settings.speed"),
    help: t("settings.howMuchTrainedBetween"),
    kind: "view",
    type: "choice",
    default: "epoch",
    choices: [
      choice("slow", t("settings.n2StepsSecond")),
      choice("step", t("settings.n1StepFrame")),
      choice("epoch", t("settings.n1EpochFrame")),
      choice("10-epochs", t("settings.n10EpochsFrame")),
      choice("max", t("settings.fullSpeed")),
    ],
  },
  {
    key: "showTestData",
    path: null,
    label: t("settings.showTestData"),
    help: t("settings.alsoDrawsPointsWere"),
    kind: "view",
    type: "flag",
    default: false,
  },
  {
    key: "discretize",
    path: null,
    label: t("settings.discretize"),
    help: t("settings.colorsEachPlaceFully"),
    kind: "view",
    type: "flag",
    default: false,
  },
  {
    key: "positive",
    path: null,
    label: t("settings.positiveClass"),
    help: t("settings.positiveClassHelp"),
    kind: "view",
    type: "choice",
    default: "second",
    choices: [choice("first", t("settings.firstClass")), choice("second", t("settings.secondClass"))],
  },
  {
    key: "question",
    path: null,
    label: t("settings.question"),
    help: t("settings.whatExperimentAsksAbove"),
    kind: "view",
    type: "text",
    default: "",
  },
  {
    key: "hint",
    path: null,
    label: t("settings.hint"),
    help: t("settings.whatLookUntilThere"),
    kind: "view",
    type: "text",
    default: "",
  },
  {
    key: "title",
    path: null,
    label: t("settings.title"),
    help: t("settings.headingExperimentAboveQuestion"),
    kind: "view",
    type: "text",
    default: "",
  },
  {
    key: "aim",
    path: null,
    label: t("settings.goalReader"),
    help: t("settings.whatReachGoalSuch"),
    kind: "view",
    type: "text",
    default: "",
  },
  {
    key: "lang",
    path: null,
    label: t("settings.language"),
    help: t("settings.languageHelp"),
    kind: "view",
    type: "choice",
    default: "auto",
    choices: [choice("auto", t("settings.readersLanguage")), ...LANGUAGES],
  },
  {
    key: "embed",
    path: null,
    label: t("settings.layout"),
    help: t("settings.howMuchPageThere"),
    kind: "view",
    type: "choice",
    default: "page",
    choices: [choice("page", t("settings.page")), choice("compact", t("settings.compact"))],
  },
  {
    key: "view",
    path: null,
    label: t("settings.view"),
    help: t("settings.stepThatIsOpen"),
    kind: "view",
    type: "choice",
    default: "playground",
    choices: ["playground", "data", "model", "training", "evaluation", "selection", "export"].map((name) =>
      choice(name),
    ),
  },
  {
    key: "control",
    path: null,
    label: t("settings.compactControl"),
    help: t("settings.oneSettingCanChanged"),
    kind: "view",
    type: "choice",
    default: "learningRate",
    choices: ["learningRate", "noise", "trainingShare", "batchSize", "none"].map((name) => choice(name)),
  },
  {
    key: "hide",
    path: null,
    label: t("settings.hiddenParts"),
    help: t("settings.partsPageLinkLeaves"),
    kind: "view",
    type: "list",
    default: null,
    choices: HIDEABLE.map((name) => choice(name)),
  },
  {
    key: "lock",
    path: null,
    label: t("settings.locked"),
    help: t("settings.lockedHelp"),
    kind: "view",
    type: "list",
    default: null,
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

// A link may lock what is of the experiment.
settingOf("lock").choices = SETTINGS.filter(({ kind }) => kind !== "view").map(({ key }) => choice(key));

export const isSetting = (/** @type {string} */ key) => byKey.has(key);

/** Whether a setting means anything with the others as they are. */
export const applies = (/** @type {Setting} */ row, /** @type {Settings} */ settings) => row.when?.(settings) ?? true;

/** The value that counts: where none is set, what that stands for. */
export const effective = (/** @type {Setting} */ row, /** @type {Settings} */ settings) =>
  settings[row.key] ?? row.auto?.(settings) ?? null;

/** The activation of one hidden layer: a short list's last one holds for all layers after it. */
export const activationOf = (/** @type {string[]} */ activations, /** @type {number} */ layer) =>
  activations[Math.min(layer, activations.length - 1)];

/** Another activation of one layer, the others keep theirs: the setting that says so, and its value. @param {Settings} settings @param {number} layer @param {string} name @returns {[string, unknown]} */
export function activated({ layers, activation }, layer, name) {
  if (typeof layers[layer] !== "number")
    return ["layers", withLayer(layers, layer, { ...layers[layer], activation: name })];
  const names = layers.map((/** @type {unknown} */ _, /** @type {number} */ i) =>
    i === layer ? name : activationOf(activation, i),
  );
  return ["activation", shortened(names)];
}
