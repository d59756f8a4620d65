// The formulas that the microscope writes, beside the engine's own numbers: each activation, loss and optimizer.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { evaluate, read, workedOut } from "../../www/features/microscope/formulas.js";
import { ACTIVATIONS, LOSSES, OPTIMIZERS } from "../../www/features/microscope/formulas.static.js";
import { Inside, constantsOf, lossLines, lossOf, ruleOf } from "../../www/features/microscope/model.js";
import { Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import { FIELDS } from "../../www/settings/schema.static.js";

initSync({ module: fs.readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

const isClose = (/** @type {number} */ a, /** @type {number} */ b, /** @type {string} */ what, tolerance = 2e-5) =>
  assert.ok(Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)), `${what}: ${a} against the engine's ${b}`);

/** A run of so many steps, and a look at the next. */
async function lookAfter(/** @type {any} */ spec, steps = 3) {
  const trainer = await Trainer.create({
    ...spec,
    data: { samples: 60, ...spec.data },
    training: { batchSize: 8, ...spec.training },
  });
  trainer.advance(steps, 0);
  const look = await trainer.look();
  return { inside: new Inside(look, trainer.describe()), look, description: trainer.describe() };
}

// erf by its series: a formula may name Φ and φ, which the page only writes.
function erf(/** @type {number} */ x) {
  let [sum, term] = [x, x];
  for (let n = 1; n < 200; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}
const FUNCTIONS = {
  exp: Math.exp,
  ln: Math.log,
  max: Math.max,
  sin: Math.sin,
  cos: Math.cos,
  σ: (/** @type {number} */ z) => 1 / (1 + Math.exp(-z)),
  Φ: (/** @type {number} */ z) => (1 + erf(z / Math.SQRT2)) / 2,
  φ: (/** @type {number} */ z) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI),
};

const choices = (/** @type {string} */ path) => /** @type {[string, string[]]} */ (FIELDS[path])[1];

for (const activation of choices("model.outputActivation")) {
  test(`${activation}: value and slope are the formulas'`, async () => {
    const { inside, description } = await lookAfter({
      model: { layers: [{ type: "dense", units: 6, activation }], init: { type: "uniform", range: 1.5 } },
    });
    const { value, slope } = ACTIVATIONS[activation];
    const seen = new Set();
    for (let unit = 0; unit < description.layers[0].outputs; unit++)
      for (let row = 0; row < inside.rows; row++) {
        const z = inside.sum(1, unit, row);
        const a = inside.value(1, unit, row);
        const piece = (/** @type {string[]} */ formulas) => read(formulas[z > 0 ? 0 : formulas.length - 1]);
        isClose(evaluate(piece(value), { z }, FUNCTIONS), a, `${activation}(${z})`);
        isClose(evaluate(piece(slope), { z, a }, FUNCTIONS), inside.slope(1, unit, row), `its slope at ${z}`);
        seen.add(Math.sign(z));
      }
    assert.deepEqual([...seen].sort(), [-1, 1], "sums on both sides of 0");
  });
}

for (const [name, optimizer] of Object.entries({
  sgd: { type: "sgd" },
  momentum: { type: "sgd", momentum: 0.8 },
  nesterov: { type: "sgd", momentum: 0.8, nesterov: true },
  adagrad: { type: "adagrad" },
  rmsprop: { type: "rmsprop", alpha: 0.9 },
  adam: { type: "adam", beta1: 0.8 },
  adamw: { type: "adamw", weightDecay: 0.3 },
})) {
  test(`${name}: the rule's lines give the engine's next weights and memory`, async () => {
    const steps = 4;
    const { inside, look, description } = await lookAfter({ training: { optimizer } }, steps);
    assert.equal(ruleOf(description), OPTIMIZERS[name]);
    for (let index = 0; index < look.before.length; index++) {
      const slots = inside.memory(index);
      const letters = [...new Set(OPTIMIZERS[name].flatMap((line) => line.match(/^[msv] /)?.[0].trim() ?? []))];
      assert.equal(letters.length, slots.length);
      const memory = Object.fromEntries(letters.map((letter, i) => [letter, slots[i].before]));
      const values = {
        ...constantsOf(description),
        ...memory,
        w: look.before[index],
        g: look.stepGradient[index],
        η: look.learningRate,
        t: steps + 1,
      };
      const lines = workedOut(OPTIMIZERS[name], values);
      isClose(/** @type {number} */ (lines.at(-1)?.value), look.after[index], `${name}: parameter ${index}`);
      letters.forEach((letter, i) => {
        const line = lines.find(({ target }) => target === letter);
        isClose(line?.value ?? NaN, slots[i].after, `${name}: ${letter} of ${index}`);
      });
    }
  });
}

test("every optimizer of the Spec has a rule", () => {
  for (const type of choices("training.optimizer.type")) assert.ok(OPTIMIZERS[type], type);
});

for (const [kind, source, loss] of [
  ["binary", "circle", "cross-entropy"],
  ["categorical", "three-spiral", "cross-entropy"],
  ["mse", "sine", "mse"],
  ["half-mse", "sine", "half-mse"],
  ["mae", "sine", "mae"],
  ["huber", "plane", "huber"],
  ["hinge", "circle", "hinge"],
]) {
  test(`${kind}: the lines give the engine's loss of each example`, async () => {
    const model = { layers: [], init: { type: "uniform", range: kind === "huber" ? 6 : 1 } };
    const { inside, look, description } = await lookAfter({ data: { source }, model, training: { loss } }, 1);
    assert.equal(lossOf(description), kind);
    const errors = new Set();
    for (let row = 0; row < inside.rows; row++) {
      const outputs = Array.from({ length: description.outputs }, (_, k) => inside.value(1, k, row));
      const y = inside.target(0, row);
      errors.add(Math.abs(outputs[0] - y) <= 1);
      const lines = workedOut(lossLines(kind, outputs[0] - y), { o: outputs[0], y, ok: outputs, oy: outputs[y] });
      isClose(/** @type {number} */ (lines.at(-1)?.value), look.losses[row], `${kind} of ${row}`);
    }
    if (kind === "huber") assert.equal(errors.size, 2, "small errors and large ones");
  });
}

test("every loss has a test here", () => {
  assert.deepEqual(Object.keys(LOSSES).sort(), ["binary", "categorical", "half-mse", "hinge", "huber", "mae", "mse"]);
});

test("a formula is read by the usual order of signs; what can't be read is an error", () => {
  for (const [text, value] of [
    ["1 + 2·3", 7],
    ["(1 + 2)·3", 9],
    ["8 − 2 − 1", 5],
    ["8 / 2 / 2", 2],
    ["2·3^2", 18],
    ["−2^2", -4],
    ["√9 + 1", 4],
    ["1 / 2·x", 2],
    ["|1 − x|", 3],
    ["max(0, 1 − x)", 0],
    ["β1·m̂", 20],
    ["∑exp(ok)", Math.E + 1],
  ])
    assert.ok(Math.abs(evaluate(read(text), { x: 4, β1: 5, m̂: 4, ok: [0, 1] }) - Number(value)) < 1e-12, String(text));
  for (const text of ["1 +", "(1", "1 2", "a·)"]) assert.throws(() => read(text), text);
});
