// The wasm package as a library in Node: the pinned bits, the README's example, and how errors arrive.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { Trainer, initSync, preview } from "../../www/pkg/trainyard.js";
import { Trainer as FullTrainer, initSync as initFull } from "../../www/pkg-full/trainyard.js";
import { shortNames } from "../../www/shortNames.mjs";
import { hashNumbers } from "./fnv.js";
import { makeRows } from "./rows.js";

const root = new URL("../../", import.meta.url);
const { memory } = initSync({ module: fs.readFileSync(new URL("www/pkg/trainyard_bg.wasm", root)) });
initFull({ module: fs.readFileSync(new URL("www/pkg-full/trainyard_bg.wasm", root)) });
const pinned = JSON.parse(fs.readFileSync(new URL("tests/golden/bits.json", root), "utf8"));

const hasFullLayers = ({ model }) => /conv2d|Pool2d|Norm/.test(JSON.stringify(model?.layers ?? []));

for (const { name, spec, rows, steps, hash } of pinned.cases) {
  test(`the bits of ${name} are those of the native build`, async () => {
    for (const one of hasFullLayers(spec) ? [FullTrainer] : [Trainer, FullTrainer]) {
      const trainer = await one.create(spec, makeRows(rows));
      for (let step = 0; step < steps; step += 10) trainer.advance(10, 0);
      assert.equal(hashNumbers(await trainer.parameters()), hash);
      trainer.free();
    }
  });
}

test("the core says where image and norm layers are", async () => {
  for (const type of ["layerNorm", "batchNorm"]) {
    const expected = {
      code: "model",
      where: "model.layers[0]",
      message: /image and norm layers take the package with all layers/,
    };
    await assert.rejects(Trainer.create({ model: { layers: [{ type }] } }), expected);
  }
});

test("the package with the GPU engine: the same bits on the CPU, and a sentence where there is no GPU", async () => {
  const { spec, rows, steps, hash } = pinned.cases[0];
  const trainer = await FullTrainer.create({ ...spec, engine: "gpu" }, makeRows(rows));
  const { engine, reason, adapter } = trainer.engine();
  assert.deepEqual([engine, reason, adapter], ["cpu", "CPU: this browser offers no GPU to web pages", null]);
  while (trainer.progress().step < steps) trainer.advance(10, 0);
  const numbers = trainer.parameters();
  trainer.advance(10, 0);
  assert.equal(hashNumbers(await numbers), hash, "a read is of the moment when it was asked for");
  await trainer.idle();
  await trainer.sync();
  assert.equal(trainer.timings(), undefined);
  const bytes = await trainer.checkpoint();
  const plain = await Trainer.create(spec, makeRows(rows));
  await plain.restore(bytes);
  assert.deepEqual(await plain.parameters(), await trainer.parameters());
  assert.equal((await trainer.evaluate("train")).loss, (await plain.evaluate("train")).loss);
  await assert.rejects(trainer.predict(new Float32Array(1)), { code: "data" });
  await assert.rejects(FullTrainer.create({ engine: "tpu" }), { code: "spec", where: "engine" });
  trainer.free();
});

test("each package says that it is a module, so that Node loads it without a guess", () => {
  for (const folder of ["pkg", "pkg-full"]) {
    const { name, type, main, types, description } = JSON.parse(
      fs.readFileSync(new URL(`www/${folder}/package.json`, root), "utf8"),
    );
    assert.deepEqual([name, type, main, types], ["trainyard", "module", "trainyard.js", "trainyard.d.ts"]);
    assert.match(description, /neural network/i);
    const load = `import(${JSON.stringify(new URL(`www/${folder}/trainyard.js`, root).href)}).then(({ Trainer }) => console.log(typeof Trainer))`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--eval", load], { encoding: "utf8" });
    assert.deepEqual([stdout, stderr], ["function\n", ""]);
  }
});

