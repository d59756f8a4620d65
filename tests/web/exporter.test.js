// The door for exports: the same run in a package of its own, described to the last number.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { Exporter, TableReader, initSync } from "../../www/pkg-export/trainyard.js";
import { TableReader as FullReader, Trainer, initSync as initFull } from "../../www/pkg-full/trainyard.js";

const root = new URL("../../", import.meta.url);
initSync({ module: fs.readFileSync(new URL("www/pkg-export/trainyard_bg.wasm", root)) });
initFull({ module: fs.readFileSync(new URL("www/pkg-full/trainyard_bg.wasm", root)) });

const CSV = `size,color,note,price\n${Array.from({ length: 80 }, (_, i) => {
  const color = ["red", "Red", "blue", "green", "rare", ""][i % 6];
  return `${i % 9 === 4 ? "" : i / 4},${color},${i % 3 ? "a" : "b"},${(i * 7) % 40} €`;
}).join("\n")}\n`;

const read = (Reader) => {
  const reader = new Reader({});
  reader.push(new TextEncoder().encode(CSV));
  return reader.finish();
};

const SPEC = {
  data: {
    source: "table",
    target: "price",
    clean: [
      { fix: "impute", column: "size", by: "median" },
      { fix: "impute", column: "color", by: "mode" },
      { fix: "merge", column: "color", from: ["Red"], to: "red" },
      { fix: "group", column: "color", most: 2, to: "other" },
    ],
    features: ["size", "color", { formula: "-(size + 1) ^ 2 / 3" }],
    split: { train: 0.6, validation: 0.2 },
  },
  model: {
    layers: [
      { type: "dense", units: 5, activation: "gelu" },
      { type: "batchNorm" },
      { type: "residual", layers: [{ type: "dense", units: 5 }] },
    ],
  },
  training: { optimizer: { type: "adam", learningRate: 0.01 }, stop: { maxEpochs: 5 } },
};

async function trained(spec, rows) {
  const trainer = await Trainer.create(spec, rows);
  trainer.advance(1e6, 0);
  return { trainer, checkpoint: await trainer.checkpoint() };
}

test("an exporter stands where the run stands: the same parameters, state, rows and predictions", async () => {
  const { trainer, checkpoint } = await trained(SPEC, read(FullReader));
  const exporter = Exporter.open(SPEC, read(TableReader), checkpoint);
  const about = exporter.describe();
  assert.deepEqual([about.epoch, about.step], [5, trainer.progress().step]);
  assert.deepEqual(exporter.parameters(), await trainer.parameters());
  assert.equal(exporter.optimizerState().length, 2 * exporter.parameters().length);
  assert.ok(exporter.optimizerState().some((x) => x !== 0));
  const [rows, points] = [exporter.rows(), trainer.points()];
  assert.deepEqual(rows.inputs, points.inputs);
  assert.deepEqual(rows.tableRows, points.tableRows);
  assert.deepEqual(rows.part, points.part);
  assert.deepEqual(exporter.predict(rows.inputs), await trainer.predict(rows.inputs));
  const again = await Trainer.create(SPEC, read(FullReader));
  await again.restore(exporter.checkpoint());
  assert.deepEqual(await again.parameters(), exporter.parameters());
});

test("columns, features, layers and the optimizer's slots are described, with what cleaning did to names", async () => {
  const { checkpoint } = await trained(SPEC, read(FullReader));
  const exporter = Exporter.open(SPEC, read(TableReader), checkpoint);
  const { columns, features, target, layers, optimizer, split, loss, outputs } = exporter.describe();
  const [size, color] = columns;
  assert.equal(size.kind, "number");
  const { columns: cells } = exporter.rows();
  const own = [...split.train]
    .map((row) => cells[0][row])
    .filter((x) => !Number.isNaN(x))
    .toSorted((a, b) => a - b);
  assert.equal(size.fill, (own[(own.length - 1) >> 1] + own[own.length >> 1]) / 2, "the median of training rows");
  assert.deepEqual(color.categories.toSorted(), ["blue", "other", "red"]);
  assert.deepEqual(color.aliases, { Red: "red", green: "other", rare: "other" });
  assert.ok(color.categories.includes(color.fill));
  assert.deepEqual(
    features.map(({ type, category }) => category ?? type),
    ["column", "blue", "other", "red", "formula"],
  );
  const tree = ["/", ["negate", ["^", ["+", ["column", 0], ["number", 1]], ["number", 2]]], ["number", 3]];
  assert.deepEqual(features.at(-1).formula, tree);
  assert.deepEqual([target.name, target.task, target.unit, target.classes], ["price", "regression", "€", null]);
  assert.deepEqual([loss, outputs], ["mse", 1]);
  assert.deepEqual(
    layers.map(({ name, type, from, to }) => [name, type, from, to]),
    [
      ["layers.0", "dense", [5], [5]],
      ["layers.1", "batchNorm", [5], [5]],
      ["layers.2", "residual", [5], [5]],
      ["layers.3", "dense", [5], [1]],
    ],
  );
  assert.deepEqual(layers[2].layers[0].parameters[0], {
    name: "layers.2.layers.0.weight",
    shape: [5, 5],
    from: 40,
    to: 65,
  });
  assert.deepEqual(
    layers[1].buffers.map(({ name, values }) => [name, values.length, values.every(Number.isFinite)]),
    [
      ["layers.1.running_mean", 5, true],
      ["layers.1.running_var", 5, true],
    ],
  );
  const count = exporter.parameters().length;
  assert.equal(layers.at(-1).parameters.at(-1).to, count);
  assert.deepEqual(optimizer.slots.at(-1), {
    name: "exp_avg_sq",
    of: "layers.3.bias",
    shape: [1],
    from: 2 * count - 1,
    to: 2 * count,
  });
  assert.equal(split.train.length + split.validation.length + split.test.length, exporter.rows().count);
});

