// @ts-check
/** A star, full or empty. */
import { html, svg } from "lit";

const shape = "M12 4.2l2.4 5 5.4.7-4 3.8 1 5.4-4.8-2.7-4.8 2.7 1-5.4-4-3.8 5.4-.7z";

export const starIcon = (/** @type {boolean} */ isFull) =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${svg`<path d=${shape} fill=${isFull ? "currentColor" : "none"} />`}</svg>`;
