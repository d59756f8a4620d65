import assert from "node:assert/strict";
import test from "node:test";
import { createStore, watch } from "../../www/base/store.js";

test("set merges, tells the new and the old state, and is silent when nothing is new", () => {
  const store = createStore({ a: 1, b: { c: 2 } });
  const calls = [];
  store.subscribe((state, previous) => calls.push([state.a, previous.a]));
  store.set({ a: 2 });
  store.set({ a: 2 });
  store.set(({ a }) => ({ a: a + 1 }));
  assert.deepEqual(calls, [
    [2, 1],
    [3, 2],
  ]);
  assert.deepEqual(store.get(), { a: 3, b: { c: 2 } });
});

test("NaN is equal to itself: it does not tell for ever", () => {
  const store = createStore({ a: NaN });
  let calls = 0;
  store.subscribe(() => calls++);
  store.set({ a: NaN });
  assert.equal(calls, 0);
});

test("subscribe returns its own undo, which may be called while telling", () => {
  const store = createStore({ a: 1 });
  let first = 0;
  let second = 0;
  const end = store.subscribe(() => (first++, end()));
  store.subscribe(() => second++);
  store.set({ a: 2 });
  store.set({ a: 3 });
  assert.deepEqual([first, second], [1, 2]);
});

test("who ends its subscription while another sets hears once, whoever subscribed first", () => {
  const store = createStore({ a: 1, b: 1 });
  store.subscribe(({ a, b }) => store.set({ b: Math.max(a, b) }));
  let calls = 0;
  const end = store.subscribe(() => (calls++, end()));
  store.set({ a: 2 });
  assert.equal(calls, 1);
});

test("watch calls only when what it picks has changed", () => {
  const store = createStore({ a: 1, b: 1, c: 1 });
  const seen = [];
  watch(
    store,
    ({ a, b }) => [a, b],
    (value) => seen.push(value),
  );
  store.set({ c: 2 });
  store.set({ b: 2 });
  assert.deepEqual(seen, [[1, 2]]);
});
