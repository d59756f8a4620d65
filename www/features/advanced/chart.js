// @ts-check
/** A schedule's learning rates as a small curve, without axes: its shape is what counts. */
import { prepare } from "../../ui/charts/canvas.js";
import { css } from "../../ui/charts/color.js";
import { linear } from "../../ui/charts/scale.js";

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{rates: Float32Array, now: {epoch: number, rate: number} | null}} data
 * @param {import("../../ui/charts/color.js").Theme} theme
 */
export function drawRates(canvas, { rates, now }, theme) {
  const { context, width, height } = prepare(canvas);
  const margin = 6 * theme.unit;
  const most = rates.reduce((a, b) => Math.max(a, b), now?.rate ?? 0);
  const x = linear([0, Math.max(rates.length - 1, 1)], [margin, width - margin]);
  const y = linear([0, most || 1], [height - margin, margin]);
  context.strokeStyle = css(theme.line);
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(margin, y(0));
  context.lineTo(width - margin, y(0));
  context.stroke();

  context.beginPath();
  context.moveTo(x(0), y(rates[0]));
  // More points than pixels would only take time.
  const stride = Math.max(1, Math.floor(rates.length / (2 * width)));
  for (let i = stride; i < rates.length; i += stride) {
    // A drop is a drop, not a slope: rates hold for their whole epoch.
    if (rates.length < width) context.lineTo(x(i), y(rates[i - stride]));
    context.lineTo(x(i), y(rates[i]));
  }
  if (rates.length === 1) context.lineTo(width - margin, y(rates[0]));
  context.strokeStyle = css(theme.accent);
  context.lineWidth = 2 * theme.unit;
  context.lineJoin = "round";
  context.stroke();
  if (!now || now.epoch > rates.length) return;

  context.beginPath();
  context.arc(x(Math.min(now.epoch, rates.length - 1)), y(now.rate), 4 * theme.unit, 0, 2 * Math.PI);
  context.fillStyle = css(theme.surface);
  context.strokeStyle = css(theme.ink);
  context.fill();
  context.stroke();
}
