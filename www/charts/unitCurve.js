// @ts-check
/** What one neuron gives along the only input, large. */
import { prepare } from "./canvas.js";
import { css } from "./colour.js";

/** @param {HTMLCanvasElement} canvas @param {Float32Array} values @param {number} most the value at the upper edge @param {import("./colour.js").Theme} theme */
export function drawCurveOf(canvas, values, most, theme) {
  const { context, width, height } = prepare(canvas);
  const y = (/** @type {number} */ value) => height / 2 - (value / (most * 1.1)) * (height / 2);
  context.strokeStyle = css(theme.muted, 0.6);
  context.lineWidth = theme.unit;
  context.beginPath();
  context.moveTo(0, height / 2);
  context.lineTo(width, height / 2);
  context.stroke();
  context.beginPath();
  values.forEach((value, i) => context.lineTo((i / (values.length - 1)) * width, y(value)));
  context.strokeStyle = css(theme.accent);
  context.lineWidth = 2.5 * theme.unit;
  context.stroke();
}
