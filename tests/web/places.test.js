// What lies where: in the drawn network, along scales, in grids; and what keys lead to.
import assert from "node:assert/strict";
import test from "node:test";
import { FIELD_SIZE, fieldSize, gridRows, viewOf } from "../../www/base/grid.js";
import { curveOf, distanceTo, placeAt, pointOf, spotOf } from "../../www/features/model/networkHits.js";
import { drawMarks } from "../../www/features/model/networkMarks.js";
import { SERIES_BINS, csvOf, guarded, spreadOf } from "../../www/features/runs/series.js";
import { healthOf, healthWords } from "../../www/session/health.js";
import { drawCurve } from "../../www/ui/charts/curve.js";
import { css, rgb } from "../../www/ui/charts/color.js";
import { linear, rangeOf } from "../../www/ui/charts/scale.js";
import { shortcut } from "../../www/ui/keyboard.js";
import { fakeCanvas, pathsOf } from "./fakeCanvas.js";

const theme = {
  ...{ minus: rgb("#f59322"), zero: rgb("#eceff1"), plus: rgb("#0877bd"), classes: [] },
  ...{ surface: rgb("#ffffff"), ink: rgb("#111111"), muted: rgb("#777777"), line: rgb("#dddddd") },
  ...{ accent: rgb("#3355aa"), unit: 1 },
};
const isNear = (/** @type {number} */ a, /** @type {number} */ b) =>
  assert.ok(Math.abs(a - b) <= 1e-9, `${a} is not ${b}`);

test("a scale leads there and back; a range without width is one wide", () => {
  const scale = linear([10, 20], [100, 300]);
  assert.deepEqual([scale(10), scale(15), scale(20)], [100, 200, 300]);
  assert.deepEqual([scale.invert(100), scale.invert(200), scale.invert(300)], [10, 15, 20]);
  assert.deepEqual([linear([5, 5], [0, 10])(5), linear([5, 5], [0, 10])(6)], [0, 10]);
  assert.deepEqual(rangeOf([3, -1, 2]), [-1, 3]);
  assert.deepEqual(rangeOf([3, -1, 2], 0.25), [-2, 4]);
  assert.deepEqual([rangeOf([7, 7]), rangeOf([])], [[6.5, 7.5], [0, 1]]); // prettier-ignore
});

test("the grid of a picture: the middles of its cells, top row first; coarser over thousands of columns", () => {
  const view = /** @type {[number, number][]} */ ([[0, 4], [10, 30]]); // prettier-ignore
  assert.deepEqual([...gridRows(view, [7, 8, 9], [2, 0], 2)], [25, 8, 1, 25, 8, 3, 15, 8, 1, 15, 8, 3]);
  assert.deepEqual([...gridRows([[-1, 3]], [0], [0], 5)], [-1, 0, 1, 2, 3]);
  assert.deepEqual([100, 101, 1000, 2500, 3000].map(fieldSize), [FIELD_SIZE, 99, 31, 20, 20]);
});

test("a question beyond the data widens a curve's view, at most by half on either side", () => {
  const view = (/** @type {number} */ ask) => viewOf([[0, 10]], [ask])[0];
  assert.deepEqual(view(5), [0, 10]);
  assert.deepEqual([view(0.5), view(9.5)], [[0, 10], [0, 10]]); // prettier-ignore
  assert.deepEqual([view(0.4), view(9.6)].flat().map((x) => Number(x.toFixed(9))), [-0.1, 10, 0, 10.1]); // prettier-ignore
  assert.deepEqual([view(-99), view(99)], [[-5.5, 10], [0, 15.5]]); // prettier-ignore
  assert.deepEqual(viewOf([[0, 1], [2, 3], [4, 5]], [0, 0, 0], [2, 0]), [[4, 5], [0, 1]]); // prettier-ignore
});

/** Two inputs, three neurons, one output. */
const node = (/** @type {number} */ x, /** @type {number} */ y, radius = 10) => ({ x, y, radius });
const columns = /** @type {any[]} */ ([
  { nodes: [node(50, 50), node(50, 100)], shown: [0, 1], box: null },
  { nodes: [node(150, 40), node(150, 80), node(150, 120)], shown: [0, 1, 4], box: null },
  { nodes: [node(250, 80)], shown: [0], box: null },
]);

