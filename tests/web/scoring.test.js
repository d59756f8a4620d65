// What is asked again and again while a run trains, and how good the run is as all panels share it, with a double of the page.
import assert from "node:assert/strict";
import test from "node:test";
import { createStore } from "../../www/base/store.js";
import { Inquiry } from "../../www/session/inquiry.js";
import { judgedBy } from "../../www/session/judgedRows.js";
import { Scoring, scoringOf } from "../../www/session/scoring.js";
import { moveThreshold, thresholdOf, usualThreshold } from "../../www/session/threshold.js";

const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

/** Something to be resolved by hand. */
function waiting() {
  /** @type {((value: any) => void)[]} */
  const open = [];
  return { open, ask: () => new Promise((/** @type {(value: any) => void} */ resolve) => open.push(resolve)) };
}

test("while one question is under way no other is asked; what changed meanwhile is asked once more", async () => {
  const { open, ask } = waiting();
  const inquiry = new Inquiry(ask);
  void inquiry.now();
  void inquiry.now();
  void inquiry.now();
  assert.equal(open.length, 1);
  open[0](null);
  await settle();
  assert.equal(open.length, 2, "asked anew");
  open[1](null);
  await settle();
  assert.equal(open.length, 2, "and not again");
});

test("of many frames the last one is always asked about, after a pause; a failure ends nothing", async () => {
  let count = 0;
  let newest = 0;
  /** @type {number[]} */
  const seen = [];
  const inquiry = new Inquiry(async () => {
    seen.push(newest);
    if (count++ === 0) throw new Error("the worker was replaced");
  });
  for (newest = 1; newest <= 5; newest++) inquiry.soon();
  newest = 5;
  await settle();
  assert.deepEqual(seen, [5], "five frames are one question");
  newest = 6;
  inquiry.soon();
  await settle();
  assert.deepEqual(seen, [5], "soon after it waits");
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.deepEqual(seen, [5, 6]);
  inquiry.soon();
  inquiry.stop();
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.deepEqual(seen, [5, 6], "stopped");
});

const DESCRIPTION = {
  task: "classification",
  classes: 2,
  outputs: 1,
  loss: "cross-entropy",
  rows: { train: 80, validation: 10, test: 10 },
};
const FRAME = { run: 1, training: {}, validation: {}, test: {} };

/** A page with a run that stands. @param {object} [own] */
function page(own = {}) {
  /** @type {any} */
  const state = {
    description: DESCRIPTION,
    frame: FRAME,
    lock: null,
    run: { state: "paused" },
    shown: 1,
    threshold: null,
    ...own,
  };
  /** @type {{type: string, fields: any, answer: (value: any) => void, fail: (error: any) => void}[]} */
  const asked = [];
  const playground = /** @type {any} */ ({
    store: createStore(state),
    ask: (/** @type {string} */ type, /** @type {any} */ fields) =>
      new Promise((answer, fail) => asked.push({ type, fields, answer, fail })),
    decide: (/** @type {any} */ frame) => frame,
  });
  return { playground, asked, scoring: new Scoring(playground) };
}

test("scores are asked for as long as a panel shows them, once for all of them", async () => {
  const { playground, asked, scoring } = page();
  assert.equal(asked.length, 0);
  const [leave, leaveToo] = [scoring.join(), scoring.join()];
  await settle();
  assert.deepEqual(
    asked.map(({ type, fields }) => [type, fields]),
    [["scores", { part: 2, isQuick: false }]],
  );
  asked[0].answer({ scores: "good", guess: "bad" });
  await settle();
  assert.equal(scoring.answer?.scores, "good");
  leave();
  leaveToo();
  playground.store.set({ frame: { ...FRAME } });
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(asked.length, 1, "nobody looks");
  assert.equal(scoringOf(playground), scoringOf(playground));
});

test("the rows are those that the run is judged by, until others are chosen; those that aren't there can't be", () => {
  const lock = { isOpen: false };
  const part = (/** @type {object} */ own) => page(own).scoring.part;
  assert.equal(part({}), 2);
  assert.equal(part({ lock }), 1);
  assert.equal(part({ lock, frame: { ...FRAME, validation: null } }), 0);
  assert.equal(judgedBy({ frame: null, lock: null }), null);
  const { playground, scoring } = page();
  scoring.choose(1);
  assert.equal(scoring.part, 1);
  playground.store.set({ description: { ...DESCRIPTION, rows: { train: 90, validation: 0, test: 10 } } });
  assert.equal(scoring.part, 2);
});

