// What the page keeps of a run, when it asks for more, and what it forgets: cases beside their contraries.
import assert from "node:assert/strict";
import test from "node:test";
import { PATIENCE_MS } from "../../www/base/loadPart.js";
import { createStore } from "../../www/base/store.js";
import { runBenchmark } from "../../www/features/benchmark/worker.js";
import { courseOf } from "../../www/features/comparison/model.js";
import { RunHistory } from "../../www/features/runs/runHistory.js";
import { TimeTravel } from "../../www/features/time-travel/model.js";
import { createPlayground } from "../../www/session/playground.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { FakeGpuTrainer } from "./fakeGpuTrainer.js";
import { FakeTrainer } from "./fakeTrainer.js";
import { inlineWorker, settle } from "./support.js";
import { FLOWERS, setUp as setUpTable } from "./tablePage.js";

/** @param {string} [hash] @param {any} [options] of the worker */
async function page(hash = "", options = {}) {
  const playground = createPlayground({
    spawn: () => /** @type {any} */ (inlineWorker(options)),
    core: Promise.resolve(null),
    nextFrame: (callback) => setImmediate(callback),
    randomSeed: () => 42,
    hash,
    rememberHash: () => {},
  });
  await settle(80);
  let at = 0;
  const storage = { all: async () => [], put: async () => {}, remove: async () => {} };
  const keeper = new RunHistory(playground, storage, { now: () => ++at, tick: () => (at += 100) });
  const train = async (/** @type {number} */ epochs) => {
    for (let i = 0; i < epochs; i++) {
      playground.step("epoch");
      await settle(30);
    }
  };
  return { playground, train, runs: () => keeper.store.get().runs, state: () => playground.store.get() };
}

test("a kept run has its test figures where nothing hides them", async () => {
  const { playground, train, runs } = await page();
  await train(2);
  playground.reset();
  await settle(60);
  const [run] = runs();
  assert.ok(/** @type {any} */ (run.test).loss > run.training.loss);
  assert.ok(Array.from(run.curve.test).every(Number.isFinite));
});

test("another rate begins another run; an end further off, or another picture, does not", async () => {
  const { playground, train, runs } = await page("epochs=100");
  await train(2);
  for (const [key, value] of /** @type {[string, any][]} */ ([
    ["epochs", 50],
    ["showTest", true],
  ])) {
    playground.set(key, value);
    await settle(30);
    assert.equal(runs().length, 0, key);
  }
  playground.set("learningRate", 0.1);
  await settle(30);
  assert.equal(runs().length, 1);
  await train(1);
  playground.set("learningRate", 0.1);
  await settle(30);
  assert.equal(runs().length, 1, "the same rate is no other");
});

test("a frame without a picture keeps the last good one of its run, and none of a run before", async () => {
  const never = { at: Infinity };
  const prepare = (/** @type {FakeTrainer} */ trainer) => {
    for (const name of /** @type {const} */ (["parameters", "activations"])) {
      const own = trainer[name].bind(trainer);
      trainer[name] = async (/** @type {any} */ rows) =>
        trainer.steps >= never.at ? new Float32Array([NaN]) : own(rows);
    }
  };
  const { playground, train, state } = await page("", { prepare });
  await train(1);
  const { parameters, step } = /** @type {any} */ (state().frame);
  never.at = 0;
  await train(1);
  assert.ok(/** @type {any} */ (state().frame).step > step);
  assert.equal(state().frame?.parameters, parameters);
  playground.set("layers", [3]);
  await settle(60);
  assert.deepEqual([state().frame?.step, state().frame?.parameters], [0, undefined]);
});

/** Time travel over a store that the test moves. */
function traveling() {
  const description = { stepsPerEpoch: 10 };
  const store = createStore(
    /** @type {any} */ ({ description, points: {}, frame: { step: 90 }, run: { state: "paused" }, settings: {} }),
  );
  const asked = /** @type {string[]} */ ([]);
  const moments = [0, 10, 20, 30, 90].map((step) => ({ step, test: { loss: 1 } }));
  const ask = async (/** @type {string} */ type, { step = 0 } = {}) => {
    asked.push(type);
    return type === "seek" ? step : { moments, bytes: 0, tooLarge: 0 };
  };
  const travel = new TimeTravel(/** @type {any} */ ({ store, client: { ask }, ask }));
  const asks = async (/** @type {any} */ patch) => {
    const before = asked.length;
    store.set(patch);
    await settle();
    return asked.length - before;
  };
  return { store, travel, asked, asks, description };
}

