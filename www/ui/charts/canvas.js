// @ts-check
/** A canvas whose pixels are the screen's, whatever its size and the zoom. */

/** @typedef {{width: number, height: number}} Size */

/** The size that CSS gives a canvas. */
export const sizeOf = (/** @type {HTMLCanvasElement} */ canvas) => ({
  width: canvas.clientWidth,
  height: canvas.clientHeight,
});

/**
 * Fits the canvas to its size on the page and returns a context in CSS pixels, cleared.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Size} [size]  when it is known: asking for it makes the browser lay out the page
 * @returns {{context: CanvasRenderingContext2D, width: number, height: number}}
 */
export function prepare(canvas, { width, height } = sizeOf(canvas)) {
  const ratio = globalThis.devicePixelRatio || 1;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  // Setting a size, even the same, throws the picture away: only when it is new.
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

/** What labels and ticks are written in: 13 px, the smallest type of the page. */
export const labelFont = (/** @type {number} */ unit, weight = "") => `${weight} ${13 * unit}px system-ui, sans-serif`;
