import assert from "node:assert/strict";
import test from "node:test";
import { createClient } from "../../www/session/client.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { inlineWorker, settle } from "./support.js";

const spec = (changes = {}) => specFrom({ ...defaultsFor("circle"), ...changes });

function setUp(options) {
  const workers = [];
  const seen = { opened: [], status: [], frame: [], failed: [], recovered: [], engine: [] };
  const listener = Object.fromEntries(Object.entries(seen).map(([name, list]) => [name, (value) => list.push(value)]));
  const client = createClient({
    spawn: () => workers[workers.push(inlineWorker(options)) - 1],
    core: Promise.resolve(null),
    nextFrame: (callback) => setImmediate(callback),
    listener,
  });
  return { client, workers, seen };
}

test("what is asked before the run stands is done once it does", async () => {
  const { client, seen } = setUp();
  client.open(spec());
  client.step("epoch");
  await settle(100);
  assert.equal(seen.opened.length, 1);
  assert.equal(seen.frame.at(-1).epoch, 1);
});

test("played at once, a run is told before it stands; a pause that follows is too", async () => {
  const { client, workers, seen } = setUp();
  client.open(spec());
  client.playAtOnce();
  client.pause();
  await settle(100);
  assert.equal(workers.length, 1);
  assert.deepEqual(
    seen.status.map(({ state }) => state),
    ["ready", "training", "paused"],
  );
  client.play();
  await settle(100);
  assert.equal(seen.status.at(-1).state, "training");
  assert.ok(seen.frame.length > 0);
  assert.deepEqual(seen.failed, []);
});

test("the newest run wins: nothing of an older one is shown", async () => {
  const { client, seen } = setUp();
  client.open(spec());
  client.play();
  await settle(30);
  client.open(spec({ seed: 8 }));
  const before = seen.frame.length;
  client.step("batch");
  await settle(100);
  assert.equal(seen.opened.length, 2);
  assert.ok(seen.frame.slice(before).every(({ run, step }) => run === 2 && step <= 1));
});

test("frames are acknowledged, so training goes on to its end", async () => {
  const { client, seen } = setUp();
  client.open(spec({ epochs: 20 }));
  client.play();
  await settle(400);
  assert.equal(seen.status.at(-1).state, "finished");
  assert.equal(seen.frame.at(-1).epoch, 20);
});

/** A run that has five epochs behind it, with a copy of where it stood, and trains on. */
async function training() {
  const page = setUp();
  page.client.open(spec());
  page.client.step("epoch", 5);
  await settle(150);
  page.client.play();
  await settle(10);
  return page;
}

test("a crashed worker is replaced, its checkpoint put back, and training goes on", async () => {
  const { client, workers, seen } = await training();
  workers[0].crash("out of memory");
  await settle(150);
  assert.equal(workers.length, 2);
  assert.ok(workers[0].isTerminated);
  assert.equal(seen.recovered.length, 1);
  assert.ok(seen.recovered[0].epoch >= 5);
  assert.equal(seen.status.at(-1).state, "training");
  assert.ok(seen.frame.at(-1).epoch > 5);
  assert.equal(seen.failed.length, 0);
});

test("copies come by the worker's clock, at any pace, whether frames are drawn or not", async () => {
  const kept = [];
  const workers = [];
  const held = [];
  const ignore = () => {};
  const client = createClient({
    spawn: () => workers[workers.push(inlineWorker({ prepare: (trainer) => (trainer.sliceSteps = 3) })) - 1],
    core: Promise.resolve(null),
    nextFrame: (callback) => held.push(callback), // nobody draws
    listener: {
      opened: ignore,
      status: ignore,
      frame: ignore,
      failed: ignore,
      recovered: ignore,
      kept: (one) => kept.push(one),
    },
  });
  client.open(spec({ epochs: 100_000 }));
  client.pace({ stepsPerFrame: "max", unit: "epoch" });
  client.play();
  await settle(2000);
  const { now } = workers[0].runner.time;
  assert.ok(now > 3000, `${now} ms`);
  assert.ok(kept.length >= Math.floor(now / 1100) && kept.length <= now / 1000 + 1, `${kept.length} in ${now} ms`);
  assert.ok(kept.at(-1).epoch > kept[1].epoch);
  client.pause();
  await settle(60);
  const standing = kept.length;
  client.send("setParameter", { index: 2, value: 0.5 });
  client.remember("freeze", { indices: Uint32Array.of(1) });
  await settle(60);
  assert.ok(kept.length > standing, "a change by hand is in a copy");
  client.dispose();
});

test("a worker that stops while its run is put back is replaced too, and nothing is lost by it", async () => {
  const { client, workers, seen } = await training();
  workers[0].crash("once");
  await settle(4);
  workers[1].crash("and again");
  await settle(200);
  assert.equal(workers.length, 3);
  assert.ok(seen.recovered.at(-1).epoch >= 5);
  assert.equal(seen.status.at(-1).state, "training");
});

