// What the mutants of both languages share: where they stand, how they are switched, how a test is run in bounds.
import { spawn, spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * One small change of the source, and the place that it belongs to.
 * @typedef {{ file: string, line: number, scope: string, from: string, to: string, id: number }} Mutant
 * Alternatives to what stands from `start` to `end` of a file; with `end === start`, statements put in there.
 * @typedef {{ start: number, end: number, mutants: Mutant[], isStatement?: boolean }} Site
 */

/** Names a mutant whatever lines stand above it. @param {Mutant} mutant */
export const nameOf = ({ file, scope, from, to }) => `${file} ${scope}: ${from} → ${to}`;

/** @param {string} text */
export const oneLine = (text) => text.replace(/\s+/g, " ").trim();

/** Files below a path of the repository. @param {string} path @param {string} ending @returns {string[]} */
export function filesBelow(path, ending) {
  const whole = join(ROOT, path);
  if (statSync(whole).isFile()) return whole.endsWith(ending) ? [relative(ROOT, whole)] : [];
  return readdirSync(whole)
    .sort()
    .filter((name) => name !== "node_modules")
    .flatMap((name) => filesBelow(join(path, name), ending));
}

/**
 * The source with every site's alternatives behind a switch. Sites lie inside one another or apart.
 * @param {string} source @param {Site[]} sites
 * @param {(site: Site, original: string) => string} switched what stands at a site then
 */
export function withSwitches(source, sites, switched) {
  const ordered = [...sites].sort((a, b) => a.start - b.start || b.end - a.end);
  let next = 0;
  const render = (/** @type {number} */ from, /** @type {number} */ to) => {
    let text = "";
    let at = from;
    while (next < ordered.length && ordered[next].start < to) {
      const site = ordered[next++];
      text += source.slice(at, site.start);
      text += switched(site, render(site.start, site.end));
      at = site.end;
    }
    return text + source.slice(at, to);
  };
  return render(0, source.length);
}

/** A shuffle that depends on the seed alone. @template T @param {T[]} items @param {number} seed */
export function shuffled(items, seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const all = [...items];
  for (let i = all.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1));
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all;
}

/** Waits without end compute nothing: what has used no second of processor time for so long is ended. */
const IDLE_MS = 120000;

/** The processor time that each process of a group has used so far. @param {number} group */
function usedBy(group) {
  const { stdout } = spawnSync("ps", ["-eo", "pgid=,time="], { encoding: "utf8" });
  const own = stdout
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([id]) => Number(id) === group);
  return own.map(([, time]) => time).join();
}

/**
 * Runs a program within so many seconds of processor time, however busy the machine is.
 * @param {string[]} command
 * @param {{ seconds: number, cwd?: string, env?: Record<string, string>, limits?: string, failed?: RegExp }} options
 *   `failed`: output that settles that it fails, and ends it
 * @returns {Promise<{ isRight: boolean, isLate: boolean, ms: number, out: string }>} `ms`: of processor time
 */
export function bounded(command, { seconds, cwd = ROOT, env = {}, limits = "", failed }) {
  const script = `(ulimit -t ${Math.ceil(seconds)}; ${limits} exec "$@" 3>&-); code=$?; times >&3; exit $code`;
  return new Promise((resolve) => {
    const child = spawn("bash", ["-c", script, "bash", ...command], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      detached: true, // a group of its own, which is ended as a whole
    });
    const end = () => {
      try {
        process.kill(-(child.pid ?? 0), "SIGKILL");
      } catch {
        // It has ended by itself.
      }
    };
    let out = "";
    let times = "";
    let isIdle = false;
    let used = "";
    const watch = setInterval(() => {
      const now = usedBy(child.pid ?? 0);
      isIdle = now === used;
      used = now;
      if (isIdle) end();
    }, IDLE_MS);
    const hear = (/** @type {Buffer} */ data) => {
      out += data;
      if (failed?.test(out)) end();
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.stdio[3]?.on("data", (data) => (times += data));
    child.on("close", (code) => {
      clearInterval(watch);
      // 128 and SIGKILL or SIGXCPU
      const isOver = !failed?.test(out) && (code === 137 || code === 152);
      // Its second line is of the children.
      const used = (times.split("\n")[1] ?? "").matchAll(/(\d+)m([\d.]+)s/g);
      const ms = [...used].reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60000 + Number(rest) * 1000, 0);
      resolve({ isRight: code === 0, isLate: isIdle || isOver, ms, out });
    });
  });
}

/**
 * Runs mutants against the tests that reach them, quickest first, until one fails.
 * @param {Mutant[]} mutants
 * @param {Map<number, string[]>} reaching tests of each mutant
 * @param {(mutant: Mutant, tests: string[]) => Promise<{ isRight: boolean, isLate: boolean }>} run
 * @param {(mutant: Mutant, outcome: Outcome) => void} told
 * @typedef {"killed" | "timeout" | "survived" | "unreached"} Outcome
 */
export async function outcomes(mutants, reaching, run, told) {
  for (const mutant of mutants) {
    const tests = reaching.get(mutant.id) ?? [];
    const { isRight, isLate } = tests.length ? await run(mutant, tests) : { isRight: true, isLate: false };
    told(mutant, !tests.length ? "unreached" : isLate ? "timeout" : isRight ? "survived" : "killed");
  }
}

/** What stands in for operators that both languages have. @type {Record<string, string[]>} */
export const OPERATORS = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "==": ["!="],
  "!=": ["=="],
  "&&": ["||"],
  "||": ["&&"],
  "+": ["-"],
  "-": ["+"],
};
