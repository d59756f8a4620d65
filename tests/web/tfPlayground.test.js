import assert from "node:assert/strict";
import test from "node:test";
import { isForeign, ownHash } from "../../www/settings/foreignLink.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { readHash, writeHash } from "../../www/settings/url.js";

/** As TensorFlow Playground writes it when nothing was changed. */
const WHOLE =
  "#activation=tanh&batchSize=10&dataset=circle&regDataset=reg-plane&learningRate=0.03&regularizationRate=0&noise=0&networkShape=4,2&seed=0.59704&showTestData=false&discretize=false&percTrainData=50&x=true&y=true&xTimesY=false&xSquared=false&ySquared=false&cosX=false&sinX=false&cosY=false&sinY=false&collectStats=false&problem=classification&initZero=false&hideText=false";

const load = () => import("../../www/settings/tfPlayground.js");
const opened = async (hash) => readHash(await ownHash(hash, load));

test("its own default link gives its own experiment, in our words", async () => {
  const { settings, ignored } = await opened(WHOLE);
  assert.deepEqual(ignored, []);
  assert.deepEqual(specFrom(settings), {
    version: 1,
    seed: 59704,
    engine: "auto",
    data: {
      source: "circle",
      samples: 500,
      noise: 0,
      imbalance: 0.5,
      features: ["x", "y"],
      scale: "none",
      split: { train: 0.5, validation: 0, test: 0.5, stratify: true },
    },
    model: {
      layers: [
        { type: "dense", units: 4, activation: "tanh" },
        { type: "dense", units: 2, activation: "tanh" },
      ],
      init: { type: "uniform", range: 0.5 },
      biasInit: 0.1,
      outputActivation: "tanh",
    },
    training: {
      loss: "half-mse",
      optimizer: { type: "sgd", learningRate: 0.03, momentum: 0 },
      schedule: { type: "constant" },
      batchSize: 10,
      l1: 0,
      l2: 0,
      clip: null,
      stop: { maxEpochs: null, goal: null, patience: null, restoreBest: false },
    },
  });
});

test("all that such a link can say is understood", async () => {
  const { settings, ignored } = await opened(
    "#activation=relu&regularization=L2&batchSize=30&dataset=gauss&regDataset=reg-gauss&learningRate=0.1&regularizationRate=0.003&noise=25&networkShape=8,7,6&seed=abc&showTestData=true&discretize=true&percTrainData=70&x=false&y=true&xTimesY=true&xSquared=true&ySquared=true&cosX=false&sinX=true&cosY=false&sinY=true&problem=regression&initZero=true&hideText=true&playButton_hide=true&noise_hide=true&dataset_hide=false&tutorial=dp1",
  );
  assert.deepEqual(ignored, []);
  const wanted = {
    source: "multi-gaussian",
    activation: ["relu"],
    l1: 0,
    l2: 0.003,
    noise: 0.25,
    layers: [8, 7, 6],
    features: ["y", "x2", "y2", "xy", "sinx", "siny"],
    trainingShare: 0.7,
    init: "zeros",
    biasInit: 0,
    outputActivation: "linear",
    hide: ["text", "play", "noise"],
    showTestData: true,
    discretize: true,
    batchSize: 30,
  };
  const found = Object.fromEntries(Object.keys(wanted).map((key) => [key, settings[key]]));
  assert.deepEqual(found, wanted);
});

test("noise beyond its slider is what it is there: 50 above 80, 0 below 0; no layers are none", async () => {
  const noise = async (value) => (await opened(`#noise=${value}&problem=classification`)).settings.noise;
  assert.deepEqual([await noise(80), await noise(81), await noise(-3), await noise(5)], [0.8, 0.5, 0, 0.05]);
  assert.deepEqual((await opened("#networkShape=&dataset=xor")).settings.layers, []);
});

