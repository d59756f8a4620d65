// @ts-check
/**
 * What a figure is held against: a lesson's goal in the page, and its claims in the tests. A figure that is no number
 * holds for nothing.
 *
 * @typedef {"<" | "<=" | ">" | ">=" | "=" | "between" | "outside" | "≠"} Comparison
 */

/** @type {Record<Comparison, (figure: any, value: any) => boolean>} any: numbers, their two bounds, or a status */
const HOLDS = {
  "<": (figure, value) => figure < value,
  "<=": (figure, value) => figure <= value,
  ">": (figure, value) => figure > value,
  ">=": (figure, value) => figure >= value,
  "=": (figure, value) => figure === value || Math.abs(figure - value) < 1e-9,
  between: (figure, [low, high]) => figure >= low && figure <= high,
  outside: (figure, [low, high]) => figure < low || figure > high,
  "≠": (figure, value) => (typeof figure === "number" ? Math.abs(figure - value) >= 1e-9 : figure !== value),
};

/** Whether a figure is as told. @param {unknown} figure @param {string} is @param {unknown} value */
export const holds = (figure, is, value) => HOLDS[/** @type {Comparison} */ (is)](figure, value);

/** The comparison that holds where the other one doesn't. @type {Record<string, Comparison>} */
export const NEGATION = {
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
  "=": "≠",
  between: "outside",
};
