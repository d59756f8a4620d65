// @ts-check
/** Simpler models: fitted by a package of their own, which is loaded with the first of them. */
// @ts-ignore a checkout may be without this package: then the page says that the part could not be loaded
import init, { Baseline } from "../../../pkg-baselines/trainyard.js";
import { startPackage } from "../../../base/loadPart.js";

/** @type {Promise<unknown> | null} */
let started = null;

/** Starts it, once; what failed may be tried again. @returns {Promise<import("./fit.js").ModelClass>} */
export async function load() {
  started ??= startPackage(init, "pkg-baselines/trainyard_bg.wasm").catch((error) => {
    started = null;
    throw error;
  });
  await started;
  return Baseline;
}
