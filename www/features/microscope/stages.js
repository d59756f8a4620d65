// @ts-check
/** What each stage of an update looks like, in formulas with the engine's own numbers. */
import { html, nothing } from "lit";
import { isEmphatic, lossOf, slopeOf } from "./model.js";
import { formatValue } from "../../base/columnFormat.js";
import {
  bar,
  factor,
  fn,
  formula,
  fraction,
  hat,
  indexed,
  name,
  number,
  power,
  root,
  row,
  sign,
  slope,
  square,
  times,
  words,
} from "./maths.js";

/**
 * @typedef {object} Scene
 * @property {import("./model.js").Inside} inside
 * @property {import("../../session/protocol.js").Description} description
 * @property {import("./model.js").Spot} spot
 * @property {number | null} example   which row of the batch; null: all of them
 * @property {number} step             the number of this update
 * @property {boolean} isLocked
 * @property {(layer: number, unit: number) => string} nameOf   what a unit is called
 *
 * @typedef {{type?: string, nesterov?: boolean} & Partial<Record<"beta1" | "beta2" | "momentum" | "alpha" | "epsilon" | "weightDecay", number>>} Optimizer   any of them
 * @typedef {{optimizer?: Optimizer, l1: number, l1Rule?: string}} Training
 */

/** Terms that are written out; of more, the largest. */
const MOST_TERMS = 4;

/** How activations are written. @type {Record<string, string>} */
const FUNCTIONS = {
  tanh: "tanh",
  sigmoid: "σ",
  relu: "ReLU",
  linear: "id",
  "leaky-relu": "LReLU",
  elu: "ELU",
  selu: "SELU",
  gelu: "GELU",
  silu: "SiLU",
  softplus: "softplus",
  sin: "sin",
};

/** The largest terms in their order, and how many are left out. @template {{size: number}} T @param {T[]} terms */
function largest(terms) {
  if (terms.length <= MOST_TERMS) return { shown: terms, left: 0 };
  const bound = terms.map(({ size }) => size).sort((a, b) => b - a)[MOST_TERMS - 1];
  const shown = terms.filter(({ size }) => size >= bound).slice(0, MOST_TERMS);
  return { shown, left: terms.length - shown.length };
}

export function forward(/** @type {Scene} */ { inside, description, spot: { layer, unit }, example, nameOf }) {
  const { inputs, activation } = description.layers[layer - 1];
  const terms = Array.from({ length: inputs }, (_, input) => {
    const [w, x] = [inside.weight({ layer, unit, input }), inside.given({ layer, input }, example)];
    return { input, w, x, size: Math.abs(w * x) };
  });
  const { shown, left } = largest(terms);
  const bias = inside.weight({ layer, unit, input: inputs });
  const [z, a] = [inside.sum(layer, unit, example), inside.value(layer, unit, example)];
  const own = FUNCTIONS[activation] ?? activation;
  return html`
    <p>${example === null ? "On the mean over the batch" : "Here"}, ${nameOf(layer, unit)} is given ${shown.map(({ input, x }, i) => html`${i ? ", " : ""}${nameOf(layer - 1, input)} = <b>${formatValue(x)}</b>`)}${left ? ` and ${left} more` : ""}.</p>
    ${formula(
      row(name("z"), sign("=")),
      ...terms.slice(0, 2).map((_, i) => row(i ? sign("+") : nothing, indexed("w", i + 1), times, indexed("x", i + 1))),
      inputs > 2 ? row(sign("+"), name("…"), ...(inputs > 3 ? [] : [])) : null,
      row(sign("+"), name("b")),
    )}
    ${formula(
      row(sign("=")),
      ...shown.map(({ w, x }, i) => row(i ? sign("+") : nothing, factor(w, "weight"), times, factor(x, "input"))),
      left ? row(sign("+"), name("…")) : null,
      row(sign("+"), factor(bias, "bias")),
      row(sign("="), number(z, "sum")),
    )}
    ${
      example === null && activation !== "linear"
        ? formula(
            row(
              bar("a"),
              sign("="),
              fraction(sign("1"), number(inside.rows)),
              sign("∑"),
              name(own),
              sign("("),
              name("z"),
              sign(")"),
            ),
            row(sign("="), number(a, "value")),
          )
        : formula(
            row(name("a"), sign("="), name(own), sign("("), name("z"), sign(")")),
            row(sign("="), number(a, "value")),
          )
    }
  `;
}

