// @ts-check
/** The modules that come later elsewhere: here they are in the one script. The build puts them in, by name. */
import { t } from "../base/text.js";

/** @type {Record<string, object>} */
export const parts = {};

/** any: its caller says which module it is. @param {string} name   as from `www/` @returns {Promise<any>} */
export const importFile = async (name) => parts[name] ?? Promise.reject(new Error(t("carried.notCarried", { name })));

/** @type {Record<string, string>} */
const TYPES = { wasm: "application/wasm", csv: "text/csv" };

/** What a fetch would give, of the packed bytes of a file. */
export const unpacked = (/** @type {string} */ name, /** @type {Uint8Array<ArrayBuffer>} */ packed) =>
  new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")), {
    headers: { "content-type": TYPES[name.split(".").at(-1) ?? ""] },
  });
