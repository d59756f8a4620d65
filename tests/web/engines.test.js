import assert from "node:assert/strict";
import test, { afterEach } from "node:test";
import { VERSION } from "../../www/session/protocol.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { shares } from "../../www/features/benchmark/worker.js";
import { inlineRunner, settle } from "./support.js";

const CARD = { description: "A graphics card" };
const SOFTWARE = { description: "A processor that plays one", isFallbackAdapter: true };

const spec = (changes = {}) => specFrom({ ...defaultsFor("circle"), ...changes });

/** A run that is left training would keep the process alive. */
const open = [];
afterEach(async () => {
  for (const runner of open.splice(0)) runner.send({ type: "close", run: 1 });
  await settle();
});

async function opened(changes, options, measured) {
  const runner = inlineRunner(options);
  open.push(runner);
  runner.send({ type: "hello", version: VERSION, core: null });
  runner.send({ type: "open", run: 1, spec: spec(changes), ...(measured ? { measured } : {}) });
  await settle();
  return runner;
}

async function draw(runner, frames) {
  for (let i = 0; i < frames; i++) {
    await settle(8);
    const frame = runner.last("frame");
    if (frame) runner.send({ type: "ack", run: frame.run, frame: frame.frame });
  }
}

const train = async (runner, frames = 60) => {
  runner.send({ type: "pace", run: 1, stepsPerFrame: "max", unit: "epoch" });
  runner.send({ type: "play", run: 1 });
  await draw(runner, frames);
};

test("a run that asks for the GPU opens there, and trains to its end", async () => {
  const runner = await opened({ engine: "gpu", epochs: 20 }, { adapter: CARD });
  const { description } = runner.last("opened");
  assert.deepEqual(
    [
      description.engine,
      description.engineReason,
      description.adapter.name,
      description.deviceBytes,
      description.dispatchesPerStep,
    ],
    ["gpu", "GPU: A graphics card", "A graphics card", 4096, 7],
  );
  await train(runner);
  assert.equal(runner.last("status").state, "finished");
  assert.equal(runner.last("frame").step, 800);
  assert.equal(runner.trainers.length, 0);
  assert.ok(runner.gpuTrainers[0].synced > 0);
});

test("a step on the GPU is a step, and a frame tells of a run that stands still", async () => {
  const runner = await opened({ engine: "gpu" }, { adapter: CARD });
  runner.send({ type: "step", run: 1, unit: "batch", count: 3 });
  await draw(runner, 5);
  assert.equal(runner.gpuTrainers[0].steps, 3);
  assert.deepEqual(
    [runner.last("status").state, runner.last("status").step, runner.last("frame").step],
    ["paused", 3, 3],
  );
});

test("a pause while steps are under way tells the step at which the run stands in the end", async () => {
  const runner = await opened({ engine: "gpu" }, { adapter: CARD });
  const trainer = runner.gpuTrainers[0];
  const idle = trainer.idle.bind(trainer);
  let waits = 0;
  trainer.idle = () => {
    if (++waits === 3) runner.send({ type: "pause", run: 1 });
    return idle();
  };
  await train(runner, 10);
  assert.equal(runner.last("status").state, "paused");
  assert.equal(runner.last("status").step, trainer.steps);
  assert.equal(runner.last("frame").step, trainer.steps);
});

test("without a GPU, or without its engine, the run opens on the CPU and says why", async () => {
  const none = await opened({ engine: "gpu" });
  assert.equal(none.last("opened").description.engine, "cpu");
  assert.match(none.last("opened").description.engineReason, /^CPU: WebGPU is unavailable/);
  assert.equal(none.loads.gpu, 0);
  const cut = await opened({ engine: "gpu" }, { adapter: CARD, loadFailure: "no answer" });
  assert.match(cut.last("opened").description.engineReason, /^CPU: the GPU engine could not be loaded\. no answer/);
  await train(cut, 5);
  assert.ok(cut.trainers[0].steps > 0);
});

test("the GPU engine is not loaded for a run on the CPU", async () => {
  const runner = await opened({ engine: "cpu" }, { adapter: CARD });
  await train(runner, 20);
  assert.equal(runner.loads.gpu, 0);
  assert.equal(runner.all("engine").length, 0);
});

