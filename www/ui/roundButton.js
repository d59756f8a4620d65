// @ts-check
/** A round button: its icon, and its name where there is room. */
import { html, nothing } from "lit";

/**
 * @param {string} as      further classes: "primary", "small"
 * @param {string} label
 * @param {string} title   what it does, and by which key
 * @param {unknown} icon
 * @param {(event: MouseEvent) => void} act
 * @param {boolean} [disabled]
 * @param {string | symbol} [popup]   what it opens
 */
export const roundButton = (as, label, title, icon, act, disabled = false, popup = nothing) =>
  html`<button type="button" class="round worded ${as}" title=${title} aria-haspopup=${popup} ?disabled=${disabled} @click=${act}>${icon}<span class="word">${label}</span></button>`;

/** A small one without a word. @param {string} label @param {unknown} icon @param {() => unknown} act @param {string} [as] @param {string} [title] */
export const iconButton = (label, icon, act, as = "", title = label) =>
  html`<button type="button" class="round small ${as}" aria-label=${label} title=${title} @click=${act}>${icon}</button>`;
