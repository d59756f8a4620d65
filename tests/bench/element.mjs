// What an embed weighs, and how soon it trains once it is in view: `<train-yard view="field">` beside TensorFlow.js and
// jax-js, which are asked for the first step of the same net (2-8-8-1, tanh, batch 10) at the same moment, without a picture.
// Each in a browser with nothing cached, from a server on this machine, rounds interleaved. `./build.sh bench element`
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { dist, launch } from "../browser/support.mjs";
import { serve } from "../serve.mjs";
import { median } from "./median.mjs";
import { bundlePeer } from "./peerBundle.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(here, "../../target/bench-element");
const ROUNDS = 5;

const PEERS = ["tfjs-cpu", "jax-wasm"];

/** Below the fold: nothing is loaded until it is scrolled to. */
const YARD = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">
<script type="module" src="/element.js"></script></head><body><div style="height:4000px"></div>
<train-yard view="field" source="spiral" layers="8,8" activation="tanh" batch-size="10" autoplay></train-yard></body></html>`;
const peer = (
  name,
) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,"></head><body><script type="module">
globalThis.begin = async () => {
  const { start, work, data } = await import("./${name}.js");
  const session = await start(work, data);
  await session.advance(0, 1);
  await session.predict(1);
};
</script></body></html>`;

fs.rmSync(target, { recursive: true, force: true });
fs.cpSync(dist, target, { recursive: true });
fs.writeFileSync(path.join(target, "yard.html"), YARD);
for (const name of PEERS) {
  fs.writeFileSync(path.join(target, `${name}.html`), peer(name));
  await bundlePeer(
    `export { start } from "./engines/${name}.mjs"; import { makeData, works } from "./work.mjs"; export const work = works.W1; export const data = makeData(work);`,
    path.join(target, `${name}.js`),
  );
}

const site = await serve(target);

/** Kilobytes (gzip) until the first step, those of them before it was asked for, and the milliseconds from there. */
async function measured(file, begin) {
  const browser = await launch();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: "block" });
  const page = await context.newPage();
  const bodies = [];
  const weigh = async (response) => response.ok() && bodies.push(gzipSync(await response.body()).length);
  const weighed = [];
  context.on(
    "response",
    (response) => response.url().startsWith("http") && weighed.push(weigh(response).catch(() => {})),
  );
  await page.goto(new URL(file, site.url).href, { waitUntil: "networkidle" });
  const sum = async () => (await Promise.all(weighed), bodies.reduce((a, b) => a + b, 0) / 1024);
  const own = gzipSync(fs.readFileSync(path.join(target, file))).length / 1024;
  const before = (await sum()) - own;
  const ms = await page.evaluate(begin);
  await page.waitForLoadState("networkidle");
  const all = (await sum()) - own;
  await browser.close();
  return { before, all, ms };
}

const ways = {
  "<train-yard>": () =>
    measured("yard.html", async () => {
      const yard = document.querySelector("train-yard");
      const start = performance.now();
      yard.scrollIntoView();
      while (!((yard.state.figures && yard.state.step) > 0)) await new Promise(requestAnimationFrame);
      return performance.now() - start;
    }),
  ...Object.fromEntries(
    PEERS.map((name) => [
      name,
      () =>
        measured(`${name}.html`, async () => {
          const start = performance.now();
          await globalThis.begin();
          return performance.now() - start;
        }),
    ]),
  ),
};
const rounds = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round++)
  for (const [name, way] of Object.entries(ways)) rounds[name].push(await way());
console.log(
  `${"".padEnd(14)}  KB before  KB in all  first step, ms [min–max]   (medians of ${ROUNDS}, gzip, nothing cached)`,
);
for (const [name, all] of Object.entries(rounds)) {
  const of = (key) => all.map((one) => one[key]);
  const ms = of("ms");
  console.log(
    `${name.padEnd(14)}  ${median(of("before")).toFixed(1).padStart(9)}  ${median(of("all")).toFixed(1).padStart(9)}  ${median(ms).toFixed(0).padStart(6)} [${Math.min(...ms).toFixed(0)}–${Math.max(...ms).toFixed(0)}]`,
  );
}
await site.close();
