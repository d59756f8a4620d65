// @ts-check
/** The two questions about how a run went, and how it compares. What answers them is there already. */
import { html } from "lit";
import { Fold } from "../ui/fold.js";

/** What answers is handed the parts that follow the run. */
class PartsFold extends Fold {
  static properties = { ...Fold.properties, parts: { attribute: false } };

  constructor() {
    super();
    /** @type {any} */
    this.parts = null;
  }
}

export class ChartsFold extends PartsFold {
  get question() {
    return "Charts: everything by epoch, and all weights over time";
  }

  contents() {
    return html`<ty-charts-panel .playground=${this.playground} .parts=${this.parts}></ty-charts-panel>`;
  }
}

export class RunsFold extends PartsFold {
  get question() {
    return "Runs: compare what you tried";
  }

  contents() {
    return html`<ty-runs-panel .playground=${this.playground} .parts=${this.parts}></ty-runs-panel>`;
  }
}
