// What a worker does at which moment: by scripted clocks, with both sides of each threshold.
import assert from "node:assert/strict";
import test from "node:test";
import { percent } from "../../www/features/coach/percent.js";
import { firstToHold } from "../../www/features/coach/worker/trial.js";
import { trainCorrupted } from "../../www/features/corruption/worker.js";
import { runComparison } from "../../www/features/comparison/worker.js";
import { VERSION } from "../../www/session/protocol.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { prepare } from "../../www/worker/engineChoice.js";
import { Copies } from "../../www/worker/copies.js";
import { transfersOf } from "../../www/worker/frames.js";
import { subsample } from "../../www/worker/subsample.js";
import { FakeGpuTrainer } from "./fakeGpuTrainer.js";
import { FakeTrainer } from "./fakeTrainer.js";
import { inlineRunner, settle } from "./support.js";

const spec = (changes = {}) => specFrom({ ...defaultsFor("circle"), epochs: null, ...changes });

/** A clock that moves only when told to. */
const scripted = () => {
  const clock = { at: 0, turns: 0, now: () => clock.at, turn: async () => void (clock.turns += 1) };
  return clock;
};

test("up to 2000 rows all are drawn; of more, as many, evenly from the first on", () => {
  const rows = (/** @type {number} */ count, part = 0) =>
    /** @type {any} */ ({
      inputs: Float64Array.from({ length: count }, (_, i) => i),
      targets: Float64Array.from({ length: count }, (_, i) => i),
      part: new Uint8Array(count).fill(part),
    });
  const all = rows(2000);
  assert.equal(subsample(all, false), all);
  const one = subsample(rows(2001), false);
  assert.deepEqual([one.targets.length, one.targets[0], one.targets[1]], [2000, 0, 1]);
  const { targets, inputs } = subsample(rows(5000), false);
  assert.deepEqual([...targets.slice(0, 4), targets.length, targets[1999]], [0, 2, 5, 7, 2000, 4997]);
  assert.deepEqual(inputs, targets);
  // Hidden test rows are none of them.
  const mixed = rows(4000);
  mixed.part.fill(2, 0, 2000);
  assert.deepEqual([subsample(mixed, true).targets.length, subsample(mixed, true).targets[0]], [2000, 2000]);
  assert.equal(subsample(rows(3000, 2), true).targets.length, 0);
});

/** @param {object} [changes] */
function copying(changes = {}) {
  const clock = scripted();
  const posted = /** @type {any[]} */ ([]);
  const trainer = { takes: 0, checkpoint: async () => ((clock.at += trainer.takes), new Uint8Array(3)) };
  const land = async () => {};
  const run = /** @type {any} */ ({ id: 4, epoch: 9, state: "training", hasEnded: false, trainer, land, ...changes });
  const port = { post: (/** @type {any} */ event) => posted.push(event), listen: () => {} };
  return { clock, posted, run, trainer, copies: new Copies(run, /** @type {any} */ (port), clock) };
}

test("copies are a second apart, and take a twentieth of the time at most", async () => {
  const { clock, posted, trainer, copies } = copying();
  const isDueAfter = async (/** @type {number} */ ms) => {
    const before = posted.length;
    clock.at += ms;
    await copies.takeIfDue();
    return posted.length > before;
  };
  assert.equal(await isDueAfter(0), true, "the first at once");
  assert.deepEqual([await isDueAfter(999), await isDueAfter(1)], [false, true]);
  trainer.takes = 50;
  assert.equal(await isDueAfter(1000), true);
  assert.deepEqual([await isDueAfter(999), await isDueAfter(1)], [false, true]);
  trainer.takes = 60;
  assert.equal(await isDueAfter(1000), true);
  assert.deepEqual([await isDueAfter(1199), await isDueAfter(1)], [false, true]);
  assert.deepEqual([posted[0].run, posted[0].epoch, posted[0].bytes.length], [4, 9, 3]);
});

test("a copy that fails is a fault, unless its run has ended or another trainer has taken over", async () => {
  const failing = (/** @type {(run: any) => void} */ meanwhile) => {
    const parts = copying();
    parts.run.trainer = {
      checkpoint: async () => {
        meanwhile(parts.run);
        throw new Error("null pointer passed to rust");
      },
    };
    return parts;
  };
  const fault = failing(() => {});
  await assert.rejects(fault.copies.take(), /null pointer/);
  const ended = failing((run) => (run.hasEnded = true));
  await ended.copies.take();
  assert.equal(ended.posted.length, 0);
  const replaced = failing((run) => (run.trainer = { checkpoint: async () => new Uint8Array(8) }));
  await replaced.copies.take();
  assert.deepEqual(replaced.posted.map(({ bytes }) => bytes.length), [8]); // prettier-ignore
  const late = copying();
  late.run.trainer = { checkpoint: async () => ((late.run.hasEnded = true), new Uint8Array(1)) };
  await late.copies.take();
  assert.equal(late.posted.length, 0, "a run that has ended meanwhile has none");
  const diverged = copying({ state: "diverged" });
  await diverged.copies.take();
  assert.equal(diverged.posted.length, 0);
});

