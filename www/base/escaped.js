// @ts-check
/** @type {Record<string, string>} */
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text as markup has it, between tags and in attributes. */
export const escaped = (/** @type {unknown} */ text) => String(text).replace(/[&<>"]/g, (sign) => ESCAPES[sign]);
