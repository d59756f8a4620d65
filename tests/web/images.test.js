// Sets of pictures: their files, the model they begin with, what a network makes of a picture, and pictures that are drawn.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fs from "node:fs";
import test from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { IMAGE_SETS, imageSetOf } from "../../www/data/imageSets.js";
import { PictureIntake, readPictures } from "../../www/features/images/worker/pictures.js";
import { asText, readPictureFile, unpacked, writePictureFile } from "../../www/base/pictureFile.js";
import { IMAGE_STRIPS, STRIP_SIDE } from "../../www/data/imageStrips.js";
import * as strips from "../data/strips.mjs";
import { columnsOf } from "../../www/features/images/maps.js";
import { shapeWords, stepsOf } from "../../www/session/shapes.js";
import { pixelsOf } from "../../www/features/images/strokes.js";
import { Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import { settingOf } from "../../www/settings/config.js";
import { checkLayers, layersOf, readLayers } from "../../www/settings/layers.js";
import { parse, write } from "../../www/settings/parse.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";

const root = new URL("../../", import.meta.url);
initSync({ module: fs.readFileSync(new URL("www/pkg-full/trainyard_bg.wasm", root)) });
const fileOf = (/** @type {string} */ name) => fs.readFileSync(new URL(`www/data/${name}.images`, root));
const create = (/** @type {any} any: as the core takes both */ spec, /** @type {any} */ rows) =>
  Trainer.create(spec, rows);
const open = (/** @type {string} */ name) =>
  /** @type {any} any: it is one of ours */ (readPictures(name, gunzipSync(fileOf(name))));

/** All pictures of a set, each with its class. */
function firstOf(/** @type {any} any: one of ours */ pictures, /** @type {number} */ rows) {
  const { pixels, labels } = pictures.pictures([...Array(rows).keys()]);
  const size = pixels.length / rows;
  return Array.from(labels, (label, i) => ({ label, pixels: pixels.subarray(i * size, (i + 1) * size) }));
}

test("the strips on the cards are as large as their pixels say", () => {
  assert.equal(STRIP_SIDE, strips.STRIP_SIDE);
  for (const { name } of IMAGE_SETS) assert.equal(IMAGE_STRIPS[name].length, strips.STRIP * STRIP_SIDE ** 2);
});

test("there is an entry for each file", () => {
  const files = fs.readdirSync(new URL("www/data/", root)).filter((file) => file.endsWith(".images"));
  assert.deepEqual(files.sort(), IMAGE_SETS.map(({ name }) => `${name}.images`).sort());
  assert.equal(imageSetOf("iris"), null);
});

for (const set of IMAGE_SETS) {
  test(`${set.name}: the file is what its entry says`, () => {
    const bytes = fileOf(set.name);
    assert.equal(createHash("sha256").update(bytes).digest("hex"), set.sha256);
    assert.equal(bytes.length, set.bytes);
    const pictures = open(set.name);
    assert.equal(pictures.count, set.rows);
    const { pixels, labels } = pictures.pictures([0, set.rows - 1]);
    assert.equal(pixels.length, 2 * set.side ** 2);
    assert.equal(labels.length, 2);
    const { columns, target } = pictures.describe();
    const counts = columns.find(({ name }) => name === target).categories.map(({ count }) => count);
    assert.deepEqual(
      columns.find(({ name }) => name === target).categories.map(({ name }) => name),
      set.classes,
    );
    assert.equal(target, set.target);
    assert.equal(new Set(set.classes).size, 10);
    assert.equal(IMAGE_STRIPS[set.name], strips.stripOf(firstOf(pictures, set.rows), set.side));
    assert.ok(Math.abs(Math.max(...counts) / set.rows - set.score.without) < 0.001);
    const recommended = defaultsFor(set.name);
    for (const [key, value] of Object.entries(recommended).filter(([name]) => Object.hasOwn(set.recommended, name)))
      assert.deepEqual(parse(settingOf(key), write(settingOf(key), value)), { value, problem: null }, key);
  });
}

for (const { name, score } of IMAGE_SETS)
  test(`${name}: the recommended network reaches ${score.value} of the test rows within 15 seconds of CPU time`, async () => {
    const trainer = await open(name).trainer(specFrom({ ...defaultsFor(name), engine: "cpu" }), create);
    const before = process.cpuUsage();
    trainer.advance(1e6, 0);
    const { user, system } = process.cpuUsage(before);
    const { accuracy } = await trainer.evaluate("test");
    assert.ok(accuracy >= score.value, `it reaches ${accuracy}`);
    assert.ok((user + system) / 1e6 <= 15, `it took ${(user + system) / 1e6} s`);
  });

test("a run on pictures is asked about them by their numbers, and by -1 about a drawing", async () => {
  const pictures = open("digits");
  const trainer = await pictures.trainer(specFrom({ ...defaultsFor("digits"), engine: "cpu" }), create);
  const { columns, image, target, classNames, spec } = trainer.describe();
  assert.deepEqual(
    [columns.length, image, target, classNames[7]],
    [1, { height: 8, width: 8, isOfSounds: false }, "digit", "7"],
  );
  assert.equal(spec.data.source, "digits");
  const { inputs, targets, part } = trainer.points();
  assert.deepEqual([inputs.length, targets.length, part.length], [1797, 1797, 1797]);
  const [three, blank] = [await trainer.classify(Float64Array.of(3)), await trainer.classify(Float64Array.of(-1))];
  assert.notDeepEqual(three.outputs, blank.outputs);
  pictures.draw(pictures.pictures([3]).pixels);
  assert.deepEqual((await trainer.classify(Float64Array.of(-1))).outputs, three.outputs);
});

test("what is no such file, or not all of it, is a sentence", async () => {
  const whole = gunzipSync(fileOf("digits"));
  assert.ok(readPictures("digits", whole));
  const wrong = {
    magic: whole.with(0, 65),
    version: whole.with(4, 2),
    height: whole.with(5, 9),
    label: whole.with(12, 10),
  };
  for (const [what, bytes] of Object.entries({ ...wrong, cut: whole.subarray(0, -1), empty: whole.subarray(0, 0) }))
    assert.equal(readPictures("digits", bytes), null, what);
  for (const bytes of [fileOf("digits").subarray(0, 20_000), new TextEncoder().encode("<html>")]) {
    const intake = new PictureIntake("digits", "Small digits");
    intake.take(bytes);
    await assert.rejects(
      intake.finish(),
      (/** @type {any} */ error) => error.code === "table" && /^Small digits /.test(error.message),
    );
  }
  const intake = new PictureIntake("digits", "Small digits");
  for (const at of [0, 20_000]) intake.take(fileOf("digits").subarray(at, at + (at ? 1e6 : 20_000)));
  assert.equal((await intake.finish()).table.count, 1797);
});

test("pictures of one's own are a file that says what its classes are called, also as text", async () => {
  const names = ["Fuß", "„Hand“"];
  const is = {
    height: 2,
    width: 3,
    names,
    labels: Uint8Array.of(1, 0),
    pixels: Uint8Array.from([...Array(12).keys()]),
  };
  const bytes = writePictureFile(is);
  assert.deepEqual(readPictureFile(bytes), { ...is, classes: 2 });
  const text = new TextEncoder().encode(await asText(bytes));
  assert.deepEqual(await unpacked(text), bytes);
  assert.deepEqual(await unpacked(new Uint8Array(gzipSync(bytes))), bytes);
  assert.deepEqual(await unpacked(text.subarray(0, -9)), new Uint8Array());
  for (const wrong of [
    bytes.subarray(0, -1),
    bytes.subarray(0, 14),
    bytes.with(12, 200),
    bytes.with(16, 0),
    bytes.with(7, 3),
  ])
    assert.equal(readPictureFile(wrong), null);

  const intake = new PictureIntake("table", "Mine");
  intake.take(text);
  const { table } = await intake.finish();
  const { columns, target } = table.describe();
  assert.equal(target, "class");
  assert.deepEqual(
    columns[1].categories.map(({ name, count }) => [name, count]),
    names.map((name) => [name, 1]),
  );
  // What is kept of a set is the set.
  const again = new PictureIntake("table", "Mine");
  again.take(new TextEncoder().encode(await table.text()));
  assert.deepEqual((await again.finish()).table.pictures([0, 1]), table.pictures([0, 1]));
});

const layers = (/** @type {string} */ text) => {
  const read = readLayers(text);
  return checkLayers(layersOf({ ...defaultsFor("digits"), layers: read }));
};

test("shapes, parameters and multiplications are those of the core", async () => {
  const pictures = open("digits");
  for (const text of [
    "conv2d:8:3,maxPool2d:2,flatten,16",
    "conv2d:4:5:1:same,avgPool2d:3:2,conv2d:5:2:2,12",
    "conv2d:3:3:2:same,batchNorm,residual(conv2d:3:3:1:same),flatten,dropout:0.2,layerNorm,7",
    "conv2d:2:8,flatten",
    "none",
    "9",
  ]) {
    const own = layers(text);
    const spec = specFrom({ ...defaultsFor("digits"), engine: "cpu" });
    const trainer = await pictures.trainer({ ...spec, model: { layers: own } }, create);
    const description = trainer.describe();
    const { steps, problem } = stepsOf([...own, { type: "dense", units: 10 }], [1, 8, 8]);
    assert.equal(problem, null, text);
    assert.equal(
      steps.reduce((sum, { parameters }) => sum + parameters, 0),
      description.parameterCount,
      text,
    );
    const units = await trainer.activations(Float64Array.of(0));
    const columns = columnsOf(description, own, units, await trainer.parameters());
    assert.deepEqual(
      columns?.slice(1).map(({ maps }) => maps.values.length),
      description.layers.map(({ outputs }) => outputs),
      text,
    );
  }
});

test("pooled maps are the largest or the mean of their windows", () => {
  const description = /** @type {any} */ ({
    image: { height: 2, width: 4 },
    outputs: 1,
    layers: [{ outputs: 1 }],
  });
  const units = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 9, 0);
  const pooled = (/** @type {string} */ type) =>
    columnsOf(description, [{ type, size: 2 }], units, new Float32Array())?.[0].pooled[0];
  assert.deepEqual(pooled("maxPool2d"), { shape: [1, 1, 2], values: Float32Array.of(6, 9) });
  assert.deepEqual(pooled("avgPool2d"), { shape: [1, 1, 2], values: Float32Array.of(3.5, 5.75) });
});

