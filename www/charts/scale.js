// @ts-check
/** From numbers to places and back, and where an axis has its ticks. */

/**
 * A straight map from a range of values to a range of pixels.
 *
 * @param {[number, number]} values
 * @param {[number, number]} pixels
 */
export function linear([from, to], [start, end]) {
  const slope = (end - start) / (to - from || 1);
  const place = (/** @type {number} */ value) => start + (value - from) * slope;
  return Object.assign(place, { invert: (/** @type {number} */ pixel) => from + (pixel - start) / slope });
}

/**
 * Round numbers inside a range: steps of 1, 2 or 5 times a power of ten.
 *
 * @param {[number, number]} range
 * @param {number} about   how many are wanted
 */
export function ticks([from, to], about) {
  const rough = (to - from) / Math.max(about, 1);
  if (!(rough > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999) ?? power * 10;
  const marks = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) marks.push(Number((i * step).toPrecision(12)));
  return marks;
}

/** The least range that holds all values, widened by a share of it on both sides. */
export function rangeOf(/** @type {ArrayLike<number>} */ values, margin = 0) {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  if (low > high) [low, high] = [0, 1];
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const extra = (high - low) * margin;
  return /** @type {[number, number]} */ ([low - extra, high + extra]);
}

/** Counts in even bins between two ends. @param {ArrayLike<number>} values @param {number} bins @param {[number, number]} range */
export function histogramOf(values, bins, [low, high]) {
  const counts = new Array(bins).fill(0);
  const width = (high - low) / bins || 1;
  for (let i = 0; i < values.length; i++) counts[Math.min(bins - 1, Math.max(0, Math.floor((values[i] - low) / width)))] += 1;
  return counts;
}
