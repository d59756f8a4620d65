// @ts-check
/** Data: what there is to learn, how much of it, and what the net is shown of it. */
import { html, nothing } from "lit";
import { applies, settingOf } from "../../settings/config.js";
import { formatShare } from "../../base/format.js";
import { DRAWN, OWN, REAL, featuresOf, inputLabel, sourceOf } from "../../settings/sources.js";
import { isTable } from "../../settings/tableNames.js";
import { splitWords } from "../../session/statusText.js";
import { field, options } from "../../ui/field.js";
import { pencilIcon } from "../../ui/icons.js";
import { Panel } from "../../ui/panel.js";
import { t } from "../../base/text.js";

export class DataPanel extends Panel {
  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, problems, description, points, table, about }) {
    return [settings, problems, description, points, table.phase, about];
  }

  render() {
    return html`
      <h2 tabindex="-1">${t("data.data")}</h2>
      <ty-source-picker .playground=${this.playground}></ty-source-picker>
      ${this.isNarrow ? this.#folded() : html`${this.#real()}${this.#details()}`}
    `;
  }

  /** Real data, and one's own: what they are is told further down the page. */
  #real() {
    const { source } = this.state.settings;
    const open = () => this.dispatchEvent(new CustomEvent("ty-open-data", { bubbles: true }));
    const sets = [
      { value: "", label: t("data.realData2") },
      ...REAL.map(({ name, label }) => ({ value: name, label })),
    ];
    const choose = (/** @type {EventOn<HTMLSelectElement>} */ event) =>
      event.currentTarget.value && this.playground.set("source", event.currentTarget.value);
    return html`
      <div class="real">
        <select aria-label="${t("data.realData")}" data-chosen=${isTable(source) && source !== OWN.name} @change=${choose}>${options(sets, isTable(source) ? source : "")}</select>
        <button type="button" class="own" aria-label="${t("data.draw")}" title="${t("data.drawPointsYourOwn")}" aria-pressed=${source === DRAWN.name}
          @click=${() => this.playground.set("source", DRAWN.name)}>${pencilIcon}</button>
        <button type="button" class="own" aria-pressed=${source === OWN.name} @click=${open}>${t("data.yourOwn2")}</button>
      </div>
    `;
  }

  /** On a phone the picture has to be near: the details fold, and say how they stand. */
  #folded() {
    const { source, noise, trainingShare, batchSize } = this.state.settings;
    const features = this.state.settings.features ?? this.playground.featureChoices;
    const words = t("data.trainingBatchFeature", {
      value:
        isTable(source) || source === DRAWN.name
          ? `${sourceOf(source).label}: `
          : t("data.noise", { noise: formatShare(noise, 0) }),
      trainingShare: formatShare(trainingShare, 0),
      batchSize,
      features: t("count.features", { count: features.length }),
    });
    return html`<details class="fold"><summary>${words}</summary>${this.#real()}${this.#details()}</details>`;
  }

  #details() {
    // Its views come with what brings it.
    if (isTable(this.state.settings.source))
      return this.playground.tables
        ? html`<ty-table-facts class="details" .playground=${this.playground}></ty-table-facts>`
        : nothing;
    const { settings, description, points, about } = this.state;
    const source = sourceOf(settings.source);
    const rows = points && description?.rows;
    return html`
      <div class="details">
        ${this.isNarrow ? html`<p class="about">${source.about ?? about[source.name] ?? nothing}</p>` : nothing}
        <div class="fields">
          ${["noise", "trainingShare", "samples", "batchSize"].filter((key) => applies(settingOf(key), settings)).map((key) => field(this, key))}
        </div>
        <p class="note">${rows ? `${splitWords(rows)}.` : "\u00a0"}</p>
        <fieldset class="features">
          <legend data-about="features">${t("data.features")}</legend>
          ${featuresOf(source).map((name) => this.#feature(name, settings.features))}
        </fieldset>
        <div class="fields">
          ${field(this, "scale")}
          ${applies(settingOf("imbalance"), settings) ? field(this, "imbalance") : nothing}
        </div>
      </div>
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