test("of what pooling makes of numbers that aren't here, none is shown", async () => {
  const pictures = open("digits");
  const pooled = async (/** @type {string} */ text) => {
    const own = layers(text);
    const spec = specFrom({ ...defaultsFor("digits"), engine: "cpu" });
    const trainer = await pictures.trainer({ ...spec, model: { layers: own } }, create);
    const units = await trainer.activations(Float64Array.of(0));
    return columnsOf(trainer.describe(), own, units, await trainer.parameters())?.map((column) => column.pooled.length);
  };
  assert.deepEqual(await pooled("conv2d:3:3,maxPool2d:2,flatten"), [0, 1, 0]);
  assert.deepEqual(await pooled("conv2d:3:3,batchNorm,maxPool2d:2,flatten"), [0, 0, 0]);
  assert.deepEqual(
    await pooled("conv2d:3:3,residual(conv2d:3:3:1:same),maxPool2d:2,conv2d:2:2,avgPool2d:2"),
    [0, 0, 0, 1, 0],
  );
});

test("a layer that can't be is refused where the core refuses it, with the reason and what may be", async () => {
  const pictures = open("digits");
  const cases = [
    ["conv2d:2:8", null],
    ["conv2d:2:9", /kernel of 9×9 .* 8×8\. Use 8×8 at most/],
    ["conv2d:2:9:1:same", null],
    ["maxPool2d:8", null],
    ["maxPool2d:9", /window of 9×9 .* 8×8\. Use 8×8 at most/],
    ["conv2d:2:3,maxPool2d:2,conv2d:2:4", /^Layer 3: .*kernel of 4×4 .* 3×3/],
    ["flatten,conv2d:2:3", /^Layer 2: .*needs an image/],
    ["residual(conv2d:2:3)", /turns 8×8×1 into 6×6×2/],
  ];
  for (const [text, why] of /** @type {[string, RegExp | null][]} */ (cases)) {
    const own = layers(text);
    const { problem } = stepsOf(own, [1, 8, 8]);
    const spec = specFrom({ ...defaultsFor("digits"), engine: "cpu" });
    const opened = pictures.trainer({ ...spec, model: { layers: own } }, create);
    if (why) {
      assert.match(String(problem), why, text);
      await assert.rejects(opened, text);
    } else {
      assert.equal(problem, null, text);
      await opened;
    }
  }
  assert.equal(shapeWords([8, 24, 20]), "20×24×8");
});

