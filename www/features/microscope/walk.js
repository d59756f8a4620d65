// @ts-check
/**
 * A picture's way through a network, layer by layer, worked out again from the weights: which numbers a convolution's window
 * covers, what they are multiplied by, and what they add up to; which number of a window pooling keeps; where flattening
 * puts it; and how scores become probabilities. What the engine gives stands beside it (`output`), so that one sees, and a
 * test can hold, that both are the same.
 *
 * @typedef {import("../../session/shapes.js").Shape} Shape
 * @typedef {import("../../settings/layers.js").Layer} Layer
 *
 * @typedef {object} Stage
 * @property {Layer | {type: "add" | "softmax" | "sigmoid"} & Record<string, any>} layer   any: as LAYERS has its fields
 * @property {Shape} from
 * @property {Shape} to
 * @property {Float32Array | null} input    what it is given; null where the page isn't told
 * @property {Float32Array | null} output   what it gives; of layers with weights the engine's own numbers
 * @property {Float32Array | null} skip     of the end of a residual block: what goes around it
 * @property {Float32Array} weight          as PyTorch lays it out; empty of layers without
 * @property {Float32Array} bias
 * @property {string} activation
 */
import { sizeOf, stepsOf } from "../../session/shapes.js";

/** What the core adds to a variance. */
const EPSILON = 1e-5;
const NONE = new Float32Array();

/**
 * Null where the numbers are of another network than these layers.
 *
 * @param {import("../../session/protocol.js").Description} description
 * @param {Layer[]} layers            as the Spec has them
 * @param {Float32Array} units        what the network is shown, then each layer's numbers
 * @param {Float32Array} parameters
 * @returns {Stage[] | null}
 */
export function walkOf(description, layers, units, parameters) {
  const { height, width } = /** @type {{height: number, width: number}} */ (description.image);
  const input = [1, height, width];
  const all = [...layers, { type: "dense", units: description.outputs, activation: "linear" }];
  const { steps, problem } = stepsOf(all, input);
  if (problem || units.length !== description.layers.reduce((sum, { outputs }) => sum + outputs, sizeOf(input)))
    return null;
  /** @type {Stage[]} */
  const stages = [];
  /** How many units, layers with weights, and parameters lie behind. */
  const at = { unit: sizeOf(input), layer: 0, parameter: 0 };
  /** @type {Float32Array | null} */
  let shown = units.subarray(0, at.unit);
  let isOther = false;
  const add = (/** @type {Pick<Stage, "layer" | "from" | "to" | "output"> & Partial<Stage>} */ stage) => {
    stages.push({ input: shown, skip: null, weight: NONE, bias: NONE, activation: "linear", ...stage });
    shown = stage.output;
  };
  const walk = (/** @type {import("../../session/shapes.js").Step[]} */ some) => {
    for (const { layer, from, to, parameters: count } of some) {
      const own = { layer, from, to };
      const first = at.parameter;
      if (layer.type === "residual") {
        const before = shown;
        walk(stepsOf(layer.layers, from).steps);
        const output = shown && before ? shown.map((value, i) => value + before[i]) : null;
        add({ layer: { type: "add" }, from: to, to, skip: before, output });
      } else if (layer.type === "conv2d" || layer.type === "dense") {
        const { weight, bias, outputs, activation } = description.layers[at.layer++] ?? {};
        if (outputs !== sizeOf(to) || bias.offset - weight.offset !== count - to[0]) return void (isOther = true);
        const output = units.subarray(at.unit, (at.unit += outputs));
        const end = bias.offset + to[0];
        const [w, b] = [parameters.subarray(weight.offset, bias.offset), parameters.subarray(bias.offset, end)];
        add({ ...own, output, weight: w, bias: b, activation });
      } else if (layer.type === "layerNorm") {
        const size = sizeOf(from);
        const weight = parameters.subarray(first, first + size);
        const bias = parameters.subarray(first + size, first + 2 * size);
        add({ ...own, weight, bias, output: shown && normedOf(shown, weight, bias) });
      } else if (layer.type === "batchNorm") add({ ...own, output: null });
      else if (layer.type === "maxPool2d" || layer.type === "avgPool2d")
        add({ ...own, output: shown && pooledOf(shown, own) });
      else add({ ...own, output: shown }); // flatten, dropout: the same numbers
      if (layer.type !== "residual") at.parameter = first + count;
    }
  };
  walk(steps);
  if (isOther || at.layer !== description.layers.length) return null;
  if (description.loss === "cross-entropy") {
    const type = description.outputs > 1 ? "softmax" : "sigmoid";
    const shape = [description.outputs];
    const scores = /** @type {Float32Array} */ (/** @type {unknown} */ (shown));
    add({ layer: { type }, from: shape, to: shape, output: Float32Array.from(probabilitiesOf(scores)) });
  }
  return stages;
}

