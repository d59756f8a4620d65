// The predictor in Python: the standard library alone predicts what the page does, and the file is as ruff would have it.
// PYTHON_EXPORTS names a Python (its folder may have ruff); without one it is python3.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { CASES, written } from "../web/predictorCases.js";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "trainyard-python-"));
after(() => fs.rmSync(folder, { recursive: true }));

const python = process.env.PYTHON_EXPORTS ?? "python3";
const ruff = path.join(path.dirname(python), "ruff");
const hasRuff = path.isAbsolute(python) && fs.existsSync(ruff);

/** Predicts each row, without anything that isn't in the standard library: -S leaves out what was installed. */
const ASK = `
import json, sys
from model import predict
def outputs(found):
    if isinstance(found, float): return [found]
    if "score" in found: return [found["score"]]
    if "scores" in found: return found["scores"]
    return found["probabilities"][1:] if len(found["probabilities"]) == 2 else found["probabilities"]
print(json.dumps([outputs(predict(row)) for row in json.load(open(sys.argv[1]))]))
`;

for (const [i, one] of CASES.entries())
  test(`Python predicts as the page does: ${one.name}`, async () => {
    const { python: code, rows, answers } = await written(one);
    const place = path.join(folder, String(i));
    fs.mkdirSync(place);
    const write = (name, text) => (fs.writeFileSync(path.join(place, name), text), path.join(place, name));
    const file = write("model.py", code);
    const run = (...args) =>
      execFileSync(python, ["-S", ...args], {
        cwd: place,
        encoding: "utf8",
        env: { PYTHONPATH: place, PYTHONUTF8: "1" },
      });
    assert.match(run(file), /^OK: 3 rows differ by at most /);
    const found = JSON.parse(run("-c", ASK, write("rows.json", JSON.stringify(rows))));
    const scale = Math.max(...answers.flat().map(Math.abs), 1);
    assert.equal(found.length, answers.length);
    for (const [row, values] of found.entries())
      for (const [j, value] of values.entries())
        assert.ok(Math.abs(value - answers[row][j]) / scale <= 1e-6, `row ${row}: ${value}, not ${answers[row][j]}`);
    write("wrong.py", code.replace(/^LAYERS = \[\n {4}\((\w+), \[[^,\]]+/m, "LAYERS = [\n    ($1, [9"));
    assert.equal(spawnSync(python, ["-S", "wrong.py"], { cwd: place }).status, 1);
    if (!hasRuff) return;
    for (const args of [
      ["check", "--isolated", "--no-cache"],
      ["format", "--check", "--isolated", "--no-cache"],
    ]) {
      const { status, stdout } = spawnSync(ruff, [...args, file], { encoding: "utf8" });
      assert.equal(status, 0, stdout);
    }
  });
