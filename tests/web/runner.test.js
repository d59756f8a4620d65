import assert from "node:assert/strict";
import test from "node:test";
import { VERSION } from "../../www/session/protocol.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { SLICE_MS } from "../../www/worker/timeSlice.js";
import { inlineRunner, settle } from "./support.js";

const spec = (changes = {}) => specFrom({ ...defaultsFor("circle"), ...changes });

async function opened(options, changed = {}) {
  const runner = inlineRunner(options);
  runner.send({ type: "hello", version: VERSION, core: null });
  runner.send({ type: "open", run: 1, spec: { ...spec(), ...changed } });
  await settle();
  return runner;
}

const acknowledge = (runner) =>
  runner.send({ type: "ack", run: runner.last("frame").run, frame: runner.last("frame").frame });

/** Acknowledges every frame for a while, as a page does that draws. */
async function draw(runner, frames) {
  for (let i = 0; i < frames; i++) {
    await settle(4);
    if (runner.last("frame")) acknowledge(runner);
  }
}

test("hello is answered by ready, and by a fatal sentence when the versions differ", async () => {
  const runner = inlineRunner();
  runner.send({ type: "hello", version: VERSION, core: null });
  assert.equal(runner.all("error").length, 0);
  for (const foreign of [{ version: VERSION + 1 }, { version: VERSION, build: "another" }]) {
    runner.send({ type: "hello", core: null, ...foreign });
    await settle();
    assert.equal(runner.last("error").fatal, true);
    assert.match(runner.last("error").message, /Reload the page/);
  }
  assert.equal(runner.all("error").length, 2);
  assert.deepEqual(runner.all("ready"), [{ type: "ready", version: VERSION }]);
});

test("open says what was built; the first frame comes with the first watch", async () => {
  const runner = await opened();
  assert.equal(runner.last("opened").description.parameterCount, 25);
  assert.equal(runner.last("status").state, "ready");
  assert.equal(runner.all("frame").length, 0);
  runner.send({ type: "watch", run: 1, inputs: new Float32Array([0, 0, 6, 6]) });
  await settle();
  const frame = runner.last("frame");
  assert.equal(frame.step, 0);
  assert.equal(frame.outputs.length, 2);
  assert.equal(frame.parameters.length, 25);
  assert.deepEqual([...frame.curve.epoch], [0]);
});

test("what is told of a run that is being built is done at once when it is; its first frame waits for the watch", async () => {
  const runner = inlineRunner();
  runner.send({ type: "open", run: 1, spec: spec() });
  runner.send({ type: "pace", run: 1, stepsPerFrame: 3, unit: "batch" });
  runner.send({ type: "play", run: 1 });
  runner.send({ type: "hello", version: VERSION, core: null });
  await settle(40);
  assert.deepEqual(runner.all("error"), []);
  assert.equal(runner.last("status").state, "training");
  assert.equal(runner.all("frame").length, 0);
  runner.send({ type: "watch", run: 1, inputs: new Float32Array([0, 0, 6, 6]) });
  await settle(40);
  assert.equal(runner.all("frame")[0].step, 3);
  assert.equal(runner.all("frame")[0].outputs.length, 2);
  assert.ok(runner.last("frame").step <= 6);
});

test("a worker that has its core before the page asks for anything does what a run does once, and nobody hears of it", async () => {
  const runner = inlineRunner();
  await runner.begin(null);
  assert.deepEqual(
    runner.trainers.map(({ steps, freed }) => [steps, freed]),
    [[1, true]],
  );
  assert.deepEqual(runner.events, []);
  runner.send({ type: "open", run: 1, spec: spec() });
  runner.send({ type: "watch", run: 1, inputs: new Float32Array([0, 0, 6, 6]) });
  await settle();
  assert.equal(runner.last("frame").step, 0);
  assert.equal(runner.trainers.length, 2);
  assert.ok(!runner.trainers[1].freed);
});

test("a Spec that the core refuses is answered with its code and path", async () => {
  const runner = inlineRunner();
  runner.send({ type: "open", run: 1, spec: spec({ batchSize: 0 }) });
  await settle();
  const { type, run, code, where, fatal } = runner.last("error");
  assert.deepEqual(
    { type, run, code, where, fatal },
    { type: "error", run: 1, code: "spec", where: "training.batchSize", fatal: false },
  );
});

