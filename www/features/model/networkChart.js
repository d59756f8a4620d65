// @ts-check
/**
 * The network as a graph: a column of nodes for each layer, a link for each weight. Blue is positive and orange
 * negative; the wider and fuller a link, the larger its weight. Each node shows what it gives over the plane of the
 * data (over a line of it, where there is one input), and its bias as a mark at its corner.
 */
import { formatCount, shortenedName } from "../../base/format.js";
import { css, diverging, mix } from "../../ui/charts/color.js";
import { labelFont, prepare } from "../../ui/charts/canvas.js";
import { t } from "../../base/text.js";
import { unitImages } from "./unitImages.js";

/** @typedef {typeof import("./unitCurve.js").drawLine} DrawLine */
/** @typedef {{x: number, y: number, radius: number}} Node */
/**
 * A layer on the screen; the first are the inputs. A wide one has a box instead of its nodes.
 *
 * @typedef {object} Column
 * @property {number} count
 * @property {Node[]} nodes
 * @property {number[]} shown   which of the layer's units the nodes are
 * @property {{x: number, y: number, width: number, height: number} | null} box
 */
/**
 * What the units give: `[unit][cell]`, inputs and layers.
 *
 * @typedef {{inputs: Float32Array, layers: Float32Array, size: number, isLine: boolean}} Fields
 */

const WIDEST = 7;

/** Room below the nodes, for how many parameters a layer has. */
const FOOT = 17;

/** The most nodes of a layer that are drawn: of more inputs, some from all over them; a hidden layer becomes a box. */
const MOST_INPUTS = 36;
const MOST_NEURONS = 12;

/**
 * Where the nodes stand: columns at even distances, each centerd.
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
    const radius = Math.max(2.5, Math.min(21 * unit, pitch * 0.4, column * 0.2));
    const top = height / 2 - ((count - 1) / 2) * pitch;
    return Array.from({ length: count }, (_, j) => ({ x: column * (i + 0.5), y: top + j * pitch, radius }));
  });
}

export function shownOf(/** @type {number} */ count) {
  const drawn = Math.min(count, MOST_INPUTS);
  return Array.from({ length: drawn }, (_, i) => Math.floor((i * count) / drawn));
}

/**
 * All that is drawn, and where.
 *
 * @param {import("../../session/protocol.js").Description} description
 * @param {number} width
 * @param {number} height
 * @param {number} unit
 * @returns {Column[]}
 */
export function columnsOf({ features, layers }, width, height, unit) {
  const counts = [layers[0]?.inputs ?? features.length, ...layers.map(({ outputs }) => outputs)];
  const shown = counts.map(shownOf);
  const free = height - FOOT * unit;
  const places = layout(
    shown.map(({ length }) => length),
    width,
    free,
    unit,
  );
  const wide = Math.min((width / counts.length) * 0.74, 120 * unit);
  return counts.map((count, i) => {
    const isWide = count > MOST_NEURONS && i > 0 && i < layers.length;
    const box = { x: places[i][0].x - wide / 2, y: free * 0.04, width: wide, height: free * 0.92 };
    return { count, nodes: isWide ? [] : places[i], shown: shown[i], box: isWide ? box : null };
  });
}

/** Width of a link: it grows with the weight, and no weight breaks the picture. */
export const linkWidth = (/** @type {number} */ weight) => Math.min(WIDEST, 0.4 + 2 * Math.abs(weight));

/** A link's curve: start, two handles, end. @returns {[number, number][]} */
export function linkCurve(/** @type {Node} */ a, /** @type {Node} */ b) {
  const bend = (b.x - a.x) * 0.45;
  return [
    [a.x + a.radius, a.y],
    [a.x + bend, a.y],
    [b.x - bend, b.y],
    [b.x - b.radius, b.y],
  ];
}

/** The corner where a neuron's bias is marked, and its size; the smallest nodes have no room for one. */
export const biasMark = (/** @type {Node} */ { x, y, radius }) => ({
  x: x - radius,
  y: y + radius,
  size: radius < 6 ? 0 : Math.max(3, radius * 0.2),
});

