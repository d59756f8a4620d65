import assert from "node:assert/strict";
import test from "node:test";
import { SHADES, classTable, colorTable, diverging, mix, rgb, tableIndex } from "../../www/ui/charts/color.js";
import { outputRange } from "../../www/ui/charts/curve.js";
import { paint, paintClasses, sides } from "../../www/ui/charts/field.js";
import { layout, linkWidth } from "../../www/features/model/networkChart.js";
import { apart } from "../../www/ui/charts/lossCurves.js";
import { epochRange, lossRange, tickLabel } from "../../www/ui/charts/lossData.js";
import { logRange, logTicks, nearest, nearestX, valueAt, writeTick } from "../../www/ui/charts/plot.js";
import { colorRange, linear, rangeOf } from "../../www/ui/charts/scale.js";
import { ticks } from "../../www/ui/charts/ticks.js";
import {
  formatCount,
  formatLoss,
  formatNumber,
  formatRate,
  formatShare,
  formatSpeed,
  shortenedName,
} from "../../www/base/format.js";
import { CURVE_SIZE, FIELD_SIZE, fieldSize, rowsToWatch, splitAnswers, viewOf } from "../../www/base/grid.js";
import { missing } from "../../www/app/support.js";
import { classRange, lineWords, predictionWords, leftWords, statusText } from "../../www/session/statusText.js";

const theme = { minus: rgb("#f59322"), zero: rgb("#eceff1"), plus: rgb("#0877bd") };

test("colors: hexadecimal, mixing, the two ends and the middle", () => {
  assert.deepEqual(theme.minus, [245, 147, 34]);
  assert.deepEqual(mix([0, 0, 0], [100, 200, 50], 0.5), [50, 100, 25]);
  assert.deepEqual(diverging(theme, -1), theme.minus);
  assert.deepEqual(diverging(theme, 0), theme.zero);
  assert.deepEqual(diverging(theme, 7), theme.plus);
});

test("the table runs from orange to blue, opaque, and is symmetrical around the middle", () => {
  const bytes = new Uint8Array(colorTable(theme).buffer);
  assert.equal(bytes.length, 1024);
  assert.ok(bytes[0] > bytes[2], "the first pixel is orange");
  assert.ok(bytes[1022] > bytes[1020], "the last one is blue");
  for (let i = 3; i < 1024; i += 4) assert.equal(bytes[i], 255);
});

test("a value's place in the table, with its ends", () => {
  assert.deepEqual(
    [-9, 0, 0.5, 1, 9].map((value) => tableIndex(value, 0, 1)),
    [0, 0, 128, 255, 255],
  );
});

test("what is not a number keeps the pixel it had", () => {
  const table = Uint32Array.from({ length: 256 }, (_, i) => i);
  const pixels = new Uint32Array([7, 7, 7]);
  paint(pixels, new Float32Array([0, NaN, 1]), table, [0, 1]);
  assert.deepEqual([...pixels], [0, 7, 255]);
});

test("a field of classes: the likeliest is the color, how far it is above a guess the strength", () => {
  const classes = [theme.minus, theme.plus, rgb("#641a3e")];
  const table = classTable({ ...theme, classes });
  assert.equal(table.length, 3 * SHADES);
  const pixels = new Uint32Array(5).fill(7);
  const third = 1 / 3;
  paintClasses(pixels, new Float32Array([1, 0, 0, 0, 0, 1, third, third, third, NaN, NaN, NaN]), [0, 2, 0, 0], table, {
    width: 3,
    range: [0, 1],
  });
  const at = (row, shade) => table[row * SHADES + shade];
  assert.deepEqual(
    [...pixels],
    [at(0, SHADES - 1), at(2, SHADES - 1), at(0, 0), 7, 7],
    "what isn't there or no number keeps its pixel",
  );
  assert.deepEqual(new Set([at(0, 0), at(1, 0), at(2, 0)]).size, 1, "nothing known looks the same for all");
  assert.equal(new Set([at(0, 63), at(1, 63), at(2, 63)]).size, 3);
  // Scores reach beyond their range, and the engine's class counts: ties are not decided anew.
  paintClasses(pixels, new Float32Array([3, 1, -1, -1, 1, 1, -1, 0, -1, -2, -2, -2, 0, 0, 0]), [0, 2, 1, 0, 1], table, {
    width: 3,
    range: [-1, 1],
  });
  assert.deepEqual([...pixels], [at(0, 63), at(2, 63), at(1, Math.round(63 / 4)), at(0, 0), at(1, Math.round(63 / 4))]);
  const halves = new Float32Array([0.5, 0.5, 0.2, NaN]);
  assert.deepEqual([...sides(halves, [0, 1], [0, 1, 0, 0])], [0, 1, 0, NaN], "by their class");
  assert.deepEqual(
    [...sides(halves, [0, 1], new Uint32Array())],
    [0, 0, 0, NaN],
    "values have none: the nearer end, the lower of equals",
  );
});

