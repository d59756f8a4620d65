// @ts-check
/** Two gradients as arrows from one point: their lengths to scale, the angle between them as it is. */
import { html, svg } from "lit";
import { t } from "../../base/text.js";

/** @param {number} first length of the batch's @param {number} second of all rows' @param {number} angle degrees */
export function arrows(first, second, angle) {
  const scale = 76 / Math.max(first, second, 1e-12);
  const turn = ((Number.isFinite(angle) ? angle : 0) * Math.PI) / 180;
  const arrow = (/** @type {number} */ length, /** @type {number} */ by, /** @type {string} */ look) => {
    const size = Math.max(length * scale, 2);
    const [x, y] = [110 + size * Math.cos(by), 84 - size * Math.sin(by)];
    const head = Math.min(9, size);
    const back = (/** @type {number} */ spread) =>
      `${x - head * Math.cos(by + spread)},${y + head * Math.sin(by + spread)}`;
    return svg`<line class=${look} x1="110" y1="84" x2=${x} y2=${y}></line><polyline class=${look} points="${back(0.45)} ${x},${y} ${back(-0.45)}"></polyline>`;
  };
  return html`
    <svg class="scope-arrows" viewBox="0 0 220 96" role="img" aria-label="${t("microscope.twoGradientsArrows")}">
      ${arrow(second, 0, "full")}${arrow(first, turn, "batch")}
      <circle cx="110" cy="84" r="3"></circle>
    </svg>
  `;
}
