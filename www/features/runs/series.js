// @ts-check
/**
 * A run's moments as columns by epoch, as text for a table program, and its weights as a picture over time.
 *
 * @typedef {import("../time-travel/model.js").Moment} Moment
 *
 * @typedef {object} Column
 * @property {string} label
 * @property {Float64Array} values   NaN where there is none
 */
import { t } from "../../base/text.js";

/** @param {Moment[]} moments @param {number} perEpoch */
export function columnsOf(moments, perEpoch) {
  const column = (/** @type {string} */ label, /** @type {(moment: Moment) => number | undefined} */ pick) => ({
    label,
    values: Float64Array.from(moments, (moment) => pick(moment) ?? NaN),
  });
  const all = {
    epoch: column("epoch", ({ step }) => step / perEpoch),
    step: column("step", ({ step }) => step),
    training: column(t("runs.trainingLoss2"), ({ training }) => training.loss),
    validation: column(t("runs.validationLoss"), ({ validation }) => validation?.loss),
    test: column(t("runs.testLoss2"), ({ test }) => test?.loss),
    trainingAccuracy: column(t("runs.trainingAccuracy"), ({ training }) => training.accuracy),
    validationAccuracy: column(t("runs.validationAccuracy"), ({ validation }) => validation?.accuracy),
    testAccuracy: column(t("runs.testAccuracy"), ({ test }) => test?.accuracy),
    gradientNorm: column(t("runs.gradientNorm2"), ({ gradientNorm, step }) => (step ? gradientNorm : NaN)),
    learningRate: column(t("runs.learningRate2"), ({ learningRate }) => learningRate),
  };
  return all;
}

/** Whether a column says anything. */
export const hasValues = (/** @type {Column} */ { values }) => values.some(Number.isFinite);

/**
 * Lines of numbers under their names; a gap is an empty cell. A name that a spreadsheet would run as a formula (a run may have
 * any) has an apostrophe before it, unless it is to stay as it is.
 *
 * @param {{label: string, values: ArrayLike<number>}[]} columns
 */
export function csvOf(columns, isGuarded = true) {
  const rows = columns.reduce((most, { values }) => Math.max(most, values.length), 0);
  const cell = (/** @type {number | undefined} */ value) =>
    value === undefined || !Number.isFinite(value) ? "" : String(Number(value.toPrecision(9)));
  const quoted = (/** @type {string} */ text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [columns.map(({ label }) => quoted(isGuarded ? guarded(label) : label))];
  for (let i = 0; i < rows; i++) lines.push(columns.map(({ values }) => cell(values[i])));
  return `${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
}

/** A text that no spreadsheet takes for a formula; numbers are none. */
export const guarded = (/** @type {string} */ text) =>
  /^[=+\-@\t\r\n]/.test(text) && !/^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(text) ? `'${text}` : text;

/** Bins of a histogram over time. */
export const SERIES_BINS = 40;

/**
 * How the numbers of one range of the parameters are spread at each moment.
 *
 * @param {Float32Array[]} weights   all parameters, at each moment
 * @param {{from: number, to: number}} range
 * @returns {{low: number, high: number, counts: Uint32Array[]}}
 */
export function spreadOf(weights, { from, to }) {
  let reach = 0;
  for (const all of weights)
    for (let i = from; i < to; i++) if (Math.abs(all[i]) < 1e6) reach = Math.max(reach, Math.abs(all[i]));
  const high = niceAbove(reach || 1);
  const counts = weights.map((all) => {
    const bins = new Uint32Array(SERIES_BINS);
    for (let i = from; i < to; i++)
      bins[Math.max(0, Math.min(SERIES_BINS - 1, Math.floor(((all[i] + high) / (2 * high)) * SERIES_BINS)))] += 1;
    return bins;
  });
  return { low: -high, high, counts };
}

function niceAbove(/** @type {number} */ value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.5, 2, 3, 5].find((factor) => factor * power >= value) ?? 10) * power;
}
