// @ts-check
/**
 * What learning curves say: errors at each size, whether they still fall, and the same in words and as a table.
 *
 * @typedef {import("./model.js").CurvesState} CurvesState
 * @typedef {import("./model.js").Point} Point
 * @typedef {import("../baselines/worker/fit.js").BaselineKind} BaselineKind
 *
 * @typedef {{x: number, values: number[]}} Spot   an error a seed
 */
import { formatCount } from "../../base/format.js";
import { baselineName } from "../../session/baselineName.js";
import { chosenWords } from "../../session/hyperparameters.js";
import { formatFigure, meanOf } from "../../session/rounds.js";
import { t } from "../../base/text.js";

/** Of so many folds each seed is judged by another one: all rows have their turn. */
export const FOLDS = 5;

/** The most rows that a network learns from: a forest of more takes its time, forty times over. */
export const MOST_ROWS = 10_000;

/** A change below this share of the error is none that matters; of shares of rows, below so many. */
const MARGIN = 0.05;
const MARGIN_OF_SHARES = 0.005;

/** Simpler models beside it. @type {Record<string, BaselineKind[]>} */
export const RIVALS = {
  classification: ["constant", "logistic", "forest"],
  regression: ["constant", "ridge", "forest"],
};

/** The error of figures: rows that are wrong, or how far predictions are off. @param {import("../../session/rounds.js").Figures | null | undefined} figures */
export const errorOf = (figures) => (figures?.accuracy === undefined ? (figures?.rmse ?? NaN) : 1 - figures.accuracy);

/** An error as people read it. */
export const formatError = (/** @type {boolean} */ isClasses, /** @type {number} */ value) =>
  formatFigure(isClasses ? "accuracy" : "rmse", value);

export const errorName = (/** @type {boolean} */ isClasses) => (isClasses ? t("learningCurves.errorRate") : "RMSE");

/**
 * Errors at each size, of the network on validation and training rows, and of each simpler model.
 *
 * @param {Pick<CurvesState, "points" | "mode">} state
 * @param {"validation" | "training" | BaselineKind} which
 * @returns {Spot[]}
 */
export function spotsOf({ points, mode }, which) {
  const x = (/** @type {Point} */ { size, runs }) =>
    mode === "rows" ? size : (runs.find((run) => run)?.parameters ?? NaN);
  // Simpler models have no width: they were fitted once, beside the narrowest network.
  const rival = (/** @type {Point} */ point, /** @type {number} */ seed) =>
    (mode === "rows" ? point : points[0]).runs[seed]?.rivals.find(({ kind }) => kind === which)?.validation;
  return points
    .map((point) => ({
      x: x(point),
      values: point.runs.map((run, seed) =>
        errorOf(which === "validation" || which === "training" ? run?.[which] : rival(point, seed)),
      ),
    }))
    .filter(({ x, values }) => Number.isFinite(x) && values.some(Number.isFinite));
}

/**
 * Whether the error still falls from about half the size to the whole, seed by seed: it does where its mean fall is more
 * than twice the standard error; it no longer does where that range stays below what matters; else it can't be told.
 *
 * @param {Spot[]} spots   by size
 * @param {boolean} isClasses
 * @returns {{answer: "helps" | "flat" | "unclear", from: Spot, to: Spot, fall: number, error: number} | null}
 */
export function trendOf(spots, isClasses) {
  const to = spots.at(-1);
  if (!to) return null;
  const nearness = (/** @type {Spot} */ { x }) => Math.abs(Math.log((2 * x) / to.x));
  const from = spots.slice(0, -1).sort((a, b) => nearness(a) - nearness(b))[0];
  if (!from) return null;
  const falls = from.values.map((value, seed) => value - to.values[seed]).filter(Number.isFinite);
  if (falls.length < 2) return null;
  const { mean: fall, deviation } = meanOf(falls);
  const error = deviation / Math.sqrt(falls.length);
  const least = Math.max(MARGIN * meanOf(from.values).mean, isClasses ? MARGIN_OF_SHARES : 0);
  const answer = fall + 2 * error <= least ? "flat" : fall - 2 * error > 0 ? "helps" : "unclear";
  return { answer, from, to, fall, error };
}

/**
 * Whether the largest network is clearly better than always saying the mean or the most frequent class: seed by seed its
 * gain is more than twice the standard error. Said first where it is not; else nothing.
 *
 * @param {Pick<CurvesState, "points" | "mode" | "isClasses">} state
 * @param {Spot} to
 */
