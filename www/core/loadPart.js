// @ts-check
/** Gets the parts that come later: none is waited for without end, and one that did not come can be asked for again. */

/** So long a part may take, in milliseconds; and the host's page, when it is asked why. */
export const PATIENCE_MS = 20_000;
const ASK_MS = 3000;

/** Put in by build.mjs; tests have none. */
const BUILD = /** @type {string | undefined} */ (globalThis.TRAINYARD_BUILD);

/** The folder of the page's files: whatever file this code ends up in, they are named from there. */
const HOME = BUILD ? `${import.meta.url.split(BUILD)[0]}${BUILD}/` : new URL("../", import.meta.url).href;

/** The address of one of the page's files. @param {string} name   as from `www/` */
export const addressOf = (name) => HOME + name;

/** By address: what is there or under way, and every try so far. @type {Map<string, {answer: Promise<any> | null, tries: Promise<any>[]}>} */
const parts = new Map();

/**
 * A module, loaded once. An error says what to do about it.
 *
 * @param {string} name   as from `www/`
 * @returns {Promise<any>}
 */
export function loadPart(name) {
  const href = addressOf(name);
  const part = parts.get(href) ?? { answer: null, tries: [] };
  parts.set(href, part);
  return (part.answer ??= ask(href, part));
}

async function ask(/** @type {string} */ href, /** @type {{answer: Promise<any> | null, tries: Promise<any>[]}} */ part) {
  const { tries } = part;
  // Browsers remember that an address failed: it is asked for under another. An early try may still come first.
  tries.push(import(tries.length ? `${href}?again=${tries.length}` : href));
  try {
    return await orAdvice(Promise.any(tries));
  } catch (error) {
    part.answer = null;
    throw error;
  }
}

/** What comes in time; else an error that says what to do. @template T @param {Promise<T>} work */
export const orAdvice = (work) =>
  inTime(work, PATIENCE_MS).catch(async () => {
    throw new Error(await advice());
  });

/** A timer that is late itself, as after a sleep, says nothing of the work: then it is waited for anew. @template T @param {Promise<T>} work @param {number} ms @returns {Promise<T>} */
export function inTime(work, ms) {
  /** @type {any} */
  let timer;
  const late = new Promise((/** @type {(value: never) => void} */ _, reject) => {
    const wait = () => {
      const due = performance.now() + ms;
      timer = setTimeout(() => (performance.now() > due + 2000 ? wait() : reject(Object.assign(new Error("no answer in time"), { code: "late" }))), ms);
    };
    wait();
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** A host that publishes a new build drops the files of the one before. */
async function advice() {
  if (BUILD) {
    const home = fetch(new URL("../", HOME), { cache: "no-cache" }).then((response) => response.text());
    const page = await inTime(home, ASK_MS).catch(() => "");
    if (page.includes("/start.js") && !page.includes(BUILD)) return "A new version of Trainyard was published. Reload the page to go on.";
  }
  return "Check the connection, then try again.";
}
