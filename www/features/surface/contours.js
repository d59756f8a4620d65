// @ts-check
/** The surface from above: bands of equal loss with the run's trail, and a cross that reads the loss at one place. */
import { contours } from "d3-contour";
import { svg } from "lit";
import { axes, pathOf } from "../../ui/charts/axes.js";
import { axisNames, indexOf, lowestOf, placeOf } from "./model.js";
import { SHEET, levelsOf } from "./scale.js";

/** @typedef {import("./model.js").Drawn} Drawn */
/** @typedef {import("./scale.js").Scale} Scale */
/** @typedef {{width: number, height: number, unit: number}} Size */

/** A place on an axis, in three digits. */
export const write = (/** @type {number} */ value) => String(Number(value.toPrecision(3))).replace("-", "−");

/** How high a picture is whose plot is as high as wide: the margins of `axes` below and beside it. */
export const heightFor = (/** @type {number} */ width, /** @type {number} */ unit) => width - 6 * unit;

/**
 * What stands as long as losses and size do.
 *
 * @param {Size} size
 * @param {Drawn} drawn
 * @param {Scale | null} scale
 */
export function contourPicture(size, drawn, scale) {
  const { reach, origin, losses, size: cells, path, kind } = drawn;
  const [across, up] = axisNames(kind);
  const range = (/** @type {number} */ i) => /** @type {[number, number]} */ ([origin[i] - reach, origin[i] + reach]);
  const {
    x,
    y,
    box,
    drawn: frame,
  } = axes(size, { range: range(0), name: across, write }, { range: range(1), name: up, write });
  const [wide, high] = [box.right - box.left, box.bottom - box.top];
  // The library's rings are in cells, whose middles are our places: half a cell off, and with the lowest row first.
  const [stepX, stepY] = [wide / (cells - 1), high / (cells - 1)];
  const ring = (/** @type {number[][]} */ points) =>
    `${pathOf(points.map(([column, row]) => [(column - 0.5) * stepX, high - (row - 0.5) * stepY]))}Z`;
  const levels = scale ? levelsOf(scale) : [];
  // What is no number is above all.
  const values = Array.from(losses, (loss) => (Number.isFinite(loss) ? loss : Number.MAX_VALUE));
  const bands = contours().size([cells, cells]).thresholds(levels)(values);
  const place = (/** @type {number} */ a, /** @type {number} */ b) =>
    /** @type {[number, number]} */ ([x(origin[0] + a) - box.left, y(origin[1] + b) - box.top]);
  const along = (/** @type {ArrayLike<number>} */ one) =>
    Array.from({ length: one.length / 2 }, (_, i) => place(one[2 * i], one[2 * i + 1]));
  const trail = along(path);
  const here = place(0, 0);
  const line = pathOf([...trail, here]);
  const [first] = trail;
  const { unit } = size;
  const lowest = lowestOf(drawn);
  const picture = svg`${frame}
    <svg x=${box.left} y=${box.top} width=${wide} height=${high}>
      <rect class="surface-floor" width=${wide} height=${high} />
      ${bands.map(({ coordinates }) => svg`<path class="surface-band" fill-opacity=${SHEET} d=${coordinates.flat().map(ring).join("")} />`)}
      ${trail.length ? svg`<path class="surface-halo" d=${line} /><path class="surface-trail" d=${line} />` : ""}
      ${first && trail.length > 1 ? svg`<rect class="surface-start" x=${first[0] - 5 * unit} y=${first[1] - 5 * unit} width=${10 * unit} height=${10 * unit} />` : ""}
      ${drawn.trails.map((one, i) => racer(along(one.path), i, unit))}
      ${lowest ? lowestMark(place(placeOf(drawn, lowest[0]), placeOf(drawn, lowest[1])), unit) : ""}
      <circle class="surface-here" cx=${here[0]} cy=${here[1]} r=${6 * unit} />
    </svg>`;
  return {
    picture,
    /** The column and row under a pixel. @returns {[number, number]} */
    nodeAt: (/** @type {number} */ left, /** @type {number} */ top) => [
      indexOf(drawn, x.invert(left) - origin[0]),
      indexOf(drawn, y.invert(top) - origin[1]),
    ],
    cross: (/** @type {[number, number]} */ [column, row]) => {
      const [left, top] = [x(origin[0] + placeOf(drawn, column)), y(origin[1] + placeOf(drawn, row))];
      const arm = 9 * unit;
      const d = `M${left - arm} ${top}h${2 * arm}M${left} ${top - arm}v${2 * arm}`;
      return svg`<path class="surface-halo" d=${d} /><path class="surface-cross" d=${d} />`;
    },
  };
}

/** The way of an optimizer, with its number at the end. */
function racer(/** @type {[number, number][]} */ places, /** @type {number} */ index, /** @type {number} */ unit) {
  const end = places.at(-1);
  if (!end) return "";
  const d = pathOf(places);
  return svg`<path class="surface-halo" d=${d} /><path class="surface-racer" data-at=${index} d=${d} />
    <circle class="surface-end" data-at=${index} cx=${end[0]} cy=${end[1]} r=${8 * unit} />
    <text class="surface-number" x=${end[0]} y=${end[1]} text-anchor="middle" dominant-baseline="central">${index + 1}</text>`;
}

/** A small diamond. */
const lowestMark = (/** @type {[number, number]} */ [x, y], /** @type {number} */ unit) =>
  svg`<path class="surface-lowest" d="M${x} ${y - 7 * unit}l${6 * unit} ${7 * unit}l${-6 * unit} ${7 * unit}l${-6 * unit} ${-7 * unit}Z" />`;
