// Figures as people read them, and small decisions of the page, on both sides of their boundaries.
import assert from "node:assert/strict";
import test from "node:test";
import {
  formatBytes,
  formatCount,
  formatLeft,
  formatLoss,
  formatNumber,
  formatRate,
  formatShare,
  formatSpeed,
} from "../../www/base/format.js";
import { t } from "../../www/base/text.js";
import { formatMs } from "../../www/base/formatMs.js";
import { addressOf } from "../../www/base/files.js";
import { axesOf, cellsOf, hasColumnsOf, kindOf, typicalRow } from "../../www/base/inputSection.js";
import { answersOf } from "../../www/features/evaluation/answers.js";
import { stacked } from "../../www/features/benchmark/scale.js";
import { pointsOf } from "../../www/features/coach/trainingMonitor.js";
import { createHold } from "../../www/features/data/worker/formats/writing.js";
import { rowsIn } from "../../www/features/data/worker/formats/jsonRows.js";
import { OPTIMIZERS } from "../../www/features/microscope/formulas.static.js";
import { ruleOf } from "../../www/features/microscope/model.js";
import { settingsOf } from "../../www/settings/fromSpec.js";
import { MOST_IN_LINK, defaultsFor, changedSettings } from "../../www/settings/spec.js";
import { epochRange, lossRange, tickLabel } from "../../www/ui/charts/lossData.js";
import { onEnter } from "../../www/ui/onEnter.js";
import { take } from "./intake.js";

/** Each pair of what is given and what is read. @param {(value: any) => unknown} format @param {[unknown, unknown][]} pairs */
const reads = (format, pairs) => pairs.forEach(([value, text]) => assert.equal(format(value), text, `${value}`));

test("losses and rates: digits while they say something, then an exponent", () => {
  reads(formatLoss, [
    [null, "–"],
    [undefined, "–"],
    [NaN, "not finite"],
    [0, "0.0000"],
    [0.0001, "0.0001"],
    [0.000099, "9.9e-5"],
    [99.99, "99.9900"],
    [100, "100.00"],
    [99999, "99999"],
    [100000, "1.0e5"],
  ]);
  reads(formatRate, [
    [undefined, "–"],
    [Infinity, "not finite"],
    [0, "0"],
    [0.0001, "0.0001"],
    [0.000099, "9.90e−5"],
    [9999, "10000"],
    [10000, "1.00e4"],
  ]);
  reads(tickLabel, [
    [0, "0"],
    [0.001, "0.001"],
    [0.0009, "9e-4"],
    [0.123456789, "0.123456789"],
    [0.1 + 0.2, "0.3"],
    [999.5, "999.5"],
    [1234.5, "1,234.5"],
    [-1000, "-1,000"],
    [99999, "99,999"],
    [100000, "1e5"],
    [-100000, "-1e5"],
  ]);
});

test("shares: only all of it is 100%, only none of it 0%", () => {
  reads(formatShare, [
    [undefined, "–"],
    [0, "0%"],
    [1, "100%"],
    [0.0004, "under 0.1%"],
    [0.0006, "0.1%"],
    [0.9994, "99.9%"],
    [0.9996, "99.9%"],
    [0.9999, "over 99.9%"],
    [0.5, "50.0%"],
  ]);
  assert.equal(formatShare(0.996, 0), "over 99%");
  assert.equal(formatShare(0.004, 0), "under 1%");
});

