// Training on the GPU in the page's own worker, on Chromium's software adapter; and a browser that has none.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, ready, until, untilBelow, untilEpoch } from "./playground.mjs";
import { openSite, watch, webgpuFlag } from "./support.mjs";

let site;
let bare;
before(async () => ([site, bare] = [await openSite({ args: [webgpuFlag] }), await openSite()]));
after(() => Promise.all([site?.close(), bare?.close()]));

/** The description of the run in the page. */
const description = (page) =>
  page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().description);

/** Opens a page and collects what it loads, its worker too. */
async function openPage(place, hash) {
  const loaded = [];
  const page = await place.browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  const problems = watch(page, new URL(place.url).origin);
  await page.goto(new URL(hash, place.url).href);
  return { page, problems, loaded };
}

const isGpuPart = (name) => name.includes("pkg-full") || name.endsWith("worker/full.js");

const spec = {
  seed: 3,
  data: { source: "moons", noise: 0.1 },
  model: { layers: [{ type: "dense", units: 8, activation: "tanh" }] },
  training: { optimizer: { type: "adam", learningRate: 0.01 }, batchSize: 40, stop: { maxEpochs: 30 } },
};

/** In a page of the site: trains in a worker of its own. */
const train = (page, work) =>
  page.evaluate(async ({ spec, steps, loseAt }) => {
    const { src } = document.querySelector("script[src]"); // in the build's folder
    const worker = new Worker(new URL("worker/main.js", src), { type: "module" });
    const core = await WebAssembly.compileStreaming(fetch(new URL("pkg/trainyard_bg.wasm", src)));
    const events = [];
    let isLost = false;
    try {
      return await new Promise((resolve, reject) => {
        worker.onerror = (event) => reject(new Error(event.message));
        worker.onmessage = ({ data }) => {
          const { type, run, frame } = data;
          if (type === "error") reject(new Error(data.message));
          if (type === "opened") {
            events.push({
              engine: data.description.engine,
              reason: data.description.engineReason,
              bytes: data.description.deviceBytes,
            });
            worker.postMessage(steps ? { type: "step", run, unit: "batch", count: steps } : { type: "play", run });
          }
          if (type === "engine") events.push({ engine: data.engine, reason: data.reason });
          if (type !== "frame") return;
          worker.postMessage({ type: "ack", run, frame });
          if (loseAt && data.step >= loseAt && !isLost) {
            isLost = true;
            worker.postMessage({ type: "loseDevice", run });
          }
          const isEnd = steps ? data.step === steps : data.epoch === spec.training.stop.maxEpochs;
          const curve = Object.fromEntries(Object.entries(data.curve).map(([key, column]) => [key, [...column]]));
          if (isEnd)
            resolve({
              events,
              loss: data.training.loss,
              curve,
              parameters: [...data.parameters],
              gradientNorm: data.gradientNorm,
            });
        };
        worker.postMessage({ type: "hello", version: 1, core });
        worker.postMessage({ type: "open", run: 1, spec });
      });
    } finally {
      worker.terminate();
    }
  }, work);

const assertAlike = (what, ours, theirs) =>
  assert.ok(Math.abs(ours - theirs) <= 1e-4 + 0.01 * Math.abs(theirs), `${what}: ${ours} and ${theirs}`);

test("the link asks for the GPU, and the page trains there to a low loss", async () => {
  const { page, problems, loaded } = await openPage(site, "#engine=gpu&speed=10-epochs");
  await ready(page);
  const { engine, engineReason, adapter, deviceBytes, dispatchesPerStep } = await description(page);
  assert.equal(engine, "gpu", engineReason);
  assert.ok(
    adapter.name && deviceBytes > 1000 && dispatchesPerStep > 2,
    JSON.stringify({ adapter, deviceBytes, dispatchesPerStep }),
  );
  assert.ok(loaded.some(isGpuPart));
  await button(page, "Play").click();
  await untilBelow(page, "Training loss", 0.3);
  await page.close();
  assertNoProblems(problems);
});

test("sizes of tiles are timed once on this adapter, in the card; the next visit takes what is known, and no size changes a bit", async () => {
  const context = await site.browser.newContext({ viewport: { width: 1440, height: 900 } });
  const visit = async () => {
    const page = await context.newPage();
    const problems = watch(page, new URL(site.url).origin);
    await page.goto(new URL("#engine=gpu&layers=96,96&batchSize=64&seed=5", site.url).href);
    await ready(page);
    return { page, problems, tiles: (await description(page)).tiles };
  };
  const stepped = async (page) => {
    await button(page, "Step").click();
    const parameters = await page.waitForFunction(() => {
      const { frame } = document.querySelector("ty-run-bar").playground.store.get();
      return frame.step > 0 && frame.parameters && [...frame.parameters];
    });
    return parameters.jsonValue();
  };

  const first = await visit();
  const { key, size, trials } = first.tiles;
  assert.ok(trials.length > 1 && trials.every(({ ms }) => ms > 0), JSON.stringify(first.tiles));
  assert.ok(trials.some((trial) => String(trial.size) === String(size)));
  await first.page.locator("ty-engine-chip summary").click();
  const card = first.page.locator("ty-engine-card");
  await card.getByText(`${16 * size[0]} / ${16 * size[1]} numbers per thread`, { exact: true }).waitFor();
  assert.equal(await card.getByText(/^Tiles of \d+ \/ \d+$/).count(), trials.length);
  const weights = await stepped(first.page);

  // Another size is kept, with times that no trial here would give.
  const other = trials.find((trial) => String(trial.size) !== String(size)).size;
  const kept = { size: other, trials: [{ size: other, ms: 12345 }] };
  await first.page.evaluate(
    ({ key, kept }) => {
      const all = JSON.parse(localStorage.getItem("trainyard.measured"));
      if (!all[key]) throw new Error("nothing was kept");
      localStorage.setItem("trainyard.measured", JSON.stringify({ ...all, [key]: kept }));
    },
    { key, kept },
  );
  const second = await visit();
  assert.deepEqual(second.tiles, { key, ...kept });
  assert.deepEqual(await stepped(second.page), weights);
  await context.close();
  for (const { problems } of [first, second]) assertNoProblems(problems);
});

