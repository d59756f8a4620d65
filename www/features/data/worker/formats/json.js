// @ts-check
/** JSON: lists of objects or of lists, lines of them, columns by name; what is nested gets names with dots. */
import { faultIn } from "./jsonFault.js";
import { rowsIn } from "./jsonRows.js";
import { MOST_CELLS, createHold, createNotes, createWriter, refuse } from "./writing.js";
import { t } from "../../../../base/text.js";

/** Lists of one length up to this many values become columns. */
const MOST_SPREAD = 4096;

/** @param {import("./converters.js").Outlet} outlet @returns {import("./converters.js").Converter} */
export function createJson({ name, emit, note }) {
  const hold = createHold(name, "JSON");
  return {
    take: (text) => hold.take(text),
    finish() {
      const text = hold.text().replace(/^\ufeff/, "");
      const { value, how } = parsed(name, text, note);
      const found = rowsIn(name, value);
      if (found.leftOut)
        note({
          line: null,
          sentence: t("data.entriesNoWereLeft", {
            leftOut: found.leftOut,
            leftOut2: found.leftOut + found.rows.length,
            value: found.isLists ? t("data.lists") : t("data.objects"),
          }),
        });
      if (found.note) note({ line: null, sentence: found.note });
      write(name, found.rows.map(flat), emit, note);
      return { sentence: `${how}${found.sentence}` };
    },
  };
}

/** The document; one object a line is a list of them. @param {string} name @param {string} text @param {import("./converters.js").Outlet["note"]} note */
function parsed(name, text, note) {
  const attempt = (/** @type {string} */ source) => {
    try {
      return { value: JSON.parse(source), isGood: true };
    } catch {
      return { value: null, isGood: false };
    }
  };
  const whole = attempt(text);
  if (whole.isGood) return { value: whole.value, how: "" };
  const lines = text.split(/\r\n|\n|\r/);
  const first = lines.findIndex((line) => line.trim());
  if (attempt(withoutNaN(lines[first] ?? "")).isGood && lines.slice(first + 1).some((line) => line.trim())) {
    const notes = createNotes(note);
    const values = lines.flatMap((line, i) => {
      if (!line.trim()) return [];
      const one = attempt(withoutNaN(line));
      if (!one.isGood) notes.add(i + 1, t("data.noJsonWasLeft", { line: line.trim().slice(0, 30) }));
      return one.isGood ? [one.value] : [];
    });
    notes.finish(t("data.linesNoJson"));
    if (values.length > notes.count) return { value: values, how: t("data.oneEntryPerLine") };
  }
  // Python writes NaN and Infinity, which JSON doesn't know.
  const mended = attempt(withoutNaN(text));
  if (mended.isGood) {
    note({ line: null, sentence: t("data.nanInfinityWhichJson") });
    return { value: mended.value, how: "" };
  }
  return refuse(name, t("data.brokenJson", { text: faultIn(text) }));
}

const withoutNaN = (/** @type {string} */ text) =>
  text.replace(/"(?:[^"\\\n]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (found) => (found[0] === '"' ? found : "null"));

/** @typedef {import("./jsonRows.js").Row} Row */

/** Values by the path to them: lists stay whole for now. @returns {Row} */
function flat(/** @type {Row} */ row) {
  /** @type {Row} */
  const cells = new Map();
  const walk = (/** @type {string} */ path, /** @type {unknown} */ value, /** @type {number} */ depth) => {
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (!isObject || depth > 8) return void cells.set(path, value);
    for (const [key, inner] of Object.entries(value)) walk(`${path}.${key}`, inner, depth + 1);
  };
  for (const [key, value] of row) walk(key, value, 0);
  return cells;
}

/** @param {string} name @param {Row[]} rows @param {(csv: string) => void} emit @param {import("./converters.js").Outlet["note"]} note */
function write(name, rows, emit, note) {
  /** How long the lists of a column are: 0 for no lists, NaN where that differs. @type {Map<string, number>} */
  const lengths = new Map();
  for (const row of rows) {
    for (const [path, value] of row) {
      if (value === null && lengths.has(path)) continue;
      const length = value === null ? -1 : lengthOf(value);
      const before = lengths.get(path) ?? -1;
      lengths.set(path, before === -1 || before === length ? length : NaN);
    }
  }
  const columns = [...lengths].map(([path, length]) => ({ path, spread: length > 0 ? length : 0 }));
  if (!columns.length) refuse(name, t("data.holdsObjectsWithoutAny"));
  const width = columns.reduce((sum, { spread }) => sum + (spread || 1), 0);
  if (rows.length * width > MOST_CELLS)
    refuse(name, t("data.hasRowsValuesMore", { rows: rows.length, width, MOST_CELLS: MOST_CELLS / 1e6 }));
  const odd = { lists: new Set(), large: 0 };
  const cellOf = (/** @type {unknown} */ value, /** @type {string} */ path) => {
    if (value === null || value === undefined) return "";
    if (typeof value === "object") odd.lists.add(path);
    else if (Number.isInteger(value) && !Number.isSafeInteger(value)) odd.large += 1;
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  const writer = createWriter(emit);
  writer.row(
    columns.flatMap(({ path, spread }) => (spread ? Array.from({ length: spread }, (_, i) => `${path}.${i}`) : [path])),
  );
  for (const row of rows) {
    writer.row(
      columns.flatMap(({ path, spread }) => {
        const value = row.get(path);
        return spread ? Array.from({ length: spread }, (_, i) => cellOf(value?.[i], path)) : [cellOf(value, path)];
      }),
    );
  }
  writer.flush();
  for (const path of odd.lists)
    note({
      line: null,
      sentence: t("data.holdsListsKeptText", { path }),
    });
  if (odd.large)
    note({
      line: null,
      sentence: t("data.wholeNumbersHaveMore", { large: odd.large }),
    });
}

/** Of a list of plain values that may become columns; 0 for a value alone, NaN for what can only be text. */
function lengthOf(/** @type {unknown} */ value) {
  if (typeof value !== "object") return 0;
  const isPlain =
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= MOST_SPREAD &&
    value.every((one) => typeof one !== "object" || one === null);
  return isPlain ? value.length : NaN;
}
