// @ts-check
/** Errors against a size on a logarithmic axis: means over the seeds, with a band of one standard deviation about the network's. */
import { svg } from "lit";
import { formatCount } from "../../base/format.js";
import { meanOf } from "../../session/rounds.js";
import { pathOf } from "../../ui/charts/axes.js";
import { linear, rangeOf } from "../../ui/charts/scale.js";
import { ticks } from "../../ui/charts/ticks.js";

/** @typedef {import("./result.js").Spot} Spot */
/** @typedef {{width: number, height: number, unit: number}} Size */

/** Two ticks on the axis are at least so far apart. */
const APART = 44;

/**
 * @param {Size} size
 * @param {object} drawn
 * @param {{which: string, spots: Spot[]}[]} drawn.curves   the network's on validation rows first
 * @param {string} drawn.across   what the axes are called
 * @param {string} drawn.up
 * @param {(error: number) => string} drawn.write
 */
export function learningChart({ width, height, unit }, { curves, across, up, write }) {
  const means = curves.map(({ spots }) => spots.map(({ x, values }) => ({ x, ...meanOf(values) })));
  const all = means.flat();
  if (!all.length) return svg``;
  const box = { left: 58 * unit, right: width - 16 * unit, top: 24 * unit, bottom: height - 42 * unit };
  const tops = means[0].map(({ mean, deviation }) => mean + (Number.isFinite(deviation) ? deviation : 0));
  const [, high] = rangeOf([...all.map(({ mean }) => mean), ...tops]);
  const sizes = [...new Set(all.map(({ x }) => x))].sort((a, b) => a - b);
  const x = (/** @type {number} */ value) =>
    linear(rangeOf(sizes.map(Math.log), 0.02), [box.left, box.right])(Math.log(value));
  const y = linear([0, high * 1.05], [box.bottom, box.top]);
  const place = (/** @type {{x: number, mean: number}} */ { x: at, mean }) =>
    /** @type {[number, number]} */ ([x(at), y(mean)]);
  // From the right: the largest size has its tick in any case.
  let next = Infinity;
  const marks = sizes.toReversed().filter((value) => {
    const isFar = next - x(value) >= APART * unit;
    if (isFar) next = x(value);
    return isFar;
  });
  return svg`
    ${ticks([0, high * 1.05], (box.bottom - box.top) / (42 * unit)).map(
      (tick) => svg`
      <line class="grid" x1=${box.left} x2=${box.right} y1=${y(tick)} y2=${y(tick)} />
      <text class="tick" x=${box.left - 6 * unit} y=${y(tick)} text-anchor="end" dominant-baseline="central">${write(tick)}</text>`,
    )}
    ${marks.map(
      (value) => svg`
      <line class="grid" x1=${x(value)} x2=${x(value)} y1=${box.bottom} y2=${box.bottom + 4 * unit} />
      <text class="tick" x=${x(value)} y=${box.bottom + 16 * unit} text-anchor="middle">${formatCount(value)}</text>`,
    )}
    <text class="tick" x=${box.right} y=${height - 6 * unit} text-anchor="end">${across} →</text>
    <text class="tick" x=${2 * unit} y=${12 * unit}>↑ ${up}</text>
    <path class="curve-spread" d=${band(means[0], x, y)} />
    ${means.map((spots, i) => svg`<path class="learning-curve" data-of=${curves[i].which} d=${pathOf(spots.map(place))} />`)}
    ${means[0].map((spot) => svg`<circle class="learning-spot" cx=${x(spot.x)} cy=${y(spot.mean)} r=${3.5 * unit} />`)}
  `;
}

/** One standard deviation to both sides, where there is one. */
function band(
  /** @type {{x: number, mean: number, deviation: number}[]} */ spots,
  /** @type {(value: number) => number} */ x,
  /** @type {(value: number) => number} */ y,
) {
  const known = spots.filter(({ deviation }) => Number.isFinite(deviation));
  if (known.length < 2) return "";
  const side = (/** @type {1 | -1} */ sign) =>
    known.map(
      ({ x: at, mean, deviation }) =>
        /** @type {[number, number]} */ ([x(at), y(Math.max(mean + sign * deviation, 0))]),
    );
  return `${pathOf([...side(1), ...side(-1).reverse()])}Z`;
}