/** What the loss makes of one output and its target. */
function lossFormula(/** @type {Scene} */ { inside, description }, /** @type {number} */ example) {
  const kind = lossOf(description);
  const last = description.layers.length;
  const o = inside.value(last, 0, example);
  const y = inside.target(0, example);
  const loss = number(inside.look.losses[example], "loss");
  const error = row(sign("("), hat("y"), sign("−"), name("y"), sign(")"));
  const errorNumbers = row(sign("("), number(o, "output"), sign("−"), factor(y, "target"), sign(")"));
  const plain = isEmphatic(description)
    ? html`<p class="note">Classes are weighed, or labels smoothed: the engine's loss has that in it.</p>`
    : nothing;
  switch (kind) {
    case "binary": {
      const p = 1 / (1 + Math.exp(-o));
      return html`
        ${formula(row(name("p"), sign("="), name("σ"), sign("("), name("o"), sign(")")), row(sign("="), name("σ"), sign("("), number(o, "output"), sign(")")), row(sign("="), number(p, "probability")))}
        ${formula(row(name("L"), sign("=")), row(sign("−"), name("y"), times, fn("ln"), name("p"), sign("−"), sign("("), number(1), sign("−"), name("y"), sign(")"), times, fn("ln"), sign("("), number(1), sign("−"), name("p"), sign(")")))}
        ${formula(row(sign("="), sign("−"), fn("ln"), number(y > 0.5 ? p : 1 - p)), row(sign("="), loss))}${plain}`;
    }
    case "categorical": {
      const { outputs } = description;
      const logits = Array.from({ length: outputs }, (_, k) => inside.value(last, k, example));
      const total = logits.reduce((sum, logit) => sum + Math.exp(logit), 0);
      const p = Math.exp(logits[y]) / total;
      return html`
        ${formula(row(indexed("p", "y"), sign("="), fraction(power(name("e"), indexed("o", "y")), row(sign("∑"), power(name("e"), indexed("o", "k"))))), row(sign("="), number(p, "probability")))}
        ${formula(row(name("L"), sign("="), sign("−"), fn("ln"), indexed("p", "y")), row(sign("="), loss))}${plain}`;
    }
    case "mae":
      return formula(
        row(name("L"), sign("="), sign("|"), hat("y"), sign("−"), name("y"), sign("|")),
        row(sign("="), loss),
      );
    case "hinge":
      return formula(
        row(
          name("L"),
          sign("="),
          name("max"),
          sign("("),
          number(0),
          sign(","),
          number(1),
          sign("−"),
          name("y"),
          times,
          hat("y"),
          sign(")"),
        ),
        row(sign("="), loss),
      );
    case "huber":
      return html`<p>Half the square of a small error; beyond 1, its size less ½.</p>${formula(row(name("L"), sign("="), name("H"), error), row(sign("="), name("H"), errorNumbers), row(sign("="), loss))}`;
    default: {
      const half = kind === "half-mse" ? row(fraction(number(1), number(2)), times) : nothing;
      return formula(
        row(name("L"), sign("="), half, square(error)),
        row(sign("="), half, square(errorNumbers)),
        row(sign("="), loss),
      );
    }
  }
}

export function loss(/** @type {Scene} */ scene) {
  const { inside, description, example } = scene;
  const mean = formula(
    row(bar("L"), sign("="), fraction(number(1), number(inside.rows)), sign("∑"), name("L")),
    row(sign("="), number(inside.look.loss, "mean-loss")),
  );
  if (example === null)
    return html`<p>The mean over the ${inside.rows} examples of this batch is what the update makes smaller.</p>${mean}`;
  const last = description.layers.length;
  const target = inside.target(0, example);
  return html`
    <p>The net gives <b>${formatValue(inside.value(last, lossOf(description) === "categorical" ? target : 0, example))}</b>${lossOf(description) === "categorical" ? " for the right class" : html`; the target is <b>${formatValue(target)}</b>`}.</p>
    ${lossFormula(scene, example)}
    <p>Of the batch, with this example one of ${inside.rows}:</p>
    ${mean}
  `;
}

