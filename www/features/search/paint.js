// @ts-check
/**
 * What parallel coordinates are painted with: lines of trials, axes with their marks, and brushes.
 *
 * @typedef {object} Place   where the axes are, in pixels
 * @property {CanvasRenderingContext2D} context
 * @property {ReturnType<typeof import("./lanes.js").lanesOf>} lanes
 * @property {number[]} xs   of each axis
 * @property {number} top
 * @property {number} high   from its top to its end
 *
 * @typedef {import("../../ui/charts/color.js").Theme} Theme
 */
import { shortenedName } from "../../base/format.js";
import { labelFont } from "../../ui/charts/canvas.js";
import { css } from "../../ui/charts/color.js";
import { LANE } from "./lanes.js";
import { t } from "../../base/text.js";

/** A letter is about so wide, in pixels of the design. */
const LETTER = 7.5;

/** To both sides of an axis, in pixels of the design. */
const BRUSH = 8;

/** @param {Place} place @param {number[]} trials @param {{color: string, thick: number, dash?: number}} look */
export function strokeLines({ context, lanes, xs, top, high }, trials, { color, thick, dash = 0 }) {
  if (!trials.length) return;
  context.beginPath();
  for (const trial of trials) {
    const first = trial * xs.length;
    context.moveTo(xs[0], top + lanes.crossings[first] * high);
    for (let axis = 1; axis < xs.length; axis++) {
      const at = lanes.crossings[first + axis];
      if (Number.isFinite(at)) context.lineTo(xs[axis], top + at * high);
    }
  }
  context.lineJoin = "bevel";
  context.strokeStyle = color;
  context.lineWidth = thick;
  context.setLineDash(dash ? [dash, dash] : []);
  context.stroke();
  context.setLineDash([]);
}

/** @param {Place} place @param {Theme} theme @param {number} axis @param {import("./lanes.js").Brush} brush */
export function paintBrush({ context, xs, top, high }, { accent, unit }, axis, [from, to]) {
  const box = /** @type {const} */ ([xs[axis] - BRUSH * unit, top + from * high, 2 * BRUSH * unit, (to - from) * high]);
  context.fillStyle = css(accent, 0.28);
  context.fillRect(...box);
  context.strokeStyle = css(accent);
  context.lineWidth = unit;
  context.strokeRect(...box);
}

/** @param {Place} place @param {Theme} theme @param {number} width   of the picture */
export function paintAxes({ context, lanes, xs, top, high }, theme, width) {
  const { unit } = theme;
  const { axes, hasLane } = lanes;
  const letters = Math.max(4, Math.floor((xs[1] - xs[0]) / (LETTER * unit)) - 1);
  const last = axes.length - 1;
  const text = (/** @type {string} */ words, /** @type {number} */ x, /** @type {number} */ y) => {
    context.lineWidth = 3 * unit;
    context.strokeStyle = css(theme.surface, 0.85);
    context.strokeText(words, x, y);
    context.fillText(words, x, y);
  };
  context.textBaseline = "middle";
  axes.forEach(({ name, marks }, axis) => {
    const x = xs[axis];
    context.strokeStyle = css(theme.muted);
    context.lineWidth = 1.25 * unit;
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, top + high);
    context.stroke();
    context.lineJoin = "round";
    context.font = labelFont(unit);
    context.fillStyle = css(theme.muted);
    context.textAlign = "left";
    for (const { at, words } of marks) text(shortenedName(words, letters), x + 5 * unit, top + at * high);
    const lane = t("search.lane");
    if (hasLane && axis === last)
      text(lane, Math.min(x + 5 * unit, width - context.measureText(lane).width - 1), top + LANE * high);
    context.font = labelFont(unit, "600");
    context.fillStyle = css(theme.ink);
    context.textAlign = axis ? (axis === last ? "right" : "center") : "left";
    text(shortenedName(name, letters), axis ? (axis === last ? width - 2 * unit : x) : 2 * unit, 12 * unit);
  });
}
