// The real GPU engine above a double of the browser's WebGPU: how often it waits for the device, what it takes to be seen to
// in time by a browser that looks now and then, and that a device which is lost, throws or falls silent loses nothing.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import { FakeGpuDevice, LOOK_MS, WORK_MS, offerGpu } from "./fakeGpuDevice.js";
import { settle } from "./support.js";

initSync({ module: fs.readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

const SPEC = { engine: "gpu", data: { source: "moons" }, training: { stop: { maxEpochs: null } } };

/** A trainer on a device whose time is the test's. */
async function opened(t, spec = SPEC) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const time = { now: 1000, looked: 1000 };
  t.mock.method(performance, "now", () => time.now);
  const device = new FakeGpuDevice(() => time.now);
  t.after(offerGpu(device));
  /** Lets so much time pass, or until it is settled; whether it is. */
  const pass = async (ms, promise = new Promise(() => {}), stride = 1) => {
    let isSettled = false;
    const settled = () => (isSettled = true);
    promise.then(settled, settled);
    for (const end = time.now + ms; time.now < end;) {
      await settle(2);
      if (isSettled) return true;
      time.now += stride;
      t.mock.timers.tick(stride);
      if (time.now - time.looked >= LOOK_MS) {
        time.looked = time.now;
        device.tick();
      }
    }
    await settle(2);
    return isSettled;
  };
  const opening = Trainer.create(spec);
  assert.ok(await pass(100, opening));
  const trainer = await opening;
  assert.equal(trainer.engine().engine, "gpu", trainer.engine().reason);
  t.after(() => {
    trainer.loseDevice(); // else the next test's would share it
    trainer.free();
  });
  return { trainer, device, time, pass };
}

test("the double looks ten times a second: a map that nothing follows waits for that", async (t) => {
  const { device, time, pass } = await opened(t);
  device.manner = "on ticks";
  device.queue.submit([{}]);
  time.looked = time.now;
  const [start, map] = [time.now, device.createBuffer({ size: 16 }).mapAsync()];
  assert.ok(await pass(1000, map));
  assert.equal(time.now - start, LOOK_MS);
});

test("where a browser looks now and then, an empty submission has it look in time", async (t) => {
  const { trainer, device, time, pass } = await opened(t);
  device.manner = "on ticks";
  const before = { ...device.counts };
  const start = time.now;
  const LANDINGS = 40;
  for (let i = 0; i < LANDINGS; i++) {
    trainer.advance(5000, 0);
    assert.ok(await pass(1000, trainer.landed()));
  }
  const { submissions, empty, seenOnTick, seenOnSubmission } = device.counts;
  assert.ok(seenOnSubmission - before.seenOnSubmission >= LANDINGS - 4);
  assert.ok(seenOnTick - before.seenOnTick <= 4, `${seenOnTick} were seen by the timer alone`);
  assert.ok(trainer.progress().step >= LANDINGS);
  // A few of them do, while a map is pending, and none when nobody waits.
  assert.ok(empty - before.empty <= 4 * LANDINGS, `${empty} empty submissions for ${submissions} in all`);
  assert.ok(time.now - start < (LANDINGS * LOOK_MS) / 4, `${time.now - start} ms`);
  assert.ok(await pass(1000, trainer.idle()));
  await pass(100);
  const quiet = { ...device.counts };
  await pass(1000);
  assert.deepEqual(device.counts, quiet);
});

test("two submissions are under way, and no more", async (t) => {
  const { trainer, device, pass } = await opened(t);
  device.manner = "on ticks";
  for (let i = 0; i < 10; i++) {
    trainer.advance(5000, 0);
    trainer.advance(5000, 0); // says nothing new
    await pass(1000, trainer.landed());
  }
  assert.equal(device.mostPending, 2);
  // Those under way count: no step is taken that nobody asked for.
  await pass(1000, trainer.idle());
  const { step } = trainer.progress();
  for (let i = 0; i < 3; i++) trainer.advance(20, 0);
  await pass(1000, trainer.idle());
  assert.equal(trainer.progress().step, step + 20);
});

/** Trains for a while and brings all home; then it goes on, and the device fails while steps are under way. */
async function failing(t, fail) {
  const { trainer, device, time, pass } = await opened(t);
  for (let i = 0; i < 4; i++) {
    trainer.advance(5000, 0);
    await pass(1000, trainer.landed());
  }
  assert.ok(await pass(1000, trainer.sync()));
  const home = trainer.progress();
  await fail(device, trainer);
  trainer.advance(5000, 0);
  return { trainer, device, time, pass, home };
}

/** It is on the CPU, stands where it was brought home, and trains on there. */
async function assertGoesOn({ trainer, pass, home }, words) {
  const { engine, reason } = trainer.engine();
  assert.equal(engine, "cpu");
  assert.match(reason, words);
  assert.deepEqual(trainer.progress(), home);
  trainer.advance(10, 0);
  assert.equal(trainer.progress().step, home.step + 10);
  const evaluated = trainer.evaluate("train");
  assert.ok(await pass(10, evaluated));
  assert.ok(Number.isFinite((await evaluated).loss));
  assert.ok((await trainer.parameters()).every(Number.isFinite));
}

test("a device that falls silent is lost after 20 seconds awake, whatever is asked of it", async (t) => {
  for (const ask of ["landed", "idle", "sync", "parameters", "checkpoint", "evaluate"]) {
    await t.test(ask, async (t) => {
      const run = await failing(t, (device) => (device.manner = "never"));
      const { trainer, device, pass } = run;
      const answer = trainer[ask](ask === "evaluate" ? "train" : undefined);
      assert.equal(await pass(19_500, answer, 4), false);
      assert.equal(trainer.engine().engine, "gpu");
      assert.ok(device.counts.empty < 3000, `${device.counts.empty} empty submissions`);
      assert.equal(await pass(2000, answer, 4), true);
      await answer;
      await assertGoesOn(
        run,
        /^CPU: the GPU was lost \(it has not answered for 20 seconds\), and training goes on here$/,
      );
    });
  }
});

test("a machine that sleeps, and a page that is kept from running, are no silence", async (t) => {
  const { trainer, device, time, pass } = await failing(t, (device) => (device.manner = "never"));
  const answer = trainer.landed();
  for (let i = 0; i < 20; i++) {
    time.now += 3_600_000;
    assert.equal(await pass(100, answer), false, `the ${i + 1}th sleep`);
  }
  assert.equal(trainer.engine().engine, "gpu");
  device.lose({ reason: "unknown", message: "asleep for too long" });
});

test("a device that is slow but says that it lives is not lost", async (t) => {
  const { trainer, device, pass } = await failing(t, (device) => (device.manner = "never"));
  const [answer, other] = [trainer.landed(), trainer.parameters()];
  void other;
  for (let i = 0; i < 4; i++) {
    assert.equal(await pass(15_000, answer, 4), false);
    device.manner = "at once";
    assert.ok(await pass(100, trainer.predict(new Float32Array(2))), "another read is answered");
    device.manner = "never";
  }
  assert.equal(trainer.engine().engine, "gpu");
  assert.ok(await pass(25_000, answer, 4));
});

for (const manner of ["rejects", "throws"])
  test(`a browser whose mapAsync ${manner}: the CPU goes on`, async (t) => {
    const run = await failing(t, (device) => (device.manner = manner));
    assert.ok(await run.pass(1000, run.trainer.landed()));
    await assertGoesOn(run, /^CPU: the GPU was lost \(the device gave no answer\), and training goes on here$/);
  });

test("a device that says it is lost: the CPU goes on", async (t) => {
  const run = await failing(t, async (device) => {
    device.manner = "never";
    device.lose({ reason: "unknown", message: "the driver went away" });
    await settle();
  });
  assert.ok(await run.pass(1000, run.trainer.landed()));
  await assertGoesOn(run, /^CPU: the GPU was lost \(the driver went away\), and training goes on here$/);
});

test("work of one read that takes long is submitted in parts, each a sign of life", async (t) => {
  const layers = [256, 256, 256].map((units) => ({ type: "dense", units }));
  const { trainer, device, pass } = await opened(t, { ...SPEC, model: { layers } });
  const before = device.counts.submissions;
  assert.ok(await pass(1000, trainer.predict(new Float32Array(2 * 60_000))));
  const few = device.counts.submissions - before;
  assert.ok(few >= 8 && few < 40, `${few} submissions`);
  assert.ok(WORK_MS > 0);
});
