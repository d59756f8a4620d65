// @ts-check
/** Starts the training core and its worker before the page itself, a hundred times as large, is there. */
import { missing } from "./support.js";
import { t } from "../base/text.js";

/**
 * @param {object} means   how files are got, which is not the same everywhere
 * @param {() => Worker} means.createWorker
 * @param {() => Promise<Response>} means.fetchCore
 * @param {Promise<typeof import("./app.js")>} means.page
 */
export function begin({ createWorker, fetchCore, page }) {
  page.catch(tellLate);
  try {
    const parts = start(createWorker, fetchCore);
    page.then(({ open }) => open(parts)).catch(tellLate);
  } catch (error) {
    page.then(
      ({ showLack }) => showLack(error instanceof Error ? error.message : String(error)),
      () => {},
    );
  }
}

/** Where the page itself could not be loaded, there is still what stands in for it. */
export function tellLate() {
  const late = document.getElementById("late");
  if (!late) return;
  late.style.setProperty("animation", "none", "important");
  late.setAttribute("role", "alert");
}

/** Worker and core, under way, and when what stands in for the page is seen; throws a sentence where the browser lacks something. */
function start(/** @type {() => Worker} */ createWorker, /** @type {() => Promise<Response>} */ fetchCore) {
  const lack = missing();
  if (lack) throw new Error(lack);
  const painted = firstPaint();
  const core = loadCore(fetchCore, painted);
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
  return { core, spawn, painted };
}

/** All workers share the one compiled core. */
async function loadCore(/** @type {() => Promise<Response>} */ fetchCore, /** @type {Promise<unknown>} */ painted) {
  await painted; // the largest file: earlier, it would share the line with the style that the first paint waits for
  try {
    const response = await fetchCore();
    if (!response.ok) throw response.status;
    // Some servers don't know the type of .wasm files: then it can't be compiled while it arrives.
    const isWasm = response.headers.get("content-type")?.startsWith("application/wasm");
    return await (isWasm ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  } catch {
    throw new Error(t("app.trainingCoreCouldNot"));
  }
}

/** When something is to be seen: a task after the first frame. A hidden page has none. */
const firstPaint = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 300);
  });
