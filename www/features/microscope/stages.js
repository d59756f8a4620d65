// @ts-check
/** What each stage of an update looks like, in formulas with the engine's own numbers. */
import { html, nothing } from "lit";
import { inNumbers, read, symbol, workedOut, written } from "./formulas.js";
import { ACTIVATIONS } from "./formulas.static.js";
import { constantsOf, isEmphatic, lossLines, lossOf, ruleOf } from "./model.js";
import { formatValue } from "../../base/columnFormat.js";
import { bar, factor, formula, fraction, indexed, name, number, row, sign, slope, times, words } from "./maths.js";
import { parts, t } from "../../base/text.js";

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

/** The largest terms in their order, and how many are left out. @template {{size: number}} T @param {T[]} terms */
function largest(terms) {
  if (terms.length <= MOST_TERMS) return { shown: terms, left: 0 };
  const bound = terms.map(({ size }) => size).sort((a, b) => b - a)[MOST_TERMS - 1];
  const shown = terms.filter(({ size }) => size >= bound).slice(0, MOST_TERMS);
  return { shown, left: terms.length - shown.length };
}

/** Of two formulas, the one that holds for this sum. @param {string[]} formulas @param {number} z */
const pieceOf = (formulas, z) => read(formulas[z > 0 ? 0 : formulas.length - 1]);

export function forward(/** @type {Scene} */ { inside, description, spot: { layer, unit }, example, nameOf }) {
  const { inputs, activation } = description.layers[layer - 1];
  const terms = Array.from({ length: inputs }, (_, input) => {
    const [w, x] = [inside.weight({ layer, unit, input }), inside.given({ layer, input }, example)];
    return { input, w, x, size: Math.abs(w * x) };
  });
  const { shown, left } = largest(terms);
  const bias = inside.weight({ layer, unit, input: inputs });
  const [z, a] = [inside.sum(layer, unit, example), inside.value(layer, unit, example)];
  const { symbol: own, value } = ACTIVATIONS[activation];
  return html`
    <p>${example === null ? t("microscope.meanOverBatch") : t("microscope.here")}${parts("microscope.given", { layer: nameOf(layer, unit), shown: shown.map(({ input, x }, i) => html`${i ? ", " : ""}${nameOf(layer - 1, input)} = <b>${formatValue(x)}</b>`), value: left ? t("microscope.more", { left }) : "" })}</p>
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
            activation === "linear" || example === null ? null : row(sign("="), written(pieceOf(value, z))),
            row(sign("="), number(a, "value")),
          )
    }
  `;
}

/** What the loss makes of one output and its target. */
function lossFormula(/** @type {Scene} */ { inside, description }, /** @type {number} */ example) {
  const last = description.layers.length;
  const outputs = Array.from({ length: description.outputs }, (_, k) => inside.value(last, k, example));
  const y = inside.target(0, example);
  const values = { o: outputs[0], y, ok: outputs, oy: outputs[y] };
  const lines = workedOut(lossLines(lossOf(description), outputs[0] - y), values);
  return html`
    ${lines.map(({ target, tree, before, value }) =>
      formula(
        row(symbol(target), sign("="), written(tree)),
        ...inNumbers(tree, before, { o: "output", y: "target" }),
        row(sign("="), target === "L" ? number(inside.look.losses[example], "loss") : number(value, "probability")),
      ),
    )}
    ${isEmphatic(description) ? html`<p class="note">${t("microscope.classesWeighedLabelsSmoothed")}</p>` : nothing}`;
}

export function loss(/** @type {Scene} */ scene) {
  const { inside, description, example } = scene;
  const mean = formula(
    row(bar("L"), sign("="), fraction(number(1), number(inside.rows)), sign("∑"), name("L")),
    row(sign("="), number(inside.look.loss, "mean-loss")),
  );
  if (example === null) return html`<p>${parts("microscope.meanOverExamplesBatch", { rows: inside.rows })}</p>${mean}`;
  const last = description.layers.length;
  const target = inside.target(0, example);
  return html`
    <p>${t("microscope.netGives")} <b>${formatValue(inside.value(last, lossOf(description) === "categorical" ? target : 0, example))}</b>${lossOf(description) === "categorical" ? t("microscope.rightClass") : html`${t("microscope.target2")} <b>${formatValue(target)}</b>`}.</p>
    ${lossFormula(scene, example)}
    <p>${parts("microscope.batchExampleOne", { rows: inside.rows })}</p>
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
  const slopeAt = pieceOf(ACTIVATIONS[activation].slope, inside.sum(layer, unit, example));
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
                  "+−".includes(slopeAt.op) ? row(sign("("), written(slopeAt), sign(")")) : written(slopeAt),
                ),
                row(times, sign("∑"), indexed("w", "k"), times, indexed("δ", "k")),
                row(sign("="), factor(inside.slope(layer, unit, example), "slope")),
                row(times, sign("(")),
                ...shown.map((one, i) =>
                  row(i ? sign("+") : nothing, factor(one.weight), times, factor(one.delta, "next-delta")),
                ),
                left ? row(sign("+"), name("…")) : null,
                row(sign(")"), sign("="), number(delta, "delta")),
              )
        }`;
  return html`
    <p>${isOutput ? t("microscope.outputsShareFaultComes") : t("microscope.faultComesBackThrough", { layer: nameOf(layer, unit) })}, ${example === null ? t("microscope.summedOverBatch") : t("microscope.examplePartMeanOver", { rows: inside.rows })}.</p>
    ${own}
    ${example === null ? nothing : formula(row(name("δ"), times, name(input < inputs ? "x" : "1")), row(sign("="), factor(delta), times, factor(x)), row(sign("="), number(delta * x, "share")))}
    ${formula(row(slope(weight), sign("="), sign("∑"), name("δ"), ...(input < inputs ? [times, name("x")] : [])), row(sign("="), number(inside.look.gradient[index], "gradient")))}
    <p class="note">${parts("microscope.overAllTrainingRows", { train: description.rows.train })} <b data-shown="full-gradient">${formatValue(inside.look.fullGradient[index])}</b>${t("microscope.batchOnlyEstimates")}</p>
  `;
}