test("a pause between two slices stops the run before the next one", async () => {
  const runner = await opened({ prepare: (trainer) => (trainer.sliceSteps = 3) });
  runner.send({ type: "pace", run: 1, stepsPerFrame: "max", unit: "epoch" });
  let slices = 0;
  runner.time.onTurn = () => ++slices === 5 && runner.send({ type: "pause", run: 1 });
  runner.send({ type: "play", run: 1 });
  await settle(60);
  assert.equal(runner.trainers[0].steps, 15);
  assert.equal(runner.last("status").state, "paused");
  assert.equal(runner.last("status").step, 15);
});

test("slices are given the time that was promised", async () => {
  const runner = await opened();
  const budgets = [];
  const advance = runner.trainers[0].advance.bind(runner.trainers[0]);
  runner.trainers[0].advance = (steps, budget) => (budgets.push(budget), advance(steps, budget));
  runner.send({ type: "step", run: 1, unit: "batch", count: 5 });
  await settle();
  assert.ok(budgets.length > 0 && budgets.every((budget) => budget === SLICE_MS && budget <= 12));
});

test("no frame is sent before the last one was acknowledged, at any pace", async () => {
  for (const stepsPerFrame of [1, "max"]) {
    const runner = await opened({ prepare: (trainer) => (trainer.sliceSteps = 7) });
    runner.send({ type: "pace", run: 1, stepsPerFrame, unit: "epoch" });
    runner.send({ type: "play", run: 1 });
    await settle(40);
    assert.equal(runner.all("frame").length, 1);
    runner.send({ type: "ack", run: 1, frame: 99 }); // of no frame that was sent
    await settle(40);
    assert.equal(runner.all("frame").length, 1);
    acknowledge(runner);
    await settle(40);
    assert.equal(runner.all("frame").length, 2);
    runner.send({ type: "pause", run: 1 });
    await settle();
  }
});

test("the pace is how much is trained between two frames", async () => {
  for (const [pace, steps] of [
    [{ stepsPerFrame: 1, unit: "batch" }, 1],
    [{ stepsPerFrame: 1, unit: "epoch" }, 40],
    [{ stepsPerFrame: 10, unit: "epoch" }, 400],
  ]) {
    const runner = await opened({ prepare: (trainer) => (trainer.sliceSteps = 7) });
    runner.send({ type: "pace", run: 1, ...pace });
    runner.send({ type: "play", run: 1 });
    for (let i = 1; i <= 4; i++) {
      await settle(150);
      assert.equal(runner.last("frame").step, i * steps);
      acknowledge(runner);
    }
  }
});

test("a run that waits for the page is one frame ahead, no more; paused, the page catches up", async () => {
  const runner = await opened();
  runner.send({ type: "play", run: 1 });
  await settle(60);
  assert.equal(runner.last("frame").step, 40);
  assert.equal(runner.trainers[0].steps, 80);
  runner.send({ type: "pause", run: 1 });
  await settle();
  acknowledge(runner);
  await settle();
  assert.equal(runner.last("frame").step, 80);
  assert.equal(runner.last("status").step, 80);
});

test("step trains batches, or up to the end of an epoch, and pauses", async () => {
  const runner = await opened({ prepare: (trainer) => (trainer.sliceSteps = 7) });
  runner.send({ type: "step", run: 1, unit: "batch", count: 3 });
  await draw(runner, 10);
  assert.equal(runner.last("status").state, "paused");
  assert.equal(runner.last("frame").step, 3);
  runner.send({ type: "step", run: 1, unit: "epoch", count: 1 });
  await draw(runner, 20);
  assert.equal(runner.last("frame").step, 40);
  assert.equal(runner.last("frame").epoch, 1);
  assert.equal(runner.last("status").state, "paused");
});

