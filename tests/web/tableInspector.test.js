// What the Data step knows and does, and what the pictures of a table are made from.
import assert from "node:assert/strict";
import test from "node:test";
import { shownOf } from "../../www/features/model/networkChart.js";
import { COLUMNS, CellCache, ROWS } from "../../www/features/data/cellCache.js";
import { TableInspector, cellKey, editsOf, isMissing, marksOf } from "../../www/features/data/tableInspector.js";
import { onAxes, placed } from "../../www/session/plane.js";
import { createPlayground } from "../../www/session/playground.js";
import { firstOf, layoutOf, scrollFor } from "../../www/features/data/sheetLayout.js";
import { axesOf, typicalRow } from "../../www/base/inputSection.js";
import { answersOf } from "../../www/features/evaluation/answers.js";
import { dayOf, formatDay, formatRaw, formatValue, writerOf } from "../../www/base/columnFormat.js";
import { subsample } from "../../www/worker/subsample.js";
import { inlineWorker, settle } from "./support.js";
import { FLOWERS, setUp } from "./tablePage.js";

async function openInspector() {
  const { playground, open } = await setUp();
  await open(FLOWERS, "flowers.csv");
  const inspector = new TableInspector(playground);
  const end = inspector.open();
  await settle(80);
  return {
    inspector,
    end,
    playground,
    state: () => inspector.store.get(),
    settings: () => playground.store.get().settings,
  };
}

test("a fix that says what a column is goes to its kind, where it can be chosen anew", async () => {
  const { inspector, end, settings } = await openInspector();
  inspector.apply({ fix: "kind", column: "length", to: "category" });
  assert.deepEqual([settings().kinds, settings().clean], [{ length: "category" }, []]);
  end();
});

test("the doctor is stopped, which says so, and looks again when he is asked", async () => {
  const { inspector, state, end, playground } = await openInspector();
  const { tables } = playground;
  assert.equal(state().isStopped, false);
  const looking = tables.doctor({ clean: [{ fix: "drop-missing", column: "length" }] });
  void tables.stopDoctor();
  await assert.rejects(looking, { code: "cancelled" });
  // As somebody who presses the button while he looks.
  inspector.apply({ fix: "drop-missing", column: "width" });
  const { doctor } = tables;
  tables.doctor = (data) => {
    const asked = doctor.call(tables, data);
    void inspector.stop();
    return asked;
  };
  await settle(80);
  assert.deepEqual([state().isStopped, state().findings, state().problem], [true, null, null]);
  tables.doctor = doctor;
  await inspector.examine();
  assert.deepEqual([state().isStopped, state().findings], [false, []]);
  end();
});

test("the inspector looks at the target first, asks the doctor, and counts", async () => {
  const { state, end } = await openInspector();
  assert.equal(state().column, "kind");
  assert.deepEqual(
    state().findings.map(({ kind, column, count }) => [kind, column, count]),
    [["missing", "width", 1]],
  );
  assert.deepEqual([state().report.rowsIn, state().report.rowsOut], [6, 6]);
  assert.deepEqual(
    state().classes.byClass.map(({ name }) => name),
    ["a", "b"],
  );
  end();
});

test("a table is described once for the settings that it is opened with, and the doctor is asked after the first picture", async () => {
  const said = [];
  const playground = createPlayground({
    spawn: () => {
      const worker = inlineWorker();
      const { postMessage, runner } = worker;
      worker.postMessage = (message) => (said.push(message.ask ?? message.type), postMessage(message));
      const push = runner.events.push;
      runner.events.push = (...events) => (
        said.push(...events.map(({ type, step }) => (type === "frame" ? `frame ${step}` : type))),
        push(...events)
      );
      return worker;
    },
    core: Promise.resolve(null),
    nextFrame: (callback) => setImmediate(callback),
    randomSeed: () => 42,
    hash: "",
    rememberHash: () => {},
    loadTables: () => import("../../www/session/tableRun.js"),
  });
  await settle(60);
  const end = new TableInspector(playground).open();
  const order = async (act) => {
    said.length = 0;
    await act();
    await settle(80);
    // The picture may be sent again.
    return said.filter(
      (one, i) =>
        ["describe", "open", "frame 0", "doctor"].includes(one) && !(one === "frame 0" && said.indexOf(one) < i),
    );
  };
  assert.deepEqual(await order(() => playground.openTable(new Blob([FLOWERS]), "flowers.csv")), [
    "open",
    "frame 0",
    "doctor",
  ]);
  assert.deepEqual(await order(() => playground.set("target", "length")), ["describe", "open", "frame 0", "doctor"]);
  assert.deepEqual(await order(() => playground.set("learningRate", 0.5)), []);
  assert.deepEqual(await order(() => playground.openTable(new Blob([FLOWERS]), "again.csv")), [
    "open",
    "frame 0",
    "doctor",
  ]);
  // Settings that the table refuses: the run before goes on, and the doctor is not kept waiting for another.
  assert.deepEqual(await order(() => playground.set("target", "gone")), ["describe"]);
  assert.deepEqual(
    await order(() => playground.setAll({ target: "width", clean: [{ fix: "impute", column: "width", by: "mean" }] })),
    ["describe", "open", "frame 0", "doctor"],
  );
  end();
});

