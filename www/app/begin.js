// @ts-check
/** Starts the training core and its worker before the page itself, a hundred times as large, is there. */
import { missing } from "./support.js";
import { t } from "../base/text.js";
import { holdFirst } from "./worker.js";

/**
 * @param {object} means   how files are got, which is not the same everywhere
 * @param {import("./worker.js").Begun} means.begun   with the first worker, where it is under way
 * @param {() => Worker} means.createWorker
 * @param {() => Promise<Response>} means.fetchCore
 * @param {Promise<typeof import("./app.js")>} means.page
 */
export function begin({ begun, createWorker, fetchCore, page }) {
  page.catch(tellLate);
  try {
    const parts = start(begun, createWorker, fetchCore);
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
  document.querySelector("#shell button")?.remove(); // there is nothing to play
  late.style.setProperty("animation", "none", "important");
  late.setAttribute("role", "alert");
}

/**
 * Worker and core, under way, and when Play is pressed before the page is there; throws a sentence where the browser lacks something.
 *
 * @param {import("./worker.js").Begun} begun
 * @param {() => Worker} createWorker
 * @param {() => Promise<Response>} fetchCore
 */
function start(begun, createWorker, fetchCore) {
  const lack = missing();
  if (lack) throw new Error(lack);
  if (!begun.first) holdFirst(begun, createWorker());
  let load = () => {};
  // All workers share the one compiled core. What the first one can't get the page asks for.
  const core = new Promise((/** @type {(core: WebAssembly.Module) => void} */ resolve, reject) => {
    load = () => void loadCore(fetchCore).then(resolve, reject);
    if (begun.core) void begun.core.then((found) => (found ? resolve(found) : load()));
    else load();
  });
  core.catch(() => {}); // it is told by whoever waits for the core, not by the console
  const played = earlyPlay();
  const spawn = () => {
    const { first } = begun;
    begun.first = null;
    if (!first) load(); // the one before may have gone with its core
    return first ?? createWorker();
  };
  return { core, spawn, played };
}

/** Play stands with what stands in for the page, and resolves this. */
const earlyPlay = () =>
  new Promise((/** @type {(value: void) => void} */ resolve) => {
    const offer = () => {
      const [loading, late] = document.querySelectorAll("#shell p");
      const button = Object.assign(document.createElement("button"), {
        type: "button",
        className: "round primary",
        textContent: t("training.play"),
        onclick() {
          button.ariaDisabled = "true"; // not disabled: the focus stays, and goes on to the page's own
          loading.textContent = t("app.trainsSoon");
          resolve();
        },
      });
      late?.before(button);
    };
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", offer, { once: true });
    else offer();
  });

/** Not compiled while it arrives: some servers don't know the type of .wasm files. What isn't there is no module. */
const loadCore = (/** @type {() => Promise<Response>} */ fetchCore) =>
  fetchCore()
    .then((response) => response.arrayBuffer())
    .then((bytes) => WebAssembly.compile(bytes))
    .catch(() => {
      throw new Error(t("app.trainingCoreCouldNot"));
    });
