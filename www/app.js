// @ts-check
/** The page: gives the playground its worker, its place, and the address as memory. */
import { NO_MODULE_WORKER, missing } from "./core/support.js";
import { mount, showLack } from "./mount.js";

const root = /** @type {HTMLElement} */ (document.getElementById("app"));

/** A browser that knows module workers reads the `type` we ask for; one that doesn't never looks. */
function createWorker() {
  let looked = false;
  const options = {
    name: "trainyard",
    get type() {
      looked = true;
      return /** @type {WorkerType} */ ("module");
    },
  };
  const worker = new Worker(new URL("./worker/main.js", import.meta.url), options);
  if (!looked) {
    worker.terminate();
    throw new Error(NO_MODULE_WORKER);
  }
  return worker;
}

const address = (/** @type {string} */ hash) => `${location.pathname}${location.search}${hash ? `#${hash}` : ""}`;

async function start() {
  const lack = missing();
  if (lack) throw new Error(lack);
  // The worker first, and a moment for its files to be asked for: they load while the page is built.
  /** @type {Worker | null} */
  let first = createWorker();
  await new Promise((resolve) => setTimeout(resolve));
  const { playground } = mount(root, {
    spawn() {
      const worker = first ?? createWorker();
      first = null;
      return worker;
    },
    hash: location.hash,
    rememberHash: (hash) => history.replaceState(null, "", address(hash)),
  });
  // Somebody edits the address or goes back: the link is the experiment then too.
  addEventListener("hashchange", () => playground.openLink(location.hash));
}

start().catch((error) => showLack(root, error instanceof Error ? error.message : String(error)));
