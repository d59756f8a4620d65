import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { VERSION } from "../../www/session/protocol.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { Trainer, initSync } from "../../www/pkg/trainyard.js";
import { resolved } from "../../www/worker/engineSelector.js";
import { MOST_BYTES, MOST_MOMENTS, Past } from "../../www/worker/snapshotStore.js";
import { serve } from "../../www/worker/runner.js";
import * as travel from "../../www/worker/travel.js";
import { FakeTrainer } from "./fakeTrainer.js";
import { inlineRunner, settle } from "./support.js";

initSync({ module: readFileSync(new URL("../../www/pkg/trainyard_bg.wasm", import.meta.url)) });

const spec = (changes = {}) => specFrom({ ...defaultsFor("circle"), ...changes });
const moment = (step, bytes = 100) => ({ step, epoch: step, bytes: new Uint8Array(bytes) });

test("bytes and number are bounded, the first and the newest stay", () => {
  for (const [bytes, stride] of [
    [100, 1],
    [100, 40],
    [300_000, 7],
    [MOST_BYTES / 2, 3],
  ]) {
    const past = new Past();
    for (let step = 0; step < 2000 * stride; step += stride) {
      assert.ok(past.add(moment(step, bytes)));
      assert.ok(past.bytes <= MOST_BYTES && past.moments.length <= MOST_MOMENTS);
      assert.equal(past.newest.step, step);
    }
    assert.equal(past.moments[0].step, 0);
    assert.equal(
      past.bytes,
      past.moments.reduce((sum, { bytes }) => sum + bytes.length, 0),
    );
    assert.equal(past.moments.length, Math.min(MOST_MOMENTS, Math.floor(MOST_BYTES / bytes)));
  }
});

test("thinning is even: no gap is more than four times another", () => {
  for (const most of [16, 100, 256]) {
    const past = new Past(MOST_BYTES, most);
    for (let step = 0; step < 5000; step++) past.add(moment(step));
    const steps = past.moments.map(({ step }) => step);
    const gaps = steps.slice(1, -1).map((step, i) => step - steps[i]);
    assert.ok(Math.max(...gaps) <= 4 * Math.min(...gaps), `${most}: ${Math.min(...gaps)}…${Math.max(...gaps)}`);
    assert.deepEqual(
      steps,
      steps.toSorted((a, b) => a - b),
    );
  }
});

test("the nearest moment, a second of the same step, a cut, and one that is too large", () => {
  const past = new Past();
  assert.equal(past.at(5), undefined);
  for (const step of [0, 10, 20, 20, 40]) past.add(moment(step));
  assert.deepEqual(
    past.moments.map(({ step }) => step),
    [0, 10, 20, 40],
  );
  assert.deepEqual(
    [-3, 4, 6, 29, 31, 99].map((step) => past.at(step).step),
    [0, 0, 10, 20, 40, 40],
  );
  past.cut(20);
  assert.equal(past.newest.step, 20);
  assert.equal(past.bytes, 300);
  past.add(moment(15));
  assert.deepEqual(
    past.moments.map(({ step }) => step),
    [0, 10, 15, 20],
  );
  assert.equal(past.add(moment(50, MOST_BYTES / 2 + 1)), false);
  assert.equal(past.newest.step, 20);
});

async function opened(options) {
  const runner = inlineRunner(options);
  runner.send({ type: "hello", version: VERSION, core: null });
  runner.send({ type: "open", run: 1, spec: spec() });
  await settle();
  let id = 0;
  const ask = async (type, fields = {}) => {
    runner.send({ type, id: ++id, run: 1, ...fields });
    await settle();
    return runner.all("reply").find((reply) => reply.id === id);
  };
  const train = async (count, unit = "epoch") => {
    runner.send({ type: "step", run: 1, unit, count });
    for (let i = 0; i < 2 * count; i++) {
      await settle(6);
      const { run, frame } = runner.last("frame");
      runner.send({ type: "ack", run, frame });
    }
    await settle();
  };
  return { runner, ask, train };
}

test("an epoch is a moment, a pause is one too, each with its figures", async () => {
  const { ask, train } = await opened();
  await train(3);
  await train(5, "batch");
  const { moments, bytes, tooLarge } = (await ask("past")).value;
  assert.deepEqual(
    moments.map(({ step }) => step),
    [0, 40, 80, 120, 125],
  );
  assert.deepEqual(
    moments.map(({ epoch }) => epoch),
    [0, 1, 2, 3, 3],
  );
  assert.ok(moments[0].training.loss > moments[4].training.loss);
  assert.equal(moments[4].learningRate, 0.03);
  assert.ok(bytes > 500 && tooLarge === 0);
});