/**
 * @param {HTMLCanvasElement} canvas
 * @param {import("../../session/protocol.js").Description} description
 * @param {Float32Array} values   what links and marks show, one a parameter
 * @param {import("../../ui/charts/color.js").Theme} theme
 * @param {object} extras
 * @param {string[]} extras.inputs     labels
 * @param {string[]} extras.outputs
 * @param {Fields | null} extras.fields
 * @param {typeof import("./unitCurve.js").drawLine} [extras.drawLine]       what is drawn of units along a line, and
 * @param {typeof import("./weightMap.js").drawRibbon} [extras.drawRibbon]   what is drawn of wide layers, once that is loaded
 * @param {((context: CanvasRenderingContext2D, layer: number, box: NonNullable<Column["box"]>, theme: import("../../ui/charts/color.js").Theme) => void)} [extras.drawWide]
 */
export function drawNetwork(
  canvas,
  description,
  values,
  theme,
  { inputs, outputs, fields, drawLine, drawRibbon, drawWide },
) {
  const { context, width, height } = prepare(canvas);
  const { layers } = description;
  const columns = columnsOf(description, width, height, theme.unit);
  layers.forEach((layer, i) => {
    if (columns[i].box || columns[i + 1].box) drawRibbon?.(context, [columns[i], columns[i + 1]], values, layer, theme);
    else drawLinks(context, columns[i], columns[i + 1], values, layer.weight.offset, theme);
  });
  const images = fields && !fields.isLine ? unitImages(fields, description, theme) : null;
  let unit = 0;
  const feet = layers.map(({ inputs, outputs }) => outputs * (inputs + 1));
  const word = wordFor(context, Math.max(...feet), width / columns.length - 4 * theme.unit, theme);
  columns.forEach(({ count, nodes, shown, box }, i) => {
    const { offset = 0 } = i > 0 ? layers[i - 1].bias : {};
    if (box) {
      frame(context, box.x, box.y, box.width, box.height, theme);
      if (drawWide) drawWide(context, i - 1, box, theme);
      else write(context, t("model.neurons", { count }), box.x + box.width / 2, box.y + box.height / 2, theme);
    }
    nodes.forEach((node, j) =>
      drawNode(
        context,
        node,
        unit + shown[j],
        i > 0 ? values[offset + shown[j]] : null,
        { images, fields, layer: i, drawLine },
        theme,
      ),
    );
    unit += count;
    const foot = i > 0 ? feet[i - 1] : 0;
    const isPart = nodes.length && nodes.length < count;
    if (foot || isPart)
      write(
        context,
        isPart ? t("model.of", { nodes: nodes.length, count }) : `${formatCount(foot)} ${word}`.trim(),
        (width / columns.length) * (i + 0.5),
        height - 7 * theme.unit,
        theme,
      );
  });
  const room = width / columns.length / 2;
  const last = columns[columns.length - 1];
  drawLabels(
    context,
    columns[0].nodes,
    columns[0].shown.map((index) => inputs[index]),
    { side: -1, room },
    theme,
  );
  drawLabels(
    context,
    last.nodes,
    last.shown.map((index) => outputs[index]),
    { side: 1, room },
    theme,
  );
}

/** What follows the number of a layer's parameters, in as many letters as there is room for behind the largest one. */
function wordFor(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {number} */ most,
  /** @type {number} */ room,
  /** @type {import("../../ui/charts/color.js").Theme} */ theme,
) {
  context.font = labelFont(theme.unit);
  const fits = (/** @type {string} */ word) => context.measureText(`${formatCount(most)} ${word}`).width <= room;
  return [t("model.parameters"), t("model.parametersShort")].find(fits) ?? "";
}

/** Small words in the middle of a place. */
function write(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {string} */ text,
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {import("../../ui/charts/color.js").Theme} */ theme,
) {
  context.fillStyle = css(theme.muted);
  context.font = labelFont(theme.unit);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, x, y);
}

/** More links between two layers lie too close for dashes to be seen. */
const MOST_DASHED = MOST_NEURONS ** 2;

/** Positive weights solid, negative ones dashed: color is not all that tells. */
function drawLinks(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {Column} */ from,
  /** @type {Column} */ to,
  /** @type {Float32Array} */ values,
  /** @type {number} */ offset,
  /** @type {import("../../ui/charts/color.js").Theme} */ theme,
) {
  const isDashed = from.nodes.length * to.nodes.length <= MOST_DASHED;
  context.lineCap = isDashed ? "butt" : "round";
  to.nodes.forEach((b, j) => {
    from.nodes.forEach((a, i) => {
      const weight = values[offset + to.shown[j] * from.count + from.shown[i]]; // [out, in], row by row
      const [start, one, two, end] = linkCurve(a, b);
      context.beginPath();
      context.moveTo(...start);
      context.bezierCurveTo(...one, ...two, ...end);
      context.strokeStyle = css(weight < 0 ? theme.minus : theme.plus, Math.min(0.95, 0.25 + Math.abs(weight) * 0.5));
      context.lineWidth = linkWidth(weight) * theme.unit;
      if (isDashed) context.setLineDash(weight < 0 ? [7 * theme.unit, 3 * theme.unit] : []);
      context.stroke();
    });
  });
  context.setLineDash([]);
}

