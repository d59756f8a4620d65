// @ts-check
/** How a search is made: by what rule, how many trials for how long, and what judges them. */
import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { LIMITS, variedOf } from "../../session/varied.js";
import { SCORES } from "../../session/rounds.js";
import { options } from "../../ui/field.js";
import { epochsOf, judgeOf, scoreOf } from "./model.js";
import { formatCount } from "../../base/format.js";
import { t } from "../../base/text.js";
import { unlessTyped } from "../../ui/unlessTyped.js";

/** @typedef {keyof typeof LIMITS} Key */
/** @typedef {import("../../session/varied.js").Choices} Choices */

/**
 * @param {import("../../ui/panel.js").Panel & {wrong: Record<string, string>}} panel
 * @param {boolean} isOff       while a search is under way
 * @param {boolean} hasEpochs   whether epochs are varied themselves
 */
export function howFields(panel, isOff, hasEpochs) {
  const store = variedOf(panel.playground);
  const choices = store.get();
  const { description, settings } = panel.state;
  const { uid } = panel;
  const { by, points, trials, seed, folds } = choices;
  const judge = judgeOf(choices, description);
  const validation = description?.rows.validation ?? 0;
  const task = description?.task ?? "classification";
  const choose =
    (/** @type {(value: string) => Partial<Choices>} */ patch) => (/** @type {EventOn<HTMLSelectElement>} */ event) => {
      panel.wrong = {}; // what was refused may be asked for no more
      store.set(patch(event.currentTarget.value));
    };
  const number = (/** @type {Key} */ key, /** @type {string} */ label, /** @type {number} */ value, isIdle = false) =>
    numberField(panel, key, label, value, isOff || isIdle);
  return html`
    <div class="study-top search-how">
      <div class="field search-wide">
        <label for="${uid}-by">${t("search.method")}</label>
        <select id="${uid}-by" ?disabled=${isOff} @change=${choose((value) => ({ by: /** @type {Choices["by"]} */ (value) }))}>
          ${options(
            [
              { value: "random", label: t("search.random") },
              { value: "grid", label: t("search.grid") },
              { value: "halving", label: t("search.halving") },
            ],
            by,
          )}
        </select>
      </div>
      ${by === "grid" ? number("points", t("search.points"), points) : number("trials", t("search.trials"), trials)}
      ${by === "grid" ? nothing : number("seed", t("search.seed"), seed)}
      ${hasEpochs ? nothing : number("epochs", t("search.epochsEach"), epochsOf(choices, settings))}
      <div class="field search-judge">
        <label for="${uid}-judge">${t("search.judgedBy")}</label>
        <select id="${uid}-judge" ?disabled=${isOff} @change=${choose((value) => ({ judge: /** @type {Choices["judge"]} */ (value) }))}>
          <option value="validation" ?disabled=${!validation} .selected=${live(judge === "validation")}>${validation ? t("search.byValidation", { rows: formatCount(validation) }) : t("search.noValidation")}</option>
          <option value="folds" .selected=${live(judge === "folds")}>${t("search.byFolds")}</option>
        </select>
      </div>
      ${judge === "folds" ? number("folds", t("search.foldsEach"), folds) : nothing}
      <div class="field search-wide">
        <label for="${uid}-score">${t("search.rankedBy")}</label>
        <select id="${uid}-score" ?disabled=${isOff} @change=${choose((value) => ({ score: value }))}>
          ${options(
            SCORES[task].map(({ name, label }) => ({ value: name, label })),
            scoreOf(choices.score, task).name,
          )}
        </select>
      </div>
    </div>
  `;
}

/**
 * What was refused stays in the field, to be mended.
 *
 * @param {import("../../ui/panel.js").Panel & {wrong: Record<string, string>}} panel
 * @param {Key} key
 * @param {string} label
 * @param {number} value
 * @param {boolean} isOff
 */
function numberField(panel, key, label, value, isOff) {
  const [least, most] = LIMITS[key];
  const id = `${panel.uid}-${key}`;
  const enter = (/** @type {EventOn<HTMLInputElement>} */ { currentTarget }) => {
    const entry = Number(currentTarget.value.trim() || NaN);
    const { [key]: _, ...others } = panel.wrong;
    panel.wrong = others;
    if (Number.isInteger(entry) && entry >= least && entry <= most) variedOf(panel.playground).set({ [key]: entry });
    else panel.wrong = { ...others, [key]: currentTarget.value };
  };
  const isWrong = key in panel.wrong;
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <span class="number"><input id=${id} type="text" inputmode="numeric" autocomplete="off" .value=${unlessTyped(isWrong ? panel.wrong[key] : String(value))} aria-invalid=${isWrong ? "true" : "false"} ?disabled=${isOff} @change=${enter} /></span>
    </div>
  `;
}

/** Why a search can't be made as it was entered; empty where it can. @param {Record<string, string>} wrong */
export function wrongWords(wrong) {
  const [key, value] = Object.entries(wrong)[0] ?? [];
  if (!key) return "";
  const [least, most] = LIMITS[/** @type {Key} */ (key)];
  const label = {
    points: t("search.points"),
    trials: t("search.trials"),
    seed: t("search.seed"),
    epochs: t("search.epochsEach"),
    folds: t("search.foldsEach"),
  }[key];
  return t("search.outOfRange", { label, value, least: formatCount(least), most: formatCount(most) });
}
