import assert from "node:assert/strict";
import test from "node:test";
import { countLook, keepLocks, lockWords, turnLock } from "../../www/core/locks.js";
import { isLocked } from "../../www/core/padlock.js";
import { defaultsFor } from "../../www/core/spec.js";
import { createStore } from "../../www/core/store.js";

const table = { title: "iris.csv", description: { rows: 150 } };

function opened() {
  const store = createStore(/** @type {any} */ ({ settings: defaultsFor("iris"), table, description: null, lock: null }));
  keepLocks(store);
  const open = (/** @type {object} */ changes = {}) => store.set({ settings: { ...store.get().settings, ...changes }, description: {} });
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
  countLook(store);
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

test("a run that stops by the test rows looks at them, once for each choice of settings", () => {
  const { store, open, lock } = opened();
  const train = (/** @type {number} */ epochs) => {
    for (let epoch = 1; epoch <= epochs; epoch++) store.set({ run: { state: "training", step: epoch, epoch, why: null, learningRate: 0.1 } });
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
  for (const choice of [{ goal: "testLoss" }, { goal: "testAccuracy" }, { goal: "none", patience: 5 }, { patience: null, restoreBest: true }]) {
    start(choice);
    assert.equal(lock().looks, looks, "not before it trains");
    assert.match(lockWords(lock()), /This run goes by them to stop/);
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
  assert.equal(lock().looks, looks, "patience goes by validation rows; the test rows, and the looks at them, are the same");
  start({ goal: "testLoss" });
  train(3);
  assert.equal(lock().looks, looks + 1, "the goal does not");
});

test("it is said why, and how often one looked", () => {
  const lock = (/** @type {number} */ looks, isOpen = false) => lockWords({ isOpen, looks, stops: false, hasLooked: false, rows: "", settings: "" });
  assert.match(lock(0), /locked\. .* Nobody has looked yet\.$/);
  assert.match(lock(1, true), /leak.* Looked at once/);
  assert.match(lock(4), /Looked at 4 times/);
});