/** A rounded frame on the page's ground. */
function frame(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ width,
  /** @type {number} */ height,
  /** @type {import("../../ui/charts/color.js").Theme} */ theme,
) {
  trace(context, x, y, width, height, theme);
  context.fillStyle = css(mix(theme.surface, theme.muted, 0.06));
  context.strokeStyle = css(mix(theme.surface, theme.ink, 0.5));
  context.lineWidth = (width > 12 ? 1.5 : 1) * theme.unit;
  context.fill();
  context.stroke();
}

function trace(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {number} */ width,
  /** @type {number} */ height,
  /** @type {import("../../ui/charts/color.js").Theme} */ { unit },
) {
  context.beginPath();
  context.roundRect(x, y, width, height, Math.min(5 * unit, width / 4));
}

/** What a neuron gives, in its frame, and its bias at the corner; an input has none. */
function drawNode(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {Node} */ node,
  /** @type {number} */ unit,
  /** @type {number | null} */ bias,
  /** @type {{images: HTMLCanvasElement | null, fields: Fields | null, layer: number, drawLine?: DrawLine}} */ {
    images,
    fields,
    layer,
    drawLine,
  },
  /** @type {import("../../ui/charts/color.js").Theme} */ theme,
) {
  const { x, y, radius } = node;
  const [left, top, side] = [x - radius, y - radius, 2 * radius];
  frame(context, left, top, side, side, theme);
  if (fields && radius > 4) {
    context.save();
    context.clip();
    if (images) context.drawImage(images, 0, unit * fields.size, fields.size, fields.size, left, top, side, side);
    else drawLine?.(context, fields, unit, layer, node, theme);
    context.restore();
    trace(context, left, top, side, side, theme);
    context.stroke();
  }
  const mark = biasMark(node);
  if (bias === null || !mark.size) return;
  context.beginPath();
  context.roundRect(mark.x - mark.size, mark.y - mark.size, 2 * mark.size, 2 * mark.size, 1.5 * theme.unit);
  context.fillStyle = css(diverging(theme, bias));
  context.strokeStyle = css(mix(theme.surface, theme.ink, 0.65));
  context.lineWidth = theme.unit;
  context.fill();
  context.stroke();
}

/** Pixels from one label to the next, at least. */
const LABEL_PITCH = 14;

/** Beside the node when it is short; else below it, or beside it where the nodes stand close. */
function drawLabels(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {Node[]} */ nodes,
  /** @type {(string | undefined)[]} */ labels,
  /** @type {{side: -1 | 1, room: number}} */ { side, room },
  /** @type {import("../../ui/charts/color.js").Theme} */ theme,
) {
  context.fillStyle = css(theme.ink);
  context.textBaseline = "middle";
  const pitch = nodes.length > 1 ? nodes[1].y - nodes[0].y : Infinity;
  const every = Math.ceil((LABEL_PITCH * theme.unit) / pitch); // all of many would lie on each other
  if (every > 3) return;
  context.font = labelFont(theme.unit);
  nodes.forEach(({ x, y, radius }, i) => {
    const label = i % every ? "" : (labels[i] ?? "");
    const isBelow = label.length > 2 && pitch > 2 * radius + 18 * theme.unit;
    context.textAlign = isBelow ? "center" : side < 0 ? "right" : "left";
    if (isBelow) context.fillText(fitted(context, label, 2 * room - 4), x, y + radius + 12 * theme.unit);
    else
      context.fillText(fitted(context, label, room - radius - 5 * theme.unit), x + side * (radius + 4 * theme.unit), y);
  });
}

/** As much of a text as there is room for. */
function fitted(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {string} */ text,
  /** @type {number} */ room,
) {
  const fits = (/** @type {string} */ words) => context.measureText(words).width <= room;
  if (fits(text)) return text;
  const tight = text.replace(" = ", "="); // "sex = female": "sex…male" would be another one
  let { length } = tight;
  while (length > 3 && !fits(shortenedName(tight, length))) length -= 1;
  return shortenedName(tight, length);
}
