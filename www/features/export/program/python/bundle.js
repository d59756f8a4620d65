// @ts-check
/**
 * The files that go with a program, from what a run is exported by.
 *
 * @typedef {import("../../../../session/exporting.js").ExportDescription} ExportDescription
 * @typedef {import("../../../../session/exporting.js").ExportRows} ExportRows
 * @typedef {{name: string, data: string | Uint8Array}} File
 *
 * @typedef {object} Exported
 * @property {ExportDescription} describe
 * @property {Float32Array} optimizerState
 * @property {Uint8Array} safetensors
 * @property {ExportRows} rows
 */
import { csvOf, safetensorsOf } from "./files.js";
import { factsOfExport } from "./facts.js";
import { checkedRows, dataFile } from "./package.js";

/** @param {Exported} exported @returns {import("./package.js").Rows} */
const rowsOf = ({ rows, describe }) => ({ ...rows, categories: describe.columns.map(({ categories }) => categories) });

/** What is asked of the core before the files are written: predictions of these rows, raw. */
export const toPredict = (/** @type {Exported} */ exported) =>
  checkedRows(factsOfExport(exported.describe), rowsOf(exported)).raw;

/**
 * What a program compares its predictions with.
 *
 * @param {Exported} exported
 * @param {Float64Array} predicted   what the core says of the rows in `toPredict`
 * @returns {import("./script.js").Check}
 */
export function checkOf(exported, predicted) {
  const facts = factsOfExport(exported.describe);
  const { rows } = checkedRows(facts, rowsOf(exported));
  const { outputs } = facts;
  return { rows, outputs: rows.map((_, i) => [...predicted.slice(i * outputs, (i + 1) * outputs)]) };
}

/** Rows, weights, and the optimizer's state with how far training is. @param {Exported} exported @returns {File[]} */
export function dataFiles(exported) {
  const { describe, optimizerState, safetensors } = exported;
  const state = describe.optimizer.slots.map(({ name, of, shape, from, to }) => ({
    name: `${name}.${of}`,
    shape,
    values: optimizerState.slice(from, to),
  }));
  const progress = JSON.stringify(progressOf(describe));
  return [
    dataFile(factsOfExport(describe), rowsOf(exported)),
    { name: "model.safetensors", data: safetensors },
    { name: "optimizer.safetensors", data: safetensorsOf(state, { progress }) },
  ];
}

/** How far training is. What a plateau has lowered the rate by follows from the rate itself. @param {ExportDescription} described */
function progressOf({ epoch, step, learningRate, spec }) {
  const { schedule, optimizer } = /** @type {any} any: with all defaults */ (spec.training);
  const isLowered =
    schedule.type === "reduce-on-plateau" && epoch >= (schedule.warmUp?.totalEpochs ?? 0) && optimizer.learningRate > 0;
  return { epoch, step, ...(isLowered ? { factor: learningRate / optimizer.learningRate } : {}) };
}

/** The fold of each row that is in one. @param {{rows: ArrayLike<number>, folds: ArrayLike<number>}} dealt @returns {File} */
export const foldsFile = ({ rows, folds }) => ({
  name: "folds.csv",
  data: csvOf(
    ["row", "fold"],
    Array.from(rows, (row, i) => [String(row), String(folds[i])]),
  ),
});
