// @ts-check
/**
 * Several runs in lock-step: epoch by epoch, each from its own start, none ahead of the others. Told now and then, so
 * that one can watch them.
 *
 * @typedef {import("./model.js").Request} Request
 * @typedef {import("./model.js").VariantResult} VariantResult
 * @typedef {import("../../worker/engines.js").Trainer} Trainer
 */
import { withoutTestFigures } from "../../base/withoutTest.js";
import { isTable } from "../../settings/tableNames.js";
import { CURVE_POINTS, NO_LIMIT, SLICE_MS } from "../../worker/timeSlice.js";
import { isRunning, evaluationOf } from "../../worker/evaluate.js";

/** The whole contest takes so many pictures, however small the nets: it is there to be watched. */
const PICTURES = 90;
const PICTURE_MS = 40;

/** @param {import("../../worker/jobs.js").JobParts} parts @param {Request} course @param {(progress: {epoch: number, runs: VariantResult[]}) => void} onProgress */
export const runComparison = ({ engines, clock, signal, isLocked }, course, onProgress) =>
  new Comparison(engines, clock, signal, isLocked).run(course, onProgress);

class Comparison {
  #engines;
  #clock;
  #signal;
  #isLocked;

  /**
   * @param {import("../../worker/engines.js").Engines} engines
   * @param {import("../../worker/runner.js").Clock} clock
   * @param {AbortSignal} signal
   * @param {() => boolean} isLocked   whether test rows of a table are hidden just now
   */
  constructor(engines, clock, signal, isLocked) {
    this.#engines = engines;
    this.#clock = clock;
    this.#signal = signal;
    this.#isLocked = isLocked;
  }

  /**
   * @param {Request} course
   * @param {(progress: {epoch: number, runs: VariantResult[]}) => void} onProgress
   * @returns {Promise<{isWhole: boolean, runs: VariantResult[]}>}
   */
  async run({ specs, inputs, epochs }, onProgress) {
    /** @type {Trainer[]} */
    const trainers = [];
    try {
      for (const spec of specs) trainers.push(await this.#engines.cpu(spec));
      for (const trainer of trainers) trainer.record(CURVE_POINTS);
      const results = async () => {
        const runs = await Promise.all(trainers.map((trainer) => resultOf(trainer, inputs)));
        return runs.map((run, i) =>
          isTable(specs[i].data?.source) && this.#isLocked() ? withoutTestFigures(run) : run,
        );
      };
      const stride = Math.max(1, Math.ceil(epochs / PICTURES));
      for (let epoch = 0; epoch < epochs && !this.#signal.aborted && trainers.some(isRunning);) {
        const start = this.#clock.now();
        epoch = Math.min(epoch + stride, epochs);
        await this.#advanceTo(trainers, epoch);
        if (this.#signal.aborted) break;
        onProgress({ epoch, runs: await results() });
        const left = PICTURE_MS - (this.#clock.now() - start);
        await (left > 1 ? new Promise((resolve) => setTimeout(resolve, left)) : this.#clock.turn());
      }
      return { isWhole: !this.#signal.aborted, runs: await results() };
    } finally {
      for (const trainer of trainers) trainer.free();
    }
  }

  /** All of them to the end of that epoch; the one that is behind goes on. */
  async #advanceTo(/** @type {Trainer[]} */ trainers, /** @type {number} */ epoch) {
    while (!this.#signal.aborted) {
      const [next] = trainers
        .filter((one) => isRunning(one) && one.progress().epoch < epoch)
        .sort((a, b) => a.progress().epoch - b.progress().epoch);
      if (!next) return;
      const { stepsPerEpoch } = next.describe();
      const { step } = next.progress();
      next.advance(Math.min((Math.floor(step / stepsPerEpoch) + 1) * stepsPerEpoch - step, NO_LIMIT), SLICE_MS);
      await this.#clock.turn();
    }
  }
}

/** @returns {Promise<VariantResult>} */
async function resultOf(/** @type {Trainer} */ trainer, /** @type {Float64Array | null} */ inputs) {
  const { step } = trainer.progress();
  const [stands, answers] = await Promise.all([evaluationOf(trainer), inputs ? trainer.classify(inputs) : null]);
  return { ...stands, step, curve: trainer.curve(), loss: trainer.describe().loss, outputs: null, ...answers };
}