test("scales go both ways", () => {
  const x = linear([-6, 6], [0, 300]);
  assert.equal(x(0), 150);
  assert.equal(x.invert(300), 6);
  assert.equal(linear([1, 1], [0, 10])(1), 0);
});

test("ticks are round and inside the range", () => {
  assert.deepEqual(ticks([0, 10], 5), [0, 2, 4, 6, 8, 10]);
  assert.deepEqual(ticks([-0.31, 0.32], 4), [-0.2, 0, 0.2]);
  assert.deepEqual(ticks([-1, 4], 5), [-1, 0, 1, 2, 3, 4]);
  assert.deepEqual(ticks([3, 3], 5), []);
});

test("ranges: empty, single, widened", () => {
  assert.deepEqual(rangeOf([]), [0, 1]);
  assert.deepEqual(rangeOf([2]), [1.5, 2.5]);
  assert.deepEqual(rangeOf([0, 10], 0.1), [-1, 11]);
});

test("nodes stay inside the picture, in order, for any shape", () => {
  for (const counts of [
    [2, 4, 2, 1],
    [7, 32, 32, 1],
    [1, 1],
  ]) {
    const columns = layout(counts, 600, 300);
    assert.deepEqual(
      columns.map(({ length }) => length),
      counts,
    );
    for (const nodes of columns) {
      for (const { x, y, radius } of nodes)
        assert.ok(x - radius >= 0 && x + radius <= 600 && y - radius >= -1 && y + radius <= 301);
    }
  }
  assert.ok(linkWidth(0) > 0 && linkWidth(-2) === linkWidth(2) && linkWidth(1e9) <= 7);
});

test("the grid covers the plane cell by cell, the top row first, and the question is last", () => {
  const rows = rowsToWatch(
    [
      [-6, 6],
      [-6, 6],
    ],
    [1, 2],
  );
  assert.equal(rows.length, 2 * FIELD_SIZE * FIELD_SIZE + 2);
  assert.ok(Math.abs(rows[0] + 5.94) < 1e-6 && Math.abs(rows[1] - 5.94) < 1e-6);
  assert.deepEqual([...rows.slice(-2)], [1, 2]);
  const { field, answer } = splitAnswers(new Float32Array([1, 2, 3]));
  assert.deepEqual([[...field], [...answer]], [[1, 2], [3]]);
  const three = splitAnswers(new Float32Array([1, 2, 3, 4, 5, 6]), 3);
  assert.deepEqual(
    [[...three.field], [...three.answer]],
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  );
});

test("a curve's view reaches to the question, but not without end", () => {
  assert.deepEqual(viewOf([[-1, 4]], [2]), [[-1, 4]]);
  assert.ok(viewOf([[-1, 4]], [6])[0][1] > 6);
  assert.ok(viewOf([[-1, 4]], [1000])[0][1] < 8);
  assert.ok(viewOf([[-1, 4]], [-3])[0][0] < -3);
  assert.equal(rowsToWatch([[-1, 4]], [6]).length, CURVE_SIZE + 1);
  const [bottom, top] = outputRange(new Float32Array([-1, 4]), new Float32Array([-3, 7]), [-1, 6.25]);
  assert.ok(bottom < -3 && top > 11);
  // Beyond the data by half of their width, whatever that is counted from: 0.4 of the height more above.
  const heights = [0, 100].map((from) => {
    const [low, high] = outputRange([from + 2, from + 4], [0, 1], [from + 2, from + 5]);
    return [low, high];
  });
  for (const [low, high] of heights)
    assert.ok(Math.abs(low - (-0.12 - 0.16 * 1.24)) <= 1e-9 && Math.abs(high - (1.12 + 0.4 * 1.24)) <= 1e-9);
});

