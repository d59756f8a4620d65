// @ts-check
/** What one contestant gives over the plane. */
import { html } from "lit";
import { createField } from "../../charts/field.js";
import { rangeOf } from "../../charts/scale.js";
import { CELLS } from "../../core/contest.js";
import { CanvasPanel } from "../canvasPanel.js";

export class MiniField extends CanvasPanel {
  static properties = { ...CanvasPanel.properties, outputs: { attribute: false }, label: {} };

  /** @type {ReturnType<typeof createField> | null} */
  #field = null;

  constructor() {
    super();
    /** @type {Float32Array | null} */
    this.outputs = null;
    this.label = "";
  }

  /** @param {import("../../core/playground.js").State} state */
  draws({ description, points }) {
    return [description, points];
  }

  render() {
    return html`<canvas role="img" aria-label=${this.label}></canvas>`;
  }

  themed() {
    this.#field ??= createField(/** @type {HTMLCanvasElement} */ (this.querySelector("canvas")));
    if (this.theme) this.#field.setTheme(this.theme);
  }

  updated() {
    super.updated();
    this.draw();
  }

  draw() {
    const { description, points } = this.state;
    if (!this.outputs || !description || !points || !this.theme) return;
    const width = description.outputs;
    const size = Math.max(...rangeOf(points.targets).map(Math.abs));
    const range = /** @type {[number, number]} */ (description.task === "classification" ? [0, 1] : [-size, size]);
    if (this.outputs.length === CELLS * CELLS * width) this.#field?.draw(this.outputs, CELLS, range, width);
  }
}
