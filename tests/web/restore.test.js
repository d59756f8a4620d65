// An experiment that was kept or saved comes back: its link or rows, its weights, its looks; and is tried apart first.
import assert from "node:assert/strict";
import test from "node:test";
import { createStore } from "../../www/base/store.js";
import { readExperiment, writeExperiment } from "../../www/features/share/experimentFile.js";
import { restore, tryOut } from "../../www/features/share/restore.js";
import { createPlayground } from "../../www/session/playground.js";
import { inlineWorker, settle } from "./support.js";

const table = { title: "mine.csv", csv: "a,b\n1,2\n" };
const checkpoint = new Uint8Array([1, 2, 3]);

/** A page that notes what it is asked for; runs stand when the test says so. */
function page(isRead = true) {
  /** @type {any[]} */
  const asked = [];
  const store = createStore(
    /** @type {any} */ ({ settings: {}, description: null, frame: null, run: null, lock: { looks: 0 } }),
  );
  const playground = /** @type {any} */ ({
    store,
    openLink: (/** @type {string} */ link, /** @type {object} */ how) => asked.push(["link", link, how]),
    withTables: (/** @type {any} */ act) =>
      act({ openWith: async (/** @type {any} */ rows, /** @type {any} */ { settings }) => (asked.push(["rows", rows.title, settings.source]), isRead) }), // prettier-ignore
    client: { load: async (/** @type {Uint8Array} */ bytes) => void asked.push(["load", [...bytes]]) },
  });
  return { store, playground, asked };
}

/** Whether a promise has ended by now, and how. @param {Promise<unknown>} promise */
function watched(promise) {
  const seen = { is: "open", why: "" };
  promise.then(
    () => (seen.is = "done"),
    (error) => Object.assign(seen, { is: "refused", why: error.message }),
  );
  return seen;
}

test("a link is opened, then its weights are put back once the run stands", async () => {
  const { store, playground, asked } = page();
  const seen = watched(restore(playground, { link: "source=xor", checkpoint, table: null, looks: 2 }));
  await settle();
  assert.deepEqual(asked, [["link", "source=xor", { isAddress: false }]]);
  store.set({ frame: {} });
  await settle();
  assert.equal(seen.is, "open", "a frame of the run before is not the new one's");
  store.set({ frame: null, description: {} });
  await settle();
  assert.equal(seen.is, "open", "nothing is drawn yet");
  store.set({ frame: {} });
  await settle();
  assert.deepEqual([seen.is, asked.at(-1), store.get().lock.looks], ["done", ["load", [1, 2, 3]], 2]);
});

test("a link that is being opened already is not opened again, and without weights none are put back", async () => {
  const { store, playground, asked } = page();
  const seen = watched(restore(playground, { link: "source=xor", checkpoint: null, table: null }, true));
  store.set({ description: {}, frame: {} });
  await settle();
  assert.deepEqual([seen.is, asked, store.get().lock.looks], ["done", [], 0]);
});

test("rows of its own are read by the table's part; where that can't be had, it says so", async () => {
  const { store, playground, asked } = page();
  const seen = watched(restore(playground, { link: "source=table", checkpoint: null, table }));
  await settle();
  store.set({ description: {}, frame: {} });
  await settle();
  assert.deepEqual([seen.is, asked], ["done", [["rows", "mine.csv", "table"]]]);
  const lacking = page(false);
  await assert.rejects(
    restore(lacking.playground, { link: "source=table", checkpoint: null, table }),
    /^Error: Table support could not be loaded\. Check your connection and try again\.$/,
  );
});

test("a run that fails is told; one that had failed before says nothing of the new one", async () => {
  const { store, playground } = page();
  store.set({ run: { state: "failed", why: "of old" } });
  const seen = watched(restore(playground, { link: "", checkpoint: null, table: null }));
  store.set({ frame: null });
  await settle();
  assert.equal(seen.is, "open");
  store.set({ run: { state: "failed", why: "Too many layers." } });
  await settle();
  assert.deepEqual(seen, { is: "refused", why: "Too many layers." });
});

/** A real page whose next workers are these. @param {any[]} workers */
function realPage(workers) {
  return createPlayground(
    /** @type {any} */ ({
      spawn: () => workers.shift(),
      core: Promise.resolve(null),
      nextFrame: (/** @type {() => void} */ callback) => setImmediate(callback),
      randomSeed: () => 42,
      hash: "",
      rememberHash: () => {},
    }),
  );
}

test("an experiment from outside is tried in a page of its own, with its link, which is over afterwards", async () => {
  const [own, other] = [inlineWorker(), inlineWorker()];
  const playground = realPage([own, other]);
  await settle(60);
  await tryOut(playground, { link: "noise=0.3", checkpoint: null, table: null });
  assert.deepEqual([other.runner.trainers[0].spec.data.noise, other.isTerminated], [0.3, true]);
  assert.deepEqual([playground.store.get().settings.noise, own.isTerminated], [0, false], "the page is as it was");
  playground.dispose();
});

test("a trial that brings nothing within a minute is over", async (t) => {
  const silent = () => ({ onmessage: null, onerror: null, isOver: false, postMessage() {}, terminate() { this.isOver = true; } }); // prettier-ignore
  const [own, other] = [silent(), silent()];
  const playground = realPage([own, other]);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const seen = watched(tryOut(playground, { link: "", checkpoint: null, table: null }));
  await settle();
  t.mock.timers.tick(59_999);
  await settle();
  assert.equal(seen.is, "open");
  t.mock.timers.tick(1);
  await settle();
  assert.deepEqual([seen, other.isOver], [{ is: "refused", why: "It could not be opened within a minute." }, true]);
  playground.dispose();
});

test("weights of any size come back from a file as they were; what is no text is refused", () => {
  for (const size of [0, 1, 0x7fff, 0x8000, 0x8001, 70_000]) {
    const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31) % 256);
    const text = writeExperiment({ link: "source=xor", spec: {}, epoch: 3, checkpoint: bytes, table: null });
    assert.deepEqual(readExperiment(text).checkpoint, bytes, `${size} bytes`);
  }
  const file = (/** @type {unknown} */ bytes) => JSON.stringify({ trainyard: 1, link: "", checkpoint: bytes });
  assert.equal(readExperiment(file(null)).checkpoint, null);
  for (const wrong of [7, [1], {}, true])
    assert.throws(() => readExperiment(file(wrong)), /“checkpoint” .* is not text/);
  assert.throws(() => readExperiment(file("%")), /checkpoint .* is damaged/);
});

test("a drawing without two points is refused at once: no run comes of it, however long one waits", async () => {
  for (const points of ["", "&points=1,1", "&points=1,1!0,abc,2,2"]) {
    const playground = realPage([inlineWorker(), inlineWorker()]);
    await settle(60);
    const seen = watched(tryOut(playground, { link: `source=drawn${points}`, checkpoint: null, table: null }));
    await settle();
    assert.deepEqual([seen.is, /no two points/.test(seen.why)], ["refused", true], points);
    playground.dispose();
  }
});
