// The second visit, in Chromium: without a network, behind a bad one, after damage, and when a new build was published.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { answer, serve } from "../serve.mjs";
import { filesUnder, slashes } from "../../www/files.mjs";
import { button, kept, ready, untilEpoch, used } from "./playground.mjs";
import { buildFolder, dist, launch } from "./support.mjs";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const later = path.join(repository, "target/later-build");

/** What the host does: its folder for each path, and what it does in place of answering. */
const host = { folder: dist, fault: null };
let browser;
let server;

before(async () => {
  execFileSync("node", [path.join(repository, "www/build.mjs"), "--out", later, "--name", "later"], { stdio: "pipe" });
  server = await serve(dist, {
    before(request, response) {
      if (host.fault) host.fault(request, response);
      else
        for (const base of ["/one/", "/two/"])
          if (request.url.startsWith(base)) return (answer(host.folder, base, request, response), true);
      return host.fault !== null;
    },
  });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

const FAULTS = {
  "a network that hangs": () => {},
  "a host that is down": (_, response) => response.writeHead(503).end("later"),
  "a portal": (_, response) => response.writeHead(200, { "content-type": "text/html" }).end("<p>Please log in</p>"),
};

/** A context whose first visit is over, in which somebody used the page: all its files are kept. */
async function visited(base = "one") {
  Object.assign(host, { folder: dist, fault: null });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${server.url}${base}/`);
  await ready(page);
  await used(page, WHOLE);
  return { context, page };
}

/** What a page of English needs, without the course, elements, and the largest sets. */
const WHOLE = filesUnder(path.join(dist, buildFolder()))
  .map((file) => slashes(path.relative(dist, file)))
  .filter((name) => !/\.map$|LEGAL|\.(images|sounds)$|voices\.csv$|pkg-fast/.test(name))
  .filter((name) => !/^\w+\/(de|carried|element|lessons|bench)\//.test(name));

/** The folder of the build that the page is of. */
const buildOf = (page) => page.evaluate(() => document.querySelector("script[src]").src.split("/").at(-2));

async function trains(page) {
  await ready(page);
  await button(page, "Play").click();
  await untilEpoch(page, 3);
}

/** What the server sends while `work` is done, by file: its bytes, packed as hosts pack them; nothing where the browser has it. */
async function sent(work) {
  const seen = new Map();
  host.fault = (request, response) => {
    const name = new URL(request.url, server.url).pathname.replace(/^\/one\//, "") || "index.html";
    const { writeHead } = response;
    response.writeHead = (status, ...rest) => {
      const file = path.join(dist, name);
      const bytes = status === 200 && fs.existsSync(file) ? gzipSync(fs.readFileSync(file)).length : 0;
      seen.set(name, (seen.get(name) ?? 0) + bytes);
      return writeHead.call(response, status, ...rest);
    };
    answer(dist, "/one/", request, response);
  };
  await work();
  host.fault = null;
  return seen;
}

const UNASKED_KB = 220;

test(`who only looks at the page gets ${UNASKED_KB} KB at most, each file once; and nothing the next time`, async () => {
  Object.assign(host, { folder: dist, fault: null });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const look = async () => {
    await page.goto(`${server.url}one/`);
    await ready(page);
    await page.locator("ty-thumbnail").first().waitFor({ state: "attached" });
    await page.locator("ty-network-tools *").first().waitFor({ state: "attached" });
    await kept(page);
    await page.waitForLoadState("networkidle");
  };
  const first = await sent(look);
  const sum = [...first.values()].reduce((total, bytes) => total + bytes, 0) / 1024;
  const told = [...first].map(([name, bytes]) => `${name} ${(bytes / 1024).toFixed(1)}`).join("\n");
  assert.ok(first.size > 15 && sum > 150 && sum <= UNASKED_KB, `${sum.toFixed(1)} KB\n${told}`);
  const once = (name) => gzipSync(fs.readFileSync(path.join(dist, name))).length;
  assert.deepEqual(
    [...first].filter(([name, bytes]) => bytes > once(name)).map(([name]) => name),
    [],
    "none twice",
  );
  await page.goto("about:blank");
  const again = await sent(look);
  // The browser itself asks whether there is another service worker.
  assert.deepEqual(
    [...again].filter(([name]) => name !== "sw.js").map(([name]) => name),
    [],
  );
  assert.equal(again.get("sw.js") ?? 0, 0);
  await context.close();
});

for (const [name, fault] of Object.entries(FAULTS)) {
  test(`the second visit is not held up by ${name}`, async () => {
    const { context, page } = await visited();
    host.fault = fault;
    await page.reload();
    await trains(page);
    await page.evaluate(() => (location.hash = "#source=iris")); // tables and their package too
    await page.waitForFunction(
      () => document.querySelector("ty-run-bar").playground.store.get().description?.target === "species",
    );
    await context.close();
  });
}

test("a file that is damaged or gone in the cache is there again on the visit after", async () => {
  const { context, page } = await visited();
  const spoil = () =>
    page.evaluate(async () => {
      const [name] = (await caches.keys()).filter((one) => one.startsWith("trainyard "));
      const cache = await caches.open(name);
      const files = (await cache.keys()).map(({ url }) => url);
      const damaged = files.find((url) => url.endsWith("/features/benchmark/part.js"));
      const gone = files.find((url) => url.endsWith("/app.js"));
      await cache.put(damaged, new Response("damaged", { headers: { "content-type": "text/javascript" } }));
      await cache.delete(gone);
      return [name, damaged];
    });
  const [name, damaged] = await spoil();
  await page.reload(); // what is gone comes from the network
  await ready(page);
  await page.evaluate(
    async ([cache, url]) => {
      const text = async () => (await (await caches.open(cache)).match(url)).text();
      while ((await text()) === "damaged") await new Promise((resolve) => setTimeout(resolve, 50));
    },
    [name, damaged],
  );
  host.fault = FAULTS["a host that is down"];
  await page.reload();
  await trains(page);
  await page.getByText("CPU vs. GPU: when is the GPU worth it?").click();
  await page.locator("ty-race-panel").waitFor();
  await context.close();
});

test("a first visit through a portal keeps nothing, and the next one everything", async () => {
  Object.assign(host, { folder: dist, fault: null });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${server.url}one/`);
  // The portal comes up after the page, before its files are kept.
  host.fault = (request, response) => {
    if (request.url.endsWith("/sw.js")) answer(dist, "/one/", request, response);
    else FAULTS["a portal"](request, response);
  };
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.register("sw.js");
    const worker = registration.installing;
    if (worker) await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
  });
  assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
  host.fault = null;
  await page.goto(`${server.url}one/`);
  await ready(page);
  await kept(page);
  await context.close();
});

