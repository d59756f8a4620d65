// @ts-check
import { cellsOf } from "../../base/inputSection.js";

/** @typedef {import("../../session/protocol.js").Description} Description */

/** What was asked of the net for one picture, apart: the picture with the question's answer, and the known rows' answers. */
export function answersOf(/** @type {Description} */ description, /** @type {Float64Array} */ outputs) {
  const end = (cellsOf(description) + 1) * description.outputs;
  return { picture: outputs.subarray(0, end), known: outputs.subarray(end) };
}
