// @ts-check
/** Pixels and numbers as pictures on small canvases of their own size; they are enlarged without smoothing. */
import { diverging, mix } from "./color.js";

/** @typedef {import("./color.js").Theme} Theme */
/** @typedef {import("./color.js").Rgb} Rgb */

/** @param {HTMLCanvasElement | OffscreenCanvas} canvas @param {number} width @param {number} height @param {(at: number) => Rgb} colorAt */
export function put(canvas, width, height, colorAt) {
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(width, height);
  for (let at = 0; at < width * height; at++) image.data.set([...colorAt(at), 255], 4 * at);
  context.putImageData(image, 0, 0);
}

/** Ink of 0…255 on paper. Of a picture of another size, as after a change of sets, there is nothing to paint. @param {HTMLCanvasElement} canvas @param {ArrayLike<number>} pixels @param {number} width @param {Theme} theme */
export function paintInk(canvas, pixels, width, theme) {
  if (pixels.length % width) return;
  put(canvas, width, pixels.length / width, (at) => mix(theme.surface, theme.ink, pixels[at] / 255));
}

/** Numbers, the largest in its full color. @param {OffscreenCanvas} canvas @param {ArrayLike<number>} values @param {number} width @param {number} most @param {Theme} theme */
export function paintNumbers(canvas, values, width, most, theme) {
  put(canvas, width, values.length / width, (at) => diverging(theme, most ? values[at] / most : 0));
}
