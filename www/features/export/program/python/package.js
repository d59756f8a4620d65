// @ts-check
/**
 * What a program goes with, from numbers of the core: rows, weights, the optimizer's state, and rows to check it by.
 *
 * @typedef {import("./facts.js").Facts} Facts
 *
 * @typedef {object} Rows       in the data's own units, as `Trainer.points()` has them
 * @property {ArrayLike<number>} inputs    rows × columns; of names their numbers, NaN for a gap
 * @property {ArrayLike<number>} targets   rows × targets, or a class a row
 * @property {ArrayLike<number>} part      0 training, 1 validation, 2 test; one a row
 * @property {(string[] | null)[]} categories   the names behind a column's numbers; null for numbers
 */
import { csvOf, safetensorsOf } from "./files.js";

export const PARTS = ["train", "validation", "test"];

/** So many rows are compared, and of so many columns at most they stand in the program. */
const CHECKED = 5;
export const MOST_COLUMNS = 40;

/** @param {number} value @param {string[] | null} names */
const written = (value, names) => (Number.isNaN(value) ? "" : names?.length ? (names[value] ?? "") : String(value));

/** A row's inputs as data.csv has them. @param {Rows} rows @param {number} width @param {number} row */
const cellsOf = ({ inputs, categories }, width, row) =>
  Array.from({ length: width }, (_, i) => written(inputs[row * width + i], categories[i]));

/** The rows as a file: CSV, or tensors where they are images. @param {Facts} facts @param {Rows} rows */
export function dataFile(facts, rows) {
  return facts.image
    ? { name: "data.safetensors", data: imagesFile(facts, rows) }
    : { name: "data.csv", data: csvFile(facts, rows) };
}

/** @param {Facts} facts @param {Rows} rows */
function csvFile({ columns, targets, classes, part }, rows) {
  const width = columns.length;
  const count = rows.part.length;
  const target = (/** @type {number} */ row, /** @type {number} */ i) => {
    const value = rows.targets[row * targets.length + i];
    return classes ? (classes[value] ?? "") : String(value);
  };
  const lines = Array.from({ length: count }, (_, row) => [
    ...cellsOf(rows, width, row),
    ...targets.map((_, i) => target(row, i)),
    PARTS[rows.part[row]],
  ]);
  return csvOf([...columns.map(({ name }) => name), ...targets, part], lines);
}

/** @param {Facts} facts @param {Rows} rows */
function imagesFile({ image, classes }, rows) {
  const count = rows.part.length;
  const whole = (/** @type {ArrayLike<number>} */ values) => BigInt64Array.from(Array.from(values, BigInt));
  return safetensorsOf([
    { name: "inputs", shape: [count, ...(image ?? [])], values: new Float32Array(rows.inputs) },
    classes
      ? { name: "targets", shape: [count], values: whole(rows.targets) }
      : { name: "targets", shape: [count, 1], values: new Float32Array(rows.targets) },
    { name: "part", shape: [count], values: whole(rows.part) },
  ]);
}

/**
 * Training rows to compare by, those with gaps first: as the program has them, and as the core takes them.
 *
 * @param {Facts} facts
 * @param {Rows} rows
 * @returns {{rows: Record<string, string>[] | number[], raw: Float64Array}}
 */
export function checkedRows({ columns, image }, rows) {
  const width = image ? image.reduce((a, b) => a * b) : columns.length;
  const training = Array.from(rows.part, (_, row) => row).filter((row) => rows.part[row] === 0);
  const gaps = (/** @type {number} */ row) => {
    for (let i = 0; i < width; i++) if (Number.isNaN(rows.inputs[row * width + i])) return 0;
    return 1;
  };
  const chosen = (image ? training : training.toSorted((a, b) => gaps(a) - gaps(b))).slice(0, CHECKED);
  const raw = Float64Array.from(
    chosen.flatMap((row) => Array.from({ length: width }, (_, i) => rows.inputs[row * width + i])),
  );
  const named = (/** @type {number} */ row) =>
    Object.fromEntries(cellsOf(rows, width, row).map((cell, i) => [columns[i].name, cell]));
  return { rows: image || width > MOST_COLUMNS ? chosen : chosen.map(named), raw };
}