test("numbers as people read them", () => {
  assert.deepEqual([0, 0.00005, 0.4567, 12.3, 123.456, NaN, undefined].map(formatLoss), [
    "0.0000",
    "5.0e-5",
    "0.4567",
    "12.3000",
    "123.46",
    "not finite",
    "–",
  ]);
  assert.equal(formatNumber(-0.98123), "−0.98");
  assert.equal(formatNumber(-0.001), "0.00");
  assert.equal(formatNumber(-7.87e19), "−7.87e19");
  assert.deepEqual([0, 0.03, 0.0123456, 0.00000296, 12.345, undefined].map(formatRate), [
    "0",
    "0.03",
    "0.0123",
    "2.96e−6",
    "12.3",
    "–",
  ]);
  assert.equal(formatShare(0.9751), "97.5%");
  assert.equal(formatCount(12345), "12,345");
  assert.deepEqual([950, 12345, 1234567].map(formatSpeed), ["950", "12.3 k", "1.23 M"]);
});

test("a line's weight and bias in words; nothing for any other model", () => {
  const layer = {
    type: "dense",
    inputs: 1,
    outputs: 1,
    weight: { offset: 0, shape: [1, 1] },
    bias: { offset: 1, shape: [1] },
  };
  const model = { task: "regression", features: ["x"], layers: [layer] };
  assert.equal(lineWords(model, new Float32Array([1.99, -0.98]), "none").formula, "y = 1.99·x − 0.98");
  assert.equal(lineWords(model, new Float32Array([-2, 0.5]), "standard").formula, "y = −2.00·scaled x + 0.50");
  assert.equal(lineWords({ ...model, layers: [layer, layer] }, new Float32Array(4), "none"), null);
  assert.equal(lineWords({ ...model, task: "classification" }, new Float32Array(2), "none"), null);
});

test("all is 100% and none 0%, and nothing between is rounded to them", () => {
  const shown = (...shares) => shares.map((share) => formatShare(share));
  assert.deepEqual(shown(1, 0, 0.5, 0.808, undefined, NaN), ["100%", "0%", "50.0%", "80.8%", "–", "–"]);
  assert.deepEqual(shown(99 / 100, 999 / 1000, 1999 / 2000, 9998 / 9999), ["99.0%", "99.9%", "99.9%", "99.9%"]);
  assert.deepEqual(shown(9999 / 10000, 999_999 / 1e6), ["over 99.9%", "over 99.9%"]);
  assert.deepEqual(shown(1 / 100, 1 / 1000, 1 / 10_000, 1 / 1e6), ["1.0%", "0.1%", "under 0.1%", "under 0.1%"]);
  for (let rows = 2; rows < 30_000; rows += 7) {
    const [most, least] = [(rows - 1) / rows, 1 / rows]
      .map((share) => [formatShare(share), formatShare(share, 0)])
      .map((words) => words.join(" "));
    assert.ok(!/\b100/.test(most) && !/(^| )0%|(^| )0\.0%/.test(least), `${rows}: ${most}, ${least}`);
  }
  assert.deepEqual(
    [0, 0.004, 0.05, 0.8, 0.996, 1].map((share) => formatShare(share, 0)),
    ["0%", "under 1%", "5%", "80%", "over 99%", "100%"],
  );
});

