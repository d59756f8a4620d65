// @ts-check
/** What the workers of a team (team.js) agree on: whose a shard is, and how sums travel. */

/** @typedef {import("../pkg-full/trainyard.js").ShardSum} ShardSum */

/** Number of the first shard of a worker's, in a team of so many. @param {number} place @param {number} size @param {number} shards */
export const firstShard = (place, size, shards) => Math.floor((place * shards) / size);

/** Sends sums by transfer: copies of them, since they are needed here too. @param {Pick<MessagePort, "postMessage">} port @param {ShardSum[]} sums @param {object} [told]   what is said with them */
export function sendSums(port, sums, told = {}) {
  const copies = sums.map((sum) => ({ ...sum, gradient: sum.gradient.slice() }));
  port.postMessage(
    { ...told, sums: copies },
    copies.map(({ gradient }) => gradient.buffer),
  );
}
