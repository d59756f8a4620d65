// @ts-check
/** The rows as dots: any two columns against each other, or the two directions in which all of them spread most. */
import { html, nothing } from "lit";
import { drawPoints } from "../../ui/charts/points.js";
import { colorRange, linear, rangeOf } from "../../ui/charts/scale.js";
import { drawTicks } from "../../ui/charts/ticks.js";
import { isLocked } from "../../base/padlock.js";
import { scatterOf, shareWords } from "../../session/scatter.js";
import { formatDay, formatValue } from "../../base/columnFormat.js";
import { markOf } from "../../session/statusText.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { columnOptions } from "../../ui/columnOptions.js";
import { withTableStore } from "./inspectorPart.js";
import { select } from "../../ui/select.js";
import { parts, t } from "../../base/text.js";

export class ScatterPlot extends withTableStore(CanvasPanel) {
  static properties = { ...CanvasPanel.properties, inspector: { attribute: false }, isOpen: { state: true } };

  constructor() {
    super();
    this.isOpen = false;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ table, lock, settings }) {
    return [table.description, isLocked({ lock }), settings.features];
  }

  /** @param {import("./tableInspector.js").InspectorState} state */
  picksOfTable({ plot, scatter, components }) {
    return [plot, scatter, components];
  }

  updated() {
    super.updated();
    if (!this.isOpen) return;
    void this.inspector.fillPlot();
    if (this.theme) this.draw();
  }

  render() {
    const { description } = this.table;
    return html`
      <details class="scatter" @toggle=${(/** @type {EventOn<HTMLDetailsElement>} */ event) => (this.isOpen = event.currentTarget.open)}>
        <summary>${t("data.scatterTwoColumnsAgainst")}</summary>
        ${this.isOpen && description ? this.#body(description) : nothing}
      </details>
    `;
  }

  /** @param {import("../../session/tables.js").TableDescription} description */
  #body(description) {
    const { plot, components, problem } = this.inspector.store.get();
    const [x, y] = this.inspector.plotColumns;
    const names = description.columns.map(({ name }) => name);
    const isColumns = plot.kind === "columns";
    const kinds = [
      { value: "columns", label: t("data.twoColumns2") },
      { value: "components", label: t("data.principalComponents") },
    ];
    const column = (
      /** @type {string} */ name,
      /** @type {string} */ label,
      /** @type {string} */ value,
      /** @type {(column: string) => void} */ choose,
    ) => {
      const id = `${this.uid}-${name}`;
      return select({ id, label, choices: columnOptions(names, value), enter: choose });
    };
    return html`
      <div class="scatter-body">
        <div class="scatter-picture">
          <canvas class="scatter-canvas" role="img" aria-label=${this.#words()}></canvas>
        </div>
        <div class="scatter-side">
          ${select({ id: `${this.uid}-over`, label: t("data.dotsOver"), choices: kinds, value: plot.kind, enter: (kind) => this.inspector.plotKind(/** @type {"columns" | "components"} */ (kind)) })}
          ${
            isColumns
              ? html`
            ${column("across", t("data.columnAcross"), x, (name) => this.inspector.plotOver(name, y))}
            ${column("upward", t("data.columnUpward"), y, (name) => this.inspector.plotOver(x, name))}
          `
              : components && !("problem" in components)
                ? componentWords(components)
                : nothing
          }
          ${this.#legend()}
          <p class="note" role="status">${this.#told()}</p>
          ${problem ? html`<p class="note" role="alert">${problem}</p>` : nothing}
        </div>
      </div>
    `;
  }

  /** What is drawn, once it is here. */
  get #shown() {
    const { plot, scatter, components } = this.inspector.store.get();
    const isHidden = isLocked(this.state);
    return scatterOf(
      plot.kind === "columns" ? scatter : null,
      plot.kind === "components" ? components : null,
      isHidden,
    );
  }

  #told() {
    const shown = this.#shown;
    const { plot, components } = this.inspector.store.get();
    if (plot.kind === "components" && components && "problem" in components) return components.problem;
    if (!shown) return t("data.looking");
    const { drawn, rows, hidden } = shown;
    return `${drawn < rows ? t("data.for", { drawn: t("count.dots", { count: drawn }), rows: t("count.rows", { count: rows }) }) : t("count.rows", { count: rows })}.${hidden ? t("data.testRowsUnderLock") : ""}`;
  }

  #legend() {
    const shown = this.#shown;
    const { target = "" } = this.table.description ?? {};
    if (!shown) return nothing;
    if (shown.classes.length) {
      return html`<ul class="scatter-legend" aria-label="${t("data.classes", { target })}">${shown.classes.map((name, i) => html`<li><span class="class-${i % 5}" aria-hidden="true">${markOf(i)}</span> ${name}</li>`)}</ul>`;
    }
    return html`<p class="legend"><span>${formatValue(shown.range[0])}</span><span class="ramp" aria-hidden="true"></span><span>${formatValue(shown.range[1])}</span></p><p class="note">${parts("data.colors", { target })}</p>`;
  }

  #words() {
    const { plot } = this.inspector.store.get();
    const [x, y] = this.inspector.plotColumns;
    const target = this.table.description?.target;
    return plot.kind === "columns"
      ? t("data.rowsDotsAcrossUpward", { x, y, target })
      : t("data.rowsDotsOverFirst", { target });
  }

  draw() {
    const canvas = /** @type {HTMLCanvasElement | null} */ (this.querySelector(".scatter-canvas"));
    if (!canvas || !this.theme) return;
    const shown = this.#shown;
    if (!shown) return;
    const { inputs, values, classes, range, kinds, names } = shown;
    const scaled = classes.length ? values : values.map(linear(colorRange(range), [-1, 1]));
    const view = [0, 1].map((axis) =>
      rangeOf(
        inputs.filter((_, i) => i % 2 === axis),
        0.06,
      ),
    );
    drawPoints(canvas, { inputs, values: scaled, isClasses: classes.length > 0 }, view, this.theme, {
      radius: shown.drawn > 600 ? 2.4 : 3.2,
    });
    const write = [0, 1].map(
      (axis) => (/** @type {number} */ value) =>
        kinds[axis] === "category"
          ? (names[axis][value] ?? "")
          : kinds[axis] === "date"
            ? formatDay(value)
            : formatValue(value),
    );
    drawTicks(
      canvas,
      view,
      write,
      kinds.map((kind) => kind === "category"),
      this.theme,
    );
  }
}

/** How much of all spread each axis shows, and what it is mostly made of. */
const componentWords = (/** @type {import("../../session/scatter.js").Components} */ components) => html`
  <dl class="component-words">
    ${[t("data.firstAcross"), t("data.secondUpward")].map((title, i) => html`<div><dt>${title}</dt><dd>${shareWords(components, i)}</dd></div>`)}
  </dl>
`;
