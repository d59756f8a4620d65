// @ts-check
/** The worker's shell: loads the WebAssembly core and lets the runner talk to the page. */
import init, { Trainer, preview } from "../pkg/trainyard.js";
import { serve } from "./runner.js";

// The fetch begins before anybody asks: the page's first command is on its way meanwhile.
const loading = init({ module_or_path: new URL("../pkg/trainyard_bg.wasm", import.meta.url) });
// A failure is reported when the page says hello; until then nobody listens.
loading.catch(() => {});

/** @type {DedicatedWorkerGlobalScope} */
const scope = /** @type {any} */ (globalThis);

serve(
  {
    post: (message, transfer = []) => scope.postMessage(message, transfer),
    listen: (listener) => scope.addEventListener("message", (event) => listener(event.data)),
  },
  {
    ready: () => loading,
    createTrainer: (spec) => Trainer.create(spec),
    preview,
  },
  { now: () => performance.now(), turn: createTurn() },
);

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
