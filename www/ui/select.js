// @ts-check
/** One of many, in a list that opens. A few are all in sight: ui/segments.js. */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { given } from "./given.js";
import { labeled } from "./labeled.js";

/** @typedef {{value: string, label: unknown, disabled?: boolean}} Choice */

/** What a select offers, one of it chosen. @param {readonly Choice[]} choices @param {string} chosen */
export const options = (choices, chosen) =>
  choices.map(
    ({ value, label, disabled }) =>
      html`<option value=${value} ?disabled=${disabled} ?selected=${value === chosen} .selected=${live(value === chosen)}>${label}</option>`,
  );

/**
 * @typedef {object} Select
 * @property {string} [name]    where it has no label in sight, or for more than that
 * @property {string} [key]     of the setting
 * @property {string} [about]   the id of what tells more
 * @property {unknown} choices   `Choice`s, or their elements where there are groups or thousands
 * @property {string} [value]
 * @property {(value: string, select: HTMLSelectElement) => unknown} [enter]
 * @property {boolean} [disabled]
 */

/** @param {import("./labeled.js").Labeled & Select} how */
export const select = (how) => {
  const { id = nothing, name = nothing, key = nothing, about = nothing, choices, value = "", enter, disabled } = how;
  return labeled(
    how,
    html`<select id=${id} aria-label=${name} data-setting=${key} aria-describedby=${about} ?disabled=${disabled} @change=${given(enter)}>${Array.isArray(choices) ? options(choices, value) : choices}</select>`,
  );
};
