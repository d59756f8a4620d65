// @ts-check
/** A fitted curve through the points of one input: axes, data, what the net has learned. */
import { css } from "./color.js";
import { labelFont, prepare } from "./canvas.js";
import { tickLabel } from "./lossData.js";
import { linear, rangeOf } from "./scale.js";
import { ticks } from "./ticks.js";

/** Room for the axes around the picture. */
const marginOf = (/** @type {number} */ unit) => ({
  left: 46 * unit,
  right: 12 * unit,
  top: 12 * unit,
  bottom: 30 * unit,
});

/**
 * The range of outputs to show. It comes from the data alone, so that the picture stands still
 * while the curve moves; where the view reaches beyond the data, so does the range.
 *
 * @param {ArrayLike<number>} inputs
 * @param {ArrayLike<number>} targets
 * @param {[number, number]} view
 */
export function outputRange(inputs, targets, view) {
  const [low, high] = rangeOf(inputs);
  const [bottom, top] = rangeOf(targets, 0.12);
  const beyond = (Math.max(view[1] - high, 0) + Math.max(low - view[0], 0)) / (high - low);
  const extra = Math.max(beyond - 0.1, 0) * (top - bottom);
  return /** @type {[number, number]} */ ([bottom - extra * 0.4, top + extra]);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {object} data
 * @param {import("../../session/protocol.js").Points} data.points
 * @param {ArrayLike<number>} data.curve    outputs at even places along the view
 * @param {[number, number]} data.view
 * @param {[number, number] | null} data.mark  the question and its answer
 * @param {boolean} data.showTest
 * @param {import("./color.js").Theme} theme
 */
export function drawCurve(canvas, { points, curve, view, mark, showTest }, theme) {
  const { context, width, height } = prepare(canvas);
  const margin = marginOf(theme.unit);
  const range = outputRange(points.inputs, points.targets, view);
  const x = linear(view, [margin.left, width - margin.right]);
  const y = linear(range, [height - margin.bottom, margin.top]);
  drawAxes(context, { x, y, view, range, width, height, margin }, theme);

  context.save();
  context.beginPath();
  context.rect(margin.left, margin.top, width - margin.left - margin.right, height - margin.top - margin.bottom);
  context.clip();
  drawDots(context, points, showTest, x, y, theme);
  drawLine(context, curve, (i) => x(view[0] + (i / (curve.length - 1)) * (view[1] - view[0])), y, theme);
  if (mark) drawMark(context, x(mark[0]), y(mark[1]), { left: margin.left, bottom: height - margin.bottom }, theme);
  context.restore();
}

/** @typedef {(value: number) => number} Scale */
/** @typedef {{x: Scale, y: Scale, view: [number, number], range: [number, number], width: number, height: number, margin: ReturnType<typeof marginOf>}} Frame */

function drawAxes(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {Frame} */ { x, y, view, range, width, height, margin },
  /** @type {import("./color.js").Theme} */ theme,
) {
  context.font = labelFont(theme.unit);
  context.fillStyle = css(theme.muted);
  context.lineWidth = 1;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const tick of ticks(view, width / (70 * theme.unit))) {
    context.strokeStyle = css(tick === 0 ? theme.muted : theme.line, tick === 0 ? 0.6 : 1);
    stroke(context, x(tick), margin.top, x(tick), height - margin.bottom);
    context.fillText(written(tick), x(tick), height - margin.bottom + 6 * theme.unit);
  }
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of ticks(range, height / (55 * theme.unit))) {
    context.strokeStyle = css(tick === 0 ? theme.muted : theme.line, tick === 0 ? 0.6 : 1);
    stroke(context, margin.left, y(tick), width - margin.right, y(tick));
    context.fillText(written(tick), margin.left - 6 * theme.unit, y(tick));
  }
}

function drawLine(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {ArrayLike<number>} */ curve,
  /** @type {(i: number) => number} */ x,
  /** @type {(value: number) => number} */ y,
  /** @type {import("./color.js").Theme} */ { accent, unit },
) {
  context.beginPath();
  for (let i = 0; i < curve.length; i++) context.lineTo(x(i), y(curve[i]));
  context.strokeStyle = css(accent);
  context.lineWidth = 2.5 * unit;
  context.lineJoin = "round";
  context.stroke();
}

function drawDots(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {import("../../session/protocol.js").Points} */ { inputs, targets, part },
  /** @type {boolean} */ showTest,
  /** @type {(value: number) => number} */ x,
  /** @type {(value: number) => number} */ y,
  /** @type {import("./color.js").Theme} */ theme,
) {
  const isDense = targets.length > 60;
  const radius = (isDense ? 2.6 : 5) * theme.unit;
  for (let i = 0; i < targets.length; i++) {
    const isHeldOut = part[i] !== 0;
    if (isHeldOut && !showTest) continue;
    context.beginPath();
    context.arc(x(inputs[i]), y(targets[i]), radius, 0, 2 * Math.PI);
    context.fillStyle = isHeldOut ? css(theme.surface) : css(theme.plus);
    context.strokeStyle = isHeldOut ? css(theme.plus) : css(theme.surface);
    context.lineWidth = isHeldOut ? 1.6 : 1;
    context.fill();
    if (isHeldOut || !isDense) context.stroke();
  }
}

/** Dashed lines from the axes to the answer. */
function drawMark(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {{left: number, bottom: number}} */ { left, bottom },
  /** @type {import("./color.js").Theme} */ theme,
) {
  const { unit } = theme;
  context.strokeStyle = css(theme.ink, 0.7);
  context.lineWidth = 1.2 * unit;
  context.setLineDash([4 * unit, 4 * unit]);
  stroke(context, x, bottom, x, y);
  stroke(context, x, y, left, y);
  context.setLineDash([]);
  context.beginPath();
  context.arc(x, y, 5 * unit, 0, 2 * Math.PI);
  context.fillStyle = css(theme.surface);
  context.strokeStyle = css(theme.ink);
  context.lineWidth = 2 * unit;
  context.fill();
  context.stroke();
}

function stroke(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {number} */ x0,
  /** @type {number} */ y0,
  /** @type {number} */ x1,
  /** @type {number} */ y1,
) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

const written = (/** @type {number} */ value) => tickLabel(value).replace("-", "−");
