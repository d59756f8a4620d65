// Simpler models through their own package: what JavaScript gets of them, scikit-learn's numbers, and what is refused.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { Baseline, initSync } from "../../www/pkg-baselines/trainyard.js";

const root = new URL("../../", import.meta.url);
initSync({ module: fs.readFileSync(new URL("www/pkg-baselines/trainyard_bg.wasm", root)) });

const golden = JSON.parse(fs.readFileSync(new URL("tests/golden/baselines.json", root), "utf8")).cases;

/** The rows of a golden case, as tests/golden/baselines.py says. */
function rowsOf({ set, scaled, step }) {
  const text = fs.readFileSync(new URL(`www/data/${set}.csv`, root), "utf8");
  const lines = text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(","));
  const width = lines[0].length - 1;
  const names = [...new Set(lines.map((line) => line[width]))].sort();
  const isOfClasses = set !== "diabetes";
  const fitted = lines.filter((_, i) => i % 4).filter((_, i) => i % step === 0);
  const held = lines.filter((_, i) => i % 4 === 0);
  const scale = Array.from({ length: width }, (_, j) => {
    if (!scaled) return [0, 1];
    const column = fitted.map((line) => Number(line[j]));
    const mean = column.reduce((sum, x) => sum + x, 0) / column.length;
    return [mean, Math.sqrt(column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / column.length)];
  });
  const part = (rows) => ({
    inputs: Float64Array.from(
      rows.flatMap((line) => scale.map(([mean, deviation], j) => (Number(line[j]) - mean) / deviation)),
    ),
    targets: Float64Array.from(rows, (line) => (isOfClasses ? names.indexOf(line[width]) : Number(line[width]))),
    shape: [width],
    ...(isOfClasses && { classes: names.length }),
  });
  return { fitted: part(fitted), held: part(held) };
}

function assertNear(got, wanted, tolerance, name) {
  assert.equal(got.length, wanted.length, name);
  wanted.forEach((value, i) =>
    assert.ok(
      Math.abs(got[i] - value) <= tolerance * Math.max(1, Math.abs(value)),
      `${name}[${i}]: ${got[i]} for ${value}`,
    ),
  );
}

test("coefficients of ridge, lasso and logistic regression are scikit-learn's", () => {
  let compared = 0;
  for (const one of golden.filter(({ coef }) => coef)) {
    const name = `${one.set} ${one.kind} ${JSON.stringify(one.options)}`;
    const model = Baseline.fit(one.kind, one.options, rowsOf(one).fitted);
    const { weights, intercepts } = model.coefficients();
    assertNear(weights, one.coef, 1e-5, name);
    assertNear(intercepts, one.intercept, 1e-5, name);
    assert.equal(model.describe().parameterCount, weights.length + intercepts.length);
    model.free();
    compared += 1;
  }
  assert.ok(compared >= 20, `${compared}`);
});

test("predictions of constants, neighbors and trees are scikit-learn's; a tree's where they don't hang on chance", () => {
  for (const one of golden.filter(({ held }) => held)) {
    const rows = rowsOf(one);
    const model = Baseline.fit(one.kind, one.options, rows.fitted);
    const { outputs, features, leaves } = model.describe();
    assert.deepEqual([features, leaves !== null], [rows.fitted.shape[0], one.kind === "tree"]);
    for (const [i, part] of /** @type {const} */ (["fitted", "held"]).entries()) {
      if (one.agreed && one.agreed[i] < 0.99) continue;
      const got = model.predict(rows[part].inputs);
      const wanted = one[part];
      assert.equal(got.length, wanted.length);
      const count = wanted.length / outputs;
      let missed = 0;
      for (let row = 0; row < count; row++) {
        const isNear = (/** @type {number} */ j) =>
          Math.abs(got[j] - wanted[j]) <= 1e-5 * Math.max(1, Math.abs(wanted[j]));
        missed += Number(!Array.from({ length: outputs }, (_, j) => row * outputs + j).every(isNear));
      }
      assert.ok(missed <= count / 100, `${one.set} ${one.kind} ${JSON.stringify(one.options)}: ${missed} of ${count}`);
    }
    model.free();
  }
});

const two = { inputs: new Float32Array([0, 1, 2, 3, 4, 5]), targets: new Float32Array([0, 0, 0, 1, 1, 1]), shape: [1] };

