// @ts-check
/** Steers the run and says where it stands; always in sight. */
import { html, nothing } from "lit";
import { formatCount, formatLoss } from "../../base/format.js";
import { isLocked } from "../../base/padlock.js";
import { leftWords, statusText } from "../../session/statusText.js";
import { field } from "../../ui/field.js";
import { pauseIcon, playIcon, resetIcon, seedIcon, stepIcon } from "../../ui/icons.js";
import { Panel } from "../../ui/panel.js";
import { roundButton } from "../../ui/roundButton.js";
import { t } from "../../base/text.js";

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
      <div class="run-buttons" role="group" aria-label="${t("training.trainingRun")}">
        ${roundButton("run-reset", t("training.reset"), t("training.resetSameFirstWeights"), resetIcon, () => playground.reset())}
        ${roundButton("primary", isTraining ? t("training.pause") : t("training.play"), isTraining ? t("training.pauseSpace") : t("training.playSpace"), isTraining ? pauseIcon : playIcon, () => playground.toggle(), cannot)}
        ${roundButton("run-step", t("training.step"), t("training.trainOneBatchOne"), stepIcon, ({ shiftKey }) => playground.step(shiftKey ? "epoch" : "batch"), cannot || hasEnded)}
        ${roundButton("run-seed", t("training.newSeed"), t("training.newSeedOtherPoints"), seedIcon, () => playground.newSeed())}
      </div>
      <div class="figures">
        ${figure(t("training.epoch"), formatCount(run?.epoch ?? 0))}
        ${figure(t("training.steps"), formatCount(run?.step ?? 0))}
        ${figure(t("training.trainingLoss"), formatLoss(frame?.training.loss))}
        ${frame?.validation ? figure(t("training.validationLoss"), formatLoss(frame.validation.loss)) : nothing}
        ${figure(t("training.testLoss"), isLocked(this.state) ? t("training.locked") : formatLoss(frame?.test?.loss))}
      </div>
      <div class="run-side">
        ${this.isNarrow ? nothing : html`<ty-engine-chip .playground=${playground}></ty-engine-chip>${field(this, "speed")}` /* on a phone, in the Training panel */}
      </div>
      <p class="status" role="status" data-state=${cannot && !run.why ? "ready" : (run?.state ?? "opening")}>${statusText(run, settings)} <span aria-hidden="true">${leftWords(this.state)}</span></p>
    `;
  }
}
