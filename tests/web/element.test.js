// What an element reads of its attributes, its goals, what its host is told, and who gets a worker.
import assert from "node:assert/strict";
import test from "node:test";
import { controlsOf, hashOf, keyOf, problemOf } from "../../www/element/attributes.js";
import { figuresOf, isReached, readGoals } from "../../www/element/goal.js";
import { MOST, Seats } from "../../www/element/seats.js";
import { scoped } from "../../www/element/styles.js";
import { Teller, toldOf } from "../../www/element/teller.js";
import * as snippet from "../../www/features/share/snippet.js";
import { SETTINGS } from "../../www/settings/config.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { readHash } from "../../www/settings/url.js";

const host = (/** @type {Record<string, string>} */ attributes) =>
  /** @type {any} */ ({ attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })) });

test("attributes are settings by their keys, or by the last word of their path", () => {
  assert.deepEqual(
    ["learning-rate", "max-epochs", "epochs", "batch-size", "train", "layers", "seed", "weight-decay"].map(keyOf),
    ["learningRate", "epochs", "epochs", "batchSize", "trainingShare", "layers", "seed", "weightDecay"],
  );
  // Of the element itself, or of any element.
  assert.deepEqual(["goal", "view", "class", "title", "lang", "type", "data-mine"].map(keyOf), Array(7).fill(null));
  const { settings, ignored } = readHash(
    hashOf(host({ source: "xor", "max-epochs": "7", layers: "3,2", view: "loss" })),
  );
  assert.deepEqual([settings.source, settings.epochs, settings.layers, ignored], ["xor", 7, [3, 2], []]);
  const isPlain = ({ key, kind }) => kind !== "view" && key !== "goal";
  assert.deepEqual(
    SETTINGS.filter(isPlain).filter(({ key }) => !keyOf(key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`))),
    [],
  );
});

test("what can't be used is named with what may stand there; what any element may have is let through", () => {
  assert.match(problemOf("circle", "nois", "1"), /Did you mean “noise”/);
  assert.match(problemOf("circle", "noise", "7"), /noise=“7” was left out: .*1/);
  assert.match(problemOf("circle", "source", "nothing"), /source=“nothing”/);
  assert.equal(problemOf("circle", "somethingelse", "1"), "“somethingelse” is no attribute of train-yard.");
  for (const name of ["class", "id", "data-v-1", "aria-label", "onclick", "_ngcontent-x", "v:is", "goal", "controls"])
    assert.equal(problemOf("circle", name, "1"), null, name);
});

test("a Spec is a property, no attribute; a control is a button, a figure or a setting, and no other word", () => {
  assert.match(problemOf("circle", "spec", "{}"), /^“spec” is no attribute/);
  assert.deepEqual(controlsOf("play, learning-rate,none,test-loss,new-seed"), ["play", "learning-rate", "test-loss", "new-seed"]); // prettier-ignore
  assert.deepEqual(controlsOf(""), []);
  assert.throws(() => controlsOf("play,sky"), /“sky” is no control.* play, step, reset.*test-accuracy/s);
  assert.deepEqual(controlsOf("sky", ["sky"]), ["sky"]);
});

test("a goal is reached by a figure that the run has, and by no other", () => {
  const figures = {
    epoch: 3,
    step: 30,
    "test-loss": 0.04,
    "training-loss": NaN,
    "test-accuracy": 0.97,
    "test-mae": null,
  };
  const reaches = (/** @type {string} */ text) => readGoals(text).every((goal) => isReached(goal, figures));
  for (const text of ["test-loss<0.05", "epoch>=3", "accuracy > 96%", "test-loss<=4e-2, step<31"])
    assert.ok(reaches(text), text);
  for (const text of [
    "test-loss<0.04",
    "epoch>3",
    "training-loss<9",
    "training-loss>0",
    "test-mae<9",
    "validation-loss<1",
  ])
    assert.ok(!reaches(text), text);
  assert.deepEqual(readGoals(""), []);
  for (const text of ["loss", "test-loss<", "tests<1", "test-loss=1", "test-loss<0.0.5"])
    assert.throws(() => readGoals(text), /is no goal.*test-loss<0\.05/s, text);
});

const frame = (epoch, loss, test = { loss }) =>
  /** @type {any} */ ({ epoch, step: epoch * 10, training: { loss }, validation: null, test });

test("figures of locked test rows are null", () => {
  assert.equal(figuresOf(frame(1, 2))["test-loss"], 2);
  assert.equal(figuresOf(frame(1, 2, null))["test-loss"], null);
});

test("each epoch is told, a goal once a run, and the end with its last figures", () => {
  const told = [];
  const teller = new Teller((name, detail) => told.push([name, detail.epoch]));
  teller.goal = "training-loss<0.5";
  let now = /** @type {any} */ ({ shown: 1, run: null, frame: null });
  const hear = (change, wants = true) => {
    const before = now;
    now = { ...now, ...change };
    teller.hear(now, before, wants);
  };
  const run = (state, epoch) => ({ state, epoch, step: epoch * 10, why: null });
  hear({ run: run("ready", 0), frame: frame(0, 0.1) });
  assert.deepEqual(told, [], "nothing is learned yet");
  hear({ run: run("training", 0) });
  hear({ frame: frame(1, 0.7) });
  hear({ frame: frame(1, 0.6) });
  hear({ frame: frame(2, 0.4) });
  hear({ frame: frame(3, 0.3) });
  hear({ run: run("finished", 4) });
  assert.equal(toldOf(now, true).status, "training", "its last frame is on its way");
  hear({ frame: frame(4, 0.2) });
  assert.deepEqual(told, [
    ["epoch", 1],
    ["epoch", 2],
    ["goal", 2],
    ["epoch", 3],
    ["epoch", 4],
    ["stop", 4],
  ]);
  assert.equal(toldOf(now, true).status, "finished");
  told.length = 0;
  hear({ shown: 2, run: run("ready", 0), frame: frame(0, 0.9) });
  hear({ run: run("training", 0) });
  hear({ frame: frame(1, 0.4) });
  hear({ run: run("paused", 1) });
  assert.deepEqual(
    told,
    [
      ["epoch", 1],
      ["goal", 1],
    ],
    "it waits to go on",
  );
  assert.equal(toldOf(now, true).status, "waiting");
});

test("four have seats; who is out of sight gives its own first, and those that train take turns", async () => {
  let time = 0;
  const seats = new Seats(() => time);
  const stood = [];
  const sitter = (name, changes = {}) => ({
    name,
    isSeen: true,
    isSettled: true,
    isTraining: false,
    isHungry: false,
    sat: 0,
    sit() {
      this.sat += 1;
    },
    async stand() {
      stood.push(name);
    },
    ...changes,
  });
  const first = ["a", "b", "c", "d"].map((name) => sitter(name, { isTraining: true }));
  for (const one of first) seats.ask(one);
  assert.equal(seats.taken, MOST);
  first[2].isSeen = false;
  const e = sitter("e");
  seats.ask(e);
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual([stood, e.sat, seats.has(first[2])], [["c"], 1, false]);
  // All that are left train in sight: who wants to waits until somebody's turn is over.
  e.isTraining = true;
  first[0].isHungry = true;
  const f = sitter("f", { isTraining: true });
  seats.ask(f);
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(f.sat, 0);
  time = 5000;
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.deepEqual([stood, f.sat, first[0].sat, seats.taken], [["c", "a", "b"], 1, 2, MOST]);
  for (const one of [...first, e, f]) seats.leave(one);
  assert.equal(seats.taken, 0);
});

test("styles of the page are those of the element in its root, in sizes that no host's page changes", () => {
  assert.equal(scoped(":root{--gap:.5rem}"), ":host{--gap:calc(.5*var(--rem))}");
  assert.equal(scoped(":root[data-theme=dark]{a:b}"), ":host([theme=dark]){a:b}");
  assert.equal(scoped("@media x{:root:not([data-theme=light]){a:b}}"), "@media x{:host(:not([theme=light])){a:b}}");
  assert.equal(
    scoped("html{a:b}body{margin:-1rem}.body-x{c:d}"),
    ".yard{a:b}.yard{margin:calc(-1*var(--rem))}.body-x{c:d}",
  );
});

test("what the builder writes says the experiment that is shown", () => {
  const circle = defaultsFor("circle");
  for (const settings of [
    circle,
    { ...circle, layers: [5, 3], learningRate: 0.1, noise: 0.2, l2: 0.001 },
    { ...defaultsFor("iris"), seed: 3 },
  ]) {
    const attributes = snippet.attributesOf(settings, { ...snippet.USUAL, view: "loss" });
    const element = host(Object.fromEntries(attributes));
    assert.deepEqual(specFrom(readHash(hashOf(element)).settings), specFrom(settings));
    for (const [name, value] of attributes) assert.equal(problemOf(settings.source, name, value), null, name);
  }
  const code = snippet.snippetOf(
    "http://a.b/c/",
    "http://a.b/c/#x&y",
    { ...circle, title: 'A "b" <c>' },
    snippet.USUAL,
  );
  assert.match(code, /src="http:\/\/a\.b\/c\/element\.js"/);
  assert.match(code, /href="http:\/\/a\.b\/c\/#x&amp;y">A &quot;b&quot; &lt;c&gt;</);
  const some = snippet.withControl(snippet.USUAL, "learning-rate", true, circle).controls;
  assert.deepEqual(some, ["play", "reset", "epoch", "training-loss", "test-loss", "learning-rate"]);
});
