// @ts-check
/**
 * A feature as arithmetic over the raw row `x`, for the languages that write it nearly alike.
 *
 * @typedef {import("./plan.js").FormulaTree} FormulaTree
 *
 * @typedef {object} Language
 * @property {Record<string, string>} functions   by the formula's name for each
 * @property {string} power                       the function that takes base and exponent
 * @property {(x: string, place: number | undefined) => string} is   1 where a name is the one at that place, else 0
 */

const number = (/** @type {number} */ value) => (value < 0 || Object.is(value, -0) ? `(${value})` : String(value));

/** @param {Language} language @returns {(feature: import("./plan.js").Feature) => string} */
export function writerOf({ functions, power, is }) {
  /** @param {FormulaTree} tree @returns {string} */
  function formulaOf([name, ...terms]) {
    if (name === "number") return number(/** @type {number} */ (terms[0]));
    if (name === "column") return `x[${terms[0]}]`;
    const [a, b] = /** @type {FormulaTree[]} */ (terms).map(formulaOf);
    if (name === "negate") return `-${a}`;
    if (name === "^") return `${power}(${a}, ${b})`;
    return b === undefined ? `${functions[name]}(${a})` : `(${a} ${name} ${b})`;
  }
  return ({ type, columns: [a, b], category, formula }) => {
    const x = `x[${a}]`;
    switch (type) {
      case "square":
        return `${x} * ${x}`;
      case "product":
        return `${x} * x[${b}]`;
      case "sine":
        return `${functions.sin}(${x})`;
      case "cosine":
        return `${functions.cos}(${x})`;
      case "is":
        return is(x, category);
      case "formula":
        return formulaOf(/** @type {FormulaTree} */ (formula));
      default:
        return x;
    }
  };
}
