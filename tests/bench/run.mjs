// Measures our engines beside their peers: one Chromium, rounds interleaved, a fresh browser for each cell, medians.
import { build } from "esbuild";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { launch, webgpuFlag } from "../browser/support.mjs";
import { serve } from "../serve.mjs";
import { allOursIn, engines, fits, peers, places } from "./engines.mjs";
import { print, tabulate } from "./report.mjs";
import { works } from "./work.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const repository = path.join(here, "../..");
const site = path.join(repository, "target/bench");
const resultFile = path.join(repository, "target/bench.json");

const usage = `./build.sh bench [options]
  --only W1,W4-256   these works (W4: all its sizes); all by default: ${Object.keys(works).join(" ")}
  --on cpu,gpu       in these places; both by default (gpu needs WebGPU; W5s is for it)
  --peers a,b        beside these peers: ${peers.join(" ")}
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
        on: { type: "string", default: places.join(",") },
        peers: { type: "string", default: peers.join(",") },
        rounds: { type: "string" },
      },
    });
    const rounds = Number(values.rounds ?? (values.quick ? 1 : 3));
    if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds: ${values.rounds} is no count`);
    return {
      help: values.help,
      rounds,
      works: values.only.split(",").flatMap(worksNamed),
      places: values.on.split(",").map((name) => known(name, places, "--on", "place")),
      peers: values.peers
        .split(",")
        .filter(Boolean)
        .map((name) => known(name, peers, "--peers", "peer")),
      limits: values.quick
        ? { warmMs: 300, runMs: 500, limitMs: 15000 }
        : { warmMs: 1000, runMs: 2000, limitMs: 25000 },
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

function known(name, names, option, what) {
  if (!names.includes(name)) throw new Error(`${option}: there is no ${what} ${name}`);
  return name;
}

async function main() {
  await bundle();
  const server = await serve(site);
  const isolated = await serve(site, { before: isolating });
  const adapter = options.places.includes("gpu") ? await findAdapter(server.url) : null;
  if (options.places.includes("gpu") && !adapter)
    console.error("bench: no WebGPU adapter here, so nothing is measured on the GPU");
  const cells = options.places.flatMap((place) => (place === "gpu" && !adapter ? [] : cellsIn(place, adapter)));
  if (!cells.length) {
    console.log(
      "bench: none of these works is for these places: W5s is for GPUs, W5 for the CPU and for GPUs that aren't software",
    );
    return Promise.all([server.close(), isolated.close()]);
  }
  let browserVersion;
  for (let round = 1; round <= options.rounds; round++) {
    for (const { work, names, runs } of cells) {
      for (const engine of names) {
        runs[engine] ??= [];
        if (runs[engine].at(-1)?.error) continue; // what fails once fails always
        progress(`round ${round}: ${work} ${engine}`);
        const run = await measureCell((engines[engine]?.isolated ? isolated : server).url, engine, work);
        browserVersion = run.browser;
        runs[engine].push(run);
      }
    }
  }
  progress("");
  await Promise.all([server.close(), isolated.close()]);

  const tables = cells.map(({ work, place, runs }) => tabulate(work, place, runs));
  console.log(`Chromium ${browserVersion}, ${options.rounds} interleaved round(s), medians [min–max]`);
  if (adapter) console.log(`The GPU: ${adapter.name}${adapter.isSoftware ? ", software" : ""}`);
  for (const table of tables) print(table);
  const busy = Math.max(
    0,
    ...cells.flatMap(({ runs }) =>
      Object.values(runs)
        .flat()
        .map((run) => run.busyBefore ?? 0),
    ),
  );
  if (busy > 0.2)
    console.log(`\nOther programs kept up to ${Math.round(busy * 100)} % of this machine busy: trust the ratios less.`);
  fs.writeFileSync(
    resultFile,
    JSON.stringify({ browser: browserVersion, adapter, rounds: options.rounds, tables, cells }, null, 1),
  );
  console.log(`\nAll numbers: ${path.relative(process.cwd(), resultFile)}`);

  const rows = tables.flatMap((table) => table.rows.map((row) => ({ ...row, cell: `${table.work} ${row.engine}` })));
  const bad = rows.filter((row) => row.check.startsWith("WRONG") || (row.error && engines[row.engine].ours));
  if (bad.length) {
    console.error(`bench: ${bad.map((row) => row.cell).join(", ")}: the work was not done as asked`);
    process.exit(1);
  }
}

/** Lets memory be shared among threads. */
function isolating(_, response) {
  response.setHeader("cross-origin-opener-policy", "same-origin");
  response.setHeader("cross-origin-embedder-policy", "require-corp");
  return false;
}

/** One row of cells a work: ours first, then the peers that can do it. */
function cellsIn(place, adapter) {
  const ours = allOursIn(place);
  return options.works
    .map((work) => {
      const named = [...ours, ...options.peers.filter((peer) => engines[peer].place === place)];
      const names = named.filter((name) => fits(name, work, adapter ?? {}));
      return { work, place, names: place === "cpu" ? ["peak", ...names] : names, runs: {} };
    })
    .filter(({ names }) => names.includes(ours[0]));
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
  fs.writeFileSync(
    path.join(site, "index.html"),
    '<!doctype html><meta charset="utf-8"><title>bench</title><script type="module" src="page.js"></script>',
  );
  for (const folder of ["pkg", "pkg-full", "pkg-fast", "pkg-bench", "pkg-bench-fast"]) {
    const file = path.join(repository, "www", folder, "trainyard_bg.wasm");
    fs.mkdirSync(path.join(site, folder));
    if (fs.existsSync(file)) fs.copyFileSync(file, path.join(site, folder, "trainyard_bg.wasm"));
  }
  const dist = path.join(repository, "dist");
  const built = fs.readdirSync(dist).find((name) => fs.existsSync(path.join(dist, name, "bench/worker.js")));
  fs.copyFileSync(path.join(dist, built, "bench/worker.js"), path.join(site, "worker.js"));
  const backend = path.join(here, "node_modules/@tensorflow/tfjs-backend-wasm/dist");
  for (const file of fs.readdirSync(backend).filter((name) => name.endsWith(".wasm")))
    fs.copyFileSync(path.join(backend, file), path.join(site, file));
}

/** Opens the page in a browser of its own, and closes it again. */
async function withPage(url, args, use) {
  const browser = await launch({ args });
  try {
    const page = await browser.newPage();
    await page.goto(url);
    await page.waitForFunction(() => globalThis.runCell);
    return { ...(await use(page)), browser: browser.version() };
  } catch (error) {
    return { error: error.message.split("\n")[0], browser: browser.version() };
  } finally {
    await browser.close();
  }
}

/** `{ name, isSoftware }`, or null where there is none. */
async function findAdapter(url) {
  const { adapter } = await withPage(url, [webgpuFlag], async (page) => ({
    adapter: await page.evaluate(() => globalThis.adapterFacts()),
  }));
  return adapter ?? null;
}

async function measureCell(url, engine, work) {
  const busyBefore = await idle();
  const onGpu = engines[engine]?.place === "gpu";
  // Waiting for a GPU's queue takes some milliseconds: its chunks are longer.
  const limits = { ...options.limits, chunkMs: onGpu ? 200 : 60 };
  const result = await withPage(url, onGpu ? [webgpuFlag] : [], async (page) => {
    const run = page.evaluate((cell) => globalThis.runCell(...cell), [engine, work, limits]);
    const patience = limits.limitMs + 60000; // the limit is looked at between steps, which may be long
    let timer;
    const late = new Promise(
      (resolve) => (timer = setTimeout(resolve, patience, { error: `no end after ${patience / 1000} s` })),
    );
    const first = await Promise.race([run, late]);
    clearTimeout(timer);
    run.catch(() => {}); // closing the browser on a late run rejects it
    return first;
  });
  return { ...result, busyBefore };
}

/** Waits, up to ten seconds, until other programs leave the machine alone; resolves to the share they still take. */
async function idle() {
  if (!fs.existsSync("/proc/stat")) return null;
  const read = () => {
    const ticks = fs.readFileSync("/proc/stat", "utf8").split("\n")[0].trim().split(/\s+/).slice(1, 9).map(Number);
    return { idle: ticks[3] + ticks[4], all: ticks.reduce((sum, value) => sum + value, 0) };
  };
  let busy = 1;
  for (const start = Date.now(); busy > 0.12 && Date.now() - start < 10000;) {
    const before = read();
    await new Promise((resolve) => setTimeout(resolve, 400));
    const after = read();
    busy = 1 - (after.idle - before.idle) / (after.all - before.all);
  }
  return busy;
}

function progress(line) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
}
