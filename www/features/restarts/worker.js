// @ts-check
/**
 * One experiment from many initial weights, in lock-step: the same rows, split and order of rows, so that weights alone
 * decide where each ends.
 *
 * @typedef {import("./model.js").Restart} Restart
 */
import { isTable } from "../../settings/tableNames.js";
import { inLockStep } from "../../worker/lockStep.js";

/** So often each is told of on its way. */
const PICTURES = 45;

/** Whether a checkpoint of so many numbers is small enough to be kept for each. */
const MOST_BYTES = 4 * 2 ** 20;

/** @typedef {import("../../worker/engines.js").Trainer} Trainer */

/**
 * @param {import("../../worker/jobs.js").JobParts} parts
 * @param {import("../../session/protocol.js").JobCourse<"restarts">} course
 * @param {(progress: {epoch: number, runs: Restart[]}) => void} onProgress
 * @returns {Promise<{runs: Restart[]}>}
 */
export async function runRestarts({ engines, clock, signal }, { spec, seeds, inputs, epochs }, onProgress) {
  /** @type {Trainer[]} */
  const trainers = [];
  try {
    for (const seed of seeds) {
      if (signal.aborted) break;
      trainers.push(await startedFrom(seed, spec, engines));
      await clock.turn();
    }
    const starts = await Promise.all(trainers.map((trainer) => trainer.evaluate("train")));
    const stand = async (/** @type {Trainer} */ trainer, /** @type {number} */ i) => ({
      seed: seeds[i],
      status: trainer.progress().status,
      start: starts[i]?.loss ?? NaN,
      training: (await trainer.evaluate("train")) ?? null,
      validation: (await trainer.evaluate("validation")) ?? null,
      outputs: null,
      ...(inputs ? await trainer.classify(inputs) : null),
    });
    const all = () => Promise.all(trainers.map(stand));
    await inLockStep(trainers, { epochs, pictures: PICTURES, clock, signal }, async (epoch) =>
      onProgress({ epoch, runs: await all() }),
    );
    const runs = await all();
    return { runs: await Promise.all(runs.map(async (run, i) => ({ ...run, bytes: await kept(trainers[i], spec) }))) };
  } finally {
    for (const trainer of trainers) trainer.free();
  }
}

/** The experiment, with the weights that it would begin with under another seed. */
async function startedFrom(
  /** @type {number} */ seed,
  /** @type {import("../../worker/engines.js").Spec} */ spec,
  /** @type {import("../../worker/engines.js").Engines} */ engines,
) {
  const trainer = await engines.cpu(spec);
  if (seed === spec.seed) return trainer;
  const other = await engines.cpu({ ...spec, seed });
  try {
    await trainer.setParameters(await other.parameters());
  } finally {
    other.free();
  }
  return trainer;
}

/** For the page's own run to go on from; without what the padlock hides. */
async function kept(/** @type {Trainer} */ trainer, /** @type {import("../../worker/engines.js").Spec} */ { data }) {
  const bytes = await (isTable(data?.source) && trainer.checkpointWithoutTest
    ? trainer.checkpointWithoutTest()
    : trainer.checkpoint());
  return bytes.length <= MOST_BYTES ? bytes : null;
}
