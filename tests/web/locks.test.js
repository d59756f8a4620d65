import assert from "node:assert/strict";
import test from "node:test";
import { ComparisonRun } from "../../www/features/comparison/model.js";
import { recordTestPeek, keepLocks, lockWords, turnLock } from "../../www/session/locks.js";
import { createLookBook } from "../../www/session/lookBook.js";
import { isLocked } from "../../www/base/padlock.js";
import { createPlayground } from "../../www/session/playground.js";
import { RunHistory } from "../../www/features/runs/runHistory.js";
import { defaultsFor } from "../../www/settings/spec.js";
import { createStore } from "../../www/base/store.js";
import { TimeTravel } from "../../www/features/time-travel/model.js";
import { inlineWorker, settle } from "./support.js";
import { HOUSES } from "./tablePage.js";

const table = { title: "iris.csv", description: { rows: 150 } };

function opened(/** @type {any} */ storage = null) {
  const store = createStore(
    /** @type {any} */ ({ settings: defaultsFor("iris"), table, description: null, lock: null }),
  );
  keepLocks(store, () => {}, createLookBook(storage));
  const open = (/** @type {object} */ changes = {}) =>
    store.set({ settings: { ...store.get().settings, ...changes }, description: {} });
  open();
  return { store, open, lock: () => store.get().lock };
}

test("a run on a table is locked; a look opens it, another setting shuts it, other rows begin anew", () => {
  const { store, open, lock } = opened();
  assert.equal(isLocked(store.get()), true);
  turnLock(store);
  assert.deepEqual([lock().isOpen, lock().looks], [true, 1]);
  open();
  assert.equal(isLocked(store.get()), false, "the same start again");
  open({ layers: [3] });
  assert.deepEqual([lock().isOpen, lock().looks], [false, 1]);
  turnLock(store);
  turnLock(store);
  assert.deepEqual([lock().isOpen, lock().looks], [false, 2]);
  recordTestPeek(store);
  open({ trainingShare: 0.7 });
  assert.deepEqual([lock().isOpen, lock().looks], [false, 0]);
  open({ trainingShare: 0.8 });
  assert.deepEqual([lock().isOpen, lock().looks], [false, 3], "the rows of before are remembered");
  store.set({ settings: defaultsFor("circle"), description: {} });
  assert.equal(lock(), null);
  assert.equal(isLocked(store.get()), false);
  turnLock(store);
  assert.equal(lock(), null);
});

test("images that are dropped or relabeled leave the test images as they are: looks at them still count", () => {
  const { store, lock } = opened();
  const open = (/** @type {object[]} */ clean, /** @type {object} */ image) =>
    store.set({ settings: { ...defaultsFor("mnist"), clean }, description: { image } });
  open([], { height: 28, width: 28 });
  turnLock(store);
  open([{ fix: "drop-rows", rows: [3] }], { height: 28, width: 28 });
  assert.deepEqual([lock().isOpen, lock().looks], [false, 1]);
  open([{ fix: "relabel", row: 4, to: "1" }], { height: 28, width: 28 });
  assert.deepEqual([lock().isOpen, lock().looks], [false, 1]);
});

test("a setting that the run takes as it goes shuts the lock too; one of the picture does not", () => {
  const { store, lock } = opened();
  turnLock(store);
  const set = (/** @type {object} */ changes) => store.set({ settings: { ...store.get().settings, ...changes } });
  set({ showTestData: true, speed: "max" });
  assert.deepEqual([lock().isOpen, lock().looks], [true, 1]);
  for (const changes of [{ learningRate: 0.007 }, { epochs: 77 }]) {
    set(changes);
    assert.deepEqual([lock().isOpen, isLocked(store.get())], [false, true], JSON.stringify(changes));
    turnLock(store);
  }
  assert.equal(lock().looks, 3);
});

