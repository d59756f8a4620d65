// @ts-check
/** Where the restarts end, as a strip of dots; and what they give together along one input. */
import { svg } from "lit";
import { formatLoss } from "../../base/format.js";
import { pathOf } from "../../ui/charts/axes.js";
import { tickLabel } from "../../ui/charts/lossData.js";
import { linear, rangeOf } from "../../ui/charts/scale.js";
import { ticks } from "../../ui/charts/ticks.js";
import { t } from "../../base/text.js";

/** @typedef {import("./model.js").Restart} Restart */
/** @typedef {{width: number, height: number, unit: number}} Size */

/** Losses below this share of the largest are drawn at the strip's end. */
const LEAST = 1e-8;

/** Whole powers of ten inside a range of logarithms; where there is none, its ends. */
function powers(/** @type {[number, number]} */ [low, high]) {
  const marks = [];
  const step = Math.max(1, Math.ceil((high - low) / 6));
  for (let power = Math.ceil(low); power <= high; power += step) marks.push(power);
  return marks.length >= 2 ? marks : [low, high];
}

/**
 * End losses on a logarithmic axis; dots that would cover each other are stacked.
 *
 * @param {Size} size
 * @param {(Restart | null)[]} runs
 * @param {{chosen: number | null, isGood: (run: Restart | null) => boolean, choose: (index: number) => void}} how
 */
export function lossStrip({ width, height, unit }, runs, { chosen, isGood, choose }) {
  const losses = runs.map((run) => run?.training?.loss ?? NaN);
  const known = losses.filter((loss) => Number.isFinite(loss));
  if (!known.length) return svg``;
  const top = Math.max(...known, 1e-12);
  const log = (/** @type {number} */ loss) => Math.log10(Math.max(loss, LEAST * top));
  const [least, most] = rangeOf(known.map(log), 0.04);
  // Losses that differ by next to nothing are drawn as what they are: alike.
  const middle = (least + most) / 2;
  const reach = Math.max((most - least) / 2, 0.08);
  const range = /** @type {[number, number]} */ ([middle - reach, middle + reach]);
  const x = linear(range, [16 * unit, width - 16 * unit]);
  const floor = height - 42 * unit;
  const radius = 6 * unit;
  /** @type {number[]} */
  const placed = [];
  const dots = losses.map((loss, i) => {
    if (!Number.isFinite(loss)) return "";
    const at = x(log(loss));
    const stack = placed.filter((other) => Math.abs(other - at) < 2 * radius).length;
    placed.push(at);
    const y = floor - radius - 2 * unit - Math.min(stack * 2.1 * radius, floor - 3 * radius);
    return svg`<circle class="restart-dot" data-good=${isGood(runs[i])} data-chosen=${i === chosen} cx=${at} cy=${y} r=${radius} @click=${() => choose(i)}><title>${t("restarts.seedLoss", { seed: runs[i]?.seed, loss: formatLoss(loss) })}</title></circle>`;
  });
  return svg`
    <line class="grid" x1=${8 * unit} x2=${width - 8 * unit} y1=${floor} y2=${floor} />
    ${powers(range).map(
      (power) => svg`
      <line class="grid" x1=${x(power)} x2=${x(power)} y1=${floor} y2=${floor + 5 * unit} />
      <text class="tick" x=${x(power)} y=${floor + 18 * unit} text-anchor=${x(power) < 40 * unit ? "start" : x(power) > width - 40 * unit ? "end" : "middle"}>${tickLabel(Number((10 ** power).toPrecision(2)))}</text>`,
    )}
    <text class="tick" x=${width - 8 * unit} y=${height - 6 * unit} text-anchor="end">${t("restarts.trainingLossLog")}</text>
    ${dots}
  `;
}

const written = (/** @type {number} */ tick) => tickLabel(tick).replace("-", "−");

/** A path through values at even places. */
const through = (
  /** @type {ArrayLike<number>} */ values,
  /** @type {(i: number) => number} */ x,
  /** @type {(value: number) => number} */ y,
) => pathOf(Array.from(values, (value, i) => [x(i), y(value)]));

/** One of them along the input, as a thumbnail of 60 × 60. */
export function curveThumb(/** @type {Float64Array} */ outputs, /** @type {[number, number]} */ range) {
  const [x, y] = [linear([0, outputs.length - 1], [2, 58]), linear(range, [56, 4])];
  return svg`<path class="restart-curve" d=${through(outputs, x, y)} />`;
}

/**
 * All of them along one input, their mean, and one standard deviation to both sides.
 *
 * @param {Size} size
 * @param {object} drawn
 * @param {Float64Array[]} drawn.curves
 * @param {Float64Array} drawn.mean
 * @param {Float64Array} drawn.spread
 * @param {[number, number]} drawn.view
 * @param {[number, number]} drawn.range
 * @param {{inputs: ArrayLike<number>, targets: ArrayLike<number>}} drawn.points
 * @param {number} drawn.ask
 */
export function ensembleChart({ width, height, unit }, { curves, mean, spread, view, range, points, ask }) {
  const box = { left: 46 * unit, right: width - 10 * unit, top: 8 * unit, bottom: height - 24 * unit };
  const place = linear(view, [box.left, box.right]);
  const y = linear(range, [box.bottom, box.top]);
  const x = (/** @type {number} */ i) => place(view[0] + (i / (mean.length - 1)) * (view[1] - view[0]));
  const inside = (/** @type {number} */ value) => Math.min(Math.max(value, range[0]), range[1]);
  const side = (/** @type {1 | -1} */ sign) => Array.from(mean, (value, i) => inside(value + sign * spread[i]));
  const back = side(-1)
    .map((value, i) => `L${x(i).toFixed(1)} ${y(value).toFixed(1)}`)
    .toReversed();
  return svg`
    ${ticks(range, (box.bottom - box.top) / (40 * unit)).map((tick) => svg`<line class="grid" x1=${box.left} x2=${box.right} y1=${y(tick)} y2=${y(tick)} /><text class="tick" x=${box.left - 6 * unit} y=${y(tick)} text-anchor="end" dominant-baseline="central">${written(tick)}</text>`)}
    ${ticks(view, (box.right - box.left) / (70 * unit)).map((tick) => svg`<text class="tick" x=${place(tick)} y=${box.bottom + 17 * unit} text-anchor="middle">${written(tick)}</text>`)}
    <path class="ensemble-band" d="${through(side(1), x, y)}${back.join("")}Z" />
    ${curves.map((curve) => svg`<path class="ensemble-one" d=${through(Array.from(curve, inside), x, y)} />`)}
    <path class="ensemble-mean" d=${through(Array.from(mean, inside), x, y)} />
    ${Array.from(points.targets, (target, i) => svg`<circle class="ensemble-point" cx=${place(points.inputs[i])} cy=${y(target)} r=${3 * unit} />`)}
    ${ask >= view[0] && ask <= view[1] ? svg`<line class="ensemble-ask" x1=${place(ask)} x2=${place(ask)} y1=${box.top} y2=${box.bottom} />` : ""}
  `;
}
