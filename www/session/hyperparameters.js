// @ts-check
/**
 * The hyperparameters of simpler models, and those that somebody has set, for all who fit such models.
 *
 * @typedef {import("../features/baselines/worker/fit.js").BaselineKind} BaselineKind
 * @typedef {{key: string, option: keyof import("../features/baselines/worker/fit.js").BaselineOptions, of: BaselineKind[], values: (number | null)[], usual: number | null, label: string}} Hyperparameter
 */
import { formatCount, formatRate } from "../base/format.js";
import { createStore } from "../base/store.js";
import { t } from "../base/text.js";

/** Powers of ten and about the middle between them. */
const powers = (/** @type {number} */ from, /** @type {number} */ to) =>
  Array.from({ length: 2 * (to - from) + 1 }, (_, i) => Number((10 ** (from + i / 2)).toPrecision(1)));

/** @type {Hyperparameter[]} */
export const HYPERPARAMETERS = [
  {
    key: "ridge",
    option: "penalty",
    of: ["ridge"],
    values: powers(-3, 4),
    usual: 1,
    label: t("baselines.ridgePenalty"),
  },
  {
    key: "lasso",
    option: "penalty",
    of: ["lasso"],
    values: powers(-4, 0),
    usual: 0.01,
    label: t("baselines.lassoPenalty"),
  },
  {
    key: "logistic",
    option: "penalty",
    of: ["logistic"],
    values: powers(-3, 4),
    usual: 1,
    label: t("baselines.logisticPenalty"),
  },
  {
    key: "neighbors",
    option: "neighbors",
    of: ["knn"],
    values: [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 100],
    usual: 5,
    label: t("baselines.neighbors"),
  },
  {
    key: "depth",
    option: "maxDepth",
    of: ["tree", "forest"],
    values: [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, null],
    usual: null,
    label: t("baselines.maxDepth"),
  },
  {
    key: "leaf",
    option: "minLeaf",
    of: ["tree", "forest"],
    values: [1, 2, 3, 5, 10, 20, 50, 100],
    usual: 1,
    label: t("baselines.minLeaf"),
  },
  {
    key: "trees",
    option: "trees",
    of: ["forest"],
    values: [1, 3, 10, 30, 100, 300],
    usual: 100,
    label: t("baselines.trees"),
  },
];

/** So many trees are a forest that grows in many folds, unless it was set: more change little, and take longer. */
export const TREES_IN_FOLDS = 50;

export const formatChoice = (/** @type {number | null | undefined} */ value) =>
  value === null || value === undefined ? t("baselines.noLimit") : value < 1 ? formatRate(value) : formatCount(value);

/**
 * What a model is fitted with, of what was chosen, and the seed.
 *
 * @param {BaselineKind} kind
 * @param {Record<string, number | null>} chosen
 * @param {number} seed
 * @returns {import("../features/baselines/worker/fit.js").BaselineOptions}
 */
export const optionsFor = (kind, chosen, seed) => ({
  ...Object.fromEntries(
    HYPERPARAMETERS.filter(({ key, of }) => of.includes(kind) && key in chosen).map(({ key, option }) => [
      option,
      chosen[key],
    ]),
  ),
  seed,
});

/** @type {WeakMap<object, import("../base/store.js").Store<Record<string, number | null>>>} */
const known = new WeakMap();

/** Those that were set by hand in a playground, by their keys. */
export function hyperparametersOf(/** @type {object} */ playground) {
  const store = known.get(playground) ?? createStore(/** @type {Record<string, number | null>} */ ({}));
  known.set(playground, store);
  return store;
}

/** What was chosen for a kind, in words; empty where nothing was. @param {BaselineKind} kind @param {Record<string, number | null>} chosen */
export const chosenWords = (kind, chosen) =>
  HYPERPARAMETERS.filter(({ key, of }) => of.includes(kind) && key in chosen)
    .map(({ key, label }) => `${label} = ${formatChoice(chosen[key])}`)
    .join(", ");
