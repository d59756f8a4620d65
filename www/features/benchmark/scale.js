// @ts-check
/** The arithmetic of the race's two pictures: logarithmic axes, and where each bar begins and ends. */

/**
 * A map from a range of values to a range of pixels that makes equal factors equal lengths.
 *
 * @param {[number, number]} values
 * @param {[number, number]} pixels
 */
export function logarithmic([from, to], [start, end]) {
  const slope = (end - start) / Math.log(to / from);
  return (/** @type {number} */ value) => start + Math.log(value / from) * slope;
}

/** The least range of whole powers of ten that holds all values; some decades while there are none. */
export function decades(/** @type {number[]} */ values) {
  if (!values.length) return /** @type {[number, number]} */ ([0.01, 100]);
  const low = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const high = Math.ceil(Math.log10(Math.max(...values)) - 1e-9);
  return /** @type {[number, number]} */ ([10 ** low, 10 ** Math.max(high, low + 1)]);
}

/** The powers of ten in a range, thinned out until they fit. */
export function powers(/** @type {[number, number]} */ [from, to], /** @type {number} */ most) {
  const [low, high] = [Math.round(Math.log10(from)), Math.round(Math.log10(to))];
  const stride = Math.max(1, Math.ceil((high - low + 1) / Math.max(most, 2)));
  const marks = [];
  for (let power = low; power <= high; power += stride) marks.push(Number((10 ** power).toPrecision(1)));
  return marks;
}

/** Every value, or every second, or fewer: as many as there is room for, with the first among them. */
export function everyNth(/** @type {number[]} */ values, /** @type {number} */ most) {
  const stride = Math.ceil(values.length / Math.max(most, 1));
  return values.filter((_, i) => i % stride === 0);
}

/**
 * Parts laid end to end. One that is there at all is at least a hair wide, so that it can be seen.
 *
 * @param {number[]} sizes
 * @param {number} most     the size that fills the whole length
 * @param {number} length
 * @returns {{x: number, width: number}[]}
 */
export function stacked(sizes, most, length) {
  const HAIR = 1.5;
  let x = 0;
  return sizes.map((size) => {
    const width = size > 0 && most > 0 ? Math.max((size / most) * length, HAIR) : 0;
    const part = { x, width };
    x += width;
    return part;
  });
}
