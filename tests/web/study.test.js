// Folds as runs, cross-validation, verdicts, searches and the surface, as JavaScript has them.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import {
  Folding,
  TableReader,
  Trainer,
  crossValidate,
  halving,
  initSync,
  scores,
  simplest,
  survivors,
  trials,
  verdict,
} from "../../www/pkg-full/trainyard.js";
import { compiled, typesOf } from "./contract.js";

const root = new URL("../../", import.meta.url);
initSync({ module: fs.readFileSync(new URL("www/pkg-full/trainyard_bg.wasm", root)) });

const SPEC = {
  data: { source: "moons", samples: 120, noise: 0.2, split: { train: 0.75, test: 0.25 } },
  model: { layers: [{ type: "dense", units: 4, activation: "tanh" }] },
  training: { optimizer: { type: "adam", learningRate: 0.05 }, stop: { maxEpochs: 12 } },
};

function tableOf(name) {
  const reader = new TableReader();
  reader.push(fs.readFileSync(new URL(`www/data/${name}.csv`, root)));
  return reader.finish();
}

const finished = (trainer) => {
  while (!["finished", "diverged"].includes(trainer.advance(10_000, 0).status));
  return trainer;
};

async function refused(ask, code, message, where) {
  const error = await new Promise((resolve) => resolve(ask())).then(
    () => assert.fail(`nothing was thrown: ${message}`),
    (thrown) => thrown,
  );
  assert.ok(error.code === code && message.test(error.message), `${error.code}: ${error.message}`);
  assert.equal(error.where, where);
}

test("each fold is a Trainer that any worker opens by itself; together they are a partition without test rows", async () => {
  const folding = new Folding(SPEC, undefined, { folds: 6, repeats: 2, seed: 3 });
  assert.equal(folding.runs, 12);
  const [first, again] = folding.dealt();
  assert.ok(first instanceof Uint8Array && first.length === 90 && again.length === 90);
  const whole = await Trainer.create(SPEC);
  const { part, inputs } = whole.points();
  assert.deepEqual(
    [...folding.rows()],
    [...part.keys()].filter((row) => part[row] !== 2),
  );
  for (const index of [0, 5, 7]) {
    const trainer = folding.open(index);
    const points = trainer.points();
    const dealt = folding.dealt()[Math.floor(index / 6)];
    assert.deepEqual(
      [...points.part],
      [...dealt].map((fold) => (fold === index % 6 ? 1 : 0)),
    );
    const rows = folding.rows();
    points.part.forEach((_, i) => assert.equal(points.inputs[2 * i], inputs[2 * rows[i]]));
    const other = new Folding(SPEC, undefined, { folds: 6, repeats: 2, seed: 3 }).open(index);
    assert.deepEqual(await finished(trainer).parameters(), await finished(other).parameters());
    assert.equal(await trainer.evaluate("test"), undefined);
    assert.equal(await trainer.scores("test"), undefined);
  }
});

test("a Trainer scores a part as `scores` does its outputs", async () => {
  const trainer = finished(await Trainer.create(SPEC));
  const { inputs, targets, part } = trainer.points();
  const rows = [...part.keys()].filter((row) => part[row] === 2);
  const { outputs, classes } = await trainer.classify(
    new Float64Array(rows.flatMap((r) => [inputs[2 * r], inputs[2 * r + 1]])),
  );
  const held = new Float64Array(rows.map((row) => targets[row]));
  const want = scores(outputs, held, { classes: 2, decided: classes, intervals: false });
  const own = await trainer.scores("test", { intervals: false });
  for (const key of ["accuracy", "auroc", "logLoss", "mcc"]) assert.ok(Math.abs(own[key] - want[key]) <= 1e-12, key);
  assert.equal((await trainer.evaluate("test")).accuracy, own.accuracy);
  assert.ok((await trainer.scores("test")).intervals.auroc.low < own.auroc);
  const line = finished(await Trainer.create({ data: { source: "line" }, training: { stop: { maxEpochs: 5 } } }));
  const { mae, mse } = await line.evaluate("train").then(async () => line.scores("train"));
  assert.ok(Math.abs((await line.evaluate("train")).mae - mae) <= 1e-6 && mse > 0);
  await refused(() => trainer.scores("all"), "data", /part "all" is not one of/);
  await refused(() => trainer.scores("test", { seeds: 1 }), "spec", /seeds: is no option/, "seeds");
});

