// @ts-check
/** The picture in small beside the curves, so that one sees the boundary move with the threshold. */
import { html } from "lit";
import { cellsOf } from "../../base/inputSection.js";
import { classRange } from "../../session/statusText.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { createField } from "../../ui/charts/field.js";

export class ThresholdMap extends CanvasPanel {
  /** @type {ReturnType<typeof createField> | null} */
  #field = null;

  /** @param {import("../../session/playground.js").State} state */
  draws({ frame, threshold, shown }) {
    return [frame?.outputs, threshold, shown];
  }

  themed() {
    this.#field ??= createField(/** @type {HTMLCanvasElement} */ (this.querySelector("canvas")));
    if (this.theme) this.#field.setTheme(this.theme);
  }

  render() {
    return html`<canvas class="map-field" aria-hidden="true"></canvas><ty-boundary .playground=${this.playground} .isBare=${true}></ty-boundary>`;
  }

  draw() {
    const { frame, description } = this.state;
    if (!frame?.outputs || !description) return;
    const size = Math.sqrt(cellsOf(description));
    const { outputs: width } = description;
    const outputs = frame.outputs.subarray(0, size * size * width);
    this.#field?.draw(outputs, size, classRange(description), width, frame.classes);
  }
}
