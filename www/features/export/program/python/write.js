// @ts-check
/**
 * Python as text: literals that no name of the user's can break out of, and lines as `ruff format` has them.
 */

/** Columns of a line. */
export const WIDTH = 88;

/** Letters, marks, digits, punctuation and signs stand as they are; what can't be seen, or turns the reading order, as its code. */
const SEEN = /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;

/** How wide a text is in a terminal, as formatters count. */
export function widthOf(/** @type {string} */ text) {
  let width = 0;
  for (const letter of text)
    width += /\p{M}/u.test(letter)
      ? 0
      : /\p{sc=Han}|\p{sc=Hira}|\p{sc=Kana}|\p{sc=Hang}|\p{EPres}|[！-～]/u.test(letter)
        ? 2
        : 1;
  return width;
}

const coded = (/** @type {string} */ letter) => {
  const code = /** @type {number} */ (letter.codePointAt(0));
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
};

const SHORT = /** @type {Record<string, string>} */ ({ "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" });

/** A text as Python writes it. Half a surrogate pair, which no file in UTF-8 can hold, is the sign for what can't be read. */
export function pyString(/** @type {string} */ given) {
  const text = wellFormed(given);
  const count = (/** @type {string} */ sign) => text.split(sign).length;
  const quote = count('"') > count("'") ? "'" : '"';
  const letters = [...text].map((letter) =>
    letter === quote ? `\\${quote}` : (SHORT[letter] ?? (SEEN.test(letter) ? letter : coded(letter))),
  );
  return `${quote}${letters.join("")}${quote}`;
}

/** As UTF-8 can hold it. */
export const wellFormed = (/** @type {string} */ text) =>
  text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD");

/** A number with a fraction, so that it reads as one. */
export function pyFloat(/** @type {number} */ number) {
  if (Number.isNaN(number)) return 'float("nan")';
  if (!Number.isFinite(number)) return number > 0 ? "math.inf" : "-math.inf";
  const text = String(number);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/**
 * Something with parts in brackets: on one line where it fits, else a part a line.
 *
 * @param {string} open     up to the bracket, with it
 * @param {string[]} parts
 * @param {string} close    the bracket, and what follows
 * @param {number} [indent]   columns before it
 */
export function inBrackets(open, parts, close, indent = 0) {
  const line = `${open}${parts.join(", ")}${close}`;
  const isShort = !line.includes("\n") && widthOf(line) + indent <= WIDTH;
  if (isShort || !parts.length) return line;
  const pad = " ".repeat(indent);
  return `${open}\n${parts.map((part) => `${pad}    ${part},\n`).join("")}${pad}${close}`;
}

/** A list of texts. @param {string} before   as `NAMES = ` @param {string[]} texts */
export const listOf = (before, texts, indent = 0) => inBrackets(`${before}[`, texts.map(pyString), "]", indent);

/** `NAME = value`, in brackets where only that makes it fit. */
export function assigned(/** @type {string} */ name, /** @type {string} */ value) {
  const line = `${name} = ${value}`;
  return widthOf(line) > WIDTH && widthOf(value) + 4 <= WIDTH ? `${name} = (\n    ${value}\n)` : line;
}

/** Lines moved to the right. */
export const indented = (/** @type {string} */ text, columns = 4) => text.replace(/^(?=.)/gm, " ".repeat(columns));

/** Lines, less those that aren't wanted: `null` and `false` leave one out. */
export const lines = (/** @type {(string | null | false | undefined)[]} */ ...all) =>
  all.filter((line) => typeof line === "string").join("\n");