test("a curve's points and how far it is", () => {
  const straight = /** @type {[number, number][]} */ ([[0, 0], [10, 0], [20, 0], [30, 0]]); // prettier-ignore
  assert.deepEqual(pointOf(straight, 0.5), { x: 15, y: 0 });
  assert.deepEqual([pointOf(straight, 0), pointOf(straight, 1)], [{ x: 0, y: 0 }, { x: 30, y: 0 }]); // prettier-ignore
  const bent = /** @type {[number, number][]} */ ([[0, 0], [0, 8], [8, 8], [8, 0]]); // prettier-ignore
  assert.deepEqual(pointOf(bent, 0.5), { x: 4, y: 6 });
  assert.deepEqual(pointOf(bent, 0.25), { x: 1.25, y: 4.5 });
  isNear(distanceTo(straight, 15, 4), 4);
  isNear(distanceTo(straight, -3, 4), 5);
  isNear(distanceTo(straight, 33, -4), 5);
  assert.ok(Math.abs(distanceTo(bent, 4, 6)) <= 0.05);
});

test("under a pointer: a neuron and what is close, a bias's mark before it, links as far as they are reached", () => {
  const at = (/** @type {number} */ x, /** @type {number} */ y, reach = 6) => placeAt(columns, x, y, reach);
  assert.deepEqual(at(50, 100), { kind: "neuron", layer: 0, unit: 1 });
  assert.deepEqual(at(150, 120), { kind: "neuron", layer: 1, unit: 4 }, "units are those that are shown");
  // A node reaches its radius and a quarter of the reach.
  assert.deepEqual(at(50 - 11.5, 50)?.kind, "neuron");
  assert.equal(at(50 - 11.6, 50), null);
  assert.deepEqual(at(50, 50 - 11.5)?.kind, "neuron");
  assert.equal(at(50, 50 - 11.6), null);
  // Its bias stands at its lower left corner: size 3, hit from 3.6 off, but no more than 0.4 radii.
  assert.deepEqual(at(140, 50), { kind: "bias", layer: 1, unit: 0 });
  assert.deepEqual(at(140 + 6.6, 50)?.kind, "bias");
  assert.deepEqual(at(140 + 6.7, 50)?.kind, "neuron");
  assert.deepEqual(at(140 + 7, 50, 99)?.kind, "bias");
  assert.deepEqual(at(40, 60)?.kind, "neuron", "an input has no bias");
  // The link from input 0 to neuron 0 goes nearly straight.
  const link = /** @type {any} */ (curveOf(columns, { layer: 1, unit: 0, input: 0 }));
  const { x, y } = pointOf(link, 0.5);
  assert.deepEqual(at(x, y), { kind: "weight", layer: 1, unit: 0, input: 0 });
  assert.equal(at(x, y - 5.9)?.kind, "weight");
  assert.equal(at(x, y - 6.6), null);
  assert.equal(at(x, y - 6.6, 8)?.kind, "weight");
  assert.equal(at(20, 50), null, "nothing lies left of the inputs");
  assert.equal(at(290, 80), null);
});

test("a wide layer is one place, up to its edges, and has no single links", () => {
  const wide = /** @type {any[]} */ ([columns[0], { nodes: [], shown: [], box: { x: 130, y: 30, width: 40, height: 90 } }, columns[2]]); // prettier-ignore
  const layer = { kind: "layer", layer: 1 };
  for (const [x, y] of [[130, 30], [170, 120], [150, 60]]) assert.deepEqual(placeAt(wide, x, y), layer); // prettier-ignore
  for (const [x, y] of [[129, 60], [171, 60], [150, 29], [150, 121]]) assert.equal(placeAt(wide, x, y), null); // prettier-ignore
  assert.equal(placeAt(wide, 100, 60), null);
  assert.equal(placeAt(wide, 210, 70), null);
  assert.deepEqual(spotOf(wide, /** @type {any} */ (layer)), { x: 150, y: 75, radius: 20 });
});

test("where a place stands, the other way round", () => {
  const spot = (/** @type {any} */ place) => spotOf(columns, place);
  assert.deepEqual(spot({ kind: "neuron", layer: 1, unit: 4 }), node(150, 120));
  assert.equal(spot({ kind: "neuron", layer: 1, unit: 3 }), null);
  assert.equal(spot({ kind: "neuron", layer: 7, unit: 0 }), null);
  assert.deepEqual(spot({ kind: "bias", layer: 2, unit: 0 }), { x: 240, y: 90, radius: 3 });
  const curve = /** @type {any} */ (curveOf(columns, { layer: 2, unit: 0, input: 1 }));
  assert.deepEqual(spot({ kind: "weight", layer: 2, unit: 0, input: 1 }), { ...pointOf(curve, 0.78), radius: 8 });
  assert.equal(spot({ kind: "weight", layer: 2, unit: 0, input: 2 }), null);
});

