// @ts-check
/** The units in which errors are told. */
import { t } from "../../base/text.js";

/** Units that a thousand of are one of another. @type {[string, string][]} */
const THOUSANDS = [
  ["g", "kg"],
  ["mg", "g"],
  ["kg", "t"],
  ["mm", "m"],
  ["m", "km"],
  ["ml", "l"],
  ["mL", "L"],
  ["W", "kW"],
  ["ms", "s"],
  ["ppb", "ppm"],
];

/** The unit that a column's name ends with, as in "weight (kg)". */
export const unitIn = (/** @type {string} */ name) => /[([]\s*([^()[\]]{1,12}?)\s*[)\]]\s*$/.exec(name)?.[1] ?? null;

/**
 * The units in which errors may be told: the target's own, and a thousand times smaller or larger ones.
 *
 * @param {string | null} unit   of the target, if it has one
 * @returns {{factor: number, label: string}[]}
 */
export function unitChoices(unit) {
  const smaller = THOUSANDS.find(([, large]) => large === unit)?.[0];
  const larger = THOUSANDS.find(([small]) => small === unit)?.[1];
  const own = unit ?? t("metrics.unitOfTarget");
  return [
    { factor: 1, label: own },
    { factor: 1000, label: smaller ?? t("metrics.thousandth", { own }) },
    { factor: 1 / 1000, label: larger ?? t("metrics.thousands", { own }) },
  ];
}
