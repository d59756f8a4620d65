import assert from "node:assert/strict";
import test from "node:test";
import { createPlayground } from "../../www/session/playground.js";
import { RunHistory } from "../../www/features/runs/runHistory.js";
import { bounded, changesBetween, nameOf, shortList, subsampledCurve } from "../../www/session/runRecord.js";
import { SERIES_BINS, columnsOf, csvOf, hasValues, spreadOf } from "../../www/features/runs/series.js";
import { defaultsFor } from "../../www/settings/spec.js";
import { createStore } from "../../www/base/store.js";
import { TimeTravel } from "../../www/features/time-travel/model.js";
import { TrainingMonitor } from "../../www/features/coach/trainingMonitor.js";
import { inlineWorker, settle } from "./support.js";

const settings = (changes = {}, source = "circle") => ({ ...defaultsFor(source), ...changes });

test("a run's name says data, net and rule, unless it was given one", () => {
  const name = (changes, source) => nameOf({ name: "", settings: settings(changes, source) });
  assert.equal(name(), "Circle · 4–2 tanh · rate 0.03");
  assert.equal(
    name({ optimizer: "adam", learningRate: 0.001, layers: [8, 4], activation: ["relu", "tanh"] }),
    "Circle · 8–4 relu/tanh · Adam · rate 0.001",
  );
  assert.equal(name({ layers: [] }, "line"), "Line · no hidden layer · rate 0.015");
  assert.equal(nameOf({ name: "mine", settings: settings() }), "mine");
});

test("what changed, in words; what is about the page alone, or means nothing, is no change", () => {
  const changes = (after, before = {}) => changesBetween(settings(before), settings(after));
  assert.deepEqual(changes({ learningRate: 0.1 }), ["Learning rate 0.03 → 0.1"]);
  assert.deepEqual(changes({ activation: ["relu"], layers: [8] }), ["Hidden layers 4,2 → 8", "Activation Tanh → ReLU"]);
  assert.deepEqual(changes({ epochs: null }), ["Epochs 500 → unlimited"]);
  assert.deepEqual(changes({ speed: "max", showTestData: true, beta1: 0.5 }), []);
  assert.deepEqual(changes({ optimizer: "adam" }, { optimizer: "sgd", momentum: 0.9 }).slice(0, 2), [
    "Optimizer SGD → Adam",
    "Momentum 0.9 → –",
  ]);
  assert.deepEqual(changesBetween(undefined, settings()), []);
  assert.deepEqual(shortList(["a", "b", "c", "d", "e"]), ["a", "b", "c", "and 2 more"]);
});

test("the oldest without a star go first", () => {
  const runs = [1, 2, 3, 4, 5].map((at) => ({ id: String(at), at, isStarred: at === 1 }));
  const { kept, dropped } = bounded(runs, 3);
  assert.deepEqual(
    kept.map(({ id }) => id),
    ["5", "4", "1"],
  );
  assert.deepEqual(
    dropped.map(({ id }) => id),
    ["2", "3"],
  );
});

test("a kept curve is bounded, and ends where the run did", () => {
  const all = Float32Array.from({ length: 1000 }, (_, i) => i);
  const { epoch, training } = subsampledCurve({ epoch: all, training: all, test: all });
  assert.ok(epoch.length <= 401);
  assert.deepEqual([epoch[0], epoch.at(-1), training.length], [0, 999, epoch.length]);
  const kept = subsampledCurve({ epoch: all, training: all, validation: all.map((loss) => loss + 1), test: all });
  assert.deepEqual([kept.validation?.[0], kept.validation?.at(-1), kept.validation?.length], [1, 1000, epoch.length]);
  assert.ok(!("validation" in subsampledCurve({ epoch: all, training: all, test: all })));
});

const moment = (step, more = {}) => ({
  step,
  epoch: step / 4,
  training: { loss: 1 / (step + 1) },
  test: null,
  validation: null,
  learningRate: 0.1,
  gradientNorm: 2,
  ...more,
});

test("moments as columns, and as text for a table program", () => {
  const columns = columnsOf([moment(0), moment(2), moment(8, { test: { loss: 0.5, accuracy: 1 } })], 4);
  assert.deepEqual([...columns.epoch.values], [0, 0.5, 2]);
  assert.ok(hasValues(columns.test) && !hasValues(columns.validation));
  assert.ok(Number.isNaN(columns.gradientNorm.values[0]), "before the first step there is none");
  assert.equal(
    csvOf([columns.epoch, columns.test, { label: 'a "b", c', values: [1] }]),
    'epoch,test loss,"a ""b"", c"\r\n0,,1\r\n0.5,,\r\n2,0.5,\r\n',
  );
});

