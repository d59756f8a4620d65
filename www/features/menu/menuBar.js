// @ts-check
/**
 * What is about the page as a whole: undo and redo, sharing, and all commands by name. The bar is small; what it
 * opens is loaded (menu/part.js) once there is something to see.
 */
import { html } from "lit";
import { tellLack } from "../../session/pending.js";
import { commandsIcon, redoIcon, shareIcon, undoIcon } from "../../ui/icons.js";
import { Panel } from "../../ui/panel.js";

export class MenuBar extends Panel {
  static properties = { ...Panel.properties, load: { attribute: false }, isLacking: { state: true } };

  /** @type {Promise<import("./part.js").Menu | null> | null} */
  #menu = null;
  /** @type {import("./part.js").Menu | null} */
  #there = null;
  #advice = "";

  constructor() {
    super();
    /** Gets the menu, and its style into the page. @type {() => Promise<import("./part.js").Menu>} */
    this.load = () => Promise.reject(new Error("no menu"));
    this.isLacking = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.follow(
      ({ frame, run }) => Boolean(frame) || run?.state === "failed",
      () => void this.menu(),
    );
  }

  /** The menu; null when it can't be had just now, which is said. */
  menu() {
    this.#menu ??= this.load().then(
      (menu) => {
        menu.history.onchange = () => this.requestUpdate();
        this.#there = menu;
        this.isLacking = false;
        return menu;
      },
      (error) => {
        this.#advice = error.message;
        this.#menu = null;
        this.isLacking = true;
        return null;
      },
    );
    return this.#menu;
  }

  /** Does what a key or a button asks for. */
  async act(/** @type {string} */ action) {
    const menu = await this.menu();
    if (menu) menu.act(action);
    else tellLack(this.playground.store, `The menu could not be loaded. ${this.#advice}`, () => void this.act(action));
  }

  render() {
    const history = this.#there?.history;
    const button = (
      /** @type {string} */ action,
      /** @type {string} */ label,
      /** @type {string} */ keys,
      /** @type {unknown} */ icon,
      disabled = false,
    ) => html`
      <button type="button" class="round small" aria-label=${label} title="${label} (${keys})" aria-haspopup=${action === "undo" || action === "redo" ? "false" : "dialog"}
        ?disabled=${disabled} @click=${() => this.act(action)}>${icon}</button>
    `;
    return html`
      ${button("undo", "Undo change", "Ctrl + Z", undoIcon, !history?.canUndo)}
      ${button("redo", "Redo change", "Ctrl + Shift + Z", redoIcon, !history?.canRedo)}
      ${button("share", "Share", "S", shareIcon)}
      ${button("palette", "Commands", "Ctrl + K", commandsIcon)}
    `;
  }
}
