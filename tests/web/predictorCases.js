// Trained networks, and what is written of them: for the predictors' tests, in JavaScript and in Python.
import fs from "node:fs";
import { Trainer, TableReader as FullReader, initSync as startFull } from "../../www/pkg-full/trainyard.js";
import { Exporter, TableReader, initSync } from "../../www/pkg-export/trainyard.js";
import { javascriptOf } from "../../www/features/export/predictor/javascript.js";
import { checkedRows, lackOf, planOf } from "../../www/features/export/predictor/plan.js";
import { pythonOf } from "../../www/features/export/predictor/python.js";

const bytesOf = (/** @type {string} */ name) => fs.readFileSync(new URL(`../../www/${name}`, import.meta.url));
startFull({ module: bytesOf("pkg-full/trainyard_bg.wasm") });
initSync({ module: bytesOf("pkg-export/trainyard_bg.wasm") });

const dense = (/** @type {number} */ units, activation = "tanh") => ({ type: "dense", units, activation });
const stop = { maxEpochs: 15 };
const split = { train: 0.7, validation: 0.15, test: 0.15 };
const ACTIVATIONS = "tanh relu sigmoid linear leaky-relu elu selu gelu silu softplus sin".split(" ");

/** Names that would break out of a string, a comment or a line, if anything could. */
export const HOSTILE = [
  "quote\"'`",
  "back\\slash\\",
  "${process.exit(9)}",
  '"""',
  "*/ throw 1 //",
  "</script>",
  "__proto__",
  "{name}",
  "\u202eltr\u2028line",
  "percent%s",
  "tab\tnew line",
];

/** A cell of CSV. */
const cell = (/** @type {unknown} */ value) => `"${String(value).replaceAll('"', '""')}"`;
const hostile = [
  [...HOSTILE.slice(0, 5), "class"].map(cell).join(","),
  ...Array.from({ length: 60 }, (_, i) => {
    const names = HOSTILE.slice(5);
    return [i % 7 ? i * 1.5 : "", names[i % names.length], i % 11, names[(i * i) % 3], -i, HOSTILE[i % 4]]
      .map(cell)
      .join(",");
  }),
].join("\n");

/** Dates, gaps, a column of one value, and target values far from 1. */
const dated = [
  "day,size,kind,same,price",
  ...Array.from({ length: 80 }, (_, i) =>
    [
      `2024-${String(1 + (i % 12)).padStart(2, "0")}-${String(1 + (i % 28)).padStart(2, "0")}`,
      i % 9 === 3 ? "" : 40 + ((i * 37) % 60),
      i % 13 === 5 ? "" : ["flat", "Flat", "house", "loft"][i % 4],
      4,
      200_000 + 3000 * ((i * 37) % 60) + 500 * (i % 4),
    ].join(","),
  ),
].join("\n");

