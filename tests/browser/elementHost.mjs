// A page of somebody else's, on another origin than dist/, with elements in it.
import fs from "node:fs";
import path from "node:path";
import { buildFolder, dist, launch, listening } from "./support.mjs";
import { serve } from "../serve.mjs";

/**
 * Resolves to `{ open, close, files }`: `open(body, { headers, ...context })` shows a page with that body and resolves to
 * `{ page, heard, problems }`, where `heard()` gives the events so far as `[name, detail]`. `files` is where dist/ is.
 */
export async function openHost({ args } = {}) {
  const asked = [];
  const before = (request, response) => {
    asked.push(request.url);
    response.setHeader("access-control-allow-origin", "*"); // as static hosts do
    return false;
  };
  const server = await serve(dist, { before });
  const build = buildFolder();
  const own = { core: path.join(dist, build, "pkg/trainyard_bg.wasm"), worker: `${server.url}${build}/worker/main.js` };
  let shown = { html: "", headers: {} };
  const host = await listening((request, response) => {
    // What a host serves itself: the core, and a module that imports the worker.
    if (request.url === "/own/core.wasm")
      return response.writeHead(200, { "content-type": "application/wasm" }).end(fs.readFileSync(own.core));
    if (request.url === "/own/worker.js")
      return response
        .writeHead(200, { "content-type": "text/javascript" })
        .end(`import ${JSON.stringify(own.worker)};`);
    if (request.url === "/rows.csv") return response.writeHead(200, { "content-type": "text/csv" }).end(ROWS);
    if (request.url !== "/") return response.writeHead(404).end();
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...shown.headers }).end(shown.html);
  });
  const browser = await launch({ args });
  return {
    files: server.url,
    origin: host.url,
    asked,
    async open(body, { headers = {}, script = true, ...context } = {}) {
      const tag = script ? `<script type="module" src="${server.url}element.js"></script>` : "";
      shown = {
        html: `<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>Host</title>${tag}<body>${body}`,
        headers,
      };
      const page = await browser.newPage({ viewport: { width: 900, height: 800 }, ...context });
      const problems = [];
      page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(message.text()));
      page.on("pageerror", (error) => problems.push(String(error.stack ?? error)));
      await page.addInitScript(() => {
        window.heard = [];
        for (const name of ["epoch", "goal", "stop", "error"])
          addEventListener(`trainyard-${name}`, ({ target, detail }) => window.heard.push([name, detail, target.id]));
        // Workers that live.
        window.workers = new Set();
        window.Worker = class extends Worker {
          constructor(...rest) {
            super(...rest);
            window.workers.add(this);
            window.mostWorkers = Math.max(window.mostWorkers ?? 0, window.workers.size);
          }
          terminate() {
            window.workers.delete(this);
            super.terminate();
          }
        };
      });
      await page.goto(host.url);
      return { page, problems, heard: () => page.evaluate(() => window.heard) };
    },
    async close() {
      await browser.close();
      await server.close();
      await host.close();
    },
  };
}

/** Two columns and a class that a line tells. */
const ROWS = `a,b,kind\n${Array.from({ length: 60 }, (_, i) => `${i % 10},${(i * 7) % 13},${i % 10 > 4 ? "high" : "low"}`).join("\n")}\n`;

/** Resolves when an element's state is one of these. */
export const stateIs = (page, selector, ...wanted) =>
  page.waitForFunction(([one, list]) => list.includes(document.querySelector(one)?.state?.status), [selector, wanted]);

export const stateOf = (page, selector) => page.locator(selector).evaluate((element) => element.state);

const SOURCES = ["circle", "xor", "gaussians", "moons", "rings"];
/** A page of so many elements, each with an experiment of its own. */
export const many = (count) =>
  Array.from(
    { length: count },
    (_, i) =>
      `<p>Text</p><train-yard id="y${i}" view="field" source="${SOURCES[i % 5]}" seed="${i + 1}" autoplay style="height: 320px"></train-yard>`,
  ).join("");
