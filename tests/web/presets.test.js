// Every experiment worth seeing is trained, and shows what its sentence says.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { PRESETS } from "../../www/settings/presets.js";
import { specFrom } from "../../www/settings/spec.js";
import { readHash } from "../../www/settings/url.js";
import { Trainer, initSync } from "../../www/pkg/trainyard.js";

initSync({ module: readFileSync(new URL("../../www/pkg/trainyard_bg.wasm", import.meta.url)) });

async function trained(name, seed) {
  const { hash } = PRESETS.find((preset) => preset.name.startsWith(name));
  const { settings, ignored } = readHash(seed === undefined ? hash : `${hash}&seed=${seed}`);
  assert.deepEqual(ignored, []);
  const trainer = await Trainer.create(specFrom(settings));
  trainer.record(2000);
  const { status } = trainer.advance(1e9, 0);
  const [training, testing] = await Promise.all([trainer.evaluate("train"), trainer.evaluate("test")]);
  const { test: curve, training: trainingCurve } = trainer.curve();
  return { trainer, status, training, testing, curve, trainingCurve };
}

/** What each promises, for the link's seed and for others: a sentence must not hang on luck. */
const CLAIMS = {
  "A line": async ({ trainer }) => {
    const [weight, bias] = await trainer.parameters();
    assert.ok(Math.abs(weight - 2) < 0.05 && Math.abs(bias + 1) < 0.1, `${weight}, ${bias}`);
  },
  "XOR without": ({ testing }) => assert.ok(testing.accuracy < 0.75, String(testing.accuracy)),
  "XOR with a": ({ testing }) => assert.ok(testing.accuracy > 0.95, String(testing.accuracy)),
  Features: ({ testing }) => assert.ok(testing.accuracy > 0.98, String(testing.accuracy)),
  "Solve the spiral": ({ testing }) => assert.ok(testing.accuracy > 0.95, String(testing.accuracy)),
  Overfitting: ({ training, testing, curve }) => {
    const lowest = Math.min(...curve);
    assert.ok(
      training.loss < 0.05 && testing.loss > 2 * lowest,
      `training ${training.loss}, test ${testing.loss}, once ${lowest}`,
    );
  },
  Regularized: ({ testing, curve }) => {
    const lowest = Math.min(...curve);
    assert.ok(testing.loss < 1.5 * lowest, `test ${testing.loss}, once ${lowest}`);
  },
  "Learning rate": ({ status }) => assert.equal(status, "diverged"),
  Vanishing: ({ trainingCurve, training }) =>
    assert.ok(training.loss > 0.9 * trainingCurve[1], `${trainingCurve[1]} to ${training.loss}`),
};

test("each has its claim", () => {
  assert.equal(PRESETS.length, 9, "keys 1 to 9");
  for (const { name } of PRESETS)
    assert.equal(Object.keys(CLAIMS).filter((start) => name.startsWith(start)).length, 1, name);
});

for (const [start, claim] of Object.entries(CLAIMS)) {
  test(`${start} …: what the sentence says comes out`, async () => {
    for (const seed of [undefined, 1, 2]) await claim(await trained(start, seed));
  });
}