/** @param {any} what */
function marks(what, all = columns) {
  const canvas = fakeCanvas({ width: 300, height: 200 });
  drawMarks(canvas, all, { shown: null, isLocked: null, healthAt: () => "well", ...what }, theme);
  return { canvas, paths: pathsOf(canvas) };
}

test("over the network: badges for the ill, locks for what is locked, a frame for what is shown", () => {
  assert.equal(marks({}).paths.length, 0);
  const ill = (/** @type {string} */ state) =>
    marks({
      healthAt: (/** @type {number} */ layer, /** @type {number} */ unit) =>
        layer === 1 && unit === 4 ? state : "well",
    });
  const dead = ill("dead");
  assert.deepEqual(dead.canvas.of("fillRect")[0].args, [140, 110, 20, 20]);
  assert.deepEqual(dead.paths[0].points[0].slice(0, 4), ["arc", 160, 110, 6]);
  const arm = 6 * 0.42;
  const cross = dead.paths.at(-1)?.points.map(([, x, y]) => [x - 160, y - 110]) ?? [];
  [[-arm, -arm], [arm, arm], [-arm, arm], [arm, -arm]].forEach((corner, i) => corner.forEach((value, j) => isNear(cross[i][j], value))); // prettier-ignore
  const flat = ill("saturated");
  assert.equal(flat.canvas.of("fillRect").length, 0);
  const lines = flat.paths.at(-1)?.points.map(([, x, y]) => [x - 160, y - 110]) ?? [];
  [[-arm, arm * 0.7], [arm, arm * 0.7], [-arm, -arm * 0.7], [arm, -arm * 0.7]].forEach((corner, i) => corner.forEach((value, j) => isNear(lines[i][j], value))); // prettier-ignore
  const small = [
    columns[0],
    { ...columns[1], nodes: columns[1].nodes.map((/** @type {any} */ own) => ({ ...own, radius: 8 })) },
  ];
  assert.equal(marks({ healthAt: () => "dead" }, small).paths[0].points[0][3], 4);
  // Inputs are never ill.
  assert.equal(marks({ healthAt: (/** @type {number} */ layer) => (layer ? "well" : "dead") }).paths.length, 0);
});

test("a lock hangs on the link, or below the bias", () => {
  const locked = (/** @type {string} */ kind) =>
    marks({
      isLocked: (/** @type {any} */ place) => place.kind === kind && place.layer === 2 && (place.input ?? 0) === 0,
    });
  const link = locked("weight");
  assert.equal(link.paths.filter(({ by }) => by === "stroke").length, 2, "dashes and a shackle");
  assert.deepEqual(link.canvas.of("setLineDash").map(({ args }) => args[0]), [[3, 5], []]); // prettier-ignore
  const { x, y } = pointOf(/** @type {any} */ (curveOf(columns, { layer: 2, unit: 0, input: 0 })), 0.62);
  assert.deepEqual(link.paths[1].points[0].slice(0, 4), ["arc", x, y, 7]);
  const [body] = link.canvas.of("roundRect");
  [x - 3.6, y - 1, 7.2, 5, 1].forEach((value, i) => isNear(body.args[i], value));
  const bias = locked("bias");
  assert.deepEqual(bias.paths[0].points[0].slice(0, 4), ["arc", 240, 96, 7]);
});

test("what is shown has a frame of its size, a link its ends", () => {
  const shown = (/** @type {any} */ place, all = columns) => marks({ shown: place }, all);
  assert.deepEqual(shown({ kind: "neuron", layer: 1, unit: 0 }).canvas.of("roundRect")[0].args, [137, 27, 26, 26, 7]);
  const wide = /** @type {any[]} */ ([
    columns[0],
    { nodes: [], shown: [], box: { x: 130, y: 30, width: 40, height: 90 } },
  ]);
  assert.deepEqual(shown({ kind: "layer", layer: 1 }, wide).canvas.of("roundRect")[0].args, [127, 27, 46, 96, 7]);
  const link = shown({ kind: "weight", layer: 2, unit: 0, input: 1 }).paths;
  assert.deepEqual(link.slice(1).map(({ points }) => points[0].slice(1, 4)), [[160, 80, 4], [240, 80, 4]]); // prettier-ignore
  assert.equal(shown({ kind: "weight", layer: 2, unit: 0, input: 3 }).paths.length, 0);
  assert.equal(shown({ kind: "neuron", layer: 1, unit: 3 }).paths.length, 0);
});

