// @ts-check
/** The curve of a source of one input: loaded with the first such source. */
export { drawCurve } from "../../ui/charts/curve.js";
