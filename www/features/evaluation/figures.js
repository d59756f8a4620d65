// @ts-check
/** A point to ask the net about, and how good the net is on rows it never saw. */
import { html, nothing } from "lit";
import { formatScore } from "../../base/format.js";
import { DRAWN } from "../../settings/sources.js";
import { lineWords } from "../../session/statusText.js";
import { Panel } from "../../ui/panel.js";
import { t } from "../../base/text.js";

export class Figures extends Panel {
  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, description, frame, run }) {
    const { source, points, scale } = settings;
    return [source, points, scale, description, frame?.training, frame?.test, run?.state];
  }

  render() {
    const { description, frame, settings } = this.state;
    // A table's are loaded with the first of them (part.js), before there is a run on it.
    if (description?.target)
      return html`<ty-table-figures class="figures-of" .playground=${this.playground}></ty-table-figures>`;
    if (settings.source === DRAWN.name && !settings.points) return nothing;
    const line = description && lineWords(description, frame?.parameters, settings.scale);
    return html`
      <div class="figures-of">
        <div class="asked">
          <ty-prediction-box .playground=${this.playground}></ty-prediction-box>
          ${line ? html`<p class="formula">${t("evaluation.hasLearned")} <b>${line.formula}</b></p>` : nothing}
        </div>
        ${this.#scores()}
      </div>
    `;
  }

  #scores() {
    const { description, frame } = this.state;
    const isClasses = description?.task !== "regression";
    const score = (/** @type {import("../../session/protocol.js").Metrics | null | undefined} */ metrics) =>
      formatScore(metrics).padStart(5, "\u2007");
    return html`
      <table class="scores">
        <caption>${isClasses ? t("evaluation.accuracyClassesToldRight") : t("evaluation.meanAbsoluteErrorHow")}</caption>
        <tbody>
          <tr><th scope="row">${t("evaluation.trainingRows")}</th><td>${score(frame?.training)}</td></tr>
          ${frame?.validation ? html`<tr><th scope="row">${t("evaluation.validationRows")}</th><td>${score(frame.validation)}</td></tr>` : nothing}
          <tr><th scope="row">${t("evaluation.testRows")}</th><td>${score(frame?.test)}</td></tr>
        </tbody>
      </table>
    `;
  }
}
