// @ts-check
/**
 * Why a run diverged, from its own numbers, where it can go back to, and by which rates it could go on.
 *
 * @typedef {object} Evidence
 * @property {import("../../settings/spec.js").Settings} settings
 * @property {number} epoch            where it ended
 * @property {number} sound            the last epoch before it went wrong
 * @property {number} learningRate     at the end, as the schedule has it
 * @property {number} curvature        largest eigenvalue of the loss's Hessian there; NaN where it can't be told
 * @property {[Float32Array, Float32Array] | null} weights   there, and at the end
 * @property {{dead: number, of: number} | null} units       ReLU units that give 0 on every row, where that is known
 */
import { formatCount, formatRate } from "../../base/format.js";
import { percent } from "./percent.js";
import { t } from "../../base/text.js";

/** A loss so much above the lowest before is on its way out. */
export const SOUND = 2;

/**
 * The newest point of the curve whose loss still was near the best before it; null where there is none.
 *
 * @template {{training: number}} Point
 * @param {Point[]} points
 * @returns {Point | null}
 */
export function lastStableSnapshot(points) {
  let [lowest, sound] = [Infinity, /** @type {Point | null} */ (null)];
  for (const point of points) {
    const { training } = point;
    if (!Number.isFinite(training)) continue;
    lowest = Math.min(lowest, training);
    if (training <= SOUND * lowest) sound = point;
  }
  return sound;
}

/** The rate above which gradient descent overshoots a minimum of such a curvature. */
export const allowedRate = (/** @type {number} */ curvature, momentum = 0) =>
  curvature > 0 ? (2 * (1 + momentum)) / curvature : NaN;

/** Whether the curvature alone explains it: plain gradient descent, at a rate above 2/λ. @param {Evidence} evidence */
const isTooSteep = ({ settings, learningRate, curvature }) =>
  settings.optimizer === "sgd" && learningRate > allowedRate(curvature, settings.momentum);

const largest = (/** @type {Float32Array} */ values) =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** One sentence; what weighs most comes first. @param {Evidence} evidence */
export function explainDivergence(evidence) {
  const { settings, epoch, sound, learningRate, curvature, weights, units } = evidence;
  const { momentum = 0 } = settings;
  const allowed = allowedRate(curvature, momentum);
  if (isTooSteep(evidence)) {
    const formula = momentum ? `2(1 + ${momentum})/λ` : "2/λ";
    return t("coach.learningRateWhatCurvature", {
      learningRate: formatRate(learningRate),
      learningRate2: times(learningRate / allowed),
      allowed: formatTwo(allowed),
      formula,
      curvature: formatTwo(curvature),
    });
  }
  if (units && units.dead > units.of / 2) {
    return t("coach.reluUnitsOutput0", { dead: units.dead, of: units.of, dead2: percent(units.dead / units.of) });
  }
  const grown = weights && largest(weights[1]) / Math.max(largest(weights[0]), 1e-12);
  if (grown && grown > 3) {
    return t("coach.explodingWeightsWithinLargest", {
      max: t("count.epochs", { count: Math.max(1, epoch - sound) }),
      weights: formatTwo(largest(weights[0])),
      weights2: formatTwo(largest(weights[1])),
    });
  }
  const bound =
    Number.isFinite(allowed) && settings.optimizer === "sgd"
      ? t("coach.averageCurvatureAllowsAbout", { allowed: formatTwo(allowed) })
      : "";
  return t("coach.singleStepLearningRate", { learningRate: formatRate(learningRate), bound });
}

/**
 * Half of what the curvature allows where plain gradient descent exceeds that, else a third of the rate that is set.
 *
 * @param {{settings: Evidence["settings"], learningRate: number, allowed: number}} run   `learningRate`: as the schedule has it
 */
export function lowerRate({ settings, learningRate, allowed }) {
  const base = settings.learningRate;
  if (!(settings.optimizer === "sgd" && learningRate > allowed)) return base / 3;
  return Math.min(allowed / 2 / (learningRate / base), base / 2); // a schedule scales the rate that is set
}

/** Smaller rates to try, largest first. @param {Evidence} evidence */
export function ratesFor({ settings, learningRate, curvature }) {
  const base = settings.learningRate;
  const first = lowerRate({ settings, learningRate, allowed: allowedRate(curvature, settings.momentum) });
  const rates = [1, 3, 10, 30, 100, 1000].map((factor) => Math.max(roundedDown(first / factor), 0.000001));
  return [...new Set(rates)].filter((rate) => rate < base);
}

/** Clipping holds back single steps that are far too long. It doesn't help where every step is, nor where an optimizer scales gradients anyway. @param {Evidence} evidence */
export const mayClip = (evidence) =>
  evidence.settings.optimizer === "sgd" && evidence.settings.clip === "off" && !isTooSteep(evidence);

/** Parameters that are trained on with one row, in all; more take seconds. */
const MOST_WORK = 1e9;

/**
 * For how many steps a remedy is tried: some times what the run took to diverge, unless that would take too long.
 *
 * @param {{steps: number, stepsPerEpoch: number, parameterCount: number, batchSize: number}} run   `steps`: from the sound epoch to the end
 */
export function trialSteps({ steps, stepsPerEpoch, parameterCount, batchSize }) {
  const most = Math.max(200, Math.floor(MOST_WORK / (parameterCount * batchSize)));
  return Math.min(Math.max(3 * steps, 20 * stepsPerEpoch), most);
}

/** Two digits that count. */
const formatTwo = (/** @type {number} */ value) => formatRate(Number(value.toPrecision(2)));

function times(/** @type {number} */ ratio) {
  if (ratio < 1.95) return t("coach.times", { ratio: ratio.toFixed(1) });
  return ratio < 9.5 ? `${Number(ratio.toPrecision(2))}×` : `${formatCount(ratio)}×`;
}

/** To two digits, and never more. */
export function roundedDown(/** @type {number} */ rate) {
  const unit = 10 ** (Math.floor(Math.log10(rate)) - 1);
  return Number((Math.floor(rate / unit + 1e-9) * unit).toPrecision(2));
}
