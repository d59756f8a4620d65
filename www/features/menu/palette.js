// @ts-check
/** All commands by name: type some letters, choose with the arrows, do it with Enter. */
import { html, nothing } from "lit";
import { commandsOf, found } from "./commands.js";
import { Dialog } from "../../ui/dialog.js";
import { t } from "../../base/text.js";

export class Palette extends Dialog {
  static properties = { ...Dialog.properties, menu: { attribute: false }, query: { state: true }, at: { state: true } };

  constructor() {
    super();
    /** @type {import("./part.js").Menu} */
    this.menu = /** @type {never} */ (undefined);
    this.query = "";
    this.at = 0;
  }

  get heading() {
    return t("menu.commands");
  }

  async open() {
    this.query = "";
    this.at = 0;
    await super.open();
    const input = /** @type {HTMLInputElement} */ (this.querySelector("input"));
    input.value = "";
    input.focus();
  }

  contents() {
    const hits = found(commandsOf(this.menu), this.query, this.playground);
    const at = Math.min(this.at, hits.length - 1);
    return html`
      <input class="palette-input" type="text" role="combobox" aria-label="${t("menu.command")}" aria-expanded="true" aria-controls="${this.uid}-list" aria-autocomplete="list"
        aria-activedescendant=${hits.length ? `${this.uid}-${at}` : nothing} autocomplete="off" spellcheck="false" placeholder="${t("menu.whatWouldYouLike")}"
        @input=${this.#typed} @keydown=${(/** @type {KeyboardEvent} */ event) => this.#key(event, hits, at)} />
      <ul class="palette-list" id="${this.uid}-list" role="listbox" aria-label="${t("menu.commands")}">
        ${hits.map(
          (hit, i) => html`
          <li id="${this.uid}-${i}" role="option" aria-selected=${i === at} @click=${() => this.#run(hit)}>
            <span class="palette-name">${hit.name}</span>
            <span class="palette-about">${hit.about || hit.group}</span>
            ${hit.keys ? html`<kbd>${hit.keys}</kbd>` : nothing}
          </li>
        `,
        )}
      </ul>
      ${hits.length ? nothing : html`<p class="note" role="status">${t("menu.nothingHasTheseWords")}</p>`}
    `;
  }

  #typed(/** @type {EventOn<HTMLInputElement>} */ event) {
    this.query = event.currentTarget.value;
    this.at = 0;
    const list = this.querySelector(".palette-list");
    if (list) list.scrollTop = 0;
  }

  #key(
    /** @type {KeyboardEvent} */ event,
    /** @type {import("./commands.js").Command[]} */ hits,
    /** @type {number} */ at,
  ) {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (by) {
      event.preventDefault();
      this.at = Math.max(0, Math.min(hits.length - 1, at + by));
      void this.updateComplete.then(() =>
        this.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }),
      );
    } else if (event.key === "Enter" && hits[at]) {
      event.preventDefault();
      this.#run(hits[at]);
    }
  }

  #run(/** @type {import("./commands.js").Command} */ { run }) {
    this.close();
    run();
  }
}
