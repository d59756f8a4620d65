// @ts-check
/** One column: how its values lie, class by class, and what they are in numbers. */
import { html, nothing } from "lit";
import { bars, highest, histogramBox, together } from "../../ui/charts/histogram.js";
import { formatCount } from "../../base/format.js";
import { KIND_WORDS, writerOf } from "../../base/columnFormat.js";
import { InspectorPart } from "./inspectorPart.js";
import { parts, t } from "../../base/text.js";

/** More classes, or more categories, than these share one row. */
const MOST_CLASSES = 8;
const MOST_NAMES = 10;

export class ColumnCard extends InspectorPart {
  /** @param {import("../../session/playground.js").State} state */
  picks({ table }) {
    return [table.description];
  }

  /** @param {import("./tableInspector.js").InspectorState} state */
  picksOfTable({ column, histogram }) {
    return [column, histogram];
  }

  render() {
    const { description } = this.table;
    const { column: name, histogram } = this.inspector.store.get();
    const column = description?.columns.find((one) => one.name === name);
    if (!description || !column) return;
    const isTarget = column.name === description.target;
    return html`
      <section class="column-card" aria-label="${t("data.column", { name: column.name })}">
        <h4>${column.name}</h4>
        <p class="note">${KIND_WORDS[column.kind]}${isTarget ? t("data.target") : ""}${column.missing ? html`, <span class="gap-word">${t("count.gaps", { count: column.missing })}</span>` : ""}</p>
        ${column.kind === "ignore" ? html`<p class="note">${whyLeftOut(column)}</p>` : histogram ? this.#picture(column, histogram) : html`<p class="histogram-room"></p>`}
        ${this.#figures(column)}
        ${isTarget ? nothing : html`<button type="button" class="button" @click=${() => this.inspector.setTarget(column.name)}>${t("data.makeTarget")}</button>`}
      </section>
    `;
  }

  /** @param {import("../../session/tables.js").Column} column @param {import("../../session/tables.js").Histogram} histogram */
  #picture(column, histogram) {
    return column.categories.length ? byName(column) : this.#overAxis(column, histogram);
  }

  /** @param {import("../../session/tables.js").Column} column @param {import("../../session/tables.js").Histogram} histogram */
  #overAxis(column, { edges, byClass }) {
    const all = together(byClass);
    const isSplit = byClass.length > 1 && byClass.length <= MOST_CLASSES;
    const rows = isSplit ? byClass : [{ name: t("data.allRows"), counts: all }];
    const most = isSplit ? highest(...byClass.map(({ counts }) => counts)) : highest(all);
    const write = writerOf(column);
    const [low, high] = [write(edges[0]), write(edges[edges.length - 1])];
    return html`
      <div class="histogram" role="img" aria-label="${t("data.histogramFrom", { name: column.name, low, high, value: isSplit ? t("data.oneRowBarsEach", { byClass: byClass.length }) : "" })}">
        ${rows.map(
          ({ name, counts }) => html`
          <div class="histogram-row" aria-hidden="true">
            ${isSplit ? html`<span class="histogram-name" title=${name}>${name}</span>` : nothing}
            <svg viewBox=${histogramBox(counts.length)} preserveAspectRatio="none">
              ${
                isSplit
                  ? bars(
                      all.map((count) => (count * most) / highest(all)),
                      most,
                      "bar-all",
                    )
                  : nothing
              }${bars(counts, most, "bar")}
            </svg>
          </div>
        `,
        )}
        <p class="histogram-axis" aria-hidden="true"><span>${low}</span><span>${high}</span></p>
      </div>
    `;
  }

  /** @param {import("../../session/tables.js").Column} column */
  #figures(column) {
    const { kind, distinct, min, max, mean, median } = column;
    const write = writerOf(column);
    const figure = (/** @type {string} */ label, /** @type {string} */ value) =>
      html`<div><dt>${label}</dt><dd>${value}</dd></div>`;
    return html`
      <dl class="column-figures">
        ${figure(t("data.distinct"), formatCount(distinct))}
        ${min === null || max === null ? nothing : html`${figure(t("data.least"), write(min))}${figure(t("data.most"), write(max))}`}
        ${mean === null || kind === "date" ? nothing : figure(t("data.mean"), write(mean))}
        ${median === null ? nothing : figure(t("data.median"), write(median))}
      </dl>
    `;
  }
}

/** A bar for each of the most frequent names. @param {import("../../session/tables.js").Column} column */
function byName({ categories, distinct }) {
  const shown = categories.slice(0, MOST_NAMES);
  const most = Math.max(...shown.map(({ count }) => count), 1);
  return html`
    <ul class="name-bars">
      ${shown.map(
        ({ name, count }) => html`
        <li><span title=${name}>${name}</span><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="bar" width=${(100 * count) / most} height="10"></rect></svg><b>${formatCount(count)}</b></li>
      `,
      )}
      ${distinct > shown.length ? html`<li class="note">${parts("data.more", { distinct: formatCount(distinct - shown.length) })}</li>` : nothing}
    </ul>
  `;
}

function whyLeftOut(/** @type {import("../../session/tables.js").Column} */ { inferred, distinct }) {
  if (inferred !== "ignore") return t("data.leftOutYouChose");
  return distinct <= 1 ? t("data.holdsOneValueThroughout") : t("data.nearlyEveryRowHas");
}