test("a fix is a setting: done, seen by the doctor, undone", async () => {
  const { inspector, state, settings } = await openInspector();
  const [{ remedies }] = state().findings;
  inspector.apply(remedies[1].fix);
  await settle(100);
  assert.deepEqual(settings().clean, [{ fix: "impute", column: "width", by: "median" }]);
  assert.deepEqual(state().findings, []);
  inspector.edit(0, "length", "5.2");
  inspector.edit(0, "length", "5.3");
  inspector.edit(1, "length", "<b>4</b>");
  await settle(100);
  assert.deepEqual(settings().clean.slice(1), [
    { fix: "set", row: 0, column: "length", to: "5.3" },
    { fix: "set", row: 1, column: "length", to: "<b>4</b>" },
  ]);
  assert.equal(editsOf(settings().clean).get(cellKey(0, "length")), "5.3");
  inspector.undo();
  inspector.undo();
  await settle(100);
  assert.equal(settings().clean.length, 1);
  inspector.undoAll();
  await settle(100);
  assert.equal(state().findings.length, 1);
});

test("of columns chosen one after the other the last one is shown, whichever is counted first", async () => {
  const { inspector, end, playground, state } = await openInspector();
  const counted = /** @type {Record<string, (value: any) => void>} */ ({});
  playground.tables.histogram = /** @type {any} */ ((/** @type {any} */ _, /** @type {string} */ column) => new Promise((resolve) => (counted[column] = resolve))); // prettier-ignore
  const both = [inspector.choose("length"), inspector.choose("width")];
  counted.length({ of: "length" });
  await both[0];
  assert.deepEqual([state().column, state().histogram], ["width", null]);
  counted.width({ of: "width" });
  await both[1];
  assert.deepEqual(/** @type {any} */ (state().histogram), { of: "width" });
  end();
});

test("kinds and target: what is as found needs no saying, and what belonged to the old target goes", async () => {
  const { inspector, settings, playground, state } = await openInspector();
  inspector.setKind("length", "category");
  await settle(80);
  assert.deepEqual(settings().kinds, { length: "category" });
  inspector.setKind("length", "number");
  await settle(80);
  assert.deepEqual(settings().kinds, {});
  playground.set("axes", ["width", "length"]);
  inspector.setTarget("length");
  await settle(100);
  assert.deepEqual([settings().target, settings().axes, settings().foundTask], ["length", null, "regression"]);
  await inspector.choose("width");
  assert.deepEqual([state().column, state().histogram.byClass.length], ["width", 1]);
  inspector.show(3, "kind");
  await settle(20);
  assert.deepEqual([state().row, state().column], [3, "kind"]);
  await inspector.correlate();
  assert.deepEqual(state().correlations.names, ["length", "width"]);
});

test("gaps and marks", () => {
  for (const text of ["", " NA ", "n/a", "NaN", "?", "-"]) assert.ok(isMissing(text), text);
  for (const text of ["0", "none at all", "−1", "=1+1"]) assert.ok(!isMissing(text), text);
  assert.deepEqual(
    ["number", "date", "category"].map((kind) => isMissing("Unknown", kind)),
    [true, true, false],
  );
  const marks = marksOf([
    { kind: "outliers", column: "a", rows: [2] },
    { kind: "duplicates", column: null, rows: [5] },
    { kind: "missing", column: "a", rows: [1] },
  ]);
  assert.deepEqual(
    [...marks],
    [
      ["2 a", "outliers"],
      ["5", "duplicates"],
    ],
  );
});

test("a table of a million rows scrolls to its very end, and each row can be reached", () => {
  const parts = { row: 32, column: 120, head: 76, index: 60 };
  const layout = layoutOf({ width: 700, height: 430 }, { rows: 1_000_000, columns: 20 }, parts);
  assert.deepEqual([layout.rows, layout.columns], [11, 5]);
  assert.ok(layout.extent.height < 16_000_000, "browsers draw nothing beyond");
  assert.deepEqual(firstOf(layout, { left: 1e9, top: 1e9 }), { row: 999_989, column: 15 });
  for (const row of [0, 17, 500_001, 999_999]) {
    const to = scrollFor(layout, { row: 300, column: 0 }, { row, column: 19 });
    const first = firstOf(layout, to);
    assert.ok(first.row <= row && row < first.row + layout.rows, `${row}`);
    assert.equal(first.column, 15);
  }
  const small = layoutOf({ width: 300, height: 430 }, { rows: 3, columns: 2 }, parts);
  assert.deepEqual([small.rows, small.hidden, small.extent], [3, { rows: 0, columns: 0 }, { width: 300, height: 430 }]);
});

