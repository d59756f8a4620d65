// Baselines on the page: fitted with the real packages in the worker's part, which rows they see, and what is said of them.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import * as baselines from "../../www/pkg-baselines/trainyard.js";
import * as full from "../../www/pkg-full/trainyard.js";
import {
  KINDS,
  bestOf,
  comparisonWords,
  partOf,
  scoreOf,
  sizeWords,
  wilson,
} from "../../www/features/baselines/model.js";
import { HYPERPARAMETERS, optionsFor } from "../../www/session/hyperparameters.js";
import { fitBaseline } from "../../www/features/baselines/worker/fit.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";

const core = (/** @type {string} */ name) =>
  fs.readFileSync(new URL(`../../www/${name}/trainyard_bg.wasm`, import.meta.url));
full.initSync({ module: core("pkg-full") });
baselines.initSync({ module: core("pkg-baselines") });

const loaders = { loadFull: async () => full, loadPackage: async () => baselines.Baseline };
const clock = { now: () => performance.now(), turn: async () => {} };

/** Makes trainers, and notes which parts of their rows are asked for. */
function engines() {
  const asked = new Set();
  return {
    asked,
    async full(/** @type {any} */ spec) {
      const trainer = await full.Trainer.create({ ...spec, engine: "cpu" });
      const { encoded } = trainer;
      trainer.encoded = (part) => {
        asked.add(part);
        return encoded.call(trainer, part);
      };
      return trainer;
    },
  };
}

const fit = (spec, kind, part = "validation", options = {}, made = engines()) =>
  fitBaseline({ engines: made, clock }, { spec, kind, options, part }, loaders);

const specOf = (source, more = {}) => specFrom({ ...defaultsFor(source), validationShare: 0.25, ...more });

test("encoded rows are those of the part as the net sees them, targets as they are", async () => {
  const trainer = await full.Trainer.create(specOf("circle"));
  const { rows, layers } = trainer.describe();
  for (const part of /** @type {const} */ (["train", "validation", "test"])) {
    const { inputs, targets, shape, classes } = trainer.encoded(part);
    assert.deepEqual([targets.length, shape, classes], [rows[part], [layers[0].inputs], 2]);
    assert.equal(inputs.length, rows[part] * shape[0]);
    if (part === "train") {
      const mean = inputs.reduce((sum, x) => sum + x, 0) / inputs.length;
      assert.ok(Math.abs(mean) < 1e-6, `scaled by training rows: ${mean}`);
    }
  }
  assert.throws(() => trainer.encoded("all"), { code: "data" });
  trainer.free();
});

test("each kind is fitted to training rows and scored on the part that is named; no other part is looked at", async () => {
  for (const [source, task] of [
    ["circle", "classification"],
    ["plane", "regression"],
  ])
    for (const kind of KINDS[task]) {
      const made = engines();
      const found = await fit(specOf(source), kind, "validation", { trees: 10 }, made);
      assert.deepEqual([...made.asked].sort(), ["train", "validation"]);
      const { held, training, ms, numbers } = found;
      assert.ok(held.rows > 0 && training.rows > held.rows && ms >= 0 && numbers > 0);
      const { low, high } = held.interval;
      const value = held.accuracy ?? held.mae;
      assert.ok(low <= value && value <= high && low < high, `${kind}: ${value} in ${low}…${high}`);
    }
});

test("a circle is no line's business and a tree's; a plane is a line's; each tree that is full knows its rows", async () => {
  const [line, tree] = await Promise.all(["logistic", "tree"].map((kind) => fit(specOf("circle"), kind)));
  assert.ok(line.held.accuracy < 0.7 && tree.held.accuracy > 0.85, `${line.held.accuracy} ${tree.held.accuracy}`);
  assert.equal(tree.training.accuracy, 1);
  const [ridge, mean] = await Promise.all(["ridge", "constant"].map((kind) => fit(specOf("plane"), kind)));
  assert.ok(ridge.held.mae < 0.2 * mean.held.mae, `${ridge.held.mae} ${mean.held.mae}`);
  const none = await fit(specOf("plane"), "lasso", "validation", { penalty: 1 });
  assert.deepEqual(none.zeros, [2, 2]);
  assert.ok(Math.abs(none.held.mae - mean.held.mae) < 1e-12);
});

test("nearest neighbors of too many rows are refused before they take minutes", async () => {
  const of = (/** @type {number} */ rows, width = 100) => ({
    inputs: { length: rows * width },
    targets: Float64Array.from({ length: rows }, (_, i) => i % 2),
    shape: [width],
    classes: 2,
  });
  const made = (/** @type {number} */ rows) => ({
    full: async () => ({ encoded: (part) => (part === "train" ? of(rows) : of(rows / 2)), free() {} }),
  });
  await assert.rejects(fit(specOf("circle"), "knn", "validation", {}, made(12_000)), { code: "too-large" });
  // Beyond that question it is refused for what the rows here lack.
  await assert.rejects(fit(specOf("circle"), "knn", "validation", {}, made(11_000)), { code: "data" });
  await assert.rejects(fit(specOf("circle"), "tree", "validation", {}, made(12_000)), { code: "data" });
});

