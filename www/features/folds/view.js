// @ts-check
/** Cross-validation: how rows are dealt, the rounds as they end, and the mean score with its spread. */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { foldCurves, foldsHeight, foldsPicture } from "./charts.js";
import { besideOf, besideWords } from "./beside.js";
import {
  CrossValidation,
  LIMITS,
  USUAL,
  doneWords,
  fittedWords,
  groupsOf,
  meanWords,
  optionsOf,
  roundsTable,
  sentenceWords,
  tooFewWords,
  waysOf,
  wrongWords,
} from "./model.js";
import { SCORES, formatFigure, rowsDealt } from "../../session/rounds.js";
import { formatCount } from "../../base/format.js";
import { studyControls } from "../../ui/studyControls.js";
import { StudyPanel } from "../../ui/studyPanel.js";
import { unlessTyped } from "../../ui/unlessTyped.js";
import { select } from "../../ui/select.js";
import { numberField } from "../../ui/numberField.js";
import { t } from "../../base/text.js";

/** @extends {StudyPanel<CrossValidation>} */
export class FoldsPanel extends StudyPanel {
  static properties = {
    ...StudyPanel.properties,
    choices: { state: true },
    score: { state: true },
    wrong: { state: true },
  };

  constructor() {
    super();
    /** @type {import("./model.js").Choices} */
    this.choices = USUAL;
    /** What is shown of the scores. */
    this.score = "";
    /** By the field's name: what was entered and can't be. @type {Record<string, string>} */
    this.wrong = {};
  }

  /** @param {import("../../session/playground.js").State} state */
  picks(state) {
    return [...super.picks(state), state.table.description, state.lock];
  }

  get picture() {
    return /** @type {SVGSVGElement | null} */ (this.querySelector(".folds-picture"));
  }

  createJob() {
    return new CrossValidation(this.playground);
  }

  updated() {
    super.updated();
    this.measure();
  }

