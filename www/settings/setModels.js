// @ts-check
/**
 * What a link to a real data set leaves out: its remedies to begin with, and a first model. The rest that is to be said of
 * them is in data/sets.js, which is loaded when it is read.
 *
 * @typedef {object} SetModel
 * @property {string} title
 * @property {"classification" | "regression"} task
 * @property {Record<string, "number" | "category" | "date" | "ignore">} kinds   where the values alone would mislead
 * @property {{fix: string, column: string | null, by?: string}[]} clean   remedies to begin with, as `data.clean` has them
 * @property {Record<string, any>} recommended   settings by key, where they differ from the defaults
 */

const WHOLE_ROWS = [{ fix: "drop-missing", column: null }];
const medians = (/** @type {string[]} */ ...columns) =>
  columns.map((column) => ({ fix: "impute", column, by: "median" }));

/** By the name that `data.source` has. @type {Record<string, SetModel>} */
export const SET_MODELS = {
  iris: { title: "Iris", task: "classification", kinds: {}, clean: [], recommended: { layers: [4], epochs: 100 } },
  penguins: {
    title: "Palmer penguins",
    task: "classification",
    kinds: {},
    clean: WHOLE_ROWS,
    recommended: { layers: [4], epochs: 50 },
  },
  "breast-cancer": {
    title: "Breast cancer",
    task: "classification",
    kinds: {},
    clean: [],
    recommended: { layers: [4], epochs: 30 },
  },
  wine: { title: "Wine", task: "classification", kinds: {}, clean: [], recommended: { layers: [4], epochs: 50 } },
  titanic: {
    title: "Titanic",
    task: "classification",
    kinds: {},
    clean: medians("age (years)"),
    recommended: { layers: [8], epochs: 100 },
  },
  pima: {
    title: "Pima diabetes",
    task: "classification",
    kinds: {},
    clean: medians("blood pressure (mm Hg)", "skin fold (mm)", "BMI"),
    recommended: { layers: [4], epochs: 30, l2: 0.01 },
  },
  "auto-mpg": {
    title: "Auto MPG",
    task: "regression",
    kinds: { car: "ignore" },
    clean: WHOLE_ROWS,
    recommended: { layers: [8], learningRate: 0.01, epochs: 100 },
  },
  airquality: {
    title: "Air quality",
    task: "regression",
    kinds: {},
    clean: WHOLE_ROWS,
    recommended: { layers: [4], learningRate: 0.01, epochs: 200, l2: 0.003 },
  },
  diabetes: {
    title: "Diabetes progression",
    task: "regression",
    kinds: { sex: "category" },
    clean: [],
    recommended: { layers: [4], learningRate: 0.003, epochs: 50, l2: 0.01 },
  },
  "pd-speech": {
    title: "Parkinson's speech",
    task: "classification",
    kinds: {},
    clean: [],
    recommended: { layers: [8], learningRate: 0.01, epochs: 30, l2: 0.03 },
  },
};
