import assert from "node:assert/strict";
import test from "node:test";
import { PACES, SETTINGS, activationOf, applies, effective, settingOf } from "../../www/settings/config.js";
import { HELP } from "../../www/settings/help.static.js";
import { TERMS } from "../../www/settings/terms.js";
import { DRAWINGS } from "../../www/features/help/drawings.js";
import { neighbor, parse, shortened, write } from "../../www/settings/parse.js";
import { DRAWN, FEATURES, OWN, REAL, SOURCES } from "../../www/settings/sources.js";
import { defaultsFor, foldedChanges, liveChanges, settingsFor, specFrom } from "../../www/settings/spec.js";
import { readHash, writeHash } from "../../www/settings/url.js";

test("the default Spec is the documented one", () => {
  assert.deepEqual(specFrom(defaultsFor("circle")), {
    version: 1,
    seed: 7,
    engine: "auto",
    data: {
      source: "circle",
      samples: 500,
      noise: 0,
      imbalance: 0.5,
      features: ["x", "y"],
      scale: "standard",
      split: { train: 0.8, validation: 0, test: 0.2, stratify: true },
    },
    model: {
      layers: [
        { type: "dense", units: 4, activation: "tanh" },
        { type: "dense", units: 2, activation: "tanh" },
      ],
      init: "glorot-uniform",
      biasInit: 0,
    },
    training: {
      loss: "auto",
      labelSmoothing: 0,
      classWeights: null,
      optimizer: { type: "sgd", learningRate: 0.03, momentum: 0 },
      schedule: { type: "constant" },
      batchSize: 10,
      l1: 0,
      l2: 0,
      clip: null,
      stop: { maxEpochs: 500, goal: null, patience: null, restoreBest: false },
    },
  });
});

test("every setting that means something stands at its path in the Spec of every source", () => {
  const choices = (key) => settingOf(key).choices.map(({ value }) => value);
  const seen = new Set();
  for (const { name } of [...SOURCES, DRAWN, ...REAL, OWN]) {
    for (const optimizer of choices("optimizer")) {
      for (const schedule of choices("schedule")) {
        const settings = { ...defaultsFor(name), optimizer, schedule, momentum: 0.5, l1: 0.1 };
        const spec = specFrom(settings);
        for (const row of SETTINGS) {
          if (!row.path) continue;
          const value = row.path.split(".").reduce((part, step) => part?.[step], spec);
          if (!applies(row, settings)) assert.equal(value, undefined, row.key);
          else {
            seen.add(row.key);
            const wanted = effective(row, settings);
            assert.deepEqual(value, row.inSpec ? row.inSpec(wanted, settings) : wanted, `${row.key} at ${row.path}`);
          }
        }
      }
    }
  }
  assert.deepEqual(
    SETTINGS.filter(({ key, path }) => path && !seen.has(key)),
    [],
  );
});

test("the validation share is one of the training rows; test rows are left alone", () => {
  const split = (changes) => specFrom({ ...defaultsFor("circle"), ...changes }).data.split;
  assert.deepEqual(split({ validationShare: 0.25 }), { train: 0.6, validation: 0.2, test: 0.2, stratify: true });
  assert.deepEqual(split({ trainingShare: 0.7, validationShare: 0.1, stratify: false }), {
    train: 0.63,
    validation: 0.07,
    test: 0.3,
    stratify: false,
  });
  assert.deepEqual(split({ trainingShare: 0.9, validationShare: 0.5 }), {
    train: 0.45,
    validation: 0.45,
    test: 0.1,
    stratify: true,
  });
});

test("what is written otherwise in the Spec: init, class weights, clipping, the goal, each layer's activation", () => {
  const model = (changes) => specFrom({ ...defaultsFor("circle"), ...changes }).model;
  const training = (changes) => specFrom({ ...defaultsFor("circle"), ...changes }).training;
  assert.deepEqual(model({ init: "uniform", initRange: 0.2 }).init, { type: "uniform", range: 0.2 });
  assert.equal(model({ init: "zeros" }).init, "zeros");
  assert.deepEqual(
    model({ layers: [3, 2, 1], activation: ["sin", "elu"] }).layers.map(({ activation }) => activation),
    ["sin", "elu", "elu"],
  );
  assert.equal(training({ classWeights: "balanced" }).classWeights, "balanced");
  assert.equal(training({ classWeights: "balanced", loss: "hinge" }).classWeights, undefined);
  assert.deepEqual(training({ clip: "value", clipLimit: 5 }).clip, { value: 5 });
  assert.deepEqual(training({ goal: "testLoss", goalLoss: 0.2 }).stop.goal, { metric: "testLoss", value: 0.2 });
  assert.deepEqual(training({ goal: "testAccuracy" }).stop.goal, { metric: "testAccuracy", value: 0.95 });
  assert.deepEqual(training({ schedule: "cosine", epochs: 80 }).schedule, { type: "cosine", tMax: 80, etaMin: 0 });
  assert.equal(training({ optimizer: "adagrad" }).optimizer.epsilon, 1e-10);
  assert.deepEqual(
    [training({ l1: 0.1, l1Rule: "prune" }).l1Rule, training({ l1: 0.1 }).l1Rule, training({ l1Rule: "prune" }).l1Rule],
    ["prune", undefined, undefined],
  );
});

