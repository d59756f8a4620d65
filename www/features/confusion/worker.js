// @ts-check
/** What is decided on for all rows of a part of the split: by the engine, or by a threshold of somebody's own. */
import { partRows } from "../../worker/partRows.js";
import { decidedAbove } from "../../base/decidedAbove.js";

export class Confusion {
  #run;
  /** The rows last asked about. They stay as they are as long as the run. @type {ReturnType<typeof partRows> | null} */
  #rows = null;

  /** @param {import("../../worker/run.js").Run} run */
  constructor(run) {
    this.#run = run;
  }

  /** @param {{part: number, inputs: Float64Array, threshold?: Record<string, any>}} command   any: a Threshold (session/threshold.js) */
  async tell({ part, inputs, threshold }) {
    const { trainer, description } = this.#run;
    if (this.#rows?.part !== part) this.#rows = partRows(trainer.points(), part);
    const { targets } = this.#rows;
    // Both are asked for before either is waited for: they belong to one moment.
    const answers = await Promise.all([trainer.classify(this.#rows.inputs), trainer.classify(inputs)]);
    const [all, some] = answers.map(({ outputs, classes }) => ({
      outputs,
      classes: threshold
        ? decidedAbove(outputs, description.outputs, { class: Number(threshold.class), at: Number(threshold.at) })
        : classes,
    }));
    return { ...some, counts: confusionOf(all.classes, targets, description.classes ?? 0) };
  }
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
