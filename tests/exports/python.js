// Python beside the tests of exports: the one that ./build.sh test exports made, or whichever PYTHON_EXPORTS names.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

export const python = process.env.PYTHON_EXPORTS ?? path.join(root, "target/exports-venv/bin/python");

/** A folder for one test's files, which is removed when the test is over. */
export function scratch(after) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "trainyard-exports-"));
  after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a script of this folder, and reads the JSON that it prints. */
export const ask = (script, ...args) =>
  JSON.parse(
    execFileSync(python, [fileURLToPath(new URL(script, import.meta.url)), ...args], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
      env: { ...process.env, PYTHONUTF8: "1", OMP_NUM_THREADS: "1" },
      stdio: ["ignore", "pipe", "inherit"],
    }),
  );
