// Ten thousand pictures take as much memory in the eleventh epoch as in the first, and a run that ends gives its memory back.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import v8 from "node:v8";
import vm from "node:vm";
import { gunzipSync } from "node:zlib";
import { readPictures } from "../../www/features/images/worker/pictures.js";
import { Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import { readLayers } from "../../www/settings/layers.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";

const root = new URL("../../", import.meta.url);
const { memory } = initSync({ module: fs.readFileSync(new URL("www/pkg-full/trainyard_bg.wasm", root)) });
const file = gunzipSync(fs.readFileSync(new URL("www/data/mnist.images", root)));
const create = (spec, rows) => Trainer.create(spec, rows);

v8.setFlagsFromString("--expose-gc");
const collect = vm.runInNewContext("gc");

const MB = 2 ** 20;
const layers = readLayers("conv2d:4:5:2:valid:relu,maxPool2d,flatten");
const specOf = (clean = []) =>
  specFrom({ ...defaultsFor("mnist"), engine: "cpu", epochs: 11, batchSize: 64, layers, clean });

/** What the page asks for with a frame, and once more for its views. */
async function lookedAt(trainer, pictures) {
  const tiles = Float64Array.from({ length: 24 }, (_, i) => i);
  await Promise.all([trainer.evaluate("train"), trainer.parameters(), trainer.classify(tiles)]);
  await trainer.activations(Float64Array.of(7));
  pictures.draw(pictures.pictures([7]).pixels);
  await trainer.classify(Float64Array.of(-1));
}

const sizes = async () => {
  // What is finalized late is finalized, and what that held is collected too.
  for (let i = 0; i < 6; i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collect();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { core: memory.buffer.byteLength, page: heapUsed + arrayBuffers };
};

test("over ten epochs the core's memory stays what it was, and the rest grows by less than a megabyte", async () => {
  const pictures = readPictures("mnist", file);
  const trainer = await pictures.trainer(specOf(), create);
  const perEpoch = trainer.describe().stepsPerEpoch;
  let first;
  for (let epoch = 1; epoch <= 11; epoch++) {
    assert.equal(trainer.advance(perEpoch, 0).epoch, epoch);
    await lookedAt(trainer, pictures);
    if (epoch === 1) first = await sizes();
  }
  const last = await sizes();
  assert.equal(last.core, first.core);
  const grown = last.page - first.page;
  assert.ok(grown < MB, `${(grown / MB).toFixed(2)} MB more after ten epochs`);
  trainer.free();
});

test("runs one after the other, with other changes each, take no more than the first two", async () => {
  const pictures = readPictures("mnist", file);
  let second;
  for (let run = 0; run < 5; run++) {
    const trainer = await pictures.trainer(specOf([{ fix: "drop-rows", rows: [run, run + 20] }]), create);
    trainer.advance(2, 0);
    await lookedAt(trainer, pictures);
    trainer.free();
    if (run === 1) second = await sizes();
  }
  const last = await sizes();
  assert.ok(last.core <= second.core, `${last.core} bytes, ${second.core} before`);
  assert.ok(last.page - second.page < MB, `${((last.page - second.page) / MB).toFixed(2)} MB more`);
});
