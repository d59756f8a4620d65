// @ts-check
/**
 * Times one work on our engine. It is told what to do, says "ready" when it is warm, and measures each time that it is asked
 * to "run": so several workers begin at once. Of several that share each batch it leads, or is, one.
 *
 * @typedef {object} Order
 * @property {keyof typeof WORKS} work
 * @property {import("./ours.js").Place} place
 * @property {number} [team]                  how many workers share each batch; 1 by default
 * @property {boolean} isFull                 whether `core` is the package with all there is, or the fast one of it
 * @property {WebAssembly.Module} core
 * @property {import("./measure.js").Limits} limits
 *
 * @typedef {{ready: true} | {stepsPerSecond: number, isDone: boolean, loss3: number | null} | {failed: string, message: string}} Answer
 *
 * @typedef {{type: "job", course: {spec: import("../pkg-full/trainyard.js").Spec, rows: any, module: WebAssembly.Module, port: MessagePort}}} Enlisted   any: what Trainer.create takes
 */
import { Trainer, initSync } from "../pkg/trainyard.js";
import { Trainer as FullTrainer, initSync as initFull } from "../pkg-full/trainyard.js";
import { follow } from "../worker/member.js";
import { prepare } from "./measure.js";
import { startOurs } from "./ours.js";
import { startTeam } from "./team.js";
import { WORKS, isDone, makeData } from "./works.js";

const say = (/** @type {Answer} */ answer) => postMessage(answer);

/** @type {Awaited<ReturnType<typeof prepare>> | null} */
let prepared = null;

addEventListener("message", async ({ data }) => {
  try {
    if (data === "run") await run();
    else if (data.type === "job") await enlist(data);
    else if (data.type !== "hello") await begin(data);
  } catch (error) {
    const message = String(/** @type {Error} */ (error)?.message ?? error);
    say({ failed: message, message }); // whoever makes a team reads the second
  }
});

/** @type {import("./works.js").Work} */
let work;

async function begin(/** @type {Order} */ { work: name, place, team = 1, isFull, core, limits }) {
  work = WORKS[name];
  (isFull ? initFull : initSync)({ module: core });
  const data = makeData(work);
  const session = await (team > 1
    ? startTeam(FullTrainer, core, work, data, team, () => new Worker(globalThis.location.href))
    : startOurs(isFull ? FullTrainer : Trainer, place, work, data));
  prepared = await prepare(session, work, data.targets, limits);
  say({ ready: true });
}

/** Makes it a member of the team of a worker like this one, which asks as the page's leader does. */
async function enlist(/** @type {Enlisted} */ { course: { spec, rows, module, port } }) {
  initFull({ module });
  follow(await FullTrainer.create(spec, rows), port);
  postMessage({ type: "reply", ok: true });
}

async function run() {
  if (!prepared) return; // not asked for before
  const told = await prepared.run();
  say({ ...told, isDone: isDone(work, told.loss3) });
}
