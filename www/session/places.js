// @ts-check
/**
 * A place in the network (a neuron, a weight, a bias, a whole layer), its parameters, what it is called, and the way
 * from one to the next by arrow keys. Layer 0 are the inputs, the last layer is the output.
 *
 * @typedef {import("./protocol.js").Description} Description
 * @typedef {{kind: "neuron" | "bias", layer: number, unit: number} | {kind: "weight", layer: number, unit: number, input: number} | {kind: "layer", layer: number}} Place
 * @typedef {{inputs: string[], outputs: string[]}} Labels
 */
import { formatValue } from "../base/columnFormat.js";
import { upper } from "../base/format.js";
import { t } from "../base/text.js";

const layerOf = (/** @type {Description} */ { layers }, /** @type {number} */ layer) => layers[layer - 1];

/** Units of a layer. */
export const sizeOf = (/** @type {Description} */ { layers }, /** @type {number} */ layer) =>
  layer ? layers[layer - 1].outputs : layers[0].inputs;

/** Whether a network has that place: another one may be smaller. */
export const isIn = (/** @type {Description} */ description, /** @type {Place} */ place) =>
  place.layer <= description.layers.length &&
  (place.kind === "layer" ||
    (place.unit < sizeOf(description, place.layer) &&
      (place.kind !== "weight" || place.input < sizeOf(description, place.layer - 1))));

/** Whether two are the same. */
export const isSame = (/** @type {Place | null | undefined} */ a, /** @type {Place | null | undefined} */ b) =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** Its parameters: a neuron's are all its weights and its bias. An input has none. @returns {number[]} */
export function parametersOf(/** @type {Description} */ description, /** @type {Place} */ place) {
  const layer = layerOf(description, place.layer);
  if (!layer || layer.type !== "dense") return [];
  const span = (/** @type {number} */ from, /** @type {number} */ count) =>
    Array.from({ length: count }, (_, i) => from + i);
  if (place.kind === "layer") return span(layer.weight.offset, layer.outputs * (layer.inputs + 1));
  if (place.kind === "bias") return [layer.bias.offset + place.unit];
  const first = layer.weight.offset + place.unit * layer.inputs;
  if (place.kind === "weight") return [first + place.input];
  return [...span(first, layer.inputs), layer.bias.offset + place.unit];
}

/** The one number that stands for it: a neuron's is its bias. */
export const parameterOf = (/** @type {Description} */ description, /** @type {Place} */ place) =>
  parametersOf(description, place).at(-1);

/** What a unit is called within a sentence. */
export function unitName(
  /** @type {Description} */ { layers },
  /** @type {Labels} */ { inputs, outputs },
  /** @type {number} */ layer,
  /** @type {number} */ unit,
) {
  if (!layer) return inputs[unit] ?? t("session.input", { unit: unit + 1 });
  if (layer < layers.length) return t("session.neuronLayer", { unit: unit + 1, layer });
  return outputs.length > 1 ? t("session.output", { outputs: outputs[unit] }) : t("session.output2");
}

/** What a place is called. */
export function nameOf(
  /** @type {Description} */ description,
  /** @type {Labels} */ labels,
  /** @type {Place} */ place,
) {
  if (place.kind === "layer")
    return t("session.layerNeurons", { layer: place.layer, description: sizeOf(description, place.layer) });
  const unit = unitName(description, labels, place.layer, place.unit);
  if (place.kind === "weight")
    return t("session.weightFrom", { description: unitName(description, labels, place.layer - 1, place.input), unit });
  if (place.kind === "bias") return t("session.bias", { unit });
  return place.layer ? upper(unit) : t("session.feature", { unit });
}

/** The same with its number. @param {Description} description @param {Labels} labels @param {Place} place @param {ArrayLike<number>} parameters */
export function sentenceOf(description, labels, place, parameters) {
  const name = nameOf(description, labels, place);
  if (place.kind === "weight" || place.kind === "bias")
    return t("session.is", {
      name,
      parameters: formatValue(parameters[/** @type {number} */ (parameterOf(description, place))]),
    });
  const layer = layerOf(description, place.layer);
  if (place.kind === "layer") return t("session.parameters", { name, outputs: layer.outputs * (layer.inputs + 1) });
  return layer
    ? t("session.bias2", { name, activation: layer.activation, inputs: t("count.weights", { count: layer.inputs }) })
    : name;
}

/**
 * Where an arrow key leads: left and right from neuron to link to neuron, up and down among what is alike; the bias
 * comes after the last of a neuron's weights. Layers without single nodes are one place.
 *
 * @param {Description} description
 * @param {Place} place
 * @param {string} key
 * @param {(layer: number) => boolean} [isWide]
 * @returns {Place}
 */
export function neighborOf(description, place, key, isWide = () => false) {
  const last = description.layers.length;
  const unitAt = (/** @type {number} */ layer, /** @type {number} */ unit) =>
    /** @type {Place} */ (isWide(layer) ? { kind: "layer", layer } : { kind: "neuron", layer, unit });
  const { kind, layer } = place;
  if (kind === "layer") {
    if (key === "ArrowLeft") return unitAt(layer - 1, 0);
    return key === "ArrowRight" ? unitAt(layer + 1, 0) : place;
  }
  const { unit } = place;
  if (kind === "neuron") {
    if (key === "ArrowUp") return { ...place, unit: Math.max(unit - 1, 0) };
    if (key === "ArrowDown") return { ...place, unit: Math.min(unit + 1, sizeOf(description, layer) - 1) };
    if (key === "ArrowLeft" && layer)
      return isWide(layer - 1)
        ? unitAt(layer - 1, 0)
        : { kind: "weight", layer, unit, input: Math.min(unit, sizeOf(description, layer - 1) - 1) };
    if (key === "ArrowRight" && layer < last) {
      return isWide(layer + 1)
        ? unitAt(layer + 1, 0)
        : { kind: "weight", layer: layer + 1, unit: Math.min(unit, sizeOf(description, layer + 1) - 1), input: unit };
    }
    return place;
  }
  const inputs = sizeOf(description, layer - 1);
  const at = kind === "weight" ? place.input : inputs;
  if (key === "ArrowLeft" && kind === "weight") return unitAt(layer - 1, at);
  if (key === "ArrowRight" || key === "ArrowLeft") return unitAt(layer, unit);
  const next = Math.min(Math.max(at + (key === "ArrowUp" ? -1 : 1), 0), inputs);
  return next === inputs
    ? { kind: "bias", layer, unit }
    : { kind: "weight", layer, unit, input: isWide(layer - 1) ? 0 : next };
}
