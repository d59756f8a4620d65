// Runs browser tests, files two at a time. Those that fail run once more, alone: a machine that stood still for a moment
// is no fault of the page. Which ones needed that is said at the end; a fault that comes now and then shows itself there.
// usage: node tests/browser/run.mjs concurrency file...
import { run } from "node:test";
import { spec } from "node:test/reporters";

/** More failures than that are no bad luck. */
const MOST_AGAIN = 3;

/** A file that takes longer hangs, as one does whose failing test leaves something open; the others go on. */
const LONGEST_MS = 15 * 60_000;

const [concurrency, ...files] = process.argv.slice(2);

/** @typedef {{name: string, file: string}} Failed */

/**
 * Resolves to how many tests passed, and those that failed.
 * @param {import("node:test").RunOptions} options
 * @returns {Promise<{passed: number, failed: Failed[]}>}
 */
function outcome(options) {
  /** @type {Failed[]} */
  const failed = [];
  let passed = 0;
  const stream = run(options);
  stream.on("test:pass", ({ skip }) => void (passed += skip === undefined ? 1 : 0));
  stream.on("test:fail", ({ name, file, details, todo, skip }) => {
    if (todo !== undefined || skip !== undefined || !file) return;
    // A file fails with each of its tests: only where it failed by itself does it count.
    if (/** @type {any} any: Node's types leave the kind out */ (details.error).failureType !== "subtestsFailed")
      failed.push({ name, file });
  });
  const report = stream.compose(/** @type {any} any: a reporter is a class here and a function there */ (spec));
  report.pipe(process.stdout);
  return new Promise((resolve) => report.on("end", () => resolve({ passed, failed })));
}

const escaped = (/** @type {string} */ name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

const { failed } = await outcome({ files, concurrency: Number(concurrency), timeout: LONGEST_MS });
if (failed.length > MOST_AGAIN) process.exitCode = 1;
else
  for (const { name, file } of failed) {
    console.log(`\nOnce more, alone: ${name}`);
    // A file that fails as such has no test of that name.
    const only = name === file ? {} : { testNamePatterns: [new RegExp(`^${escaped(name)}$`)] };
    const again = await outcome({ files: [file], concurrency: 1, timeout: LONGEST_MS, ...only });
    if (again.failed.length || !again.passed) process.exitCode = 1;
    else console.log(`passed only the second time: ${name} (${file})`);
  }
