// Small things that settings, places and values are made of: layers, numbers without a bound, parameters' places, dates.
import assert from "node:assert/strict";
import test from "node:test";
import { WRITTEN, asWritten } from "../../www/base/asWritten.js";
import { bytesFromBase64 } from "../../www/base/base64.js";
import { createStore } from "../../www/base/store.js";
import { dayOf, formatRaw } from "../../www/base/columnFormat.js";
import { recallLooks } from "../../www/session/locks.js";
import { neighborOf, sentenceOf, unitName } from "../../www/session/places.js";
import { onAxes } from "../../www/session/plane.js";
import { unitsOf, weightLayersIn, withLayer, withUnits } from "../../www/settings/layers.js";
import { parse } from "../../www/settings/parse.js";

const dense = (/** @type {number} */ units) => ({ type: "dense", units, activation: "relu" });

test("a dense layer has its neurons, however it is written; no other layer has any", () => {
  assert.deepEqual([3, dense(5), { type: "batchNorm" }].map(unitsOf), [3, 5, null]);
  assert.deepEqual([withUnits(3, 7), withUnits(dense(5), 7)], [7, dense(7)]);
  assert.deepEqual(withLayer([1, 2, 3], 1, 9), [1, 9, 3]);
});

test("layers with weights are named by what they have; a block names those that it holds", () => {
  assert.deepEqual([4, dense(5)].flatMap(weightLayersIn), ["4 neurons", "5 neurons"]);
  assert.deepEqual(weightLayersIn({ type: "conv2d", filters: 3 }), ["3 filters"]);
  const block = { type: "residual", layers: [dense(2), { type: "batchNorm" }, { type: "conv2d", filters: 8 }] };
  assert.deepEqual(weightLayersIn(block), ["2 neurons", "8 filters"]);
  assert.deepEqual(weightLayersIn({ type: "dropout", rate: 0.5 }), []);
});

test("a number without a least or a most is bounded on the other side alone", () => {
  const row = /** @type {any} */ ({ key: "x", label: "X", type: "number" });
  assert.equal(parse({ ...row, max: 3 }, "-5").value, -5);
  assert.match(parse({ ...row, max: 3 }, "4").problem ?? "", /^X must be a number from/);
  assert.equal(parse({ ...row, min: 3 }, "5").value, 5);
  assert.match(parse({ ...row, min: 3 }, "2").problem ?? "", /^X must be a number from 3 to/);
});

test("rows that were written by the page are read as written; the decimal sign and the order of dates stay", () => {
  const read = /** @type {any} */ ({ decimal: ",", dates: "dmy", delimiter: ";", header: false });
  assert.deepEqual(asWritten(read), { ...WRITTEN, decimal: ",", dates: "dmy" });
  assert.deepEqual(asWritten(/** @type {any} */ ({ delimiter: ";" })), WRITTEN);
});

test("base64 gives back each byte", () => {
  assert.deepEqual([...bytesFromBase64("AAECgP8=")], [0, 1, 2, 128, 255]);
});

test("a raw value is written as its column's kind has it", () => {
  const description = /** @type {any} */ ({
    columnKinds: ["date", "number", "category"],
    categories: [null, null, ["a", "b"]],
  });
  const day = dayOf("2024-05-06");
  assert.deepEqual([formatRaw(description, 0, day), formatRaw(description, 1, 6.5)], ["2024-05-06", "6.5"]);
  assert.deepEqual([formatRaw(description, 2, 1), formatRaw(description, 2, 7)], ["b", "–"]);
});

test("looks at test rows that were counted elsewhere count if they are more than here", () => {
  const store = createStore(/** @type {any} */ ({ lock: { looks: 2 } }));
  const { lock } = store.get();
  for (const fewer of [1, 2]) {
    recallLooks(store, fewer);
    assert.equal(store.get().lock, lock, `${fewer} of 2`);
  }
  recallLooks(store, 3);
  assert.equal(store.get().lock.looks, 3);
  const unlocked = createStore(/** @type {any} */ ({ lock: null }));
  recallLooks(unlocked, 3);
  assert.equal(unlocked.get().lock, null);
});

