// @ts-check
import { formatCount } from "../../base/format.js";
import { t } from "../../base/text.js";

/** 35%, 0.5%, 12×: a share that reads well. */
export function percent(/** @type {number} */ share) {
  if (share > 2) return `${share < 9.5 ? Number(share.toPrecision(2)) : formatCount(share)}×`;
  if (share < 0.001) return t("coach.lessThan01");
  if (share >= 0.995 && share < 1) return t("coach.over99");
  return `${share < 0.095 ? Number((100 * share).toPrecision(1)) : Math.round(100 * share)}%`;
}
