// @ts-check
/** Training: how the weights are changed. */
import { html, nothing } from "lit";
import { field } from "../../ui/field.js";
import { More } from "../../ui/more.js";
import { Panel } from "../../ui/panel.js";
import { t } from "../../base/text.js";

export class TrainingPanel extends Panel {
  static properties = { ...Panel.properties, loadMore: { attribute: false } };

  constructor() {
    super();
    /** Gets what is folded, and its style into this element. @type {(place: HTMLElement) => Promise<unknown>} */
    this.loadMore = async () => {};
    this.more = new More(this, "training");
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, problems }) {
    return [settings, problems];
  }

  render() {
    const { optimizer, schedule } = this.state.settings;
    return html`
      <div class="panel-head">
        <h2 tabindex="-1">${t("training.training2")}</h2>
        <p class="kinds"><span class="chosen">${t("training.hyperparametersChosen")}</span> <span class="learned">${t("training.parametersLearned")}</span></p>
        ${!this.more.isOpen && schedule !== "constant" ? html`<ty-step-figures .playground=${this.playground}></ty-step-figures>` : nothing /* it changes by itself: to be seen also when folded */}
        ${this.more.button()}
        ${this.more.chips()}
      </div>
      <div class="fields">
        ${field(this, "learningRate")} ${field(this, "optimizer")}
        ${optimizer === "sgd" ? field(this, "momentum") : nothing}
        ${field(this, "loss")} ${field(this, "batchSize")} ${field(this, "epochs")} ${field(this, "seed")}
        ${this.isNarrow ? field(this, "speed") : nothing}
      </div>
      ${this.isNarrow ? html`<ty-engine-chip .playground=${this.playground}></ty-engine-chip>` : nothing /* wider, it is in the run bar */}
      ${this.more.settings()}
    `;
  }
}