test("what JavaScript and WebAssembly call one another is short, and nothing else is renamed", () => {
  for (const folder of ["pkg", "pkg-full", "pkg-workbook", "pkg-baselines", "pkg-audio", "pkg-export"]) {
    const module = new WebAssembly.Module(fs.readFileSync(new URL(`www/${folder}/trainyard_bg.wasm`, root)));
    const functions = [...WebAssembly.Module.imports(module), ...WebAssembly.Module.exports(module)];
    assert.ok(functions.length > 20);
    for (const { name, kind } of functions) assert.equal(/^\$[0-9a-z]{1,2}$/.test(name), kind === "function", name);
  }
  // (import "m" "long" (func)) (import "m" "long" (func)) (memory 1) (export "memory" (memory 0)) (export "act" (func 0))
  const long = [...new TextEncoder().encode("long")];
  const imported = [1, 109, 4, ...long, 0, 0];
  const exports = [2, 6, ...new TextEncoder().encode("memory"), 2, 0, 3, ...new TextEncoder().encode("act"), 0, 0];
  const bytes = Uint8Array.of(
    0,
    97,
    115,
    109,
    1,
    0,
    0,
    0,
    1,
    4,
    1,
    96,
    0,
    0,
    2,
    1 + 2 * imported.length,
    2,
    ...imported,
    ...imported,
    5,
    3,
    1,
    0,
    1,
    7,
    exports.length,
    ...exports,
  );
  const short = shortNames(bytes);
  assert.deepEqual([[...short.imports], [...short.exports]], [[["long", "$0"]], [["act", "$0"]]]);
  const made = new WebAssembly.Instance(new WebAssembly.Module(short.bytes), { m: { $0() {} } });
  assert.deepEqual(Object.keys(made.exports), ["memory", "$0"]);
});

test("ten single steps are one advance of ten", async () => {
  const [one, ten] = [await Trainer.create({}), await Trainer.create({})];
  for (let i = 0; i < 10; i++) one.advance(1, 0);
  ten.advance(10, 0);
  assert.deepEqual(await one.parameters(), await ten.parameters());
  assert.deepEqual(one.progress(), ten.progress());
});

