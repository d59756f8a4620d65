// Where one thing becomes another on the way between page, settings and worker: each edge from both sides.
import assert from "node:assert/strict";
import test from "node:test";
import { healthOf } from "../../www/session/health.js";
import { neighborOf } from "../../www/session/places.js";
import { onAxes, placed, rangeOfPlane } from "../../www/session/plane.js";
import { createBackpressure } from "../../www/session/streamToWorker.js";
import { Watchdog } from "../../www/session/watchdog.js";
import { settingOf } from "../../www/settings/config.js";
import { settingsOf } from "../../www/settings/fromSpec.js";
import { neighbor, shortened } from "../../www/settings/parse.js";
import { specFrom } from "../../www/settings/spec.js";
import { settle } from "./support.js";

test("null in a document means off where a setting can be off, and otherwise the same as left out", () => {
  const noise = (/** @type {any} */ data) => settingsOf({ data: { source: "circle", ...data } });
  assert.equal(noise({ noise: null }).noise, noise({}).noise);
  const rate = (/** @type {any} */ optimizer) => settingsOf({ training: { optimizer } }).learningRate;
  assert.equal(rate({ learningRate: null }), rate({}));
  assert.equal(typeof rate({ learningRate: null }), "number");
  const stop = (/** @type {any} */ value) => settingsOf({ training: { stop: value } });
  assert.deepEqual([stop({ patience: null }).patience, stop({ patience: 7 }).patience], [null, 7]);
  assert.equal(stop({ maxEpochs: null }).epochs, null);
});

test("layers with one dropout rate for all are written short; with two rates, or a gap, they are not", () => {
  const dense = (/** @type {number} */ units) => ({ type: "dense", units, activation: "tanh" });
  const dropout = (/** @type {number} */ rate) => ({ type: "dropout", rate });
  const read = (/** @type {any[]} */ ...layers) => settingsOf({ model: { layers } });
  const alike = read(dense(8), dropout(0.2), dense(4), dropout(0.2));
  assert.deepEqual([alike.layers, alike.dropout], [[8, 4], 0.2]);
  for (const layers of [
    [dense(8), dropout(0.2), dense(4), dropout(0.3)],
    [dense(8), dropout(0.2), dense(4)],
    [dense(8), dropout(0.2), dense(4), dense(4)],
    [dense(8), dense(4), dropout(0.2)],
    [dropout(0.2), dense(8)],
  ]) {
    const settings = read(...layers);
    assert.equal(settings.dropout, 0);
    assert.deepEqual(specFrom(settings).model?.layers, layers);
  }
});

test("the next stop of a setting: between two of them, at the ends, and beyond", () => {
  const row = /** @type {any} */ ({ stops: [1, 2, 5] });
  const off = { ...row, none: "off" };
  const unlimited = { ...row, none: "unlimited" };
  const both = (/** @type {any} */ own, /** @type {number | null} */ value) => [
    neighbor(own, value, -1),
    neighbor(own, value, 1),
  ];
  assert.deepEqual([0, 1, 1.5, 2, 5, 9].map((value) => both(row, value)), [[0, 1], [1, 2], [1, 2], [1, 5], [2, 5], [5, 9]]); // prettier-ignore
  assert.deepEqual([both(off, null), both(off, 1), both(off, 5)], [[null, 1], [null, 2], [2, 5]]); // prettier-ignore
  assert.deepEqual([both(unlimited, null), both(unlimited, 1), both(unlimited, 5)], [[5, null], [1, 2], [2, 5]]); // prettier-ignore
  assert.deepEqual(both({ none: "off" }, 3), [null, 3]);
  const { stops = [] } = settingOf("learningRate");
  assert.equal(neighbor(settingOf("learningRate"), stops[1], -1), stops[0]);
  assert.deepEqual([[], ["a"], ["a", "a"], ["b", "a", "a"], ["a", "b"]].map(shortened), [[], ["a"], ["a"], ["b", "a"], ["a", "b"]]); // prettier-ignore
});

