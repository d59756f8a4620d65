// @ts-check
/** Training: how the weights are changed, and how the loss falls by it. */
import { html, nothing } from "lit";
import { field } from "./field.js";
import { changedChips, moreButton, moreSettings } from "./more.js";
import { Panel } from "./panel.js";

export class TrainingPanel extends Panel {
  static properties = { ...Panel.properties, isOpen: { state: true } };

  constructor() {
    super();
    /** Whether the folded settings are in sight. */
    this.isOpen = false;
  }

  /** @param {import("../core/playground.js").State} state */
  picks({ settings, problems }) {
    return [settings, problems];
  }

  render() {
    const { optimizer, schedule } = this.state.settings;
    const figures = html`<ty-step-figures .playground=${this.playground}></ty-step-figures>`;
    return html`
      <div class="panel-head">
        <h2 tabindex="-1">Training</h2>
        ${changedChips(this, "training")}
        ${!this.isOpen && schedule !== "constant" ? figures : nothing /* it changes by itself: to be seen also when folded */}
        ${moreButton(this, "training")}
      </div>
      <div class="fields">
        ${field(this, "learningRate")} ${field(this, "optimizer")}
        ${optimizer === "sgd" ? field(this, "momentum") : nothing}
        ${field(this, "loss")} ${field(this, "epochs")}
        ${this.isNarrow ? field(this, "seed") : nothing}
      </div>
      ${this.isNarrow ? html`<ty-engine-chip .playground=${this.playground}></ty-engine-chip>` : nothing /* wider, it is in the run bar */}
      ${moreSettings(this, "training", {
        top: figures,
        "Learning-rate schedule": schedule === "constant" ? nothing : html`<ty-rate-chart .playground=${this.playground}></ty-rate-chart>`,
      })}
      <ty-loss-chart .playground=${this.playground}></ty-loss-chart>
    `;
  }
}