/** @param {Float32Array} values @param {Float32Array} weight @param {Float32Array} bias */
function normedOf(values, weight, bias) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return values.map((value, i) => ((value - mean) / Math.sqrt(variance + EPSILON)) * weight[i] + bias[i]);
}

/** How numbers lie as a picture: maps of rows and columns; those that have none are set in lines. @param {Shape} shape */
export const layOut = (shape) => {
  const [count, rows, columns] = shape;
  if (shape.length === 3) return { maps: count, rows, columns, size: rows * columns };
  const wide = Math.min(count, count > LARGE ? 2 * LINE : LINE);
  return { maps: 1, rows: Math.ceil(count / wide), columns: wide, size: count };
};
const LINE = 16;
const LARGE = 256;

/** A place in what a layer gives. @typedef {{map: number, y: number, x: number}} Place */

/** Its index among the numbers. @param {Shape} shape @param {Place} place */
export const indexOf = (shape, { map, y, x }) => {
  const { size, columns } = layOut(shape);
  return map * size + y * columns + x;
};

/** @param {Shape} shape @param {number} index @returns {Place} */
export const placeAt = (shape, index) => {
  const { size, columns } = layOut(shape);
  const within = index % size;
  return { map: Math.floor(index / size), y: Math.floor(within / columns), x: within % columns };
};

/** The nearest place that there is. @param {Shape} shape @param {Place} place @returns {Place} */
export function held(shape, { map, y, x }) {
  const { maps, rows, columns, size } = layOut(shape);
  const within = (/** @type {number} */ value, /** @type {number} */ end) => Math.max(0, Math.min(end - 1, value));
  const row = within(y, rows);
  return { map: within(map, maps), y: row, x: within(x, Math.min(columns, size - row * columns)) };
}

/** Where a map's largest number is. @param {Stage} stage @param {number} map @returns {Place} */
export function loudest({ to, output }, map) {
  const { size } = layOut(to);
  const own = output?.subarray(map * size, (map + 1) * size);
  if (!own) return { map, y: 0, x: 0 };
  return placeAt(to, map * size + own.indexOf(Math.max(...own)));
}

/** Of a layer with a window: its side, its step, and how many zeros the picture has above and to the left. @param {Stage} stage */
export function windowOf({ layer, from, to }) {
  const size = layer.kernel ?? layer.size;
  const stride = layer.stride ?? (layer.type === "conv2d" ? 1 : size);
  const before = (/** @type {1 | 2} */ side) =>
    layer.padding === "same" ? Math.floor(Math.max(0, (to[side] - 1) * stride + size - from[side]) / 2) : 0;
  return { size, stride, top: before(1), left: before(2) };
}

/** Whether a layer looks at a picture through a window. */
export const hasWindow = (/** @type {Stage} */ { layer: { type } }) =>
  ["conv2d", "maxPool2d", "avgPool2d"].includes(type);

/**
 * What a window covers, row by row; null beyond the picture's edge, where zeros are put.
 *
 * @param {Stage} stage @param {number} channel @param {{y: number, x: number}} place
 * @returns {(number | null)[]}
 */
