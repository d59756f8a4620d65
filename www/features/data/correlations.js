// @ts-check
/** Which columns rise and fall together: a matrix of correlations, asked for when it is opened. */
import { html, nothing, svg } from "lit";
import { formatNumber, shortenedName } from "../../base/format.js";
import { InspectorPart } from "./inspectorPart.js";
import { parts, t } from "../../base/text.js";

/** More columns would be dust. */
const MOST_COLUMNS = 40;
/** Of more columns there is no room for names; whatever is pointed at is named beside. */
const MOST_NAMED = 16;
const MOST_CHARACTERS = 16;

export class Correlations extends InspectorPart {
  static properties = { ...InspectorPart.properties, isOpen: { state: true }, at: { state: true } };

  constructor() {
    super();
    this.isOpen = false;
    /** The cell that is told in words. @type {[number, number] | null} */
    this.at = null;
  }

  /** @param {import("./tableInspector.js").InspectorState} state */
  picksOfTable({ correlations }) {
    return [correlations];
  }

  updated() {
    super.updated();
    if (this.isOpen && !this.inspector.store.get().correlations) void this.inspector.correlate();
  }

  render() {
    const { correlations } = this.inspector.store.get();
    return html`
      <details class="correlations" @toggle=${(/** @type {EventOn<HTMLDetailsElement>} */ event) => (this.isOpen = event.currentTarget.open)}>
        <summary>${t("data.correlationsWhichColumnsRise")}</summary>
        ${this.isOpen && correlations ? this.#matrix(correlations) : nothing}
      </details>
    `;
  }

  /** @param {import("../../session/tables.js").Correlations} correlations */
  #matrix({ names: all, matrix }) {
    // The target stands last: it stays.
    const names = all.slice(-MOST_COLUMNS);
    const at = (/** @type {number} */ i, /** @type {number} */ j) =>
      matrix[(i + all.length - names.length) * all.length + j + all.length - names.length];
    if (names.length < 2) return html`<p class="note">${t("data.takesTwoColumnsNumbers")}</p>`;
    const pairs = names.flatMap((_, i) =>
      names.slice(i + 1).map((_, j) => /** @type {[number, number]} */ ([i, i + 1 + j])),
    );
    const size = (/** @type {[number, number]} */ [i, j]) => Math.abs(at(i, j)) || 0;
    const strongest = pairs.sort((a, b) => size(b) - size(a)).slice(0, 6);
    const [i, j] = this.at ?? strongest[0];
    const look = (/** @type {PointerEvent} */ event) => {
      const cell = /** @type {Element} */ (event.target).closest("[data-at]");
      if (cell) this.at = /** @type {[number, number]} */ (cell.getAttribute("data-at")?.split(" ").map(Number));
    };
    return html`
      <div class="correlations-body">
        <div class="matrix-frame">
        ${names.length <= MOST_NAMED ? ["rows", "columns"].map((axis) => labels(axis, names, axis === "rows" ? i : j)) : nothing}
        <svg class="matrix" viewBox="0 0 ${names.length} ${names.length}" role="img" aria-label="${t("data.correlationsColumnsStrongestListed", { names: names.length })}" @pointerover=${look}>
          ${names.map((_, row) => names.map((_, column) => square(at(row, column), row, column, row === i && column === j)))}
        </svg>
        </div>
        <div>
          <p class="matrix-words" aria-live="off">${names[i]} ${parts("data.and", { names: names[j] })} <b>${formatNumber(at(i, j))}</b></p>
          <p class="note">${t("data.blueTheyRiseTogether")}${all.length > MOST_COLUMNS ? t("data.columns", { MOST_COLUMNS, all: all.length }) : ""}</p>
          <ol class="strongest" aria-label="${t("data.strongestCorrelations")}">
            ${strongest.map(([a, b]) => html`<li><b>${formatNumber(at(a, b))}</b> ${names[a]} ${t("data.and2")} ${names[b]}</li>`)}
          </ol>
        </div>
      </div>
    `;
  }
}

/** The names along one side; the chosen one stands out. */
const labels = (/** @type {string} */ axis, /** @type {string[]} */ names, /** @type {number} */ chosen) =>
  html`<div class="matrix-names matrix-${axis}" aria-hidden="true">
    ${names.map((name, i) => html`<span title=${name} data-chosen=${i === chosen}>${shortenedName(name, MOST_CHARACTERS)}</span>`)}
  </div>`;

/** A square of the correlation's size; a falling one stands on its corner, so that color is not all that tells. */
function square(
  /** @type {number} */ value,
  /** @type {number} */ row,
  /** @type {number} */ column,
  /** @type {boolean} */ isChosen,
) {
  const size = Number.isFinite(value) ? 0.9 * Math.sqrt(Math.min(Math.abs(value), 1)) : 0;
  const half = value < 0 ? size / Math.SQRT2 / 1.2 : size / 2;
  const [x, y] = [column + 0.5, row + 0.5];
  const shape =
    value < 0
      ? svg`<path class="falls" d="M${x} ${y - half * 1.2}L${x + half * 1.2} ${y}L${x} ${y + half * 1.2}L${x - half * 1.2} ${y}Z" />`
      : svg`<rect class="rises" x=${x - half} y=${y - half} width=${2 * half} height=${2 * half} />`;
  return svg`<g data-at="${row} ${column}" data-chosen=${isChosen}><rect class="ground" x=${column} y=${row} width="1" height="1" />${shape}</g>`;
}
