// @ts-check
/** What the net says of each row against what is true: on the diagonal it is right, above it says too much. */
import { css } from "../../ui/charts/color.js";
import { labelFont, prepare } from "../../ui/charts/canvas.js";
import { linear, rangeOf } from "../../ui/charts/scale.js";
import { ticks } from "../../ui/charts/ticks.js";
import { t } from "../../base/text.js";

/**
 * @param {HTMLCanvasElement} canvas
 * @param {object} rows
 * @param {ArrayLike<number>} rows.truth
 * @param {ArrayLike<number>} rows.said
 * @param {ArrayLike<number>} rows.part    0 train, 1 validation, 2 test
 * @param {boolean} rows.showTest
 * @param {(value: number) => string} rows.write
 * @param {import("../../ui/charts/color.js").Theme} theme
 */
export function drawTruth(canvas, { truth, said, part, showTest, write }, theme) {
  const { context, width, height } = prepare(canvas);
  const { unit } = theme;
  const margin = { left: 52 * unit, right: 12 * unit, top: 12 * unit, bottom: 40 * unit };
  // From what is true alone, so that the picture stands still while the net learns.
  const range = rangeOf(truth, 0.08);
  const x = linear(range, [margin.left, width - margin.right]);
  const y = linear(range, [height - margin.bottom, margin.top]);
  context.font = labelFont(unit);
  context.fillStyle = css(theme.muted);
  context.lineWidth = 1;
  for (const tick of ticks(range, width / (80 * unit))) {
    context.strokeStyle = css(theme.line);
    stroke(context, x(tick), margin.top, x(tick), height - margin.bottom);
    stroke(context, margin.left, y(tick), width - margin.right, y(tick));
    context.textAlign = "center";
    context.textBaseline = "top";
    context.fillText(write(tick), x(tick), height - margin.bottom + 5 * unit);
    context.textAlign = "right";
    context.textBaseline = "middle";
    context.fillText(write(tick), margin.left - 5 * unit, y(tick));
  }
  context.textAlign = "right";
  context.textBaseline = "bottom";
  context.fillText(t("evaluation.true"), width - margin.right, height - 4 * unit);
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillText(t("evaluation.predicted"), margin.left + 6 * unit, margin.top);

  context.strokeStyle = css(theme.accent);
  context.lineWidth = 2 * unit;
  stroke(context, x(range[0]), y(range[0]), x(range[1]), y(range[1]));
  dots(context, { truth, said, part, showTest }, { x, y, top: margin.top, bottom: height - margin.bottom }, theme);
}

function dots(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {{truth: ArrayLike<number>, said: ArrayLike<number>, part: ArrayLike<number>, showTest: boolean}} */ {
    truth,
    said,
    part,
    showTest,
  },
  /** @type {{x: (value: number) => number, y: (value: number) => number, top: number, bottom: number}} */ {
    x,
    y,
    top,
    bottom,
  },
  /** @type {import("../../ui/charts/color.js").Theme} */ theme,
) {
  const radius = (truth.length > 400 ? 2.2 : 3.2) * theme.unit;
  for (let i = 0; i < Math.min(said.length, truth.length); i++) {
    const isHeldOut = part[i] !== 0;
    if ((isHeldOut && !showTest) || !Number.isFinite(said[i])) continue;
    // What is told far too high or low lies at the edge rather than nowhere.
    const place = Math.min(Math.max(y(said[i]), top), bottom);
    context.beginPath();
    context.arc(x(truth[i]), place, radius, 0, 2 * Math.PI);
    context.fillStyle = isHeldOut ? css(theme.surface, 0.9) : css(theme.plus, 0.7);
    context.strokeStyle = isHeldOut ? css(theme.minus) : css(theme.surface, 0.85);
    context.lineWidth = isHeldOut ? 1.6 : 1;
    context.fill();
    context.stroke();
  }
}

function stroke(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {number} */ x1,
  /** @type {number} */ y1,
  /** @type {number} */ x2,
  /** @type {number} */ y2,
) {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}
