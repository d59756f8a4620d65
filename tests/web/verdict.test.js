// The verdict: simpler models on one fold by the real packages, the rule's answers put together, and said in words.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import {
  VerdictJob,
  answerOf,
  contendersTable,
  epochsFor,
  foldsFor,
  noteWords,
  signed,
  verdictWords,
} from "../../www/features/verdict/model.js";
import { createStore } from "../../www/base/store.js";
import { aboutOf } from "../../www/session/poolJob.js";
import { hyperparametersOf, optionsFor } from "../../www/session/hyperparameters.js";
import { fitRivals, judge } from "../../www/features/verdict/worker.js";
import { runFold } from "../../www/features/folds/worker.js";
import { specOfRounds } from "../../www/session/rounds.js";
import { Baseline, initSync as initBaselines } from "../../www/pkg-baselines/trainyard.js";
import * as full from "../../www/pkg-full/trainyard.js";
import { defaultsFor } from "../../www/settings/spec.js";

const wasm = (/** @type {string} */ name) =>
  fs.readFileSync(new URL(`../../www/${name}/trainyard_bg.wasm`, import.meta.url));
full.initSync({ module: wasm("pkg-full") });
initBaselines({ module: wasm("pkg-baselines") });

const clock = {
  now: () => performance.now(),
  turn: () => new Promise((resolve) => setImmediate(() => resolve(undefined))),
};
const loadFull = async () => full;
const loadBaseline = async () => Baseline;
const make = async (/** @type {any} */ spec, /** @type {any} */ options) => new full.Folding(spec, null, options);

function course(/** @type {string} */ source, /** @type {string[]} */ kinds, more = {}) {
  const { spec } = specOfRounds({ ...defaultsFor(source), ...more });
  return {
    spec,
    options: { folds: 5 },
    rows: "",
    index: 2,
    kinds,
    fitting: Object.fromEntries(kinds.map((kind) => [kind, optionsFor(kind, { trees: 50 }, 7)])),
  };
}

test("simpler models have the rows and the encoding of the network in the same fold, whatever its layers", async () => {
  const signal = new AbortController().signal;
  const kinds = ["constant", "logistic", "knn"];
  const one = course("circle", kinds, { features: ["x", "y", "x2", "y2"] });
  const plain = { ...one, spec: { ...one.spec, model: { ...one.spec.model, layers: [] } } };
  const fit = (/** @type {any} */ asked) => fitRivals({ clock, signal }, asked, make, loadFull, loadBaseline);
  const [deep, shallow] = [await fit(one), await fit(plain)];
  const scores = (/** @type {any} */ { rivals }) => rivals.map((/** @type {any} */ rival) => rival.scores.accuracy);
  assert.deepEqual(scores(deep), scores(shallow));
  const [constant, logistic] = scores(deep);
  assert.ok(constant <= 0.6 && logistic > 0.85, `${constant} ${logistic}`);
  assert.deepEqual(
    deep.rivals.map(({ kind }) => kind),
    kinds,
  );
  const round = await runFold({ clock, signal }, { ...one, spec: one.spec }, make, () => {});
  assert.equal(deep.rivals[0].scores.f1 > 0, true);
  assert.ok(round.rows > 0 && round.scores.accuracy > 0.5);
});

test("values are predicted in the target's unit; canceled, nothing is said", async () => {
  const signal = new AbortController().signal;
  const one = course("plane", ["constant", "ridge", "forest"]);
  const { rivals } = await fitRivals({ clock, signal }, one, make, loadFull, loadBaseline);
  assert.ok(Math.abs(rivals[0].scores.r2) < 0.1 && rivals[1].scores.r2 > 0.99 && rivals[2].scores.r2 > 0.9);
  assert.ok(rivals[1].parameters === 3 && rivals[2].milliseconds > 0);
  const stop = new AbortController();
  stop.abort();
  assert.equal(await fitRivals({ clock, signal: stop.signal }, one, make, loadFull, loadBaseline), null);
});