test("cells are fetched in blocks of rows and columns, once, and far ones are forgotten", async () => {
  const asked = [];
  let arrived = 0;
  const block = (from, count, first, columns) =>
    Array.from({ length: count }, (_, i) => Array.from({ length: columns }, (_, j) => `${from + i}/${first + j}`));
  const cache = new CellCache(
    async (...place) => (asked.push(place), block(...place)),
    () => (arrived += 1),
  );
  assert.deepEqual([cache.text(5, 1), cache.text(6, 31), cache.text(99, 0)], [null, null, null]);
  await settle();
  assert.deepEqual(
    [cache.text(5, 1), cache.text(99, COLUMNS - 1), asked, arrived],
    ["5/1", "99/31", [[0, ROWS, 0, COLUMNS]], 1],
  );
  assert.deepEqual([cache.text(ROWS, 0), cache.text(0, COLUMNS)], [null, null]);
  await settle();
  assert.deepEqual(
    [cache.text(ROWS, 0), cache.text(0, COLUMNS), asked.slice(1)],
    [
      "100/0",
      "0/32",
      [
        [ROWS, ROWS, 0, COLUMNS],
        [0, ROWS, COLUMNS, COLUMNS],
      ],
    ],
  );
  for (let column = 0; column < 30; column++) cache.text(0, 3200 + column * COLUMNS);
  await settle();
  cache.text(7, 0);
  await settle();
  assert.equal(asked.filter(([from, , first]) => from === 0 && first === 0).length, 2);
  cache.text(2000, 0);
  cache.clear();
  await settle();
  assert.equal(cache.text(2000, 0), null, "answers of another table's are dropped");
});

const description = {
  columns: ["sex", "mass", "day", "height"],
  columnKinds: ["category", "number", "date", "number"],
  categories: [["f", "m"], null, null, null],
  domain: [
    [0, 1],
    [0, 100],
    [0, 10],
    [1, 2],
  ],
  outputs: 1,
};

test("axes: the first two numbers, or the two that are named", () => {
  assert.deepEqual(axesOf(description, null), [1, 3]);
  assert.deepEqual(axesOf(description, ["day", "sex"]), [2, 0]);
  for (const wrong of [["day", "day"], ["day", "gone"], ["day"]]) assert.deepEqual(axesOf(description, wrong), [1, 3]);
  assert.deepEqual(axesOf({ columns: ["x"] }, null), [0]);
  assert.deepEqual(axesOf({ columns: ["x", "y"] }, null), [0, 1]);
});

test("the middle of the training rows: medians, and the commonest category", () => {
  const inputs = new Float32Array([1, 10, 1, 1.5, 1, 30, 2, NaN, 0, 20, 3, 1.7, 0, 99, 9, 9]);
  assert.deepEqual(typicalRow(description, { inputs, part: new Uint8Array([0, 0, 0, 2]) }), [1, 20, 2, 1.7]);
  const pairs = onAxes(description, inputs, [0, 1]);
  assert.ok(Math.abs(pairs[0] - 1) <= 0.25 && pairs[1] === 10 && pairs[0] !== pairs[2]);
  assert.deepEqual(
    [placed(description, 0, 0.7), placed(description, 1, 33.333), placed(description, 3, 1.2345)],
    [1, 33.3, 1.234],
  );
  const outputs = new Float32Array(100 * 100 + 1 + 4);
  assert.equal(answersOf(description, outputs).known.length, 4);
});

test("values in their own units", () => {
  assert.deepEqual([0, 1234567, 0.012345, -3.14159, 4500, 1e12, NaN, null].map(formatValue), [
    "0",
    "1,234,567",
    "0.01235",
    "−3.142",
    "4,500",
    "1.00e12",
    "–",
    "–",
  ]);
  assert.deepEqual([0.0001, 0.000099, -0.0001].map(formatValue), ["0.0001", "9.90e−5", "−0.0001"]);
  assert.deepEqual(
    [formatDay(0), dayOf("1970-01-11"), formatDay(dayOf("2026-11-24"))],
    ["1970-01-01", 10, "2026-11-24"],
  );
  assert.equal(formatRaw(description, 0, 1), "m");
  const written = (/** @type {string} */ unit, kind = "number") => writerOf({ kind, unit })(-1234);
  assert.deepEqual(
    [written("$"), written("%"), written("kg"), written("kr"), written(""), written("kg", "date")],
    ["−$1,234", "−1,234%", "−1,234\u00a0kg", "−1,234\u00a0kr", "−1,234", formatDay(-1234)],
  );
});

test("many rows are subsampled for the picture, many inputs for the network", () => {
  const rows = 10_000;
  const points = {
    inputs: Float32Array.from({ length: rows * 2 }, (_, i) => i),
    targets: Float32Array.from({ length: rows }, (_, i) => i),
    part: new Uint8Array(rows).fill(2, 8000),
  };
  const kept = subsample(points);
  assert.equal(kept.targets.length, 2000);
  for (let i = 0; i < 2000; i += 777)
    assert.deepEqual([kept.inputs[2 * i], kept.inputs[2 * i + 1]], [2 * kept.targets[i], 2 * kept.targets[i] + 1]);
  assert.equal(subsample(kept), kept);
  assert.deepEqual(shownOf(3), [0, 1, 2]);
  assert.equal(new Set(shownOf(137)).size, 36);
  assert.ok(shownOf(137).every((index) => index < 137));
});
