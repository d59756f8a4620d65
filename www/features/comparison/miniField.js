// @ts-check
/** What one contestant gives over the plane. */
import { html } from "lit";
import { createField } from "../../ui/charts/field.js";
import { rangeOf } from "../../ui/charts/scale.js";
import { CELLS } from "./model.js";
import { classRange } from "../../session/statusText.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";

export class MiniField extends CanvasPanel {
  static properties = { ...CanvasPanel.properties, run: { attribute: false }, label: { attribute: false } };

  /** @type {ReturnType<typeof createField> | null} */
  #field = null;

  constructor() {
    super();
    /** @type {import("./model.js").VariantResult | null} */
    this.run = null;
    this.label = "";
  }

  /** @param {import("../../session/playground.js").State} state */
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
    if (!this.run?.outputs || !description || !points || !this.theme) return;
    const { outputs, classes } = this.run;
    const width = description.outputs;
    const size = Math.max(...rangeOf(points.targets).map(Math.abs));
    // One contestant's loss may be another's.
    const range = /** @type {[number, number]} */ (
      description.task === "classification" ? classRange(this.run) : [-size, size]
    );
    if (outputs.length === CELLS * CELLS * width) this.#field?.draw(outputs, CELLS, range, width, classes);
  }
}