test("the rule compares the network with each, and names the simplest within one standard error", async () => {
  const around = (/** @type {number} */ middle) =>
    Float64Array.from({ length: 10 }, (_, i) => middle + 0.004 * ((i % 3) - 1));
  const { reports, simplest } = await judge(
    {
      net: around(0.95),
      rivals: [around(0.5), around(0.951), around(0.8)],
      constant: around(0.5),
      folds: 10,
      costs: Float64Array.of(3, 0, 1, 2),
    },
    loadFull,
  );
  assert.deepEqual(
    reports.map(({ answer }) => answer),
    ["yes", "tie", "yes"],
  );
  assert.equal(simplest, 2);
});

const report = (/** @type {string} */ answer, more = {}) => ({
  answer,
  difference: 0.1,
  low: 0.05,
  high: 0.15,
  wins: 9,
  losses: 1,
  folds: 10,
  p: 0.01,
  hasLearned: true,
  ...more,
});
const contender = (/** @type {string} */ kind, /** @type {number} */ score, /** @type {any} */ judged = null) => ({
  kind,
  scores: [score, score],
  milliseconds: 1,
  parameters: 1,
  report: judged,
});
const field = (/** @type {any} */ line, /** @type {any} */ knn, /** @type {any} */ forest) => [
  contender("net", 0.9),
  contender("constant", 0.5, report("yes")),
  contender("logistic", 0.8, line),
  contender("knn", 0.85, knn),
  contender("forest", 0.95, forest),
];
const words = (/** @type {any} */ contenders, rows = 100) =>
  verdictWords({ contenders, rows, answer: answerOf(contenders).answer }, "classification");

test("the answer: beside the linear model, unless another simple model is surely better", () => {
  const yes = field(report("yes"), report("tie"), report("can't tell"));
  assert.deepEqual([answerOf(yes).answer, answerOf(yes).chosen], ["yes", "net"]);
  assert.equal(
    words(yes),
    "Yes. The network beats logistic regression in 9 of 10 folds: 90.0% against 80.0%. But so does a model that is no network: k-nearest neighbors, 85.0%.",
  );
  const another = field(report("yes"), report("no"), report("no"));
  assert.deepEqual([answerOf(another).answer, answerOf(another).chosen], ["no", "forest"]);
  assert.match(
    words(another),
    /^No. Among the simpler models, a random forest is surely better: 95.0% against .* 90.0%/,
  );
  const line = field(report("no"), report("yes"), report("yes"));
  assert.deepEqual([answerOf(line).answer, answerOf(line).chosen], ["no", "logistic"]);
  assert.match(words(line), /^No. On these rows logistic regression is surely better/);
  const tie = field(report("tie"), report("yes"), report("yes"));
  assert.deepEqual([answerOf(tie).answer, answerOf(tie).chosen], ["tie", "logistic"]);
  assert.match(words(tie), /^No\. It’s a tie: /);
});

test("a lead below a tenth of a point keeps its size, and one that is none has no minus", () => {
  const said = [0.012, 0.0005, 0.00049, 0.0003, 0.00004, 0, -0.0003, -0.00004].map((lead) => signed("accuracy", lead));
  assert.deepEqual(said, [
    "+1.2 points",
    "+0.1 points",
    "+0.05 points",
    "+0.03 points",
    "+0 points",
    "+0 points",
    "−0.03 points",
    "+0 points",
  ]);
});

test("the one-standard-error rule's model is named where it is another one than the verdict's", () => {
  const state = { contenders: [], epochs: 30, isCapped: false, simplest: "knn", chosen: "logistic" };
  assert.match(noteWords(/** @type {any} */ (state), true), /rule alone .* would be: Nearest neighbors\./);
  const same = noteWords(/** @type {any} */ ({ ...state, chosen: "knn" }), true);
  assert.match(same, /^It is also the simplest within one standard error of the best\. /);
  assert.doesNotMatch(noteWords(/** @type {any} */ ({ ...state, simplest: null }), true), /standard error/);
});

