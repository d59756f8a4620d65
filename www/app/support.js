// @ts-check
/** What the browser has to have, and what to say when it has not. */
import { t } from "../base/text.js";

/** A module of one function that makes a vector of zeros: valid only where SIMD is known. */
const SIMD_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/**
 * @param {{WebAssembly?: typeof WebAssembly, Worker?: unknown}} scope
 * @returns {string | null} a sentence that names what is missing, or null
 */
export function missing(scope = /** @type {{WebAssembly?: typeof WebAssembly, Worker?: unknown}} */ (globalThis)) {
  if (!scope.Worker) return t("app.browserHasNoWeb");
  if (!scope.WebAssembly) return t("app.webassemblySwitchedOffMissing");
  if (!scope.WebAssembly.validate(SIMD_MODULE)) {
    return t("app.browsersWebassemblyLacksSimd");
  }
  return null;
}

/** For browsers that take a worker but not a module. */
export const NO_MODULE_WORKER = t("app.browserCantLoadModules");