test("seek shows the moment, and the future is kept until the run goes on otherwise", async () => {
  const { runner, ask, train } = await opened();
  await train(5);
  assert.equal((await ask("seek", { step: 85 })).value, 80);
  assert.deepEqual([runner.last("frame").step, runner.last("status").state], [80, "paused"]);
  assert.equal(runner.last("frame").curve.epoch.length, 6, "the curve stays whole");
  await train(1);
  assert.equal((await ask("past")).value.moments.length, 6);
  await ask("seek", { step: 80 });
  runner.send({ type: "learningRate", run: 1, value: 0.1 });
  await train(1);
  assert.deepEqual(
    (await ask("past")).value.moments.map(({ step }) => step),
    [0, 40, 80, 120],
  );
  assert.deepEqual([...runner.last("frame").curve.epoch], [0, 1, 2, 3]);
});

test("a weight that is set while the run stands is there again after a look back", async () => {
  const runner = realRunner();
  runner.send({ type: "open", run: 1, spec: spec() });
  await until(() => runner.events.find(({ type }) => type === "opened"));
  runner.send({ type: "watch", run: 1, inputs: new Float32Array([0, 0]) });
  await runner.train(1, 80, "batch");
  await runner.ask({ type: "past", run: 1 });
  runner.send({ type: "setParameter", run: 1, index: 2, value: 0.625 });
  await settle();
  await runner.ask({ type: "seek", run: 1, step: 0 });
  await settle();
  assert.notEqual(runner.frame().parameters[2], 0.625);
  assert.equal(await runner.ask({ type: "seek", run: 1, step: 80 }), 80);
  await settle();
  assert.deepEqual([runner.frame().step, runner.frame().parameters[2]], [80, 0.625]);
  const { moments } = await runner.ask({ type: "past", run: 1 });
  assert.equal(moments.filter(({ step }) => step === 80).length, 1);
});

test("seek and forget; weights of several moments; curvature of one", async () => {
  const { ask, train } = await opened();
  await train(5);
  assert.equal((await ask("curvature")).value, 202);
  assert.equal((await ask("curvature", { step: 80 })).value, 82);
  const weights = (await ask("weights", { steps: [0, 40, 200] })).value;
  assert.deepEqual([weights.length, weights[0], weights[25], weights[74]], [75, 0, 40, 200]);
  await ask("seek", { step: 120, forgets: true });
  assert.deepEqual(
    (await ask("past")).value.moments.map(({ step }) => step),
    [0, 40, 80, 120],
  );
});

test("a core that can't tell the curvature has it told by a twin from the full package, which is freed", async () => {
  const core = { prepare: (trainer) => Object.assign(trainer, { curvature: undefined }) };
  const { runner, ask, train } = await opened(core);
  await train(5);
  assert.equal((await ask("curvature")).value, 202);
  assert.equal((await ask("curvature", { step: 80 })).value, 82);
  assert.deepEqual(
    runner.gpuTrainers.map(({ freed }) => freed),
    [true, true],
  );
  assert.deepEqual([runner.trainers[0].steps, runner.trainers[0].freed], [200, false]);
  const offline = await opened({ ...core, loadFailure: "no connection" });
  await offline.train(1);
  assert.match(
    (await offline.ask("curvature")).error.message,
    /computes the curvature of the loss could not be loaded\. no connection/,
  );
});

test("what units gave at several moments, and the run stays where it is", async () => {
  const { runner, ask, train } = await opened();
  await train(3);
  const [trainer] = runner.trainers;
  trainer.activations = async (rows) => new Float32Array(2 * rows.length).fill(trainer.steps);
  const units = (await ask("units", { steps: [0, 80], inputs: new Float32Array(4) })).value;
  assert.deepEqual([...units], [...new Array(8).fill(0), ...new Array(8).fill(80)]);
  assert.equal(trainer.steps, 120);
});

test("beside a GPU that goes on training, a moment's figures are those of its weights", async () => {
  const runner = inlineRunner({ adapter: { description: "A graphics card" }, gpuMs: 0.5 });
  runner.send({ type: "hello", version: VERSION, core: null });
  runner.send({ type: "open", run: 1, spec: spec({ engine: "gpu", epochs: 200 }) });
  await settle();
  runner.send({ type: "pace", run: 1, stepsPerFrame: "max", unit: "epoch" });
  // A frame that somebody asks for in the middle of a slice is made while the next steps are under way.
  let turns = 0;
  runner.time.onTurn = () => {
    const { frame } = runner.last("frame") ?? {};
    if (frame !== undefined) runner.send({ type: "ack", run: 1, frame });
    if (++turns % 3 === 0) runner.send({ type: "watch", run: 1, inputs: new Float32Array([0, 0]) });
  };
  runner.send({ type: "play", run: 1 });
  await settle(300);
  runner.send({ type: "past", id: 1, run: 1 });
  await settle();
  const { moments } = runner.last("reply").value;
  assert.ok(moments.length > 3, `${moments.length} moments`);
  for (const { step, epoch, training } of moments) {
    const there = Object.assign(new FakeTrainer(spec()), { steps: step });
    assert.deepEqual([epoch, training], [there.epoch, await there.evaluate("train")], `step ${step}`);
  }
  runner.send({ type: "close", run: 1 });
});

