// @ts-check
/** Learning curves: the error against rows or parameters, one sentence of what it says, and the numbers behind it. */
import { html, nothing } from "lit";
import { learningChart } from "./chart.js";
import { CurvesJob, LEAST_ROWS, SEEDS } from "./model.js";
import { curveWords, curvesOf, curvesTable, errorName, formatError, madeWords, spotsOf, trendOf } from "./result.js";
import { formatCount } from "../../base/format.js";
import { hyperparametersOf } from "../../session/hyperparameters.js";
import { rowsDealt } from "../../session/rounds.js";
import { StoreController } from "../../ui/storeController.js";
import { studyControls } from "../../ui/studyControls.js";
import { StudyPanel } from "../../ui/studyPanel.js";
import { segments } from "../../ui/segments.js";
import { t } from "../../base/text.js";

/** @typedef {import("./model.js").Mode} Mode */

/** @extends {StudyPanel<CurvesJob>} */
export class LearningCurvesPanel extends StudyPanel {
  static properties = { ...StudyPanel.properties, mode: { state: true } };

  /** What is set of simpler models makes other curves. */
  chosen = new StoreController(this, () => hyperparametersOf(this.playground));

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

  render() {
    const { phase } = this.job.store.get();
    const rows = rowsDealt(this.state.description);
    const isFew = rows < LEAST_ROWS;
    return html`
      <p class="study-about">${t("learningCurves.about")}</p>
      <div class="study-top">
        ${segments({
          name: `${this.uid}-mode`,
          label: t("learningCurves.against"),
          choices: [
            { value: "rows", label: t("learningCurves.trainingRows") },
            { value: "parameters", label: t("learningCurves.parameters") },
          ],
          value: this.mode,
          choose: (/** @type {Mode} */ mode) => (this.mode = mode),
          disabled: this.job.isRunning,
        })}
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
    const { points, mode, phase, isClasses } = state;
    if (!points.some(({ runs }) => runs.some(Boolean))) return nothing;
    const curves = curvesOf(state);
    const words = curveWords(state);
    const across = mode === "rows" ? t("learningCurves.trainingRowsLog") : t("learningCurves.parametersLog");
    return html`
      <p class="learning-words" role="status">${phase === "done" ? words || t("learningCurves.tooLittle") : ""}</p>
      <svg class="learning-chart study-svg" role="img" aria-label="${t("learningCurves.chartLabel")} ${words}">${learningChart(
        this.size,
        { curves, across, up: errorName(isClasses), write: (error) => formatError(isClasses, error) },
      )}</svg>
      <ul class="learning-key">${curves.map(({ which, label }) => html`<li data-of=${which}>${label}</li>`)}</ul>
      <p class="note">${madeWords(state)}</p>
      ${this.#table()}
      ${this.#rule()}
    `;
  }

  #table() {
    const state = this.job.store.get();
    const { head, rows } = curvesTable(state);
    return html`
      <details>
        <summary>${t("learningCurves.asTable")}</summary>
        <div class="study-scroll" tabindex="0" role="region" aria-label=${t("learningCurves.asTable")}>
          <table class="study-table">
            <caption>${t("learningCurves.tableOf", { error: errorName(state.isClasses) })}</caption>
            <thead><tr>${head.map((words) => html`<th scope="col">${words}</th>`)}</tr></thead>
            <tbody>${rows.map(([name, ...cells]) => html`<tr><th scope="row">${name}</th>${cells.map((words) => html`<td>${words}</td>`)}</tr>`)}</tbody>
          </table>
        </div>
      </details>
    `;
  }

  #rule() {
    const state = this.job.store.get();
    const { isClasses } = state;
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
