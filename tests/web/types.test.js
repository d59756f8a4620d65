// The packages' types as somebody's own project reads them: strictly, by themselves, for ES2022.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { isUnexplained } from "../anyRule.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const tsc = path.join(root, "tests/node_modules/.bin/tsc");
const strictly = (/** @type {string[]} */ ...files) =>
  spawnSync(
    tsc,
    [
      "--ignoreConfig",
      "--noEmit",
      "--strict",
      "--skipLibCheck",
      "false",
      "--target",
      "es2022",
      "--module",
      "es2022",
      "--moduleResolution",
      "bundler",
      "--types",
      "",
      ...files,
    ],
    { encoding: "utf8" },
  );

test("the types compile strictly, libraries checked, for ES2022", () => {
  const { status, stdout } = strictly(
    ...["pkg", "pkg-full"].map((folder) => path.join(root, `www/${folder}/trainyard.d.ts`)),
  );
  assert.equal(status, 0, stdout);
});

test("a project that uses them compiles, and a wrong use doesn't", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "types-"));
  const file = path.join(folder, "use.ts");
  const use = (/** @type {string} */ last) => `
import init, { Trainer, type Progress, type TrainyardError } from ${JSON.stringify(path.join(root, "www/pkg/trainyard.js"))};
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
  try {
    fs.writeFileSync(file, use("trainer.free();"));
    const right = strictly(file);
    assert.equal(right.status, 0, right.stdout);
    fs.writeFileSync(file, use('trainer.learningRates("10"); trainer.evaluate("all");'));
    const wrong = strictly(file);
    assert.equal(wrong.stdout.match(/error TS/g)?.length, 2, wrong.stdout);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
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
