// @ts-check
/**
 * Curves over a common axis of whole epochs: axes, straight or logarithmic heights, a cross-hair that snaps to points.
 * One canvas; what it shows is drawn anew each time, which takes less than a millisecond.
 *
 * @typedef {object} Series
 * @property {string} label
 * @property {ArrayLike<number>} x       ascending
 * @property {ArrayLike<number>} y       what is not finite is a gap
 * @property {string} stroke
 * @property {number} [width]
 * @property {number[]} [dash]
 * @property {boolean} [isFaint]         behind the others: it doesn't stretch the axes
 *
 * @typedef {object} Picture
 * @property {Series[]} series
 * @property {boolean} [log]
 * @property {number} [at]               where the run stands: an upright line
 * @property {number} [mark]             where the cross-hair is held from outside
 * @property {[number, number]} [range]  of heights, where that is fixed
 * @property {boolean} [isBare]          without axes: a small picture of it
 */
import { labelFont, prepare } from "./canvas.js";
import { css } from "./color.js";
import { epochRange, lossRange, tickLabel } from "./lossData.js";
import { linear } from "./scale.js";
import { ticks } from "./ticks.js";

/**
 * @param {HTMLElement} root
 * @param {(x: number | null) => void} onHover   told the epoch under the pointer
 */
export function createPlot(root, onHover) {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  root.replaceChildren(canvas);
  /** @type {import("./color.js").Theme | null} */
  let theme = null;
  /** @type {Picture | null} */
  let picture = null;
  /** @type {number | null} */
  let hovered = null;
  let box = { left: 0, right: 0, top: 0, bottom: 0, last: 10 };

  const draw = () => {
    if (!theme || !picture || !root.clientWidth) return;
    box = drawPlot(canvas, picture, picture.mark ?? hovered, theme);
  };
  const xAt = (/** @type {number} */ pixel) => linear([0, box.last], [box.left, box.right]).invert(pixel);
  canvas.addEventListener("pointermove", ({ offsetX }) => {
    const isBeside = offsetX < box.left - 4 || offsetX > box.right + 4;
    hovered = isBeside || !picture ? null : nearestX(picture.series, xAt(offsetX));
    onHover(hovered);
    draw();
  });
  canvas.addEventListener("pointerleave", () => {
    hovered = null;
    onHover(null);
    draw();
  });

  return {
    canvas,
    get box() {
      return box;
    },
    xAt,
    setTheme(/** @type {import("./color.js").Theme} */ next) {
      theme = next;
      draw();
    },
    draw(/** @type {Picture} */ next) {
      picture = next;
      draw();
    },
    resize: draw,
    dispose: () => canvas.remove(),
  };
}

/** The point's place that is nearest to x, in the series with most points. @param {Pick<Series, "x" | "y">[]} series @param {number} x */
export function nearestX(series, x) {
  const { x: all } = series.reduce((most, one) => (one.x.length > most.x.length ? one : most), {
    x: /** @type {ArrayLike<number>} */ ([]),
  });
  const i = nearest(all, x);
  return i < 0 ? null : all[i];
}

/** The index of the nearest, −1 of none. */
export function nearest(/** @type {ArrayLike<number>} */ all, /** @type {number} */ x) {
  let [low, high] = [0, all.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle] < x) low = middle + 1;
    else high = middle;
  }
  return low > 0 && x - all[low - 1] < all[low] - x ? low - 1 : low < all.length ? low : -1;
}

/** A series' value at the point nearest to x; undefined where it doesn't reach so far. @param {Pick<Series, "x" | "y">} series @param {number} x */
export function valueAt({ x: all, y }, x) {
  const i = nearest(all, x);
  const gap = all.length > 1 ? (all[all.length - 1] - all[0]) / (all.length - 1) : 1;
  return i >= 0 && Math.abs(all[i] - x) <= Math.max(gap, 1) ? y[i] : undefined;
}

/** The powers of ten around all heights that a logarithm can show. @param {Series[]} series @returns {[number, number]} */
export function logRange(series) {
  let [low, high] = [Infinity, 0];
  for (const { y } of series) {
    for (let i = 0; i < y.length; i++) {
      if (!(y[i] > 0) || y[i] > 1e30) continue;
      low = Math.min(low, y[i]);
      high = Math.max(high, y[i]);
    }
  }
  if (!(high > 0)) return [0.1, 1];
  // Ten decades at most: a loss that reached 0 would else be all there is to see.
  const top = 10 ** Math.ceil(Math.log10(high * 1.0001) - 1e-9);
  return [Math.max(10 ** Math.floor(Math.log10(low) + 1e-9), top / 1e10), top];
}

/** The most that is seen of all; what is beyond a thousand millions has diverged. */
function highest(/** @type {Pick<Series, "y">[]} */ series) {
  let most = 0;
  for (const { y } of series) for (let i = 0; i < y.length; i++) if (y[i] > most && y[i] <= 1e9) most = y[i];
  return most;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Picture} picture
 * @param {number | null} cross
 * @param {import("./color.js").Theme} theme
 */
