// @ts-check
/** What the browser has to have, and what to say when it has not. */

/** A module of one function that makes a vector of zeros: valid only where SIMD is known. */
const SIMD_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/**
 * @param {{WebAssembly?: typeof WebAssembly, Worker?: unknown}} scope
 * @returns {string | null} a sentence that names what is missing, or null
 */
export function missing(scope = /** @type {{WebAssembly?: typeof WebAssembly, Worker?: unknown}} */ (globalThis)) {
  if (!scope.Worker)
    return "This browser has no web workers, in which the training runs. Any current Chrome, Edge, Firefox or Safari has them.";
  if (!scope.WebAssembly)
    return "WebAssembly is switched off or missing in this browser, and the training core is made of it. Any current Chrome, Edge, Firefox or Safari runs it.";
  if (!scope.WebAssembly.validate(SIMD_MODULE)) {
    return "This browser's WebAssembly lacks SIMD, the vector instructions that the training core is built on. Chrome 91, Edge 91, Firefox 89, Safari 16.4 or newer have them.";
  }
  return null;
}

/** For browsers that take a worker but not a module. */
export const NO_MODULE_WORKER =
  "This browser can't load modules in a worker, which the training needs. Chrome 80, Edge 80, Firefox 114, Safari 15 or newer can.";
