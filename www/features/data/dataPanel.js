// @ts-check
/** Data: what there is to learn, how much of it, and what the net is shown of it. */
import { html, nothing } from "lit";
import { applies, settingOf } from "../../settings/config.js";
import { OWN, REAL, featuresOf, inputLabel, sourceOf } from "../../settings/sources.js";
import { isTable } from "../../settings/tableNames.js";
import { splitWords } from "../../session/statusText.js";
import { field, options } from "../../ui/field.js";
import { Panel } from "../../ui/panel.js";
import { t } from "../../base/text.js";

export class DataPanel extends Panel {
  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, problems, description, points, table, about }) {
    return [settings, problems, description, points, table.phase, about];
  }

  render() {
    const { settings } = this.state;
    const { source } = settings;
    const sets = [
      { value: "", label: t("data.realData2") },
      ...REAL.map(({ name, label }) => ({ value: name, label })),
    ];
    const choose = (/** @type {EventOn<HTMLSelectElement>} */ event) =>
      event.currentTarget.value && this.playground.set("source", event.currentTarget.value);
    return html`
      <h2 tabindex="-1">${t("data.data")}</h2>
      <ty-source-picker .playground=${this.playground}></ty-source-picker>
      <select class="real" aria-label="${t("data.realData")}" data-chosen=${isTable(source) && source !== OWN.name} @change=${choose}>${options(sets, isTable(source) ? source : "")}</select>
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
    const { settings, description, points, about } = this.state;
    const source = sourceOf(settings.source);
    const rows = points && description?.rows;
    const fields = (/** @type {string[]} */ keys) =>
      html`<div class="fields">${keys.filter((key) => applies(settingOf(key), settings)).map((key) => field(this, key))}</div>`;
    return html`
      ${fields(["noise", "trainingShare"])}
      <p class="note">${rows ? `${splitWords(rows)}.` : "\u00a0"}</p>
      <details class="fold">
        <summary>${t("data.morePoints", {
          points: t("count.points", { count: rows ? rows.train + rows.validation + rows.test : settings.samples }),
          features: t("count.features", { count: settings.features.length }),
        })}</summary>
        <div class="details">
          <p class="note">${source.about ?? about[source.name] ?? nothing}</p>
          ${fields(["samples", "imbalance", "scale"])}
          <fieldset class="features">
            <legend data-about="features">${t("data.features")}</legend>
            ${featuresOf(source).map((name) => this.#feature(name, settings.features))}
          </fieldset>
        </div>
      </details>
    `;
  }

  #feature(/** @type {string} */ name, /** @type {string[]} */ chosen) {
    const isChosen = chosen.includes(name);
    // The last one can't be taken away: a net has to see something.
    const isLast = isChosen && chosen.length === 1;
    const toggle = (/** @type {EventOn<HTMLInputElement>} */ event) => {
      this.playground.toggleFeature(name);
      event.currentTarget.checked = this.state.settings.features.includes(name);
    };
    return html`
      <label class="toggle">
        <input type="checkbox" .checked=${isChosen} ?disabled=${isLast} @change=${toggle} />
        <span>${inputLabel(name)}</span>
      </label>
    `;
  }
}
