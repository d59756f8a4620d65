// @ts-check
/** Rows of many columns on a plane: of two of them, or of their principal components. */
import { FIELD_SIZE } from "../base/grid.js";
import { kindOf } from "../base/inputSection.js";

/** The part of the plane of components that holds all rows, with a margin. @returns {[number, number][]} */
export function rangeOfPlane(/** @type {import("./scatter.js").Components} */ { points: { inputs } }) {
  return [0, 1].map((axis) => {
    let [low, high] = [Infinity, -Infinity];
    for (let i = axis; i < inputs.length; i += 2) [low, high] = [Math.min(low, inputs[i]), Math.max(high, inputs[i])];
    const margin = 0.06 * (high - low) || 0.5;
    return [low - margin, high + margin];
  });
}

/**
 * The grid of the picture as rows that the net sees: through the mean row, along both axes. The top row comes first.
 *
 * @param {import("./scatter.js").Components} components
 * @param {[number, number][]} view
 */
export function rowsOnPlane({ mean, axes: [across, up] }, [[left, right], [bottom, top]], size = FIELD_SIZE) {
  const rows = new Float32Array(size * size * mean.length);
  for (let row = 0, at = 0; row < size; row++) {
    const y = top - ((row + 0.5) / size) * (top - bottom);
    for (let column = 0; column < size; column++) {
      const x = left + ((column + 0.5) / size) * (right - left);
      for (let i = 0; i < mean.length; i++) rows[at++] = mean[i] + x * across[i] + y * up[i];
    }
  }
  return rows;
}

/**
 * Two numbers a row, for the picture's axes. Rows of one category would lie on each other: they are spread about it,
 * always alike.
 *
 * @param {import("./protocol.js").Description} description
 * @param {Float64Array} inputs
 * @param {number[]} axes
 */
export function onAxes(description, inputs, axes) {
  const width = description.columns.length;
  if (width === 2 && axes[0] === 0) return inputs;
  const rows = inputs.length / width;
  const pairs = new Float64Array(rows * 2);
  axes.forEach((column, axis) => {
    const spread = kindOf(description, column) === "category" ? 0.5 : 0;
    for (let row = 0; row < rows; row++) {
      const chance = ((row + 1) * (axis ? 0.7548776662 : 0.569840291)) % 1;
      pairs[2 * row + axis] = inputs[row * width + column] + spread * (chance - 0.5);
    }
  });
  return pairs;
}

/**
 * A place on the picture as a value of its column, with as many digits as the picture can show.
 *
 * @param {import("./protocol.js").Description} description
 * @param {number} column
 * @param {number} value
 */
export function placed(description, column, value) {
  const [low, high] = description.domain[column];
  if (kindOf(description, column) !== "number") return Math.round(Math.min(Math.max(value, low), high));
  return Number(value.toFixed(Math.min(Math.max(0, 2 - Math.floor(Math.log10((high - low) / 1.2 || 1))), 12)));
}
