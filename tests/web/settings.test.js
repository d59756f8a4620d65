import assert from "node:assert/strict";
import test from "node:test";
import { PACES, SETTINGS, isLive, neighbour, parse, settingOf, write } from "../../www/core/config.js";
import { FEATURES, SOURCES } from "../../www/core/sources.js";
import { defaultsFor, settingsFor, specFrom } from "../../www/core/spec.js";
import { readHash, writeHash } from "../../www/core/url.js";

test("the default Spec is the documented one", () => {
  assert.deepEqual(specFrom(defaultsFor("circle")), {
    version: 1, seed: 7, engine: "auto",
    data: {
      source: "circle", samples: 500, noise: 0, features: ["x", "y"], scale: "standard",
      split: { train: 0.8, validation: 0, test: 0.2, stratify: true },
    },
    model: {
      layers: [{ type: "dense", units: 4, activation: "tanh" }, { type: "dense", units: 2, activation: "tanh" }],
      init: "glorot-uniform",
    },
    training: {
      loss: "auto", optimizer: { type: "sgd", learningRate: 0.03, momentum: 0 }, batchSize: 10, stop: { maxEpochs: 500 },
    },
  });
});

test("every setting with a path stands there in the Spec of every source", () => {
  for (const { name } of SOURCES) {
    const settings = { ...defaultsFor(name), optimizer: "sgd" };
    const spec = specFrom(settings);
    for (const { key, path } of SETTINGS) {
      if (!path || key === "layers") continue;
      const value = path.split(".").reduce((part, step) => part?.[step], spec);
      assert.deepEqual(value, settings[key], `${key} at ${path}`);
    }
  }
});

test("every row is complete, and its default is one of its own values", () => {
  const keys = SETTINGS.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length);
  for (const row of SETTINGS) {
    assert.ok(row.label && row.help.endsWith("."), row.key);
    if (row.default !== null) assert.deepEqual(parse(row, write(row, row.default)), { value: row.default, problem: null }, row.key);
  }
  assert.deepEqual(Object.keys(PACES), settingOf("speed").choices.map(({ value }) => value));
  assert.deepEqual(SETTINGS.filter(({ key }) => isLive(key)).map(({ key }) => key), ["learningRate", "speed", "showTestData"]);
});

test("recommended settings are values that the form takes too", () => {
  for (const { name, recommended, columns, ask } of SOURCES) {
    for (const [key, value] of Object.entries(recommended)) {
      if (value !== null) assert.deepEqual(parse(settingOf(key), write(settingOf(key), value)), { value, problem: null }, `${name}: ${key}`);
    }
    assert.equal(ask.length, columns.length);
    assert.deepEqual(FEATURES[columns.length].slice(0, columns.length), columns);
  }
});

test("what links leave out is pinned: changing it would change what old links mean", () => {
  const pinned = {};
  for (const { name } of SOURCES) {
    const { layers, activation, optimizer, learningRate, batchSize, epochs, scale, samples } = defaultsFor(name);
    pinned[name] = [layers.join("-"), activation, optimizer, learningRate, batchSize, epochs, scale, samples].join(" ");
  }
  assert.deepEqual(pinned, PINNED);
});

const PINNED = {
  "circle": "4-2 tanh sgd 0.03 10 500 standard 500",
  "xor": "4-2 tanh sgd 0.03 10 500 standard 500",
  "gaussians": "2 tanh sgd 0.03 10 200 standard 500",
  "spiral": "8-8 relu adam 0.01 10 500 standard 500",
  "moons": "6-4 tanh adam 0.01 10 500 standard 500",
  "plane": "2 tanh sgd 0.03 10 200 standard 1200",
  "multi-gaussian": "8-6 tanh adam 0.01 10 500 standard 1200",
  "line": " tanh sgd 0.015 6 500 none 6",
  "sine": "8-8 tanh adam 0.01 10 500 standard 200",
};

test("values out of range, or nonsense, are refused with a sentence", () => {
  for (const [key, text] of [
    ["noise", "abc"], ["noise", "1.5"], ["noise", ""], ["noise", "0x1"], ["batchSize", "2.5"], ["batchSize", "0"], ["seed", "-1"], ["seed", "0.59"],
    ["layers", "8,0"], ["layers", "1,1,1,1,1,1,1"], ["layers", ""], ["activation", "sin"], ["features", "x,x"], ["features", "z"], ["showTestData", "yes"],
    ["learningRate", "Infinity"], ["learningRate", "0"],
  ]) {
    const { value, problem } = parse(settingOf(key), text);
    assert.equal(value, null, `${key}=${text}`);
    assert.match(problem, /^[A-Z].* must .*\.$/);
  }
});

test("the − and + buttons step through the stops and stay at the ends", () => {
  const row = settingOf("learningRate");
  assert.equal(neighbour(row, 0.03, 1), 0.1);
  assert.equal(neighbour(row, 0.03, -1), 0.01);
  assert.equal(neighbour(row, 0.05, -1), 0.03);
  assert.equal(neighbour(row, 10, 1), 10);
});

test("only what differs is written, and a link reads back as it was", () => {
  assert.equal(writeHash(defaultsFor("circle")), "");
  const settings = { ...defaultsFor("spiral"), noise: 0.1, layers: [8, 4], learningRate: 0.03, features: ["x", "y", "x2"], showTestData: true };
  const hash = writeHash(settings);
  assert.equal(hash, "source=spiral&noise=0.1&features=x,y,x2&layers=8,4&learningRate=0.03&showTestData=true");
  assert.deepEqual(readHash(`#${hash}`).settings, settings);
  assert.deepEqual(readHash(hash).ignored, []);
});

test("every source and every setting survives the round trip", () => {
  for (const { name, task } of SOURCES) {
    const settings = {
      ...defaultsFor(name), samples: 50, noise: 0.35, trainingShare: 0.7, scale: "min-max", batchSize: 3, layers: [5], activation: "relu",
      learningRate: 0.001, optimizer: "adam", momentum: 0.9, loss: task === "classification" ? "cross-entropy" : "mse",
      epochs: 77, seed: 123, speed: "max", showTestData: true, features: ["x2", "sinx"],
    };
    assert.deepEqual(readHash(writeHash(settings)).settings, settings, name);
  }
  const linear = { ...defaultsFor("circle"), layers: [] };
  assert.equal(writeHash(linear), "layers=none");
  assert.deepEqual(readHash("layers=none").settings, linear);
});

test("a link may change a lesson's own settings; choosing the lesson later does not", () => {
  assert.deepEqual(readHash("source=line&layers=4").settings.layers, [4]);
  assert.deepEqual(settingsFor("line", { layers: [4] }).layers, []);
});

test("what is malformed is named and nothing else is lost", () => {
  const { settings, ignored } = readHash("#source=spiral&noise=abc&layers=8,8&foo=1&seed&seed=3&seed=4&learningRate=%&activation=relu&activation=constructor");
  assert.deepEqual(ignored, ["foo=1", "seed", "seed=4", "learningRate=%", "activation=constructor", "noise=abc"]);
  assert.deepEqual([settings.source, settings.noise, settings.seed, settings.activation], ["spiral", 0, 3, "relu"]);
  assert.deepEqual(readHash("#source=nowhere&noise=0.2").ignored, ["source=nowhere"]);
  assert.deepEqual(readHash("#__proto__=1&constructor=2&source=line&features=y&loss=cross-entropy").ignored, ["__proto__=1", "constructor=2", "features=y", "loss=cross-entropy"]);
});