test("what every unit gives comes a dozen times a second while training, and with the last frame", async () => {
  const runner = await opened({ prepare: (trainer) => (trainer.sliceSteps = 1) });
  runner.send({ type: "pace", run: 1, stepsPerFrame: 1, unit: "batch" });
  runner.send({ type: "watchUnits", run: 1, inputs: new Float32Array([0, 0, 1, 1]) });
  await settle();
  const { layers } = runner.last("opened").description;
  assert.equal(
    runner.last("frame").units.length,
    2 * layers.reduce((sum, { outputs }) => sum + outputs, layers[0].inputs),
  );
  acknowledge(runner);
  const from = runner.all("frame").length;
  runner.send({ type: "play", run: 1 });
  await draw(runner, 40);
  const frames = runner.all("frame").slice(from);
  const having = frames.filter(({ units }) => units).length;
  assert.ok(
    frames.length >= 30 && having >= 1 && having <= Math.ceil((frames.length * 12) / 80) + 1,
    `${having} of ${frames.length}`,
  );
  while (runner.last("frame").units) await draw(runner, 1);
  runner.send({ type: "pause", run: 1 });
  await draw(runner, 3);
  assert.ok(runner.last("frame").units, "the picture is of the moment");
  runner.send({ type: "watchUnits", run: 1, inputs: new Float32Array() });
  await draw(runner, 2);
  assert.equal(runner.last("frame").units, undefined);
});

test("weights are set and kept; activations, a look and a gradient are answered", async () => {
  const runner = await opened();
  runner.send({ type: "setParameter", run: 1, index: 3, value: 0.5 });
  runner.send({ type: "freeze", run: 1, indices: new Uint32Array([3]) });
  await settle();
  assert.equal(runner.last("frame").parameters[3], 0.5);
  assert.deepEqual(runner.trainers[0].frozen, [3]);
  runner.send({ type: "activations", id: 1, run: 1, inputs: new Float32Array([0, 0, 1, 1]) });
  runner.send({ type: "look", id: 2, run: 1 });
  runner.send({ type: "gradient", id: 3, run: 1, part: "train" });
  await settle();
  const [activations, look, gradient] = runner
    .all("reply")
    .sort((a, b) => a.id - b.id)
    .map(({ value }) => value);
  const { layers } = runner.last("opened").description;
  assert.equal(activations.length, 2 * layers.reduce((sum, { outputs }) => sum + outputs, 0), "of the units alone");
  assert.equal(look.before[3], 0.5);
  assert.equal(gradient.length, 25);
});

test("fewer epochs than are done end the run at once, and more let it go on", async () => {
  const runner = await opened();
  runner.send({ type: "pace", run: 1, stepsPerFrame: "max", unit: "epoch" });
  runner.send({ type: "step", run: 1, unit: "epoch", count: 3 });
  await settle(60);
  assert.deepEqual([runner.last("status").state, runner.last("status").epoch], ["paused", 3]);
  runner.send({ type: "maxEpochs", run: 1, value: 2 });
  await settle();
  assert.deepEqual(
    [runner.last("status").state, runner.last("status").why],
    ["finished", "the agreed number of epochs is done"],
  );
  runner.send({ type: "maxEpochs", run: 1, value: 4 });
  await settle();
  assert.equal(runner.last("status").state, "paused");
});

test("a core that can't look is looked for by a twin from the full package, which is freed", async () => {
  const runner = await opened({ prepare: (trainer) => Object.assign(trainer, { look: undefined }) });
  runner.send({ type: "step", run: 1, unit: "batch", count: 3 });
  await settle();
  runner.send({ type: "look", id: 1, run: 1 });
  await settle();
  const [twin] = runner.gpuTrainers;
  assert.deepEqual([...runner.last("reply").value.before], [...(await runner.trainers[0].parameters())]);
  assert.equal(twin.freed, true);
  assert.equal(runner.trainers[0].freed, false);
  const offline = await opened({
    prepare: (trainer) => Object.assign(trainer, { look: undefined }),
    loadFailure: "no connection",
  });
  offline.send({ type: "look", id: 1, run: 1 });
  await settle();
  assert.match(offline.last("reply").error.message, /looks inside an update could not be loaded\. no connection/);
});

test("image and norm layers, in a residual block as well, are trained by the full package", async () => {
  const inBlock = [{ type: "residual", layers: [{ type: "dense", units: 2 }, { type: "layerNorm" }] }];
  for (const [layers, isFull] of [
    [[{ type: "batchNorm" }], true],
    [inBlock, true],
    [[{ type: "dense", units: 3 }, { type: "dropout" }], false],
  ]) {
    const runner = await opened({}, { model: { layers } });
    assert.deepEqual([runner.gpuTrainers.length, runner.trainers.length], isFull ? [1, 0] : [0, 1]);
  }
});

