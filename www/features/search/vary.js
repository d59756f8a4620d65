// @ts-check
/** What is varied, a row each with its range, and the picker that adds one. */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { MOST_AXES, variedOf } from "../../session/varied.js";
import { entered, freshAxis, problemOf, variablesOf, variedIn } from "../../session/variables.js";
import { numberField } from "../../ui/numberField.js";
import { iconButton } from "../../ui/roundButton.js";
import { select } from "../../ui/select.js";
import { t } from "../../base/text.js";
import { unlessTyped } from "../../ui/unlessTyped.js";

/** @typedef {import("../../session/variables.js").Axis} Axis */
/** @typedef {import("../../session/variables.js").Variable} Variable */
/** @typedef {import("../../ui/panel.js").Panel} Panel */

/**
 * @param {Panel} panel
 * @param {boolean} isOff   while a search is under way
 */
export function varyFields(panel, isOff) {
  const store = variedOf(panel.playground);
  const { axes } = store.get();
  const { settings } = panel.state;
  const varied = new Map(variedIn(settings, axes).map((one) => [one.axis.id, one]));
  const put = (/** @type {string} */ id, /** @type {Partial<Axis>} */ patch) =>
    store.set({ axes: axes.map((axis) => (axis.id === id ? { ...axis, ...patch } : axis)) });
  const remove = (/** @type {string} */ id) => store.set({ axes: axes.filter((axis) => axis.id !== id) });
  return html`
    <fieldset class="search-vary" ?disabled=${isOff}>
      <legend>${t("search.varied")}</legend>
      ${axes.length ? nothing : html`<p class="note">${t("search.nothingVaried")}</p>`}
      <ul class="search-axes">${axes.map((axis) => {
        const own = varied.get(axis.id);
        return html`<li class="search-axis" data-axis=${axis.id}>${own ? axisFields(panel, own, put, remove) : idle(axis, remove)}</li>`;
      })}</ul>
      ${axes.length < MOST_AXES ? picker(panel, axes) : html`<p class="note">${t("search.mostVaried", { most: MOST_AXES })}</p>`}
    </fieldset>
  `;
}

const removeButton = (
  /** @type {string} */ id,
  /** @type {string} */ label,
  /** @type {(id: string) => void} */ remove,
) => iconButton(t("search.stopVarying", { label }), "×", () => remove(id), "search-remove");

/** What means nothing with the settings as they are: it is kept, and left out. @param {Axis} axis @param {(id: string) => void} remove */
const idle = ({ id }, remove) =>
  html`<span class="search-name">${id}</span><span class="note">${t("search.noEffect")}</span>${removeButton(id, id, remove)}`;

/**
 * @param {Panel} panel
 * @param {{variable: Variable, axis: Axis}} own
 * @param {(id: string, patch: Partial<Axis>) => void} put
 * @param {(id: string) => void} remove
 */
function axisFields({ uid }, { variable, axis }, put, remove) {
  const { id, label } = variable;
  const problem = problemOf(variable, axis);
  return html`
    <span class="search-name">${label}</span>
    ${variable.choices ? names(variable, axis, put) : range(`${uid}-${id}`, variable, axis, problem !== "", put)}
    ${removeButton(id, label, remove)}
    ${problem ? html`<p class="problem" role="alert">${problem}</p>` : nothing}
  `;
}

/** @param {Variable} variable @param {Axis} axis @param {(id: string, patch: Partial<Axis>) => void} put */
function names({ id, label, choices = [] }, { values }, put) {
  const toggle = (/** @type {any} any: as the setting has it */ value) =>
    put(id, {
      values: choices
        .map((one) => one.value)
        .filter((one) => (one === value ? !values.includes(one) : values.includes(one))),
    });
  return html`
    <span class="search-values" role="group" aria-label=${label}>${choices.map(
      (one) =>
        html`<label class="study-flag"><input type="checkbox" .checked=${live(values.includes(one.value))} @change=${() => toggle(one.value)} /> ${one.label}</label>`,
    )}</span>
  `;
}

/** @param {string} key @param {Variable} variable @param {Axis} axis @param {boolean} isWrong @param {(id: string, patch: Partial<Axis>) => void} put */
function range(key, { id, label, isWhole, min = 0 }, axis, isWrong, put) {
  const end = (/** @type {"low" | "high"} */ name, /** @type {string} */ words) =>
    numberField({
      id: `${key}-${name}`,
      label: words,
      name: `${label}: ${words}`,
      mode: isWhole ? "numeric" : "decimal",
      text: unlessTyped(String(axis[name])),
      isWrong,
      enter: (text) => put(id, { [name]: entered(text) }),
    });
  return html`
    <span class="search-range">
      ${end("low", t("search.from"))}${end("high", t("search.to"))}
      ${
        min < 0
          ? nothing
          : select({
              id: `${key}-scale`,
              label: t("search.scale"),
              name: `${label}: ${t("search.scale")}`,
              choices: [
                { value: "linear", label: t("search.linear") },
                { value: "log", label: t("search.log") },
              ],
              value: axis.isLog ? "log" : "linear",
              enter: (scale) => put(id, { isLog: scale === "log" }),
            })
      }
    </span>
  `;
}

/** @param {Panel} panel @param {Axis[]} axes */
function picker(panel, axes) {
  const { settings } = panel.state;
  const store = variedOf(panel.playground);
  const free = variablesOf(settings, axes).filter(({ id }) => !axes.some((axis) => axis.id === id));
  const add = (/** @type {EventOn<HTMLButtonElement>} */ { currentTarget }) => {
    const picked = /** @type {HTMLSelectElement} */ (currentTarget.parentElement?.querySelector("select"));
    const variable = free.find(({ id }) => id === picked.value);
    if (variable) store.set({ axes: [...axes, freshAxis(variable, settings)] });
  };
  return html`
    <div class="search-picker">
      ${select({
        id: `${panel.uid}-vary`,
        label: t("search.varySetting"),
        // None is chosen by us: what the reader chose stays.
        choices: html`${free.map(({ id, label }) => html`<option value=${id}>${label}</option>`)}`,
      })}
      <button type="button" class="button" @click=${add}>${t("search.add")}</button>
    </div>
  `;
}
