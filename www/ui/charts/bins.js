// @ts-check
/** Values as counts; its own file, since workers count too and have no page to draw on. */

/** Counts in even bins between two ends. @param {ArrayLike<number>} values @param {number} bins @param {[number, number]} range */
export function histogramOf(values, bins, [low, high]) {
  const counts = new Array(bins).fill(0);
  const width = (high - low) / bins || 1;
  for (let i = 0; i < values.length; i++)
    counts[Math.min(bins - 1, Math.max(0, Math.floor((values[i] - low) / width)))] += 1;
  return counts;
}
