// How much of the engine's own pace the page keeps while it shows what it trains: W1 at full speed with nothing open,
// with every panel open, and panel by panel. The engine alone trains the same Spec in a worker of the same page, in
// turns with it, so that what else the machine does meanwhile meets both.
import { openAllParts } from "../browser/playground.mjs";
import { longestOf, timesOf } from "./threads.mjs";

/** W1: a net of two hidden layers of 8 tanh units on 500 points, by SGD with batches of 10. */
export const W1 =
  "#source=circle&samples=500&layers=8,8&activation=tanh&batchSize=10&learningRate=0.03&speed=max&epochs=unlimited&engine=cpu";

const WATCH_MS = 2000;
const SETTLE_MS = 700;

/** Answers the files of the engine alone, beside the page's own. */
export function serveEngine(answer, folder) {
  return (request, response) => {
    if (request.url === "/bench-engine.js") {
      response.writeHead(200, { "content-type": "text/javascript" }).end(`(${alone})()`);
      return true;
    }
    if (!request.url.startsWith("/bench-pkg/")) return false;
    answer(folder, "/bench-pkg/", request, response);
    return true;
  };
}

/** Runs in a worker: trains in slices like the page's, and does nothing else. */
async function alone() {
  const { default: init, Trainer } = await import("/bench-pkg/trainyard.js");
  await init();
  let trainer = null;
  globalThis.onmessage = async ({ data }) => {
    if (data.spec) {
      trainer = await Trainer.create(data.spec);
      trainer.record(1000);
      return postMessage("ready");
    }
    const before = trainer.progress().step;
    const start = performance.now();
    while (performance.now() - start < data.ms) trainer.advance(0x7fffffff, 12);
    postMessage({ steps: trainer.progress().step - before, ms: performance.now() - start });
  };
}

/** A page with W1, ready to train, and the engine alone beside it. */
export async function openPace(browser, url, hash = W1) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    globalThis.asked = {}; // how often the page asks its worker for what
    Worker.prototype.postMessage = function (message, ...others) {
      const { type, spec } = message ?? {};
      if (type === "open") globalThis.spec = spec;
      if (type) globalThis.asked[type] = (globalThis.asked[type] ?? 0) + 1;
      return post.call(this, message, ...others);
    };
  });
  await page.goto(new URL(hash, url).href);
  await page.waitForFunction(() => document.querySelector("ty-run-bar")?.playground.store.get().frame?.outputs);
  await page.locator("ty-moments input").waitFor({ state: "attached" });
  await page.evaluate(async () => {
    globalThis.engine = new Worker("/bench-engine.js", { type: "module" });
    // A worker hears nothing before its script has run.
    const ready = new Promise((resolve) => (globalThis.engine.onmessage = resolve));
    const send = () => globalThis.engine.postMessage({ spec: globalThis.spec });
    const again = setInterval(send, 300);
    await ready;
    clearInterval(again);
  });
  return page;
}

const steps = (page) => page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().frame.step);
const still = (page, ms = SETTLE_MS) => page.waitForTimeout(ms);

/** The engine alone: steps a second, by the clock and by the worker's processor time. */
async function watchEngine(page) {
  const { result, trace } = await traced(page, () =>
    page.evaluate(
      (ms) =>
        new Promise((resolve) => {
          globalThis.engine.onmessage = ({ data }) => data.steps && resolve(data);
          globalThis.engine.postMessage({ ms });
        }),
      WATCH_MS,
    ),
  );
  const { worker } = timesOf(trace);
  return { perSecond: (result.steps * 1000) / result.ms, perProcessor: (result.steps * 1000) / worker };
}

/** The page while it trains: steps likewise, pictures a second, the longest task, and what was asked of the worker. */
async function watchPage(page) {
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.play());
  await still(page);
  const { result, trace } = await traced(page, async () => {
    const [from, begun] = [await steps(page), performance.now()];
    const seen = await page.evaluate(
      (ms) =>
        new Promise((resolve) => {
          const { store } = document.querySelector("ty-run-bar").playground;
          const before = { ...globalThis.asked };
          const start = performance.now();
          const seen = { ticks: 0, pictures: 0 };
          const stop = store.subscribe((state, last) => (seen.pictures += state.frame !== last.frame ? 1 : 0));
          const tick = () => {
            seen.ticks += 1;
            const passed = performance.now() - start;
            if (passed < ms) return requestAnimationFrame(tick);
            stop();
            const asked = Object.entries(globalThis.asked)
              .map(([type, count]) => [type, ((count - (before[type] ?? 0)) * 1000) / passed])
              .filter(([type, rate]) => rate > 0 && type !== "ack");
            resolve({
              ticks: (seen.ticks * 1000) / passed,
              pictures: (seen.pictures * 1000) / passed,
              asked: Object.fromEntries(asked),
            });
          };
          requestAnimationFrame(tick);
        }),
      WATCH_MS,
    );
    return { ...seen, steps: (await steps(page)) - from, ms: performance.now() - begun };
  });
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.pause());
  await still(page, 200);
  const { worker, main, others } = timesOf(trace);
  const { ms } = result;
  return {
    ...result,
    perSecond: (result.steps * 1000) / ms,
    perProcessor: (result.steps * 1000) / worker,
    main: main / ms,
    others: others / ms,
    longest: longestOf(trace),
  };
}

async function traced(page, work) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: ["toplevel"] });
  const result = await work();
  return { result, trace: JSON.parse(await browser.stopTracing()).traceEvents };
}

/** A picture of the page beside the engine alone, in turns. */
export async function beside(page, rounds) {
  const all = [];
  for (let round = 0; round < rounds; round++)
    all.push({ engine: await watchEngine(page), page: await watchPage(page) });
  return all;
}

/** Opens the folds one after the other and calls back after each; then all that else opens. */
export async function eachFold(page, then) {
  await page.locator("ty-charts-fold, ty-runs-fold").nth(1).waitFor();
  const names = await page.evaluate(() =>
    [...document.querySelectorAll(".fold-panel")]
      .filter((fold) => fold.getClientRects().length)
      .map((fold) => fold.localName),
  );
  for (const name of names) {
    const fold = page.locator(name);
    await fold.evaluate((element) => element.open());
    await page.waitForFunction((of) => document.querySelector(of).stage === "there", name);
    await then(name);
  }
}

export { openAllParts };