test("a sigmoid's ends are a hundredth, a tanh's last hundredth is flat", () => {
  const of = (/** @type {number} */ value, /** @type {string} */ activation) =>
    healthOf(
      Float32Array.from({ length: 50 }, (_, i) => value + i * 1e-5),
      activation,
    ).state;
  assert.deepEqual([of(0.0093, "sigmoid"), of(0.0101, "sigmoid")], ["saturated", "well"]);
  assert.deepEqual([of(0.9901, "sigmoid"), of(0.985, "sigmoid")], ["saturated", "well"]);
  assert.deepEqual([of(0.9901, "tanh"), of(0.985, "tanh"), of(0.0093, "tanh")], ["saturated", "well", "well"]);
  assert.deepEqual([of(-0.995, "tanh"), of(-0.985, "tanh")], ["saturated", "well"]);
  // A neuron whose values differ by less than a hundred-thousandth of themselves says one thing only.
  const spread = (/** @type {number} */ by) =>
    healthOf(
      Float32Array.from({ length: 200 }, (_, i) => 10 + (i % 2 ? by : 0)),
      "linear",
    ).state;
  assert.deepEqual([spread(0.00005), spread(0.0005)], ["dead", "well"]);
  const pair = (/** @type {number[]} */ ...all) => healthOf(new Float32Array(all), "relu").state;
  assert.deepEqual([pair(0, 0), pair(0), pair(0, 1)], ["dead", "well", "well"]);
});

/** @param {number[]} sizes */
const described = (...sizes) =>
  /** @type {any} */ ({ layers: sizes.slice(1).map((outputs, i) => ({ type: "dense", inputs: sizes[i], outputs })) });

test("arrow keys beside a layer that is one place: they lead to it as a whole, and over it", () => {
  const description = described(2, 3, 50, 4, 1);
  const isWide = (/** @type {number} */ layer) => layer === 2;
  const go = (/** @type {any} */ place, /** @type {string} */ key) => neighborOf(description, place, key, isWide);
  const wide = { kind: "layer", layer: 2 };
  assert.deepEqual(go({ kind: "neuron", layer: 3, unit: 1 }, "ArrowLeft"), wide);
  assert.deepEqual(go({ kind: "neuron", layer: 1, unit: 1 }, "ArrowRight"), wide);
  assert.deepEqual(go(wide, "ArrowLeft"), { kind: "neuron", layer: 1, unit: 0 });
  assert.deepEqual(go(wide, "ArrowRight"), { kind: "neuron", layer: 3, unit: 0 });
  assert.deepEqual([go(wide, "ArrowUp"), go(wide, "ArrowDown")], [wide, wide]);
  // Links that begin at single nodes stay links.
  assert.deepEqual(go({ kind: "neuron", layer: 1, unit: 2 }, "ArrowLeft"), { kind: "weight", layer: 1, unit: 2, input: 1 }); // prettier-ignore
  assert.deepEqual(go({ kind: "neuron", layer: 4, unit: 0 }, "ArrowLeft"), { kind: "weight", layer: 4, unit: 0, input: 0 }); // prettier-ignore
  assert.deepEqual(go({ kind: "neuron", layer: 3, unit: 3 }, "ArrowRight"), { kind: "weight", layer: 4, unit: 0, input: 3 }); // prettier-ignore
  // From a bias beside it there is one way up to a link, and it is none of 50.
  assert.deepEqual(go({ kind: "bias", layer: 3, unit: 1 }, "ArrowUp"), { kind: "weight", layer: 3, unit: 1, input: 0 });
  assert.deepEqual(go({ kind: "bias", layer: 4, unit: 0 }, "ArrowUp"), { kind: "weight", layer: 4, unit: 0, input: 3 });
});

test("arrow keys at the ends stay; the bias comes after the last weight", () => {
  const description = described(2, 3, 1);
  const go = (/** @type {any} */ place, /** @type {string} */ key) => neighborOf(description, place, key);
  const weight = (/** @type {number} */ input) => ({ kind: "weight", layer: 1, unit: 1, input });
  const bias = { kind: "bias", layer: 1, unit: 1 };
  assert.deepEqual(["ArrowUp", "ArrowDown"].map((key) => go(weight(0), key)), [weight(0), weight(1)]); // prettier-ignore
  assert.deepEqual([go(weight(1), "ArrowDown"), go(bias, "ArrowDown"), go(bias, "ArrowUp")], [bias, bias, weight(1)]);
  assert.deepEqual(["ArrowLeft", "ArrowRight"].map((key) => go(bias, key)), Array(2).fill({ kind: "neuron", layer: 1, unit: 1 })); // prettier-ignore
  assert.deepEqual(go(weight(1), "ArrowLeft"), { kind: "neuron", layer: 0, unit: 1 });
  const input = { kind: "neuron", layer: 0, unit: 0 };
  const output = { kind: "neuron", layer: 2, unit: 0 };
  assert.deepEqual([go(input, "ArrowLeft"), go(input, "ArrowUp")], [input, input]);
  assert.deepEqual([go(output, "ArrowRight"), go(output, "ArrowDown")], [output, output]);
  assert.deepEqual(go(output, "ArrowLeft"), { kind: "weight", layer: 2, unit: 0, input: 0 });
});

