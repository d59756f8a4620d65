import assert from "node:assert/strict";
import test from "node:test";
import { isForeign, ownHash } from "../../www/core/foreignLink.js";
import { specFrom } from "../../www/core/spec.js";
import { readHash, writeHash } from "../../www/core/url.js";
import { defaultsFor } from "../../www/core/spec.js";

/** As TensorFlow Playground writes it when nothing was changed. */
const WHOLE =
  "#activation=tanh&batchSize=10&dataset=circle&regDataset=reg-plane&learningRate=0.03&regularizationRate=0&noise=0&networkShape=4,2&seed=0.59704&showTestData=false&discretize=false&percTrainData=50&x=true&y=true&xTimesY=false&xSquared=false&ySquared=false&cosX=false&sinX=false&cosY=false&sinY=false&collectStats=false&problem=classification&initZero=false&hideText=false";

const opened = async (hash) => readHash(await ownHash(hash));

test("its own default link gives its own experiment, in our words", async () => {
  const { settings, ignored } = await opened(WHOLE);
  assert.deepEqual(ignored, []);
  assert.deepEqual(specFrom(settings), {
    version: 1, seed: 59704, engine: "auto",
    data: { source: "circle", samples: 500, noise: 0, imbalance: 0.5, features: ["x", "y"], scale: "none", split: { train: 0.5, validation: 0, test: 0.5, stratify: true } },
    model: {
      layers: [{ type: "dense", units: 4, activation: "tanh" }, { type: "dense", units: 2, activation: "tanh" }],
      init: { type: "uniform", range: 0.5 }, biasInit: 0.1, outputActivation: "tanh",
    },
    training: {
      loss: "half-mse", optimizer: { type: "sgd", learningRate: 0.03, momentum: 0 }, schedule: { type: "constant" }, batchSize: 10, l1: 0, l2: 0, clip: null,
      stop: { maxEpochs: null, goal: null, patience: null, restoreBest: false },
    },
  });
});

test("all that such a link can say is understood", async () => {
  const { settings, ignored } = await opened(
    "#activation=relu&regularization=L2&batchSize=30&dataset=gauss&regDataset=reg-gauss&learningRate=0.1&regularizationRate=0.003&noise=25&networkShape=8,7,6&seed=abc&showTestData=true&discretize=true&percTrainData=70&x=false&y=true&xTimesY=true&xSquared=true&ySquared=true&cosX=true&sinX=true&cosY=true&sinY=true&problem=regression&initZero=true&hideText=true&playButton_hide=true&noise_hide=true&dataset_hide=false&tutorial=dp1",
  );
  assert.deepEqual(ignored, []);
  const { source, activation, l1, l2, noise, layers, features, trainingShare, init, biasInit, outputActivation, hide, showTestData, discretize, batchSize } = settings;
  assert.deepEqual(
    { source, activation, l1, l2, noise, layers, features, trainingShare, init, biasInit, outputActivation, hide, showTestData, discretize, batchSize },
    {
      source: "multi-gaussian", activation: ["relu"], l1: 0, l2: 0.003, noise: 0.25, layers: [8, 7, 6],
      features: ["y", "x2", "y2", "xy", "sinx", "siny", "cosx", "cosy"], trainingShare: 0.7, init: "zeros", biasInit: 0, outputActivation: "linear",
      hide: ["text", "play", "noise"], showTestData: true, discretize: true, batchSize: 30,
    },
  );
});

test("noise beyond its slider is what it is there: 50 above 80, 0 below 0; no layers are none", async () => {
  const noise = async (value) => (await opened(`#noise=${value}&problem=classification`)).settings.noise;
  assert.deepEqual([await noise(80), await noise(81), await noise(-3), await noise(5)], [0.8, 0.5, 0, 0.05]);
  assert.deepEqual((await opened("#networkShape=&dataset=xor")).settings.layers, []);
});

test("what can't be read is told as it was written, and the rest opens", async () => {
  const { settings, ignored } = await opened("#dataset=moon&noise=abc&learningRate=fast&networkShape=4,x&activation=relu&percTrainData=50&wrong=1&y=true");
  assert.deepEqual(ignored.sort(), ["dataset=moon", "layers=4,x", "learningRate=fast", "noise=abc", "wrong=1"].sort());
  assert.deepEqual([settings.source, settings.noise, settings.activation], ["circle", 0, ["relu"]]);
});

test("links of ours are left as they are", async () => {
  for (const settings of [defaultsFor("spiral"), { ...defaultsFor("line"), seed: 3 }, { ...defaultsFor("circle"), discretize: true, hide: ["text", "noise"], outputActivation: "tanh", loss: "mse" }]) {
    const hash = writeHash(settings);
    assert.equal(isForeign(hash), false, hash);
    assert.equal(await ownHash(hash), hash);
    assert.deepEqual(readHash(hash).settings, settings);
  }
});