export function covered(stage, channel, { y, x }) {
  const { size, stride, top, left } = windowOf(stage);
  const [, height, width] = stage.from;
  return Array.from({ length: size * size }, (_, i) => {
    const row = y * stride - top + Math.floor(i / size);
    const column = x * stride - left + (i % size);
    if (row < 0 || column < 0 || row >= height || column >= width) return null;
    return /** @type {Float32Array} */ (stage.input)[(channel * height + row) * width + column];
  });
}

/**
 * A convolution at a place: each channel's window, kernel, products and their sum; the bias; and the sum of all.
 *
 * @param {Stage} stage @param {Place} place
 */
export function convolved(stage, place) {
  const [channels] = stage.from;
  const { size } = windowOf(stage);
  const area = size * size;
  const parts = Array.from({ length: channels }, (_, channel) => {
    const window = covered(stage, channel, place);
    const first = (place.map * channels + channel) * area;
    const kernel = Array.from(stage.weight.subarray(first, first + area));
    const products = kernel.map((weight, i) => weight * (window[i] ?? 0));
    return { window, kernel, products, sum: products.reduce((sum, one) => sum + one, 0) };
  });
  const bias = stage.bias[place.map];
  return { parts, bias, z: parts.reduce((sum, part) => sum + part.sum, bias) };
}

/** A pooling at a place: its window, which of it is kept (the first of equals), and what comes out. @param {Stage} stage @param {Place} place */
export function pooled(stage, place) {
  const window = /** @type {number[]} */ (covered(stage, place.map, place)); // never beyond the edge
  const most = Math.max(...window);
  const sum = window.reduce((all, value) => all + value, 0);
  const isMax = stage.layer.type === "maxPool2d";
  return { window, kept: isMax ? window.indexOf(most) : -1, sum, value: isMax ? most : sum / window.length };
}

/** All of them. @param {Float32Array} values @param {Pick<Stage, "layer" | "from" | "to">} own */
function pooledOf(values, own) {
  const stage = { ...own, input: values, output: null, skip: null, weight: NONE, bias: NONE, activation: "linear" };
  return Float32Array.from({ length: sizeOf(own.to) }, (_, i) => pooled(stage, placeAt(own.to, i)).value);
}

/** A dense layer's neuron: every input with its weight and the product, the largest first; the bias; and the sum. @param {Stage} stage @param {number} unit */
export function summed({ input, weight, bias }, unit) {
  const values = /** @type {Float32Array} */ (input);
  const terms = Array.from(values, (x, i) => {
    const w = weight[unit * values.length + i];
    return { input: i, x, w, product: x * w };
  }).sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
  return { terms, bias: bias[unit], z: terms.reduce((sum, { product }) => sum + product, bias[unit]) };
}

/** What scores become: shares of one by softmax; of a single score the second class's probability. @param {ArrayLike<number>} scores @returns {number[]} */
export function probabilitiesOf(scores) {
  if (scores.length === 1) return [1 / (1 + Math.exp(-scores[0]))];
  const { powers, sum } = powersOf(scores);
  return powers.map((power) => power / sum);
}

/** e to each score less the largest, which changes no share and keeps the powers small. @param {ArrayLike<number>} scores */
export function powersOf(scores) {
  const most = Math.max(...Array.from(scores));
  const powers = Array.from(scores, (score) => Math.exp(score - most));
  return { most, powers, sum: powers.reduce((all, one) => all + one, 0) };
}

/** Where a window has to be to have this number of the input in its middle; for other layers, the same number. @param {Stage} stage @param {Place} place   in the input */
export function windowAround(stage, place) {
  if (!hasWindow(stage)) return held(stage.to, placeAt(stage.to, indexOf(stage.from, place)));
  const { size, stride, top, left } = windowOf(stage);
  const middle = (/** @type {number} */ at, /** @type {number} */ before) =>
    Math.round((at + before - (size - 1) / 2) / stride);
  return held(stage.to, { map: place.map, y: middle(place.y, top), x: middle(place.x, left) });
}
