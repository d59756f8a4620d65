// @ts-check
/** One chart with its title, legend and exports, and a cross-hair that the mouse moves, or the arrow keys. */
import { html, nothing } from "lit";
import { css } from "../../ui/charts/color.js";
import { createPlot, isWide, nearest, valueAt } from "../../ui/charts/plot.js";
import { formatCount, formatRate } from "../../base/format.js";
import { csvOf, guarded } from "./series.js";
import { Panel } from "../../ui/panel.js";
import { readTheme, watchTheme } from "../../ui/theme.js";
import { downloadPicture, downloadText } from "../../ui/download.js";
import { parts, t } from "../../base/text.js";

/**
 * @typedef {object} Line
 * @property {string} label
 * @property {string} [key]       what the legend says, where that is shorter
 * @property {ArrayLike<number>} x
 * @property {ArrayLike<number>} y
 * @property {(theme: import("../../ui/charts/color.js").Theme) => string} stroke
 * @property {string} swatch      the class of its sign in the legend
 * @property {number[]} [dash]
 */
export class ChartBox extends Panel {
  static properties = {
    ...Panel.properties,
    heading: { attribute: false },
    lines: { attribute: false },
    mark: { attribute: false },
    hasLog: { attribute: false },
    range: { attribute: false },
    file: { attribute: false },
    write: { attribute: false },
    log: { state: true },
    guards: { state: true },
  };

  /** @type {ReturnType<typeof createPlot> | null} */
  #plot = null;
  /** @type {import("../../ui/charts/color.js").Theme | null} */
  #theme = null;

  constructor() {
    super();
    this.heading = "";
    /** @type {Line[]} */
    this.lines = [];
    /** @type {number | null} */
    this.mark = null;
    this.hasLog = false;
    /** @type {[number, number] | undefined} */
    this.range = undefined;
    this.file = "";
    /** @type {(value: number | undefined) => string} */
    this.write = formatRate;
    /** What the reader chose; else what there is decides. @type {boolean | null} */
    this.log = null;
    /** Whether names that look like formulas are made harmless in a file. */
    this.guards = true;
  }

  connectedCallback() {
    super.connectedCallback();
    this.atEnd(watchTheme(() => this.requestUpdate()));
  }

  render() {
    const { mark } = this;
    const values = this.lines.map((line) => (mark === null ? undefined : valueAt(line, mark)));
    const last = this.#axis.at(-1) ?? 0;
    const said =
      mark === null
        ? t("runs.noEpochChosen")
        : t("runs.epoch", {
            mark: formatCount(mark),
            lines: this.lines.map(({ label }, i) => `${label} ${this.write(values[i])}`).join(", "),
          });
    return html`
      <div class="box-head">
        <h3>${this.heading}</h3>
        ${this.hasLog ? html`<button type="button" class="small-button" aria-pressed=${this.#isLog} aria-label="${t("runs.logScale", { heading: this.heading })}" @click=${() => (this.log = !this.#isLog)}>${t("runs.log")}</button>` : nothing}
        <button type="button" class="small-button" aria-label="${t("runs.png", { heading: this.heading })}" @click=${this.#png}>PNG</button>
        <button type="button" class="small-button" aria-label="${t("runs.csv", { heading: this.heading })}" @click=${this.#csv}>CSV</button>
      </div>
      ${this.#guardChoice()}
      <p class="chart-legend" aria-hidden="true">
        <span>${mark === null ? t("runs.epoch2") : t("runs.epoch3", { mark: formatCount(mark) })}</span>
        ${this.lines.map((line, i) => html`<span class="key ${line.swatch}">${line.key ?? line.label} <b>${values[i] === undefined ? "" : this.write(values[i])}</b></span>`)}
      </p>
      <div class="plot" role="slider" tabindex="0" aria-label="${t("runs.crossHair", { heading: this.heading })}" aria-valuemin="0" aria-valuemax=${Math.round(last)}
        aria-valuenow=${Math.round(mark ?? 0)} aria-valuetext=${said} @keydown=${this.#key}></div>
    `;
  }

  /** A choice only where there is something to choose. */
  #guardChoice() {
    const formula = this.lines.find(({ label }) => guarded(label) !== label)?.label;
    if (formula === undefined) return nothing;
    const toggle = (/** @type {EventOn<HTMLInputElement>} */ { currentTarget }) =>
      (this.guards = currentTarget.checked);
    return html`<label class="note"><input type="checkbox" .checked=${this.guards} @change=${toggle} />
      ${parts("runs.spreadsheetMayRunFormula", { formula })}</label>`;
  }

  get #isLog() {
    return this.log ?? (this.hasLog && isWide(this.lines));
  }

  get #axis() {
    return Array.from(
      this.lines.reduce((most, { x }) => (x.length > most.length ? x : most), /** @type {ArrayLike<number>} */ ([])),
    );
  }

  updated() {
    super.updated();
    const root = /** @type {HTMLElement} */ (this.querySelector(".plot"));
    if (!this.#plot) {
      this.#plot = createPlot(root, (x) => this.#move(x));
      const observer = new ResizeObserver(() => this.#plot?.resize());
      observer.observe(root);
      this.atEnd(() => observer.disconnect());
    }
    const theme = readTheme(this, this.playground);
    if (theme !== this.#theme) this.#plot.setTheme((this.#theme = theme));
    const series = this.lines.map((line) => ({ ...line, stroke: line.stroke(theme) }));
    this.#plot.draw({
      series,
      log: this.#isLog,
      range: this.range,
      ...(this.mark === null ? {} : { mark: this.mark }),
    });
  }

  /** Charts that belong together move together: whoever holds them sets the mark. */
  #move(/** @type {number | null} */ x) {
    this.dispatchEvent(new CustomEvent("ty-mark", { detail: x, bubbles: true }));
  }

  #key(/** @type {KeyboardEvent} */ event) {
    const by = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowDown: -1,
      ArrowUp: 1,
      PageDown: -10,
      PageUp: 10,
      Home: -1e6,
      End: 1e6,
    }[event.key];
    if (event.key === "Escape") return this.#move(null);
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const axis = this.#axis;
    const place = this.mark === null ? (by > 0 ? -1 : axis.length) : nearest(axis, this.mark);
    if (axis.length) this.#move(axis[Math.max(0, Math.min(axis.length - 1, place + by))]);
  }

  #png() {
    if (this.#plot && this.#theme) downloadPicture(this.#plot.canvas, css(this.#theme.surface), `${this.file}.png`);
  }

  /** Lines of one axis share it; others bring their own. */
  #csv() {
    const axes = new Set(this.lines.map(({ x }) => x));
    const columns = this.lines.flatMap(({ label, x, y }, i) => {
      const own =
        axes.size > 1 || i === 0
          ? [{ label: axes.size > 1 ? t("runs.epoch4", { label }) : t("runs.wordEpoch"), values: x }]
          : [];
      return [...own, { label, values: y }];
    });
    downloadText(csvOf(columns, this.guards), `${this.file}.csv`);
  }
}
