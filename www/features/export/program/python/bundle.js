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
 * @property {Float32Array} parameters
 * @property {Float32Array} optimizerState
 * @property {ExportRows} rows
 */
import { csvOf } from "./files.js";
import { factsOfExport } from "./facts.js";
import { checkedRows, dataFile, weightFiles } from "./package.js";

/** @param {Exported} exported @returns {import("./package.js").Rows} */
const rowsOf = ({ rows, describe }) => ({ ...rows, categories: describe.columns.map(({ categories }) => categories) });

/** What is asked of the core before the files are written: predictions of these rows, raw. */
export const toPredict = (/** @type {Exported} */ exported) =>
  checkedRows(factsOfExport(exported.describe), rowsOf(exported)).raw;

/** Every tensor of a `state_dict`, running statistics among them. @param {Exported} exported */
function tensorsOf({ describe, parameters }) {
  /** @param {ExportDescription["layers"][number]} layer @returns {import("./package.js").Tensor[]} */
  const of = (layer) => {
    /** @type {import("./package.js").Tensor[]} */
    const own = [
      ...layer.parameters.map(({ name, shape, from, to }) => ({ name, shape, values: parameters.slice(from, to) })),
      ...layer.buffers.map(({ name, shape, values }) => ({ name, shape, values: Float32Array.from(values) })),
    ];
    if (layer.type === "batchNorm")
      own.push({
        name: `${layer.name}.num_batches_tracked`,
        shape: [],
        values: BigInt64Array.of(BigInt(describe.step)),
      });
    return [...own, ...(layer.layers ?? []).flatMap(of)];
  };
  return describe.layers.flatMap(of);
}

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

/** Rows, weights and the optimizer's state. @param {Exported} exported @returns {File[]} */
export function dataFiles(exported) {
  const { describe, optimizerState } = exported;
  const { optimizer } = describe;
  const names = [...new Set(optimizer.slots.map(({ name }) => name))];
  const slots = names.map((slot) => ({
    name: slot,
    tensors: optimizer.slots
      .filter(({ name }) => name === slot)
      .map(({ of, shape, from, to }) => ({ name: of, shape, values: optimizerState.slice(from, to) })),
  }));
  return [
    dataFile(factsOfExport(describe), rowsOf(exported)),
    ...weightFiles(tensorsOf(exported), slots, progressOf(describe)),
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
