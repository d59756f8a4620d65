// @ts-check
/** One setting as a labelled field, made from its row in the table. */
import { html, noChange, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { neighbour, settingOf, write } from "../core/config.js";
import { parseFor } from "../core/spec.js";
import { minusIcon, plusIcon } from "./icons.js";

/**
 * @param {import("./panel.js").Panel} panel
 * @param {string} key
 */
export function field(panel, key) {
  const row = settingOf(key);
  const id = `${panel.uid}-${key}`;
  const control = row.type === "choice" ? select : row.type === "flag" ? checkbox : row.stops || row.integer ? numberField : slider;
  const problem = panel.state.problems[key];
  return html`
    <div class="field field-${row.type}" data-kind=${row.kind}>
      <label for=${id}>${row.label}</label>
      ${control(panel, row, id, problem)}
      ${problem ? html`<p class="problem" id="${id}-problem" role="alert">${problem}</p>` : nothing}
    </div>
  `;
}

/** @typedef {import("../core/config.js").Setting} Setting */
/** @typedef {import("./panel.js").Panel} Panel */

const entered = (/** @type {Panel} */ panel, /** @type {Setting} */ row) => (/** @type {any} */ event) =>
  panel.playground.enter(row.key, event.currentTarget.value);

function select(/** @type {Panel} */ panel, /** @type {Setting} */ row, /** @type {string} */ id) {
  const { settings } = panel.state;
  const value = settings[row.key];
  const choices = row.choices?.filter((choice) => parseFor(settings.source, row.key, choice.value).problem === null);
  return html`
    <select id=${id} title=${row.help} @change=${entered(panel, row)}>
      ${choices?.map((choice) => html`<option value=${choice.value} ?selected=${choice.value === value} .selected=${live(choice.value === value)}>${choice.label}</option>`)}
    </select>
  `;
}

function checkbox(/** @type {Panel} */ panel, /** @type {Setting} */ row, /** @type {string} */ id) {
  const set = (/** @type {any} */ event) => panel.playground.set(row.key, event.currentTarget.checked);
  return html`<input type="checkbox" id=${id} title=${row.help} .checked=${live(panel.state.settings[row.key])} @change=${set} />`;
}

function slider(/** @type {Panel} */ panel, /** @type {Setting} */ row, /** @type {string} */ id) {
  const value = panel.state.settings[row.key];
  const { min, max = 1, sliderMax = max, step } = row;
  const shown = `${Math.round(value * 100)} %`;
  return html`
    <span class="slider">
      <input type="range" id=${id} title=${row.help} min=${min} max=${value > sliderMax ? max : sliderMax} step=${step}
        aria-valuetext=${shown} .value=${live(String(value))} @input=${entered(panel, row)} />
      <span class="slider-value" aria-hidden="true">${shown}</span>
    </span>
  `;
}

function numberField(/** @type {Panel} */ panel, /** @type {Setting} */ row, /** @type {string} */ id, /** @type {string | undefined} */ problem) {
  const value = panel.state.settings[row.key];
  const text = write(row, value);
  const go = (/** @type {number} */ by) => () => panel.playground.set(row.key, neighbour(row, value, by));
  const button = (/** @type {number} */ by) => html`
    <button type="button" class="nudge" tabindex="-1" ?disabled=${neighbour(row, value, by) === value}
      aria-label="${by < 0 ? "Smaller" : "Larger"} ${row.label.toLowerCase()}" @click=${go(by)}>${by < 0 ? minusIcon : plusIcon}</button>
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
      <input type="text" inputmode=${row.integer ? "numeric" : "decimal"} autocomplete="off" id=${id} title=${row.help}
        aria-invalid=${problem ? "true" : "false"} aria-describedby=${problem ? `${id}-problem` : nothing}
        .value=${problem ? noChange : live(text)} @change=${entered(panel, row)} @keydown=${arrows} />
      ${row.stops ? button(1) : nothing}
    </span>
  `;
}
