// @ts-check
/** What a link locks for its readers (the setting "lock"): these settings stay as its author chose them. */
import { t } from "../base/text.js";
import { settingOf } from "./config.js";

/** @typedef {import("./spec.js").Settings} Settings */

/** What other settings would change of it, in a sentence; empty where they leave it alone. @param {Settings} before @param {Settings} after */
export function heldIn({ lock, ...before }, after) {
  const held = lock?.filter((/** @type {string} */ key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  const names = held?.map((/** @type {string} */ key) => settingOf(key).label).join(", ");
  return names ? t("settings.held", { names }) : "";
}

/** What stays as it is with another data set. @param {Settings} settings @returns {Settings} */
export const heldOf = (settings) =>
  Object.fromEntries(
    (settings.lock ? [...settings.lock, "lock"] : []).map((/** @type {string} */ key) => [key, settings[key]]),
  );
