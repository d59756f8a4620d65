// @ts-check
/** The runs that were tried, side by side: their curves over each other, what changed from one to the next, and back to any. */
import { html, nothing } from "lit";
import { css } from "../../ui/charts/color.js";
import { formatCount, formatLoss, formatShare } from "../../base/format.js";
import { inexactWords, isEngines } from "../../session/computedBy.js";
import { changesBetween, nameOf, shortList } from "../../session/runRecord.js";
import { isTable } from "../../settings/tableNames.js";
import { closeIcon } from "../../ui/icons.js";
import { Panel } from "../../ui/panel.js";
import { starIcon } from "./starIcon.js";
import { StoreController } from "../../ui/storeController.js";
import { t } from "../../base/text.js";

/** Curves that can be told apart at a glance. */
const MOST_SHOWN = 6;
const SHOWN_FIRST = 4;

const DASHES = [[], [7, 3], [2, 3], [9, 3, 2, 3], [], [7, 3]];
const OUTCOMES = { finished: "done", diverged: t("runs.blewUp"), paused: "left" };

export class RunsPanel extends Panel {
  static properties = {
    ...Panel.properties,
    parts: { attribute: false },
    chosen: { state: true },
    renamed: { state: true },
    mark: { state: true },
    onlyStars: { state: true },
  };

  follows = new StoreController(this, () => this.parts.keeper.store);

  constructor() {
    super();
    /** @type {import("../../app/later.js").LaterParts} set by who makes it */
    this.parts = /** @type {never} */ (null);
    /** Which are drawn, once the reader chose. @type {Set<string> | null} */
    this.chosen = null;
    /** @type {string | null} */
    this.renamed = null;
    /** @type {number | null} */
    this.mark = null;
    this.onlyStars = false;
  }

