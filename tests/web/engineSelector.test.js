// How long a step takes on the CPU, as the choice of an engine has it.
import assert from "node:assert/strict";
import test from "node:test";
import { EngineSelector } from "../../www/worker/engineSelector.js";

const auto = () =>
  new EngineSelector({
    spec: {},
    description: /** @type {any} */ ({ parameterCount: 25, layers: [] }),
    measured: {},
    engines: /** @type {any} */ (null),
    clock: /** @type {any} */ (null),
    loadProbe: () => Promise.reject(new Error("not asked for")),
  });

/** Asking takes a turn. */
const asked = () => new Promise((resolve) => setImmediate(resolve));

test("steps during which the browser still compiles don't count", async () => {
  const choice = auto();
  choice.add(10, 60);
  await asked();
  assert.equal(choice.isDue, false);
  choice.add(400, 4);
  await asked();
  assert.equal(choice.isDue, true);
  const { reason } = await choice.decide();
  assert.equal(reason, "CPU: 0.01 ms per step; sending a step to a GPU would take about 0.1 ms");
});

test("long steps are known after two", async () => {
  const choice = auto();
  choice.add(1, 90);
  choice.add(1, 50);
  await asked();
  assert.equal(choice.isDue, true);
  assert.match(
    (await choice.decide()).reason,
    /^CPU: 50 ms per step; the GPU benchmark could not be loaded\. not asked for$/,
  );
});
