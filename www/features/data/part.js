// @ts-check
/** The Data step: rows of one's own or real ones, what is learned from which, the table, the doctor, the report. Loaded when it is opened. */
import { html, nothing } from "lit";
import { TableInspector } from "./tableInspector.js";
import { counted } from "../../base/format.js";
import { defineAll } from "../../ui/defineAll.js";
import { Panel } from "../../ui/panel.js";
import { BringRows } from "./bringRows.js";
import { ColumnCard } from "./columnCard.js";
import { Correlations } from "./correlations.js";
import { DerivedFeatures } from "./derived.js";
import { Doctor } from "./doctor.js";
import { ReadingBar } from "./readingBar.js";
import { CleaningSteps } from "./cleaningSteps.js";
import { Roles } from "./roles.js";
import { ScatterPlot } from "./scatter.js";
import { Sheet } from "./sheet.js";
import { SplitBar } from "./splitBar.js";
import { Twins } from "../corruption/view.js";

export class DataStep extends Panel {
  /** @type {TableInspector} */
  /** @type {import("./tableInspector.js").TableInspector} set before it is drawn */
  desk = /** @type {never} */ (undefined);

  connectedCallback() {
    super.connectedCallback();
    this.desk ??= new TableInspector(this.playground);
    this.atEnd(this.desk.open());
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ table, settings }) {
    return [table.phase, table.title, table.description, settings.source];
  }

  render() {
    const { playground, desk } = this;
    const { table, settings } = this.state;
    // The table of another data set than the chosen one is out of sight: what is done to it would be done to nothing.
    const isChosen = table.phase === "ready" && table.source === settings.source;
    return html`
      <ty-bring-rows .playground=${playground}></ty-bring-rows>
      ${isChosen && table.description ? this.#table(table, table.description, desk) : nothing}
      <ty-twins .playground=${playground}></ty-twins>
    `;
  }

  /** @param {import("../../session/tables.js").TableState} table @param {import("../../session/tables.js").TableDescription} description @param {TableInspector} desk */
  #table(table, description, desk) {
    const { playground } = this;
    return html`
      <section class="rows" aria-label="The table">
        <div class="rows-head">
          <h3>${table.title}</h3>
          <p class="note">${counted(description.rows, "row")}, ${counted(description.columns.length, "column")}</p>
        </div>
        <ty-reading-bar .playground=${playground} .desk=${desk}></ty-reading-bar>
        ${description.notes.length ? html`<ul class="reader-notes" aria-label="What the reader put right">${description.notes.map((note) => html`<li>${note.line ? `Line ${note.line}: ` : ""}${note.sentence}</li>`)}</ul>` : nothing}
        <div class="rows-roles">
          <ty-roles .playground=${playground} .desk=${desk}></ty-roles>
          <ty-split-bar .playground=${playground}></ty-split-bar>
        </div>
        <div class="rows-body">
          <ty-sheet .playground=${playground} .desk=${desk}></ty-sheet>
          <ty-column-card .playground=${playground} .desk=${desk}></ty-column-card>
        </div>
      </section>
      <ty-derived-features .playground=${playground} .desk=${desk}></ty-derived-features>
      <div class="rows-care">
        <ty-doctor role="region" aria-label="Data doctor" .playground=${playground} .desk=${desk}></ty-doctor>
        <ty-cleaning-steps role="region" aria-label="Report" .playground=${playground} .desk=${desk}></ty-cleaning-steps>
      </div>
      <ty-scatter-plot .playground=${playground} .desk=${desk}></ty-scatter-plot>
      <ty-correlations .playground=${playground} .desk=${desk}></ty-correlations>
    `;
  }
}

const VIEWS = {
  "ty-bring-rows": BringRows,
  "ty-column-card": ColumnCard,
  "ty-correlations": Correlations,
  "ty-data-step": DataStep,
  "ty-derived-features": DerivedFeatures,
  "ty-doctor": Doctor,
  "ty-reading-bar": ReadingBar,
  "ty-cleaning-steps": CleaningSteps,
  "ty-roles": Roles,
  "ty-scatter-plot": ScatterPlot,
  "ty-sheet": Sheet,
  "ty-split-bar": SplitBar,
  "ty-twins": Twins,
};

export const define = (registry = customElements) => defineAll(VIEWS, registry);
