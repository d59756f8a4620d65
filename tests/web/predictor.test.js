// The predictor without dependencies: what the page predicts, from raw rows, and nothing of a test row inside.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { lackOf } from "../../www/features/export/predictor/plan.js";
import { CASES, HOSTILE, outputsOf, written } from "./predictorCases.js";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "trainyard-predictor-"));
after(() => fs.rmSync(folder, { recursive: true }));

/** How far they may be apart, of the largest of all outputs. */
const APART = 1e-6;

for (const [i, one] of CASES.entries())
  test(`JavaScript predicts as the page does: ${one.name}`, async () => {
    const { javascript, rows, answers, lack } = await written(one);
    assert.equal(lack, "");
    const file = path.join(folder, `model ${i}.mjs`);
    fs.writeFileSync(file, javascript);
    const { COLUMNS, predict, check } = await import(pathToFileURL(file).href);
    const scale = Math.max(...answers.flat().map(Math.abs), 1);
    rows.forEach((row, at) => {
      const found = outputsOf(predict(row));
      assert.equal(found.length, answers[at].length);
      found.forEach((value, j) => {
        const apart = Math.abs(value - answers[at][j]) / scale;
        assert.ok(apart <= APART, `row ${at}: ${value}, not ${answers[at][j]}`);
      });
    });
    // By name, as by place; own keys only, whatever they are called.
    const named = Object.fromEntries(COLUMNS.map(({ name }, j) => [name, rows[0][j]]));
    assert.deepEqual(predict(named), predict(rows[0]));
    assert.ok(check() <= APART * scale);
    assert.match(execFileSync(process.execPath, [file], { encoding: "utf8" }), /^OK: 3 rows differ by at most /);
  });

test("the check fails for other weights, for a wrong answer and for one that is no number", async () => {
  const { javascript } = await written(CASES[0]);
  for (const [i, [from, to]] of [
    [/bias: \[[^,\]]+/, "bias: [9"],
    [/output: \[[^,\]]+/, "output: [-3"],
    [/output: \[[^,\]]+/, "output: [NaN"],
  ].entries()) {
    const file = path.join(folder, `wrong${i}.mjs`);
    assert.ok(from.test(javascript));
    fs.writeFileSync(file, javascript.replace(from, to));
    assert.throws(() => execFileSync(process.execPath, [file], { stdio: "pipe" }), /Command failed/, String(to));
  }
});

test("inside are training rows alone, one with a gap among them where there is any", async () => {
  for (const one of CASES.slice(-3)) {
    const { checked, trained, plan, rows } = await written(one);
    assert.equal(plan.checks.length, 3);
    for (const row of checked) assert.ok(trained.includes(row));
    assert.deepEqual(
      plan.checks.map(({ row }) => row),
      checked.map((row) => rows[row]),
    );
    const hasGap = trained.some((row) => rows[row].includes(null));
    assert.equal(
      plan.checks.some(({ row }) => row.includes(null)),
      hasGap,
      one.name,
    );
  }
});

test("a name that no training row had is none of the names; a gap is filled, or named; a wrong value is named", async () => {
  const gaps = await written(CASES.find(({ name }) => name.startsWith("penguins")));
  const prices = await written(CASES.find(({ name }) => name.startsWith("prices")));
  const load = async (name, code) => {
    fs.writeFileSync(path.join(folder, name), code);
    return import(pathToFileURL(path.join(folder, name)).href);
  };
  const penguins = await load("penguins.mjs", gaps.javascript);
  const row = [...gaps.rows[0]];
  const at = (name) => penguins.COLUMNS.findIndex((column) => column.name === name);
  const asked = (column, value) => penguins.predict(row.with(at(column), value)).probabilities;
  assert.deepEqual(asked("island", "Atlantis"), asked("island", null)); // nothing fills it
  assert.deepEqual(asked("sex", ""), asked("sex", "male"));
  assert.notDeepEqual(asked("sex", "male"), asked("sex", "female"));
  assert.deepEqual(asked("body mass (g)", NaN), asked("body mass (g)", penguins.COLUMNS[at("body mass (g)")].fill));
  assert.throws(() => asked("body mass (g)", "heavy"), /body mass \(g\): "heavy" is no number/);
  assert.throws(() => asked("bill depth (mm)", 0), /is not finite for this row/);
  const { COLUMNS, predict } = await load("prices.mjs", prices.javascript);
  const given = (changed) => predict({ day: "2024-05-06", size: "50", kind: "flat", same: 4, ...changed });
  assert.equal(given({ kind: "Flat" }), given({}));
  assert.equal(given({ day: Date.parse("2024-05-06") / 864e5 }), given({}));
  assert.equal(given({ same: 77 }), given({})); // a column of one value says nothing
  assert.throws(() => given({ day: "yesterday" }), /day: "yesterday" is no date/);
  assert.throws(() => given({ day: null }), /day is missing, and the model can't fill it/);
  assert.deepEqual(
    COLUMNS.map(({ kind }) => kind),
    ["date", "number", "category", "number"],
  );
});

test("names can't break out: they are in the file as they were given, and nothing but text", async () => {
  const { javascript, python, plan } = await written(CASES.at(-1));
  const file = path.join(folder, "hostile.mjs");
  fs.writeFileSync(file, javascript);
  const { COLUMNS, CLASSES } = await import(pathToFileURL(file).href);
  assert.deepEqual(
    COLUMNS.map(({ name }) => name),
    plan.columns.map(({ name }) => name),
  );
  assert.ok(COLUMNS.some(({ name }) => name === HOSTILE[0]) && CLASSES.includes(HOSTILE[1]));
  for (const code of [javascript, python])
    assert.ok(!/[\u2028\u202e\u0000-\u0009\u000b-\u001f]/.test(code), "what is not seen is written by its number");
});

test("other networks are refused with what to take instead", () => {
  const described = (more) => /** @type {any} */ ({ image: null, layers: [], ...more });
  const layer = (type, to = 1) => ({ type, parameters: [{ from: 0, to }] });
  assert.equal(lackOf(described({ layers: [layer("dense"), layer("dropout"), layer("dense")] })), "");
  assert.match(lackOf(described({ image: { shape: [1, 8, 8] } })), /images.*ONNX/);
  assert.match(lackOf(described({ layers: [layer("batchNorm")] })), /batchNorm.*ONNX/);
  assert.match(lackOf(described({ layers: [layer("dense", 200_001)] })), /200,001.*200,000.*ONNX/);
});
