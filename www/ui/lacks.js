// @ts-check
/** What stands in the place of a part that could not be had. */
import { html } from "lit";
import { t } from "../base/text.js";
import { remedy } from "./remedy.js";

/**
 * @param {string} what     "These settings"
 * @param {string} advice   what to do, as loadPart's error says it
 * @param {() => void} again
 */
export const lacks = (what, advice, again) => {
  const { label, run } = remedy(again);
  return html`<p class="note" role="alert">${what} ${t("ui.couldNotLoaded")} ${advice} <button type="button" class="notice-action" @click=${run}>${label}</button></p>`;
};
