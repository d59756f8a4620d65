// On a screen with letters twice as large, a picture twice as large is the same picture: nothing of it stays small.
import assert from "node:assert/strict";
import test from "node:test";
import { drawRates } from "../../www/features/advanced/chart.js";
import { drawTruth } from "../../www/features/evaluation/truth.js";
import { drawNetwork } from "../../www/features/model/networkChart.js";
import { drawMarks } from "../../www/features/model/networkMarks.js";
import { drawCurveOf, drawLine } from "../../www/features/model/unitCurve.js";
import { drawRibbon } from "../../www/features/model/weightMap.js";
import { drawHeat } from "../../www/features/runs/heat.js";
import { rgb } from "../../www/ui/charts/color.js";
import { drawCurve } from "../../www/ui/charts/curve.js";
import { drawPlot } from "../../www/ui/charts/plot.js";
import { drawPoints } from "../../www/ui/charts/points.js";
import { drawThumbnail } from "../../www/ui/charts/thumbnail.js";
import { fakeCanvas, pathsOf } from "./fakeCanvas.js";

const theme = (/** @type {number} */ unit) =>
  /** @type {any} */ ({
    ...{ minus: rgb("#f59322"), zero: rgb("#eceff1"), plus: rgb("#0877bd"), classes: [rgb("#f59322"), rgb("#0877bd")] },
    ...{ surface: rgb("#ffffff"), ink: rgb("#111111"), muted: rgb("#777777"), line: rgb("#dddddd") },
    ...{ accent: rgb("#3355aa"), unit },
  });

/** Numbers of a call that grow with the picture. */
const sizes = (/** @type {{ name: string, args: any[] }} */ { name, args }) =>
  (name === "arc" ? args.slice(0, 3) : args.flat()).filter((value) => typeof value === "number");
const others = (/** @type {{ name: string, args: any[] }} */ { name, args }) =>
  name === "arc" ? args.slice(3) : args.flat().filter((value) => typeof value !== "number");

/**
 * Draws it on a canvas of that size, and on one of twice that with twice the letters.
 * @param {[number, number]} size
 * @param {(canvas: any, theme: any, times: number) => void} draw `times`: what places that are given grow by
 * @param {string[]} [without] calls in which a pixel is a pixel
 */
function isTwice([width, height], draw, without = []) {
  const [one, two] = [1, 2].map((times) => {
    const canvas = fakeCanvas({ width: times * width, height: times * height });
    draw(canvas, theme(times), times);
    return canvas.calls.filter(({ name }) => name !== "setTransform" && !without.includes(name));
  });
  assert.ok(one.length > 1);
  assert.deepEqual(
    two.map(({ name }) => name),
    one.map(({ name }) => name),
  );
  one.forEach((call, i) => {
    assert.deepEqual(others(two[i]), others(call));
    const [small, large] = [sizes(call), sizes(two[i])];
    small.forEach(
      (value, j) =>
      assert.ok(Math.abs(large[j] - 2 * value) <= 1e-9 * Math.max(1, Math.abs(value)), `${i}: ${call.name}(${small}) became ${call.name}(${large})`), // prettier-ignore
    );
    // Hairlines stay as thin as a screen can draw them.
    const [thin, thick] = [call.style.lineWidth ?? 1, two[i].style.lineWidth ?? 1];
    if (call.name === "stroke") assert.ok(thick === 2 * thin || (thick === thin && thin <= 1.6), `${thin}, then ${thick}`); // prettier-ignore
  });
}

const columns = (/** @type {number} */ times, radius = 10) => {
  const node = (/** @type {number} */ x, /** @type {number} */ y) => ({ x: times * x, y: times * y, radius: times * radius }); // prettier-ignore
  return /** @type {any[]} */ ([
    { nodes: [node(50, 50), node(50, 100)], shown: [0, 1], box: null },
    { nodes: [node(150, 40), node(150, 80)], shown: [0, 1], box: null },
    { nodes: [], shown: [], box: { x: 230 * times, y: 20 * times, width: 40 * times, height: 90 * times } },
  ]);
};

test("marks over the network: locks, badges, and what is shown", () => {
  const marks = (/** @type {any} */ what) =>
    isTwice([300, 200], (canvas, look, times) =>
      drawMarks(canvas, columns(times, 16), { shown: null, isLocked: null, healthAt: () => "well", ...what }, look),
    );
  for (const health of ["dead", "saturated"]) marks({ healthAt: () => health });
  for (const kind of ["weight", "bias"]) marks({ isLocked: (/** @type {any} */ place) => place.kind === kind });
  marks({ shown: { kind: "neuron", layer: 1, unit: 0 } });
  marks({ shown: { kind: "weight", layer: 1, unit: 0, input: 1 } });
  marks({ shown: { kind: "bias", layer: 1, unit: 1 } });
  marks({ shown: { kind: "layer", layer: 2 } });
});

test("predictions against what is true: as many ticks, margins and dots", () => {
  const rows = { part: [0, 1, 2, 0], truth: [0, 1, 2, 3], said: [0.5, 1, 1.5, 90], showTest: true };
  isTwice([400, 300], (canvas, look) => drawTruth(canvas, { ...rows, write: String }, look));
  // What is said of a row that isn't there is drawn nowhere.
  for (const said of [
    [0.5, 1],
    [0.5, 1, 1.5, 2, 2.5, 3],
  ]) {
    // prettier-ignore
    const canvas = fakeCanvas({ width: 400, height: 300 });
    drawTruth(canvas, { ...rows, said, write: String }, theme(1));
    const dots = canvas.of("arc").map(({ args }) => args);
    assert.equal(dots.length, Math.min(said.length, 4));
    assert.ok(dots.flat().every((value) => Number.isFinite(value)));
  }
});

