// @ts-check
/**
 * A net of many inputs can only be drawn over one or two of them: which, and where the others stand meanwhile.
 * They stand where the question in the Prediction box has them; at first, at the middle of the training rows.
 *
 * @typedef {import("../session/protocol.js").Description} Description
 */
import { CURVE_SIZE, fieldSize } from "./grid.js";

/** The kind of a raw column; all of a toy's are numbers. */
export const kindOf = (/** @type {Description} */ { columnKinds }, /** @type {number} */ column) =>
  columnKinds?.[column] ?? "number";

/** Whether two runs are asked alike: by the same columns, with the same categories. */
export const hasColumnsOf = (/** @type {Description} */ a, /** @type {Description | null} */ b) =>
  b !== null && JSON.stringify([a.columns, a.categories]) === JSON.stringify([b.columns, b.categories]);

/**
 * The columns that are the picture's axes: the ones named, else the first two numbers.
 *
 * @param {Description} description
 * @param {string[] | null} named
 * @returns {number[]}
 */
export function axesOf(description, named) {
  const { columns } = description;
  if (columns.length === 1) return [0];
  const chosen = named?.map((name) => columns.indexOf(name)) ?? [];
  if (chosen.length === 2 && !chosen.includes(-1) && chosen[0] !== chosen[1]) return chosen;
  const all = columns.map((_, i) => i);
  const numbers = all.filter((i) => kindOf(description, i) === "number");
  return [...numbers, ...all.filter((i) => !numbers.includes(i))].slice(0, 2);
}

/** The middle of the training rows: medians, and the commonest category of each column that has some. */
export function typicalRow(
  /** @type {Description} */ description,
  /** @type {import("../session/protocol.js").Points} */ { inputs, part },
) {
  const width = description.columns.length;
  return description.columns.map((_, column) => {
    const values = [];
    for (let row = 0; row < part.length; row++) {
      const value = inputs[row * width + column];
      if (part[row] === 0 && Number.isFinite(value)) values.push(value);
    }
    if (!values.length) return 0;
    return kindOf(description, column) === "category" ? commonest(values) : rounded(median(values), values);
  });
}

function median(/** @type {number[]} */ values) {
  values.sort((a, b) => a - b);
  return values[values.length >> 1];
}

/** As many digits as say something in that range. */
function rounded(/** @type {number} */ value, /** @type {number[]} */ sorted) {
  const span = sorted[sorted.length - 1] - sorted[0];
  const digits = span > 0 ? Math.max(0, 3 - Math.floor(Math.log10(span))) : 6;
  return Number(value.toFixed(Math.min(digits, 12)));
}

function commonest(/** @type {number[]} */ values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/** Rows of the picture itself; the question's comes after them, and after that rows whose truth is known. */
export const cellsOf = (/** @type {Description} */ { columns }) =>
  columns.length === 1 ? CURVE_SIZE : fieldSize(columns.length) ** 2;