test("predictions and states in words: the class is the one decided on, and scores are no probabilities", () => {
  const sure = { task: "classification", loss: "cross-entropy" };
  const scored = { task: "classification", loss: "hinge" };
  assert.deepEqual(predictionWords(sure, [0.93], 1), { value: "0.93", meaning: "● class 1, probability 93.0%" });
  assert.deepEqual(predictionWords(sure, [0.2], 0), { value: "0.20", meaning: "▲ class 0, probability 80.0%" });
  assert.equal(predictionWords({ task: "regression", loss: "mse" }, [10.994]).value, "10.99");
  assert.equal(predictionWords({ task: "regression", loss: "mse" }, [NaN]).value, "–");
  assert.equal(predictionWords(sure, [0.5], 0).meaning, "▲ class 0, probability 50.0%");
  assert.deepEqual(predictionWords(sure, [0.1, 0.2, 0.7], 2), {
    value: "0.70",
    meaning: "■ class 2, probability 70.0% · ● 20.0% · ▲ 10.0%",
  });
  assert.equal(predictionWords(sure, [0.4, 0.4, 0.2], 0).meaning, "▲ class 0, probability 40.0% · ● 40.0% · ■ 20.0%");
  assert.equal(predictionWords(sure, [0.00001], 0).meaning, "▲ class 0, probability over 99.9%");
  assert.deepEqual(predictionWords(sure, undefined), { value: "–", meaning: "" });
  assert.deepEqual(predictionWords(scored, [-0.42], 0), { value: "−0.42", meaning: "▲ class 0, score −0.42" });
  assert.deepEqual(predictionWords(scored, [1.5, 3, -7], 1), {
    value: "3.00",
    meaning: "● class 1, score 3.00 · ▲ 1.50 · ■ −7.00",
  });
  assert.deepEqual(
    [classRange(sure), classRange(scored)],
    [
      [0, 1],
      [-1, 1],
    ],
  );
  assert.match(
    statusText({ state: "diverged", epoch: 1, step: 3, why: null, learningRate: 10 }, {}),
    /diverged. Try a learning rate below 10\./,
  );
  const done = { state: "finished", epoch: 40, step: 1600, why: "the goal is reached", learningRate: 1 };
  assert.equal(
    statusText(done, { epochs: 500, restoreBest: true }),
    "Stopped after 40 epochs: the goal is reached. Restored the weights from the best epoch. Press Play to start over.",
  );
  const cause = '"t" reaches 1700000000 unscaled. Choose standard scaling (data.scale: "standard").';
  const blown = statusText(
    { state: "diverged", epoch: 1, step: 3, why: `the loss is no longer a finite number. ${cause}`, learningRate: 10 },
    {},
  );
  assert.equal(blown, `Training diverged. ${cause}`);
  assert.equal(
    statusText({ ...done, why: `the loss no longer gets better. ${cause}` }, { epochs: 500 }),
    `Stopped after 40 epochs: the loss no longer gets better. ${cause} Press Play to start over.`,
  );
  assert.equal(
    statusText({ ...done, why: `the agreed number of epochs is done. ${cause}` }, { epochs: 40 }),
    `Finished 40 epochs. ${cause} Increase Epochs to continue, or press Play to start over.`,
  );
  assert.match(
    statusText({ ...done, why: "the agreed number of epochs is done" }, { epochs: 40 }),
    /Finished 40 epochs. Increase Epochs to continue/,
  );
  assert.match(
    statusText({ state: "paused", epoch: 1, step: 40, why: null, learningRate: 1 }, {}),
    /1 epoch and 40 steps\./,
  );
});

test("what the browser lacks is said in a sentence", () => {
  assert.equal(missing({ Worker: class {}, WebAssembly }), null);
  assert.match(missing({ WebAssembly }), /lacks Web Workers/);
  assert.match(missing({ Worker: class {} }), /lacks WebAssembly, or it is disabled/);
  assert.match(missing({ Worker: class {}, WebAssembly: { validate: () => false } }), /lacks WebAssembly SIMD/);
});

test("the cross-hair snaps to points, and a curve that ended has no value beyond", () => {
  const x = new Float32Array([0, 10, 20, 30]);
  assert.deepEqual(
    [-5, 4, 6, 24, 26, 99].map((at) => nearest(x, at)),
    [0, 0, 1, 2, 3, 3],
  );
  assert.equal(nearest([], 3), -1);
  const [long, short] = [
    { x, y: [4, 3, 2, 1] },
    { x: [0, 10], y: [8, 7] },
  ];
  assert.equal(nearestX([short, long], 17), 20);
  assert.deepEqual([valueAt(long, 20), valueAt(short, 10), valueAt(short, 30)], [2, 7, undefined]);
  assert.equal(nearestX([], 3), null);
});

