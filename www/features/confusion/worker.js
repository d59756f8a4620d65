// @ts-check
/** What the engine decides on for all rows of a part of the split; the page has only some of a large table's. */
import { rowsOf, valuesOf } from "../../base/sample.js";

export class Confusion {
  #run;
  /** The rows last asked about. They stay as they are as long as the run. @type {{part: number, inputs: Float64Array, targets: Float64Array} | null} */
  #rows = null;

  /** @param {import("../../worker/run.js").Run} run */
  constructor(run) {
    this.#run = run;
  }

  /** @param {{part: number, inputs: Float64Array}} command */
  async tell({ part, inputs }) {
    const { trainer, description } = this.#run;
    if (this.#rows?.part !== part) this.#rows = { part, ...dataOf(trainer.points(), part) };
    const { targets } = this.#rows;
    // Both are asked for before either is waited for: they belong to one moment.
    const [all, some] = await Promise.all([trainer.classify(this.#rows.inputs), trainer.classify(inputs)]);
    return { ...some, counts: confusionOf(all.classes, targets, description.classes ?? 0) };
  }
}

function dataOf(/** @type {import("../../session/protocol.js").Points} */ points, /** @type {number} */ part) {
  const rows = rowsOf(points.part, part);
  const inputs = valuesOf(points, rows, points.inputs.length / points.targets.length);
  return { inputs, targets: Float64Array.from(rows, (row) => points.targets[row]) };
}

/**
 * @param {ArrayLike<number>} decided   a class for each row
 * @param {ArrayLike<number>} targets   class indices
 * @param {number} classes
 * @returns {number[][]} a row for each true class, a column for each that was decided on
 */
export function confusionOf(decided, targets, classes) {
  const counts = Array.from({ length: classes }, () => new Array(classes).fill(0));
  for (let row = 0; row < targets.length; row++) counts[targets[row]][decided[row]] += 1;
  return counts;
}
