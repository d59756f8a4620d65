// @ts-check
/** How good the model is, in all the numbers that the field has for it, live; loaded when it is asked for. */
import { html, nothing } from "lit";
import { turnLock } from "../../session/locks.js";
import { scoringOf } from "../../session/scoring.js";
import { hasProbabilities } from "../../base/probabilities.js";
import { positiveOf } from "../../session/positiveClass.js";
import { markedName } from "../../session/markedName.js";
import { RowsPanel } from "../../ui/rowsPanel.js";
import {
  classRows,
  classesTable,
  guessWords,
  methodWords,
  scoreCells,
  scoresHead,
  valueRows,
} from "../../session/scoreRows.js";
import { unitChoices, unitIn } from "./model.js";
import { select } from "../../ui/select.js";
import { parts, t } from "../../base/text.js";

export function define(registry = customElements) {
  if (!registry.get("ty-metrics")) registry.define("ty-metrics", Metrics);
}

/** @typedef {import("../../session/scoreRows.js").ScoreRow} ScoreRow */

export class Metrics extends RowsPanel {
  static properties = { ...RowsPanel.properties, factor: { state: true } };

  scoringOf = scoringOf;
  unlock = () => turnLock(this.playground.store);

  constructor() {
    super();
    /** So many of the shown unit are one of the target's. */
    this.factor = 1;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks(state) {
    return [...super.picks(state), state.settings.positive];
  }

  /** @param {import("../../session/scoring.js").Answer} answer */
  body({ of, scores, guess }) {
    if (scores.task === "classification" && guess.task === "classification") {
      const rows = classRows(scores, guess, positiveOf(this.state.settings));
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
    return html`
      <div class="rows-scroll" tabindex="0" role="group" aria-label="${t("metrics.scores")}">
        <table class="metrics">
          <thead><tr>${scoresHead().map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
          <tbody>
            ${rows.map((row) => {
              const [name, score, interval, guess] = scoreCells(row);
              return html`
              <tr>
                <th scope="row"><span data-line=${row.about}>${name}</span></th>
                <td><output aria-label=${name} aria-live="off" data-key=${row.key}>${score}</output></td>
                <td class="metrics-interval">${interval}</td>
                <td>${guess}</td>
              </tr>
            `;
            })}
          </tbody>
        </table>
      </div>
      <p class="note metrics-words">${t("metrics.onSoManyRows", { rows: t("count.rows", { count }) })} ${guessWords(of)} ${method || (training ? t("metrics.intervalsWhenPaused") : t("metrics.intervalsNone"))}</p>
    `;
  }

  /** Precision, recall and F1 of each class, and their means. @param {import("../../session/protocol.js").Description} of @param {import("../../session/scoreRows.js").ClassScores} scores */
  #classes(of, scores) {
    const { head, rows, means } = classesTable(scores, (i) => markedName(of, i));
    /** @type {Record<number, string>} */
    const about = { 1: t("metrics.aboutPrecision"), 3: t("metrics.aboutRecall"), 5: t("metrics.aboutF1") };
    const lines = [t("metrics.aboutMacro"), t("metrics.aboutWeighted")];
    const named = (/** @type {string} */ name, /** @type {string | undefined} */ line) =>
      line ? html`<span data-line=${line}>${name}</span>` : name;
    const cells = (/** @type {string[]} */ all) =>
      all.map((cell, i) => html`<td class=${i % 2 && i < 4 ? "metrics-interval" : nothing}>${cell}</td>`);
    return html`
      <div class="rows-scroll" tabindex="0" role="group" aria-label="${t("metrics.byClass")}">
        <table class="metrics metrics-classes">
          <caption>${t("metrics.byClass")}</caption>
          <thead><tr>${head.map((name, i) => html`<th scope="col">${named(name, about[i])}</th>`)}</tr></thead>
          <tbody>${rows.map(([name, ...all]) => html`<tr><th scope="row">${name}</th>${cells(all)}</tr>`)}</tbody>
          <tfoot>${means.map(([name, ...all], i) => html`<tr><th scope="row">${named(name, lines[i])}</th>${cells(all)}</tr>`)}</tfoot>
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
        ${select({ id: `${this.uid}-unit`, label: t("metrics.unit"), choices, value: String(this.factor), enter: (factor) => (this.factor = Number(factor)) })}
        <p class="note">${parts("metrics.unitMovesErrors", { target: html`<b>${target ?? t("metrics.theTarget")}</b>` })}</p>
      </div>
    `;
  }
}
