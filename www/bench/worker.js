// @ts-check
/**
 * Times one work on our engine. It is told what to do, says "ready" when it is warm, and measures each time that it is asked
 * to "run": so several workers begin at once.
 *
 * @typedef {object} Order
 * @property {keyof typeof WORKS} work
 * @property {import("./ours.js").Place} place
 * @property {boolean} isFull                 whether `core` is the package with all there is
 * @property {WebAssembly.Module} core
 * @property {import("./measure.js").Limits} limits
 *
 * @typedef {{ready: true} | {stepsPerSecond: number, isDone: boolean} | {failed: string}} Answer
 */
import { Trainer, initSync } from "../pkg/trainyard.js";
import { Trainer as FullTrainer, initSync as initFull } from "../pkg-full/trainyard.js";
import { prepare } from "./measure.js";
import { startOurs } from "./ours.js";
import { WORKS, isDone, makeData } from "./works.js";

const say = (/** @type {Answer} */ answer) => postMessage(answer);

/** @type {Awaited<ReturnType<typeof prepare>> | null} */
let prepared = null;

addEventListener("message", async ({ data }) => {
  try {
    if (data === "run") await run();
    else await begin(data);
  } catch (error) {
    say({ failed: String(/** @type {Error} */ (error)?.message ?? error) });
  }
});

/** @type {import("./works.js").Work} */
let work;

async function begin(/** @type {Order} */ { work: name, place, isFull, core, limits }) {
  work = WORKS[name];
  (isFull ? initFull : initSync)({ module: core });
  const data = makeData(work);
  const session = await startOurs(isFull ? FullTrainer : Trainer, place, work, data);
  prepared = await prepare(session, work, data.targets, limits);
  say({ ready: true });
}

async function run() {
  if (!prepared) return; // not asked for before
  const { stepsPerSecond, loss3 } = await prepared.run();
  say({ stepsPerSecond, isDone: isDone(work, loss3) });
}