  get #keeper() {
    return /** @type {import("./runHistory.js").RunHistory} */ (this.parts.keeper);
  }

  /** @returns {import("../../session/runRecord.js").Kept[]} */
  get #shown() {
    const { runs } = this.#keeper.store.get();
    const { chosen } = this;
    return chosen ? runs.filter(({ id }) => chosen.has(id)) : runs.slice(0, SHOWN_FIRST);
  }

  render() {
    const { runs, removed, isLasting, damaged } = this.#keeper.store.get();
    const listed = this.onlyStars ? runs.filter(({ isStarred }) => isStarred) : runs;
    return html`
      ${isLasting ? nothing : html`<p class="note" role="status">${t("runs.browserKeepsNothingPage")}</p>`}
      ${damaged ? html`<p class="note" role="status">${damaged === 1 ? t("runs.oneKeptRun") : t("runs.keptRuns", { damaged })} ${t("runs.damagedCantShown")}</p>` : nothing}
      ${removed ? html`<p class="undo" role="status">${t("runs.deleted")} <b>${nameOf(removed)}</b>. <button type="button" class="small-button" @click=${() => this.#keeper.undo()}>${t("runs.undo")}</button></p>` : nothing}
      ${runs.length ? html`${this.#curves()}${this.#table(listed)}` : html`<p class="note" role="status">${t("runs.nothingKeptYetRun")}</p>`}
    `;
  }

  #curves() {
    const shown = this.#shown;
    const box = (/** @type {string} */ heading, /** @type {"training" | "validation" | "test"} */ part) => {
      const lines = shown
        .map((run, i) => ({ run, i }))
        .flatMap(({ run, i }) => {
          const y = run.curve[part];
          return y?.some(Number.isFinite) ? [{ run, i, y }] : [];
        })
        .map(({ run, i, y }) => ({
          label: nameOf(run),
          key: nameOf(run),
          x: run.curve.epoch,
          y,
          dash: DASHES[i],
          swatch: `run-key run-${i}`,
          stroke: (/** @type {import("../../ui/charts/color.js").Theme} */ theme) => strokeOf(theme, i),
        }));
      if (!lines.length) return nothing;
      return html`<ty-chart-box class="chart-box" .playground=${this.playground} .heading=${heading} .file=${`trainyard-runs-${part}`} .lines=${lines} .mark=${this.mark}
        .hasLog=${true} .write=${formatLoss}></ty-chart-box>`;
    };
    return html`
      <div class="boxes" @ty-mark=${(/** @type {CustomEvent} */ event) => (this.mark = event.detail)}>
        ${box(t("runs.trainingLossRuns"), "training")} ${box(t("runs.validationLossRuns"), "validation")} ${box(t("runs.testLossRuns"), "test")}
      </div>
    `;
  }

  #table(/** @type {import("../../session/runRecord.js").Kept[]} */ runs) {
    const all = this.#keeper.store.get().runs;
    return html`
      <div class="runs-scroll" tabindex="0" role="region" aria-label="${t("runs.listRuns")}">
        <table class="runs">
          <thead>
            <tr>
              <th scope="col">${t("runs.show")}</th><th scope="col"><button type="button" class="small-button" aria-pressed=${this.onlyStars} aria-label="${t("runs.onlyStarredRuns")}" @click=${() => (this.onlyStars = !this.onlyStars)}>${starIcon(this.onlyStars)}</button></th>
              <th scope="col">${t("runs.run")}</th><th scope="col">${t("runs.changed")}</th><th scope="col" class="figure-cell">${t("runs.seed")}</th><th scope="col" class="figure-cell">${t("runs.epochs")}</th>
              <th scope="col" class="figure-cell">${t("runs.trainingLoss")}</th><th scope="col" class="figure-cell">${t("runs.testLoss")}</th><th scope="col" class="figure-cell">${t("runs.accuracy")}</th>
              <th scope="col" class="figure-cell">${t("runs.time")}</th><th scope="col">${t("runs.ended")}</th><th scope="col"><span class="for-readers">${t("runs.actions")}</span></th>
            </tr>
          </thead>
          <tbody>${runs.map((run) => this.#row(run, all[all.indexOf(run) + 1]))}</tbody>
        </table>
      </div>
    `;
  }

  #row(
    /** @type {import("../../session/runRecord.js").Kept} */ run,
    /** @type {import("../../session/runRecord.js").Kept | undefined} */ before,
  ) {
    const shown = this.#shown;
    const place = shown.indexOf(run);
    const name = nameOf(run);
    const changes = changesBetween(before?.settings, run.settings);
    const words = before ? (changes.length ? shortList(changes) : ["nothing"]) : ["–"];
    return html`
      <tr>
        <td><label class="show-run"><input type="checkbox" aria-label="${t("runs.show2", { name })}" .checked=${place >= 0} ?disabled=${place < 0 && shown.length >= MOST_SHOWN}
          @change=${() => this.#toggle(run.id)} /><span class="run-key ${place >= 0 ? `run-${place}` : ""}"></span></label></td>
        <td><button type="button" class="icon-button" aria-pressed=${run.isStarred} aria-label="${t("runs.star", { name })}" @click=${() => this.#keeper.change(run.id, { isStarred: !run.isStarred })}>${starIcon(run.isStarred)}</button></td>
        <th scope="row">${this.renamed === run.id ? this.#nameField(run) : html`<button type="button" class="run-name" title="${t("runs.rename")}" @click=${() => this.#rename(run.id)}>${name}</button>`}</th>
        <td class="changes" title=${changes.join("; ")}>${words.map((line) => html`<span>${line}</span>`)}${run.from ? html`<span>${t("runs.branchedEpoch")} ${formatCount(run.from)}</span>` : nothing}${computedBy(run)}</td>
        <td class="figure-cell">${run.seed}</td>
        <td class="figure-cell">${formatCount(run.epochs)}</td>
        <td class="figure-cell">${formatLoss(run.training.loss)}</td>
        <td class="figure-cell">${isHidden(run) ? t("runs.locked") : formatLoss(run.test?.loss)}</td>
        <td class="figure-cell">${isHidden(run) && run.training.accuracy !== undefined ? t("runs.locked") : formatShare((run.test ?? run.training).accuracy)}</td>
        <td class="figure-cell">${run.seconds < 10 ? run.seconds.toFixed(1) : formatCount(run.seconds)} s</td>
        <td>${OUTCOMES[/** @type {"paused"} */ (run.outcome)] ?? run.outcome}</td>
        <td class="run-actions">
          <button type="button" class="small-button" aria-label="${t("runs.restore", { name })}" title="${t("runs.settingsAgainTheyWere")}" @click=${() => this.#keeper.restore(run)}>${t("runs.restore2")}</button>
          <button type="button" class="icon-button" aria-label="${t("runs.delete", { name })}" title="${t("runs.delete2")}" @click=${() => this.#keeper.remove(run.id)}>${closeIcon}</button>
        </td>
      </tr>
    `;
  }

  #nameField(/** @type {import("../../session/runRecord.js").Kept} */ run) {
    const end = (/** @type {string | null} */ name) => {
      if (this.renamed !== run.id) return;
      this.renamed = null;
      if (name !== null) this.#keeper.change(run.id, { name: name.trim().slice(0, 80) });
    };
    return html`<input class="name-field" type="text" maxlength="80" aria-label="${t("runs.nameRun")}" .value=${nameOf(run)}
      @keydown=${(/** @type {EventOn<HTMLInputElement, KeyboardEvent>} */ event) => {
        if (event.key === "Enter") end(event.currentTarget.value);
        else if (event.key === "Escape") end(null);
      }}
      @blur=${(/** @type {EventOn<HTMLInputElement>} */ event) => end(event.currentTarget.value)} />`;
  }

  async #rename(/** @type {string} */ id) {
    this.renamed = id;
    await this.updateComplete;
    const field = /** @type {HTMLInputElement | null} */ (this.querySelector(".name-field"));
    field?.focus();
    field?.select();
  }

  #toggle(/** @type {string} */ id) {
    const chosen = new Set(this.#shown.map((run) => run.id));
    if (!chosen.delete(id)) chosen.add(id);
    this.chosen = chosen;
  }
}

/** Who computed it, where that wasn't the exact core alone; older ones don't say. @param {import("../../session/runRecord.js").Kept} run */
function computedBy({ engines }) {
  const words = isEngines(engines) && inexactWords(engines);
  return words ? html`<span>${words}</span>` : nothing;
}

/** Whether it has test rows that nobody looked at. */
const isHidden = (/** @type {import("../../session/runRecord.js").Kept} */ { settings, test }) =>
  isTable(settings.source) && !test && settings.trainingShare < 1;

/** The accent for the newest, then ink, and the colors of classes. @param {import("../../ui/charts/color.js").Theme} theme @param {number} i */
const strokeOf = (theme, i) =>
  css([theme.accent, theme.ink, theme.plus, theme.minus, theme.classes[3] ?? theme.muted, theme.muted][i % MOST_SHOWN]);
