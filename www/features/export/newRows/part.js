// @ts-check
/** Predictions for new rows: chosen, dropped or pasted; what was matched, a preview, and the file. Loaded when it is wanted. */
import { html, nothing } from "lit";
import { isLocked } from "../../../base/padlock.js";
import { PoolJob, READY } from "../../../session/poolJob.js";
import { specFrom } from "../../../settings/spec.js";
import { defineAll } from "../../../ui/defineAll.js";
import { download } from "../../../ui/download.js";
import { Panel } from "../../../ui/panel.js";
import { t } from "../../../base/text.js";
import { judgedWords, matchedWords } from "./said.js";

/** @typedef {import("./worker.js").Scored} Scored */
/** What is shown: nothing yet, how far it is, or what came out. @typedef {{phase: "ready"} | {phase: "busy", share: number} | {phase: "failed" | "canceled", words: string} | {phase: "done", name: string, epoch: number, scored: Scored, unit: string | null, categories: string[]}} Doing */

const ACCEPTED =
  ".csv,.tsv,.tab,.txt,.json,.jsonl,.ndjson,.arff,.xlsx,.xlsm,.xlsb,.xls,.ods,.gz,text/*,application/json";

export class NewRows extends Panel {
  static properties = { ...Panel.properties, doing: { state: true }, isOver: { state: true } };

  /** @type {AbortController | null} */
  #stop = null;

  constructor() {
    super();
    /** @type {Doing} */
    this.doing = { phase: "ready" };
    /** Whether a file is held over it. */
    this.isOver = false;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop?.abort();
  }

  render() {
    const { doing } = this;
    const isBusy = doing.phase === "busy";
    const id = `${this.uid}-paste`;
    return html`
      <div class="new-rows" ?data-over=${this.isOver} @dragover=${this.#over} @dragleave=${() => (this.isOver = false)} @drop=${this.#dropped}>
        <div class="export-actions">
          <button type="button" class="small-button" aria-disabled=${isBusy ? "true" : nothing} @click=${this.#choose}>${t("export.rowsChoose")}</button>
          <input type="file" hidden accept=${ACCEPTED} aria-label=${t("export.rowsFile")} @change=${this.#chosen} />
          <span class="note">${t("export.rowsDrop")}</span>
        </div>
        <label class="note" for=${id}>${t("export.rowsPaste")}</label>
        <textarea id=${id} rows="4" spellcheck="false" autocomplete="off"></textarea>
        <div class="export-actions">
          <button type="button" class="small-button" data-action="paste" aria-disabled=${isBusy ? "true" : nothing} @click=${this.#pasted}>${t("export.rowsPredict")}</button>
          ${
            isBusy
              ? html`<button type="button" class="small-button" data-action="cancel" @click=${() => this.#stop?.abort()}>${t("export.rowsCancel")}</button>
              <progress max="1" .value=${doing.share} aria-label=${t("export.rowsProgress")}></progress>`
              : nothing
          }
        </div>
        ${doing.phase === "failed" ? html`<p class="problem" role="alert">${doing.words}</p>` : nothing}
        <div role="status">${doing.phase === "canceled" ? html`<p class="note">${doing.words}</p>` : nothing}${doing.phase === "done" ? this.#outcome(doing) : nothing}</div>
      </div>
      ${doing.phase === "done" ? this.#table(doing) : nothing}
    `;
  }

  /** @param {Extract<Doing, {phase: "done"}>} done */
  #outcome({ name, epoch, scored, unit, categories }) {
    return html`
      <p><strong>${t("export.rowsDone", { count: scored.rows, name, epoch: String(epoch) })}</strong></p>
      ${scored.judged ? html`<ul class="new-rows-judged">${judgedWords(scored.judged, unit).map((words) => html`<li>${words}</li>`)}</ul>` : nothing}
      <ul class="new-rows-matched">${matchedWords(scored, categories).map((words) => html`<li>${words}</li>`)}</ul>
    `;
  }

  /** @param {Extract<Doing, {phase: "done"}>} done */
  #table({ name, scored }) {
    const { head, rows } = scored.preview;
    const file = `${name.replace(/\.\w{1,8}$/, "")}-predicted.csv`;
    return html`
      <button type="button" class="small-button" data-action="save" @click=${() => download(scored.file, file)}>${t("export.rowsDownload")}</button>
      <div class="new-rows-preview" role="group" aria-label=${t("export.rowsPreview")} tabindex="0">
        <table>
          <thead><tr>${head.map((words) => html`<th scope="col">${words}</th>`)}</tr></thead>
          <tbody>${rows.map((cells) => html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
        </table>
      </div>
    `;
  }

  #choose(/** @type {EventOn<HTMLElement>} */ { currentTarget }) {
    if (this.doing.phase !== "busy") /** @type {HTMLElement} */ (currentTarget.nextElementSibling).click();
  }

  #chosen(/** @type {EventOn<HTMLInputElement>} */ { currentTarget }) {
    const [file] = currentTarget.files ?? [];
    currentTarget.value = "";
    if (file) void this.#predict(file, file.name);
  }

  #over(/** @type {DragEvent} */ event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.stopPropagation(); // else the page would open it as rows to learn from
    this.isOver = true;
  }

  #dropped(/** @type {DragEvent} */ event) {
    this.isOver = false;
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    this.closest("[data-dropping]")?.removeAttribute("data-dropping");
    if (this.doing.phase !== "busy") void this.#predict(file, file.name);
  }

  #pasted() {
    if (this.doing.phase === "busy") return;
    const { value } = /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
    if (!value.trim()) return void (this.doing = { phase: "failed", words: t("export.rowsNonePasted") });
    void this.#predict(new Blob([value]), t("export.rowsPasted"));
  }

  /** @param {Blob} file @param {string} name */
  async #predict(file, name) {
    const { playground } = this;
    const { settings, description, frame, table } = this.state;
    if (!description || !frame) return void (this.doing = { phase: "failed", words: t("export.rowsNoRun") });
    const stop = new AbortController();
    this.#stop = stop;
    this.doing = { phase: "busy", share: 0 };
    try {
      const bytes = await playground.client.save();
      const course = { spec: specFrom(settings), bytes, file, name, isSealed: isLocked(this.state) };
      const [outcome] = await new PoolJob(playground, READY).ask([{ kind: "newRows", course }], stop.signal, {
        progress: (_, { share }) => !stop.signal.aborted && (this.doing = { phase: "busy", share }),
      });
      if (outcome && "problem" in outcome) throw new Error(outcome.problem);
      const scored = stop.signal.aborted ? null : outcome?.value;
      const unit = table.description?.columns.find((column) => column.name === description.target)?.unit ?? null;
      const categories = description.columns.filter((_, i) => description.columnKinds[i] === "category");
      this.doing = scored
        ? { phase: "done", name, epoch: frame.epoch, scored, unit, categories }
        : { phase: "canceled", words: t("export.rowsCanceled") };
    } catch (error) {
      this.doing = { phase: "failed", words: /** @type {Error} */ (error).message };
    } finally {
      this.#stop = null;
    }
  }
}

export const define = (registry = customElements) => defineAll({ "ty-new-rows": NewRows }, registry);