const massOf = (/** @type {Uint8Array} */ pixels, /** @type {number} */ side) => {
  const sum = pixels.reduce((all, ink) => all + ink, 0);
  const along = (/** @type {(at: number) => number} */ place) =>
    pixels.reduce((all, ink, at) => all + ink * (place(at) + 0.5), 0) / sum;
  return [along((at) => at % side), along((at) => Math.floor(at / side))];
};
const boxOf = (/** @type {Uint8Array} */ pixels, /** @type {number} */ side) => {
  const inked = [...pixels.keys()].filter((at) => pixels[at] > 0);
  const spread = (/** @type {number[]} */ places) => Math.max(...places) - Math.min(...places) + 1;
  return [spread(inked.map((at) => at % side)), spread(inked.map((at) => Math.floor(at / side)))];
};

test("a drawing is fitted into 20×20 pixels about its center of mass, or left as it was drawn", () => {
  /** @type {[number, number][][]} */
  const small = [
    [
      [0.05, 0.05],
      [0.2, 0.05],
      [0.1, 0.3],
    ],
  ];
  const large = small.map((stroke) => stroke.map(([x, y]) => /** @type {[number, number]} */ ([3 * x, 3 * y])));
  const [centered, drawn] = [pixelsOf(small, 28, true), pixelsOf(small, 28, false)];
  for (const middle of massOf(centered, 28)) assert.ok(Math.abs(middle - 14) <= 0.5, `${middle}`);
  assert.ok(massOf(drawn, 28).every((middle) => middle < 8));
  assert.ok(Math.abs(Math.max(...boxOf(centered, 28)) - 20) <= 1, `${boxOf(centered, 28)}`);
  assert.deepEqual(pixelsOf(large, 28, true), centered);
  assert.ok(pixelsOf([], 28, true).every((ink) => ink === 0));
  assert.equal(pixelsOf([[[0.5, 0.5]]], 8, true).filter((ink) => ink > 0).length > 0, true);
});

/** Sevens of several hands. @type {[number, number][][][]} */
const SEVENS = [
  [
    [
      [0.25, 0.2],
      [0.75, 0.2],
      [0.42, 0.85],
    ],
  ],
  [
    [
      [0.1, 0.1],
      [0.35, 0.1],
      [0.2, 0.45],
    ],
  ],
  [
    [
      [0.5, 0.55],
      [0.9, 0.52],
      [0.88, 0.6],
      [0.65, 0.97],
    ],
  ],
  [
    [
      [0.2, 0.25],
      [0.7, 0.2],
    ],
    [
      [0.7, 0.2],
      [0.55, 0.5],
      [0.45, 0.9],
    ],
  ],
];

test("a drawn 7 is read as 7 wherever it is drawn", async () => {
  const pictures = open("mnist");
  const trainer = await pictures.trainer(specFrom({ ...defaultsFor("mnist"), engine: "cpu", epochs: 4 }), create);
  trainer.advance(1e6, 0);
  for (const strokes of SEVENS) {
    pictures.draw(pixelsOf(strokes, 28, true));
    assert.equal((await trainer.classify(Float64Array.of(-1))).classes[0], 7, JSON.stringify(strokes));
  }
});
