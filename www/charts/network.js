// @ts-check
/**
 * The network as a graph: a column of nodes for each layer, a link for each weight. Blue is
 * positive and orange negative; the wider and fuller a link, the larger its weight.
 */
import { css, diverging, mix } from "./colour.js";
import { prepare } from "./canvas.js";

/** @typedef {{x: number, y: number, radius: number}} Node */

const WIDEST = 7;

/**
 * Where the nodes stand: columns at even distances, each centred.
 *
 * @param {number[]} counts   nodes in each column, inputs first
 * @param {number} width
 * @param {number} height
 * @param {number} [unit]
 * @returns {Node[][]}
 */
export function layout(counts, width, height, unit = 1) {
  const column = width / counts.length;
  return counts.map((count, i) => {
    const pitch = Math.min(64 * unit, height / count);
    const radius = Math.max(2.5, Math.min(16 * unit, pitch * 0.34, column * 0.3));
    const top = height / 2 - ((count - 1) / 2) * pitch;
    return Array.from({ length: count }, (_, j) => ({ x: column * (i + 0.5), y: top + j * pitch, radius }));
  });
}

/** Width of a link: it grows with the weight, and no weight breaks the picture. */
export const linkWidth = (/** @type {number} */ weight) => Math.min(WIDEST, 0.4 + 2 * Math.abs(weight));

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("../core/protocol.js").Description} description
 * @param {Float32Array} parameters
 * @param {import("./colour.js").Theme} theme
 * @param {{inputs: string[], outputs: string[]}} labels
 */
export function drawNetwork(canvas, { features, layers }, parameters, theme, labels) {
  const { context, width, height } = prepare(canvas);
  const columns = layout([features.length, ...layers.map(({ outputs }) => outputs)], width, height, theme.unit);
  layers.forEach((layer, i) => drawLinks(context, columns[i], columns[i + 1], parameters, layer.weight.offset, theme));
  columns.forEach((nodes, i) => {
    const bias = i > 0 ? parameters.subarray(layers[i - 1].bias.offset, layers[i - 1].bias.offset + nodes.length) : null;
    nodes.forEach((node, j) => drawNode(context, node, bias ? bias[j] : null, theme));
  });
  drawLabels(context, columns[0], labels.inputs, theme);
  drawLabels(context, columns[columns.length - 1], labels.outputs, theme);
}

function drawLinks(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {Node[]} */ from,
  /** @type {Node[]} */ to,
  /** @type {Float32Array} */ parameters,
  /** @type {number} */ offset,
  /** @type {import("./colour.js").Theme} */ theme,
) {
  context.lineCap = "round";
  for (let j = 0; j < to.length; j++) {
    for (let i = 0; i < from.length; i++) {
      const weight = parameters[offset + j * from.length + i]; // [out, in], row by row
      const [a, b] = [from[i], to[j]];
      const bend = (b.x - a.x) * 0.45;
      context.beginPath();
      context.moveTo(a.x + a.radius, a.y);
      context.bezierCurveTo(a.x + bend, a.y, b.x - bend, b.y, b.x - b.radius, b.y);
      context.strokeStyle = css(weight < 0 ? theme.minus : theme.plus, Math.min(0.95, 0.25 + Math.abs(weight) * 0.5));
      context.lineWidth = linkWidth(weight) * theme.unit;
      context.stroke();
    }
  }
}

/** A neuron's ring is its bias; an input has none. */
function drawNode(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {Node} */ { x, y, radius },
  /** @type {number | null} */ bias,
  /** @type {import("./colour.js").Theme} */ theme,
) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = css(bias === null ? mix(theme.surface, theme.muted, 0.12) : mix(theme.surface, diverging(theme, bias), 0.35));
  context.strokeStyle = css(bias === null ? theme.muted : diverging({ ...theme, zero: theme.muted }, bias));
  context.lineWidth = (radius > 6 ? 2 : 1) * theme.unit;
  context.fill();
  context.stroke();
}

/** Inside the node when it is short, beside it when it is not. */
function drawLabels(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {Node[]} */ nodes,
  /** @type {string[]} */ labels,
  /** @type {import("./colour.js").Theme} */ theme,
) {
  context.fillStyle = css(theme.ink);
  context.textAlign = "center";
  context.textBaseline = "middle";
  nodes.forEach(({ x, y, radius }, i) => {
    const label = labels[i] ?? "";
    const isShort = label.length <= 2;
    context.font = `${(isShort ? 12 : 11) * theme.unit}px system-ui, sans-serif`;
    context.fillText(label, x, isShort ? y + 0.5 : y + radius + 11 * theme.unit);
  });
}