function guessWords(state, to) {
  const { isClasses } = state;
  const guess = spotsOf(state, "constant").find(({ x }) => x === to.x);
  const pairs = to.values
    .map((own, seed) => ({ own, other: guess?.values[seed] ?? NaN }))
    .filter(({ own, other }) => Number.isFinite(own - other));
  if (!pairs.length) return "";
  const { mean: gain, deviation } = meanOf(pairs.map(({ own, other }) => other - own));
  if (gain - (2 * (deviation || 0)) / Math.sqrt(pairs.length) > 0) return "";
  const [own, other] = [pairs.map(({ own }) => own), pairs.map(({ other }) => other)].map((values) =>
    formatError(isClasses, meanOf(values).mean),
  );
  const error = errorName(isClasses);
  const words = isClasses
    ? t("learningCurves.likeClass", { error, own, other })
    : t("learningCurves.likeMean", { error, own, other });
  return `${words} `;
}

/** What the curve says, in a sentence or two. @param {Pick<CurvesState, "points" | "mode" | "isClasses">} state */
export function curveWords(state) {
  const trend = trendOf(spotsOf(state, "validation"), state.isClasses);
  return trend ? guessWords(state, trend.to) + trendWords(state, trend) : "";
}

/** @param {Pick<CurvesState, "mode" | "isClasses">} state @param {NonNullable<ReturnType<typeof trendOf>>} trend */
function trendWords(state, trend) {
  const { isClasses } = state;
  const error = errorName(isClasses);
  const [from, to] = [formatCount(trend.from.x), formatCount(trend.to.x)];
  const [before, after] = [trend.from, trend.to].map(({ values }) => formatError(isClasses, meanOf(values).mean));
  if (state.mode === "rows") {
    if (trend.answer === "helps") return t("learningCurves.rowsHelp", { from, to, error, before, after });
    return trend.answer === "flat"
      ? t("learningCurves.rowsFlat", { from, to, error, before, after })
      : t("learningCurves.rowsCantTell", { from, to, error, before, after });
  }
  if (trend.answer === "helps") return t("learningCurves.parametersHelp", { from, to, error, before, after });
  return trend.answer === "flat"
    ? t("learningCurves.parametersFlat", { from, to, error, before, after })
    : t("learningCurves.parametersCantTell", { from, to, error, before, after });
}

/**
 * All curves with what they are called, the network's on validation rows first.
 *
 * @param {CurvesState} state
 * @returns {{which: string, label: string, spots: Spot[]}[]}
 */
export const curvesOf = (state) =>
  [
    { which: /** @type {const} */ ("validation"), label: t("learningCurves.networkValidation") },
    { which: /** @type {const} */ ("training"), label: t("learningCurves.networkTraining") },
    ...RIVALS[state.isClasses ? "classification" : "regression"].map((kind) => {
      const set = chosenWords(kind, state.hyperparameters);
      return { which: kind, label: `${baselineName(kind, state.isClasses)}${set && ` (${set})`}` };
    }),
  ].map((curve) => ({ ...curve, spots: spotsOf(state, curve.which) }));

/** The same as a table. @param {CurvesState} state @returns {import("../../base/reported.js").Table} */
export function curvesTable(state) {
  const { isClasses } = state;
  const curves = curvesOf(state);
  const cell = (/** @type {Spot[]} */ spots, /** @type {number} */ x) => {
    const { mean, deviation, count } = meanOf(spots.find((spot) => spot.x === x)?.values ?? []);
    if (!count) return "–";
    return `${formatError(isClasses, mean)}${count > 1 ? ` ± ${formatError(isClasses, deviation)}` : ""}`;
  };
  return {
    head: [
      state.mode === "rows" ? t("learningCurves.trainingRows") : t("learningCurves.parameters"),
      ...curves.map(({ label }) => label),
    ],
    rows: curves[0].spots.map(({ x }) => [formatCount(x), ...curves.map(({ spots }) => cell(spots, x))]),
  };
}

/** How they were made, in words. */
export const madeWords = (
  /** @type {Pick<CurvesState, "steps" | "judges" | "isCapped">} */ { steps, judges, isCapped },
) => {
  const how = t("learningCurves.howTrained", {
    steps: formatCount(steps),
    judges: formatCount(judges),
    folds: FOLDS,
  });
  const words = `${how} ${t("learningCurves.unlikeFolds")}`;
  return isCapped ? `${words} ${t("learningCurves.capped", { most: formatCount(MOST_ROWS) })}` : words;
};
