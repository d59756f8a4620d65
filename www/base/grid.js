// @ts-check
/**
 * Where the model is asked, to draw what it has learned: a grid over the plane, or points along a
 * line. The question from the Prediction box travels as the last row, so that its answer is always
 * of the same moment as the picture.
 */

/** Cells a side of the output field, as in TensorFlow Playground. */
export const FIELD_SIZE = 100;

/** Numbers that the rows of a picture may have together: of a table of thousands of columns it is coarser. */
const MOST_NUMBERS = 1_000_000;

/** Cells a side of the field over two of so many columns. */
export const fieldSize = (/** @type {number} */ columns) =>
  Math.max(20, Math.min(FIELD_SIZE, Math.floor(Math.sqrt(MOST_NUMBERS / columns))));

/** Points along a fitted curve. */
export const CURVE_SIZE = 240;

/**
 * The part of the input space to show: a range for each axis. A question beyond the data widens a
 * curve's, so that one sees where its answer lies. None without a domain, as of pictures.
 *
 * @param {[number, number][]} domain
 * @param {number[]} ask
 * @param {number[]} [axes]   the columns on the picture's axes
 * @returns {[number, number][]}
 */
export function viewOf(domain, ask, axes = [0, 1]) {
  if (domain.length !== 1) return domain.length ? axes.map((column) => domain[column]) : [];
  const [[low, high]] = domain;
  const span = high - low;
  // Never more than twice as wide: the data must stay the subject.
  const reach = Math.min(Math.max(ask[0], low - span / 2), high + span / 2);
  const margin = 0.05 * span;
  return [[reach < low + margin ? reach - margin : low, reach > high - margin ? reach + margin : high]];
}

/**
 * The rows to watch: the grid, top row first as in a picture, then the question, then rows whose
 * truth is known. Columns that are no axis stand where the question has them.
 *
 * @param {[number, number][]} view
 * @param {number[]} ask
 * @param {number[]} [axes]
 * @param {Float64Array} [known]
 */
export function rowsToWatch(view, ask, axes = [0, 1], known = new Float64Array()) {
  const size = view.length === 1 ? CURVE_SIZE : fieldSize(ask.length);
  const rows = view.length ? gridRows(view, ask, axes, size) : [];
  const all = new Float64Array(rows.length + ask.length + known.length);
  all.set(rows);
  all.set(ask, rows.length);
  all.set(known, rows.length + ask.length);
  return all;
}

/** The rows of a picture alone: `size` along a line, `size` × `size` over a plane. */
export const gridRows = (
  /** @type {[number, number][]} */ view,
  /** @type {number[]} */ ask,
  /** @type {number[]} */ axes,
  /** @type {number} */ size,
) => (view.length === 1 ? alongLine(view[0], size) : overPlane(view, ask, axes, size));

/** The middles of the cells, so that the picture is neither shifted nor stretched. */
function overPlane(
  /** @type {[number, number][]} */ [[left, right], [bottom, top]],
  /** @type {number[]} */ ask,
  /** @type {number[]} */ [across, up],
  /** @type {number} */ size,
) {
  const width = ask.length;
  const rows = new Float64Array(size * size * width);
  // All cells stand where the question does, but for the axes: one is copied, then two, then four.
  rows.set(ask);
  for (let filled = width; filled < rows.length; filled *= 2) rows.copyWithin(filled, 0, filled);
  for (let row = 0, at = 0; row < size; row++) {
    const y = top - ((row + 0.5) / size) * (top - bottom);
    for (let column = 0; column < size; column++, at += width) {
      rows[at + across] = left + ((column + 0.5) / size) * (right - left);
      rows[at + up] = y;
    }
  }
  return rows;
}

function alongLine(/** @type {[number, number]} */ [left, right], /** @type {number} */ size) {
  return Float64Array.from({ length: size }, (_, i) => left + (i / (size - 1)) * (right - left));
}

/**
 * The answers: one row for each cell, and the one to the question.
 *
 * @param {Float64Array} outputs
 * @param {number} [width]   numbers a row: one, or one for each of three classes or more
 */
export const splitAnswers = (outputs, width = 1) => ({
  field: outputs.subarray(0, -width),
  answer: outputs.subarray(-width),
});
