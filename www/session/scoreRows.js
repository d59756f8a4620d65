// @ts-check
/**
 * The scores as rows of a table: the model's, its 95% interval, and guessing's. All figures are the core's; of errors in a
 * unit of their own only the unit is another.
 *
 * @typedef {import("../pkg-full/trainyard.js").ClassScores} ClassScores
 * @typedef {import("../pkg-full/trainyard.js").ValueScores} ValueScores
 * @typedef {import("../pkg-full/trainyard.js").Interval} Interval
 *
 * @typedef {object} ScoreRow
 * @property {string} key
 * @property {string} name
 * @property {string} about       one line
 * @property {number} score
 * @property {number} guess
 * @property {Interval | undefined} interval
 * @property {(value: number) => string} write
 */
import { formatCount, formatNumber, formatShare } from "../base/format.js";
import { formatValue } from "../base/columnFormat.js";
import { t } from "../base/text.js";

const share = (/** @type {number} */ value) => formatShare(value);
const number = (/** @type {number} */ value) => (Number.isFinite(value) ? formatNumber(value, 3) : "–");

/** @type {{key: Exclude<keyof ClassScores["intervals"], "f1">, name: string, about: string, write: (value: number) => string}[]} */
const OF_CLASSES = [
  { key: "accuracy", name: t("metrics.accuracy"), about: t("metrics.aboutAccuracy"), write: share },
  {
    key: "balancedAccuracy",
    name: t("metrics.balancedAccuracy"),
    about: t("metrics.aboutBalancedAccuracy"),
    write: share,
  },
  { key: "auroc", name: t("metrics.auroc"), about: t("metrics.aboutAuroc"), write: number },
  {
    key: "averagePrecision",
    name: t("metrics.averagePrecision"),
    about: t("metrics.aboutAveragePrecision"),
    write: number,
  },
  { key: "mcc", name: t("metrics.mcc"), about: t("metrics.aboutMcc"), write: number },
  { key: "logLoss", name: t("metrics.logLoss"), about: t("metrics.aboutLogLoss"), write: number },
  { key: "brier", name: t("metrics.brier"), about: t("metrics.aboutBrier"), write: number },
];

/** `power`: of the target's unit in it. @type {{key: keyof ValueScores["intervals"], name: string, about: string, power: number}[]} */
const OF_VALUES = [
  { key: "mse", name: t("metrics.mse"), about: t("metrics.aboutMse"), power: 2 },
  { key: "rmse", name: t("metrics.rmse"), about: t("metrics.aboutRmse"), power: 1 },
  { key: "mae", name: t("metrics.mae"), about: t("metrics.aboutMae"), power: 1 },
  {
    key: "medianAbsoluteError",
    name: t("metrics.medianAbsoluteError"),
    about: t("metrics.aboutMedianAbsoluteError"),
    power: 1,
  },
  { key: "r2", name: t("metrics.r2"), about: t("metrics.aboutR2"), power: 0 },
];

/** Of two classes they are about the second one; average precision alone is another about the first. @param {ClassScores} scores @param {ClassScores} guess @param {number} [positive] @returns {ScoreRow[]} */
export const classRows = (scores, guess, positive = 1) =>
  OF_CLASSES.map(({ key, ...row }) => {
    const isOther = key === "averagePrecision" && scores.perClass.length === 2 && positive === 0;
    return {
      key,
      ...row,
      score: isOther ? scores.perClass[0].averagePrecision : scores[key],
      guess: isOther ? guess.perClass[0].averagePrecision : guess[key],
      interval: isOther ? undefined : known(scores.intervals[key]),
    };
  });

/**
 * @param {ValueScores} scores
 * @param {ValueScores} guess
 * @param {number} [factor]   so many of the shown unit are one of the target's
 * @returns {ScoreRow[]}
 */
export const valueRows = (scores, guess, factor = 1) =>
  OF_VALUES.map(({ key, power, ...row }) => {
    const scale = factor ** power;
    const interval = known(scores.intervals[key]);
    return {
      key,
      ...row,
      score: scores[key] * scale,
      guess: guess[key] * scale,
      interval: interval && { ...interval, low: interval.low * scale, high: interval.high * scale },
      write: power ? formatValue : number,
    };
  });

/** The heads of the table, and a row of it. */
export const scoresHead = () => [t("metrics.score"), t("metrics.model"), t("metrics.interval"), t("metrics.guessing")];
export const scoreCells = (/** @type {ScoreRow} */ { name, score, guess, interval, write }) => [
  name,
  write(score),
  intervalWords(interval, write) || "–",
  write(guess),
];

/** "85.1% – 97.0%"; empty where it can't be told. */
export const intervalWords = (
  /** @type {Interval | undefined} */ interval,
  /** @type {(value: number) => string} */ write,
) => (known(interval) ? `${write(interval?.low ?? NaN)} – ${write(interval?.high ?? NaN)}` : "");

/** Precision, recall and F1 by class, then their means. @param {ClassScores} scores @param {(index: number) => string} nameOf */
export function classesTable({ perClass, macro, weighted, rows: all }, nameOf) {
  const head = [
    t("metrics.class"),
    t("confusion.precision"),
    t("metrics.interval"),
    t("confusion.recall"),
    t("metrics.interval"),
    "F1",
    t("metrics.rows"),
  ];
  const row = (
    /** @type {string} */ name,
    /** @type {{precision: number, recall: number, f1: number}} */ { precision, recall, f1 },
    /** @type {number} */ rows,
    /** @type {{precision?: Interval, recall?: Interval}} */ intervals = {},
  ) => [
    name,
    formatShare(precision),
    intervalWords(intervals.precision, share),
    formatShare(recall),
    intervalWords(intervals.recall, share),
    formatShare(f1),
    formatCount(rows),
  ];
  const rows = perClass.map((one, i) => row(nameOf(i), one, one.support, one.intervals));
  const means = [row(t("metrics.macro"), macro, all), row(t("metrics.weighted"), weighted, all)];
  return { head, rows, means };
}

/** One that could be told. */
const known = (/** @type {Interval | undefined} */ interval) =>
  interval && Number.isFinite(interval.low + interval.high) ? interval : undefined;

/** What guessing is. @param {{task: string}} description */
export const guessWords = ({ task }) =>
  task === "regression" ? t("metrics.guessingMean") : t("metrics.guessingShares");

/** How the intervals were found, of those that there are. @param {ScoreRow[]} rows */
export function methodWords(rows) {
  const methods = new Set(rows.map(({ interval }) => interval?.method));
  if (methods.has("wilson") && methods.has("bootstrap"))
    return t("metrics.intervalsWilsonBootstrap") + (methods.has(undefined) ? ` ${t("metrics.dashIsNone")}` : "");
  if (methods.has("wilson")) return t("metrics.intervalsWilson");
  return methods.has("bootstrap") ? t("metrics.intervalsBootstrap") : "";
}
