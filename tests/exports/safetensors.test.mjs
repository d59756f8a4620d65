// Weights as safetensors: Python's reader takes ours into a strict load_state_dict, and ours takes what PyTorch saves.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { Exporter, initSync } from "../../www/pkg-export/trainyard.js";
import { Trainer, initSync as initFull } from "../../www/pkg-full/trainyard.js";
import { ask, scratch } from "./python.js";

const packageOf = (name) => fs.readFileSync(new URL(`../../www/${name}/trainyard_bg.wasm`, import.meta.url));
initSync({ module: packageOf("pkg-export") });
initFull({ module: packageOf("pkg-full") });

const SPEC = {
  data: { source: "circle" },
  model: { layers: [{ type: "dense", units: 4, activation: "linear" }, { type: "batchNorm" }] },
  training: { optimizer: { type: "adam" }, stop: { maxEpochs: 3 } },
};
const folder = scratch(after);
const bytesOf = (name) => new Uint8Array(fs.readFileSync(path.join(folder, `${name}.safetensors`)));
let exporter;
let found;

before(async () => {
  const trainer = await Trainer.create(SPEC);
  trainer.advance(1e6, 0);
  exporter = Exporter.open(SPEC, null, await trainer.checkpoint());
  fs.writeFileSync(path.join(folder, "weights.safetensors"), exporter.safetensors());
  fs.writeFileSync(path.join(folder, "optimizer.safetensors"), exporter.optimizerSafetensors());
  found = ask("safetensors_check.py", folder);
});

test("Python reads the weights, number by number, with what the file says of itself", () => {
  const { metadata, tensors } = found.weights;
  const { layers, step, epoch, trainyard, target } = exporter.describe();
  const parameters = exporter.parameters();
  let count = 0;
  for (const { parameters: own, buffers } of layers) {
    for (const { name, shape, from, to } of own) {
      assert.deepEqual(tensors[name], { dtype: "torch.float32", shape, values: [...parameters.slice(from, to)] });
      count++;
    }
    for (const { name, shape, values } of buffers) {
      assert.deepEqual(tensors[name], { dtype: "torch.float32", shape, values });
      count++;
    }
  }
  assert.deepEqual(tensors["layers.1.num_batches_tracked"], { dtype: "torch.int64", shape: [], values: [step] });
  assert.equal(Object.keys(tensors).length, count + 1);
  assert.deepEqual([metadata.format, metadata.trainyard, metadata.epoch], ["pt", trainyard, String(epoch)]);
  assert.deepEqual(JSON.parse(metadata.classes), target.classes);
  assert.equal(JSON.parse(metadata.spec).data.source, "circle");
});

test("the optimizer's state comes by PyTorch's names", () => {
  const { tensors } = found.optimizer;
  const [{ optimizer, step }, state] = [exporter.describe(), exporter.optimizerState()];
  for (const { name, of, shape, from, to } of optimizer.slots)
    assert.deepEqual(tensors[`${name}.${of}`], { dtype: "torch.float32", shape, values: [...state.slice(from, to)] });
  assert.deepEqual(tensors.step.values, [step]);
});

test("what PyTorch saves loads: other types, all weights changed, and as a model of many machines names them", () => {
  const own = exporter.parameters();
  const digits = { f64: 0, f16: 2 ** -11, bf16: 2 ** -8 };
  for (const [name, within] of Object.entries(digits)) {
    const { problems, parameters } = exporter.readSafetensors(bytesOf(name));
    assert.deepEqual(problems, []);
    parameters.forEach((x, i) =>
      assert.ok(Math.abs(x - own[i]) <= within * Math.abs(own[i]) + 1e-7 * within, `${name}: ${x}, not ${own[i]}`),
    );
  }
  for (const name of ["torch", "parallel"]) {
    const { problems, parameters, running, checkpoint } = exporter.readSafetensors(bytesOf(name));
    assert.deepEqual(problems, []);
    parameters.forEach((x, i) => assert.ok(Math.abs(x - own[i] - 1) < 1e-6));
    assert.equal(running.length, 8);
    assert.deepEqual(Exporter.open(SPEC, null, checkpoint).parameters(), parameters);
  }
  assert.deepEqual(exporter.readSafetensors(bytesOf("weights")).parameters, own);
});
