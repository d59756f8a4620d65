// What charts put on a canvas: where, how large, in which color.
import assert from "node:assert/strict";
import test from "node:test";
import { drawRates } from "../../www/features/advanced/chart.js";
import { drawTruth } from "../../www/features/evaluation/truth.js";
import { drawCurveOf, drawLine } from "../../www/features/model/unitCurve.js";
import { drawRibbon, drawWeights } from "../../www/features/model/weightMap.js";
import { drawHeat } from "../../www/features/runs/heat.js";
import { prepare } from "../../www/ui/charts/canvas.js";
import { css, rgb } from "../../www/ui/charts/color.js";
import { drawPlot, isWide } from "../../www/ui/charts/plot.js";
import { drawPoints } from "../../www/ui/charts/points.js";
import { fakeCanvas, pathsOf } from "./fakeCanvas.js";

const [minus, zero, plus] = [rgb("#f59322"), rgb("#eceff1"), rgb("#0877bd")];
const theme = {
  ...{ minus, zero, plus, classes: [minus, plus, rgb("#641a3e"), rgb("#00897b"), rgb("#6d4c41")] },
  ...{ surface: rgb("#ffffff"), ink: rgb("#111111"), muted: rgb("#777777"), line: rgb("#dddddd") },
  ...{ accent: rgb("#3355aa"), unit: 1 },
};
/** A theme of a very large screen. */
const large = { ...theme, unit: 2 };
const near = (/** @type {any} */ got, /** @type {any} */ expected, words = "") => {
  assert.equal(got.length, expected.length, words);
  got.forEach((/** @type {any} */ value, /** @type {number} */ i) => {
    if (typeof expected[i] === "number")
      assert.ok(Math.abs(value - expected[i]) <= 1e-6, `${words} ${i}: ${value}, not ${expected[i]}`);
    else assert.deepEqual(value, expected[i]);
  });
};

test("a canvas has the screen's pixels, keeps them while its size stays, and is cleared", () => {
  globalThis.devicePixelRatio = 2;
  const canvas = fakeCanvas({ width: 30, height: 20 });
  prepare(canvas);
  assert.deepEqual([canvas.width, canvas.height], [60, 40]);
  assert.deepEqual(canvas.of("setTransform")[0].args, [2, 0, 0, 2, 0, 0]);
  assert.deepEqual(canvas.of("clearRect")[0].args, [0, 0, 30, 20]);
  let sets = 0;
  Object.defineProperty(canvas, "width", { get: () => 60, set: () => sets++ });
  prepare(canvas);
  assert.equal(sets, 0, "setting a size throws the picture away");
  prepare(canvas, { width: 31, height: 20 });
  assert.equal(sets, 1);
  delete (/** @type {any} */ (globalThis).devicePixelRatio);
});

/** @param {any} cloud @param {any} [options] @param {any} [look] */
function points(cloud, options, look = theme) {
  const canvas = fakeCanvas();
  const { outside } = drawPoints(canvas, cloud, [[-1, 1], [-1, 1]], look, options); // prettier-ignore
  return { outside, paths: pathsOf(canvas), canvas };
}

test("points: a triangle for class 0, a disc for class 1, at their place, held-out ones only when asked for", () => {
  const inputs = [-0.5, 0.5, 0.5, -0.5, 0, 0];
  const all = points({ inputs, values: [-1, 1, 0], part: [0, 0, 2] });
  const fills = all.paths.filter(({ by }) => by === "fill");
  assert.equal(fills.length, 2);
  near(fills[0].points.flat(), ["lineTo", 50, 21, "lineTo", 54, 28.2, "lineTo", 46, 28.2, "closePath"]);
  near(fills[1].points[0], ["arc", 150, 75, 3.2, 0, 2 * Math.PI]);
  assert.deepEqual([fills[0].style.fillStyle, fills[1].style.fillStyle], [css(minus), css(plus)]);
  assert.equal(all.outside, 0);
  const shown = points({ inputs, values: [-1, 1, 0], part: [0, 1, 2] }, { showTest: true, outline: false });
  assert.equal(shown.paths.length, 3);
  assert.deepEqual(
    shown.paths.map(({ style }) => [style.lineWidth, style.fillStyle === css(theme.surface, 0.9)]),
    [
      [1, false],
      [1.6, true],
      [1.6, true],
    ],
  );
  assert.equal(points({ inputs, values: [1, 1, 1] }).paths.length, 6, "each is filled and outlined");
});

