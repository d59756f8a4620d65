// @ts-check
/** How a search is made: by what rule, how many trials for how long, and what judges them. */
import { html, nothing } from "lit";
import { LIMITS, variedOf } from "../../session/varied.js";
import { SCORES } from "../../session/rounds.js";
import { numberField } from "../../ui/numberField.js";
import { select } from "../../ui/select.js";
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
  const choice = (
    /** @type {string} */ name,
    /** @type {string} */ label,
    /** @type {string} */ as,
    /** @type {import("../../ui/select.js").Choice[]} */ all,
    /** @type {string} */ value,
    /** @type {(value: string) => Partial<Choices>} */ patch,
  ) => {
    const id = `${uid}-${name}`;
    const choose = (/** @type {string} */ text) => {
      panel.wrong = {}; // what was refused may be asked for no more
      store.set(patch(text));
    };
    return select({ id, label, as, choices: all, value, enter: choose, disabled: isOff });
  };
  const number = (/** @type {Key} */ key, /** @type {string} */ label, /** @type {number} */ value, isIdle = false) =>
    whole(panel, key, label, value, isOff || isIdle);
  return html`
    <div class="study-top search-how">
      ${choice(
        "by",
        t("search.method"),
        "search-wide",
        [
          { value: "random", label: t("search.random") },
          { value: "grid", label: t("search.grid") },
          { value: "halving", label: t("search.halving") },
        ],
        by,
        (value) => ({ by: /** @type {Choices["by"]} */ (value) }),
      )}
      ${by === "grid" ? number("points", t("search.points"), points) : number("trials", t("search.trials"), trials)}
      ${by === "grid" ? nothing : number("seed", t("search.seed"), seed)}
      ${hasEpochs ? nothing : number("epochs", t("search.epochsEach"), epochsOf(choices, settings))}
      ${choice(
        "judge",
        t("search.judgedBy"),
        "search-judge",
        [
          {
            value: "validation",
            label: validation ? t("search.byValidation", { rows: formatCount(validation) }) : t("search.noValidation"),
            disabled: !validation,
          },
          { value: "folds", label: t("search.byFolds") },
        ],
        judge,
        (value) => ({ judge: /** @type {Choices["judge"]} */ (value) }),
      )}
      ${judge === "folds" ? number("folds", t("search.foldsEach"), folds) : nothing}
      ${choice(
        "score",
        t("search.rankedBy"),
        "search-wide",
        SCORES[task].map(({ name, label }) => ({ value: name, label })),
        scoreOf(choices.score, task).name,
        (score) => ({ score }),
      )}
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
function whole(panel, key, label, value, isOff) {
  const [least, most] = LIMITS[key];
  const id = `${panel.uid}-${key}`;
  const enter = (/** @type {string} */ text) => {
    const entry = Number(text.trim() || NaN);
    const { [key]: _, ...others } = panel.wrong;
    panel.wrong = others;
    if (Number.isInteger(entry) && entry >= least && entry <= most) variedOf(panel.playground).set({ [key]: entry });
    else panel.wrong = { ...others, [key]: text };
  };
  const isWrong = key in panel.wrong;
  return numberField({
    id,
    label,
    mode: "numeric",
    text: unlessTyped(isWrong ? panel.wrong[key] : String(value)),
    isWrong,
    enter,
    disabled: isOff,
  });
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
