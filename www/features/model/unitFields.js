// @ts-check
/** Where the page asks what each unit of the net gives: over the plane of the picture, or along its line, coarsely. */
import { gridRows } from "../../base/grid.js";
import { axesOf } from "../../base/inputSection.js";

/** Numbers that a frame may carry for it. */
const MOST_VALUES = 20_000;

/** Cells a side, or points along a line; fewer than so many say nothing. */
const FINEST = 24;
const COARSEST = 6;

/**
 * The rows to ask at.
 *
 * @typedef {{rows: Float64Array, size: number, isLine: boolean, cells: number}} UnitGrid
 */

/** All that is asked: inputs and units. */
const unitsOf = (/** @type {import("../../session/protocol.js").Description} */ { layers }) =>
  layers.reduce((sum, { outputs }) => sum + outputs, layers[0].inputs);

/**
 * What a frame says of them, if it is of that grid.
 *
 * @param {UnitGrid | null} grid
 * @param {import("../../session/protocol.js").Description | null} description
 * @param {Float32Array | undefined} units
 * @returns {import("./networkChart.js").Fields | null}
 */
export function fieldsOf(grid, description, units) {
  if (!grid || !description || units?.length !== unitsOf(description) * grid.cells) return null;
  const own = description.layers[0].inputs * grid.cells;
  return { inputs: units.subarray(0, own), layers: units.subarray(own), size: grid.size, isLine: grid.isLine };
}

/**
 * None where a net has too many units, and of pictures: their views ask for themselves.
 *
 * @param {import("../../session/state.js").State} state
 * @returns {UnitGrid | null}
 */
export function unitGrid({ description, view, ask, settings }) {
  if (!description || !view?.length) return null;
  const units = unitsOf(description);
  const isLine = view.length === 1;
  const size = Math.min(
    isLine ? 2 * FINEST : FINEST,
    Math.floor(isLine ? MOST_VALUES / units : Math.sqrt(MOST_VALUES / units)),
  );
  if (size < COARSEST) return null;
  const rows = gridRows(view, ask, axesOf(description, settings.axes), size);
  return { rows, size, isLine, cells: isLine ? size : size * size };
}
