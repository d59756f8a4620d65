// @ts-check
/**
 * Columns of a file read as the model's training rows were: by the core's own reader, with the training cells before those of
 * the file, so that a decimal sign, an order of dates and a unit mean what they meant there.
 *
 * @typedef {import("../../../settings/spec.js").Spec} Spec
 * @typedef {typeof import("../../../worker/full.js")} Full
 *
 * @typedef {import("../../../pkg-full/trainyard.js").ReadChoices} Choices
 *
 * @typedef {object} Column
 * @property {"number" | "category" | "date"} kind
 * @property {string[]} known    cells of training rows, or some of them
 * @property {string[]} cells    of the file
 *
 * @typedef {object} Read        one a cell of the file
 * @property {Float64Array} values           NaN for a gap; of names their places in `names`
 * @property {string[]} names                of categories
 */
import { asWritten } from "../../../base/asWritten.js";

/** Rows that are written at a time. */
const PIECE = 4000;

/** A column of numbers that nobody wants, to be learned from: the reader is made for tables that are. */
const TARGET = "t";

/**
 * @param {Pick<Full, "createTrainer" | "createReader">} full
 * @param {Column[]} columns                 at least one, all of the same lengths
 * @param {Choices} read                     choices by hand of the training table
 * @param {() => Promise<void>} turn         between two pieces; it may throw
 * @returns {Promise<Read[]>}
 */
export async function readColumns(full, columns, read, turn) {
  const [{ known, cells }] = columns;
  const all = columns.map((column) => [...column.known, ...column.cells]);
  const reader = full.createReader(/** @type {Choices} */ (asWritten(read)));
  const encoder = new TextEncoder();
  reader.push(encoder.encode(`${columns.map((_, i) => `c${i}`).join(",")},${TARGET}\n`));
  for (let from = 0; from < all[0].length; from += PIECE) {
    const rows = Array.from({ length: Math.min(PIECE, all[0].length - from) }, (_, i) => from + i);
    const lines = rows.map((row) => `${all.map((column) => quoted(column[row])).join(",")},${row % 7}\n`);
    reader.push(encoder.encode(lines.join("")));
    await turn();
  }
  const table = reader.finish();
  try {
    const trainer = await full.createTrainer(specOf(columns), table);
    try {
      const { inputs, tableRows } = trainer.points();
      const { columns: names, categories } = trainer.describe();
      return columns.map((_, i) => {
        const place = names.indexOf(`c${i}`);
        const values = new Float64Array(cells.length).fill(NaN);
        for (let row = 0; row < inputs.length / names.length; row++) {
          const own = (tableRows?.[row] ?? row) - known.length;
          if (own >= 0) values[own] = inputs[row * names.length + place];
        }
        return { values, names: categories[place] ?? [] };
      });
    } finally {
      trainer.free();
    }
  } finally {
    table.free();
  }
}

/** Each column as the kind that it was, its gaps filled only so that no row is left out. @param {Column[]} columns @returns {Spec} */
const specOf = (columns) => ({
  data: {
    source: "table",
    target: TARGET,
    task: "regression",
    kinds: Object.fromEntries([[TARGET, "number"], ...columns.map(({ kind }, i) => [`c${i}`, kind])]),
    clean: columns.map(({ kind }, i) => ({
      fix: "impute",
      column: `c${i}`,
      by: kind === "category" ? "mode" : "median",
    })),
    scale: "none",
    split: { train: 1 },
  },
  model: { layers: [] },
  training: { batchSize: 1 },
});

const quoted = (/** @type {string} */ text) => `"${text.replaceAll('"', '""')}"`;

/**
 * Which of a model's names a cell stands for, after the cleaning steps of its column; −1: none of them, as nobody has seen it.
 *
 * @param {string} name
 * @param {string} column
 * @param {string[]} names
 * @param {{fix: string, column?: string | null, from?: string[], to?: string}[]} steps
 */
export function placeOfName(name, column, names, steps) {
  const last = cleaned(name, column, names, steps);
  const exact = names.indexOf(last);
  if (exact >= 0) return exact;
  const number = (/** @type {string} */ text) => (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? Number(text) : NaN);
  return names.findIndex((one) => number(one) === number(last));
}

/** @type {typeof placeOfName extends (...given: infer G) => any ? (...given: G) => string : never} any: whatever that gives */
function cleaned(name, column, names, steps) {
  let text = name;
  for (const [i, { fix, column: own, from, to = "" }] of steps.entries()) {
    if (own !== column) continue;
    if (fix === "merge" && from?.includes(text)) text = to;
    // Names that are rare became one: what isn't known is rare.
    if (fix === "group" && !names.includes(cleaned(text, column, names, steps.slice(i + 1)))) text = to;
  }
  return text;
}
