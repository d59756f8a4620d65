// @ts-check
/**
 * Histograms as small multiples: one row of bars for each class, over the same axis, so that no color is needed to
 * tell them apart. Behind each, faintly, all rows together.
 */
import { svg } from "lit";

/** Units a bar is wide, and the height of a row of bars. */
const BAR = 10;
const HIGH = 40;

/**
 * One row of bars, as the inside of an `<svg viewBox="0 0 W 40" preserveAspectRatio="none">` of `histogramWidth`.
 *
 * @param {ArrayLike<number>} counts
 * @param {number} most        the count that is as high as the row
 * @param {string} look        the class attribute of the bars
 */
export function bars(counts, most, look) {
  return Array.from(counts).map((count, i) => {
    if (!count) return null;
    const height = Math.max((HIGH * count) / (most || 1), 0.8); // one row among thousands is still seen
    return svg`<rect class=${look} x=${i * BAR + 0.6} y=${HIGH - height} width=${BAR - 1.2} height=${height}></rect>`;
  });
}

export const histogramBox = (/** @type {number} */ count) => `0 0 ${count * BAR} ${HIGH}`;

/** The sums over all classes. */
export function together(/** @type {{counts: ArrayLike<number>}[]} */ byClass) {
  return Array.from(byClass[0]?.counts ?? [], (_, i) => byClass.reduce((sum, { counts }) => sum + counts[i], 0));
}

/** The largest of all counts. */
export const highest = (/** @type {ArrayLike<number>[]} */ ...lists) =>
  lists.reduce((most, counts) => Array.from(counts).reduce((a, b) => Math.max(a, b), most), 0);
