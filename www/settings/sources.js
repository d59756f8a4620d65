// @ts-check
/**
 * The built-in data sources, and the settings with which each of them visibly learns. These are
 * what a link leaves out, so changing one changes what old links mean: don't, silently.
 *
 * @typedef {object} Source
 * @property {string} name
 * @property {string} label
 * @property {"classification" | "regression" | null} task   null: its table will tell
 * @property {number} [classes]     2 unless said otherwise
 * @property {string[]} columns
 * @property {number | null} samples   as the core has it when the Spec says nothing
 * @property {boolean} [lesson]     its settings belong to it: they win over what was set by hand
 * @property {import("./spec.js").Settings} recommended   by setting key, where it differs from the defaults
 * @property {number[]} ask         the first question in the Prediction box
 * @property {string} [about]     of the first one; what is said of the others comes later (help.js)
 */

import { SOURCES as MADE } from "./schema.static.js";
import { SET_MODELS } from "../data/setModels.static.js";
import { SET_NAMES } from "../data/setNames.static.js";
import { readLayers } from "./layers.js";
import { OWN_NAME, isTable } from "./tableNames.js";
import { t } from "../base/text.js";

/** @type {Omit<Source, "task" | "classes" | "columns" | "samples">[]} */
const WORDS = [
  {
    name: "circle",
    label: t("settings.circle"),
    recommended: {},
    ask: [0, 0],
    about: t("settings.oneClassInsideOther"),
  },
  {
    name: "xor",
    label: "XOR",
    recommended: {},
    ask: [3, 3],
  },
  {
    name: "gaussians",
    label: t("settings.gaussians"),
    recommended: { layers: [2], epochs: 200 },
    ask: [1, 1],
  },
  {
    name: "spiral",
    label: t("settings.spiral"),
    recommended: { layers: [8, 8], activation: ["relu"], optimizer: "adam", learningRate: 0.01 },
    ask: [0, 2],
  },
  {
    name: "moons",
    label: t("settings.moons"),
    recommended: { layers: [6, 4], optimizer: "adam", learningRate: 0.01 },
    ask: [0, 0],
  },
  {
    name: "rings",
    label: t("settings.rings"),
    recommended: {
      features: ["x", "y", "x2", "y2"],
      layers: [8],
      activation: ["relu"],
      optimizer: "adam",
      learningRate: 0.01,
    },
    ask: [0, 3],
  },
  {
    name: "checkerboard",
    label: t("settings.checkers"),
    recommended: { layers: [8, 8], activation: ["sin"], optimizer: "adam", learningRate: 0.01 },
    ask: [1.5, 1.5],
  },
  {
    name: "three-spiral",
    label: t("settings.n3Arms"),
    recommended: { layers: [8, 6], optimizer: "adam", learningRate: 0.01 },
    ask: [0, 2],
  },
  {
    name: "plane",
    label: t("settings.plane"),
    recommended: { layers: [2], epochs: 200 },
    ask: [3, 2],
  },
  {
    name: "multi-gaussian",
    label: t("settings.sixBumps"),
    recommended: { layers: [8, 6], optimizer: "adam", learningRate: 0.01 },
    ask: [0, 2.5],
  },
  {
    name: "product",
    label: "x·y",
    recommended: { layers: [4, 2], optimizer: "adam", learningRate: 0.01 },
    ask: [3, 2],
  },
  {
    name: "swiss-roll",
    label: t("settings.swissRoll"),
    recommended: { layers: [8, 6], optimizer: "adam", learningRate: 0.01 },
    ask: [0, 3],
  },
  {
    name: "line",
    label: t("settings.line"),
    lesson: true,
    recommended: {
      samples: 6,
      noise: 0,
      features: null,
      scale: "none",
      layers: [],
      loss: "auto",
      optimizer: "sgd",
      learningRate: 0.015,
      batchSize: 6,
      epochs: 500,
    },
    ask: [6],
  },
  {
    name: "sine",
    label: t("settings.sine"),
    recommended: { layers: [8, 8], optimizer: "adam", learningRate: 0.01 },
    ask: [1],
  },
  {
    name: "step",
    label: t("settings.step"),
    recommended: { layers: [2], optimizer: "adam", learningRate: 0.03 },
    ask: [0.5],
  },
  {
    name: "polynomial",
    label: t("settings.cubic"),
    recommended: { layers: [8, 8], optimizer: "adam", learningRate: 0.01 },
    ask: [2.5],
  },
];

