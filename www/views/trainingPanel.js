// @ts-check
/** Training: how the weights are changed, and how the loss falls by it. */
import { html, nothing } from "lit";
import { field } from "./field.js";
import { Panel } from "./panel.js";

export class TrainingPanel extends Panel {
  /** @param {import("../core/playground.js").State} state */
  picks({ settings, problems }) {
    return [settings, problems];
  }

  render() {
    const { optimizer } = this.state.settings;
    return html`
      <h2 tabindex="-1">Training</h2>
      <div class="fields">
        ${field(this, "learningRate")} ${field(this, "optimizer")}
        ${optimizer === "sgd" ? field(this, "momentum") : nothing}
        ${field(this, "loss")} ${field(this, "epochs")}
      </div>
      <ty-loss-chart .playground=${this.playground}></ty-loss-chart>
    `;
  }
}