test("a run that stops by the test rows looks at them, once for each choice of settings", () => {
  const { store, open, lock } = opened();
  const train = (/** @type {number} */ epochs) => {
    for (let epoch = 1; epoch <= epochs; epoch++)
      store.set({ run: { state: "training", step: epoch, epoch, why: null, learningRate: 0.1 } });
  };
  const start = (/** @type {object} */ changes = {}) => {
    store.set({ run: { state: "ready", step: 0, epoch: 0, why: null, learningRate: 0.1 } });
    open(changes);
  };
  train(3);
  assert.equal(lock().looks, 0);
  start({ goal: "trainingLoss" });
  train(3);
  assert.equal(lock().looks, 0, "by the training rows");
  let looks = 0;
  for (const choice of [
    { goal: "testLoss" },
    { goal: "testAccuracy" },
    { goal: "none", patience: 5 },
    { patience: null, restoreBest: true },
  ]) {
    start(choice);
    assert.equal(lock().looks, looks, "not before it trains");
    assert.match(lockWords(lock()), /This run uses the test set for early stopping/);
    train(3);
    assert.deepEqual([lock().looks, lock().isOpen], [++looks, false], JSON.stringify(choice));
    start();
    train(3);
    assert.equal(lock().looks, looks, "the same start again");
  }
  start({ trainingShare: 1 });
  train(3);
  assert.equal(lock().looks, 0, "without test rows there is nothing to look at");
  start({ restoreBest: false, trainingShare: 0.8 });
  train(3);
  assert.equal(lock().looks, looks);
  assert.doesNotMatch(lockWords(lock()), /goes by them/);
  start({ patience: 5, validationShare: 0.2 });
  train(3);
  assert.equal(
    lock().looks,
    looks,
    "patience goes by validation rows; the test rows, and the looks at them, are the same",
  );
  start({ goal: "testLoss" });
  train(3);
  assert.equal(lock().looks, looks + 1, "the goal does not");
});

test("it is said why, and how often one looked", () => {
  const lock = (/** @type {number} */ looks, isOpen = false) =>
    lockWords({ isOpen, looks, stops: false, hasLooked: false, rows: "", settings: "" });
  assert.match(lock(0), /locked\. .* Not opened yet\.$/);
  assert.match(lock(1, true), /optimistic.* Opened once/);
  assert.match(lock(4), /Opened 4 times/);
});

/** A whole page without views, on a table, and the stores of all that keeps figures. */
async function page() {
  const shelf = new Map();
  const clock = { at: 1000 };
  const playground = createPlayground({
    spawn: () => inlineWorker(),
    core: Promise.resolve(null),
    nextFrame: (callback) => setImmediate(callback),
    randomSeed: () => 42,
    hash: "epochs=4",
    rememberHash: () => {},
    fetchSet: async () => new Response(null, { status: 404 }),
    loadTables: () => import("../../www/session/tableRun.js"),
  });
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
  await settle(60);
  await playground.openTable(new Blob([HOUSES]), "houses.csv");
  await settle(120);
  const seen = () => {
    const { frame, points } = playground.store.get();
    const ends = [
      frame?.test !== null,
      !Number.isNaN(frame?.curve?.test.at(-1)),
      points?.part.includes(2),
      travel.store.get().moments.some(({ test }) => test !== null),
    ];
    const [run] = keeper.store.get().runs;
    return [
      ...ends,
      ...(run ? [run.test !== null, run.curve.test.some(Number.isFinite), shelf.get(run.id).test !== null] : []),
    ];
  };
  const end = () => {
    keeper.dispose();
    travel.dispose();
    playground.dispose();
  };
  return { playground, keeper, travel, seen, end, shelf };
}