/** @param {any} changes */
function curve(changes = {}) {
  const canvas = fakeCanvas({ width: 258, height: 242 });
  const points = { inputs: [0, 1, 2], targets: [0, 1, 0], part: [0, 1, 0], ...changes.points };
  drawCurve(canvas, { points, curve: [0, 1, 0], view: [0, 2], mark: null, showTest: false, ...changes, points }, theme);
  return { canvas, paths: pathsOf(canvas) };
}

test("a fitted curve: over its data, held-out points as outlines where they may be seen", () => {
  const y = (/** @type {number} */ value) => 212 - ((value + 0.12) / 1.24) * 200;
  const { paths } = curve();
  const line = paths.find(({ style }) => style.strokeStyle === css(theme.accent));
  assert.deepEqual(line?.points.map(([, x]) => x), [46, 146, 246]); // prettier-ignore
  line?.points.forEach(([, , at], i) => isNear(at, y(i === 1 ? 1 : 0)));
  const dots = paths.filter(({ by, points }) => by === "fill" && points[0][0] === "arc");
  assert.deepEqual(dots.map(({ points }) => [points[0][1], points[0][3]]), [[46, 5], [246, 5]]); // prettier-ignore
  assert.equal(curve({ showTest: true }).paths.filter(({ by }) => by === "fill").length, 3);
  // Many points are smaller, and have no outline.
  const many = (/** @type {number} */ count) =>
    curve({ points: { inputs: Array(count).fill(1), targets: Array(count).fill(0.5), part: Array(count).fill(0) } })
      .paths;
  const own = (/** @type {any[]} */ all) => all.filter(({ points }) => points[0]?.[0] === "arc");
  assert.deepEqual([own(many(60)).length, own(many(60))[0].points[0][3]], [120, 5]);
  assert.deepEqual([own(many(61)).length, own(many(61))[0].points[0][3]], [61, 2.6]);
});

test("a curve's axes: zero is stronger than the other lines; the question stands between dashes", () => {
  const { paths, canvas } = curve({ view: [-2, 2], mark: [1, 0.5] });
  const zero = css(theme.muted, 0.6);
  assert.equal(
    paths.filter(({ style, points }) => style.strokeStyle === zero && points[0][1] === points[1][1]).length,
    1,
  );
  assert.ok(canvas.of("fillText").some(({ args }) => args[0] === "−2"));
  assert.deepEqual(canvas.of("setLineDash").map(({ args }) => args[0]), [[4, 4], []]); // prettier-ignore
  const dashes = paths.filter(({ style, points }) => style.strokeStyle === css(theme.ink, 0.7) && points.length === 2);
  assert.deepEqual(dashes.map(({ points }) => [points[0][1], points[1][1]]), [[196, 196], [196, 46]]); // prettier-ignore
  assert.deepEqual([dashes[0].points[0][2], dashes[0].points[1][2] === dashes[1].points[1][2]], [212, true]);
});

const key = (/** @type {string} */ name, /** @type {any} */ more = {}, matches = /** @type {string[]} */ ([])) =>
  shortcut(/** @type {any} */ ({ key: name, target: { matches: (/** @type {string} */ selector) => matches.some((own) => selector.includes(own)) }, ...more })); // prettier-ignore

test("keys: what each does, and which are left to the control that has the focus", () => {
  assert.deepEqual(["r", "R", "s", "?", "[", "]", "1", "9", "0", "x"].map((name) => key(name)), ["reset", "reset", "share", "keys", "slower", "faster", "preset 1", "preset 9", null, null]); // prettier-ignore
  assert.deepEqual([key(" "), key(" ", { repeat: true }), key(" ", {}, ["button"])], ["toggle", null, null]);
  assert.deepEqual([key("ArrowRight"), key("ArrowRight", { shiftKey: true }), key("ArrowRight", { repeat: true })], ["batch", "epoch", "batch"]); // prettier-ignore
  assert.equal(key("ArrowRight", {}, ["role=slider"]), null);
  assert.deepEqual([key("r", { repeat: true }), key("r", {}, ["textarea"]), key(" ", {}, ["textarea"])], [null, null, null]); // prettier-ignore
  assert.deepEqual([key("r", { altKey: true }), key("r", { defaultPrevented: true })], [null, null]);
  for (const control of ["ctrlKey", "metaKey"]) {
    assert.deepEqual(["z", "Z", "y", "k", "r"].map((name) => key(name, { [control]: true })), ["undo", "undo", "redo", "palette", null]); // prettier-ignore
    assert.equal(key("z", { [control]: true, shiftKey: true }), "redo");
    assert.deepEqual([key("z", { [control]: true }, ["textarea"]), key("k", { [control]: true }, ["textarea"])], [null, "palette"]); // prettier-ignore
    assert.equal(key("k", { [control]: true, repeat: true }), null);
  }
});

