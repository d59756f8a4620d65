// Learning curves: networks by the real core in the worker's part, and what is said of their errors.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { dealtRows, sizesFor, stepsFor, widened } from "../../www/features/learning-curves/model.js";
import {
  curveWords,
  curvesTable,
  errorOf,
  madeWords,
  spotsOf,
  trendOf,
} from "../../www/features/learning-curves/result.js";
import { learnFromSome, shuffled } from "../../www/features/learning-curves/worker.js";
import { specOfRounds } from "../../www/session/rounds.js";
import { defaultsFor } from "../../www/settings/spec.js";
import { Baseline, initSync as initBaselines } from "../../www/pkg-baselines/trainyard.js";
import { Folding, TableReader, Trainer, initSync, scores } from "../../www/pkg-full/trainyard.js";

const wasm = (/** @type {string} */ name) =>
  fs.readFileSync(new URL(`../../www/${name}/trainyard_bg.wasm`, import.meta.url));
initSync({ module: wasm("pkg-full") });
initBaselines({ module: wasm("pkg-baselines") });

const clock = {
  now: () => performance.now(),
  turn: () => new Promise((resolve) => setImmediate(() => resolve(undefined))),
};
const signal = new AbortController().signal;
const createTrainer = (/** @type {any} */ spec, /** @type {any} */ rows) => Trainer.create(spec, rows);
const loadFull = async () => /** @type {any} */ ({ scores, createTrainer });
const loadPackage = async () => /** @type {any} */ (Baseline);

function table(/** @type {string} */ name) {
  const reader = new TableReader();
  reader.push(fs.readFileSync(new URL(`../../www/data/${name}.csv`, import.meta.url)));
  return reader.finish();
}

async function learned(/** @type {string} */ source, /** @type {object} */ more = {}, rows = null, parts = {}) {
  const { spec } = specOfRounds(defaultsFor(source));
  const course = {
    spec: { ...spec, model: { ...spec.model, layers: [] } },
    options: { folds: 5 },
    rows: `${source} ${rows !== null}`,
    index: 0,
    layers: spec.model.layers,
    count: 20,
    seed: 7,
    steps: 600,
    kinds: [],
    fitting: { forest: { trees: 50, seed: 7 }, constant: {}, logistic: {}, ridge: {} },
    ...more,
  };
  const make = async (/** @type {any} */ one, /** @type {any} */ options) => new Folding(one, rows, options);
  return learnFromSome({ clock, signal, ...parts }, course, make, loadFull, loadPackage, () => {});
}

test("a network learns from so many of the fold's training rows, and more rows are better; the same task is the same to the bit", async () => {
  const iris = table("iris");
  const kinds = ["constant", "logistic", "forest"];
  const few = await learned("iris", { count: 10, kinds }, iris);
  const many = await learned("iris", { count: 90, kinds, steps: 3000 }, iris);
  assert.deepEqual(few, await learned("iris", { count: 10, kinds }, iris));
  assert.deepEqual([few.rows, many.rows, few.parameters], [10, 90, many.parameters]);
  assert.ok(errorOf(many.validation) < 0.15 && errorOf(many.validation) <= errorOf(few.validation));
  assert.ok(errorOf(few.training) <= errorOf(few.validation));
  assert.deepEqual(
    many.rivals.map(({ kind }) => kind),
    kinds,
  );
  const [constant, logistic, forest] = many.rivals.map(({ validation }) => errorOf(validation));
  assert.ok(constant > 0.5 && logistic < 0.2 && forest < 0.2, `${constant} ${logistic} ${forest}`);
});

test("values are judged in the target's unit, of a table and of a made set", async () => {
  const cars = await learned("auto-mpg", { count: 200, kinds: ["constant", "ridge", "forest"] }, table("auto-mpg"));
  const [constant, ridge, forest] = cars.rivals.map(({ validation }) => errorOf(validation));
  assert.ok(constant > 5 && constant < 12 && ridge < 5 && forest < 5, `${constant} ${ridge} ${forest}`);
  assert.ok(errorOf(cars.validation) < 6, `${errorOf(cars.validation)}`);
  const sine = await learned("sine", { count: 100, kinds: ["constant"], steps: 3000 });
  assert.ok(errorOf(sine.validation) < errorOf(sine.rivals[0].validation));
});