test("what can't be told is said with its rows and its reason", () => {
  const chance = field(report("can't tell", { low: -0.07, high: 0.12 }), report("yes"), report("tie"));
  assert.deepEqual([answerOf(chance).answer, answerOf(chance).chosen], ["can't tell", null]);
  assert.match(words(chance, 67), /^It can’t be told with 67 rows\. .* between −7.0 points and \+12.0 points\.$/);
  const noise = field(report("can't tell", { hasLearned: false }), report("can't tell"), report("no"));
  assert.equal(answerOf(noise).chosen, null);
  assert.match(words(noise, 32), /^It can’t be told with 32 rows\. Neither/);
  assert.match(
    verdictWords({ contenders: [], rows: 6, answer: "can't tell" }, "regression"),
    /6 rows\. Folds of so few/,
  );
  assert.equal(verdictWords({ contenders: [], rows: 6, answer: "" }, "regression"), "");
});

test("ten folds from 30 rows on; what a fold's network may take is the same everywhere", () => {
  assert.deepEqual([foldsFor(29), foldsFor(30)], [5, 10]);
  assert.equal(epochsFor(1000, 250), 1000);
  assert.equal(epochsFor(1000, 10), epochsFor(1000, 200));
  assert.equal(epochsFor(1e6, 1e6), 1);
  assert.deepEqual([signed("accuracy", 0.1), signed("r2", -0.25)], ["+10.0 points", "−0.250"]);
});

test("simpler models are fitted with what was set beside them, the table says so, and other choices make another verdict", () => {
  /** @type {any} */
  const playground = {
    store: createStore({
      settings: defaultsFor("circle"),
      table: { title: null, description: null },
      description: { task: "classification", rows: { train: 80, validation: 0, test: 20 }, parameterCount: 9 },
    }),
  };
  const job = new VerdictJob(playground);
  /** @type {any[]} */
  let asked = [];
  job.work = async (tasks, { begin }) => {
    asked = tasks
      .map(({ kind, course }) => (kind === "rivals" ? /** @type {any} */ (course).fitting : null))
      .filter(Boolean);
    job.store.set({ ...begin, phase: "done", about: aboutOf(playground.store.get()) });
  };
  const names = () => contendersTable(job.store.get(), "classification").rows.map(([name]) => name);
  void job.start();
  assert.equal(asked.length, 10);
  assert.deepEqual(asked[0].forest, { trees: 50, seed: 7 });
  assert.deepEqual(asked[0].knn, { seed: 7 });
  assert.ok(
    names().every((name) => !name.includes("=")),
    names().join(),
  );

  assert.ok(!job.isStale);
  hyperparametersOf(playground).set({ neighbors: 15, depth: null });
  assert.ok(job.isStale);
  void job.start();
  assert.deepEqual(asked[9], {
    constant: { seed: 7 },
    logistic: { seed: 7 },
    tree: { maxDepth: null, seed: 7 },
    knn: { neighbors: 15, seed: 7 },
    forest: { maxDepth: null, trees: 50, seed: 7 },
  });
  assert.ok(names().includes("Nearest neighbors (Neighbors = 15)"), names().join());
  assert.ok(names().includes("Decision tree (Trees: maximum depth = no limit)"), names().join());
  assert.ok(names().includes("Logistic regression"));
});

test("too few rows for folds: that is said at once, and in the report", () => {
  /** @type {any} */
  const playground = {
    store: createStore({
      settings: defaultsFor("circle"),
      table: { title: null, description: null },
      description: { task: "classification", rows: { train: 6, validation: 0, test: 2 }, parameterCount: 9 },
    }),
  };
  const job = new VerdictJob(playground);
  assert.equal(job.reported(), null);
  void job.start();
  const section = job.reported();
  assert.match(section?.words?.[0] ?? "", /^It can’t be told with 6 rows/);
  assert.deepEqual([section?.words?.length, section?.facts, section?.tables], [1, [], []]);
});