test("cross-validation scores every fold, and tells how far it is", async () => {
  const told = [];
  const found = await crossValidate(SPEC, undefined, { folds: 5, seed: 1 }, (progress) => void told.push(progress));
  assert.deepEqual([found.folds.length, found.isComplete], [5, true]);
  const accuracies = found.folds.map((fold) => fold.scores.accuracy);
  const mean = accuracies.reduce((sum, a) => sum + a) / 5;
  const deviation = Math.sqrt(accuracies.reduce((sum, a) => sum + (a - mean) ** 2, 0) / 4);
  assert.ok(Math.abs(found.mean.accuracy - mean) <= 1e-12 && Math.abs(found.deviation.accuracy - deviation) <= 1e-12);
  assert.ok(mean > 0.7 && found.mean.auroc > 0.8, `${mean}`);
  for (const { rows, trainingRows, epochs, status, training } of found.folds) {
    assert.deepEqual([rows, trainingRows, epochs, status], [18, 72, 12, "finished"]);
    assert.ok(training.accuracy > 0.5);
  }
  const { rows, run, outputs, targets } = found.validated;
  assert.deepEqual(
    [...rows].sort((a, b) => a - b),
    [...new Folding(SPEC, undefined, { folds: 5, seed: 1 }).rows()],
  );
  assert.deepEqual([run.length, outputs.length, targets.length], [90, 90, 90]);
  assert.equal(found.pooled.rows, 90);
  assert.ok(found.pooled.intervals.accuracy.low < found.pooled.accuracy);
  const results = told.filter(({ result }) => result);
  assert.deepEqual(
    results.map(({ index, runs, share }) => [index, runs, share]),
    [0, 1, 2, 3, 4].map((i) => [i, 5, (i + 1) / 5]),
  );
  told.forEach(({ share }, i) => assert.ok(i === 0 || share >= told[i - 1].share));
  const trainer = finished(new Folding(SPEC, undefined, { folds: 5, seed: 1 }).open(3));
  const own = await trainer.scores("validation", { intervals: false });
  assert.equal(own.accuracy, found.folds[3].scores.accuracy, "each fold is the run that anyone opens");
});

test("it is canceled by the listener or a signal, with what is done by then", async () => {
  const long = { ...SPEC, training: { stop: { maxEpochs: 1_000_000 } } };
  const stopped = await crossValidate(SPEC, undefined, { folds: 5 }, ({ result }) => !(result?.fold === 1));
  assert.deepEqual([stopped.folds.length, stopped.isComplete], [2, false]);
  assert.ok(Number.isFinite(stopped.mean.accuracy));
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 20);
  const aborted = await crossValidate(long, undefined, { folds: 5, signal: stop.signal });
  assert.deepEqual([aborted.folds, aborted.isComplete, aborted.mean, aborted.pooled], [[], false, {}, null]);
  await assert.rejects(
    crossValidate(SPEC, undefined, {}, () => {
      throw new TypeError("the listener's own");
    }),
    TypeError,
  );
});

test("tables are dealt by classes, or whole by a column, and rows may be left out one at a time", async () => {
  const iris = tableOf("iris");
  const spec = {
    data: { source: "iris", split: { train: 1 } },
    model: { layers: [] },
    training: { optimizer: { type: "adam", learningRate: 0.1 }, batchSize: 150, stop: { maxEpochs: 150 } },
  };
  const found = await crossValidate(spec, iris, { folds: 10 });
  assert.ok(found.mean.accuracy > 0.9 && found.mean.accuracy < 1, `${found.mean.accuracy}`);
  for (const { scores: own } of found.folds)
    assert.deepEqual(
      own.perClass.map(({ support }) => support),
      [5, 5, 5],
    );
  assert.equal(found.pooled.curves.roc.length, 3);
  const short = { ...spec, training: { stop: { maxEpochs: 1 } } };
  const each = new Folding(short, iris, { folds: "leave-one-out" });
  assert.deepEqual([each.runs, each.dealt()[0].constructor], [150, Uint8Array]);
  const penguins = tableOf("penguins");
  const data = { source: "penguins", target: "species", clean: [], kinds: { island: "ignore" } };
  const islands = new Folding({ ...short, data }, penguins, { folds: 3, groups: "island" });
  assert.equal(islands.runs, 3);
  await refused(
    () => new Folding({ ...short, data }, penguins, { groups: "isle" }),
    "spec",
    /"isle" is not a column/,
    "groups",
  );
  iris.describe(spec.data);
});

