// @ts-check
/**
 * Where the model is asked, to draw what it has learnt: a grid over the plane, or points along a
 * line. The question from the Prediction box travels as the last row, so that its answer is always
 * of the same moment as the picture.
 */

/** Cells a side of the output field, as in TensorFlow Playground. */
export const FIELD_SIZE = 100;

/** Points along a fitted curve. */
export const CURVE_SIZE = 240;

/**
 * The part of the input space to show. A question beyond the data widens a curve's, so that one
 * sees where its answer lies.
 *
 * @param {[number, number][]} domain
 * @param {number[]} ask
 * @returns {[number, number][]}
 */
export function viewOf(domain, ask) {
  if (domain.length !== 1) return domain;
  const [[low, high]] = domain;
  const span = high - low;
  // Never more than twice as wide: the data must stay the subject.
  const reach = Math.min(Math.max(ask[0], low - span / 2), high + span / 2);
  const margin = 0.05 * span;
  return [[reach < low + margin ? reach - margin : low, reach > high - margin ? reach + margin : high]];
}

/**
 * The rows to watch: the grid, top row first as in a picture, then the question.
 *
 * @param {[number, number][]} view
 * @param {number[]} ask
 */
export function rowsToWatch(view, ask) {
  const rows = view.length === 1 ? alongLine(view[0]) : overPlane(view);
  const all = new Float32Array(rows.length + ask.length);
  all.set(rows);
  all.set(ask, rows.length);
  return all;
}

/** The middles of the cells, so that the picture is neither shifted nor stretched. */
function overPlane(/** @type {[number, number][]} */ [[left, right], [bottom, top]]) {
  const rows = new Float32Array(FIELD_SIZE * FIELD_SIZE * 2);
  for (let row = 0, at = 0; row < FIELD_SIZE; row++) {
    const y = top - ((row + 0.5) / FIELD_SIZE) * (top - bottom);
    for (let column = 0; column < FIELD_SIZE; column++) {
      rows[at++] = left + ((column + 0.5) / FIELD_SIZE) * (right - left);
      rows[at++] = y;
    }
  }
  return rows;
}

function alongLine(/** @type {[number, number]} */ [left, right]) {
  return Float32Array.from({ length: CURVE_SIZE }, (_, i) => left + (i / (CURVE_SIZE - 1)) * (right - left));
}

/**
 * The answers: one row for each cell, and the one to the question.
 *
 * @param {Float32Array} outputs
 * @param {number} [width]   numbers a row: one, or one for each of three classes or more
 */
export const splitAnswers = (outputs, width = 1) => ({ field: outputs.subarray(0, -width), answer: outputs.subarray(-width) });
