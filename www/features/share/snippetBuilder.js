// @ts-check
/** Puts a picture of the experiment together for somebody's own page, with a live preview. */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { isPreview } from "../../base/preview.js";
import { linkOf } from "../../ui/link.js";
import { numberField, numberOf } from "../../ui/numberField.js";
import { Panel } from "../../ui/panel.js";
import { segments } from "../../ui/segments.js";
import { select } from "../../ui/select.js";
import { typed } from "../../ui/typed.js";
import { FramePreview } from "./framePreview.js";
import * as snippet from "./snippet.js";
import { t } from "../../base/text.js";

export class SnippetBuilder extends Panel {
  static properties = {
    ...Panel.properties,
    lock: { attribute: false },
    isOpen: { state: true },
    draft: { state: true },
    said: { state: true },
  };

  #preview = new FramePreview();

  constructor() {
    super();
    /** Settings that the reader only sees, as the link has them. @type {string[]} */
    this.lock = [];
    this.isOpen = false;
    this.draft = snippet.USUAL;
    this.said = "";
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ settings }) {
    return [settings];
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#preview.stop();
  }

  updated() {
    super.updated();
    const link = snippet.frameLink(location.href, snippet.attributesOf(this.state.settings, this.draft, this.lock));
    this.#preview.show(this.querySelector("iframe"), link);
  }

  render() {
    const toggle = (/** @type {EventOn<HTMLDetailsElement>} */ { currentTarget }) => (this.isOpen = currentTarget.open);
    return html`
      <details class="share-snippet" @toggle=${toggle}>
        <summary><h3>${t("share.snippet")}</h3></summary>
        ${this.isOpen ? this.#contents() : nothing}
      </details>
    `;
  }

  #contents() {
    const { draft } = this;
    const { settings } = this.state;
    const set = (/** @type {Partial<import("./snippet.js").Draft>} */ part) => (this.draft = { ...draft, ...part });
    const height = (/** @type {number} */ asked) => {
      const { LEAST_HEIGHT, MOST_HEIGHT } = snippet;
      const next = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, Math.round(asked) || draft.height));
      set({ height: next });
      return String(next);
    };
    const id = (/** @type {string} */ name) => `${this.uid}-${name}`;
    const code = snippet.snippetOf(location.href, linkOf(settings), settings, draft, this.lock);
    return html`
      <div class="share-builder">
        <div class="share-choices">
          <div class="share-fields">
            ${select({ id: id("view"), label: t("share.picture"), choices: snippet.VIEWS, value: draft.view, enter: (view) => set({ view }) })}
            ${select({ id: id("theme"), label: t("share.theme"), choices: snippet.THEMES, value: draft.theme, enter: (theme) => set({ theme }) })}
            ${numberField({ id: id("height"), label: t("share.heightPixels"), mode: "numeric", text: typed(String(draft.height)), enter: (text, input) => (input.value = height(numberOf(text))), go: (by) => height(draft.height + 10 * by) })}
          </div>
          <fieldset class="share-parts">
            <legend>${t("share.readerSeesMayChange")}</legend>
            <div>${snippet.controlsOf(settings).map(
              ({ name, label }) =>
                html`<label class="share-check"><input type="checkbox" .checked=${live(draft.controls.includes(name))}
              @change=${(/** @type {EventOn<HTMLInputElement>} */ { currentTarget }) => (this.draft = snippet.withControl(draft, name, currentTarget.checked, settings))} />${label}</label>`,
            )}</div>
          </fieldset>
        </div>
        <div class="share-result">
          ${isPreview() ? nothing : html`<iframe class="share-live" title="${t("share.livePreview")}" height=${draft.height}></iframe>`}
          ${segments({
            name: id("as"),
            label: t("share.writtenAs"),
            choices: [
              { value: /** @type {const} */ ("element"), label: t("share.asElement") },
              { value: /** @type {const} */ ("iframe"), label: t("share.asFrame") },
            ],
            value: draft.as,
            choose: (as) => set({ as }),
          })}
          <textarea class="share-text" rows="5" readonly spellcheck="false" aria-label="${t("share.snippetCode")}" .value=${live(code)}></textarea>
          <div class="share-row">
            <button type="button" class="button" @click=${() => this.#copy(code)}>${t("share.copySnippet")}</button>
            <p class="note" role="status">${this.said}</p>
          </div>
          ${settings.source === "table" ? html`<p class="note">${t("share.ownRowsBeside")}</p>` : nothing}
        </div>
      </div>
    `;
  }

  async #copy(/** @type {string} */ code) {
    try {
      await navigator.clipboard.writeText(code);
      this.said = t("share.copied", { what: t("share.snippetCode") });
    } catch {
      this.said = t("share.browserDoesNotLet4");
    }
  }
}
