// @ts-check
/**
 * Whether probabilities can be taken at their word: read from the bins that the core made, as the picture shows them.
 *
 * @typedef {import("../../pkg-full/trainyard.js").CalibrationCurve} CalibrationCurve
 * @typedef {{predicted: number, observed: number, count: number, low: number, high: number}} Bin
 */
import { formatCount, formatNumber, formatShare } from "../../base/format.js";
import { t } from "../../base/text.js";

/** The same bins about the other of two classes. @param {Bin[]} bins @returns {Bin[]} */
export const mirroredBins = (bins) =>
  bins.toReversed().map(({ predicted, observed, count, low, high }) => ({
    predicted: 1 - predicted,
    observed: 1 - observed,
    count,
    low: 1 - high,
    high: 1 - low,
  }));

/** @param {CalibrationCurve} curve @returns {Bin[]} */
export const binsOf = ({ predicted, observed, count, low, high }) =>
  Array.from(predicted, (value, i) => ({
    predicted: value,
    observed: observed[i],
    count: count[i],
    low: low[i],
    high: high[i],
  }));

/** Whether the bin's 95% interval doesn't hold what was predicted. */
export const isMissed = (/** @type {Bin} */ { predicted, low, high }) => !(low <= predicted && predicted <= high);

/** The mean distance of prediction and share, each row counting once (expected calibration error). @param {Bin[]} bins */
export function gapOf(bins) {
  const rows = bins.reduce((sum, { count }) => sum + count, 0);
  return bins.reduce((sum, { predicted, observed, count }) => sum + (count / rows) * Math.abs(observed - predicted), 0);
}

/** What the bins say, in two sentences. @param {Bin[]} bins @param {string} name   of the class */
export function calibrationWords(bins, name) {
  const gap = t("calibration.gapOnAverage", { gap: formatNumber(100 * gapOf(bins), 1) });
  const missed = bins.filter(isMissed);
  if (!missed.length) {
    const rows = bins.reduce((sum, { count }) => sum + count, 0);
    return `${t("calibration.allBinsHold", { rows: t("count.rows", { count: rows }) })} ${gap}`;
  }
  const distance = (/** @type {Bin} */ { predicted, observed }) => Math.abs(observed - predicted);
  const worst = missed.reduce((most, bin) => (distance(bin) > distance(most) ? bin : most));
  const { predicted, observed, count } = worst;
  const isOver = predicted >= 0.5 ? observed < predicted : observed > predicted;
  const told = t("calibration.worstBin", {
    predicted: formatShare(predicted),
    name,
    observed: formatShare(observed),
    rows: t("count.rows", { count }),
  });
  const verdict = isOver ? t("calibration.overconfident") : t("calibration.underconfident");
  const how = t("calibration.missedBins", { count: missed.length, bins: formatCount(bins.length) });
  return `${told} ${verdict} ${how} ${gap}`;
}