test("true is whatever is neither blank nor false, as there; a blank value is none", async () => {
  const features = async (/** @type {string} */ link) =>
    (await opened(`#problem=classification&${link}`)).settings.features;
  assert.deepEqual(await features("sinX=1&x=&y=no"), ["x", "y", "sinx"]);
  assert.deepEqual(await features("sinX=false&xSquared=0&x=false"), ["y", "x2"]);
  assert.deepEqual(await features("x=True&y=FALSE"), ["x", "y"]);
  assert.deepEqual(
    await features("x_hide=true&y_hide=1"),
    ["y"],
    "a hidden input is none; hidden is what is true to the letter",
  );
  const { settings, ignored } = await opened(
    "#showTestData=1&discretize=yes&noise=&learningRate=&regularization=&dataset=&percTrainData=&initZero=1&hideText=1",
  );
  assert.deepEqual(ignored, []);
  const { showTestData, discretize, noise, learningRate, l1, l2, source, trainingShare, init, hide } = settings;
  assert.deepEqual(
    [showTestData, discretize, noise, learningRate, l1, l2, source, trainingShare, init, hide],
    [true, true, 0, 0.03, 0, 0, "circle", 0.5, "zeros", ["text"]],
  );
});

test("what it knows and doesn't do is named: inputs that it hasn't, shares without a test point, no input at all", async () => {
  const of = (/** @type {string} */ link) => opened(`#problem=classification&${link}`);
  const cosine = await of("cosX=true&cosY=&sinX=true");
  assert.deepEqual([cosine.ignored, cosine.settings.features], [["cosX=true"], ["x", "y", "sinx"]]);
  for (const share of [10, 37, 95, 99])
    assert.deepEqual(
      [(await of(`percTrainData=${share}`)).ignored, (await of(`percTrainData=${share}`)).settings.trainingShare],
      [[], share / 100],
    );
  for (const share of [9, 100, 1000, -5])
    assert.deepEqual(
      [(await of(`percTrainData=${share}`)).ignored, (await of(`percTrainData=${share}`)).settings.trainingShare],
      [[`percTrainData=${share}`], 0.5],
    );
  assert.deepEqual((await of("x=false&y=false")).ignored, ["x=false", "y=false"]);
  assert.deepEqual((await of("constructor=1&constructor_hide=true&toString=2")).ignored, [
    "constructor=1",
    "constructor_hide=true",
    "toString=2",
  ]);
});

test("its L1 prunes", async () => {
  const training = async (/** @type {string} */ link) =>
    specFrom((await opened(`#problem=classification&${link}`)).settings).training;
  const { l1, l2, l1Rule } = await training("regularization=L1&regularizationRate=0.01");
  assert.deepEqual([l1, l2, l1Rule], [0.01, 0, "prune"]);
  assert.deepEqual(
    [(await training("regularization=L2&regularizationRate=0.01")).l2, (await training("regularization=L1")).l1Rule],
    [0.01, undefined],
  );
});

test("what can't be read is told as it was written, and the rest opens", async () => {
  const { settings, ignored } = await opened(
    "#dataset=moon&noise=abc&learningRate=fast&networkShape=4,x&activation=relu&percTrainData=50&wrong=1&y=true",
  );
  assert.deepEqual(ignored.sort(), ["dataset=moon", "layers=4,x", "learningRate=fast", "noise=abc", "wrong=1"].sort());
  assert.deepEqual([settings.source, settings.noise, settings.activation], ["circle", 0, ["relu"]]);
});

test("links of ours are left as they are", async () => {
  for (const settings of [
    defaultsFor("spiral"),
    { ...defaultsFor("line"), seed: 3 },
    { ...defaultsFor("circle"), discretize: true, hide: ["text", "noise"], outputActivation: "tanh", loss: "mse" },
  ]) {
    const hash = writeHash(settings);
    assert.equal(isForeign(hash), false, hash);
    assert.equal(await ownHash(hash, load), hash);
    assert.deepEqual(readHash(hash).settings, settings);
  }
});

test("a seed of digits is that number, as far as a seed may go; any other text has a number of its own", async () => {
  const seedOf = async (/** @type {string} */ seed) => (await opened(WHOLE.replace("seed=0.59704", `seed=${seed}`))).settings.seed; // prettier-ignore
  assert.deepEqual([await seedOf("0"), await seedOf("0.7"), await seedOf("4294967295")], [0, 7, 4294967295]);
  const others = [await seedOf("4294967296"), await seedOf("-1"), await seedOf("1.5"), await seedOf("abc")];
  for (const seed of others) assert.ok(Number.isInteger(seed) && seed > 1000 && seed <= 4294967295, `${seed}`);
  assert.equal(new Set(others).size, 4);
});
