// @ts-check
/**
 * A threshold that moves along the curves. They hold a point for each different output, sorted by the core once: each place
 * of the threshold is a search in them, and nothing is scored again.
 *
 * @typedef {import("../../pkg-full/trainyard.js").ClassScores} ClassScores
 *
 * @typedef {object} Sweep   of one class against all others
 * @property {ArrayLike<number>} thresholds          highest first, after an infinite one that nothing reaches
 * @property {ArrayLike<number>} falsePositiveRate
 * @property {ArrayLike<number>} truePositiveRate    the recall
 * @property {ArrayLike<number>} precision
 * @property {number} positives   rows of the class
 * @property {number} negatives   rows of others
 *
 * @typedef {{truePositives: number, falsePositives: number, falseNegatives: number, trueNegatives: number}} Counts
 * @typedef {{falsePositive: number, falseNegative: number}} Costs   of one row each
 */

/** Of a class; of two classes there is one, about the second. Null where no curve could be drawn: beyond 20 classes. @param {ClassScores} scores @param {number} index @returns {Sweep | null} */
export function sweepOf({ curves, perClass, rows }, index) {
  const place = perClass.length === 2 ? 0 : index;
  const [roc, precisionRecall] = [curves.roc[place], curves.precisionRecall[place]];
  if (!roc || !precisionRecall) return null;
  const positives = perClass[perClass.length === 2 ? 1 : index].support;
  return {
    thresholds: roc.thresholds,
    falsePositiveRate: roc.falsePositiveRate,
    truePositiveRate: roc.truePositiveRate,
    precision: precisionRecall.precision,
    positives,
    negatives: rows - positives,
  };
}

/** By the thresholds of the sweep that it mirrors. @type {WeakMap<object, Sweep>} */
const known = new WeakMap();

/**
 * The same rows with the other of two classes as the positive one. Point `i` of it is point `last − i` of the other: what one
 * decides for, the other leaves.
 *
 * @param {Sweep} sweep
 * @param {(output: number) => number} flip   the other class's output
 * @returns {Sweep}
 */
export function mirrored(sweep, flip) {
  const { thresholds, falsePositiveRate, truePositiveRate, precision, positives, negatives } = sweep;
  const before = known.get(thresholds);
  if (before) return before;
  const last = thresholds.length - 1;
  const from = (/** @type {(place: number) => number} */ at) => Float64Array.from(thresholds, (_, i) => at(last - i));
  const own = {
    thresholds: from((i) => (i === last ? Infinity : flip(thresholds[i + 1]))),
    falsePositiveRate: from((i) => 1 - truePositiveRate[i]),
    truePositiveRate: from((i) => 1 - falsePositiveRate[i]),
    precision: from((i) => {
      const [right, wrong] = [negatives * (1 - falsePositiveRate[i]), positives * (1 - truePositiveRate[i])];
      return i === last ? precision[0] : right / (right + wrong);
    }),
    positives: negatives,
    negatives: positives,
  };
  known.set(thresholds, own);
  return own;
}

/** Why there is nothing to choose between; null where there is. @param {Sweep} sweep @returns {"positives" | "negatives" | "equal" | null} */
export function lackOf({ thresholds, positives, negatives }) {
  if (!positives) return "positives";
  if (!negatives) return "negatives";
  return thresholds.length < 3 ? "equal" : null;
}

