// Cross-validation: a round by the real core in the worker's part, and what is made of the rounds.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import {
  USUAL,
  fittedWords,
  meanWords,
  optionsOf,
  sentenceWords,
  tooFewWords,
  waysOf,
  wrongWords,
} from "../../www/features/folds/model.js";
import { besideOf, besideWords, keptWith } from "../../www/features/folds/beside.js";
import { formatFigure, meanOf, specOfRounds, valuesOf } from "../../www/session/rounds.js";
import { runFold } from "../../www/features/folds/worker.js";
import { dealRows } from "../../www/worker/folding.js";
import { foldsHeight } from "../../www/features/folds/charts.js";
import { Folding, TableReader, initSync } from "../../www/pkg-full/trainyard.js";
import { defaultsFor } from "../../www/settings/spec.js";

initSync({ module: fs.readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

const clock = {
  now: () => performance.now(),
  turn: () => new Promise((resolve) => setImmediate(() => resolve(undefined))),
};
const signal = new AbortController().signal;

function iris() {
  const reader = new TableReader();
  reader.push(fs.readFileSync(new URL("../../www/data/iris.csv", import.meta.url)));
  return reader.finish();
}

test("a round is of all rows but the test rows, judged by the fold alone; the same round is the same to the bit", async () => {
  const table = iris();
  const { spec, epochs } = specOfRounds({ ...defaultsFor("iris"), epochs: 15 });
  let made = 0;
  const make = async (/** @type {any} */ one, /** @type {any} */ options) => {
    made += 1;
    return new Folding(one, table, options);
  };
  const options = optionsOf({ ...USUAL, folds: 5 });
  const round = (/** @type {number} */ index) =>
    runFold({ clock, signal }, { spec, options, rows: "iris", index }, make, () => {});
  const first = await round(0);
  const again = await round(0);
  assert.deepEqual(
    [first.scores, first.training, [...first.curve.validation]],
    [again.scores, again.training, [...again.curve.validation]],
  );
  assert.equal(made, 1, "rows are dealt once for all rounds");
  const others = [await round(1), await round(2), await round(3), await round(4)];
  const rows = [first, ...others].reduce((sum, one) => sum + one.rows, 0);
  const all = new Folding(spec, table, options).rows().length;
  assert.equal(rows, all);
  assert.ok(all < 150, `${all}: the test rows are none of them`);
  assert.ok([first, ...others].every((one) => one.rows + one.trainingRows === all && one.epochs === epochs));
  assert.ok(first.scores.accuracy > 0.5 && first.scores.f1 > 0.5 && !("rows" in first.scores));
  await assert.rejects(round(5), /index/);
});

test("a round that is canceled says nothing", async () => {
  const { spec } = specOfRounds({ ...defaultsFor("circle"), epochs: 100000 });
  const stop = new AbortController();
  const make = async (/** @type {any} */ one, /** @type {any} */ options) => new Folding(one, null, options);
  const told = [];
  const outcome = await runFold(
    { clock, signal: stop.signal },
    { spec, options: { folds: 10 }, rows: "", index: 3 },
    make,
    (/** @type {any} */ progress) => {
      told.push(progress);
      stop.abort();
    },
  );
  assert.equal(outcome, null);
  assert.ok(told[0].share > 0 && told[0].share < 1 && told[0].curve.epoch.length > 0);
});

test("a model that diverges has no score, though its last finite weights would give one", async () => {
  const { spec } = specOfRounds({ ...defaultsFor("sine"), optimizer: "sgd", learningRate: 1000, epochs: 50 });
  const make = async (/** @type {any} */ one, /** @type {any} */ options) => new Folding(one, null, options);
  const round = await runFold({ clock, signal }, { spec, options: { folds: 5 }, rows: "", index: 0 }, make, () => {});
  assert.deepEqual([round.status, round.scores, round.training], ["diverged", null, null]);
});

test("the sentence of the rounds says what diverged, and nothing of rounds that were not done", () => {
  const round = (/** @type {number | null} */ accuracy, status = "finished") => ({
    result: /** @type {any} */ ({ status, scores: accuracy === null ? null : { accuracy } }),
    problem: "",
    curve: null,
    isUnderWay: false,
  });
  const none = { result: null, problem: "", curve: null, isUnderWay: false };
  const said = (/** @type {any[]} */ rounds) => sentenceWords(rounds, { name: "accuracy" });
  assert.equal(said([none, none]), "");
  assert.match(said([round(null, "diverged"), round(null, "diverged")]), /every model diverged/);
  assert.match(said([round(null), none]), /^No round has this score/);
  assert.match(said([round(0.5), round(0.7)]), /expect about 60\.0%\. Single rounds ran from 50\.0% to 70\.0%\.$/);
  assert.match(said([round(1), round(1)]), /expect about 100%\. All rounds came to that\.$/);
  assert.match(said([round(0.5), round(null, "diverged"), none]), /1 of 2 models diverged and has no score/);
});

test("what can't be entered is said, and folds that rows can't fill are refused beforehand", () => {
  assert.equal(wrongWords({}), "");
  assert.match(wrongWords({ folds: "21" }), /^Folds: 21 is outside 2…20\./);
  assert.match(wrongWords({ folds: " " }), /^Folds: nothing is entered\./);
  assert.match(wrongWords({ repeats: "abc" }), /“abc” is not a whole number\. Enter one from 1 to 10\./);
  assert.equal(tooFewWords({ ...USUAL, folds: 10 }, 10), "");
  assert.match(tooFewWords({ ...USUAL, folds: 10 }, 9), /^10 folds need at least 10 rows .*Here: 9 rows\./);
  assert.equal(tooFewWords({ ...USUAL, isEach: true }, 2), "");
  assert.match(tooFewWords({ ...USUAL, isEach: true }, 1), /Here: 1 row\./);
  assert.equal(tooFewWords({ ...USUAL, isEach: true }, 1000), "");
  assert.match(tooFewWords({ ...USUAL, isEach: true }, 1001), /1,000/);
});

test("rounds have to end: a run without an end has 500 epochs", () => {
  const settings = { ...defaultsFor("circle"), epochs: null };
  assert.equal(specOfRounds(settings).epochs, 500);
  assert.equal(specOfRounds(settings).spec.training.stop.maxEpochs, 500);
  assert.equal(specOfRounds(settings, 40).epochs, 40);
  assert.equal(specOfRounds({ ...settings, epochs: 30 }, 40).epochs, 30);
});

test("mean and spread are those of the rounds that have the score", () => {
  const all = [{ accuracy: 0.9 }, null, undefined, { accuracy: 0.7 }, { accuracy: NaN }];
  const { mean, deviation, count } = meanOf(valuesOf(all, "accuracy"));
  assert.deepEqual([mean.toFixed(9), deviation.toFixed(9), count], ["0.800000000", Math.sqrt(0.02).toFixed(9), 2]);
  const score = { name: "accuracy", label: "Accuracy" };
  assert.equal(meanWords(all, score), "Accuracy 80.0% ± 14.1%");
  assert.equal(meanWords([{ accuracy: 0.9 }], score), "Accuracy 90.0%");
  assert.equal(meanWords([null], score), "–");
  assert.equal(formatFigure("r2", 0.98765), "0.988");
  assert.equal(formatFigure("r2", NaN), "–");
  assert.equal(formatFigure("mae", 2.5), "2.5");
});

test("what is chosen is what the core is asked for", () => {
  assert.deepEqual(optionsOf(USUAL), { folds: 10, repeats: 1, stratify: true });
  assert.deepEqual(optionsOf({ ...USUAL, isEach: true, repeats: 3 }), { folds: "leave-one-out", stratify: false });
  assert.deepEqual(optionsOf({ ...USUAL, by: "groups", column: "site" }), {
    folds: 10,
    repeats: 1,
    stratify: true,
    groups: "site",
  });
  assert.deepEqual(optionsOf({ ...USUAL, by: "times", column: "day", repeats: 2 }), { folds: 10, times: "day" });
  assert.deepEqual(optionsOf({ ...USUAL, by: "order" }), { folds: 10, blocked: true });
});

test("rows can be kept together by names, and dealt in time by dates; never by the target", () => {
  const column = (/** @type {string} */ name, /** @type {string} */ kind, more = {}) => ({
    name,
    kind,
    inferred: kind,
    missing: 0,
    distinct: 5,
    ...more,
  });
  const columns = [
    column("site", "category"),
    column("day", "date"),
    column("id", "ignore"),
    column("one", "ignore", { distinct: 1 }),
    column("length", "number", { missing: 3 }),
    column("kind", "category"),
  ];
  const description = { target: "kind", columns: ["length", "site"], columnKinds: ["number", "category"] };
  const state = { settings: { source: "table", scale: "standard" }, table: { description: { columns } }, description };
  assert.deepEqual(
    waysOf(state).map(({ by, column }) => `${by} ${column}`),
    ["chance ", "groups site", "times day", "groups id", "order "],
  );
  assert.deepEqual(
    waysOf({ ...state, settings: { source: "circle" } }).map(({ by }) => by),
    ["chance", "order"],
  );
  assert.match(fittedWords(state, 10), /9 training blocks of 10: scaler, imputer, category encoder\./);
  const plain = { ...state, settings: { source: "line", scale: "none" }, description: { columns: ["x"] } };
  assert.match(fittedWords(plain, 5), /^Each round trains on 4 of 5 blocks/);
});

test("rows of sounds are kept together by voice; more folds than voices are refused beforehand", () => {
  const groups = [{ name: "voice", count: 6 }];
  const table = { description: { columns: [], groups } };
  const state = { settings: { source: "speech", scale: "none" }, table, description: null };
  assert.deepEqual(
    waysOf(state).map(({ by, column }) => `${by} ${column}`),
    ["chance ", "groups voice", "order "],
  );
  assert.deepEqual(
    waysOf({ ...state, settings: { source: "circle" } }).map(({ by }) => by),
    ["chance", "order"],
  );
  const choices = { ...USUAL, by: /** @type {const} */ ("groups"), column: "voice" };
  assert.equal(tooFewWords({ ...choices, folds: 6 }, 720, groups), "");
  assert.match(tooFewWords({ ...choices, folds: 7 }, 720, groups), /^7 folds need at least 7 groups.*“voice” has 6\./);
  assert.equal(tooFewWords(USUAL, 720, groups), "");
});

test("rounds at random and rounds by groups stand side by side, of one experiment; the sentence is made of both", () => {
  const figures = (/** @type {number[]} */ ...all) => all.map((accuracy) => ({ accuracy, logLoss: 1 - accuracy }));
  const own = [{ name: "voice", count: 6 }];
  const score = { name: "accuracy", label: "Accuracy" };
  const byVoice = { ...USUAL, by: /** @type {const} */ ("groups"), column: "voice" };
  const known = { about: "a", choices: USUAL, figures: figures(0.97, 0.98, 0.99) };
  const fresh = { about: "a", choices: byVoice, figures: figures(0.7, 0.8, 0.9) };
  let kept = keptWith([{ ...fresh, about: "before" }], known);
  assert.deepEqual(kept, [known]);
  const first = besideOf({ kept, about: "a", choices: USUAL }, own);
  assert.deepEqual([first?.column, first?.known, first?.fresh], ["voice", USUAL, null]);
  assert.equal(besideWords(/** @type {any} */ (first), score), "");
  kept = keptWith(keptWith(kept, { ...fresh, figures: [] }), fresh);
  assert.equal(kept.length, 2, "what is done again replaces what was");
  const both = /** @type {any} */ (besideOf({ kept, about: "a", choices: byVoice }, own));
  assert.deepEqual([both.known, both.fresh, both.isOfVoices], [USUAL, byVoice, true]);
  // 0.98 − 0.80, and 2 · √(0.01² / 3 + 0.1² / 3).
  assert.match(
    besideWords(both, score),
    /^Accuracy is 98\.0% on known voices and 80\.0% on new ones\. The gap of 18\.0 points .* \(11\.6 points\)/,
  );
  assert.match(
    besideWords(both, { name: "logLoss", label: "Log loss" }),
    /is 0\.020 on known .* 0\.200 on new ones\. The/,
  );
  const near = { ...both, freshFigures: figures(0.8, 0.97, 0.99) };
  assert.match(besideWords(near, score), /no loss on new voices beyond chance \(12\.1 points\)/);
  assert.match(besideWords({ ...both, isOfVoices: false, column: "site" }, score), /to these groups of “site” and/);
  assert.equal(besideWords({ ...both, freshFigures: figures(0.8) }, score), "", "one round has no spread");
  assert.equal(besideWords({ ...both, freshFigures: [null, undefined, { accuracy: NaN }] }, score), "");
  // Without groups there is nothing beside; a table's column counts once it was used.
  assert.equal(besideOf({ kept: [known], about: "a", choices: USUAL }, []), null);
  assert.equal(besideOf({ kept, about: "b", choices: USUAL }, [])?.column, undefined);
  assert.equal(besideOf({ kept, about: "a", choices: USUAL }, [])?.column, "voice");
  assert.equal(besideOf({ kept, about: "a", choices: { ...USUAL, by: "order" } }, own), null);
});

test("the picture is as high as its rounds, to a limit; of many folds it is one row", () => {
  assert.ok(foldsHeight(10, 1) < foldsHeight(20, 1));
  assert.equal(foldsHeight(20, 10), 640);
  assert.equal(foldsHeight(21, 1), 84);
});

test("rows are dealt for others as they are for rounds", async () => {
  const table = iris();
  const { spec } = specOfRounds({ ...defaultsFor("iris"), epochs: 1 });
  const make = async (/** @type {any} */ one, /** @type {any} */ options) => new Folding(one, table, options);
  const { rows, folds } = await dealRows({ spec, options: { folds: 4 }, rows: "iris for others" }, make);
  const folding = new Folding(spec, table, { folds: 4 });
  assert.deepEqual([[...rows], [...folds]], [[...folding.rows()], [...folding.dealt()[0]]]);
  for (const fold of [0, 1, 2, 3]) {
    const trainer = folding.open(fold);
    assert.equal(trainer.describe().rows.validation, folds.filter((one) => one === fold).length);
    trainer.free();
  }
});