test("a fitted curve, curves over epochs, rates, and weights over time", () => {
  const points = { inputs: [0, 1, 2], targets: [0, 1, 0], part: [0, 1, 0] };
  const curve = { points, curve: [0, 1, 0], view: [0, 2], mark: [1, 0.5], showTest: true };
  isTwice([320, 240], (canvas, look) => drawCurve(canvas, /** @type {any} */ (curve), look));
  const series = [{ label: "a", x: [0, 5, 10], y: [1, 0.5, 0.2], stroke: "red" }];
  for (const log of [false, true]) isTwice([320, 240], (canvas, look) => drawPlot(canvas, { series, log, at: 5 }, 5, look), ["rect"]); // prettier-ignore
  isTwice([320, 100], (canvas, look) =>
    drawRates(canvas, { rates: new Float32Array([1, 1, 0.5]), now: { epoch: 1, rate: 1 } }, look),
  );
  const counts = [new Uint32Array([4, 0]), new Uint32Array([1, 16])];
  isTwice(
    [320, 240],
    (canvas, look) => drawHeat(canvas, { epochs: [0, 10], last: 10, low: -1, high: 1, counts }, look),
    ["fillRect"],
  );
});

test("units' curves, ribbons, points with the place that is asked for, and small pictures of data", () => {
  isTwice([100, 60], (canvas, look) => drawCurveOf(canvas, new Float32Array([-2, 0, 2]), 2, look));
  const fields = { inputs: new Float32Array([9, 9, 9]), layers: new Float32Array([0, 0, 0, 4, 0, -4]), size: 3 };
  isTwice(
    [100, 60],
    (canvas, look, times) =>
    drawLine(canvas.getContext(), /** @type {any} */ (fields), 1, 1, { x: 50 * times, y: 40 * times, radius: 10 * times }, look), // prettier-ignore
  );
  const layer = /** @type {any} */ ({ inputs: 1, outputs: 2, weight: { offset: 1 } });
  isTwice([300, 200], (canvas, look, times) => {
    const [, near, wide] = columns(times);
    drawRibbon(canvas.getContext(), [near, wide], new Float32Array([9, 1, 1, 9]), layer, look);
  });
  const cloud = { inputs: [-0.5, 0.5, 0.5, -0.5, 0, 0], values: [-1, 1, 0], part: [0, 1, 2] };
  isTwice(
    [200, 100],
    (canvas, look) =>
    drawPoints(canvas, cloud, [[-1, 1], [-1, 1]], look, { showTest: true, mark: [0.2, 0.2] }), // prettier-ignore
  );
});

test("the network as a whole: columns, links, marks and words", () => {
  const layers = [[2, 3], [3, 1]].map(([inputs, outputs], i) => ({ type: "dense", inputs, outputs, activation: "tanh", weight: { offset: 9 * i }, bias: { offset: 9 * i + inputs * outputs } })); // prettier-ignore
  const description = /** @type {any} */ ({ layers, features: ["x", "y"], columns: ["x", "y"], outputs: 1 });
  const values = Float32Array.from({ length: 13 }, (_, i) => Math.sin(i));
  isTwice([600, 300], (canvas, look) =>
    drawNetwork(canvas, description, values, look, { inputs: ["x", "y"], outputs: ["out"], fields: null }),
  );
});

test("a small picture of one column has larger dots where they are few", () => {
  const radius = (/** @type {number} */ count) => {
    const canvas = fakeCanvas({ width: 60, height: 40 });
    const preview = { inputs: Float64Array.from({ length: count }, (_, i) => i), targets: new Float64Array(count), columns: ["x"], task: "regression", domain: [[0, 1]] }; // prettier-ignore
    drawThumbnail(canvas, { width: 60, height: 40 }, /** @type {any} */ (preview), theme(1));
    const dots = pathsOf(canvas).filter(({ by }) => by === "fill");
    assert.equal(dots.length, count);
    return dots[0].points[0][3];
  };
  assert.deepEqual([radius(20), radius(21)], [3, 1.5]);
});

test("a small picture of values is colored by how far they are from 0, on either side", () => {
  const fills = (/** @type {number[]} */ targets, task = "regression") => {
    const canvas = fakeCanvas({ width: 60, height: 60 });
    const preview = { inputs: Float64Array.from({ length: 2 * targets.length }, (_, i) => i), targets: Float64Array.from(targets), columns: ["x", "y"], task, domain: [] }; // prettier-ignore
    drawThumbnail(canvas, { width: 60, height: 60 }, /** @type {any} */ (preview), theme(1));
    return pathsOf(canvas).map(({ style }) => style.fillStyle);
  };
  const [least, most, none] = fills([-1, 4, 0]);
  const [far] = fills([-4, 1, 0]);
  assert.equal(fills([-2, 8, 0])[1], most, "whatever unit they are in");
  assert.equal(fills([-4, 4, 0])[0], far);
  assert.notEqual(fills([-4, 2, 0])[1], most, "half as far as the other side goes");
  assert.ok(least !== far && none !== least && most !== far);
  assert.equal(new Set(fills([0, 1, 0, 1], "classification")).size, 2);
});
