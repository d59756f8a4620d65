// @ts-check
/** The data sources as small pictures of real points, one of them chosen. */
import { html, nothing } from "lit";
import { sizeOf } from "../../ui/charts/canvas.js";
import { drawThumbnail } from "../../ui/charts/thumbnail.js";
import { SOURCES } from "../../settings/sources.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
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
      </fieldset>
    `;
  }

  /** On a phone the sources are one row: the chosen one is pushed into sight. */
  updated() {
    super.updated();
    const row = /** @type {HTMLElement} */ (this.querySelector("fieldset"));
    const chosen = /** @type {HTMLElement} */ (this.querySelector("input:checked")?.closest("label"));
    if (!this.isNarrow || !chosen) return;
    const [left, right] = [chosen.offsetLeft - row.offsetLeft, chosen.offsetLeft - row.offsetLeft + chosen.offsetWidth];
    if (left < row.scrollLeft) row.scrollLeft = left - 20;
    else if (right > row.scrollLeft + row.clientWidth) row.scrollLeft = right - row.clientWidth + 20;
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