const slowly = (sliceSteps) => ({ prepare: (trainer) => (trainer.sliceSteps = sliceSteps) });

test("auto: quick steps stay on the CPU, and no GPU is asked", async () => {
  const runner = await opened({}, { adapter: CARD, ...slowly(1000) }); // 12 ms for 1000 steps
  await train(runner, 20);
  const { engine, reason, measured } = runner.last("engine");
  assert.deepEqual([engine, measured], ["cpu", null]);
  assert.match(reason, /^CPU: 0\.012 ms per step/);
  assert.equal(runner.loads.gpu, 0);
});

test("auto: slow watching doesn't put the answer off", async () => {
  const runner = await opened({}, { adapter: CARD, prepare: (trainer) => (trainer.onAdvance = () => {}) }); // no time that could be measured
  runner.send({ type: "play", run: 1 });
  await draw(runner, 12); // an epoch of 40 steps a frame
  assert.match(runner.last("engine").reason, /^CPU: 0 ms per step/);
});

test("auto: where the GPU is faster the run moves there as it stands, and that is remembered", async () => {
  const runner = await opened({ epochs: 30 }, { adapter: CARD, gpuMs: 0.5, ...slowly(6) }); // 2 ms a step
  await train(runner, 30);
  const { engine, reason, measured, adapter } = runner.last("engine");
  assert.equal(engine, "gpu");
  assert.match(reason, /^GPU: 0\.5 ms vs. 2 ms per step on the CPU \(A graphics card\)/);
  assert.deepEqual(
    [measured.cpuMs, measured.gpuMs, measured.adapter, adapter.name],
    [2, 0.5, CARD.description, CARD.description],
  );
  const [cpu] = runner.trainers;
  assert.ok(cpu.freed && cpu.steps > 0);
  await draw(runner, 60);
  assert.deepEqual([runner.last("status").state, runner.last("frame").step], ["finished", 30 * 40]);
  const steps = runner.all("frame").map(({ step }) => step);
  assert.deepEqual(
    steps,
    steps.toSorted((a, b) => a - b),
    "nothing is trained twice",
  );

  const { key, ...known } = measured;
  const again = await opened({}, { adapter: CARD, gpuMs: 0.5, ...slowly(6) }, { [key]: known });
  await train(again, 10);
  assert.equal(again.last("engine").engine, "gpu");
  assert.equal(again.last("engine").measured, null);
  assert.ok(
    again.trainers[0].steps < 24,
    "the GPU was asked before four slices of 12 ms would have measured the CPU anew",
  );
});

test("auto: the CPU trains on until the GPU is ready, which a run that is closed meanwhile gives up", async () => {
  for (const isClosed of [false, true]) {
    let compile = () => {};
    const compiled = new Promise((resolve) => (compile = () => resolve(undefined)));
    const runner = await opened({}, { adapter: CARD, gpuMs: 0.5, compiled, ...slowly(6) });
    await train(runner, 30);
    const [cpu] = runner.trainers;
    const before = cpu.steps;
    await draw(runner, 5);
    assert.equal(runner.gpuTrainers.length, 1);
    assert.ok(cpu.steps > before);
    if (isClosed) runner.send({ type: "close", run: 1 });
    compile();
    await draw(runner, 30);
    assert.deepEqual(
      [runner.last("engine")?.engine, runner.gpuTrainers[0].freed],
      isClosed ? [undefined, true] : ["gpu", false],
    );
  }
});

test("auto: a weight that is set while the run moves to the GPU is there, and a moment gone back to as well", async () => {
  const options = { adapter: CARD, gpuMs: 0.5, ...slowly(6) };
  const moving = async (/** @type {object[]} */ ...commands) => {
    const runner = await opened({}, options);
    const [cpu] = runner.trainers;
    const { checkpoint } = cpu;
    cpu.checkpoint = async () => {
      const bytes = await checkpoint.call(cpu);
      if (!runner.gpuTrainers.length) return bytes; // a copy for the page
      for (const command of commands.splice(0)) runner.send({ ...command, run: 1 });
      await settle(5); // on its way between two engines
      return bytes;
    };
    await train(runner, 40);
    assert.equal(runner.last("engine").engine, "gpu");
    return runner;
  };
  const set = await moving({ type: "setParameter", index: 3, value: 0.25 }, { type: "pause" });
  assert.equal((await set.gpuTrainers[0].parameters())[3], 0.25);
  const back = await moving({ type: "seek", id: 5, step: 0 });
  assert.deepEqual([back.last("status").step, back.last("status").state, back.last("frame").step], [0, "paused", 0]);
  assert.equal(back.gpuTrainers[0].steps, 0);
});

