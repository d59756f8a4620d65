// Restarts: trained with the real core in the worker's part, and what is said of where they end.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { Trainer, initSync } from "../../www/pkg/trainyard.js";
import { lossStrip } from "../../www/features/restarts/charts.js";
import {
  answerWords,
  ensembleOf,
  lossWords,
  questionsOf,
  restartWords,
  standingOf,
} from "../../www/features/restarts/model.js";
import { runRestarts } from "../../www/features/restarts/worker.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { elementsOf } from "./markup.js";

initSync({ module: fs.readFileSync(new URL("../../www/pkg/trainyard_bg.wasm", import.meta.url)) });

const clock = {
  now: () => performance.now(),
  turn: () => new Promise((resolve) => setImmediate(() => resolve(undefined))),
};
const engines = { cpu: (/** @type {any} */ spec) => Trainer.create({ ...spec, engine: "cpu" }) };
const signal = new AbortController().signal;

test("weights alone differ: the first is the page's own run to the bit, the others go on from other weights", async () => {
  const spec = specFrom({ ...defaultsFor("circle"), epochs: 20 });
  const told = [];
  const course = { spec, seeds: [7, 8, 9], inputs: Float64Array.of(0, 0, 3, 3), epochs: 20 };
  const { runs } = await runRestarts({ engines, clock, signal }, course, ({ epoch }) => told.push(epoch));
  assert.deepEqual(
    told,
    told.toSorted((a, b) => a - b),
  );
  assert.equal(told.at(-1), 20);
  const alone = await Trainer.create(spec);
  const start = (await alone.evaluate("train")).loss;
  while (alone.progress().status !== "finished") alone.advance(1000, 0);
  assert.deepEqual([runs[0].start, runs[0].training], [start, await alone.evaluate("train")]);
  assert.equal(new Set(runs.map(({ start }) => start)).size, 3);
  assert.deepEqual(
    runs.map(({ outputs }) => outputs.length),
    [2, 2, 2],
  );
  // Each is the page's experiment: its bytes go on there.
  await alone.restore(runs[2].bytes);
  assert.deepEqual(await alone.evaluate("train"), runs[2].training);
});

test("canceled half-way, they say how far they came", async () => {
  const stop = new AbortController();
  const spec = specFrom({ ...defaultsFor("circle"), epochs: 1900 });
  const course = { spec, seeds: [1, 2], inputs: null, epochs: 1900 };
  const { runs } = await runRestarts({ engines, clock, signal: stop.signal }, course, () => stop.abort());
  assert.ok(runs.every(({ status, training }) => status !== "finished" && Number.isFinite(training.loss)));
});

const run = (/** @type {number} */ loss, more = {}) => ({
  seed: 1,
  status: "finished",
  start: 1,
  training: { loss },
  validation: null,
  outputs: null,
  ...more,
});

test("a loss is good within a tenth of the best, or where next to nothing is left; alike within a hundredth", () => {
  const standing = standingOf([run(0.5), run(0.549), run(0.551), null]);
  assert.deepEqual([standing.begun, standing.count, standing.good, standing.areAlike], [3, 3, 2, false]);
  assert.equal(standingOf([run(1e-9), run(0.0099)]).good, 2);
  assert.equal(standingOf([run(1e-9), run(0.0101)]).good, 1);
  assert.equal(standingOf([run(0.5), run(0.5049)]).areAlike, true);
  assert.equal(standingOf([run(0.5), run(0.5051)]).areAlike, false);
  assert.equal(standingOf([run(NaN), null]).count, 0);
});

test("in a sentence", () => {
  assert.equal(restartWords([], false), "");
  assert.match(
    restartWords([run(0.5), run(0.501)], true),
    /^All 2 seeds end at the same loss, 0.5000–0.5010. A linear model’s/,
  );
  assert.match(
    restartWords([run(0.5), run(0.501)], false),
    /^All 2 seeds end at the same loss, 0.5000–0.5010. The initial/,
  );
  assert.match(restartWords([run(0.5), run(0.53)], false), /^All 2 seeds end close to the best/);
  assert.match(
    restartWords([run(0.5), run(0.7), run(NaN)], false),
    /^1 of 2 seeds reached.* up to 0.7000. 1 run diverged.$/,
  );
  assert.match(restartWords([run(NaN)], false), /^Every run diverged/);
});

test("a tile says that a run diverged, whatever the engine has for it; while nothing is known it says nothing", () => {
  const words = (/** @type {object | null} */ training, status = "training") =>
    lossWords(/** @type {any} */ ({ status, training }));
  assert.equal(words({ loss: 0.25 }), "0.2500");
  for (const loss of [NaN, Infinity, undefined]) assert.equal(words({ loss }), "diverged");
  assert.equal(words({ loss: 0.25 }, "diverged"), "diverged");
  assert.equal(words(null), "–");
});

test("large numbers on the axes are short", () => {
  const size = { width: 600, height: 120, unit: 1 };
  const how = { chosen: null, isGood: () => true, choose: () => {} };
  const runs = [1e11, 1e12, 5e13].map((loss) => run(loss));
  const ticks = elementsOf(lossStrip(size, runs, how)).filter(({ attributes }) => attributes.class === "tick");
  const marks = ticks.map(({ text }) => text).filter((text) => /^\d/.test(text));
  assert.ok(marks.includes("1e12"), marks.join(" "));
  assert.ok(
    marks.every((mark) => mark.length < 8),
    marks.join(" "),
  );
});

test("mean and spread are those of all that did not diverge, and wait for two", () => {
  const of = (/** @type {number[]} */ values, more = {}) => run(1, { outputs: Float64Array.from(values), ...more });
  assert.equal(ensembleOf([of([1]), null]), null);
  const { mean, spread, count } = ensembleOf([of([1, 5]), of([3, 5]), of([99, 99], { status: "diverged" })]);
  assert.deepEqual([[...mean], count], [[2, 5], 2]);
  assert.ok(Math.abs(spread[0] - Math.SQRT2) < 1e-12 && spread[1] === 0);
  const description = { columns: ["x"], outputs: 1, task: "regression" };
  const asked = { view: [[0, 1]], ask: [6], cells: 1, description };
  assert.deepEqual(answerWords([of([0, 10.98]), of([0, 11])], asked), {
    question: "x = 6",
    value: "10.99 ± 0.01",
    count: 2,
    said: "",
  });
  const classes = { columns: ["x"], outputs: 1, task: "classification", classNames: ["no", "yes"] };
  const voters = [0.9, 0.8, 0.4].map((p) => of([0, p], { classes: Uint32Array.of(0, p > 0.5 ? 1 : 0) }));
  assert.match(answerWords(voters, { ...asked, description: classes }).said, /^2 of 3 models predict yes/);
});

test("a curve is asked beyond the data; without a description nothing is", () => {
  const description = { columns: ["x"], domain: [[-1, 4]], outputs: 1, task: "regression" };
  const { asked, inputs } = questionsOf({ description, ask: [6], settings: { axes: null } });
  assert.ok(asked.view[0][0] < -1 && asked.view[0][1] > 6);
  assert.equal(inputs.at(-1), 6);
  assert.equal(inputs.length, asked.cells + 1);
  assert.deepEqual(questionsOf({ description: null, ask: [], settings: {} }), { inputs: null, asked: null });
});
