// @ts-check
/** Simpler models: fitted by a package of their own, which is loaded with the first of them. */
// @ts-ignore a checkout may be without this package: then the page says that the part could not be loaded
import { Baseline, initSync } from "../../../pkg-baselines/trainyard.js";

/** Starts it, compiled by the page for all its workers. */
export const start = (/** @type {WebAssembly.Module} */ module) => void initSync({ module });

export { Baseline };
