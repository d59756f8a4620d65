// JavaScript: a copy of the page's sources with every mutant behind a switch, and the Node tests beside it.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, bounded, withSwitches } from "./common.mjs";

/** @typedef {import("./common.mjs").Mutant} Mutant @typedef {import("./common.mjs").Site} Site */

const WORK = join(ROOT, "target/mutants");
const TREE = join(WORK, "page");
const SWITCH = join(TREE, "switch.mjs");

/**
 * Which mutant is on, by MUTANT; with MUTANT_TRACE, a file for what each test meets and how long it computes. What is met
 * while a file is loaded is met by no test in particular.
 */
const SWITCH_SOURCE = `import { appendFileSync } from "node:fs";
import { afterEach, beforeEach } from "node:test";
const on = Number(process.env.MUTANT ?? -1);
const trace = process.env.MUTANT_TRACE;
let met = new Set();
const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
globalThis.__mutant = trace ? (id) => (met.add(id), false) : (id) => id === on;
if (trace) {
  let started = 0;
  const write = (test) => {
    appendFileSync(trace, JSON.stringify({ test, ms: used() - started, met: [...met] }) + "\\n");
    met = new Set();
  };
  beforeEach(() => {
    write(null);
    started = used();
  });
  afterEach((context) => write(context.name));
  process.on("exit", () => write(null));
}
`;

/** @param {Site} site @param {string} original */
const switched = (site, original) =>
  `(${site.mutants.map((mutant) => `__mutant(${mutant.id}) ? (${/** @type {any} */ (mutant).text}) : `).join("")}(${original}))`;

/** @param {Map<string, { source: string, sites: Site[] }>} all @param {Mutant[]} chosen */
export function writeScripts(all, chosen) {
  const wanted = new Set(chosen.map(({ id }) => id));
  rmSync(TREE, { recursive: true, force: true });
  const keep = (/** @type {string} */ path) =>
    !/node_modules|tests\/(browser|mutants|it)/.test(path) && !/www\/pkg/.test(path);
  // What is built is copied too: another build beside would take it from under the tests.
  for (const name of ["www", "tests", "dist"].filter((name) => existsSync(join(ROOT, name))))
    cpSync(join(ROOT, name), join(TREE, name), { recursive: true, filter: keep });
  const linked = readdirSync(join(ROOT, "www"))
    .filter((name) => /^pkg|node_modules$/.test(name))
    .map((name) => `www/${name}`);
  for (const name of [...linked, "tests/node_modules", "tests/browser", "src", "README.md", "build.sh", "Cargo.toml"])
    if (existsSync(join(ROOT, name))) symlinkSync(join(ROOT, name), join(TREE, name));
  for (const [file, { source, sites }] of all) {
    const some = sites
      .map((site) => ({ ...site, mutants: site.mutants.filter(({ id }) => wanted.has(id)) }))
      .filter((site) => site.mutants.length);
    writeFileSync(join(TREE, file), withSwitches(source, some, switched));
  }
  writeFileSync(SWITCH, SWITCH_SOURCE);
}

/** @param {string} file @param {string[]} [tests] some by name, or all */
function node(file, tests = []) {
  const some = tests.map((name) => `--test-name-pattern=/^${name.replace(/[\\/^$.*+?()[\]{}|]/g, "\\$&")}$/`);
  return ["node", "--import", SWITCH, "--test-reporter=tap", ...some, join(TREE, "tests/web", file)];
}

/** @typedef {{ file: string, name: string | null, ms: number }} Reached a test, or with no name all of a file */

/** Which tests reach which mutants. A file that fails without a mutant is left out. */
export async function traceScripts() {
  const files = readdirSync(join(TREE, "tests/web")).filter((name) => name.endsWith(".test.js"));
  const trace = join(WORK, "trace-page");
  const failing = [];
  /** @type {Map<number, Reached[]>} */
  const reaching = new Map();
  for (const file of files) {
    rmSync(trace, { force: true });
    const run = await bounded(node(file), { seconds: 300, cwd: TREE, env: { MUTANT_TRACE: trace } });
    if (!run.isRight) failing.push(file);
    if (!run.isRight || !existsSync(trace)) continue;
    const lines = readFileSync(trace, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    for (const { test, ms, met } of lines)
      for (const id of met) {
        const reached = { file, name: test, ms: test === null ? run.ms : ms };
        reaching.set(id, [...(reaching.get(id) ?? []), reached]);
      }
  }
  return { reaching, failing };
}

/** Tests that don't pass without the others of their file. @type {Map<string, boolean>} */
const alone = new Map();

/** Runs a mutant file by file, quickest first. @param {Mutant} mutant @param {Reached[]} tests */
export async function runScripts(mutant, tests) {
  /** @type {Map<string, { names: Set<string> | null, ms: number }>} */
  const files = new Map();
  for (const { file, name, ms } of tests) {
    const { names, ms: sum } = files.get(file) ?? { names: new Set(), ms: 0 };
    files.set(file, { names: name === null ? null : (names?.add(name) ?? null), ms: name === null ? ms : sum + ms });
  }
  for (const [file, { names, ms }] of [...files].sort(([, a], [, b]) => a.ms - b.ms)) {
    const run = (/** @type {string[]} */ some, /** @type {number} */ id) =>
      bounded(node(file, some), {
        seconds: 10 + (ms / 1000) * 3,
        cwd: TREE,
        env: { MUTANT: `${id}` },
        failed: /^\s*not ok/m,
      });
    const some = [...(names ?? [])];
    let outcome = await run(some, mutant.id);
    if (!outcome.isRight && some.length) {
      const key = `${file} ${some.join()}`;
      if (!alone.has(key)) alone.set(key, (await run(some, -1)).isRight);
      if (!alone.get(key)) outcome = await run([], mutant.id);
    }
    if (!outcome.isRight) return outcome;
  }
  return { isRight: true, isLate: false };
}
