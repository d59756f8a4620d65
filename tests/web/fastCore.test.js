// The fast core: the exact one's numbers but for their last digits, its JavaScript, and no other relaxed instruction.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import v8 from "node:v8";
import { choose, whyNot } from "../../www/features/training/fastCore.js";
import { hasRelaxedMadd } from "../../www/base/relaxed.js";
import { VERSION } from "../../www/session/protocol.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { form } from "../../www/worker/team.js";
import { Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import { Trainer as FastTrainer, initSync as initFast } from "../../www/pkg-fast/trainyard.js";
import { makeRows } from "./rows.js";
import { inlineRunner, settle } from "./support.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (name) => fs.readFileSync(path.join(root, name));
const hadIt = hasRelaxedMadd();
if (!hadIt) v8.setFlagsFromString("--experimental-wasm-relaxed-simd"); // as in Node 20
initSync({ module: read("www/pkg-full/trainyard_bg.wasm") });
initFast({ module: read("www/pkg-fast/trainyard_bg.wasm") });
const { cases } = JSON.parse(read("tests/golden/bits.json").toString());

test("a module of one instruction tells whether it is there", () => {
  assert.equal(hadIt, Number(process.versions.v8.split(".")[0]) > 11 || /^11\.([4-9]|1\d)\./.test(process.versions.v8));
  assert.equal(hasRelaxedMadd(), true);
});

/** The largest difference, as a share of the largest number; NaN where a number is none. */
function difference(these, those) {
  assert.equal(these.length, those.length);
  let [most, size] = [0, 0];
  for (let i = 0; i < these.length; i++) {
    most = Math.max(most, Math.abs(these[i] - those[i]));
    size = Math.max(size, Math.abs(those[i]));
  }
  return most / size;
}

const isClose = (these, those, tolerance) => difference(these, those) <= tolerance;

test("a difference that is no number fails", () => {
  for (const broken of [
    [1, NaN],
    [NaN, 2],
    [Infinity, 2],
  ])
    assert.equal(isClose(broken, [1, 2], 1e9), false);
  assert.equal(isClose([1, 2.001], [1, 2], 1e-3), true);
  assert.equal(isClose([1, 2.003], [1, 2], 1e-3), false);
});

/** Parameters and loss after so many steps. */
async function trained(One, { spec, rows }, steps) {
  const trainer = await One.create(spec, makeRows(rows));
  trainer.advance(steps, 0);
  const told = { parameters: await trainer.parameters(), loss: (await trainer.evaluate("train")).loss };
  trainer.free();
  return told;
}

for (const one of cases) {
  test(`the fast core trains ${one.name} as the exact one does, but for its last digits`, async () => {
    // A rounding grows with each step: few steps for the digits, all of them for the loss.
    for (const [steps, tolerance] of [
      [10, 1e-5],
      [one.steps, 2e-2],
    ]) {
      const [fast, exact] = [await trained(FastTrainer, one, steps), await trained(Trainer, one, steps)];
      assert.ok(
        isClose(fast.parameters, exact.parameters, tolerance),
        `${steps}: ${difference(fast.parameters, exact.parameters)}`,
      );
      assert.ok(isClose([fast.loss], [exact.loss], tolerance), `${steps}: ${fast.loss}, ${exact.loss}`);
    }
  });
}

test("wide layers, and rows that fill no tile, agree too; and a run that diverges says so", async () => {
  for (const [units, batchSize, samples] of [
    [[128, 64], 64, 500],
    [[70, 33], 37, 300],
    [[16], 3, 100],
  ]) {
    const spec = {
      seed: 5,
      data: { source: "spiral", samples },
      model: { layers: units.map((count) => ({ type: "dense", units: count, activation: "relu" })) },
      training: { batchSize, optimizer: { type: "adam", learningRate: 0.001 } },
    };
    const [fast, exact] = [await trained(FastTrainer, { spec }, 20), await trained(Trainer, { spec }, 20)];
    assert.ok(
      isClose(fast.parameters, exact.parameters, 1e-4),
      `${units}: ${difference(fast.parameters, exact.parameters)}`,
    );
    const wild = await FastTrainer.create({
      ...spec,
      model: { layers: [{ type: "dense", units: units[0], activation: "linear" }] },
      training: { ...spec.training, loss: "mse", optimizer: { type: "sgd", learningRate: 10 } },
    });
    assert.equal(wild.advance(3000, 0).status, "diverged");
    wild.free();
  }
});

test("what is no number stays none through every activation", async () => {
  for (const activation of ["linear", "relu", "elu", "selu", "gelu", "silu", "softplus", "sigmoid", "tanh", "sin"]) {
    const trainer = await FastTrainer.create({
      data: { source: "circle", scale: "none" },
      model: {
        layers: [
          { type: "dense", units: 2, activation: "linear" },
          { type: "dense", units: 4, activation },
        ],
      },
    });
    const parameters = await trainer.parameters();
    // Infinity and −Infinity, and their sum in each unit.
    parameters.set([3e38, 0, -3e38, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
    await trainer.setParameters(parameters);
    const [output] = await trainer.predict(new Float64Array([10, 10]));
    assert.ok(Number.isNaN(output), `${activation}: ${output}`);
    trainer.free();
  }
});

test("the JavaScript of the exact package runs it, since both have the same names", () => {
  for (const file of ["trainyard.js", "trainyard.plain.js", "trainyard.d.ts"])
    assert.ok(read(`www/pkg-fast/${file}`).equals(read(`www/pkg-full/${file}`)), file);
  const [fast, exact] = ["fast", "full"].map(
    (name) => new WebAssembly.Module(read(`www/pkg-${name}/trainyard_bg.wasm`)),
  );
  assert.deepEqual(WebAssembly.Module.imports(fast), WebAssembly.Module.imports(exact));
  assert.deepEqual(WebAssembly.Module.exports(fast), WebAssembly.Module.exports(exact));
});

test("of the relaxed instructions it has the multiply-add, and the minima that bound tanh and erf; the others have none", () => {
  const instructions = (name) => {
    const print = ["--all-features", path.join(root, `www/${name}/trainyard_bg.wasm`), "--print", "--output", "-"];
    const script = path.join(root, "www/node_modules/binaryen/bin/wasm-opt");
    const text = execFileSync(process.execPath, [script, ...print], { maxBuffer: 2 ** 30 }).toString("latin1");
    assert.ok(text.includes("f32x4.mul"), name);
    return [...new Set(text.match(/\b\w+\.relaxed_\w+/g))];
  };
  const known = ["f32x4.relaxed_madd", "f32x4.relaxed_max", "f32x4.relaxed_min"];
  const found = instructions("pkg-fast");
  assert.ok(found.includes(known[0]) && found.every((one) => known.includes(one)), found.join(", "));
  assert.deepEqual(instructions("pkg"), []);
});

const keeping = (values = new Map()) => ({
  values,
  getItem: (key) => values.get(key) ?? null,
  setItem: (key, value) => void values.set(key, value),
  removeItem: (key) => void values.delete(key),
});

test("it can be chosen where the browser has the instruction and keeps the choice; else it is said why not", () => {
  const at = (storage) => /** @type {any} */ ({ parts: { storage } });
  assert.equal(
    whyNot(at(keeping()), () => true),
    null,
  );
  assert.match(String(whyNot(at(keeping()), () => false)), /lacks the WebAssembly instruction/);
  assert.match(String(whyNot(at(null), () => true)), /keeps no settings/);
});

test("choosing it has another worker start the run anew; a storage that is full changes nothing", () => {
  const calls = [];
  const storage = keeping();
  const playground = /** @type {any} */ ({
    parts: { storage },
    pause: () => calls.push("pause"),
    reset: () => calls.push("reset"),
    client: {
      close: () => calls.push("close"),
      restart: () => calls.push(`restart ${storage.getItem("trainyard.core")}`),
    },
  });
  choose(playground, true);
  assert.deepEqual(calls.splice(0), ["pause", "close", "restart fast", "reset"]);
  choose(playground, false);
  assert.deepEqual(calls.splice(0), ["pause", "close", "restart null", "reset"]);
  storage.setItem = () => {
    throw new Error("full");
  };
  choose(playground, true);
  assert.deepEqual(calls, []);
});

/** What the worker says of a run. */
async function opened(options, changes = {}) {
  const runner = inlineRunner(options);
  runner.send({ type: "hello", version: VERSION, core: null });
  runner.send({ type: "open", run: 1, spec: specFrom({ ...defaultsFor("circle"), ...changes }) });
  await settle();
  return runner;
}

test("a worker that is to be fast takes its trainers from the fast core, and says that the run isn't exact", async () => {
  for (const engine of ["auto", "cpu"]) {
    const runner = await opened({ isFast: true, fastLoads: true }, { engine });
    const { isFast, engineReason } = runner.last("opened").description;
    assert.deepEqual([isFast, runner.trainers.length, runner.gpuTrainers.length], [true, 0, 1]);
    assert.match(engineReason, /^CPU \(fast multiply-add\)\. Not bit-exact/);
    assert.doesNotMatch(engineReason, /[Ii]dentical|same/);
  }
});

test("where the fast core, or all of the package, can't be had, the run is exact and says nothing else", async () => {
  for (const options of [{ isFast: true }, { isFast: true, loadFailure: "offline" }]) {
    const runner = await opened(options, { engine: "cpu" });
    const { isFast, engineReason } = runner.last("opened").description;
    assert.equal(isFast, false);
    assert.match(engineReason, /^CPU \(chosen\)\. Identical results/);
  }
});

test("no team is formed for it", async () => {
  let freed = 0;
  const trainer = { isFast: true, shards: () => 8, free: () => (freed += 1) };
  const spawn = () => assert.fail("a member was made");
  const shared = { trainer, spec: {}, rows: null, modules: {} };
  const parts = { shared, clock: performance, cores: 8, spawn };
  assert.equal(await form(/** @type {any} */ (parts)), null);
  assert.equal(freed, 1);
});
