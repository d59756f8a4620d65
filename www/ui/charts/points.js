// @ts-check
/**
 * Data points on the plane. Class 0 and negative values are orange triangles, class 1 and positive
 * ones blue dots, further classes have their own: the shape says what the color says. Test points
 * are drawn as outlines.
 */
import { css, diverging, mix } from "./color.js";
import { prepare } from "./canvas.js";
import { linear } from "./scale.js";

/**
 * @typedef {object} Cloud
 * @property {ArrayLike<number>} inputs   two numbers a row
 * @property {ArrayLike<number>} values   from −1 to 1, or class indices
 * @property {boolean} [isClasses]
 * @property {ArrayLike<number>} [part]   0 train, 1 validation, 2 test; without it all are train
 */

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Cloud} cloud
 * @param {[number, number][]} view
 * @param {import("./color.js").Theme} theme
 * @param {{showTest?: boolean, radius?: number, outline?: boolean, mark?: number[] | null, size?: import("./canvas.js").Size}} [options]
 */
export function drawPoints(
  canvas,
  { inputs, values, isClasses = false, part },
  view,
  theme,
  { showTest = false, radius: dot = 3.2, outline = true, mark = null, size } = {},
) {
  const radius = dot * theme.unit;
  const { context, width, height } = prepare(canvas, size);
  const x = linear(view[0], [0, width]);
  const y = linear(view[1], [height, 0]);
  const inside = (/** @type {number} */ place, /** @type {number} */ size) =>
    Math.min(Math.max(place, radius), size - radius);
  const faint = mix(theme.zero, theme.muted, 0.45); // a value near zero, but not lost on the field
  let outside = 0;

  for (let i = 0; i < values.length; i++) {
    const isHeldOut = part ? part[i] !== 0 : false;
    if (isHeldOut && !showTest) continue;
    const [left, top] = [x(inputs[2 * i]), y(inputs[2 * i + 1])];
    // What lies beyond the picture is drawn at its edge rather than lost.
    const [px, py] = [inside(left, width), inside(top, height)];
    if (left < 0 || left > width || top < 0 || top > height) outside += 1;
    const value = values[i];
    const color = css(
      isClasses ? theme.classes[value % theme.classes.length] : diverging({ ...theme, zero: faint }, value),
    );
    shape(context, isClasses ? value : value < 0 ? 0 : 1, px, py, radius);
    context.lineWidth = isHeldOut ? 1.6 : 1;
    context.fillStyle = isHeldOut ? css(theme.surface, 0.9) : color;
    context.strokeStyle = isHeldOut ? color : css(theme.surface, 0.85);
    context.fill();
    if (outline) context.stroke();
  }
  if (mark) crosshair(context, x(mark[0]), y(mark[1]), theme);
  return { outside };
}

/** Corners of the shapes by class, in radii; the one without is round. They repeat as words.js has it. */
const SHAPES = [
  [
    [0, -1.25],
    [1.25, 1],
    [-1.25, 1],
  ],
  [],
  [
    [-0.95, -0.95],
    [0.95, -0.95],
    [0.95, 0.95],
    [-0.95, 0.95],
  ],
  [
    [0, -1.35],
    [1.35, 0],
    [0, 1.35],
    [-1.35, 0],
  ],
  [
    [0, 1.25],
    [1.25, -1],
    [-1.25, -1],
  ],
];

function shape(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {number} */ index,
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ radius,
) {
  const corners = SHAPES[index % SHAPES.length];
  context.beginPath();
  for (const [dx, dy] of corners) context.lineTo(x + dx * radius, y + dy * radius);
  if (corners.length) context.closePath();
  else context.arc(x, y, radius, 0, 2 * Math.PI);
}

/** Where the Prediction box asks. */
function crosshair(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {import("./color.js").Theme} */ theme,
) {
  const { unit } = theme;
  context.lineCap = "round";
  context.beginPath();
  for (const [dx, dy] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]) {
    context.moveTo(x + dx * 4 * unit, y + dy * 4 * unit);
    context.lineTo(x + dx * 11 * unit, y + dy * 11 * unit);
  }
  // Twice, so that it stands out from points and field alike.
  for (const [color, width] of /** @type {const} */ ([
    [theme.surface, 5],
    [theme.ink, 2],
  ])) {
    context.strokeStyle = css(color);
    context.lineWidth = width * unit;
    context.stroke();
  }
}
