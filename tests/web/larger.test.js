// Charts in larger letters: everything but the data's own places grows with the unit.
import assert from "node:assert/strict";
import test from "node:test";
import { drawHeat } from "../../www/features/runs/heat.js";
import { drawCurve, outputRange } from "../../www/ui/charts/curve.js";
import { css, rgb } from "../../www/ui/charts/color.js";
import { drawPoints } from "../../www/ui/charts/points.js";
import { drawTicks } from "../../www/ui/charts/ticks.js";
import { fakeCanvas, pathsOf } from "./fakeCanvas.js";

const theme = /** @type {any} */ ({
  ...{ minus: rgb("#f59322"), zero: rgb("#eceff1"), plus: rgb("#0877bd"), classes: [rgb("#f59322"), rgb("#0877bd")] },
  ...{ surface: rgb("#ffffff"), ink: rgb("#111111"), muted: rgb("#777777"), line: rgb("#dddddd") },
  ...{ accent: rgb("#3355aa"), unit: 2 },
});

const points = /** @type {any} */ ({ inputs: [0, 1, 2], targets: [0, 0.5, 1], part: [0, 2, 0] });
const drawn = (/** @type {object} */ changes = {}) => {
  const canvas = fakeCanvas({ width: 400, height: 300 });
  drawCurve(canvas, { points, curve: [0, 1, 0], view: [0, 2], mark: null, showTest: false, ...changes }, theme);
  return canvas;
};

test("a curve's picture leaves room for its axes: 46 and 12 units beside it, 12 and 30 above and below", () => {
  const canvas = drawn();
  assert.deepEqual(canvas.of("rect")[0].args, [92, 24, 400 - 92 - 24, 300 - 24 - 60]);
  const labels = canvas.of("fillText");
  const below = labels.filter(({ style }) => style.textAlign === "center");
  const beside = labels.filter(({ style }) => style.textAlign === "right");
  // At most one tick for 70 units across and 55 upward.
  assert.deepEqual(below.map(({ args }) => args), [["0", 92, 252], ["1", 234, 252], ["2", 376, 252]]); // prettier-ignore
  assert.ok(beside.length >= 2 && beside.every(({ args }) => args[1] === 80), JSON.stringify(beside));
  assert.ok(labels.every(({ style }) => style.font.startsWith(" 26px ")));
  for (const { args } of beside) {
    const height = outputRange(points.inputs, points.targets, [0, 2]);
    const share = (Number(args[0].replace("−", "-")) - height[0]) / (height[1] - height[0]);
    assert.ok(Math.abs(args[2] - (240 - 216 * share)) <= 1e-9, `${args}`);
  }
});

test("zero has a stronger line than the other ticks of a curve", () => {
  const lines = pathsOf(drawn({ view: [-1, 1] })).filter(({ points, style }) => points.length === 2 && style.lineWidth === 1); // prettier-ignore
  const upright = lines.filter(({ points: [from, to] }) => from[1] === to[1]);
  assert.deepEqual(
    upright.map(({ points, style }) => [points[0][1], style.strokeStyle]),
    [[92, css(theme.line, 1)], [234, css(theme.muted, 0.6)], [376, css(theme.line, 1)]], // prettier-ignore
  );
});

test("lines of a curve's ticks end where its picture does", () => {
  const lines = pathsOf(drawn({ view: [-1, 1] })).filter(({ points, style }) => points.length === 2 && style.lineWidth === 1); // prettier-ignore
  const [upright, level] = [1, 2].map((axis) => lines.filter(({ points: [from, to] }) => from[axis] === to[axis]));
  assert.ok(upright.length >= 3 && level.length >= 2);
  for (const { points } of upright) assert.deepEqual([points[0][2], points[1][2]], [24, 240]);
  for (const { points } of level) assert.deepEqual([points[0][1], points[1][1]], [92, 376]);
});

test("training points are filled; test points are outlines, and there only where they may be seen", () => {
  const dots = (/** @type {boolean} */ showTest) =>
    pathsOf(drawn({ showTest }))
      .filter(({ points: [first], by }) => first[0] === "arc" && by === "fill")
      .map(({ points: [[, x, , radius]], style }) => [x, radius, style.fillStyle, style.strokeStyle, style.lineWidth]);
  const [plain, outline] = [
    [10, css(theme.plus), css(theme.surface), 1],
    [10, css(theme.surface), css(theme.plus), 1.6],
  ];
  assert.deepEqual(dots(false), [[92, ...plain], [376, ...plain]]); // prettier-ignore
  assert.deepEqual(dots(true), [[92, ...plain], [234, ...outline], [376, ...plain]]); // prettier-ignore
});

test("more than 60 points are small, and only test points among them have an edge", () => {
  const many = (/** @type {number} */ count) => {
    const cloud = {
      inputs: Array.from({ length: count }, (_, i) => (2 * i) / (count - 1)),
      targets: Array.from({ length: count }, (_, i) => i / (count - 1)),
      part: Array.from({ length: count }, (_, i) => (i === 1 ? 2 : 0)),
    };
    const arcs = pathsOf(drawn({ points: cloud, showTest: true })).filter(({ points: [first] }) => first[0] === "arc");
    return [arcs[0].points[0][3], arcs.filter(({ by }) => by === "stroke").length];
  };
  assert.deepEqual(many(60), [10, 60]);
  assert.deepEqual(many(61), [5.2, 1]);
});

