// @ts-check
/**
 * What predictions and hidden units are like at fixed epochs. Which epochs those are depends on how many there were and
 * on nothing else, so that what is said of a run is the same at any speed and on any machine. Beside a GPU, which is
 * never at an epoch's end when it is looked at, they are the first ones after those.
 *
 * @typedef {import("../alerts.js").Look} Look
 */
import { trainingRows } from "../../../base/sample.js";
import { valuesOf } from "../../../base/valuesOf.js";

/** When there are so many, every other one goes and the stride doubles. */
export const MOST_LOOKS = 64;

/** Rows that predictions are asked for. */
const ROWS = 400;

/** Activations that can die: where they give 0, no gradient comes through. */
const MORTAL = ["relu"];

export class Looks {
  #run;
  #perEpoch;
  #stride = 1;
  /** By step, ascending. @type {Look[]} */
  #looks = [];
  /** @type {{inputs: Float64Array, rows: number, isMixed: boolean, share: number} | null} */
  #drawn = null;

  constructor(/** @type {import("../../../worker/run.js").Run} */ run) {
    this.#run = run;
    this.#perEpoch = run.description.stepsPerEpoch;
  }

  /** @returns {readonly Look[]} */
  get all() {
    return this.#looks;
  }

  /** The step of the next look, after a step. */
  dueAfter(/** @type {number} */ step) {
    const span = this.#stride * this.#perEpoch;
    return (Math.floor(Math.max(step, this.#looks.at(-1)?.step ?? -1) / span) + 1) * span;
  }

  /** Looks where the trainer stands, if that is due. @param {{step: number, epoch: number}} progress */
  async add(progress) {
    const { step } = progress;
    const { isOnGpu } = this.#run;
    if (isOnGpu ? step < this.dueAfter(-1) : step !== this.dueAfter(step - 1)) return;
    const look = await this.take(progress);
    if (!look) return;
    this.#looks.push(look);
    if (this.#looks.length < MOST_LOOKS) return;
    this.#stride *= 2;
    const place = (/** @type {Look | undefined} */ one) =>
      one ? Math.floor(one.step / (this.#stride * this.#perEpoch)) : -1;
    const first = this.#looks[0];
    const isWhole = (/** @type {Look} */ one) => isOnGpu || one.step % (this.#stride * this.#perEpoch) === 0;
    this.#looks = this.#looks.filter(
      (one, i, all) => one === first || (isWhole(one) && place(one) !== place(all[i - 1])),
    );
  }

  /** What it is like where the trainer stands; null where that can't be told. @param {{step: number, epoch: number}} progress @returns {Promise<Look | null>} */
  async take({ step, epoch }) {
    const { trainer, description } = this.#run;
    try {
      const { inputs, rows, isMixed, share } = (this.#drawn ??= this.#draw());
      const isClassifier = description.task === "classification";
      const [training, validation, answers, units] = await Promise.all([
        trainer.evaluate("train"),
        trainer.evaluate("validation"),
        isClassifier && rows ? trainer.classify(inputs) : null,
        rows ? this.#units(inputs, rows) : undefined,
      ]);
      // Rows of one class may well get one answer.
      const told = answers?.classes;
      const only = isMixed && told?.every((/** @type {number} */ one) => one === told[0]) ? told[0] : null;
      return {
        step,
        epoch,
        only,
        share,
        rows,
        units,
        training: /** @type {import("../alerts.js").Look["training"]} */ (training),
        validation: validation ?? null,
        gradientNorm: trainer.gradientNorm(),
      };
    } catch (error) {
      if (this.#run.hasEnded) return null; // a trainer freed while it was read is no fault
      throw error;
    }
  }

  /** Rows to look at: some of each stretch. `share`: of the class that most of them are of. */
  #draw() {
    const points = this.#run.trainer.points();
    const width = points.inputs.length / (points.targets.length || 1);
    const rows = Number.isInteger(width) ? trainingRows(points.part, ROWS) : []; // of images there are no rows
    /** @type {Map<number, number>} */
    const counts = new Map();
    for (const row of rows) counts.set(points.targets[row], (counts.get(points.targets[row]) ?? 0) + 1);
    return {
      inputs: valuesOf(points, rows, width),
      rows: rows.length,
      isMixed: counts.size > 1,
      share: Math.max(0, ...counts.values()) / (rows.length || 1),
    };
  }

  /** Of each hidden layer, how many of its units give 0 on every row; nothing where none can die. */
  async #units(/** @type {Float64Array} */ inputs, /** @type {number} */ rows) {
    const hidden = this.#run.description.layers.slice(0, -1);
    if (!hidden.some(({ activation }) => MORTAL.includes(activation))) return undefined;
    const values = await this.#run.activations(inputs);
    let unit = 0;
    return hidden.map(({ outputs, activation }, layer) => {
      let dead = 0;
      for (let i = 0; i < outputs; i++, unit++) {
        if (values.subarray(unit * rows, (unit + 1) * rows).every((/** @type {number} */ value) => value === 0))
          dead += 1;
      }
      return { layer: layer + 1, dead: MORTAL.includes(activation) ? dead : 0, of: outputs };
    });
  }

  /** Drops those after a step. */
  cut(/** @type {number} */ step) {
    this.#looks = this.#looks.filter((look) => look.step <= step);
  }
}
