// @ts-check
/** What ☰ opens: what one does with the page, and how it looks. */
import { html, nothing } from "lit";
import { LANGUAGES } from "../../settings/config.js";
import { whenLeft } from "../../ui/leaving.js";
import { Panel } from "../../ui/panel.js";
import { LOOKS } from "./commands.js";
import { t } from "../../base/text.js";

/** @typedef {{label: string, run: () => void, keys?: string, isChosen?: boolean}} Item */

/** Keys that go from item to item, and how far. @type {Record<string, (at: number, count: number) => number>} */
const MOVES = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

export class MainMenu extends Panel {
  static properties = { ...Panel.properties, menu: { attribute: false }, isOpen: { state: true } };

  constructor() {
    super();
    /** @type {import("./part.js").Menu} */
    this.menu = /** @type {never} */ (undefined);
    this.isOpen = false;
  }

  connectedCallback() {
    super.connectedCallback();
    whenLeft(
      this,
      () => [this, this.#button], // which closes it by itself
      () => this.close(),
    );
  }

  get #button() {
    return /** @type {HTMLElement | null} */ (this.parentElement?.querySelector("[aria-haspopup=menu]") ?? null);
  }

  get #entries() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[role^=menuitem]")]);
  }

  /** Opens it, or closes it where it is open. */
  async open() {
    if (this.isOpen) return this.close(true);
    this.isOpen = true;
    await this.updateComplete;
    this.#entries[0]?.focus();
  }

  close(givesFocusBack = false) {
    this.isOpen = false;
    if (givesFocusBack) this.#button?.focus();
  }

  updated() {
    super.updated();
    this.#button?.setAttribute("aria-expanded", String(this.isOpen));
  }

  /** In groups. @returns {Item[][]} */
  #groups() {
    const { menu } = this;
    const { dataset, lang } = this.ownerDocument.documentElement;
    const { hide } = this.state.settings;
    const act = (/** @type {string} */ action, /** @type {string} */ label, keys = "") => ({
      label,
      keys,
      run: () => menu.act(action),
    });
    return [
      [
        ...(hide?.includes("source") ? [] : [act("examples", t("menu.examples"), "1–9")]),
        act("course", t("menu.course")),
        act("palette", t("menu.findCommand"), t("menu.ctrlK")),
        act("keys", t("menu.keys"), "?"),
      ],
      [
        act("share", t("menu.shareSaveOpen"), "S"),
        act("copy", t("menu.copyLink")),
        act("download", t("menu.downloadExperiment")),
        act("report", t("menu.downloadReport")),
        act("print", t("menu.print")),
      ],
      ["system", "light", "dark"].map((theme) => ({
        label: t("menu.theme", { theme: LOOKS[theme] }),
        isChosen: theme === (dataset.theme ?? "system"),
        run: () => menu.look.setTheme(theme),
      })),
      LANGUAGES.map(({ value, label }) => ({
        label: t("menu.language", { label }),
        isChosen: value === lang,
        run: () => value !== lang && menu.speak(value),
      })),
    ];
  }

  render() {
    if (!this.isOpen) return nothing;
    return html`
      <div class="main-menu" role="menu" aria-label="${t("menu.menu")}" @keydown=${this.#key}>
        ${this.#groups().map((items) => html`<div role="group">${items.map((item) => this.#item(item))}</div>`)}
      </div>
    `;
  }

  #item(/** @type {Item} */ { label, run, keys, isChosen }) {
    const take = () => {
      this.close(true); // a dialog gives the focus back to where it was
      run();
    };
    const isOne = isChosen !== undefined;
    return html`<button type="button" role=${isOne ? "menuitemradio" : "menuitem"} aria-checked=${isOne ? String(isChosen) : nothing}
      tabindex="-1" @click=${take}><span>${label}</span>${keys ? html`<kbd aria-hidden="true">${keys}</kbd>` : nothing}</button>`;
  }

  #key(/** @type {KeyboardEvent} */ event) {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation(); // letters are shortcuts elsewhere
    if (key === "Tab") return this.close(); // and on it goes
    if (key === "Escape") this.close(true);
    else if (key in MOVES || /^\S$/.test(key)) {
      const entries = this.#entries;
      const at = entries.indexOf(/** @type {HTMLElement} */ (event.target));
      const begins = (/** @type {HTMLElement} */ entry) =>
        entry.textContent?.trim().toLowerCase().startsWith(key.toLowerCase());
      const next = MOVES[key]
        ? entries[MOVES[key](at, entries.length)]
        : [...entries.slice(at + 1), ...entries.slice(0, at + 1)].find(begins);
      next?.focus();
    } else return; // Enter and Space press it
    event.preventDefault();
  }
}
