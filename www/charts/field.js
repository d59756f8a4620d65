// @ts-check
/**
 * The output field: one pixel for each cell, on a canvas as small as the grid, which CSS scales
 * up. A picture of 100 × 100 costs a tenth of a millisecond so.
 */
import { colourTable, tableIndex } from "./colour.js";

/** @param {HTMLCanvasElement} canvas */
export function createField(canvas) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {ImageData | null} */
  let image = null;
  /** @type {Uint32Array} */
  let table = new Uint32Array(256);

  return {
    setTheme(/** @type {import("./colour.js").Theme} */ theme) {
      table = colourTable(theme);
    },
    /**
     * @param {Float32Array} values   row by row, the top row first
     * @param {number} size           cells a side
     * @param {[number, number]} range  the values at the two ends of the colours
     */
    draw(values, size, range) {
      if (!image || image.width !== size) {
        [canvas.width, canvas.height] = [size, size];
        image = context.createImageData(size, size);
      }
      paint(new Uint32Array(image.data.buffer), values, table, range);
      context.putImageData(image, 0, 0);
    },
  };
}

/** Values to pixels. What is not a number keeps the pixel it had: a picture never turns grey. */
export function paint(
  /** @type {Uint32Array} */ pixels,
  /** @type {Float32Array} */ values,
  /** @type {Uint32Array} */ table,
  /** @type {[number, number]} */ [low, high],
) {
  for (let i = 0; i < pixels.length; i++) {
    if (!Number.isNaN(values[i])) pixels[i] = table[tableIndex(values[i], low, high)];
  }
}
