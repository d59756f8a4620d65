// @ts-check
/** How numbers are spread, over time: a column for each moment, darker where more of them lie. */
import { labelFont, prepare } from "../../ui/charts/canvas.js";
import { css } from "../../ui/charts/color.js";
import { tickLabel } from "../../ui/charts/lossData.js";
import { writeTick } from "../../ui/charts/plot.js";
import { linear } from "../../ui/charts/scale.js";
import { ticks } from "../../ui/charts/ticks.js";

/**
 * @param {HTMLCanvasElement} canvas
 * @param {{epochs: ArrayLike<number>, last: number, low: number, high: number, counts: Uint32Array[]}} data
 * @param {import("../../ui/charts/color.js").Theme} theme
 */
export function drawHeat(canvas, { epochs, last, low, high, counts }, theme) {
  const { context, width, height } = prepare(canvas);
  const { unit } = theme;
  const [left, right, top, bottom] = [50 * unit, width - 12 * unit, 8 * unit, height - 24 * unit];
  const x = linear([0, last], [left, right]);
  const y = linear([low, high], [bottom, top]);
  const size = (bottom - top) / (counts[0]?.length || 1);
  context.fillStyle = css(theme.accent);
  const most = counts.reduce((sum, bins) => Math.max(sum, ...bins), 1);
  counts.forEach((bins, i) => {
    const before = i ? (epochs[i - 1] + epochs[i]) / 2 : 0;
    const after = i + 1 < counts.length ? (epochs[i] + epochs[i + 1]) / 2 : epochs[i];
    const [start, end] = [x(before), Math.max(x(after), x(before) + 1)];
    bins.forEach((count, bin) => {
      if (!count) return;
      // The root: a few must be seen beside many.
      context.globalAlpha = 0.25 + 0.75 * Math.sqrt(count / most);
      context.fillRect(start, bottom - (bin + 1) * size, end - start + 0.5, size + 0.5);
    });
  });
  context.globalAlpha = 1;
  context.font = labelFont(unit);
  context.fillStyle = css(theme.muted);
  context.strokeStyle = css(theme.line);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of ticks([low, high], (bottom - top) / (30 * unit)))
    context.fillText(tickLabel(tick).replace("-", "−"), left - 6 * unit, y(tick));
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const tick of ticks([0, last], (right - left) / (70 * unit)).filter(Number.isInteger))
    writeTick(context, tickLabel(tick), x(tick), bottom + 7 * unit, width);
  context.strokeRect(left, top, right - left, bottom - top);
}
