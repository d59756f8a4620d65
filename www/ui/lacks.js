// @ts-check
/** What stands in the place of a part that could not be had. */
import { html } from "lit";

/**
 * @param {string} what     "These settings"
 * @param {string} advice   what to do, as loadPart's error says it
 * @param {() => void} again
 */
export const lacks = (what, advice, again) =>
  html`<p class="note" role="alert">${what} could not be loaded. ${advice} <button type="button" class="notice-action" @click=${again}>Try again</button></p>`;