/** The point of the curves at a threshold: what lies above it counts as the class, as the engine decides. @param {Pick<Sweep, "thresholds">} sweep @param {number} at */
export function placeOf({ thresholds }, at) {
  let [low, high] = [0, thresholds.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (thresholds[middle] > at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** @param {Sweep} sweep @param {number} place @returns {Counts} */
export function countsAt({ falsePositiveRate, truePositiveRate, positives, negatives }, place) {
  // Rates of no rows are NaN; of whole rows they are counts again.
  const truePositives = positives ? Math.round(truePositiveRate[place] * positives) : 0;
  const falsePositives = negatives ? Math.round(falsePositiveRate[place] * negatives) : 0;
  return {
    truePositives,
    falsePositives,
    falseNegatives: positives - truePositives,
    trueNegatives: negatives - falsePositives,
  };
}

/**
 * A threshold that stands at that point: in the middle between two neighboring outputs, or beyond the last ones.
 *
 * @param {Pick<Sweep, "thresholds">} sweep
 * @param {number} place
 * @param {[number, number]} limits   of thresholds
 */
export function thresholdAt({ thresholds }, place, [low, high]) {
  const above = place === 0 ? Math.max(high, thresholds[1]) : thresholds[place];
  const below = place + 1 < thresholds.length ? thresholds[place + 1] : above > low ? low : above - 1;
  const middle = (above + below) / 2;
  if (place === 0) return above;
  // Two neighbors among f64 have nothing between them, and the lower one itself isn't above.
  return middle < above ? middle : below;
}

/** The lowest and the highest threshold that one may choose. @param {Pick<Sweep, "thresholds">} sweep @param {boolean} isProbability @returns {[number, number]} */
export function limitsOf({ thresholds }, isProbability) {
  if (isProbability) return [0, 1];
  const last = thresholds[thresholds.length - 1];
  return [Math.min(-1, Math.floor(last)), Math.max(1, Math.ceil(thresholds[1]))];
}

/**
 * The point that is nearest to a place on the picture.
 *
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @param {[number, number]} at      both in shares of the axes
 */
export function nearestPoint(xs, ys, [x, y]) {
  let [best, least] = [0, Infinity];
  for (let i = 0; i < xs.length; i++) {
    const distance = (xs[i] - x) ** 2 + (ys[i] - y) ** 2;
    if (distance < least) [best, least] = [i, distance];
  }
  return best;
}

/** What errors cost, a row. @param {Counts} counts @param {Costs} costs */
export const costOf = (
  { truePositives, falsePositives, falseNegatives, trueNegatives },
  { falsePositive, falseNegative },
) =>
  (falsePositives * falsePositive + falseNegatives * falseNegative) /
  (truePositives + falsePositives + falseNegatives + trueNegatives);

/** The point at which errors cost least; of equals the one of the highest threshold. @param {Sweep} sweep @param {Costs} costs */
export function cheapest(sweep, costs) {
  let [best, least] = [0, Infinity];
  for (let place = 0; place < sweep.thresholds.length; place++) {
    const cost = costOf(countsAt(sweep, place), costs);
    if (cost < least) [best, least] = [place, cost];
  }
  return best;
}

/** A cost as it was typed; null where it is none. */
export function costFrom(/** @type {string} */ text) {
  const cost = Number(text.trim().replace(",", "."));
  return text.trim() !== "" && cost >= 0 && Number.isFinite(cost) ? cost : null;
}

/**
 * As many points of a curve as a picture can show, in pixels: its ends, and of each stretch one.
 *
 * @param {ArrayLike<number>} xs
 * @param {ArrayLike<number>} ys
 * @param {{x: (value: number) => number, y: (value: number) => number}} scales
 * @param {boolean} [isStepped]   upright before it goes on
 * @returns {[number, number][]}
 */
export function pointsOf(xs, ys, { x, y }, isStepped = false) {
  /** @type {[number, number][]} */
  const points = [];
  for (let i = 0; i < xs.length; i++) {
    const [px, py] = [x(xs[i]), y(ys[i])];
    const before = points[points.length - 1];
    const isNear = before && Math.abs(before[0] - px) < 0.7 && Math.abs(before[1] - py) < 0.7;
    if (!Number.isFinite(px + py) || (isNear && i < xs.length - 1)) continue;
    if (isStepped && before) points.push([before[0], py]);
    points.push([px, py]);
  }
  return points;
}
