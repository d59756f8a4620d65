// @ts-check
/** Residuals of a number: against the prediction or any column, and how they are spread; loaded when they are asked for. */
import { html, nothing, svg } from "lit";
import { formatRaw, formatValue } from "../../base/columnFormat.js";
import { formatCount, shortenedName } from "../../base/format.js";
import { kindOf } from "../../base/inputSection.js";
import { rowsOf } from "../../base/sample.js";
import { valuesOf } from "../../base/valuesOf.js";
import { Inquiry } from "../../session/inquiry.js";
import { turnLock } from "../../session/locks.js";
import { scoringOf } from "../../session/scoring.js";
import { axes } from "../../ui/charts/axes.js";
import { linear, rangeOf } from "../../ui/charts/scale.js";
import { columnOptions } from "../../ui/columnOptions.js";
import { RowsPanel } from "../../ui/rowsPanel.js";
import { dotsOf, nearestDot, residualWords } from "./model.js";
import { select } from "../../ui/select.js";
import { t } from "../../base/text.js";

export function define(registry = customElements) {
  if (!registry.get("ty-residuals")) registry.define("ty-residuals", ResidualsPanel);
}

/** So much of the picture is for the bars. */
const BARS_SHARE = 0.2;

/** A picture wider than that has room for the target's name on both axes, of so many letters. */
const WIDE = 450;
const MOST_LETTERS = 24;

/** Rows in the table beside the picture: those with the largest residuals. */
const TABLE_ROWS = 10;

/** @typedef {import("./model.js").Dot} Dot */
/** @typedef {import("./worker.js").Residuals} Residuals */

export class ResidualsPanel extends RowsPanel {
  static properties = {
    ...RowsPanel.properties,
    column: { state: true },
    looked: { state: true },
    found: { state: true },
  };

  scoringOf = scoringOf;
  unlock = () => turnLock(this.playground.store);
  #inquiry = new Inquiry(() => this.#ask());
  /** Of each dot, in pixels. @type {{x: number, y: number}[]} */
  #places = [];

  constructor() {
    super();
    /** What lies across: a column's name; null for the prediction. @type {string | null} */
    this.column = null;
    /** The row of the points that is looked at. @type {number | null} */
    this.looked = null;
    /** @type {({part: number, drawn: number[], points: import("../../session/protocol.js").Points} & Residuals) | null} */
    this.found = null;
  }

  /** @param {string} task */
  lacksTask(task) {
    return task === "regression" ? "" : t("residuals.targetClass");
  }

  get picture() {
    return /** @type {SVGSVGElement | null} */ (this.querySelector(".rows-plot"));
  }

