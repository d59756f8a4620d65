// @ts-check
/**
 * Rows as dots: over two columns, or over the plane on which they spread most. Both become one form here.
 *
 * @typedef {object} Scatter
 * @property {ArrayLike<number>} x
 * @property {ArrayLike<number>} y
 * @property {ArrayLike<number>} target   values or class indices, NaN where there is none
 * @property {("number" | "category" | "date")[]} kinds
 * @property {string[][]} names
 * @property {string[]} classes           empty for values
 * @property {number} rows
 *
 * @typedef {object} Components
 * @property {ArrayLike<number>} shares   of all variance
 * @property {string[]} names             of the net's inputs
 * @property {string[]} classes
 * @property {ArrayLike<number>} mean     encoded
 * @property {ArrayLike<number>[]} axes
 * @property {import("./protocol.js").Points} points
 *
 * @typedef {object} Shown
 * @property {Float64Array} inputs
 * @property {number[]} values
 * @property {string[]} classes
 * @property {[number, number]} range    of values
 * @property {string[]} kinds
 * @property {string[][]} names
 * @property {number} rows
 * @property {number} drawn
 * @property {boolean} hidden            whether test rows are left out
 */
import { formatShare } from "../base/format.js";
import { t } from "../base/text.js";

/**
 * @param {Scatter | null} scatter
 * @param {Components | {problem: string} | null} components
 * @param {boolean} isLocked   whether test rows are not to be seen
 * @returns {Shown | null}     null while there is nothing to show
 */
export function scatterOf(scatter, components, isLocked) {
  if (scatter) {
    const { x, y, target, kinds, names, classes, rows } = scatter;
    const places = [x, y].map((column, axis) =>
      Array.from(column, (value, row) => (kinds[axis] === "category" ? apart(value, row, axis) : value)),
    );
    const kept = Array.from(target, (_, row) => row).filter((row) => Number.isFinite(target[row]));
    const inputs = kept.flatMap((row) => [places[0][row], places[1][row]]);
    return shown(
      inputs,
      kept.map((row) => target[row]),
      { classes, kinds, names, rows, hidden: false },
    );
  }
  if (!components || "problem" in components) return null;
  const { points, classes } = components;
  const kept = Array.from(points.part, (_, row) => row).filter((row) => !isLocked || points.part[row] !== 2);
  const inputs = kept.flatMap((row) => [points.inputs[2 * row], points.inputs[2 * row + 1]]);
  const about = {
    classes,
    kinds: ["number", "number"],
    names: [[], []],
    rows: kept.length,
    hidden: isLocked && kept.length < points.part.length,
  };
  return shown(
    inputs,
    kept.map((row) => points.targets[row]),
    about,
  );
}

function shown(
  /** @type {number[]} */ inputs,
  /** @type {number[]} */ values,
  /** @type {Pick<Shown, "classes" | "kinds" | "names" | "rows" | "hidden">} */ about,
) {
  const ends = values.reduce(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
  const range = /** @type {[number, number]} */ (ends[0] > ends[1] ? [0, 1] : ends);
  return { ...about, inputs: Float64Array.from(inputs), values, range, drawn: values.length };
}

/** Rows of one category would lie on each other: they are spread about it, always alike. */
const apart = (/** @type {number} */ value, /** @type {number} */ row, /** @type {number} */ axis) =>
  value + 0.5 * ((((row + 1) * (axis ? 0.7548776662 : 0.569840291)) % 1) - 0.5);

/** How much of all spread lies along an axis, and the inputs that it is mostly made of. */
export function shareWords(/** @type {Components} */ { shares, names, axes }, /** @type {number} */ axis) {
  const parts = Array.from(axes[axis], (weight, i) => ({ weight, name: names[i] ?? "" }));
  const largest = parts
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
    .slice(0, 3)
    .filter(({ weight }) => Math.abs(weight) > 0.05);
  const made = largest.map(({ weight, name }) => `${weight < 0 ? "−" : "+"} ${name}`).join(", ");
  return t("session.varianceMostly", { shares: formatShare(shares[axis]), made });
}
