// @ts-check
/** Steers the run and says where it stands; always in sight. */
import { html, nothing } from "lit";
import { formatCount, formatLoss } from "../../base/format.js";
import { isLocked } from "../../base/padlock.js";
import { leftWords, statusText } from "../../session/statusText.js";
import { field } from "../../ui/field.js";
import { pauseIcon, playIcon, resetIcon, seedIcon, stepIcon } from "../../ui/icons.js";
import { Panel } from "../../ui/panel.js";

export class RunBar extends Panel {
  /** @param {import("../../session/playground.js").State} state */
  picks({ run, frame, settings, problems, lock }) {
    return [run, frame, settings, problems, lock];
  }

  render() {
    const { run, frame, settings } = this.state;
    const { playground } = this;
    const isTraining = playground.isTraining;
    const hasEnded = run?.state === "finished" || run?.state === "diverged";
    const cannot = run?.state === "failed";
    const figure = (/** @type {string} */ label, /** @type {string} */ value) => html`
      <div class="figure"><span aria-hidden="true">${label}</span><output aria-label=${label} aria-live="off">${value}</output></div>
    `;
    return html`
      <div class="run-buttons" role="group" aria-label="Training run">
        <button type="button" class="round" aria-label="Reset" title="Reset to the same first weights (R)"
          @click=${() => playground.reset()}>${resetIcon}</button>
        <button type="button" class="round primary" aria-label=${isTraining ? "Pause" : "Play"}
          title=${isTraining ? "Pause (Space)" : "Play (Space)"} ?disabled=${cannot}
          @click=${() => playground.toggle()}>${isTraining ? pauseIcon : playIcon}</button>
        <button type="button" class="round" aria-label="Step" title="Train one batch (→), one epoch (Shift + →)" ?disabled=${cannot || hasEnded}
          @click=${(/** @type {MouseEvent} */ event) => playground.step(event.shiftKey ? "epoch" : "batch")}>${stepIcon}</button>
        <button type="button" class="round" aria-label="New seed" title="New seed: other points, other first weights"
          @click=${() => playground.newSeed()}>${seedIcon}</button>
      </div>
      <div class="figures">
        ${figure("Epoch", formatCount(run?.epoch ?? 0))}
        ${figure("Steps", formatCount(run?.step ?? 0))}
        ${figure("Training loss", formatLoss(frame?.training.loss))}
        ${figure("Test loss", isLocked(this.state) ? "locked" : formatLoss(frame?.test?.loss))}
      </div>
      <div class="run-side">
        ${this.isNarrow ? nothing : html`<ty-engine-chip .playground=${playground}></ty-engine-chip>${field(this, "seed")}`}
        ${field(this, "speed")}
      </div>
      <p class="status" role="status" data-state=${cannot && !run.why ? "ready" : (run?.state ?? "opening")}>${statusText(run, settings)} <span aria-hidden="true">${leftWords(this.state)}</span></p>
    `;
  }
}
