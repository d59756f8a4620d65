// @ts-check
/** The page: gives the playground its worker, its place, and the address as memory. */
import { NO_MODULE_WORKER } from "./core/support.js";
import { mount, showLack } from "./mount.js";

const root = /** @type {HTMLElement} */ (document.getElementById("app"));

/** A browser that knows module workers reads the `type` we ask for; one that doesn't never looks. */
function spawn() {
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

try {
  const mounted = mount(root, {
    spawn,
    hash: location.hash,
    rememberHash: (hash) => history.replaceState(null, "", address(hash)),
  });
  // Somebody edits the address or goes back: the link is the experiment then too.
  addEventListener("hashchange", () => mounted?.playground.openLink(location.hash));
} catch (error) {
  showLack(root, error instanceof Error ? error.message : String(error));
}
