// @ts-check
/** Brings together what a report holds: the run, how good it is, what cleaning did, and what was done in panels. */
import { formatCount } from "../../base/format.js";
import { tellersOf } from "../../base/reported.js";
import { isLocked } from "../../base/padlock.js";
import {
  classRows,
  classesTable,
  guessWords,
  methodWords,
  scoreCells,
  scoresHead,
  valueRows,
} from "../../session/scoreRows.js";
import { scoringOf } from "../../session/scoring.js";
import { positiveOf } from "../../session/positiveClass.js";
import { markedName } from "../../session/markedName.js";
import { isTable } from "../../settings/tableNames.js";
import { specFrom } from "../../settings/spec.js";
import { reportOf } from "./report.js";
import { t } from "../../base/text.js";

/**
 * @typedef {import("../../base/reported.js").Section} Section
 * @typedef {import("../../session/playground.js").Playground} Playground
 * @typedef {import("../../session/scoring.js").Answer} Answer
 */

/** Those who have something to say, in the order in which one asks; whoever is not among them comes after. */
const ORDER = [
  "ty-threshold-panel",
  "ty-residuals",
  "ty-folds",
  "ty-search",
  "ty-restarts",
  "ty-learning-curves",
  "ty-surface",
  "ty-baselines",
  "ty-verdict",
];

/** The report of the run as it stands. @param {Playground} playground @param {string} link @returns {Promise<import("./report.js").Report | null>} */
export async function gatherReport(playground, link) {
  const [cleaning, ...all] = await Promise.all([
    cleaningOf(playground),
    ...partsOf(playground).map((part) => scoresOf(playground, part)),
  ]);
  const scored = all.filter(({ part }) => part !== 2 || !isLocked(playground.store.get())); // it may be shut by now
  const answers = scored.flatMap(({ answer }) => answer ?? []);
  const place = (/** @type {string} */ name) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  const tellers = [...tellersOf(playground)].sort(([a], [b]) => place(a) - place(b));
  const told = await Promise.all(tellers.flatMap(([, tell]) => tell(answers)));
  const more = [...scored.map(({ section }) => section), ...told].filter((section) => section !== null);
  return reportOf(playground.store.get(), link, { cleaning, more: more.map(titled) });
}

/** With the rows that it is about in its title. @param {Section} section @returns {Section} */
function titled({ on, ...section }) {
  if (!on) return section;
  const count = on.rows;
  const rows = [
    t("share.countTraining", { count }),
    t("share.countValidation", { count }),
    t("share.countTest", { count }),
  ][on.part];
  return { ...section, title: t("share.titleOnRows", { title: section.title, rows }) };
}

/** The rows to choose by, those that Evaluation shows, and the test rows where they may be seen. While it trains, no score stands for long. */
function partsOf(/** @type {Playground} */ playground) {
  const state = playground.store.get();
  const { description, frame, run } = state;
  if (!description || !frame || run?.state === "training") return [];
  const scoring = scoringOf(playground);
  const parts = [description.rows.validation ? 1 : 0, ...(scoring.isLocked ? [] : [scoring.part])];
  if (description.rows.test && !isLocked(state)) parts.push(2);
  return [...new Set(parts)].sort();
}

/** @param {Playground} playground @param {number} part @returns {Promise<{part: number, answer: Answer | null, section: Section}>} */
async function scoresOf(playground, part) {
  const { description } = playground.store.get();
  const title = t("app.scores");
  try {
    const scored = await playground.ask("scores", { part });
    if (!scored || !description)
      return { part, answer: null, section: { title, words: [t("metrics.outputsNotFinite")] } };
    const answer = { of: description, part, ...scored };
    return { part, answer, section: scoresSection(answer, positiveOf(playground.store.get().settings)) };
  } catch (error) {
    return { part, answer: null, section: { title, words: [/** @type {Error} */ (error).message] } };
  }
}

/** As the Scores panel shows them. @param {Answer} answer @param {number} positive @returns {Section} */
function scoresSection({ of, part, scores, guess }, positive) {
  const rows =
    scores.task === "classification" && guess.task === "classification"
      ? classRows(scores, guess, positive)
      : scores.task === "regression" && guess.task === "regression"
        ? valueRows(scores, guess)
        : [];
  const tables = [{ head: scoresHead(), rows: rows.map(scoreCells) }];
  if (scores.task === "classification") {
    const { head, rows: classes, means } = classesTable(scores, (i) => markedName(of, i));
    tables.push({ head, rows: [...classes, ...means] });
  }
  return {
    title: t("app.scores"),
    on: { part, rows: scores.rows },
    tables,
    words: [guessWords(of), methodWords(rows)].filter(Boolean),
  };
}

/** What was done to which rows, of a table. @param {Playground} playground @returns {Promise<Section | null>} */
async function cleaningOf(playground) {
  const { settings, description } = playground.store.get();
  if (!description || !isTable(settings.source) || !playground.tables) return null;
  const title = t("data.whatWasDone");
  try {
    const { rowsIn, rowsOut, reported } = await playground.tables.report(specFrom(settings).data);
    if (!reported.length) return null;
    const [all, used, left] = [rowsIn, rowsOut, rowsIn - rowsOut].map(formatCount);
    const balance = t("share.balance", { rowsIn: all, rowsOut: used, left });
    return { title, facts: reported.map(({ sentence }) => sentence), words: [balance] };
  } catch (error) {
    return { title, words: [/** @type {Error} */ (error).message] };
  }
}
