// @ts-check
/**
 * Rows with their values about the mean, in standard deviations, for models that learn them so; and what turns such a model's
 * outputs into the target's unit again.
 *
 * @template {{targets: Float64Array}} R
 * @param {R} rows
 */
export function standardized(rows) {
  const { targets } = rows;
  const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  const variance = targets.reduce((sum, value) => sum + (value - mean) ** 2, 0) / targets.length;
  const deviation = Math.sqrt(variance) || 1;
  return {
    rows: { ...rows, targets: targets.map((value) => (value - mean) / deviation) },
    inUnit: (/** @type {Float64Array} */ outputs) => outputs.map((value) => value * deviation + mean),
  };
}

/** Rows as they are, with the same to be called. @template R @param {R} rows */
export const asTheyAre = (rows) => ({ rows, inUnit: (/** @type {Float64Array} */ outputs) => outputs });
