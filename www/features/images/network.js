// @ts-check
/**
 * A network that sees pictures: a column for the picture and for each layer with weights, over it what comes out, below it
 * what it takes. Of a convolution its filters, its feature maps, and what pooling leaves of them; of others their numbers.
 */
import { html } from "lit";
import { labelFont, prepare } from "../../ui/charts/canvas.js";
import { css } from "../../ui/charts/color.js";
import { formatCount } from "../../base/format.js";
import { layersOf } from "../../settings/layers.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { columnsOf } from "./maps.js";
import { paintNumbers } from "./paint.js";
import { shapeWords } from "../../session/shapes.js";
import { t } from "../../base/text.js";

/** @typedef {import("../../ui/charts/color.js").Theme} Theme */
/** @typedef {import("./maps.js").Column} Column */
/** @typedef {import("./maps.js").Maps} Maps */

/** Heights of a line of words, and the room between, in the design's pixels. */
const LINE = 17;
const GAP = 6;

/** Maps of a grid are no larger, and the filters not either. */
const LARGEST = 90;
const FILTER = 26;

export class ImageNetwork extends CanvasPanel {
  /** A canvas that each small picture is painted on before it is enlarged. */
  #one = new OffscreenCanvas(1, 1);

  /** @param {import("../../session/playground.js").State} state */
  picks({ description, settings }) {
    return [description, settings.layers];
  }

  /** @param {import("../../session/playground.js").State} state */
  draws({ frame, description }) {
    return [frame?.units, frame?.parameters, frame?.outputs, description];
  }

  /** What is drawn; null while it isn't known, or of layers that are no longer those of the run. */
  get #columns() {
    const { description, frame, settings } = this.state;
    if (!description?.image || !frame?.units || !frame.parameters) return null;
    return columnsOf(description, layersOf(settings), frame.units, frame.parameters);
  }

  render() {
    return html`<canvas role="img" aria-label=${this.#words()}></canvas>`;
  }

  #words() {
    const columns = this.#columns;
    if (!columns) return t("images.network");
    return t("images.networkWords", {
      shapes: columns
        .map(({ maps, pooled }) => [maps, ...pooled].map(({ shape }) => shapeWords(shape)).join(" → "))
        .join(" → "),
    });
  }

  draw() {
    const canvas = this.querySelector("canvas");
    const { theme } = this;
    if (!canvas || !theme) return;
    const { context, width, height } = prepare(canvas);
    const columns = this.#columns;
    if (!columns) return;
    // Words that come with the first units.
    const words = this.#words();
    if (canvas.ariaLabel !== words) canvas.ariaLabel = words;
    context.imageSmoothingEnabled = false;
    const room = width / columns.length;
    const names = this.state.description?.classNames ?? [];
    columns.forEach((column, i) => {
      const labels = i === columns.length - 1 ? names : [];
      this.#drawColumn(context, column, { left: i * room, room, height, labels }, theme);
    });
    this.#drawArrows(context, columns.length, room, height, theme);
  }

  /** @param {CanvasRenderingContext2D} context @param {Column} column @param {{left: number, room: number, height: number, labels: string[]}} place   `labels`: of the classes, one above the other @param {Theme} theme */
  #drawColumn(context, column, { left, room, height, labels }, theme) {
    const { unit } = theme;
    const [line, gap] = [LINE * unit, GAP * unit];
    const all = [column.maps, ...column.pooled];
    const foot = column.parameters ? line : 0;
    const filters = column.filters ? line + FILTER * unit + gap : 0;
    const share = (height - foot - filters - all.length * (line + gap)) / all.length;
    let top = 0;
    const words = (/** @type {string} */ text, color = theme.muted) => {
      context.font = labelFont(unit);
      context.fillStyle = css(color);
      context.textAlign = "center";
      context.textBaseline = "top";
      context.fillText(fitted(context, text, room - 4 * unit), left + room / 2, top + 2 * unit);
      top += line;
    };
    if (column.filters) {
      words(t("images.filters"));
      this.#drawGrid(
        context,
        column.filters,
        { left, top, room, height: FILTER * unit, largest: FILTER * unit },
        theme,
      );
      top += FILTER * unit + gap;
    }
    for (const maps of all) {
      words(shapeWords(maps.shape), theme.ink);
      this.#drawGrid(context, maps, { left, top, room, height: share, largest: LARGEST * unit, labels }, theme);
      top += share + gap;
    }
    top = height - line;
    if (column.parameters) words(t("images.parametersShort", { count: formatCount(column.parameters) }));
  }

  /** Side by side, as large as there is room for; beyond that, those that there is room for. @param {CanvasRenderingContext2D} context @param {Maps} maps @param {{left: number, top: number, room: number, height: number, largest: number, labels?: string[]}} place @param {Theme} theme */
  #drawGrid(context, { shape, values }, { left, top, room, height, largest, labels = [] }, theme) {
    const [count, rows, columns] = shape.length === 3 ? shape : [shape[0], 1, 1];
    const margin = 3 * theme.unit;
    context.font = labelFont(theme.unit);
    // Names stand to the left of their units, which leave them room.
    const longest = labels.reduce((most, label) => Math.max(most, context.measureText(label).width + margin), 0);
    const wide = Math.max(room / 5, room - 4 * margin - longest);
    let [side, across] = [0, 1];
    for (let n = 1; n <= (labels.length ? 1 : count); n++) {
      const fits = Math.min(wide / n, height / Math.ceil(count / n), largest);
      if (fits > side) [side, across] = [fits, n];
    }
    if (side < 3) return;
    const down = Math.ceil(count / across);
    const middle = (room - across * side) / 2;
    const x0 = left + Math.max(middle, Math.min(longest + margin, room - across * side - margin));
    const y0 = top + Math.max(0, (height - down * side) / 2);
    const most = values.reduce((largestSoFar, value) => Math.max(largestSoFar, Math.abs(value)), 0);
    const inner = Math.max(1, side - Math.min(margin, side / 5));
    for (let k = 0; k < count; k++) {
      const one = values.subarray(k * rows * columns, (k + 1) * rows * columns);
      paintNumbers(this.#one, one, columns, most, theme);
      const [x, y] = [x0 + (k % across) * side, y0 + Math.floor(k / across) * side];
      context.drawImage(this.#one, x, y, inner, inner);
      context.strokeStyle = css(theme.line);
      context.lineWidth = theme.unit;
      context.strokeRect(x, y, inner, inner);
      if (!labels[k]) continue;
      context.fillStyle = css(theme.ink);
      context.textAlign = "right";
      context.textBaseline = "middle";
      context.fillText(fitted(context, labels[k], x - left - 2 * margin), x - margin, y + inner / 2);
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {number} count @param {number} room @param {number} height @param {Theme} theme */
  #drawArrows(context, count, room, height, { muted, unit }) {
    context.font = labelFont(unit);
    context.fillStyle = css(muted);
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (let i = 1; i < count; i++) context.fillText("›", i * room, height / 2);
  }
}

/** As much of a text as there is room for. @param {CanvasRenderingContext2D} context @param {string} text @param {number} room */
function fitted(context, text, room) {
  let { length } = text;
  while (length > 1 && context.measureText(text.slice(0, length)).width > room) length -= 1;
  return length < text.length ? `${text.slice(0, Math.max(1, length - 1))}…` : text;
}