test("counts, speeds, bytes, times", () => {
  reads(formatCount, [
    [999, "999"],
    [1000, "1,000"],
    [1234567.4, "1,234,567"],
  ]);
  assert.deepEqual(
    [1, 0, 1.4, 2].map((count) => t("count.rows", { count })),
    ["1 row", "0 rows", "1 row", "2 rows"],
  );
  reads(formatSpeed, [
    [9999, "9,999"],
    [10000, "10.0 k"],
    [999999, "1.00e+3 k"],
    [1e6, "1.00 M"],
  ]);
  reads(formatBytes, [
    [1023, "1023 B"],
    [1024, "1.0 KB"],
    [35328, "34.5 KB"],
    [2 ** 20 - 1, "1024.0 KB"],
    [2 ** 20, "1.0 MB"],
    [12 * 2 ** 20, "12.0 MB"],
  ]);
  reads(formatMs, [
    [NaN, "–\u00a0ms"],
    [0, "0\u00a0ms"],
    [-1, "0\u00a0ms"],
    [0.00009, "< 0.0001\u00a0ms"],
    [0.0001, "0.0001\u00a0ms"],
    [1.26, "1.3\u00a0ms"],
    [99.4, "99\u00a0ms"],
    [100.4, "100\u00a0ms"],
    [1234, "1,234\u00a0ms"],
  ]);
  reads(formatLeft, [
    [NaN, ""],
    [1.9, ""],
    [2, "about 2\u00a0s left"],
    [20, "about 20\u00a0s left"],
    [20.5, "about 30\u00a0s left"],
    [89, "about 90\u00a0s left"],
    [90, "about 2\u00a0min left"],
    [5399, "about 90\u00a0min left"],
    [5400, "about 2\u00a0h left"],
    [360_000, "about 100\u00a0h left"],
    [360_001, ""],
  ]);
  reads(formatNumber, [
    [NaN, "not finite"],
    [-0.001, "0.00"],
    [-1.5, "−1.50"],
    [999999, "999999.00"],
    [1e6, "1.00e6"],
    [-1e6, "−1.00e6"],
  ]);
});

test("the axes of the loss chart", () => {
  assert.deepEqual(
    [epochRange(null), epochRange(9), epochRange(11)],
    [
      [0, 10],
      [0, 10],
      [0, 11],
    ],
  );
  for (const none of [null, 0, NaN, -1]) assert.deepEqual(lossRange(none), [0, 1], `${none}`);
  // The next of 1, 1.5, 2, 3 … that leaves a fiftieth above.
  reads(
    (highest) => lossRange(highest)[1],
    [
      [0.98, 1],
      [0.99, 1.5],
      [1, 1.5],
      [1.4, 1.5],
      [1.48, 2],
      [9.8, 10],
      [9.9, 15],
      [98, 100],
    ],
  );
});

test("Enter acts once, but not within what an input method composes", () => {
  const done = /** @type {string[]} */ ([]);
  const press = (/** @type {object} */ event) =>
    onEnter(() => done.push("acted"))(/** @type {any} */ ({ preventDefault: () => done.push("kept"), ...event }));
  press({ key: "a", isComposing: false });
  press({ key: "Enter", isComposing: true });
  assert.deepEqual(done, []);
  press({ key: "Enter", isComposing: false });
  assert.deepEqual(done, ["kept", "acted"]);
});

/** @returns {any} */
const described = (more = {}) => ({
  columns: ["x", "kind", "y"],
  columnKinds: ["number", "category", "number"],
  categories: [[], ["a"], []],
  outputs: 2,
  ...more,
});

test("runs are asked alike by the same columns with the same categories", () => {
  assert.equal(hasColumnsOf(described(), described()), true);
  assert.equal(hasColumnsOf(described(), null), false);
  assert.equal(hasColumnsOf(described(), described({ columns: ["x", "kind", "z"] })), false);
  assert.equal(hasColumnsOf(described(), described({ categories: [[], ["b"], []] })), false);
});

test("a picture's axes are what was named, else the first two numbers", () => {
  assert.equal(kindOf(described(), 1), "category");
  assert.equal(kindOf(described({ columnKinds: undefined }), 1), "number");
  assert.deepEqual(axesOf(described(), null), [0, 2]);
  assert.deepEqual(axesOf(described(), ["y", "kind"]), [2, 1]);
  for (const named of [["y", "y"], ["y", "gone"], ["y"], ["y", "x", "kind"]])
    assert.deepEqual(axesOf(described(), named), [0, 2], `${named}`);
  assert.deepEqual(axesOf(described({ columnKinds: ["category", "category", "number"] }), null), [2, 0]);
  assert.deepEqual(axesOf(described({ columns: ["x"] }), null), [0]);
});