test("moments are asked for anew when the run stands or other rows may be seen, and not otherwise", async () => {
  const { asks, travel, description } = traveling();
  await settle();
  assert.equal(await asks({ notice: null }), 0);
  assert.equal(await asks({ frame: { step: 100 } }), 0);
  assert.equal(await asks({ points: {} }), 1);
  assert.equal(await asks({ points: {}, description: { ...description } }), 0, "another run tells its state next");
  assert.equal(await asks({ run: { state: "training" } }), 1);
  assert.equal(await asks({ run: { state: "training", step: 3 } }), 0);
  assert.equal(await asks({ run: { state: "failed" } }), 0);
  travel.dispose();
  assert.equal(await asks({ run: { state: "paused" } }), 0);
});

test("a run that went back is away until it has come as far again, and where nothing is shown it is not", async () => {
  const { store, travel } = traveling();
  await settle();
  const goBack = async () => {
    void travel.seek(20);
    await settle();
    store.set({ frame: { step: 20 } });
    await settle();
    assert.equal(travel.store.get().isAway, true);
  };
  await goBack();
  store.set({ frame: { step: 89 } });
  assert.equal(travel.store.get().isAway, true);
  store.set({ frame: { step: 90 } });
  assert.equal(travel.store.get().isAway, false);
  await goBack();
  store.set({ frame: null });
  assert.equal(travel.store.get().isAway, false);
  await goBack();
  store.set({ description: { stepsPerEpoch: 5 } });
  assert.deepEqual([travel.store.get().isAway, travel.store.get().moments], [false, []]);
  assert.equal(travel.epochAt(20), 4);
});

test("the next moment on either side, from one of them and from between", async () => {
  const { store, travel } = traveling();
  await settle();
  const beside = (/** @type {number} */ step, /** @type {number} */ by) => {
    store.set({ frame: { step } });
    return travel.neighbor(by).step;
  };
  assert.deepEqual([beside(20, -1), beside(20, 1)], [10, 30]);
  assert.deepEqual([beside(25, -1), beside(25, 1)], [20, 30]);
  assert.deepEqual([beside(0, -1), beside(90, 1), beside(95, 1), beside(95, -1)], [0, 90, 90, 90]);
  assert.deepEqual([beside(90, -2), beside(35, -2), beside(0, 9)], [20, 20, 90]);
});

test("a shut padlock takes the test figures out of the moments that are known", async () => {
  const { store, travel } = traveling();
  await settle();
  store.set({ lock: { isOpen: true } });
  assert.ok(travel.store.get().moments.every(({ test: figures }) => figures));
  store.set({ lock: { isOpen: false } });
  assert.ok(travel.store.get().moments.every(({ test: figures }) => figures === null));
});

test("a file that doesn't fit its link's reading is read once more by itself; one that was given up is not", async () => {
  const hash = 'source=table&read={"delimiter":";"}';
  const count = (/** @type {any[]} */ workers) =>
    workers.flatMap(({ runner }) => runner.all("reply")).filter(({ ok }) => ok).length;
  const fitting = await setUpTable(hash);
  await fitting.open(FLOWERS.replaceAll(",", ";"));
  assert.equal(fitting.state().table.description.rows, 6);
  assert.deepEqual(fitting.state().settings.read, { delimiter: ";" });
  const given = await setUpTable(hash);
  const endless = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode("a;b\n1;2\n")) }); // prettier-ignore
  let opened = 0;
  const blob = Object.assign(new Blob(["x"]), { stream: () => ((opened += 1), endless) });
  const opening = given.playground.openTable(blob, "endless.csv");
  await settle(40);
  given.playground.tables.cancel();
  await opening;
  assert.equal(opened, 1);
  assert.deepEqual(given.state().settings.read, { delimiter: ";" }, "the link still waits for its file");
  assert.ok(count(given.workers) > 0);
});

test("a file that can't be read is given up at once, and what had come of it is no progress", async () => {
  const { playground, state, open } = await setUpTable();
  const seen = /** @type {number[]} */ ([]);
  playground.store.subscribe(({ table }) => seen.push(table.progress?.bytes ?? 0));
  await open(FLOWERS);
  assert.equal(Math.max(...seen), 0, "so small a file has none");
  const piece = new TextEncoder().encode(`a,b\n${"1,2\n".repeat(300_000)}`);
  let sent = 0;
  const stream = new ReadableStream({
    pull(controller) {
      if (sent++ < 3) controller.enqueue(piece.slice());
      else controller.close();
    },
  });
  await playground.openTable(Object.assign(new Blob(["x"]), { stream: () => stream }), "long.csv");
  await settle(80);
  assert.ok(seen.includes(piece.length) && seen.includes(3 * piece.length));
  assert.deepEqual([state().table.phase, state().table.title], ["ready", "long.csv"]);
  await open(`a,b\ntoo large,2\n${"1,2\n".repeat(300_000)}`);
  assert.match(/** @type {any} */ (state().table).problem, /more than 10,000,000 cells/);
});

