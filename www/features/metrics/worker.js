// @ts-check
/**
 * How good the run is on all rows of a part of the split, and how good guessing is there: the same answer for every row,
 * which is each class's share of the training rows, or their mean.
 *
 * @typedef {import("../../pkg-full/trainyard.js").ClassScores | import("../../pkg-full/trainyard.js").ValueScores} Scores
 * @typedef {import("../../worker/partRows.js").PartRows} PartRows
 * @typedef {{scores: Scores, guess: Scores}} Scored
 * @typedef {typeof import("../../pkg-full/trainyard.js").scores} Score
 */
import { hasProbabilities } from "../../base/probabilities.js";

/** The training rows, as points call them. */
const TRAINING = 0;

export class Scoring {
  #run;
  #score;
  #partRows;
  /** The rows last asked about, and how good guessing is on them. @type {(ReturnType<PartRows> & {guess: Scores | null}) | null} */
  #rows = null;

  /** @param {import("../../worker/run.js").Run} run @param {PartRows} partRows @param {Score} score */
  constructor(run, partRows, score) {
    this.#run = run;
    this.#partRows = partRows;
    this.#score = score;
  }

  /**
   * @param {{part: number, isQuick?: boolean}} command   `isQuick`: without intervals
   * @returns {Promise<Scored | null>}   null where the part has no rows, or outputs are not finite
   */
  async tell({ part, isQuick = false }) {
    const { trainer, description } = this.#run;
    if (this.#rows?.part !== part) this.#rows = { ...this.#partRows(trainer.points(), part), guess: null };
    const rows = this.#rows;
    if (!rows.targets.length) return null;
    const { outputs, classes: decided } = await trainer.classify(rows.inputs);
    if (!outputs.every(Number.isFinite)) return null;
    const scores = this.#scores(outputs, rows.targets, !isQuick, { decided, raw: !hasProbabilities(description) });
    rows.guess ??= this.#guess(rows.targets);
    return { scores, guess: rows.guess };
  }

  /** @param {Float64Array} outputs @param {Float64Array} targets @param {boolean} intervals @param {{decided?: Uint32Array, raw?: boolean}} [ofClasses] @returns {Scores} */
  #scores(outputs, targets, intervals, ofClasses = {}) {
    const { classes } = this.#run.description;
    return classes
      ? this.#score(outputs, targets, { ...ofClasses, classes, intervals })
      : this.#score(outputs, targets, { intervals });
  }

  #guess(/** @type {Float64Array} */ targets) {
    const { trainer, description } = this.#run;
    const classes = description.classes ?? undefined;
    const answer = guessOf(this.#partRows(trainer.points(), TRAINING).targets, classes);
    const outputs = new Float64Array(targets.length * answer.length);
    for (let at = 0; at < outputs.length; at += answer.length) outputs.set(answer, at);
    return this.#scores(outputs, targets, false);
  }
}

/**
 * Each class's share, of two that of the second; or the mean.
 *
 * @param {ArrayLike<number>} training   class indices, or values
 * @param {number} [classes]
 */
export function guessOf(training, classes) {
  const rows = training.length;
  if (!classes) return [Array.from(training).reduce((sum, value) => sum + value / rows, 0)];
  const counts = new Array(classes).fill(0);
  for (let row = 0; row < rows; row++) counts[training[row]] += 1;
  const shares = counts.map((count) => count / rows);
  return classes === 2 ? [shares[1]] : shares;
}