  get #task() {
    return this.state.description?.task ?? "classification";
  }

  /** The score that is shown. */
  get #shown() {
    const all = SCORES[this.#task];
    return all.find(({ name }) => name === this.score) ?? all[0];
  }

  render() {
    const { description } = this.state;
    const { phase } = this.job.store.get();
    const rows = rowsDealt(description);
    const { isEach, folds, by, repeats } = this.choices;
    const problem = this.#problem;
    const models = (isEach ? rows : folds) * (isEach || by === "times" || by === "order" ? 1 : repeats);
    return html`
      <p class="study-about">${t("folds.about")}</p>
      <div class="study-top">${this.#fields()}</div>
      ${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
      ${studyControls(this.job, {
        label: t("folds.crossValidate"),
        start: () => void this.job.start(this.#valid()),
        cannot: this.lacksRun || problem !== "",
        note:
          phase === "ready"
            ? t("folds.modelsOnRows", { models: formatCount(models), rows: formatCount(rows) })
            : nothing,
      })}
      ${phase === "done" && !this.job.isStale && this.#isOther() ? html`<p class="note study-stale">${t("folds.otherChoices")}</p>` : nothing}
      ${this.#outcome()}
    `;
  }

  /** What can't be of what is entered. */
  get #problem() {
    const rows = rowsDealt(this.state.description);
    return wrongWords(this.wrong) || (rows ? tooFewWords(this.#valid(), rows, groupsOf(this.state)) : "");
  }

  /** The choices as they can be here: a column of another table is none. */
  #valid() {
    const ways = waysOf(this.state);
    const { by, column } = this.choices;
    return ways.some((way) => way.by === by && way.column === column)
      ? this.choices
      : { ...this.choices, by: USUAL.by, column: "" };
  }

  /** Whether rows would be dealt otherwise now than in the rounds that are shown. */
  #isOther() {
    const { choices } = this.job.store.get();
    return JSON.stringify(optionsOf(this.#valid())) !== JSON.stringify(optionsOf(choices));
  }

  #fields() {
    const { isRunning } = this.job;
    const { folds, isEach, repeats, stratify, by, column } = this.#valid();
    const isInTurn = by === "times" || by === "order";
    const ways = waysOf(this.state);
    const valueOf = (/** @type {{by: string, column: string}} */ way) => `${way.by} ${way.column}`;
    const id = `${this.uid}-deal`;
    const deal = (/** @type {string} */ _, /** @type {HTMLSelectElement} */ { selectedIndex }) => {
      const way = ways[selectedIndex];
      this.choices = { ...this.choices, by: way.by, column: way.column };
    };
    const flag = (/** @type {"isEach" | "stratify"} */ key) => (/** @type {EventOn<HTMLInputElement>} */ event) =>
      (this.choices = { ...this.choices, [key]: event.currentTarget.checked });
    return html`
      ${this.#number("folds", t("folds.folds"), folds, isRunning || isEach)}
      ${this.#number("repeats", t("folds.repeats"), repeats, isRunning || isEach || isInTurn)}
      ${select({ id, label: t("folds.dealRows"), choices: ways.map((way) => ({ value: valueOf(way), label: way.label })), value: valueOf({ by, column }), enter: deal, disabled: isRunning })}
      ${
        this.#task === "classification"
          ? html`<label class="study-flag"><input type="checkbox" .checked=${live(stratify && !isInTurn && !isEach)} ?disabled=${isRunning || isInTurn || isEach} @change=${flag("stratify")} /> ${t("folds.stratify")}</label>`
          : nothing
      }
      <label class="study-flag"><input type="checkbox" .checked=${live(isEach)} ?disabled=${isRunning || isInTurn || by === "groups"} @change=${flag("isEach")} /> ${t("folds.leaveOneOut")}</label>
    `;
  }

  /** @param {"folds" | "repeats"} key @param {string} label @param {number} value @param {boolean} isOff */
  #number(key, label, value, isOff) {
    const [least, most] = LIMITS[key];
    const enter = (/** @type {string} */ text) => {
      const number = Number(text.trim() || NaN);
      const { [key]: _, ...others } = this.wrong;
      this.wrong = Number.isInteger(number) && number >= least && number <= most ? others : { ...others, [key]: text };
      if (!(key in this.wrong)) this.choices = { ...this.choices, [key]: number };
    };
    const id = `${this.uid}-${key}`;
    return numberField({
      id,
      label,
      mode: "numeric",
      text: unlessTyped(this.wrong[key] ?? String(value)),
      isWrong: key in this.wrong,
      enter,
      disabled: isOff,
    });
  }

  #outcome() {
    const { rounds, choices, epochs, phase } = this.job.store.get();
    if (!rounds.length) return nothing;
    const { description, lock } = this.state;
    const shown = this.#shown;
    const figures = rounds.map(({ result }) => result?.scores);
    const all = description?.rows;
    const test = all ? all.test / (all.train + all.validation + all.test) : 0;
    const repeats = Math.max(1, Math.round(rounds.length / choices.folds));
    const words = doneWords(rounds);
    const { unit } = this.size;
    return html`
      <div class="folds-mean">
        <span>${t("folds.meanScore")}</span>
        <output aria-label=${t("folds.meanScore")}>${meanWords(figures, shown)}</output>
        <span class="note">${words}</span>
        ${select({ id: `${this.uid}-score`, label: t("folds.score"), as: "folds-score", choices: SCORES[this.#task].map(({ name, label }) => ({ value: name, label })), value: shown.name, enter: (score) => (this.score = score) })}
      </div>
      <p class="note" role="status">${phase === "done" ? sentenceWords(rounds, shown) : ""}</p>
      <div class="folds-body">
        <svg class="folds-picture study-svg" role="img" aria-label="${t("folds.pictureLabel", { folds: choices.folds })} ${words}" height=${foldsHeight(choices.folds, repeats) * unit}>
          ${foldsPicture(
            { ...this.size, height: foldsHeight(choices.folds, repeats) * unit },
            {
              rounds,
              folds: choices.folds,
              test,
              words: ({ result }) => formatFigure(shown.name, result?.scores?.[shown.name]),
            },
          )}
        </svg>
        <svg class="folds-curves study-svg" role="img" aria-label=${t("folds.curvesLabel", { rounds: rounds.length })}>${foldCurves({ width: this.#curvesWidth, height: 240 * unit, unit }, rounds, epochs)}</svg>
      </div>
      <ul class="folds-key" aria-hidden="true">
        <li data-key="trains">${t("folds.trains")}</li><li data-key="done">${t("folds.validates")}</li>${test > 0 ? html`<li data-key="sealed">${lock ? t("folds.sealedLocked") : t("folds.sealed")}</li>` : nothing}<li data-key="curve">${t("folds.validationLoss")}</li>
      </ul>
      <p class="note">${fittedWords(this.state, choices.folds)}</p>
      ${this.#table()}
      ${this.#beside()}
    `;
  }

  /** Rows dealt at random beside groups kept whole, where there are groups. */
  #beside() {
    const beside = besideOf(this.job.store.get(), groupsOf(this.state));
    if (!beside) return nothing;
    const { column, isOfVoices, known, fresh, knownFigures, freshFigures } = beside;
    const shown = this.#shown;
    const title = isOfVoices ? t("folds.voicesBeside") : t("folds.groupsBeside", { column });
    /** @param {"chance" | "groups"} by @param {string} name @param {import("./model.js").Choices | null} done @param {typeof knownFigures} figures */
    const row = (by, name, done, figures) => html`<tr>
      <th scope="row">${name}</th>
      <td>${done ? formatCount(figures.length) : "–"}</td>
      <td>${done ? meanWords(figures, shown) : this.#dealOnce(by, column, name)}</td>
    </tr>`;
    return html`
      <section class="folds-beside" aria-label=${title}>
        <h3>${title}</h3>
        <div class="study-scroll" tabindex="0" role="group" aria-label=${title}>
          <table class="study-table">
            <thead><tr><th scope="col">${t("folds.whatIsAsked")}</th><th scope="col">${t("folds.rounds")}</th><th scope="col">${t("folds.meanScore")}</th></tr></thead>
            <tbody>
              ${row("chance", isOfVoices ? t("folds.knownVoices") : t("folds.knownGroups", { column }), known, knownFigures)}
              ${row("groups", isOfVoices ? t("folds.newVoices") : t("folds.newGroups", { column }), fresh, freshFigures)}
            </tbody>
          </table>
        </div>
        <p class="folds-gap" role="status">${besideWords(beside, shown)}</p>
      </section>
    `;
  }

  /** The button that deals the other way. @param {"chance" | "groups"} by @param {string} column @param {string} name */
  #dealOnce(by, column, name) {
    const { isRunning } = this.job;
    const { choices } = this.job.store.get();
    if (isRunning && choices.by === by) return "…";
    const start = () => {
      this.choices = { ...this.choices, by, column: by === "groups" ? column : "", isEach: false };
      void this.job.start(this.#valid());
    };
    return html`<button type="button" class="button" ?disabled=${isRunning || this.lacksRun || this.#problem !== ""} aria-label="${t("folds.crossValidate")}: ${name}" @click=${start}>${t("folds.crossValidate")}</button>`;
  }

  get #curvesWidth() {
    return this.querySelector(".folds-curves")?.clientWidth || 480;
  }

  #table() {
    const { head, rows } = roundsTable(this.job.store.get(), this.#shown);
    return html`
      <details class="folds-table">
        <summary>${t("folds.everyRound")}</summary>
        <div class="study-scroll" tabindex="0" role="region" aria-label=${t("folds.everyRound")}>
          <table class="study-table">
            <thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
            <tbody>${rows.map(
              ([name, ...cells]) =>
                html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td colspan=${cells.length === 1 ? head.length - 1 : nothing}>${cell}</td>`)}</tr>`,
            )}</tbody>
          </table>
        </div>
      </details>
    `;
  }
}
