// @ts-check
/** The Data step: rows of one's own or real ones, what is learned from which, the table, the doctor, the report. Loaded when it is opened. */
import { html, nothing } from "lit";
import { TableInspector } from "./tableInspector.js";
import { defineAll } from "../../ui/defineAll.js";
import { Panel } from "../../ui/panel.js";
import { BringRows } from "./bringRows.js";
import { ColumnCard } from "./columnCard.js";
import { Correlations } from "./correlations.js";
import { ImageStrip } from "./imageStrip.js";
import { DerivedFeatures } from "./derived.js";
import { Doctor } from "./doctor.js";
import { ReadingBar } from "./readingBar.js";
import { CleaningSteps } from "./cleaningSteps.js";
import { Roles } from "./roles.js";
import { ScatterPlot } from "./scatter.js";
import { Sheet } from "./sheet.js";
import { SplitBar } from "./splitBar.js";
import { CorruptionPanel } from "../corruption/view.js";
import { IMAGE_SETS } from "../../data/imageSets.js";
import { SETS } from "../../data/sets.js";
import { SOUND_SETS } from "../../data/soundSets.js";
import { isOfSounds } from "../../settings/pictureNames.js";
import { t } from "../../base/text.js";

const AUGMENT = "ty-image-augment";

export class DataStep extends Panel {
  /** @type {TableInspector} */
  /** @type {import("./tableInspector.js").TableInspector} set before it is drawn */
  inspector = /** @type {never} */ (undefined);

  connectedCallback() {
    super.connectedCallback();
    this.inspector ??= new TableInspector(this.playground);
    this.atEnd(this.inspector.open());
    // It comes with the first run on pictures.
    void customElements.whenDefined(AUGMENT).then(() => this.requestUpdate());
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ table, settings }) {
    return [table.phase, table.title, table.description, settings.source];
  }

  render() {
    const { playground, inspector } = this;
    const { table, settings } = this.state;
    // The table of another data set than the chosen one is out of sight: what is done to it would be done to nothing. Of
    // pictures there is none.
    const isReady = table.phase === "ready" && table.source === settings.source;
    const isOfImages = Boolean(table.description?.image);
    const isChosen = isReady && !isOfImages;
    return html`
      <ty-bring-rows .playground=${playground}></ty-bring-rows>
      ${isChosen && table.description ? this.#table(table, table.description, inspector) : nothing}
      ${isReady && isOfImages && !isOfSounds(settings.source) && customElements.get(AUGMENT) ? html`<ty-image-augment .playground=${playground}></ty-image-augment>` : nothing}
      <ty-corruption .playground=${playground}></ty-corruption>
    `;
  }

  /** @param {import("../../session/tables.js").TableState} table @param {import("../../session/tables.js").TableDescription} description @param {TableInspector} inspector */
  #table(table, description, inspector) {
    const { playground } = this;
    return html`
      <section class="rows" aria-label="${t("data.table")}">
        <div class="rows-head">
          <h3 tabindex="-1">${table.title}</h3>
          <p class="note">${t("count.rows", { count: description.rows })}, ${t("count.columns", { count: description.columns.length })}</p>
        </div>
        <ty-reading-bar .playground=${playground} .inspector=${inspector}></ty-reading-bar>
        ${description.notes.length ? html`<ul class="reader-notes" aria-label="${t("data.whatReaderPutRight")}">${description.notes.map((note) => html`<li>${note.line ? t("data.line", { line: note.line }) : ""}${note.sentence}</li>`)}</ul>` : nothing}
        <div class="rows-roles">
          <ty-roles .playground=${playground} .inspector=${inspector}></ty-roles>
          <ty-split-bar .playground=${playground}></ty-split-bar>
        </div>
        <div class="rows-body">
          <ty-sheet .playground=${playground} .inspector=${inspector}></ty-sheet>
          <ty-column-card .playground=${playground} .inspector=${inspector}></ty-column-card>
        </div>
      </section>
      <ty-derived-features .playground=${playground} .inspector=${inspector}></ty-derived-features>
      <div class="rows-care">
        <ty-doctor role="region" aria-label="${t("data.dataDoctor")}" .playground=${playground} .inspector=${inspector}></ty-doctor>
        <ty-cleaning-steps role="region" aria-label="${t("data.report")}" .playground=${playground} .inspector=${inspector}></ty-cleaning-steps>
      </div>
      <ty-scatter-plot .playground=${playground} .inspector=${inspector}></ty-scatter-plot>
      <ty-correlations .playground=${playground} .inspector=${inspector}></ty-correlations>
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
  "ty-image-strip": ImageStrip,
  "ty-reading-bar": ReadingBar,
  "ty-cleaning-steps": CleaningSteps,
  "ty-roles": Roles,
  "ty-scatter-plot": ScatterPlot,
  "ty-sheet": Sheet,
  "ty-split-bar": SplitBar,
  "ty-corruption": CorruptionPanel,
};

/** A set that is built in, by the name of its source; null for any other. */
export const setNamed = (/** @type {string} */ source) =>
  [...SETS, ...IMAGE_SETS, ...SOUND_SETS].find(({ name }) => name === source) ?? null;

export const define = (registry = customElements) => defineAll(VIEWS, registry);
