// @ts-check
/** Which classes are taken for which: counts by true class and by what the net says. */

/**
 * @param {ArrayLike<number>} outputs   rows × width: shares of the classes; of two, one number: that of the second
 * @param {ArrayLike<number>} targets   class indices
 * @param {number} classes
 * @returns {number[][]} a row for each true class, a column for each that the net says
 */
export function confusionOf(outputs, targets, classes) {
  const width = classes === 2 ? 1 : classes;
  const counts = Array.from({ length: classes }, () => new Array(classes).fill(0));
  for (let row = 0; row < targets.length; row++) counts[targets[row]][saidAt(outputs, row, width)] += 1;
  return counts;
}

/** The class that the net says of a row; `width` numbers a row. */
export function saidAt(/** @type {ArrayLike<number>} */ outputs, /** @type {number} */ row, /** @type {number} */ width) {
  if (width === 1) return outputs[row] >= 0.5 ? 1 : 0;
  let best = 0;
  for (let k = 1; k < width; k++) if (outputs[row * width + k] > outputs[row * width + best]) best = k;
  return best;
}

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
 * The rows behind one of the counts, those first of which the net is surest.
 *
 * @param {ArrayLike<number>} outputs
 * @param {ArrayLike<number>} targets
 * @param {number} classes
 * @param {{is: number, said: number}} cell
 * @returns {{row: number, share: number}[]}   `share`: of the class that the net says
 */
export function rowsBehind(outputs, targets, classes, { is, said }) {
  const width = classes === 2 ? 1 : classes;
  const found = [];
  for (let row = 0; row < targets.length; row++) {
    if (targets[row] !== is || saidAt(outputs, row, width) !== said) continue;
    const share = width > 1 ? outputs[row * width + said] : said === 1 ? outputs[row] : 1 - outputs[row];
    found.push({ row, share });
  }
  return found.sort((a, b) => b.share - a.share);
}

/** The pair that is confused most, in a sentence. */
export function worstWords(/** @type {number[][]} */ counts, /** @type {string[]} */ names) {
  let worst = { count: 0, is: 0, said: 0 };
  counts.forEach((row, is) => row.forEach((count, said) => is !== said && count > worst.count && (worst = { count, is, said })));
  if (worst.count === 0) return "No row is taken for another class.";
  const of = counts[worst.is].reduce((sum, count) => sum + count, 0);
  return `Most often ${names[worst.is]} is taken for ${names[worst.said]}: ${worst.count} of its ${of} rows.`;
}
