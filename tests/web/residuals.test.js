// Residuals, as the page draws and tells them, without a page.
import assert from "node:assert/strict";
import test from "node:test";
import { dotsOf, leaningOf, nearestDot, residualWords } from "../../www/features/residuals/model.js";
import { residualsOf } from "../../www/features/residuals/worker.js";

const near = (/** @type {number} */ a, /** @type {number} */ b, tolerance = 1e-9) =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

test("residuals: their mean, deviation and bars are those of all rows", () => {
  const targets = [3, 5, 2, 8];
  const outputs = [2, 5, 4, 4];
  const facts = residualsOf(targets, outputs);
  assert.ok(facts);
  near(facts.mean, 0.75);
  near(facts.deviation, Math.sqrt(((1 - 0.75) ** 2 + 0.75 ** 2 + 2.75 ** 2 + 3.25 ** 2) / 3));
  assert.deepEqual([facts.rows, facts.range, facts.counts.reduce((a, b) => a + b)], [4, [-4, 4], 4]);
  assert.equal(facts.counts[(facts.counts.length - 1) / 2], 1, "one bar is about zero");
  assert.deepEqual(residualsOf([1, 1], [1, 1])?.range, [-1, 1]);
  assert.ok(Number.isNaN(residualsOf([1], [2])?.deviation));
  assert.equal(residualsOf([], []), null);
  assert.equal(residualsOf([1], [Infinity]), null);
});

test("residuals lie over the prediction or a column; rows without a value there are left out", () => {
  const points = /** @type {any} */ ({
    inputs: Float64Array.of(1, 10, 2, NaN, 3, 30),
    targets: Float64Array.of(5, 6, 7),
    part: Uint8Array.of(0, 2, 0),
  });
  const rows = [0, 2];
  assert.deepEqual(
    dotsOf(points, rows, [9, 6], -1).map(({ row, x, residual }) => [row, x, residual]),
    [
      [2, 6, 1],
      [0, 9, -4],
    ],
  );
  assert.deepEqual(
    dotsOf(points, rows, [9, 6], 1).map(({ row, x }) => [row, x]),
    [
      [0, 10],
      [2, 30],
    ],
  );
  assert.deepEqual(
    dotsOf(points, [0, 1], [9, 6], 1).map(({ row }) => row),
    [0],
  );
  const places = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
  ];
  assert.equal(nearestDot(places, { x: 6, y: 3 }), 1);
  assert.equal(nearestDot([], { x: 6, y: 3 }), -1);
});

test("a mean beyond two standard errors is a leaning, and the sentence has the chart's figures", () => {
  assert.equal(leaningOf({ mean: 0.21, deviation: 1, rows: 100 }), "low");
  assert.equal(leaningOf({ mean: 0.19, deviation: 1, rows: 100 }), null);
  assert.equal(leaningOf({ mean: -0.21, deviation: 1, rows: 100 }), "high");
  assert.equal(leaningOf({ mean: 1, deviation: NaN, rows: 1 }), null);
  const words = residualWords(/** @type {any} */ ({ mean: -0.5, deviation: 1.25, rows: 80 }), (value) =>
    value.toFixed(2),
  );
  assert.match(words, /Mean -0\.50 ± 1\.25 .* 80 rows\. The model predicts too high by 0\.50/);
});
