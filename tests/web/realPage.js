// @ts-check
/** The page without a document: store, client, worker, time travel and coach as they are, with the real core. */
import { readFileSync } from "node:fs";
import { createPlayground } from "../../www/session/playground.js";
import { TimeTravel } from "../../www/features/time-travel/model.js";
import { TrainingMonitor } from "../../www/features/coach/trainingMonitor.js";
import { Trainer, initSync, preview } from "../../www/pkg/trainyard.js";
import { Trainer as FullTrainer, initSync as initFull } from "../../www/pkg-full/trainyard.js";
import * as probe from "../../www/worker/engineChoice.js";
import { serve } from "../../www/worker/runner.js";
import * as travel from "../../www/worker/travel.js";

initSync({ module: readFileSync(new URL("../../www/pkg/trainyard_bg.wasm", import.meta.url)) });
initFull({ module: readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

/** What only the full package has: second derivatives. */
const loadFull = async () => ({
  createTrainer: (/** @type {any} */ spec) => FullTrainer.create(spec),
  createTables: () => null,
});

/**
 * @param {string} hash
 * @param {object} [machine]
 * @param {number} [machine.sliceSteps]   the most steps of one slice, as if the time were up then
 * @param {() => number} [machine.now]    what the worker's clock says, in milliseconds
 */
export function openPage(hash, { sliceSteps = Infinity, now = () => 0 } = {}) {
  /** @type {any[]} */
  const trainers = [];
  async function createTrainer(/** @type {object} */ spec) {
    const trainer = /** @type {any} */ (await Trainer.create(/** @type {any} */ (spec)));
    const advance = trainer.advance.bind(trainer);
    trainer.advance = (/** @type {number} */ steps) => advance(Math.min(steps, sliceSteps), 0);
    trainers.push(trainer);
    return trainer;
  }
  const worker = {
    /** @type {((event: {data: any}) => void) | null} */ onmessage: null,
    onerror: null,
    /** @type {(message: any) => void} */ deliver: () => {},
    postMessage: (/** @type {any} */ message) => void setImmediate(() => worker.deliver(message)),
    terminate() {},
  };
  serve(
    {
      post: (event) => void setImmediate(() => worker.onmessage?.({ data: event })),
      listen: (listener) => (worker.deliver = listener),
    },
    /** @type {any} */ ({
      load: async () => {},
      ready: Promise.resolve(),
      createTrainer,
      preview,
      loadFull,
      loadTravel: async () => travel,
      loadProbe: async () => probe,
      findAdapter: async () => null,
    }),
    { now, turn: () => new Promise((resolve) => setImmediate(resolve)) },
  );
  const playground = createPlayground(
    /** @type {any} */ ({
      spawn: () => worker,
      core: Promise.resolve(null),
      nextFrame: (/** @type {() => void} */ callback) => setImmediate(callback),
      randomSeed: () => 42,
      hash,
      rememberHash: () => {},
    }),
  );
  const past = new TimeTravel(playground);
  const trainingMonitor = new TrainingMonitor(playground, past);
  const page = {
    playground,
    travel: past,
    trainingMonitor,
    trainers,
    state: () => playground.store.get(),
    /** Until something holds; it is the caller's business that it will. */
    async until(/** @type {() => unknown} */ holds) {
      for (let i = 0; i < 2e5; i++) {
        if (holds()) return;
        await new Promise((resolve) => setImmediate(resolve));
      }
      throw new Error(`it never came: ${hash}`);
    },
    /** Plays to the end, and resolves when the coach has said what it has to say. */
    async finish() {
      await page.until(() => page.state().frame?.step === 0 && page.state().run);
      playground.play();
      await page.until(() => ["finished", "diverged"].includes(page.state().run?.state ?? ""));
      await page.told();
    },
    /** Until the coach has looked at where the run stands. */
    async told() {
      await page.until(() => page.state().frame?.step === page.state().run?.step);
      await page.until(
        () =>
          !trainingMonitor.isBusy &&
          (page.state().run?.state !== "diverged" || trainingMonitor.store.get().rescue?.isTried),
      );
    },
    close() {
      trainingMonitor.dispose();
      past.dispose();
      playground.client.close();
    },
  };
  return page;
}
