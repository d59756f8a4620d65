// @ts-check
/** Simpler models: fitted by a package of their own, which is loaded with the first of them. */
// @ts-ignore a checkout may be without this package: then the page says that the part could not be loaded
import init, { Baseline } from "../../../pkg-baselines/trainyard.js";
import { startPackage } from "../../../base/loadPart.js";
import { once } from "../../../base/once.js";

/** Starts it, once. @returns {Promise<import("./fit.js").ModelClass>} */
export const load = once(async () => {
  await startPackage(init, "pkg-baselines/trainyard_bg.wasm");
  return Baseline;
});
