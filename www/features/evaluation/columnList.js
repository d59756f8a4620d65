// @ts-check
/** Which columns of a table the net is shown. Of many, one finds some by their name. */
import { html, nothing } from "lit";
import { withoutFormula } from "../../session/derived.js";
import { closeIcon } from "../../ui/icons.js";
import { Panel } from "../../ui/panel.js";
import { parts, t } from "../../base/text.js";

/** More than these are not listed at once. */
const MOST_SHOWN = 24;

export class ColumnList extends Panel {
  static properties = { ...Panel.properties, sought: { state: true } };

  constructor() {
    super();
    /** A part of the names that are listed. */
    this.sought = "";
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, table }) {
    return [settings.features, table.description];
  }

  render() {
    const { settings } = this.state;
    const all = this.playground.featureChoices;
    if (!all.length) return nothing;
    const chosen = new Set(settings.features ?? all);
    const derived = [...chosen].filter((feature) => typeof feature === "object");
    const found = all.filter((name) => name.toLowerCase().includes(this.sought.toLowerCase()));
    const shown = found.slice(0, MOST_SHOWN);
    return html`
      <div class="features column-list" role="group" aria-labelledby="${this.uid}-title">
        <p class="columns-title" id="${this.uid}-title">${parts("evaluation.features", { size: chosen.size - derived.length })} ${all.length}${derived.length ? t("evaluation.derived", { derived: derived.length }) : ""}</p>
        ${
          all.length > MOST_SHOWN
            ? html`<input type="search" class="seek" aria-label="${t("evaluation.findColumn")}" placeholder="${t("evaluation.findColumn")}" .value=${this.sought}
          @input=${(/** @type {EventOn<HTMLInputElement>} */ event) => (this.sought = event.currentTarget.value)} />`
            : nothing
        }
        ${shown.map((name) => this.#toggle(name, chosen))}
        ${derived.map(({ formula }) => this.#derived(formula))}
        ${found.length > shown.length ? html`<p class="note">${parts("evaluation.moreFindThemName", { found: found.length - shown.length })}</p>` : nothing}
        ${settings.features ? html`<button type="button" class="all" @click=${() => this.playground.set("features", null)}>${t("evaluation.all")}</button>` : nothing}
      </div>
    `;
  }

  /** A chip: it is taken away here, and made in the Data step. */
  #derived(/** @type {string} */ formula) {
    const remove = () => this.playground.set("features", withoutFormula(this.state, formula));
    return html`<span class="derived-chip" title=${formula}><span>${formula}</span><button type="button" aria-label="${t("evaluation.remove", { formula })}" @click=${remove}>${closeIcon}</button></span>`;
  }

  #toggle(/** @type {string} */ name, /** @type {Set<string>} */ chosen) {
    const isChosen = chosen.has(name);
    const toggle = (/** @type {EventOn<HTMLInputElement>} */ event) => {
      this.playground.toggleFeature(name);
      const { features } = this.state.settings;
      event.currentTarget.checked = features === null || features.includes(name);
    };
    return html`
      <label class="toggle" title=${name}>
        <input type="checkbox" .checked=${isChosen} ?disabled=${isChosen && chosen.size === 1} @change=${toggle} />
        <span>${name}</span>
      </label>
    `;
  }
}
