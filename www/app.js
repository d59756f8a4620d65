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

/** The training core, compiled while the page is built; all workers share it. */
async function loadCore() {
  const response = await fetch(new URL("./pkg/trainyard_bg.wasm", import.meta.url)).catch(() => null);
  if (!response?.ok) throw new Error("The training core could not be loaded. Check the connection, then reload the page.");
  // Some servers don't know the type of .wasm files: then it can't be compiled while it arrives.
  const isWasm = response.headers.get("content-type")?.startsWith("application/wasm");
  return isWasm ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

const address = (/** @type {string} */ hash) => `${location.pathname}${location.search}${hash ? `#${hash}` : ""}`;

async function start() {
  const lack = missing();
  if (lack) throw new Error(lack);
  // Core and worker first, and a moment for their files to be asked for: they load while the page is built.
  const core = loadCore();
  /** @type {Worker | null} */
  let first = createWorker();
  await new Promise((resolve) => setTimeout(resolve));
  const { playground } = mount(root, {
    spawn() {
      const worker = first ?? createWorker();
      first = null;
      return worker;
    },
    core,
    hash: location.hash,
    rememberHash: (hash) => history.replaceState(null, "", address(hash)),
  });
  // Somebody edits the address or goes back: the link is the experiment then too.
  addEventListener("hashchange", () => playground.openLink(location.hash));
}

start().catch((error) => showLack(root, error instanceof Error ? error.message : String(error)));
