// Sizes and shares from which on things are drawn, strewn or told otherwise: both sides of each.
import assert from "node:assert/strict";
import test from "node:test";
import { noisy } from "../../www/features/coach/alerts.js";
import { Board } from "../../www/features/drawing/board.js";
import { fieldsOf, unitGrid } from "../../www/features/model/unitFields.js";
import { loadPart, orAdvice } from "../../www/base/loadPart.js";
import { biasMark, columnsOf, layout, linkCurve, linkWidth, shownOf } from "../../www/features/model/networkChart.js";
import { about } from "./imaginedRun.js";
import { settle } from "./support.js";

test("of up to 36 inputs all are drawn, of more as many from all over them", () => {
  assert.deepEqual([12, 36, 37, 500].map((count) => shownOf(count).length), [12, 36, 36, 36]); // prettier-ignore
  assert.deepEqual(shownOf(36).at(-1), 35);
  const many = shownOf(72);
  assert.deepEqual([many[0], many[1], many.at(-1)], [0, 2, 70]);
});

test("a hidden layer of more than 12 neurons is a box; inputs and outputs never are", () => {
  const boxes = (/** @type {number[]} */ ...sizes) => {
    const layers = sizes.slice(1).map((outputs, i) => ({ type: "dense", inputs: sizes[i], outputs }));
    return columnsOf(/** @type {any} */ ({ features: [], layers }), 600, 300, 1).map(({ box }) => box !== null);
  };
  assert.deepEqual(boxes(2, 12, 1), [false, false, false]);
  assert.deepEqual(boxes(2, 13, 1), [false, true, false]);
  assert.deepEqual(boxes(50, 13, 50), [false, true, false]);
});

test("nodes are as far apart as there is room, 64 at most, and 21 large at most", () => {
  const [few] = layout([2], 600, 300);
  assert.deepEqual(few, [{ x: 300, y: 118, radius: 21 }, { x: 300, y: 182, radius: 21 }]); // prettier-ignore
  const [many] = layout([30], 600, 300);
  assert.deepEqual([many[1].y - many[0].y, many[0].radius, many[0].y], [10, 4, 5]);
  assert.equal(layout([100], 600, 300)[0][0].radius, 2.5);
  assert.equal(layout([1, 1, 1], 60, 300)[0][0].radius, 4, "columns that are near each other");
  const large = layout([2], 1200, 600, 2)[0];
  assert.deepEqual(large[0], { x: 600, y: 236, radius: 42 });
});

test("links grow with their weight up to 7, and bend by 45% of the way; small nodes have no bias mark", () => {
  assert.deepEqual([0, 1, -1, 3.2, 3.4, 90].map(linkWidth).map((width) => Number(width.toFixed(9))), [0.4, 2.4, 2.4, 6.8, 7, 7]); // prettier-ignore
  assert.deepEqual(linkCurve({ x: 0, y: 10, radius: 5 }, { x: 100, y: 30, radius: 8 }), [[5, 10], [45, 10], [55, 30], [92, 30]]); // prettier-ignore
  const mark = (/** @type {number} */ radius) => biasMark({ x: 50, y: 50, radius });
  assert.deepEqual([mark(5.9).size, mark(6).size, mark(15).size, mark(20).size], [0, 3, 3, 4]);
  assert.deepEqual([mark(6).x, mark(6).y], [44, 56]);
});

test("a brush leaves a point each 0.35 that it goes; an eraser takes what it reaches, and nothing beyond", () => {
  const board = new Board();
  board.begin();
  board.paint(0, 0, 0);
  board.paint(0, 0.34, 0);
  assert.equal(board.points.length, 1);
  board.paint(0, 0.35, 0);
  assert.deepEqual(board.points.map(({ x }) => x), [0, 0.35]); // prettier-ignore
  board.begin();
  board.paint(1, 0.36, 0);
  assert.equal(board.points.length, 3, "a stroke of its own");
  assert.equal(board.text.split("!").length, 2);
  board.begin();
  const before = board.points;
  board.erase(5, 5, 1);
  assert.equal(board.points, before, "nothing was there");
  board.paint(0, 4, 0);
  board.erase(2.5, 0, 1.5);
  assert.equal(board.points.length, 3, "a point at its edge goes");
  board.undo();
  assert.equal(board.points, before);
});

test("a rule has to hold for a tenth of the run, and for eight epochs", () => {
  const holds = (/** @type {number} */ from, /** @type {number} */ to) => {
    const losses = Array.from({ length: 24 }, (_, i) => (i % 2 ? 0.8 : 1));
    const epochs = losses.map((_, i) => from + ((to - from) * i) / 23);
    const run = {
      points: losses.map((training, i) => ({ epoch: epochs[i], training, test: training })),
      looks: losses.map((loss, i) => ({
        ...{ step: i, epoch: epochs[i], only: null, share: 0.5, rows: 400, validation: null },
        ...{ gradientNorm: i % 2 ? 0.5 : 2, training: { loss, rows: 400 } },
      })),
    };
    return noisy(/** @type {any} */ (run), about()) !== null;
  };
  assert.deepEqual([holds(900, 1000), holds(901, 1000)], [true, false]);
  assert.deepEqual([holds(2, 10), holds(3, 10)], [true, false]);
});

test("what units give is shown where it is of the grid that was asked for, and of the run that is there", () => {
  const description = /** @type {any} */ ({ layers: [{ inputs: 2, outputs: 3 }, { inputs: 3, outputs: 1 }] }); // prettier-ignore
  const grid = /** @type {any} */ ({ rows: [], size: 2, isLine: false, cells: 4 });
  const units = Float32Array.from({ length: 6 * 4 }, (_, i) => i);
  const found = fieldsOf(grid, description, units);
  assert.deepEqual([found?.inputs.length, found?.layers.length, found?.layers[0], found?.size], [8, 16, 8, 2]);
  assert.deepEqual(
    [fieldsOf(null, description, units), fieldsOf(grid, null, units), fieldsOf(grid, description, undefined)],
    [null, null, null],
  );
  assert.equal(fieldsOf(grid, description, units.subarray(1)), null);
  assert.equal(unitGrid(/** @type {any} */ ({ description, view: null })), null);
  assert.equal(unitGrid(/** @type {any} */ ({ description: null, view: [[0, 1]] })), null);
});

test("a part that could not be loaded is asked for anew, one that is under way or there is not", async () => {
  const missing = loadPart("features/no/such/part.js");
  assert.equal(loadPart("features/no/such/part.js"), missing);
  await assert.rejects(missing, /^Error: Check your connection/);
  const again = loadPart("features/no/such/part.js");
  assert.notEqual(again, missing);
  await assert.rejects(again, /./);
  const there = loadPart("base/format.js");
  await there;
  assert.equal(loadPart("base/format.js"), there);
});

test("a part is waited for for 20 seconds, and then it is told what to do", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let told = "";
  orAdvice(new Promise(() => {})).catch((error) => (told = error.message));
  t.mock.timers.tick(19_999);
  await settle();
  assert.equal(told, "");
  t.mock.timers.tick(1);
  await settle();
  assert.match(told, /^Check your connection/);
});
