// @ts-check
/** What lies in the fold of the Data panel where points are made: what they are, how many, and what the net is shown of them. */
import { html, nothing } from "lit";
import { featuresOf, inputLabel, sourceOf } from "../../settings/sources.js";
import { fieldsOf } from "../../ui/field.js";
import { Within } from "../../ui/within.js";
import { t } from "../../base/text.js";

export class PointsMore extends Within {
  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, problems, about }) {
    return [settings, problems, about];
  }

  render() {
    const { settings, about } = this.state;
    if (!settings.features) return nothing; // a table has come, and takes the place of all this
    const source = sourceOf(settings.source);
    return html`
      <p class="note">${source.about ?? about[source.name] ?? nothing}</p>
      ${fieldsOf(this, ["samples", "imbalance", "scale"])}
      <fieldset class="features">
        <legend data-about="features">${t("data.features")}</legend>
        ${featuresOf(source).map((name) => this.#feature(name, settings.features))}
      </fieldset>
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
