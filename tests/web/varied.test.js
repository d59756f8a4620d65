// What a search can vary: which settings, within what range, and what is kept of the choice.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import * as full from "../../www/pkg-full/trainyard.js";
import {
  coreAxis,
  entered,
  freshAxis,
  problemOf,
  putAll,
  valueAt,
  variablesOf,
  variedIn,
} from "../../www/session/variables.js";
import { LIMITS, MOST_AXES, USUAL, canVary, readChoices, vary, variedOf } from "../../www/session/varied.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { SETTINGS } from "../../www/settings/config.js";

full.initSync({ module: fs.readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

const circle = { ...defaultsFor("circle"), epochs: 60 };
const variable = (id, settings = circle, axes = []) => variablesOf(settings, axes).find((one) => one.id === id);
const ids = (settings, axes) => variablesOf(settings, axes).map(({ id }) => id);

test("every hyperparameter that means something can be varied, and the layers' number and neurons", () => {
  const all = ids(circle);
  for (const key of [
    "learningRate",
    "batchSize",
    "activation",
    "optimizer",
    "momentum",
    "l1",
    "l2",
    "dropout",
    "schedule",
  ])
    assert.ok(all.includes(key), key);
  assert.deepEqual(
    all.filter((id) => id.startsWith("layers.")),
    ["layers.count", "layers.units", "layers.0", "layers.1"],
  );
  const rows = new Map(SETTINGS.map((row) => [row.key, row]));
  for (const id of all.filter((one) => !one.startsWith("layers.")))
    assert.ok(rows.get(id).kind === "hyperparameter" || id === "seed", id);
  // Momentum is SGD's; with Adam it means nothing, unless the optimizer is varied too.
  assert.ok(!ids({ ...circle, optimizer: "adam" }).includes("momentum"));
  const axes = [freshAxis(variable("optimizer"), circle)];
  assert.ok(ids({ ...circle, optimizer: "adam" }, axes).includes("momentum"));
  assert.ok(!ids({ ...circle, layers: [] }).includes("activation"));
  assert.ok(ids({ ...circle, layers: [] }, [freshAxis(variable("layers.count"), circle)]).includes("activation"));
});

test("the seed deals a table's rows, test rows among them: it can be varied for made data alone", () => {
  assert.ok(ids(circle).includes("seed"));
  assert.ok(!ids(defaultsFor("iris")).includes("seed"));
});

test("no goal of test rows and no loss that the data have no use for is offered", () => {
  const names = (id, settings) => variable(id, settings).choices.map(({ value }) => value);
  assert.deepEqual(names("goal", circle), ["none", "trainingLoss"]);
  assert.ok(names("loss", circle).includes("cross-entropy"));
  assert.ok(!names("loss", defaultsFor("sine")).includes("cross-entropy"));
});

test("a layer's own neurons, or those of all layers and their number: not both", () => {
  const own = freshAxis(variable("layers.1"), circle);
  assert.deepEqual(
    ids(circle, [own]).filter((id) => id.startsWith("layers.")),
    ["layers.0", "layers.1"],
  );
  const count = freshAxis(variable("layers.count"), circle);
  assert.deepEqual(
    ids(circle, [count]).filter((id) => id.startsWith("layers.")),
    ["layers.count", "layers.units"],
  );
  const image = { ...circle, layers: [{ type: "conv2d", filters: 4 }, 8] };
  assert.deepEqual(
    ids(image).filter((id) => id.startsWith("layers.")),
    ["layers.units", "layers.1"],
  );
});

test("ranges are prefilled around what is set: by factors for rates, penalties and sizes, and allowed themselves", () => {
  const fresh = (id, settings = circle) => freshAxis(variable(id, settings), settings);
  assert.deepEqual(fresh("learningRate"), { id: "learningRate", low: 0.003, high: 0.3, isLog: true, values: [] });
  assert.deepEqual([fresh("l2").low, fresh("l2").high, fresh("l2").isLog], [0.0001, 0.1, true]);
  assert.deepEqual([fresh("batchSize").low, fresh("batchSize").high, fresh("batchSize").isLog], [1, 100, true]);
  assert.deepEqual([fresh("momentum").low, fresh("momentum").high, fresh("momentum").isLog], [0, 0.99, false]);
  assert.deepEqual([fresh("layers.0").low, fresh("layers.0").high], [2, 8]);
  for (const source of ["circle", "sine", "iris"])
    for (const settings of [
      defaultsFor(source),
      { ...defaultsFor(source), optimizer: "adam", schedule: "cosine", clip: "norm" },
    ])
      for (const one of variablesOf(settings)) {
        const axis = freshAxis(one, settings);
        assert.equal(problemOf(one, axis), "", `${source} ${one.id}: ${JSON.stringify(axis)}`);
        // The core takes it, and what it draws can be set.
        const trials = full.trials([coreAxis(one, axis)], { by: "random", trials: 3, seed: 1 });
        for (const [number] of trials) {
          const own = one.put(settings, valueAt(one, axis, number));
          assert.ok(specFrom(own).version === 1);
        }
      }
});

test("an impossible range is refused with what it may be; at its ends it is allowed", () => {
  const rate = variable("learningRate");
  const axis = (patch) =>
    problemOf(rate, { id: "learningRate", low: 0.001, high: 1, isLog: true, values: [], ...patch });
  assert.equal(axis({}), "");
  assert.equal(axis({ high: rate.max }), "");
  assert.match(axis({ high: rate.max * 1.01 }), /^Learning rate: \d+(\.\d+)? is outside .*…/);
  assert.match(axis({ low: -1 }), /^Learning rate: -1 is outside/);
  assert.match(axis({ low: 1 }), /has to end above/);
  assert.equal(axis({ low: 0.999 }), "");
  assert.match(axis({ low: "abc" }), /“abc” is not a number/);
  assert.match(axis({ low: NaN }), /is not a number/);
  const l2 = variable("l2");
  const penalty = (low, isLog) => problemOf(l2, { id: "l2", low, high: 1, isLog, values: [] });
  assert.match(penalty(0, true), /a log scale has no place for 0/);
  assert.equal(penalty(0, false), "");
  assert.equal(penalty(1e-9, true), "");
  const batch = variable("batchSize");
  assert.match(
    problemOf(batch, { id: "batchSize", low: 1.5, high: 8, isLog: false, values: [] }),
    /not a whole number/,
  );
  assert.match(
    problemOf(variable("optimizer"), { id: "optimizer", low: 0, high: 0, isLog: false, values: ["sgd"] }),
    /at least two/,
  );
  assert.deepEqual(["0,1", " 1e-3 ", "−2", "0x1", ""].map(entered), [0.1, 0.001, -2, "0x1", ""]);
});

test("values have the digits that count in their range, and never leave it", () => {
  const rate = variable("learningRate");
  const wide = { id: "learningRate", low: 0.001, high: 1, isLog: true, values: [] };
  assert.equal(valueAt(rate, wide, 0.0123456), 0.0123);
  assert.equal(valueAt(rate, { ...wide, low: 0.01236 }, 0.01236), 0.01236);
  const beta = variable("beta2", { ...circle, optimizer: "adam" });
  assert.equal(
    valueAt(beta, { id: "beta2", low: 0.999, high: 0.9999, isLog: false, values: [] }, 0.99954321),
    0.9995432,
  );
});

test("settings with values: the number of layers first, whatever the order", () => {
  const [count, units] = ["layers.count", "layers.units"].map((id) => variable(id));
  assert.deepEqual(putAll(circle, [units, count], [6, 3]).layers, [6, 6, 6]);
  assert.deepEqual(putAll(circle, [count], [3]).layers, [4, 2, 2]);
  assert.deepEqual(putAll(circle, [count], [0]).layers, []);
  assert.deepEqual(putAll(circle, [variable("activation"), variable("layers.1")], ["relu", 7]), {
    ...circle,
    activation: ["relu"],
    layers: [4, 7],
  });
});

test("what means nothing now, and names that there are no more, are left out", () => {
  const axes = [
    { id: "layers.5", low: 1, high: 4, isLog: false, values: [] },
    { id: "loss", low: 0, high: 0, isLog: false, values: ["mse", "cross-entropy", "nonsense"] },
  ];
  assert.deepEqual(
    variedIn(defaultsFor("sine"), axes).map(({ axis }) => axis.values),
    [["mse"]],
  );
});

test("what is kept of a search is taken where it is one; all else counts for nothing", () => {
  const kept = (text) => readChoices({ getItem: () => text });
  assert.deepEqual(readChoices(null), USUAL);
  for (const text of ["", "null", "[]", '{"axes":7,"by":"x","points":1,"epochs":"9"}', "{"])
    assert.deepEqual(kept(text), USUAL, text);
  const axis = { id: "l1", low: 0.1, high: "x", isLog: false, values: [] };
  const own = {
    ...USUAL,
    axes: [axis],
    by: "halving",
    points: LIMITS.points[0],
    trials: LIMITS.trials[1],
    judge: "folds",
  };
  assert.deepEqual(kept(JSON.stringify(own)), own);
  assert.equal(kept(JSON.stringify({ ...own, trials: LIMITS.trials[1] + 1 })).trials, USUAL.trials);
  assert.equal(kept(JSON.stringify({ axes: [{ ...axis, values: [{}] }, axis] })).axes.length, 1);
  assert.equal(kept(JSON.stringify({ axes: Array.from({ length: 9 }, () => axis) })).axes.length, MOST_AXES);
});

test("a setting's own card varies it once, and what is varied is kept", () => {
  const saved = new Map();
  const storage = { getItem: (key) => saved.get(key) ?? null, setItem: (key, text) => saved.set(key, text) };
  const playground = { parts: { storage }, store: { get: () => ({ settings: circle }) } };
  assert.ok(canVary(playground, "learningRate") && canVary(playground, "layers") && !canVary(playground, "noise"));
  vary(playground, "learningRate");
  vary(playground, "learningRate");
  vary(playground, "layers");
  assert.ok(!canVary(playground, "learningRate") && !canVary(playground, "layers"));
  assert.deepEqual(
    variedOf(playground)
      .get()
      .axes.map(({ id }) => id),
    ["learningRate", "layers.count"],
  );
  assert.deepEqual(readChoices(storage), variedOf(playground).get());
});
