// What every browser test needs: the system's Chromium, dist/ on a free port, and a watch on what goes wrong.
// Run by itself it prints the path of the Chromium that it finds.
import { chromium } from "playwright-core";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "../serve.mjs";
import { longestOf } from "./threads.mjs";

const repository = fileURLToPath(new URL("../..", import.meta.url));
export const dist = path.join(repository, "dist");

/** The folder of the build in dist/ or another place, which its hash names. */
export const buildFolder = (root = dist) => fs.readdirSync(root).find((name) => /^[0-9a-f]{12}$/.test(name));

// Background services off: they would ask hosts that the tests have no business with.
export const flags = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
export const webgpuFlag = "--enable-unsafe-webgpu"; // without it there is no adapter: test both

/** The path of Chromium or Chrome: CHROMIUM, else the first one on PATH; null where there is none. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const candidates = [
    ...names.flatMap((name) => folders.map((folder) => path.join(folder, name))),
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ];
  return candidates.find((file) => fs.existsSync(file)) ?? null;
}

/** Starts Chromium. `args` adds flags to the usual ones. */
export function launch({ args = [], ...options } = {}) {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("no Chromium on this machine: install one, or name it in CHROMIUM");
  return chromium.launch({ executablePath, args: [...flags, ...args], ...options });
}

/**
 * Starts Chromium and serves dist/. Resolves to `{ url, browser, open, close }`; `open(address, context)` loads a
 * page in a context of its own and resolves to `{ page, problems }`.
 *
 *     const site = await openSite();
 *     const { page, problems } = await site.open("#seed=3");
 *     …
 *     assert.deepEqual(problems, []);
 *     await site.close();
 */
export async function openSite({ folder = dist, base, args } = {}) {
  const server = await serve(folder, { base });
  const browser = await launch({ args });
  return {
    url: server.url,
    browser,
    async open(address = "", context = {}) {
      // What a service worker fetches no test sees; the one about it asks for it.
      const page = await browser.newPage({
        viewport: { width: 1440, height: 900 },
        serviceWorkers: "block",
        ...context,
      });
      const problems = watch(page, new URL(server.url).origin);
      await page.goto(new URL(address, server.url).href);
      return { page, problems };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** A page of an origin that has the whole repository, which runs nothing of its own: workers are tried there. */
export async function openBare() {
  const site = await openSite({ folder: repository });
  return { site, page: (await site.open("tests/golden/bits.json")).page };
}

/** A server of its own: another origin. A test that fails doesn't close it, and its file ends all the same. */
export async function listening(handler) {
  const server = http.createServer(handler).unref();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}

/** A list that grows by one sentence for each console error or warning, page error, failed or foreign request. */
export function watch(page, origin) {
  const problems = [];
  page.on("console", (message) => {
    if (message.text() === "Service Worker registration blocked by Playwright") return; // as we asked
    if (["error", "warning"].includes(message.type())) problems.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`page error: ${error.stack ?? error}`));
  page.on("crash", () => problems.push("the page crashed"));
  page.on("requestfailed", (request) => {
    const why = request.failure()?.errorText;
    if (why === "net::ERR_ABORTED") return; // the page that asked is gone, and no longer wants it
    problems.push(`request failed: ${request.url()} ${why}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`answer ${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    const foreign = /^(https?|wss?):/.test(request.url()) && new URL(request.url()).origin !== origin;
    if (foreign) problems.push(`foreign request: ${request.url()}`);
  });
  return problems;
}

/**
 * Does `work`, and resolves to the longest task of the page's main thread meanwhile: milliseconds of processor time, so
 * that it tells of the page, not of what else the machine has to do.
 */
export async function longestTask(page, work) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: ["toplevel"] });
  await work();
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const longest = longestOf(traceEvents);
  if (!Number.isFinite(longest)) throw new Error("no task was traced");
  return longest;
}

/** Pictures to look at prove nothing by themselves: CI goes without them. */
export const onlyWhole = { skip: process.env.TRAINYARD_ALL ? false : "taken with TRAINYARD_ALL=1" };

/** Saves target/screenshots/<name>.png and resolves to its path. */
export async function screenshot(page, name, options = {}) {
  const file = path.join(repository, "target/screenshots", `${name}.png`);
  await page.screenshot({ path: file, ...options });
  return file;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = findChromium();
  if (found) console.log(found);
  process.exit(found ? 0 : 1);
}
