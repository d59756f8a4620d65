// @ts-check
/** How good the model is, in all the numbers that the field has for it, live; loaded when it is asked for. */
import { html, nothing } from "lit";
import { classWord } from "../../base/columnFormat.js";
import { formatCount, formatShare } from "../../base/format.js";
import { turnLock } from "../../session/locks.js";
import { scoringOf } from "../../session/scoring.js";
import { hasProbabilities } from "../../base/probabilities.js";
import { markOf } from "../../session/statusText.js";
import { options } from "../../ui/field.js";
import { RowsPanel } from "../../ui/rowsPanel.js";
import { classRows, methodWords, unitChoices, unitIn, valueRows } from "./model.js";
import { parts, t } from "../../base/text.js";

export function define(registry = customElements) {
  if (!registry.get("ty-metrics")) registry.define("ty-metrics", Metrics);
}

/** @typedef {import("./model.js").ScoreRow} ScoreRow */

export class Metrics extends RowsPanel {
  static properties = { ...RowsPanel.properties, factor: { state: true } };

  scoringOf = scoringOf;
  unlock = () => turnLock(this.playground.store);

  constructor() {
    super();
    /** So many of the shown unit are one of the target's. */
    this.factor = 1;
  }

  /** @param {import("../../session/scoring.js").Answer} answer */
  body({ of, scores, guess }) {
    if (scores.task === "classification" && guess.task === "classification") {
      const rows = classRows(scores, guess);
      return html`
        ${this.#scores(rows, scores.rows, of)}
        ${hasProbabilities(of) ? nothing : html`<p class="note">${t("metrics.rawScores")}</p>`}
        ${this.#classes(of, scores)}
      `;
    }
    if (scores.task !== "regression" || guess.task !== "regression") return nothing;
    return html`${this.#units(of)}${this.#scores(valueRows(scores, guess, this.factor), scores.rows, of)}`;
  }

  /** @param {ScoreRow[]} rows @param {number} count @param {import("../../session/protocol.js").Description} of */
  #scores(rows, count, of) {
    const training = this.state.run?.state === "training";
    const method = methodWords(rows);
    const guessing = of.task === "regression" ? t("metrics.guessingMean") : t("metrics.guessingShares");
    return html`
      <div class="rows-scroll" tabindex="0" role="group" aria-label="${t("metrics.scores")}">
        <table class="metrics">
          <thead><tr><th scope="col">${t("metrics.score")}</th><th scope="col">${t("metrics.model")}</th><th scope="col">${t("metrics.interval")}</th><th scope="col">${t("metrics.guessing")}</th></tr></thead>
          <tbody>
            ${rows.map(
              ({ key, name, about, score, guess, interval, write }) => html`
              <tr>
                <th scope="row"><span data-line=${about}>${name}</span></th>
                <td><output aria-label=${name} aria-live="off" data-key=${key}>${write(score)}</output></td>
                <td class="metrics-interval">${interval ? `${write(interval.low)} – ${write(interval.high)}` : "–"}</td>
                <td>${write(guess)}</td>
              </tr>
            `,
            )}
          </tbody>
        </table>
      </div>
      <p class="note metrics-words">${t("metrics.onSoManyRows", { rows: t("count.rows", { count }) })} ${guessing} ${method || (training ? t("metrics.intervalsWhenPaused") : t("metrics.intervalsNone"))}</p>
    `;
  }

  /** Precision, recall and F1 of each class, and their means. @param {import("../../session/protocol.js").Description} of @param {import("./model.js").ClassScores} scores */
  #classes(of, scores) {
    const { perClass, macro, weighted } = scores;
    const interval = (/** @type {import("./model.js").Interval | undefined} */ one) =>
      html`<td class="metrics-interval">${one && Number.isFinite(one.low) ? `${formatShare(one.low)} – ${formatShare(one.high)}` : nothing}</td>`;
    return html`
      <div class="rows-scroll" tabindex="0" role="group" aria-label="${t("metrics.byClass")}">
        <table class="metrics metrics-classes">
          <caption>${t("metrics.byClass")}</caption>
          <thead><tr><th scope="col">${t("metrics.class")}</th><th scope="col"><span data-line=${t("metrics.aboutPrecision")}>${t("confusion.precision")}</span></th><th scope="col">${t("metrics.interval")}</th><th scope="col"><span data-line=${t("metrics.aboutRecall")}>${t("confusion.recall")}</span></th><th scope="col">${t("metrics.interval")}</th><th scope="col"><span data-line=${t("metrics.aboutF1")}>F1</span></th><th scope="col">${t("metrics.rows")}</th></tr></thead>
          <tbody>
            ${perClass.map(
              ({ precision, recall, f1, support, intervals }, i) => html`
              <tr>
                <th scope="row">${markOf(i)} ${classWord(of, i)}</th>
                <td>${formatShare(precision)}</td>${interval(intervals.precision)}
                <td>${formatShare(recall)}</td>${interval(intervals.recall)}
                <td>${formatShare(f1)}</td>
                <td>${formatCount(support)}</td>
              </tr>
            `,
            )}
          </tbody>
          <tfoot>
            ${
              /** @type {const} */ ([
                [t("metrics.macro"), t("metrics.aboutMacro"), macro],
                [t("metrics.weighted"), t("metrics.aboutWeighted"), weighted],
              ]).map(
                ([words, about, { precision, recall, f1 }]) => html`
              <tr><th scope="row"><span data-line=${about}>${words}</span></th><td>${formatShare(precision)}</td><td></td><td>${formatShare(recall)}</td><td></td><td>${formatShare(f1)}</td><td>${formatCount(scores.rows)}</td></tr>
            `,
              )
            }
          </tfoot>
        </table>
      </div>
    `;
  }

  /** In which unit errors are told. */
  #units(/** @type {import("../../session/protocol.js").Description} */ { target }) {
    const column = this.state.table.description?.columns.find(({ name }) => name === target);
    const unit = target ? (column?.unit ?? unitIn(target)) : null;
    const choices = unitChoices(unit).map(({ factor, label }) => ({ value: String(factor), label }));
    return html`
      <div class="metrics-unit">
        <div class="field">
          <label for="${this.uid}-unit">${t("metrics.unit")}</label>
          <select id="${this.uid}-unit" @change=${(/** @type {EventOn<HTMLSelectElement>} */ { currentTarget }) => (this.factor = Number(currentTarget.value))}>${options(choices, String(this.factor))}</select>
        </div>
        <p class="note">${parts("metrics.unitMovesErrors", { target: html`<b>${target ?? t("metrics.theTarget")}</b>` })}</p>
      </div>
    `;
  }
}
