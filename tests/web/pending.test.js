// What stays said until it is mended: nothing else that is said takes its place.
import assert from "node:assert/strict";
import test from "node:test";
import { createStore } from "../../www/base/store.js";
import { tellLack, tellPending, withdraw } from "../../www/session/pending.js";
import { tellSilence } from "../../www/session/silence.js";

const page = () => createStore({ notice: null, pending: [] });
const said = (store) => store.get().pending.map(({ text }) => text);

test("two parts that are missing are both told, and each is asked for again by itself", () => {
  const store = page();
  const asked = [];
  for (const name of ["A", "B"]) tellLack(store, `${name} is missing.`, () => asked.push(name));
  assert.deepEqual(said(store), ["A is missing.", "B is missing."]);
  store.get().pending[0].action.run();
  assert.deepEqual([said(store), asked], [["B is missing."], ["A"]]);
  tellLack(store, "A is missing.", () => {});
  assert.deepEqual(said(store), ["B is missing.", "A is missing."], "missing still: told again");
});

test("the same is told once", () => {
  const store = page();
  tellLack(store, "A is missing.", () => {});
  tellLack(store, "A is missing.", () => {});
  assert.deepEqual(said(store), ["A is missing."]);
});

test("a worker that answers again takes back what was said of its silence, and nothing else", () => {
  const store = page();
  tellLack(store, "A is missing.", () => {});
  tellSilence(store, "start", () => {});
  tellSilence(store, "worker", () => {});
  assert.equal(said(store).length, 2);
  assert.match(said(store)[1], /does not respond/);
  store.set({ notice: { tone: "info", text: "A file was opened." } });
  tellSilence(store, null, () => {});
  assert.deepEqual([said(store), store.get().notice.text], [["A is missing."], "A file was opened."]);
});

test("where nothing is taken back, nobody is told of a change", () => {
  const store = page();
  tellPending(store, { tone: "info", text: "An update is ready." });
  let changes = 0;
  store.subscribe(() => (changes += 1));
  withdraw(store, "something else");
  tellSilence(store, null, () => {});
  assert.equal(changes, 0);
});
