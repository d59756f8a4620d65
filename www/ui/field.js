// @ts-check
/** One setting as a labeled field, made from its row in the table. */
import { html, noChange, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { applies, effective, settingOf } from "../settings/config.js";
import { formatShare } from "../base/format.js";
import { neighbor, write } from "../settings/parse.js";
import { parseFor } from "../settings/spec.js";
import { minusIcon, plusIcon } from "./icons.js";
import { labeled } from "./labeled.js";
import { nudge } from "./nudge.js";
import { numberField } from "./numberField.js";
import { select } from "./select.js";
import { slider } from "./slider.js";
import { typed } from "./typed.js";
import { t } from "../base/text.js";

/**
 * @param {import("./panel.js").Panel} panel
 * @param {string} key
 */
export function field(panel, key) {
  const row = settingOf(key);
  const control =
    row.type === "number"
      ? row.step && !row.integer && !row.stops
        ? share
        : number
      : CONTROLS[/** @type {keyof typeof CONTROLS} */ (row.type)];
  return control(panel, row, {
    id: `${panel.uid}-${key}`,
    label: row.label,
    key,
    problem: panel.state.problems[key],
    as: `field-${row.type}`,
    kind: row.kind,
    enter: (text) => panel.playground.enter(key, text),
  });
}

/** Those of the fields that apply. @param {import("./panel.js").Panel} panel @param {string[]} keys */
export const fieldsOf = (panel, keys) =>
  html`<div class="fields">${keys.filter((key) => applies(settingOf(key), panel.state.settings)).map((key) => field(panel, key))}</div>`;

/** @typedef {import("../settings/config.js").Setting} Setting */
/** @typedef {import("./panel.js").Panel} Panel */

/** @typedef {import("./labeled.js").Labeled & {key: string, enter: (text: string) => void}} How */

function choice(/** @type {Panel} */ panel, /** @type {Setting} */ { key, choices }, /** @type {How} */ how) {
  const { settings } = panel.state;
  return select({
    ...how,
    choices: choices?.filter(({ value }) => parseFor(settings.source, key, value).problem === null),
    value: settings[key],
  });
}

/** One activation for all layers; where they differ, it says so, and choosing one makes them alike again. */
function activations(/** @type {Panel} */ panel, /** @type {Setting} */ { key, choices = [] }, /** @type {How} */ how) {
  const names = panel.state.settings[key];
  return names.length > 1
    ? select({ ...how, choices: [{ value: "", label: t("ui.mixed"), disabled: true }, ...choices] })
    : select({ ...how, choices, value: names[0] });
}

function flag(/** @type {Panel} */ panel, /** @type {Setting} */ { key }, /** @type {How} */ how) {
  const set = (/** @type {EventOn<HTMLInputElement>} */ event) =>
    panel.playground.set(key, event.currentTarget.checked);
  return labeled(
    how,
    html`<input type="checkbox" id=${how.id} data-setting=${key} .checked=${live(panel.state.settings[key])} @change=${set} />`,
  );
}

function share(/** @type {Panel} */ panel, /** @type {Setting} */ row, /** @type {How} */ how) {
  const { key, min = 0, max = 1, sliderMin = min, sliderMax = max, step } = row;
  const value = panel.state.settings[key];
  return slider({
    ...how,
    min: value < sliderMin ? min : sliderMin,
    max: value > sliderMax ? max : sliderMax,
    step,
    value,
    shown: formatShare(value, 0),
  });
}

function number(/** @type {Panel} */ panel, /** @type {Setting} */ row, /** @type {How} */ how) {
  const { key, stops, auto, none, label, integer } = row;
  const { settings } = panel.state;
  const value = settings[key];
  const from = auto ? effective(row, settings) : value;
  const go = (/** @type {number} */ by) => panel.playground.set(key, neighbor(row, from, by));
  const end = (/** @type {number} */ by) =>
    nudge(
      by < 0 ? minusIcon : plusIcon,
      `${by < 0 ? t("ui.smaller") : t("ui.larger")} ${label.toLowerCase()}`,
      neighbor(row, from, by) === from,
      () => go(by),
      -1,
    );
  return numberField({
    ...how,
    mode: integer ? "numeric" : "decimal",
    // What an empty field means stands in it, as a hint.
    hint: auto ? String(from) : none ? (none === "off" ? t("ui.off") : t("ui.noEnd")) : nothing,
    // What was refused stays in the field, to be mended rather than typed again.
    text: how.problem ? noChange : typed(value === null ? "" : write(row, value)),
    ...(stops && { go, end }),
  });
}

/** Which control a setting has; numbers have two. */
const CONTROLS = { choice, activations, flag };
