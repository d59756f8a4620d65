// What one press does about what the coach says: which settings it changes, by the diagnosis; and that it helps.
import assert from "node:assert/strict";
import test from "node:test";
import { anyOf, modelAdvice, rateAdvice, remediesFor } from "../../www/features/coach/remedies.js";
import { defaultsFor } from "../../www/settings/spec.js";
import { openPage } from "./realPage.js";

const about = ({ settings = {}, ...changes } = {}) => ({
  batchSize: 10,
  trainingRows: 400,
  watches: "test",
  learningRate: settings.learningRate ?? 0.03,
  allowed: NaN,
  ...changes,
  settings: { ...defaultsFor("circle"), learningRate: 0.03, layers: [8], activation: ["tanh"], ...settings },
});
const record = ({ end = 0.5, share = 0.5, dead = 0 } = {}) => ({
  points: [
    { epoch: 0, training: 0.7, test: 0.7 },
    { epoch: 100, training: end, test: end },
  ],
  looks: [{ share, units: [{ layer: 1, dead, of: 8 }] }],
});
/** What the first button changes, and its label. */
function first(kind, run, seen) {
  const [remedy] = remediesFor(kind, about(run), record(seen));
  return remedy && [remedy.label, remedy.changes];
}

test("overfitting: a penalty, then a stronger one, up to 0.1", () => {
  assert.deepEqual(first("overfitting", {}), ["Add L2 0.01", { l2: 0.01 }]);
  assert.deepEqual(first("overfitting", { settings: { l2: 0.01 } }), ["Raise L2 to 0.03", { l2: 0.03 }]);
  assert.deepEqual(first("overfitting", { settings: { l2: 0.033 } }), ["Raise L2 to 0.099", { l2: 0.099 }]);
  assert.equal(first("overfitting", { settings: { l2: 0.04 } }), undefined);
});

test("a smaller rate: below 2/λ where that was exceeded, else a third, else what is usual for Adam", () => {
  const rate = (run, seen) => first("noisy", run, seen)[1].learningRate;
  assert.equal(rate({ settings: { learningRate: 3 } }), 1);
  assert.equal(rate({ settings: { learningRate: 3 }, allowed: 4 }), 1, "it is not too long as it is");
  assert.equal(rate({ settings: { learningRate: 3 }, allowed: 0.6, batchSize: 400 }), 0.3, "half of it");
  assert.equal(rate({ settings: { learningRate: 3 }, allowed: 0.6 }), 0.1, "single batches are steeper");
  assert.equal(rate({ settings: { learningRate: 3, optimizer: "adam" } }), 0.01);
  assert.deepEqual(
    [0.03, 0.031].map((learningRate) => rate({ settings: { learningRate, optimizer: "adam" } })),
    [0.01, 0.01],
  );
  assert.equal(rate({ settings: { learningRate: 0.003, optimizer: "adam" } }), 0.001);
  assert.equal(rate({ settings: { learningRate: 0.000001 } }), 0.000001);
  const [remedy] = remediesFor("overshooting", about({ settings: { learningRate: 100 }, allowed: 5 }), record());
  assert.deepEqual([remedy.from, remedy.changes.learningRate < 5], [0, true]);
  const momentum = about({ settings: { learningRate: 3, momentum: 0.9 }, allowed: 9.7 });
  const [slower] = remediesFor("noisy", momentum, record({ end: 2 }));
  assert.deepEqual([slower.from, slower.changes.learningRate], [0, 0.25], "each step counts for ten");
});

