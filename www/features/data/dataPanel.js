// @ts-check
/** Data: what there is to learn, how much of it, and what the net is shown of it. */
import { html, nothing } from "lit";
import { OWN, REAL } from "../../settings/sources.js";
import { isTable } from "../../settings/tableNames.js";
import { splitWords } from "../../session/statusText.js";
import { fieldsOf } from "../../ui/field.js";
import { Panel } from "../../ui/panel.js";
import { select } from "../../ui/select.js";
import { t } from "../../base/text.js";

export class DataPanel extends Panel {
  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, problems, description, points, table }) {
    return [settings, problems, description, points, table.phase];
  }

  render() {
    const { settings } = this.state;
    const { source } = settings;
    const sets = [
      { value: "", label: t("data.realData2") },
      ...REAL.map(({ name, label }) => ({ value: name, label })),
    ];
    return html`
      <h2 tabindex="-1">${t("data.data")}</h2>
      <ty-source-picker .playground=${this.playground}></ty-source-picker>
      <div class="real" data-chosen=${isTable(source) && source !== OWN.name}>${select({ name: t("data.realData"), choices: sets, value: isTable(source) ? source : "", enter: (name) => name && this.playground.set("source", name) })}</div>
      ${isTable(source) ? this.#table() : this.#toy()}
    `;
  }

  /** Its views come with what brings it. */
  #table() {
    return this.playground.tables
      ? html`<ty-table-facts class="details" .playground=${this.playground}></ty-table-facts>`
      : nothing;
  }

  #toy() {
    const { settings, description, points } = this.state;
    const rows = points && description?.rows;
    return html`
      ${fieldsOf(this, ["noise", "trainingShare"])}
      <p class="note">${rows ? `${splitWords(rows)}.` : "\u00a0"}</p>
      <details class="fold">
        <summary>${t("data.morePoints", {
          points: t("count.points", { count: rows ? rows.train + rows.validation + rows.test : settings.samples }),
          features: t("count.features", { count: settings.features.length }),
        })}</summary>
        <ty-points-more class="details"></ty-points-more>
      </details>
    `;
  }
}