test("a run that can't travel trains, and says why it can't", async () => {
  const { runner, ask, train } = await opened({ lacksTravel: true });
  await train(2);
  assert.equal(runner.last("frame").epoch, 2);
  assert.match((await ask("past")).error.message, /could not be loaded/);
});

/** The worker's runner with the real core. */
function realRunner(now = () => 0) {
  const events = [];
  let deliver = () => {};
  serve(
    {
      post: (event) => (
        events.push(structuredClone(event)),
        event.type === "frame" && setImmediate(() => acknowledge(event))
      ),
      listen: (listener) => (deliver = listener),
    },
    {
      load: async () => {},
      ready: Promise.resolve(),
      createTrainer: (document) => Trainer.create(document),
      loadTravel: async () => travel,
      loadProbe: async () => ({ prepare: async () => resolved({ trainer: null, reason: "CPU" }) }),
    },
    // Time stands still: what is kept then doesn't depend on how busy this machine is.
    { now, turn: () => new Promise((resolve) => setImmediate(resolve)) },
  );
  const reply = (id) => until(() => events.find((event) => event.type === "reply" && event.id === id));
  let last = 0;
  const runner = {
    events,
    send: (command) => deliver(command),
    async ask(command) {
      deliver({ ...command, id: ++last });
      const { ok, value, error } = await reply(last);
      if (!ok) throw new Error(error.message);
      return value;
    },
    async train(run, count, unit) {
      const from = events.length;
      deliver({ type: "step", run, unit, count });
      await until(() => events.slice(from).some(({ type, state }) => type === "status" && state !== "training"));
      await settle();
    },
    frame: () => events.findLast(({ type }) => type === "frame"),
  };
  const acknowledge = ({ run, frame }) => deliver({ type: "ack", run, frame });
  return runner;
}

