// @ts-check
/** The rows as one bar, cut into those to learn from and those to test on. The test rows are under lock until somebody looks. */
import { html, nothing, svg } from "lit";
import { counted } from "../../core/units.js";
import { Panel } from "../panel.js";
import { inTurn } from "../turns.js";

/** A padlock; open, its bow is lifted. */
const padlock = (/** @type {boolean} */ isOpen) => html`
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    ${svg`<rect x="5" y="11" width="14" height="9" rx="2" fill="currentColor" stroke="none" /><path d=${isOpen ? "M8 11V7a4 4 0 0 1 7.6-1.7" : "M8 11V8a4 4 0 0 1 8 0v3"} />`}
  </svg>
`;

export class SplitBar extends inTurn(Panel) {
  /** @param {import("../../core/playground.js").State} state */
  picks({ description, settings }) {
    return [description, settings.showTestData];
  }

  render() {
    const { description, settings } = this.state;
    if (!description) return;
    const { train, validation, test } = description.rows;
    const all = Math.max(train + validation + test, 1);
    const width = (/** @type {number} */ rows) => (100 * rows) / all;
    const isOpen = settings.showTestData;
    return html`
      <div class="split">
        <svg class="split-bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img"
          aria-label="${counted(train, "row")} to train on, ${validation ? `${counted(validation, "row")} to validate, ` : ""}${test} to test">
          <rect class="split-train" width=${width(train)} height="10"></rect>
          <rect class="split-validation" x=${width(train)} width=${width(validation)} height="10"></rect>
          <rect class="split-test" x=${width(train + validation)} width=${width(test)} height="10"></rect>
        </svg>
        <p class="split-words">
          <span><b>${train.toLocaleString("en")}</b> to train on</span>
          ${validation ? html`<span><b>${validation.toLocaleString("en")}</b> to validate</span>` : nothing}
          <button type="button" class="lock" aria-pressed=${isOpen} aria-label="${test.toLocaleString("en")} to test: look at them"
            title=${isOpen ? "The test rows are drawn: what you choose after seeing them is chosen with them" : "The net never learns from these rows. Look at them only when you are done choosing"}
            @click=${() => this.playground.set("showTestData", !isOpen)}>${padlock(isOpen)}<span><b>${test.toLocaleString("en")}</b> to test</span></button>
        </p>
      </div>
    `;
  }
}
