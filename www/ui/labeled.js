// @ts-check
/** A control under its name, and why what was entered is refused. */
import { html, nothing } from "lit";

/**
 * What every control may be given, but for what it is.
 *
 * @typedef {object} Labeled
 * @property {string} [id]       on this page its own
 * @property {unknown} [label]   in sight; without one the control alone, and `name` says what it is
 * @property {string} [problem]
 * @property {string} [as]       further classes: "beside" where the name stands before the control
 * @property {string} [kind]     "hyperparameter" …
 */

/** @param {Labeled} how @param {unknown} control */
export const labeled = ({ id, label, problem, as = "", kind }, control) =>
  label
    ? html`
      <div class="field ${as}" data-kind=${kind ?? nothing}>
        <label for=${id}>${label}</label>
        ${control}
        ${problem ? html`<p class="problem" id="${id}-problem" role="alert">${problem}</p>` : nothing}
      </div>
    `
    : control;
