// @ts-check
/** Where the page asks what each unit of the net gives: over the plane of the picture, or along its line, coarsely. */
import { gridRows } from "./grid.js";
import { axesOf } from "./slice.js";

/** Numbers that a frame may carry for it. */
const MOST = 20_000;

/** Cells a side, or points along a line; fewer than so many say nothing. */
const FINEST = 24;
const COARSEST = 6;

/**
 * The rows to ask at, and what the net is shown there, once that is known.
 *
 * @typedef {{rows: Float32Array, size: number, isLine: boolean, cells: number, inputs: Float32Array | null}} UnitGrid
 */

/**
 * None where a net has too many units.
 *
 * @param {import("./state.js").State} state
 * @returns {UnitGrid | null}
 */
export function unitGrid({ description, view, ask, settings }) {
  if (!description || !view) return null;
  const units = description.layers.reduce((sum, { outputs }) => sum + outputs, 0);
  const isLine = view.length === 1;
  const size = Math.min(isLine ? 2 * FINEST : FINEST, Math.floor(isLine ? MOST / units : Math.sqrt(MOST / units)));
  if (size < COARSEST) return null;
  const rows = gridRows(view, ask, axesOf(description, settings.axes), size);
  return { rows, size, isLine, cells: isLine ? size : size * size, inputs: null };
}

/** Rows of features as features of rows. */
export function turned(/** @type {Float32Array} */ rows, /** @type {number} */ count) {
  const width = rows.length / count;
  return rows.map((_, i) => rows[(i % count) * width + Math.floor(i / count)]);
}
