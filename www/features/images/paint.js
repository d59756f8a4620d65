// @ts-check
/** Pixels and numbers as small pictures. The microscope paints by these too, so they stand with the charts. */
export { paintInk, paintNumbers } from "../../ui/charts/pixels.js";
