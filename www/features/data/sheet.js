// @ts-check
/**
 * The table itself. Only the rows and columns in sight are in the page, whatever the size. One stop for the Tab key:
 * arrows move from cell to cell, Enter writes into one. What stands in a cell is text and nothing else.
 */
import { html, nothing } from "lit";
import { CellCache } from "./cellCache.js";
import { cellKey, editsOf, isMissing, marksOf } from "./tableInspector.js";
import { formatCount } from "../../base/format.js";
import { firstOf, layoutOf, scrollFor } from "./sheetLayout.js";
import { KIND_WORDS } from "../../base/columnFormat.js";
import { InspectorPart } from "./inspectorPart.js";
import { FINDING_KINDS } from "./findings.js";
import { select } from "../../ui/select.js";
import { t } from "../../base/text.js";

/** Heights and widths in the design's pixels, as in sheet.css. */
const PARTS = { row: 32, column: 124, head: 76, fingers: 118, index: 60 };

/** @typedef {{row: number, column: number}} Place */
/** @typedef {{edits: Map<string, string>, marks: Map<string, string>, dropped: Set<number>, target: string, first: Place}} Look */

export class Sheet extends InspectorPart {
  static properties = { ...InspectorPart.properties, active: { state: true }, draft: { state: true } };

  #cache = new CellCache(
    (...block) => this.playground.tables.cells(...block),
    () => this.requestUpdate(),
  );
  #size = { width: 640, height: 400, unit: 1 };
  #first = { row: 0, column: 0 };

  constructor() {
    super();
    /** The cell that arrows move from. @type {Place} */
    this.active = { row: 0, column: 0 };
    /** What it is about to be changed to, while somebody writes. @type {string | null} */
    this.draft = null;
  }

  /** The frame whose size is watched. @type {HTMLElement | null} */
  #watched = null;

  /** @param {import("../../session/playground.js").State} state */
  picks({ table, settings }) {
    return [table.description, settings.clean];
  }

  /** @param {import("./tableInspector.js").InspectorState} state */
  picksOfTable({ column, findings }) {
    return [column, findings];
  }

  connectedCallback() {
    super.connectedCallback();
    this.follow(
      ({ table }) => [table.title, table.phase, table.description?.rows],
      () => this.#forget(),
    );
    this.atEnd(
      this.inspector.store.subscribe(({ row, column }, before) => {
        if (row !== null && row !== before.row)
          this.#go({
            row,
            column: Math.max(
              0,
              this.#columns.findIndex(({ name }) => name === column),
            ),
          });
      }),
    );
    if (this.hasUpdated) this.#watchSize();
  }

  /** The frame may come later than the sheet, with its table, and another one with the next. */
  #watchSize() {
    const frame = this.#frame;
    if (!frame || frame === this.#watched) return;
    this.#watched = frame;
    const observer = new ResizeObserver(() => this.#measure());
    observer.observe(frame);
    this.atEnd(() => {
      observer.disconnect();
      this.#watched = null;
    });
    this.#measure();
  }

  updated() {
    super.updated();
    this.#watchSize();
  }

  /** Without a table there is none. @returns {HTMLElement | null} */
  get #frame() {
    return this.querySelector(".sheet");
  }

  get #columns() {
    return this.table.description?.columns ?? [];
  }

  get #layout() {
    const { unit, ...size } = this.#size;
    const parts = {
      row: PARTS.row * unit,
      column: PARTS.column * unit,
      head: (matchMedia("(pointer: coarse)").matches ? PARTS.fingers : PARTS.head) * unit,
      index: PARTS.index * unit,
    };
    return layoutOf(size, { rows: this.table.description?.rows ?? 0, columns: this.#columns.length }, parts);
  }

  #measure() {
    const { clientWidth: width, clientHeight: height } = this.#frame ?? { clientWidth: 0, clientHeight: 0 };
    const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    const size = { width, height, unit };
    if (!width || JSON.stringify(size) === JSON.stringify(this.#size)) return;
    this.#size = size;
    this.requestUpdate();
  }

  /** Another table: nothing of the one before is in sight any more. */
  #forget() {
    this.#cache.clear();
    this.active = { row: 0, column: 0 };
    this.draft = null;
    this.#frame?.scrollTo({ top: 0, left: 0 });
    this.requestUpdate();
  }

  #scrolled() {
    const { scrollLeft: left, scrollTop: top } = this.#frame ?? { scrollLeft: 0, scrollTop: 0 };
    const first = firstOf(this.#layout, { left, top });
    if (first.row === this.#first.row && first.column === this.#first.column) return;
    this.#first = first;
    this.requestUpdate();
  }

  render() {
    const { description } = this.table;
    if (!description) return;
    const { columns, rows, target } = description;
    const layout = this.#layout;
    const first = {
      row: Math.min(this.#first.row, layout.hidden.rows),
      column: Math.min(this.#first.column, layout.hidden.columns),
    };
    const shown = columns.slice(first.column, first.column + layout.columns);
    const { clean } = this.state.settings;
    const look = {
      edits: editsOf(clean),
      marks: marksOf(this.inspector.store.get().findings),
      dropped: droppedOf(clean),
      target,
      first,
    };
    return html`
      <div class="sheet" role="grid" tabindex="0" aria-label="${t("data.cells")}" aria-rowcount=${rows + 1} aria-colcount=${columns.length + 1}
        aria-activedescendant=${this.#idOf(this.active)} @scroll=${this.#scrolled} @keydown=${this.#key} @click=${this.#clicked} @dblclick=${this.#begin}>
        <svg class="sheet-extent" width=${layout.extent.width} height=${layout.extent.height} aria-hidden="true"></svg>
        <div class="sheet-view" role="presentation">
          <div class="sheet-row sheet-heads" role="row" aria-rowindex="1">
            <div class="sheet-index" role="columnheader" aria-colindex="1">${t("data.row")}</div>
            ${shown.map((column, i) => this.#head(column, first.column + i, target))}
          </div>
          ${Array.from({ length: layout.rows }, (_, i) => this.#row(first.row + i, shown, look))}
        </div>
      </div>
      <p class="note sheet-help">${t("data.arrowKeysMoveEnter")}</p>
    `;
  }

  /** @param {import("../../session/tables.js").Column} column @param {number} at @param {string} target */
  #head({ name, kind, inferred, missing }, at, target) {
    const isChosen = name === this.inspector.store.get().column;
    const kinds = Object.entries(KIND_WORDS).map(([value, label]) => ({
      value,
      label: value === inferred ? `${label} ✓` : label,
    }));
    return html`
      <div class="sheet-head" role="columnheader" aria-colindex=${at + 2} data-chosen=${isChosen} data-kind=${kind}>
        <button type="button" class="column-name" title=${name} aria-pressed=${isChosen} @click=${() => this.inspector.choose(name)}>${name === target ? html`<span class="target-sign" title="${t("data.target3")}">◎</span>` : nothing}<span>${name}</span></button>
        <span class="column-kind" title="${t("data.whatColumnHoldsWhat")}">${select({
          name: t("data.kind", { name }),
          choices: kinds,
          value: kind,
          enter: (chosen) => this.inspector.setKind(name, chosen),
        })}</span>
        <span class="column-gaps">${missing ? `▨ ${formatCount(missing)}` : "\u00a0"}</span>
      </div>
    `;
  }

  /**
   * @param {number} row
   * @param {import("../../session/tables.js").Column[]} columns
   * @param {Look} look
   */
  #row(row, columns, look) {
    const mark = look.marks.get(String(row));
    return html`
      <div class="sheet-row" role="row" aria-rowindex=${row + 2} data-dropped=${look.dropped.has(row)}>
        <div class="sheet-index" role="rowheader" aria-colindex="1">${sign(mark)}${formatCount(row + 1)}</div>
        ${columns.map((column, i) => this.#cell({ row, column: look.first.column + i }, column, look))}
      </div>
    `;
  }

  /**
   * @param {Place} place
   * @param {import("../../session/tables.js").Column} column
   * @param {Look} look
   */
  #cell(place, { name, kind }, { edits, marks, target }) {
    const isActive = place.row === this.active.row && place.column === this.active.column;
    const key = cellKey(place.row, name);
    const text = edits.get(key) ?? this.#cache.text(place.row, place.column);
    const isGap = text !== null && isMissing(text, kind);
    return html`
      <div class="sheet-cell" role="gridcell" id=${this.#idOf(place)} aria-colindex=${place.column + 2} title=${text ?? nothing}
        data-row=${place.row} data-column=${place.column} data-kind=${kind} data-gap=${isGap} data-edited=${edits.has(key)} data-active=${isActive} data-target=${name === target}>
        ${isActive && this.draft !== null ? this.#writing(name) : html`${sign(marks.get(key))}<span class="cell-text ${isGap ? "gap" : ""}">${text === null ? "…" : isGap ? text || t("data.gap") : text}</span>`}
      </div>
    `;
  }

  #writing(/** @type {string} */ name) {
    return html`<input class="cell-input" aria-label="${t("data.row2", { name, row: this.active.row + 1 })}" spellcheck="false" autocomplete="off" .value=${this.draft ?? ""}
      @keydown=${this.#writingKey} @blur=${(/** @type {EventOn<HTMLInputElement>} */ event) => this.#commit(event.currentTarget.value)} />`;
  }

  #idOf(/** @type {Place} */ { row, column }) {
    return `${this.uid}-${row}-${column}`;
  }

  // Moving about

  #go(/** @type {Place} */ place) {
    const { rows = 0 } = this.table.description ?? {};
    const row = Math.min(Math.max(place.row, 0), rows - 1);
    const column = Math.min(Math.max(place.column, 0), this.#columns.length - 1);
    this.active = { row, column };
    this.#frame?.scrollTo(scrollFor(this.#layout, this.#first, this.active));
  }

  #key(/** @type {KeyboardEvent} */ event) {
    if (event.target !== this.#frame) return; // a head's own controls, or the cell that is written into
    const { row, column } = this.active;
    const page = this.#layout.rows;
    const far = event.ctrlKey || event.metaKey ? Infinity : 1;
    /** @type {Record<string, Place>} */
    const moves = {
      ArrowUp: { row: row - far, column },
      ArrowDown: { row: row + far, column },
      ArrowLeft: { row, column: column - far },
      ArrowRight: { row, column: column + far },
      PageUp: { row: row - page, column },
      PageDown: { row: row + page, column },
      Home: { row: far > 1 ? 0 : row, column: 0 },
      End: { row: far > 1 ? Infinity : row, column: Infinity },
    };
    if (moves[event.key]) this.#go(moves[event.key]);
    else if (event.key === "Enter" || event.key === "F2") this.#begin();
    else return;
    event.preventDefault();
    event.stopPropagation(); // the page's own keys mean something else
  }

  #clicked(/** @type {MouseEvent} */ event) {
    const cell = /** @type {Element} */ (event.target).closest(".sheet-cell");
    if (!(cell instanceof HTMLElement) || this.draft !== null) return;
    this.active = { row: Number(cell.dataset.row), column: Number(cell.dataset.column) };
  }

  // Writing

  #begin() {
    const { row, column } = this.active;
    const name = this.#columns[column]?.name;
    const text = editsOf(this.state.settings.clean).get(cellKey(row, name)) ?? this.#cache.text(row, column);
    if (text === null || this.draft !== null) return;
    this.draft = text;
    void this.updateComplete.then(() => this.querySelector("input")?.select());
  }

  #writingKey(/** @type {KeyboardEvent} */ event) {
    event.stopPropagation();
    if (event.key === "Escape") this.draft = null;
    else if (event.key === "Enter" || event.key === "Tab")
      this.#commit(/** @type {HTMLInputElement} */ (event.currentTarget).value);
    else return;
    event.preventDefault();
    const by =
      event.key === "Enter"
        ? { row: 1, column: 0 }
        : event.key === "Tab"
          ? { row: 0, column: event.shiftKey ? -1 : 1 }
          : { row: 0, column: 0 };
    this.#go({ row: this.active.row + by.row, column: this.active.column + by.column });
    this.#frame?.focus({ preventScroll: true });
  }

  #commit(/** @type {string} */ text) {
    if (this.draft === null) return; // given up, or written already
    const before = this.draft;
    this.draft = null;
    if (text !== before) this.inspector.edit(this.active.row, this.#columns[this.active.column].name, text);
  }
}

/** What the doctor has to say of a cell or a row, as a sign and as a word. */
function sign(/** @type {string | undefined} */ kind) {
  if (!kind) return nothing;
  const { word, sign: shape } = FINDING_KINDS[/** @type {keyof typeof FINDING_KINDS} */ (kind)] ?? {
    word: kind,
    sign: "•",
  };
  return html`<span class="mark" data-kind=${kind} title=${word} role="img" aria-label=${word}>${shape}</span>`;
}

/** Rows that a cleaning step names and leaves out. */
function droppedOf(/** @type {import("../../settings/spec.js").CleaningStep[]} */ steps) {
  return new Set(steps.flatMap((step) => (step.fix === "drop-rows" ? step.rows : [])));
}