export function gradient(/** @type {Scene} */ { inside, description, spot, example, nameOf }) {
  const { layer, unit, input } = spot;
  const { activation, inputs } = description.layers[layer - 1];
  const isOutput = layer === description.layers.length;
  const delta = inside.delta(layer, unit, example);
  const index = inside.index(spot);
  const weight = input < inputs ? name("w") : name("b");
  const x = inside.given(spot, example);
  const listeners = inside
    .listeners(layer, unit, example)
    .map((one) => ({ ...one, size: Math.abs(one.weight * one.delta) }));
  const { shown, left } = largest(listeners);
  const a = inside.value(layer, unit, example);
  const bend = example === null ? NaN : slopeOf(activation, inside.sum(layer, unit, example), a);
  const own = isOutput
    ? formula(row(name("δ"), sign("="), slope(name("z"))), row(sign("="), number(delta, "delta")))
    : html`
        ${formula(row(name("δ"), sign("="), slope(name("z"))), row(sign("="), name("f′"), sign("("), name("z"), sign(")"), times, sign("∑"), indexed("w", "k"), times, indexed("δ", "k")))}
        ${
          example === null
            ? formula(row(name("∑"), name("δ")), row(sign("="), number(delta, "delta")))
            : formula(
                row(
                  sign("="),
                  Number.isFinite(bend) ? factor(bend, "slope") : row(name("f′"), sign("("), name("z"), sign(")")),
                ),
                row(times, sign("(")),
                ...shown.map((one, i) =>
                  row(i ? sign("+") : nothing, factor(one.weight), times, factor(one.delta, "next-delta")),
                ),
                left ? row(sign("+"), name("…")) : null,
                row(sign(")"), sign("="), number(delta, "delta")),
              )
        }`;
  return html`
    <p>${isOutput ? "The output's share of the fault comes straight from the loss" : `The fault of ${nameOf(layer, unit)} comes back through the weights that it is heard by`}, ${example === null ? "summed over the batch" : `for this example, as its part of the mean over ${inside.rows}`}.</p>
    ${own}
    ${example === null ? nothing : formula(row(name("δ"), times, name(input < inputs ? "x" : "1")), row(sign("="), factor(delta), times, factor(x)), row(sign("="), number(delta * x, "share")))}
    ${formula(row(slope(weight), sign("="), sign("∑"), name("δ"), ...(input < inputs ? [times, name("x")] : [])), row(sign("="), number(inside.look.gradient[index], "gradient")))}
    <p class="note">Over all ${description.rows.train} training rows it is <b data-shown="full-gradient">${formatValue(inside.look.fullGradient[index])}</b>: a batch only estimates it.</p>
  `;
}

/** The rule of each optimizer, with what it remembers. */
function rule(
  /** @type {Scene} */ { inside, description, spot, step },
  /** @type {number} */ g,
  /** @type {unknown} */ result,
) {
  const optimizer = /** @type {Optimizer} */ (description.spec.training?.optimizer);
  const index = inside.index(spot);
  const before = inside.look.before[index];
  const rate = inside.look.learningRate;
  const w = name(spot.input < description.layers[spot.layer - 1].inputs ? "w" : "b");
  const [first, second] = inside.memory(index);
  const start = row(w, sign("←"));
  const memory = (
    /** @type {string} */ letter,
    /** @type {unknown} */ by,
    /** @type {{before: number, after: number}} */ slot,
  ) =>
    formula(
      row(name(letter), sign("←"), by),
      row(sign("="), number(slot.after, `memory-${letter}`)),
      row(sign("("), words("before\u00a0"), number(slot.before), sign(")")),
    );
  const { beta1 = 0.9, beta2 = 0.999, momentum = 0, alpha = 0.99, epsilon = 1e-8, weightDecay = 0 } = optimizer;
  switch (optimizer.type) {
    case "adagrad":
      return html`
        ${memory("s", row(name("s"), sign("+"), square(name("g"))), first)}
        ${formula(start, row(w, sign("−"), name("η"), times, fraction(name("g"), row(root(name("s")), sign("+"), name("ε")))), row(sign("="), number(before, "before"), sign("−"), number(rate, "rate"), times, fraction(number(g), number(Math.sqrt(first.after) + epsilon))), result)}`;
    case "rmsprop":
      return html`
        ${memory("s", row(number(alpha), times, name("s"), sign("+"), number(1 - alpha), times, square(name("g"))), first)}
        ${formula(start, row(w, sign("−"), name("η"), times, fraction(name("g"), row(root(name("s")), sign("+"), name("ε")))), row(sign("="), number(before, "before"), sign("−"), number(rate, "rate"), times, fraction(number(g), number(Math.sqrt(first.after) + epsilon))), result)}`;
    case "adam":
    case "adamw": {
      const [m, v] = [first.after / (1 - beta1 ** step), second.after / (1 - beta2 ** step)];
      return html`
        ${memory("m", row(number(beta1), times, name("m"), sign("+"), number(1 - beta1), times, name("g")), first)}
        ${memory("v", row(number(beta2), times, name("v"), sign("+"), number(1 - beta2), times, square(name("g"))), second)}
        ${formula(row(hat("m"), sign("="), fraction(name("m"), row(number(1), sign("−"), power(number(beta1), name(String(step)))))), row(sign("="), number(m)), row(sign(","), hat("v"), sign("="), fraction(name("v"), row(number(1), sign("−"), power(number(beta2), name(String(step)))))), row(sign("="), number(v)))}
        ${optimizer.type === "adamw" ? formula(row(w, sign("←"), w, sign("−"), name("η"), times, name("λ"), times, w), row(sign("="), number(before * (1 - rate * weightDecay)))) : nothing}
        ${formula(start, row(w, sign("−"), name("η"), times, fraction(hat("m"), row(root(hat("v")), sign("+"), name("ε")))), row(sign("="), number(before * (optimizer.type === "adamw" ? 1 - rate * weightDecay : 1), "before"), sign("−"), number(rate, "rate"), times, fraction(number(m), number(Math.sqrt(v) + epsilon))), result)}`;
    }
    default: {
      if (!momentum)
        return formula(
          start,
          row(w, sign("−"), name("η"), times, name("g")),
          row(sign("="), number(before, "before"), sign("−"), number(rate, "rate"), times, factor(g, "step-gradient")),
          result,
        );
      const by = optimizer.nesterov
        ? row(sign("("), name("g"), sign("+"), name("μ"), times, name("v"), sign(")"))
        : name("v");
      const amount = optimizer.nesterov ? g + momentum * first.after : first.after;
      return html`
        ${memory("v", row(number(momentum), times, name("v"), sign("+"), name("g")), first)}
        ${formula(start, row(w, sign("−"), name("η"), times, by), row(sign("="), number(before, "before"), sign("−"), number(rate, "rate"), times, factor(amount)), result)}`;
    }
  }
}

