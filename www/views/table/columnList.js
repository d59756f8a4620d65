// @ts-check
/** Which columns of a table the net is shown. Of many, one finds some by their name. */
import { html, nothing } from "lit";
import { Panel } from "../panel.js";
import { inTurn } from "../turns.js";

/** More than these are not listed at once. */
const MOST = 24;

export class ColumnList extends inTurn(Panel) {
  static properties = { ...Panel.properties, sought: { state: true } };

  constructor() {
    super();
    /** A part of the names that are listed. */
    this.sought = "";
  }

  /** @param {import("../../core/playground.js").State} state */
  picks({ settings, table }) {
    return [settings.features, table.description];
  }

  render() {
    const { settings } = this.state;
    const all = this.playground.featureChoices;
    if (!all.length) return nothing;
    const chosen = new Set(settings.features ?? all);
    const found = all.filter((name) => name.toLowerCase().includes(this.sought.toLowerCase()));
    const shown = found.slice(0, MOST);
    return html`
      <div class="features column-list" role="group" aria-labelledby="${this.uid}-title">
        <p class="columns-title" id="${this.uid}-title">Features: ${chosen.size} of ${all.length}</p>
        ${all.length > MOST ? html`<input type="search" class="seek" aria-label="Find a column" placeholder="Find a column" .value=${this.sought}
          @input=${(/** @type {any} */ event) => (this.sought = event.currentTarget.value)} />` : nothing}
        ${shown.map((name) => this.#toggle(name, chosen))}
        ${found.length > shown.length ? html`<p class="note">… and ${found.length - shown.length} more: find them by name.</p>` : nothing}
        ${settings.features ? html`<button type="button" class="all" @click=${() => this.playground.set("features", null)}>All</button>` : nothing}
      </div>
    `;
  }

  #toggle(/** @type {string} */ name, /** @type {Set<string>} */ chosen) {
    const isChosen = chosen.has(name);
    const toggle = (/** @type {any} */ event) => {
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
