// Varied training images: what is offered is what the core takes, what is said is what is done, and only training images are varied.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { gunzipSync } from "node:zlib";
import { IMAGE_SETS } from "../../www/data/imageSets.js";
import { readPictures } from "../../www/features/images/worker/pictures.js";
import { variantsOf } from "../../www/features/images/worker/variants.js";
import { Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import { AUGMENTS, augmentWords, usual, withStrength } from "../../www/session/augmentation.js";
import { readLayers } from "../../www/settings/layers.js";
import { settingsOf } from "../../www/settings/fromSpec.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { readHash, writeHash } from "../../www/settings/url.js";

const root = new URL("../../", import.meta.url);
const read = (file) => fs.readFileSync(new URL(file, root));
initSync({ module: read("www/pkg-full/trainyard_bg.wasm") });
const open = () => readPictures("digits", gunzipSync(read("www/data/digits.images")));
const create = (spec, rows) => Trainer.create(spec, rows);
const settingsWith = (augment, fields = {}) => ({
  ...defaultsFor("digits"),
  engine: "cpu",
  epochs: 2,
  augment,
  ...fields,
});
const specOf = (augment, fields) => specFrom(settingsWith(augment, fields));
const ALL = { shift: 0.1, rotate: 10, scale: 0.1, noise: 0.05 };

test("each kind is one that the core has, and what is offered is within its range", () => {
  const { properties } = JSON.parse(read("www/schema.json")).$defs.spec.properties.data.properties.augment;
  assert.deepEqual(AUGMENTS.map(({ key }) => key).sort(), Object.keys(properties).sort());
  for (const { key, most, usual: value, step } of AUGMENTS) {
    assert.ok(most <= properties[key].maximum && value <= most && properties[key].minimum === 0, key);
    assert.ok(Math.abs(value / step - Math.round(value / step)) < 1e-9, `${key}: a slider can stand there`);
  }
});

test("what is varied is said, and a strength of 0 is left out", () => {
  assert.deepEqual([null, undefined, {}].map(augmentWords), ["", "", ""]);
  assert.equal(
    augmentWords(ALL),
    "shifted by up to 10% of the side, rotated by up to 10°, enlarged or reduced by up to 10%, with noise of standard deviation 5% of the range",
  );
  assert.equal(augmentWords({ rotate: 7.5 }), "rotated by up to 7.5°");
  assert.deepEqual(withStrength({ noise: 0.1, shift: 0.2 }, "rotate", 15), { shift: 0.2, rotate: 15, noise: 0.1 });
  assert.equal(withStrength({ shift: 0.2 }, "shift", 0), null);
  assert.deepEqual(usual(), { shift: 0.1, rotate: 10, scale: 0.1 });
});

test("it travels in links and documents, and where nothing is varied neither says anything", () => {
  for (const nothing of [undefined, null]) assert.equal(specOf(nothing).data.augment, null);
  assert.deepEqual(withStrength(undefined, "noise", 0.1), { noise: 0.1 });
  assert.ok(!writeHash(settingsWith(null)).includes("augment"));
  assert.equal(settingsOf(specOf(null)).augment, null);
  assert.deepEqual(specOf(ALL).data.augment, ALL);
  assert.deepEqual(settingsOf(specOf(ALL)).augment, ALL);
  assert.deepEqual(readHash(writeHash(settingsWith(ALL))).settings.augment, ALL);
  assert.equal(readHash("#source=digits&augment=much").ignored.length, 1);
  assert.equal(readHash('#source=circle&augment={"shift":0.1}').ignored.length, 1, "points are no images");
});

test("training images are varied by the core, as the preview shows them; no other image is", async () => {
  const pictures = open();
  const trainer = await pictures.trainer(specOf(ALL), create);
  assert.deepEqual(trainer.describe().spec.data.augment, ALL);
  const { inputs, part } = trainer.points();
  const run = () => ({ description: trainer.describe(), trainer });
  const row = inputs[part.indexOf(0)];
  const { pixels } = await variantsOf({ run }, { row, first: 0, count: 3 });
  assert.equal(pixels.length, 3 * 64);
  const own = Float64Array.from(pictures.pictures([row]).pixels, (ink) => ink / 255);
  const images = [own, ...[0, 1, 2].map((i) => pixels.slice(64 * i, 64 * (i + 1)))].map(String);
  assert.equal(new Set(images).size, 4, "each epoch shows another image");
  assert.ok(pixels.every((ink) => ink >= 0 && ink <= 1));
  // What the next step takes, in the core's own words.
  const look = await trainer.look();
  const { pixels: shown } = await variantsOf({ run }, { row: inputs[look.rows[1]], first: 0, count: 1 });
  const taken = Float64Array.from({ length: 64 }, (_, at) => look.inputs[at * look.rows.length + 1]);
  assert.deepEqual(taken, shown);
  for (const other of [1, 2].filter((one) => part.includes(one)))
    await assert.rejects(
      variantsOf({ run }, { row: inputs[part.indexOf(other)], first: 0, count: 1 }),
      /is no training row: only those are varied/,
    );
  await assert.rejects(variantsOf({ run: () => null }, { row, first: 0, count: 1 }), /no network of images yet/);
  const plain = await pictures.trainer(specOf({}), create);
  assert.deepEqual(await trainer.evaluate("test"), await plain.evaluate("test"));
  for (const one of [trainer, plain]) one.advance(1e6, 0);
  assert.notDeepEqual(await trainer.parameters(), await plain.parameters());
  const same = Array.from((await variantsOf({ run: () => ({ description: plain.describe(), trainer: plain }) }, { row, first: 0, count: 1 })).pixels, Math.fround); // prettier-ignore
  assert.deepEqual(same, Array.from(own, Math.fround), "without strength it is the image itself");
});

test("the GPU refuses it with the reason, strengths out of range and sounds with what to do", async () => {
  const pictures = open();
  const isNoGpu = ({ code, message }) => code === "no-gpu" && message === "data augmentation runs on the CPU only";
  await assert.rejects(pictures.trainer(specOf(ALL, { engine: "gpu" }), create), isNoGpu);
  const isRefused = ({ where, message }) =>
    where === "data.augment.shift" && message === "data.augment.shift: 0.9 is outside 0…0.5";
  await assert.rejects(pictures.trainer(specOf({ shift: 0.9 }), create), isRefused);
  for (const [other, why] of [
    [[], /\[\] is not an object/],
    [3, /3 is not an object/],
  ])
    await assert.rejects(pictures.trainer(specOf(other), create), why);
  pictures.isOfSounds = true;
  const isNoSound = ({ where, message }) => where === "data.augment" && message.includes("choose a set of images");
  await assert.rejects(pictures.trainer(specOf(ALL), create), isNoSound);
});

for (const { name, recommended, better } of IMAGE_SETS.filter((set) => set.better))
  for (const seed of process.env.TRAINYARD_ALL ? better.seeds : better.seeds.slice(0, 1))
    test(`${name}: the more accurate model reaches ${better.value} of the test rows, seed ${seed}`, async () => {
      const layers = readLayers(better.settings.layers);
      const settings = { ...defaultsFor(name), ...better.settings, layers, engine: "cpu", seed };
      const pictures = readPictures(name, gunzipSync(read(`www/data/${name}.images`)));
      const trainer = await pictures.trainer(specFrom(settings), create);
      trainer.advance(1e6, 0);
      const { accuracy, rows } = await trainer.evaluate("test");
      assert.equal(rows, 2000);
      assert.ok(accuracy >= better.value, `it reaches ${accuracy}`);
      assert.notEqual(better.settings.layers, recommended.layers);
    });
