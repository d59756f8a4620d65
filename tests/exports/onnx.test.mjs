// ONNX: each model passes the checker, and ONNX Runtime makes of raw rows what the page does, gaps and unseen names among them.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { Exporter, TableReader, initSync } from "../../www/pkg-export/trainyard.js";
import { TableReader as FullReader, Trainer, initSync as initFull } from "../../www/pkg-full/trainyard.js";
import { CASES } from "./onnxCases.js";
import { ask, scratch } from "./python.js";

const packageOf = (name) => fs.readFileSync(new URL(`../../www/${name}/trainyard_bg.wasm`, import.meta.url));
initSync({ module: packageOf("pkg-export") });
initFull({ module: packageOf("pkg-full") });

/** Of the largest output. */
const WITHIN = 1e-5;
/** Rows that no table has. */
const NEW_ROWS = 120;

const tableOf = (Reader, text) => {
  const reader = new Reader({});
  reader.push(new TextEncoder().encode(text));
  return reader.finish();
};

/** Raw rows as people have them, and the same in numbers: those of the run, and others with gaps and unseen names. */
function rawRows(exporter) {
  const { columns, image } = exporter.describe();
  const rows = exporter.rows();
  if (image) return { named: { image: [...rows.inputs] }, numbers: rows.inputs, count: rows.count };
  const total = rows.count + NEW_ROWS;
  const numbers = new Float64Array(total * columns.length);
  const named = columns.map(({ categories, aliases, fill }, at) => {
    const own = rows.columns[at];
    const spellings = categories && [...categories, ...Object.keys(aliases), "never seen", ""];
    return Array.from({ length: total }, (_, row) => {
      const isNew = row >= rows.count;
      const set = (number) => (numbers[row * columns.length + at] = number);
      if (categories) {
        const name = isNew ? spellings[(row * 7 + at) % spellings.length] : own[row];
        // What isn't among the names is none of them; an empty one is a gap.
        set(name === "" ? NaN : categories.indexOf(aliases[name] ?? name));
        return name;
      }
      const from = own[(row * 13 + at) % rows.count];
      const number = isNew ? (row % 5 === at % 5 && fill !== null ? NaN : from * 1.3 + 0.1) : own[row];
      set(number);
      return Number.isNaN(number) ? null : number;
    });
  });
  return { named: Object.fromEntries(columns.map(({ name }, at) => [name, named[at]])), numbers, count: total };
}

async function trained({ spec, table, rows }) {
  const trainer = await Trainer.create(spec, table ? tableOf(FullReader, table) : rows);
  trainer.advance(1e6, 0);
  assert.equal(trainer.progress().status, "finished");
  const exporter = Exporter.open(spec, table ? tableOf(TableReader, table) : rows, await trainer.checkpoint());
  const raw = rawRows(exporter);
  const { outputs, classes } = await trainer.classify(raw.numbers);
  return { about: exporter.describe(), onnx: exporter.onnx(), raw, outputs, classes };
}

const folder = scratch(after);
const made = {};
let found = {};

before(async () => {
  for (const [at, [name, one]] of Object.entries(CASES).entries()) {
    made[name] = { at: String(at).padStart(3, "0"), ...(await trained(one)) };
    const file = path.join(folder, made[name].at);
    fs.writeFileSync(`${file}.onnx`, made[name].onnx);
    fs.writeFileSync(`${file}.json`, JSON.stringify({ columns: made[name].raw.named }));
  }
  found = ask("onnx_check.py", folder);
});

for (const name of Object.keys(CASES))
  test(`ONNX Runtime predicts what the page does: ${name}`, (t) => {
    const { at, about, outputs, classes, raw } = made[name];
    const own = found[at];
    assert.deepEqual(own.opset, { "": 17, "ai.onnx.ml": 3 });
    assert.ok(own.areNamed);
    assert.equal(own.metadata.trainyard, about.trainyard);
    const values = (own.outputs.prediction ?? own.outputs.probabilities ?? own.outputs.scores).flat();
    assert.equal(values.length, outputs.length);
    const scale = Math.max(...outputs.map(Math.abs).filter(Number.isFinite));
    const worst = Math.max(...values.map((value, i) => Math.abs(value - outputs[i]) / scale));
    t.diagnostic(`differs by at most ${worst.toExponential(1)} of ${scale.toPrecision(3)}, in ${raw.count} rows`);
    assert.ok(worst <= WITHIN, `${worst}`);
    if (about.target.task === "regression") return;
    assert.equal(own.metadata.classes, JSON.stringify(about.target.classes));
    const labels = Array.from(classes, (k) => about.target.classes[k]);
    const each = outputs.length / raw.count;
    const isClear = (row) => {
      const mine = [...outputs.slice(row * each, (row + 1) * each)].sort((a, b) => b - a);
      const middle = own.outputs.probabilities ? 0.5 : 0;
      return each === 1 ? Math.abs(mine[0] - middle) > 1e-4 : mine[0] - mine[1] > 1e-4;
    };
    // A column of that name keeps it.
    const told = own.outputs.label ?? own.outputs["label (2)"];
    assert.equal(told.length, raw.count);
    for (const [row, label] of labels.entries()) if (isClear(row)) assert.equal(told[row], label);
  });

test("the graph reads well: inputs are the raw columns, tensors those of the state_dict, units and classes are told", () => {
  const { at, about } = made["regression with a unit"];
  const { inputs, metadata, nodes, ops } = found[at];
  assert.deepEqual(
    inputs,
    about.columns.map(({ name, categories }) => [name, categories ? "tensor(string)" : "tensor(double)", [1]]),
  );
  assert.deepEqual([metadata["target unit"], metadata.target], ["$", "price"]);
  assert.deepEqual(JSON.parse(metadata.units), { weight: "kg" });
  assert.deepEqual(JSON.parse(metadata.spec), JSON.parse(JSON.stringify(about.spec)));
  assert.ok(
    ["size: filled", "color: index of its name", "layers.0", "layers.0.relu", "plus target mean"].every((name) =>
      nodes.includes(name),
    ),
    nodes.join(),
  );
  assert.ok(ops.includes("LabelEncoder") && ops.includes("Where"));
});
