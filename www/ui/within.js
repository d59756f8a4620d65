// @ts-check
/** A view that comes later, in the place that an earlier one keeps for it: that one's playground is its own. */
import { Panel } from "./panel.js";

export class Within extends Panel {
  connectedCallback() {
    // What is upgraded in place gets its properties only with its first update.
    let around = this.parentElement;
    while (around && !(around instanceof Panel)) around = around.parentElement;
    if (around) this.playground = around.playground;
    super.connectedCallback();
  }
}
