// @ts-check
/** Whether a neuron still learns, told from what it gives on training rows. */
import { formatShare } from "../base/format.js";
import { t } from "../base/text.js";

/** The share of rows that makes one dead, or saturated. */
const DEAD = 0.99;
const SATURATED = 0.9;

/**
 * @typedef {{state: "dead" | "saturated" | "well", share: number, low: number, high: number, mean: number}} Health
 *
 * @param {Float32Array} values   one a row
 * @param {string} activation
 * @returns {Health}
 */
export function healthOf(values, activation) {
  const { length } = values;
  const share = (/** @type {(value: number) => boolean} */ holds) =>
    values.reduce((count, value) => count + (holds(value) ? 1 : 0), 0) / (length || 1);
  let [low, high, sum] = [Infinity, -Infinity, 0];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
  }
  const facts = { low, high, mean: sum / length };
  // Rectified to 0: no gradient comes through. Or it gives the same whatever it is shown.
  const silent = activation === "relu" ? share((value) => value === 0) : 0;
  const most = Math.max(silent, sameShare(values, high - low));
  if (length > 1 && most >= DEAD) return { state: "dead", share: most, ...facts };
  const flat =
    activation === "tanh"
      ? share((value) => Math.abs(value) > 0.99)
      : activation === "sigmoid"
        ? share((value) => value < 0.01 || value > 0.99)
        : 0;
  return { state: flat >= SATURATED ? "saturated" : "well", share: flat, ...facts };
}

/** The share of rows that give the middle row's value, to within a hundred-thousandth. */
function sameShare(/** @type {Float32Array} */ values, /** @type {number} */ span) {
  const middle = values.toSorted()[values.length >> 1];
  const near = Math.max(Math.abs(middle), span, 1e-6) * 1e-5;
  return values.reduce((count, value) => count + (Math.abs(value - middle) <= near ? 1 : 0), 0) / (values.length || 1);
}

/** In words; nothing of a neuron that is well. */
export function healthWords(/** @type {Health | undefined} */ health) {
  if (!health || health.state === "well") return "";
  const share = t("session.trainingRows", { share: formatShare(health.share) });
  return health.state === "dead"
    ? t("session.deadGivesWhateverShown", { toPrecision: Number(health.mean.toPrecision(2)), share })
    : t("session.saturatedActivationNearlyFlat", { share });
}
