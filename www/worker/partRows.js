// @ts-check
/** All rows of a part of the split; the page has only some of a large table's. */
import { rowsOf } from "../base/sample.js";
import { valuesOf } from "../base/valuesOf.js";

/** @typedef {typeof partRows} PartRows */

/** @param {import("../session/protocol.js").Points} points @param {number} part   0 training, 1 validation, 2 test */
export function partRows(points, part) {
  const rows = rowsOf(points.part, part);
  const inputs = valuesOf(points, rows, points.inputs.length / points.targets.length);
  return { part, inputs, targets: Float64Array.from(rows, (row) => points.targets[row]) };
}
