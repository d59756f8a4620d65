// @ts-check
/** The data sources as small pictures of real points, one of them chosen. */
import { html, nothing } from "lit";
import { sizeOf } from "../../ui/charts/canvas.js";
import { drawThumbnail } from "../../ui/charts/thumbnail.js";
import { DRAWN, OWN, SOURCES } from "../../settings/sources.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { openIcon, pencilIcon } from "../../ui/icons.js";
import { turn } from "../../ui/turns.js";
import { t } from "../../base/text.js";

export class SourcePicker extends CanvasPanel {
  /** Names the drawing that is under way. */
  #drawing = {};

  /** @param {import("../../session/playground.js").State} state */
  picks({ settings, about }) {
    return [settings.source, about];
  }

  /** @param {import("../../session/playground.js").State} state */
  draws({ previews }) {
    return [previews];
  }

  render() {
    const { settings, about } = this.state;
    const { source } = settings;
    return html`
      <fieldset class="sources">
        <legend data-about="source">${t("data.dataSet")}</legend>
        ${SOURCES.map(
          ({ name, label, about: own }) => html`
          <label class="source" title=${own ?? about[name] ?? nothing}>
            <input type="radio" name="${this.uid}-source" value=${name} .checked=${name === source}
              @change=${() => this.playground.set("source", name)} />
            <canvas data-source=${name} aria-hidden="true"></canvas>
            <span>${label}</span>
          </label>
        `,
        )}
        ${this.#way(DRAWN.name, t("data.draw"), pencilIcon, () => this.playground.set("source", DRAWN.name))}
        ${this.#way(OWN.name, t("result.openCsv"), openIcon, () => this.dispatchEvent(new CustomEvent("ty-open-data", { bubbles: true })))}
      </fieldset>
    `;
  }

  /** To points or rows of one's own. */
  #way(
    /** @type {string} */ source,
    /** @type {string} */ label,
    /** @type {unknown} */ icon,
    /** @type {() => void} */ act,
  ) {
    return html`<button type="button" class="own" aria-pressed=${this.state.settings.source === source} @click=${act}>${icon}<span>${label}</span></button>`;
  }

  /** One after the other, each in a task of its own; a later call takes over. */
  async draw() {
    const { theme } = this;
    const { previews } = this.state;
    const drawing = (this.#drawing = {});
    // All sizes first: between two drawings, asking would lay out the page each time.
    const canvases = [...this.querySelectorAll("canvas")].map((canvas) => ({ canvas, size: sizeOf(canvas) }));
    for (const { canvas, size } of canvases) {
      const preview = previews[canvas.dataset.source ?? ""];
      if (!preview || !theme) continue;
      await turn();
      if (this.#drawing !== drawing) return;
      drawThumbnail(canvas, size, preview, theme);
    }
  }
}
