// @ts-check
/**
 * What trials came to: a score with its standard error each, in order, and in a sentence.
 *
 * @typedef {import("./model.js").SearchState} SearchState
 * @typedef {import("./model.js").Trial} Trial
 * @typedef {{mean: number, error: number, low: number, high: number}} Judged   a score, and one standard error to both sides; NaN where there is none
 */
import { formatCount, timeOf } from "../../base/format.js";
import { asGain, formatFigure, meanOf } from "../../session/rounds.js";
import { wordOf } from "../../session/variables.js";
import { t } from "../../base/text.js";

/** An interval at 95% is so many standard errors wide. */
const ERRORS_WIDE = 2 * 1.959963984540054;

/** Within these a score lies, and so do the ends of its interval. */
const boundsOf = (/** @type {string} */ name) =>
  ["accuracy", "balancedAccuracy", "f1", "auroc", "brier"].includes(name)
    ? [0, 1]
    : name === "mcc"
      ? [-1, 1]
      : name === "r2"
        ? [-Infinity, 1]
        : [0, Infinity];

/** Whether no score is far off all others. */
export const isBounded = (/** @type {string} */ name) => boundsOf(name).every(Number.isFinite);

/** @type {Judged} */
export const NOT_JUDGED = { mean: NaN, error: NaN, low: NaN, high: NaN };

/** A trial's score: the mean over its folds, all of which have one, or that of the validation rows. @param {import("./worker.js").Tried} tried @param {string} name @returns {Judged} */
export function judgedOf({ status, scores, intervals }, name) {
  const values = scores.map((figures) => figures?.[name] ?? NaN);
  if (status === "diverged" || !values.length || !values.every(Number.isFinite)) return NOT_JUDGED;
  const { mean, deviation, count } = meanOf(values);
  const own = intervals?.[name];
  const error = own ? (own.high - own.low) / ERRORS_WIDE : deviation / Math.sqrt(count);
  const [least, most] = boundsOf(name);
  return { mean, error, low: Math.max(mean - error, least), high: Math.min(mean + error, most) };
}

/** Whether it is over and has no score. */
export const isLost = (/** @type {Trial} */ { tried, judged }) => tried !== null && !Number.isFinite(judged.mean);

/** Why a trial that is over has no score. */
export const lostWord = (/** @type {Trial} */ { tried }) =>
  tried?.status === "diverged" ? t("search.diverged") : t("search.noScore");

/** Places of the trials with a score, the best first. */
export const ranked = (/** @type {Trial[]} */ trials, /** @type {string} */ score) =>
  [...trials.keys()]
    .filter((place) => Number.isFinite(trials[place].judged.mean))
    .sort((a, b) => asGain(score, trials[b].judged.mean) - asGain(score, trials[a].judged.mean) || a - b);

/** The best share of the trials with a score: at least one. @returns {Set<number>} */
export const bestShare = (/** @type {Trial[]} */ trials, /** @type {string} */ score, /** @type {number} */ share) => {
  const all = ranked(trials, score);
  return new Set(all.slice(0, Math.max(1, Math.round(all.length * share))));
};

/** What a column of the table is sorted by: a setting, by its place, or a name. @typedef {number | "trial" | "score" | "epochs" | "parameters"} Column */

/**
 * Places of all trials in the order of a column; what it has nothing of comes last, whichever way.
 *
 * @param {SearchState} state
 * @param {Column} column
 * @param {boolean} isUp
 */
export function sorted({ trials, varied, score }, column, isUp) {
  const keyOf = (/** @type {number} */ place) => {
    const { values, judged, tried } = trials[place];
    if (column === "trial") return place;
    if (column === "score") return asGain(score, judged.mean);
    if (column === "epochs" || column === "parameters") return tried?.[column] ?? NaN;
    const { choices } = varied[column].variable;
    return choices ? choices.findIndex(({ value }) => value === values[column]) : Number(values[column]);
  };
  const keys = trials.map((_, place) => keyOf(place));
  return [...trials.keys()].sort((a, b) => {
    const [x, y] = [keys[a], keys[b]];
    if (Number.isFinite(x) !== Number.isFinite(y)) return Number.isFinite(x) ? -1 : 1;
    return (Number.isFinite(x) ? (isUp ? x - y : y - x) : 0) || a - b;
  });
}

/** "Learning rate = 0.1, Batch size = 8". @param {Pick<SearchState, "varied">} state @param {Trial} trial */
export const settingWords = ({ varied }, { values }) =>
  varied.map(({ variable }, i) => `${variable.label} = ${wordOf(variable, values[i])}`).join(", ");

/** "96.7% (one standard error: 95.1% to 98.3%)". @param {string} name @param {Judged} judged */
export const scoreWords = (name, { mean, error, low, high }) =>
  Number.isFinite(error)
    ? t("search.scoreWithError", {
        mean: formatFigure(name, mean),
        low: formatFigure(name, low),
        high: formatFigure(name, high),
      })
    : formatFigure(name, mean);

/** What the search found, in a sentence or two. @param {SearchState} state @param {string} label   of the score */
export function searchWords(state, label) {
  const { trials, best, simplest, isWhole } = state;
  const done = trials.filter(({ tried }) => tried);
  if (best === null || simplest === null)
    return done.length && done.every(isLost) ? t("search.allLost", { trials: formatCount(done.length) }) : "";
  const [winner, simple] = [best, simplest].map((place) => ({
    trial: place + 1,
    settings: settingWords(state, trials[place]),
    score: scoreWords(state.score, trials[place].judged),
    parameters: formatCount(trials[place].tried?.parameters ?? 0),
  }));
  const { trial, settings, score, parameters } = winner;
  const [tried, all] = [formatCount(done.length), formatCount(trials.length)];
  const first = isWhole
    ? t("search.bestOf", { all, trial, settings, label, score })
    : t("search.bestSoFar", { tried, all, trial, settings, label, score });
  const isAlike = new Set(done.map(({ tried }) => tried?.parameters)).size < 2;
  const second = isAlike
    ? t("search.equallyLarge", { parameters })
    : best === simplest
      ? t("search.alsoSimplest", { parameters })
      : t("search.simplest", {
          trial: simple.trial,
          settings: simple.settings,
          score: simple.score,
          parameters: simple.parameters,
          instead: parameters,
        });
  return `${first} ${second}`;
}

/** How long a search takes, before it begins. @param {number | null} seconds */
export function lastsWords(seconds) {
  if (seconds === null) return "";
  if (!(seconds >= 2)) return t("search.lastsShort");
  const { amount, unit } = timeOf(seconds);
  return t("search.lasts", { amount: formatCount(amount), unit });
}

/** What a search takes, before it begins. @param {Pick<import("./model.js").Budget, "trials" | "rungs" | "seconds">} budget @param {{epochs: string, folds: number, rows: string, isStopped?: boolean}} each   `isStopped`: by the rows that judge it, too */
export function budgetWords({ trials, rungs, seconds }, { epochs, folds, rows, isStopped = false }) {
  const count = formatCount(trials);
  const size = rungs.length
    ? t("search.budgetRungs", {
        rungs: rungs
          .map((rung) => t("search.rung", { count: rung.trials, epochs: formatCount(rung.epochs) }))
          .join(" → "),
      })
    : t("search.budget", { trials: count, epochs });
  const judged = folds > 1 ? t("search.judgedByFolds", { folds, rows }) : t("search.judgedByRows", { rows });
  return [size, judged, isStopped && t("search.stoppedByThem"), lastsWords(seconds)].filter(Boolean).join(" ");
}
