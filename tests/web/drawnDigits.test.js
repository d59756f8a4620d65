// 100 digits as people draw them on the pad, in varied sizes, places, slants and thickness (tests/data/drawDigits.mjs drew
// them): the first model of MNIST reads them, centered. With the default seed it reads 100 of 100; of the same drawings as
// they are, without centering, 44.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { gunzipSync } from "node:zlib";
import { pixelsOf } from "../../www/features/images/strokes.js";
import { readPictures } from "../../www/features/images/worker/pictures.js";
import { Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";

const root = new URL("../../", import.meta.url);
const bytesOf = (/** @type {string} */ file) => fs.readFileSync(new URL(file, root));
initSync({ module: bytesOf("www/pkg-full/trainyard_bg.wasm") });

/** @type {{digit: number, strokes: import("../../www/features/images/strokes.js").Stroke[]}[]} */
const DRAWN = JSON.parse(bytesOf("tests/data/drawnDigits.json").toString());

test("there are ten of each digit, none like another, in all corners, small and large", () => {
  for (let digit = 0; digit < 10; digit++) assert.equal(DRAWN.filter((one) => one.digit === digit).length, 10);
  assert.equal(new Set(DRAWN.map(({ strokes }) => JSON.stringify(strokes))).size, 100);
  const boxes = DRAWN.map(({ strokes }) => {
    const [xs, ys] = [0, 1].map((axis) => strokes.flat().map((point) => point[axis]));
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    return { x: (left + right) / 2, y: (top + bottom) / 2, size: Math.max(right - left, bottom - top) };
  });
  assert.ok(boxes.some(({ size }) => size < 0.35) && boxes.some(({ size }) => size > 0.75));
  for (const isRight of [true, false])
    for (const isLow of [true, false])
      assert.ok(boxes.filter(({ x, y }) => x > 0.5 === isRight && y > 0.5 === isLow).length >= 10);
});

test("the first model of MNIST reads at least 95 of 100 drawn digits with centering, and far fewer without", async () => {
  const pictures = readPictures("mnist", gunzipSync(bytesOf("www/data/mnist.images")));
  assert.ok(pictures);
  const create = (/** @type {any} any: as the core takes both */ spec, /** @type {any} */ rows) =>
    Trainer.create(spec, rows);
  const trainer = await pictures.trainer(
    specFrom({ ...defaultsFor("mnist"), engine: "cpu" }),
    /** @type {any} */ (create),
  );
  trainer.advance(1e6, 0);
  const read = async (/** @type {boolean} */ isCentered) => {
    let right = 0;
    for (const { digit, strokes } of DRAWN) {
      pictures.draw(pixelsOf(strokes, 28, isCentered));
      const { classes } = await trainer.classify(Float64Array.of(-1));
      if (classes?.[0] === digit) right += 1;
    }
    return right;
  };
  const [centered, asDrawn] = [await read(true), await read(false)];
  assert.ok(centered >= 95, `${centered} of 100 with centering`);
  assert.ok(asDrawn < centered - 20, `${asDrawn} of 100 without`);
});
