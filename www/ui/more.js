// @ts-check
/**
 * What lies folded in a panel: a button that opens it, the settings, which are loaded then, and, always in sight,
 * a chip for each that is not as it was, so that nothing works in secret.
 */
import { html, nothing } from "lit";
import { write } from "../settings/parse.js";
import { foldedChanges } from "../settings/spec.js";
import { chevronIcon, closeIcon } from "./icons.js";
import { lacks } from "./lacks.js";
import { t } from "../base/text.js";

export class More {
  #panel;
  #fold;
  isOpen = false;
  /** @type {"absent" | "loading" | "there" | "failed"} */
  #stage = "absent";
  #advice = "";

  /** @param {import("./panel.js").Panel & {loadMore: (place: HTMLElement) => Promise<unknown>}} panel @param {"model" | "training"} fold */
  constructor(panel, fold) {
    this.#panel = panel;
    this.#fold = fold;
  }

  #toggle() {
    this.isOpen = !this.isOpen;
    this.#panel.requestUpdate();
    if (this.isOpen) void this.#get();
  }

  async #get() {
    const panel = this.#panel;
    if (this.#stage === "loading" || this.#stage === "there") return;
    this.#stage = "loading";
    panel.requestUpdate();
    try {
      await panel.loadMore(panel);
      this.#stage = "there";
    } catch (error) {
      this.#advice = /** @type {Error} */ (error).message;
      this.#stage = "failed";
    }
    panel.requestUpdate();
  }

  button() {
    return html`
      <button type="button" class="more" aria-expanded=${this.isOpen} aria-controls="${this.#panel.uid}-more"
        aria-label="${t("ui.moreSettings", { fold: this.#fold })}" @click=${() => this.#toggle()}>${t("ui.more")}${chevronIcon}</button>
    `;
  }

  chips() {
    const { playground, state } = this.#panel;
    const changed = foldedChanges(state.settings, this.#fold);
    if (!changed.length) return nothing;
    return html`
      <ul class="changed" aria-label="${t("ui.changedSettings", { fold: this.#fold })}">
        ${changed.map(
          (row) => html`
          <li>
            <span>${words(row, state.settings[row.key])}</span>
            <button type="button" aria-label="${t("ui.reset", { label: row.label.toLowerCase() })}" title="${t("ui.backDefault")}"
              @click=${() => playground.unset(row.key)}>${closeIcon}</button>
          </li>
        `,
        )}
      </ul>
    `;
  }

  settings() {
    return html`<div class="more-settings" id="${this.#panel.uid}-more" ?hidden=${!this.isOpen}>${this.isOpen ? this.#contents() : nothing}</div>`;
  }

  #contents() {
    if (this.#stage === "failed") return lacks(t("ui.theseSettings"), this.#advice, () => void this.#get());
    if (this.#stage !== "there") return html`<p class="note" role="status">${t("ui.loading")}</p>`;
    return html`<ty-more-settings .playground=${this.#panel.playground} .fold=${this.#fold}></ty-more-settings>`;
  }
}

function words(
  /** @type {import("../settings/config.js").Setting} */ row,
  /** @type {import("../settings/spec.js").Settings[string]} */ value,
) {
  if (row.type === "flag") return value ? row.label : t("ui.no", { label: row.label });
  const written = row.choices?.find((choice) => choice.value === value)?.label ?? write(row, value);
  return `${row.label}: ${written}`;
}
