// @ts-check
/** What the workers of a team (team.js) agree on: whose a shard is, and how sums travel. */

/** @typedef {import("../pkg-full/trainyard.js").ShardSum} ShardSum */

/** Batches of no more rows are never cut (src/engine/cpu/shards.rs): no trainer is made to ask. */
const LEAST_ROWS = 64;
export const couldBeCut = (/** @type {import("./engines.js").Spec} */ { training }) =>
  Number(training?.batchSize) > LEAST_ROWS;

/** Number of the first shard of a worker's, in a team of so many. @param {number} place @param {number} size @param {number} shards */
export const firstShard = (place, size, shards) => Math.floor((place * shards) / size);

/**
 * Sends sums by transfer, to each of these: the last gets the arrays themselves, the others copies.
 *
 * @param {Pick<MessagePort, "postMessage">[]} ports
 * @param {ShardSum[]} sums   nobody here needs any more
 * @param {object} [told]   what is said with them
 */
export function sendSums(ports, sums, told = {}) {
  ports.forEach((port, i) => {
    const sent = i === ports.length - 1 ? sums : sums.map((sum) => ({ ...sum, gradient: sum.gradient.slice() }));
    port.postMessage(
      { ...told, sums: sent },
      sent.map(({ gradient }) => gradient.buffer),
    );
  });
}

/** The arrays of sums that were taken: the next are written there, so that no step makes any. @param {ShardSum[]} sums */
export const arraysOf = (sums) => sums.map(({ gradient }) => gradient);