async function until(find) {
  for (let i = 0; i < 20_000; i++) {
    const found = find();
    if (found) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error("it never came");
}

for (const changes of [{}, { optimizer: "adam" }, { momentum: 0.9, source: "spiral", layers: [8, 8] }]) {
  test(`back and on again equals the uninterrupted run bit for bit: ${JSON.stringify(changes)}`, async () => {
    const document = specFrom({ ...defaultsFor(changes.source ?? "circle"), ...changes });
    const plain = await Trainer.create(document);
    plain.record(1000);
    plain.advance(40 * 60 + 7, 0);
    const expected = await plain.parameters();

    const runner = realRunner();
    runner.send({ type: "open", run: 1, spec: document });
    await until(() => runner.events.find(({ type }) => type === "opened"));
    runner.send({ type: "watch", run: 1, inputs: new Float32Array([0, 0]) });
    await settle();
    runner.send({ type: "pace", run: 1, stepsPerFrame: "max", unit: "epoch" });
    await runner.train(1, 60 * 40, "batch");
    const { moments } = await runner.ask({ type: "past", run: 1 });
    assert.ok(moments.length > 20, `${moments.length} moments`);
    for (const step of [moments[7].step, 0, moments.at(-2).step]) {
      assert.equal(await runner.ask({ type: "seek", run: 1, step }), step);
      await runner.train(1, 60 * 40 + 7 - step, "batch");
      await settle();
      assert.equal(runner.frame().step, 60 * 40 + 7);
      assert.deepEqual(runner.frame().parameters, expected, `from step ${step}`);
      assert.deepEqual(runner.frame().curve, plain.curve());
    }
  });
}

test("to exactly a step: the way there is gone again bit for bit, also where the rate was changed since", async () => {
  const runner = realRunner();
  runner.send({ type: "open", run: 1, spec: spec({ epochs: 30 }) });
  await until(() => runner.events.find(({ type }) => type === "opened"));
  runner.send({ type: "watch", run: 1, inputs: new Float32Array([0, 0]) });
  await runner.train(1, 400, "batch");
  runner.send({ type: "learningRate", run: 1, value: 0.1 });
  await runner.train(1, 400, "batch");
  const plain = await Trainer.create(spec());
  for (const [step, rate] of [
    [207, 0.03],
    [613, 0.1],
    [613, 0.1],
    [400, 0.1],
  ]) {
    assert.equal(await runner.ask({ type: "seek", run: 1, step, exact: true }), step);
    await until(() => runner.frame().step === step);
    plain.seek((await Trainer.create(spec())).moment(), true);
    plain.setLearningRate(0.03);
    plain.advance(Math.min(step, 400), 0);
    plain.setLearningRate(0.1);
    plain.advance(Math.max(step - 400, 0), 0);
    assert.deepEqual(runner.frame().parameters, await plain.parameters(), `step ${step}, rate ${rate}`);
  }
  assert.equal(await runner.ask({ type: "seek", run: 1, step: 207 }), 207, "it is a moment now");
  assert.equal(await runner.ask({ type: "seek", run: 1, step: 900, exact: true }), 800, "the run was never there");
  runner.send({ type: "setParameter", run: 1, index: 2, value: 0.625 });
  await runner.train(1, 40, "batch");
  assert.equal(await runner.ask({ type: "seek", run: 1, step: 815, exact: true }), 815, "from where it was set on");
  assert.equal((await runner.ask({ type: "weights", run: 1, steps: [803, 17] })).length, 50);
});

test("looks are at fixed epochs, however a run is sliced; half of them go where there are many", async () => {
  const looksOf = async (strides) => {
    let at = 0;
    const runner = realRunner(() => (at += 29)); // so slow that moments are hardly ever kept
    runner.send({ type: "open", run: 1, spec: spec({ samples: 20, epochs: null }) });
    await until(() => runner.events.find(({ type }) => type === "opened"));
    runner.send({ type: "pace", run: 1, stepsPerFrame: "max", unit: "epoch" });
    for (const steps of strides) await runner.train(1, steps, "batch");
    const { looks, now } = await runner.ask({ type: "past", run: 1 });
    return { looks, now };
  };
  const whole = await looksOf([2 * 200 + 1]);
  assert.deepEqual(
    whole.looks.map(({ epoch }) => epoch),
    Array.from({ length: 51 }, (_, i) => 4 * i),
  );
  assert.deepEqual([whole.now.step, whole.now.epoch], [401, 200]);
  assert.deepEqual(await looksOf([3, 50, 1, 64, 200, 83]), whole);
});

test("experiments are tried from a moment on, apart from the run: the first that holds", async () => {
  const runner = realRunner();
  const of = (learningRate) => specFrom({ ...defaultsFor("line"), learningRate });
  runner.send({ type: "open", run: 1, spec: of(0.1) });
  await until(() => runner.events.find(({ type }) => type === "opened"));
  await runner.train(1, 10, "epoch");
  const { moments: before } = await runner.ask({ type: "past", run: 1 });
  const trial = (rates, most = 1e9) =>
    runner.ask({ type: "trial", run: 1, step: 5, specs: rates.map(of), steps: 400, most });
  assert.equal(await trial([10, 0.3, 0.1, 0.05]), 2);
  assert.equal(await trial([10, 0.3]), -1);
  assert.equal(await trial([0.1], -1), -1, "it doesn't diverge, and doesn't get there");
  const { moments: after } = await runner.ask({ type: "past", run: 1 });
  assert.deepEqual(after, before);
  await assert.rejects(runner.ask({ type: "trial", run: 1, step: 5, specs: [], steps: 1, most: 1 }), /specs/);
});

test("a run branches off another with other settings", async () => {
  const runner = realRunner();
  runner.send({ type: "open", run: 1, spec: spec() });
  await until(() => runner.events.find(({ type }) => type === "opened"));
  await runner.train(1, 400, "batch");
  const from = await runner.ask({ type: "save", run: 1 });
  runner.send({ type: "open", run: 2, spec: spec({ l2: 0.01 }), from });
  await until(() => runner.events.find(({ type, run }) => type === "opened" && run === 2));
  const status = runner.events.findLast(({ type }) => type === "status");
  assert.deepEqual([status.state, status.step, status.epoch], ["paused", 400, 10]);
  runner.send({ type: "watch", run: 2, inputs: new Float32Array([0, 0]) });
  await until(() => runner.frame()?.run === 2);
  assert.deepEqual([...runner.frame().curve.epoch], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  await assert.rejects(runner.ask({ type: "branch", run: 2, bytes: new Uint8Array(5) }), /checkpoint/);
});

test("moments of a network that is too large are not kept, and that is said", async () => {
  const runner = realRunner();
  const layers = [
    { type: "dense", units: 4096, activation: "tanh" },
    { type: "dense", units: 256, activation: "tanh" },
  ];
  runner.send({ type: "open", run: 1, spec: { model: { layers }, training: { optimizer: { type: "sgd" } } } });
  await until(() => runner.events.find(({ type }) => type === "opened"));
  await runner.train(1, 1, "batch");
  const { moments, tooLarge } = await runner.ask({ type: "past", run: 1 });
  assert.equal(moments.length, 0);
  assert.ok(tooLarge > 8 * 2 ** 20);
  await assert.rejects(runner.ask({ type: "seek", run: 1, step: 0 }), /too large/);
});
