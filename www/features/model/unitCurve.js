// @ts-check
/** What neurons give along the only input. */
import { prepare } from "../../ui/charts/canvas.js";
import { css } from "../../ui/charts/color.js";

/** One of them, large. @param {HTMLCanvasElement} canvas @param {Float32Array} values @param {number} most the value at the upper edge @param {import("../../ui/charts/color.js").Theme} theme */
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

/** What a unit gives along the only input: zero lies in the middle. */
export function drawLine(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {import("./networkChart.js").Fields} */ { inputs, layers, size },
  /** @type {number} */ unit,
  /** @type {number} */ layer,
  /** @type {import("./networkChart.js").Node} */ { x, y, radius },
  /** @type {import("../../ui/charts/color.js").Theme} */ theme,
) {
  const all = layer ? layers : inputs;
  const start = layer ? unit * size - inputs.length : unit * size;
  const most = all.subarray(start, start + size).reduce((size, value) => Math.max(size, Math.abs(value)), 1) * 1.15;
  context.beginPath();
  context.moveTo(x - radius, y);
  context.lineTo(x + radius, y);
  context.lineWidth = theme.unit;
  context.strokeStyle = css(theme.muted, 0.5);
  context.stroke();
  context.beginPath();
  for (let i = 0; i < size; i++)
    context.lineTo(x - radius + (i / (size - 1)) * 2 * radius, y - (all[start + i] / most) * radius);
  context.lineWidth = 1.8 * theme.unit;
  context.strokeStyle = css(theme.accent);
  context.stroke();
}
