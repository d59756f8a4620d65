// A Spec becomes settings and back: nothing is lost, nothing is dropped in silence.
import assert from "node:assert/strict";
import test from "node:test";
import { settingsOf, readSpec } from "../../www/settings/fromSpec.js";
import { PRESETS } from "../../www/settings/presets.js";
import { DRAWN, REAL, SOURCES } from "../../www/settings/sources.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { readHash } from "../../www/settings/url.js";

const LINKS = [
  ...PRESETS.map(({ hash }) => hash),
  ...[...SOURCES, DRAWN, ...REAL].map(({ name }) => `source=${name}`),
  "source=drawn&points=1,2,3,4!-1,-2,0.5,0",
  "optimizer=adamw&weightDecay=0.1&beta1=0.8&epsilon=0.001&schedule=cosine&warmUp=true&epochs=90",
  "schedule=linear-warm-up&startFactor=0.5&warmUpEpochs=3&clip=value&clipLimit=2&goal=testAccuracy&goalAccuracy=0.9&patience=4",
  "init=uniform&initRange=0.2&loss=mse&outputActivation=tanh&l1=0.1&l1Rule=prune&validationShare=0.25&trainingShare=0.7&epochs=unlimited",
  "layers=8,6:gelu,batchNorm,dropout:0.2,residual(6:tanh)&classWeights=balanced&stratify=false&imbalance=0.2",
  "layers=3,2&activation=relu,elu&dropout=0.1&momentum=0.5&nesterov=true&features=x,xy&scale=min-max&engine=cpu&seed=0",
  'source=iris&features=["petal length (cm)",{"formula":"1%2B1"}]&target=species&task=classification&read={"delimiter":";"}&kinds={"a":"ignore"}',
];

for (const link of LINKS) {
  test(`what a link says goes through the Spec: ${link}`, () => {
    const { settings, ignored } = readHash(link);
    assert.deepEqual(ignored, []);
    const spec = specFrom(settings);
    assert.deepEqual(specFrom(settingsOf(spec)), spec);
  });
}

test("what is left out takes the core's default, not the page's", () => {
  const empty = settingsOf({});
  const { learningRate, activation, layers, epochs, source } = empty;
  assert.deepEqual(
    { learningRate, activation, layers, epochs, source },
    { learningRate: 0.03, activation: ["tanh"], layers: [4, 2], epochs: 500, source: "circle" },
  );
  assert.equal(settingsOf({ training: { optimizer: { type: "adam" } } }).learningRate, 0.001);
  assert.equal(settingsOf({ training: { schedule: { type: "linear-warm-up" } } }).startFactor, 1 / 3);
  assert.equal(settingsOf({ training: { schedule: { type: "step", warmUp: {} } } }).warmUpEpochs, 5);
  assert.equal(settingsOf({ data: { source: "spiral" } }).learningRate, 0.03, "a source's own settings are the page's");
  assert.equal(settingsOf({ training: { stop: { maxEpochs: null } } }).epochs, null);
});

test("what doesn't fit is refused by its path", () => {
  for (const [spec, sentence] of /** @type {[any, RegExp][]} */ ([
    [[], /^An experiment is an object/],
    [{ data: [] }, /^data: \[\] is not an object/],
    [{ version: 2 }, /^version: 2 is outside 1…1/],
    [{ training: { batchsize: 3 } }, /^training\.batchsize: unknown field; known are .*batchSize/],
    [{ training: { batchSize: 0 } }, /^training\.batchSize: 0 is outside 1…1000000/],
    [{ training: { batchSize: "10" } }, /^training\.batchSize: "10" is outside/],
    [{ training: { batchSize: 1.5 } }, /^training\.batchSize: 1\.5 is outside/],
    [{ training: { loss: "l3" } }, /^training\.loss: "l3" is not one of auto/],
    [{ training: { optimizer: { type: "sgd", beta1: 0.5 } } }, /^training\.optimizer\.beta1: 0\.5 has no meaning/],
    [{ training: { optimizer: { momentum: 1 } } }, /^training\.optimizer\.momentum: 1 is outside 0…0\.999999/],
    [{ training: { stop: { restoreBest: 1 } } }, /^training\.stop\.restoreBest: 1 is not true or false/],
    [{ training: { clip: { norm: 1, value: 1 } } }, /^training\.clip: takes either/],
    [{ training: { clip: { norm: 0 } } }, /^training\.clip\.norm: 0 is outside/],
    [{ training: { shuffle: false } }, /^training\.shuffle: false/],
    [{ training: { classWeights: [1, 2] } }, /^training\.classWeights: \[1,2\]/],
    [
      { training: { stop: { goal: { metric: "testAccuracy", value: 2 } } } },
      /^training\.stop\.goal\.value: 2 is outside 0…1/,
    ],
    [{ model: { layers: [{ type: "dense", units: 0 }] } }, /^model\.layers\[0\]\.units: 0/],
    [{ model: { init: "random" } }, /^model\.init: "random" is not one of/],
    [{ data: { source: "mnist9" } }, /^data\.source: "mnist9" is not one of circle/],
    [{ data: { source: "rows" } }, /^data\.source: “rows” are for programs/],
    [{ data: { split: { train: 0.9, test: 0.3 } } }, /^data\.split: train 0\.9 \+ validation 0 \+ test 0\.3 is not 1/],
    [{ data: { features: ["z"] } }, /^data\.features: \["z"\]/],
    [{ data: { corrupt: { labels: 0.1 } } }, /^data\.corrupt: is for programs/],
    [{ data: { source: "spiral", imbalance: 0.01 } }, /^data\.imbalance: 0\.01 is outside/],
    [{ data: { source: "three-spiral", imbalance: 0.2 } }, /^data\.imbalance: 0\.2 has no meaning/],
    [{ constructor: 1 }, /^constructor: unknown field/],
  ]))
    assert.throws(() => settingsOf(spec), { message: sentence }, JSON.stringify(spec));
});

test("what is about the page alone stays when a Spec is applied; rows of one's own must be here", () => {
  const now = { ...defaultsFor("circle"), showTestData: true, speed: "max" };
  const { settings, hand } = readSpec('{"training": {"batchSize": 3}}', now);
  assert.deepEqual([settings.showTestData, settings.speed, settings.batchSize], [true, "max", 3]);
  assert.deepEqual(hand, { batchSize: 3, showTestData: true, speed: "max" });
  assert.throws(() => readSpec("{", now), /^Error: This is not JSON/);
  assert.throws(() => readSpec('{"data": {"source": "table"}}', now), /needs its rows/);
  assert.equal(readSpec('{"data": {"source": "table"}}', defaultsFor("table")).settings.source, "table");
});

test("a field that is null says nothing, where it means nothing as well", () => {
  const plain = settingsOf({});
  for (const training of [{ optimizer: { type: "sgd", beta1: null } }, { clip: null }, { stop: { goal: null } }])
    assert.deepEqual(settingsOf({ training }), plain, JSON.stringify(training));
});
