// What the core gives is what its types say, and what the doubles give in its place is too: tsc judges the very values.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { Trainer as CoreTrainer, initSync as initCore, preview } from "../../www/pkg/trainyard.js";
import { TableReader, Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { compiled, literal, typesOf } from "./contract.js";
import { FakeGpuTrainer } from "./fakeGpuTrainer.js";
import { FakeTableReader, FakeTableTrainer } from "./fakeTable.js";
import { FakeTrainer, preview as fakePreview } from "./fakeTrainer.js";

const bytes = (/** @type {string} */ name) => fs.readFileSync(new URL(`../../www/${name}`, import.meta.url));
initCore({ module: bytes("pkg/trainyard_bg.wasm") });
initSync({ module: bytes("pkg-full/trainyard_bg.wasm") });

const images = {
  inputs: Float32Array.from({ length: 12 * 16 }, (_, i) => (i * 7) % 5),
  targets: Float32Array.from({ length: 12 }, (_, i) => i % 3),
  shape: [1, 4, 4],
  classes: 3,
};
const layers = [
  { type: "conv2d", filters: 2 },
  { type: "flatten" },
  { type: "residual", layers: [{ type: "dense", units: 8 }] },
];

/** A table read by a reader. */
function tableOf(/** @type {any} */ reader, /** @type {string} */ name) {
  reader.push(bytes(`data/${name}.csv`));
  return reader.finish();
}

/** What a trainer says, each with its type. @returns {Promise<[string, unknown][]>} */
async function saysOf(/** @type {any} */ trainer) {
  trainer.record(16);
  const before = trainer.describe();
  trainer.advance(30, 0);
  await trainer.idle();
  const { inputs } = trainer.points();
  const rows = inputs.slice(0, 2 * before.columns.length);
  return [
    ["core.Description", before],
    ["core.Description", trainer.describe()],
    ["core.Progress", trainer.progress()],
    ["core.EngineFacts", trainer.engine()],
    ["core.Points", trainer.points()],
    ["core.Curve", trainer.curve()],
    ["core.Metrics", await trainer.evaluate("train")],
    ["core.Metrics | undefined", await trainer.evaluate("test")],
    ["core.Metrics | undefined", await trainer.evaluate("validation")],
    ["core.Answers", await trainer.classify(rows)],
    ["Float64Array", await trainer.predict(rows)],
    ["Float32Array", await trainer.activations(rows)],
    ["Float32Array", await trainer.gradient("train")],
    ["Float32Array", await trainer.parameters()],
    ["Uint8Array", await trainer.checkpoint()],
    ["Uint8Array", trainer.moment()],
    ["Float32Array", trainer.learningRates(3)],
    ["number", trainer.learningRate()],
    ...(trainer.look ? [/** @type {[string, unknown]} */ (["core.Look", await trainer.look()])] : []),
    ...(trainer.curvature ? [/** @type {[string, unknown]} */ (["number", await trainer.curvature()])] : []),
    ...(trainer.timings?.() ? [/** @type {[string, unknown]} */ (["core.Timings", trainer.timings()])] : []),
  ];
}

/** What a table says. @returns {[string, unknown][]} */
function saysOfTable(/** @type {any} */ table, /** @type {string[]} */ [column, other]) {
  return [
    ["core.TableDescription", table.describe({})],
    ["core.Finding[]", table.doctor({})],
    ["core.CleanReport", table.report({ clean: [{ fix: "drop-missing", column: null }] })],
    ["core.Histogram", table.histogram({}, column, 5)],
    ["core.Correlations", table.correlations({})],
    ["core.FormulaTried", table.tryFormula({}, `"${column}" * 2`)],
    ["core.FormulaTried", table.tryFormula({}, "nothing of the kind")],
    ...(table.scatter
      ? [/** @type {[string, unknown]} */ (["core.Scatter", table.scatter({}, column, other, 20)])]
      : []),
    ...(table.components
      ? [/** @type {[string, unknown]} */ (["core.Components", table.components({ source: "table" }, 7)])]
      : []),
  ];
}

/** Holds each value to its type. */
function isHeld(/** @type {[string, unknown][]} */ values) {
  return compiled(
    [
      `import type * as core from ${typesOf("pkg-full")};`,
      ...values.map(([type, value], i) => `export const value${i}: ${type} = ${literal(value)};`),
    ].join("\n"),
  );
}

const toy = (/** @type {string} */ source, more = {}) => specFrom({ ...defaultsFor(source), ...more });

test("what the core says of runs of every kind, and of tables, has the types that it states", async () => {
  const values = [];
  for (const Own of [CoreTrainer, Trainer]) {
    values.push(...(await saysOf(await Own.create(toy("circle")))));
    values.push(...(await saysOf(await Own.create(toy("sine", { loss: "huber", optimizer: "adamw" })))));
    values.push(...(await saysOf(await Own.create(toy("three-spiral", { validationShare: 0.2, schedule: "cosine" })))));
  }
  values.push(...(await saysOf(await Trainer.create({ data: { source: "rows" }, model: { layers } }, images))));
  for (const name of ["penguins", "diabetes"]) {
    const table = tableOf(new TableReader(), name);
    const [column, other] = table
      .describe({})
      .columns.filter(({ kind }) => kind === "number")
      .map(({ name }) => name);
    values.push(...saysOfTable(table, [column, other]));
    const trainer = await Trainer.create(toy(name), table);
    values.push(...(await saysOf(trainer)), ["core.Components", trainer.components()]);
  }
  values.push(["ReturnType<typeof core.preview>", preview({ source: "spiral", samples: 10 }, 7)]);
  const { status, stdout } = isHeld(values);
  assert.equal(status, 0, stdout);
});

test("the doubles say the same, in the same types", async () => {
  const values = [];
  for (const source of ["circle", "sine"]) values.push(...(await saysOf(await FakeTrainer.create(toy(source)))));
  values.push(...(await saysOf(new FakeGpuTrainer(toy("circle")))));
  for (const name of ["penguins", "diabetes"]) {
    const table = tableOf(new FakeTableReader(), name);
    values.push(...saysOfTable(table, table.names));
    values.push(...(await saysOf(await FakeTableTrainer.create(toy(name), table))));
  }
  values.push(["ReturnType<typeof core.preview>", fakePreview({ source: "spiral", samples: 10 }, 7)]);
  const { status, stdout } = isHeld(values);
  assert.equal(status, 0, stdout);
});

test("a field too few, one too many or of another kind is found", async () => {
  const description = (await CoreTrainer.create(toy("circle"))).describe();
  const { loss: _, ...lacking } = description;
  const wrong = [lacking, { ...description, more: 1 }, { ...description, outputs: "1" }, { ...description, task: "?" }];
  for (const value of wrong) assert.notEqual(isHeld([["core.Description", value]]).status, 0, JSON.stringify(value));
  assert.equal(isHeld([["core.Description", description]]).status, 0);
});