test("auto: where the GPU is slower, is software, or is none, the CPU goes on and says why", async () => {
  for (const [options, reason] of [
    [{ adapter: CARD, gpuMs: 1.9 }, /^CPU: 2 ms vs. 1\.9 ms per step on the GPU \(A graphics card\)/],
    [{ adapter: SOFTWARE, gpuMs: 0.1 }, /^CPU: 2 ms per step; this is a software GPU \(A processor that plays one\)/],
    [{}, /^CPU: 2 ms per step; this browser offers no GPU/],
    [{ adapter: CARD, loadFailure: "no answer" }, /^CPU: 2 ms per step; the GPU engine could not be loaded/],
  ]) {
    const runner = await opened({ epochs: 20 }, { ...options, ...slowly(6) });
    await train(runner, 300);
    assert.equal(runner.last("engine").engine, "cpu");
    assert.match(runner.last("engine").reason, reason);
    assert.equal(runner.last("status").state, "finished");
    assert.ok(runner.gpuTrainers.every(({ freed }) => freed));
  }
});

test("a lost device: training goes on on the CPU, the page is told, and the curve goes on", async () => {
  const runner = await opened({ engine: "gpu", epochs: 40 }, { adapter: CARD });
  await train(runner, 3);
  runner.send({ type: "loseDevice", run: 1 });
  await draw(runner, 80);
  const { engine, reason, deviceBytes } = runner.last("engine");
  assert.deepEqual([engine, deviceBytes], ["cpu", 0]);
  assert.match(reason, /the GPU was lost/);
  assert.equal(runner.last("status").state, "finished");
  assert.equal(runner.last("frame").step, 1600);
  runner.send({ type: "loseDevice", run: 1 });
  await settle();
  assert.equal(runner.last("error").code, "illegal-command");
});

const course = { spec: spec(), widths: [8, 16, 32], layers: 2, milliseconds: 50 };
const race = (changes = {}, id = 9) => ({ type: "job", kind: "race", id, course: { ...course, ...changes } });
const pointsOf = (runner) => runner.all("progress").map(({ progress }) => progress);

test("the race: a lap for each width, in which the shares of a step are all of it", async () => {
  const runner = await opened({}, { adapter: CARD, gpuMs: 0.2, ...slowly(6) });
  runner.send({ type: "play", run: 1 });
  runner.send(race());
  await settle(600);
  const laps = pointsOf(runner);
  assert.deepEqual(
    laps.map(({ width }) => width),
    [8, 16, 32],
  );
  assert.deepEqual(
    laps.map(({ parameters }) => parameters),
    [105, 337, 1185],
  );
  assert.ok(runner.all("progress").every(({ id }) => id === 9));
  for (const { cpu, gpu, lossDifference } of laps) {
    assert.equal(cpu.msPerStep, 2);
    assert.ok(Math.abs(gpu.upload + gpu.compute + gpu.readBack + gpu.overhead - gpu.msPerStep) < 1e-9);
    assert.equal(gpu.isTimestamped, true);
    assert.equal(lossDifference, 0);
  }
  const { ok, value } = runner.last("reply");
  assert.ok(ok);
  assert.deepEqual(value.adapter, { name: CARD.description, isFallback: false });
  assert.equal(value.laps.length, 3);
  assert.equal(runner.last("status").state, "paused", "a run that trained is paused");
  assert.ok(runner.trainers.slice(1).every(({ freed }) => freed) && runner.gpuTrainers.every(({ freed }) => freed));
});

