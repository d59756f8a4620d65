// @ts-check
/** A padlock; open, its bow is lifted. */
import { html, svg } from "lit";

export const padlockIcon = (/** @type {boolean} */ isOpen) => html`
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${svg`<rect x="5" y="11" width="14" height="9" rx="2" fill="currentColor" stroke="none" /><path d=${isOpen ? "M8 11V7a4 4 0 0 1 7.6-1.7" : "M8 11V8a4 4 0 0 1 8 0v3"} />`}
  </svg>
`;
