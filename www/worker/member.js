// @ts-check
/** A member of a team (team.js): holds the leader's run, computes its shards of each batch, and takes each step with all. */
import { firstShard, sendSums } from "./shardSums.js";

/** @typedef {import("../pkg-full/trainyard.js").ShardSum} ShardSum */
/** @typedef {{bytes: Uint8Array, round: number, terms: [string, unknown[]][], place: number, size: number}} Placed   where the leader is, and what is whose */

/**
 * Until the worker ends.
 *
 * @param {import("./engines.js").FullTrainer} trainer
 * @param {Pick<MessagePort, "postMessage"> & {onmessage: ((event: MessageEvent) => void) | null}} port   to the leader
 */
export function follow(trainer, port) {
  let [round, place, size] = [-1, 0, 1];
  /** Of the next step, of all. @type {ShardSum[]} */
  let known = [];
  let work = Promise.resolve();

  const compute = () => {
    const shards = trainer.shards();
    const mine = trainer.sumShards(firstShard(place, size, shards), firstShard(place + 1, size, shards));
    known = [...mine];
    sendSums(port, mine, { round, step: trainer.progress().step });
  };

  /** Puts it where the leader is. */
  const stand = async (/** @type {Placed} */ placed) => {
    await trainer.restore(placed.bytes);
    const own = /** @type {Record<string, (...values: unknown[]) => unknown>} */ (/** @type {unknown} */ (trainer));
    for (const [name, values] of placed.terms) own[name](...values);
    ({ round, place, size } = placed);
    compute();
  };

  const take = (/** @type {ShardSum[]} */ sums) => {
    known.push(...sums);
    if (known.reduce((count, sum) => count + sum.count, 0) < trainer.shards()) return;
    if (trainer.advanceSummed(known).status === "training") compute();
  };

  // One after the other: a restore is awaited.
  port.onmessage = ({ data }) => {
    work = work.then(() => (data.bytes ? stand(data) : take(data.sums)));
  };
}
