// What is kept of a run to go back to, at which steps, and what that may cost: cases beside their contraries.
import assert from "node:assert/strict";
import test from "node:test";
import { VERSION } from "../../www/session/protocol.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { Travel } from "../../www/worker/travel.js";
import { FakeTrainer } from "./fakeTrainer.js";
import { inlineRunner, settle } from "./support.js";

const spec = (changes = {}) => specFrom({ ...defaultsFor("circle"), epochs: null, ...changes });

/** A clock that moves only when told to. */
const scripted = () => {
  const clock = { at: 0, now: () => clock.at, turn: async () => {} };
  return clock;
};

/** A run that keeps moments, each step an epoch: `costs` milliseconds to keep one, `takes` to train up to it. */
function traveling({ costs = 0, takes = 0, stepsPerEpoch = 1 } = {}) {
  const clock = scripted();
  const trainer = new FakeTrainer(spec());
  const budgets = /** @type {number[]} */ ([]);
  const moment = trainer.moment.bind(trainer);
  trainer.moment = () => ((clock.at += costs), moment());
  const advance = trainer.advance.bind(trainer);
  trainer.advance = (steps, budget) => {
    budgets.push(budget);
    clock.at += takes;
    return advance(steps, budget);
  };
  const run = /** @type {any} */ ({
    ...{ trainer, baseRate: 0.03, isOnGpu: false, hasEnded: false, isLocked: false, state: "training" },
    ...{ description: { ...trainer.describe(), stepsPerEpoch }, step: 0, epoch: 0 },
  });
  const twins = /** @type {FakeTrainer[]} */ ([]);
  const cpu = async () => twins[twins.push(new FakeTrainer(spec())) - 1];
  const travel = new Travel(run, clock, /** @type {any} */ ({ cpu }));
  const go = async (/** @type {number} */ steps, budget = Infinity) =>
    (run.step = (await travel.advance(steps, budget)).step);
  const past = async () => /** @type {any} */ (await travel.obey({ type: "past", id: 1, run: 1 }));
  const kept = async () => (await past()).moments;
  const seek = (/** @type {number} */ step) => travel.obey({ type: "seek", id: 1, run: 1, step, exact: true });
  return { clock, go, kept, past, seek, budgets, run, travel, twins };
}

test("moments cost nothing noticeable: 80 ms are free, then an 80th of the time trained", async () => {
  const first = traveling({ costs: 1 });
  await first.go(120);
  assert.equal((await first.kept()).length, 81, "the last begins while 80 ms are spent");
  const { clock, go, kept } = traveling({ costs: 100 });
  const pass = async (/** @type {number} */ ms) => {
    clock.at += ms;
    await go(1);
  };
  await go(1); // 100 ms are spent, and as many have passed
  for (const ms of [900, 580]) await pass(ms);
  await pass(40); // 1580 ms had passed: 99.75 were allowed
  const count = (await kept()).length;
  assert.equal(count, 1);
  await pass(0); // 1620 ms: 100.25
  assert.equal((await kept()).length, count + 1);
  // A page that slept has not trained meanwhile: a pause counts as a second.
  const slept = traveling({ costs: 100 });
  await slept.go(1);
  slept.clock.at += 9000;
  await slept.go(1);
  await slept.go(1);
  assert.equal((await slept.kept()).length, 1);
});

test("a slice's time is shared by its parts: each has what the ones before left", async () => {
  const { go, budgets, run } = traveling({ takes: 5 });
  await go(100, 12);
  assert.deepEqual(budgets, [12, 7, 2]);
  assert.equal(run.step, 3);
  await go(100, 10);
  assert.deepEqual(budgets.slice(3), [10, 5], "what is used up is not gone on with");
});

test("what it is like now is told of a run that stands, and not of one that trains or is gone", async () => {
  const { go, past, run } = traveling();
  await go(3);
  assert.equal((await past()).now, null);
  run.state = "paused";
  assert.equal((await past()).now.step, 3);
  run.hasEnded = true;
  assert.equal((await past()).now, null);
});

