// @ts-check
/** The worker's shell: makes the WebAssembly core of the module the page sends, and lets the runner talk to the page. */
import { Trainer, initSync, preview } from "../pkg/trainyard.js";
import { loadPart } from "../base/loadPart.js";
import { serve } from "./runner.js";

/**
 * What the worker asks of WebGPU, for which TypeScript's libraries have no types yet.
 *
 * @typedef {import("./engines.js").AdapterInfo} AdapterInfo
 * @typedef {{requestAdapter: (options?: object) => Promise<{info?: AdapterInfo, isFallbackAdapter?: boolean} | null>}} GpuOfBrowser
 */

const scope = /** @type {DedicatedWorkerGlobalScope & typeof globalThis} */ (globalThis);

/** @type {(core: WebAssembly.Module) => void} */
let isReady = () => {};
/** @type {Promise<WebAssembly.Module>} */
const ready = new Promise((resolve) => (isReady = resolve));

const runner = serve(
  {
    post: (message, transfer = []) => scope.postMessage(message, transfer),
    listen(listener) {
      scope.addEventListener("message", (event) => listener(event.data));
      if (!globalThis.trainyardTold) return;
      scope.onmessage = null; // it kept these until here
      globalThis.trainyardTold.forEach(listener);
    },
  },
  {
    async load(core) {
      initSync({ module: core }); // once; later ones are no news to it
      isReady(core);
    },
    ready,
    createTrainer: (spec) => Trainer.create(spec),
    preview,
    loadFull,
    isFast: scope.name === "fast",
    loadJobs: () => loadPart("worker/jobs.js"),
    loadTravel: () => loadPart("worker/travel.js"),
    isPastless: scope.name === "pastless", // a picture in somebody's page has no time travel
    loadProbe: () => loadPart("worker/engineChoice.js"),
    async findAdapter() {
      const adapter = await /** @type {{gpu?: GpuOfBrowser}} */ (navigator).gpu?.requestAdapter({
        powerPreference: "high-performance",
      });
      if (!adapter) return null;
      const {
        vendor,
        architecture,
        device,
        description,
        isFallbackAdapter = adapter.isFallbackAdapter,
      } = adapter.info ?? {};
      return { vendor, architecture, device, description, isFallbackAdapter };
    },
  },
  { now: () => performance.now(), turn: createTurn() },
);

// The page's first worker asked for its core before this was there (app/worker.js): it is that of all others, too.
void globalThis.trainyardCore?.then((core) => {
  scope.postMessage({ type: "core", core });
  if (core) void runner.begin(core).catch(() => {});
});

/** The package with all there is, and a compiled module of its own: only who wants a GPU or a table loads them. */
async function loadFull() {
  /** @type {typeof import("./full.js")} */
  const full = await loadPart("worker/full.js");
  await full.start(undefined, scope.name === "fast");
  return full;
}

/**
 * One turn of the event loop through a message channel: waiting commands get their turn at once,
 * while `setTimeout(0)` would sleep for at least 4 ms.
 */
function createTurn() {
  const { port1, port2 } = new MessageChannel();
  /** @type {(() => void)[]} */
  const waiting = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((/** @type {(value: void) => void} */ resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}
