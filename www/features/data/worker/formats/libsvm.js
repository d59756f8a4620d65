// @ts-check
/** libsvm's format: a label, perhaps a query, and the values that aren't zero with their indices. */
import { MOST_CELLS, MOST_COLUMNS, createHold, createLines, createNotes, createWriter, refuse } from "./writing.js";
import { t } from "../../../../base/text.js";

/** @param {import("./converters.js").Outlet} outlet @returns {import("./converters.js").Converter} */
export function createLibsvm({ name, emit, note }) {
  const hold = createHold(name, t("data.libsvmFile"));
  const notes = createNotes(note);
  let [rows, low, high] = [0, Infinity, -Infinity];
  let hasQuery = false;
  const scan = createLines((line, number) => {
    const row = rowOf(line);
    if (row === null) return;
    if (row === undefined) return notes.add(number, t("data.noLabelIndexValue", { line: line.slice(0, 30) }));
    rows += 1;
    hasQuery ||= row.query !== null;
    for (const [index] of row.pairs) {
      low = Math.min(low, index);
      high = Math.max(high, index);
    }
  });
  return {
    take(text) {
      hold.take(text);
      scan.take(text);
    },
    finish() {
      scan.finish();
      notes.finish(t("data.linesNoLabelPairs"));
      if (!rows || notes.count > rows) refuse(name, t("data.notLibsvmsFormatMost"));
      const first = low === 0 ? 0 : 1;
      const features = Math.max(0, high - first + 1);
      if (features + 2 > MOST_COLUMNS) refuse(name, t("data.hasIndicesUpColumns", { high, features, MOST_COLUMNS }));
      if (rows * (features + 1) > MOST_CELLS)
        refuse(name, t("data.hasRowsFeaturesMore", { rows, features, MOST_CELLS: MOST_CELLS / 1e6 }));
      const names = Array.from({ length: features }, (_, i) => `x${i + first}`);
      const writer = createWriter(emit);
      writer.row([...(hasQuery ? ["qid"] : []), ...names, "label"]);
      const write = createLines((line) => {
        const row = rowOf(line);
        if (!row) return;
        const cells = names.map(() => "0");
        for (const [index, value] of row.pairs) cells[index - first] = value;
        writer.row([...(hasQuery ? [row.query ?? ""] : []), ...cells, row.label]);
      });
      write.take(hold.text());
      write.finish();
      writer.flush();
      const classes = hasQuery ? t("data.eachRowHasQuery") : "";
      return { sentence: t("data.featuresLabelLastColumn", { classes, features }) };
    },
  };
}

/** @returns {{label: string, query: string | null, pairs: [number, string][]} | null | undefined}   null for an empty line */
function rowOf(/** @type {string} */ line) {
  const words = line
    .replace(/^\ufeff/, "")
    .split("#")[0]
    .trim()
    .split(/\s+/);
  if (words[0] === "") return null;
  const [label, ...rest] = words;
  if (!/^[+-]?[\d.][\d.eE+,-]*$/.test(label)) return undefined;
  let query = null;
  /** @type {[number, string][]} */
  const pairs = [];
  for (const word of rest) {
    const [, key, value] = /^(qid|\d{1,9}):([+-]?(?:[\d.]+(?:[eE][+-]?\d+)?|nan|inf))$/i.exec(word) ?? [];
    if (value === undefined) return undefined;
    if (key === "qid") query = value;
    else pairs.push([Number(key), /nan/i.test(value) ? "" : value.replace(/^\+/, "")]);
  }
  return { label: label.replace(/^\+/, ""), query, pairs };
}
