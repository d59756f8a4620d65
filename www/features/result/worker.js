// @ts-check
/**
 * How good an answer is that is the same for every row: whether a model is any good is told against that. As the dummy
 * estimators of scikit-learn: "most_frequent" for classes, "mean" for values.
 *
 * @typedef {object} Baseline
 * @property {number} rows         looked at
 * @property {number} answer       index of the class that is most frequent among the training rows, the lower one of
 *   equals; or their mean
 * @property {number} [accuracy]   share of rows for which that is right; of classes
 * @property {number} [mae]        mean absolute error in the target's own unit; of values
 */
import { rowsOf } from "../../base/sample.js";

/** The training rows, as points call them. */
const TRAINING = 0;

/**
 * @param {{targets: ArrayLike<number>, part: Uint8Array}} points   class indices, or values
 * @param {number} part       0 training, 1 validation, 2 test
 * @param {number} [classes]  none for values
 * @returns {Baseline | null} null where the part has no rows
 */
export function baselineOf({ targets, part: parts }, part, classes) {
  const of = (/** @type {number} */ wanted) => rowsOf(parts, wanted).map((row) => targets[row]);
  const [training, asked] = [of(TRAINING), of(part)];
  if (!asked.length || !training.length) return null;
  const rows = asked.length;
  if (!classes) {
    const answer = mean(training);
    return { rows, answer, mae: mean(asked.map((value) => Math.abs(value - answer))) };
  }
  const counts = new Array(classes).fill(0);
  for (const index of training) counts[index] += 1;
  const answer = counts.indexOf(Math.max(...counts));
  return { rows, answer, accuracy: asked.filter((index) => index === answer).length / rows };
}

const mean = (/** @type {number[]} */ values) => values.reduce((sum, value) => sum + value / values.length, 0);
