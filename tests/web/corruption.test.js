// The twin experiment: trained in the worker's part with the real core, and told in words.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { cautionOf, damageWords, inOneMeasure, corruptionVerdict } from "../../www/features/corruption/model.js";
import { readHash, writeHash } from "../../www/settings/url.js";
import { Trainer, TableReader, initSync } from "../../www/pkg-full/trainyard.js";
import { trainCorrupted } from "../../www/features/corruption/worker.js";

initSync({ module: fs.readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

const clock = {
  now: () => performance.now(),
  turn: () => new Promise((resolve) => setImmediate(() => resolve(undefined))),
};

function penguins() {
  const reader = new TableReader();
  reader.push(fs.readFileSync(new URL("../../www/data/penguins.csv", import.meta.url)));
  return reader.finish();
}

test("only the damage differs: without any, twins are the same to the bit; with some, test rows stay", async () => {
  const spec = specFrom({ ...defaultsFor("moons"), noise: 0.2, epochs: 30 });
  const create = (/** @type {any} */ one) => Trainer.create(one);
  const signal = new AbortController().signal;
  const same = await trainCorrupted({ spec, corrupt: { labels: 0 } }, create, clock, signal, () => {});
  assert.deepEqual(same.clean, same.dirty);
  assert.deepEqual([same.isWhole, same.clean.epoch, same.clean.status], [true, 30, "finished"]);
  const spoilt = await trainCorrupted(
    { spec, corrupt: { labels: 0.4, outliers: 0.3 } },
    create,
    clock,
    signal,
    () => {},
  );
  assert.deepEqual(spoilt.clean, same.clean);
  assert.equal(spoilt.dirty.test.rows, same.clean.test.rows);
  assert.ok(spoilt.dirty.test.loss > spoilt.clean.test.loss);
  // The clean twin is what the page itself would train.
  const alone = await Trainer.create(spec);
  while (alone.progress().status !== "finished") alone.advance(1000, 0);
  assert.deepEqual(await alone.evaluate("test"), same.clean.test);
});

test("a table's twins, told while they train, and stopped half-way", async () => {
  const table = penguins();
  const spec = specFrom({ ...defaultsFor("penguins"), epochs: 100000 });
  const stop = new AbortController();
  const reports = [];
  const outcome = await trainCorrupted(
    { spec, corrupt: { missing: 0.3 } },
    (one) => Trainer.create(one, table),
    clock,
    stop.signal,
    (one) => {
      reports.push(one);
      if (reports.length === 3) stop.abort();
    },
  );
  assert.equal(outcome.isWhole, false);
  assert.ok(
    reports.every(({ clean, dirty, epochs }) => clean.epoch.length > 0 && dirty.test.length > 0 && epochs === 100000),
  );
  const [slow, fast] = [outcome.clean.epoch, outcome.dirty.epoch].sort((a, b) => a - b);
  assert.ok(fast - slow <= 0.5 * fast + 50, `side by side: ${slow} and ${fast}`);
  assert.match(corruptionVerdict(outcome, { missing: 0.3 }, ""), /Stopped after/);
});

test("the difference in one sentence", () => {
  const twin = (/** @type {any} */ test, status = "finished") => ({
    status,
    epoch: 50,
    training: test,
    test: { loss: 1, rows: 60, ...test },
  });
  const said = (
    /** @type {any} */ clean,
    /** @type {any} */ dirty,
    corrupt = { labels: 0.2 },
    target = "",
    isWhole = true,
  ) =>
    corruptionVerdict({ clean: twin(clean), dirty: twin(dirty), isWhole }, corrupt, target).replaceAll("\u00a0", " ");
  assert.equal(
    said({ accuracy: 0.95 }, { accuracy: 0.8833 }),
    "Accuracy on the same 60 clean test rows: 95.0% with clean training data, 88.3% with 20% of the labels flipped: 6.7 points lost.",
  );
  assert.equal(
    said({ accuracy: 0.9 }, { accuracy: 0.95 }, { duplicates: 0.5, labels: 0.1 }),
    "Accuracy on the same 60 clean test rows: 90.0% with clean training data, 95.0% with 10% of the labels flipped and 50% of test rows copied into training: 5.0 points gained.",
  );
  assert.match(said({ accuracy: 0.9 }, { accuracy: 0.9 }), /: no difference\.$/);
  assert.match(
    said({ accuracy: 1 }, { accuracy: 0.9998 }),
    /: 100% with clean training data, 99\.9% with .*: less than 0\.1 points lost\.$/,
  );
  assert.equal(
    said({ mae: 2 }, { mae: 3 }, { labels: 0.3 }, "miles per gallon"),
    "Mean error on the same 60 clean test rows, in miles per gallon: 2 with clean training data, 3 with 30% of the targets swapped: 50% more.",
  );
  assert.match(said({ accuracy: 0.9 }, { accuracy: 0.9 }, { labels: 0.1 }, "", false), /Stopped after 50 epochs\.$/);
  assert.match(
    corruptionVerdict(
      { clean: twin({ accuracy: 1 }), dirty: twin({ accuracy: 1 }, "diverged"), isWhole: true },
      {},
      "",
    ),
    /The corrupted model diverged/,
  );
  assert.match(
    corruptionVerdict({ clean: { ...twin({}), test: null }, dirty: twin({}), isWhole: true }, {}, ""),
    /no test set/,
  );
  assert.match(cautionOf({ duplicates: 0.1 }), /memorized/);
  assert.equal(cautionOf({ labels: 0.1 }), "");
  assert.equal(damageWords({ labels: 0 }, true), "");
});

test("losses of values are brought to the clean twin's measure", () => {
  const curve = { epoch: Float32Array.of(0, 1), training: Float32Array.of(2, 1), test: Float32Array.of(4, 2) };
  const twin = (/** @type {number} */ loss, /** @type {number} */ rmse) => ({
    status: "finished",
    epoch: 1,
    training: /** @type {any} */ ({}),
    test: { loss, rmse, rows: 9 },
  });
  // Squared errors of 16 and 64 in the target's own unit; learned on scales of 4 and 8.
  const brought = inOneMeasure(curve, { clean: twin(1, 4), dirty: twin(1, 8), isWhole: true });
  assert.deepEqual([...brought.test], [16, 8]);
  const validated = { ...curve, validation: Float32Array.of(3, 1) };
  const { validation } = inOneMeasure(validated, { clean: twin(1, 4), dirty: twin(1, 8), isWhole: true });
  assert.deepEqual([...(validation ?? [])], [12, 4]);
});

test("the damage travels in the link, and what is no share is named", () => {
  const settings = { ...defaultsFor("iris"), corrupt: { labels: 0.2, units: 0.1 } };
  assert.deepEqual(readHash(writeHash(settings)).settings.corrupt, settings.corrupt);
  assert.deepEqual(specFrom(settings), specFrom(defaultsFor("iris")), "the run itself stays clean");
  for (const bad of ['{"labels":0.9}', "[]", "half"]) assert.equal(readHash(`#corrupt=${bad}`).ignored.length, 1);
});
