// @ts-check
/**
 * The first script: asks for the training core and its worker before anything else, so that they load
 * and compile while the page itself, a hundred times as large, is still on its way.
 */
import { NO_MODULE_WORKER, missing } from "./support.js";

/** The look that was chosen here, before the first picture. */
for (const key of ["theme", "density"]) {
  try {
    const value = localStorage.getItem(`trainyard.${key}`);
    if (value) document.documentElement.dataset[key] = value;
  } catch {
    break; // no storage: it looks as the system has it
  }
}

/**
 * A worker begins in a blob of ours: so it is bound by the page's own content policy, and starts in a sandboxed frame too.
 * A browser that knows module workers reads the `type` we ask for; one that doesn't never looks.
 */
function createWorker() {
  let looked = false;
  const options = {
    name: "trainyard",
    get type() {
      looked = true;
      return /** @type {WorkerType} */ ("module");
    },
  };
  const script = `import ${JSON.stringify(new URL("./worker/main.js", import.meta.url).href)}`;
  // A sandboxed frame has no origin, and browsers run no blob of such as a module.
  const address =
    origin === "null"
      ? `data:text/javascript,${encodeURIComponent(script)}`
      : URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(address, options);
  if (!looked) {
    worker.terminate();
    throw new Error(NO_MODULE_WORKER);
  }
  return worker;
}

/** When something is to be seen: with the second frame the first is on the screen. A hidden page has none. */
const firstPaint = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(resolve));
    setTimeout(resolve, 100);
  });

/** All workers share the one compiled core. */
async function loadCore() {
  await firstPaint(); // the largest file: earlier, it would share the line with the style that the first paint waits for
  try {
    const response = await fetch(new URL("./pkg/trainyard_bg.wasm", import.meta.url));
    if (!response.ok) throw response.status;
    // Some servers don't know the type of .wasm files: then it can't be compiled while it arrives.
    const isWasm = response.headers.get("content-type")?.startsWith("application/wasm");
    return await (isWasm ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  } catch {
    throw new Error("The training core could not be loaded. Check the connection, then reload the page.");
  }
}

/** Worker and core, under way; throws a sentence where the browser lacks something. */
function begin() {
  const lack = missing();
  if (lack) throw new Error(lack);
  const core = loadCore();
  core.catch(() => {}); // it is told by whoever waits for the core, not by the console
  /** @type {Worker | null} */
  let first = createWorker();
  // It may fail before anyone listens; whoever asks for it then gets another, and hears of that one's fate.
  first.onerror = (event) => {
    event.preventDefault();
    first = null;
  };
  const spawn = () => {
    const worker = first ?? createWorker();
    first = null;
    return worker;
  };
  return { core, spawn };
}

/** Where the page itself could not be loaded, there is still what stands in for it. */
function tellLate() {
  const late = document.getElementById("late");
  if (!late) return;
  late.style.setProperty("animation", "none", "important");
  late.setAttribute("role", "alert");
}

const page = import("./app.js");
page.catch(tellLate);
try {
  const parts = begin();
  page.then(({ open }) => open(parts)).catch(tellLate);
} catch (error) {
  page.then(
    ({ showLack }) => showLack(error instanceof Error ? error.message : String(error)),
    () => {},
  );
}