test("frame, points, moments and kept runs have figures of test rows while the lock is open, and only then", async () => {
  const { playground, travel, seen, end } = await page();
  const { store } = playground;
  assert.equal(isLocked(store.get()), true);
  playground.play();
  await settle(400);
  assert.equal(store.get().run?.state, "finished");
  await travel.refresh();
  assert.ok(travel.store.get().moments.length > 1);
  assert.deepEqual(seen(), new Array(7).fill(false));
  turnLock(store);
  await settle(80);
  assert.deepEqual(seen(), new Array(7).fill(true), "what was trained while it was shut as well");
  const history = store.get().frame?.curve?.test;
  assert.ok(history && history.length > 3 && history.every(Number.isFinite));
  turnLock(store);
  assert.deepEqual(seen().slice(0, 6), new Array(6).fill(false), "at once");
  await settle(80);
  assert.deepEqual(seen(), new Array(7).fill(false), "and for good");
  // Back in time it is the same.
  await travel.seek(0);
  turnLock(store);
  await settle(80);
  turnLock(store);
  await settle(80);
  assert.deepEqual(seen().slice(0, 6), new Array(6).fill(false));
  assert.equal(store.get().lock?.looks, 2);
  end();
});

test("a lock that is open stays so for the same start again, whose run begins locked", async () => {
  const { playground, seen, end } = await page();
  const { store } = playground;
  turnLock(store);
  await settle(80);
  const { description } = store.get();
  /** Whether a frame of the new run, the first of all, told more than it may. @type {boolean[]} */
  const told = [];
  store.subscribe((state, before) => {
    if (state.frame !== before.frame) told.push(state.frame?.test !== null);
  });
  playground.reset();
  await settle(120);
  assert.notEqual(store.get().description, description);
  assert.deepEqual([told[0], told.at(-1)], [false, true]);
  assert.deepEqual(seen().slice(0, 3), [true, true, true]);
  told.length = 0;
  playground.set("learningRate", 0.2);
  playground.set("batchSize", 3);
  await settle(160);
  assert.equal(isLocked(store.get()), true);
  assert.deepEqual(seen().slice(0, 4), [false, false, false, false]);
  playground.set("source", "circle");
  await settle(160);
  assert.ok(store.get().lock === null && store.get().frame?.test, "a made source hides nothing");
  end();
});

test("what a worker that is replaced says is as open as before", async () => {
  const workers = /** @type {any[]} */ ([]);
  const playground = createPlayground({
    spawn: () => (workers.push(inlineWorker()), workers.at(-1)),
    core: Promise.resolve(null),
    nextFrame: (callback) => setImmediate(callback),
    randomSeed: () => 42,
    hash: "source=iris",
    rememberHash: () => {},
    fetchSet: async () => new Response(HOUSES),
    loadTables: () => import("../../www/session/tableRun.js"),
  });
  await settle(160);
  turnLock(playground.store);
  await settle(60);
  assert.ok(playground.store.get().frame?.test);
  workers[0].crash("out of memory");
  await settle(300);
  assert.equal(workers.length, 2);
  assert.ok(playground.store.get().frame?.test && playground.store.get().points?.part.includes(2));
  playground.dispose();
});

test("runs on a table that were kept before their padlock was asked for show nothing of test rows", async () => {
  const old = (/** @type {string} */ id, /** @type {string} */ source, /** @type {object} */ more = {}) => ({
    id,
    at: Number(id),
    name: "",
    isStarred: false,
    settings: defaultsFor(source),
    hand: {},
    epochs: 1,
    training: { loss: 2 },
    test: { loss: 1 },
    curve: { epoch: [0, 1], training: [3, 2], test: [4, 1] },
    ...more,
  });
  const shelf = {
    all: async () => [old("1", "iris"), old("2", "circle"), old("3", "iris", { isOpen: true })],
    put: async () => {},
    remove: async () => {},
  };
  const store = createStore(
    /** @type {any} */ ({ settings: defaultsFor("circle"), description: null, frame: null, lock: null }),
  );
  const keeper = new RunHistory(/** @type {any} */ ({ store }), /** @type {any} */ (shelf), {
    now: () => 0,
    tick: () => 0,
  });
  await keeper.loaded;
  const { runs } = keeper.store.get();
  assert.deepEqual(
    runs.map(({ id, test: metrics, curve }) => [id, metrics?.loss ?? null, curve.test.at(-1)]),
    [
      ["3", 1, 1],
      ["2", 1, 1],
      ["1", null, NaN],
    ],
  );
});