export function drawPlot(canvas, { series, log = false, at, range, isBare = false }, cross, theme) {
  const { context, width, height } = prepare(canvas);
  const { unit } = theme;
  const [left, right, top, bottom] = isBare
    ? [2 * unit, width - 2 * unit, 4 * unit, height - 2 * unit]
    : [50 * unit, width - 12 * unit, 8 * unit, height - 24 * unit];
  const last = epochRange(series.reduce((most, { x }) => Math.max(most, x[x.length - 1] ?? 0), 0))[1];
  const clear = series.filter(({ isFaint }) => !isFaint);
  const heights = log ? logRange(clear) : (range ?? lossRange(highest(clear)));
  const x = linear([0, last], [left, right]);
  const straight = linear(log ? [Math.log10(heights[0]), Math.log10(heights[1])] : heights, [bottom, top]);
  const y = (/** @type {number} */ value) => (log ? (value > 0 ? straight(Math.log10(value)) : NaN) : straight(value));

  context.font = labelFont(unit);
  context.lineWidth = 1;
  context.strokeStyle = css(theme.line);
  context.fillStyle = css(theme.muted);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const tick of isBare
    ? []
    : log
      ? logTicks(heights, (bottom - top) / (26 * unit))
      : ticks(heights, Math.max(2, (bottom - top) / (34 * unit)))) {
    line(context, left, y(tick), right, y(tick));
    context.fillText(tickLabel(tick), left - 6 * unit, y(tick));
  }
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const tick of isBare ? [] : ticks([0, last], (right - left) / (70 * unit)).filter(Number.isInteger)) {
    line(context, x(tick), top, x(tick), bottom);
    writeTick(context, tickLabel(tick), x(tick), bottom + 7 * unit, width);
  }

  context.save();
  context.beginPath();
  context.rect(left - 2, top - 2, right - left + 4, bottom - top + 4);
  context.clip();
  context.lineJoin = "round";
  for (const { x: all, y: values, stroke, width: thick = 1.75, dash = [] } of series) {
    context.strokeStyle = stroke;
    context.lineWidth = thick * unit;
    context.setLineDash(dash.map((size) => size * unit));
    context.beginPath();
    let isDown = false;
    for (let i = 0; i < all.length; i++) {
      const place = Math.abs(values[i]) <= 1e30 ? y(values[i]) : NaN;
      if (Number.isFinite(place)) context[isDown ? "lineTo" : "moveTo"](x(all[i]), Math.max(place, top - 20 * unit));
      isDown = Number.isFinite(place);
    }
    context.stroke();
  }
  context.restore();
  context.setLineDash([]);
  if (at !== undefined) {
    context.strokeStyle = css(theme.ink);
    context.lineWidth = 1.5 * unit;
    line(context, x(at), top, x(at), bottom);
  }
  if (cross !== null) {
    context.strokeStyle = css(theme.muted);
    context.lineWidth = 1;
    line(context, x(cross), top, x(cross), bottom);
    for (const one of series) {
      const place = y(valueAt(one, cross) ?? NaN);
      if (!(place >= top - 1 && place <= bottom + 1)) continue;
      context.beginPath();
      context.arc(x(cross), place, 3.5 * unit, 0, 2 * Math.PI);
      context.fillStyle = one.stroke;
      context.fill();
    }
  }
  return { left, right, top, bottom, last };
}

/** A tick's words in the middle under it, or as far to the left of that as they have to be to end on the picture. */
export function writeTick(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {string} */ words,
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ width,
) {
  context.fillText(words, Math.min(x, width - context.measureText(words).width / 2), y);
}

/** Whether heights differ so much that only a logarithm shows them all. @param {Pick<Series, "y">[]} series */
export function isWide(series) {
  const ends = series.flatMap(({ y }) => [y[0], y[y.length - 1]]).filter((value) => value > 0);
  const top = highest(series);
  return ends.length > 0 && top > 1000 * ends.toSorted((a, b) => a - b)[Math.floor(ends.length / 2)];
}

/** Powers of ten; with room, 2 and 5 between them. */
export function logTicks(/** @type {[number, number]} */ [from, to], /** @type {number} */ about) {
  const decades = Math.round(Math.log10(to / from));
  const every = Math.max(1, Math.ceil(decades / about));
  const between = decades * 3 <= about ? [1, 2, 5] : [1];
  const marks = [];
  for (let power = Math.round(Math.log10(from)); power <= Math.round(Math.log10(to)); power += every) {
    for (const factor of between) marks.push(Number(`${factor}e${power}`));
  }
  return marks.filter((mark) => mark >= from * 0.999 && mark <= to * 1.001);
}

function line(
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
