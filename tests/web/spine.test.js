// The process as the page's spine, by its models: how far each step is, which step is open, what the small pictures show.
import assert from "node:assert/strict";
import test from "node:test";
import { FEATURES, STEPS } from "../../www/app/features.js";
import { stepStates } from "../../www/app/stepStates.js";
import { stepOf } from "../../www/app/views.js";
import { calibrationOf, countsOf, errorsOf, rocOf } from "../../www/features/thumbnails/sample.js";
import { History } from "../../www/session/history.js";
import { settingOf } from "../../www/settings/config.js";
import { defaultsFor } from "../../www/settings/spec.js";
import { experimentHash, readHash, writeHash } from "../../www/settings/url.js";
import { createStore } from "../../www/base/store.js";

test("every feature below the panels belongs to a step, and every step can be opened by a link", () => {
  const ids = STEPS.map(({ id }) => id);
  for (const { id, step, title } of FEATURES)
    assert.ok(ids.includes(step) || (step === "page" && !title), `${id}: ${step}`);
  const choices = (settingOf("view").choices ?? []).map(({ value }) => value);
  assert.deepEqual(choices, ["playground", ...ids]);
  // A step without a panel on the first screen has features, or it would be empty.
  for (const { id, panel } of STEPS) assert.ok(panel || FEATURES.some(({ step, title }) => step === id && title), id);
});

test("a link says which step is open, and leaves out that none is", () => {
  const settings = readHash("#source=xor&view=training").settings;
  assert.equal(settings.view, "training");
  assert.equal(writeHash(settings), "source=xor&view=training");
  assert.equal(experimentHash(settings), "source=xor");
  assert.equal(writeHash(defaultsFor("circle")), "");
  assert.deepEqual(readHash("#view=nowhere").ignored, ["view=nowhere"]);
});

test("no step is open in an embed, nor where a link leaves out what is below the panels", () => {
  const open = (/** @type {object} */ changes) => stepOf({ ...defaultsFor("circle"), ...changes });
  assert.equal(open({}), "");
  assert.equal(open({ view: "data" }), "data");
  assert.equal(open({ view: "data", hide: ["noise"] }), "data");
  assert.equal(open({ view: "data", hide: ["noise", "folds"] }), "");
  assert.equal(open({ view: "data", embed: "compact" }), "");
});

test("to open a step is no change to undo; a setting is", () => {
  const store = createStore({ settings: defaultsFor("circle"), hand: {} });
  const history = new History(/** @type {any} */ ({ store }), () => 0);
  store.set({ settings: { ...store.get().settings, view: "training" } });
  assert.equal(history.canUndo, false);
  store.set({ settings: { ...store.get().settings, learningRate: 1 } });
  assert.equal(history.canUndo, true);
});

/** @param {any} [changes] @param {any} [known] */
const statesOf = (changes = {}, known = {}) => {
  const state = { description: {}, run: { state: "ready" }, lock: null, ...changes };
  const all = stepStates({ state, watch: { alert: null, rescue: null }, runs: 0, findings: null, ...known });
  return Object.fromEntries(Object.entries(all).map(([id, { is, count }]) => [id, count ? `${is} ${count}` : is]));
};

test("each step says how far it is", () => {
  const fresh = {
    data: "done",
    model: "done",
    training: "open",
    evaluation: "open",
    selection: "open",
    export: "none",
  };
  assert.deepEqual(statesOf(), fresh);
  assert.deepEqual(statesOf({ description: null, run: null }), { ...fresh, data: "open", model: "open" });
  assert.deepEqual(statesOf({ run: { state: "paused" } }), fresh);
  assert.deepEqual(statesOf({ run: { state: "finished" } }), { ...fresh, training: "done", evaluation: "done" });
  assert.deepEqual(statesOf({ run: { state: "diverged" } }), { ...fresh, training: "attention 1" });
  assert.deepEqual(statesOf({ run: { state: "failed" } }), { ...fresh, model: "open", training: "attention 1" });
  const watch = { alert: { title: "Overfitting" }, rescue: null };
  assert.deepEqual(statesOf({ run: { state: "finished" } }, { watch }).training, "attention 1");
  assert.deepEqual(statesOf({}, { findings: 0 }).data, "done");
  assert.deepEqual(statesOf({}, { findings: 3 }).data, "attention 3");
  assert.deepEqual([statesOf({}, { runs: 1 }).selection, statesOf({}, { runs: 2 }).selection], ["open", "done"]);
  const finished = { state: "finished" };
  assert.equal(statesOf({ run: finished, lock: { isOpen: false } }).evaluation, "locked");
  assert.equal(statesOf({ run: finished, lock: { isOpen: true } }).evaluation, "done");
});

/** @param {number[]} outputs @param {number[]} classes @param {number[]} targets @param {any} [more] */
function toldOf(outputs, classes, targets, more = {}) {
  const of = { classes: 2, outputs: 1, task: "classification", loss: "cross-entropy", ...more };
  const told = { of, outputs: Float64Array.from(outputs), classes: Uint32Array.from(classes), targets };
  return /** @type {[any, any]} */ ([told, of]);
}

test("small pictures: counts, hits against false alarms, errors; and nothing of another run", () => {
  const [told, of] = toldOf([0.9, 0.8, 0.8, 0.1], [1, 1, 1, 0], [1, 1, 0, 0]);
  assert.deepEqual(countsOf(told, of), [
    [1, 1],
    [0, 2],
  ]);
  // The two rows of one score pass together.
  assert.deepEqual(rocOf(told, of), [
    [0, 0],
    [0, 0.5],
    [0.5, 1],
    [1, 1],
  ]);
  assert.deepEqual(rocOf(...toldOf([0.9, 0.1], [1, 0], [1, 1])), [], "of one class there is no curve");
  for (const picture of [countsOf, rocOf, calibrationOf, errorsOf]) {
    assert.deepEqual(picture(told, { ...of }), []);
    assert.deepEqual(picture(null, of), []);
  }
  const [values, number] = toldOf([1, 2, NaN], [0, 0, 0], [1.5, 1, 3], { classes: null, task: "regression" });
  assert.deepEqual(errorsOf(values, number), [0.5, -1]);
  assert.deepEqual(rocOf(values, number), []);
  assert.deepEqual(errorsOf(told, of), []);
});

test("small pictures: the share of each class beside its probability, bin by bin", () => {
  const line = calibrationOf(...toldOf([0.9, 0.95, 1, 0.1], [1, 1, 1, 0], [1, 1, 0, 0]));
  assert.equal(line.length, 2);
  assert.deepEqual(line[0], [0.1, 0]);
  assert.ok(Math.abs(line[1][0] - 0.95) <= 1e-12 && Math.abs(line[1][1] - 2 / 3) <= 1e-12, String(line));
});