test("an epoch of up to 128 steps is a moment, a longer one has 32 at most", async () => {
  const steps = async (/** @type {number} */ stepsPerEpoch) => {
    const { go, kept } = traveling({ stepsPerEpoch });
    await go(2 * stepsPerEpoch);
    return (await kept()).map((/** @type {any} */ { step }) => step);
  };
  assert.deepEqual(await steps(128), [128, 256]);
  const long = await steps(129);
  assert.deepEqual([long.length, ...long.slice(0, 3)], [51, 5, 10, 15]);
});

test("figures that can't be had are a fault, and none of a run that has ended meanwhile", async () => {
  const failing = (/** @type {boolean} */ ends) => {
    const { run, travel } = traveling({ stepsPerEpoch: 1000 });
    run.step = run.trainer.advance(1, 0).step;
    run.trainer.evaluate = async () => {
      run.hasEnded = ends;
      throw new Error("null pointer passed to rust");
    };
    return { run, travel };
  };
  await assert.rejects(failing(false).travel.keepNow(), /null pointer/);
  const { run, travel } = failing(true);
  await travel.keepNow();
  run.state = "training";
  assert.deepEqual(/** @type {any} */ (await travel.obey({ type: "past", id: 1, run: 1 })).moments, []);
});

test("a run that is put back between two epochs has its next moment at the next one's end, and its next look", async () => {
  const { go, past, run, travel } = traveling({ stepsPerEpoch: 5 });
  run.step = run.trainer.advance(7, 0).step;
  await travel.keepNow();
  assert.deepEqual((await past()).looks, [], "it is at no epoch's end");
  await go(8);
  const { moments, looks } = await past();
  const steps = (/** @type {any[]} */ all) => all.map(({ step }) => step);
  assert.deepEqual([steps(moments), steps(looks)], [[7, 10, 15], [10, 15]]); // prettier-ignore
  const beside = traveling({ stepsPerEpoch: 5 });
  beside.run.isOnGpu = true;
  beside.run.step = beside.run.trainer.advance(7, 0).step;
  await beside.travel.keepNow();
  assert.deepEqual(steps((await beside.past()).looks), [7], "beside a GPU, the first chance after one");
});

test("the next moment is at an epoch's end, wherever the run was put back", async () => {
  const { go, kept, run } = traveling({ stepsPerEpoch: 5 });
  run.step = run.trainer.advance(7, 0).step;
  await go(8);
  assert.deepEqual((await kept()).map((/** @type {any} */ { step }) => step), [10, 15]); // prettier-ignore
});

test("a moment that is kept is gone to as it is; the way to a step between is gone again, beside the run", async () => {
  const { go, kept, seek, run, twins } = traveling({ stepsPerEpoch: 5 });
  await go(20);
  assert.deepEqual((await kept()).map((/** @type {any} */ { step }) => step), [5, 10, 15, 20]); // prettier-ignore
  const stand = async () => void (run.step = run.trainer.steps);
  Object.assign(run, { pause() {}, applyChanges() {}, stand, spec: spec() });
  assert.deepEqual([await seek(10), run.step, twins.length], [10, 10, 0]);
  assert.deepEqual([await seek(7), run.step, twins.length, twins[0].freed], [7, 7, 1, true]);
});

test("training waits for what keeps its moments, so that the first one is kept, but no longer than a second", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const playing = async () => {
    /** @type {(value?: any) => void} */
    let come = () => {};
    const runner = inlineRunner({ traveling: new Promise((resolve) => (come = resolve)) });
    runner.send({ type: "hello", version: VERSION, core: null });
    runner.send({ type: "open", run: 1, spec: spec() });
    await settle();
    runner.send({ type: "play", run: 1 });
    await settle(60);
    assert.equal(runner.trainers[0].steps, 0);
    return { runner, come };
  };
  const { runner, come } = await playing();
  come();
  await settle(60);
  assert.ok(runner.trainers[0].steps > 0);
  runner.send({ type: "pause", run: 1 });
  runner.send({ type: "past", id: 1, run: 1 });
  await settle(40);
  assert.equal(runner.last("reply").value.moments[0].step, 0);
  const late = await playing();
  t.mock.timers.tick(999);
  await settle(40);
  assert.equal(late.runner.trainers[0].steps, 0);
  t.mock.timers.tick(1);
  await settle(40);
  assert.ok(late.runner.trainers[0].steps > 0);
  late.runner.send({ type: "close", run: 1 });
});
