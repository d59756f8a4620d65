// @ts-check
/** Times one session on one work: three steps that prove it, a warm-up, and what it does in a while. */
import { meanLoss } from "./works.js";

/**
 * @typedef {object} Limits
 * @property {number} warmMs
 * @property {number} runMs
 * @property {number} chunkMs   so long a chunk of steps is to take
 * @property {number} limitMs   for all of it
 */

/**
 * Takes three steps, and warms up until it is known how many steps make a chunk.
 *
 * @param {import("./ours.js").Session} session
 * @param {import("./works.js").Work} work
 * @param {ArrayLike<number>} targets
 * @param {Limits} limits
 */
export async function prepare(session, work, targets, { warmMs, runMs, chunkMs, limitMs }) {
  const begun = performance.now();
  let done = 0;
  const advance = async (/** @type {number} */ count) => {
    const start = performance.now();
    await session.advance(done, count);
    done += count;
    return performance.now() - start;
  };
  const loss = async () => (session.predict ? meanLoss(work, await session.predict(work.checkRows), targets) : null);

  const lossStart = await loss();
  await advance(1);
  await advance(2);
  const loss3 = await loss();

  const late = (/** @type {number} */ share) => performance.now() - begun > share * limitMs;
  let count = 1;
  let spent = 0; // the first steps don't count: a GPU's kernels are compiled in them
  while (spent < warmMs && !late(0.5)) {
    const ms = await advance(count);
    spent += ms;
    if (ms < chunkMs / 2) count *= 2;
    else if (ms > 2 * chunkMs && count > 1) count = Math.max(1, Math.floor((count * chunkMs) / ms));
  }
  return {
    /** What it does from now on. */
    async run() {
      const before = done;
      const start = performance.now();
      let now = start;
      while (now - start < runMs && (now === start || !late(1))) {
        await advance(count);
        now = performance.now();
      }
      const stepsPerSecond = ((done - before) * 1000) / (now - start);
      return { stepsPerSecond, lossStart, loss3, lossEnd: await loss(), steps: done };
    },
  };
}
