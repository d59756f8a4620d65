// The run that goes on is kept for after a reload: when, what of it, and for how many pages.
import assert from "node:assert/strict";
import test from "node:test";
import { Autosave, MOST_CELLS } from "../../www/features/share/autosave.js";
import { createStore } from "../../www/base/store.js";
import { defaultsFor } from "../../www/settings/spec.js";
import { fakeIndexedDb } from "./fakeIndexedDb.js";
import { settle } from "./support.js";

/** A page whose run hands out checkpoints. @param {any} [more] @param {ReturnType<typeof fakeIndexedDb>} [base] */
function page(more = {}, base = fakeIndexedDb()) {
  globalThis.indexedDB = /** @type {any} */ (base.indexedDB);
  const clock = { now: 1_000_000 };
  const asked = /** @type {any[]} */ ([]);
  const store = createStore({
    settings: defaultsFor("circle"),
    run: { state: "training" },
    table: { title: "", description: null },
    notice: null,
    frozen: null,
    ...more,
  });
  const playground = /** @type {any} */ ({
    store,
    kept: null,
    client: {
      recall: () => undefined,
      request: async (/** @type {any[]} */ ...question) => (asked.push(question), "a,b\n1,2\n"),
    },
  });
  const autosave = new Autosave(playground, () => clock.now);
  const keep = async (epoch = 7) => {
    playground.kept({ bytes: new Uint8Array([epoch]), epoch });
    await settle();
  };
  return { autosave, store, clock, asked, keep, ...base };
}

const own = (rows = 3, title = "mine.csv") => ({
  settings: { ...defaultsFor("circle"), source: "table" },
  table: { title, description: { rows, columns: [{ name: "a" }, { name: "b" }] } },
});

test("a copy is kept every 0.9 s at most while it trains, and at once when it stands", async () => {
  const { keep, clock, autosave, store } = page();
  const epochs = async () => (await autosave.all()).map(({ epoch }) => epoch);
  assert.deepEqual([autosave.hasKept, await epochs()], [false, []]);
  await keep(1);
  assert.deepEqual([autosave.hasKept, await epochs()], [true, [1]]);
  clock.now += 899;
  await keep(2);
  assert.deepEqual(await epochs(), [1]);
  clock.now += 1;
  await keep(3);
  assert.deepEqual(await epochs(), [3]);
  store.set({ run: { state: "paused" } });
  await keep(4);
  assert.deepEqual(await epochs(), [4]);
  // A clock set back puts nothing off, and what is kept later is newer all the same.
  store.set({ run: { state: "training" } });
  const [before] = await autosave.all();
  clock.now -= 5000;
  await keep(5);
  const [after] = await autosave.all();
  assert.deepEqual([after.epoch, after.at], [5, before.at + 1]);
});

test("what is kept: a link with all of it, its checkpoint, no table", async () => {
  const { keep, autosave } = page({ settings: { ...defaultsFor("circle"), learningRate: 0.1 } });
  await keep(9);
  const [kept] = await autosave.all();
  assert.match(kept.link, /learningRate=0.1/);
  assert.deepEqual([[...kept.checkpoint], kept.epoch, kept.table, kept.rows, kept.unkept], [[9], 9, null, undefined, undefined]); // prettier-ignore
});

test("a table's rows are kept once, beside its run, and again when something in them is new", async (t) => {
  const { keep, autosave, asked, clock, store, state } = page(own());
  const written = t.mock.method(state.kept, "set").mock;
  await keep(1);
  const [kept] = await autosave.all();
  assert.deepEqual(kept.table, { title: "mine.csv", csv: "a,b\n1,2\n" });
  assert.deepEqual(asked, [["table", { ask: "csv" }]]);
  assert.equal(state.kept.size, 2);
  clock.now += 1000;
  await keep(2);
  assert.deepEqual([asked.length, written.callCount()], [1, 3]);
  store.set(own(4));
  clock.now += 1000;
  await keep(3);
  assert.deepEqual([asked.length, state.kept.size, written.callCount()], [2, 2, 5]);
  // Another source has no rows.
  store.set({ settings: defaultsFor("circle") });
  clock.now += 1000;
  await keep(4);
  assert.equal((await autosave.all())[0].table, null);
});

test("a table of more than half a million cells is not kept, which is said once and over nothing else", async () => {
  const fits = page(own(MOST_CELLS / 2));
  await fits.keep();
  assert.equal((await fits.autosave.all())[0].unkept, undefined);
  const { keep, autosave, store, clock, asked } = page(own(MOST_CELLS / 2 + 1, "large.csv"));
  await keep();
  const [kept] = await autosave.all();
  assert.deepEqual([kept.table, kept.unkept, asked.length], [null, { title: "large.csv", rows: 250_001 }, 0]);
  assert.match(store.get().notice.text, /^“large.csv” is too large to keep .* more than 500,000 cells/);
  store.set({ notice: null });
  clock.now += 1000;
  await keep();
  assert.equal(store.get().notice, null);
  const other = page({ ...own(MOST_CELLS, "x"), notice: { tone: "warning", text: "other" } });
  await other.keep();
  assert.equal(other.store.get().notice.text, "other");
});

