// Measures our engine beside its peers: one Chromium, rounds interleaved, a fresh browser for each cell, medians.
import { build } from "esbuild";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launch } from "../browser/support.mjs";
import { serve } from "../serve.mjs";
import { works } from "./work.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const repository = path.join(here, "../..");
const site = path.join(repository, "target/bench");
const resultFile = path.join(repository, "target/bench.json");

const ours = "trainyard";
const allPeers = ["convnetjs", "synaptic", "brain", "tfjs-cpu", "tfjs-wasm", "jax-wasm"];
// What not every peer can: synaptic would generate too much code, brain.js has dense layers only, and the others have no
// matrix product worth the name.
const fit = {
  mlp: (peer, work) => peer !== "synaptic" || work === "W1",
  cnn: (peer) => !["synaptic", "brain"].includes(peer),
  product: (peer) => ["tfjs-wasm", "jax-wasm"].includes(peer),
};
// Engines that take our initial weights, update once a batch and know the loss: theirs after three steps must agree.
const exact = {
  W1: [ours, "tfjs-cpu", "tfjs-wasm", "jax-wasm"],
  W2: [ours, "tfjs-cpu", "tfjs-wasm", "jax-wasm"],
  W3: [ours, "convnetjs", "tfjs-cpu", "jax-wasm"],
  W5: [ours, "convnetjs", "tfjs-cpu", "tfjs-wasm", "jax-wasm"],
};

const usage = `./build.sh bench [options]
  --only W1,W4-256   these works (W4: all its sizes); all by default: ${Object.keys(works).join(" ")}
  --peers a,b        beside these peers: ${allPeers.join(" ")}
  --rounds 3         how often each cell is measured
  --quick            one short round: a look, not a measurement`;

