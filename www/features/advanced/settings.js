// @ts-check
/** The settings under a panel's "More", in sections. */
import { html, nothing } from "lit";
import { SETTINGS, applies } from "../../settings/config.js";
import { field } from "../../ui/field.js";
import { Panel } from "../../ui/panel.js";

export class MoreSettings extends Panel {
  static properties = { ...Panel.properties, fold: { attribute: false } };

  constructor() {
    super();
    /** @type {"model" | "training"} */
    this.fold = "model";
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, problems }) {
    return [settings, problems];
  }

  /** The sections stand in the order of the table's rows. */
  render() {
    const groups = [...new Set(this.#rows.map(({ group }) => group ?? ""))];
    return html`
      ${this.fold === "model" ? html`<ty-layer-cards .playground=${this.playground}></ty-layer-cards>` : html`<ty-step-figures .playground=${this.playground}></ty-step-figures>`}
      <div class="sections">${groups.map((group) => this.#section(group))}</div>
    `;
  }

  get #rows() {
    return SETTINGS.filter((row) => row.fold === this.fold);
  }

  #section(/** @type {string} */ group) {
    const { settings } = this.state;
    const shown = this.#rows.filter((row) => row.group === group && applies(row, settings));
    if (!shown.length) return nothing;
    const hasCurve =
      shown.some(({ key }) => key === "schedule") && (settings.schedule !== "constant" || settings.warmUp);
    return html`
      <fieldset>
        <legend>${group}</legend>
        <div class="fields">${shown.map(({ key }) => field(this, key))}</div>
        ${hasCurve ? html`<ty-rate-chart .playground=${this.playground}></ty-rate-chart>` : nothing}
      </fieldset>
    `;
  }
}