test("no name is a formula to a spreadsheet; numbers stay numbers", () => {
  const head = (/** @type {string} */ label) => csvOf([{ label, values: [-3.5] }]).split("\r\n")[0];
  for (const bad of ["=1+1", "+A1", "-A1", "@SUM(A1)", "-1-2", "+1+2", "=", "-"]) assert.equal(head(bad), `'${bad}`);
  assert.equal(head('=HYPERLINK("http://a")'), `"'=HYPERLINK(""http://a"")"`);
  assert.equal(head("\t=1"), "'\t=1");
  assert.equal(csvOf([{ label: "\r=1", values: [] }]), `"'\r=1"\r\n`);
  assert.equal(csvOf([{ label: "=1+1", values: [] }], false), "=1+1\r\n", "as it is, where that is chosen");
  for (const good of ["-3.5", "+2", "-1e-9", "-.5", "a=b", "loss", "", "'=1"]) assert.equal(head(good), good);
  assert.equal(csvOf([{ label: "loss", values: [-3.5, 1e-9] }]), "loss\r\n-3.5\r\n1e-9\r\n");
});

test("how weights are spread: every one is counted, at both ends too", () => {
  const { low, high, counts } = spreadOf(
    [new Float32Array([9, -0.4, 0, 0.4]), new Float32Array([9, 1.45, 1.5, -1.5])],
    { from: 1, to: 4 },
  );
  assert.deepEqual([low, high], [-1.5, 1.5]);
  assert.deepEqual(
    counts.map((bins) => bins.reduce((a, b) => a + b)),
    [3, 3],
  );
  assert.deepEqual([counts[1][0], counts[1][SERIES_BINS - 1]], [1, 2]);
  const wide = spreadOf([new Float32Array([-3, -1.5, 0, 1.5, 2.9])], { from: 0, to: 5 });
  assert.deepEqual([wide.high, ...[0, 10, 20, 30, 39].map((bin) => wide.counts[0][bin])], [3, 1, 1, 1, 1, 1]);
});

async function page(hash = "") {
  const workers = [];
  const playground = createPlayground({
    spawn: () => workers[workers.push(inlineWorker()) - 1],
    core: Promise.resolve(null),
    nextFrame: (callback) => setImmediate(callback),
    randomSeed: () => 42,
    hash,
    rememberHash: () => {},
  });
  await settle(80);
  const shelf = new Map();
  const clock = { at: 0 };
  const keeper = new RunHistory(
    playground,
    {
      all: async () => [...shelf.values()],
      put: async (run) => void shelf.set(run.id, structuredClone(run)),
      remove: async (id) => void shelf.delete(id),
    },
    { now: () => ++clock.at, tick: () => (clock.at += 100) },
  );
  const travel = new TimeTravel(playground);
  await settle(20);
  const train = async (epochs) => {
    for (let i = 0; i < epochs; i++) {
      playground.step("epoch");
      await settle(30);
    }
  };
  return { playground, keeper, travel, shelf, train, runs: () => keeper.store.get().runs, workers };
}

test("a run is kept when it is reset, when its settings change, and when it ends; not without an epoch", async () => {
  const { playground, train, runs, shelf } = await page("epochs=4");
  playground.step("batch");
  await settle(30);
  playground.reset();
  await settle(60);
  assert.equal(runs().length, 0);
  await train(2);
  playground.set("learningRate", 0.1);
  assert.deepEqual(
    runs().map(({ epochs, outcome }) => [epochs, outcome]),
    [[2, "paused"]],
  );
  await train(1);
  playground.reset();
  await settle(60);
  assert.deepEqual(
    runs().map(({ epochs, from, settings: { learningRate } }) => [epochs, from, learningRate]),
    [
      [3, 2, 0.1],
      [2, 0, 0.03],
    ],
  );
  playground.play();
  await settle(400);
  assert.equal(playground.store.get().run.state, "finished");
  assert.deepEqual([runs()[0].epochs, runs()[0].outcome, runs()[0].curve.epoch.at(-1)], [4, "finished", 4]);
  playground.set("layers", [3]);
  await settle(60);
  assert.equal(runs().length, 3, "an ended run is not kept twice");
  assert.equal(shelf.size, 3);
});

test("deleted and had back, renamed, restored", async () => {
  const { playground, keeper, train, runs, shelf } = await page();
  await train(2);
  playground.set("seed", 8);
  await settle(60);
  const [run] = runs();
  keeper.change(run.id, { name: "mine", isStarred: true });
  keeper.remove(run.id);
  await settle(5);
  assert.deepEqual([runs().length, shelf.size], [0, 0]);
  keeper.undo();
  await settle(5);
  assert.deepEqual([runs()[0].name, shelf.get(run.id).isStarred], ["mine", true]);
  keeper.restore(runs()[0]);
  await settle(60);
  assert.equal(playground.store.get().settings.seed, 7);
});