test("a contest on a table drops what it said of the test rows when the lock is shut; one on a made source keeps it", () => {
  for (const [source, isKept] of /** @type {[string, boolean][]} */ ([
    ["iris", false],
    ["circle", true],
  ])) {
    const run = new ComparisonRun(/** @type {any} */ ({ store: createStore(/** @type {any} */ ({ lock: null })) }));
    const curve = {
      epoch: Float32Array.from([0, 1]),
      training: Float32Array.from([3, 2]),
      test: Float32Array.from([4, 1.25]),
    };
    const standing = (/** @type {number} */ loss) =>
      /** @type {any} */ ({
        status: "finished",
        epoch: 1,
        training: { loss: 2 },
        test: { loss },
        curve: { ...curve, test: Float32Array.from([4, loss]) },
      });
    const settings = defaultsFor(source);
    run.store.set({
      phase: "done",
      variants: [
        { name: "A", change: "", settings },
        { name: "B", change: "", settings },
      ],
      runs: [standing(1.25), standing(1.5)],
      verdict: "at a test loss of 1.25",
    });
    run.hideTest();
    const { runs, verdict } = run.store.get();
    assert.equal(
      runs.every(({ test: metrics, curve: { test: losses } }) => metrics === null && losses.every(Number.isNaN)),
      !isKept,
    );
    assert.equal(/1\.25/.test(verdict), isKept, verdict);
  }
});

/** A browser's storage. */
function shelf() {
  /** @type {Map<string, string>} */
  const all = new Map();
  return {
    all,
    getItem: (/** @type {string} */ key) => all.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void all.set(key, value),
  };
}

test("looks are counted from visit to visit, of the same rows only, and a page begins locked all the same", () => {
  const storage = shelf();
  const first = opened(storage);
  turnLock(first.store);
  turnLock(first.store);
  turnLock(first.store);
  const second = opened(storage);
  assert.deepEqual([second.lock().looks, second.lock().isOpen], [2, false]);
  second.open({ trainingShare: 0.7 });
  assert.equal(second.lock().looks, 0, "other rows");
  second.open({ trainingShare: 0.8 });
  turnLock(second.store);
  assert.equal(opened(storage).lock().looks, 3);
  // Another tab, which knows of fewer, takes none back.
  turnLock(first.store);
  turnLock(first.store);
  assert.equal(opened(storage).lock().looks, 3);
});

test("a run that stopped by the test rows has looked already when it is the same after a reload", () => {
  const storage = shelf();
  const visit = (/** @type {object} */ changes = {}) => {
    const { store, open, lock } = opened(storage);
    open({ goal: "testLoss", ...changes });
    store.set({ run: { state: "training", step: 2, epoch: 2, why: null, learningRate: 0.1 } });
    return lock().looks;
  };
  assert.equal(visit(), 1);
  assert.equal(visit(), 1, "the same start sees the same");
  assert.equal(visit({ patience: 3, goal: "none" }), 2);
});

test("storage that throws, or holds what is none of ours, counts for nothing; what is kept is bounded and names no table", () => {
  const broken = {
    getItem: () => {
      throw new Error("no");
    },
    setItem: () => {
      throw new Error("full");
    },
  };
  const { store, lock } = opened(broken);
  turnLock(store);
  assert.equal(lock().looks, 1);
  for (const text of ["[1]", "no json", '{"a":{"looks":-1,"by":""},"b":7,"c":{"looks":1e300,"by":""}}', "null"]) {
    const storage = shelf();
    storage.setItem("trainyard.looks", text);
    assert.equal(opened(storage).lock().looks, 0);
  }
  const storage = shelf();
  const { store: many, open } = opened(storage);
  for (let seed = 1; seed <= 150; seed++) {
    open({ seed });
    turnLock(many);
  }
  const kept = storage.getItem("trainyard.looks") ?? "";
  assert.equal(Object.keys(JSON.parse(kept)).length, 100);
  assert.doesNotMatch(kept, /iris|species/);
  const later = opened(storage);
  later.open({ seed: 51 });
  assert.equal(later.lock().looks, 1);
  later.open({ seed: 50 });
  assert.equal(later.lock().looks, 0, "the oldest gave way");
});