test("two classes have one column, the second's probability; more have one each; values one a target", () => {
  for (const kind of ["constant", "logistic", "knn", "tree", "forest"]) {
    const model = Baseline.fit(kind, { neighbors: 3, trees: 20 }, { ...two, classes: 2 });
    const got = model.predict(two.inputs);
    assert.ok(got instanceof Float64Array);
    assert.equal(got.length, 6);
    if (kind !== "constant") assert.ok(got[0] < 0.5 && got[5] > 0.5, `${kind}: ${got}`);
    const three = Baseline.fit(kind, null, { ...two, classes: 3 });
    assert.deepEqual([three.describe().outputs, three.predict(new Float64Array(2)).length], [3, 6]);
  }
  for (const kind of ["constant", "ridge", "lasso", "knn", "tree", "forest"]) {
    const pairs = { ...two, targets: new Float64Array(12).map((_, i) => i) };
    const model = Baseline.fit(kind, undefined, pairs);
    assert.deepEqual([model.describe().outputs, model.predict(new Float32Array(3)).length], [2, 6]);
  }
});

test("the same seed gives the same trees, another one others; what is described holds", () => {
  const { fitted, held } = rowsOf(golden.find(({ set }) => set === "diabetes"));
  const [first, again, other] = [1, 1, 2].map((seed) => Baseline.fit("forest", { trees: 5, seed }, fitted));
  assert.deepEqual(first.predict(held.inputs), again.predict(held.inputs));
  assert.notDeepEqual(first.predict(held.inputs), other.predict(held.inputs));
  const { options, rows, leaves, parameterCount, kind } = first.describe();
  assert.deepEqual(options, { penalty: 1, neighbors: 5, maxDepth: null, minLeaf: 1, trees: 5, seed: 1 });
  assert.deepEqual([kind, rows], ["forest", fitted.targets.length]);
  assert.equal(parameterCount, leaves + 2 * (leaves - 5)); // a value a leaf; each of five trees has one split fewer
  assert.equal(first.coefficients(), undefined);
});

test("what doesn't fit is refused by its path and what is allowed, and the next fit goes on", () => {
  const refused = (kind, options, rows, wanted) => assert.throws(() => Baseline.fit(kind, options, rows), wanted);
  refused("svm", {}, two, { code: "spec", where: "kind", message: /"svm" is not one of constant, ridge/ });
  refused(3, {}, two, { code: "spec", where: "kind" });
  for (const [options, where] of [
    [{ penalty: -1 }, "options.penalty"],
    [{ penalty: NaN }, "options.penalty"],
    [{ penalty: Infinity }, "options.penalty"],
    [{ neighbors: 0 }, "options.neighbors"],
    [{ trees: 1e5 }, "options.trees"],
    [{ maxDepth: 0 }, "options.maxDepth"],
    [{ minLeaf: 1.5 }, "options.minLeaf"],
    [{ seed: -1 }, "options.seed"],
    [{ depth: 3 }, "options.depth"],
    [[1], "options"],
  ])
    refused("tree", options, two, { code: "spec", where });
  const circle = {};
  circle.penalty = circle;
  refused("ridge", circle, two, { code: "spec" });
  refused("ridge", {}, undefined, { code: "data" });
  refused("ridge", {}, { ...two, shape: [4] }, { code: "data", message: /inputs holds 6 numbers/ });
  refused("ridge", {}, { ...two, inputs: [0, 1, 2, 3, 4, 5] }, { code: "data", message: /neither a Float32Array/ });
  refused("ridge", {}, { ...two, targets: new Float32Array(4) }, { code: "data", message: /targets holds 4 numbers/ });
  refused(
    "tree",
    {},
    { ...two, inputs: two.inputs.map((x) => x / 0) },
    { code: "data", message: /row 0, column 0: NaN/ },
  );
  refused("tree", {}, { ...two, classes: 1 }, { code: "data", message: /classes is 1, expected 2/ });
  refused("logistic", {}, two, { code: "data", message: /predicts classes/ });
  refused("lasso", {}, { ...two, classes: 2 }, { code: "data", message: /predict values/ });
  const model = Baseline.fit("ridge", { penalty: 0 }, two);
  assert.throws(() => model.predict([1]), { code: "data", message: /neither a Float32Array/ });
  assert.throws(() => model.predict(new Float32Array([NaN])), { code: "data", message: /NaN is not within/ });
  assert.equal(model.predict(new Float32Array(0)).length, 0);
  model.free();
  assert.throws(() => model.predict(two.inputs), { code: "handle" });
});
