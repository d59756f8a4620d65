// @ts-check
/** A small button with a sign on it. */
import { html, nothing } from "lit";

/**
 * @param {unknown} sign
 * @param {string} label
 * @param {boolean} disabled
 * @param {() => unknown} act
 * @param {number | symbol} [tab]   of minus 1 where the keyboard has another way
 */
export const nudge = (sign, label, disabled, act, tab = nothing) =>
  html`<button type="button" class="nudge" tabindex=${tab} aria-label=${label} ?disabled=${disabled} @click=${act}>${sign}</button>`;
