// What the charts of the network, the benchmark, corruption, correlations and a column draw for given numbers, and where.
import assert from "node:assert/strict";
import test, { after } from "node:test";
import { raceBars } from "../../www/features/benchmark/bars.js";
import { twinCurves } from "../../www/features/corruption/chart.js";
import { ColumnCard } from "../../www/features/data/columnCard.js";
import { Correlations } from "../../www/features/data/correlations.js";
import { biasMark, columnsOf, drawNetwork } from "../../www/features/model/networkChart.js";
import { paintUnits } from "../../www/features/model/unitImages.js";
import { colorTable } from "../../www/ui/charts/color.js";
import { fakeCanvas } from "./fakeCanvas.js";
import { elementsOf, numbersOf, those } from "./markup.js";

after(() => setImmediate(() => process.exit())); // the panels' turns listen for ever

/** The points of a path, as numbers. */
const pointsOf = (/** @type {string} */ path) =>
  [...path.matchAll(/([ML])(-?[\d.]+) (-?[\d.]+)/g)].map(([, , x, y]) => [Number(x), Number(y)]);
const close = (/** @type {number} */ a, /** @type {number} */ b, tolerance = 1e-9) =>
  assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b}`);

// Corruption

const SIZE = { width: 400, height: 200, unit: 1 };
const LEFT = 50;
const RIGHT = 390;
const TOP = 10;
const BOTTOM = 166;

/** @param {number[]} training @param {number[]} test */
const curve = (training, test) => ({ epoch: training.map((_, i) => 10 * i), training, test });

function corruption(/** @type {any} */ curves, epochs = 20) {
  const drawn = elementsOf(twinCurves(SIZE, curves, epochs));
  return { drawn, paths: those(drawn, "path", "twin"), ticks: those(drawn, "text", "tick") };
}

test("corruption: four curves, each by its run and its rows, from the first epoch to the last", () => {
  const { paths, ticks, drawn } = corruption({
    clean: curve([1, 0.5, 0], [1, 0.75, 0.5]),
    dirty: curve([1, 1, 1], [0.25, 0.5, 0.75]),
  });
  assert.deepEqual(
    paths.map(({ attributes }) => attributes.class),
    [
      "twin twin-clean twin-training",
      "twin twin-dirty twin-training",
      "twin twin-clean twin-test",
      "twin twin-dirty twin-test",
    ],
  );
  const [cleanTraining, dirtyTraining, cleanTest, dirtyTest] = paths.map(({ attributes }) => pointsOf(attributes.d));
  for (const points of [cleanTraining, dirtyTraining, cleanTest, dirtyTest]) {
    assert.deepEqual(
      points.map(([x]) => x),
      [LEFT, (LEFT + RIGHT) / 2, RIGHT],
    );
  }
  // Heights are linear in the loss: 0 lies on the ground, and equal steps are equally high.
  const [one, half, zero] = cleanTraining.map(([, y]) => y);
  close(zero, BOTTOM, 0.05);
  close(half, (one + BOTTOM) / 2, 0.11);
  assert.ok(one >= TOP && one < half, `${one}`);
  assert.deepEqual(
    dirtyTraining.map(([, y]) => y),
    [one, one, one],
  );
  assert.deepEqual([cleanTest[2][1], dirtyTest[1][1]], [half, half]);
  assert.ok(dirtyTest[0][1] > dirtyTest[1][1] && dirtyTest[1][1] > dirtyTest[2][1], "what rises, rises");
  const losses = ticks.filter(
    ({ attributes }) => attributes["text-anchor"] === "end" && attributes.x === `${LEFT - 6}`,
  );
  assert.ok(losses.length >= 3);
  for (const { text, attributes } of losses)
    close(Number(attributes.y), BOTTOM + Number(text) * (one - BOTTOM), 0.06 * 3);
  assert.equal(those(drawn, "line", "grid").length, losses.length);
  const epochs = ticks.filter(({ attributes }) => attributes["text-anchor"] === "middle");
  for (const { text, attributes } of epochs)
    close(Number(attributes.x), LEFT + (Number(text) / 20) * (RIGHT - LEFT), 0.5);
  assert.deepEqual([epochs[0].text, epochs[epochs.length - 1].text], ["0", "20"]);
});

test("corruption: axes without curves; losses that are no numbers are left out, and the curve goes on after them", () => {
  const none = corruption(null);
  assert.equal(none.paths.length, 0);
  assert.ok(none.ticks.length > 4);
  const some = corruption({
    clean: curve([1, NaN, 0.5], [Infinity, NaN, NaN]),
    dirty: curve([0.5], [0.25]),
  });
  const [first, , nothing, point] = [0, 1, 2, 3].map((i) => some.paths[i].attributes.d);
  assert.deepEqual(
    pointsOf(first).map(([x]) => x),
    [LEFT, RIGHT],
  );
  assert.ok(first.startsWith("M") && first.lastIndexOf("M") === 0);
  assert.equal(nothing, "");
  assert.equal(pointsOf(point).length, 1, "one epoch is a point");
  assert.ok(!some.paths.some(({ attributes }) => /NaN|Infinity/.test(attributes.d)));
});

// The benchmark

const STEP = {
  uid: "u",
  cpu: { msPerStep: 2 },
  team: null,
  gpu: { msPerStep: 4, upload: 1, compute: 2, readBack: 0.5, overhead: 0.5 },
};
const bars = (/** @type {any} */ step, size = { width: 316, unit: 1 }) => elementsOf(raceBars(size, step));

test("the benchmark: a bar a processor to one scale, the GPU's parts end to end, each with its own time", () => {
  const drawn = bars(STEP);
  const rects = those(drawn, "rect", "part");
  assert.deepEqual(
    rects.map(({ attributes }) => attributes.class),
    ["part cpu", "part upload", "part compute", "part readBack", "part overhead"],
  );
  // 316 wide: 40 for the names and 76 for the figures leave 200, which is the longer bar, of 4 ms.
  assert.deepEqual(numbersOf(rects, "x"), [40, 40, 90, 190, 215]);
  assert.deepEqual(numbersOf(rects, "width"), [100, 50, 100, 25, 25]);
  assert.deepEqual(numbersOf(rects, "y"), [0, 36, 36, 36, 36]);
  assert.deepEqual(numbersOf(rects, "height"), [26, 26, 26, 26, 26]);
  assert.deepEqual(
    rects.map(({ attributes }) => attributes.fill),
    [undefined, "url(#u-upload)", undefined, "url(#u-readBack)", "url(#u-overhead)"],
    "told apart by pattern; computing is plain",
  );
  const values = those(drawn, "text", "value");
  assert.deepEqual(
    values.map(({ text }) => text),
    ["2 ms", "4 ms"],
  );
  assert.deepEqual(numbersOf(values, "x"), [148, 248], "behind the end of its bar");
  assert.deepEqual(numbersOf(values, "y"), [13, 49]);
  const names = those(drawn, "text", "name");
  assert.deepEqual(
    names.map(({ text, attributes }) => [text, Number(attributes.y)]),
    [
      ["CPU", 13],
      ["GPU", 49],
    ],
  );
  const twice = those(bars(STEP, { width: 632, unit: 2 }), "rect", "part");
  assert.deepEqual(numbersOf(twice, "width"), [200, 100, 200, 50, 50], "at twice the size");
});

test("the benchmark: a slower CPU sets the scale; what takes no time has no width, what takes little is seen", () => {
  const gpu = { msPerStep: 2.001, upload: 0.001, compute: 2, readBack: 0, overhead: 0 };
  const rects = those(bars({ ...STEP, cpu: { msPerStep: 8 }, gpu }), "rect", "part");
  assert.deepEqual(numbersOf(rects, "width"), [200, 1.5, 50, 0, 0]);
  assert.deepEqual(numbersOf(rects, "x"), [40, 40, 41.5, 91.5, 91.5]);
});

test("the benchmark: several workers have a bar of their own, between one and the GPU", () => {
  const drawn = bars(
    { ...STEP, team: { workers: 2, msPerStep: 1, talkMs: 0.1, isSame: true } },
    { width: 340, unit: 1 },
  );
  const rects = those(drawn, "rect", "part");
  assert.deepEqual(numbersOf(rects, "width"), [100, 50, 50, 100, 25, 25]);
  assert.deepEqual(numbersOf(rects, "y"), [0, 36, 72, 72, 72, 72]);
  assert.deepEqual(
    those(drawn, "text", "name").map(({ text }) => text),
    ["CPU", "CPU × 2", "GPU"],
  );
});

// Correlations

/** @param {string[]} names @param {number[]} matrix @param {[number, number] | null} [at] */
function correlations(names, matrix, at = null) {
  const panel = new Correlations();
  Object.assign(panel, {
    inspector: { store: { get: () => ({ correlations: { names, matrix } }) } },
    isOpen: true,
    at,
  });
  return elementsOf(panel.render());
}

test("correlations: a cell a pair, a square as large as it is strong; what falls stands on its corner", () => {
  const drawn = correlations(["a", "b", "c"], [1, 0.25, -0.64, 0.25, 1, NaN, -0.64, NaN, 1]);
  const [matrix] = those(drawn, "svg", "matrix");
  assert.equal(matrix.attributes.viewBox, "0 0 3 3");
  const cells = those(drawn, "g");
  assert.deepEqual(
    cells.map(({ attributes }) => attributes["data-at"]),
    ["0 0", "0 1", "0 2", "1 0", "1 1", "1 2", "2 0", "2 1", "2 2"],
  );
  const grounds = those(drawn, "rect", "ground");
  assert.deepEqual(
    grounds.map(({ attributes: { x, y } }) => [Number(y), Number(x)]),
    [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => [row, column])),
    "the row counts downward, the column to the right",
  );
  const rises = those(drawn, "rect", "rises");
  assert.equal(rises.length, 7, "three ones, 0.25 and NaN twice each");
  const widths = numbersOf(rises, "width");
  close(widths[0], 0.9);
  close(widths[1], 0.45, 1e-9);
  assert.equal(widths.filter((width) => width === 0).length, 2, "what is no number has no size");
  for (const { attributes } of rises.filter(({ attributes }) => Number(attributes.width) > 0)) {
    const middle = Number(attributes.x) + Number(attributes.width) / 2;
    close(middle % 1, 0.5, 1e-9);
    assert.equal(attributes.width, attributes.height);
  }
  const falls = those(drawn, "path", "falls").map(({ attributes }) => pointsOf(attributes.d));
  assert.equal(falls.length, 2);
  const half = (0.9 * 0.8) / Math.SQRT2;
  const [above, right, below, left] = falls[0];
  const expected = [[2.5, 0.5 - half], [2.5 + half, 0.5], [2.5, 0.5 + half], [2.5 - half, 0.5]]; // prettier-ignore
  [above, right, below, left].forEach(([x, y], i) => (close(x, expected[i][0]), close(y, expected[i][1])));
});

test("correlations: names stand along both sides, the chosen ones stand out; of too many none", () => {
  const drawn = correlations(
    ["a", "b", "a very long name of a column"],
    [1, 0.25, -0.64, 0.25, 1, 0, -0.64, 0, 1],
    [1, 2],
  );
  for (const [axis, chosen] of /** @type {[string, number][]} */ ([
    ["rows", 1],
    ["columns", 2],
  ])) {
    assert.equal(those(drawn, "div", `matrix-${axis}`).length, 1);
    const names = those(drawn, "span")
      .slice(axis === "rows" ? 0 : 3)
      .slice(0, 3);
    assert.deepEqual(
      names.map(({ text }) => text),
      ["a", "b", "a very l…column"],
    );
    assert.deepEqual(
      names.map(({ attributes }) => attributes["data-chosen"]),
      [0, 1, 2].map((i) => String(i === chosen)),
    );
    assert.equal(names[2].attributes.title, "a very long name of a column");
  }
  const many = (/** @type {number} */ count) => {
    const names = Array.from({ length: count }, (_, i) => `c${i}`);
    return those(correlations(names, Array(count * count).fill(0.5)), "span").length;
  };
  assert.equal(many(16), 32);
  assert.equal(many(17), 0);
});

test("correlations: the strongest are listed by size whatever their sign, and the first is chosen until another is", () => {
  const matrix = [1, 0.25, -0.64, 0.25, 1, NaN, -0.64, NaN, 1];
  const drawn = correlations(["a", "b", "c"], matrix);
  assert.deepEqual(
    those(drawn, "li").map(({ text }) => text),
    ["−0.64 a and c", "0.25 a and b", "– b and c"].map((text, i) => (i < 2 ? text : those(drawn, "li")[2].text)),
  );
  assert.match(those(drawn, "li")[2].text, /b and c$/);
  const chosen = (/** @type {any[]} */ all) =>
    those(all, "g")
      .filter(({ attributes }) => attributes["data-chosen"] === "true")
      .map(({ attributes }) => attributes["data-at"]);
  assert.deepEqual(chosen(drawn), ["0 2"]);
  assert.equal(those(drawn, "p", "matrix-words")[0].text, "a and c: −0.64");
  const other = correlations(["a", "b", "c"], matrix, [1, 0]);
  assert.deepEqual(chosen(other), ["1 0"]);
  assert.equal(those(other, "p", "matrix-words")[0].text, "b and a: 0.25");
});

test("correlations: of many columns the last forty, with their own numbers; of fewer than two a sentence", () => {
  const names = Array.from({ length: 42 }, (_, i) => `c${i}`);
  // Only the first two and the last two go together.
  const matrix = names.flatMap((_, i) =>
    names.map((_, j) => (i === j ? 1 : i + j === 1 ? 0.9 : i + j === 81 ? 0.5 : 0)),
  );
  const drawn = correlations(names, matrix);
  assert.equal(those(drawn, "g").length, 1600);
  assert.equal(those(drawn, "li")[0].text, "0.50 c40 and c41");
  assert.match(those(drawn, "p", "note")[0].text, /40 of 42 columns/);
  for (const few of [[], ["a"]]) {
    const one = correlations(
      few,
      few.map(() => 1),
    );
    assert.equal(those(one, "svg").length, 0);
    assert.equal(those(one, "p", "note")[0].text, "Needs at least two numeric columns.");
  }
});

// A column's card

const COLUMN = {
  name: "x",
  kind: "number",
  inferred: "number",
  missing: 0,
  distinct: 5,
  min: 0,
  max: 4,
  mean: 2,
  median: 1.5,
  categories: [],
  unit: null,
};

/** @param {object} column @param {any} histogram @param {string} [target] */
function card(column, histogram, target = "y") {
  const panel = new ColumnCard();
  const own = { ...COLUMN, ...column };
  Object.defineProperty(panel, "table", { value: { description: { target, columns: [own] } } });
  Object.assign(panel, { inspector: { store: { get: () => ({ column: own.name, histogram }) } } });
  const template = panel.render();
  return template ? elementsOf(template) : [];
}
const EDGES = [0, 1, 2, 3, 4];

test("a column: bars as high as their counts, no bar where there is none, the ends of the axis below", () => {
  const drawn = card({}, { edges: EDGES, byClass: [{ name: "all", counts: [1, 4, 0, 2] }] });
  assert.equal(those(drawn, "svg").length, 1);
  assert.equal(those(drawn, "svg")[0].attributes.viewBox, "0 0 40 40");
  const rects = those(drawn, "rect", "bar");
  assert.deepEqual(numbersOf(rects, "height"), [10, 40, 20]);
  assert.deepEqual(numbersOf(rects, "y"), [30, 0, 20]);
  [0.6, 10.6, 30.6].forEach((x, i) => close(numbersOf(rects, "x")[i], x));
  assert.equal(those(drawn, "rect", "bar-all").length, 0);
  assert.equal(those(drawn, "p", "histogram-axis")[0].text, "0 4");
  assert.equal(those(drawn, "div", "histogram")[0].attributes["aria-label"], "Histogram of x from 0 to 4");
});

test("a column of two classes: a row of bars each to one scale, and behind each all rows, scaled to their own highest", () => {
  const byClass = [
    { name: "no", counts: [8, 0, 0, 2] },
    { name: "yes", counts: [8, 4, 0, 4] },
  ];
  const drawn = card({}, { edges: EDGES, byClass });
  assert.equal(those(drawn, "svg").length, 2);
  assert.deepEqual(
    those(drawn, "span", "histogram-name").map(({ text }) => text),
    ["no", "yes"],
  );
  assert.deepEqual(numbersOf(those(drawn, "rect", "bar"), "height"), [40, 10, 40, 20, 20]);
  assert.deepEqual(numbersOf(those(drawn, "rect", "bar-all"), "height"), [40, 10, 15, 40, 10, 15]);
  const many = Array.from({ length: 9 }, (_, i) => ({ name: `${i}`, counts: [1, 0, 0, 1] }));
  const one = card({}, { edges: EDGES, byClass: many });
  assert.equal(those(one, "svg").length, 1, "nine classes share a row");
  assert.deepEqual(numbersOf(those(one, "rect", "bar"), "height"), [40, 40]);
  assert.equal(those(card({}, { edges: EDGES, byClass: many.slice(1) }), "svg").length, 8, "eight do not");
});

test("a column: one row among thousands is seen; without a count there is no bar, without a histogram its room", () => {
  const rare = card({}, { edges: EDGES, byClass: [{ name: "all", counts: [10000, 0, 0, 1] }] });
  assert.deepEqual(numbersOf(those(rare, "rect", "bar"), "height"), [40, 0.8]);
  const none = card({}, { edges: EDGES, byClass: [{ name: "all", counts: [0, 0, 0, 0] }] });
  assert.equal(those(none, "rect").length, 0);
  assert.equal(those(card({}, null), "p", "histogram-room").length, 1);
  assert.deepEqual(
    card({}, null, "x").filter(({ tag }) => tag === "button"),
    [],
    "the target needs no button to be it",
  );
  assert.equal(those(card({}, null), "button").length, 1);
});

test("a column in figures: what there is, and nothing where there are none", () => {
  const figures = (/** @type {object} */ column) => those(card(column, null), "dl")[0].text;
  assert.equal(figures({}), "Unique values 5 Min 0 Max 4 Mean 2 Median 1.5");
  assert.equal(figures({ min: null, max: null, mean: null, median: null }), "Unique values 5");
  assert.doesNotMatch(figures({ kind: "date" }), /Mean/);
});

test("a column of names: a bar each for the ten most frequent, to the first one's length, and how many more", () => {
  const categories = Array.from({ length: 12 }, (_, i) => ({ name: `n${i}`, count: 40 - 2 * i }));
  const drawn = card({ kind: "category", categories, distinct: 1012 }, { edges: [], byClass: [] });
  const rects = those(drawn, "rect", "bar");
  assert.equal(rects.length, 10);
  assert.deepEqual(numbersOf(rects, "width").slice(0, 3), [100, 95, 90]);
  const items = those(drawn, "li");
  assert.equal(items[0].text, "n0 40");
  assert.equal(items[10].text, "and 1,002 more");
  const one = card(
    { kind: "category", categories: [{ name: "a", count: 3 }], distinct: 1 },
    { edges: [], byClass: [] },
  );
  assert.deepEqual(numbersOf(those(one, "rect", "bar"), "width"), [100]);
  assert.equal(those(one, "li").length, 1);
});

// The network

const THEME = /** @type {any} */ ({
  ...{ minus: [255, 0, 0], zero: [255, 255, 255], plus: [0, 0, 255] },
  ...{ ink: [0, 0, 0], muted: [99, 99, 99], surface: [255, 255, 255], unit: 1 },
});

test("neurons show their shape in all colors, whatever a louder one gives; what is near nothing beside it stays pale", () => {
  const table = colorTable(THEME);
  const layers = Float32Array.from([-20, 20, -4, 4, -0.02, 0.02, 0, 0]);
  const pixels = new Uint32Array(10);
  paintUnits(pixels, { inputs: Float32Array.from([-5, 5]), layers }, [{ outputs: 4 }], table, 2);
  const [low, high] = [pixels[0], pixels[1]];
  assert.notEqual(low, high);
  assert.deepEqual([...pixels.subarray(2, 6)], [low, high, low, high], "the loud one, and one of a fifth of it");
  const middle = pixels[8];
  assert.equal(pixels[9], middle, "a dead one");
  for (const pale of pixels.subarray(6, 8)) assert.ok(pale !== low && pale !== high, "a thousandth of the loudest");
});

test("negative weights are dashed, positive ones solid; of very many links none is dashed", () => {
  /** How many numbers the dash of each link has; dashes end where they should, lines are round. @param {number} inputs @param {number} outputs @param {number[]} weights */
  const dashesOf = (inputs, outputs, weights) => {
    const canvas = fakeCanvas({ width: 300, height: 200 });
    const layer = { inputs, outputs, weight: { offset: 0 }, bias: { offset: inputs * outputs } };
    const description = /** @type {any} */ ({ features: Array(inputs).fill({}), layers: [layer] });
    const values = Float32Array.from([...weights, ...Array(outputs).fill(0)]);
    drawNetwork(canvas, description, values, THEME, { inputs: [], outputs: [], fields: null });
    let dash = 0;
    let isLink = false;
    const found = [];
    const ends = new Set();
    for (const { name, args, style } of canvas.calls) {
      if (name === "setLineDash") dash = args[0].length;
      if (name === "bezierCurveTo") isLink = true;
      if (name === "stroke" && isLink) {
        found.push(dash);
        ends.add(style.lineCap);
        isLink = false;
      }
    }
    assert.equal(dash, 0, "what is drawn next is solid");
    assert.deepEqual([...ends], [found.length <= 144 ? "butt" : "round"]);
    return found;
  };
  assert.deepEqual(dashesOf(3, 1, [0.5, -0.5, 0.2]), [0, 2, 0]);
  const [most, more] = [4, 5].map((outputs) => dashesOf(36, outputs, Array(36 * outputs).fill(-1)));
  assert.deepEqual([most.length, new Set(most)], [144, new Set([2])]);
  assert.deepEqual([more.length, new Set(more)], [180, new Set([0])]);
});

test("a bias is marked at the corner of its neuron, in its color; inputs and the smallest nodes have no mark", () => {
  const canvas = fakeCanvas({ width: 300, height: 400 });
  const [inputs, outputs] = [3, 2];
  const layer = { inputs, outputs, weight: { offset: 0 }, bias: { offset: inputs * outputs } };
  const description = /** @type {any} */ ({ features: Array(inputs).fill({}), layers: [layer] });
  const values = Float32Array.from([...Array(inputs * outputs).fill(0.1), -1, 1]);
  drawNetwork(canvas, description, values, THEME, { inputs: [], outputs: [], fields: null });
  const colors = columnsOf(description, 300, 400, 1).flatMap(({ nodes }) =>
    nodes.map((node) => {
      const { x, y, size } = biasMark(node);
      assert.ok(size >= 3);
      const at = canvas.calls.findIndex((/** @type {any} */ { name, args }) => name === "roundRect" && args[0] === x - size && args[1] === y - size); // prettier-ignore
      return at < 0
        ? null
        : canvas.calls.slice(at).find((/** @type {any} */ { name }) => name === "fill").style.fillStyle;
    }),
  );
  assert.deepEqual(colors.slice(0, 3), [null, null, null]);
  assert.match(colors[3], /255, 0, 0/);
  assert.match(colors[4], /0, 0, 255/);
  assert.deepEqual([5.9, 6, 10, 20].map((radius) => biasMark({ x: 0, y: 0, radius }).size), [0, 3, 3, 4]); // prettier-ignore
});

test("short labels stand beside the network, away from it; long ones below their node", () => {
  const canvas = fakeCanvas({ width: 300, height: 400 });
  const layer = { inputs: 2, outputs: 1, weight: { offset: 0 }, bias: { offset: 2 } };
  const description = /** @type {any} */ ({ features: [{}, {}], layers: [layer] });
  const labels = { inputs: ["x", "weight"], outputs: ["P"] };
  drawNetwork(canvas, description, new Float32Array(3), THEME, { ...labels, fields: null });
  const [[x, weight], [out]] = columnsOf(description, 300, 400, 1).map(({ nodes }) => nodes);
  const written = canvas.of("fillText").filter(({ args }) => ["x", "weight", "P"].includes(args[0]));
  assert.deepEqual(
    written.map(({ args, style }) => [args[0], style.textAlign, Math.sign(args[1] - { x, weight, P: out }[args[0]].x)]),
    [
      ["x", "right", -1],
      ["weight", "center", 0],
      ["P", "left", 1],
    ],
  );
});
