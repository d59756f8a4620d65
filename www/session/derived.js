// @ts-check
/**
 * Features that are reckoned from a table's columns: squares, products, waves and formulas of one's own, as the Spec's
 * `{formula}` entries. The core reads them; here they are only written, added and taken away.
 */
import { choicesOf } from "./inputs.js";
import { t } from "../base/text.js";

/** @typedef {import("./playground.js").State} State */
/** @typedef {{formula: string}} Derived */
/** @typedef {string | Derived} Feature */

const isDerived = (/** @type {Feature} */ feature) => typeof feature === "object" && feature !== null;

/** The formulas among the features. @param {State} state @returns {string[]} */
export const formulasOf = ({ settings }) =>
  (settings.features ?? []).filter(isDerived).map((/** @type {Derived} */ { formula }) => formula);

/** The features with one formula more; those that are there already stay as they are. @param {State} state */
export function withFormula(state, /** @type {string} */ formula) {
  const features = state.settings.features ?? choicesOf(state);
  return formulasOf(state).includes(formula) ? features : [...features, { formula }];
}

/** The features without it; null for all columns and nothing else. @param {State} state */
export function withoutFormula(state, /** @type {string} */ formula) {
  const all = choicesOf(state);
  const features = (state.settings.features ?? all).filter(
    (/** @type {Feature} */ feature) => /** @type {{formula?: string}} */ (feature).formula !== formula,
  );
  const isPlain =
    features.length === all.length && features.every((/** @type {Feature} */ feature) => !isDerived(feature));
  return isPlain || !features.length ? null : features;
}

/** A column as a formula names it. */
const named = (/** @type {string} */ column) => `"${column}"`;

/** Columns that a formula can name: numbers, and days, without a quote in their name. @param {State} state */
export function numberColumns({ table }) {
  const { columns = [], target = "" } = table.description ?? {};
  return columns
    .filter(({ name, kind }) => (kind === "number" || kind === "date") && name !== target && !name.includes('"'))
    .map(({ name }) => name);
}

/** What is offered for two columns: how it is written for people, and as a formula. */
export function offersFor(/** @type {string} */ x, /** @type {string} */ y) {
  const one = (/** @type {string} */ column, /** @type {string} */ sign) => [
    { label: `${sign}²`, formula: `${named(column)} ^ 2` },
    { label: t("session.sin", { sign }), formula: `sin(${named(column)})` },
    { label: t("session.cos", { sign }), formula: `cos(${named(column)})` },
  ];
  if (x === y) return one(x, "x");
  return [...one(x, "x"), ...one(y, "y"), { label: "x·y", formula: `${named(x)} * ${named(y)}` }];
}