/** The made sources: what they are, the core says. @type {Source[]} */
export const SOURCES = WORDS.map((words) => {
  const [classes, columns, samples] = MADE[words.name];
  return { ...words, task: classes ? "classification" : "regression", classes, columns, samples };
});

/** What suits most tables: they differ too much for more. */
const FOR_TABLES = {
  layers: [8, 4],
  activation: ["relu"],
  optimizer: "adam",
  learningRate: 0.01,
  batchSize: 16,
  epochs: 100,
};

/** The user's own rows. Task and columns are known once they are here. @type {Source} */
export const OWN = {
  name: OWN_NAME,
  label: t("settings.yourOwn"),
  task: null,
  columns: [],
  samples: null,
  recommended: FOR_TABLES,
  ask: [],
};

/** The real sets as sources: their columns are known when their rows are here. @type {Source[]} */
export const REAL = SET_MODELS.map(({ title, task = "classification", kinds = {}, clean = [], recommended }, i) => ({
  name: SET_NAMES[i],
  label: title,
  task,
  columns: [],
  samples: null,
  // Of pictures they are as a link has them: so they are short.
  recommended: { ...recommended, layers: readLayers(`${recommended.layers}`), kinds, clean },
  ask: [],
}));

/** Points painted by hand: they are a setting themselves. @type {Source} */
export const DRAWN = {
  name: "drawn",
  label: t("settings.drawn"),
  task: "classification",
  columns: ["x", "y"],
  samples: null,
  recommended: { layers: [6, 4], optimizer: "adam", learningRate: 0.01 },
  ask: [0, 0],
};

/** What is to be seen while a drawing has no two points: there is nothing to learn from and to test on yet. */
export const NOTHING_DRAWN = {
  run: /** @type {import("../session/playground.js").State["run"]} */ ({
    state: "failed",
    step: 0,
    epoch: 0,
    why: null,
    learningRate: 0,
  }),
  points: null,
  frame: null,
  notice: null,
};

const byName = new Map([...SOURCES, DRAWN, ...REAL, OWN].map((source) => [source.name, source]));

/** The source of that name; unknown names get the first one. */
export const sourceOf = (/** @type {string} */ name) => byName.get(name) ?? SOURCES[0];

/** What is to be learned: of a table it is what was chosen, else what its target looks like; null while nobody knows. */
export const taskOf = (/** @type {import("./spec.js").Settings} */ { source, task, foundTask }) =>
  isTable(source) ? (task === "auto" ? (foundTask ?? sourceOf(source).task) : task) : sourceOf(source).task;

/** Whether it has two classes, of which one may be rare. */
export const hasTwoClasses = (/** @type {Source} */ { task, classes = 2 }) =>
  task === "classification" && classes === 2;

/** Brushes for points drawn by hand: a class each. */
export const BRUSHES = 4;

/** Points that a drawing may have: more would be one blot, and its text a burden. */
export const MOST_POINTS = 2000;

/**
 * Drawn points, as link and settings have them: x and y in turn, a "!" between two classes. Null for what is no such text.
 *
 * @returns {number[][] | null}
 */
export function pointsOf(/** @type {string} */ text) {
  const classes = text
    .split("!")
    .map((part) => (part ? part.split(",").map((number) => (number.trim() ? Number(number) : NaN)) : []));
  const isDrawing = classes.length <= BRUSHES && classes.flat().length <= 2 * MOST_POINTS;
  return isDrawing &&
    classes.every((numbers) => numbers.length % 2 === 0 && numbers.every((number) => Math.abs(number) <= 6))
    ? classes
    : null;
}

/** Features a model may see, by the number of raw columns; the raw columns come first. */
export const FEATURES = {
  1: ["x", "x2", "sinx", "cosx"],
  2: ["x", "y", "x2", "y2", "xy", "sinx", "siny", "cosx", "cosy"],
};

/** How a feature is written on the page. */
const FEATURE_LABELS = new Map(
  Object.entries({
    x2: "x²",
    y2: "y²",
    xy: "x·y",
    sinx: t("settings.sinX"),
    siny: t("settings.sinY"),
    cosx: t("settings.cosX"),
    cosy: t("settings.cosY"),
  }),
);

/** What an input is called: of a table, as its column is, whatever that is. */
export const inputLabel = (/** @type {string} */ name) => FEATURE_LABELS.get(name) ?? name;

export const featuresOf = (/** @type {Source} */ source) => (source.columns.length === 1 ? FEATURES[1] : FEATURES[2]);
