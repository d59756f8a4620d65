// @ts-check
/**
 * From losses to bands of color and to heights. The steps between bands grow by equal factors above the lowest loss, so that
 * a valley's floor has contours too. A picture that is drawn again keeps the scale, or widens it: a color stays a loss.
 *
 * @typedef {object} Scale
 * @property {number} low     the lowest loss
 * @property {number} first   where the second band begins
 * @property {number} last    where the last band begins
 */

/** Steps from one band to the next. */
export const STEPS = 12;

/** Shares of the places that lie below the first step and above the last: a few far corners don't decide the scale. */
const [FLOOR, ROOF] = [0.02, 0.95];

/** How strong the color is that each band adds to the one below it. */
const SHADE = 0.14;

/**
 * @param {ArrayLike<number>} losses
 * @param {Scale | null} [before]   what the picture before had
 * @returns {Scale | null}   null where all losses are alike, or none is a number
 */
export function scaleOf(losses, before = null) {
  const sorted = Float64Array.from(Array.from(losses).filter(Number.isFinite)).sort();
  const at = (/** @type {number} */ share) => sorted[Math.round(share * (sorted.length - 1))];
  const [low, high] = [at(0), at(1)];
  if (!(high > low)) return before;
  const last = at(ROOF) > low ? at(ROOF) : high;
  const first = Math.max(at(FLOOR), low + (last - low) * 1e-3);
  if (!before) return { low, first, last };
  return {
    low: Math.min(low, before.low),
    first: Math.min(first, before.first),
    last: Math.max(last, before.last),
  };
}

/** The losses at which bands begin, all but the lowest one. */
export function levelsOf(/** @type {Scale} */ { low, first, last }) {
  const factor = (last - low) / (first - low);
  return Array.from({ length: STEPS }, (_, i) => low + (first - low) * factor ** (i / (STEPS - 1)));
}

/** How strong the color of a band is, 0…1; the lowest band is 0. */
export const strengthOf = (/** @type {number} */ band) => 1 - (1 - SHADE) ** band;

/** The same opacity on top of each other gives the bands their strengths. */
export const SHEET = SHADE;

/** The band of a loss, 0 up to `STEPS`; what is no number is above all. */
export function bandOf(/** @type {number[]} */ levels, /** @type {number} */ loss) {
  if (!Number.isFinite(loss)) return levels.length;
  const band = levels.findIndex((level) => loss < level);
  return band < 0 ? levels.length : band;
}

/** How high a loss stands between the lowest and the last band, 0…1. */
export const heightOf = (/** @type {Scale} */ { low, last }, /** @type {number} */ loss) =>
  Number.isFinite(loss) ? Math.min(Math.max((loss - low) / (last - low), 0), 1) : 1;