/** @type {{name: string, csv?: string, set?: string, spec: any}[]} */
export const CASES = [
  ...ACTIVATIONS.map((activation) => ({
    name: `spiral by ${activation}`,
    spec: {
      data: { source: "spiral", noise: 0.1, split, features: ["x", "y", "x2", "y2", "xy", "sinx", "siny", "cosx"] },
      model: { layers: [dense(6, activation), { type: "dropout", rate: 0.2 }, dense(4, activation)] },
      training: { batchSize: 10, optimizer: { type: "adam", learningRate: 0.01 }, stop },
      seed: 5,
    },
  })),
  {
    name: "a line, with no hidden layer",
    spec: { data: { source: "line", split }, model: { layers: [] }, training: { batchSize: 10, stop }, seed: 1 },
  },
  {
    name: "circle by the hinge loss",
    spec: {
      data: { source: "circle", split },
      model: { layers: [dense(4)] },
      training: { loss: "hinge", batchSize: 10, stop },
      seed: 2,
    },
  },
  {
    name: "iris by squared errors, min-max",
    set: "iris",
    spec: {
      data: { source: "table", target: "species", scale: "min-max", split },
      model: { layers: [dense(5, "relu")] },
      training: { batchSize: 10, loss: "mse", stop },
      seed: 3,
    },
  },
  {
    name: "penguins with gaps filled, some features, and formulas",
    set: "penguins",
    spec: {
      data: {
        source: "table",
        target: "species",
        clean: [
          ...["bill length (mm)", "bill depth (mm)", "flipper length (mm)", "body mass (g)"].map((column) => ({
            fix: "impute",
            column,
            by: "median",
          })),
          { fix: "impute", column: "sex", by: "mode" },
        ],
        features: [
          "sex",
          "island",
          "bill depth (mm)",
          { formula: '"bill length (mm)" / "bill depth (mm)"' },
          { formula: '-ln("body mass (g)") + sqrt(abs(-2)) * "flipper length (mm)" ^ 0.5 - exp(-1) + sin(1) * cos(2)' },
        ],
        split,
      },
      model: { layers: [dense(8, "gelu")] },
      training: { batchSize: 10, stop },
      seed: 4,
    },
  },
  {
    name: "prices by date, a gap, a spelling, a column of one value",
    csv: dated,
    spec: {
      data: {
        source: "table",
        target: "price",
        kinds: { same: "number" },
        clean: [
          { fix: "merge", column: "kind", from: ["Flat"], to: "flat" },
          { fix: "impute", column: "size", by: "mean" },
        ],
        split,
      },
      model: { layers: [dense(6)] },
      training: { batchSize: 10, stop },
      seed: 6,
    },
  },
  {
    name: "names that would break out",
    csv: hostile,
    spec: {
      data: { source: "table", target: "class", clean: [{ fix: "impute", column: HOSTILE[0], by: "median" }], split },
      model: { layers: [dense(4)] },
      training: { batchSize: 10, stop },
      seed: 7,
    },
  },
];

const read = (/** @type {any} */ Reader, /** @type {Uint8Array} */ bytes) => {
  const reader = new Reader({});
  reader.push(bytes);
  return reader.finish();
};

/** Trains it, and writes it. @param {(typeof CASES)[number]} one */
export async function written({ csv, set, spec }) {
  const bytes = set ? bytesOf(`data/${set}.csv`) : csv ? new TextEncoder().encode(csv) : null;
  const trainer = await Trainer.create(spec, bytes ? read(FullReader, bytes) : undefined);
  trainer.advance(100_000, 0);
  const exporter = Exporter.open(spec, bytes ? read(TableReader, bytes) : undefined, await trainer.checkpoint());
  const described = exporter.describe();
  const rows = exporter.rows();
  const width = described.columns.length;
  const inputs = (/** @type {number[]} */ list) =>
    Float64Array.from(list.flatMap((row) => [...rows.inputs.subarray(row * width, (row + 1) * width)]));
  const checked = checkedRows(described, rows);
  const plan = planOf(described, exporter.parameters(), rows, checked, await trainer.predict(inputs(checked)));
  const all = Array.from({ length: rows.count }, (_, i) => i);
  const answers = await trainer.predict(inputs(all));
  const outputs = answers.length / rows.count;
  return {
    described,
    lack: lackOf(described),
    plan,
    checked,
    trained: [...described.split.train],
    javascript: javascriptOf(plan),
    python: pythonOf(plan),
    /** As people write them: a gap is nothing. */
    rows: all.map((row) =>
      rows.columns.map((column) => (column[row] === "" || Number.isNaN(column[row]) ? null : column[row])),
    ),
    answers: all.map((row) => [...answers.subarray(row * outputs, (row + 1) * outputs)]),
  };
}

/** What of a predictor's answer the page's `predict` gives. */
export const outputsOf = (/** @type {any} */ found) =>
  typeof found === "number"
    ? [found]
    : found.score !== undefined
      ? [found.score]
      : (found.scores ?? (found.probabilities.length === 2 ? [found.probabilities[1]] : found.probabilities));
