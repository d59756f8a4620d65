// @ts-check
/** The data doctor: what is wrong with the rows, how often, where, and what can be done about it. */
import { html, nothing } from "lit";
import { FINDING_KINDS, classBars, line, ranges, waffle } from "./findings.js";
import { together } from "../../ui/charts/histogram.js";
import { formatCount } from "../../base/format.js";
import { InspectorPart } from "./inspectorPart.js";
import { parts, t } from "../../base/text.js";

/** So many are shown before somebody asks for all. */
const FIRST = 6;

/** Suggestions in sight; of labels there may be one a row. */
const MOST_SUGGESTIONS = 4;

/** Example rows that are named. */
const EXAMPLES = 8;

/** Columns on the picture of sizes. */
const MOST_RANGES = 6;

export class Doctor extends InspectorPart {
  /** Whether somebody has just pressed the button that stops him. */
  #isStopping = false;

  static properties = { ...InspectorPart.properties, isWhole: { state: true } };

  constructor() {
    super();
    /** Whether all findings are in sight. */
    this.isWhole = false;
  }

  /** @param {import("./tableInspector.js").InspectorState} state */
  picksOfTable({ findings, examined, isStopped, classes, problem }) {
    return [findings, examined, isStopped, classes, problem];
  }

  render() {
    const { findings, problem, examined, isStopped } = this.inspector.store.get();
    const isLooking = !findings && !isStopped && !problem;
    const shown = this.isWhole ? findings : findings?.slice(0, FIRST);
    return html`
      <div class="doctor-head">
        <h3>${t("data.dataDoctor")}</h3>
        <p class="note" role="status">${problem ?? (isStopped ? t("data.examinationStopped") : summary(findings))}</p>
        ${isStopped ? html`<button type="button" class="button again" @click=${() => void this.inspector.examine()}>${t("data.examineRows")}</button>` : nothing}
        ${isLooking ? this.#progress(examined) : nothing}
      </div>
      <ul class="findings" aria-busy=${isLooking}>${shown?.map((finding) => this.#finding(finding)) ?? nothing}</ul>
      ${
        findings && shown && findings.length > shown.length
          ? html`<button type="button" class="button" @click=${() => (this.isWhole = true)}>${parts("data.showAllFindings", { findings: findings.length })}</button>`
          : nothing
      }
    `;
  }

  /** The button that was pressed goes: the one that comes in its place is focused. */
  updated() {
    super.updated();
    const again = /** @type {HTMLElement | null} */ (this.querySelector(".doctor-head .again"));
    if (again && this.#isStopping) again.focus();
    if (again || this.inspector.store.get().findings) this.#isStopping = false;
  }

  #stop() {
    this.#isStopping = true;
    void this.inspector.stop();
  }

  /** How far he is. Of most tables nobody sees it: only what takes its time has it. */
  #progress(/** @type {number} */ examined) {
    if (!examined) return nothing;
    return html`
      <progress max="1" .value=${examined} aria-label="${t("data.examination")}"></progress>
      <button type="button" class="button" @click=${() => this.#stop()}>${t("data.stopExamination")}</button>
    `;
  }

  #finding(/** @type {import("../../session/tables.js").Finding} */ finding) {
    const { kind, column, count, rows, sentence, remedies } = finding;
    const { word, sign } = FINDING_KINDS[/** @type {keyof typeof FINDING_KINDS} */ (kind)] ?? { word: kind, sign: "•" };
    const place = column === null ? word : `${word}: ${column}`;
    return html`
      <li class="finding" data-kind=${kind}>
        <div class="finding-head">
          <span class="finding-sign" aria-hidden="true">${sign}</span>
          <h4>${word}${column === null ? nothing : html` <span class="finding-column">${column}</span>`}</h4>
          <b class="finding-count" title=${t("count.cases", { count: count })}>${formatCount(count)}</b>
        </div>
        <div class="finding-body">
          <svg class="finding-picture" viewBox="0 0 100 25" preserveAspectRatio="none" aria-hidden="true">${this.#picture(finding)}</svg>
          <p>${sentence}</p>
        </div>
        ${
          rows.length
            ? html`
          <p class="examples"><span class="note">${t("data.rows")}</span>
            ${rows.slice(0, EXAMPLES).map((row) => html`<button type="button" aria-label="${t("data.showRow", { row: row + 1 })}" @click=${() => this.inspector.show(row, column)}>${row + 1}</button>`)}
            ${count > EXAMPLES && rows.length > EXAMPLES ? html`<span class="note">…</span>` : nothing}
          </p>
        `
            : nothing
        }
        ${
          remedies.length
            ? html`
          <div class="finding-fixes" role="group" aria-label="${t("data.fixes", { place })}">
            ${remedies.slice(0, MOST_SUGGESTIONS).map((suggestion) => this.#suggestion(suggestion))}
            ${remedies.length > MOST_SUGGESTIONS ? html`<details class="more-fixes"><summary>${remedies.length - MOST_SUGGESTIONS} ${t("data.more2")}</summary><div class="finding-fixes">${remedies.slice(MOST_SUGGESTIONS).map((suggestion) => this.#suggestion(suggestion))}</div></details>` : nothing}
          </div>
        `
            : nothing
        }
      </li>
    `;
  }

  #suggestion(/** @type {import("../../session/tables.js").Finding["remedies"][number]} */ { label, fix }) {
    return html`<button type="button" class="button" @click=${() => this.inspector.apply(fix)}>${label}</button>`;
  }

  #picture(/** @type {import("../../session/tables.js").Finding} */ { kind, column, count }) {
    const { description } = this.table;
    const { classes } = this.inspector.store.get();
    if (kind === "constant" || kind === "identifier" || kind === "leakage") return line(kind);
    if (kind === "imbalance" && classes) {
      return classBars(classes.byClass.map(({ counts }) => together([{ counts }]).reduce((sum, n) => sum + n, 0)));
    }
    if (kind === "unscaled") {
      const numbers = (description?.columns ?? []).filter(({ min, kind: is }) => min !== null && is === "number");
      const it = numbers.filter(({ name }) => name === column);
      const shown = [...it, ...numbers.filter(({ name }) => name !== column)].slice(0, MOST_RANGES);
      if (shown.length)
        return ranges(shown.map(({ name, min, max }) => ({ low: min ?? 0, high: max ?? 0, isIt: name === column })));
    }
    return waffle(count / Math.max(description?.rows ?? 1, 1));
  }
}

function summary(/** @type {import("../../session/tables.js").Finding[] | null} */ findings) {
  if (!findings) return t("data.lookingEveryRow");
  return findings.length
    ? t("data.judgeEachWhatOdd", { findings: t("count.findings", { count: findings.length }) })
    : t("data.nothingFoundNoProof");
}
