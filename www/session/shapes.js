// @ts-check
/**
 * What a picture becomes on its way through a network: the shape behind each layer, its parameters and multiplications,
 * and why a layer can't be where it is. The rules are the core's (src/nn/layers); a test holds them against it.
 *
 * @typedef {import("../settings/layers.js").Layer} Layer
 * @typedef {number[]} Shape   [channels, height, width], or [numbers]
 *
 * @typedef {object} Step
 * @property {Layer} layer
 * @property {Shape} from
 * @property {Shape} to
 * @property {number} parameters
 * @property {number} multiplications   for one picture
 */
import { t } from "../base/text.js";

export const sizeOf = (/** @type {Shape} */ shape) => shape.reduce((all, side) => all * side, 1);

/** As people write it: width × height × channels. */
export const shapeWords = (/** @type {Shape} */ shape) =>
  shape.length === 3 ? `${shape[2]}×${shape[1]}×${shape[0]}` : String(shape[0]);

const square = (/** @type {number} */ side) => `${side}×${side}`;

/**
 * @param {Layer[]} layers   as the Spec has them
 * @param {Shape} input
 * @returns {{steps: Step[], problem: string | null}}   the steps up to the layer that can't be; `problem` says why
 */
export function stepsOf(layers, input) {
  /** @type {Step[]} */
  const steps = [];
  let from = input;
  for (const [i, layer] of layers.entries()) {
    const found = behind(layer, from);
    if (typeof found === "string")
      return { steps, problem: t("images.layerProblem", { number: i + 1, problem: found }) };
    steps.push({ layer, from, parameters: 0, multiplications: 0, ...found });
    from = found.to;
  }
  return { steps, problem: null };
}

/** @param {Layer} layer @param {Shape} from @returns {{to: Shape, parameters?: number, multiplications?: number} | string} */
function behind(layer, from) {
  const [channels, height, width] = from;
  const isImage = from.length === 3;
  switch (layer.type) {
    case "conv2d": {
      const { filters, kernel, stride, padding } = layer;
      if (!isImage) return t("images.needsImage", { shape: shapeWords(from) });
      if (padding === "valid" && kernel > Math.min(height, width))
        return t("images.kernelTooLarge", {
          kernel: square(kernel),
          shape: `${width}×${height}`,
          most: square(Math.min(height, width)),
        });
      const side = (/** @type {number} */ length) =>
        padding === "same" ? Math.ceil(length / stride) : Math.floor((length - kernel) / stride) + 1;
      const to = [filters, side(height), side(width)];
      const weights = filters * channels * kernel * kernel;
      return { to, parameters: weights + filters, multiplications: weights * to[1] * to[2] };
    }
    case "maxPool2d":
    case "avgPool2d": {
      const { size } = layer;
      if (!isImage) return t("images.needsImage", { shape: shapeWords(from) });
      if (size > Math.min(height, width))
        return t("images.windowTooLarge", {
          window: square(size),
          shape: `${width}×${height}`,
          most: square(Math.min(height, width)),
        });
      const side = (/** @type {number} */ length) => Math.floor((length - size) / (layer.stride ?? size)) + 1;
      return { to: [channels, side(height), side(width)] };
    }
    case "flatten":
      return { to: [sizeOf(from)] };
    case "dense": {
      const weights = sizeOf(from) * layer.units;
      return { to: [layer.units], parameters: weights + layer.units, multiplications: weights };
    }
    case "batchNorm":
      return { to: from, parameters: 2 * channels, multiplications: sizeOf(from) };
    case "layerNorm":
      return { to: from, parameters: 2 * sizeOf(from), multiplications: sizeOf(from) };
    case "residual": {
      const { steps, problem } = stepsOf(layer.layers, from);
      if (problem) return problem;
      const to = steps.at(-1)?.to ?? from;
      if (String(to) !== String(from)) return t("images.blockShape", { from: shapeWords(from), to: shapeWords(to) });
      const sum = (/** @type {"parameters" | "multiplications"} */ key) =>
        steps.reduce((all, one) => all + one[key], 0);
      return { to, parameters: sum("parameters"), multiplications: sum("multiplications") };
    }
    default:
      return { to: from };
  }
}
