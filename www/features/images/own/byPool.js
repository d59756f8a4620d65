// @ts-check
/** Many pictures by the pool of workers, some to a task; what came of them arrives in their order. */

/** @typedef {import("./frame.js").Picture} Picture */
/** @typedef {Pick<import("../../../session/pool.js").Pool, "run">} PoolLike */

/** Files of a few megabytes take a tenth of a second each: so much is done between two signs of life. */
const FILES = 8;
const PICTURES = 64;

/**
 * @template T, R
 * @param {PoolLike} pool
 * @param {T[]} all
 * @param {object} how
 * @param {number} how.some   to a task
 * @param {(some: T[]) => import("../../../session/pool.js").Task} how.task
 * @param {AbortSignal} how.signal
 * @param {(results: R[], first: number) => void} how.arrived   in the order of `all`
 */
async function inTasks(pool, all, { some, task, signal, arrived }) {
  const groups = Array.from({ length: Math.ceil(all.length / some) }, (_, i) => all.slice(i * some, (i + 1) * some));
  /** @type {(R[] | undefined)[]} */
  const results = [];
  let next = 0;
  let problem = "";
  const ended = (/** @type {number} */ place, /** @type {import("../../../session/pool.js").Outcome} */ outcome) => {
    if (!outcome) return;
    if ("problem" in outcome) return void (problem ||= outcome.problem); // the others end before it is told
    results[place] = outcome.value;
    for (let here = results[next]; here; here = results[++next]) {
      results[next] = undefined;
      arrived(here, next * some);
    }
  };
  await pool.run(groups.map(task), { signal, hearer: { ended } });
  if (problem) throw new Error(problem);
}

/** @param {PoolLike} pool @param {Blob[]} files @param {AbortSignal} signal @param {(pictures: (Picture | null)[], first: number) => void} arrived   null for what is no picture */
export const readAll = (pool, files, signal, arrived) =>
  inTasks(pool, files, {
    some: FILES,
    task: (some) => ({ kind: "pictures", course: { files: some } }),
    signal,
    arrived,
  });

/** What the network sees of each; ends early without an answer. @param {PoolLike} pool @param {Picture[]} pictures @param {import("./frame.js").Seeing} how @param {AbortSignal} signal @param {(done: number) => void} told */
export async function frameAll(pool, pictures, how, signal, told) {
  /** @type {Uint8Array[]} */
  const seen = [];
  await inTasks(pool, pictures, {
    some: PICTURES,
    task: (some) => ({ kind: "framing", course: { pictures: some, how } }),
    signal,
    arrived: (/** @type {Uint8Array[]} */ some) => {
      seen.push(...some);
      told(seen.length);
    },
  });
  return seen.length === pictures.length ? seen : null;
}