test("a hundred steps on the GPU are those of the CPU, within 1 %", async () => {
  const { page, problems } = await openPage(site, "#engine=cpu");
  const [gpu, cpu] = [
    await train(page, { spec: { ...spec, engine: "gpu" }, steps: 100 }),
    await train(page, { spec: { ...spec, engine: "cpu" }, steps: 100 }),
  ];
  assert.deepEqual([gpu.events[0].engine, cpu.events[0].engine], ["gpu", "cpu"], gpu.events[0].reason);
  assertAlike("loss", gpu.loss, cpu.loss);
  assertAlike("gradient norm", gpu.gradientNorm, cpu.gradientNorm);
  gpu.parameters.forEach((value, i) => assertAlike(`parameter ${i}`, value, cpu.parameters[i]));
  assert.deepEqual(gpu.curve.epoch, cpu.curve.epoch);
  gpu.curve.training.forEach((value, i) => assertAlike(`curve ${i}`, value, cpu.curve.training[i]));
  await page.close();
  assertNoProblems(problems);
});

test("a device that is lost on the way: training goes on on the CPU, says so, and the curve is whole", async () => {
  const { page, problems } = await openPage(site, "#engine=cpu");
  const lost = await train(page, { spec: { ...spec, engine: "gpu" }, loseAt: 60 });
  const cpu = await train(page, { spec: { ...spec, engine: "cpu" } });
  assert.deepEqual(
    lost.events.map(({ engine }) => engine),
    ["gpu", "cpu"],
  );
  assert.match(lost.events[1].reason, /^CPU: the GPU was lost .*training goes on here/);
  assert.deepEqual(lost.curve.epoch, cpu.curve.epoch);
  lost.curve.training.forEach((value, i) => assertAlike(`curve ${i}`, value, cpu.curve.training[i]));
  assertAlike("loss", lost.loss, cpu.loss);
  await page.close();
  assertNoProblems(problems);
});

test("the race on this adapter: shares that are all of a step, and losses that agree", async () => {
  const { page, problems } = await openPage(site, "#engine=cpu");
  const { ok, value, error } = await page.evaluate(async (spec) => {
    const { src } = document.querySelector("script[src]"); // in the build's folder
    const worker = new Worker(new URL("worker/main.js", src), { type: "module" });
    const core = await WebAssembly.compileStreaming(fetch(new URL("pkg/trainyard_bg.wasm", src)));
    try {
      return await new Promise((resolve) => {
        worker.onmessage = ({ data }) => data.type === "reply" && resolve(data);
        worker.postMessage({ type: "hello", version: 1, core });
        const course = { spec, widths: [8, 64], layers: 2, milliseconds: 100 };
        worker.postMessage({ type: "job", id: 1, kind: "race", course });
      });
    } finally {
      worker.terminate();
    }
  }, spec);
  assert.ok(ok, error?.message);
  assert.ok(value.adapter.name && value.adapter.isFallback, JSON.stringify(value.adapter));
  assert.deepEqual(
    value.laps.map(({ width, parameters }) => [width, parameters]),
    [
      [8, 105],
      [64, 4417],
    ],
  );
  for (const { cpu, gpu, lossDifference } of value.laps) {
    const { msPerStep, upload, compute, readBack, overhead } = gpu;
    assert.ok(cpu.msPerStep > 0 && upload > 0 && compute > 0 && readBack >= 0 && overhead >= 0, JSON.stringify(gpu));
    assert.ok(Math.abs(upload + compute + readBack + overhead - msPerStep) < 1e-6 * msPerStep);
    assert.ok(lossDifference < 0.01, `losses differ by ${lossDifference}`);
  }
  await page.close();
  assertNoProblems(problems);
});

test("a GPU run that diverges stops with finite weights", async () => {
  const { page, problems } = await openPage(site, "#engine=gpu&source=line&learningRate=10");
  await ready(page);
  await button(page, "Play").click();
  await until(page, "diverged");
  await page.getByText(/Try a learning rate below 10\./).waitFor();
  const isWhole = await page.evaluate(() =>
    document.querySelector("ty-run-bar").playground.store.get().frame.parameters.every(Number.isFinite),
  );
  assert.ok(isWhole);
  await page.close();
  assertNoProblems(problems);
});

test("without a GPU the page trains on the CPU, says why, and never asks for the GPU's part", async () => {
  const { page, problems, loaded } = await openPage(bare, "#engine=gpu&source=xor&epochs=5");
  await ready(page);
  const { engine, engineReason } = await description(page);
  assert.equal(engine, "cpu");
  assert.match(engineReason, /^CPU: WebGPU is unavailable/);
  await button(page, "Play").click();
  await until(page, "finished");
  await untilEpoch(page, 5);
  assert.deepEqual(loaded.filter(isGpuPart), []);
  await page.close();
  assertNoProblems(problems);
});

test("an ordinary page never asks for the GPU's part, with a GPU or without", async () => {
  for (const place of [site, bare]) {
    const { page, problems, loaded } = await openPage(place, "#speed=max&epochs=2000");
    await ready(page);
    await button(page, "Play").click();
    await until(page, "finished");
    assert.ok(loaded.some((name) => name.endsWith("worker/main.js")));
    assert.deepEqual(loaded.filter(isGpuPart), []);
    await page.close();
    assertNoProblems(problems);
  }
});
