// @ts-check
/** The verdict card: one button, one sentence, and the numbers and the rule behind it. */
import { html, nothing } from "lit";
import { LEAST_ROWS, SCORE, VerdictJob, contenderName, foldsFor, isLinear, signed, verdictWords } from "./model.js";
import { SCORES, meanOf, rowsDealt, spreadWords } from "../../session/rounds.js";
import { formatCount } from "../../base/format.js";
import { formatMs } from "../../base/formatMs.js";
import { studyControls } from "../../ui/studyControls.js";
import { StudyPanel } from "../../ui/studyPanel.js";
import { t } from "../../base/text.js";

/** @typedef {import("./model.js").Contender} Contender */

const ANSWERS = {
  yes: t("verdict.yes"),
  no: t("verdict.no"),
  tie: t("verdict.tieWord"),
  "can't tell": t("verdict.cantTell"),
};

/** @extends {StudyPanel<VerdictJob>} */
export class VerdictPanel extends StudyPanel {
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
              : isWhole
                ? problem
                  ? nothing
                  : t("verdict.missing")
                : t("verdict.partial")
      }</output>
      ${contenders.some(({ scores }) => scores.some(Number.isFinite)) ? this.#numbers() : nothing}
      ${this.#rule()}
    `;
  }

  #numbers() {
    const state = this.job.store.get();
    const { contenders, simplest, chosen, epochs, isCapped, phase } = state;
    const isClasses = this.#task === "classification";
    const name = SCORE[this.#task];
    const score = SCORES[this.#task][0];
    const values = contenders.map(({ scores }) => meanOf(scores));
    const means = values.map(({ mean }) => mean).filter(Number.isFinite);
    const [least, most] = [Math.min(0, ...means), Math.max(...means, 1e-9)];
    const [net] = contenders;
    const line = contenders.find(({ kind }) => isLinear(kind));
    const times = net && line ? net.milliseconds / Math.max(line.milliseconds, 0.01) : NaN;
    return html`
      <div class="study-scroll" tabindex="0" role="region" aria-label=${t("verdict.table")}>
        <table class="study-table verdict-table">
          <caption>${t("verdict.table")}</caption>
          <thead><tr><th scope="col">${t("verdict.model")}</th><th scope="col">${t("verdict.meanHead", { score: score.label })}</th><th scope="col"><span class="spoken">${score.label}</span></th><th scope="col">${t("verdict.beats")}</th><th scope="col">${t("verdict.differenceHead")}</th><th scope="col">${t("verdict.pHead")}</th><th scope="col">${t("verdict.answerHead")}</th><th scope="col">${t("verdict.timeHead")}</th><th scope="col">${t("verdict.numbersHead")}</th></tr></thead>
          <tbody>${contenders.map(({ kind, report, milliseconds, parameters }, i) => {
            const { mean, count } = values[i];
            return html`
              <tr data-chosen=${kind === chosen}>
                <th scope="row">${contenderName(kind, isClasses)}</th>
                <td>${spreadWords(name, values[i])}</td>
                <td><meter min=${least} max=${most} .value=${Number.isFinite(mean) ? mean : least} aria-hidden="true"></meter></td>
                <td>${report ? t("verdict.ofFolds", { wins: report.wins, folds: report.folds }) : "–"}</td>
                <td>${report ? `${signed(name, report.difference)} (${bare(name, report.low)} … ${bare(name, report.high)})` : "–"}</td>
                <td>${report ? formatP(report.p) : "–"}</td>
                <td>${report ? ANSWERS[report.answer] : "–"}</td>
                <td>${count ? formatMs(milliseconds) : "–"}</td>
                <td>${count ? formatCount(parameters) : "–"}</td>
              </tr>`;
          })}</tbody>
        </table>
      </div>
      ${
        phase === "done"
          ? html`<p class="note">${simplest ? t("verdict.simplest", { name: contenderName(simplest, isClasses) }) : ""}
            ${isCapped ? t("verdict.capped", { epochs: formatCount(epochs) }) : t("verdict.wholeEpochs", { epochs: formatCount(epochs) })}
            ${times >= 2 && line ? t("verdict.cost", { times: formatCount(times), name: contenderName(line.kind, isClasses) }) : ""}</p>`
          : nothing
      }
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

/** An end of an interval, beside a number that has the unit. */
const bare = (/** @type {string} */ name, /** @type {number} */ value) =>
  signed(name, value).replace(` ${t("verdict.points")}`, "");

const formatP = (/** @type {number} */ p) => (p < 0.001 ? "< 0.001" : p.toFixed(3));
