// The package as the page's worker has it, without the guard that libraries get: what would end it is a sentence.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Trainer, initSync } from "../../www/pkg/trainyard.plain.js";

initSync({ module: readFileSync(new URL("../../www/pkg/trainyard_bg.wasm", import.meta.url)) });

const spec = { data: { samples: 20 }, training: { stop: { maxEpochs: null } } };

async function goesOn() {
  const trainer = await Trainer.create(spec);
  assert.equal(trainer.advance(10, 0).step, 10);
  trainer.free();
}

/** @param {number} levels */
function residual(levels) {
  let layers = /** @type {any[]} */ ([{ type: "dense", units: 2 }]);
  for (let i = 0; i < levels; i++) layers = [{ type: "residual", layers }];
  return { model: { layers: [{ type: "dense", units: 2 }, ...layers] } };
}

test("documents that refer back to themselves or nest deeply", async () => {
  const own = /** @type {any} */ ({});
  own.model = own;
  await assert.rejects(Trainer.create(own), {
    code: "spec",
    message: /^spec: nests lists and objects deeper than 64 levels/,
  });
  for (const levels of [40, 5000, 100_000]) {
    await assert.rejects(Trainer.create(residual(levels)), { code: "spec", message: /deeper than 64 levels/ });
  }
  await assert.rejects(Trainer.create(residual(9)), {
    code: "spec",
    message: /residual layers nest 9 deep, outside 0…8$/,
  });
  (await Trainer.create(residual(8))).free();
  let twice = /** @type {any} */ ([]);
  for (let i = 0; i < 40; i++) twice = [twice, twice];
  await assert.rejects(Trainer.create({ data: twice }), { code: "spec", message: /more than 262144 lists/ });
  await goesOn();
});

test("objects, lists and fields are counted before they are read, and so is what is long", async () => {
  const take = (/** @type {any} */ read) => Trainer.create({ data: { read } });
  // As far as the package without tables reads them: to the field that is for others.
  const taken = { code: "spec", message: /^data\.read: takes the package with tables/ };
  const refused = (/** @type {string} */ what) => ({ code: "spec", message: `spec: ${what}` });
  const fields = (/** @type {number} */ count) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, 0]));
  // The document, data and its field are four, the list itself one more.
  const parts = 2 ** 18 - 5;
  const [many, pairs] = [refused("holds more than 262144 lists, objects and fields"), { a: 0 }];
  for (const part of [{}, []]) {
    await assert.rejects(take(Array(parts).fill(part)), taken);
    await assert.rejects(take(Array(parts + 1).fill(part)), many);
  }
  await assert.rejects(take(Array(Math.floor(parts / 2)).fill(pairs)), taken);
  await assert.rejects(take(Array(Math.floor(parts / 2) + 1).fill(pairs)), many);
  await assert.rejects(take(fields(2 ** 14)), taken);
  await assert.rejects(take(fields(2 ** 14 + 1)), refused("has an object of more than 16384 fields"));
  // The document itself, data, read: three.
  const values = 2 ** 21 - 3;
  await assert.rejects(take(Array(values).fill(0.5)), taken);
  await assert.rejects(take(Array(values + 1).fill(0.5)), refused("holds more than 2097152 values"));
  await goesOn();
});

test("features, activations and epochs beyond counting", async () => {
  const features = Array(2_000_000).fill("x");
  await assert.rejects(Trainer.create({ data: { features } }), {
    code: "spec",
    message: /2000000 features are outside 1…16384/,
  });
  const trainer = await Trainer.create({ ...spec, model: { layers: [{ type: "dense", units: 4096 }] } });
  const inputs = new Float32Array(2_000_000);
  await assert.rejects(trainer.activations(inputs), {
    code: "data",
    message: /^1000000 rows take 4099000000 numbers, outside 0…134217728/,
  });
  for (const epochs of [-1, 4_294_967_295, 1_000_001]) {
    assert.throws(() => trainer.learningRates(epochs), { code: "data", message: /epochs are outside 0…1000000$/ });
  }
  assert.equal(trainer.learningRates(3).length, 3);
  assert.equal(trainer.advance(10, 0).step, 10);
  trainer.free();
  await goesOn();
});
