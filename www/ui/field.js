// @ts-check
/** One setting as a labeled field, made from its row in the table. */
import { html, noChange, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { applies, effective, settingOf } from "../settings/config.js";
import { formatShare } from "../base/format.js";
import { neighbor, write } from "../settings/parse.js";
import { parseFor } from "../settings/spec.js";
import { minusIcon, plusIcon } from "./icons.js";
import { typed } from "./typed.js";
import { t } from "../base/text.js";

/**
 * @param {import("./panel.js").Panel} panel
 * @param {string} key
 */
export function field(panel, key) {
  const row = settingOf(key);
  const id = `${panel.uid}-${key}`;
  const control =
    row.type === "number"
      ? row.step && !row.integer && !row.stops
        ? slider
        : numberField
      : CONTROLS[/** @type {keyof typeof CONTROLS} */ (row.type)];
  const problem = panel.state.problems[key];
  return html`
    <div class="field field-${row.type}" data-kind=${row.kind}>
      <label for=${id}>${row.label}</label>
      ${control(panel, row, id, problem)}
      ${problem ? html`<p class="problem" id="${id}-problem" role="alert">${problem}</p>` : nothing}
    </div>
  `;
}

/** Those of the fields that apply. @param {import("./panel.js").Panel} panel @param {string[]} keys */
export const fieldsOf = (panel, keys) =>
  html`<div class="fields">${keys.filter((key) => applies(settingOf(key), panel.state.settings)).map((key) => field(panel, key))}</div>`;

/** @typedef {import("../settings/config.js").Setting} Setting */
/** @typedef {import("./panel.js").Panel} Panel */

const entered =
  (/** @type {Panel} */ panel, /** @type {Setting} */ row) =>
  (/** @type {EventOn<HTMLInputElement | HTMLSelectElement>} */ event) =>
    panel.playground.enter(row.key, event.currentTarget.value);

function select(/** @type {Panel} */ panel, /** @type {Setting} */ row, /** @type {string} */ id) {
  const { settings } = panel.state;
  const value = settings[row.key];
  const choices = row.choices?.filter((choice) => parseFor(settings.source, row.key, choice.value).problem === null);
  return html`
    <select id=${id} data-setting=${row.key} @change=${entered(panel, row)}>${options(choices ?? [], value)}</select>
  `;
}

/** The options of a select, one of them chosen. */
export const options = (/** @type {{value: string, label: string}[]} */ choices, /** @type {string} */ chosen) =>
  choices.map(
    ({ value, label }) =>
      html`<option value=${value} ?selected=${value === chosen} .selected=${live(value === chosen)}>${label}</option>`,
  );

/** One activation for all layers; where they differ, it says so, and choosing one makes them alike again. */
function activations(/** @type {Panel} */ panel, /** @type {Setting} */ row, /** @type {string} */ id) {
  const names = panel.state.settings[row.key];
  const isMixed = names.length > 1;
  return html`
    <select id=${id} data-setting=${row.key} @change=${entered(panel, row)}>
      ${isMixed ? html`<option value="" selected disabled .selected=${live(true)}>${t("ui.mixed")}</option>` : nothing}
      ${options(row.choices ?? [], isMixed ? "" : names[0])}
    </select>
  `;
}

function checkbox(/** @type {Panel} */ panel, /** @type {Setting} */ row, /** @type {string} */ id) {
  const set = (/** @type {EventOn<HTMLInputElement>} */ event) =>
    panel.playground.set(row.key, event.currentTarget.checked);
  return html`<input type="checkbox" id=${id} data-setting=${row.key} .checked=${live(panel.state.settings[row.key])} @change=${set} />`;
}

function slider(/** @type {Panel} */ panel, /** @type {Setting} */ row, /** @type {string} */ id) {
  const value = panel.state.settings[row.key];
  const { min = 0, max = 1, sliderMin = min, sliderMax = max, step } = row;
  const shown = formatShare(value, 0);
  return html`
    <span class="slider">
      <input type="range" id=${id} data-setting=${row.key} min=${value < sliderMin ? min : sliderMin} max=${value > sliderMax ? max : sliderMax} step=${step}
        aria-valuetext=${shown} .value=${live(String(value))} @input=${entered(panel, row)} />
      <span class="slider-value" aria-hidden="true">${shown}</span>
    </span>
  `;
}

function numberField(
  /** @type {Panel} */ panel,
  /** @type {Setting} */ row,
  /** @type {string} */ id,
  /** @type {string | undefined} */ problem,
) {
  const value = panel.state.settings[row.key];
  const text = value === null ? "" : write(row, value);
  // What an empty field means stands in it, as a hint.
  const hint = row.auto
    ? String(effective(row, panel.state.settings))
    : row.none === "off"
      ? t("ui.off")
      : row.none
        ? t("ui.noEnd")
        : "";
  const from = row.auto ? effective(row, panel.state.settings) : value;
  const go = (/** @type {number} */ by) => () => panel.playground.set(row.key, neighbor(row, from, by));
  const button = (/** @type {number} */ by) => html`
    <button type="button" class="nudge" tabindex="-1" ?disabled=${neighbor(row, from, by) === from}
      aria-label="${by < 0 ? t("ui.smaller") : t("ui.larger")} ${row.label.toLowerCase()}" @click=${go(by)}>${by < 0 ? minusIcon : plusIcon}</button>
  `;
  const arrows = (/** @type {KeyboardEvent} */ event) => {
    const by = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    if (!by || !row.stops) return;
    event.preventDefault();
    go(by)();
  };
  // What was refused stays in the field, to be mended rather than typed again.
  return html`
    <span class="number">
      ${row.stops ? button(-1) : nothing}
      <input type="text" inputmode=${row.integer ? "numeric" : "decimal"} autocomplete="off" placeholder=${hint || nothing} id=${id} data-setting=${row.key}
        aria-invalid=${problem ? "true" : "false"} aria-describedby=${problem ? `${id}-problem` : nothing}
        .value=${problem ? noChange : typed(text)} @change=${entered(panel, row)} @keydown=${arrows} />
      ${row.stops ? button(1) : nothing}
    </span>
  `;
}

/** Which control a setting has; numbers have two. */
const CONTROLS = { choice: select, activations, flag: checkbox };
