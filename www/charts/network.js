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
  const counts = [layers[0]?.inputs ?? features.length, ...layers.map(({ outputs }) => outputs)];
  const shown = counts.map(shownOf);
  const columns = layout(shown.map(({ length }) => length), width, height, theme.unit);
  layers.forEach((layer, i) => drawLinks(context, [columns[i], shown[i], counts[i]], [columns[i + 1], shown[i + 1]], parameters, layer.weight.offset, theme));
  columns.forEach((nodes, i) => {
    nodes.forEach((node, j) => drawNode(context, node, i > 0 ? parameters[layers[i - 1].bias.offset + shown[i][j]] : null, theme));
  });
  const room = width / columns.length / 2;
  drawLabels(context, columns[0], shown[0].map((index) => labels.inputs[index]), { side: -1, room }, theme);
  drawLabels(context, columns[columns.length - 1], shown[shown.length - 1].map((index) => labels.outputs[index]), { side: 1, room }, theme);
  drawOmitted(context, columns, counts, height, theme);
}

/** The most nodes of a layer that are drawn; of more, some from all over it. */
const MOST_NODES = 36;

export function shownOf(/** @type {number} */ count) {
  const drawn = Math.min(count, MOST_NODES);
  return Array.from({ length: drawn }, (_, i) => Math.floor((i * count) / drawn));
}

/** Where not all nodes are drawn, it is said. */
function drawOmitted(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {Node[][]} */ columns,
  /** @type {number[]} */ counts,
  /** @type {number} */ height,
  /** @type {import("./colour.js").Theme} */ theme,
) {
  context.fillStyle = css(theme.muted);
  context.font = `${11 * theme.unit}px system-ui, sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "bottom";
  columns.forEach((nodes, i) => {
    if (nodes.length < counts[i]) context.fillText(`${nodes.length} of ${counts[i]}`, nodes[0].x, height);
  });
}

function drawLinks(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {[Node[], number[], number]} */ [from, fromIndex, width],
  /** @type {[Node[], number[]]} */ [to, toIndex],
  /** @type {Float32Array} */ parameters,
  /** @type {number} */ offset,
  /** @type {import("./colour.js").Theme} */ theme,
) {
  context.lineCap = "round";
  for (let j = 0; j < to.length; j++) {
    for (let i = 0; i < from.length; i++) {
      const weight = parameters[offset + toIndex[j] * width + fromIndex[i]]; // [out, in], row by row
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

/** Inside the node when it is short; else below it, or beside it where the nodes stand close. */
function drawLabels(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {Node[]} */ nodes,
  /** @type {(string | undefined)[]} */ labels,
  /** @type {{side: -1 | 1, room: number}} */ { side, room },
  /** @type {import("./colour.js").Theme} */ theme,
) {
  context.fillStyle = css(theme.ink);
  context.textBaseline = "middle";
  const pitch = nodes.length > 1 ? nodes[1].y - nodes[0].y : Infinity;
  const isClose = pitch < 44 * theme.unit;
  if (pitch < 9 * theme.unit) return; // they would lie on each other
  nodes.forEach(({ x, y, radius }, i) => {
    const label = labels[i] ?? "";
    const isShort = label.length <= 2;
    context.font = `${(isShort ? 12 : Math.min(11, Math.max(9, pitch / theme.unit - 1))) * theme.unit}px system-ui, sans-serif`;
    context.textAlign = isShort || !isClose ? "center" : side < 0 ? "right" : "left";
    if (isShort) context.fillText(label, x, y + 0.5);
    else if (!isClose) context.fillText(fitted(context, label, 2 * room - 4), x, y + radius + 11 * theme.unit);
    else context.fillText(fitted(context, label, room - radius - 8 * theme.unit), x + side * (radius + 5 * theme.unit), y);
  });
}

/** As much of a text as there is room for. */
function fitted(/** @type {CanvasRenderingContext2D} */ context, /** @type {string} */ text, /** @type {number} */ room) {
  if (context.measureText(text).width <= room) return text;
  let { length } = text;
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > room) length -= 1;
  return `${text.slice(0, length)}…`;
}
