// @ts-check
/**
 * What lies folded in a panel: a button that opens it, the sections of settings, and, always in sight,
 * a chip for each that is not as it was, so that nothing works in secret.
 */
import { html, nothing } from "lit";
import { SETTINGS, applies } from "../core/config.js";
import { write } from "../core/parse.js";
import { foldedChanges } from "../core/spec.js";
import { field } from "./field.js";
import { chevronIcon, closeIcon } from "./icons.js";

/** @typedef {import("./panel.js").Panel & {isOpen: boolean}} FoldingPanel */

/**
 * @param {FoldingPanel} panel
 * @param {"model" | "training"} fold
 */
export function moreButton(panel, fold) {
  const toggle = () => (panel.isOpen = !panel.isOpen);
  return html`
    <button type="button" class="more" aria-expanded=${panel.isOpen} aria-controls="${panel.uid}-more"
      aria-label="More ${fold} settings" @click=${toggle}>More${chevronIcon}</button>
  `;
}

/**
 * @param {FoldingPanel} panel
 * @param {"model" | "training"} fold
 */
export function changedChips(panel, fold) {
  const { settings } = panel.state;
  const changed = foldedChanges(settings, fold);
  if (!changed.length) return nothing;
  return html`
    <ul class="changed" aria-label="Changed ${fold} settings">
      ${changed.map((row) => html`
        <li>
          <span>${words(row, settings[row.key])}</span>
          <button type="button" aria-label="Reset ${row.label.toLowerCase()}" title="Back to the default"
            @click=${() => panel.playground.unset(row.key)}>${closeIcon}</button>
        </li>
      `)}
    </ul>
  `;
}

function words(/** @type {import("../core/config.js").Setting} */ row, /** @type {any} */ value) {
  if (row.type === "flag") return value ? row.label : `${row.label}: no`;
  const written = row.choices?.find((choice) => choice.value === value)?.label ?? write(row, value);
  return `${row.label}: ${written}`;
}

/**
 * The sections, in the table's order; `extras` for what is more than a field: under a heading, `top` or `end`.
 *
 * @param {FoldingPanel} panel
 * @param {"model" | "training"} fold
 * @param {Record<string, unknown>} [extras]
 */
export function moreSettings(panel, fold, extras = {}) {
  const rows = SETTINGS.filter((row) => row.fold === fold);
  const groups = [...new Set(rows.map(({ group }) => group ?? ""))];
  const section = (/** @type {string} */ group) => {
    const shown = rows.filter((row) => row.group === group && applies(row, panel.state.settings));
    if (!shown.length) return nothing;
    return html`
      <fieldset>
        <legend>${group}</legend>
        <div class="fields">${shown.map(({ key }) => field(panel, key))}</div>
        ${extras[group] ?? nothing}
      </fieldset>
    `;
  };
  return html`
    <div class="more-settings" id="${panel.uid}-more" ?hidden=${!panel.isOpen}>
      ${panel.isOpen ? html`${extras.top ?? nothing}<div class="sections">${groups.map(section)}${extras.end ?? nothing}</div>` : nothing}
    </div>
  `;
}
