// @ts-check
/** Rows as CSV for spreadsheets, as the core writes a table (src/data/csv/mod.rs). */

/** What a spreadsheet would run: such a text has an apostrophe before it. Numbers stay as they are. */
export function guarded(/** @type {string} */ text) {
  const isSigned = /^[+-]/.test(text);
  const isNumber = /^[+-](\d|\.)[\d.,]*(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text.replaceAll(",", "")));
  return (isSigned && !isNumber) || /^[=@\t\r\n]/.test(text) ? `'${text}` : text;
}

/** A line, with its end. */
export const lineOf = (/** @type {string[]} */ cells) =>
  `${cells.map((cell) => written(guarded(cell), cells.length === 1)).join(",")}\n`;

/** One empty cell alone would be an empty line; others might be taken for comments, quotes or padding. */
const written = (/** @type {string} */ cell, /** @type {boolean} */ isAlone) =>
  /^[#%/' ]|[,"\n\r;\t|]| $/.test(cell) || (isAlone && !cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
