// @ts-check
/** Evaluation: what the net has learnt, over the data, and how good that is on rows it never saw. */
import { html, nothing } from "lit";
import { field } from "./field.js";
import { Panel } from "./panel.js";

export class OutputPanel extends Panel {
  /** @param {import("../core/playground.js").State} state */
  picks({ settings, description }) {
    return [settings.showTestData, settings.discretize, Boolean(description?.target)];
  }

  render() {
    // A table's pictures are loaded with the first of them (table/part.js), before there is a run on it.
    return html`
      <div class="panel-head">
        <h2 tabindex="-1">Evaluation</h2>
        ${this.state.description?.target ? nothing : field(this, "discretize")}
        ${field(this, "showTestData")}
      </div>
      ${this.state.description?.target
        ? html`<ty-table-output class="output" .playground=${this.playground}></ty-table-output>`
        : html`<ty-toy-output class="output" .playground=${this.playground}></ty-toy-output>`}
    `;
  }
}
