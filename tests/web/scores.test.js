// Scores, folds and thresholds as JavaScript has them: values and shapes, the same figures as scikit-learn's, refusals.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { ThresholdSweep, Trainer, folds, initSync, scores } from "../../www/pkg-full/trainyard.js";
import { compiled, typesOf } from "./contract.js";

const root = new URL("../../", import.meta.url);
initSync({ module: fs.readFileSync(new URL("www/pkg-full/trainyard_bg.wasm", root)) });
const golden = JSON.parse(fs.readFileSync(new URL("tests/golden/scores.json", root), "utf8"));

function near(got, want, what) {
  if (want === null) return assert.ok(Number.isNaN(got), `${what}: ${got} where nothing is defined`);
  assert.ok(Math.abs(got - want) <= 1e-6 * Math.max(1, Math.abs(want)), `${what}: ${got}, not ${want}`);
}

const VALUES = ["mse", "rmse", "mae", "medianAbsoluteError", "r2"];
const CLASSES = ["accuracy", "balancedAccuracy", "logLoss", "brier", "mcc", "auroc", "averagePrecision"];

test("scores are scikit-learn's, by the names of the document", () => {
  for (const { name, classes, columns, outputs, targets, weights, expected } of golden.cases) {
    const options = { columns, ...(classes && { classes }), ...(weights && { weights: new Float64Array(weights) }) };
    const own = scores(new Float64Array(outputs), new Float64Array(targets), options);
    for (const key of classes ? CLASSES : VALUES) near(own[key], expected[key], `${name}: ${key}`);
    if (!classes) continue;
    assert.deepEqual(
      own.confusion.map((row) => row.length),
      Array(classes).fill(classes),
    );
    own.confusion.flat().forEach((count, i) => near(count, expected.confusion.flat()[i], `${name}: confusion ${i}`));
    for (const mean of ["macro", "weighted"])
      for (const [key, value] of Object.entries(expected[mean])) near(own[mean][key], value, `${name}: ${mean}.${key}`);
    own.perClass.forEach((of, k) => {
      for (const key of ["precision", "recall", "f1"]) near(of[key], expected[key][k], `${name}: ${key} of ${k}`);
    });
    assert.equal(own.curves.roc.length, classes === 2 ? 1 : classes);
  }
});

test("a document holds its curves, bins and intervals", () => {
  const rows = 60;
  const targets = Float64Array.from({ length: rows }, (_, i) => i % 2);
  const outputs = targets.map((class_, i) => (0.3 + 0.4 * class_ + ((i * 37) % 29) / 29) / 2);
  const { curves, intervals, task, perClass, rows: counted } = scores(outputs, targets, { classes: 2 });
  assert.deepEqual([task, counted], ["classification", rows]);
  const [roc] = curves.roc;
  assert.equal(roc.thresholds[0], Infinity);
  assert.deepEqual(
    [roc.falsePositiveRate[0], roc.truePositiveRate[0], roc.falsePositiveRate.at(-1), roc.truePositiveRate.at(-1)],
    [0, 0, 1, 1],
  );
  const [{ recall, precision, thresholds }] = curves.precisionRecall;
  assert.deepEqual([recall[0], precision[0], recall.at(-1), thresholds.length], [0, 1, 1, roc.thresholds.length]);
  const [bins] = curves.calibration;
  assert.equal(
    bins.count.reduce((sum, count) => sum + count),
    rows,
  );
  bins.observed.forEach((share, i) => assert.ok(bins.low[i] <= share && share <= bins.high[i]));
  assert.deepEqual(Object.keys(intervals).sort(), [...CLASSES, "f1"].sort());
  assert.equal(intervals.accuracy.method, "wilson");
  assert.equal(intervals.auroc.method, "bootstrap");
  assert.equal(perClass[1].intervals.recall.method, "wilson");
  const bare = scores(outputs, targets, { classes: 2, intervals: false });
  assert.deepEqual([bare.intervals, bare.perClass[0].intervals], [{}, {}]);
});