test("a plateau: by what holds the loss up", () => {
  const change = (settings, more) => first("plateau", { settings, ...more });
  assert.deepEqual(change({}), ["Use Adam", { optimizer: "adam", learningRate: 0.01 }]);
  assert.deepEqual(change({ layers: [] }), ["Add a hidden layer", { layers: [8], activation: ["relu"] }]);
  assert.deepEqual(change({ activation: ["linear"] }), ["Use ReLU", { activation: ["relu"], layers: [8] }]);
  assert.equal(change({ layers: [8, 8, 8], activation: ["tanh"] })[0], "Use Adam", "three of tanh still learn");
  assert.equal(change({ layers: [8, 8, 8, 8], activation: ["tanh"] })[0], "Use ReLU");
  assert.equal(change({ activation: ["sigmoid"] })[0], "Use Adam");
  assert.equal(change({ layers: [8, 8], activation: ["sigmoid"] })[0], "Use ReLU");
  assert.equal(change({ layers: [8, 8], activation: ["sigmoid"], learningRate: 1 })[1].learningRate, 0.03);
  assert.deepEqual(
    change({ activation: ["tanh"], layers: [{ type: "dense", units: 4, activation: "linear" }, 8] })[0],
    "Use Adam",
  );
  assert.deepEqual(change({ l2: 1 }), ["Train without regularization", { l1: 0, l2: 0, dropout: 0 }]);
  assert.deepEqual(change({ init: "zeros" }), ["Use Glorot initialization", { init: "glorot-uniform" }]);
  const adam = { optimizer: "adam", learningRate: 0.01 };
  assert.deepEqual(change({ ...adam, learningRate: 0.0009 })[1], { learningRate: 0.01 });
  assert.deepEqual(change({ ...adam, layers: [2, 16] }), ["Use 8 neurons per layer", { layers: [8, 16] }]);
  assert.deepEqual(change(adam), ["Add a hidden layer", { layers: [8, 8] }]);
  assert.equal(change({ learningRate: 3 }, { allowed: 0.6 })[0], "Use a learning rate of 0.1", "it overshoots");
});

test("dead neurons: an activation that keeps them alive, and a smaller rate where steps killed them", () => {
  const relu = { activation: ["relu"], learningRate: 1 };
  assert.deepEqual(first("dying", { settings: relu }), [
    "Use leaky ReLU",
    { activation: ["leaky-relu"], layers: [8], learningRate: 0.33 },
  ]);
  assert.deepEqual(first("dying", { settings: relu }, { dead: 3 })[1], { activation: ["leaky-relu"], layers: [8] });
  assert.equal(first("dying", { settings: { ...relu, biasInit: -3 } }, { dead: 8 })[1].biasInit, 0);
  const own = { layers: [{ type: "residual", layers: [{ type: "dense", units: 8, activation: "relu" }] }] };
  assert.equal(first("dying", { settings: { ...relu, ...own } })[1].layers[0].layers[0].activation, "leaky-relu");
});

test("one class: weights for the classes, where the model could tell them apart", () => {
  const collapse = (settings, share = 0.9) => first("collapse", { settings }, { share })[0];
  assert.equal(collapse({}), "Use balanced class weights");
  assert.equal(collapse({}, 0.59), "Use Adam", "the classes are even");
  assert.equal(collapse({ classWeights: "balanced" }), "Use Adam");
  assert.equal(collapse({ loss: "hinge" }), "Use Adam", "only cross-entropy weighs classes");
  assert.equal(collapse({ layers: [] }), "Add a hidden layer");
  assert.deepEqual(
    [0.009, 0.01].map((learningRate) => collapse({ learningRate })),
    ["Use Adam", "Use balanced class weights"],
  );
});

test("a larger rate is advised below a quarter of what the curvature allows, a smaller one from there on", () => {
  const said = (learningRate, settings = {}) => rateAdvice(about({ settings, learningRate, allowed: 0.4 }), false);
  assert.match(said(0.099), /larger/);
  assert.equal(said(0.1), null);
  assert.equal(said(0.399), null);
  assert.match(said(0.4), /below 0\.4\b/);
  const adam = { optimizer: "adam" };
  assert.match(said(0.01, adam), /different/, "2/λ is about plain descent");
  assert.match(rateAdvice(about({ settings: adam }), true), /smaller/);
});

test("at a learning rate of 0 nothing but a rate is advised, and it is a number", () => {
  const still = { settings: { learningRate: 0, init: "zeros", l2: 1 } };
  const adam = { settings: { learningRate: 0, optimizer: "adam" } };
  for (const kind of ["plateau", "collapse", "noisy", "overshooting", "dying"]) {
    assert.deepEqual(first(kind, still)?.[1], { learningRate: 0.03 }, kind);
    assert.deepEqual(first(kind, { ...still, allowed: 0.02 })?.[1], { learningRate: 0.01 }, kind);
    assert.deepEqual(first(kind, adam, { share: 0.9, dead: 8 })?.[1], { learningRate: 0.01 }, kind);
  }
  const [{ from }] = remediesFor("overshooting", about(still), record({ end: 2 }));
  assert.equal(from, 0, "the rate was set to 0 after it had done harm");
  for (const wasHarmful of [false, true]) {
    assert.match(rateAdvice(about(still), wasHarmful) ?? "", /larger/);
    assert.match(rateAdvice(about({ ...adam, allowed: 1 }), wasHarmful) ?? "", /larger/);
  }
});