test("the middle of the training rows: medians, and the commonest category", () => {
  const points = {
    inputs: [1, 0, 10, 2, 1, 20, 3, 1, 30.123456, 900, 0, 900, NaN, NaN, NaN],
    part: [0, 0, 0, 1, 0],
  };
  assert.deepEqual(typicalRow(described(), /** @type {any} */ (points)), [2, 1, 20]);
  assert.deepEqual(typicalRow(described(), /** @type {any} */ ({ inputs: [], part: [] })), [0, 0, 0]);
  // Of numbers far apart fewer digits count; equal ones keep six.
  const middle = (/** @type {number[]} */ ...values) =>
    typicalRow(
      described({ columns: ["x"], columnKinds: ["number"] }),
      /** @type {any} */ ({ inputs: values, part: values.map(() => 0) }),
    );
  assert.deepEqual(middle(0, 1.23456, 1000), [1]);
  assert.deepEqual(middle(0, 1.23456, 9), [1.235]);
  assert.deepEqual(middle(1.23456789, 1.23456789), [1.234568]);
  // Equally common ones: the one that comes first.
  const kinds = described({ columns: ["k"], columnKinds: ["category"] });
  assert.deepEqual(typicalRow(kinds, /** @type {any} */ ({ inputs: [2, 1, 1, 2], part: [0, 0, 0, 0] })), [2]);
});

test("what was asked is the picture with the question's answer, then the known rows' answers", () => {
  const two = described({ columns: ["x", "y"] });
  const cells = cellsOf(two);
  const { picture, known } = answersOf(
    two,
    Float64Array.from({ length: (cells + 1) * 2 + 6 }, (_, i) => i),
  );
  assert.deepEqual([picture.length, known.length, known[0]], [(cells + 1) * 2, 6, (cells + 1) * 2]);
});

test("where a run stands at an epoch's end, that is the curve's last point", () => {
  const frame = {
    step: 20,
    epoch: 2,
    curve: { epoch: [0, 1, 2], training: [3, 2, 1], test: [4, 3] },
    training: { loss: 0.5 },
    test: { loss: 0.75 },
  };
  const of = (/** @type {object} */ more, isStanding = true) =>
    pointsOf(/** @type {any} */ ({ frame: { ...frame, ...more }, description: { stepsPerEpoch: 10 } }), isStanding);
  const last = { epoch: 2, training: 0.5, test: 0.75 };
  assert.deepEqual(of({}).at(-1), last);
  assert.deepEqual(
    of({}).map(({ epoch }) => epoch),
    [0, 1, 2],
  );
  assert.deepEqual(of({}, false).at(-1), { epoch: 2, training: 1, test: NaN });
  assert.deepEqual(of({ step: 21 }).at(-1), { epoch: 2, training: 1, test: NaN }, "within an epoch");
  assert.deepEqual(pointsOf(/** @type {any} */ ({ frame: null }), true), []);
});

test("the longest list of rows is read, of equally long ones the first, and what is left is told", () => {
  const list = (/** @type {number} */ count, /** @type {string} */ key) =>
    Array.from({ length: count }, (_, i) => ({ [key]: i }));
  const of = (/** @type {any} */ value) => {
    const { rows, note } = /** @type {any} */ (rowsIn("data.json", value));
    return [[...rows[0].keys()][0], rows.length, note];
  };
  assert.deepEqual(of({ short: list(2, "s"), long: list(3, "l"), n: 1 }), [
    "l",
    3,
    "Only “long” was read; short, n are no part of the rows.",
  ]);
  assert.deepEqual(of({ one: list(2, "a"), two: list(2, "b"), n: 1 }).slice(0, 2), ["a", 2]);
  assert.match(of({ rows: list(2, "a"), title: "t" })[2], /^Only “rows” was read; title is no part of the rows\.$/);
  assert.equal(of({ rows: list(2, "a") })[2], undefined);
  const five = { a: 1, b: 1, c: 1, d: 1, e: 1 };
  assert.match(of({ rows: list(2, "x"), ...five })[2], /a, b, c, d, e are no part/);
  assert.match(of({ rows: list(2, "x"), ...five, f: 1 })[2], /a, b, c, d, e … are no part/);
  // Three names deep, and no deeper.
  assert.equal(of({ a: { b: { c: list(2, "x") } }, n: 1 })[1], 2);
  assert.throws(() => rowsIn("data.json", { a: { b: { c: { d: list(2, "x") } } }, n: 1 }), /no list of rows/);
});

