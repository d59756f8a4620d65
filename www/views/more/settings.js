// @ts-check
/** The settings under a panel's "More", in sections. */
import { html, nothing } from "lit";
import { SETTINGS, activationOf, applies, settingOf } from "../../core/config.js";
import { field, options } from "../field.js";
import { Panel } from "../panel.js";

export class MoreSettings extends Panel {
  static properties = { ...Panel.properties, fold: {} };

  constructor() {
    super();
    /** @type {"model" | "training"} */
    this.fold = "model";
  }

  /** @param {import("../../core/playground.js").State} state */
  picks({ settings, problems }) {
    return [settings, problems];
  }

  /** The sections stand in the order of the table's rows. */
  render() {
    const groups = [...new Set(this.#rows.map(({ group }) => group ?? ""))];
    const isModel = this.fold === "model";
    return html`
      ${isModel ? nothing : html`<ty-step-figures .playground=${this.playground}></ty-step-figures>`}
      <div class="sections">${groups.map((group) => this.#section(group))}${isModel ? this.#activations() : nothing}</div>
    `;
  }

  get #rows() {
    return SETTINGS.filter((row) => row.fold === this.fold);
  }

  #section(/** @type {string} */ group) {
    const { settings } = this.state;
    const shown = this.#rows.filter((row) => row.group === group && applies(row, settings));
    if (!shown.length) return nothing;
    const hasCurve = shown.some(({ key }) => key === "schedule") && settings.schedule !== "constant";
    return html`
      <fieldset>
        <legend>${group}</legend>
        <div class="fields">${shown.map(({ key }) => field(this, key))}</div>
        ${hasCurve ? html`<ty-rate-chart .playground=${this.playground}></ty-rate-chart>` : nothing}
      </fieldset>
    `;
  }

  /** Each layer's own activation. */
  #activations() {
    const { layers, activation } = this.state.settings;
    if (!layers.length) return nothing;
    const set = (/** @type {number} */ i) => (/** @type {any} */ event) => this.playground.setActivation(i, event.currentTarget.value);
    return html`
      <fieldset>
        <legend>Activation by layer</legend>
        <div class="fields">
          ${layers.map((/** @type {number} */ _, /** @type {number} */ i) => html`
            <div class="field">
              <label for="${this.uid}-layer-${i}">Layer ${i + 1}</label>
              <select id="${this.uid}-layer-${i}" aria-label="Activation of layer ${i + 1}" @change=${set(i)}>
                ${options(settingOf("activation").choices ?? [], activationOf(activation, i))}
              </select>
            </div>
          `)}
        </div>
      </fieldset>
    `;
  }
}
