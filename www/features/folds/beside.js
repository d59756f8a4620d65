// @ts-check
/**
 * Rows dealt at random beside groups kept whole: of a group that is cut, its other rows are trained on, so the model knows
 * it. What is lost where it doesn't is the part of a score that does not carry over. No DOM.
 *
 * @typedef {import("./model.js").Choices} Choices
 * @typedef {import("./model.js").FoldsState} FoldsState
 * @typedef {import("../../session/rounds.js").Figures} Figures
 *
 * @typedef {object} Kept   a cross-validation that was done
 * @property {string} about       the experiment
 * @property {Choices} choices
 * @property {(Figures | null | undefined)[]} figures   a round each
 *
 * @typedef {{mean: number, deviation: number, count: number}} Spread
 * @typedef {object} Beside
 * @property {string} column      by whose groups
 * @property {boolean} isOfVoices
 * @property {Choices | null} known   how rows were dealt at random, where they were
 * @property {Choices | null} fresh   how groups were kept whole
 * @property {(Figures | null | undefined)[]} knownFigures
 * @property {(Figures | null | undefined)[]} freshFigures
 */
import { asGain, asShown, formatFigure, formatGap, meanOf, valuesOf } from "../../session/rounds.js";
import { t } from "../../base/text.js";

/** With what was done now, the last of each way to deal; all of the same experiment. @param {Kept[]} kept @param {Kept} last */
export const keptWith = (kept, last) => [
  ...kept.filter(
    ({ about, choices: { by, column } }) =>
      about === last.about && (by !== last.choices.by || column !== last.choices.column),
  ),
  last,
];

/**
 * What stands side by side for rounds that are shown; null where there are no groups.
 *
 * @param {Pick<FoldsState, "kept" | "about" | "choices">} state
 * @param {{name: string}[]} own   groups that the rows bring along, without a column
 * @returns {Beside | null}
 */
export function besideOf({ kept, about, choices }, own) {
  const alike = kept.filter((one) => one.about === about);
  const ofGroups = alike.filter(({ choices: { by } }) => by === "groups").at(-1);
  const column = choices.by === "groups" ? choices.column : (ofGroups?.choices.column ?? own[0]?.name);
  if (!column || (choices.by !== "groups" && choices.by !== "chance")) return null;
  const known = alike.find(({ choices: one }) => one.by === "chance" && !one.isEach);
  const fresh = alike.find(({ choices: one }) => one.by === "groups" && one.column === column);
  return {
    column,
    isOfVoices: own.some(({ name }) => name === column),
    known: known?.choices ?? null,
    fresh: fresh?.choices ?? null,
    knownFigures: known?.figures ?? [],
    freshFigures: fresh?.figures ?? [],
  };
}

/** Two standard errors of the difference of two means: what chance explains. @param {Spread} a @param {Spread} b */
export const chanceOf = (a, b) => 2 * Math.sqrt(a.deviation ** 2 / a.count + b.deviation ** 2 / b.count);

/** What the two come to by one score; empty while one of them is missing. @param {Beside} beside @param {{name: string, label: string}} score */
export function besideWords({ column, isOfVoices, knownFigures, freshFigures }, { name, label }) {
  const [known, fresh] = [knownFigures, freshFigures].map((figures) => meanOf(valuesOf(figures, name)));
  const chance = chanceOf(known, fresh);
  if (!(chance >= 0)) return "";
  const gap = asGain(name, known.mean) - asGain(name, fresh.mean);
  const [inKnown, inFresh] = [known, fresh].map(({ mean }) => formatFigure(name, mean));
  const size = formatGap(name, Math.abs(asShown(name, known.mean) - asShown(name, fresh.mean)));
  const most = formatGap(name, chance);
  if (isOfVoices)
    return gap > chance
      ? t("folds.voicesGap", { score: label, known: inKnown, fresh: inFresh, gap: size, chance: most })
      : t("folds.voicesNoGap", { score: label, known: inKnown, fresh: inFresh, chance: most });
  return gap > chance
    ? t("folds.groupsGap", { score: label, known: inKnown, fresh: inFresh, gap: size, chance: most, column })
    : t("folds.groupsNoGap", { score: label, known: inKnown, fresh: inFresh, chance: most, column });
}
