// @ts-check
/** Why a part of a link could not be used: what may stand there. */
import { isSetting, settingOf } from "./config.js";
import { parse } from "./parse.js";
import { parseFor } from "./spec.js";
import { t } from "../base/text.js";

/**
 * A sentence with the values that are allowed; empty for what is said twice, or is no percent code.
 *
 * @param {string} part     as readHash hands it back: "noise=3"
 * @param {string} source   the data set that the link opened
 */
export function ignoredReason(part, source) {
  const [key, ...rest] = part.split("=");
  if (!isSetting(key)) return t("settings.noSuchSetting");
  const text = rest.join("=");
  return (key === "source" ? parse(settingOf(key), text) : parseFor(source, key, text)).problem ?? "";
}