test("a new build is offered, taken whole, and nobody's build is mixed", async () => {
  const { context, page } = await visited();
  const other = await context.newPage();
  await other.goto(`${server.url}one/`);
  await ready(other);
  const [old, fresh] = [buildFolder(), buildFolder(later)];
  assert.notEqual(old, fresh);
  assert.equal(await buildOf(page), old);

  host.folder = later;
  await page.goto(`${server.url}one/#noise=0.2`);
  await page.reload();
  await ready(page);
  assert.equal(await buildOf(page), old, "what was kept, until the reader takes the new one");
  const offer = page.locator(".notice").getByRole("button", { name: "Reload" });
  await offer.waitFor();
  await trains(page);
  await offer.click();
  await page.waitForFunction((build) => document.querySelector("script[src]")?.src.includes(build), fresh);
  await trains(page);
  assert.match(page.url(), /#noise=0\.2$/);

  // The tab beside it is still of the old build, and its parts are too, though the host has them no more.
  assert.equal(await buildOf(other), old);
  const asked = [];
  other.on("response", (response) => asked.push([response.url(), response.status()]));
  await other.getByText("CPU vs. GPU: when is the GPU worth it?").click();
  await other.locator("ty-race-panel").waitFor();
  const part = asked.find(([url]) => url.endsWith("features/benchmark/part.js"));
  assert.ok(part[0].includes(old) && part[1] === 200, String(part));
  await context.close();
});

test("two copies on one origin leave each other's files alone", async () => {
  const { context, page } = await visited("one");
  await page.goto(`${server.url}two/`);
  await ready(page);
  await used(page, WHOLE);
  const names = await page.evaluate(() => caches.keys());
  assert.deepEqual(names.map((name) => new URL(name.split(" ")[1]).pathname).sort(), ["/one/", "/two/"]);
  host.fault = FAULTS["a host that is down"];
  for (const base of ["one", "two"]) {
    await page.goto(`${server.url}${base}/`);
    await trains(page);
  }
  await context.close();
});

for (const [source, file] of Object.entries({
  digits: "digits.images",
  speech: "speech.sounds",
  voices: "voices.csv",
}))
  test(`${file}: kept once it was opened, not before, and works without a network then`, async () => {
    const { context, page } = await visited();
    const large = () =>
      page.evaluate(async () => {
        const names = await Promise.all(
          (await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
        );
        return names
          .flat()
          .map((url) => url.split("/").at(-1))
          .filter((name) => /\.(images|sounds)$|^voices/.test(name));
      });
    assert.deepEqual(await large(), []);
    const open = async () => {
      await page.evaluate((name) => (location.hash = `#source=${name}`), source);
      await page.waitForFunction((name) => {
        const { settings, description, run } = document.querySelector("ty-run-bar").playground.store.get();
        return settings.source === name && description?.classes === 10 && run?.state === "ready";
      }, source);
    };
    await open();
    assert.deepEqual(await large(), [file]);
    host.fault = FAULTS["a host that is down"];
    await page.goto(`${server.url}one/`);
    await ready(page);
    await open();
    if (source === "speech") {
      // What plays a recording came along with the page: its samples are there, too.
      await page.getByRole("img", { name: /^Wave of [\d.]+ seconds/ }).waitFor();
      await button(page, "Play the recording").click();
    }
    host.fault = null;
    await context.close();
  });
