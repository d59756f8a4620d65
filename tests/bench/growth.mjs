// `./build.sh bench growth`: what work costs as it grows, in Node, by processor time: training against parameters, rows,
// classes, image size and batch; a table's reading and doctor against rows and columns; neighbors against rows. Each curve
// is a work's cost per unit (sample and parameter, cell, pair) at each size; "order" is the slope of the total cost between
// two sizes, in log over log: 1 is linear, 2 quadratic. Medians of three. `--only NAME,NAME` measures some of them.
import fs from "node:fs";
import { parseArgs } from "node:util";
import { generator } from "../../www/bench/works.js";
import * as simpler from "../../www/pkg-baselines/trainyard.js";
import * as full from "../../www/pkg-full/trainyard.js";
import { median } from "./median.mjs";

const TIMES = 3;
/** So long a work is repeated at least, in milliseconds of processor time. */
const LEAST_MS = 60;
const FEATURES = 16;

const core = (name) => ({ module: fs.readFileSync(new URL(`../../www/${name}/trainyard_bg.wasm`, import.meta.url)) });
const { memory } = full.initSync(core("pkg-full"));
simpler.initSync(core("pkg-baselines"));

/** Milliseconds of this thread's processor time. */
function timed(act) {
  const before = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Uniform in −1…1, always the same. */
function drawn(length) {
  const draw = generator(5);
  return Float32Array.from({ length }, draw);
}

/** A run on drawn rows, as `[step, free]`: classes by chance, since it is the cost that is asked for. */
async function trainerOf({ rows, shape = [FEATURES], classes = 3, layers, batchSize = 32 }) {
  const inputs = drawn(rows * shape.reduce((product, length) => product * length, 1));
  const targets = Float32Array.from({ length: rows }, (_, row) => row % classes);
  const trainer = await full.Trainer.create(
    {
      seed: 1,
      data: { source: "rows", scale: "none", split: { train: 1, validation: 0, test: 0 } },
      model: { layers },
      training: { loss: "cross-entropy", batchSize, stop: { maxEpochs: null } },
    },
    { inputs, targets, shape, classes },
  );
  return [(steps) => trainer.advance(steps, 0), () => trainer.free()];
}

/** Milliseconds of a step, in as many as take long enough. */
async function stepMs(given) {
  const [advance, free] = await trainerOf(given);
  advance(1);
  const round = () => {
    let [steps, ms] = [0, 0];
    for (let some = 1; ms < LEAST_MS; some *= 2) {
      ms += timed(() => advance(some));
      steps += some;
    }
    return ms / steps;
  };
  const ms = median(Array.from({ length: TIMES }, round));
  free();
  return ms;
}

const dense = (...units) => units.map((count) => ({ type: "dense", units: count, activation: "relu" }));

/** The width of two hidden layers that gives about so many parameters. */
const widthFor = (parameters) =>
  Math.round((-(FEATURES + 5) + Math.sqrt((FEATURES + 5) ** 2 + 4 * (parameters - 3))) / 2);

/** A CSV of numbers and words, with gaps. */
function csvOf(rows, columns) {
  const draw = generator(9);
  const lines = [Array.from({ length: columns }, (_, column) => `c${column}`).join(",")];
  for (let row = 0; row < rows; row++)
    lines.push(
      Array.from({ length: columns }, (_, column) => {
        const value = draw();
        if (value > 0.99) return "";
        return column % 4 === 3 ? `w${Math.floor(value * 5)}` : value.toFixed(4);
      }).join(","),
    );
  return new TextEncoder().encode(lines.join("\n"));
}

/** Reads a table in the page's pieces, and lets the doctor look at it: milliseconds of each. */
function tableMs(rows, columns) {
  const bytes = csvOf(rows, columns);
  let table = /** @type {any} */ (null);
  const reading = timed(() => {
    const reader = new full.TableReader();
    for (let at = 0; at < bytes.length; at += 1 << 20) reader.push(bytes.subarray(at, at + (1 << 20)));
    table = reader.finish();
  });
  const data = { source: "table" };
  const describing = timed(() => table.describe(data));
  const examining = timed(() => {
    const examination = table.examination(data);
    while (examination.step());
    examination.findings();
    examination.free();
  });
  table.free();
  return { reading, describing, examining };
}

const tableCurve = (what, sizes, shapeOf) => ({
  sizes,
  unit: "ns per cell",
  async measure(size) {
    const [rows, columns] = shapeOf(size);
    const ms = median(Array.from({ length: TIMES }, () => tableMs(rows, columns)[what]));
    return { total: ms, perUnit: (ms * 1e6) / (rows * columns) };
  },
});
const trainingCurve = (sizes, unit, givenOf, unitsOf) => ({
  sizes,
  unit,
  async measure(size) {
    const ms = await stepMs(givenOf(size));
    return { total: ms, perUnit: (ms * 1e6) / unitsOf(size) };
  },
});

const ROWS = 2048;
const HIDDEN = [32, 32];
const filters = [
  { type: "conv2d", filters: 8, kernel: 3, stride: 1, padding: "same", activation: "relu" },
  { type: "maxPool2d", size: 2, stride: 2 },
  { type: "flatten" },
];
const LARGE = [1000, 10_000, 100_000, 300_000];
const WIDE = [2, 10, 100, 300, 1000, 3000];

/** A step's cost, against what grows. */
const CURVES = {
  parameters: trainingCurve(
    [1e3, 1e4, 1e5, 1e6, 1e7],
    "ns per sample and 1,000 parameters",
    (size) => ({ rows: 256, layers: dense(widthFor(size), widthFor(size)) }),
    (size) => (32 * size) / 1000,
  ),
  rows: trainingCurve(
    [1e2, 1e3, 1e4, 1e5, 1e6],
    "ns per sample",
    (size) => ({ rows: size, layers: dense(...HIDDEN) }),
    () => 32,
  ),
  features: trainingCurve(
    WIDE,
    "ns per sample and feature",
    (size) => ({ rows: 512, shape: [size], layers: dense(...HIDDEN) }),
    (size) => 32 * size,
  ),
  classes: trainingCurve(
    [2, 10, 100, 1000],
    "ns per sample and class",
    (size) => ({ rows: ROWS, classes: size, layers: dense(...HIDDEN) }),
    (size) => 32 * size,
  ),
  pixels: trainingCurve(
    [8, 16, 28, 32, 64, 96].map((side) => side ** 2),
    "ns per sample and pixel",
    (size) => ({ rows: 64, shape: [1, Math.sqrt(size), Math.sqrt(size)], layers: filters }),
    (size) => 32 * size,
  ),
  batch: trainingCurve(
    [1, 4, 16, 64, 256, 1024],
    "ns per sample",
    (size) => ({ rows: ROWS, batchSize: size, layers: dense(...HIDDEN) }),
    (size) => size,
  ),
  "read, rows": tableCurve("reading", LARGE, (size) => [size, 12]),
  "doctor, rows": tableCurve("examining", LARGE, (size) => [size, 12]),
  "read, columns": tableCurve("reading", WIDE, (size) => [1000, size]),
  "describe, columns": tableCurve("describing", WIDE, (size) => [1000, size]),
  "doctor, columns": tableCurve("examining", WIDE, (size) => [1000, size]),
  neighbors: {
    sizes: [1e3, 1e4, 3e4, 1e5],
    unit: "µs per row asked",
    async measure(size) {
      const targets = Float64Array.from({ length: size }, (_, row) => row % 3);
      const rows = { inputs: Float64Array.from(drawn(size * 4)), targets, shape: [4], classes: 3 };
      const model = simpler.Baseline.fit("knn", {}, rows);
      const asked = rows.inputs.subarray(0, 4 * 500);
      const ms = median(Array.from({ length: TIMES }, () => timed(() => model.predict(asked))));
      model.free();
      return { total: ms, perUnit: (ms * 1e3) / 500 };
    },
  },
};

const { values } = parseArgs({ options: { only: { type: "string", default: Object.keys(CURVES).join(",") } } });
await stepMs({ rows: 64, layers: dense(8) }); // compiled by the time that it counts
tableMs(1000, 12);
const wanted = values.only.split(/,(?! )/);
for (const name of wanted) {
  const curve = CURVES[name];
  if (!curve) {
    console.error(`bench growth: --only ${name} is no curve; those there are: ${Object.keys(CURVES).join("; ")}`);
    process.exit(1);
  }
  console.log(`\n${name}: ${curve.unit}`);
  let before = null;
  for (const size of curve.sizes) {
    const { total, perUnit } = await curve.measure(size);
    const order = before ? Math.log(total / before.total) / Math.log(size / before.size) : NaN;
    console.log(
      `${size.toLocaleString("en-US").padStart(12)}${perUnit.toPrecision(3).padStart(10)}` +
        `${total.toPrecision(3).padStart(10)} ms${(order === order ? `order ${order.toFixed(2)}` : "").padStart(12)}` +
        `${`${Math.round(memory.buffer.byteLength / 2 ** 20)} MiB`.padStart(10)}`,
    );
    before = { size, total };
  }
}
console.log("\nMiB: the core's memory so far, which only grows");