test("options are those of the hyperparameters that a kind goes by, with the experiment's seed", () => {
  const chosen = Object.fromEntries(HYPERPARAMETERS.map(({ key, usual }) => [key, usual]));
  assert.deepEqual(optionsFor("forest", chosen, 9), { maxDepth: null, minLeaf: 1, trees: 100, seed: 9 });
  assert.deepEqual(optionsFor("lasso", { ...chosen, lasso: 0.3 }, 9), { penalty: 0.3, seed: 9 });
  assert.deepEqual(optionsFor("constant", chosen, 9), { seed: 9 });
  assert.deepEqual(optionsFor("tree", { leaf: 5, neighbors: 3 }, 9), { minLeaf: 5, seed: 9 }, "of what was set");
  for (const { values, usual, of, option } of HYPERPARAMETERS) {
    assert.ok(values.includes(usual));
    const rows = { inputs: new Float32Array([0, 1, 2]), targets: new Float32Array([0, 1, 1]), shape: [1] };
    for (const value of [values[0], values.at(-1)])
      for (const kind of of)
        baselines.Baseline.fit(
          kind,
          { [option]: value },
          { ...rows, ...(kind === "logistic" && { classes: 2 }) },
        ).free();
  }
});

test("they are scored on validation rows; on test rows only where nothing locks them", () => {
  const state = (validation, test, lock = null) => ({ description: { rows: { train: 9, validation, test } }, lock });
  assert.equal(partOf(state(1, 5)), "validation");
  assert.equal(partOf(state(0, 5)), "test");
  assert.equal(partOf(state(0, 0)), null);
  for (const isOpen of [false, true]) {
    assert.equal(partOf(state(0, 5, { isOpen })), null);
    assert.equal(partOf(state(3, 5, { isOpen })), "validation");
  }
  assert.equal(partOf({ description: null, lock: null }), null);
});

const fitted = (held, more = {}) => ({ ms: 1, training: held, held, numbers: 3, leaves: null, zeros: null, ...more });

test("the network is better, worse, or too close to tell, by the interval of the best baseline", () => {
  const found = { tree: fitted({ rows: 100, accuracy: 0.8, interval: { low: 0.71, high: 0.87 } }) };
  const said = (accuracy, epoch = 5) => comparisonWords({ found }, { accuracy }, epoch);
  assert.match(
    said(0.8701),
    /^Decision tree does best of the baselines, with an accuracy of 80.0%. Your network is better on the same 100 rows: 87.0%.$/,
  );
  assert.match(said(0.87), /87.0%. With 100 rows that is too close/);
  assert.match(said(0.71), /too close/);
  assert.match(said(0.7099), /worse on the same 100 rows/);
  assert.match(said(0.9, 0), /Train the network to compare it/);
  assert.match(comparisonWords({ found }, null, 5), /Train the network/);
  assert.equal(comparisonWords({ found: {} }, { accuracy: 1 }, 5), "");
  const values = { ridge: fitted({ rows: 40, mae: 2, interval: { low: 1.5, high: 2.5 } }) };
  assert.match(
    comparisonWords({ found: values }, { mae: 1.4 }, 5),
    /mean error of 2\. Your network is better on the same 40 rows: 1\.4/,
  );
  assert.match(comparisonWords({ found: values }, { mae: 2.6 }, 5), /worse/);
  assert.match(comparisonWords({ found: values }, { mae: 1.5 }, 5), /too close/);
  assert.match(comparisonWords({ found: values }, { mae: NaN }, 5), /Train the network/);
});

test("the best is the simplest of equals; what failed is none", () => {
  const of = (accuracy) => fitted({ rows: 9, accuracy });
  assert.equal(bestOf({ forest: of(0.9), tree: of(0.9), constant: of(0.5) }).kind, "tree");
  assert.equal(bestOf({ forest: { problem: "no" }, knn: of(0.2) }).kind, "knn");
  assert.equal(bestOf({ forest: { problem: "no" } }), null);
});

test("Wilson's interval is the core's", () => {
  for (const [right, rows] of [
    [0, 9],
    [7, 9],
    [90, 100],
    [9, 9],
  ]) {
    const targets = new Float64Array(rows);
    const outputs = targets.map((_, i) => (i < right ? 0.1 : 0.9));
    const { low, high } = full.scores(outputs, targets, { classes: 2 }).intervals.accuracy;
    const own = wilson(right / rows, rows);
    assert.ok(Math.abs(own.low - low) < 1e-6 && Math.abs(own.high - high) < 1e-6, `${right} of ${rows}`);
  }
});

test("the network's accuracy has its interval, an error none, and what isn't known yet is none of both", () => {
  const { low, high } = scoreOf({ rows: 10, loss: 1, accuracy: 0.5 }).interval;
  assert.ok(low < 0.5 && high > 0.5 && Math.abs(low + high - 1) < 1e-12);
  assert.deepEqual(scoreOf({ rows: 10, loss: 1, mae: 2 }), { rows: 10, accuracy: undefined, mae: 2 });
  assert.equal(scoreOf(null).interval, undefined);
});

test("sizes in words", () => {
  assert.equal(sizeWords(fitted({}, { leaves: 1 }), "tree"), "1 leaf");
  assert.equal(sizeWords(fitted({}, { zeros: [3, 10] }), "lasso"), "3 of 10 weights are 0");
  assert.equal(sizeWords(fitted({}, { zeros: [0, 10], numbers: 11 }), "ridge"), "11 numbers");
  assert.equal(sizeWords(fitted({}), "knn"), "all training rows");
});