test("a logarithmic axis: whole powers of ten around what is above 0, ten of them at most", () => {
  assert.deepEqual(logRange([{ y: [0.73, 0.02, 0, NaN, Infinity] }]), [0.01, 1]);
  assert.deepEqual(logRange([{ y: [1e-30, 5] }]), [1e-9, 10]);
  assert.deepEqual(logRange([{ y: [1] }]), [1, 10]);
  assert.deepEqual(logRange([]), [0.1, 1]);
  assert.deepEqual(logTicks([0.01, 1], 9), [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]);
  assert.deepEqual(logTicks([1e-6, 1], 4), [1e-6, 1e-4, 0.01, 1]);
});

test("the loss chart: axes that begin at 0", () => {
  assert.deepEqual(
    [lossRange(null), lossRange(0), lossRange(0.73), lossRange(7.5)],
    [
      [0, 1],
      [0, 1],
      [0, 0.8],
      [0, 8],
    ].map(([a, b]) => [a, b]),
  );
  assert.deepEqual(
    [epochRange(null), epochRange(3), epochRange(500)],
    [
      [0, 10],
      [0, 10],
      [0, 500],
    ],
  );
  assert.deepEqual([0, 0.25, 2e6, 0.0005].map(tickLabel), ["0", "0.25", "2e6", "5e-4"]);
  assert.deepEqual(ticks([0, 3e5], 6).map(tickLabel), ["0", "50,000", "1e5", "1.5e5", "2e5", "2.5e5", "3e5"]);
});

test("signs at the ends of curves lie apart, the lowest where its curve ends", () => {
  assert.deepEqual(apart([10, 50, 50, 49], 12), [10, 50, 38, 26]);
  assert.deepEqual(apart([80, 10], 12), [80, 10]);
  assert.deepEqual(apart([], 12), []);
});

test("a tick's words end on the picture", () => {
  const written = [];
  const context = /** @type {any} */ ({
    measureText: (words) => ({ width: 6 * words.length }),
    fillText: (...what) => written.push(what),
  });
  writeTick(context, "500", 50, 9, 100);
  writeTick(context, "35,000", 90, 9, 100);
  assert.deepEqual(written, [
    ["500", 50, 9],
    ["35,000", 82, 9],
  ]);
});

test("how long the agreed epochs still take, in calm words; nothing where there is no end", () => {
  const left = (seconds, changes = {}) =>
    leftWords({
      run: { state: "training" },
      frame: { stepsPerSecond: 10, step: 400 - 10 * seconds },
      description: { stepsPerEpoch: 40 },
      settings: { epochs: 10 },
      ...changes,
    }).replace("\u00a0", " ");
  assert.deepEqual(
    [1, 3.2, 33, 89, 200, 7200].map((seconds) => left(seconds)),
    ["", "about 4 s left", "about 40 s left", "about 90 s left", "about 4 min left", "about 2 h left"],
  );
  assert.equal(left(30, { settings: { epochs: null } }), "");
  assert.equal(left(30, { run: { state: "paused" } }), "");
  assert.equal(left(30, { frame: null }), "");
  assert.equal(left(30, { frame: { stepsPerSecond: 0, step: 1 } }), "");
});

test("a field over two of many columns is coarser, so that its rows stay within a million numbers", () => {
  assert.deepEqual([2, 100, 101, 2500, 3000].map(fieldSize), [100, 100, 99, 20, 20]);
  for (const columns of [2, 100, 101, 1000, 2500])
    assert.ok(fieldSize(columns) ** 2 * columns <= 1_000_000, String(columns));
});

test("values of one sign take all colors; of both, zero is in their middle", () => {
  assert.deepEqual(colorRange([10, 40]), [10, 40]);
  assert.deepEqual(colorRange([0, 40]), [0, 40]);
  assert.deepEqual(colorRange([-40, 0]), [-40, 0]);
  assert.deepEqual(colorRange([-1, 40]), [-40, 40]);
  assert.deepEqual(colorRange([-40, 1]), [-40, 40]);
});

test("a name that is too long loses its middle", () => {
  assert.equal(shortenedName("siblings and spouses", 20), "siblings and spouses");
  assert.equal(shortenedName("siblings and spouses", 14), "sibling…pouses");
  assert.equal(shortenedName("siblings and spouses", 19), "siblings…d spouses");
  assert.equal(shortenedName("😀😀😀😀😀", 4), "😀😀…😀", "never half a character");
});
