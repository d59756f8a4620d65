// Runs side by side: what may differ, the sentences, and the contest itself with the real core.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import {
  CELLS,
  changeWords,
  courseOf,
  variantChoices,
  gridOver,
  otherValue,
} from "../../www/features/comparison/model.js";
import { optimizerPresets } from "../../www/session/racers.js";
import {
  comparisonVerdict,
  endingOf,
  firstBelow,
  isRealDifference,
  lastEpochs,
} from "../../www/features/comparison/verdict.js";
import { settingOf } from "../../www/settings/config.js";
import { REAL, SOURCES } from "../../www/settings/sources.js";
import { defaultsFor, parseFor } from "../../www/settings/spec.js";
import { runComparison } from "../../www/features/comparison/worker.js";
import { Trainer, initSync } from "../../www/pkg/trainyard.js";

initSync({ module: readFileSync(new URL("../../www/pkg/trainyard_bg.wasm", import.meta.url)) });

const engines = /** @type {any} */ ({ cpu: (/** @type {any} */ spec) => Trainer.create(spec) });
const clock = { now: () => performance.now(), turn: () => new Promise((resolve) => setImmediate(resolve)) };

function run(
  variants,
  { inputs = null, epochs = 60, signal = new AbortController().signal, onProgress = () => {} } = {},
) {
  const course = courseOf(
    variants.map((one) => ({ ...one, settings: { ...one.settings, epochs } })),
    inputs,
  );
  return runComparison({ engines, clock, signal, isLocked: () => false }, course, onProgress);
}

const one = (name, changes = {}) => ({ name, change: "", settings: { ...defaultsFor("circle"), ...changes } });

test("equal settings give identical curves and weights, and the sentence says so", async () => {
  const variants = [one("A"), one("B")];
  const { runs, isWhole } = await run(variants, {
    inputs: gridOver([
      [-6, 6],
      [-6, 6],
    ]),
  });
  assert.ok(isWhole);
  assert.deepEqual(runs[0].curve, runs[1].curve);
  assert.deepEqual(runs[0].outputs, runs[1].outputs);
  assert.equal(runs[0].outputs.length, CELLS * CELLS);
  assert.equal(comparisonVerdict(variants, runs), "Identical settings, identical curves.");
});

test("they are those of a run of its own, bit for bit, and none is ahead of the others on the way", async () => {
  const reports = [];
  const variants = [one("A"), one("B", { learningRate: 0.3 }), one("C", { batchSize: 50, optimizer: "adam" })];
  const { runs } = await run(variants, { onProgress: (progress) => reports.push(progress) });
  for (const [i, spec] of courseOf(
    variants.map((c) => ({ ...c, settings: { ...c.settings, epochs: 60 } })),
    null,
  ).specs.entries()) {
    const alone = await Trainer.create(spec);
    alone.record(1000);
    alone.advance(1e9, 0);
    assert.deepEqual(runs[i].curve, alone.curve());
  }
  assert.ok(reports.length > 20);
  for (const { epoch, runs: standings } of reports)
    for (const standing of standings) assert.equal(standing.epoch, epoch);
  assert.match(
    comparisonVerdict(variants, runs),
    /^[ABC] is best by the mean test loss of the last 6 epochs: [ABC] ends at [\d.e-]+, [ABC] at [\d.e-]+\./,
  );
});

test("it can be ended early; one that diverges does not end the others", async () => {
  const stop = new AbortController();
  const early = await run([one("A"), one("B", { seed: 3 })], {
    epochs: 2000,
    signal: stop.signal,
    onProgress: ({ epoch }) => epoch > 100 && stop.abort(),
  });
  assert.equal(early.isWhole, false);
  assert.ok(early.runs[0].epoch > 100 && early.runs[0].epoch < 2000);
  const line = { ...defaultsFor("line") };
  const variants = [
    { name: "A", change: "", settings: line },
    { name: "B", change: "", settings: { ...line, learningRate: 1 } },
  ];
  const { runs } = await run(variants, { epochs: 300 });
  assert.deepEqual(
    runs.map(({ status }) => status),
    ["finished", "diverged"],
  );
  assert.match(
    comparisonVerdict(variants, runs),
    /A ends at [\d.e-]+, the mean .* loss of the last \d+ epochs\..* B diverged\.$/,
  );
});

/** A run of which only the test losses are told, one for each tenth epoch. */
const made = (/** @type {number[]} */ test, step = 10) => ({
  status: "finished",
  epoch: (test.length - 1) * step,
  step: 3,
  training: { loss: 1, rows: 1 },
  test: { loss: test.at(-1) ?? NaN, rows: 1 },
  curve: {
    epoch: Float32Array.from(test, (_, i) => i * step),
    training: Float32Array.from(test),
    test: Float32Array.from(test),
  },
  outputs: null,
});

