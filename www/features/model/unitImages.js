// @ts-check
/** What each unit of the network gives over the plane of the data, as small pictures. */
import { colorTable } from "../../ui/charts/color.js";
import { paint } from "../../ui/charts/field.js";

/** @typedef {import("./networkChart.js").Fields} Fields */

/**
 * A picture for each unit, one below the other, on a canvas that all networks share: it is drawn from at once.
 *
 * @type {HTMLCanvasElement | undefined}
 */
let atlas;

/** What it was painted from. @type {unknown[]} */
let painted = [];

/** The least share of its layer's largest value that a neuron's colors reach to: noise near zero stays pale. */
const LEAST_REACH = 0.1;

/** The largest size of a value, or `least`. @param {Float32Array} all @param {number} from @param {number} to @param {number} least */
function reach(all, from, to, least) {
  for (let i = from; i < to; i++) least = Math.max(least, Math.abs(all[i]));
  return least;
}

/** @returns the canvas, painted anew where something changed */
export function unitImages(
  /** @type {Fields} */ { inputs, layers, size },
  /** @type {import("../../session/protocol.js").Description} */ { layers: shapes },
  /** @type {import("../../ui/charts/color.js").Theme} */ theme,
) {
  const cells = size * size;
  const from = [inputs, layers, theme];
  if (atlas && from.every((part, i) => part === painted[i])) return atlas;
  painted = from;
  atlas ??= document.createElement("canvas");
  const total = (inputs.length + layers.length) / cells;
  if (atlas.width !== size || atlas.height !== size * total) [atlas.width, atlas.height] = [size, size * total];
  const context = /** @type {CanvasRenderingContext2D} */ (atlas.getContext("2d"));
  const image = context.createImageData(size, size * total);
  paintUnits(new Uint32Array(image.data.buffer), { inputs, layers }, shapes, colorTable(theme), cells);
  context.putImageData(image, 0, 0);
  return atlas;
}

/**
 * Each unit in all colors that it needs, so that none is pale beside a louder one.
 *
 * @param {Uint32Array} pixels
 * @param {Pick<Fields, "inputs" | "layers">} fields
 * @param {{outputs: number}[]} shapes
 * @param {Uint32Array} table
 * @param {number} cells   of a picture
 */
export function paintUnits(pixels, { inputs, layers }, shapes, table, cells) {
  const one = (/** @type {Float32Array} */ all, /** @type {number} */ at, /** @type {number} */ place, least = 0) => {
    const most = reach(all, at, at + cells, Math.max(least, 1e-6));
    paint(pixels.subarray(place, place + cells), all.subarray(at, at + cells), table, [-most, most]);
  };
  for (let at = 0; at < inputs.length; at += cells) one(inputs, at, at);
  let at = 0;
  for (const { outputs } of shapes) {
    const end = at + outputs * cells;
    const least = LEAST_REACH * reach(layers, at, end, 0);
    for (; at < end; at += cells) one(layers, at, inputs.length + at, least);
  }
}