test("what can't be dealt is refused, and the next one works", async () => {
  await refused(
    () => new Folding(SPEC, undefined, { folds: 1 }),
    "spec",
    /folds: 1 is not a whole number in 2…/,
    "folds",
  );
  await refused(() => new Folding(SPEC, undefined, { folds: 21 }), "spec", /folds: 21 is outside 2…20/, "folds");
  await refused(() => new Folding(SPEC, undefined, { signal: 1 }), "spec", /signal: is no option/, "signal");
  await refused(() => new Folding({ data: { source: "rows" } }), "spec", /needs rows/, "data.source");
  const endless = { training: { stop: { maxEpochs: null } } };
  await refused(() => crossValidate(endless), "spec", /have to end/, "training.stop.maxEpochs");
  await refused(
    () => crossValidate(SPEC, undefined, {}, "tell me"),
    "spec",
    /onProgress: is not a function/,
    "onProgress",
  );
  await refused(
    () => crossValidate(SPEC, undefined, { blocked: true, groups: "x" }),
    "spec",
    /groups: can't/,
    "groups",
  );
  const folding = new Folding(SPEC);
  await refused(() => folding.open(10), "spec", /index: 10 is not a whole number in 0…9/, "index");
  await refused(() => folding.open("0"), "spec", /index: "0"/, "index");
  assert.equal(folding.open(9).progress().step, 0);
  folding.free();
  assert.throws(() => folding.open(0), { code: "handle" });
});

test("a verdict has its numbers, and its answer by the rule", () => {
  const list = (value, spread = 0) => Float64Array.from({ length: 10 }, (_, i) => value + (i % 2 ? spread : -spread));
  const answer = (large, simple, options) => verdict(large, simple, options).answer;
  assert.equal(answer(list(0.9, 0.01), list(0.7)), "yes");
  assert.equal(answer(list(0.7), list(0.9, 0.01)), "no");
  assert.equal(answer(list(0.9, 0.01), list(0.9)), "tie");
  assert.equal(answer(list(0.6, 0.3), list(0.5)), "can't tell");
  assert.equal(answer(list(0.5), list(0.5), { constant: list(0.5) }), "can't tell");
  const { difference, low, high, p, t, wins, losses, folds, deviation, hasLearned } = verdict(
    list(0.6, 0.1),
    list(0.5),
  );
  assert.ok(
    Math.abs(difference - 0.1) <= 1e-12 && low < 0 && high > 0.2 && p > 0.05 && p < 0.1 && t > 2 && deviation > 0.1,
  );
  assert.deepEqual([wins, losses, folds, hasLearned], [5, 0, 10, null]);
  assert.throws(() => verdict(list(1), new Float64Array(9)), { code: "data" });
  assert.throws(() => verdict(list(1), list(1), { alpha: 0.05 }), { code: "spec", where: "alpha" });
  assert.equal(
    simplest(
      new Float64Array([0.9, 0.93, 0.95]),
      new Float64Array([0.01, 0.01, 0.021]),
      new Float64Array([1, 10, 100]),
    ),
    1,
  );
  assert.equal(simplest(new Float64Array(), new Float64Array(), new Float64Array()), undefined);
});

test("searches are planned: grids, drawn trials, rungs, survivors", () => {
  const axes = [{ low: 1e-4, high: 1, log: true }, { values: [1, 2, 4] }, { low: 1, high: 9, whole: true }];
  const grid = trials(axes, { points: 3 });
  assert.equal(grid.length, 27);
  assert.deepEqual([...grid[0]], [1e-4, 1, 1]);
  const drawn = trials(axes, { by: "random", trials: 50, seed: 2 });
  assert.ok(
    drawn.every(
      ([rate, value, whole]) => rate >= 1e-4 && rate <= 1 && [1, 2, 4].includes(value) && Number.isInteger(whole),
    ),
  );
  assert.deepEqual(trials(axes, { by: "random", trials: 50, seed: 2 }), drawn);
  assert.deepEqual(halving({ trials: 9, epochs: 90 }), [
    { trials: 9, epochs: 10 },
    { trials: 3, epochs: 30 },
    { trials: 1, epochs: 90 },
  ]);
  assert.deepEqual([...survivors(new Float64Array([0.1, NaN, 0.9]), 2)], [2, 0]);
  assert.throws(() => trials("all"), { code: "spec", where: "axes" });
  assert.throws(() => trials([{ low: 1 }]), { code: "spec", where: "axes[0].high" });
  assert.throws(() => trials([{ low: 0, high: 1, log: true }]), { code: "spec", where: "axes[0]" });
  assert.throws(() => trials(axes, { by: "luck" }), { code: "spec", where: "by" });
});