test("who was faster is reports at a loss that all of them reached", () => {
  const [fast, slow] = [made([1, 0.5, 0.25, 0.25]), made([1, 0.75, 0.5, 0.5])];
  assert.equal(firstBelow(fast, 0.5), 10);
  assert.equal(firstBelow(slow, 0.4), null);
  assert.equal(
    comparisonVerdict([one("A"), one("B")], [slow, fast]),
    "B is best by the mean test loss of the last 5 epochs: B ends at 0.2500, A at 0.5000. B reached 0.5000 first, after 10 epochs; A needed 20.",
  );
});

test("the last tenth of the epochs counts, five at least, and no more than there are", () => {
  assert.deepEqual([0, 3, 5, 49, 54, 55, 60, 1000].map(lastEpochs), [0, 3, 5, 5, 5, 6, 6, 100]);
  const run = made([9, 1, 2, 3], 1);
  assert.deepEqual(endingOf(run, 0), { mean: 2, spread: 1 });
  assert.deepEqual(endingOf(run, 2), { mean: 3, spread: 0 });
});

test("a difference is real beyond two standard deviations of it, and beyond one percent of the loss", () => {
  const [mean, spread] = [1, 0.03];
  const chance = 2 * Math.hypot(spread, spread);
  assert.equal(isRealDifference({ mean, spread }, { mean: mean + chance - 1e-9, spread }), false);
  assert.equal(isRealDifference({ mean, spread }, { mean: mean + chance + 1e-9, spread }), true);
  assert.equal(isRealDifference({ mean, spread: 0 }, { mean: 0.9901, spread: 0 }), false);
  assert.equal(isRealDifference({ mean, spread: 0 }, { mean: 0.9899, spread: 0 }), true);
  assert.equal(isRealDifference({ mean: NaN, spread }, { mean, spread }), false);
});

test("runs that differ by less than they vary show no real difference, also among many", () => {
  const [up, down] = [
    [1, 0.5, 0.52, 0.48, 0.52, 0.48],
    [1, 0.5, 0.47, 0.53, 0.47, 0.51],
  ].map((losses) => made(losses, 1));
  assert.match(
    comparisonVerdict([one("A"), one("B")], [up, down]),
    /^No real difference in the mean test loss of the last 5 epochs: B ends at 0\.4960, A at 0\.5000\./,
  );
  const worse = made([1, 0.9, 0.9, 0.9, 0.9, 0.9], 1);
  assert.match(
    comparisonVerdict([one("A"), one("B"), one("C")], [up, down, worse]),
    /^B is best by the mean .*: B ends at 0\.4960, C at 0\.9000\. B and A show no real difference\./,
  );
});

test("all that shapes a run may differ, whether it has a place of its own in the Spec or not; what is about the page may not", () => {
  const keys = variantChoices(defaultsFor("circle")).map(({ key }) => key);
  for (const key of ["activation", "dropout", "layers", "learningRate", "l2", "noise"])
    assert.ok(keys.includes(key), key);
  for (const key of ["speed", "engine", "epochs", "showTestData"]) assert.ok(!keys.includes(key), key);
});

test("whatever differs has another value to begin with, that the form takes", () => {
  for (const { name } of [...SOURCES, ...REAL]) {
    const settings = { ...defaultsFor(name), momentum: 0.5 };
    for (const row of variantChoices(settings)) {
      const other = otherValue(row, settings);
      const { value, problem } = parseFor(name, row.key, other);
      if (problem !== null) assert.ok(row.choices, `${name}: ${row.key} ${other}: ${problem}`);
      else assert.notDeepEqual(value, settings[row.key], `${name}: ${row.key} ${other}`);
    }
  }
  assert.equal(changeWords(settingOf("learningRate"), 0.03, 0.1), "Learning rate 0.03 → 0.1");
  assert.equal(changeWords(settingOf("activation"), ["tanh"], ["relu"]), "Activation Tanh → ReLU");
  assert.equal(changeWords(settingOf("seed"), 3, 3), "no change");
});

test("all optimizers race, with rates of their own or with one", async () => {
  const settings = { ...defaultsFor("circle"), learningRate: 0.02 };
  assert.deepEqual(
    new Set(optimizerPresets(settings, true).map(({ settings: own }) => own.learningRate)),
    new Set([0.02]),
  );
  const { runs } = await run(optimizerPresets(settings, false), { epochs: 100 });
  assert.equal(runs.length, 6);
  assert.equal(new Set(runs.map(({ curve }) => curve.test.join())).size, 6, "each goes its own way");
  assert.equal(new Set(runs.map(({ curve }) => curve.test[0])).size, 1, "all from one start");
});
