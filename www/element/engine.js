// @ts-check
/** The compiled core, once for all elements of a page, and workers: of another origin than the page they begin in a blob of its own. */
import { compiled } from "../base/compiled.js";
import { addressOf } from "../base/files.js";
import { t } from "../base/text.js";

/** By address. @type {Map<string, Promise<WebAssembly.Module>>} */
const cores = new Map();

/** @param {string | null} own   of the host */
export function coreOf(own) {
  const address = own ? new URL(own, document.baseURI).href : addressOf("pkg/trainyard_bg.wasm");
  const known = cores.get(address);
  if (known) return known;
  const core = compile(address);
  cores.set(address, core);
  core.catch(() => cores.delete(address));
  return core;
}

async function compile(/** @type {string} */ address) {
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(String(response.status));
    return await compiled(response);
  } catch (error) {
    throw new Error(t("element.noCore", { address, why: /** @type {Error} */ (error).message }));
  }
}

/** The scripts of an element lie in a folder beside those of the page, of the same name for each language. */
const folder = (globalThis.TRAINYARD_SCRIPTS ?? "").replace("element/", "");

/** @type {string | undefined} */
let start;

/** @param {string | null} own   of the host: a module that imports our worker, where its policy allows no blob */
export function createWorker(own) {
  const options = { type: /** @type {WorkerType} */ ("module"), name: "pastless" };
  if (own) return new Worker(new URL(own, document.baseURI), options);
  const script = `import ${JSON.stringify(addressOf(`./${folder}worker/main.js`))}`;
  // A sandboxed frame has no origin, and its blobs start no modules.
  if (origin === "null") start ??= `data:text/javascript,${encodeURIComponent(script)}`;
  start ??= URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  return new Worker(start, options);
}