test("locked test rows are not asked about, and what was said of them goes with the lock", async () => {
  const { playground, asked, scoring } = page({ lock: { isOpen: false } });
  scoring.choose(2);
  const leave = scoring.join();
  await settle();
  assert.deepEqual([asked.length, scoring.isLocked, scoring.answer], [0, true, null]);
  playground.store.set({ lock: { isOpen: true } });
  await settle();
  assert.equal(asked[0]?.fields.part, 2);
  asked[0].answer({ scores: "of test rows", guess: "" });
  await settle();
  assert.equal(scoring.answer?.scores, "of test rows");
  playground.store.set({ lock: { isOpen: false } });
  assert.deepEqual([scoring.answer, scoring.store.get().answer], [null, null]);
  leave();
});

test("an answer that comes after the lock was shut, or for another run or other rows, is dropped", async () => {
  for (const change of [
    { lock: { isOpen: false } },
    { description: { ...DESCRIPTION } },
    (/** @type {Scoring} */ scoring) => scoring.choose(0),
  ]) {
    const { playground, asked, scoring } = page({ lock: { isOpen: true } });
    const leave = scoring.join();
    await settle();
    assert.equal(asked[0].fields.part, 2);
    if (typeof change === "function") change(scoring);
    else playground.store.set(change);
    asked[0].answer({ scores: "late", guess: "" });
    await settle();
    assert.equal(scoring.answer, null);
    leave();
  }
});

test("intervals wait until the run stands; what can't be scored, or loaded, is told", async () => {
  const { playground, asked, scoring } = page({ run: { state: "training" } });
  const leave = scoring.join();
  await settle();
  assert.equal(asked[0].fields.isQuick, true);
  asked[0].answer(null);
  await settle();
  assert.deepEqual([scoring.isNone, scoring.answer], [true, null]);
  playground.store.set({ run: { state: "paused" } });
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(asked[1].fields.isQuick, false);
  asked[1].fail(Object.assign(new Error("Check the connection."), { code: "offline" }));
  await settle();
  assert.equal(scoring.store.get().problem, "Check the connection.");
  scoring.again();
  await settle();
  assert.deepEqual([asked.length, scoring.store.get().problem], [3, null]);
  asked[2].fail(Object.assign(new Error("gone"), { code: "no-such-run" }));
  await settle();
  assert.equal(scoring.store.get().problem, null, "the next frame asks again");
  leave();
});

test("a moved threshold decides of frames of its run, and put back leaves the engine's classes", () => {
  const outputs = Float64Array.of(0.2, 0.4, 0.6);
  const classes = Uint32Array.of(0, 0, 1);
  const { playground } = page({ frame: { ...FRAME, outputs, classes } });
  const shown = () => playground.store.get();
  moveThreshold(playground, { class: 1, at: 0.3 });
  assert.deepEqual([...shown().frame.classes], [0, 1, 1]);
  moveThreshold(playground, { class: 1, at: 0.6 });
  assert.deepEqual([...shown().frame.classes], [0, 0, 0]);
  assert.deepEqual(thresholdOf(shown()), { run: 1, class: 1, at: 0.6 });
  const next = { ...FRAME, outputs: Float64Array.of(0.7), classes: Uint32Array.of(1) };
  assert.deepEqual([...playground.decide(next).classes], [1]);
  assert.deepEqual([...playground.decide({ ...next, outputs: Float64Array.of(0.55) }).classes], [0]);
  // Another run has its own decisions.
  assert.deepEqual([...playground.decide({ ...next, run: 2, outputs: Float64Array.of(0.55) }).classes], [1]);
  assert.equal(thresholdOf({ ...shown(), shown: 2 }), null);
  moveThreshold(playground, null);
  assert.equal(shown().frame.classes, classes);
  assert.equal(thresholdOf(shown()), null);
  // Values are not decided about.
  const values = { ...FRAME, outputs };
  assert.equal(playground.decide(/** @type {any} */ (values)), values);
  assert.deepEqual([usualThreshold({ loss: "cross-entropy" }), usualThreshold({ loss: "hinge" })], [0.5, 0]);
});