test("rows of one category are spread about it by a quarter at most, always alike; numbers stay where they are", () => {
  const description = /** @type {any} */ ({
    columns: ["size", "sex", "port"],
    columnKinds: ["number", "category", "category"],
    categories: [null, ["f", "m"], ["a", "b", "c"]],
  });
  const inputs = Float64Array.from({ length: 300 }, (_, i) => [i / 3, 1, 2][i % 3]);
  const pairs = onAxes(description, inputs, [1, 2]);
  assert.deepEqual(onAxes(description, inputs, [1, 2]), pairs);
  for (const [axis, value] of [1, 2].entries()) {
    const own = Array.from(pairs).filter((_, i) => i % 2 === axis);
    const off = own.map((one) => one - value);
    assert.ok(off.every((one) => Math.abs(one) <= 0.25));
    assert.ok(Math.min(...off) < -0.2 && Math.max(...off) > 0.2, "they fill their place");
    assert.equal(new Set(own).size, 100);
  }
  const mixed = onAxes(description, inputs, [0, 1]);
  assert.deepEqual([mixed[0], mixed[2], mixed[198]], [0, 1, 99]);
  assert.notEqual(mixed[1], 1);
});

test("a place on the picture has as many digits as it shows; of a category it is one of them", () => {
  const of = (/** @type {[number, number]} */ domain, /** @type {number} */ value, kind = "number") =>
    placed(/** @type {any} */ ({ domain: [domain], columns: ["x"], columnKinds: [kind] }), 0, value);
  assert.equal(of([-6, 6], 1.23456), 1.2);
  assert.equal(of([0, 1.2], 1.23456), 1.23);
  assert.equal(of([0, 0.012], 0.00123456), 0.0012);
  assert.equal(of([0, 12_000], 1234.56), 1235);
  assert.equal(of([3, 3], 3.14159), 3.14);
  assert.deepEqual([-1, 0.4, 0.6, 7].map((value) => of([0, 2], value, "category")), [0, 0, 1, 2]); // prettier-ignore
  const range = rangeOfPlane(/** @type {any} */ ({ points: { inputs: [0, 5, 10, 5, 4, 5] } }));
  assert.deepEqual(range, [[-0.6, 10.6], [4.5, 5.5]]); // prettier-ignore
});

test("a sender waits when more than the allowance is under way, not when it is just used up", async () => {
  const isLetThrough = async (/** @type {number} */ sent, ahead = /** @type {number | undefined} */ (undefined)) => {
    const abort = new AbortController();
    const backpressure = createBackpressure(ahead);
    backpressure.acknowledge(10);
    let isThrough = false;
    const room = backpressure.room(sent, abort.signal).then(() => (isThrough = true));
    await settle();
    const seen = isThrough;
    abort.abort();
    backpressure.unblock();
    await room;
    return seen;
  };
  assert.deepEqual([await isLetThrough(110, 100), await isLetThrough(111, 100)], [true, false]);
  const four = 4 * 2 ** 20 + 10;
  assert.deepEqual([await isLetThrough(four), await isLetThrough(four + 1)], [true, false], "4 MB by itself");
});

test("a core that isn't there after ten seconds is told of, until it comes", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const parts = { ping: () => {}, isTraining: () => false, due: () => [], now: () => 0 };
  for (const end of ["resolve", "reject"]) {
    const told = /** @type {any[]} */ ([]);
    const watchdog = new Watchdog({ ...parts, tell: (silence) => told.push(silence) });
    /** @type {Record<string, (value?: any) => void>} */
    let core = {};
    const coming = new Promise((resolve, reject) => (core = { resolve, reject }));
    watchdog.awaits(coming);
    t.mock.timers.tick(9999);
    assert.deepEqual(told, []);
    t.mock.timers.tick(1);
    assert.deepEqual(told, ["core"]);
    core[end]();
    await coming.catch(() => {});
    await Promise.resolve();
    assert.deepEqual(told, ["core", null]);
  }
  const told = /** @type {any[]} */ ([]);
  new Watchdog({ ...parts, tell: (silence) => told.push(silence) }).awaits(Promise.resolve());
  await Promise.resolve();
  await Promise.resolve();
  t.mock.timers.tick(99_999);
  assert.deepEqual(told, [null], "one that comes in time is never missed");
});