test("points beyond the picture stand at its edge and are counted, those on the edge are not", () => {
  const at = (/** @type {number} */ x, /** @type {number} */ y) => {
    const { outside, paths } = points({ inputs: [x, y], values: [1] });
    return [outside, ...paths[0].points[0].slice(1, 3).map(Math.round)];
  };
  assert.deepEqual(at(-1.01, 0), [1, 3, 50]);
  assert.deepEqual(at(1.01, 0), [1, 197, 50]);
  assert.deepEqual(at(0, -1.01), [1, 100, 97]);
  assert.deepEqual(at(0, 1.01), [1, 100, 3]);
  for (const [x, y] of [[-1, 0], [1, 0], [0, 1], [0, -1]]) assert.equal(at(x, y)[0], 0); // prettier-ignore
});

test("further classes have their own shapes and colors, in turn; a value near zero stays visible", () => {
  const values = [0, 1, 2, 3, 4, 5, 6];
  const { paths } = points({ inputs: new Float32Array(14), values, isClasses: true }, { outline: false });
  assert.deepEqual(
    paths.map(({ points: all }) => all.filter(([name]) => name === "lineTo").length),
    [3, 0, 4, 4, 3, 3, 0],
  );
  assert.deepEqual(
    paths.map(({ style }) => style.fillStyle),
    values.map((value) => css(theme.classes[value % 5])),
  );
  const [faint] = points({ inputs: [0, 0], values: [0] }, { outline: false }).paths;
  assert.notEqual(faint.style.fillStyle, css(zero));
});

test("the place that is asked for is marked by four strokes, drawn twice", () => {
  const { paths, canvas } = points({ inputs: [], values: [] }, { mark: [0, 0] }, large);
  assert.deepEqual(
    paths.map(({ style }) => [style.strokeStyle, style.lineWidth]),
    [
      [css(theme.surface), 10],
      [css(theme.ink), 4],
    ],
  );
  near(
    canvas.of("moveTo").flatMap(({ args }) => args),
    [108, 50, 92, 50, 100, 58, 100, 42],
  );
  near(
    canvas.of("lineTo").flatMap(({ args }) => args),
    [122, 50, 78, 50, 100, 72, 100, 28],
  );
});

/** @param {any} rows */
function truth(rows, look = theme) {
  const canvas = fakeCanvas({ width: 300, height: 200 });
  drawTruth(canvas, { write: (value) => `${value}`, part: [0, 0, 0], showTest: false, ...rows }, look);
  return { canvas, dots: pathsOf(canvas).filter(({ by, points: all }) => by === "fill" && all[0]?.[0] === "arc") };
}

test("predicted against actual: on the diagonal they agree, and what is far off stands at the edge", () => {
  const { canvas, dots } = truth({ truth: [0, 1, 2], said: [0, 2, 900] });
  const paths = pathsOf(canvas);
  const diagonal = paths.find(({ style }) => style.strokeStyle === css(theme.accent));
  near(diagonal?.points.flat() ?? [], ["moveTo", 52, 160, "lineTo", 288, 12]);
  const range = [-0.16, 2.16];
  const x = (/** @type {number} */ value) => 52 + ((value - range[0]) / (range[1] - range[0])) * 236;
  const y = (/** @type {number} */ value) => 160 - ((value - range[0]) / (range[1] - range[0])) * 148;
  near(dots[0].points[0], ["arc", x(0), y(0), 3.2, 0, 2 * Math.PI]);
  near(dots[1].points[0], ["arc", x(1), y(2), 3.2, 0, 2 * Math.PI]);
  near(dots[2].points[0], ["arc", x(2), 12, 3.2, 0, 2 * Math.PI]);
  assert.equal(truth({ truth: [0, 1], said: [-900, 1] }).dots[0].points[0][2], 160);
});

test("ticks of what is true stand below and at the left, in pairs, and grow with the screen", () => {
  const ticksOf = (look = theme) =>
    truth({ truth: [0, 1, 2], said: [] }, look)
      .canvas.of("fillText")
      .slice(0, -2);
  const small = ticksOf();
  assert.deepEqual(
    small.map(({ args }) => args[0]),
    ["0", "0", "1", "1", "2", "2"],
  );
  assert.deepEqual([small[0].args[2], small[1].args[1]], [165, 47]);
  const big = ticksOf(large);
  assert.deepEqual([big[0].args[2], big[1].args[1]], [130, 94]);
  const words = truth({ truth: [0, 1], said: [] })
    .canvas.of("fillText")
    .slice(-2);
  assert.deepEqual(
    words.map(({ args }) => args),
    [
      ["actual →", 288, 196],
      ["↑ predicted", 58, 12],
    ],
  );
});