test("the README's example runs and prints what it says", async () => {
  const readme = fs.readFileSync(new URL("README.md", root), "utf8");
  const [, code] = readme.match(/```js\n(\/\/ node[^\n]*\n[\s\S]*?)```/) ?? [];
  assert.ok(code, "README.md has no example that starts with a // node comment");
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "readme-"));
  const file = path.join(folder, "example.mjs");
  const at = (match, relative) => JSON.stringify(new URL(relative, root).href);
  fs.writeFileSync(file, code.replace(/"(\.\/www\/pkg\/[^"]+\.js)"/g, at));
  const lines = [];
  const log = console.log;
  console.log = (...words) => lines.push(words.join(" "));
  const back = process.cwd();
  process.chdir(root.pathname);
  try {
    await import(pathToFileURL(file).href);
  } finally {
    console.log = log;
    process.chdir(back);
    fs.rmSync(folder, { recursive: true });
  }
  const [, promised] = readme.match(/prints `([^`]+)`/) ?? [];
  assert.equal(lines.join("\n"), promised);
});

test("a wrong field arrives as an Error with code and where", async () => {
  const spec = { model: { layers: [{ type: "dense", units: 0 }] } };
  await assert.rejects(Trainer.create(spec), (error) => {
    assert.ok(error instanceof Error);
    assert.equal(error.code, "spec");
    assert.equal(error.where, "model.layers[0].units");
    assert.equal(error.message, "model.layers[0].units: 0 is outside 1…4096");
    return true;
  });
  for (const [value, word] of [
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "inf"],
  ]) {
    await assert.rejects(Trainer.create({ training: { optimizer: { type: "sgd", learningRate: value } } }), {
      where: "training.optimizer.learningRate",
      message: `training.optimizer.learningRate: "${word}" is outside 0…1000`,
    });
  }
  await assert.rejects(Trainer.create({ data: { source: "rows" } }), { code: "spec", where: "data.source" });
  const rows = { inputs: new Float32Array([1, Number.NaN]), targets: new Float32Array([1, 2]), shape: [1] };
  await assert.rejects(Trainer.create({ data: { source: "rows" } }, rows), { code: "data" });
  assert.throws(() => preview({ source: "rows" }, 1), { code: "spec" });
  const trainer = await Trainer.create({});
  await assert.rejects(trainer.predict(new Float32Array(3)), { code: "data" });
  await assert.rejects(trainer.setParameters(new Float32Array(3)), { code: "length" });
  await assert.rejects(trainer.evaluate("tset"), { code: "data" });
  await assert.rejects(trainer.restore(new Uint8Array(30)), { code: "checkpoint" });
});

test("own images and classes train, and a checkpoint carries on", async () => {
  // Two classes of 4×4 pictures: a bright upper or lower half.
  const inputs = new Float32Array(64 * 16).map((_, i) => (i % 16 < 8 === (i >> 4) % 2 < 1 ? 1 : 0) + (i % 7) / 10);
  const rows = { inputs, targets: new Float32Array(64).map((_, i) => i % 2), shape: [1, 4, 4], classes: 2 };
  const layers = [
    { type: "conv2d", filters: 3, kernel: 3, padding: "same", activation: "relu" },
    { type: "batchNorm" },
    { type: "maxPool2d", size: 2 },
    { type: "dropout", rate: 0.2 },
    { type: "flatten" },
  ];
  const spec = {
    data: { source: "rows" },
    model: { layers },
    training: { optimizer: { type: "adam", learningRate: 0.02 } },
  };
  const trainer = await FullTrainer.create(spec, rows);
  trainer.advance(60, 0);
  const bytes = await trainer.checkpoint();
  trainer.advance(60, 0);
  const other = await FullTrainer.create(spec, rows);
  await other.restore(bytes);
  other.advance(60, 0);
  assert.deepEqual(await other.parameters(), await trainer.parameters());
  assert.deepEqual(await other.predict(inputs), await trainer.predict(inputs));
  const { accuracy } = await trainer.evaluate("test");
  assert.ok(accuracy === 1, `accuracy ${accuracy}`);
});

test("rows and predictions far from 0 keep their digits, and targets far from 1 are named where nothing is learned", async () => {
  const seconds = Float64Array.from({ length: 100 }, (_, i) => 1.7e9 + i);
  const targets = seconds.map((_, i) => i / 50 - 1);
  const spec = {
    data: { source: "rows", split: { train: 1 } },
    model: { layers: [] },
    training: { stop: { maxEpochs: 100 } },
  };
  const trainer = await Trainer.create(spec, { inputs: seconds, targets, shape: [1] });
  trainer.advance(1e6, 0);
  assert.ok((await trainer.evaluate("train")).loss < 1e-6);
  assert.deepEqual(trainer.points().inputs, seconds);
  const [a, b] = await trainer.predict(seconds.subarray(40, 42));
  assert.ok(Math.abs(b - a - 0.02) <= 0.002, `${a} ${b}`);
  assert.equal(trainer.progress().reason, "the agreed number of epochs is done");
  await assert.rejects(trainer.predict(/** @type {any} */ ([1.7e9])), {
    code: "data",
    message: /neither a Float32Array nor a Float64Array/,
  });
  await assert.rejects(Trainer.create(spec, { inputs: [1], targets, shape: [1] }), {
    message: /rows\.inputs is neither/,
  });
  const unscaled = await Trainer.create(spec, {
    inputs: seconds,
    targets: targets.map((t) => 1e5 + 2e4 * t),
    shape: [1],
  });
  unscaled.advance(10, 0);
  assert.equal(unscaled.progress().reason, "");
  unscaled.setLearningRate(1e-9);
  unscaled.advance(1e6, 0);
  assert.match(
    unscaled.progress().reason,
    /^the agreed number of epochs is done\. The targets are far from unit scale \(mean 9\d+, standard deviation 1\d+\)/,
  );
  for (const one of [trainer, unscaled]) one.free();
});

test("memory stays flat while training", async () => {
  const trainer = await Trainer.create({ training: { stop: { maxEpochs: null } } });
  trainer.record(100);
  trainer.advance(5_000, 0);
  const bytes = memory.buffer.byteLength;
  for (let i = 0; i < 200; i++) {
    trainer.advance(500, 0);
    trainer.curve();
    await trainer.predict(new Float32Array(2_000));
  }
  assert.equal(memory.buffer.byteLength, bytes);
});
