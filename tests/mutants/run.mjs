// Changes the sources by one small step at a time, and counts for how many of these mutants some test fails.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, nameOf, outcomes, shuffled } from "./common.mjs";
import { buildRust, runRust, traceRust } from "./rust.mjs";
import { rustSites } from "./rustSites.mjs";
import { runScripts, traceScripts, writeScripts } from "./script.mjs";
import { scriptSites } from "./scriptSites.mjs";

/** @typedef {import("./common.mjs").Mutant} Mutant @typedef {import("./common.mjs").Outcome} Outcome */

const HELP = `./build.sh test mutants [--again] [rows|numbers|page]... [path]...
  rows …    a sample of these groups, or of all three
  path      a file or folder whose mutants are all tried
  --again   what survived last time
  MUTANTS   how many of each group, or "all"; SEED which of them (1)`;

/**
 * Groups of sources, how many of their mutants are a sample, and the share of them that tests should kill.
 * @type {{ name: string, paths: string[], sample: number, least: number }[]}
 */
const GROUPS = [
  { name: "rows", paths: ["src/data"], sample: 300, least: 0.85 },
  { name: "numbers", paths: ["src/nn", "src/train", "src/math", "src/engine/cpu"], sample: 100, least: 1 },
  {
    name: "page",
    paths: ["base", "settings", "session", "worker", "ui", "features"].map((name) => `www/${name}`),
    sample: 300,
    least: 0.85,
  },
];

const WORK = join(ROOT, "target/mutants");
const REPORT = join(WORK, "report.json");

/** Mutants that change nothing that anybody could see, each with the reason. @type {Record<string, string>} */
const EQUIVALENT = JSON.parse(readFileSync(new URL("equivalent.json", import.meta.url), "utf8"));

const options = process.argv.slice(2);
if (options.includes("--help")) {
  console.log(HELP);
  process.exit(0);
}
const isGroup = (/** @type {string} */ option) => GROUPS.some(({ name }) => name === option);
const wantedGroups = options.filter(isGroup);
const named = options
  .filter((option) => !option.startsWith("--") && !isGroup(option))
  .map((path) => path.replace(/\/$/, ""));
const isNamed = (/** @type {string} */ file) => named.some((path) => file === path || file.startsWith(`${path}/`));
const survived = options.includes("--again") ? new Set(JSON.parse(readFileSync(REPORT, "utf8"))) : null;
const seed = Number(process.env.SEED ?? 1);

const scripts = scriptSites(GROUPS[2].paths);
const rust = await rustSites([...GROUPS[0].paths, ...GROUPS[1].paths]);
const every = [...rust.values(), ...scripts.values()].flatMap(({ sites }) => sites.flatMap(({ mutants }) => mutants));
every.forEach((mutant, id) => (mutant.id = id));
const known = new Set(every.map(nameOf));
const stale = Object.keys(EQUIVALENT).filter((name) => !known.has(name));
stale.forEach((name) => console.log(`equivalent.json names what is no mutant any more: ${name}`));

/** What a group tries. @param {typeof GROUPS[number]} group */
function chosenOf({ name, paths, sample }) {
  const own = every.filter(({ file }) => paths.some((path) => file.startsWith(`${path}/`)));
  if (survived) return own.filter((mutant) => survived.has(nameOf(mutant)));
  if (named.length) return own.filter(({ file }) => isNamed(file));
  if (wantedGroups.length && !wantedGroups.includes(name)) return [];
  const most = process.env.MUTANTS === "all" ? own.length : Number(process.env.MUTANTS ?? sample);
  return shuffled(own, seed).slice(0, most);
}

const groups = GROUPS.map((group) => ({ ...group, chosen: chosenOf(group) })).filter(({ chosen }) => chosen.length);
/** @type {Map<number, Outcome | "equivalent" | "not compiled">} */
const results = new Map();
const isTried = (/** @type {Mutant} */ mutant) => !Object.hasOwn(EQUIVALENT, nameOf(mutant));
const tell = (/** @type {Mutant} */ mutant, /** @type {Outcome} */ outcome) => {
  results.set(mutant.id, outcome);
  if (outcome === "killed") return;
  console.log(`${outcome.padEnd(9)} ${mutant.file}:${mutant.line} ${nameOf(mutant).slice(mutant.file.length + 1)}`);
};

mkdirSync(WORK, { recursive: true });
// Whoever has seen enough gets the figures so far.
process.once("SIGINT", () => {
  report();
  process.exit(1);
});
const inRust = groups.flatMap(({ chosen }) => chosen).filter(({ file }) => file.endsWith(".rs"));
const inScripts = groups.flatMap(({ chosen }) => chosen).filter(({ file }) => file.endsWith(".js"));
[...inRust, ...inScripts].filter((mutant) => !isTried(mutant)).forEach(({ id }) => results.set(id, "equivalent"));

if (inRust.some(isTried)) {
  const { binary, viable } = buildRust(rust, inRust.filter(isTried), every.length);
  console.log(`${viable.length} mutants of Rust, built in ${Math.round(performance.now() / 1000)} s`);
  const trace = await traceRust(binary);
  tellFailing(trace.failing);
  await outcomes(viable, trace.reaching, (mutant, tests) => runRust(binary, mutant, tests, trace.ms), tell);
}
if (inScripts.some(isTried)) {
  console.log(`${inScripts.filter(isTried).length} mutants of scripts`);
  writeScripts(scripts, inScripts.filter(isTried));
  const trace = await traceScripts();
  tellFailing(trace.failing);
  const run = (/** @type {Mutant} */ mutant, /** @type {string[]} */ tests) => runScripts(mutant, tests);
  await outcomes(inScripts.filter(isTried), trace.reaching, run, tell);
}

report();

/** @param {string[]} failing */
function tellFailing(failing) {
  if (failing.length)
    console.log(`left out, since they fail, or take too long, where nothing is changed: ${failing.join(", ")}`);
}

/** Prints the figures so far, and keeps what survived for --again. */
function report() {
  let isEnough = !stale.length;
  for (const { name, chosen, least } of groups) {
    const count = (/** @type {string[]} */ ...all) =>
      chosen.filter(({ id }) => all.includes(results.get(id) ?? "")).length;
    const [killed, late, alive, unmet] = [count("killed"), count("timeout"), count("survived"), count("unreached")];
    const all = killed + late + alive + unmet;
    const share = all ? (killed + late) / all : 1;
    isEnough &&= share >= least;
    console.log(
      `${name}: ${killed} killed, ${late} by time, ${alive} survived, ${unmet} met by no test, ${count("equivalent")} equivalent: ` +
        `${(share * 100).toFixed(1)}% of ${all}, and ${least * 100}% are wanted`,
    );
  }
  const left = every.filter(({ id }) => ["survived", "unreached"].includes(results.get(id) ?? ""));
  writeFileSync(REPORT, JSON.stringify(left.map(nameOf)));
  process.exitCode = isEnough ? 0 : 1;
}