test("weights over time: bins of one reach, a little above the greatest; what has exploded is left out of it", () => {
  const reach = (/** @type {number} */ value) =>
    Number(spreadOf([new Float32Array([value])], { from: 0, to: 1 }).high.toPrecision(6));
  assert.deepEqual([1, 1.1, 1.5, 1.75, 2, 2.5, 3, 3.5, 5, 5.5, 0.25, 0].map(reach), [1, 1.5, 1.5, 2, 2, 3, 3, 5, 5, 10, 0.3, 1]); // prettier-ignore
  assert.deepEqual([999_999, 1e6].map(reach), [1e6, 1]);
  const { low, high, counts } = spreadOf([new Float32Array([9, -1, 0, 1, 9])], { from: 1, to: 4 });
  assert.deepEqual([low, high, counts[0][0], counts[0][SERIES_BINS / 2], counts[0][SERIES_BINS - 1]], [-1, 1, 1, 1, 1]);
  assert.equal(counts[0].reduce((sum, count) => sum + count), 3); // prettier-ignore
});

test("a table of figures: gaps are empty, names are quoted and no formulas", () => {
  const columns = [{ label: '=a "b"', values: [1, NaN] }, { label: "c", values: [0.1 + 0.2] }]; // prettier-ignore
  assert.equal(csvOf(columns), '"\'=a ""b""",c\r\n1,0.3\r\n,\r\n');
  assert.equal(csvOf(columns, false).split("\r\n")[0], '"=a ""b""",c');
  assert.deepEqual(["-5", "+1.5e3", "-.5", "-x", "+1+1", "@a", "a"].map(guarded), ["-5", "+1.5e3", "-.5", "'-x", "'+1+1", "'@a", "a"]); // prettier-ignore
});

test("dead and saturated neurons: from 99 of 100 rows, and from 90", () => {
  const values = (/** @type {number} */ count, /** @type {number} */ odd) => Float32Array.from({ length: 100 }, (_, i) => (i < count ? odd : (i - 50) / 70)); // prettier-ignore
  const state = (/** @type {Float32Array} */ all, /** @type {string} */ activation) => healthOf(all, activation).state;
  assert.deepEqual([state(values(99, 0), "relu"), state(values(98, 0), "relu")], ["dead", "well"]);
  assert.equal(state(values(99, 0.5), "linear"), "dead", "the same whatever it is shown");
  const ends = (/** @type {number} */ count, /** @type {number} */ edge) => Float32Array.from({ length: 100 }, (_, i) => (i < count ? (i % 2 ? edge + i * 1e-5 : -edge - i * 1e-5) : i / 200)); // prettier-ignore
  assert.deepEqual([state(ends(90, 0.991), "tanh"), state(ends(89, 0.991), "tanh")], ["saturated", "well"]);
  assert.deepEqual([state(ends(90, 0.98), "tanh"), state(ends(90, 0.991), "linear")], ["well", "well"]);
  const low = (/** @type {number} */ count) => Float32Array.from({ length: 100 }, (_, i) => (i < count ? (i % 2 ? 0.995 : 0.005) + i * 1e-6 : 0.5 + i / 1000)); // prettier-ignore
  assert.deepEqual([state(low(90), "sigmoid"), state(low(89), "sigmoid")], ["saturated", "well"]);
  const health = healthOf(new Float32Array([1, 2, 6]), "linear");
  assert.deepEqual([health.low, health.high, health.mean, health.state], [1, 6, 3, "well"]);
  assert.equal(healthWords(health), "");
  assert.match(healthWords(healthOf(values(100, 0.5), "linear")), /^Dead: outputs 0.5 for 100% of training rows/);
  assert.match(
    healthWords(healthOf(ends(95, 0.995), "tanh")),
    /^Saturated: its activation is nearly flat for 95.0% of training rows/,
  );
  assert.equal(state(new Float32Array([1]), "linear"), "well", "one row says nothing");
});
