// @ts-check
/** The Export step: the ways in which the experiment leaves the page, each with what it holds and who reads it. */
import { html, nothing } from "lit";
import { defineAll } from "../../ui/defineAll.js";
import { loadPart } from "../../base/loadPart.js";
import { Panel } from "../../ui/panel.js";
import { WAYS } from "../../session/ways.js";
import { t } from "../../base/text.js";
import { ALL } from "./ways/all.js";

/** @typedef {import("./ways/all.js").Action} Action */
/** @typedef {import("./ways/all.js").Way} Way */
/** How far an action of a group is. @typedef {{phase: "busy" | "done" | "failed", words: string}} Doing */

/** In the order of their names. @type {(Way & {name: string})[]} */
const GROUPS = WAYS.map(({ id, name }) => ({ .../** @type {Way} */ (ALL.find((way) => way.id === id)), name }));

/** A part that only this needs. @param {string} name @returns {Promise<any>} any: the caller says which module it is */
const load = (name) =>
  loadPart(name).catch(({ message }) => {
    throw new Error(t("export.partMissing", { message }));
  });

class Export extends Panel {
  static properties = { ...Panel.properties, doing: { state: true } };

  constructor() {
    super();
    /** By the group's id. @type {Record<string, Doing>} */
    this.doing = {};
  }

  /** @param {import("../../session/state.js").State} state */
  picks({ settings, description, run }) {
    return [settings, description, run?.state];
  }

  render() {
    return html`<div class="export-ways">${GROUPS.map((way) => this.#group(way))}</div>`;
  }

  /** @param {Way & {name: string}} way */
  #group({ id, name, about, actions, lack, contents }) {
    const lacking = lack?.(this.state) ?? "";
    const { phase, words } = this.doing[id] ?? {};
    const isOff = phase === "busy" || lacking !== "";
    const heading = `${this.uid}-${id}`;
    return html`
      <section data-way=${id} aria-labelledby=${heading} aria-busy=${phase === "busy" ? "true" : nothing}>
        <h4 id=${heading}>${name}</h4>
        <p class="note">${about}</p>
        <div class="export-actions">${actions.map((action) => this.#button(id, action, isOff))}</div>
        <p class="export-said" role="status">${phase === "failed" ? "" : words || lacking}</p>
        ${phase === "failed" ? html`<p class="problem" role="alert">${words}</p>` : nothing}
        ${contents?.(this) ?? nothing}
      </section>
    `;
  }

  /** It keeps the focus while it is busy. @param {string} way @param {Action} action @param {boolean} isOff */
  #button(way, action, isOff) {
    const press = (/** @type {EventOn<HTMLElement>} */ { currentTarget }) => {
      if (isOff) return;
      if (action.accept) return /** @type {HTMLElement} */ (currentTarget.nextElementSibling).click();
      void this.#do(way, action);
    };
    const take = (/** @type {EventOn<HTMLInputElement>} */ { currentTarget }) => {
      const [file] = currentTarget.files ?? [];
      currentTarget.value = "";
      if (file) void this.#do(way, action, file);
    };
    return html`<button type="button" class="small-button" data-action=${action.id} aria-disabled=${isOff ? "true" : nothing} @click=${press}>${action.name}</button>${
      action.accept
        ? html`<input type="file" hidden accept=${action.accept} aria-label=${action.name} @change=${take} />`
        : nothing
    }`;
  }

  /** @param {string} way @param {Action} action @param {File} [file] */
  async #do(way, { act, run }, file) {
    if (act) return void this.dispatchEvent(new CustomEvent("ty-act", { detail: act, bubbles: true }));
    const tell = (/** @type {Doing} */ doing) => (this.doing = { ...this.doing, [way]: doing });
    tell({ phase: "busy", words: t("export.working") });
    try {
      const { playground } = this;
      const fileName = (/** @type {string} */ ending) => this.#fileName(ending);
      const said = await run?.({ playground, panel: this, fileName, load }, file);
      tell({ phase: "done", words: said ?? "" });
    } catch (error) {
      tell({ phase: "failed", words: /** @type {Error} */ (error).message });
    }
  }

  #fileName(/** @type {string} */ ending) {
    const { settings, frame } = this.state;
    return `trainyard-${settings.source}-epoch-${frame?.epoch ?? 0}.${ending}`;
  }
}

export const define = (registry = customElements) => defineAll({ "ty-export": Export }, registry);
