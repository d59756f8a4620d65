// @ts-check
/** Colors as numbers: mixing, and the table that turns a value into a pixel. */

/** @typedef {[number, number, number]} Rgb */

/**
 * What a chart needs to know of the page's colors.
 *
 * @typedef {object} Theme
 * @property {Rgb} minus    class 0, negative values
 * @property {Rgb} zero     in between
 * @property {Rgb} plus     class 1, positive values
 * @property {Rgb} surface  what lies behind a chart
 * @property {Rgb} ink
 * @property {Rgb} muted
 * @property {Rgb} line     grid lines
 * @property {Rgb[]} classes  the color of each class: minus, plus, and more; they repeat where there are more classes
 * @property {Rgb} accent   the one color of what is chosen or learned
 * @property {number} unit  the size of a pixel of the design: 1, and more on very large screens
 */

/** "#rrggbb" as three numbers. */
export function rgb(/** @type {string} */ hex) {
  const value = Number.parseInt(hex.trim().slice(1), 16);
  return /** @type {Rgb} */ ([(value >> 16) & 255, (value >> 8) & 255, value & 255]);
}

export const css = (/** @type {Rgb} */ [r, g, b], alpha = 1) => `rgba(${r}, ${g}, ${b}, ${alpha})`;

/** `share` of the way from one color to the other. */
export const mix = (/** @type {Rgb} */ from, /** @type {Rgb} */ to, /** @type {number} */ share) =>
  /** @type {Rgb} */ (from.map((value, i) => Math.round(value + (to[i] - value) * share)));

/** The color of a value from −1 to 1. */
export function diverging(/** @type {Theme} */ { minus, zero, plus }, /** @type {number} */ value) {
  const size = Math.min(Math.abs(value), 1);
  return mix(zero, value < 0 ? minus : plus, size);
}

/** How strong the field's colors are, so that the points on it stand out. */
const FIELD_STRENGTH = 0.72;

/**
 * 256 pixels from −1 to 1, as ImageData holds them.
 *
 * @param {Theme} theme
 */
export function colorTable(theme) {
  const bytes = new Uint8ClampedArray(256 * 4);
  for (let i = 0; i < 256; i++) {
    const color = diverging(theme, ((i - 127.5) / 127.5) * FIELD_STRENGTH);
    bytes.set([...color, 255], i * 4);
  }
  // Written as bytes and read as words: right on machines of either byte order.
  return new Uint32Array(bytes.buffer);
}

/** Shades of a class, from not sure at all to certain, as ImageData holds them. */
export const SHADES = 64;

/**
 * A row of shades for each of the theme's classes.
 *
 * @param {Theme} theme
 */
export function classTable({ zero, classes }) {
  const bytes = new Uint8ClampedArray(classes.length * SHADES * 4);
  classes.forEach((color, row) => {
    for (let i = 0; i < SHADES; i++)
      bytes.set([...mix(zero, color, (i / (SHADES - 1)) * FIELD_STRENGTH), 255], (row * SHADES + i) * 4);
  });
  return new Uint32Array(bytes.buffer);
}

/** Where a value stands in the table; outside [low, high] is its end. */
export function tableIndex(/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ high) {
  const share = (value - low) / (high - low);
  return share <= 0 ? 0 : share >= 1 ? 255 : Math.round(share * 255);
}
