// Rust: all mutants are compiled into one test binary, each behind a switch, so that none costs a build of its own.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT, bounded, withSwitches } from "./common.mjs";

/** @typedef {import("./common.mjs").Mutant} Mutant @typedef {import("./common.mjs").Site} Site */

const WORK = join(ROOT, "target/mutants");
const TREE = join(WORK, "rust");
/** The tests are a crate of their own here: unlike the sources they are compiled without optimizing, which is soon done. */
const TESTS = join(WORK, "tests");
const SWITCH = "mutant_switch";

/** Which mutant is on, by MUTANT; with MUTANT_TRACE, a file that the numbers of those that are met are written to. */
const SWITCH_SOURCE = `//! Which mutant is on.
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex};

static ACTIVE: LazyLock<u32> =
    LazyLock::new(|| std::env::var("MUTANT").ok().and_then(|text| text.parse().ok()).unwrap_or(u32::MAX));
static TRACE: LazyLock<Option<Mutex<std::fs::File>>> = LazyLock::new(|| {
    let path = std::env::var("MUTANT_TRACE").ok()?;
    std::fs::OpenOptions::new().create(true).append(true).open(path).ok().map(Mutex::new)
});
static MET: [AtomicBool; COUNT] = [const { AtomicBool::new(false) }; COUNT];

#[inline]
pub(crate) fn is(id: u32) -> bool {
    let active = *ACTIVE;
    if active == u32::MAX { meet(id) }
    active == id
}

fn meet(id: u32) {
    if MET[id as usize].load(Ordering::Relaxed) || MET[id as usize].swap(true, Ordering::Relaxed) { return }
    if let Some(file) = TRACE.as_ref() && let Ok(mut file) = file.lock() {
        let _ = file.write_all(&id.to_le_bytes());
    }
}
`;

/** @param {Site} site @param {string} original */
function switched(site, original) {
  const is = (/** @type {Mutant} */ mutant) => `crate::${SWITCH}::is(${mutant.id})`;
  const text = (/** @type {any} */ mutant) => mutant.text;
  if (site.start === site.end)
    return site.mutants.map((mutant) => ` if ${is(mutant)} { ${text(mutant)}; }`).join("") + " ";
  const [open, close] = site.isStatement ? ["{", "}"] : ["(", ")"];
  const before = site.mutants.map(
    (mutant) => `if ${is(mutant)} { ${site.isStatement ? text(mutant) : `(${text(mutant)})`} } else `,
  );
  return `${open}${before.join("")}{ ${site.isStatement ? original : `(${original})`} }${close}`;
}

/** A copy of the crate with the switches in, beside which nothing else is changed. */
function writeTree(
  /** @type {Map<string, { source: string, sites: Site[] }>} */ all,
  /** @type {Set<number>} */ wanted,
  count,
) {
  mkdirSync(TREE, { recursive: true });
  write(join(TREE, "Cargo.toml"), readFileSync(join(ROOT, "Cargo.toml"), "utf8"));
  const sync = spawnSync("bash", ["-c", `cd '${ROOT}' && find src -type f`], { encoding: "utf8" })
    .stdout.trim()
    .split("\n");
  for (const file of sync) {
    const found = all.get(file);
    const sites = (found?.sites ?? [])
      .map((site) => ({ ...site, mutants: site.mutants.filter(({ id }) => wanted.has(id)) }))
      .filter((site) => site.mutants.length);
    let text = readFileSync(join(ROOT, file), "utf8");
    if (sites.length) text = withSwitches(text, sites, switched);
    if (file === "src/lib.rs") text += `\nmod ${SWITCH};\n`;
    write(join(TREE, file), text);
  }
  write(join(TREE, `src/${SWITCH}.rs`), SWITCH_SOURCE.replaceAll("COUNT", String(count)));
}

