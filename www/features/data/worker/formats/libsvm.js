// @ts-check
/** libsvm's format: a label, perhaps a query, and the values that aren't zero with their indices. */
import { MOST_CELLS, MOST_COLUMNS, createHold, createLines, createNotes, createWriter, refuse } from "./writing.js";

/** @param {import("./converters.js").Outlet} outlet @returns {import("./converters.js").Converter} */
export function createLibsvm({ name, emit, note }) {
  const hold = createHold(name, "a libsvm file");
  const notes = createNotes(note);
  let [rows, low, high] = [0, Infinity, -Infinity];
  let hasQuery = false;
  const scan = createLines((line, number) => {
    const row = rowOf(line);
    if (row === null) return;
    if (row === undefined)
      return notes.add(number, `“${line.slice(0, 30)}” is no label with index:value pairs, and was left out.`);
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
      notes.finish("lines that are no label with pairs");
      if (!rows || notes.count > rows)
        refuse(
          name,
          "is not in libsvm's format: most lines are no label with index:value pairs, as in “+1 1:0.5 3:2”. Choose another format, or mend the lines.",
        );
      const first = low === 0 ? 0 : 1;
      const features = Math.max(0, high - first + 1);
      if (features + 2 > MOST_COLUMNS)
        refuse(
          name,
          `has indices up to ${high}: that is ${features} columns, and a table may have ${MOST_COLUMNS}. Keep the features that matter, or reduce them first.`,
        );
      if (rows * (features + 1) > MOST_CELLS)
        refuse(
          name,
          `has ${rows} rows of ${features} features: that is more than ${MOST_CELLS / 1e6} million cells. Keep fewer rows or features.`,
        );
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
      const classes = hasQuery ? "Each row has a query (qid); " : "";
      return { sentence: `${classes}${features} features, and the label is the last column; values left out are 0.` };
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
