// @ts-check
/**
 * Why a run blew up, from its own numbers, and where it can go back to.
 *
 * @typedef {import("./timeTravel.js").Moment} Moment
 *
 * @typedef {object} Evidence
 * @property {import("./spec.js").Settings} settings
 * @property {number} epoch            where it ended
 * @property {Moment | null} sound     the last moment before it went wrong
 * @property {number} curvature        largest eigenvalue of the loss's Hessian there; NaN where it can't be told
 * @property {[Float32Array, Float32Array] | null} weights   there, and at the end
 * @property {{dead: number, of: number} | null} units       ReLU units that answer 0 to every row, where that is known
 */
import { formatCount, formatRate } from "./format.js";

/** A loss so much above the lowest before is on its way out. */
const SOUND = 2;

/** The newest moment whose loss still was near the best before it. @param {Moment[]} moments */
export function lastSound(moments) {
  let [lowest, sound] = [Infinity, /** @type {Moment | null} */ (null)];
  for (const moment of moments) {
    const { loss } = moment.training;
    if (!Number.isFinite(loss)) continue;
    lowest = Math.min(lowest, loss);
    if (loss <= SOUND * lowest || loss === 0) sound = moment;
  }
  return sound;
}

/** The rate above which gradient descent overshoots a valley that bends so much. */
export const allowedRate = (/** @type {number} */ curvature, momentum = 0) => (curvature > 0 ? (2 * (1 + momentum)) / curvature : NaN);

const largest = (/** @type {Float32Array} */ values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** One sentence; what weighs most comes first. @param {Evidence} evidence */
export function reasonOf({ settings, epoch, sound, curvature, weights, units }) {
  const { learningRate, optimizer, momentum = 0 } = settings;
  const allowed = allowedRate(curvature, momentum);
  if (optimizer === "sgd" && learningRate > allowed) {
    const formula = momentum ? `2(1 + ${momentum})/λ` : "2/λ";
    const words = `A rate of ${formatRate(learningRate)} is ${times(learningRate / allowed)} the ${formatTwo(allowed)} that the curvature allows (${formula} with λ = ${formatTwo(curvature)}): every step leaps over the valley and lands higher up the other side.`;
    return words;
  }
  if (units && units.dead > units.of / 2) {
    return `${units.dead} of ${units.of} ReLU units answer 0 to every row (${Math.round((100 * units.dead) / units.of)} %): what is left of the network can't hold the loss.`;
  }
  const grown = weights && largest(weights[1]) / Math.max(largest(weights[0]), 1e-12);
  if (grown && grown > 3 && sound) {
    const after = Math.max(1, epoch - sound.epoch);
    return `The weights exploded: within ${formatCount(after)} epoch${after === 1 ? "" : "s"} the largest grew from ${formatTwo(largest(weights[0]))} to ${formatTwo(largest(weights[1]))}, and every layer passes that on.`;
  }
  const least = Number.isFinite(allowed) ? ` The curvature allows about ${formatTwo(allowed)} on the whole; single batches bend more.` : "";
  return `One step of rate ${formatRate(learningRate)} carried the loss beyond all numbers.${least}`;
}

/** Two digits that count. */
const formatTwo = (/** @type {number} */ value) => formatRate(Number(value.toPrecision(2)));

function times(/** @type {number} */ ratio) {
  if (ratio < 1.95) return `${ratio.toFixed(1)} times`;
  return ratio < 10 ? `${Number(ratio.toPrecision(2))} times` : `${formatCount(ratio)} times`;
}

/** A third, in digits that read well. */
export const third = (/** @type {number} */ rate) => Math.max(Number((rate / 3).toPrecision(3)), 0.000001);
