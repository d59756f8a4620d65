// @ts-check
/** Simpler models on the network's rows: their hyperparameters, a table of scores, sizes and fit times, and the network's own. */
import { html, nothing } from "lit";
import { Baselines, bestOf, cellsOf, comparisonWords, headOf, ownCells, partOf } from "./model.js";
import { formatCount } from "../../base/format.js";
import { baselineName } from "../../session/baselineName.js";
import { HYPERPARAMETERS, formatChoice } from "../../session/hyperparameters.js";
import { studyControls } from "../../ui/studyControls.js";
import { StudyPanel } from "../../ui/studyPanel.js";
import { slider } from "../../ui/slider.js";
import { t } from "../../base/text.js";

/** @typedef {import("./worker/fit.js").BaselineKind} BaselineKind */

/** The share that is set aside where nothing is. */
const ASIDE = 0.2;

/** @extends {StudyPanel<Baselines>} */
export class BaselinesPanel extends StudyPanel {
  /** @param {import("../../session/playground.js").State} state */
  picks(state) {
    const { frame, lock } = state;
    return [...super.picks(state), frame?.validation, frame?.test, frame?.epoch, lock];
  }

  createJob() {
    return new Baselines(this.playground);
  }

  render() {
    const { description } = this.state;
    const cannot = this.lacksRun || !partOf(this.state);
    return html`
      <p class="study-about">${t("baselines.about")}</p>
      ${this.#hyperparameters()}
      <div class="study-top">${studyControls(this.job, {
        label: t("baselines.fit"),
        start: () => void this.job.start(),
        cannot,
        note: cannot ? nothing : this.#rowsNote(),
      })}</div>
      ${description && !partOf(this.state) ? this.#nothingHeld() : nothing}
      ${this.#outcome()}
    `;
  }

  #rowsNote() {
    const part = partOf(this.state);
    const { train = 0, validation = 0, test = 0 } = this.state.description?.rows ?? {};
    const [fitted, held] = [formatCount(train), formatCount(part === "validation" ? validation : test)];
    return part === "validation"
      ? t("baselines.fittedValidation", { train: fitted, held })
      : t("baselines.fittedTest", { train: fitted, held });
  }

  #nothingHeld() {
    return html`
      <p class="baselines-none" role="status">${t("baselines.noValidationRows")}
        <button type="button" class="button main" @click=${() => this.playground.set("validationShare", ASIDE)}>${t("baselines.setAside")}</button></p>
    `;
  }

  #hyperparameters() {
    const { kinds } = this.job;
    const shown = HYPERPARAMETERS.filter(({ of }) => of.some((kind) => kinds.includes(kind)));
    return html`
      <fieldset class="baselines-chosen">
        <legend><span class="chosen">${t("baselines.hyperparameters")}</span> <span class="note">${t("baselines.chosenNotLearned")}</span></legend>
        <div class="baselines-fields">${shown.map((row) => this.#slider(row))}</div>
      </fieldset>
    `;
  }

  #slider(/** @type {import("../../session/hyperparameters.js").Hyperparameter} */ row) {
    const { chosen } = this.job.store.get();
    const { key, values, label } = row;
    const id = `${this.uid}-${key}`;
    /** Moves the number along; models are fitted when the slider is let go. */
    const move = (/** @type {string} */ at) =>
      this.job.store.set({ chosen: { ...this.job.store.get().chosen, [key]: values[Number(at)] } });
    return slider({
      id,
      label,
      kind: "hyperparameter",
      max: values.length - 1,
      value: values.indexOf(chosen[key]),
      shown: formatChoice(chosen[key]),
      enter: move,
      release: (at) => void this.job.choose(row, values[Number(at)]),
      disabled: this.job.isRunning,
    });
  }

  #outcome() {
    const { found, waiting, part } = this.job.store.get();
    if (!part || !(waiting.length || Object.keys(found).length)) return nothing;
    const { kinds } = this.job;
    const isClasses = this.state.description?.task !== "regression";
    const best = bestOf(found)?.kind;
    return html`
      <p class="baselines-words" role="status">${this.job.isRunning ? t("baselines.underWay") : this.#words(part)}</p>
      <div class="study-scroll">
        <table class="study-table baselines-table">
          <thead><tr>${headOf(part, isClasses).map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
          <tbody>${kinds.map((kind) => this.#row(kind, isClasses, kind === best))}${this.#own(part)}</tbody>
        </table>
      </div>
      <p class="note">${t("baselines.intervalWords")}${isClasses ? nothing : ` ${t("baselines.lassoUnit")}`}</p>
    `;
  }

  #words(/** @type {import("./model.js").HeldPart} */ part) {
    const { frame } = this.state;
    return comparisonWords(this.job.store.get(), this.job.isStale ? null : frame?.[part], frame?.epoch ?? 0);
  }

  #row(/** @type {BaselineKind} */ kind, /** @type {boolean} */ isClasses, /** @type {boolean} */ isBest) {
    const { found, waiting } = this.job.store.get();
    const one = found[kind];
    const name = html`<th scope="row">${baselineName(kind, isClasses)}</th>`;
    if (!one || waiting.includes(kind))
      return html`<tr>${name}<td colspan="4" class="note">${waiting.includes(kind) ? t("baselines.beingFitted") : "–"}</td></tr>`;
    if ("problem" in one) return html`<tr>${name}<td colspan="4" class="baselines-problem">${one.problem}</td></tr>`;
    return html`<tr data-best=${isBest}>${name}${this.#cells(cellsOf(one, kind))}</tr>`;
  }

  #cells(/** @type {ReturnType<typeof cellsOf>} */ [[score, between], ...cells]) {
    return html`<td><b>${score}</b>${between ? html` <span class="note">${between}</span>` : nothing}</td>${cells.map((cell) => html`<td>${cell}</td>`)}`;
  }

  /** The network on the page, as it stands, on the same rows. */
  #own(/** @type {import("./model.js").HeldPart} */ part) {
    const { frame, description } = this.state;
    const name = html`<th scope="row">${t("baselines.yourNetwork")}</th>`;
    if (!frame || this.job.isStale)
      return html`<tr class="baselines-own">${name}<td colspan="4" class="note">${t("baselines.otherSettings")}</td></tr>`;
    const cells = ownCells(frame, part, description?.parameterCount ?? 0);
    return html`<tr class="baselines-own">${name}${this.#cells(cells)}</tr>`;
  }
}
