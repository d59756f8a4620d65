// @ts-check
/** What the menu's dialogs share: they open above the page, close with Escape or a click beside, and give the focus back. */
import { html } from "lit";
import { closeIcon } from "./icons.js";
import { Panel } from "./panel.js";
import { iconButton } from "./roundButton.js";
import { t } from "../base/text.js";

export class Dialog extends Panel {
  static properties = { ...Panel.properties, isOpen: { state: true } };

  constructor() {
    super();
    this.isOpen = false;
  }

  /** @returns {HTMLDialogElement | null} */
  get dialog() {
    return this.querySelector("dialog");
  }

  /** Its heading. */
  get heading() {
    return "";
  }

  async open() {
    this.isOpen = true;
    await this.updateComplete;
    if (!this.dialog?.open) this.dialog?.showModal();
  }

  close() {
    this.dialog?.close();
  }

  /** @returns {unknown} */
  contents() {
    return "";
  }

  render() {
    return html`
      <dialog class="menu-dialog" aria-labelledby="${this.uid}-heading" @click=${this.#beside} @close=${() => (this.isOpen = false)}>
        <div class="menu-dialog-head">
          <h2 id="${this.uid}-heading">${this.heading}</h2>
          ${iconButton(t("ui.close"), closeIcon, () => this.close())}
        </div>
        ${this.isOpen ? this.contents() : ""}
      </dialog>
    `;
  }

  #beside(/** @type {MouseEvent} */ event) {
    if (event.target === this.dialog) this.close();
  }
}