test("held-out rows and rows without a prediction are no dots; many dots are smaller", () => {
  assert.equal(truth({ truth: [0, 1, 2], said: [0, NaN, 2], part: [0, 0, 2] }).dots.length, 1);
  const held = truth({ truth: [0, 1, 2], said: [0, 1, 2], part: [0, 1, 2], showTest: true }).dots;
  assert.deepEqual(
    held.map(({ style }) => [style.lineWidth, style.strokeStyle === css(minus)]),
    [
      [1, false],
      [1.6, true],
      [1.6, true],
    ],
  );
  assert.deepEqual(
    held.map(({ style }) => style.fillStyle),
    [css(plus, 0.7), css(theme.surface, 0.9), css(theme.surface, 0.9)],
  );
  const radius = (/** @type {number} */ count) =>
    truth({ truth: Array(count).fill(0), said: Array(count).fill(0), part: Array(count).fill(0) }).dots[0].points[0][3];
  assert.deepEqual([radius(400), radius(401)], [3.2, 2.2]);
});

test("a unit's curve over the only input: zero in the middle, the greatest value a tenth below the edge", () => {
  const canvas = fakeCanvas();
  drawCurveOf(canvas, new Float32Array([-2, 0, 2]), 2, large);
  const [axis, curve] = pathsOf(canvas);
  near(axis.points.flat(), ["moveTo", 0, 50, "lineTo", 200, 50]);
  near(curve.points.flat(), ["lineTo", 0, 50 + 50 / 1.1, "lineTo", 100, 50, "lineTo", 200, 50 - 50 / 1.1]);
  assert.deepEqual([axis.style.lineWidth, curve.style.lineWidth], [2, 5]);
});

test("in the graph each unit's curve is scaled by its own greatest value, and by 1 at least", () => {
  const fields = { inputs: new Float32Array([9, 9, 9]), layers: new Float32Array([0, 0, 0, 4, 0, -4]), size: 3 };
  const line = (/** @type {number} */ unit, /** @type {number} */ layer) => {
    const canvas = fakeCanvas();
    drawLine(canvas.getContext(), fields, unit, layer, { x: 50, y: 40, radius: 10 }, large);
    return pathsOf(canvas);
  };
  // Units count the inputs first.
  const [axis, curve] = line(2, 1);
  near(axis.points.flat(), ["moveTo", 40, 40, "lineTo", 60, 40]);
  near(curve.points.flat(), ["lineTo", 40, 40 - 10 / 1.15, "lineTo", 50, 40, "lineTo", 60, 40 + 10 / 1.15]);
  assert.deepEqual([axis.style.lineWidth, curve.style.lineWidth], [2, 3.6]);
  near(line(0, 0)[1].points[0], ["lineTo", 40, 40 - 10 / 1.15]);
  near(line(1, 1)[1].points[0], ["lineTo", 40, 40]);
  fields.layers.fill(0.5);
  near(line(1, 1)[1].points[0], ["lineTo", 40, 40 - 5 / 1.15]);
});

test("rates: a step holds for its epoch, and the run stands on the curve", () => {
  const canvas = fakeCanvas({ width: 112, height: 52 });
  drawRates(canvas, { rates: new Float32Array([1, 1, 0.5]), now: { epoch: 1, rate: 1 } }, theme);
  const [axis, curve, dot] = pathsOf(canvas);
  near(axis.points.flat(), ["moveTo", 6, 46, "lineTo", 106, 46]);
  near(curve.points.flat(), ["moveTo", 6, 6, "lineTo", 56, 6, "lineTo", 56, 6, "lineTo", 106, 6, "lineTo", 106, 26]);
  near(dot.points[0], ["arc", 56, 6, 4, 0, 2 * Math.PI]);
});

test("rates: one epoch is a line, the run is on the picture while its epoch is, and a higher rate of it fits", () => {
  const of = (/** @type {number[]} */ rates, /** @type {any} */ now = null) => {
    const canvas = fakeCanvas({ width: 112, height: 52 });
    drawRates(canvas, { rates: new Float32Array(rates), now }, theme);
    return pathsOf(canvas);
  };
  near(of([0.5])[1].points.flat(), ["moveTo", 6, 6, "lineTo", 106, 6]);
  assert.equal(of([1, 1], { epoch: 2, rate: 1 }).length, 4);
  assert.equal(of([1, 1], { epoch: 3, rate: 1 }).length, 2);
  near(of([1, 1], { epoch: 2, rate: 2 })[2].points[0], ["arc", 106, 6, 4, 0, 2 * Math.PI]);
  near(of([1, 1], { epoch: 1, rate: 2 })[1].points[0], ["moveTo", 6, 26]);
  // With more epochs than pixels the corners of steps are left out, and later some epochs.
  assert.equal(of(Array(111).fill(1))[1].points.length, 221);
  assert.equal(of(Array(112).fill(1))[1].points.length, 112);
  assert.equal(of(Array(448).fill(1))[1].points.length, 224);
});