test("who pauses while the worker is replaced finds the run paused, where it was", async () => {
  const { client, workers, seen } = await training();
  workers[0].crash("out of memory");
  client.pause();
  await settle(150);
  assert.equal(seen.status.at(-1).state, "paused");
  assert.ok(seen.frame.at(-1).epoch >= 5);
});

test("a worker that only crashes is given up with a sentence; a new setting tries again", async () => {
  const { client, workers, seen } = setUp();
  client.open(spec());
  for (let i = 0; i < 4; i++) workers.at(-1).crash("no such file");
  await settle();
  assert.equal(workers.length, 4);
  assert.match(seen.failed[0].message, /4 times in a row.*no such file/);
  client.open(spec());
  await settle(40);
  assert.equal(workers.length, 5);
  assert.equal(seen.opened.length, 1);
});

test("requests end with an answer, also when the worker dies", async () => {
  const { client, workers } = setUp();
  client.open(spec());
  await settle(30);
  assert.deepEqual((await client.classify(new Float32Array([0, 0]))).classes, new Uint32Array([1]));
  const waiting = client.classify(new Float32Array([0, 0]));
  workers[0].crash("gone");
  await assert.rejects(waiting, /restarted/);
});

test("other commands: asked, sent, and remembered for the worker that comes after, as long as the run is the same", async () => {
  const { client, workers, seen } = setUp();
  client.open(spec());
  client.send("step", { unit: "epoch", count: 2 }); // waits for the run
  client.remember("watch", { inputs: new Float32Array([0, 0, 1, 1, 2, 2]) });
  await settle(60);
  assert.equal(seen.frame.at(-1).epoch, 2);
  assert.equal(seen.frame.at(-1).outputs.length, 3);
  assert.equal((await client.ask("classify", { inputs: new Float32Array([0, 0, 1, 1]) })).outputs.length, 2);
  workers[0].crash("gone");
  await settle(60);
  assert.equal(seen.frame.at(-1).outputs.length, 3);
  client.open(spec());
  client.step("epoch");
  await settle(60);
  assert.equal(seen.frame.at(-1).outputs, undefined);
});

test("a refused Spec is told with its path", async () => {
  const { client, seen } = setUp();
  client.open(spec({ batchSize: 0 }));
  await settle(30);
  assert.equal(seen.failed[0].where, "training.batchSize");
});

test("a core that can't be loaded is told in its own sentence", async () => {
  const failed = [];
  const ignore = () => {};
  createClient({
    spawn: () => inlineWorker(),
    core: Promise.reject(new Error("The training core could not be loaded.")),
    nextFrame: setImmediate,
    listener: {
      opened: ignore,
      status: ignore,
      frame: ignore,
      recovered: ignore,
      failed: (failure) => failed.push(failure),
    },
  });
  await settle();
  assert.equal(failed[0].message, "The training core could not be loaded.");
});

const CARD = {
  adapter: { description: "A graphics card" },
  gpuMs: 0.5,
  prepare: (trainer) => (trainer.sliceSteps = 6),
};

test("who computes is told, and what is remembered of the device goes along, also to the next worker", async () => {
  const { client, workers, seen } = setUp(CARD);
  client.open(spec());
  client.pace({ stepsPerFrame: "max", unit: "epoch" });
  client.play();
  await settle(200);
  const { engine, measured } = seen.engine[0];
  assert.equal(engine, "gpu");
  client.open(spec(), { [measured.key]: measured });
  client.play();
  await settle(100);
  assert.equal(seen.engine.length, 2);
  assert.equal(seen.engine[1].measured, null, "nothing new");
  workers[0].crash("gone");
  await settle(200);
  assert.equal(workers[1].runner.last("engine").measured, null);
  client.pause();
  await settle(20);
});

test("a device that is lost is told, and the run goes on", async () => {
  const { client, seen } = setUp(CARD);
  client.open(spec({ engine: "gpu", epochs: 20 }));
  client.pace({ stepsPerFrame: "max", unit: "epoch" });
  client.play();
  await settle(20);
  client.loseDevice();
  await settle(100);
  assert.deepEqual(
    seen.engine.map(({ engine }) => engine),
    ["cpu"],
  );
  assert.equal(seen.status.at(-1).state, "finished");
  assert.equal(seen.failed.length, 0);
});

test("the race: laps as they come, then the whole; stopped, those so far; without a GPU, an error", async () => {
  const course = { spec: spec(), widths: [8, 16], layers: 1, milliseconds: 50 };
  const { client } = setUp(CARD);
  const widths = [];
  const { adapter, laps } = await client.job(
    "race",
    course,
    ({ width }) => widths.push(width),
    new AbortController().signal,
  );
  assert.deepEqual([adapter.name, laps.length, ...widths], ["A graphics card", 2, 8, 16]);
  const stop = new AbortController();
  const stopped = client.job("race", { ...course, widths: [8, 16, 32, 64] }, () => stop.abort(), stop.signal);
  assert.ok((await stopped).laps.length < 4);
  await assert.rejects(
    setUp().client.job("race", course, () => {}, stop.signal),
    { code: "no-gpu" },
  );
});
