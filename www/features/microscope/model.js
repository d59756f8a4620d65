// @ts-check
/**
 * One update, number by number: what a neuron was given, what it made of it, how wrong the net was, whose fault that is,
 * and what is changed. All numbers are the engine's, from a look at the next update; sums of a few of them are done here.
 *
 * @typedef {import("../../session/protocol.js").Look} Look
 * @typedef {import("../../session/protocol.js").Description} Description
 * @typedef {{layer: number, unit: number, input: number}} Spot   `input` as many as there are inputs: the bias
 */
import { LOSSES, OPTIMIZERS, SYMBOLS } from "./formulas.static.js";
import { t } from "../../base/text.js";

/** The stages of an update, and what each is about. */
export const STAGES = [
  {
    name: "forward",
    label: t("microscope.forward"),
    about: t("microscope.eachNeuronAddsUp"),
  },
  { name: "loss", label: t("microscope.loss"), about: t("microscope.howFarNetsAnswer") },
  {
    name: "gradient",
    label: t("microscope.gradient"),
    about: t("microscope.howLossWouldChange"),
  },
  { name: "update", label: t("microscope.update"), about: t("microscope.eachWeightTakesStep") },
];

/** A look, asked by layer (1 is the first), unit and row; without a row, the batch's mean. */
export class Inside {
  /** @param {Look} look @param {Description} description */
  constructor(look, description) {
    this.look = look;
    this.layers = description.layers;
    this.rows = look.rows.length;
    /** Index of each layer's first unit. */
    this.first = this.layers.map((_, i) => this.layers.slice(0, i).reduce((sum, { outputs }) => sum + outputs, 0));
  }

  #of(/** @type {Float32Array} */ all, /** @type {number} */ feature, /** @type {number | null} */ row) {
    if (row !== null) return all[feature * this.rows + row];
    let sum = 0;
    for (let r = 0; r < this.rows; r++) sum += all[feature * this.rows + r];
    return sum / this.rows;
  }

  /** What a unit gives; layer 0 are the inputs. */
  value(/** @type {number} */ layer, /** @type {number} */ unit, /** @type {number | null} */ row) {
    return layer
      ? this.#of(this.look.values, this.first[layer - 1] + unit, row)
      : this.#of(this.look.inputs, unit, row);
  }

  target(/** @type {number} */ output, /** @type {number | null} */ row) {
    return this.#of(this.look.targets, output, row);
  }

  /** The derivative of the batch's mean loss in a unit's sum: of one row's share, or of all together. */
  delta(/** @type {number} */ layer, /** @type {number} */ unit, /** @type {number | null} */ row) {
    const own = this.#of(this.look.deltas, this.first[layer - 1] + unit, row);
    return row === null ? own * this.rows : own;
  }

  /** The derivative of a unit's activation where it stands, as the engine has it. */
  slope(/** @type {number} */ layer, /** @type {number} */ unit, /** @type {number} */ row) {
    return this.#of(this.look.slopes, this.first[layer - 1] + unit, row);
  }

  /** Where a weight lies among the parameters; the bias comes after the last. */
  index(/** @type {Spot} */ { layer, unit, input }) {
    const { weight, bias, inputs } = this.layers[layer - 1];
    return input < inputs ? weight.offset + unit * inputs + input : bias.offset + unit;
  }

  weight(/** @type {Spot} */ spot) {
    return this.look.before[this.index(spot)];
  }

  /** What a weight is multiplied by; a bias by 1. */
  given(/** @type {Pick<Spot, "layer" | "input">} */ { layer, input }, /** @type {number | null} */ row) {
    return input < this.layers[layer - 1].inputs ? this.value(layer - 1, input, row) : 1;
  }

  /** The sum that a unit's activation is given. */
  sum(/** @type {number} */ layer, /** @type {number} */ unit, /** @type {number | null} */ row) {
    let z = 0;
    for (let input = 0; input <= this.layers[layer - 1].inputs; input++)
      z += this.weight({ layer, unit, input }) * this.given({ layer, input }, row);
    return z;
  }

  /** Who listens to a unit, and how much of its fault comes back from there. */
  listeners(/** @type {number} */ layer, /** @type {number} */ unit, /** @type {number | null} */ row) {
    return Array.from({ length: this.layers[layer]?.outputs ?? 0 }, (_, next) => ({
      unit: next,
      weight: this.weight({ layer: layer + 1, unit: next, input: unit }),
      delta: this.delta(layer + 1, next, row),
    }));
  }

  /** The optimizer's memory of a parameter, before and after: a number a slot. */
  memory(/** @type {number} */ index) {
    const padded = Math.ceil(this.look.before.length / 4) * 4;
    const slots = this.look.state.length / padded;
    return Array.from({ length: slots }, (_, slot) => ({
      before: this.look.state[slot * padded + index],
      after: this.look.stateAfter[slot * padded + index],
    }));
  }
}

/** Lengths of two gradients and the angle between them, in degrees. @param {Float32Array} a @param {Float32Array} b */
export function between(a, b) {
  const length = (/** @type {Float32Array} */ values) =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  const [first, second] = [length(a), length(b)];
  // From the sides of a triangle, not by the cosine, which can't tell small angles.
  let [apart, along] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    apart += (a[i] / first - b[i] / second) ** 2;
    along += (a[i] / first + b[i] / second) ** 2;
  }
  return { first, second, angle: (2 * Math.atan2(Math.sqrt(apart), Math.sqrt(along)) * 180) / Math.PI };
}

/** The loss as formulas.json has it. @typedef {keyof typeof import("./formulas.json").losses} LossKind */

/** @param {Description} description @returns {LossKind} */
export const lossOf = ({ loss, outputs }) =>
  /** @type {LossKind} */ (loss === "cross-entropy" ? (outputs > 1 ? "categorical" : "binary") : loss);

/** Whether losses are weighed by class, or labels smoothed: then a formula alone would not give the engine's number. */
export const isEmphatic = (/** @type {Description} */ { spec }) =>
  Boolean(spec.training?.labelSmoothing) || (spec.training?.classWeights ?? null) !== null;

/** The optimizer's constants by their symbols, with what every rule is given. @param {Description} description @returns {Record<string, number>} */
export function constantsOf({ spec }) {
  const optimizer = /** @type {Record<string, unknown>} */ (spec.training?.optimizer ?? {});
  return Object.fromEntries(Object.entries(SYMBOLS).map(([symbol, name]) => [symbol, Number(optimizer[name] ?? 0)]));
}

/** The rule by which parameters move, line by line. @param {Description} description */
export function ruleOf({ spec }) {
  const { type = "sgd", ...optimizer } = spec.training?.optimizer ?? {};
  if (type === "adamw" && "weightDecay" in optimizer && !optimizer.weightDecay) return OPTIMIZERS.adam;
  if (type !== "sgd" || !("momentum" in optimizer) || !optimizer.momentum) return OPTIMIZERS[type];
  return optimizer.nesterov ? OPTIMIZERS.nesterov : OPTIMIZERS.momentum;
}

/** How a loss is worked out: of two lines for one name, the one for an error of this size. @param {LossKind} kind @param {number} error */
export const lossLines = (kind, error) =>
  LOSSES[kind].length === 2 && LOSSES[kind].every((line) => line.startsWith("L "))
    ? [LOSSES[kind][Math.abs(error) <= 1 ? 0 : 1]]
    : LOSSES[kind];
