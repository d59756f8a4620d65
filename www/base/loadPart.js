// @ts-check
/** Gets the parts that come later: none is waited for without end, and one that did not come can be asked for again. */
import { fetchFile, importFile } from "./files.js";
import { inTime } from "./inTime.js";
import { t } from "./text.js";

/** So long a part may take, in milliseconds; and the host's page, when it is asked why. */
export const PATIENCE_MS = 20_000;
const ASK_MS = 3000;

/** Put in by build.mjs, the others where parts share files that they import; tests have none. */
const BUILD = globalThis.TRAINYARD_BUILD;
const SHARED = globalThis.TRAINYARD_SHARED;
const UNASKED = globalThis.TRAINYARD_UNASKED;

/** A part: what is there or under way, and every try so far. any: a part's caller says which module it is. @typedef {{answer: Promise<any> | null, tries: Promise<any>[], isThere: boolean}} Part */

/** By name. @type {Map<string, Part>} */
const parts = new Map();

/** What parts share was there and could not be imported: browsers remember that. */
let isLost = false;

/** Only a page loaded anew has what is missing: this one's files are gone, or it can't import them any more. */
let isOver = false;

export const mustReload = () => isOver;

/**
 * A module, loaded once. An error says what to do about it.
 *
 * @param {string} name   as from `www/`
 * @returns {Promise<any>}   any: the caller says which module it is
 */
export const loadPart = (name) =>
  once(name, async (again) => {
    if (SHARED)
      for (const file of UNASKED?.includes(name) ? [SHARED[0]] : SHARED)
        await once(file, (tries) => loadShared(file, tries), again > 0);
    // Browsers remember that an address failed: it is asked for under another.
    return importFile(again ? `${name}?again=${again}` : name);
  });

/** @typedef {(again: number) => Promise<unknown>} Load */

/** @param {string} name @param {Load} load @param {boolean} [isAgain]   what is under way may hang: it is asked for once more */
function once(name, load, isAgain = false) {
  const part = parts.get(name) ?? { answer: null, tries: [], isThere: false };
  parts.set(name, part);
  if (isAgain && !part.isThere) part.answer = null;
  return (part.answer ??= ask(part, load));
}

async function ask(/** @type {Part} */ part, /** @type {Load} */ load) {
  const count = part.tries.push(load(part.tries.length));
  try {
    const found = await orAdvice(Promise.any(part.tries)); // an early try may still come first
    part.isThere = true;
    return found;
  } catch (error) {
    if (part.tries.length === count) part.answer = null;
    throw error;
  }
}

/** Other modules import it by its one address, so it is only imported once it can be had: a fetch may fail and be tried again. */
async function loadShared(/** @type {string} */ name, /** @type {number} */ again) {
  const response = await fetchFile(name, { cache: again ? "reload" : "default" });
  if (!response.ok || !response.headers.get("content-type")?.includes("javascript")) throw new Error("no script");
  await response.text();
  await importFile(name).catch((error) => {
    isLost = true;
    throw error;
  });
}

/**
 * Starts a package: its core comes in time or never, since a late one would replace the memory of one asked for after it.
 *
 * @param {(from: {module_or_path: Promise<Response>}) => Promise<unknown>} init
 * @param {string} name   of the core, as from `www/`
 */
export const startPackage = (init, name) =>
  orAdvice(init({ module_or_path: fetchFile(name, { signal: AbortSignal.timeout(PATIENCE_MS) }) }));

/** What comes in time; else an error that says what to do. @template T @param {Promise<T>} work */
export const orAdvice = (work) =>
  inTime(work, PATIENCE_MS).catch(async () => {
    throw new Error(await advice());
  });

/** A host that publishes a new build drops the files of the one before. */
async function advice() {
  if (isLost) {
    isOver = true;
    return t("base.reloadPageGo");
  }
  if (BUILD) {
    const home = fetchFile("../", { cache: "no-cache" }).then((response) => response.text());
    const page = await inTime(home, ASK_MS).catch(() => "");
    if (page.includes("/page.css") && !page.includes(BUILD)) {
      isOver = true;
      return t("base.newVersionTrainyardWas");
    }
  }
  return t("base.checkConnectionThenTry");
}
