// @ts-check
/** Where rows come from: a file, the clipboard, or one of the real sets. */
import { html, nothing } from "lit";
import { OWN } from "../../settings/sources.js";
import { counted, formatBytes, formatShare } from "../../base/format.js";
import { SETS } from "../../data/sets.js";
import { Panel } from "../../ui/panel.js";

const ACCEPTED =
  ".csv,.tsv,.tab,.txt,.dat,.data,.json,.jsonl,.ndjson,.geojson,.arff,.svm,.libsvm,.xlsx,.xlsm,.xlsb,.xls,.ods,.gz,text/*,application/json,application/gzip";

export class BringRows extends Panel {
  static properties = { ...Panel.properties, isPasting: { state: true } };

  /** The set whose card was last brought into sight. */
  #shown = "";

  constructor() {
    super();
    /** Whether the field for rows is in sight. */
    this.isPasting = false;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ table, settings }) {
    return [table.phase, table.title, table.progress, table.problem, table.isRereading, settings.source];
  }

  render() {
    return html`
      <div class="bring">
        ${this.#own()}
        ${this.#sets()}
      </div>
    `;
  }

  #own() {
    const { table, settings } = this.state;
    return html`
      <section class="bring-own" aria-label="Your own rows" data-chosen=${settings.source === OWN.name}>
        <h3>Your own</h3>
        <p class="note">CSV, TSV and other delimited text in any encoding, workbooks of Excel and OpenDocument, JSON, ARFF, libsvm; also compressed with gzip. The file is read here and never leaves this browser.</p>
        <div class="bring-buttons">
          <label class="button">Open a file
            <input type="file" accept=${ACCEPTED} @change=${this.#chosen} />
          </label>
          <button type="button" class="button quiet" aria-expanded=${this.isPasting} @click=${() => (this.isPasting = !this.isPasting)}>Paste rows</button>
        </div>
        ${this.isPasting ? this.#paste() : html`<p class="note drop-hint">… or drop a file anywhere on this page.</p>`}
        <div class="bring-state" role="status">${table.phase === "reading" || table.isRereading ? this.#progress(table) : nothing}</div>
        ${table.problem ? html`<p class="bring-problem" role="alert">${table.problem}</p>` : nothing}
      </section>
    `;
  }

  #chosen(/** @type {EventOn<HTMLInputElement>} */ event) {
    const input = event.currentTarget;
    const [file] = input.files ?? [];
    if (file) void this.playground.openTable(file, file.name);
    input.value = ""; // so that the same file can be chosen again
  }

  #paste() {
    const use = () => {
      const field = /** @type {HTMLTextAreaElement} */ (this.querySelector("textarea"));
      if (field.reportValidity()) void this.playground.openTable(new Blob([field.value]), "Pasted rows");
    };
    return html`
      <div class="paste">
        <label for="${this.uid}-rows">Rows, as copied from a spreadsheet or a file</label>
        <textarea id="${this.uid}-rows" rows="5" spellcheck="false" required placeholder=${"size,price\n54,310\n71,395\n…"}></textarea>
        <button type="button" class="button" @click=${use}>Use these rows</button>
      </div>
    `;
  }

  #progress(/** @type {import("../../session/tables.js").TableState} */ { title, progress: { rows, bytes, total } }) {
    const share = total ? Math.min(bytes / total, 1) : undefined;
    return html`
      <p>Reading ${title} …</p>
      <progress max="1" .value=${share ?? nothing} aria-label="Reading ${title}"></progress>
      <p class="note" aria-hidden="true">${counted(rows, "row")}${total ? `, ${formatBytes(bytes)} of ${formatBytes(total)}` : ""}</p>
      <button type="button" class="button quiet" @click=${() => this.playground.tables.cancel()}>Cancel</button>
    `;
  }

  updated() {
    super.updated();
    const { settings, table } = this.state;
    if (table.phase !== "ready" || settings.source === this.#shown) return;
    this.#shown = settings.source;
    // The table is put on the page by now, and with it the cards into a row.
    requestAnimationFrame(() => this.#showChosen());
  }

  /** Along the row alone: the page stays where the reader has it. */
  #showChosen() {
    const list = this.querySelector(".bring-sets ul");
    const card = this.querySelector('.set[data-chosen="true"]');
    if (!list || !card) return;
    const [whole, part] = [list, card].map((element) => element.getBoundingClientRect());
    list.scrollLeft += part.left + part.width / 2 - whole.left - whole.width / 2;
  }

  #sets() {
    const { source } = this.state.settings;
    return html`
      <section class="bring-sets" aria-label="Real data">
        <h3>Real data</h3>
        <ul>
          ${SETS.map(
            (set) => html`
            <li class="set" data-chosen=${set.name === source}>
              <button type="button" class="set-name" aria-pressed=${set.name === source} @click=${() => this.playground.set("source", set.name)}>${set.title}</button>
              <p class="set-facts">${factsOf(set)}</p>
              <p class="set-look">${set.look}</p>
              <details>
                <summary>Origin and license</summary>
                <p>${set.origin}</p>
                <p>${set.reference}</p>
                <p>License: ${set.license}.</p>
                <p>${scoreOf(set)}</p>
              </details>
            </li>
          `,
          )}
        </ul>
      </section>
    `;
  }
}

const factsOf = (/** @type {import("../../data/sets.js").RealSet} */ { rows, columns, missing, task, target }) =>
  `${counted(rows, "row")}, ${counted(columns, "column")}${missing ? `, ${counted(missing, "gap")}` : ""} · ${task === "regression" ? "how much" : "which"} ${target}`;

function scoreOf(/** @type {import("../../data/sets.js").RealSet} */ { task, target, score }) {
  return task === "classification"
    ? `A good first model tells ${formatShare(score.value, 0)} of unseen rows right; always saying the most frequent class, ${formatShare(score.without, 0)}.`
    : `A good first model is ${score.value} off on unseen rows, in ${target}; always saying the mean, ${score.without}.`;
}
