// @ts-check
/**
 * The brushes of parallel coordinates by keyboard: two sliders an axis, from and to, which say the values that they are at.
 *
 * @typedef {import("./lanes.js").Brush} Brush
 * @typedef {import("./lanes.js").Upright} Upright
 */
import { html } from "lit";
import { slider } from "../../ui/slider.js";
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
  const one = (/** @type {number} */ axis, /** @type {"from" | "to"} */ end) => {
    const brush = brushes.get(axis) ?? [0, 1];
    const at = end === "from" ? brush[1] : brush[0];
    const { name, told } = axes[axis];
    return slider({
      id: `${uid}-${axis}-${end}`,
      label: end === "from" ? t("search.rangeFrom", { name }) : t("search.rangeTo", { name }),
      max: STEPS,
      value: Math.round((1 - at) * STEPS),
      shown: told(at),
      enter: (step) => put(axis, movedBrush(brushes.get(axis), end, Number(step))),
    });
  };
  return html`
    <details class="search-ranges">
      <summary>${t("search.rangesByKeys")}</summary>
      ${axes.map(({ name }, axis) => html`<div class="search-range" role="group" aria-label=${name}>${one(axis, "from")}${one(axis, "to")}</div>`)}
    </details>
  `;
}
