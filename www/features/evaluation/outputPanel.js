// @ts-check
/** Evaluation: what the net has learned, over the data, and how its loss falls. */
import { html, nothing } from "lit";
import { isLocked } from "../../base/padlock.js";
import { DRAWN } from "../../settings/sources.js";
import { field } from "../../ui/field.js";
import { lacks } from "../../ui/lacks.js";
import { Panel } from "../../ui/panel.js";
import { withStyle } from "../../ui/withStyle.js";
import { t } from "../../base/text.js";

export class OutputPanel extends Panel {
  static properties = { ...Panel.properties, board: { state: true } };

  #isAsked = false;
  #advice = "";

  constructor() {
    super();
    /** What one draws with. @type {"absent" | "there" | "failed"} */
    this.board = "absent";
    /** Under whatever picture there is. */
    this.lossChart = /** @type {import("../training/lossChart.js").LossChart} */ (
      document.createElement("ty-loss-chart")
    );
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, description, lock }) {
    return [lock, settings.showTestData, settings.source, description];
  }

  updated() {
    super.updated();
    if (this.state.settings.source === DRAWN.name && !this.#isAsked) void this.#loadBoard();
  }

  async #loadBoard() {
    this.#isAsked = true;
    try {
      await withStyle(this, { script: "features/drawing/part.js", style: "features/drawing/style.css" });
      this.board = "there";
    } catch (error) {
      this.#advice = /** @type {Error} */ (error).message;
      this.board = "failed";
    }
  }

  #again() {
    this.board = "absent";
    void this.#loadBoard();
  }

  render() {
    this.lossChart.playground = this.playground;
    if (this.state.settings.source === DRAWN.name) {
      return html`
        <h2 tabindex="-1">${t("evaluation.evaluation")}</h2>
        ${this.board === "failed" ? lacks(t("evaluation.drawingBoard"), this.#advice, () => this.#again()) : nothing}
        ${this.board === "there" ? html`<ty-drawn-output class="output" .playground=${this.playground} .under=${this.lossChart}></ty-drawn-output>` : nothing}
      `;
    }
    // A table's pictures are loaded with the first of them (table/part.js), before there is a run on it.
    const { description } = this.state;
    return html`
      <div class="panel-head">
        <h2 tabindex="-1">${t("evaluation.evaluation")}</h2>
        ${description?.target ? nothing : field(this, "discretize")}
        ${isLocked(this.state) ? nothing : field(this, "showTestData")}
      </div>
      ${
        description?.image
          ? html`<ty-image-output class="output" .playground=${this.playground} .under=${this.lossChart}></ty-image-output>`
          : description?.target
            ? html`<ty-table-output class="output" .playground=${this.playground} .under=${this.lossChart}></ty-table-output>`
            : html`<ty-toy-output class="output" .playground=${this.playground} .under=${this.lossChart}></ty-toy-output>`
      }
    `;
  }
}