test("going back, and other settings of training from there: a branch, and the curve before is shown along", async () => {
  const { playground, keeper, travel, train, runs, workers } = await page();
  await train(6);
  await travel.refresh();
  await travel.seek(81);
  assert.deepEqual([playground.store.get().frame.step, travel.store.get().isAway], [80, true]);
  assert.equal(travel.neighbor(1).step, 120);
  assert.equal(travel.neighbor(-9).step, 0);
  playground.set("l2", 0.01);
  await settle(100);
  assert.deepEqual(
    [playground.store.get().frame.step, workers[0].runner.trainers.length],
    [80, 2],
    "another trainer, at the same place",
  );
  assert.equal(runs()[0].epochs, 6, "what went before is a run of its own");
  assert.deepEqual([...keeper.store.get().parent.epoch], [0, 1, 2, 3, 4, 5, 6]);
  playground.set("seed", 9);
  await settle(100);
  assert.equal(playground.store.get().frame.step, 0, "other rows start again");
  assert.equal(keeper.store.get().parent, null);
});

test("what is said is of where the run stands; one alert at a time, and dismissed it is quiet", async () => {
  const units = [{ layer: 1, dead: 2, of: 3 }];
  const look = (epoch) => ({
    step: epoch,
    epoch,
    only: null,
    share: 1,
    rows: 4,
    units,
    training: { loss: 0.7 },
    validation: null,
    gradientNorm: 1,
  });
  const frame = { step: 40, epoch: 40, training: { loss: 0.7 }, test: null };
  const store = createStore({
    description: { task: "regression", rows: { train: 4 }, stepsPerEpoch: 1 },
    settings: settings(),
    frame,
    lock: null,
    run: { state: "training", step: 40, epoch: 40 },
  });
  const travel = {
    store: createStore({ moments: [], looks: [5, 15, 25].map(look), now: look(40), isAway: false }),
    refresh: async () => {},
  };
  const trainingMonitor = new TrainingMonitor({ store, ask: async () => NaN }, travel);
  store.set({ run: { state: "paused", step: 40, epoch: 40 } });
  await settle(5);
  assert.match(trainingMonitor.store.get().alert.evidence, /^In hidden layer 1, 2 of 3 neurons \(67%\)/);
  // What it says may be of test rows: it goes with the lock, and is judged anew without them.
  const alertAfter = (isOpen) => {
    store.set({ lock: { isOpen } });
    return trainingMonitor.store.get().alert;
  };
  for (const [isOpen, isThere] of [
    [true, true],
    [false, false],
    [true, true],
  ]) {
    assert.equal(alertAfter(isOpen) !== null, isThere);
    await settle(5);
  }
  trainingMonitor.dismiss();
  store.set({ run: { state: "finished", step: 40, epoch: 40 } });
  await settle(5);
  assert.equal(trainingMonitor.store.get().alert, null);
  trainingMonitor.dispose();
});

test("a run that trains is looked at once a second", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const store = createStore({ run: { state: "training" }, frame: null, lock: null, description: {} });
  let looks = 0;
  const travel = { store: createStore({ moments: [], looks: [] }), refresh: async () => void (looks += 1) };
  const trainingMonitor = new TrainingMonitor({ store }, travel);
  const after = async (ms) => {
    t.mock.timers.tick(ms);
    await settle(5);
    return looks;
  };
  assert.deepEqual([await after(999), await after(1), await after(1000)], [0, 1, 2]);
  trainingMonitor.dispose();
});

test("a divergence is told of once the picture and the look are those of its end", async () => {
  const told = async (pictured, ended, looked) => {
    const curve = { epoch: [0, 1, 2], training: [1, 0.5, NaN], test: [1, 0.5, NaN] };
    const frame = { step: pictured, epoch: 2, training: { loss: NaN }, test: null, curve, learningRate: 9 };
    const store = createStore({
      description: { task: "regression", rows: { train: 4 }, stepsPerEpoch: 1, parameterCount: 3 },
      settings: settings(),
      frame,
      lock: null,
      run: { state: "diverged", step: ended, epoch: 2 },
    });
    const travel = {
      store: createStore({ moments: [], looks: [], now: { step: looked }, isAway: false }),
      refresh: async () => {},
    };
    const playground = { store, ask: async () => NaN, client: { ask: async () => -1 } };
    const trainingMonitor = new TrainingMonitor(playground, travel);
    await settle(5);
    const { rescue } = trainingMonitor.store.get();
    store.set({ run: { state: "paused", step: ended, epoch: 2 } });
    assert.equal(trainingMonitor.store.get().rescue, null, "who goes back needs none");
    trainingMonitor.dispose();
    return rescue?.epoch;
  };
  assert.deepEqual([await told(40, 41, 40), await told(41, 41, 40), await told(41, 41, 41)], [undefined, undefined, 2]);
});