test("a warm-up comes before every schedule; links of before mean what they meant", () => {
  const schedule = (/** @type {string} */ link) => specFrom(readHash(link).settings).training.schedule;
  const warmUp = { startFactor: 0.1, totalEpochs: 20 };
  assert.deepEqual(schedule("schedule=cosine&warmUp=true&epochs=100"), { type: "cosine", tMax: 80, etaMin: 0, warmUp });
  assert.deepEqual(schedule("schedule=step&warmUp=true&warmUpEpochs=3&startFactor=0.5"), {
    type: "step",
    stepSize: 100,
    gamma: 0.1,
    warmUp: { startFactor: 0.5, totalEpochs: 3 },
  });
  assert.deepEqual(schedule("schedule=exponential&warmUp=true"), { type: "exponential", gamma: 0.99, warmUp });
  assert.deepEqual(schedule("schedule=reduce-on-plateau&warmUp=true"), {
    type: "reduce-on-plateau",
    factor: 0.1,
    patience: 10,
    threshold: 0.0001,
    warmUp,
  });
  assert.deepEqual(schedule("warmUp=true"), { type: "constant", warmUp });
  // A warm-up alone, and one that was set aside when another schedule was chosen.
  assert.deepEqual(schedule("schedule=linear-warm-up&warmUpEpochs=4"), {
    type: "linear-warm-up",
    startFactor: 0.1,
    totalEpochs: 4,
  });
  assert.deepEqual(schedule("schedule=linear-warm-up&warmUp=true"), { type: "linear-warm-up", ...warmUp });
  assert.deepEqual(schedule("schedule=cosine&warmUpEpochs=4&startFactor=0.2"), {
    type: "cosine",
    tMax: 500,
    etaMin: 0,
  });
  assert.deepEqual(
    schedule("schedule=cosine&warmUp=true&epochs=10"),
    { type: "cosine", tMax: 1, etaMin: 0, warmUp },
    "it lasts longer than the run",
  );
});

test("what a run can take while it trains, and what makes it start again", () => {
  const before = defaultsFor("circle");
  const change = (changes) => liveChanges(before, { ...before, ...changes });
  assert.deepEqual(change({ learningRate: 0.1, epochs: null }), { learningRate: 0.1, maxEpochs: null });
  assert.deepEqual(change({ speed: "max", showTestData: true }), {});
  assert.deepEqual(change({ beta1: 0.5, clipLimit: 3 }), {}, "they mean nothing just now");
  assert.equal(change({ l2: 0.1 }), null);
  const cosine = { ...before, schedule: "cosine" };
  assert.equal(liveChanges(cosine, { ...cosine, epochs: 100 }), null, "the schedule follows the epochs");
});

test("what is folded and changed is told, while it means something", () => {
  const settings = { ...defaultsFor("circle"), nesterov: true, l2: 0.01, init: "he-normal", stepSize: 7 };
  const keys = (changes, fold = "training") => foldedChanges({ ...settings, ...changes }, fold).map(({ key }) => key);
  assert.deepEqual(keys({}), ["l2"]);
  assert.deepEqual(keys({ momentum: 0.9, schedule: "step" }), ["nesterov", "schedule", "stepSize", "l2"]);
  assert.deepEqual(keys({}, "model"), ["init"]);
});

test("a list of activations is as short as it can be; its last one holds for all layers after it", () => {
  assert.deepEqual(shortened(["tanh", "relu", "relu", "relu"]), ["tanh", "relu"]);
  assert.deepEqual(shortened(["sin", "sin"]), ["sin"]);
  assert.deepEqual(
    [0, 1, 5].map((i) => activationOf(["tanh", "relu"], i)),
    ["tanh", "relu", "relu"],
  );
  assert.deepEqual(readHash("#activation=tanh,relu,relu").settings.activation, ["tanh", "relu"]);
  assert.equal(writeHash({ ...defaultsFor("circle"), activation: ["tanh", "relu"] }), "activation=tanh,relu");
});

