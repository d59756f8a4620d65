// @ts-check
/** The decision boundary over the picture, where somebody moved the threshold: a line, and a caption that says where it stands. */
import { html, nothing } from "lit";
import { cellsOf } from "../../base/inputSection.js";
import { formatNumber } from "../../base/format.js";
import { otherOutput, positiveOf } from "../../session/positiveClass.js";
import { markedName } from "../../session/markedName.js";
import { thresholdOf } from "../../session/threshold.js";
import { CanvasPanel } from "../../ui/canvasPanel.js";
import { css } from "../../ui/charts/color.js";
import { prepare } from "../../ui/charts/canvas.js";
import { contour } from "./contour.js";
import { t } from "../../base/text.js";

export class Boundary extends CanvasPanel {
  static properties = { ...CanvasPanel.properties, isBare: { attribute: false } };

  constructor() {
    super();
    /** Whether what is around it says where the threshold stands. */
    this.isBare = false;
  }

  /** @param {import("../../session/playground.js").State} state */
  picks({ threshold, shown, description, settings }) {
    return [threshold, shown, description, settings.positive];
  }

  /** @param {import("../../session/playground.js").State} state */
  draws({ threshold, shown, frame }) {
    return [threshold, shown, frame?.outputs];
  }

  render() {
    const { description, settings } = this.state;
    const threshold = thresholdOf(this.state);
    const isOther = description?.classes === 2 && positiveOf(settings) === 0;
    const index = isOther ? 0 : (threshold?.class ?? 0);
    const name = markedName(description, index);
    const at = isOther ? otherOutput(description)(threshold?.at ?? 0) : (threshold?.at ?? 0);
    return html`
      <canvas class="boundary-line" aria-hidden="true"></canvas>
      ${threshold && !this.isBare ? html`<p class="boundary-words">${t("threshold.boundaryAt", { name, at: formatNumber(at, 2) })}</p>` : nothing}
    `;
  }

  draw() {
    const canvas = /** @type {HTMLCanvasElement | null} */ (this.querySelector("canvas"));
    if (!canvas || !this.theme) return;
    const { context, width, height } = prepare(canvas);
    const { frame, description } = this.state;
    const threshold = thresholdOf(this.state);
    if (!threshold || !frame?.outputs || !description || description.columns.length < 2) return;
    const size = Math.sqrt(cellsOf(description));
    const lines = contour(frame.outputs, size, description.outputs, threshold);
    const { unit } = this.theme;
    context.beginPath();
    for (let i = 0; i < lines.length; i += 4) {
      context.moveTo(lines[i] * width, lines[i + 1] * height);
      context.lineTo(lines[i + 2] * width, lines[i + 3] * height);
    }
    context.lineCap = "round";
    // Twice, so that it stands out from points and field alike.
    for (const [color, thick] of /** @type {const} */ ([
      [this.theme.surface, 4.5],
      [this.theme.ink, 2],
    ])) {
      context.strokeStyle = css(color);
      context.lineWidth = thick * unit;
      context.stroke();
    }
  }
}