test("a network has a layer more while it has less than six, then a smaller rate", () => {
  const change = (count) =>
    first("plateau", { settings: { optimizer: "adam", learningRate: 0.01, layers: Array(count).fill(8), activation: ["relu"] } }); // prettier-ignore
  assert.deepEqual(change(5), ["Add a hidden layer", { layers: Array(6).fill(8) }]);
  assert.deepEqual(Object.keys(change(6)[1]), ["learningRate"]);
  const rate = (learningRate) => first("plateau", { settings: { optimizer: "adam", learningRate } })[0];
  assert.match(rate(0.031), /learning rate of 0\.01/);
  assert.deepEqual([rate(0.03), rate(0.001)], ["Add a hidden layer", "Add a hidden layer"]);
});

test("what else a model could be, by what it is", () => {
  const said = (settings) => modelAdvice({ ...defaultsFor("circle"), ...settings }).length;
  assert.deepEqual([said({ l2: 0.01 }), said({ l1: 0.01 }), said({ dropout: 0.1 })], [1, 1, 1]);
  assert.deepEqual([said({ layers: [] }), said({ layers: [8], activation: ["tanh"] })], [2, 2]);
  assert.equal(said({ layers: [8], activation: ["linear"] }), 1);
  assert.equal(said({ layers: [8, 8], activation: ["linear", "tanh"] }), 2);
  assert.deepEqual([anyOf([]), anyOf(["a", null]), anyOf(["a", "b"]), anyOf(["a", "b", null, "c"])], ["", "a", "a or b", "a, b, or c"]); // prettier-ignore
});

/** Runs, what is pressed, and the figure that it brings down: training loss, or test loss. */
const HELPED = [
  [
    "source=moons&samples=60&noise=0.4&trainingShare=0.5&layers=32,32&optimizer=adam&learningRate=0.01&epochs=200",
    "Add L2 0.01",
    "test",
  ],
  ["source=plane&layers=8,8,8,8&activation=relu&learningRate=1&epochs=60", "Use leaky ReLU", "training"],
  ["layers=16,16&activation=relu&biasInit=-3&epochs=60", "Use leaky ReLU", "training"],
  ["learningRate=100&epochs=60", "Use a learning rate of 0.86", "training"],
  ["momentum=0.9&learningRate=3&epochs=100", "Use a learning rate of 0.25", "training"],
  ["layers=8,8,8,8,8,8&activation=sigmoid&epochs=60", "Use ReLU", "training"],
  ["learningRate=0.000001&epochs=60", "Use Adam", "training"],
  ["learningRate=0&epochs=60", "Use a learning rate of 0.03", "training"],
  ["source=xor&layers=none&epochs=100", "Add a hidden layer", "training"],
  ["layers=8&l2=1&epochs=100", "Train without regularization", "training"],
  ["init=zeros&layers=8,8&epochs=100", "Use Glorot initialization", "training"],
  ["noise=0.5&batchSize=1&learningRate=1&epochs=100", "Use a learning rate of 0.33", "training"],
];

for (const [hash, label, part] of HELPED) {
  test(`${label} helps: ${hash}`, async () => {
    const page = openPage(`${hash}&engine=cpu&speed=max`);
    await page.finish();
    const { alert } = page.trainingMonitor.store.get();
    const [remedy] = alert.remedies;
    assert.equal(remedy.label, label);
    const { description, frame: before } = page.state();
    await page.trainingMonitor.apply(remedy);
    // One that goes back stays the same run.
    const isAnother = () => page.state().description !== description;
    await page.until(() => (remedy.from === undefined ? isAnother() : page.state().run.state !== "finished"));
    await page.until(() => page.state().run.state === "finished" && page.state().frame.step === page.state().run.step);
    await page.told();
    for (const [key, value] of Object.entries(remedy.changes)) assert.deepEqual(page.state().settings[key], value);
    assert.ok(page.state().frame[part].loss < 0.8 * before[part].loss, `${page.state().frame[part].loss}`);
    page.close();
  });
}

test("balanced class weights end the one class", async () => {
  const page = openPage("imbalance=0.05&layers=8,8&epochs=60&engine=cpu&speed=max");
  await page.finish();
  const { description } = page.state();
  await page.trainingMonitor.apply(page.trainingMonitor.store.get().alert.remedies[0]);
  await page.until(() => page.state().description !== description);
  await page.until(() => page.state().run.state === "finished");
  await page.told();
  assert.deepEqual([page.state().settings.classWeights, page.trainingMonitor.store.get().alert], ["balanced", null]);
  page.close();
});