test("no number where there may be none: off, auto, unlimited", () => {
  assert.deepEqual(
    [parse(settingOf("patience"), ""), parse(settingOf("epochs"), "unlimited"), parse(settingOf("tMax"), "auto")].map(
      ({ value, problem }) => [value, problem],
    ),
    [
      [null, null],
      [null, null],
      [null, null],
    ],
  );
  assert.equal(writeHash({ ...defaultsFor("circle"), epochs: null }), "epochs=unlimited");
  assert.equal(neighbor(settingOf("patience"), null, 1), 5);
  assert.equal(neighbor(settingOf("patience"), 5, -1), null);
  assert.equal(neighbor(settingOf("epochs"), null, -1), 10000);
  assert.equal(neighbor(settingOf("epochs"), null, 1), null);
});

test("every row is complete, and its default is one of its own values", () => {
  const keys = SETTINGS.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length);
  assert.deepEqual(Object.keys(HELP).sort(), [...keys].sort());
  for (const row of SETTINGS) {
    assert.ok(row.label && HELP[row.key].endsWith("."), row.key);
    if (row.default !== null)
      assert.deepEqual(parse(row, write(row, row.default)), { value: row.default, problem: null }, row.key);
  }
  assert.deepEqual(
    Object.keys(PACES),
    settingOf("speed").choices.map(({ value }) => value),
  );
});

