// @ts-check
/**
 * What each layer gives for one picture, in the columns that the graph of the network has: one for the picture, and one for
 * each layer with weights, with what the layers behind it that have none make of its maps.
 *
 * @typedef {import("../../session/shapes.js").Shape} Shape
 * @typedef {{shape: Shape, values: Float32Array}} Maps   `[channel][y][x]`, or numbers
 *
 * @typedef {object} Column
 * @property {Maps} maps
 * @property {Maps[]} pooled         what pooling leaves of them, in turn
 * @property {Maps | null} filters   of a convolution: a kernel for each map, the mean over what it reads
 * @property {number} parameters
 */
import { sizeOf, stepsOf } from "../../session/shapes.js";

/**
 * Null where the run has other layers than these.
 *
 * @param {import("../../session/protocol.js").Description} description
 * @param {import("../../settings/layers.js").Layer[]} layers   as the Spec has them
 * @param {Float32Array} units        what the network is shown, then each layer's numbers
 * @param {Float32Array} parameters
 * @returns {Column[] | null}
 */
export function columnsOf(description, layers, units, parameters) {
  const { height, width } = /** @type {{height: number, width: number}} */ (description.image);
  const input = [1, height, width];
  const { steps, problem } = stepsOf([...layers, { type: "dense", units: description.outputs }], input);
  if (problem || units.length !== description.layers.reduce((sum, { outputs }) => sum + outputs, sizeOf(input)))
    return null;
  /** @type {Column[]} */
  const columns = [
    { maps: { shape: input, values: units.subarray(0, sizeOf(input)) }, pooled: [], filters: null, parameters: 0 },
  ];
  let at = sizeOf(input);
  let index = 0;
  // Behind a norm layer or a block's sum, numbers are others than those of the layer with weights: what pooling makes of them isn't known here.
  let isKnown = true;
  for (const { layer, to, parameters: count } of flat(steps)) {
    const column = columns[columns.length - 1];
    if (layer.type === "dense" || layer.type === "conv2d") {
      const own = description.layers[index++];
      if (own?.outputs !== sizeOf(to)) return null;
      const values = units.subarray(at, (at += own.outputs));
      const filters = layer.type === "conv2d" ? filtersOf(own.weight, parameters) : null;
      columns.push({ maps: { shape: to, values }, pooled: [], filters, parameters: count });
      isKnown = true;
    } else if (layer.type === "batchNorm" || layer.type === "layerNorm" || layer.type === "sum") isKnown = false;
    else if (isKnown && (layer.type === "maxPool2d" || layer.type === "avgPool2d"))
      column.pooled.push(pooledOf(column.pooled.at(-1) ?? column.maps, layer, to));
  }
  return index === description.layers.length ? columns : null;
}

/** Blocks opened, as the engine has their layers, each with its sum at the end. @param {import("../../session/shapes.js").Step[]} steps @returns {import("../../session/shapes.js").Step[]} */
const flat = (steps) =>
  steps.flatMap((step) =>
    step.layer.type === "residual"
      ? [...flat(stepsOf(step.layer.layers, step.from).steps), { ...step, layer: { type: "sum" } }]
      : [step],
  );

/** @param {{offset: number, shape: number[] | Uint32Array}} weight @param {Float32Array} parameters @returns {Maps} */
function filtersOf({ offset, shape }, parameters) {
  const [filters, channels, height, width] = shape;
  const size = height * width;
  const values = new Float32Array(filters * size);
  for (let filter = 0; filter < filters; filter++)
    for (let channel = 0; channel < channels; channel++)
      for (let at = 0; at < size; at++)
        values[filter * size + at] += parameters[offset + (filter * channels + channel) * size + at] / channels;
  return { shape: [filters, height, width], values };
}

/** The largest or the mean of each window. @param {Maps} maps @param {import("../../settings/layers.js").Layer} layer @param {Shape} to @returns {Maps} */
function pooledOf({ shape, values }, { type, size, stride = size }, to) {
  const [, height, width] = shape;
  const [channels, rows, columns] = to;
  const pooled = new Float32Array(channels * rows * columns);
  for (let at = 0; at < pooled.length; at++) {
    const [x, y] = [(at % columns) * stride, (Math.floor(at / columns) % rows) * stride];
    const channel = Math.floor(at / (rows * columns));
    let [most, sum] = [-Infinity, 0];
    for (let dy = 0; dy < size; dy++)
      for (let dx = 0; dx < size; dx++) {
        const value = values[(channel * height + y + dy) * width + x + dx];
        most = Math.max(most, value);
        sum += value;
      }
    pooled[at] = type === "maxPool2d" ? most : sum / (size * size);
  }
  return { shape: to, values: pooled };
}
