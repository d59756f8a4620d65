// @ts-check
/**
 * Where trials stand: along a setting's axis, straight, by factors or name by name; and in the colors of their scores.
 *
 * @typedef {import("./model.js").Varied} Varied
 * @typedef {{at: (value: any) => number, marks: {at: number, words: string}[], told: (pixel: number) => string}} Scale   any: a value as the setting has it; `told`: what is at a place
 */
import { asGain } from "../../session/rounds.js";
import { wordOf } from "../../session/variables.js";
import { isBounded } from "./result.js";
import { linear } from "../../ui/charts/scale.js";
import { logTicks } from "../../ui/charts/plot.js";
import { ticks } from "../../ui/charts/ticks.js";

/** Errors so many times as far off the best as the middle one have the palest color; a chart's height has room for more. */
const REACH = 3;
export const FAR_REACH = 10;

/**
 * A setting's axis between two pixels.
 *
 * @param {Varied} varied
 * @param {[number, number]} pixels
 * @param {number} about   how many marks there is room for
 * @returns {Scale}
 */
export function axisScale({ variable, axis }, [start, end], about) {
  if (variable.choices) return bands(axis.values, (value) => wordOf(variable, value), [start, end]);
  const [low, high] = [Number(axis.low), Number(axis.high)];
  const place = axis.isLog
    ? linear([Math.log10(low), Math.log10(high)], [start, end])
    : linear([low, high], [start, end]);
  const at = (/** @type {number} */ value) => place(axis.isLog ? Math.log10(value) : value);
  const round = (axis.isLog ? logTicks([low, high], about) : ticks([low, high], about)).filter(
    (value) => value >= low && value <= high && (!variable.isWhole || Number.isInteger(value)),
  );
  // Where no two round numbers lie inside, the ends say what the axis is.
  const values = round.length >= 2 ? round : [low, high];
  const told = (/** @type {number} */ pixel) => {
    const found = place.invert(pixel);
    const value = Math.min(Math.max(axis.isLog ? 10 ** found : found, low), high);
    return wordOf(variable, variable.isWhole ? Math.round(value) : Number(value.toPrecision(3)));
  };
  return { at, marks: values.map((value) => ({ at: at(value), words: wordOf(variable, value) })), told };
}

/** Values side by side, as many pixels each. @param {any[]} values any: as a setting has them @param {(value: any) => string} write any: likewise @param {[number, number]} pixels @returns {Scale} */
export function bands(values, write, [start, end]) {
  const wide = (end - start) / values.length;
  const at = (/** @type {any} any: as the setting has it */ value) => start + (values.indexOf(value) + 0.5) * wide;
  const last = values.length - 1;
  const told = (/** @type {number} */ pixel) =>
    write(values[Math.min(Math.max(Math.floor((pixel - start) / wide), 0), last)]);
  return { at, marks: values.map((value) => ({ at: at(value), words: write(value) })), told };
}

/**
 * From the scores of trials to shares: 0 for what is poor, 1 for the best. What is far off all others leaves the rest apart.
 *
 * @param {import("./model.js").Trial[]} trials
 * @param {string} score
 */
export function scoreRange(trials, score, times = REACH) {
  const gains = trials
    .map(({ judged }) => asGain(score, judged.mean))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const best = gains.at(-1) ?? 1;
  const least = gains[0] ?? 0;
  // Where half of them are as good as the best, the lower quartile says how far others are off.
  const off = [gains[gains.length >> 1], gains[gains.length >> 2]].map((gain) => best - (gain ?? best));
  const spread = off.find((one) => one > 0) ?? best - least;
  const low = isBounded(score) ? least : Math.max(least, best - times * spread);
  const reach = best - low || 1;
  const share = (/** @type {number} */ mean) => Math.min(Math.max(1 - (best - asGain(score, mean)) / reach, 0), 1);
  return { share, best: asGain(score, best), low: asGain(score, best - reach) };
}