test("recommended settings are values that the form takes too", () => {
  for (const { name, recommended, columns, ask } of SOURCES) {
    for (const [key, value] of Object.entries(recommended)) {
      if (value !== null)
        assert.deepEqual(
          parse(settingOf(key), write(settingOf(key), value)),
          { value, problem: null },
          `${name}: ${key}`,
        );
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
  circle: "4-2 tanh sgd 0.03 10 500 standard 500",
  xor: "4-2 tanh sgd 0.03 10 500 standard 500",
  gaussians: "2 tanh sgd 0.03 10 200 standard 500",
  spiral: "8-8 relu adam 0.01 10 500 standard 500",
  moons: "6-4 tanh adam 0.01 10 500 standard 500",
  rings: "8 relu adam 0.01 10 500 standard 600",
  checkerboard: "8-8 sin adam 0.01 10 500 standard 800",
  "three-spiral": "8-6 tanh adam 0.01 10 500 standard 600",
  plane: "2 tanh sgd 0.03 10 200 standard 1200",
  "multi-gaussian": "8-6 tanh adam 0.01 10 500 standard 1200",
  product: "4-2 tanh adam 0.01 10 500 standard 1200",
  "swiss-roll": "8-6 tanh adam 0.01 10 500 standard 800",
  line: " tanh sgd 0.015 6 500 none 6",
  sine: "8-8 tanh adam 0.01 10 500 standard 200",
  step: "2 tanh adam 0.03 10 500 standard 200",
  polynomial: "8-8 tanh adam 0.01 10 500 standard 200",
};

test("values out of range, or nonsense, are refused with a sentence", () => {
  for (const [key, text] of [
    ["noise", "abc"],
    ["noise", "1.5"],
    ["noise", ""],
    ["noise", "0x1"],
    ["batchSize", "2.5"],
    ["batchSize", "0"],
    ["seed", "-1"],
    ["seed", "0.59"],
    ["layers", "8,0"],
    ["layers", Array(65).fill(1).join()],
    ["layers", ""],
    ["activation", "swish"],
    ["activation", "tanh,"],
    ["patience", "0"],
    ["goalAccuracy", "2"],
    ["features", "x,x"],
    ["features", "z"],
    ["showTestData", "yes"],
    ["learningRate", "Infinity"],
    ["learningRate", "-0.01"],
  ]) {
    const { value, problem } = parse(settingOf(key), text);
    assert.equal(value, null, `${key}=${text}`);
    assert.match(problem, /^[A-Z].* must .*\.$/);
  }
});

test("the − and + buttons step through the stops and stay at the ends", () => {
  const row = settingOf("learningRate");
  assert.equal(neighbor(row, 0.03, 1), 0.1);
  assert.equal(neighbor(row, 0.03, -1), 0.01);
  assert.equal(neighbor(row, 0.05, -1), 0.03);
  assert.equal(neighbor(row, 10, 1), 10);
});

test("only what differs is written, and a link reads back as it was", () => {
  assert.equal(writeHash(defaultsFor("circle")), "");
  const settings = {
    ...defaultsFor("spiral"),
    noise: 0.1,
    layers: [8, 4],
    learningRate: 0.03,
    features: ["x", "y", "x2"],
    showTestData: true,
  };
  const hash = writeHash(settings);
  assert.equal(hash, "source=spiral&noise=0.1&features=x,y,x2&layers=8,4&learningRate=0.03&showTestData=true");
  assert.deepEqual(readHash(`#${hash}`).settings, settings);
  assert.deepEqual(readHash(hash).ignored, []);
});

test("every source and every setting survives the round trip", () => {
  for (const { name, task } of SOURCES) {
    const settings = {
      ...defaultsFor(name),
      samples: 50,
      noise: 0.35,
      imbalance: 0.2,
      trainingShare: 0.7,
      scale: "min-max",
      batchSize: 3,
      layers: [5],
      activation: ["relu", "gelu"],
      learningRate: 0.001,
      optimizer: "adam",
      momentum: 0.9,
      loss: task === "classification" ? "cross-entropy" : "mse",
      epochs: 77,
      seed: 123,
      speed: "max",
      showTestData: true,
      features: ["x2", "sinx"],
      init: "uniform",
      initRange: 0.3,
      nesterov: true,
      warmUp: true,
      l1Rule: "prune",
      alpha: 0.9,
      beta1: 0.8,
      beta2: 0.99,
      epsilon: 1e-7,
      weightDecay: 0.1,
      labelSmoothing: 0.1,
      classWeights: "balanced",
      schedule: "linear-warm-up",
      stepSize: 3,
      gamma: 0.5,
      tMax: 9,
      etaMin: 0.001,
      startFactor: 0.2,
      warmUpEpochs: 4,
      plateauFactor: 0.5,
      plateauPatience: 2,
      plateauThreshold: 0.01,
      l1: 0.001,
      l2: 0.002,
      dropout: 0.25,
      clip: "norm",
      clipLimit: 2,
      goal: "testLoss",
      goalLoss: 0.2,
      goalAccuracy: 0.9,
      patience: 30,
      restoreBest: true,
      engine: "gpu",
    };
    assert.deepEqual(readHash(writeHash(settings)).settings, settings, name);
  }
  const linear = { ...defaultsFor("circle"), layers: [] };
  assert.equal(writeHash(linear), "layers=none");
  assert.deepEqual(readHash("layers=none").settings, linear);
});

test("dropout follows every hidden layer, and means nothing without one", () => {
  const layers = (changes) => specFrom({ ...defaultsFor("circle"), dropout: 0.2, ...changes }).model.layers;
  assert.deepEqual(layers({ layers: [3, 2], activation: ["relu"] }), [
    { type: "dense", units: 3, activation: "relu" },
    { type: "dropout", rate: 0.2 },
    { type: "dense", units: 2, activation: "relu" },
    { type: "dropout", rate: 0.2 },
  ]);
  assert.deepEqual(layers({ layers: [] }), []);
  assert.equal(layers({ layers: [3], dropout: 0 }).length, 1);
});

test("a link may change a lesson's own settings; choosing the lesson later does not", () => {
  assert.deepEqual(readHash("source=line&layers=4").settings.layers, [4]);
  assert.deepEqual(settingsFor("line", { layers: [4] }).layers, []);
});

test("what is malformed is named and nothing else is lost", () => {
  const { settings, ignored } = readHash(
    "#source=spiral&noise=abc&layers=8,8&foo=1&seed&seed=3&seed=4&learningRate=%&activation=relu&activation=constructor",
  );
  assert.deepEqual(ignored, ["foo=1", "seed", "seed=4", "learningRate=%", "activation=constructor", "noise=abc"]);
  assert.deepEqual([settings.source, settings.noise, settings.seed, settings.activation], ["spiral", 0, 3, ["relu"]]);
  assert.deepEqual(readHash("#source=nowhere&noise=0.2").ignored, ["source=nowhere"]);
  const ofTable = [
    "target=mpg",
    "task=regression",
    'kinds={"a":"ignore"}',
    'clean=[{"fix":"drop-duplicates"}]',
    'axes=["a","b"]',
  ];
  assert.deepEqual(readHash(`#source=spiral&${ofTable.join("&")}`).ignored, ofTable, "a made source has no table");
  assert.deepEqual(readHash("#__proto__=1&constructor=2&source=line&features=y&loss=cross-entropy").ignored, [
    "__proto__=1",
    "constructor=2",
    "features=y",
    "loss=cross-entropy",
  ]);
  assert.deepEqual(readHash("#source=sine&loss=hinge&goal=testAccuracy").ignored, ["loss=hinge", "goal=testAccuracy"]);
});

test("every setting has two lines of help at most, and a term of the field; drawings are of settings", () => {
  assert.deepEqual(Object.keys(TERMS).sort(), SETTINGS.map(({ key }) => key).sort());
  for (const { key } of SETTINGS) {
    assert.match(HELP[key], /^[A-Z\p{L}].*[.?!]$/u, key);
    assert.ok(HELP[key].length <= 200, `${key}: ${HELP[key].length} letters`);
    assert.match(TERMS[key], /^\p{L}[\p{L}\d ,-]+$/u, key);
  }
  for (const key of ["learningRate", "batchSize", "l1", "l2", "noise", "trainingShare"]) assert.ok(DRAWINGS[key], key);
  for (const key of Object.keys(DRAWINGS)) assert.ok(TERMS[key], key);
});