  connectedCallback() {
    super.connectedCallback();
    // With the scores: as often, and only where they may be told.
    this.atEnd(this.scoring.store.subscribe(() => void this.#inquiry.now()));
    this.atEnd(() => this.#inquiry.stop());
  }

  seen() {
    void this.#inquiry.now(); // the scores may be there already
  }

  /** How far values lie from what is predicted. @param {import("../../session/scoring.js").Answer} answer */
  async reported({ of, part }) {
    if (of.task !== "regression") return null;
    const title = t("app.residuals");
    try {
      const found = await this.playground.ask("residuals", { part, inputs: new Float64Array() });
      return found && { title, words: [residualWords(found, formatValue)] };
    } catch (error) {
      return { title, words: [/** @type {Error} */ (error).message] };
    }
  }

  async #ask() {
    const { description, points } = this.state;
    const { scoring } = this;
    const { part, answer } = scoring;
    if (!this.isSeen || !answer || description?.task !== "regression" || !points || scoring.isLocked) return;
    const rows = rowsOf(points.part, part);
    const inputs = valuesOf(points, rows, points.inputs.length / points.targets.length);
    const found = await this.playground.ask("residuals", { part, inputs });
    if (this.state.points === points && scoring.part === part)
      this.found = found && { part, drawn: rows, points, ...found };
  }

  /** @param {import("../../session/scoring.js").Answer} answer */
  body({ scores }) {
    const { found } = this;
    const { description, points } = this.state;
    if (scores.task !== "regression" || !description || !points) return nothing;
    if (!found || found.part !== this.scoring.part || found.points !== points)
      return html`<p class="note" role="status" data-loading>${t("ui.loading")}</p>`;
    const column = this.column === null ? -1 : description.columns.indexOf(this.column);
    const dots = dotsOf(points, found.drawn, found.outputs, column);
    const words = residualWords(found, formatValue);
    const choose = (/** @type {string} */ _, /** @type {HTMLSelectElement} */ { selectedIndex }) => {
      this.column = selectedIndex ? description.columns[selectedIndex - 1] : null;
    };
    const prediction = t("residuals.prediction");
    return html`
      ${select({
        id: `${this.uid}-column`,
        label: t("residuals.against"),
        as: "residuals-against",
        choices: columnOptions(
          [prediction, ...description.columns],
          column < 0 ? prediction : description.columns[column],
        ),
        enter: choose,
      })}
      <p class="residuals-words">${words}</p>
      <div class="residuals-plot" tabindex="0" role="group" aria-label="${t("residuals.rowsWithArrowKeys")}" @keydown=${(/** @type {KeyboardEvent} */ event) => this.#key(event, dots)}
        @pointermove=${(/** @type {PointerEvent} */ event) => this.#point(event, dots)} @pointerleave=${() => (this.looked = null)}>
        <svg class="rows-plot" role="img" aria-label="${t("residuals.actualMinusPredicted")} ${words}">${this.#picture(found, dots, column)}</svg>
      </div>
      <p class="note residuals-row" role="status">${this.#rowWords(dots, column)}</p>
      ${dots.length < found.rows ? html`<p class="note">${t("residuals.someRowsDrawn", { drawn: formatCount(dots.length), rows: t("count.rows", { count: found.rows }) })}</p>` : nothing}
      ${this.#table(dots)}
    `;
  }

  /** @param {Residuals} found @param {Dot[]} dots @param {number} column */
  #picture(found, dots, column) {
    const { description, points } = this.state;
    if (!description || !points) return nothing;
    const { width, height, unit } = this.size;
    const left = { width: width * (1 - BARS_SHARE), height, unit };
    const isName = column >= 0 && kindOf(description, column) === "category";
    // From what is true alone where predictions lie across, so that the picture stands still while the model learns.
    const across = column < 0 ? points.targets : dots.map(({ x }) => x);
    // A target's name holds its unit.
    const unitWords = description.target ? ` · ${shortenedName(description.target, MOST_LETTERS)}` : "";
    const { x, y, box, drawn } = axes(
      left,
      {
        range: rangeOf(across, 0.06),
        name: column < 0 ? t("residuals.prediction") + unitWords : description.columns[column],
        write: (value) =>
          column < 0
            ? formatValue(value)
            : isName && !Number.isInteger(value)
              ? ""
              : formatRaw(description, column, value),
      },
      {
        range: found.range,
        name: t("residuals.residual") + (left.width > WIDE * unit ? unitWords : ""),
        write: formatValue,
      },
    );
    const within = (/** @type {number} */ place, /** @type {number} */ low, /** @type {number} */ high) =>
      Math.min(Math.max(place, low), high);
    this.#places = dots.map((dot) => ({
      x: within(x(dot.x), box.left, box.right),
      y: within(y(dot.residual), box.top, box.bottom),
    }));
    const size = (dots.length > 400 ? 2.2 : 3.2) * unit;
    let [low, high] = ["", ""];
    this.#places.forEach(({ x: px, y: py }, i) => {
      if (dots[i].residual >= 0) low += `M${px.toFixed(1)} ${py.toFixed(1)}h0`;
      else high += `M${px.toFixed(1)} ${(py - 1.2 * size).toFixed(1)}l${1.2 * size} ${2.2 * size}h${-2.4 * size}z`;
    });
    const place = this.#places[dots.findIndex(({ row }) => row === this.looked)];
    return svg`${drawn}
      <path class="residual-low" d=${low} stroke-width=${2 * size} />
      <path class="residual-high" d=${high} />
      <line class="zero-line" x1=${box.left} x2=${width - 4 * unit} y1=${y(0)} y2=${y(0)} />
      ${this.#bars(found, y, { left: left.width + 4 * unit, right: width - 4 * unit })}
      ${place ? svg`<circle class="residual-looked" cx=${place.x} cy=${place.y} r=${7 * unit} />` : nothing}`;
  }

  /** @param {Residuals} found @param {(value: number) => number} y @param {{left: number, right: number}} reach */
  #bars({ counts, range: [low, high] }, y, { left, right }) {
    const wide = linear([0, Math.max(1, ...counts)], [0, right - left]);
    const step = (high - low) / counts.length;
    const name = svg`<text class="tick axis-name" x=${right} y=${10 * this.size.unit} text-anchor="end">${t("residuals.histogram")}</text>`;
    const bars = counts.map((count, i) => {
      const [bottom, top] = [y(low + i * step), y(low + (i + 1) * step)];
      return svg`<rect class="residual-bar" x=${left} y=${top + 0.5} width=${wide(count)} height=${Math.max(bottom - top - 1, 0.5)} />`;
    });
    return [name, bars];
  }

  #point(/** @type {PointerEvent} */ event, /** @type {Dot[]} */ dots) {
    const box = this.picture?.getBoundingClientRect();
    if (!box) return;
    const nearest = nearestDot(this.#places, { x: event.clientX - box.left, y: event.clientY - box.top });
    this.looked = dots[nearest]?.row ?? null;
  }

  #key(/** @type {KeyboardEvent} */ event, /** @type {Dot[]} */ dots) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by || !dots.length) return;
    event.preventDefault();
    const at = dots.findIndex(({ row }) => row === this.looked);
    this.looked = dots[at < 0 ? 0 : Math.min(Math.max(at + by, 0), dots.length - 1)].row;
  }

  #numberOf(/** @type {number} */ row) {
    const { points } = this.state;
    return formatCount((points?.tableRows?.[row] ?? points?.rows?.[row] ?? row) + 1);
  }

  /** @param {Dot[]} dots @param {number} column */
  #rowWords(dots, column) {
    const { description } = this.state;
    const dot = dots.find(({ row }) => row === this.looked);
    if (!dot || !description) return t("residuals.pointAtDot");
    const { predicted, actual, residual, x } = dot;
    const across = column < 0 ? "" : ` ${description.columns[column]}: ${formatRaw(description, column, x)}.`;
    return `${t("residuals.rowIs", {
      row: this.#numberOf(dot.row),
      actual: formatValue(actual),
      predicted: formatValue(predicted),
      residual: formatValue(residual),
    })}${across}`;
  }

  /** The rows that are furthest off. */
  #table(/** @type {Dot[]} */ dots) {
    const worst = [...dots].sort((a, b) => Math.abs(b.residual) - Math.abs(a.residual)).slice(0, TABLE_ROWS);
    return html`
      <details class="as-table">
        <summary>${t("residuals.largestAsTable")}</summary>
        <div class="rows-scroll" tabindex="0" role="group" aria-label="${t("residuals.largestAsTable")}">
          <table>
            <thead><tr>${[t("residuals.row"), t("residuals.actual"), t("residuals.predicted"), t("residuals.residual")].map((words) => html`<th scope="col">${words}</th>`)}</tr></thead>
            <tbody>${worst.map(({ row, actual, predicted, residual }) => html`<tr><td>${this.#numberOf(row)}</td><td>${formatValue(actual)}</td><td>${formatValue(predicted)}</td><td>${formatValue(residual)}</td></tr>`)}</tbody>
          </table>
        </div>
      </details>
    `;
  }
}