test("too few rows for a simpler model are no failure; a network that diverges has no figures; canceled it says nothing", async () => {
  // A single row has a single class.
  const one = await learned("circle", { count: 1, kinds: ["constant", "logistic", "forest"] });
  assert.equal(one.rivals.length, 3);
  assert.ok(one.validation !== null);
  const { spec } = specOfRounds({ ...defaultsFor("line"), learningRate: 10 });
  const lost = await learned("line", {
    spec: { ...spec, training: { ...spec.training, loss: "mse", optimizer: { type: "sgd", learningRate: 10 } } },
    layers: [],
  });
  assert.equal(lost.validation, null);
  assert.ok(Number.isNaN(errorOf(lost.validation)));
  const stop = new AbortController();
  stop.abort();
  assert.equal(await learned("circle", {}, null, { signal: stop.signal }), null);
});

test("rows in an order of the seed's: all of them, once, and fewer are among more", () => {
  const order = shuffled(100, 7);
  assert.deepEqual(
    order.toSorted((a, b) => a - b),
    Array.from({ length: 100 }, (_, i) => i),
  );
  assert.deepEqual(order, shuffled(100, 7));
  assert.notDeepEqual(order, shuffled(100, 8));
  assert.ok(order.slice(0, 50).some((row) => row >= 50));
});

test("sizes are even in the logarithm, steps are the same for all and bounded by the work", () => {
  const sizes = sizesFor(320);
  assert.deepEqual([sizes[0], sizes.at(-1), sizes.length], [10, 320, 8]);
  assert.deepEqual(sizesFor(12), [10, 11, 12]);
  assert.deepEqual(dealtRows(120), { judges: 24, rows: 96, isCapped: false });
  assert.deepEqual(dealtRows(12_500), { judges: 2500, rows: 10_000, isCapped: false });
  assert.deepEqual(dealtRows(12_502), { judges: 2501, rows: 10_000, isCapped: true });
  assert.doesNotMatch(madeWords({ steps: 9, judges: 9, isCapped: false }), /10,000/);
  assert.match(madeWords({ steps: 9, judges: 9, isCapped: false }), /Cross-validation deals its own folds/);
  assert.match(madeWords({ steps: 9, judges: 9, isCapped: true }), /more than 10,000 rows here/);
  const how = { epochs: 100, rows: 320, batchSize: 10, parameters: 25 };
  assert.equal(stepsFor(how), 3200);
  assert.equal(stepsFor({ ...how, parameters: 200 }), 3200);
  assert.equal(stepsFor({ ...how, epochs: 1e6, parameters: 200 }), 50_000);
  assert.equal(stepsFor({ ...how, epochs: 1e6, parameters: 201 }), 49_751);
  assert.equal(stepsFor({ ...how, parameters: 1e9 }), 1);
  assert.deepEqual(
    widened([{ units: 4 }, { type: "dropout" }, { type: "residual", layers: [{ type: "dense", units: 4 }] }], 9),
    [{ units: 9 }, { type: "dropout" }, { type: "residual", layers: [{ type: "dense", units: 9 }] }],
  );
  assert.equal(widened([], 3)[0].units, 3);
});

const spots = (/** @type {number[]} */ before, /** @type {number[]} */ after) => [
  { x: 10, values: [0.9, 0.9, 0.9] },
  { x: 100, values: before },
  { x: 200, values: after },
];

test("more help where the fall is surely above nothing, no longer where it is surely below what matters; else it can't be told", () => {
  const answer = (/** @type {number[]} */ before, /** @type {number[]} */ after, isClasses = true) =>
    trendOf(spots(before, after), isClasses)?.answer;
  assert.equal(answer([0.3, 0.31, 0.29], [0.2, 0.21, 0.19]), "helps");
  assert.equal(answer([0.3, 0.3, 0.3], [0.3, 0.3, 0.3]), "flat");
  assert.equal(answer([0.3, 0.31, 0.29], [0.4, 0.41, 0.39]), "flat");
  assert.equal(answer([0.3, 0.4, 0.2], [0.2, 0.4, 0.25]), "unclear");
  // Half a point of shares is none that matters; 5% of the error is none.
  assert.equal(answer([0.01, 0.01, 0.01], [0.0051, 0.0051, 0.0051]), "flat");
  assert.equal(answer([0.01, 0.01, 0.01], [0.0049, 0.0049, 0.0049]), "helps");
  assert.equal(answer([1, 1, 1], [0.951, 0.951, 0.951], false), "flat");
  assert.equal(answer([1, 1, 1], [0.949, 0.949, 0.949], false), "helps");
  // Twice the standard error: falls of 0.1 ± 0.1 × √3 / 2 are at the limit.
  assert.equal(answer([0.5, 0.5, 0.5], [0.5 - 0.1 - 0.085, 0.4, 0.4 + 0.085]), "helps");
  assert.equal(answer([0.5, 0.5, 0.5], [0.5 - 0.1 - 0.088, 0.4, 0.4 + 0.088]), "unclear");
  assert.equal(answer([NaN, NaN, 0.3], [0.2, 0.2, 0.2]), undefined);
  assert.equal(trendOf([], true), null);
  assert.equal(trendOf([{ x: 1, values: [1, 1] }], true), null);
  // The size nearest to half of the largest.
  assert.equal(
    trendOf(
      [
        { x: 99, values: [1, 1] },
        { x: 140, values: [1, 1] },
        { x: 200, values: [1, 1] },
      ],
      true,
    )?.from.x,
    99,
  );
  assert.equal(
    trendOf(
      [
        { x: 60, values: [1, 1] },
        { x: 140, values: [1, 1] },
        { x: 200, values: [1, 1] },
      ],
      true,
    )?.from.x,
    140,
  );
});