test("the Spec's own model: timed on both engines with what setting the GPU up took; without one, on the CPU with the reason", async () => {
  const lap = (/** @type {number} */ id) => ({
    type: "job",
    kind: "lap",
    id,
    course: { spec: spec(), milliseconds: 50 },
  });
  const runner = await opened({}, { adapter: CARD, gpuMs: 0.2, ...slowly(6) });
  runner.send(lap(9));
  await settle(600);
  const { ok, value } = runner.last("reply");
  assert.ok(ok);
  const { cpu, gpu, reason, adapter, deviceBytes, lossDifference, rows, trainingRows, numbers } = value;
  assert.deepEqual([cpu.msPerStep, reason, adapter.name, deviceBytes], [2, "", CARD.description, 4096]);
  assert.ok(Math.abs(gpu.upload + gpu.compute + gpu.readBack + gpu.overhead - gpu.msPerStep) < 1e-9);
  assert.ok(lossDifference === 0 && value.setup >= 0 && rows >= trainingRows && trainingRows > 0 && numbers > 0);
  assert.ok(runner.trainers.slice(1).every(({ freed }) => freed) && runner.gpuTrainers.every(({ freed }) => freed));
  const bare = await opened({}, slowly(6));
  bare.send(lap(9));
  await settle(600);
  const alone = bare.last("reply").value;
  assert.deepEqual([alone.gpu, alone.cpu.msPerStep, alone.adapter], [null, 2, null]);
  assert.match(alone.reason, /no GPU to compare with/);
});

test("a race can be stopped, and is refused without a GPU", async () => {
  const runner = await opened({}, { adapter: CARD, ...slowly(6) });
  runner.time.onTurn = () => pointsOf(runner).length === 1 && runner.send({ type: "cancel", id: 9 });
  runner.send(race({ widths: [8, 16, 32, 64, 128] }));
  runner.send(race({}, 10));
  await settle(600);
  const replies = Object.fromEntries(runner.all("reply").map((reply) => [reply.id, reply]));
  assert.equal(replies[10].error.code, "busy");
  assert.equal(replies[9].value.laps.length, 1);
  const none = await opened({});
  none.send(race());
  await settle();
  assert.equal(none.last("reply").error.code, "no-gpu");
});

test("what is cancelled and is no job, or none any more, is no fault", async () => {
  const runner = await opened({}, { adapter: CARD, ...slowly(6) });
  runner.send({ type: "cancel", id: 9 });
  runner.send(race({ widths: [8] }));
  await settle(600);
  runner.send({ type: "cancel", id: 9 });
  await settle();
  assert.deepEqual(
    [runner.all("reply").length, runner.all("error").length, runner.last("reply").value.laps.length],
    [1, 0, 1],
  );
});

test("a race whose GPU is lost on the way ends with the reason", async () => {
  const runner = await opened({}, { adapter: CARD, ...slowly(6) });
  runner.time.onTurn = () => runner.gpuTrainers[1]?.loseDevice();
  runner.send(race());
  await settle(600);
  assert.equal(pointsOf(runner).length, 1);
  assert.equal(runner.last("reply").error.code, "gpu");
  assert.match(runner.last("reply").error.message, /the GPU was lost/);
  assert.ok(runner.gpuTrainers.every(({ freed }) => freed));
});

test("without timestamps the way back is the shortest trip, and the shares are still all of a step", () => {
  const spent = { steps: 100, submissions: 10, recording: 5, upload: 10, inFlight: 80 };
  const share = shares({ ms: 120, steps: 100 }, spent, 2);
  assert.equal(share.isTimestamped, false);
  const rounded = Object.fromEntries(
    Object.entries(share).map(([key, value]) => [key, Number(Number(value).toFixed(9))]),
  );
  assert.deepEqual(rounded, {
    msPerStep: 1.2,
    upload: 0.1,
    compute: 0.6,
    readBack: 0.2,
    overhead: 0.3,
    isTimestamped: 0,
  });
});

test("an adapter is called by what its browser tells of it", async () => {
  const name = async (/** @type {object} */ adapter) =>
    (await opened({ engine: "gpu", epochs: 20 }, { adapter })).last("opened").description.adapter.name;
  assert.equal(await name({ ...CARD, device: "0x2684", vendor: "nvidia" }), "A graphics card");
  assert.equal(await name({ description: "", device: "0x2684", vendor: "nvidia" }), "0x2684");
  assert.equal(await name({ vendor: "nvidia", architecture: "ampere" }), "nvidia ampere");
  assert.equal(await name({ vendor: "nvidia" }), "nvidia");
  assert.equal(await name({}), "an adapter without a name");
});