test("a unit of the target moves errors and leaves R²", () => {
  const targets = new Float64Array([1, 2, 4, 3]);
  const outputs = new Float64Array([1.5, 1.5, 4.5, 3]);
  const [kilograms, grams] = [1, 1000].map((unit) =>
    scores(
      outputs.map((value) => value * unit),
      targets.map((value) => value * unit),
    ),
  );
  near(grams.mae, 1000 * kilograms.mae, "MAE");
  near(grams.mse / 1e6, kilograms.mse, "MSE");
  near(grams.r2, kilograms.r2, "R²");
});

test("classes that a Trainer decided count as its accuracy does, also where probabilities tie", async () => {
  const spec = { data: { source: "spiral" }, model: { init: "zeros" } };
  const trainer = await Trainer.create(spec);
  const { inputs, targets } = trainer.points();
  const { outputs, classes } = await trainer.classify(inputs);
  assert.equal(new Set(outputs).size, 1, "of a net of zeros all are one half");
  const { accuracy } = scores(outputs, targets, { classes: 2, decided: classes });
  assert.equal(accuracy, targets.filter((class_) => class_ === 0).length / targets.length);
  assert.equal(scores(outputs, targets, { classes: 2 }).accuracy, accuracy);
  trainer.free();
});

test("a threshold that moves over 10,000 rows answers within a frame", () => {
  const targets = Float64Array.from({ length: 10_000 }, (_, i) => ((i * 7919) % 10_007) % 2);
  const outputs = targets.map((class_, i) => (class_ + (2 * ((i * 104_729) % 9973)) / 9973) / 3);
  const sweep = new ThresholdSweep(outputs, targets);
  const began = performance.now();
  for (let i = 0; i <= 1000; i++) sweep.at(i / 1000);
  const each = (performance.now() - began) / 1001;
  assert.ok(each <= 16, `${each} ms each`);
  const at = sweep.at(0.5);
  const own = scores(outputs, targets, { classes: 2, intervals: false });
  assert.equal(at.accuracy, own.accuracy);
  assert.deepEqual(
    [
      [at.trueNegatives, at.falsePositives],
      [at.falseNegatives, at.truePositives],
    ],
    own.confusion,
  );
  const careful = sweep.cheapest(50, 1);
  assert.ok(careful.threshold > sweep.cheapest(1, 50).threshold, "false alarms that cost more raise the threshold");
  sweep.free();
});

test("folds are a partition, a byte a row, until there are more of them than a byte holds", () => {
  const stratify = Uint8Array.from({ length: 67 }, (_, i) => i % 3);
  const dealt = folds(67, { folds: 10, repeats: 2, seed: 3, stratify });
  assert.equal(dealt.length, 2);
  for (const of of dealt) {
    assert.ok(of instanceof Uint8Array && of.length === 67);
    const sizes = Array(10).fill(0);
    of.forEach((fold) => sizes[fold]++);
    assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
  }
  assert.deepEqual(folds(67, { seed: 3, stratify }), dealt.slice(0, 1));
  assert.ok(folds(256, { folds: 256 })[0] instanceof Uint8Array);
  const [many] = folds(257, { folds: 257 });
  assert.ok(many instanceof Uint32Array);
  assert.equal(new Set(many).size, 257);
  assert.deepEqual([...folds(5, { folds: 2, blocked: true })[0]], [0, 0, 0, 1, 1]);
  const groups = new Uint32Array([9, 9, 4, 4, 4, 2]);
  const [grouped] = folds(6, { folds: 3, groups });
  assert.deepEqual([grouped[0], grouped[2], grouped[2]], [grouped[1], grouped[3], grouped[4]]);
});

