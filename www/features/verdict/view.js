// @ts-check
/** The verdict card: one button, one sentence, and the numbers and the rule behind it. */
import { html, nothing } from "lit";
import { LEAST_ROWS, VerdictJob, contendersTable, foldsFor, noneWords, noteWords, verdictWords } from "./model.js";
import { SCORES, meanOf, rowsDealt } from "../../session/rounds.js";
import { formatCount } from "../../base/format.js";
import { hyperparametersOf } from "../../session/hyperparameters.js";
import { StoreController } from "../../ui/storeController.js";
import { studyControls } from "../../ui/studyControls.js";
import { StudyPanel } from "../../ui/studyPanel.js";
import { t } from "../../base/text.js";

/** @extends {StudyPanel<VerdictJob>} */
export class VerdictPanel extends StudyPanel {
  /** What is set beside simpler models makes another verdict. */
  chosen = new StoreController(this, () => hyperparametersOf(this.playground));

  createJob() {
    return new VerdictJob(this.playground);
  }

  get #task() {
    return this.state.description?.task ?? "classification";
  }

  render() {
    const { description } = this.state;
    const state = this.job.store.get();
    const rows = rowsDealt(description);
    const { phase, answer, isWhole, problem, contenders } = state;
    return html`
      <p class="study-about">${t("verdict.about")}</p>
      ${studyControls(this.job, {
        label: t("verdict.isItWorthIt"),
        start: () => void this.job.start(),
        cannot: this.lacksRun,
        note:
          phase !== "ready"
            ? nothing
            : rows < LEAST_ROWS
              ? t("verdict.tooFew", { rows, least: LEAST_ROWS })
              : t("verdict.before", { folds: foldsFor(rows), rows: formatCount(rows) }),
      })}
      <output class="verdict" aria-label=${t("verdict.verdict")} data-answer=${answer || nothing}>${
        phase === "running"
          ? html`<span class="note">${t("verdict.underWay", { models: contenders.length * state.folds })}</span>`
          : phase !== "done"
            ? nothing
            : answer
              ? verdictWords(state, this.#task)
              : isWhole && problem
                ? nothing
                : noneWords(state)
      }</output>
      ${contenders.some(({ scores }) => scores.some(Number.isFinite)) ? this.#numbers() : nothing}
      ${this.#rule()}
    `;
  }

  #numbers() {
    const state = this.job.store.get();
    const { contenders, chosen, phase } = state;
    const score = SCORES[this.#task][0];
    const { head, rows } = contendersTable(state, this.#task);
    const values = contenders.map(({ scores }) => meanOf(scores).mean);
    const means = values.filter(Number.isFinite);
    const [least, most] = [Math.min(0, ...means), Math.max(...means, 1e-9)];
    const heads = head.map((name) => html`<th scope="col">${name}</th>`);
    return html`
      <div class="study-scroll" tabindex="0" role="region" aria-label=${t("verdict.table")}>
        <table class="study-table verdict-table">
          <caption>${t("verdict.table")}</caption>
          <thead><tr>${heads.slice(0, 2)}<th scope="col"><span class="spoken">${score.label}</span></th>${heads.slice(2)}</tr></thead>
          <tbody>${rows.map(([name, mean, ...cells], i) => {
            const value = Number.isFinite(values[i]) ? values[i] : least;
            return html`
              <tr data-chosen=${contenders[i].kind === chosen}>
                <th scope="row">${name}</th>
                <td>${mean}</td>
                <td><meter min=${least} max=${most} .value=${value} aria-hidden="true"></meter></td>
                ${cells.map((cell) => html`<td>${cell}</td>`)}
              </tr>`;
          })}</tbody>
        </table>
      </div>
      ${phase === "done" ? html`<p class="note">${noteWords(state, this.#task === "classification")}</p>` : nothing}
    `;
  }

  #rule() {
    return html`
      <details class="verdict-rule">
        <summary>${t("verdict.rule")}</summary>
        <ol><li>${t("verdict.rule1")}</li><li>${t("verdict.rule2")}</li><li>${t("verdict.rule3")}</li><li>${t("verdict.rule4")}</li><li>${t("verdict.rule5")}</li></ol>
      </details>
    `;
  }
}