test("images have a shape and a scale a channel, made data no table", () => {
  const inputs = Float64Array.from({ length: 6 * 32 }, (_, i) => (i * 37) % 11);
  const rows = { inputs, targets: Float64Array.of(0, 1, 2, 0, 1, 2), shape: [2, 4, 4], classes: 3 };
  const layers = [
    { type: "conv2d", filters: 3, kernel: 2, padding: "same", activation: "relu" },
    { type: "maxPool2d" },
  ];
  const {
    image,
    columns,
    layers: described,
    loss,
    target,
  } = Exporter.open({ data: { source: "rows", split: { train: 1 } }, model: { layers } }, rows).describe();
  assert.deepEqual([image.shape, image.offset.length, columns], [[2, 4, 4], 2, []]);
  assert.deepEqual(
    described.map(({ to }) => to),
    [[3, 4, 4], [3, 2, 2], [3]],
  );
  assert.deepEqual([loss, target.classes], ["cross-entropy", ["0", "1", "2"]]);
  const toy = Exporter.open({ data: { source: "circle", features: ["x2", "xy", "siny"] } });
  assert.deepEqual(
    toy.describe().features.map(({ type }) => type),
    ["square", "product", "sine"],
  );
  assert.equal(toy.rows().tableRows, null);
  assert.deepEqual(toy.rows().labels.slice(0, 1), [String(toy.rows().targets[0])]);
});

test("what doesn't fit is refused with a sentence", () => {
  assert.throws(() => Exporter.open({ data: { source: "nowhere" } }), /nowhere/);
  assert.throws(() => Exporter.open(SPEC), /needs its table/);
  assert.throws(() => Exporter.open({}, null, new Uint8Array(20)), /not a Trainyard checkpoint/);
  const other = Exporter.open({ seed: 8 });
  assert.throws(() => Exporter.open({ seed: 7 }, null, other.checkpoint()), /seed/);
  assert.throws(() => other.predict(new Float64Array(3)), /no whole number of rows of 2 columns/);
});

test("of rows that are plain numbers the caller names target and classes", () => {
  const rows = { inputs: Float64Array.of(1, 2, 3, 4), targets: Float64Array.of(0, 1, 0, 1), shape: [1], classes: 2 };
  const exporter = Exporter.open({ data: { source: "rows", split: { train: 1 } } }, rows);
  exporter.nameTarget("kind", ["shirt", "shoe"]);
  assert.deepEqual([exporter.describe().target.name, exporter.rows().labels[1]], ["kind", "shoe"]);
  const text = new TextDecoder("latin1").decode(exporter.onnx());
  assert.ok(["shirt", "shoe", "Predicts kind from"].every((words) => text.includes(words)));
  assert.throws(() => exporter.nameTarget("kind", ["one"]), /holds 1 numbers, expected 2/);
});

test("a safetensors file fits its net alone: each tensor that doesn't is named", () => {
  const net = (units) => Exporter.open({ model: { layers: [{ type: "dense", units }] } });
  const [own, other] = [net(3), net(4)];
  const good = own.safetensors();
  const { problems, parameters, checkpoint, metadata } = own.readSafetensors(good);
  assert.deepEqual(problems, []);
  assert.deepEqual(parameters, own.parameters());
  assert.deepEqual(JSON.parse(metadata.spec), own.describe().spec);
  assert.ok(checkpoint.length > 100);
  const wrong = own.readSafetensors(other.safetensors());
  assert.deepEqual([wrong.parameters, wrong.checkpoint], [null, null]);
  assert.deepEqual(
    wrong.problems.map(({ code, name, found, expected }) => [code, name, found, expected]),
    [
      ["shape", "layers.0.weight", "[4, 2]", "[3, 2]"],
      ["shape", "layers.0.bias", "[4]", "[3]"],
      ["shape", "layers.1.weight", "[1, 4]", "[1, 3]"],
    ],
  );
  for (const [bytes, words] of [
    [new Uint8Array(3), /no safetensors file: it has fewer than 8 bytes/],
    [new TextEncoder().encode("\u0089PNG\r\n\u001a\n…"), /no safetensors file/],
    [good.slice(0, -1), /cut short/],
    [good.slice(0, 40), /cut short/],
    [Uint8Array.of(...good, 0), /damaged/],
  ])
    assert.throws(() => own.readSafetensors(bytes), words);
});