test("the surface has the loss shown at its center, comes in slices, and leaves the run as it is", async () => {
  const trainer = await Trainer.create(SPEC);
  const path = [await trainer.parameters()];
  for (let i = 0; i < 6; i++) {
    trainer.advance(10, 0);
    path.push(await trainer.parameters());
  }
  const before = trainer.moment();
  for (const kind of ["random", "trajectory", "hessian", "parameters"]) {
    const plane = await trainer.plane({ kind, path, ...(kind === "parameters" && { parameters: [0, 1] }) });
    assert.ok(plane.share > 0 && plane.share <= 1, `${kind}: ${plane.share}`);
    assert.equal(plane.path.length, 14);
    assert.equal(plane.eigenvalues?.length, kind === "hessian" ? 2 : undefined);
    const whole = await trainer.surface(plane, { size: 11 });
    const { loss } = await trainer.evaluate("train");
    assert.ok(Math.abs(whole.losses[60] - loss) <= 1e-5 && Math.abs(whole.center - loss) <= 1e-5, kind);
    assert.deepEqual([whole.a[0], whole.a[5], whole.a[10], whole.losses.length], [-1, 0, 1, 121]);
    const slice = await trainer.surface(plane, { size: 11, from: 4, to: 6 });
    assert.deepEqual(slice.losses, whole.losses.slice(44, 66));
    assert.deepEqual(slice.b, whole.b.slice(4, 6));
  }
  assert.deepEqual(trainer.moment(), before);
  const plane = await trainer.plane();
  await refused(() => trainer.plane({ kind: "best" }), "spec", /kind: "best" is not one of/, "kind");
  await refused(() => trainer.plane({ kind: "trajectory" }), "data", /stands still/);
  await refused(() => trainer.plane({ path: [[1]] }), "spec", /path: .* is not a Float32Array/, "path");
  await refused(() => trainer.plane({ kind: "parameters" }), "spec", /parameters: is not a list of two/, "parameters");
  await refused(() => trainer.surface({}), "spec", /first: .* is not a Float32Array/, "first");
  await refused(() => trainer.surface(plane, { size: 1 }), "spec", /size: 1 is not a whole number in 2…201/, "size");
  await refused(() => trainer.surface(plane, { low: NaN }), "spec", /low: NaN/, "low");
  const other = await Trainer.create({ model: { layers: [] } });
  await refused(() => other.surface(plane), "length", /first holds/);
});

test("a surface of 41 × 41 of a thousand parameters on 500 rows takes a second at most", async () => {
  const model = { layers: [30, 26].map((units) => ({ type: "dense", units, activation: "tanh" })) };
  const trainer = await Trainer.create({ data: { source: "spiral", samples: 500, split: { train: 1 } }, model });
  assert.ok(Math.abs(trainer.describe().parameterCount - 1000) < 150, `${trainer.describe().parameterCount}`);
  const plane = await trainer.plane();
  const times = [];
  for (let i = 0; i < 3; i++) {
    const began = process.cpuUsage().user;
    await trainer.surface(plane);
    times.push((process.cpuUsage().user - began) / 1000);
  }
  assert.ok(Math.min(...times) <= 1000, `${times} ms of processor time`);
});

test("the types say what is asked and answered", () => {
  const use = (last) => `
import { Folding, Trainer, crossValidate, verdict, trials, halving, type CrossValidation, type Surface } from ${typesOf("pkg-full")};
const stop = new AbortController();
const found: CrossValidation = await crossValidate({ seed: 1 }, null, { folds: 10, signal: stop.signal }, ({ share }) => share < 0.5);
const mean: number | undefined = found.mean.accuracy;
const folding = new Folding({ seed: 1 }, undefined, { folds: "leave-one-out", groups: "site" });
const trainer: Trainer = folding.open(0);
const plane = await trainer.plane({ kind: "hessian" });
const surface: Surface = await trainer.surface(plane, { size: 41 });
const answer: "yes" | "no" | "tie" | "can't tell" = verdict(new Float64Array(2), new Float64Array(2)).answer;
const plans: Float64Array[] = trials([{ low: 1, high: 2, log: true }, { values: [1] }], { by: "random" });
const rungs: number = halving({ trials: 9, epochs: 9 })[0].epochs;
${last}
export { mean, surface, answer, plans, rungs };
`;
  const right = compiled(use(""));
  assert.equal(right.status, 0, right.stdout);
  const wrong = compiled(
    use('trainer.plane({ kind: "best" }); folding.open("0"); crossValidate({}, null, { fold: 3 });'),
  );
  assert.equal(wrong.stdout.match(/error TS/g)?.length, 3, wrong.stdout);
});
