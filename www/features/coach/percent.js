// @ts-check
import { formatCount } from "../../base/format.js";

/** 35%, 0.5%, 12×: a share that reads well. */
export function percent(/** @type {number} */ share) {
  if (share > 2) return `${share < 9.5 ? Number(share.toPrecision(2)) : formatCount(share)}×`;
  if (share < 0.001) return "less than 0.1%";
  if (share >= 0.995 && share < 1) return "over 99%";
  return `${share < 0.095 ? Number((100 * share).toPrecision(1)) : Math.round(100 * share)}%`;
}