test("the learned curve is a line through all of its points, and the question is marked where it lies", () => {
  const paths = pathsOf(drawn({ mark: [1, 0.5] }));
  const line = paths.find(({ style }) => style.strokeStyle === css(theme.accent));
  assert.deepEqual([line?.points.map(([, x]) => x), line?.style.lineWidth], [[92, 234, 376], 5]);
  const mark = paths.findLast(({ points: [first] }) => first[0] === "arc");
  assert.deepEqual([mark?.points[0][1], mark?.points[0][3], mark?.style.strokeStyle], [234, 10, css(theme.ink)]);
  const dashed = paths.filter(({ style }) => style.strokeStyle === css(theme.ink, 0.7));
  const y = mark?.points[0][2];
  assert.deepEqual(
    dashed.map(({ points }) => points.map(([, ...place]) => place)),
    [[[234, 240], [234, y]], [[234, y], [92, y]]], // prettier-ignore
  );
});

test("a curve's heights grow where the view reaches a tenth of the data's width beyond it, and not before", () => {
  const range = (/** @type {[number, number]} */ view) => outputRange([0, 10], [0, 1], view);
  const near = (/** @type {number[]} */ got, /** @type {number[]} */ wanted) =>
    got.forEach((value, i) => assert.ok(Math.abs(value - wanted[i]) <= 1e-9, `${got}, not ${wanted}`));
  near(range([0, 10]), [-0.12, 1.12]);
  near(range([2, 8]), [-0.12, 1.12]);
  near(range([0, 11]), [-0.12, 1.12]);
  near(range([0, 12]), [-0.12 - 0.1 * 1.24 * 0.4, 1.12 + 0.1 * 1.24]);
  near(range([-2, 10]), [-0.12 - 0.1 * 1.24 * 0.4, 1.12 + 0.1 * 1.24]);
  near(range([-1, 11]), [-0.12 - 0.1 * 1.24 * 0.4, 1.12 + 0.1 * 1.24]);
});

test("points of a plane: held-out ones are outlines of 1.6, others have an edge of 1, and each is as large as the letters", () => {
  const canvas = fakeCanvas({ width: 400, height: 400 });
  const cloud = { inputs: [-0.5, 0, 0.5, 0], values: [0, 1], isClasses: true, part: [0, 2] };
  drawPoints(canvas, cloud, [[-1, 1], [-1, 1]], theme, { showTest: true, mark: [0, 0] }); // prettier-ignore
  const fills = pathsOf(canvas).filter(({ by }) => by === "fill");
  assert.deepEqual(
    fills.map(({ style }) => [style.lineWidth, style.fillStyle, style.strokeStyle]),
    [
      [1, css(theme.classes[0]), css(theme.surface, 0.85)],
      [1.6, css(theme.surface, 0.9), css(theme.classes[1])],
    ],
  );
  assert.equal(fills[1].points[0][3], 6.4);
  const cross = pathsOf(canvas).filter(({ points }) => points.length === 8);
  assert.deepEqual(
    cross.map(({ style }) => [style.lineWidth, style.strokeStyle]),
    [[10, css(theme.surface)], [4, css(theme.ink)]], // prettier-ignore
  );
  assert.deepEqual(cross[0].points.slice(0, 4), [
    ["moveTo", 208, 200],
    ["lineTo", 222, 200],
    ["moveTo", 192, 200],
    ["lineTo", 178, 200],
  ]);
});

test("how weights are spread has its frame and its labels in units, and as many ticks as there is room for", () => {
  const canvas = fakeCanvas({ width: 400, height: 300 });
  const counts = [new Uint32Array([1, 0]), new Uint32Array([0, 4])];
  drawHeat(canvas, { epochs: [0, 10], last: 10, low: -1, high: 1, counts }, theme);
  assert.deepEqual(canvas.of("strokeRect")[0].args, [100, 16, 400 - 24 - 100, 300 - 48 - 16]);
  const labels = canvas.of("fillText");
  const beside = labels.filter(({ style }) => style.textAlign === "right");
  assert.deepEqual(beside.map(({ args }) => args), [["−1", 88, 252], ["0", 88, 134], ["1", 88, 16]]); // prettier-ignore
  const below = labels.filter(({ style }) => style.textBaseline === "top");
  assert.ok(below.length >= 2 && below.every(({ args }) => args[2] === 266), JSON.stringify(below));
});

test("ticks inside a picture keep clear of its corners, in units", () => {
  const canvas = fakeCanvas({ width: 400, height: 300 });
  drawTicks(canvas, [[0, 10], [0, 10]], [String, String], [false, false], theme); // prettier-ignore
  const texts = canvas.of("fillText").map(({ args }) => args);
  // A label's middle lies beyond 30 units and half of itself from the left; 22 units from the ground, 10 from the top.
  assert.deepEqual(texts.filter(([, , y]) => y === 294).map(([words]) => words), ["5"]); // prettier-ignore
  assert.deepEqual(texts.filter(([, x]) => x === 8), [["5", 8, 150]]); // prettier-ignore
  assert.ok(canvas.of("strokeText").every(({ style }) => style.lineWidth === 6 && style.font.startsWith(" 26px ")));
});
