// @ts-check
/**
 * How a search is made: what is varied, by what rule, and what judges. The panel shows it, and a setting's own card adds to
 * it. It is kept from visit to visit, as far as the browser lets us.
 *
 * @typedef {import("./variables.js").Axis} Axis
 *
 * @typedef {object} Choices
 * @property {Axis[]} axes
 * @property {"grid" | "random" | "halving"} by
 * @property {number} points      of each range in a grid
 * @property {number} trials      that are drawn
 * @property {number} seed        of the draws
 * @property {number | null} epochs   of each trial; null: as many as the page's run, at most `USUAL_EPOCHS`
 * @property {"folds" | "validation" | null} judge   null: validation rows, if there are any
 * @property {number} folds
 * @property {string} score       by name; empty: the task's first
 */
import { createStore } from "../base/store.js";
import { freshAxis, variablesOf } from "./variables.js";

const NAME = "trainyard.search";

/** Settings that are varied at once. */
export const MOST_AXES = 8;

/** Trials of one search. */
export const MOST_TRIALS = 1000;

/** Epochs of a trial where the page's run has more, or no end. */
export const USUAL_EPOCHS = 100;

export const LIMITS = {
  points: [2, 50],
  trials: [2, MOST_TRIALS],
  seed: [0, 4294967295],
  epochs: [1, 1000000],
  folds: [2, 20],
};

/** @type {Choices} */
export const USUAL = {
  axes: [],
  by: "random",
  points: 5,
  trials: 20,
  seed: 7,
  epochs: null,
  judge: null,
  folds: 5,
  score: "",
};

/** @type {WeakMap<object, import("../base/store.js").Store<Choices>>} */
const known = new WeakMap();

/** That of a playground. @param {import("./playground.js").Playground} playground @returns {import("../base/store.js").Store<Choices>} */
export function variedOf(playground) {
  let store = known.get(playground);
  if (!store) {
    const storage = playground.parts.storage ?? null;
    store = createStore(readChoices(storage));
    known.set(playground, store);
    store.subscribe((choices) => {
      try {
        storage?.setItem(NAME, JSON.stringify(choices));
      } catch {
        // Full or forbidden: it lasts as long as the page.
      }
    });
  }
  return store;
}

/** What is kept; others may have written there: what isn't one of ours counts for nothing. @returns {Choices} */
export function readChoices(/** @type {Pick<Storage, "getItem"> | null} */ storage) {
  try {
    const kept = JSON.parse(storage?.getItem(NAME) ?? "{}");
    const number = (/** @type {keyof typeof LIMITS} */ key) => {
      const [least, most] = LIMITS[key];
      return Number.isInteger(kept[key]) && kept[key] >= least && kept[key] <= most ? kept[key] : USUAL[key];
    };
    const one = (/** @type {"by" | "judge"} */ key, /** @type {string[]} */ all) =>
      all.includes(kept[key]) ? kept[key] : USUAL[key];
    return {
      axes: Array.isArray(kept.axes) ? kept.axes.filter(isAxis).slice(0, MOST_AXES) : [],
      by: one("by", ["grid", "random", "halving"]),
      points: number("points"),
      trials: number("trials"),
      seed: number("seed"),
      epochs: number("epochs"),
      judge: one("judge", ["folds", "validation"]),
      folds: number("folds"),
      score: typeof kept.score === "string" ? kept.score : "",
    };
  } catch {
    return USUAL;
  }
}

const isPlain = (/** @type {unknown} */ value) => ["number", "string", "boolean"].includes(typeof value);

const isAxis = (/** @type {any} any: it may be whatever was kept */ axis) =>
  typeof axis?.id === "string" &&
  typeof axis.isLog === "boolean" &&
  isPlain(axis.low) &&
  isPlain(axis.high) &&
  Array.isArray(axis.values) &&
  axis.values.every(isPlain);

/** Whether a setting, by its key, can be varied and isn't yet. Of hidden layers it is their number. */
export function canVary(/** @type {import("./playground.js").Playground} */ playground, /** @type {string} */ key) {
  const { axes } = variedOf(playground).get();
  return axes.length < MOST_AXES && !axes.some(({ id }) => id === idOf(key)) && find(playground, key) !== undefined;
}

/** Varies a setting from now on, within a range that suits it. */
export function vary(/** @type {import("./playground.js").Playground} */ playground, /** @type {string} */ key) {
  const variable = find(playground, key);
  const store = variedOf(playground);
  if (variable && canVary(playground, key))
    store.set({ axes: [...store.get().axes, freshAxis(variable, playground.store.get().settings)] });
}

const idOf = (/** @type {string} */ key) => (key === "layers" ? "layers.count" : key);

const find = (/** @type {import("./playground.js").Playground} */ playground, /** @type {string} */ key) =>
  variablesOf(playground.store.get().settings, variedOf(playground).get().axes).find(({ id }) => id === idOf(key));
