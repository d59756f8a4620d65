// @ts-check
/** From numbers to places and back. */

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

/** The values at the ends of the colors: as far below zero as above it, or all colors for values of one sign. */
export function colorRange(/** @type {ArrayLike<number>} */ values) {
  const [low, high] = rangeOf(values);
  if (low >= 0 || high <= 0) return /** @type {[number, number]} */ ([low, high]);
  const size = Math.max(-low, high);
  return /** @type {[number, number]} */ ([-size, size]);
}
