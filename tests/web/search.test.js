// Searches: what can be varied and within what range, trials by the real core in the worker's part, and what is said of them.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { coreAxis, freshAxis, variablesOf, wordOf } from "../../www/session/variables.js";
import { asGain, formatFigure, specOfRounds } from "../../www/session/rounds.js";
import { Search, epochsOf, gridSize, judgeOf, scoreOf } from "../../www/features/search/model.js";
import {
  NOT_JUDGED,
  bestShare,
  budgetWords,
  judgedOf,
  lastsWords,
  ranked,
  searchWords,
  sorted,
} from "../../www/features/search/result.js";
import { movedBrush } from "../../www/features/search/handles.js";
import { chosenBy, lanesOf } from "../../www/features/search/lanes.js";
import { axisScale, scoreRange } from "../../www/features/search/scale.js";
import { choose, planSearch, runTrial, timeTrial } from "../../www/features/search/worker.js";
import { checkJob } from "../../www/session/jobCourses.js";
import * as full from "../../www/pkg-full/trainyard.js";
import { defaultsFor } from "../../www/settings/spec.js";

full.initSync({ module: fs.readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

const clock = {
  now: () => performance.now(),
  turn: () => new Promise((resolve) => setImmediate(() => resolve(undefined))),
};
const alive = new AbortController().signal;
const loadFull = async () => full;
const how = {
  make: async (spec, options) => new full.Folding(spec, null, options),
  open: (spec) => full.Trainer.create({ ...spec, engine: "cpu" }),
};

const circle = { ...defaultsFor("circle"), epochs: 60 };
const variable = (id, settings = circle, axes = []) => variablesOf(settings, axes).find((one) => one.id === id);
const ids = (settings, axes) => variablesOf(settings, axes).map(({ id }) => id);

test("validation rows judge where there are any, unless folds are chosen; epochs are the run's, to a limit", () => {
  const description = (validation) => ({ rows: { validation } });
  assert.equal(judgeOf({ judge: null }, description(1)), "validation");
  assert.equal(judgeOf({ judge: null }, description(0)), "folds");
  assert.equal(judgeOf({ judge: "folds" }, description(9)), "folds");
  assert.equal(judgeOf({ judge: "validation" }, description(0)), "folds");
  assert.equal(judgeOf({ judge: null }, null), "folds");
  assert.deepEqual(
    [30, 100, 101, null].map((epochs) => epochsOf({ epochs: null }, { epochs })),
    [30, 100, 100, 100],
  );
  assert.equal(epochsOf({ epochs: 7 }, { epochs: 30 }), 7);
  assert.equal(scoreOf("mae", "regression").name, "mae");
  assert.equal(scoreOf("mae", "classification").name, "accuracy");
});

test("the core plans the trials; a grid is as large as is said before", async () => {
  const rate = { variable: variable("learningRate"), axis: freshAxis(variable("learningRate"), circle) };
  const units = {
    variable: variable("layers.units"),
    axis: { id: "layers.units", low: 2, high: 4, isLog: false, values: [] },
  };
  const optimizer = { variable: variable("optimizer"), axis: freshAxis(variable("optimizer"), circle) };
  const varied = [rate, units, optimizer];
  const axes = varied.map((one) => coreAxis(one.variable, one.axis));
  const course = { axes, options: { by: "grid", points: 5 }, rungs: null };
  checkJob("plan", course);
  const { trials, rungs } = await planSearch(course, loadFull);
  assert.equal(trials.length, 5 * 3 * optimizer.axis.values.length);
  assert.equal(gridSize(varied, 5), trials.length);
  assert.deepEqual(rungs, []);
  const drawn = await planSearch(
    { axes, options: { by: "random", trials: 27, seed: 3 }, rungs: { trials: 27, epochs: 90, factor: 3 } },
    loadFull,
  );
  assert.equal(drawn.trials.length, 27);
  assert.deepEqual(
    drawn.rungs.map(({ trials, epochs }) => [trials, epochs]),
    [
      [27, 3],
      [9, 10],
      [3, 30],
      [1, 90],
    ],
  );
});

const courseOf = (settings, more = {}) => ({
  spec: specOfRounds(settings).spec,
  options: { folds: 4 },
  rows: "",
  until: settings.epochs,
  from: [],
  keeps: false,
  score: "accuracy",
  ...more,
});
const run = (course, told = () => {}) => (
  checkJob("trial", course),
  runTrial({ clock, signal: alive }, course, how, told)
);

test("a trial is judged by folds without test rows, or by its validation rows with an interval", async () => {
  const folds = await run(courseOf(circle));
  assert.deepEqual([folds.scores.length, folds.epochs, folds.status, folds.intervals], [4, 60, "finished", null]);
  const dealt = new full.Folding(courseOf(circle).spec, null, { folds: 4 }).rows().length;
  assert.equal(folds.rows, dealt / 4);
  assert.ok(dealt < circle.samples);
  const own = await run(courseOf({ ...circle, validationShare: 0.25 }, { options: null }));
  assert.equal(own.scores.length, 1);
  const { accuracy } = own.scores[0];
  const { low, high } = own.intervals.accuracy;
  assert.ok(low <= accuracy && accuracy <= high && high - low > 0 && high - low < 0.5);
  const trainer = await full.Trainer.create(courseOf({ ...circle, validationShare: 0.25 }).spec);
  while (!["finished", "diverged"].includes(trainer.advance(1000, 0).status));
  assert.equal((await trainer.scores("validation")).accuracy, accuracy);
  assert.equal(own.rows, trainer.describe().rows.validation);
});

test("a trial that is taken on goes on to the bit where it stood, and without its bytes begins anew to the same", async () => {
  const settings = { ...circle, schedule: "cosine", optimizer: "adam" };
  const whole = await run(courseOf(settings));
  const first = await run(courseOf(settings, { until: 20, keeps: true }));
  assert.equal(first.epochs, 20);
  assert.ok(first.bytes.length === 4 && first.bytes.every((bytes) => bytes instanceof Uint8Array));
  const on = await run(courseOf(settings, { from: first.bytes }));
  assert.deepEqual(on.scores, whole.scores);
  const anew = await run(courseOf(settings, { from: [null, first.bytes[1], null, null] }));
  assert.deepEqual(anew.scores, whole.scores);
  assert.notDeepEqual(first.scores, whole.scores);
  // It stands where a shorter run ends, to the step.
  const [part, short] = [await run(courseOf(circle, { until: 20 })), await run(courseOf({ ...circle, epochs: 20 }))];
  assert.deepEqual(part.scores, short.scores);
});

test("a trial that diverges has no score; canceled, it says nothing", async () => {
  const sine = { ...defaultsFor("sine"), epochs: 30, optimizer: "sgd", learningRate: 10, activation: ["relu"] };
  const lost = await run(courseOf(sine, { score: "r2" }));
  assert.equal(lost.status, "diverged");
  assert.deepEqual(judgedOf(lost, "r2"), NOT_JUDGED);
  const stop = new AbortController();
  stop.abort();
  assert.equal(await runTrial({ clock, signal: stop.signal }, courseOf(circle), how, () => {}), null);
});

test("a trial is timed in a moment", async () => {
  const course = { spec: courseOf(circle).spec, options: { folds: 4 }, rows: "", milliseconds: 20 };
  checkJob("timing", course);
  const { start, perEpoch } = await timeTrial({ clock, signal: alive }, course, how);
  assert.ok(start > 0 && perEpoch > 0 && perEpoch < 1000, `${start} ${perEpoch}`);
});

const tried = (scores, more = {}) => ({
  status: "finished",
  epochs: 10,
  scores: scores.map((accuracy) => (accuracy === null ? null : { accuracy, logLoss: 1 - accuracy })),
  intervals: null,
  rows: 10,
  parameters: 20,
  milliseconds: 1,
  bytes: [],
  ...more,
});

test("a score is the mean over all folds with its standard error; of validation rows that of its interval", () => {
  const { mean, error, low, high } = judgedOf(tried([0.8, 0.9]), "accuracy");
  for (const [is, wanted] of [
    [mean, 0.85],
    [error, 0.05],
    [low, 0.8],
    [high, 0.9],
  ])
    assert.ok(Math.abs(is - wanted) <= 1e-12, `${is}`);
  assert.deepEqual(judgedOf(tried([0.8, null]), "accuracy"), NOT_JUDGED);
  assert.deepEqual(judgedOf(tried([0.8, NaN]), "accuracy"), NOT_JUDGED);
  assert.deepEqual(judgedOf(tried([]), "accuracy"), NOT_JUDGED);
  assert.deepEqual(judgedOf(tried([0.8, 0.9], { status: "diverged" }), "accuracy"), NOT_JUDGED);
  // No end of it lies where no score can be.
  assert.equal(judgedOf(tried([1, 1, 0.9]), "accuracy").high, 1);
  assert.equal(judgedOf(tried([1, 1, 0.9]), "logLoss").low, 0);
  const held = judgedOf(
    tried([0.9], { intervals: { accuracy: { low: 0.8, high: 0.8 + 0.2 * 1.959963984540054 } } }),
    "accuracy",
  );
  assert.ok(Math.abs(held.error - 0.1) <= 1e-12);
});

const rate = { variable: variable("learningRate"), axis: freshAxis(variable("learningRate"), circle) };
const optimizer = { variable: variable("optimizer"), axis: freshAxis(variable("optimizer"), circle) };
const trialOf = (values, scores, more) => {
  const own = scores && tried(scores, more);
  return { values, until: 10, tried: own, problem: "", judged: own ? judgedOf(own, "accuracy") : NOT_JUDGED };
};
const state = (trials, more = {}) => ({
  trials,
  varied: [rate, optimizer],
  score: "accuracy",
  isWhole: true,
  best: null,
  simplest: null,
  ...more,
});
const some = [
  trialOf([0.1, "adam"], [0.9, 0.96], { parameters: 90 }),
  trialOf([0.01, "sgd"], [0.5, 0.6]),
  trialOf([0.2, "sgd"], [null, null], { status: "diverged" }),
  trialOf([0.05, "adam"], [0.91, 0.93], { parameters: 40 }),
  trialOf([0.03, "sgd"], null),
];

test("trials in the order of any column; what has nothing there comes last both ways", () => {
  assert.deepEqual(ranked(some, "accuracy"), [0, 3, 1]);
  assert.deepEqual(sorted(state(some), "score", false), [0, 3, 1, 2, 4]);
  assert.deepEqual(sorted(state(some), "score", true), [1, 3, 0, 2, 4]);
  assert.deepEqual(sorted(state(some), 0, true), [1, 4, 3, 0, 2]);
  assert.deepEqual(sorted(state(some), 1, true), [1, 2, 4, 0, 3]);
  assert.deepEqual(sorted(state(some), "parameters", true), [1, 2, 3, 0, 4]);
  assert.deepEqual(sorted(state(some), "trial", false), [4, 3, 2, 1, 0]);
  // Of losses the smaller is better.
  const losses = some.map((one) => ({ ...one, judged: one.tried ? judgedOf(one.tried, "logLoss") : NOT_JUDGED }));
  assert.deepEqual(ranked(losses, "logLoss"), [0, 3, 1]);
  assert.equal(asGain("logLoss", 2), -2);
});

test("the best share has at least one trial, and no more than its share", () => {
  const ten = Array.from({ length: 10 }, (_, i) => trialOf([0.1, "adam"], [i / 10, i / 10]));
  assert.deepEqual([...bestShare(ten, "accuracy", 0.01)], [9]);
  assert.deepEqual([...bestShare(ten, "accuracy", 0.2)], [9, 8]);
  assert.equal(bestShare(ten, "accuracy", 1).size, 10);
  assert.equal(bestShare([trialOf([0.1, "adam"], null)], "accuracy", 1).size, 0);
});

test("the core names the best and the simplest within one standard error; the sentence says it of these trials", async () => {
  const scored = [0, 1, 3];
  const course = {
    means: Float64Array.from(scored, (place) => some[place].judged.mean),
    errors: Float64Array.from(scored, (place) => some[place].judged.error),
    costs: Float64Array.from(scored, (place) => some[place].tried.parameters),
    count: 1,
  };
  checkJob("choose", course);
  assert.deepEqual(await choose(course, loadFull), { best: [0], simplest: 2 });
  // A little further off than one standard error it is none.
  course.means[2] = course.means[0] - course.errors[0] - 1e-9;
  assert.deepEqual(await choose(course, loadFull), { best: [0], simplest: 0 });
  assert.equal(
    searchWords(state(some, { best: 0, simplest: 3 }), "Accuracy"),
    "Best of 5 trials: number 1 (Learning rate = 0.1, Optimizer = Adam), Accuracy 93.0% (one standard error: 90.0% to 96.0%). The simplest within one standard error is number 4 (Learning rate = 0.05, Optimizer = Adam), 92.0% (one standard error: 91.0% to 93.0%), with 40 parameters instead of 90.",
  );
  assert.match(
    searchWords(state(some, { best: 0, simplest: 0 }), "Accuracy"),
    /also the simplest.*with 90 parameters\.$/,
  );
  assert.match(
    searchWords(state(some, { best: 0, simplest: 0, isWhole: false }), "Accuracy"),
    /^Best so far, with 4 of 5/,
  );
  assert.match(
    searchWords(state([some[1], some[1]], { best: 0, simplest: 0 }), "Accuracy"),
    /All trials have 20 parameters/,
  );
  assert.match(searchWords(state([some[2]]), "Accuracy"), /^None of the 1 trials has a score/);
  assert.equal(searchWords(state([some[4]]), "Accuracy"), "");
});

test("what a search takes is said before it begins, its time only where that is known", () => {
  const each = { epochs: "60", folds: 5, rows: "400" };
  const budget = { key: "", trials: 1000, rungs: [], seconds: null, problem: "" };
  assert.equal(budgetWords(budget, each), "1,000 trials × 60 epochs. Each trains in 5 folds of 400 rows.");
  assert.match(budgetWords({ ...budget, seconds: 35 }, each), / Takes about 40 s\.$/);
  assert.match(budgetWords(budget, { ...each, folds: 1 }), /judged by 400 validation rows\.$/);
  assert.match(
    budgetWords(budget, { ...each, folds: 1, isStopped: true }),
    /judged by 400 validation rows\. The same rows decide when it stops/,
  );
  assert.match(
    budgetWords(
      {
        ...budget,
        rungs: [
          { trials: 9, epochs: 10 },
          { trials: 3, epochs: 30 },
        ],
      },
      each,
    ),
    /^9 trials to epoch 10 → 3 trials to epoch 30\./,
  );
  assert.deepEqual([null, 1.99, 2, 89, 90].map(lastsWords), [
    "",
    "Takes under 2 s.",
    "Takes about 2 s.",
    "Takes about 90 s.",
    "Takes about 2 min.",
  ]);
});

test("axes are straight, by factors or name by name; a score far below all others leaves the rest apart", () => {
  const log = axisScale({ ...rate, axis: { ...rate.axis, low: 0.001, high: 1 } }, [0, 300], 4);
  assert.ok(Math.abs(log.at(0.01) - 100) <= 1e-9);
  assert.deepEqual(
    log.marks.map(({ words }) => words),
    ["0.001", "0.01", "0.1", "1"],
  );
  const names = axisScale(optimizer, [0, 100], 9);
  assert.equal(names.marks.length, optimizer.axis.values.length);
  assert.equal(names.marks[0].words, "SGD");
  const short = axisScale({ ...rate, axis: { ...rate.axis, low: 0.011, high: 0.019 } }, [0, 1], 4);
  assert.deepEqual(
    short.marks.map(({ words }) => words),
    ["0.011", "0.019"],
  );
  const range = (score, means) =>
    scoreRange(
      means.map((mean) => ({ judged: { mean } })),
      score,
    );
  const far = range("r2", [0.9, 0.91, 0.92, -50]);
  assert.ok(
    far.low > 0.5 && far.share(-50) === 0 && far.share(0.92) === 1 && far.share(0.9) > 0.1 && far.share(0.9) < 0.5,
  );
  const errors = range("mae", [2, 2.1, 2.2, 1e9]);
  assert.ok(errors.best === 2 && errors.low < 3 && errors.share(1e9) === 0 && errors.share(2.1) > 0.5);
  // Half of them as good as the best: the others still differ.
  const half = range("r2", [1, 1, 1, 0.98, 0.9]);
  assert.ok(half.share(0.98) > half.share(0.9));
  // A share of rows is never far off: all of them are told apart.
  const shares = range("accuracy", [0.99, 0.98, 0.97, 0.4]);
  assert.deepEqual([shares.low, shares.share(0.4), shares.share(0.99)], [0.4, 0, 1]);
  assert.equal(range("accuracy", [0.9]).share(0.9), 1);
});

test("lines cross each axis where the trial is; what has no score is in a lane below", () => {
  const { axes, crossings, hasLane } = lanesOf(state(some), "Accuracy", 4);
  assert.deepEqual(
    axes.map(({ name }) => name),
    ["Learning rate", "Optimizer", "Accuracy"],
  );
  assert.ok(hasLane && !lanesOf(state(some.slice(0, 2)), "Accuracy", 4).hasLane);
  const at = (place, axis) => crossings[place * 3 + axis];
  // 0.003…0.3 by factors: 0.03 is in the middle.
  assert.ok(Math.abs(at(4, 0) - 0.5) <= 1e-9);
  assert.equal(at(0, 2), 0);
  assert.ok(at(1, 2) <= 0.9 && at(2, 2) > 0.9 && Number.isNaN(at(4, 2)));
  // Lines of one name lie within its room, and apart.
  assert.ok(Math.abs(at(0, 1) - at(3, 1)) > 0.001 && Math.abs(at(0, 1) - at(3, 1)) < 0.2);
});

test("a place on an axis is told as what is there, and sliders move a brush as a pointer does", () => {
  const { axes } = lanesOf(state(some), "Accuracy", 4);
  assert.deepEqual(
    [0, 0.5, 1].map((at) => axes[0].told(at)),
    ["0.3", "0.03", "0.003"],
  );
  const { values } = optimizer.axis;
  assert.deepEqual(
    values.map((_, i) => axes[1].told(1 - (i + 0.5) / values.length)),
    values.map((value) => wordOf(optimizer.variable, value)),
  );
  assert.deepEqual(
    [axes[1].told(1), axes[1].told(0)],
    [values[0], values.at(-1)].map((value) => wordOf(optimizer.variable, value)),
  );
  const { best, low } = scoreRange(some, "accuracy", 10);
  assert.deepEqual(
    [0, 0.9, 1].map((at) => axes[2].told(at)),
    [formatFigure("accuracy", best), formatFigure("accuracy", low), "diverged"],
  );
  assert.deepEqual(movedBrush(undefined, "from", 25), [0, 0.75]);
  assert.deepEqual(movedBrush([0, 0.75], "to", 50), [0.5, 0.75]);
  // The other end gives way, and what leaves nothing out is no brush.
  assert.deepEqual(movedBrush([0.5, 0.75], "to", 10), [0.9, 0.9]);
  assert.deepEqual(movedBrush([0.5, 0.75], "from", 90), [1 - 0.9, 1 - 0.9]);
  assert.equal(movedBrush([0, 0.75], "from", 0), null);
});

test("chosen are those in all brushes and among the best share; what has no score by its lane alone", () => {
  const own = state(some);
  const { crossings } = lanesOf(own, "Accuracy", 4);
  const chosen = (brushes, share) => [...chosenBy(own, crossings, new Map(brushes), share)];
  assert.deepEqual(chosen([], 1), [0, 1, 2, 3]);
  assert.deepEqual(chosen([], 0.67), [0, 3]);
  assert.deepEqual(chosen([[0, [0, 0.5]]], 1), [0, 2, 3]);
  assert.deepEqual(chosen([[2, [0.95, 1]]], 0.1), [2]);
  assert.deepEqual(
    chosen(
      [
        [0, [0, 0.5]],
        [2, [0, 0.5]],
      ],
      1,
    ),
    [0, 3],
  );
  // Both ends of a brush are in it.
  const [from] = crossings;
  assert.deepEqual(chosen([[0, [from, from]]], 1), [0]);
  assert.deepEqual(chosen([[0, [from + 1e-9, from + 2e-9]]], 1), []);
});

test("loading a trial is a change of the settings that it varied, and of no others", () => {
  const taken = [];
  const playground = {
    parts: {},
    tables: null,
    store: { get: () => ({ settings: circle, table: {}, description: null }), subscribe: () => () => {} },
    setAll: (values) => taken.push(values),
  };
  const job = new Search(playground, async () => {});
  job.store.set({ trials: [trialOf([0.2, "adam"], [1, 1])], varied: [rate, optimizer] });
  job.load(0);
  assert.deepEqual(taken, [{ learningRate: 0.2, optimizer: "adam" }]);
  assert.equal(job.section(), null, "nothing is found yet");
  const trials = [trialOf([0.1, "adam"], [0.9, 90]), trialOf([0.3, "adam"], [0.8, 20])];
  job.store.set(state(trials, { best: 0, simplest: 0 }));
  const { facts, words } = /** @type {any} */ (job.section());
  assert.deepEqual(facts.slice(0, 2), ["Learning rate, Optimizer", "2 of 2 trials done"]);
  assert.match(words[0], /^Best of 2 trials: number 1 \(Learning rate = 0\.1, Optimizer = Adam\), Accuracy/);
});