/** The optimizer's rule, with what it remembers. */
function rule(
  /** @type {Scene} */ { inside, description, spot, step },
  /** @type {number} */ g,
  /** @type {unknown} */ result,
) {
  const index = inside.index(spot);
  const lines = ruleOf(description);
  const w = spot.input < description.layers[spot.layer - 1].inputs ? "w" : "b";
  // State is kept in the order of the lines: each has a target of its own.
  const slots = inside.memory(index);
  const kept = lines.map((line) => line[0]).filter((letter, i) => lines[i][1] === " " && letter !== "w");
  const { before, learningRate } = inside.look;
  const memory = Object.fromEntries(kept.map((letter, i) => [letter, slots[i].before]));
  const values = { ...constantsOf(description), ...memory, w: before[index], g, η: learningRate, t: step };
  const worked = workedOut(lines, values);
  const leaf = (/** @type {string} */ name) => symbol(name === "w" ? w : name);
  return worked.map(({ target, arrow, tree, before: at, value }, i) => {
    const isLast = i === worked.length - 1;
    const slot = kept.indexOf(target);
    return formula(
      row(leaf(target), sign(arrow), written(tree, leaf)),
      ...inNumbers(tree, at, isLast ? { w: "before", η: "rate", g: "step-gradient" } : {}),
      isLast
        ? result
        : row(sign("="), number(slot < 0 ? value : slots[slot].after, slot < 0 ? undefined : `memory-${target}`)),
    );
  });
}

export function update(/** @type {Scene} */ scene) {
  const { inside, description, spot, isLocked } = scene;
  const index = inside.index(spot);
  const g = inside.look.stepGradient[index];
  const [raw, before, after] = [inside.look.gradient[index], inside.look.before[index], inside.look.after[index]];
  const { optimizer, l1, l1Rule } = /** @type {Training} */ (description.spec.training);
  const type = optimizer?.type ?? "sgd";
  const isPrunable = l1Rule === "prune" && l1 > 0 && spot.input < description.layers[spot.layer - 1].inputs;
  if (isPrunable && Object.is(before, -0)) return html`<p>${t("microscope.l1PenaltyPrunedWeight")}</p>`;
  if (isLocked) {
    return html`<p>${t("microscope.oneLockedKeepsValue")}</p>${formula(row(name("w"), sign("="), number(after, "after")))}`;
  }
  return html`
    <p>${parts("microscope.learningRate", { value: { sgd: "SGD", adam: t("microscope.adam"), adamw: t("microscope.adamw"), rmsprop: "RMSprop", adagrad: t("microscope.adagrad") }[/** @type {"sgd"} */ (type)] ?? type })} <b>${formatValue(inside.look.learningRate)}</b>.</p>
    ${g !== raw ? html`<p>${t("microscope.penaltiesLocksClippingTurn")} <b>${formatValue(raw)}</b> ${t("microscope.intoG")} <b data-shown="step-gradient">${formatValue(g)}</b>.</p>` : formula(row(name("g"), sign("="), number(g, "step-gradient")))}
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
  if (Object.is(after, -0)) return html`${rule(scene, g, null)}<p>${t("microscope.fromThereL1Penalty")}</p>`;
  const shrink = learningRate * l1 * Math.sign(before);
  return html`
    ${rule(scene, g, row(sign("="), number(after + shrink)))}
    ${formula(row(w, sign("←"), w, sign("−"), name("η"), times, name("λ"), times, words("sign"), w), row(sign("="), number(after + shrink), sign("−"), number(learningRate), times, factor(l1 * Math.sign(before))), row(sign("="), number(after, "after")))}
    <p class="note">${t("microscope.l1ShrinksWeightAfter")}</p>`;
}