test("spread over time: a cell for each bin that has some, darker for more, as wide as its moment", () => {
  const canvas = fakeCanvas({ width: 162, height: 132 });
  const counts = [new Uint32Array([4, 0]), new Uint32Array([1, 16])];
  drawHeat(canvas, { epochs: [0, 10], last: 10, low: -1, high: 1, counts }, theme);
  const cells = canvas.of("fillRect");
  assert.equal(cells.length, 3);
  near(cells[0].args, [50, 58, 50.5, 50.5]);
  near(cells[1].args, [100, 58, 50.5, 50.5]);
  near(cells[2].args, [100, 8, 50.5, 50.5]);
  near(
    cells.map(({ style }) => style.globalAlpha),
    [0.625, 0.4375, 1],
  );
  near(canvas.of("strokeRect")[0].args, [50, 8, 100, 100]);
  const words = canvas.of("fillText").map(({ args }) => args[0]);
  assert.deepEqual(words.slice(0, 3), ["−1", "0", "1"].slice(0, 3));
  assert.ok(canvas.of("fillText").every(({ style }) => style.globalAlpha === 1));
  assert.ok(words.includes("10"));
  // A moment that is no wider than a hair is still seen.
  const narrow = fakeCanvas({ width: 162, height: 132 });
  drawHeat(narrow, { epochs: [0], last: 10, low: -1, high: 1, counts: [new Uint32Array([1])] }, theme);
  near(narrow.of("fillRect")[0].args, [50, 8, 1.5, 100.5]);
});

test("a wide layer: its weights are one picture, below them how often its neurons give what", () => {
  const inner = fakeCanvas();
  const images = /** @type {any[]} */ ([]);
  const context = inner.getContext();
  context.putImageData = (/** @type {any} */ image) => images.push(image);
  globalThis.OffscreenCanvas = /** @type {any} */ (
    class {
      getContext = () => context;
    }
  );
  const canvas = fakeCanvas();
  const layer = /** @type {any} */ ({ inputs: 2, outputs: 3, weight: { offset: 1 } });
  const values = new Float32Array([9, 1, -1, 0, 0.5, 0, 0, 9]);
  const box = { x: 10, y: 20, width: 112, height: 200 };
  drawWeights(canvas.getContext(), box, { layer, values, activity: new Float32Array([-1, 1, 1]), ill: 0 }, theme);
  assert.deepEqual([images[0].width, images[0].height], [2, 3]);
  const pixels = new Uint32Array(images[0].data.buffer);
  const bytes = (/** @type {number} */ i) => [...new Uint8Array(pixels.slice(i, i + 1).buffer)];
  assert.ok(bytes(0)[2] > bytes(0)[0] && bytes(1)[0] > bytes(1)[2], "blue, then orange");
  assert.equal(pixels[4], pixels[5]);
  near(canvas.of("drawImage")[0].args.slice(1), [16, 39, 100, 128]);
  const bars = canvas.of("fillRect").filter(({ args }) => args[3] > 0);
  assert.equal(bars.length, 2);
  near(bars[0].args, [16, 188, 100 / 21 - 1, 17]);
  near(bars[1].args, [16 + 20 * (100 / 21), 171, 100 / 21 - 1, 34]);
  const words = (/** @type {any} */ data, width = 112) => {
    const other = fakeCanvas();
    drawWeights(other.getContext(), { ...box, width }, { layer, values, ill: 0, activity: null, ...data }, theme);
    return other.of("fillText").map(({ args }) => args);
  };
  assert.deepEqual(words({}), [
    ["3 neurons", 66, 30.5],
    ["", 66, 212.5, 112],
  ]);
  assert.equal(words({ activity: new Float32Array([1]) })[1][0], "activations");
  assert.equal(words({ ill: 2 })[1][0], "2 dead or saturated");
  assert.equal(words({}, 30)[0][0], "3", "no wider than its box");
});

