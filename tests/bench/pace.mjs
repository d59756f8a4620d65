// How much of the engine's own pace the page keeps while it shows what it trains: W1 at full speed with nothing open,
// with every panel open, and panel by panel. The engine alone trains the same Spec in a worker of the same page, in
// turns with it, so that what else the machine does meanwhile meets both.
import { openAllParts } from "../browser/playground.mjs";
import { launch } from "../browser/support.mjs";
import { median } from "./median.mjs";
import { longestOf, timesOf } from "../browser/threads.mjs";

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
    worker: worker / ms,
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

/** The engine alone and the page, in turns. */
async function inTurns(page, rounds) {
  const all = [];
  for (let round = 0; round < rounds; round++)
    all.push({ engine: await watchEngine(page), page: await watchPage(page) });
  return all;
}

/**
 * Milliseconds of the worker a picture that went to anything but training: what is left beside sixty of them a second is
 * the share that the page keeps where the worker has a core to itself, whatever else this machine did meanwhile.
 */
const besides = ({ engine, page }) =>
  ((1 - page.perProcessor / engine.perProcessor) * page.worker * 1000) / page.pictures;

const spread = (values, write) => {
  return `${write(median(values))} [${write(Math.min(...values))}–${write(Math.max(...values))}]`;
};
const percent = (value) => `${(100 * value).toFixed(0)} %`;
const thousands = (value) => `${(value / 1000).toFixed(0)} k`;
const tenths = (value) => value.toFixed(1);

/** A line of what was seen, each the median with its range. */
function line(name, all) {
  const of = (pick) => all.map(pick);
  return [
    name.padEnd(24),
    `${spread(
      of(({ engine, page }) => page.perSecond / engine.perSecond),
      percent,
    )} of the engine alone (${spread(
      of(({ page }) => page.perSecond),
      thousands,
    )} of ${spread(
      of(({ engine }) => engine.perSecond),
      thousands,
    )} steps/s),`,
    `${spread(
      of(({ engine, page }) => page.perProcessor / engine.perProcessor),
      percent,
    )} a second of the worker's processor time,`,
    `${spread(all.map(besides), (ms) => ms.toFixed(2))} ms of it a picture besides training (${spread(
      all.map((one) => 1 - (60 * besides(one)) / 1000),
      percent,
    )} left at 60 a second);`,
    `${spread(
      of(({ page }) => page.pictures),
      tenths,
    )} pictures/s,`,
    `main thread ${spread(
      of(({ page }) => page.main / page.pictures),
      (ms) => `${(1000 * ms).toFixed(1)} ms`,
    )} a picture, longest task ${spread(
      of(({ page }) => page.longest),
      (ms) => `${ms.toFixed(0)} ms`,
    )}`,
  ].join(" ");
}

const askedIn = (all) =>
  Object.entries(all.at(-1).page.asked)
    .map(([type, rate]) => `${type} ${rate.toFixed(1)}`)
    .join(", ");

/** Tells how W1 does in the page: nothing open, fold by fold, and all that can be opened. */
export async function tellPace(url, rounds) {
  const browser = await launch();
  const page = await openPace(browser, url);
  const none = await inTurns(page, rounds);
  console.log(line("W1, nothing open", none));
  let count = 0;
  for (const name of await foldsOf(page)) {
    await openFold(page, name);
    const [{ engine, page: seen }] = await inTurns(page, 1);
    const share = percent(seen.perProcessor / engine.perProcessor);
    console.log(
      `  ${`${++count} open: ${name}`.padEnd(34)} ${share}, ${tenths(seen.pictures)} pictures/s, main thread ${tenths((1000 * seen.main) / seen.pictures)} ms a picture; asked a second: ${askedIn([{ page: seen }])}`,
    );
  }
  await openAllParts(page);
  await still(page, 2000);
  for (const [name, place] of [
    ["W1, all open, at the top", "ty-run-bar"],
    ["W1, all open, at scores", "ty-metrics-fold"],
    ["W1, all open, at charts", "ty-charts-fold"],
  ]) {
    await page.locator(place).evaluate((part) => part.scrollIntoView());
    const all = await inTurns(page, rounds);
    console.log(line(name, all));
    console.log(`  asked a second: ${askedIn(all)}`);
  }
  await browser.close();
}

/** The folds below the panels that can be seen, in the page's order. */
async function foldsOf(page) {
  await page.locator("ty-charts-fold, ty-runs-fold").nth(1).waitFor();
  return page.evaluate(() =>
    [...document.querySelectorAll(".fold-panel")]
      .filter((fold) => fold.getClientRects().length)
      .map((fold) => fold.localName),
  );
}

async function openFold(page, name) {
  await page.locator(name).evaluate((fold) => (fold.isOpen = true));
  await page.waitForFunction((of) => document.querySelector(of).stage === "there", name);
  await still(page);
}
