// The packages' types as somebody's own project reads them: strictly, by themselves, for ES2022.
import assert from "node:assert/strict";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { isUnexplained } from "../anyRule.js";
import { compiled, strictly, typesOf } from "./contract.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

test("the types compile strictly, libraries checked, for ES2022", () => {
  const { status, stdout } = strictly(
    ...["pkg", "pkg-full", "pkg-baselines", "pkg-export"].map((folder) =>
      path.join(root, `www/${folder}/trainyard.d.ts`),
    ),
  );
  assert.equal(status, 0, stdout);
});

test("a project that uses them compiles, and a wrong use doesn't", () => {
  const use = (/** @type {string} */ last) => `
import init, { Trainer, type Progress, type TrainyardError } from ${typesOf("pkg")};
await init();
const trainer: Trainer = await Trainer.create({ seed: 1 });
const progress: Progress = trainer.advance(10, 0);
const answers: Float64Array = await trainer.predict(new Float32Array(2));
trainer.setMaxEpochs(undefined);
trainer.freeze([1, 2]);
const rates: Float32Array = trainer.learningRates(10);
const said = (error: TrainyardError): string => error.code;
${last}
export { progress, answers, rates, said };
`;
  const right = compiled(use("trainer.free();"));
  assert.equal(right.status, 0, right.stdout);
  const wrong = compiled(use('trainer.learningRates("10"); trainer.evaluate("all");'));
  assert.equal(wrong.stdout.match(/error TS/g)?.length, 2, wrong.stdout);
});

test("of baselines likewise", () => {
  const use = (/** @type {string} */ last) => `
import init, { Baseline, type BaselineOptions, type Coefficients, type Rows } from ${typesOf("pkg-baselines")};
await init();
const rows: Rows = { inputs: new Float32Array(4), targets: new Float32Array(2), shape: [2] };
const options: BaselineOptions = { penalty: 0.1, maxDepth: null };
const model: Baseline = Baseline.fit("ridge", options, rows);
const answers: Float64Array = model.predict(rows.inputs);
const found: Coefficients | undefined = model.coefficients();
const leaves: number | null = model.describe().leaves;
${last}
export { answers, found, leaves };
`;
  const right = compiled(use("model.free();"));
  assert.equal(right.status, 0, right.stdout);
  const wrong = compiled(use('Baseline.fit("svm", {}, rows); Baseline.fit("ridge", { alpha: 1 }, rows);'));
  assert.equal(wrong.stdout.match(/error TS/g)?.length, 2, wrong.stdout);
});

test("`any` needs a reason beside it, whatever the tag", () => {
  for (const bare of [
    "* @type {any} ",
    "* What it is. @param {string} name @param {any} value   what it holds ",
    "* @typedef {{name: string, value: any}} Pair ",
    "* @returns {Promise<any>} ",
    "*\n * @param {any} one   any: a reason\n * @param {any} two\n ",
    "* @type {(value: any) => void} any:",
  ])
    assert.ok(isUnexplained(bare), bare);
  for (const fine of [
    "* @type {any} any: whatever was stored ",
    "* any: a file as it was given. @type {any} ",
    "* @param {unknown} value   of any kind ",
    "* Any column, and any: none. ",
    '* @type {import("./many.js").Many} ',
    "*\n * @param {any} one   any: a reason\n * @param {any} two   any: likewise\n ",
  ])
    assert.ok(!isUnexplained(fine), fine);
});
