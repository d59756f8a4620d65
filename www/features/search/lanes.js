// @ts-check
/**
 * Trials on upright axes side by side: where each crosses them, and which are chosen. A place on an axis is its share of the
 * height, from 0 at the top; what has no score lies in a lane of its own below the scores.
 *
 * @typedef {import("./model.js").SearchState} SearchState
 * @typedef {[number, number]} Brush   from and to on an axis, as shares of the height
 * @typedef {{name: string, marks: {at: number, words: string}[], told: (at: number) => string}} Upright   `told`: what is at a place
 */
import { formatFigure } from "../../session/rounds.js";
import { ticks } from "../../ui/charts/ticks.js";
import { bestShare, isLost } from "./result.js";
import { FAR_REACH, axisScale, scoreRange } from "./scale.js";
import { t } from "../../base/text.js";

/** Where the lane is, and where the scores above it end. */
export const LANE = 0.98;
const SCORES_END = 0.9;

/** Trials of one name spread over this share of its room, so that single lines can be told apart. */
const SPREAD = 0.5;

/** A step that leaves no two neighbors alike. */
const GOLDEN = 0.618034;

/**
 * The axes of a search, its score last, and where every trial crosses them.
 *
 * @param {SearchState} state
 * @param {string} label   of the score
 * @param {number} about   how many marks an axis has room for
 * @returns {{axes: Upright[], crossings: Float64Array, hasLane: boolean}}   `crossings`: [trial][axis]; NaN where it has none yet
 */
export function lanesOf({ trials, varied, score }, label, about) {
  const width = varied.length + 1;
  const crossings = new Float64Array(trials.length * width).fill(NaN);
  const axes = varied.map((one, i) => {
    const { at, marks, told } = axisScale(one, [1, 0], about);
    const room = one.variable.choices ? SPREAD / one.axis.values.length : 0;
    trials.forEach(({ values }, place) => {
      crossings[place * width + i] = at(values[i]) + room * (((place * GOLDEN) % 1) - 0.5);
    });
    return { name: one.variable.label, marks, told };
  });
  const hasLane = trials.some(isLost);
  const end = hasLane ? SCORES_END : 1;
  const { share, best, low } = scoreRange(trials, score, FAR_REACH);
  const at = (/** @type {number} */ mean) => end * (1 - share(mean));
  trials.forEach((trial, place) => {
    if (trial.tried) crossings[place * width + width - 1] = isLost(trial) ? LANE : at(trial.judged.mean);
  });
  const range = /** @type {[number, number]} */ ([Math.min(low, best), Math.max(low, best)]);
  const marks = ticks(range, about).map((value) => ({ at: at(value), words: formatFigure(score, value) }));
  const told = (/** @type {number} */ place) =>
    hasLane && place > (end + LANE) / 2
      ? t("search.lane")
      : formatFigure(score, low + (1 - Math.min(place / end, 1)) * (best - low));
  return { axes: [...axes, { name: label, marks, told }], crossings, hasLane };
}

/**
 * The trials that are chosen: within all brushes, and among the best share. What has no score is among them where its lane
 * is brushed, or where no share is asked for.
 *
 * @param {SearchState} state
 * @param {Float64Array} crossings   as `lanesOf` has them
 * @param {ReadonlyMap<number, Brush>} brushes   by the axis
 * @param {number} share   0…1
 * @returns {Set<number>}
 */
export function chosenBy({ trials, varied, score }, crossings, brushes, share) {
  const width = varied.length + 1;
  const best = bestShare(trials, score, share);
  const hasLane = brushes.has(width - 1);
  /** @type {Set<number>} */
  const chosen = new Set();
  for (let place = 0; place < trials.length; place++) {
    if (!trials[place].tried) continue;
    if (!best.has(place) && !(isLost(trials[place]) && (share >= 1 || hasLane))) continue;
    let isIn = true;
    for (const [axis, [from, to]] of brushes) {
      const at = crossings[place * width + axis];
      isIn &&= at >= from && at <= to;
    }
    if (isIn) chosen.add(place);
  }
  return chosen;
}