test("a message hands over its arrays, those in it and in a part of it, each memory once; none deeper", () => {
  const [top, inner, deep, deeper] = [1, 2, 3, 4].map((size) => new Float32Array(size));
  const message = { top, again: top.subarray(0), part: { inner, list: [deep], further: { further: { deeper } } }, none: null }; // prettier-ignore
  assert.deepEqual(transfersOf(message, 3), [top.buffer, inner.buffer, deep.buffer]);
  assert.deepEqual(transfersOf(message), [top.buffer, inner.buffer]);
  assert.deepEqual(transfersOf(message, 1), [top.buffer]);
});

/** What the GPU is said to take, and how often it was asked, where each slice is so many steps and milliseconds. */
async function timed(/** @type {number} */ chunk, /** @type {number} */ ms, /** @type {number} */ cpuMs) {
  const clock = scripted();
  const trainer = Object.assign(new FakeGpuTrainer(spec()), { chunk });
  let slices = 0;
  trainer.onAdvance = () => ((clock.at += ms), (slices += 1));
  const engines = { findAdapter: async () => ({ name: "card", isFallback: false }), gpu: async () => ({ trainer }) };
  const candidate = await prepare(/** @type {any} */ ({ spec: spec(), cpuMs, known: null, engines, clock }));
  const { measured, trainer: chosen } = await candidate.decide();
  return { gpuMs: measured?.gpuMs, slices, isChosen: chosen !== null };
}

test("the GPU is warmed up by twenty steps, and timed for 150 ms", async () => {
  // One step to begin with, then slices of 10 steps.
  assert.deepEqual(await timed(10, 10, 9), { gpuMs: 1, slices: 1 + 2 + 15, isChosen: true });
  assert.deepEqual(await timed(20, 15, 9), { gpuMs: 0.75, slices: 1 + 1 + 10, isChosen: true });
  assert.deepEqual([(await timed(19, 150, 9)).slices, (await timed(18, 150, 9)).slices], [1 + 1 + 1, 1 + 2 + 1]);
  assert.equal((await timed(10, 149, 9)).slices, 1 + 2 + 2, "149 ms are too short");
  assert.equal((await timed(10, 150, 99)).slices, 1 + 2 + 1);
});

test("the GPU has to be a fifth faster", async () => {
  assert.equal((await timed(10, 10, 1.21)).isChosen, true);
  assert.equal((await timed(10, 10, 1.19)).isChosen, false);
});

test("paused in the middle of a slice on the GPU, the status says where it came to rest", async () => {
  let moved = 0;
  for (let turns = 3; turns < 24; turns++) {
    const runner = inlineRunner({ adapter: { description: "A graphics card" }, gpuMs: 0.5 });
    runner.send({ type: "hello", version: VERSION, core: null });
    runner.send({ type: "open", run: 1, spec: spec({ engine: "gpu" }) });
    await settle();
    runner.send({ type: "pace", run: 1, stepsPerFrame: "max", unit: "epoch" });
    runner.send({ type: "play", run: 1 });
    await settle(turns);
    runner.send({ type: "pause", run: 1 });
    await settle();
    const paused = runner.all("status").filter(({ state }) => state === "paused");
    assert.ok(paused.length === 1 || paused.length === 2);
    assert.equal(paused.at(-1).step, runner.gpuTrainers[0].steps, `after ${turns} turns`);
    moved += paused.length - 1;
    if (paused.length === 2) assert.ok(paused[0].step < paused[1].step);
    runner.send({ type: "close", run: 1 });
  }
  assert.ok(moved > 0, "some were in the middle");
});

test("steps a second are those of the time that was trained, however it is sliced", async () => {
  for (const sliceSteps of [10, 20]) {
    const prepare = (/** @type {FakeTrainer} */ trainer) => void (trainer.sliceSteps = sliceSteps);
    const runner = inlineRunner({ prepare });
    runner.send({ type: "hello", version: VERSION, core: null });
    runner.send({ type: "open", run: 1, spec: spec() });
    await settle();
    runner.send({ type: "pace", run: 1, stepsPerFrame: "max", unit: "epoch" });
    runner.time.onTurn = () => {
      const { frame } = runner.last("frame") ?? {};
      if (frame !== undefined) runner.send({ type: "ack", run: 1, frame });
    };
    runner.send({ type: "play", run: 1 });
    await settle(200);
    runner.send({ type: "pause", run: 1 });
    await settle();
    const speeds = runner.all("frame").map(({ stepsPerSecond }) => stepsPerSecond);
    const wanted = (1000 * sliceSteps) / 12;
    assert.ok(Math.abs(speeds.at(-1) - wanted) <= 1e-6 * wanted, `${speeds.at(-1)}, not ${wanted}`);
    runner.send({ type: "close", run: 1 });
  }
});