test("illegal commands are answered, not ignored", async () => {
  const runner = await opened();
  runner.send({ type: "step", run: 1, unit: "epoch", count: 1000 });
  await draw(runner, 600);
  assert.equal(runner.last("status").state, "finished");
  runner.send({ type: "play", run: 1 });
  await settle();
  assert.equal(runner.last("error").code, "illegal-command");
  assert.match(runner.last("error").message, /“play” is not possible while the run is finished/);
  runner.send({ type: "pause", run: 2 });
  await settle();
  assert.equal(runner.last("error").code, "no-such-run");
  runner.raw({ type: "play" });
  await settle();
  assert.equal(runner.last("error").code, "protocol");
  runner.raw({ type: "classify", id: 4, run: 1 });
  await settle();
  assert.deepEqual(runner.last("reply").id, 4);
  assert.equal(runner.last("reply").ok, false);
  assert.ok(runner.all("error").every(({ fatal }) => !fatal));
});

test("pause is answered in every state", async () => {
  const runner = await opened();
  const before = runner.all("status").length;
  runner.send({ type: "pause", run: 1 });
  await settle();
  assert.equal(runner.all("status").length, before + 1);
  assert.equal(runner.last("status").state, "ready");
});

test("the same Spec opened again gives the identical curve, however it is sliced", async () => {
  const curves = [];
  for (const sliceSteps of [Infinity, 7, 1]) {
    const runner = await opened({ prepare: (trainer) => (trainer.sliceSteps = sliceSteps) });
    runner.send({ type: "step", run: 1, unit: "epoch", count: 3 });
    await draw(runner, 60);
    const { epoch, training, test: tested } = runner.last("frame").curve;
    curves.push(JSON.stringify([epoch, training, tested].map((column) => [...column])));
  }
  assert.equal(curves[1], curves[0]);
  assert.equal(curves[2], curves[0]);
});

test("opening another run frees the one before, and an older open never wins", async () => {
  const runner = await opened();
  runner.send({ type: "play", run: 1 });
  runner.send({ type: "open", run: 2, spec: spec() });
  runner.send({ type: "open", run: 3, spec: spec() });
  await settle(60);
  assert.deepEqual(
    runner.trainers.map(({ freed }) => freed),
    [true, true, false],
  );
  assert.deepEqual(
    runner.all("opened").map(({ run }) => run),
    [1, 3],
  );
  assert.ok(!runner.last("error"));
});

test("a diverged run stops, says why, and sends no outputs that are not finite", async () => {
  const runner = await opened({
    prepare: (trainer) => {
      trainer.predict = async (rows) => new Float32Array(rows.length / 2).fill(NaN);
    },
  });
  runner.send({ type: "watch", run: 1, inputs: new Float32Array(4) });
  runner.send({ type: "learningRate", run: 1, value: 10 });
  runner.send({ type: "play", run: 1 });
  await draw(runner, 10);
  assert.equal(runner.last("status").state, "diverged");
  assert.match(runner.last("status").why, /not a finite number/);
  assert.equal(runner.last("frame").outputs, undefined);
  assert.equal(runner.last("frame").classes, undefined);
});

test("a fault of the engine is fatal; a known command error is not", async () => {
  const runner = await opened();
  runner.trainers[0].advance = () => {
    throw new Error("unreachable");
  };
  runner.send({ type: "play", run: 1 });
  await settle();
  assert.equal(runner.last("error").fatal, true);
  assert.equal(runner.last("error").code, "internal");
});

test("a checkpoint put back goes on where it was taken", async () => {
  const runner = await opened();
  runner.send({ type: "step", run: 1, unit: "batch", count: 25 });
  await draw(runner, 5);
  runner.send({ type: "save", id: 1, run: 1 });
  await settle();
  const bytes = runner.last("reply").value;
  runner.send({ type: "open", run: 2, spec: spec() });
  await settle();
  runner.send({ type: "load", id: 2, run: 2, bytes });
  await settle();
  assert.equal(runner.last("reply").ok, true);
  assert.deepEqual([runner.last("status").state, runner.last("status").step], ["paused", 25]);
});

test("preview and classify reply with numbers", async () => {
  const runner = await opened();
  runner.send({ type: "preview", id: 1, source: "line", samples: 6, noise: 0, seed: 7 });
  runner.send({ type: "classify", id: 2, run: 1, inputs: new Float32Array([0, 0]) });
  await settle();
  const [first, second] = runner.all("reply");
  assert.deepEqual([...first.value.inputs], [-1, 0, 1, 2, 3, 4]);
  assert.deepEqual([second.value.outputs.length, second.value.classes.length], [1, 1]);
});
