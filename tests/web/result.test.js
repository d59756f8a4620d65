// The question above the panels: what came out, against the answer that is the same for every row, and what to try next.
import assert from "node:assert/strict";
import test from "node:test";
import { IMAGE_SETS } from "../../www/data/imageSets.js";
import { SETS } from "../../www/data/sets.js";
import { SOUND_SETS } from "../../www/data/soundSets.js";
import { judgedBy } from "../../www/session/judgedRows.js";
import { answerOf, nextSteps, resultWords, scoreOf } from "../../www/features/result/model.js";
import { QUESTIONS, questionOfTable } from "../../www/features/result/questions.js";
import { remediesFor } from "../../www/features/coach/remedies.js";
import * as advice from "../../www/session/advice.js";
import { baselineOf } from "../../www/features/result/worker.js";
import { SOURCES } from "../../www/settings/sources.js";
import { defaultsFor } from "../../www/settings/spec.js";

const near = (a, b) => assert.ok(Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b)), `${a} is not ${b}`);

test("classes are guessed by the most frequent of the training rows, the lower one of equals", () => {
  const targets = [0, 2, 2, 1, 2, 1, 0, 2];
  const part = targets.map(() => 0);
  assert.deepEqual(baselineOf({ targets, part }, 0, 3), { rows: 8, answer: 2, accuracy: 0.5 });
  assert.equal(baselineOf({ targets: [1, 0, 1, 0], part: [0, 0, 0, 0] }, 0, 2).answer, 0);
  assert.equal(baselineOf({ targets: [1, 0, 1, 0, 1], part: [0, 0, 0, 0, 0] }, 0, 2).answer, 1);
});

test("other rows are measured against what the training rows say", () => {
  const classes = { targets: [1, 1, 0, 0, 0, 1], part: [0, 0, 0, 2, 2, 2] };
  assert.deepEqual(baselineOf(classes, 2, 2), { rows: 3, answer: 1, accuracy: 1 / 3 });
  const values = { targets: [1, 3, 10, 2], part: [0, 0, 2, 1] };
  const { answer, mae, rows, accuracy } = baselineOf(values, 2);
  near(answer, 2);
  near(mae, 8);
  assert.deepEqual([rows, accuracy], [1, undefined]);
  near(baselineOf(values, 1).mae, 0);
});

test("a part without rows has none", () => {
  assert.equal(baselineOf({ targets: [1, 0], part: [0, 0] }, 2, 2), null);
  assert.equal(baselineOf({ targets: [1, 0], part: [2, 2] }, 2, 2), null, "nothing to learn the answer from");
});

/** A run on classes that is over. */
function run(accuracy, guess, { rows = 100, part = "test", lock = null, settings = {}, training = accuracy } = {}) {
  const metrics = (value) => ({ rows, loss: 0.1, accuracy: value });
  return {
    settings: { ...defaultsFor("circle"), ...settings },
    lock,
    shown: 3,
    description: { task: "classification", classes: 2, columns: ["x", "y"] },
    frame: {
      training: metrics(training),
      test: part === "test" || lock ? metrics(accuracy) : null,
      validation: part === "validation" ? metrics(accuracy) : null,
      curve: { training: [] },
    },
    baseline: { part, run: 3, rows, answer: 1, accuracy: guess },
  };
}
const answer = (...given) => answerOf(scoreOf(run(...given)));

test("a run is judged by test rows, else by validation rows, else by those it learned from; never by locked ones", () => {
  assert.equal(judgedBy(run(0.9, 0.5)), "test");
  assert.equal(judgedBy(run(0.9, 0.5, { part: "validation" })), "validation");
  assert.equal(judgedBy(run(0.9, 0.5, { part: "training" })), "training");
  assert.equal(judgedBy(run(0.9, 0.5, { part: "training", lock: { isOpen: false } })), "training");
  assert.equal(judgedBy(run(0.9, 0.5, { lock: { isOpen: true } })), "test");
  assert.equal(judgedBy({ frame: null, lock: null }), null);
});

test("there is no score of another run's guess, or of other rows'", () => {
  const state = run(0.9, 0.5);
  assert.equal(scoreOf({ ...state, shown: 4 }), null);
  assert.equal(scoreOf({ ...state, baseline: { ...state.baseline, part: "training" } }), null);
  assert.equal(scoreOf({ ...state, baseline: null }), null);
  assert.equal(scoreOf(run(NaN, 0.5)), null);
});

