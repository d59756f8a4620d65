// How the page itself does: from a cold load to the first step, how much of the engine's own pace it keeps on W1 while it
// shows it, with nothing and with everything open and panel by panel, and Lighthouse's marks. `./build.sh bench page`,
// with `pace` behind it for the second alone.
import { findChromium, launch } from "../browser/support.mjs";
import { answer, serve } from "../serve.mjs";
import { serveEngine, tellPace } from "./pace.mjs";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const ROUNDS = 5;

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Milliseconds from navigation until it trains, and until that is seen, in a browser that has nothing cached. */
async function firstStep(url) {
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
  await page.addInitScript(() => {
    const look = () => {
      const playground = document.querySelector("ty-run-bar")?.playground;
      if (!playground) return void requestAnimationFrame(look);
      playground.play();
      // Training begins when the run's state says so, in the worker; the page hears of it a moment later.
      playground.store.subscribe(({ run, frame }) => {
        if (run?.state === "training") globalThis.begun ??= performance.now();
        if (frame?.step > 0) globalThis.firstStep ??= performance.now();
      });
    };
    look();
  });
  await page.goto(url);
  await page.waitForFunction(() => globalThis.firstStep);
  const times = await page.evaluate(() => [globalThis.begun, globalThis.firstStep]);
  await browser.close();
  return times;
}

/** What an empty page takes to its first animation frame, on the same machine. */
async function emptyPage(url) {
  const browser = await launch();
  const page = await browser.newPage();
  await page.addInitScript(() => requestAnimationFrame(() => (globalThis.first = performance.now())));
  await page.goto(new URL("icons/icon.svg", url).href);
  await page.waitForFunction(() => globalThis.first);
  const ms = await page.evaluate(() => globalThis.first);
  await browser.close();
  return ms;
}

/** In a process of its own: this one serves the page meanwhile. */
async function marks(url, preset) {
  const out = path.join(os.tmpdir(), `trainyard-lighthouse-${process.pid}.json`);
  const flags = [
    "--headless=new",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
  ].join(" ");
  const args = [
    url,
    ...(preset === "desktop" ? ["--preset=desktop"] : []),
    "--quiet",
    "--no-enable-error-reporting",
    "--output=json",
    `--output-path=${out}`,
    `--chrome-flags=${flags}`,
  ];
  await promisify(execFile)(path.join(here, "node_modules/.bin/lighthouse"), args, {
    env: { ...process.env, CHROME_PATH: findChromium() },
    timeout: 120_000,
  });
  const { categories } = JSON.parse(fs.readFileSync(out, "utf8"));
  fs.rmSync(out);
  return Object.values(categories)
    .map(({ title, score }) => `${title} ${Math.round(score * 100)}`)
    .join(" · ");
}

const isOnlyPace = process.argv.includes("pace");
const site = await serve(path.join(here, "../../dist"), {
  before: serveEngine(answer, path.join(here, "../../www/pkg")),
});
if (!isOnlyPace) {
  const [steps, empties] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    steps.push(await firstStep(site.url));
    empties.push(await emptyPage(site.url));
  }
  console.log(
    `page load → it trains    ${median(steps.map(([begun]) => begun)).toFixed(0)} ms, seen after ${median(steps.map(([, seen]) => seen)).toFixed(0)} ms; an empty page ${median(empties).toFixed(0)} ms (median of ${ROUNDS}, cold, 1440 × 900)`,
  );
}
await tellPace(site.url, ROUNDS);
if (!isOnlyPace)
  for (const preset of ["desktop", "mobile"])
    console.log(`Lighthouse, ${preset.padEnd(12)} ${await marks(site.url, preset)}`);
await site.close();
