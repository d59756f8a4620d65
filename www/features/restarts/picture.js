// @ts-check
/** Outputs over the plane as a small picture. */
import { html } from "lit";
import { createField } from "../../ui/charts/field.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";

/** @typedef {{values: Float64Array, size: number, range: [number, number], width: number, classes?: Uint32Array}} Cells */

export class CellPicture extends CanvasPanel {
  static properties = { ...CanvasPanel.properties, cells: { attribute: false }, label: { attribute: false } };

  /** @type {ReturnType<typeof createField> | null} */
  #field = null;

  constructor() {
    super();
    /** @type {Cells | null} */
    this.cells = null;
    this.label = "";
  }

  render() {
    return html`<canvas role="img" aria-label=${this.label}></canvas>`;
  }

  themed() {
    this.#field ??= createField(/** @type {HTMLCanvasElement} */ (this.querySelector("canvas")));
    if (this.theme) this.#field.setTheme(this.theme);
  }

  draw() {
    if (!this.cells) return;
    const { values, size, range, width, classes } = this.cells;
    this.#field?.draw(values, size, range, width, classes);
  }
}
