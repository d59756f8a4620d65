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
import { evaluationOf } from "../../worker/evaluate.js";
import { inLockStep } from "../../worker/lockStep.js";
import { CURVE_POINTS } from "../../worker/timeSlice.js";

/** The whole contest takes so many pictures, however small the nets: it is there to be watched. */
const PICTURES = 90;

/**
 * @param {import("../../worker/jobs.js").JobParts} parts
 * @param {Request} course
 * @param {(progress: {epoch: number, runs: VariantResult[]}) => void} onProgress
 * @returns {Promise<{isWhole: boolean, runs: VariantResult[]}>}
 */
export async function runComparison({ engines, clock, signal, isLocked }, { specs, inputs, epochs }, onProgress) {
  /** @type {Trainer[]} */
  const trainers = [];
  try {
    for (const spec of specs) trainers.push(await engines.cpu(spec));
    for (const trainer of trainers) trainer.record(CURVE_POINTS);
    const results = async () => {
      const runs = await Promise.all(trainers.map((trainer) => resultOf(trainer, inputs)));
      return runs.map((run, i) => (isTable(specs[i].data?.source) && isLocked() ? withoutTestFigures(run) : run));
    };
    await inLockStep(trainers, { epochs, pictures: PICTURES, clock, signal }, async (epoch) =>
      onProgress({ epoch, runs: await results() }),
    );
    return { isWhole: !signal.aborted, runs: await results() };
  } finally {
    for (const trainer of trainers) trainer.free();
  }
}

/** @returns {Promise<VariantResult>} */
async function resultOf(/** @type {Trainer} */ trainer, /** @type {Float64Array | null} */ inputs) {
  const { step } = trainer.progress();
  const [stands, answers] = await Promise.all([evaluationOf(trainer), inputs ? trainer.classify(inputs) : null]);
  return { ...stands, step, curve: trainer.curve(), loss: trainer.describe().loss, outputs: null, ...answers };
}
