// @ts-check
/**
 * Residuals, actual − predicted, as the picture and its sentences have them.
 *
 * @typedef {import("./worker.js").Residuals} Residuals
 * @typedef {import("../../session/protocol.js").Points} Points
 * @typedef {{row: number, x: number, predicted: number, actual: number, residual: number}} Dot   `row`: among the points
 */
import { t } from "../../base/text.js";

/**
 * The rows that the page has, each with its residual; those without a value across are left out.
 *
 * @param {Points} points
 * @param {number[]} rows        of the points, in the order of the outputs
 * @param {ArrayLike<number>} outputs
 * @param {number} column        what lies across: a column, or −1 for the prediction
 * @returns {Dot[]} from left to right
 */
export function dotsOf({ inputs, targets }, rows, outputs, column) {
  const width = inputs.length / targets.length;
  const dots = rows.map((row, i) => ({
    row,
    x: column < 0 ? outputs[i] : inputs[row * width + column],
    predicted: outputs[i],
    actual: targets[row],
    residual: targets[row] - outputs[i],
  }));
  return dots.filter(({ x }) => Number.isFinite(x)).sort((a, b) => a.x - b.x);
}

/** The dot that is nearest to a place on the picture; −1 of none. @param {{x: number, y: number}[]} places @param {{x: number, y: number}} at */
export function nearestDot(places, at) {
  let [best, least] = [-1, Infinity];
  places.forEach(({ x, y }, i) => {
    const distance = (x - at.x) ** 2 + (y - at.y) ** 2;
    if (distance < least) [best, least] = [i, distance];
  });
  return best;
}

/** So far from zero, in standard errors, a mean isn't chance. */
const CHANCE = 2;

/** Whether the model is off to one side by more than chance allows. @param {Pick<Residuals, "mean" | "deviation" | "rows">} residuals @returns {"low" | "high" | null} */
export function leaningOf({ mean, deviation, rows }) {
  if (!(Math.abs(mean) > (CHANCE * deviation) / Math.sqrt(rows))) return null;
  return mean > 0 ? "low" : "high";
}

/** Mean and deviation, and what they mean. @param {Residuals} residuals @param {(value: number) => string} write */
export function residualWords(residuals, write) {
  const { mean, deviation, rows } = residuals;
  const figures = t("residuals.meanAndDeviation", {
    mean: write(mean),
    deviation: write(deviation),
    rows: t("count.rows", { count: rows }),
  });
  const leaning = leaningOf(residuals);
  if (leaning === "low") return `${figures} ${t("residuals.predictsTooLow", { mean: write(mean) })}`;
  if (leaning === "high") return `${figures} ${t("residuals.predictsTooHigh", { mean: write(-mean) })}`;
  return `${figures} ${t("residuals.noLeaning")}`;
}
