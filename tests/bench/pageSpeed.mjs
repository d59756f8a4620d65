// How the page itself does: from a cold load to the first step, pictures and main thread while W1 trains at full speed
// beside an idle page, and Lighthouse's marks. `./build.sh bench page`
import { findChromium, launch } from "../browser/support.mjs";
import { serve } from "../serve.mjs";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const ROUNDS = 5;
const WATCH_MS = 4000;

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

/** Pictures a second, the longest task of the main thread, and how much the layout shifted. */
async function watch(page) {
  return page.evaluate(async (ms) => {
    const seen = { frames: 0, longest: 0, shift: 0 };
    const tasks = new PerformanceObserver((list) =>
      list.getEntries().forEach(({ duration }) => (seen.longest = Math.max(seen.longest, duration))),
    );
    tasks.observe({ type: "longtask" });
    const shifts = new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (seen.shift += value)));
    shifts.observe({ type: "layout-shift" });
    const start = performance.now();
    await new Promise((resolve) => {
      const tick = () => {
        seen.frames += 1;
        if (performance.now() - start < ms) requestAnimationFrame(tick);
        else resolve();
      };
      requestAnimationFrame(tick);
    });
    tasks.disconnect();
    shifts.disconnect();
    return { ...seen, perSecond: (seen.frames * 1000) / (performance.now() - start) };
  }, WATCH_MS);
}

async function frames(url) {
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
  await page.goto(new URL("#speed=max&epochs=unlimited&engine=cpu", url).href);
  await page.waitForFunction(() => document.querySelector("ty-run-bar")?.playground.store.get().frame?.outputs);
  await page.waitForTimeout(1500);
  const idle = await watch(page);
  await page.keyboard.press("Space");
  await page.waitForTimeout(1500);
  const busy = await watch(page);
  const speed = await page.evaluate(
    () => document.querySelector("ty-run-bar").playground.store.get().frame.stepsPerSecond,
  );
  await browser.close();
  return { idle, busy, speed };
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

const site = await serve(path.join(here, "../../dist"));
const [steps, empties] = [[], []];
for (let round = 0; round < ROUNDS; round++) {
  steps.push(await firstStep(site.url));
  empties.push(await emptyPage(site.url));
}
console.log(
  `page load → it trains    ${median(steps.map(([begun]) => begun)).toFixed(0)} ms, seen after ${median(steps.map(([, seen]) => seen)).toFixed(0)} ms; an empty page ${median(empties).toFixed(0)} ms (median of ${ROUNDS}, cold, 1440 × 900)`,
);
const { idle, busy, speed } = await frames(site.url);
console.log(
  `W1 at full speed         ${Math.round(speed)} steps/s, ${busy.perSecond.toFixed(1)} pictures/s (idle page ${idle.perSecond.toFixed(1)}: ${(busy.perSecond / idle.perSecond).toFixed(2)} of it), longest task ${busy.longest ? `${busy.longest.toFixed(0)} ms` : "below 50 ms"}, layout shift ${busy.shift.toFixed(4)}`,
);
for (const preset of ["desktop", "mobile"])
  console.log(`Lighthouse, ${preset.padEnd(12)} ${await marks(site.url, preset)}`);
await site.close();
