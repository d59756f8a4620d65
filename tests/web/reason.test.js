// @ts-check
// Why a run is over: each sentence of the core is known to the page, which words it in the reader's language.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Trainer, initSync } from "../../www/pkg/trainyard.js";

/** The page's words in German: each differs from the core's. */
globalThis.TRAINYARD_LANGUAGE = "de";
const { reasonWords } = await import("../../www/session/reason.js");

initSync({ module: readFileSync(new URL("../../www/pkg/trainyard_bg.wasm", import.meta.url)) });

/** What the core says of a run on a line, and what the page makes of it. */
async function ended({ target = (/** @type {number} */ x) => x, input = 1, rate = 0.03, stop = {}, data = {} } = {}) {
  const x = Float64Array.from({ length: 50 }, (_, i) => i / 24.5 - 1);
  const trainer = await Trainer.create(
    /** @type {any} */ ({
      data: { source: "rows", scale: "none", split: { train: 1 }, ...data },
      model: { layers: [] },
      training: { optimizer: { type: "sgd", learningRate: rate }, stop: { maxEpochs: 30, ...stop } },
    }),
    { inputs: x.map((one) => one * input), targets: x.map(target), shape: [1] },
  );
  trainer.advance(1e6, 0);
  const { reason } = trainer.progress();
  trainer.free();
  return [reason, reasonWords(reason)];
}

test("each clause and each cause of the core has its words", async () => {
  assert.deepEqual(await ended(), ["the agreed number of epochs is done", "die vereinbarten Epochen sind trainiert"]);
  assert.deepEqual(await ended({ rate: 1e-9, stop: { patience: 1 } }), [
    "the loss no longer gets better",
    "der Verlust wird nicht mehr besser",
  ]);
  assert.deepEqual(await ended({ stop: { goal: { metric: "trainingLoss", value: 0.1 } } }), [
    "the goal is reached",
    "das Ziel ist erreicht",
  ]);
});

test("numbers and names are carried over, what isn't known stays", async () => {
  const [targets, zielwerte] = await ended({ target: (x) => 1e5 + 2e4 * x, rate: 1e-9 });
  const [, mean, deviation] = /\(mean (\S+), standard deviation (\S+)\)/.exec(targets) ?? [];
  assert.equal(
    zielwerte,
    `die vereinbarten Epochen sind trainiert. Die Zielwerte liegen weit von der Einheitsskala (Mittel ${mean}, Standardabweichung ${deviation}). Vor dem Training ${mean} abziehen und durch ${deviation} teilen oder die Lernrate senken.`,
  );
  const [, constant] = await ended({ target: () => 1e6, rate: 1e-9 });
  assert.match(String(constant), /Vor dem Training 1000000 abziehen oder die Lernrate senken\.$/);
  const [, input] = await ended({ input: 1e9, rate: 1 });
  assert.equal(
    input,
    "der Verlust ist keine endliche Zahl mehr. „x1“ reicht unskaliert bis 1000000000. Standardskalierung wählen.",
  );
  for (const other of [null, "", "something else. The targets are far", "the goal is reached. Who knows."])
    assert.equal(reasonWords(other)?.replace("das Ziel ist erreicht", "the goal is reached") ?? null, other);
});