const options = readOptions();
if (options.help) console.log(usage);
else await main();

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        help: { type: "boolean" },
        quick: { type: "boolean", default: false },
        only: { type: "string", default: Object.keys(works).join(",") },
        peers: { type: "string", default: allPeers.join(",") },
        rounds: { type: "string" },
      },
    });
    const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
    if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds: ${values.rounds} is no count`);
    return {
      help: values.help,
      rounds,
      works: values.only.split(",").flatMap(worksNamed),
      peers: values.peers.split(",").filter(Boolean).map(knownPeer),
      limits: values.quick ? { warmMs: 300, runMs: 500, limitMs: 15000 } : { warmMs: 1000, runMs: 2000, limitMs: 25000 },
    };
  } catch (error) {
    console.error(`bench: ${error.message}\n\n${usage}`);
    process.exit(1);
  }
}

function worksNamed(name) {
  const found = Object.keys(works).filter((work) => work === name || work.startsWith(`${name}-`));
  if (!found.length) throw new Error(`--only: there is no work ${name}`);
  return found;
}

function knownPeer(name) {
  if (!allPeers.includes(name)) throw new Error(`--peers: there is no peer ${name}`);
  return name;
}

async function main() {
  await bundle();
  const server = await serve(site);
  const cells = options.works.map((work) => {
    const peers = options.peers.filter((peer) => fit[works[work].kind](peer, work));
    return { work, engines: ["peak", ours, ...peers], runs: {} };
  });
  let browserVersion;
  for (let round = 1; round <= options.rounds; round++) {
    for (const { work, engines, runs } of cells) {
      for (const engine of engines) {
        runs[engine] ??= [];
        if (runs[engine].at(-1)?.error) continue; // what fails once fails always
        progress(`round ${round}: ${work} ${engine}`);
        const run = await measureCell(server.url, engine, work);
        browserVersion = run.browser;
        runs[engine].push(run);
      }
    }
  }
  progress("");
  await server.close();

  const tables = cells.map(({ work, runs }) => tabulate(work, runs));
  console.log(`Chromium ${browserVersion}, one thread, ${options.rounds} interleaved round(s), medians [min–max]`);
  for (const table of tables) print(table);
  const busy = Math.max(...cells.flatMap(({ runs }) => Object.values(runs).flat().map((run) => run.busyBefore ?? 0)));
  if (busy > 0.2) console.log(`\nOther programs kept up to ${Math.round(busy * 100)} % of this machine busy: trust the ratios less.`);
  fs.writeFileSync(resultFile, JSON.stringify({ browser: browserVersion, rounds: options.rounds, tables, cells }, null, 1));
  console.log(`\nAll numbers: ${path.relative(process.cwd(), resultFile)}`);

  const wrong = tables.flatMap(({ work, rows }) => rows.filter((row) => row.check.startsWith("WRONG")).map((row) => `${work} ${row.engine}`));
  const broken = tables.flatMap(({ work, rows }) => rows.filter((row) => row.engine === ours && row.error).map((row) => `${work} ${ours}`));
  if (wrong.length + broken.length) {
    console.error(`bench: ${[...wrong, ...broken].join(", ")}: the work was not done as asked`);
    process.exit(1);
  }
}

/** Bundles the page and its engines into target/bench. */
async function bundle() {
  fs.rmSync(site, { recursive: true, force: true });
  await build({
    absWorkingDir: here,
    entryPoints: ["page.mjs"],
    outdir: site,
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    target: "es2022",
    platform: "browser",
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
    external: ["fs", "path", "crypto", "worker_threads", "perf_hooks", "os", "util", "string_decoder"], // peers' branches for Node
  });
  fs.writeFileSync(path.join(site, "index.html"), '<!doctype html><meta charset="utf-8"><title>bench</title><script type="module" src="page.js"></script>');
  fs.copyFileSync(path.join(repository, "www/pkg/trainyard_bg.wasm"), path.join(site, "trainyard_bg.wasm"));
  const backend = path.join(here, "node_modules/@tensorflow/tfjs-backend-wasm/dist");
  for (const file of fs.readdirSync(backend).filter((name) => name.endsWith(".wasm"))) fs.copyFileSync(path.join(backend, file), path.join(site, file));
}

async function measureCell(url, engine, work) {
  const busyBefore = await idle();
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction(() => globalThis.runCell);
    const run = page.evaluate(([name, task, limits]) => globalThis.runCell(name, task, limits), [engine, work, options.limits]);
    const patience = options.limits.limitMs + 60000; // the limit is looked at between steps, which may be long
    let timer;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, patience, { error: `no end after ${patience / 1000} s` })));
    const result = await Promise.race([run, late]);
    clearTimeout(timer);
    run.catch(() => {}); // closing the browser on a late run rejects it
    return { ...result, busyBefore, browser: browser.version() };
  } catch (error) {
    return { error: error.message.split("\n")[0], busyBefore, browser: browser.version() };
  } finally {
    await browser.close();
  }
}

/** Waits, up to ten seconds, until other programs leave the machine alone; resolves to the share they still take. */
async function idle() {
  if (!fs.existsSync("/proc/stat")) return null;
  const read = () => {
    const ticks = fs.readFileSync("/proc/stat", "utf8").split("\n")[0].trim().split(/\s+/).slice(1, 9).map(Number);
    return { idle: ticks[3] + ticks[4], all: ticks.reduce((sum, value) => sum + value, 0) };
  };
  let busy = 1;
  for (const start = Date.now(); busy > 0.12 && Date.now() - start < 10000; ) {
    const before = read();
    await new Promise((resolve) => setTimeout(resolve, 400));
    const after = read();
    busy = 1 - (after.idle - before.idle) / (after.all - before.all);
  }
  return busy;
}

function tabulate(work, runs) {
  const product = works[work].kind === "product";
  const rateOf = (run) => (product ? run.gflops : run.samplesPerSecond);
  const peak = median(runs.peak.map((run) => run.gflops));
  const rows = Object.keys(runs).filter((engine) => engine !== "peak").map((engine) => {
    const failed = runs[engine].find((run) => run.error);
    if (failed) return { engine, error: failed.error, check: "" };
    const rates = runs[engine].map(rateOf);
    return {
      engine,
      rate: median(rates),
      lowest: Math.min(...rates),
      highest: Math.max(...rates),
      gflops: median(runs[engine].map((run) => run.gflops)),
      ...check(work, engine, runs[engine]),
    };
  });
  const our = rows.find((row) => row.engine === ours);
  const fastest = Math.max(...rows.filter((row) => row.engine !== ours && row.rate).map((row) => row.rate));
  for (const row of rows.filter((each) => each.rate)) {
    row.oursAgainstIt = our?.rate ? our.rate / row.rate : null;
    row.againstFastestPeer = Number.isFinite(fastest) ? row.rate / fastest : null;
  }
  return { work, title: works[work].title, unit: product ? "GFLOP/s" : "samples/s", peak, rows };
}

/** Did the engine do the work? The worst of its runs speaks. */
function check(work, engine, runs) {
  if (works[work].kind === "product") {
    const error = Math.max(...runs.map((run) => run.productError));
    return { check: error < 1e-3 ? "product right" : `WRONG product, by ${error.toExponential(1)}` };
  }
  const [{ lossStart, loss3, lossEnd }] = runs;
  const losses = { losses: [lossStart, loss3, lossEnd] };
  const expected = works[work].lossAfter3;
  if (expected && exact[work].includes(engine)) {
    const right = runs.every((run) => Math.abs(run.loss3 - expected) < 1e-3);
    return { ...losses, check: right ? "agrees" : `WRONG: ${expected} expected after 3 steps` };
  }
  return { ...losses, check: runs.every((run) => run.lossEnd < run.lossStart) ? "falls" : "WRONG: the loss did not fall" };
}

function print({ work, title, unit, peak, rows }) {
  console.log(`\n${work}: ${title}`);
  const trains = works[work].kind !== "product";
  const head = ["engine", unit, "[min–max]", "ours ÷ it", "it ÷ fastest peer", ...(trains ? ["GFLOP/s", "loss: start", "3 steps", "end"] : []), "check"];
  const body = rows.map((row) => {
    if (row.error) return [row.engine, "fails", ...head.slice(3).map(() => ""), row.error.slice(0, 80)];
    return [
      row.engine, short(row.rate), `[${short(row.lowest)}–${short(row.highest)}]`, ratio(row.oursAgainstIt), ratio(row.againstFastestPeer),
      ...(trains ? [row.gflops.toFixed(2), ...row.losses.map((loss) => loss.toFixed(5))] : []), row.check,
    ];
  });
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((line) => line[column].length)));
  const pad = (cell, column) => (column > 0 && column < head.length - 1 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]));
  for (const line of [head, ...body]) console.log(`  ${line.map(pad).join("  ").trimEnd()}`);
  const our = rows.find((row) => row.engine === ours && row.rate);
  const share = our ? `; ours is at ${((100 * our.gflops) / peak).toFixed(1)} % of it` : "";
  console.log(`  peak of one thread (f32x4 multiply + add): ${peak.toFixed(1)} GFLOP/s${share}`);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function short(value) {
  if (value >= 1e6) return `${(value / 1e6).toFixed(2)} M`;
  if (value >= 1e4) return `${(value / 1e3).toFixed(1)} k`;
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

function ratio(value) {
  return value == null ? "" : `${value.toPrecision(3)} ×`;
}

function progress(line) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
}
