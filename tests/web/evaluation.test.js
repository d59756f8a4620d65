// How good a model is, as the page tells it: scores, thresholds, calibration, residuals, without a page.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { decidedAbove } from "../../www/base/decidedAbove.js";
import { binsOf, calibrationWords, gapOf, isMissed, mirroredBins } from "../../www/features/calibration/model.js";
import { unitChoices, unitIn } from "../../www/features/metrics/model.js";
import { classRows, methodWords, valueRows } from "../../www/session/scoreRows.js";
import { Scoring, guessOf } from "../../www/features/metrics/worker.js";
import { otherOutput, positiveOf } from "../../www/session/positiveClass.js";
import { ResidualRows } from "../../www/features/residuals/worker.js";
import { contour } from "../../www/features/threshold/contour.js";
import {
  cheapest,
  costFrom,
  costOf,
  countsAt,
  lackOf,
  limitsOf,
  mirrored,
  nearestPoint,
  placeOf,
  pointsOf,
  sweepOf,
  thresholdAt,
} from "../../www/features/threshold/model.js";
import { ThresholdSweep, Trainer, initSync, scores } from "../../www/pkg-full/trainyard.js";
import { partRows } from "../../www/worker/partRows.js";
import { Travel } from "../../www/worker/travel.js";

initSync({ module: fs.readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

const near = (/** @type {number} */ a, /** @type {number} */ b, tolerance = 1e-9) =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

/** Numbers that look like chance and are always the same. */
function* numbers(seed = 1) {
  for (let state = seed; ;) {
    state = (state * 48271) % 2147483647;
    yield state / 2147483647;
  }
}

const take = (/** @type {Iterator<number>} */ source, /** @type {number} */ count) =>
  Float64Array.from({ length: count }, () => source.next().value);

/** Rows of two classes whose outputs tell something, with ties. @param {number} rows */
function twoClasses(rows, seed = 1) {
  const source = numbers(seed);
  const targets = take(source, rows).map((value) => (value > 0.6 ? 1 : 0));
  const outputs = take(source, rows).map((value, i) => Math.round(50 * (0.6 * value + 0.4 * targets[i])) / 50);
  return { outputs, targets };
}

/** @param {{outputs: Float64Array, targets: Float64Array}} rows @param {number} [index] */
const sweep = ({ outputs, targets }, index = 1) =>
  /** @type {NonNullable<ReturnType<typeof sweepOf>>} */ (sweepOf(scores(outputs, targets, { classes: 2 }), index));

/** Above the threshold, by counting. @param {{outputs: Float64Array, targets: Float64Array}} rows @param {number} at */
function counted({ outputs, targets }, at) {
  const counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
  outputs.forEach((output, i) => {
    const is = targets[i] === 1;
    counts[output > at ? (is ? "truePositives" : "falsePositives") : is ? "falseNegatives" : "trueNegatives"] += 1;
  });
  return counts;
}

test("counts at any threshold are those of the rows above it, and what the core says of it", () => {
  const rows = twoClasses(400);
  const own = sweep(rows);
  const core = new ThresholdSweep(rows.outputs, rows.targets);
  for (const at of [-1, 0, 0.02, 0.1, 0.3, 0.31, 0.5, 0.5000001, 0.64, 0.98, 1, 2]) {
    const counts = countsAt(own, placeOf(own, at));
    assert.deepEqual(counts, counted(rows, at), String(at));
    const { truePositives, falsePositives, falseNegatives, trueNegatives } = core.at(at);
    assert.deepEqual(counts, { truePositives, falsePositives, falseNegatives, trueNegatives }, String(at));
  }
});

test("by itself the threshold decides as the engine does", async () => {
  const trainer = await Trainer.create({ data: { source: "moons", noise: 0.3 }, training: { loss: "cross-entropy" } });
  trainer.advance(300, 0);
  const { inputs, targets } = partRows(trainer.points(), 0);
  const { outputs, classes } = await trainer.classify(inputs);
  assert.deepEqual(decidedAbove(outputs, 1, { class: 1, at: 0.5 }), classes);
  const document = scores(outputs, targets, { classes: 2, decided: classes });
  const counts = countsAt(
    /** @type {any} */ (sweepOf(document, 1)),
    placeOf(/** @type {any} */ (sweepOf(document, 1)), 0.5),
  );
  assert.deepEqual(
    [
      [counts.trueNegatives, counts.falsePositives],
      [counts.falseNegatives, counts.truePositives],
    ],
    document.confusion,
  );
  trainer.free();
});

test("a threshold of one class of three decides for it above, else for the likeliest other", () => {
  const outputs = [0.5, 0.3, 0.2, 0.1, 0.3, 0.6, 0.2, 0.4, 0.4, 0.34, 0.33, 0.33];
  const at = (/** @type {number} */ threshold, chosen = 0) => [
    ...decidedAbove(outputs, 3, { class: chosen, at: threshold }),
  ];
  assert.deepEqual(at(0.4), [0, 2, 1, 1]);
  assert.deepEqual(at(0.15), [0, 2, 0, 0]);
  assert.deepEqual(at(0.1), [0, 2, 0, 0], "at the threshold is not above it");
  assert.deepEqual(at(0.09), [0, 0, 0, 0]);
  assert.deepEqual(at(0.39, 2), [0, 2, 2, 0]);
  assert.deepEqual(at(1), [1, 2, 1, 1]);
});

test("a threshold for a point of the curve stands at that point", () => {
  for (const rows of [twoClasses(300), { outputs: Float64Array.of(0, 1, 0.5), targets: Float64Array.of(0, 1, 1) }]) {
    const own = sweep(rows);
    const limits = limitsOf(own, true);
    for (let place = 0; place < own.thresholds.length; place++) {
      const at = thresholdAt(own, place, limits);
      assert.equal(placeOf(own, at), place, `${place}: ${at}`);
    }
  }
  // Neighbors among f64 have no number between them.
  const close = { outputs: Float64Array.of(0.5, 0.5 + 2 ** -53, 0.25), targets: Float64Array.of(0, 1, 0) };
  const own = sweep(close);
  assert.deepEqual(
    [0, 1, 2, 3].map((place) => placeOf(own, thresholdAt(own, place, [0, 1]))),
    [0, 1, 2, 3],
  );
});

test("limits are those of probabilities, or hold every raw score", () => {
  const raw = (/** @type {number[]} */ thresholds) => limitsOf({ thresholds: [Infinity, ...thresholds] }, false);
  assert.deepEqual(limitsOf({ thresholds: [Infinity, 0.7, 0.6] }, true), [0, 1]);
  assert.deepEqual(raw([0.5, -0.5]), [-1, 1]);
  assert.deepEqual(raw([3.2, -0.5]), [-1, 4]);
  assert.deepEqual(raw([0.2, -1.5]), [-2, 1]);
});

test("costs choose the threshold that the core would choose, and what it costs a row", () => {
  const rows = twoClasses(500, 7);
  const own = sweep(rows);
  const core = new ThresholdSweep(rows.outputs, rows.targets);
  for (const [falsePositive, falseNegative] of [
    [1, 1],
    [1, 10],
    [10, 1],
    [0, 1],
    [1, 0],
    [0, 0],
    [2.5, 0.1],
  ]) {
    const costs = { falsePositive, falseNegative };
    const place = cheapest(own, costs);
    const best = core.cheapest(falsePositive, falseNegative);
    const counts = countsAt(own, place);
    assert.equal(counts.truePositives, best.truePositives, `${falsePositive} : ${falseNegative}`);
    assert.equal(counts.falsePositives, best.falsePositives, `${falsePositive} : ${falseNegative}`);
    near(costOf(counts, costs), (counts.falsePositives * falsePositive + counts.falseNegatives * falseNegative) / 500);
    for (let other = 0; other < own.thresholds.length; other++)
      assert.ok(costOf(countsAt(own, other), costs) >= costOf(counts, costs));
  }
});

test("costs are numbers of at least 0", () => {
  assert.deepEqual(["1", " 2.5 ", "0", "1,5", "1e3"].map(costFrom), [1, 2.5, 0, 1.5, 1000]);
  assert.deepEqual(["", " ", "-1", "a", "Infinity", "NaN"].map(costFrom), new Array(6).fill(null));
});

test("one class alone and equal outputs are told, and nothing is drawn wrong", () => {
  const of = (/** @type {number[]} */ outputs, /** @type {number[]} */ targets) =>
    lackOf(sweep({ outputs: Float64Array.from(outputs), targets: Float64Array.from(targets) }));
  assert.equal(of([0.2, 0.7], [0, 0]), "positives");
  assert.equal(of([0.2, 0.7], [1, 1]), "negatives");
  assert.equal(of([0.5, 0.5, 0.5], [0, 1, 1]), "equal");
  assert.equal(of([0.5, 0.5, 0.6], [0, 1, 1]), null);
  const alone = sweep({ outputs: Float64Array.of(0.2, 0.7), targets: Float64Array.of(0, 0) });
  assert.deepEqual(countsAt(alone, placeOf(alone, 0.5)), {
    truePositives: 0,
    falsePositives: 1,
    falseNegatives: 0,
    trueNegatives: 1,
  });
  const { x, y } = { x: (/** @type {number} */ value) => value, y: (/** @type {number} */ value) => value };
  assert.deepEqual(pointsOf(alone.falsePositiveRate, alone.truePositiveRate, { x, y }), []);
});

test("many classes: each is ranked against all others; beyond twenty there are no curves", () => {
  const source = numbers(3);
  const rows = 200;
  const targets = take(source, rows).map((value) => Math.floor(value * 3));
  const outputs = new Float64Array(rows * 3);
  for (let row = 0; row < rows; row++) {
    const raw = [0, 1, 2].map((k) => source.next().value + (targets[row] === k ? 0.5 : 0));
    const sum = raw.reduce((a, b) => a + b);
    raw.forEach((value, k) => (outputs[row * 3 + k] = value / sum));
  }
  const document = scores(outputs, targets, { classes: 3 });
  for (const chosen of [0, 1, 2]) {
    const own = /** @type {NonNullable<ReturnType<typeof sweepOf>>} */ (sweepOf(document, chosen));
    const one = {
      outputs: outputs.filter((_, i) => i % 3 === chosen),
      targets: targets.map((target) => Number(target === chosen)),
    };
    for (const at of [0.1, 0.33, 0.5, 0.7])
      assert.deepEqual(countsAt(own, placeOf(own, at)), counted(one, at), `${chosen} at ${at}`);
  }
  const wide = 21;
  const many = scores(new Float64Array(2 * wide).fill(1 / wide), Float64Array.of(0, 1), { classes: wide });
  assert.equal(sweepOf(many, 3), null);
});

test("a drag goes to the nearest point; a path keeps its ends and no more points than a picture shows", () => {
  const [xs, ys] = [
    [0, 0, 0.5, 1],
    [0, 0.4, 0.8, 1],
  ];
  assert.equal(nearestPoint(xs, ys, [0.1, 0.5]), 1);
  assert.equal(nearestPoint(xs, ys, [0.6, 0.6]), 2);
  assert.equal(nearestPoint(xs, ys, [2, 2]), 3);
  const count = 10_001;
  const line = Float64Array.from({ length: count }, (_, i) => i / (count - 1));
  const scale = (/** @type {number} */ value) => 300 * value;
  const path = pointsOf(line, line, { x: scale, y: scale });
  assert.ok(path.length > 100 && path.length < 1000, String(path.length));
  assert.deepEqual(
    [path[0], path.at(-1)],
    [
      [0, 0],
      [300, 300],
    ],
  );
  // Stepped: upright at the recall before, then across.
  assert.deepEqual(pointsOf([0, 0.5], [1, 0.5], { x: scale, y: scale }, true), [
    [0, 300],
    [0, 150],
    [150, 150],
  ]);
});

test("the boundary lies where the output crosses the threshold", () => {
  const size = 10;
  const across = Float64Array.from({ length: size * size }, (_, i) => ((i % size) + 0.5) / size);
  for (const at of [0.2, 0.33, 0.5, 0.71]) {
    const lines = contour(across, size, 1, { class: 1, at });
    assert.equal(lines.length / 4, size - 1);
    for (let i = 0; i < lines.length; i += 2) near(lines[i], at);
  }
  assert.deepEqual(contour(across, size, 1, { class: 1, at: 0.99 }), []);
  assert.deepEqual(contour(across.fill(NaN), size, 1, { class: 1, at: 0.5 }), []);
  // Of three classes, that one's output.
  const three = Float64Array.from({ length: 4 * 3 }, (_, i) => (i % 3 === 2 && i > 6 ? 1 : 0));
  const [x1, y1, x2, y2] = contour(three, 2, 3, { class: 2, at: 0.25 });
  near(y1, 0.25 + 0.25 * 0.5);
  near(y2, y1);
  assert.notEqual(x1, x2);
});

test("scores, intervals and guessing are the core's, in the table's words", () => {
  const { outputs, targets } = twoClasses(120);
  const document = scores(outputs, targets, { classes: 2 });
  const guess = scores(new Float64Array(120).fill(0.4), targets, { classes: 2, intervals: false });
  const rows = classRows(document, guess);
  assert.deepEqual(
    rows.map(({ key }) => key),
    ["accuracy", "balancedAccuracy", "auroc", "averagePrecision", "mcc", "logLoss", "brier"],
  );
  for (const { key, score, guess: other, interval } of rows) {
    const name = /** @type {"accuracy"} */ (key);
    assert.equal(score, document[name]);
    assert.equal(other, guess[name]);
    assert.deepEqual(interval, document.intervals[name]);
  }
  assert.match(methodWords(rows), /Wilson.*bootstrap/);
  assert.doesNotMatch(methodWords(rows), /dash/);
  assert.match(methodWords(classRows(document, guess, 0)), /Wilson.*bootstrap.*A dash means/);
  assert.equal(methodWords(classRows(guess, guess)), "");
  assert.equal(rows[2].write(NaN), "–");
});

test("another unit moves errors, MSE by its square, and leaves R²", () => {
  const targets = Float64Array.of(1, 2, 3, 4, 5);
  const outputs = Float64Array.of(1.1, 1.9, 3.3, 4.4, 4.8);
  const document = scores(outputs, targets);
  const grams = valueRows(document, document, 1000);
  const own = valueRows(document, document);
  const power = { mse: 2, rmse: 1, mae: 1, medianAbsoluteError: 1, r2: 0 };
  grams.forEach(({ key, score, guess, interval }, i) => {
    const factor = 1000 ** power[/** @type {"mse"} */ (key)];
    near(score, own[i].score * factor, 1e-6);
    near(guess, own[i].guess * factor, 1e-6);
    near(interval?.high ?? NaN, (own[i].interval?.high ?? NaN) * factor, 1e-6);
  });
  // As if the data had been in grams.
  const thousand = (/** @type {number} */ value) => value * 1000;
  const inGrams = scores(outputs.map(thousand), targets.map(thousand));
  grams.forEach(({ key, score }) => near(score, inGrams[/** @type {"mse"} */ (key)], 1e-6));
});

test("units are named where they are known", () => {
  assert.deepEqual(
    unitChoices("kg").map(({ factor, label }) => [factor, label]),
    [
      [1, "kg"],
      [1000, "g"],
      [1 / 1000, "t"],
    ],
  );
  assert.deepEqual(
    unitChoices("mpg").map(({ label }) => label),
    ["mpg", "÷ 1,000 (mpg)", "× 1,000 (mpg)"],
  );
  assert.deepEqual(["weight (kg)", "ozone [ppb]", "mpg", "a (b) c"].map(unitIn), ["kg", "ppb", null, null]);
});

test("guessing is each class's share of the training rows, of two that of the second, or the mean", () => {
  assert.deepEqual(guessOf([0, 1, 1, 1], 2), [0.75]);
  assert.deepEqual(guessOf([0, 1, 1, 2], 3), [0.25, 0.5, 0.25]);
  assert.deepEqual(guessOf([1, 2, 6]), [3]);
});

test("the worker scores all rows of a part, whatever the loss, and says nothing of none", async () => {
  for (const { data, training } of [
    { data: { source: "moons", noise: 0.3, samples: 2203 }, training: { loss: "cross-entropy" } },
    { data: { source: "three-spiral", noise: 0.1 }, training: { loss: "hinge" } },
    { data: { source: "circle", noise: 0.3 }, training: { loss: "mse" } },
    { data: { source: "plane" }, training: {} },
  ]) {
    const trainer = await Trainer.create(/** @type {any} */ ({ data, training, model: { layers: [] } }));
    const run = /** @type {any} */ ({ trainer, description: trainer.describe() });
    const scoring = new Scoring(run, partRows, scores);
    trainer.advance(200, 0);
    let sum = 0;
    for (const [part, name] of /** @type {[number, "train" | "test"][]} */ ([
      [0, "train"],
      [2, "test"],
    ])) {
      const told = await scoring.tell({ part });
      const metrics = await trainer.evaluate(name);
      assert.ok(told && metrics);
      sum += told.scores.rows;
      assert.equal(told.scores.rows, metrics.rows);
      if (told.scores.task === "classification" && told.guess.task === "classification") {
        assert.equal(told.scores.accuracy, metrics.accuracy, JSON.stringify(training));
        assert.ok(Number.isNaN(told.scores.logLoss) === (training.loss !== "cross-entropy"));
        assert.equal(told.guess.auroc, 0.5);
      } else if (told.scores.task === "regression" && told.guess.task === "regression") {
        near(told.scores.mae, metrics.mae ?? NaN, 1e-5);
        assert.ok(Math.abs(told.guess.r2) < 0.05);
      }
      assert.ok(told.scores.intervals && Object.keys(told.scores.intervals).length > 3);
      const quick = await scoring.tell({ part, isQuick: true });
      assert.deepEqual(quick?.scores.intervals, {});
    }
    assert.equal(await scoring.tell({ part: 1 }), null);
    assert.equal(sum, trainer.points().targets.length);
    trainer.free();
  }
});

test("outputs that are not finite are not scored", async () => {
  const trainer = /** @type {any} */ ({
    points: () => ({ inputs: Float64Array.of(1, 2), targets: Float64Array.of(0, 1), part: Uint8Array.of(0, 0) }),
    classify: async () => ({ outputs: Float64Array.of(0.5, NaN), classes: Uint32Array.of(0, 0) }),
  });
  const run = /** @type {any} */ ({ trainer, description: { classes: 2, loss: "cross-entropy" } });
  assert.equal(await new Scoring(run, partRows, scores).tell({ part: 0 }), null);
  assert.equal(await new ResidualRows(run, partRows).tell({ part: 0, inputs: Float64Array.of(1) }), null);
});

test("the package that scores is asked for again where it did not come", async () => {
  const trainer = await Trainer.create({ data: { source: "moons" }, training: { loss: "cross-entropy" } });
  const run = /** @type {any} */ ({ trainer, description: trainer.describe() });
  let isThere = false;
  const engines = /** @type {any} */ ({
    async evaluations() {
      if (!isThere) throw new Error("no connection");
      return new Scoring(run, partRows, scores);
    },
  });
  const travel = new Travel(run, /** @type {any} */ ({ now: () => 0 }), engines);
  const ask = () => travel.obey({ type: "scores", id: 1, run: 1, part: 0 });
  await assert.rejects(ask, /no connection/);
  isThere = true;
  assert.equal((await ask()).scores.rows, trainer.describe().rows.train);
  trainer.free();
});

/** @param {[number, number, number, number, number][]} bins */
const curveOf = (bins) => {
  const column = (/** @type {number} */ i) => Float64Array.from(bins, (bin) => bin[i]);
  const [predicted, observed, low, high] = [0, 1, 2, 3].map(column);
  return { predicted, observed, low, high, count: Uint32Array.from(bins, (bin) => bin[4]) };
};

test("calibration: the sentence is computed from the bins that are drawn", () => {
  const good = binsOf(
    curveOf([
      [0.1, 0.12, 0.02, 0.3, 20],
      [0.9, 0.85, 0.7, 0.95, 20],
    ]),
  );
  near(gapOf(good), 0.035);
  assert.match(calibrationWords(good, "b"), /agree.*40 rows.*3\.5 percentage points/);
  const bad = binsOf(
    curveOf([
      [0.1, 0.12, 0.02, 0.3, 20],
      [0.92, 0.6, 0.4, 0.8, 20],
    ]),
  );
  assert.deepEqual(bad.map(isMissed), [false, true]);
  assert.match(calibrationWords(bad, "b"), /predicts b with 92\.0%.*60\.0% of 20 rows.*overconfident.*1 of 2 bins/);
  const shy = binsOf(curveOf([[0.6, 0.9, 0.8, 0.97, 50]]));
  assert.match(calibrationWords(shy, "b"), /underconfident/);
  // Surer of a class than its rows bear out, also where they are on the other side of one half.
  const wrong = (predicted, observed) =>
    calibrationWords(binsOf(curveOf([[predicted, observed, observed - 0.05, observed + 0.05, 50]])), "b");
  assert.match(wrong(0.65, 0.1), /overconfident\. 1 of 1 bins misses /);
  assert.match(wrong(0.35, 0.9), /overconfident/);
  assert.match(wrong(0.35, 0.1), /underconfident/);
  assert.match(wrong(0.5, 0.7), /underconfident/);
  const [edge] = binsOf(curveOf([[0.3, 0.5, 0.3, 0.7, 9]]));
  assert.equal(isMissed(edge), false);
  assert.equal(isMissed({ ...edge, predicted: 0.2999 }), true);
  assert.equal(isMissed({ ...edge, low: NaN }), true);
  // Bins of the core hold every row once.
  const { outputs, targets } = twoClasses(500);
  const bins = binsOf(scores(outputs, targets, { classes: 2 }).curves.calibration[0]);
  assert.equal(
    bins.reduce((sum, { count }) => sum + count, 0),
    500,
  );
});

test("the first of two classes as the positive one: all is as if the classes changed places", () => {
  const about = (/** @type {string} */ loss) => otherOutput({ loss });
  assert.deepEqual([about("cross-entropy")(0.25), about("hinge")(0.25), about("hinge")(0)], [0.75, -0.25, 0]);
  assert.deepEqual(
    ["first", "second"].map((positive) => positiveOf(/** @type {any} */ ({ positive }))),
    [0, 1],
  );
  for (const seed of [1, 2, 3]) {
    const rows = twoClasses(60, seed);
    const flip = about("cross-entropy");
    const changed = { outputs: rows.outputs.map(flip), targets: rows.targets.map((target) => 1 - target) };
    const [own, other] = [sweep(rows), sweep(changed)];
    const mirror = mirrored(own, flip);
    assert.equal(mirrored(own, flip), mirror, "made once");
    assert.equal(mirror.thresholds.length, other.thresholds.length);
    assert.deepEqual([mirror.positives, mirror.negatives], [other.positives, other.negatives]);
    for (const key of /** @type {const} */ (["thresholds", "falsePositiveRate", "truePositiveRate", "precision"]))
      for (let i = 0; i < mirror.thresholds.length; i++)
        assert.ok(
          mirror[key][i] === other[key][i] || Math.abs(mirror[key][i] - other[key][i]) <= 1e-12,
          `${key} ${i}: ${mirror[key][i]} is not ${other[key][i]}`,
        );
    // What is decided at a threshold is one thing, however it is counted.
    for (const at of [0.2, 0.5, 0.8]) {
      const last = own.thresholds.length - 1;
      const [one, two] = [countsAt(own, placeOf(own, at)), countsAt(mirror, last - placeOf(own, at))];
      assert.deepEqual(
        [two.truePositives, two.falsePositives, two.falseNegatives, two.trueNegatives],
        [one.trueNegatives, one.falseNegatives, one.falsePositives, one.truePositives],
      );
    }
    const document = scores(rows.outputs, rows.targets, { classes: 2 });
    const otherDocument = scores(changed.outputs, changed.targets, { classes: 2 });
    const row = (/** @type {number} */ positive) =>
      classRows(document, document, positive).find(({ key }) => key === "averagePrecision");
    near(row(0)?.score ?? NaN, otherDocument.averagePrecision, 1e-9);
    assert.notEqual(row(0)?.score, row(1)?.score);
    near(document.perClass[0].auroc, otherDocument.auroc, 1e-9);
    const bins = binsOf(document.curves.calibration[0]);
    const turned = mirroredBins(bins);
    near(gapOf(turned), gapOf(bins), 1e-12);
    assert.deepEqual(turned.map(isMissed), bins.map(isMissed).reverse());
    near(turned[0].predicted, 1 - bins[bins.length - 1].predicted);
  }
});
