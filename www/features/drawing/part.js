// @ts-check
/** The drawing board. Loaded when somebody wants to draw. */
import { DrawnOutput } from "./drawnOutput.js";

export function define(registry = customElements) {
  if (!registry.get("ty-drawn-output")) registry.define("ty-drawn-output", DrawnOutput);
}
