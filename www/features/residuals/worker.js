// @ts-check
/**
 * How far values lie from what the model predicts, over all rows of a part of the split.
 *
 * @typedef {import("../../worker/partRows.js").PartRows} PartRows
 *
 * @typedef {object} Residuals   in the target's own unit
 * @property {number} rows
 * @property {number} mean              of actual − predicted
 * @property {number} deviation         their standard deviation, n − 1 below; NaN of one row
 * @property {[number, number]} range   of the bars, as far below zero as above it
 * @property {number[]} counts          even bars over that range
 * @property {Float64Array} outputs     predictions for the rows that were sent along
 */
import { histogramOf } from "../../ui/charts/bins.js";
import { ticks } from "../../ui/charts/ticks.js";

/** An odd number, so that one bar is about zero. */
const BARS = 21;

export class ResidualRows {
  #run;
  #partRows;
  /** The rows last asked about. @type {ReturnType<PartRows> | null} */
  #rows = null;

  /** @param {import("../../worker/run.js").Run} run @param {PartRows} partRows */
  constructor(run, partRows) {
    this.#run = run;
    this.#partRows = partRows;
  }

  /** @param {{part: number, inputs: Float64Array}} command @returns {Promise<Residuals | null>} */
  async tell({ part, inputs }) {
    const { trainer } = this.#run;
    if (this.#rows?.part !== part) this.#rows = this.#partRows(trainer.points(), part);
    const { targets } = this.#rows;
    // Both are asked for before either is waited for: they belong to one moment.
    const [all, some] = await Promise.all([trainer.classify(this.#rows.inputs), trainer.classify(inputs)]);
    const facts = residualsOf(targets, all.outputs);
    return facts && { ...facts, outputs: some.outputs };
  }
}

/** @param {ArrayLike<number>} targets @param {ArrayLike<number>} outputs @returns {Omit<Residuals, "outputs"> | null} */
export function residualsOf(targets, outputs) {
  const all = Float64Array.from(targets, (target, row) => target - outputs[row]);
  if (!all.length || !all.every(Number.isFinite)) return null;
  const mean = all.reduce((sum, residual) => sum + residual, 0) / all.length;
  const squares = all.reduce((sum, residual) => sum + (residual - mean) ** 2, 0);
  const reach = reachOf(all.reduce((most, residual) => Math.max(most, Math.abs(residual)), 0));
  /** @type {[number, number]} */
  const range = [-reach, reach];
  const deviation = all.length > 1 ? Math.sqrt(squares / (all.length - 1)) : NaN;
  return { rows: all.length, mean, deviation, range, counts: histogramOf(all, BARS, range) };
}

/** A round number that all fit under: the picture stands still while errors shrink a little. */
function reachOf(/** @type {number} */ most) {
  if (!(most > 0)) return 1;
  const [, step] = ticks([0, most], 4);
  return Math.ceil(most / step - 1e-9) * step;
}
