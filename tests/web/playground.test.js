import assert from "node:assert/strict";
import test from "node:test";
import { createPlayground } from "../../www/session/playground.js";
import { SOURCES } from "../../www/settings/sources.js";
import { inlineWorker, settle } from "./support.js";

async function setUp(hash = "", measured = undefined) {
  const links = [];
  const workers = [];
  const playground = createPlayground({
    spawn: () => workers[workers.push(inlineWorker()) - 1],
    measured,
    core: Promise.resolve(null),
    nextFrame: (callback) => setImmediate(callback),
    randomSeed: () => 42,
    hash,
    rememberHash: (text) => links.push(text),
  });
  await settle(60);
  return { playground, links, workers, state: () => playground.store.get() };
}

test("opens ready, with points, a picture, and previews of every source", async () => {
  const { state } = await setUp();
  assert.equal(state().run.state, "ready");
  assert.equal(state().frame.outputs.length, 100 * 100 + 1);
  assert.equal(Object.keys(state().previews).length, SOURCES.length);
});

test("play, pause, step, reset", async () => {
  const { playground, state } = await setUp();
  playground.toggle();
  await settle(60);
  assert.equal(state().run.state, "training");
  playground.toggle();
  await settle(30);
  assert.equal(state().run.state, "paused");
  const { step, epoch } = state().frame;
  assert.ok(step > 0);
  playground.step();
  await settle(40);
  assert.equal(state().frame.step, step + 1);
  playground.step("epoch");
  await settle(40);
  assert.equal(state().frame.epoch, epoch + 1);
  playground.reset();
  await settle(40);
  assert.equal(state().run.state, "ready");
  assert.equal(state().frame.step, 0);
});

test("a picture on its way when the run ends does not take it back", async () => {
  const pictures = [];
  const worker = inlineWorker();
  const playground = createPlayground({
    spawn: () => worker,
    core: Promise.resolve(null),
    nextFrame: (callback) => pictures.push(callback),
    randomSeed: () => 42,
    hash: "epochs=2",
    rememberHash: () => {},
  });
  const draw = () => pictures.splice(0).forEach((show) => show());
  for (let i = 0; i < 10; i++) (await settle(10), draw());
  playground.play();
  await settle(60);
  const { run, frame } = playground.store.get();
  assert.deepEqual(
    [run.state, run.step, frame.step, pictures.length],
    ["finished", 80, 0, 1],
    "the picture after the first epoch waits",
  );
  draw();
  assert.deepEqual([playground.store.get().run.step, playground.store.get().frame.step], [80, 40]);
  for (let i = 0; i < 4; i++) (await settle(10), draw());
  assert.deepEqual([playground.store.get().run.step, playground.store.get().frame.step], [80, 80]);
});

test("a changed setting starts again, and goes on training if it was training", async () => {
  const { playground, state, links } = await setUp();
  playground.play();
  await settle(40);
  const states = [];
  playground.store.subscribe(({ run }) => states.push(run.state));
  playground.set("activation", ["relu"]);
  await settle(60);
  assert.equal(state().description.layers[0].activation, "relu");
  assert.equal(state().run.state, "training");
  assert.ok(!states.includes("ready"), "the button does not flicker");
  assert.equal(links.at(-1), "activation=relu");
});

test("the learning rate changes without starting again", async () => {
  const { playground, state, links } = await setUp();
  playground.step("epoch");
  await settle(40);
  playground.set("learningRate", 0.1);
  await settle(40);
  assert.equal(state().frame.epoch, 1);
  assert.equal(links.at(-1), "learningRate=0.1");
});

test("Epochs change without starting again, and a finished run then goes on", async () => {
  const { playground, state, links } = await setUp("#epochs=3");
  playground.play();
  await settle(100);
  assert.equal(state().run.state, "finished");
  assert.match(state().run.why, /number of epochs/);
  playground.enter("epochs", "5");
  await settle(40);
  assert.deepEqual([state().run.state, state().run.epoch], ["paused", 3]);
  playground.play();
  await settle(100);
  assert.deepEqual([state().run.state, state().frame.epoch], ["finished", 5]);
  assert.equal(state().frame.curve.epoch.length, 6);
  assert.equal(links.at(-1), "epochs=5");
});

test("a setting that means nothing just now starts nothing again; one that is unset is forgotten", async () => {
  const { playground, state, links } = await setUp();
  playground.step("epoch");
  await settle(40);
  playground.set("beta1", 0.5);
  await settle(40);
  assert.equal(state().frame.epoch, 1);
  playground.set("l2", 0.1);
  await settle(40);
  assert.equal(state().frame.epoch, 0);
  playground.unset("l2");
  playground.unset("beta1");
  await settle(40);
  assert.deepEqual([state().settings.l2, state().hand, links.at(-1)], [0, {}, ""]);
});

test("one layer's activation changes alone, all of them together", async () => {
  const { playground, state } = await setUp("#layers=3,3,3");
  playground.setActivation(1, "relu");
  await settle(40);
  assert.deepEqual(state().settings.activation, ["tanh", "relu", "tanh"]);
  assert.deepEqual(
    state().description.layers.map(({ activation }) => activation),
    ["tanh", "relu", "tanh", "linear"],
  );
  playground.enter("activation", "gelu");
  assert.deepEqual(state().settings.activation, ["gelu"]);
});