test("each answer from both sides of its bound", () => {
  assert.deepEqual([answer(0.95, 0.5), answer(0.949, 0.5)], ["yes", "mostly"]);
  assert.deepEqual([answer(0.85, 0.5), answer(0.849, 0.5)], ["mostly", "partly"]);
  // Two standard errors of 50% of 100 rows are 10%.
  assert.deepEqual([answer(0.601, 0.5), answer(0.6, 0.5)], ["partly", "no"]);
  // The more rows, the less is chance.
  assert.equal(answer(0.601, 0.5, { rows: 40 }), "no");
  assert.equal(answer(0.531, 0.5, { rows: 10_000 }), "partly");
});

test("an accuracy below what guessing gets is a no, however high it is", () => {
  assert.equal(answer(0.808, 0.842), "no");
  assert.equal(answer(0.96, 0.97), "no");
  const words = resultWords(run(0.808, 0.842), scoreOf(run(0.808, 0.842)));
  assert.equal(words, "No. 80.8% of the test rows are classified correctly. Guessing (always class 1) gets 84.2%.");
});

function values(mae, guess) {
  const state = run(0, 0);
  return {
    ...state,
    description: { ...state.description, task: "regression", classes: null },
    frame: { ...state.frame, test: { rows: 100, loss: 1, mae } },
    baseline: { part: "test", run: 3, rows: 100, answer: 0.5, mae: guess },
  };
}

test("errors are told against the mean's, each bound from both sides", () => {
  const by = (mae) => answerOf(scoreOf(values(mae, 1)));
  assert.deepEqual([by(0.1), by(0.101)], ["yes", "mostly"]);
  assert.deepEqual([by(0.25), by(0.251)], ["mostly", "partly"]);
  assert.deepEqual([by(0.95), by(0.951)], ["partly", "no"]);
  assert.equal(
    resultWords(values(0.02, 6), scoreOf(values(0.02, 6))),
    "Yes. On the test rows it is off by 0.0200 on average. Guessing the mean is off by 6.0000.",
  );
});

test("what lies behind the padlock is in no word of it", () => {
  const state = run(0.777, 0.333, { part: "training", lock: { isOpen: false }, training: 0.9 });
  state.baseline.accuracy = 0.4;
  const words = resultWords(state, scoreOf(state));
  assert.match(words, /90\.0% of the training set .*The test rows are locked\.$/);
  assert.doesNotMatch(words, /77\.7/);
});

test("a question of one's own is answered without yes or no; few rows are called few", () => {
  const own = run(0.9, 0.5, { settings: { question: "How good is it?" }, rows: 29 });
  assert.match(
    resultWords(own, scoreOf(own)),
    /^90\.0% of the test rows .* With 29 rows, chance plays a large part\.$/,
  );
  assert.doesNotMatch(resultWords(run(0.9, 0.5, { rows: 30 }), scoreOf(run(0.9, 0.5, { rows: 30 }))), /chance/);
});

const labels = (state) => nextSteps(state, scoreOf(state)).map(({ label }) => label);

test("three things to try, by what came out", () => {
  assert.deepEqual(labels(run(0.99, 0.5)), ["Try XOR", "Add 20% noise", "Remove the hidden layers"]);
  assert.equal(labels(run(0.6, 0.5, { settings: { layers: [] } }))[0], "Add a hidden layer");
  const byHeart = { training: 0.95, settings: { layers: [32] } };
  assert.equal(labels(run(0.84, 0.5, byHeart))[0], "Add L2 0.01");
  assert.notEqual(labels(run(0.86, 0.5, byHeart))[0], "Add L2 0.01", "a small gap");
  for (const source of ["circle", "drawn", "moons", "three-spiral"])
    for (const accuracy of [0.4, 0.7, 0.99])
      for (const layers of [[], [4, 2], [8, 8]]) {
        const state = run(accuracy, 0.5, { settings: { ...defaultsFor(source), source, layers } });
        const steps = nextSteps(state, scoreOf(state));
        assert.equal(new Set(steps.map(({ label }) => label)).size, steps.length);
        assert.ok(steps.length >= 2 && steps.length <= 3, `${source} ${accuracy}: ${labels(state)}`);
      }
});