test("in a sentence, and of which sizes", () => {
  const run = (/** @type {number} */ accuracy, parameters = 9) => ({
    rows: 1,
    parameters,
    validation: { accuracy },
    training: { accuracy: 1 },
    rivals: [{ kind: "constant", validation: { accuracy: 0.5 } }],
  });
  const state = (/** @type {"rows" | "parameters"} */ mode, /** @type {number} */ last) =>
    /** @type {any} */ ({
      mode,
      isClasses: true,
      hyperparameters: { trees: 10 },
      points: [
        { size: 100, runs: [run(0.7), run(0.7)] },
        { size: 200, runs: [run(last, 20), run(last, 20)] },
        { size: 400, runs: [null, null] },
      ],
    });
  assert.equal(
    curveWords(state("rows", 0.8)),
    "More rows would help. From 100 to 200 rows the error rate fell from 30.0% to 20.0%.",
  );
  assert.match(curveWords(state("rows", 0.7)), /^More rows no longer help\. At 100 rows/);
  assert.match(curveWords(state("parameters", 0.8)), /^A wider network would help\. From 9 to 20 parameters/);
  assert.match(curveWords(state("parameters", 0.6)), /^A wider network no longer helps/);
  assert.equal(curveWords(/** @type {any} */ ({ mode: "rows", isClasses: true, points: [] })), "");
  // Said first: falling from far off is no merit.
  assert.equal(
    curveWords({
      ...state("rows", 0.5),
      points: state("rows", 0.5).points.with(0, { size: 100, runs: [run(0.2), run(0.2)] }),
    }),
    "The network is not clearly better than always predicting the most frequent class: error rate 50.0% against 50.0%. " +
      "More rows would help. From 100 to 200 rows the error rate fell from 80.0% to 50.0%.",
  );
  const values = (/** @type {number} */ own, /** @type {number} */ other) => ({
    ...run(0),
    validation: { rmse: own },
    rivals: [{ kind: "constant", validation: { rmse: other } }],
  });
  const ofValues = (/** @type {number[][]} */ last) =>
    curveWords(
      /** @type {any} */ ({
        mode: "rows",
        isClasses: false,
        points: [
          { size: 100, runs: last.map(() => values(9, 9)) },
          { size: 200, runs: last.map(([own, other]) => values(own, other)) },
        ],
      }),
    );
  // Better in the mean, but not by more than the seeds differ.
  assert.match(
    ofValues([
      [1, 5],
      [5, 3],
      [3, 4],
    ]),
    /^The network is not clearly better than always predicting the mean: RMSE 3 against 4\. /,
  );
  assert.match(
    ofValues([
      [1, 5],
      [2, 5],
      [1, 4],
    ]),
    /^More rows would help/,
  );
  assert.doesNotMatch(
    ofValues([
      [1, NaN],
      [2, NaN],
    ]),
    /mean:/,
  );
  const { head, rows } = curvesTable(state("rows", 0.8));
  assert.deepEqual(head.slice(0, 4), [
    "Training rows",
    "Network, validation",
    "Network, training",
    "Most frequent class",
  ]);
  assert.match(head[5], /^Random forest \(Forest: number of trees = 10\)$/);
  assert.deepEqual(rows[1], ["200", "20.0% ± 0%", "0% ± 0%", "50.0% ± 0%", "–", "–"]);
  // Simpler models have no width.
  const rival = spotsOf({ ...state("parameters", 0.8) }, "constant");
  assert.deepEqual(
    rival.map(({ x, values }) => [x, values]),
    [
      [9, [0.5, 0.5]],
      [20, [0.5, 0.5]],
    ],
  );
});
