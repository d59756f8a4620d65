// @ts-check
/**
 * The question, the answer, and what to try next. Whether a model is any good is told against the answer that is the same
 * for every row: the most frequent class of the training rows, or their mean.
 *
 * @typedef {import("../../session/playground.js").State} State
 * @typedef {{part: "test" | "validation" | "training", score: number, guess: number, rows: number, isClasses: boolean, answer: number}} Score
 * @typedef {import("../../session/advice.js").Step} Step
 * @typedef {"yes" | "mostly" | "partly" | "no"} Answer
 */
import { watch } from "../../base/store.js";
import { isLocked } from "../../base/padlock.js";
import { PARTS, judgedBy } from "../../session/judgedRows.js";
import { formatScore } from "../../base/format.js";
import * as advice from "../../session/advice.js";
import { applies, settingOf } from "../../settings/config.js";
import { DRAWN } from "../../settings/sources.js";
import { classWord, formatValue } from "../../base/columnFormat.js";
import { t } from "../../base/text.js";

/**
 * How good the net is now, and how good guessing is, on the same rows.
 *
 * @param {State} state
 * @returns {Score | null}   null where there is nothing to compare
 */
export function scoreOf(state) {
  const part = judgedBy(state);
  const { frame, description, baseline, shown } = state;
  const metrics = part && frame?.[part];
  if (!part || !metrics || !description || baseline?.part !== part || baseline.run !== shown) return null;
  const isClasses = description.task !== "regression";
  const [score, guess] = isClasses ? [metrics.accuracy, baseline.accuracy] : [metrics.mae, baseline.mae];
  if (!Number.isFinite(score) || !Number.isFinite(guess)) return null;
  return {
    part,
    score: /** @type {number} */ (score),
    guess: /** @type {number} */ (guess),
    rows: metrics.rows,
    isClasses,
    answer: baseline.answer,
  };
}

/**
 * Keeps how good guessing is at hand, for the run and the rows that are shown.
 *
 * @param {import("../../session/playground.js").Playground} playground
 * @returns {() => void} ends it
 */
export function followBaseline(playground) {
  const { store } = playground;
  const ask = async () => {
    const state = store.get();
    const [part, run] = [judgedBy(state), state.shown];
    if (!part) return;
    const baseline = await playground.ask("baseline", { part: PARTS.indexOf(part) }).catch(() => null);
    if (baseline && store.get().shown === run) store.set({ baseline: { ...baseline, part, run } });
  };
  void ask();
  return watch(store, (state) => [judgedBy(state), state.shown], ask);
}

/** So good is a yes: this share of rows right, or a guess's error made so many times smaller. */
const YES = 0.95;
const YES_ERROR = 1 / 10;
/** Between that and this it is mostly, below it partly. */
const MOSTLY = 0.85;
const MOSTLY_ERROR = 1 / 4;

/**
 * What came out, in a word. Better than guessing means by more than chance allows: by two standard errors of the guess's
 * share of rows; of errors, by a twentieth.
 *
 * @param {Score} score
 * @returns {Answer}
 */
export function answerOf({ score, guess, rows, isClasses }) {
  if (!isClasses) {
    if (score > guess * 0.95) return "no";
    return score <= guess * YES_ERROR ? "yes" : score <= guess * MOSTLY_ERROR ? "mostly" : "partly";
  }
  const chance = 2 * Math.sqrt((guess * (1 - guess)) / rows);
  if (score <= guess + Math.min(chance, (1 - guess) / 2)) return "no";
  return score >= YES ? "yes" : score >= MOSTLY ? "mostly" : "partly";
}

const ROWS = {
  training: t("result.rowsLearnedFrom"),
  validation: t("result.validationRows"),
  test: t("result.testRows"),
};
const LEADS = { yes: t("result.yes"), mostly: t("result.mostly"), partly: t("result.partly"), no: t("result.no") };

/** Figures as the Evaluation panel writes them. */
export const written =
  (/** @type {State} */ { description }, /** @type {Score} */ { isClasses }) =>
  (/** @type {number} */ value) =>
    formatScore(isClasses ? { accuracy: value } : { mae: value }, description?.target ? formatValue : undefined);

