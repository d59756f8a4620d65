// @ts-check
/** What the pictures of made-up sources and of tables share: a field under points that stand still, legends, and a click that asks. */
import { html, nothing } from "lit";
import { createField } from "../../ui/charts/field.js";
import { linear } from "../../ui/charts/scale.js";
import { markOf } from "../../session/statusText.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { t } from "../../base/text.js";

export class Stage extends CanvasPanel {
  isLive = true;
  /** @type {ReturnType<typeof createField> | null} */
  field = null;
  /** What the points on the screen were drawn from; nothing where they have to be drawn anew. @type {unknown[]} */
  drawn = [];
  /** What stands directly under the picture: the loss strip, which outlives this element. @type {HTMLElement | null} */
  under = null;

  themed() {
    const canvas = /** @type {HTMLCanvasElement} */ (this.querySelector(".stage-field"));
    this.field ??= createField(canvas);
    if (this.theme) this.field.setTheme(this.theme);
  }

  /** Whether the points are there as they should be. They lie on a canvas of their own: they are drawn only when they are new. @param {HTMLCanvasElement} canvas @param {unknown[]} from */
  stands(canvas, ...from) {
    const look = [...from, this.theme, canvas.clientWidth, canvas.clientHeight, devicePixelRatio];
    const isSame = look.every((part, i) => part === this.drawn[i]);
    this.drawn = look;
    return isSame;
  }

  /** @param {"plane" | "curve" | "truth"} view @param {string} words @param {(event: MouseEvent) => void} ask @param {unknown} legend */
  stage(view, words, ask, legend) {
    return html`
      <div class="stage" data-view=${view} @click=${ask}>
        <canvas class="stage-field" aria-hidden="true"></canvas>
        <canvas class="stage-points" role="img" aria-label=${words}></canvas>
        ${customElements.get("ty-score") ? html`<ty-score .playground=${this.playground}></ty-score>` : nothing}
        ${legend}
      </div>
      ${this.under}
    `;
  }

  /** The place in the data's units that was pointed at. @returns {[number, number]} */
  placeOf(/** @type {MouseEvent} */ event, /** @type {[number, number][]} */ view) {
    const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    return [
      linear(view[0], [box.left, box.right]).invert(event.clientX),
      linear(view[1], [box.bottom, box.top]).invert(event.clientY),
    ];
  }

  /** @param {(i: number) => string} classWord @param {[string, string]} ends   of the values */
  legend(classWord, [low, high]) {
    const { task, classes, outputs = 1 } = this.state.description ?? {};
    const isClasses = outputs > 1 || task !== "regression";
    return html`<div class="legend">${isClasses ? Array.from({ length: outputs > 1 ? (classes ?? 0) : 2 }, (_, i) => html`<span class="class-${i % 5}">${markOf(i)} ${classWord(i)}</span>`) : html`<span class="class-0">${low}</span><span class="ramp" aria-hidden="true"></span><span class="class-1">${high}</span>`}</div>`;
  }

  curveLegend() {
    return html`
      <div class="legend legend-curve">
        <span class="key key-points">${t("evaluation.data")}</span><span class="key key-test">${t("evaluation.whatNetSays")}</span>
      </div>
    `;
  }
}