test("overfitting is judged by validation rows; by test rows only while they are not locked", async () => {
  const told = async (rows, lock) => {
    const epochs = Array.from({ length: 100 }, (_, i) => i);
    const held = (epoch) => 0.3 + Math.abs(epoch - 20) / 100;
    const look = (epoch) => ({
      step: epoch,
      epoch,
      only: null,
      share: 1,
      rows: 4,
      training: { loss: 0.3 / (1 + epoch) },
      validation: rows.validation ? { loss: held(epoch) + 1 } : null,
      gradientNorm: 1,
    });
    const curve = {
      epoch: Float32Array.from(epochs),
      training: Float32Array.from(epochs, (epoch) => 0.3 / (1 + epoch)),
      test: Float32Array.from(epochs, held),
    };
    const frame = { step: 99, epoch: 99, training: { loss: 0.003 }, test: { loss: held(99) }, curve };
    const store = createStore({
      description: { task: "regression", rows: { train: 4, ...rows }, stepsPerEpoch: 1 },
      settings: settings(),
      frame,
      lock,
      run: { state: "paused", step: 99, epoch: 99 },
    });
    const travel = {
      store: createStore({ moments: [], looks: epochs.map(look), now: look(99), isAway: false }),
      refresh: async () => {},
    };
    const trainingMonitor = new TrainingMonitor({ store, ask: async () => NaN }, travel);
    await settle(5);
    const first = trainingMonitor.store.get().alert?.evidence ?? null;
    store.set({ lock: lock && { ...lock, isOpen: !lock.isOpen } });
    await settle(5);
    trainingMonitor.dispose();
    return [first, trainingMonitor.store.get().alert?.evidence ?? null];
  };
  const by = (name) => (words) => words?.startsWith(name) ?? false;
  assert.deepEqual((await told({ test: 20 }, null)).map(by("Test loss")), [true, true], "rows without a lock");
  assert.deepEqual(
    (await told({ test: 20 }, { isOpen: true })).map(by("Test loss")),
    [true, false],
    "locked again, the verdict goes",
  );
  assert.deepEqual((await told({ test: 20 }, { isOpen: false })).map(by("Test loss")), [false, true]);
  assert.deepEqual((await told({ test: 20, validation: 20 }, { isOpen: false })).map(by("Validation loss")), [
    true,
    true,
  ]);
  assert.deepEqual(await told({ test: 0 }, null), [null, null]);
});

test("a kept run that is damaged hides no other, and is counted", async () => {
  const whole = {
    id: "a",
    at: 5,
    name: "",
    isStarred: false,
    settings: defaultsFor("circle"),
    hand: {},
    epochs: 1,
    training: { loss: 2 },
    test: null,
    curve: { epoch: [0, 1], training: [3, 2], test: [4, 1] },
  };
  const broken = [
    null,
    7,
    "text",
    {},
    { ...whole, id: 3 },
    { ...whole, at: NaN },
    { ...whole, settings: null },
    { ...whole, settings: {} },
    { ...whole, curve: null },
    { ...whole, curve: { epoch: [0] } },
    { ...whole, training: undefined },
  ];
  const shelf = { all: async () => [...broken, whole], put: async () => {}, remove: async () => {} };
  const store = createStore({ settings: defaultsFor("circle"), description: null, frame: null, lock: null });
  const keeper = new RunHistory({ store }, shelf, { now: () => 0, tick: () => 0 });
  await keeper.loaded;
  assert.deepEqual([keeper.store.get().runs.map(({ id }) => id), keeper.store.get().damaged], [["a"], broken.length]);
});

test("a run that diverges after an epoch is kept as such, with the time that it trained and no more", async () => {
  const { playground, train, runs, keeper } = await page("learningRate=10");
  await train(1);
  assert.deepEqual(
    runs().map(({ outcome, epochs, isOpen }) => [outcome, epochs, isOpen]),
    [["diverged", 1, true]],
  );
  assert.ok(runs()[0].seconds >= 0.1 && runs()[0].seconds <= 0.3, `${runs()[0].seconds}`);
  keeper.dispose();
  playground.dispose();
});

test("the time of a run is what it trained for, with its pauses left out", async () => {
  const { playground, train, runs } = await page("epochs=9");
  await train(3);
  playground.reset();
  await settle(60);
  assert.equal(runs()[0].outcome, "paused");
  assert.ok(Math.abs(runs()[0].seconds - 0.3) <= 1e-9, `${runs()[0].seconds}`);
});