test("a sparse row of ARFF names places that there are", async () => {
  const text = (/** @type {string} */ row) =>
    `@relation r\n@attribute a numeric\n@attribute b numeric\n@data\n{0 5, 1 6}\n${row}\n`;
  const read = async (/** @type {string} */ row) => {
    const got = /** @type {any} */ (await take(text(row), { name: "a.arff" }));
    return [got.text.trim().split("\n").at(-1), JSON.stringify(got.entry?.("format") ?? ""), JSON.stringify(got)];
  };
  assert.equal((await read("{1 7}"))[0], "0,7");
  for (const odd of ["{2 7}", "{x 7}", "{1}"]) {
    const [row, , all] = await read(odd);
    assert.equal(row, "0,0", odd);
    assert.match(all, /is no index from 0 to 1 with a value/, odd);
  }
});

test("text that has to be held whole has a bound", () => {
  const hold = createHold("a.json", "JSON");
  const piece = "x".repeat(2 ** 24);
  assert.throws(
    () => {
      for (let i = 0; i < 100; i++) hold.take(piece);
    },
    { message: /a\.json is longer than \d+ million characters, and JSON has to be read at once/ },
  );
});

test("the optimizer's rule is the one that its constants leave", () => {
  const rule = (/** @type {object | undefined} */ optimizer) =>
    ruleOf(/** @type {any} */ ({ spec: { training: { optimizer } } }));
  assert.equal(rule(undefined), OPTIMIZERS.sgd);
  assert.equal(rule({ type: "sgd", momentum: 0 }), OPTIMIZERS.sgd);
  assert.equal(rule({ type: "sgd", momentum: 0.9 }), OPTIMIZERS.momentum);
  assert.equal(rule({ type: "sgd", momentum: 0.9, nesterov: true }), OPTIMIZERS.nesterov);
  assert.equal(rule({ type: "adamw", weightDecay: 0 }), OPTIMIZERS.adam);
  assert.equal(rule({ type: "adamw", weightDecay: 0.1 }), OPTIMIZERS.adamw);
  assert.equal(rule({ type: "adamw" }), OPTIMIZERS.adamw);
  assert.equal(rule({ type: "adam", weightDecay: 0 }), OPTIMIZERS.adam);
});

test("a link has as many drawn points as it may be long", () => {
  const has = (/** @type {number} */ letters, isWhole = false) =>
    changedSettings(/** @type {any} */ ({ ...defaultsFor("drawn"), points: "1".repeat(letters) }), isWhole).some(
      ([key]) => key === "points",
    );
  assert.deepEqual([has(MOST_IN_LINK), has(MOST_IN_LINK + 1), has(MOST_IN_LINK + 1, true)], [true, false, true]);
});

test("the parts of a split that are not given take what is left", () => {
  const shares = (/** @type {object} */ split) => {
    const { trainingShare, validationShare } = settingsOf({ data: { split } });
    return [trainingShare, validationShare];
  };
  assert.deepEqual(shares({ train: 0.6, validation: 0.2 }), [0.8, 0.25]);
  assert.deepEqual(shares({ train: 0.6, validation: 0.2, test: 0.2 }), [0.8, 0.25]);
  assert.throws(() => shares({ train: 0.6, validation: 0.2, test: 0.1 }), /is not 1/);
});

test("a file of the page is named from the page's folder, whichever module asks", () => {
  assert.equal(addressOf("data/iris.csv"), new URL("../../www/data/iris.csv", import.meta.url).href);
});

test("bars of a whole: each behind the one before, a hair wide at least, and none of nothing", () => {
  const widths = (/** @type {number[]} */ sizes, /** @type {number} */ most) =>
    stacked(sizes, most, 100).map(({ x, width }) => [x, width]);
  assert.deepEqual(widths([25, 50, 0.1, 0], 100), [
    [0, 25],
    [25, 50],
    [75, 1.5],
    [76.5, 0],
  ]);
  assert.deepEqual(widths([25], 0), [[0, 0]]);
});

test("lists of up to 4096 values become columns", async () => {
  const columns = async (/** @type {number} */ count) => {
    const list = Array.from({ length: count }, (_, i) => i);
    const { text } = /** @type {any} */ (await take(JSON.stringify([{ a: list }, { a: list }]), { name: "a.json" }));
    return text.split("\n")[0].split(",").length;
  };
  assert.deepEqual([await columns(4096), await columns(4097)], [4096, 1]);
});
