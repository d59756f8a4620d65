// @ts-check
/** A member of a team (team.js): holds the leader's run, computes its shards of each batch, and takes each step with all. */
import { arraysOf, firstShard, sendSums } from "./shardSums.js";

/** @typedef {import("../pkg-full/trainyard.js").ShardSum} ShardSum */
/** @typedef {{bytes: Uint8Array, round: number, terms: [string, unknown[]][], place: number, size: number}} Placed   where the leader is, and what is whose */

/**
 * What a member's trainer is given: the leader's rows; a table is read again.
 *
 * @param {Pick<typeof import("./full.js"), "createReader">} full
 * @param {import("./engines.js").Spec} spec
 * @param {import("./team.js").Shared["rows"]} rows
 */
export function readAgain({ createReader }, { data }, rows) {
  if (!(rows instanceof Uint8Array)) return rows ?? undefined;
  const reader = createReader(/** @type {import("../pkg-full/trainyard.js").ReadChoices} */ (data?.read));
  reader.push(rows);
  return reader.finish();
}

/**
 * Until the worker ends.
 *
 * @param {import("./engines.js").FullTrainer} trainer
 * @param {Pick<MessagePort, "postMessage"> & {onmessage: ((event: MessageEvent) => void) | null}} port   to the leader
 */
export function follow(trainer, port) {
  let [round, place, size] = [-1, 0, 1];
  /** Of the next step, of the others, and how many shards are known, the own ones included. @type {ShardSum[]} */
  let theirs = [];
  let known = 0;
  /** @type {Float32Array[]} */
  let spare = [];
  let work = Promise.resolve();

  const compute = () => {
    const shards = trainer.shards();
    const [from, to] = [firstShard(place, size, shards), firstShard(place + 1, size, shards)];
    [theirs, known] = [[], to - from];
    sendSums([port], trainer.sumShards(from, to, spare), { round, step: trainer.progress().step });
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
    theirs.push(...sums);
    known += sums.reduce((count, sum) => count + sum.count, 0);
    if (known < trainer.shards()) return;
    const { status } = trainer.advanceSummed(theirs);
    spare = arraysOf(theirs);
    if (status === "training") compute();
  };

  // One after the other: a restore is awaited.
  port.onmessage = ({ data }) => {
    work = work.then(() => (data.bytes ? stand(data) : take(data.sums)));
  };
}