const layer = (/** @type {number} */ inputs, /** @type {number} */ outputs, offset = 0) => ({
  ...{ type: "dense", activation: "tanh", inputs, outputs },
  weight: { offset },
  bias: { offset: offset + inputs * outputs },
});
/** Two inputs, three neurons, four neurons, one output. */
const network = /** @type {any} */ ({ layers: [layer(2, 3), layer(3, 4, 9), layer(4, 1, 25)] });
const labels = { inputs: ["x"], outputs: ["y"] };

test("an input without a name is called by its number, and a layer tells its parameters", () => {
  assert.deepEqual([0, 1].map((unit) => unitName(network, labels, 0, unit)), ["x", "input 2"]); // prettier-ignore
  assert.equal(sentenceOf(network, labels, { kind: "layer", layer: 1 }, []), "Layer 1, 3 neurons, 9 parameters");
  assert.equal(sentenceOf(network, labels, { kind: "layer", layer: 2 }, []), "Layer 2, 4 neurons, 16 parameters");
});

test("arrow keys pass over a wide layer as over one place, both ways", () => {
  const isWide = (/** @type {number} */ at) => at === 2;
  const go = (/** @type {any} */ place, /** @type {string} */ key) => neighborOf(network, place, key, isWide);
  const wide = { kind: "layer", layer: 2 };
  assert.deepEqual(go({ kind: "neuron", layer: 1, unit: 2 }, "ArrowRight"), wide);
  assert.deepEqual(go({ kind: "neuron", layer: 3, unit: 0 }, "ArrowLeft"), wide);
  assert.deepEqual(go(wide, "ArrowLeft"), { kind: "neuron", layer: 1, unit: 0 });
  assert.deepEqual(go(wide, "ArrowRight"), { kind: "neuron", layer: 3, unit: 0 });
  assert.deepEqual(go(wide, "ArrowDown"), wide);
  assert.deepEqual(go({ kind: "weight", layer: 3, unit: 0, input: 3 }, "ArrowLeft"), wide);
});

test("arrow keys lead along a neuron's links and its bias, and stay where nothing is beyond", () => {
  const go = (/** @type {any} */ place, /** @type {string} */ key) => neighborOf(network, place, key);
  const neuron = (/** @type {number} */ at, /** @type {number} */ unit) => ({ kind: "neuron", layer: at, unit });
  const weight = (/** @type {number} */ unit, /** @type {number} */ input) => ({
    kind: "weight",
    layer: 2,
    unit,
    input,
  });
  const bias = { kind: "bias", layer: 2, unit: 3 };
  assert.deepEqual([go(neuron(2, 3), "ArrowLeft"), go(neuron(1, 1), "ArrowRight")], [weight(3, 2), weight(1, 1)]);
  assert.deepEqual([go(neuron(0, 1), "ArrowLeft"), go(neuron(3, 0), "ArrowRight")], [neuron(0, 1), neuron(3, 0)]);
  assert.deepEqual([go(neuron(2, 0), "ArrowUp"), go(neuron(2, 3), "ArrowDown")], [neuron(2, 0), neuron(2, 3)]);
  assert.deepEqual([go(neuron(2, 1), "ArrowUp"), go(neuron(2, 2), "ArrowDown")], [neuron(2, 0), neuron(2, 3)]);
  assert.deepEqual([go(weight(3, 2), "ArrowLeft"), go(weight(3, 2), "ArrowRight")], [neuron(1, 2), neuron(2, 3)]);
  assert.deepEqual([go(weight(3, 0), "ArrowUp"), go(weight(3, 1), "ArrowUp")], [weight(3, 0), weight(3, 0)]);
  assert.deepEqual([go(weight(3, 1), "ArrowDown"), go(weight(3, 2), "ArrowDown")], [weight(3, 2), bias]);
  assert.deepEqual([go(bias, "ArrowDown"), go(bias, "ArrowUp")], [bias, weight(3, 2)]);
  assert.deepEqual([go(bias, "ArrowLeft"), go(bias, "ArrowRight")], [neuron(2, 3), neuron(2, 3)]);
});

test("two columns in their own order are the rows as they are; the other way round, they are turned", () => {
  const description = /** @type {any} */ ({ columns: ["a", "b"], columnKinds: ["number", "number"] });
  const rows = new Float64Array([1, 2, 3, 4]);
  assert.equal(onAxes(description, rows, [0, 1]), rows);
  assert.deepEqual([...onAxes(description, rows, [1, 0])], [2, 1, 4, 3]);
});
