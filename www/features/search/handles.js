// @ts-check
/**
 * The brushes of parallel coordinates by keyboard: two sliders an axis, from and to, which say the values that they are at.
 *
 * @typedef {import("./lanes.js").Brush} Brush
 * @typedef {import("./lanes.js").Upright} Upright
 */
import { html } from "lit";
import { live } from "lit/directives/live.js";
import { t } from "../../base/text.js";

/** Steps from one end of an axis to the other. */
const STEPS = 100;

/**
 * A brush when one of its ends is elsewhere; null where it leaves nothing out. The other end gives way.
 *
 * @param {Brush | undefined} brush
 * @param {"from" | "to"} end   of the values, which rise from an axis' foot
 * @param {number} step   0 … STEPS
 * @returns {Brush | null}
 */
export function movedBrush([top, foot] = [0, 1], end, step) {
  const at = 1 - step / STEPS;
  const [upper, lower] = end === "from" ? [Math.min(top, at), at] : [at, Math.max(foot, at)];
  return upper <= 0 && lower >= 1 ? null : [upper, lower];
}

/**
 * @param {string} uid
 * @param {Upright[]} axes
 * @param {ReadonlyMap<number, Brush>} brushes
 * @param {(axis: number, brush: Brush | null) => void} put
 */
export function handles(uid, axes, brushes, put) {
  const slider = (/** @type {number} */ axis, /** @type {"from" | "to"} */ end) => {
    const brush = brushes.get(axis) ?? [0, 1];
    const at = end === "from" ? brush[1] : brush[0];
    const { name, told } = axes[axis];
    const words = told(at);
    const id = `${uid}-${axis}-${end}`;
    const moved = (/** @type {EventOn<HTMLInputElement>} */ { currentTarget }) =>
      put(axis, movedBrush(brushes.get(axis), end, Number(currentTarget.value)));
    return html`
      <div class="field"><label for=${id}>${end === "from" ? t("search.rangeFrom", { name }) : t("search.rangeTo", { name })}</label>
        <span class="slider"><input type="range" id=${id} min="0" max=${STEPS} step="1" aria-valuetext=${words} .value=${live(String(Math.round((1 - at) * STEPS)))} @input=${moved} /><span class="slider-value" aria-hidden="true">${words}</span></span></div>
    `;
  };
  return html`
    <details class="search-ranges">
      <summary>${t("search.rangesByKeys")}</summary>
      ${axes.map((one, axis) => html`<div class="search-range" role="group" aria-label=${one.name}>${slider(axis, "from")}${slider(axis, "to")}</div>`)}
    </details>
  `;
}