test("the runs of four pages are kept, this one's among them, with their rows", async () => {
  const base = fakeIndexedDb();
  const run = (/** @type {number} */ at, /** @type {any} */ more = {}) => ({ link: "#", epoch: 1, at, checkpoint: new Uint8Array(1), table: null, ...more }); // prettier-ignore
  for (let i = 1; i <= 5; i++) base.state.kept.set(`page-${i}`, run(i, i < 3 ? { rows: `page-${i}-rows` } : {}));
  base.state.kept.set("page-1-rows", { title: "t", csv: "" });
  base.state.kept.set("page-2-rows", { title: "t", csv: "" });
  const { keep, autosave } = page({}, base);
  await keep();
  assert.deepEqual((await autosave.all()).map(({ at }) => at).slice(1), [5, 4, 3]);
  assert.deepEqual([...base.state.kept.keys()].filter((key) => key.endsWith("-rows")), []); // prettier-ignore
  const few = fakeIndexedDb();
  [1, 2, 3].forEach((at) => few.state.kept.set(`page-${at}`, run(at)));
  const another = page({}, few);
  await another.keep();
  assert.equal((await another.autosave.all()).length, 4);
});

test("what is damaged is left out, the newest comes first, and rows stand with their run", async () => {
  const base = fakeIndexedDb();
  const whole = { link: "#", epoch: 1, at: 5, checkpoint: new Uint8Array(1), table: null };
  const all = /** @type {any[]} */ ([
    { ...whole, at: 1 },
    { ...whole, at: 3, rows: "t" },
    { ...whole, unkept: { title: "x", rows: 2 } },
    { ...whole, unkept: { title: "x", rows: "2" } },
    { ...whole, unkept: { title: 1, rows: 2 } },
    { ...whole, checkpoint: [1] },
    { ...whole, link: null },
    { ...whole, engines: ["warp"] },
    { ...whole, at: NaN },
    { ...whole, epoch: undefined },
    { ...whole, table: { title: "t" } },
    { ...whole, table: { title: 5, csv: "" } },
    { ...whole, rows: "gone" },
    null,
  ]);
  all.forEach((one, i) => base.state.kept.set(`page-${i}`, one));
  base.state.kept.set("t", { title: "t.csv", csv: "a\n1\n" });
  const { autosave } = page({}, base);
  const found = await autosave.all();
  assert.deepEqual(found.map(({ at }) => at), [5, 3, 1]); // prettier-ignore
  assert.deepEqual(found[1].table, { title: "t.csv", csv: "a\n1\n" });
});

test("while one is written, of those that come the last one waits; a store that refuses stops nothing", async () => {
  const { keep, clock, autosave, state } = page();
  await keep(1);
  const before = state.writings;
  let go = () => {};
  state.hold = new Promise((resolve) => (go = () => resolve(undefined)));
  for (const epoch of [2, 3, 4]) {
    clock.now += 1000;
    await keep(epoch);
  }
  assert.equal(state.writings, before + 1);
  state.hold = null;
  go();
  await settle();
  assert.deepEqual([(await autosave.all())[0].epoch, state.writings], [4, before + 2]);
  state.refuses = true;
  clock.now += 1000;
  await keep(5);
  state.refuses = false;
  clock.now += 1000;
  await keep(6);
  assert.equal((await autosave.all())[0].epoch, 6);
});

test("a browser without storage, or one that throws at a look, keeps nothing and fails nowhere", async () => {
  const { indexedDB } = globalThis;
  for (const descriptor of [
    { value: undefined },
    { value: null },
    {
      get: () => {
        throw new Error("forbidden");
      },
    },
  ]) {
    // prettier-ignore
    const { autosave } = page();
    assert.ok(autosave);
    Object.defineProperty(globalThis, "indexedDB", { ...descriptor, configurable: true });
    const playground = /** @type {any} */ ({ store: createStore({ run: { state: "paused" } }) });
    const none = new Autosave(playground, () => 0);
    playground.kept({ bytes: new Uint8Array(), epoch: 1 });
    await settle();
    assert.deepEqual([await none.all(), none.hasKept], [[], false]);
    Object.defineProperty(globalThis, "indexedDB", { value: indexedDB, configurable: true, writable: true });
  }
});
