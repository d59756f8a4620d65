// @ts-check
/** Samples per second, to three digits, with a letter for thousands and millions. */
const UNITS = /** @type {const} */ ([
  [1e9, "G"],
  [1e6, "M"],
  [1e3, "k"],
]);

/** @param {number} rate */
export function rateWords(rate) {
  const rounded = Number(rate.toPrecision(3)); // first, so that 999,950 is 1 M and not 1,000 k
  const [size, letter] = UNITS.find(([least]) => rounded >= least) ?? [1, ""];
  const value = rounded / size;
  return `${value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)}${letter && `\u202f${letter}`}`;
}
