// @ts-check
/** Rows as text with commas, written in pieces; notes that don't grow with the file; text in whole lines. */
import { commandError } from "../../../../worker/commandError.js";
import { t } from "../../../../base/text.js";

/** Letters of a piece. */
const PIECE = 2 ** 16;

/** Letters of a file that has to be held whole. */
export const MOST_TEXT = 2 ** 27;

/** What the core takes: cells of a table, and columns. */
export const MOST_CELLS = 25_000_000;
export const MOST_COLUMNS = 10_000;

/** Notes of one sort that are told one by one. */
const TOLD = 20;

const quoted = (/** @type {string} */ cell) =>
  /[",\n\r]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** @param {(text: string) => void} emit */
export function createWriter(emit) {
  let piece = "";
  return {
    row(/** @type {string[]} */ cells) {
      // One empty cell alone would be an empty line.
      piece += `${cells.length === 1 && !cells[0] ? '""' : cells.map(quoted).join(",")}\n`;
      if (piece.length >= PIECE) this.flush();
    },
    flush() {
      emit(piece);
      piece = "";
    },
  };
}

/** Notes by line, and at the end how many more there were. */
export function createNotes(/** @type {import("./converters.js").Outlet["note"]} */ note) {
  let count = 0;
  return {
    add(/** @type {number | null} */ line, /** @type {string} */ sentence) {
      if (count++ < TOLD) note({ line, sentence });
    },
    get count() {
      return count;
    },
    finish(/** @type {string} */ more) {
      if (count > TOLD) note({ line: null, sentence: t("data.more3", { count: count - TOLD, more }) });
    },
  };
}

/** Cuts text into lines, and hands each of them on with its number. */
export function createLines(/** @type {(line: string, number: number) => void} */ use) {
  let rest = "";
  let number = 0;
  return {
    take(/** @type {string} */ text) {
      const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      for (const line of lines) use(line, ++number);
    },
    finish() {
      if (rest) use(rest.replace(/\r$/, ""), ++number);
      rest = "";
    },
  };
}

/** Text that has to be held whole, up to a bound. */
export function createHold(/** @type {string} */ name, /** @type {string} */ what) {
  /** @type {string[]} */
  const pieces = [];
  let length = 0;
  return {
    take(/** @type {string} */ text) {
      length += text.length;
      if (length > MOST_TEXT)
        throw commandError(
          "table",
          t("data.longerThanMillionCharacters", { name, MOST_TEXT: MOST_TEXT / 2 ** 20, what }),
        );
      pieces.push(text);
    },
    text: () => pieces.join(""),
  };
}

/** @returns {never} */
export const refuse = (/** @type {string} */ name, /** @type {string} */ sentence) => {
  throw commandError("table", `${name} ${sentence}`);
};