export function update(/** @type {Scene} */ scene) {
  const { inside, description, spot, isLocked } = scene;
  const index = inside.index(spot);
  const g = inside.look.stepGradient[index];
  const [raw, before, after] = [inside.look.gradient[index], inside.look.before[index], inside.look.after[index]];
  const { optimizer, l1, l1Rule } = /** @type {Training} */ (description.spec.training);
  const type = optimizer?.type ?? "sgd";
  const isPrunable = l1Rule === "prune" && l1 > 0 && spot.input < description.layers[spot.layer - 1].inputs;
  if (isPrunable && Object.is(before, -0)) return html`<p>The L1 penalty pruned this weight: it stays 0.</p>`;
  if (isLocked) {
    return html`<p>This one is locked: it keeps its value.</p>${formula(row(name("w"), sign("="), number(after, "after")))}`;
  }
  return html`
    <p>By ${{ sgd: "SGD", adam: "Adam", adamw: "AdamW", rmsprop: "RMSprop", adagrad: "Adagrad" }[/** @type {"sgd"} */ (type)] ?? type}, with the learning rate η = <b>${formatValue(inside.look.learningRate)}</b>.</p>
    ${g !== raw ? html`<p>Penalties, locks and clipping turn the gradient <b>${formatValue(raw)}</b> into g = <b data-shown="step-gradient">${formatValue(g)}</b>.</p>` : formula(row(name("g"), sign("="), number(g, "step-gradient")))}
    ${isPrunable ? pruning(scene, g, l1) : rule(scene, g, row(sign("="), number(after, "after")))}
  `;
}

/** The rule, and then what the L1 penalty takes from the weight. */
function pruning(/** @type {Scene} */ scene, /** @type {number} */ g, /** @type {number} */ l1) {
  const { inside, spot } = scene;
  const index = inside.index(spot);
  const {
    before: { [index]: before },
    after: { [index]: after },
    learningRate,
  } = inside.look;
  const w = name("w");
  if (Object.is(after, -0))
    return html`${rule(scene, g, null)}<p>From there, the L1 penalty carries it across 0: it is pruned, and stays 0.</p>`;
  const shrink = learningRate * l1 * Math.sign(before);
  return html`
    ${rule(scene, g, row(sign("="), number(after + shrink)))}
    ${formula(row(w, sign("←"), w, sign("−"), name("η"), times, name("λ"), times, words("sign"), w), row(sign("="), number(after + shrink), sign("−"), number(learningRate), times, factor(l1 * Math.sign(before))), row(sign("="), number(after, "after")))}
    <p class="note">L1 shrinks the weight after the update, by the sign that it had before.</p>`;
}
