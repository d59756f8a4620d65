// @ts-check
/** The whole experiment as its document: to read, to edit and to take over. */
import { html } from "lit";
import { readSpec } from "../../settings/fromSpec.js";
import { specFrom } from "../../settings/spec.js";
import { Dialog } from "../../ui/dialog.js";
import { t } from "../../base/text.js";

export class SpecDialog extends Dialog {
  static properties = { ...Dialog.properties, menu: { attribute: false }, text: { state: true } };

  constructor() {
    super();
    /** @type {import("./part.js").Menu} */
    this.menu = /** @type {never} */ (undefined);
    this.text = "";
  }

  get heading() {
    return t("menu.spec");
  }

  async open() {
    this.text = this.#now;
    await super.open();
  }

  /** The experiment on the page. */
  get #now() {
    return JSON.stringify(specFrom(this.playground.store.get().settings), null, 2);
  }

  /** What the text is, or why it can't be applied. @returns {{taken: ReturnType<typeof readSpec> | null, problem: string}} */
  get #read() {
    try {
      return { taken: readSpec(this.text, this.playground.store.get().settings), problem: "" };
    } catch (error) {
      return { taken: null, problem: /** @type {Error} */ (error).message };
    }
  }

  contents() {
    const { taken, problem } = this.#read;
    const isChanged = this.text !== this.#now;
    return html`
      <div class="spec">
        <p class="note">${t("menu.experimentOneDocumentJson")}</p>
        <textarea class="spec-text" rows="18" spellcheck="false" aria-label="${t("menu.spec")}"
          aria-invalid=${problem ? "true" : "false"} .value=${this.text} @input=${(/** @type {EventOn<HTMLTextAreaElement>} */ event) => (this.text = event.currentTarget.value)}></textarea>
        <p class="spec-problem" role="status">${problem || (isChanged ? t("menu.canApplied") : "")}</p>
        <div class="share-row">
          <button type="button" class="button" ?disabled=${!taken || !isChanged} @click=${() => taken && this.#apply(taken)}>${t("menu.apply")}</button>
        </div>
      </div>
    `;
  }

  #apply(/** @type {ReturnType<typeof readSpec>} */ { settings, hand }) {
    this.playground.take(settings, hand);
    this.close();
  }
}