test("the rates of a schedule are there for as long as it has one, and each frame tells the step", async () => {
  const { playground, state } = await setUp("#schedule=cosine&epochs=40");
  assert.equal(state().rates.length, 40);
  playground.step();
  await settle(40);
  assert.equal(state().frame.learningRate, 0.03);
  assert.ok(state().frame.gradientNorm > 0);
  playground.set("schedule", "constant");
  await settle(40);
  assert.equal(state().rates, null);
});

test("choosing a source brings its settings; what was set by hand survives; the lesson has its own", async () => {
  const { playground, state, links } = await setUp();
  playground.set("layers", [3]);
  playground.set("seed", 5);
  playground.set("source", "spiral");
  assert.deepEqual([state().settings.layers, state().settings.optimizer, state().settings.seed], [[3], "adam", 5]);
  playground.set("source", "line");
  await settle(60);
  assert.deepEqual([state().settings.layers, state().settings.scale, state().settings.seed], [[], "none", 5]);
  assert.deepEqual(state().ask, [6]);
  assert.equal(state().description.columns.length, 1);
  playground.set("source", "circle");
  assert.deepEqual(state().settings.layers, [3]);
  assert.equal(links.at(-1), "layers=3&seed=5");
});

test("an entry that makes no sense is refused with a sentence and changes nothing", async () => {
  const { playground, state } = await setUp();
  playground.enter("learningRate", "fast");
  assert.match(state().problems.learningRate, /Learning rate must be a number from 0 to 1,000/);
  assert.equal(state().settings.learningRate, 0.03);
  playground.enter("learningRate", "0,3");
  assert.equal(state().problems.learningRate, undefined);
  assert.equal(state().settings.learningRate, 0.3);
});

test("a finished run plays again from the start", async () => {
  const { playground, state } = await setUp("#epochs=3");
  playground.play();
  await settle(100);
  assert.equal(state().run.state, "finished");
  const end = state().frame.training.loss;
  playground.play();
  await settle(100);
  assert.equal(state().run.state, "finished");
  assert.equal(state().frame.training.loss, end);
});

test("divergence keeps the picture and says what to do", async () => {
  const { playground, state } = await setUp("#learningRate=10");
  playground.play();
  await settle(100);
  assert.equal(state().run.state, "diverged");
  assert.equal(state().run.learningRate, 10);
  assert.ok(state().frame.outputs.every(Number.isFinite));
});

test("the last feature can't be taken away, and the order is always the same", async () => {
  const { playground, state } = await setUp();
  playground.toggleFeature("x2");
  playground.toggleFeature("x");
  playground.toggleFeature("x");
  assert.deepEqual(state().settings.features, ["x", "y", "x2"]);
  for (const name of ["x", "y", "x2"]) playground.toggleFeature(name);
  assert.deepEqual(state().settings.features, ["x2"]);
});

test("a question is answered with the next picture", async () => {
  const { playground, state } = await setUp("#source=line");
  playground.askAbout([5]);
  await settle(40);
  assert.ok(Math.abs(state().frame.outputs.at(-1) - 9 * (1 - state().frame.training.loss)) < 1e-3);
  assert.ok(state().view[0][1] > 5, "the view reaches to the question");
});

test("who computes, and why: from the run's opening, then from the worker's events; what was measured is kept", async () => {
  const kept = [];
  const { workers, state } = await setUp("", { get: () => ({}), add: (entry) => kept.push(entry) });
  assert.equal(state().engine.engine, "cpu");
  assert.ok(state().engine.reason.length > 0);
  const measured = { key: "A:25", cpuMs: 2, gpuMs: 1, adapter: "A" };
  const facts = {
    engine: "gpu",
    reason: "GPU: 1 ms against 2 ms",
    adapter: { name: "A", isFallback: false },
    deviceBytes: 1e6,
    dispatchesPerStep: 9,
    isFast: false,
    tiles: { key: "tiles of A", size: [4, 2], trials: [{ size: [4, 2], ms: 1 }] },
  };
  workers[0].onmessage({ data: { type: "engine", run: 1, ...facts, measured } });
  assert.deepEqual([state().engine, kept], [facts, [facts.tiles, measured]]);
  workers[0].onmessage({ data: { type: "engine", run: 1, ...facts, engine: "cpu", tiles: null, measured: null } });
  assert.deepEqual([state().engine.engine, kept.length], ["cpu", 2]);
});

test("a question is about the run that is shown, and never answered by the one on its way", async () => {
  const { playground, state } = await setUp();
  const { description } = state();
  const part = "train";
  const gradient = await playground.ask("gradient", { part });
  playground.set("layers", [7, 7, 7]);
  await assert.rejects(playground.ask("gradient", { part }), { code: "no-such-run" });
  assert.equal(state().description, description, "the other run is still on its way");
  await settle(60);
  assert.notEqual(state().description, description);
  assert.ok((await playground.ask("gradient", { part })).length > gradient.length);
});

test("columns of a table are no features of a toy, though its view may stand for a moment longer", async () => {
  const { playground, state } = await setUp();
  for (const features of [null, [], ["island"], ["x", { formula: "x * y" }]]) playground.set("features", features);
  assert.deepEqual(state().settings.features, ["x", "y"]);
  playground.set("features", ["x", "x2"]);
  assert.deepEqual(state().settings.features, ["x", "x2"]);
});
