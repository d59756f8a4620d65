import assert from "node:assert/strict";
import test from "node:test";
import { History } from "../../www/session/history.js";
import { defaultsFor } from "../../www/settings/spec.js";
import { createStore } from "../../www/base/store.js";

function setUp() {
  let time = 0;
  const store = createStore({ settings: defaultsFor("circle"), hand: {} });
  const playground = {
    store,
    set: (key, value) =>
      store.set(({ settings, hand }) => ({ settings: { ...settings, [key]: value }, hand: { ...hand, [key]: value } })),
    take: (settings, hand) => store.set({ settings, hand }),
  };
  const history = new History(playground, () => time);
  return { store, playground, history, wait: (ms) => (time += ms), noise: () => store.get().settings.noise };
}

test("changes are undone and done again, with what was set by hand", () => {
  const { playground, history, wait, noise, store } = setUp();
  assert.equal(history.canUndo, false);
  for (const value of [0.1, 0.2, 0.3]) {
    wait(1000);
    playground.set("noise", value);
  }
  history.undo();
  assert.equal(noise(), 0.2);
  history.undo();
  history.undo();
  history.undo(); // nothing is left: nothing happens
  assert.equal(noise(), 0);
  assert.deepEqual(store.get().hand, {});
  assert.equal(history.canUndo, false);
  history.redo();
  history.redo();
  assert.equal(noise(), 0.2);
  assert.deepEqual(store.get().hand, { noise: 0.2 });
});

test("a slider on its way is one change; another setting is another", () => {
  const { playground, history, wait, noise } = setUp();
  for (let value = 1; value <= 20; value++) {
    wait(30);
    playground.set("noise", value / 100);
  }
  playground.set("seed", 3);
  history.undo();
  assert.equal(noise(), 0.2);
  history.undo();
  assert.equal(noise(), 0);
  assert.equal(history.canUndo, false);
});

test("moves of one setting 700 ms apart are two, closer ones are one", () => {
  const steps = (/** @type {number} */ ms) => {
    const { playground, history, wait } = setUp();
    playground.set("noise", 0.1);
    wait(ms);
    playground.set("noise", 0.2);
    history.undo();
    return history.canUndo ? 2 : 1;
  };
  assert.deepEqual([steps(699), steps(700)], [1, 2]);
});

test("a new change ends what could be done again; what the rows tell is no change", () => {
  const { playground, history, wait, store, noise } = setUp();
  playground.set("noise", 0.5);
  history.undo();
  wait(1000);
  playground.set("seed", 9);
  assert.equal(history.canRedo, false);
  store.set(({ settings }) => ({ settings: { ...settings, foundTask: "regression" } }));
  history.undo();
  assert.deepEqual([noise(), history.canUndo], [0, false]);
});

test("a list that is written anew and says the same is no change", () => {
  const { playground, history, store, wait } = setUp();
  playground.set("layers", [...store.get().settings.layers]);
  assert.equal(history.canUndo, false);
  wait(1000);
  playground.set("layers", [...store.get().settings.layers, 2]);
  assert.equal(history.canUndo, true);
});
