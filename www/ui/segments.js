// @ts-check
/** One of a few, all of them in sight. */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";

/**
 * @template V
 * @param {object} how
 * @param {string} how.name      of the group, on this page its own
 * @param {string} how.label     what is chosen
 * @param {{value: V, label: string, title?: string}[]} how.choices
 * @param {V} how.value
 * @param {(value: V) => void} how.choose
 * @param {boolean} [how.disabled]
 */
export const segments = ({ name, label, choices, value, choose, disabled = false }) => html`
  <div class="segments" role="radiogroup" aria-label=${label}>
    ${choices.map(
      (one) => html`
      <label title=${one.title ?? nothing}><input type="radio" name=${name} .checked=${live(one.value === value)} ?disabled=${disabled} @change=${() => choose(one.value)} /><span>${one.label}</span></label>`,
    )}
  </div>
`;
