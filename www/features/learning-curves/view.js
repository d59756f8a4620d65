// @ts-check
/** Learning curves: the error against rows or parameters, one sentence of what it says, and the numbers behind it. */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { learningChart } from "./chart.js";
import {
  CurvesJob,
  FOLDS,
  LEAST_ROWS,
  RIVALS,
  SEEDS,
  curveWords,
  errorName,
  formatError,
  spotsOf,
  trendOf,
} from "./model.js";
import { formatCount } from "../../base/format.js";
import { baselineName } from "../../session/baselineName.js";
import { meanOf, rowsDealt } from "../../session/rounds.js";
import { studyControls } from "../../ui/studyControls.js";
import { StudyPanel } from "../../ui/studyPanel.js";
import { t } from "../../base/text.js";

/** @typedef {import("./model.js").Mode} Mode */

/** @extends {StudyPanel<CurvesJob>} */
export class LearningCurvesPanel extends StudyPanel {
  static properties = { ...StudyPanel.properties, mode: { state: true } };

  constructor() {
    super();
    /** @type {Mode} */
    this.mode = "rows";
  }

  createJob() {
    return new CurvesJob(this.playground);
  }

  get picture() {
    return /** @type {SVGSVGElement | null} */ (this.querySelector(".learning-chart"));
  }

  updated() {
    super.updated();
    this.measure();
  }

  get #isClasses() {
    return this.state.description?.task === "classification";
  }

  render() {
    const { phase } = this.job.store.get();
    const rows = rowsDealt(this.state.description);
    const isFew = rows < LEAST_ROWS;
    const choice = (/** @type {Mode} */ mode, /** @type {string} */ label) => html`
      <label><input type="radio" name="${this.uid}-mode" .checked=${live(this.mode === mode)} ?disabled=${this.job.isRunning} @change=${() => (this.mode = mode)} /> <span>${label}</span></label>`;
    return html`
      <p class="study-about">${t("learningCurves.about")}</p>
      <div class="study-top">
        <div class="study-modes" role="radiogroup" aria-label=${t("learningCurves.against")}>
          ${choice("rows", t("learningCurves.trainingRows"))}${choice("parameters", t("learningCurves.parameters"))}
        </div>
        ${studyControls(this.job, {
          label: t("learningCurves.drawTheCurves"),
          start: () => void this.job.start(this.mode),
          cannot: this.lacksRun || isFew,
          note: isFew
            ? t("learningCurves.tooFew", { rows: formatCount(rows), least: LEAST_ROWS })
            : phase === "ready"
              ? t("learningCurves.before", { seeds: SEEDS })
              : nothing,
        })}
      </div>
      ${this.#outcome()}
    `;
  }

  #outcome() {
    const state = this.job.store.get();
    const { points, mode, steps, judges, phase } = state;
    if (!points.some(({ runs }) => runs.some(Boolean))) return nothing;
    const isClasses = this.#isClasses;
    const curves = [
      { which: "validation", label: t("learningCurves.networkValidation") },
      { which: "training", label: t("learningCurves.networkTraining") },
      ...RIVALS[isClasses ? "classification" : "regression"].map((kind) => ({
        which: kind,
        label: baselineName(kind, isClasses),
      })),
    ].map(({ which, label }) => ({ which, label, spots: spotsOf(state, /** @type {"validation"} */ (which)) }));
    const words = curveWords(state, isClasses);
    const across = mode === "rows" ? t("learningCurves.trainingRowsLog") : t("learningCurves.parametersLog");
    return html`
      <p class="learning-words" role="status">${phase === "done" ? words || t("learningCurves.tooLittle") : ""}</p>
      <svg class="learning-chart study-svg" role="img" aria-label="${t("learningCurves.chartLabel")} ${words}">${learningChart(
        this.size,
        { curves, across, up: errorName(isClasses), write: (error) => formatError(isClasses, error) },
      )}</svg>
      <ul class="learning-key">${curves.map(({ which, label }) => html`<li data-of=${which}>${label}</li>`)}</ul>
      <p class="note">${t("learningCurves.howTrained", { steps: formatCount(steps), judges: formatCount(judges), folds: FOLDS })}</p>
      ${this.#table(curves)}
      ${this.#rule()}
    `;
  }

  /** @param {{which: string, label: string, spots: import("./model.js").Spot[]}[]} curves */
  #table(curves) {
    const { mode } = this.job.store.get();
    const isClasses = this.#isClasses;
    const sizes = curves[0].spots.map(({ x }) => x);
    const cell = (/** @type {import("./model.js").Spot[]} */ spots, /** @type {number} */ x) => {
      const { mean, deviation, count } = meanOf(spots.find((spot) => spot.x === x)?.values ?? []);
      if (!count) return "–";
      return `${formatError(isClasses, mean)}${count > 1 ? ` ± ${formatError(isClasses, deviation)}` : ""}`;
    };
    return html`
      <details>
        <summary>${t("learningCurves.asTable")}</summary>
        <div class="study-scroll" tabindex="0" role="region" aria-label=${t("learningCurves.asTable")}>
          <table class="study-table">
            <caption>${t("learningCurves.tableOf", { error: errorName(isClasses) })}</caption>
            <thead><tr><th scope="col">${mode === "rows" ? t("learningCurves.trainingRows") : t("learningCurves.parameters")}</th>${curves.map(({ label }) => html`<th scope="col">${label}</th>`)}</tr></thead>
            <tbody>${sizes.map((x) => html`<tr><th scope="row">${formatCount(x)}</th>${curves.map(({ spots }) => html`<td>${cell(spots, x)}</td>`)}</tr>`)}</tbody>
          </table>
        </div>
      </details>
    `;
  }

  #rule() {
    const state = this.job.store.get();
    const isClasses = this.#isClasses;
    const trend = trendOf(spotsOf(state, "validation"), isClasses);
    return html`
      <details>
        <summary>${t("learningCurves.rule")}</summary>
        <p>${t("learningCurves.ruleWords")}</p>
        ${trend && html`<p>${t("learningCurves.ruleNumbers", { fall: signed(isClasses, trend.fall), error: formatError(isClasses, trend.error) })}</p>`}
      </details>
    `;
  }
}

/** A change with its sign. */
const signed = (/** @type {boolean} */ isClasses, /** @type {number} */ value) =>
  `${value < 0 ? "−" : ""}${formatError(isClasses, Math.abs(value))}`;
