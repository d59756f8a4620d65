import assert from "node:assert/strict";
import test from "node:test";
import { Inside, between, lossOf } from "../../www/features/microscope/model.js";

// One neuron of tanh before a linear output, two rows: small enough to be worked out by hand.
const description = {
  layers: [
    {
      type: "dense",
      inputs: 2,
      outputs: 1,
      activation: "tanh",
      weight: { offset: 0, shape: [1, 2] },
      bias: { offset: 2, shape: [1] },
    },
    {
      type: "dense",
      inputs: 1,
      outputs: 1,
      activation: "linear",
      weight: { offset: 3, shape: [1, 1] },
      bias: { offset: 4, shape: [1] },
    },
  ],
};
const look = {
  rows: new Uint32Array([7, 3]),
  inputs: new Float32Array([1, 2, 3, 4]), // x of both rows, then y of both
  targets: new Float32Array([0, 1]),
  values: new Float32Array([0.5, 0.25, 2, 1]),
  deltas: new Float32Array([0.125, -0.25, 0.5, 1]),
  before: new Float32Array([0.5, -1, 0.25, 4, -2]),
  state: new Float32Array([1, 2, 3, 4, 5, 0, 0, 0, 10, 20, 30, 40, 50, 0, 0, 0]),
  stateAfter: new Float32Array([-1, -2, -3, -4, -5, 0, 0, 0, -10, -20, -30, -40, -50, 0, 0, 0]),
};

test("a look is asked by layer, unit and row, or for the batch", () => {
  const inside = new Inside(look, description);
  assert.equal(inside.value(0, 1, 0), 3);
  assert.equal(inside.value(1, 0, 1), 0.25);
  assert.equal(inside.value(2, 0, null), 1.5);
  assert.equal(inside.target(0, 1), 1);
  assert.equal(inside.delta(1, 0, 0), 0.125);
  assert.equal(inside.delta(2, 0, null), 1.5, "shares of a mean add up");
  assert.equal(inside.index({ layer: 1, unit: 0, input: 1 }), 1);
  assert.equal(inside.index({ layer: 1, unit: 0, input: 2 }), 2, "the bias comes last");
  assert.equal(inside.sum(1, 0, 1), 0.5 * 2 - 1 * 4 + 0.25);
  assert.equal(inside.sum(1, 0, null), 0.5 * 1.5 - 1 * 3.5 + 0.25);
  assert.equal(inside.sum(2, 0, 0), 4 * 0.5 - 2);
  assert.deepEqual(inside.listeners(1, 0, 1), [{ unit: 0, weight: 4, delta: 1 }]);
  assert.deepEqual(inside.listeners(2, 0, 1), []);
  assert.deepEqual(inside.memory(4), [
    { before: 5, after: -5 },
    { before: 50, after: -50 },
  ]);
});

test("two gradients: lengths and angle; the loss as it is worked out", () => {
  const { first, second, angle } = between(new Float32Array([3, 0]), new Float32Array([0, 4]));
  assert.deepEqual([first, second, angle], [3, 4, 90]);
  assert.equal(between(new Float32Array([1, 1]), new Float32Array([1, 1])).angle, 0);
  assert.ok(Number.isNaN(between(new Float32Array([0, 0]), new Float32Array([1, 1])).angle));
  assert.equal(lossOf({ loss: "cross-entropy", outputs: 1, task: "classification" }), "binary");
  assert.equal(lossOf({ loss: "cross-entropy", outputs: 3, task: "classification" }), "categorical");
  assert.equal(lossOf({ loss: "huber", outputs: 1, task: "regression" }), "huber");
});
