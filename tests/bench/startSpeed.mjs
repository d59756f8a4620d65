// From a cold load to the first training step: our page, an empty one, and TensorFlow.js on the CPU with W1 in a page of its
// own, each in a browser that has nothing cached, rounds interleaved. Play is pressed as soon as it is seen.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { dist, launch } from "../browser/support.mjs";
import { serve } from "../serve.mjs";
import { median } from "./median.mjs";
import { bundlePeer } from "./peerBundle.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const PEER = "tfjs-cpu";

/** Put before the worker's script: says when it first trains after Play, by the clock that all threads share. */
const TOLD = `(() => {
  const { Instance } = WebAssembly;
  let plays = false;
  let isTold = false;
  addEventListener("message", ({ data }) => (plays ||= data?.type === "play"));
  WebAssembly.Instance = function (...parts) {
    const exports = { ...new Instance(...parts).exports };
    const advance = exports[ADVANCE];
    exports[ADVANCE] = (...given) => {
      const progress = advance(...given);
      if (plays && !isTold) postMessage({ type: "pong", trainedAt: performance.timeOrigin + performance.now() });
      isTold ||= plays;
      return progress;
    };
    return { exports };
  };
})();\n`;

/** What the wasm calls the function that trains; its names are as short as can be. */
function nameOfAdvance(script) {
  const name = /advance\(\w+,\w+\)\{return \w+\.([$\w]+)\(/.exec(script)?.[1];
  if (!name) throw new Error("The worker's script has no advance() that calls the core. Was it built otherwise?");
  return name;
}

/** Answers for the worker's script, and for what is beside the page. */
const before = (root, folder) => (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  if (pathname.startsWith("/beside/")) {
    const file = path.join(folder, path.basename(pathname));
    response.writeHead(200, { "content-type": file.endsWith(".js") ? "text/javascript" : "text/html" });
    response.end(fs.readFileSync(file));
    return true;
  }
  if (!pathname.endsWith("/worker/main.js")) return false;
  const script = fs.readFileSync(path.join(root, pathname), "utf8");
  response.writeHead(200, { "content-type": "text/javascript" });
  response.end(TOLD.replaceAll("ADVANCE", JSON.stringify(nameOfAdvance(script))) + script);
  return true;
};

const markup = (script) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>One</title><link rel="icon" href="data:,"></head><body>${script}</body></html>`;

async function makeBeside(folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, "empty.html"), markup(""));
  fs.writeFileSync(path.join(folder, "peer.html"), markup(`<script type="module" src="peer.js"></script>`));
  await bundlePeer(
    `import { start } from "./engines/${PEER}.mjs"; import { makeData, works } from "./work.mjs";
      const session = await start(works.W1, makeData(works.W1));
      await session.advance(0, 1);
      globalThis.times = { step: performance.now() };`,
    path.join(folder, "peer.js"),
  );
}

/** In a new browser: the page's own times, in milliseconds from the navigation on. */
async function cold(url, begin) {
  const browser = await launch();
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
  await page.addInitScript(begin);
  await page.goto(url);
  await page.waitForFunction(() => globalThis.times?.step && !globalThis.isUnderWay);
  const times = await page.evaluate(() => globalThis.times);
  await browser.close();
  return times;
}

/** Presses Play as soon as it is seen, and notes when it did, when the worker trained, and when the page heard of that and drew it. */
function ours() {
  const times = (globalThis.times = {});
  globalThis.isUnderWay = true;
  const Own = Worker;
  globalThis.Worker = class extends Own {
    constructor(...parts) {
      super(...parts);
      this.addEventListener("message", ({ data }) => {
        if (data.trainedAt) times.step = data.trainedAt - performance.timeOrigin;
        if (data.type === "status" && data.state === "training") times.heard ??= performance.now();
        if (data.type === "frame" && data.step > 0) {
          times.drawn ??= performance.now();
          globalThis.isUnderWay = false;
        }
      });
    }
  };
  new MutationObserver((_, observer) => {
    const play = document.querySelector("#shell .primary");
    if (!play) return;
    observer.disconnect();
    // Who presses it has seen it before.
    requestAnimationFrame(() =>
      setTimeout(() => {
        times.play = performance.now();
        play.click();
      }),
    );
  }).observe(document, { childList: true, subtree: true });
}

const empty = () => requestAnimationFrame(() => (globalThis.times = { step: performance.now() }));

/** Tells it, of the builds in these folders: several are interleaved, too. */
export async function tellStart(rounds, folders = [dist]) {
  const beside = path.join(here, "../../target/bench-start");
  await makeBeside(beside);
  const sites = await Promise.all(folders.map((root) => serve(root, { before: before(root, beside) })));
  const other = (name) => new URL(`beside/${name}.html`, sites[0].url).href;
  const ways = {
    ...Object.fromEntries(sites.map(({ url }, i) => [i ? folders[i] : "Trainyard", () => cold(url, ours)])),
    "empty page": () => cold(other("empty"), empty),
    "TensorFlow.js": () => cold(other("peer"), () => {}),
  };
  const seen = Object.keys(ways).map((name) => ({ name, all: [] }));
  for (let round = 0; round < rounds; round++)
    for (let i = 0; i < seen.length; i++) {
      const one = seen[(round + i) % seen.length]; // nobody always comes after the same one
      one.all.push(await ways[one.name]());
    }
  console.log(
    `From a cold load, in ms: median [least–most] of ${rounds}, 1440 × 900; TensorFlow.js trains W1 on the CPU, in the page itself`,
  );
  const told = { step: "first step", play: "Play pressed", heard: "the page hears of it", drawn: "it is drawn" };
  for (const { name, all } of seen)
    for (const [key, what] of Object.entries(told)) {
      const times = all.map((one) => one[key]).filter((ms) => ms !== undefined);
      if (!times.length) continue;
      const [least, most] = [Math.min(...times), Math.max(...times)].map((ms) => ms.toFixed(0));
      const label = name === "empty page" ? "first frame" : what;
      console.log(`${name.padEnd(14)} ${label.padEnd(22)} ${median(times).toFixed(0).padStart(5)} [${least}–${most}]`);
    }
  await Promise.all(sites.map((site) => site.close()));
}
