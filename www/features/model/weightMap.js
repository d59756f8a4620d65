// @ts-check
/** A wide layer in brief: all of its weights as a picture, a cell each, and how often its neurons give what. */
import { labelFont } from "../../ui/charts/canvas.js";
import { colorTable, css, diverging, mix } from "../../ui/charts/color.js";
import { paint } from "../../ui/charts/field.js";
import { histogramOf } from "../../ui/charts/bins.js";
import { t } from "../../base/text.js";

/** @typedef {import("./networkChart.js").Column} Column */

/** @type {OffscreenCanvas | undefined} */
let cells;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number, width: number, height: number}} box
 * @param {object} data
 * @param {import("../../session/protocol.js").Layer} data.layer
 * @param {Float32Array} data.values     one a parameter of the net
 * @param {Float32Array | null} data.activity   what its neurons give on training rows
 * @param {number} data.ill              neurons that are dead or saturated
 * @param {import("../../ui/charts/color.js").Theme} theme
 */
export function drawWeights(
  context,
  { x, y, width, height },
  { layer: { inputs, outputs, weight }, values, activity, ill },
  theme,
) {
  const px = theme.unit;
  const line = 15 * px;
  const strip = activity ? Math.min(34 * px, height * 0.2) : 0;
  const inner = {
    x: x + 6 * px,
    y: y + line + 4 * px,
    width: width - 12 * px,
    height: height - line * 2 - strip - 8 * px,
  };
  context.save();
  context.fillStyle = css(theme.ink);
  context.font = labelFont(px, "600");
  context.textAlign = "center";
  context.textBaseline = "middle";
  // In a narrow box the number is enough, so that it doesn't run into its neighbor's.
  const title = t("model.neurons", { count: outputs });
  const isWide = context.measureText(title).width <= width;
  context.fillText(isWide ? title : String(outputs), x + width / 2, y + line / 2 + 3 * px);
  // A row for each neuron, a column for each of its inputs.
  const own = values.subarray(weight.offset, weight.offset + inputs * outputs);
  const most = own.reduce((size, value) => Math.max(size, Math.abs(value)), 1e-6);
  cells ??= new OffscreenCanvas(1, 1);
  [cells.width, cells.height] = [inputs, outputs];
  const painter = /** @type {OffscreenCanvasRenderingContext2D} */ (cells.getContext("2d"));
  const image = painter.createImageData(inputs, outputs);
  paint(new Uint32Array(image.data.buffer), own, colorTable(theme), [-most, most]);
  painter.putImageData(image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(cells, inner.x, inner.y, inner.width, inner.height);
  if (activity)
    drawStrip(
      context,
      activity,
      { x: inner.x, y: inner.y + inner.height + 4 * px, width: inner.width, height: strip },
      theme,
    );
  context.fillStyle = css(theme.muted);
  context.font = labelFont(px);
  context.fillText(
    ill ? t("model.deadFlat", { ill }) : activity ? t("model.wordActivations") : "",
    x + width / 2,
    y + height - line / 2,
    width,
  );
  context.restore();
}

/** How often which value, as bars. */
function drawStrip(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {Float32Array} */ values,
  /** @type {{x: number, y: number, width: number, height: number}} */ { x, y, width, height },
  /** @type {import("../../ui/charts/color.js").Theme} */ theme,
) {
  const most = values.reduce((size, value) => Math.max(size, Math.abs(value)), 1e-6);
  const counts = histogramOf(values, 21, [-most, most]);
  const highest = Math.max(...counts);
  const wide = width / counts.length;
  counts.forEach((count, i) => {
    const high = (height * count) / highest;
    context.fillStyle = css(mix(i < 10 ? theme.minus : i > 10 ? theme.plus : theme.muted, theme.surface, 0.15));
    context.fillRect(x + i * wide, y + height - high, wide - 1, high);
  });
}

/** Many weights at once: as wide as their layers, as blue or orange as they are on the whole. */
export function drawRibbon(
  /** @type {CanvasRenderingContext2D} */ context,
  /** @type {[Column, Column]} */ [from, to],
  /** @type {Float32Array} */ values,
  /** @type {import("../../session/protocol.js").Layer} */ { weight, inputs, outputs },
  /** @type {import("../../ui/charts/color.js").Theme} */ theme,
) {
  const side = (/** @type {Column} */ { box, nodes }, /** @type {1 | -1} */ which) => {
    if (box) return { x: which > 0 ? box.x + box.width : box.x, top: box.y, bottom: box.y + box.height };
    const [first, last] = [nodes[0], nodes[nodes.length - 1]];
    return { x: first.x + which * first.radius, top: first.y - first.radius * 0.6, bottom: last.y + last.radius * 0.6 };
  };
  const [a, b] = [side(from, 1), side(to, -1)];
  let [sum, size] = [0, 1e-9];
  for (let i = weight.offset; i < weight.offset + inputs * outputs; i++) {
    sum += values[i];
    size += Math.abs(values[i]);
  }
  const bend = (b.x - a.x) * 0.45;
  context.beginPath();
  context.moveTo(a.x, a.top);
  context.bezierCurveTo(a.x + bend, a.top, b.x - bend, b.top, b.x, b.top);
  context.lineTo(b.x, b.bottom);
  context.bezierCurveTo(b.x - bend, b.bottom, a.x + bend, a.bottom, a.x, a.bottom);
  context.fillStyle = css(diverging({ ...theme, zero: theme.muted }, (2 * sum) / size), 0.22);
  context.fill();
}
