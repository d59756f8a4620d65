// @ts-check
/** Rings around the points of the batch, over the picture of what the net has learned. */
import { html } from "lit";
import { outputRange } from "../../ui/charts/curve.js";
import { prepare } from "../../ui/charts/canvas.js";
import { css } from "../../ui/charts/color.js";
import { linear } from "../../ui/charts/scale.js";
import { placeOf } from "../../base/sample.js";
import { axesOf } from "../../base/inputSection.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";

/** How near a click has to be. */
const NEAR = 12;

export class Glow extends CanvasPanel {
  /** Where each example is drawn. @type {{example: number, x: number, y: number}[]} */
  #spots = [];

  constructor() {
    super();
    /** @type {Uint32Array} */
    this.rows = new Uint32Array();
    /** The example under the lens; −1 for all. */
    this.current = -1;
    /** @type {(example: number) => void} */
    this.choose = () => {};
  }

  /** @param {import("../../session/playground.js").State} state */
  draws({ view, points, settings }) {
    return [view, points, settings.axes];
  }

  connectedCallback() {
    super.connectedCallback();
    const stage = this.parentElement;
    const chosen = (/** @type {PointerEvent} */ event) => {
      const box = this.getBoundingClientRect();
      const away = ({ x = 0, y = 0 }) => Math.hypot(event.clientX - box.left - x, event.clientY - box.top - y);
      const nearest = this.#spots.reduce((best, spot) => (away(spot) < away(best) ? spot : best), this.#spots[0]);
      if (!nearest || away(nearest) > NEAR) return;
      event.stopPropagation(); // elsewhere a click asks the net about that place
      this.choose(nearest.example);
    };
    stage?.addEventListener("pointerdown", chosen, true);
    this.atEnd(() => stage?.removeEventListener("pointerdown", chosen, true));
  }

  render() {
    return html`<canvas aria-hidden="true"></canvas>`;
  }

  draw() {
    const { description, points, view, settings } = this.state;
    const canvas = this.querySelector("canvas");
    if (!canvas || !this.theme || !description || !points || !view) return;
    const { context, width, height } = prepare(canvas);
    const { theme } = this;
    const { unit } = theme;
    const columns = description.columns.length;
    const axes = axesOf(description, settings.axes);
    const isLine = columns === 1;
    // A curve's picture has axes around it.
    const x = linear(view[0], isLine ? [40 * unit, width - 12 * unit] : [0, width]);
    const y = isLine
      ? linear(outputRange(points.inputs, points.targets, view[0]), [height - 30 * unit, 12 * unit])
      : linear(view[1], [height, 0]);
    this.#spots = [];
    this.rows.forEach((row, i) => {
      const place = placeOf(points, row);
      if (place < 0) return; // of many rows the page has but some
      const at = {
        x: x(points.inputs[place * columns + axes[0]]),
        y: y(isLine ? points.targets[place] : points.inputs[place * columns + axes[1]]),
      };
      const isCurrent = i === this.current;
      this.#spots.push({ example: i, ...at });
      context.beginPath();
      context.arc(at.x, at.y, (isCurrent ? 9 : 6.5) * unit, 0, 2 * Math.PI);
      context.fillStyle = css(theme.surface, 0.35);
      context.fill();
      context.strokeStyle = css(theme.ink);
      context.lineWidth = (isCurrent ? 3.2 : 1.6) * unit;
      context.stroke();
      if (!isCurrent) return;
      context.beginPath();
      context.arc(at.x, at.y, 13 * unit, 0, 2 * Math.PI);
      context.strokeStyle = css(theme.accent);
      context.lineWidth = 2 * unit;
      context.stroke();
    });
  }
}
