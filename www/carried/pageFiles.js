// @ts-check
/**
 * Stands in for base/files.js in a sandboxed frame. Its page has no origin, so that modules and fetches are refused unless
 * the host allows them, but classic scripts are not: each file is carried by one, as text.
 */
import { bytesFromBase64 } from "../base/base64.js";
import { unpacked } from "./parts.js";
import { t } from "../base/text.js";

export { importFile } from "./parts.js";

/** This script lies in a folder of the build's own, or in one of its language there. */
const HOME = new URL(
  globalThis.TRAINYARD_SCRIPTS ? "../../" : "../",
  /** @type {HTMLScriptElement} */ (document.currentScript).src,
).href;

/** The address of one of the page's files. @param {string} name   as from `www/` */
export const addressOf = (name) => HOME + name;

/** What the script that has just run carries: base64. @type {string | null} */
let arrived = null;

/** Called by these scripts. */
globalThis.trainyardCarries = (/** @type {string} */ text) => (arrived = text);

/**
 * The bytes of a file, packed.
 *
 * @param {string} name
 * @param {AbortSignal | null} [signal]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export function packedFile(name, signal) {
  const script = document.createElement("script");
  const given = new Promise((resolve, reject) => {
    const fail = () => reject(new TypeError(t("carried.didNotArrive", { name })));
    script.onload = () => {
      const text = arrived;
      arrived = null;
      if (text === null) return fail(); // something else came in its place
      resolve(bytesFromBase64(text));
    };
    script.onerror = fail;
    signal?.addEventListener("abort", fail);
    script.src = addressOf(`carried/${name}.js`);
    document.head.append(script);
  });
  return given.finally(() => script.remove());
}

/** @param {string} name @param {RequestInit} [options] */
export const fetchFile = async (name, { signal } = {}) => unpacked(name, await packedFile(name, signal));