test("what doesn't fit is refused with a code, the option and what is allowed; the next call works", () => {
  const one = new Float64Array([0.5]);
  const refused = (ask, code, message, where) =>
    assert.throws(ask, (error) => {
      assert.ok(error.code === code && message.test(error.message), `${error.code}: ${error.message}`);
      assert.equal(error.where, where);
      return true;
    });
  refused(() => folds(30, { folds: 21 }), "spec", /^folds: 21 is outside 2…20/, "folds");
  refused(() => folds(30, { folds: 2.5 }), "spec", /2\.5 is not a whole number/, "folds");
  refused(() => folds(30, { fold: 5 }), "spec", /fold: is no option, expected one of folds, repeats/, "fold");
  refused(() => folds("30"), "spec", /count: "30" is not a whole number/, "count");
  refused(() => folds(30, "ten"), "spec", /options: "ten" is not an object/, "options");
  refused(() => folds(3, { groups: [1, -2, 3] }), "spec", /groups\[1\]: -2 is not a whole number from 0/, "groups[1]");
  refused(() => folds(3, { groups: ["a", 2, 3] }), "spec", /groups\[0\]: "a" is not a number/, "groups[0]");
  refused(() => folds(3, { stratify: new BigInt64Array(3) }), "spec", /stratify: .* is neither a list/, "stratify");
  refused(() => folds(30, { blocked: "yes" }), "spec", /blocked: "yes" is neither/, "blocked");
  refused(() => scores("0.5", one), "spec", /outputs: "0.5" is neither a list of numbers nor/, "outputs");
  refused(() => scores([0.5, "1"], one), "spec", /outputs\[1\]: "1" is not a number/, "outputs[1]");
  refused(() => scores(one, new Float64Array([1]), { classes: 1 }), "spec", /classes: 1 is not a whole/, "classes");
  refused(() => scores(one, new Float64Array([7]), { classes: 2 }), "data", /targets\[0\]: class 7/);
  refused(
    () => new ThresholdSweep(one, new Float64Array([1]), { classes: 2 }),
    "spec",
    /classes: is no option/,
    "classes",
  );
  const sweep = new ThresholdSweep(one, new Float64Array([1]));
  refused(() => sweep.at(NaN), "spec", /threshold: NaN/, "threshold");
  refused(() => sweep.at("0.5"), "spec", /threshold: NaN/, "threshold");
  refused(() => sweep.cheapest(1, -1), "spec", /falseNegative: -1/, "falseNegative");
  assert.equal(sweep.at(0.4).truePositives, 1);
  assert.equal(scores(one, one).mse, 0);
});

test("plain lists and any typed arrays do as well", () => {
  const [outputs, targets] = [
    [0.2, 0.9, 0.6],
    [0, 1, 1],
  ];
  const want = scores(new Float64Array(outputs), new Float64Array(targets), { classes: 2 });
  assert.deepEqual(scores(outputs, targets, { classes: 2, weights: [1, 1, 1] }), want);
  assert.deepEqual(
    scores(outputs, new Int32Array(targets), { classes: 2, decided: new Uint8ClampedArray(targets) }),
    want,
  );
  const groups = ["b", "b", "a", "c", "a"];
  const [dealt] = folds(5, { folds: 3, groups });
  assert.deepEqual([dealt[0], dealt[2]], [dealt[1], dealt[4]]);
  assert.deepEqual(
    folds(6, { folds: 2, stratify: [0, 1, 0, 1, 0, 1] }),
    folds(6, { folds: 2, stratify: new Float32Array([0, 1, 0, 1, 0, 1]) }),
  );
});

test("the types tell values from classes", () => {
  const use = (last) => `
import { scores, folds, ThresholdSweep, type ClassScores, type ValueScores } from ${typesOf("pkg-full")};
const one = new Float64Array(1);
const values: ValueScores = scores(one, one);
const classes: ClassScores = scores(one, one, { classes: 2, weights: one });
const all: (Uint8Array | Uint32Array)[] = folds(10, { folds: 5, stratify: new Uint8Array(10) });
const rate: number = new ThresholdSweep(one, one).at(0.5).truePositiveRate;
const low: number | undefined = classes.intervals.auroc?.low;
${last}
export { values, all, rate, low };
`;
  const right = compiled(use(""));
  assert.equal(right.status, 0, right.stdout);
  const wrong = compiled(use("scores(one, one).auroc; folds(10, { fold: 5 });"));
  assert.equal(wrong.stdout.match(/error TS/g)?.length, 2, wrong.stdout);
});
