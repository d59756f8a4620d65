// @ts-check
/** What is read from a confusion matrix: counts by true class, and by the class that the engine decided on. */
import { hasProbabilities } from "../../base/probabilities.js";
import { t } from "../../base/text.js";

/**
 * Of those that the net calls so, the share that is (precision); of those that are, the share it calls so (recall);
 * and their harmonic mean. NaN where there are none.
 *
 * @param {number[][]} counts
 * @param {number} k
 */
export function scoresOf(counts, k) {
  const hit = counts[k][k];
  const precision = hit / counts.reduce((sum, row) => sum + row[k], 0);
  const recall = hit / counts[k].reduce((sum, count) => sum + count, 0);
  return { precision, recall, f1: hit === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/**
 * The rows behind one of the counts, the clearest first.
 *
 * @param {import("../../session/protocol.js").Description} description
 * @param {{outputs: ArrayLike<number>, classes: ArrayLike<number>}} answers
 * @param {ArrayLike<number>} targets
 * @param {{is: number, said: number}} cell
 * @returns {{row: number, value: number}[]}   `value`: the probability of the class decided on; or its score, of two
 *   classes the one score there is
 */
export function rowsBehind(description, { outputs, classes }, targets, { is, said }) {
  const width = description.outputs;
  const isAgainst = width === 1 && said === 0;
  const isProbability = hasProbabilities(description);
  const found = [];
  for (let row = 0; row < targets.length; row++) {
    if (targets[row] !== is || classes[row] !== said) continue;
    const value = outputs[row * width + (width > 1 ? said : 0)];
    found.push({ row, value: isAgainst && isProbability ? 1 - value : value });
  }
  return found.sort((a, b) => (isAgainst && !isProbability ? a.value - b.value : b.value - a.value));
}

/** The pair that is confused most, in a sentence. */
export function worstWords(/** @type {number[][]} */ counts, /** @type {string[]} */ names) {
  let worst = { count: 0, is: 0, said: 0 };
  counts.forEach((row, is) =>
    row.forEach((count, said) => is !== said && count > worst.count && (worst = { count, is, said })),
  );
  if (worst.count === 0) return t("confusion.noRowTakenAnother");
  const of = counts[worst.is].reduce((sum, count) => sum + count, 0);
  return t("confusion.mostOftenTakenRows", {
    names: names[worst.is],
    names2: names[worst.said],
    count: worst.count,
    of,
  });
}
