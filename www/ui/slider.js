// @ts-check
/** A number within a range, moved along, with what it is beside it: spoken as it is shown. */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { given } from "./given.js";
import { labeled } from "./labeled.js";

/**
 * @typedef {object} Slider
 * @property {string} [key]   of the setting
 * @property {number} [min]
 * @property {number} max
 * @property {number | "any"} [step]   any: it has no steps
 * @property {number} value
 * @property {string} shown   the value in words
 * @property {(value: string) => unknown} enter   while it is moved
 * @property {(value: string) => unknown} [release]   when it is let go
 * @property {boolean} [disabled]
 */

/** @param {import("./labeled.js").Labeled & Slider} how */
export const slider = (how) => {
  const { id, key = nothing, min = 0, max, step = 1, value, shown, enter, release, disabled } = how;
  return labeled(
    how,
    html`
      <span class="slider">
        <input type="range" id=${id} data-setting=${key} min=${min} max=${max} step=${step} aria-valuetext=${shown} ?disabled=${disabled}
          .value=${live(String(value))} @input=${given(enter)} @change=${given(release)} />
        <span class="slider-value" aria-hidden="true">${shown}</span>
      </span>
    `,
  );
};
