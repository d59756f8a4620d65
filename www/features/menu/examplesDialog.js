// @ts-check
/** Experiments worth seeing: a picture of the data, a name and the question each; a click opens one. */
import { html } from "lit";
import { sizeOf } from "../../ui/charts/canvas.js";
import { readTheme } from "../../ui/theme.js";
import { drawThumbnail } from "../../ui/charts/thumbnail.js";
import { PRESETS } from "../../settings/presets.js";
import { readHash } from "../../settings/url.js";
import { Dialog } from "../../ui/dialog.js";
import { t } from "../../base/text.js";

export class ExamplesDialog extends Dialog {
  static properties = { ...Dialog.properties, menu: { attribute: false } };

  constructor() {
    super();
    /** @type {import("./part.js").Menu} */
    this.menu = /** @type {never} */ (undefined);
  }

  get heading() {
    return t("menu.experiments");
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ previews }) {
    return [previews];
  }

  contents() {
    return html`
      <p class="note">${t("menu.eachOpensQuestionPress")}</p>
      <ul class="examples">
        ${PRESETS.map(
          ({ name, question, hash }, i) => html`
          <li>
            <button type="button" class="example" @click=${() => this.#choose(i)}>
              <canvas data-source=${readHash(hash).settings.source} aria-hidden="true"></canvas>
              <span class="example-name">${name}</span>
              <span class="example-question">${question}</span>
            </button>
          </li>
        `,
        )}
      </ul>
    `;
  }

  #choose(/** @type {number} */ i) {
    this.close();
    this.menu.act(`preset ${i + 1}`);
  }

  updated() {
    super.updated();
    if (!this.isOpen) return;
    const theme = readTheme(this, this.playground);
    for (const canvas of this.querySelectorAll("canvas")) {
      const preview = this.state.previews[canvas.dataset.source ?? ""];
      if (preview) drawThumbnail(canvas, sizeOf(canvas), preview, theme);
    }
  }
}