test("a real set that is missing, a page in its place, or never comes: it is told of by its name; a lost line otherwise", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const problemOf = async (/** @type {() => Promise<Response>} */ fetchSet) => {
    const playground = createPlayground({
      spawn: () => /** @type {any} */ (inlineWorker()),
      core: Promise.resolve(null),
      nextFrame: (callback) => setImmediate(callback),
      randomSeed: () => 42,
      hash: "source=iris",
      rememberHash: () => {},
      fetchSet,
      loadTables: () => import("../../www/session/tableRun.js"),
    });
    await settle(80);
    for (let i = 0; i < 3; i++) {
      t.mock.timers.tick(PATIENCE_MS);
      await settle(40);
    }
    return playground.store.get().table.problem ?? "";
  };
  const missing = await problemOf(async () => new Response("", { status: 404 }));
  assert.match(missing, /Iris/);
  const portal = new Response("<html>", { status: 200, headers: { "content-type": "text/html" } });
  assert.equal(await problemOf(async () => portal), missing);
  assert.equal(await problemOf(() => new Promise(() => {})), missing);
  const lost = await problemOf(() => Promise.reject(new TypeError("Failed to fetch")));
  assert.ok(lost.length > 20 && lost !== missing && !lost.includes("Failed to fetch"), lost);
});

test("a contest without an end of its own has 500 epochs, and none has more than 2000", () => {
  const epochs = (/** @type {number | null} */ own) =>
    courseOf(/** @type {any} */ ([{ settings: { ...defaultsFor("circle"), epochs: own } }]), null).epochs;
  assert.deepEqual([epochs(null), epochs(7), epochs(2000), epochs(2001)], [500, 7, 2000, 2000]);
});

test("a race: the way back from the GPU is the shortest of five trips, where the GPU doesn't tell by itself", async () => {
  const clock = { at: 0, now: () => clock.at, turn: async () => {} };
  const trips = [9, 4, 3, 7, 5];
  const created = /** @type {FakeTrainer[]} */ ([]);
  const spec = specFrom({ ...defaultsFor("circle"), epochs: null });
  const engines = {
    findAdapter: async () => ({ name: "card", isFallback: false }),
    async cpu(/** @type {any} */ own) {
      const trainer = new FakeTrainer(own);
      trainer.sliceSteps = 10;
      trainer.onAdvance = () => (clock.at += 30);
      return created[created.push(trainer) - 1];
    },
    async gpu(/** @type {any} */ own) {
      const trainer = new FakeGpuTrainer(own);
      const timings = trainer.timings.bind(trainer);
      let trip = 0;
      trainer.predict = async () => ((clock.at += trips[trip++]), new Float64Array(1));
      trainer.timings = /** @type {any} */ (() => ({ ...timings(), compute: undefined }));
      trainer.onAdvance = () => (clock.at += 12);
      return { trainer: created[created.push(trainer) - 1] };
    },
  };
  const laps = /** @type {any[]} */ ([]);
  const parts = /** @type {any} */ ({ engines, clock, signal: new AbortController().signal });
  await runBenchmark(parts, /** @type {any} */ ({ spec, widths: [4, 8], layers: 2, milliseconds: 60 }), (lap) => laps.push(lap)); // prettier-ignore
  assert.deepEqual(laps.map(({ width }) => width), [4, 8]); // prettier-ignore
  const { gpu, cpu } = laps[0];
  assert.equal(cpu.msPerStep, 3);
  assert.deepEqual(created.map(({ steps }) => steps), [40, 270, 40, 270], "20 steps together, then as many as 60 ms hold"); // prettier-ignore
  // Of each submission's 10 ms in flight, 3 are the way back.
  assert.equal(gpu.isTimestamped, false);
  assert.ok(Math.abs(gpu.readBack / gpu.compute - 3 / 7) <= 1e-9, `${gpu.readBack}, ${gpu.compute}`);
  assert.ok(created.every(({ freed }) => freed));
  assert.deepEqual(created.map(({ spec: own }) => own.model.layers.map((/** @type {any} */ { units }) => units)), [[4, 4], [4, 4], [8, 8], [8, 8]]); // prettier-ignore
});
