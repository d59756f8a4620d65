// @ts-check
/** The few icons, drawn as lines of one width; words stand beside or in the label of each button. */
import { svg, html } from "lit";

const icon = (/** @type {unknown} */ shape) =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shape}</svg>`;

export const playIcon = icon(svg`<path d="M8 5.5v13l11-6.5z" fill="currentColor" stroke-linejoin="round" />`);
export const pauseIcon = icon(svg`<path d="M8.5 6v12M15.5 6v12" stroke-width="3.5" />`);
export const stepIcon = icon(
  svg`<path d="M6 6l8 6-8 6z" fill="currentColor" stroke-linejoin="round" /><path d="M18 6v12" />`,
);
export const resetIcon = icon(svg`<path d="M5 12a7 7 0 1 0 2.3-5.2M5 4.5V9h4.5" />`);
export const seedIcon = icon(
  svg`<rect x="4.5" y="4.5" width="15" height="15" rx="3.5" /><path d="M9 9h.01M15 9h.01M12 12h.01M9 15h.01M15 15h.01" stroke-width="2.6" />`,
);
export const closeIcon = icon(svg`<path d="M6.5 6.5l11 11M17.5 6.5l-11 11" />`);
export const chevronIcon = icon(svg`<path d="M7 10l5 5 5-5" />`);
export const pencilIcon = icon(svg`<path d="M5 19l1-4L15.5 5.5l3 3L9 18z" />`);
export const openIcon = icon(svg`<path d="M5 5h14v14H5zM5 10h14M11 10v9" />`);
export const plusIcon = icon(svg`<path d="M12 6v12M6 12h12" />`);
export const minusIcon = icon(svg`<path d="M6 12h12" />`);
export const undoIcon = icon(svg`<path d="M9 14L4.5 9.5 9 5M4.5 9.5H14a5.5 5.5 0 0 1 0 11h-3" />`);
export const redoIcon = icon(svg`<path d="M15 14l4.5-4.5L15 5M19.5 9.5H10a5.5 5.5 0 0 0 0 11h3" />`);
export const shareIcon = icon(
  svg`<path d="M12 15V4M8 7.5L12 3.5l4 4M5 13v5.5A1.5 1.5 0 0 0 6.5 20h11a1.5 1.5 0 0 0 1.5-1.5V13" />`,
);
export const menuIcon = icon(svg`<path d="M5 7h14M5 12h14M5 17h14" />`);