test("many links are a ribbon from layer to layer, as blue or orange as they are on the whole", () => {
  const node = (/** @type {number} */ x, /** @type {number} */ y) => ({ x, y, radius: 10 });
  const column = /** @type {any} */ ({ nodes: [node(20, 30), node(20, 70)] });
  const wide = /** @type {any} */ ({ box: { x: 120, y: 5, width: 40, height: 90 }, nodes: [] });
  const ribbon = (/** @type {[any, any]} */ ends, /** @type {number[]} */ weights) => {
    const canvas = fakeCanvas();
    const layer = /** @type {any} */ ({ inputs: 1, outputs: 2, weight: { offset: 1 } });
    drawRibbon(canvas.getContext(), ends, new Float32Array([9, ...weights, 9]), layer, theme);
    return pathsOf(canvas)[0];
  };
  near(ribbon([column, wide], [1, 1]).points.flat(), [
    ...["moveTo", 30, 24, "bezierCurveTo", 70.5, 24, 79.5, 5, 120, 5],
    ...["lineTo", 120, 95, "bezierCurveTo", 79.5, 95, 70.5, 76, 30, 76],
  ]);
  near(ribbon([wide, column], [1, 1]).points[0], ["moveTo", 160, 5]);
  assert.equal(ribbon([column, wide], [1, 1]).style.fillStyle, css(plus, 0.22));
  assert.equal(ribbon([column, wide], [-1, -1]).style.fillStyle, css(minus, 0.22));
  assert.equal(ribbon([column, wide], [1, -1]).style.fillStyle, css(theme.muted, 0.22));
});

/** @param {any} picture @param {number | null} [cross] */
function plot(picture, cross = null) {
  const canvas = fakeCanvas({ width: 162, height: 132 });
  const box = drawPlot(canvas, picture, cross, theme);
  return { canvas, box, paths: pathsOf(canvas) };
}

test("curves: a gap lifts the pen, what is too high is cut at the edge, and marks stand upright", () => {
  const series = [{ label: "a", x: [0, 5, 10, 15, 20], y: [1, 0.5, NaN, 0.5, 2e30], stroke: "red", dash: [4, 2] }];
  const { canvas, box, paths } = plot({ series, range: [0, 1], at: 10 }, 5);
  assert.deepEqual(box, { left: 50, right: 150, top: 8, bottom: 108, last: 20 });
  const curve = paths.find(({ style }) => style.strokeStyle === "red");
  near(curve?.points.flat() ?? [], ["moveTo", 50, 8, "lineTo", 75, 58, "moveTo", 125, 58]);
  assert.deepEqual(
    canvas.of("setLineDash").map(({ args }) => args[0]),
    [[4, 2], []],
  );
  const upright = paths.filter(({ points: all }) => all.length === 2 && all[0][1] === all[1][1] && all[0][2] === 8);
  assert.deepEqual(
    upright.filter(({ style }) => style.strokeStyle !== css(theme.line)).map(({ points: all }) => all[0][1]),
    [100, 75],
  );
  const dot = paths.find(({ by }) => by === "fill");
  near(dot?.points[0] ?? [], ["arc", 75, 58, 3.5, 0, 2 * Math.PI]);
  const high = plot({ series: [{ ...series[0], y: [1, 9, 1, 1, 1] }], range: [0, 1] });
  assert.equal(high.paths.find(({ style }) => style.strokeStyle === "red")?.points[1][2], 8 - 20);
  assert.equal(plot({ series: [{ ...series[0], y: [1, 9, 1, 1, 1] }], range: [0, 1] }, 5).paths.filter(({ by }) => by === "fill").length, 0); // prettier-ignore
});

test("a logarithm has no place for 0, and a faint curve doesn't stretch the axes", () => {
  const series = [{ label: "a", x: [0, 10], y: [0, 0.1], stroke: "red" }];
  const { paths } = plot({ series, log: true });
  const own = paths.find(({ style }) => style.strokeStyle === "red")?.points ?? [];
  assert.equal(own.length, 1);
  const faint = { label: "b", x: [0, 10], y: [900, 900], stroke: "blue", isFaint: true };
  const ticksOf = (/** @type {any[]} */ all) =>
    plot({ series: all })
      .canvas.of("fillText")
      .map(({ args }) => args[0]);
  assert.deepEqual(ticksOf([...series, faint]), ticksOf(series));
  assert.notDeepEqual(ticksOf([...series, { ...faint, isFaint: false }]), ticksOf(series));
});

test("heights are wide when the top is more than a thousand times what ends are", () => {
  const of = (/** @type {number[]} */ y) => isWide([{ y }]);
  assert.equal(of([1, 1000, 1]), false);
  assert.equal(of([1, 1001, 1]), true);
  assert.equal(of([0, 1e6, 0]), false);
  assert.equal(of([1, 2e9, 1]), false, "what has diverged is not seen");
});
