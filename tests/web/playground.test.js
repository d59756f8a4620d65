import assert from "node:assert/strict";
import test from "node:test";
import { createPlayground } from "../../www/core/playground.js";
import { inlineWorker, settle } from "./support.js";

async function setUp(hash = "") {
  const links = [];
  const playground = createPlayground({
    spawn: () => inlineWorker(),
    core: Promise.resolve(null),
    nextFrame: (callback) => setImmediate(callback),
    randomSeed: () => 42,
    hash,
    rememberHash: (text) => links.push(text),
  });
  await settle(60);
  return { playground, links, state: () => playground.store.get() };
}

test("opens ready, with points, a picture, and previews of every source", async () => {
  const { state } = await setUp();
  assert.equal(state().run.state, "ready");
  assert.equal(state().frame.outputs.length, 100 * 100 + 1);
  assert.equal(Object.keys(state().previews).length, 9);
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

test("a changed setting starts again, and goes on training if it was training", async () => {
  const { playground, state, links } = await setUp();
  playground.play();
  await settle(40);
  const states = [];
  playground.store.subscribe(({ run }) => states.push(run.state));
  playground.set("activation", "relu");
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
  assert.match(state().problems.learningRate, /Learning rate must be a number from 0.000001 to 100/);
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
