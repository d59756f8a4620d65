// Data-parallel training as the library has it: several trainers hold one run, each computes some shards of a batch, and all
// take the same step. The bits are those of one trainer alone, in the package of the first load too.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { hashNumbers } from "./fnv.js";

const packages = {};
for (const name of ["pkg", "pkg-full"]) {
  packages[name] = await import(`../../www/${name}/trainyard.js`);
  packages[name].initSync({ module: fs.readFileSync(new URL(`../../www/${name}/trainyard_bg.wasm`, import.meta.url)) });
}

const WIDTH = 24;
const ROWS = 600;
const STEPS = 3;
const spec = {
  seed: 4,
  data: { source: "rows", scale: "none", split: { train: 1, validation: 0, test: 0 } },
  model: {
    layers: [
      { type: "dense", units: 700, activation: "relu" },
      { type: "dense", units: 700, activation: "tanh" },
    ],
  },
  training: { batchSize: 500, optimizer: { type: "adam", learningRate: 0.001 }, stop: { maxEpochs: null } },
};
const rows = {
  inputs: Float32Array.from({ length: ROWS * WIDTH }, (_, i) => Math.sin(i * i)),
  targets: Float32Array.from({ length: ROWS }, (_, i) => i % 3),
  shape: [WIDTH],
  classes: 3,
};
const create = (name) => packages[name].Trainer.create(spec, rows);
const bitsOf = async (trainer) => hashNumbers(await trainer.parameters());

async function alone(name) {
  const trainer = await create(name);
  trainer.advance(STEPS, 0);
  const bits = await bitsOf(trainer);
  trainer.free();
  return bits;
}

test("both packages cut a batch alike", async () => {
  assert.equal(await alone("pkg"), await alone("pkg-full"));
});

for (const workers of [1, 2, 3, 7])
  test(`${workers} trainers together make the bits of one`, async () => {
    const trainers = await Promise.all(Array.from({ length: workers }, () => create("pkg-full")));
    assert.equal(trainers[0].shards(), 4);
    for (let step = 1; step <= STEPS; step++) {
      const shards = trainers[0].shards();
      const from = (worker) => Math.floor((worker * shards) / workers);
      const sums = trainers.flatMap((trainer, worker) => trainer.sumShards(from(worker), from(worker + 1)));
      for (const trainer of trainers) assert.equal(trainer.advanceSummed(sums).step, step);
    }
    const expected = await alone("pkg-full");
    for (const trainer of trainers) {
      assert.equal(await bitsOf(trainer), expected);
      trainer.free();
    }
  });

test("sums that aren't any, and those of another model, are computed instead", async () => {
  const trainer = await create("pkg-full");
  const [sum] = trainer.sumShards(0, 4);
  const wrong = [
    null,
    7,
    {},
    { ...sum, gradient: [1] },
    { ...sum, gradient: new Float32Array(3) },
    { ...sum, first: "0" },
  ];
  for (let step = 1; step <= STEPS; step++) trainer.advanceSummed(wrong);
  assert.equal(await bitsOf(trainer), await alone("pkg-full"));
  trainer.free();
});