/** The crate of the tests, which finds all that they read where it is in the repository. */
function writeTests() {
  mkdirSync(TESTS, { recursive: true });
  for (const name of ["tests", "www", "src", "README.md", ".cargo", "build.sh"])
    if (!existsSync(join(TESTS, name))) symlinkSync(join(ROOT, name), join(TESTS, name));
  const own = readFileSync(join(ROOT, "Cargo.toml"), "utf8");
  const section = (/** @type {string} */ name) => own.split(`\n[${name}]\n`)[1]?.split(/\n\[/)[0] ?? "";
  const used = section("dependencies")
    .replace(/, optional = true/g, "")
    .replace(/^calamine.*$/m, "");
  write(
    join(TESTS, "Cargo.toml"),
    `[package]\nname = "it"\nversion = "0.0.0"\nedition = "2024"\nautolib = false\nautotests = false\n
[features]\ndefault = ["layers", "look", "table", "trainer"]\nlayers = []\nlook = []\ntable = []\ntrainer = []\ngpu = []\n
[dependencies]\ntrainyard = { path = "../rust", features = ["table"] }\n${used}\n${section("dev-dependencies")}
[[test]]\nname = "it"\npath = "tests/it/main.rs"\n
[profile.dev]\nopt-level = 0\ndebug = 0\n
[profile.dev.package."*"]\nopt-level = 1\n
[workspace]\n`,
  );
  write(join(TESTS, "Cargo.lock"), readFileSync(join(ROOT, "Cargo.lock"), "utf8"));
}

/** Writes what is new alone: cargo goes by the time of change. @param {string} path @param {string} text */
function write(path, text) {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const ENV = {
  CARGO_INCREMENTAL: "1",
  RUSTFLAGS: "-Awarnings",
  RUST_BACKTRACE: "0",
};

/** @param {string[]} verb @param {string} place */
function cargo(verb, place) {
  const all = [...verb, "--target-dir", join(WORK, "build"), "--message-format=json"];
  const { stdout, stderr, status } = spawnSync("cargo", all, {
    cwd: place,
    env: { ...process.env, ...ENV },
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  const messages = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line));
  return { status, stderr, messages };
}

/** The numbers of the mutants nearest around what the compiler refuses. */
function refused(/** @type {any[]} */ messages) {
  const ids = new Set();
  for (const { message } of messages.filter(
    ({ reason, message }) => reason === "compiler-message" && message.level === "error",
  ))
    for (const span of message.spans.filter(
      (/** @type {any} */ span) => span.is_primary && /(^|\/rust\/)src\//.test(span.file_name),
    )) {
      const bytes = readFileSync(join(TREE, span.file_name.replace(/^.*\/rust\//, "")));
      const before = bytes.subarray(0, span.byte_start).toString();
      const inside = bytes.subarray(span.byte_start, span.byte_end).toString();
      const all = [...(before + inside).matchAll(/mutant_switch::is\((\d+)\)/g)];
      const within = [...inside.matchAll(/mutant_switch::is\((\d+)\)/g)];
      for (const match of within.length ? within : all.slice(-1)) ids.add(Number(match[1]));
    }
  return ids;
}

/**
 * Builds them, and says which the compiler takes.
 * @param {Map<string, { source: string, sites: Site[] }>} all @param {Mutant[]} chosen @param {number} count
 */
export function buildRust(all, chosen, count) {
  const wanted = new Set(chosen.map(({ id }) => id));
  for (let round = 0; round < 12; round++) {
    writeTree(all, wanted, count);
    writeTests();
    const { status, stderr, messages } = cargo(["check", "--package", "trainyard"], TESTS);
    if (status === 0) break;
    const ids = refused(messages);
    if (!ids.size)
      throw new Error(
        `The sources with mutants do not compile:\n${stderr}\n${messages
          .map((m) => m.message?.rendered ?? "")
          .join("\n")
          .slice(0, 4000)}`,
      );
    ids.forEach((id) => wanted.delete(id));
  }
  const { status, stderr, messages } = cargo(["test", "--no-run", "--test", "it"], TESTS);
  if (status !== 0) throw new Error(`The tests do not compile: ${stderr}`);
  const binary = messages.findLast(
    ({ reason, target, executable }) => reason === "compiler-artifact" && executable && target.name === "it",
  );
  return { binary: binary.executable, viable: chosen.filter(({ id }) => wanted.has(id)) };
}

/** What measures the tree, the machine or the GPU says nothing of a mutant. */
const LEFT_OUT = /^(tidy|gpu|gpu_gradient|gpu_run|allocation)::/;

/** What takes longer than this is run for those mutants alone that fewer than so many quicker tests reach. */
const [LONG_MS, ENOUGH] = [4000, 8];

/** Tests that compute for longer are left out: unoptimized, a few take minutes. */
const LONGEST_S = 20;

/**
 * Which tests reach which mutants: each is run alone once. One that fails without a mutant is left out.
 * @param {string} binary @returns {Promise<{ reaching: Map<number, string[]>, ms: Map<string, number>, failing: string[] }>}
 */
export async function traceRust(binary) {
  const listed = await bounded([binary, "--list"], { seconds: 60, cwd: TESTS });
  const names = [...listed.out.matchAll(/^(\S+): test$/gm)]
    .map(([, name]) => name)
    .filter((name) => !LEFT_OUT.test(name));
  const file = join(WORK, "trace");
  const ms = new Map();
  const failing = [];
  /** @type {Map<number, string[]>} */
  const reaching = new Map();
  for (const name of names) {
    rmSync(file, { force: true });
    const run = await bounded([binary, "--exact", name], {
      seconds: LONGEST_S,
      cwd: TESTS,
      env: { MUTANT_TRACE: file, ...ENV },
    });
    ms.set(name, run.ms);
    if (!run.isRight) failing.push(name);
    if (!run.isRight || !existsSync(file)) continue;
    const met = readFileSync(file);
    for (let at = 0; at < met.length; at += 4) {
      const id = met.readUInt32LE(at);
      reaching.set(id, [...(reaching.get(id) ?? []), name]);
    }
  }
  for (const [id, tests] of reaching) {
    tests.sort((a, b) => (ms.get(a) ?? 0) - (ms.get(b) ?? 0));
    const quick = tests.filter((name) => (ms.get(name) ?? 0) < LONG_MS);
    if (quick.length >= ENOUGH) reaching.set(id, quick);
  }
  return { reaching, ms, failing };
}

/**
 * Runs one mutant: its tests in growing groups, quickest first.
 * @param {string} binary @param {Mutant} mutant @param {string[]} tests @param {Map<string, number>} ms
 */
export async function runRust(binary, mutant, tests, ms) {
  let at = 0;
  for (let budget = 200; at < tests.length; budget *= 4) {
    const group = [];
    let sum = 0;
    while (at < tests.length && (!group.length || sum + (ms.get(tests[at]) ?? 0) <= budget)) {
      sum += ms.get(tests[at]) ?? 0;
      group.push(tests[at++]);
    }
    const run = await bounded([binary, "--exact", "--test-threads=1", ...group], {
      seconds: 5 + (sum / 1000) * 5,
      cwd: TESTS,
      env: { MUTANT: String(mutant.id), ...ENV },
      limits: "ulimit -v 12000000;",
      failed: /^test .* FAILED$/m,
    });
    if (!run.isRight) return run;
  }
  return { isRight: true, isLate: false };
}
