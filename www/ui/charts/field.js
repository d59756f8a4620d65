// @ts-check
/**
 * The output field: one pixel for each cell, on a canvas as small as the grid, which CSS scales
 * up. A picture of 100 × 100 costs a tenth of a millisecond so.
 */
import { SHADES, classTable, colorTable, tableIndex } from "./color.js";

/** @param {HTMLCanvasElement} canvas */
export function createField(canvas) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {ImageData | null} */
  let image = null;
  /** @type {Uint32Array} */
  let table = new Uint32Array(256);
  /** @type {Uint32Array} */
  let shades = new Uint32Array(SHADES);

  return {
    setTheme(/** @type {import("./color.js").Theme} */ theme) {
      table = colorTable(theme);
      shades = classTable(theme);
    },
    /**
     * @param {Float32Array | Float64Array} values   row by row, the top row first
     * @param {number} size           cells a side
     * @param {[number, number]} range  the values at the two ends of the colors
     * @param {number} [width]        numbers a cell: more than one are about so many classes
     * @param {Uint32Array} [classes] the class of each cell, where there are classes
     * @param {boolean} [isDiscrete]  only the side that a cell is on, at full strength
     */
    draw(values, size, range, width = 1, classes = undefined, isDiscrete = false) {
      if (!image || image.width !== size) {
        [canvas.width, canvas.height] = [size, size];
        image = context.createImageData(size, size);
      }
      const pixels = new Uint32Array(image.data.buffer);
      if (width === 1) paint(pixels, isDiscrete ? sides(values, range, classes) : values, table, range);
      else if (classes) paintClasses(pixels, values, classes, shades, { width, range, isDiscrete });
      context.putImageData(image, 0, 0);
    },
  };
}

/** Each value as the end of the range of its class, or else the one that it is nearer to; what is not a number stays none. */
export const sides = (
  /** @type {Float32Array | Float64Array} */ values,
  /** @type {[number, number]} */ [low, high],
  /** @type {ArrayLike<number>} */ classes = [],
) =>
  values.map((value, i) => (Number.isNaN(value) ? value : (classes[i] ?? value - (low + high) / 2) > 0 ? high : low));

/** Values to pixels. What is not a number keeps the pixel it had: a picture never turns gray. */
export function paint(
  /** @type {Uint32Array} */ pixels,
  /** @type {Float32Array | Float64Array} */ values,
  /** @type {Uint32Array} */ table,
  /** @type {[number, number]} */ [low, high],
) {
  for (let i = 0; i < pixels.length; i++) {
    if (!Number.isNaN(values[i])) pixels[i] = table[tableIndex(values[i], low, high)];
  }
}

/** Outputs about classes to pixels: the class is the color, and how far its output is above a mere guess the strength. */
export function paintClasses(
  /** @type {Uint32Array} */ pixels,
  /** @type {Float32Array | Float64Array} */ values,
  /** @type {ArrayLike<number>} */ classes,
  /** @type {Uint32Array} */ table,
  /** @type {{width: number, range: [number, number], isDiscrete?: boolean}} */ {
    width,
    range: [low, high],
    isDiscrete = false,
  },
) {
  const guess = low + (high - low) / width;
  const colors = table.length / SHADES;
  for (let i = 0, at = 0; i < pixels.length; i++, at += width) {
    const sure = Math.min((values[at + classes[i]] - guess) / (high - guess), 1);
    if (!Number.isNaN(sure))
      pixels[i] =
        table[(classes[i] % colors) * SHADES + Math.round((isDiscrete ? 1 : Math.max(sure, 0)) * (SHADES - 1))];
  }
}
