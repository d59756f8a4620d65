import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { FIELD_SIZE } from "../../www/base/grid.js";
import { rangeOfPlane, rowsOnPlane } from "../../www/session/plane.js";
import { scatterOf, shareWords } from "../../www/session/scatter.js";
import { pictureOf } from "../../www/settings/tableSettings.js";
import { TableReader, Trainer, initSync } from "../../www/pkg-full/trainyard.js";

initSync({ module: fs.readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

function tableOf(/** @type {string} */ name) {
  const reader = new TableReader();
  reader.push(fs.readFileSync(new URL(`../../www/data/${name}.csv`, import.meta.url)));
  return reader.finish();
}

test("two columns come with the target, evenly subsampled, gaps left out", () => {
  const table = tableOf("penguins");
  const all = table.scatter({ source: "penguins", target: "species" }, "bill length (mm)", "sex", 2000);
  assert.deepEqual([all.kinds, all.names[1], all.classes.length], [["number", "category"], ["female", "male"], 3]);
  assert.ok(all.rows < 344 && all.x.length === all.rows, "rows without a bill or a sex are no dots");
  const few = table.scatter({ source: "penguins", target: "species" }, "bill length (mm)", "sex", 50);
  assert.deepEqual([few.x.length, few.rows], [50, all.rows]);
  assert.throws(() => table.scatter({ source: "penguins" }, "bill", "sex", 9), { code: "data" });
  const shown = scatterOf(all, null, true);
  assert.equal(shown.drawn, all.rows);
  assert.deepEqual([...shown.inputs.filter((_, i) => i % 2 === 0)], [...all.x], "numbers stand where they are");
  const places = shown.inputs.filter((_, i) => i % 2);
  assert.ok(
    places.every((place) => Math.abs(place - Math.round(place)) <= 0.25),
    "names are spread about their place",
  );
});

test("components: the table's are the run's, points of the plane are asked as they are, test rows stay under lock", async () => {
  const table = tableOf("iris");
  const data = { source: "iris" };
  const trainer = await Trainer.create({ data, seed: 3 }, table);
  const found = trainer.components();
  const other = table.components(data, 3);
  assert.deepEqual([found.shares, found.names, [...found.axes[0]]], [other.shares, other.names, [...other.axes[0]]]);
  assert.match(shareWords(found, 0), /^7\d\.\d% of the variance; mostly \+ petal/);
  const open = scatterOf(null, found, false);
  const locked = scatterOf(null, found, true);
  assert.deepEqual([open.drawn, locked.drawn, locked.hidden], [150, 120, true]);
  // The mean of all places is where the mean row is; asked there, the plane says what the net says of it.
  const view = rangeOfPlane(found);
  const rows = rowsOnPlane(found, view);
  assert.equal(rows.length, FIELD_SIZE * FIELD_SIZE * 4);
  const { outputs: said, classes } = await trainer.classifyEncoded(rows);
  assert.deepEqual([said.length, classes.length], [FIELD_SIZE * FIELD_SIZE * 3, FIELD_SIZE * FIELD_SIZE]);
  const step = (view[0][1] - view[0][0]) / FIELD_SIZE;
  const place = (/** @type {number} */ cell) =>
    Array.from(
      found.mean,
      (mean, i) =>
        mean +
        (view[0][0] + (cell + 0.5) * step) * found.axes[0][i] +
        (view[1][1] - (view[1][1] - view[1][0]) / 2 / FIELD_SIZE) * found.axes[1][i],
    );
  const { outputs: top } = await trainer.classifyEncoded(Float32Array.from([...place(0), ...place(99)]));
  assert.deepEqual(
    [...said.slice(0, 3), ...said.slice(297, 300)].map((x) => x.toFixed(4)),
    [...top].map((x) => x.toFixed(4)),
  );
});

test("a formula is tried out: its range, or the core's own sentence", () => {
  const table = tableOf("penguins");
  const data = { source: "penguins", target: "species" };
  const tried = (/** @type {string} */ text) => table.tryFormula(data, text);
  const { problem, low, high } = tried('"bill length (mm)" / "bill depth (mm)"');
  assert.ok(problem === null && low > 1 && high < 5, `${low} ${high}`);
  assert.match(tried("size + 1").problem, /"size" is not a column; there are/);
  assert.match(tried('2 * "bill length (mm)" +').problem, /ends too early/);
  assert.match(tried("sex + 1").problem, /holds names/);
  assert.match(tried('ln("bill length (mm)" - 40)').problem, /is not a finite number in row \d+/);
});

test("a reader says early that a table is too large", () => {
  const reader = new TableReader();
  const wide = `${Array.from({ length: 9000 }, (_, i) => `c${i}`).join(",")}\n`;
  const rows = `${"1,".repeat(8999)}1\n`.repeat(50);
  reader.push(new TextEncoder().encode(wide));
  let pushed = 0;
  assert.throws(
    () => {
      for (; pushed < 100; pushed++) reader.push(new TextEncoder().encode(rows));
    },
    { code: "data", message: /larger than 25000000 cells/ },
  );
  assert.equal(pushed, 55);
});

test("the picture is what there can be one of", () => {
  assert.equal(pictureOf({ source: "circle", picture: "components" }), "field");
  assert.equal(pictureOf({ source: "iris", picture: "truth", task: "auto", foundTask: "classification" }), "field");
  assert.equal(pictureOf({ source: "iris", picture: "components" }), "components");
  assert.equal(pictureOf({ source: "diabetes", picture: "truth", task: "auto", foundTask: "regression" }), "truth");
});
