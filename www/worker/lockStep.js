// @ts-check
/** Several trainers in lock-step: epoch by epoch, none ahead of the others, slow enough to be watched. */
import { NO_LIMIT, SLICE_MS } from "./timeSlice.js";
import { isRunning } from "./evaluate.js";

/** However small the nets, a picture takes so long at least, in milliseconds: it is there to be watched. */
const PICTURE_MS = 40;

/** @typedef {import("./engines.js").Trainer} Trainer */

/**
 * Resolves when all have ended, or it is canceled.
 *
 * @param {Trainer[]} trainers
 * @param {object} how
 * @param {number} how.epochs     the longest that any may take
 * @param {number} how.pictures   how often it is told on the way
 * @param {import("./runner.js").Clock} how.clock
 * @param {AbortSignal} how.signal
 * @param {(epoch: number) => Promise<unknown>} tell
 */
export async function inLockStep(trainers, { epochs, pictures, clock, signal }, tell) {
  const stride = Math.max(1, Math.ceil(epochs / pictures));
  for (let epoch = 0; epoch < epochs && !signal.aborted && trainers.some(isRunning);) {
    const start = clock.now();
    epoch = Math.min(epoch + stride, epochs);
    await advanceTo(trainers, epoch, clock, signal);
    if (signal.aborted) break;
    await tell(epoch);
    const left = PICTURE_MS - (clock.now() - start);
    await (left > 1 ? new Promise((resolve) => setTimeout(resolve, left)) : clock.turn());
  }
}

/** All of them to the end of that epoch; the one that is behind goes on. */
async function advanceTo(
  /** @type {Trainer[]} */ trainers,
  /** @type {number} */ epoch,
  /** @type {import("./runner.js").Clock} */ clock,
  /** @type {AbortSignal} */ signal,
) {
  while (!signal.aborted) {
    const [next] = trainers
      .filter((one) => isRunning(one) && one.progress().epoch < epoch)
      .sort((a, b) => a.progress().epoch - b.progress().epoch);
    if (!next) return;
    const { stepsPerEpoch } = next.describe();
    const { step } = next.progress();
    next.advance(Math.min((Math.floor(step / stepsPerEpoch) + 1) * stepsPerEpoch - step, NO_LIMIT), SLICE_MS);
    await clock.turn();
  }
}