test("a remedy holds from the asked loss down, and when it is trained to the end in however many slices", async () => {
  const clock = scripted();
  const trial = async (/** @type {number} */ most, /** @type {number} */ steps, sliceSteps = Infinity) => {
    const opened = /** @type {any[]} */ ([]);
    const open = async (/** @type {any} */ own) => {
      opened.push(Object.assign(new FakeTrainer(own), { sliceSteps }));
      return opened.at(-1);
    };
    const terms = { from: null, specs: [spec()], steps, most };
    const found = await firstToHold(terms, /** @type {any} */ (open), clock, () => false);
    assert.deepEqual(opened.map(({ freed }) => freed), [true]); // prettier-ignore
    return [found, opened[0].steps];
  };
  const after = await Object.assign(new FakeTrainer(spec()), { steps: 60 }).evaluate("train");
  assert.deepEqual(await trial(after.loss, 60), [0, 60]);
  assert.deepEqual(await trial(after.loss * 0.999, 60), [-1, 60]);
  clock.turns = 0;
  assert.deepEqual([await trial(after.loss, 60, 20), clock.turns], [[0, 60], 2]);
  assert.deepEqual([await trial(after.loss, 60, 60), clock.turns], [[0, 60], 2], "at the end it waits for nobody");
});

test("a contest's pictures are 40 ms apart, and what computing took is no wait", async (t) => {
  const waits = /** @type {number[]} */ ([]);
  t.mock.method(globalThis, "setTimeout", (/** @type {() => void} */ go, /** @type {number} */ ms) => {
    waits.push(ms);
    clock.at += ms;
    setImmediate(go);
  });
  const clock = scripted();
  const contest = async (/** @type {number} */ ms, epochs = 3) => {
    waits.length = clock.turns = 0;
    const engines = {
      cpu: async (/** @type {any} */ own) => Object.assign(new FakeTrainer(own), { onAdvance: () => (clock.at += ms) }),
    };
    const parts = { engines, clock, signal: new AbortController().signal, isLocked: () => false };
    const told = /** @type {number[]} */ ([]);
    const course = { specs: [spec(), spec()], inputs: null, epochs };
    await runComparison(/** @type {any} */ (parts), course, ({ epoch }) => told.push(epoch));
    return told;
  };
  assert.deepEqual([await contest(12), waits], [[1, 2, 3], [16, 16, 16]]); // prettier-ignore
  assert.deepEqual([await contest(19), waits], [[1, 2, 3], [2, 2, 2]]); // prettier-ignore
  await contest(19.5);
  assert.deepEqual(waits, [], "a wait of a millisecond is none");
  await contest(30);
  assert.deepEqual(waits, []);
  // A long one is told of 90 times at most.
  assert.deepEqual([(await contest(1, 90)).length, (await contest(1, 91)).length], [90, 46]);
});

test("twins are told of every 100 ms, as far as the one behind is, and once more at their end", async () => {
  const clock = scripted();
  const twins = async (/** @type {number} */ ms, /** @type {number | null} */ epochs) => {
    const created = /** @type {FakeTrainer[]} */ ([]);
    const create = async (/** @type {any} */ own) => {
      const twin = Object.assign(new FakeTrainer(own), { sliceSteps: 40, onAdvance: () => (clock.at += ms) });
      return created[created.push(twin) - 1];
    };
    const told = /** @type {any[]} */ ([]);
    const course = /** @type {any} */ ({ spec: spec({ epochs }), corrupt: { labels: 0.5 } });
    const { isWhole } = await trainCorrupted(course, /** @type {any} */ (create), clock, new AbortController().signal, (one) => told.push(one)); // prettier-ignore
    assert.deepEqual([isWhole, created.map(({ freed }) => freed)], [true, [true, true]]);
    assert.deepEqual(created.map(({ spec: own }) => own.data.corrupt), [undefined, { labels: 0.5 }]); // prettier-ignore
    return told;
  };
  // An epoch a slice, in turn: after an odd number of slices one is an epoch behind.
  assert.deepEqual((await twins(100, 2)).map(({ epoch }) => epoch), [0, 1, 1, 2, 2]); // prettier-ignore
  assert.deepEqual((await twins(99, 2)).map(({ epoch }) => epoch), [1, 2, 2]); // prettier-ignore
  assert.deepEqual((await twins(34, 2)).map(({ epoch }) => epoch), [1, 2]); // prettier-ignore
  const endless = await twins(1, null);
  assert.deepEqual([endless.at(-1).epoch, endless[0].epochs], [200, 200], "without an end of its own: 200 epochs");
});

test("shares read well, small ones and those that are times over", () => {
  assert.deepEqual([0.0009, 0.001, 0.0049, 0.05, 0.094, 0.096, 0.35, 0.994, 0.995, 0.999, 1, 2].map(percent), ["less than 0.1%", "0.1%", "0.5%", "5%", "9%", "10%", "35%", "99%", "over 99%", "over 99%", "100%", "200%"]); // prettier-ignore
  assert.deepEqual([2.04, 9.44, 9.6, 10.4, 1234].map(percent), ["2×", "9.4×", "10×", "10×", "1,234×"]);
});