/**
 * The answer in two sentences. A question of somebody's own may not be one for yes or no: then without the first word.
 *
 * @param {State} state
 * @param {Score} score
 */
export function resultWords(state, score) {
  const { description, settings } = state;
  const write = written(state, score);
  const lead = settings.question ? "" : `${LEADS[answerOf(score)]} `;
  const rows = ROWS[score.part];
  const ours = score.isClasses
    ? t("result.classifiedCorrectly", { score: write(score.score), rows })
    : t("result.offAverage", { rows, score: write(score.score) });
  const theirs = score.isClasses
    ? t("result.guessingAlwaysGets", { description: classWord(description, score.answer), guess: write(score.guess) })
    : t("result.guessingMeanOff", { guess: write(score.guess) });
  const few =
    score.isClasses && score.rows < 30
      ? t("result.chancePlaysLargePart", { rows: t("count.rows", { count: score.rows }) })
      : "";
  const seen =
    score.part !== "training" ? "" : isLocked(state) ? t("result.testRowsLocked") : t("result.noRowsKeptBack");
  return `${lead}${ours} ${theirs}${few}${seen}`;
}

/** A gap between training and test accuracy that tells of learning by heart. */
const GAP = 0.1;
/** A loss that still fell by this part over the last tenth of the curve is not at its end. */
const STILL_FALLS = 0.02;

/**
 * Three things to try, the most telling first; none that the coach offers beside it.
 *
 * @param {State} state
 * @param {Score} score
 * @param {Step[]} [offered]
 * @returns {Step[]}
 */
export function nextSteps(state, score, offered = []) {
  const isGood = answerOf(score) === "yes";
  const isTable = Boolean(state.description?.target);
  const all = [...(isGood ? [] : remedies(state, score)), ...(isTable ? ofTable(state, score) : ofToy(state, isGood))];
  const hidden = state.settings.hide ?? [];
  return all
    .filter((step) => step !== null)
    .filter((step) => !advice.isHidden(step, hidden) && !offered.some((other) => advice.isSameStep(step, other)))
    .slice(0, 3);
}

/** Against what is wrong. @returns {(Step | null)[]} */
function remedies(/** @type {State} */ { settings, frame }, /** @type {Score} */ score) {
  const { layers, epochs, l2, optimizer } = settings;
  const isLearnedByHeart =
    score.isClasses && score.part !== "training" && (frame?.training.accuracy ?? 0) - score.score > GAP;
  return [
    isLearnedByHeart && !l2 ? advice.strongerL2(settings) : null,
    !layers.length
      ? advice.hiddenLayer()
      : isLearnedByHeart
        ? null
        : falls(frame) && epochs
          ? advice.longer(epochs)
          : advice.wider(settings),
    optimizer === "sgd" ? advice.adam() : null,
    advice.mayUseRelu(settings) ? advice.relu(settings) : null,
  ];
}

function falls(/** @type {State["frame"]} */ frame) {
  const training = frame?.curve?.training;
  if (!training || training.length < 10) return false;
  const last = training[training.length - 1];
  return training[Math.floor(training.length * 0.9) - 1] > last * (1 + STILL_FALLS);
}

/** @returns {(Step | null)[]} */
function ofToy(/** @type {State} */ { settings }, /** @type {boolean} */ isGood) {
  const { source, layers, noise } = settings;
  return [
    ...(isGood
      ? [
          advice.harder(source),
          noise === 0 && applies(settingOf("noise"), settings) ? advice.someNoise() : null,
          layers.length ? advice.noHiddenLayers() : null,
          source !== DRAWN.name ? advice.drawPoints() : null,
        ]
      : []),
    advice.lookInside(),
  ];
}

/** @returns {(Step | null)[]} */
function ofTable(/** @type {State} */ { settings }, /** @type {Score} */ score) {
  return [
    settings.layers.length ? advice.noHiddenLayers() : null,
    score.isClasses ? advice.wrongRows() : null,
    advice.checkData(),
  ];
}
