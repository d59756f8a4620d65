// The loss surface: drawn with the real core in the worker's part; its scale, and what is said of it.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { bandOf, heightOf, levelsOf, scaleOf, strengthOf, STEPS } from "../../www/features/surface/scale.js";
import {
  between,
  evenly,
  indexOf,
  isEarlier,
  lowestOf,
  placeOf,
  planesOf,
  surfaceWords,
} from "../../www/features/surface/model.js";
import { drawSurface, grouped, isOneLine, reachOf, walk } from "../../www/features/surface/worker.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { Trainer, initSync } from "../../www/pkg-full/trainyard.js";

initSync({ module: fs.readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

const clock = {
  now: () => performance.now(),
  turn: () => new Promise((resolve) => setImmediate(() => resolve(undefined))),
};
const engines = { full: (/** @type {any} */ spec) => Trainer.create({ ...spec, engine: "cpu" }) };
const signal = new AbortController().signal;

/** A run after some epochs: its Spec, its bytes, its path, and its loss. */
async function trained(/** @type {object} */ settings, epochs = 20) {
  const spec = specFrom({ ...defaultsFor("circle"), ...settings });
  const trainer = await Trainer.create({ ...spec, engine: "cpu" });
  const all = [];
  for (let i = 0; i <= epochs; i++) {
    all.push(...(await trainer.parameters()));
    if (i < epochs) trainer.advance(trainer.describe().stepsPerEpoch, 0);
  }
  const { loss } = await trainer.evaluate("train");
  const { step } = trainer.progress();
  return { spec, bytes: await trainer.checkpoint(), path: Float32Array.from(all), loss, step };
}

for (const kind of ["random", "trajectory", "hessian"])
  test(`${kind}: the middle is the loss of the run as it stands, and the path is seen in the plane`, async () => {
    const { spec, bytes, path, loss, step } = await trained({});
    const course = { spec, bytes, path, counts: [21], plane: { kind, seed: 3 }, size: 11 };
    const drawn = await drawSurface({ engines, clock, signal }, course, () => {});
    assert.ok(Math.abs(drawn.center - loss) <= 1e-5, `${drawn.center} and ${loss}`);
    assert.ok(Math.abs(drawn.losses[60] - loss) <= 1e-5, `${drawn.losses[60]}`);
    assert.ok(drawn.losses.every(Number.isFinite));
    assert.deepEqual([drawn.step, drawn.epoch, drawn.size, drawn.path.length], [step, 20, 11, 42]);
    assert.ok(drawn.share > 0 && drawn.share <= 1 && (kind !== "trajectory" || drawn.share > 0.9), `${drawn.share}`);
    assert.equal(drawn.eigenvalues?.length, kind === "hessian" ? 2 : undefined);
    assert.deepEqual([...drawn.path.slice(-2)], [0, 0]);
    if (kind !== "random") assert.ok(drawn.path.every((one) => Math.abs(one) <= drawn.reach));
  });

test("of a line it is the bowl over weight and bias, with all of the path in it", async () => {
  const { spec, bytes, path, loss } = await trained({ ...defaultsFor("line"), layers: [] });
  const course = { spec, bytes, path, counts: [21], plane: { kind: "parameters", seed: 1 }, size: 21 };
  const drawn = await drawSurface({ engines, clock, signal }, course, () => {});
  assert.ok(Math.abs(drawn.center - loss) <= 1e-5 && drawn.share > 1 - 1e-9);
  assert.deepEqual(drawn.origin, [...path.slice(-2)]);
  const at = (/** @type {number} */ column, /** @type {number} */ row) => drawn.losses[row * 21 + column];
  const bends = [];
  for (let i = 1; i < 20; i++) for (let j = 0; j < 21; j++) bends.push(at(i - 1, j) - 2 * at(i, j) + at(i + 1, j));
  assert.ok(
    bends.every((bend) => Math.abs(bend - bends[0]) <= 1e-4 * bends[0]),
    `${Math.min(...bends)} … ${Math.max(...bends)}`,
  );
});

test("canceled, it is a band about the middle; told on its way by copies", async () => {
  const { spec, bytes, path } = await trained({});
  const stop = new AbortController();
  let now = 0;
  const slow = { now: () => (now += 200), turn: clock.turn };
  const told = [];
  const drawn = await drawSurface(
    { engines, clock: slow, signal: stop.signal },
    { spec, bytes, path, counts: [21], plane: { kind: "random", seed: 3 }, size: 11 },
    ({ share, drawn: soFar }) => {
      told.push([share, soFar.losses.filter(Number.isFinite).length]);
      if (told.length === 3) stop.abort();
    },
  );
  assert.deepEqual(
    told,
    [1, 2, 3].map((rows) => [rows / 11, 11 * rows]),
  );
  assert.equal(drawn.losses.filter(Number.isFinite).length, 44);
  assert.ok(Number.isFinite(drawn.losses[60]) && Number.isNaN(drawn.losses[0]) && Number.isFinite(drawn.center));
});

test("optimizers walk from one start, and each path is seen in the plane with its own share", async () => {
  const own = await trained({});
  const cpu = (/** @type {any} */ spec) => Trainer.create({ ...spec, engine: "cpu" });
  const go = (/** @type {object} */ settings, count = 8) =>
    walk(
      { engines: { cpu }, clock, signal },
      { spec: specFrom({ ...defaultsFor("circle"), epochs: 20, ...settings }), epochs: 20, count },
      () => {},
    );
  const [same, adam] = [await go({}, 21), await go({ optimizer: "adam", learningRate: 0.01 })];
  assert.deepEqual(same.path, own.path, "the page's own optimizer goes the page's own way");
  assert.ok(Math.abs(same.loss - own.loss) < 1e-12);
  const count = own.path.length / 21;
  assert.deepEqual(adam.path.slice(0, count), own.path.slice(0, count));
  assert.notDeepEqual(adam.path.slice(-count), own.path.slice(-count));
  const path = Float32Array.of(...own.path, ...adam.path, ...same.path);
  const course = { ...own, path, counts: [21, 8, 21], plane: { kind: "trajectory", seed: 0 }, size: 5 };
  const { share, trails, path: seen } = await drawSurface({ engines, clock, signal }, course, () => {});
  assert.deepEqual([trails.length, trails[0].path.length, trails[1].path.length], [2, 16, 42]);
  assert.deepEqual([trails[1].path, trails[1].share], [seen, share]);
  assert.ok(
    trails.every((trail) => trail.share > 0 && trail.share <= 1),
    trails.map((trail) => trail.share).join(" "),
  );
  const stop = new AbortController();
  stop.abort();
  const { spec } = own;
  assert.equal(
    await walk({ engines: { cpu }, clock, signal: stop.signal }, { spec, epochs: 9, count: 3 }, () => {}),
    null,
  );
  const wild = await go({ ...defaultsFor("line"), epochs: 20, layers: [], learningRate: 10 });
  assert.ok(Number.isNaN(wild.loss) && wild.path.every(Number.isFinite));
});

test("a path's share is that of its squared distances", () => {
  const plane = { first: Float32Array.of(2, 0, 0), second: Float32Array.of(1, 1, 0) };
  const center = Float32Array.of(1, 1, 1);
  // Two along the plane, and as far beside it; one wholly in it; one that is the center.
  const snapshots = [
    [3, 1, 3],
    [2, 2, 1],
    [1, 1, 1],
  ].map((one) => Float32Array.from(one));
  const path = Float64Array.of(1, 0, 0, 1, 0, 0);
  const groups = grouped({ ...plane, path }, center, snapshots, [1, 1, 1, 0]);
  assert.deepEqual(
    groups.map(({ share }) => share),
    [0.5, 1, null, null],
  );
  assert.deepEqual(
    groups.map(({ path: own }) => own.length),
    [2, 2, 2, 0],
  );
});

test("two directions on one line are no plane", async () => {
  const of = (/** @type {number[]} */ ...numbers) => Float32Array.from(numbers);
  assert.ok(isOneLine(of(1, -2), of(-3, 6)) && isOneLine(of(0.1, 0), of(0.3, 1e-5)));
  assert.ok(!isOneLine(of(1, 0), of(1, 0.01)) && !isOneLine(of(1, 0), of(0, 1)));
  const { spec, bytes, path } = await trained({ ...defaultsFor("line"), layers: [] });
  const course = { spec, bytes, path, counts: [21], plane: { kind: "random", seed: 1 }, size: 5 };
  await assert.rejects(
    drawSurface({ engines, clock, signal }, course, () => {}),
    { code: "data", message: /one line/ },
  );
});

test("axes reach as far as the path and a bit, and never stand still", () => {
  assert.equal(reachOf("random", [5, -9]), 1);
  assert.ok(Math.abs(reachOf("trajectory", [0.5, -1]) - 1.2) < 1e-12);
  assert.equal(reachOf("trajectory", []), 0.05);
  assert.equal(reachOf("parameters", [0.1, 0.1]), 2);
});

test("the scale: bands by equal factors above the lowest loss, few far corners left out, kept or widened when drawn again", () => {
  const losses = Array.from({ length: 1001 }, (_, i) => 2 + i / 1000);
  losses.push(1e9, NaN);
  const scale = scaleOf(losses);
  assert.equal(scale.low, 2);
  assert.ok(scale.last < 3.1, `${scale.last}`);
  const levels = levelsOf(scale);
  assert.equal(levels.length, STEPS);
  assert.ok(Math.abs(levels[0] - scale.first) < 1e-9 && Math.abs(levels[STEPS - 1] - scale.last) < 1e-9);
  const factors = levels.slice(1).map((level, i) => (level - 2) / (levels[i] - 2));
  assert.ok(factors.every((factor) => Math.abs(factor - factors[0]) < 1e-6));
  assert.deepEqual([bandOf(levels, 2), bandOf(levels, levels[3]), bandOf(levels, NaN)], [0, 4, STEPS]);
  assert.deepEqual([heightOf(scale, 2), heightOf(scale, 1e9), heightOf(scale, Infinity)], [0, 1, 1]);
  assert.ok(strengthOf(0) === 0 && strengthOf(STEPS) < 1 && strengthOf(5) > strengthOf(4));
  // A narrower picture keeps it, a lower one widens it.
  assert.deepEqual(scaleOf([2.2, 2.5, 2.6], scale).low, 2);
  assert.deepEqual(scaleOf([2.2, 2.5, 2.6], scale).last, scale.last);
  assert.deepEqual(scaleOf([1, 2.5, 2.6], scale).low, 1);
  assert.equal(scaleOf([1, 1, 1]), null);
  assert.equal(scaleOf([NaN]), null);
});

test("places, their nearest node, the lowest one, and the loss between", () => {
  const grid = { size: 5, reach: 2 };
  assert.deepEqual(
    [0, 2, 4].map((i) => placeOf(grid, i)),
    [-2, 0, 2],
  );
  assert.deepEqual(
    [-9, -0.4, 0.6, 9].map((place) => indexOf(grid, place)),
    [0, 2, 3, 4],
  );
  const losses = Float64Array.from({ length: 25 }, (_, i) => 10 + (i % 5) + 2 * Math.floor(i / 5));
  losses[0] = NaN;
  assert.deepEqual(lowestOf({ losses, size: 5 }), [1, 0]);
  assert.equal(lowestOf({ losses: losses.fill(NaN), size: 5 }), null);
  const slope = { ...grid, losses: Float64Array.from({ length: 25 }, (_, i) => (i % 5) + 2 * Math.floor(i / 5)) };
  assert.ok(Math.abs(between(slope, 0.5, -1.5) - (2.5 + 2 * 0.5)) < 1e-12);
  assert.equal(between(slope, 2, 2), 12);
});

test("planes by what there is: two parameters have one, a path its own", () => {
  const state = (/** @type {number} */ parameterCount, /** @type {number} */ epoch) =>
    /** @type {any} */ ({ description: { parameterCount }, run: { epoch } });
  assert.deepEqual(planesOf(state(2, 9)), ["parameters", "hessian"]);
  assert.deepEqual(planesOf(state(9, 2)), ["random", "hessian"]);
  assert.deepEqual(planesOf(state(9, 3)), ["trajectory", "random", "hessian"]);
  assert.deepEqual(evenly([1, 2, 3], 3), [1, 2, 3]);
  assert.deepEqual(evenly([0, 1, 2, 3, 4], 3), [0, 2, 4]);
});

test("in sentences", () => {
  const drawn = {
    kind: "random",
    size: 2,
    losses: Float64Array.of(1, 0.25, 2, 3),
    center: 0.5,
    share: 0.024,
    eigenvalues: null,
  };
  const words = (/** @type {object} */ more = {}) => surfaceWords(/** @type {any} */ ({ ...drawn, ...more }));
  assert.match(
    words(),
    /weights is 0.5000\. The lowest loss in this plane is 0.2500\. This plane holds 2.4% of the run’s path\./,
  );
  assert.match(words({ share: null }), /no path yet/);
  assert.match(words({ kind: "parameters", share: 1 }), /all parameters/);
  assert.match(words({ eigenvalues: [6.4, 5.58] }), /curvature is 6\.4 and 5\.58/);
  const at = (/** @type {number} */ step) => /** @type {any} */ ({ frame: { step } });
  assert.equal(isEarlier(at(5), /** @type {any} */ ({ step: 5 })), false);
  assert.equal(isEarlier(at(6), /** @type {any} */ ({ step: 5 })), true);
  assert.equal(isEarlier(at(6), null), false);
});