test("what the coach offers beside it is not offered twice, whatever the run is", () => {
  const state = run(0.7, 0.5, { training: 0.95, settings: { layers: [4] } });
  const [first] = nextSteps(state, scoreOf(state));
  assert.equal(first.label, "Add L2 0.01");
  const others = nextSteps(state, scoreOf(state), [first]);
  assert.ok(others.length === 3 && !others.some(({ label }) => label === first.label));
  for (const settings of [
    {},
    { layers: [] },
    { layers: [4] },
    { optimizer: "adam" },
    { learningRate: 1 },
    { l2: 0.01 },
  ])
    for (const kind of ["overfitting", "noisy", "overshooting", "dying", "collapse", "plateau"]) {
      const told = run(0.7, 0.5, { training: 0.95, settings });
      const about = { settings: told.settings, learningRate: told.settings.learningRate, allowed: NaN, batchSize: 10, trainingRows: 400, watches: "test" }; // prettier-ignore
      const coach = remediesFor(kind, /** @type {any} */ (about), /** @type {any} */ ({ points: [], looks: [] }));
      const both = [...coach, ...nextSteps(told, scoreOf(told), coach)];
      assert.equal(
        new Set(both.map(({ label }) => label)).size,
        both.length,
        `${kind}: ${both.map(({ label }) => label)}`,
      );
      assert.equal(new Set(both.map(({ changes, source, place }) => JSON.stringify([changes, source, place]))).size, both.length); // prettier-ignore
    }
});

test("every step says what it does, and steps of one name are one", () => {
  for (const step of [
    advice.adam(),
    advice.hiddenLayer(),
    advice.someNoise(),
    advice.harder("xor"),
    advice.checkData(),
  ])
    assert.match(step.effect, /^[A-Z].*\.$/);
  assert.equal(advice.harder("three-spiral"), null);
  assert.equal(advice.harder("iris"), null);
  assert.deepEqual([advice.harder("gaussians")?.label, advice.harder("sine")?.label], ["Try Circle", "Try Cubic"]);
  assert.equal(advice.strongerL2({ l2: 0.04 }), null);
  assert.equal(advice.wider({ layers: [8, 12] }), null);
  assert.deepEqual(advice.wider({ layers: [7, 12] })?.changes, { layers: [8, 12] });
  assert.equal(advice.wider({ layers: [4, { type: "dropout" }] }), null);
});

test("what a link leaves out is not offered", () => {
  const hidden = (...hide) => labels(run(0.99, 0.5, { settings: { hide } }));
  assert.deepEqual(hidden("source"), ["Add 20% noise", "Remove the hidden layers", "Look inside an update"]);
  assert.deepEqual(hidden("source", "noise", "folds"), ["Remove the hidden layers"]);
  assert.deepEqual(hidden("layers", "step"), ["Try XOR", "Add 20% noise", "Draw your own points"]);
});

test("a loss that still falls is trained on", () => {
  const state = run(0.7, 0.5);
  const falling = Float32Array.from({ length: 100 }, (_, i) => 1 - i / 200);
  assert.equal(labels({ ...state, frame: { ...state.frame, curve: { training: falling } } })[0], "Train twice as long");
  const flat = Float32Array.from({ length: 100 }, () => 0.5);
  assert.notEqual(labels({ ...state, frame: { ...state.frame, curve: { training: flat } } })[0], "Train twice as long");
});

test("a loss still falls that lost more than 2% in its last tenth, told from ten points on", () => {
  const state = run(0.7, 0.5);
  const falls = (/** @type {number} */ before, count = 100, settings = {}) => {
    const training = Array.from({ length: count }, (_, i) => (i < Math.floor(0.9 * count) ? before : 1));
    const frame = { ...state.frame, curve: { training } };
    return labels({ ...state, settings: { ...state.settings, ...settings }, frame })[0] === "Train twice as long";
  };
  assert.deepEqual([falls(1.021), falls(1.02), falls(1.019), falls(0.5)], [true, false, false, false]);
  assert.deepEqual([falls(1.5, 10), falls(1.5, 9), falls(1.5, 11)], [true, false, true]);
  assert.equal(falls(1.5, 100, { epochs: null }), false, "a run without an end goes on by itself");
});

test("every source has a question, which ends in a question mark", () => {
  const names = [
    "drawn",
    ...SOURCES.map(({ name }) => name).filter((name) => name !== "table"),
    ...[...SETS, ...IMAGE_SETS, ...SOUND_SETS].map(({ name }) => name),
  ];
  for (const name of names) assert.match(QUESTIONS[name] ?? "", /\?$/, name);
  assert.deepEqual(
    Object.keys(QUESTIONS).filter((name) => !names.includes(name)),
    [],
  );
  assert.equal(questionOfTable("price", "regression"), "Can this network predict price from the other columns?");
  assert.equal(questionOfTable("kind", "classification"), "Can this network tell kind from the other columns?");
  assert.match(questionOfTable(undefined, null), /your table/);
});
