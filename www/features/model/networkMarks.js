// @ts-check
/** What lies over the drawn network: what is pointed at, what is locked, which neurons don't learn. */
import { prepare } from "../../ui/charts/canvas.js";
import { css } from "../../ui/charts/color.js";
import { biasMark } from "./networkChart.js";
import { curveOf, pointOf, spotOf } from "./networkHits.js";

/** @typedef {import("../../session/places.js").Place} Place */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("./networkChart.js").Column[]} columns
 * @param {object} what
 * @param {Place | null} what.shown
 * @param {((place: Place) => boolean) | null} what.isLocked   null where nothing is
 * @param {(layer: number, unit: number) => "dead" | "saturated" | "well" | undefined} what.healthAt
 * @param {import("../../ui/charts/color.js").Theme} theme
 */
export function drawMarks(canvas, columns, { shown, isLocked, healthAt }, theme) {
  const { context } = prepare(canvas);
  const { unit: px } = theme;
  columns.forEach(({ nodes, shown: units }, layer) => {
    if (!layer) return;
    nodes.forEach((node, i) => {
      const unit = units[i];
      const health = healthAt(layer, unit);
      if (health === "dead" || health === "saturated") drawIll(context, node, health, theme);
      if (!isLocked) return;
      const from = columns[layer - 1];
      for (const input of from.nodes.length ? from.shown : []) {
        const curve = isLocked({ kind: "weight", layer, unit, input })
          ? curveOf(columns, { layer, unit, input })
          : null;
        if (curve) drawLockedLink(context, curve, theme);
      }
      const { x, y, size } = biasMark(node);
      if (isLocked({ kind: "bias", layer, unit }))
        drawLock(context, size ? x : node.x, size ? y + size + 3 * px : node.y, theme);
    });
  });
  if (shown) drawShown(context, columns, shown, theme);
}

/** Dashes in the ground's color, and a lock in the middle. */
function drawLockedLink(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {[number, number][]} */ curve,
  /** @type {import("../../ui/charts/color.js").Theme} */ theme,
) {
  const [start, one, two, end] = curve;
  context.beginPath();
  context.moveTo(...start);
  context.bezierCurveTo(...one, ...two, ...end);
  context.setLineDash([3 * theme.unit, 5 * theme.unit]);
  context.lineWidth = 8 * theme.unit;
  context.strokeStyle = css(theme.surface);
  context.stroke();
  context.setLineDash([]);
  const { x, y } = pointOf(curve, 0.62);
  drawLock(context, x, y, theme);
}

function drawLock(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {import("../../ui/charts/color.js").Theme} */ theme,
) {
  const px = theme.unit;
  context.beginPath();
  context.arc(x, y, 7 * px, 0, 2 * Math.PI);
  context.fillStyle = css(theme.surface);
  context.fill();
  context.beginPath();
  context.arc(x, y - 1 * px, 2.4 * px, Math.PI, 0);
  context.strokeStyle = css(theme.ink);
  context.lineWidth = 1.4 * px;
  context.stroke();
  context.beginPath();
  context.roundRect(x - 3.6 * px, y - 1 * px, 7.2 * px, 5 * px, 1 * px);
  context.fillStyle = css(theme.ink);
  context.fill();
}

/** A badge at the corner: a cross for the dead, a flat line between two stops for the saturated. */
function drawIll(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {import("./networkChart.js").Node} */ { x, y, radius },
  /** @type {"dead" | "saturated"} */ health,
  /** @type {import("../../ui/charts/color.js").Theme} */ theme,
) {
  const px = theme.unit;
  const size = (radius < 9 ? 4 : 6) * px;
  const [cx, cy] = [x + radius, y - radius];
  if (health === "dead") {
    context.fillStyle = css(theme.surface, 0.45);
    context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
  }
  context.beginPath();
  context.arc(cx, cy, size, 0, 2 * Math.PI);
  context.fillStyle = css(theme.ink);
  context.fill();
  context.strokeStyle = css(theme.surface);
  context.lineWidth = 1.6 * px;
  context.stroke();
  const arm = size * 0.42;
  context.beginPath();
  for (const [from, to] of health === "dead"
    ? [
        [-arm, -arm, arm, arm],
        [-arm, arm, arm, -arm],
      ].map(([a, b, c, d]) => [
        [a, b],
        [c, d],
      ])
    : [
        [
          [-arm, arm * 0.7],
          [arm, arm * 0.7],
        ],
        [
          [-arm, -arm * 0.7],
          [arm, -arm * 0.7],
        ],
      ]) {
    context.moveTo(cx + from[0], cy + from[1]);
    context.lineTo(cx + to[0], cy + to[1]);
  }
  context.stroke();
}

function drawShown(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {import("./networkChart.js").Column[]} */ columns,
  /** @type {Place} */ place,
  /** @type {import("../../ui/charts/color.js").Theme} */ theme,
) {
  const px = theme.unit;
  context.strokeStyle = css(theme.accent);
  context.lineWidth = 2.5 * px;
  if (place.kind === "weight") {
    const curve = curveOf(columns, place);
    if (!curve) return;
    const [start, one, two, end] = curve;
    context.beginPath();
    context.moveTo(...start);
    context.bezierCurveTo(...one, ...two, ...end);
    context.stroke();
    for (const [x, y] of [start, end]) {
      context.beginPath();
      context.arc(x, y, 4 * px, 0, 2 * Math.PI);
      context.fillStyle = css(theme.accent);
      context.fill();
    }
    return;
  }
  const spot = spotOf(columns, place);
  if (!spot) return;
  const box = columns[place.layer].box;
  const gap = 3 * px;
  context.beginPath();
  if (place.kind === "layer" && box)
    context.roundRect(box.x - gap, box.y - gap, box.width + 2 * gap, box.height + 2 * gap, 7 * px);
  else
    context.roundRect(
      spot.x - spot.radius - gap,
      spot.y - spot.radius - gap,
      2 * (spot.radius + gap),
      2 * (spot.radius + gap),
      7 * px,
    );
  context.stroke();
}
