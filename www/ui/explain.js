// @ts-check
/**
 * Gives the controls of a panel their ⓘ: the help puts here what does it (features/help/mark.js). Not a part of their templates:
 * it comes late, and a template rendered anew for it would take away what is being typed.
 */
export const info = { mark(/** @type {HTMLElement} */ _panel) {} };
