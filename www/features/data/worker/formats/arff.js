// @ts-check
/** ARFF, Weka's format: attributes with their types, then rows, dense or sparse. Streams. */
import { createLines, createNotes, createWriter, refuse } from "./writing.js";
import { t } from "../../../../base/text.js";

/** @typedef {{name: string, type: "number" | "category" | "date" | "text", first: string}} Attribute   first: what a sparse row leaves out */

/** @param {import("./converters.js").Outlet} outlet @returns {import("./converters.js").Converter} */
export function createArff({ name, emit, note }) {
  const writer = createWriter(emit);
  const notes = createNotes(note);
  /** @type {Attribute[]} */
  const attributes = [];
  let relation = "";
  let isData = false;
  let weights = 0;
  const header = (/** @type {string} */ line, /** @type {number} */ number) => {
    const [, keyword, rest] =
      /^@(\w+)\s*(.*)$/s.exec(line) ?? refuse(name, t("data.hasLineNoPart", { number, line: line.slice(0, 40) }));
    if (/^relation$/i.test(keyword)) relation = cellsOf(rest)[0]?.text ?? "";
    else if (/^attribute$/i.test(keyword)) attributes.push(attributeOf(name, rest, number));
    else if (/^data$/i.test(keyword)) {
      if (!attributes.length) refuse(name, t("data.declaresNoAttributeBefore"));
      isData = true;
      writer.row(attributes.map((attribute) => attribute.name));
    } else refuse(name, t("data.hasLineWhichNo", { keyword, number }));
  };
  const lines = createLines((whole, number) => {
    const line = (number === 1 ? whole.replace(/^\ufeff/, "") : whole).trim();
    if (!line || line.startsWith("%")) return;
    if (!isData) return header(line, number);
    const sparse = /^\{(.*)\}\s*(?:,\s*\{[^}]*\})?$/s.exec(line);
    if (sparse) return sparseRow(sparse[1], number);
    const weighted = /,\s*\{\s*[\d.eE+-]+\s*\}$/.exec(line);
    if (weighted) weights += 1;
    const cells = cellsOf(weighted ? line.slice(0, weighted.index) : line, line.includes(",") ? "," : "\t").map(plain);
    if (cells.length !== attributes.length)
      notes.add(
        number,
        t("data.rowHasValuesWhere", {
          cells: cells.length,
          attributes: attributes.length,
          value: cells.length < attributes.length ? t("data.othersMissing") : t("data.restWasLeftOut"),
        }),
      );
    writer.row(attributes.map((_, i) => cells[i] ?? ""));
  });
  const sparseRow = (/** @type {string} */ text, /** @type {number} */ number) => {
    const cells = attributes.map(({ first }) => first);
    for (const { text: pair, isQuoted } of text.trim() ? cellsOf(text, ",") : []) {
      const [, place, value] = (isQuoted ? null : /^(\d+)\s+(.*)$/s.exec(pair)) ?? [];
      if (value === undefined || Number(place) >= attributes.length)
        notes.add(number, t("data.noIndexFrom0", { pair: pair.slice(0, 30), attributes: attributes.length - 1 }));
      else cells[Number(place)] = plain(cellsOf(value, "\n")[0]);
    }
    writer.row(cells);
  };
  return {
    take: (text) => lines.take(text),
    finish() {
      lines.finish();
      if (!isData) refuse(name, t("data.hasNoDataLine"));
      writer.flush();
      notes.finish(t("data.linesDontFitAttributes"));
      if (weights) note({ line: null, sentence: t("data.rowsHaveWeightWhich", { weights }) });
      const kinds = Object.fromEntries(
        attributes.filter(({ type }) => type !== "text").map((attribute) => [attribute.name, attribute.type]),
      );
      return {
        kinds,
        sentence: t("data.declaresAttributes", {
          value: relation ? t("data.relation", { relation }) : t("data.file"),
          attributes: attributes.length,
        }),
      };
    },
  };
}

/** A value as text; a question mark without quotes is a missing one. */
const plain = (/** @type {{text: string, isQuoted: boolean} | undefined} */ cell) =>
  !cell || (cell.text === "?" && !cell.isQuoted) ? "" : cell.text;

/** @returns {Attribute} */
function attributeOf(/** @type {string} */ name, /** @type {string} */ rest, /** @type {number} */ number) {
  const [, quoted, bare, type = ""] =
    /^(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|([^\s{]+))\s*(.*)$/s.exec(rest) ??
    refuse(name, t("data.hasAttributeWithoutName", { number }));
  const title = quoted ? unquoted(quoted) : bare;
  const written = type.trim();
  if (written.startsWith("{")) {
    const values = cellsOf(written.replace(/^\{|\}.*$/gs, ""), ",");
    return { name: title, type: "category", first: plain(values[0]) };
  }
  if (/^(numeric|real|integer)\b/i.test(written)) return { name: title, type: "number", first: "0" };
  if (/^date\b/i.test(written)) return { name: title, type: "date", first: "" };
  if (/^string\b/i.test(written)) return { name: title, type: "text", first: "" };
  return refuse(name, t("data.declaresAttributeLineNumeric", { title, written: written.slice(0, 30), number }));
}

/** @type {Record<string, string>} */
const ESCAPES = { n: "\n", t: "\t", r: "\r" };

const unquoted = (/** @type {string} */ text) =>
  text.slice(1, -1).replace(/\\(.)/gs, (_, letter) => ESCAPES[letter] ?? letter);

/** The values of a line: in single or double quotes, or bare. */
function cellsOf(/** @type {string} */ line, delimiter = " ") {
  const cells = [];
  const pattern = new RegExp(
    `\\s*(?:("(?:[^"\\\\]|\\\\.)*"|'(?:[^'\\\\]|\\\\.)*')\\s*(?=${delimiter}|$)|([^${delimiter}]*))(${delimiter}|$)`,
    "gsy",
  );
  for (let match = pattern.exec(line); match; match = pattern.exec(line)) {
    cells.push(
      match[1] === undefined
        ? { text: match[2].trim(), isQuoted: false }
        : { text: unquoted(match[1]), isQuoted: true },
    );
    if (match[3] === "") break;
  }
  return cells;
}
