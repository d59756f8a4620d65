// @ts-check
/**
 * Cross-validation: rows are dealt into folds, each of which validates a model that learned from all others. The test rows
 * are none of them.
 *
 * @typedef {import("../../session/rounds.js").Figures} Figures
 *
 * @typedef {object} RoundResult
 * @property {"finished" | "diverged"} status
 * @property {number} epochs
 * @property {number} rows            that validate
 * @property {number} trainingRows
 * @property {Figures | null} scores  null where a model that diverged has none
 * @property {Figures | null} training
 * @property {import("../../session/protocol.js").Curve} curve
 * @property {number} milliseconds
 * @property {number} parameters
 *
 * @typedef {object} Round
 * @property {RoundResult | null} result
 * @property {string} problem   why it has none
 * @property {import("../../session/protocol.js").Curve | null} curve   so far
 * @property {boolean} isUnderWay
 *
 * @typedef {object} Choices   how rows are dealt
 * @property {number} folds
 * @property {boolean} isEach     one row a fold
 * @property {number} repeats
 * @property {boolean} stratify
 * @property {"chance" | "groups" | "times" | "order"} by
 * @property {string} column      by whose groups or times
 *
 * @typedef {object} Own
 * @property {Round[]} rounds
 * @property {Choices} choices   those of the rounds
 * @property {number} epochs
 * @property {import("./beside.js").Kept[]} kept   what was done before, of the same experiment, by how rows were dealt
 * @typedef {import("../../session/poolJob.js").PoolState & Own} FoldsState
 */
import { formatCount } from "../../base/format.js";
import { PoolJob, READY } from "../../session/poolJob.js";
import { SCORES, formatFigure, meanOf, rowsDealt, specOfRounds, spreadWords, valuesOf } from "../../session/rounds.js";
import { isTable } from "../../settings/tableNames.js";
import { besideOf, besideWords, keptWith } from "./beside.js";
import { t } from "../../base/text.js";

export const LIMITS = { folds: [2, 20], repeats: [1, 10], each: 1000 };

/** @type {Choices} */
export const USUAL = { folds: 10, isEach: false, repeats: 1, stratify: true, by: "chance", column: "" };

/** "Accuracy 95.3% ± 2.1%", of so many rounds. */
export function meanWords(
  /** @type {(Figures | null | undefined)[]} */ all,
  /** @type {{name: string, label: string}} */ { name, label },
) {
  const values = valuesOf(all, name);
  return values.length ? `${label} ${spreadWords(name, meanOf(values))}` : "–";
}

/** How rows are dealt, as the core has it. */
export const optionsOf = (/** @type {Choices} */ { folds, isEach, repeats, stratify, by, column }) => ({
  folds: isEach ? "leave-one-out" : folds,
  ...(by === "times" || by === "order" || isEach ? {} : { repeats }),
  ...(by === "chance" || by === "groups" ? { stratify: stratify && !isEach } : {}),
  ...(by === "groups" ? { groups: column } : {}),
  ...(by === "times" ? { times: column } : {}),
  ...(by === "order" ? { blocked: true } : {}),
});

/** By what the rows belong together without a column of theirs. @param {Pick<import("../../session/playground.js").State, "settings" | "table">} state */
export function groupsOf({ settings, table }) {
  const { groups, columns = [] } = (isTable(settings.source) && table.description) || {};
  return (
    groups ?? columns.filter(({ name }) => name === VOICE).map(({ name, distinct }) => ({ name, count: distinct }))
  );
}

/** The column of a built-in set that says who speaks. */
const VOICE = "voice";

/** By what rows of this run can be dealt. */
export function waysOf(/** @type {import("../../session/playground.js").State} */ { settings, table, description }) {
  /** @type {{by: Choices["by"], column: string, label: string}[]} */
  const ways = [{ by: "chance", column: "", label: t("folds.atRandom") }];
  if (isTable(settings.source))
    for (const { name, kind, inferred, distinct } of table.description?.columns ?? []) {
      if (name === description?.target) continue;
      if (kind === "date" || inferred === "date")
        ways.push({ by: "times", column: name, label: t("folds.byTime", { name }) });
      else if (kind === "category" || (kind === "ignore" && distinct > 1))
        ways.push({ by: "groups", column: name, label: t("folds.byGroup", { name }) });
    }
  for (const { name } of (isTable(settings.source) && table.description?.groups) || [])
    ways.push({ by: "groups", column: name, label: t("folds.byGroup", { name }) });
  ways.push({ by: "order", column: "", label: t("folds.byOrder") });
  return ways;
}

/** What each round fits anew, in a sentence. */
export function fittedWords(
  /** @type {import("../../session/playground.js").State} */ { settings, table, description },
  /** @type {number} */ folds,
) {
  const columns = isTable(settings.source) ? (table.description?.columns ?? []) : [];
  const used = new Set(description?.columns ?? []);
  const parts = [
    settings.scale !== "none" && t("folds.scaler"),
    columns.some(({ name, missing }) => used.has(name) && missing > 0) && t("folds.imputer"),
    description?.columnKinds?.includes("category") && t("folds.encoder"),
  ].filter(Boolean);
  return parts.length
    ? t("folds.fittedOn", { parts: parts.join(", "), others: folds - 1, folds })
    : t("folds.nothingFitted", { others: folds - 1, folds });
}

/** Every round as a table shows it, by one score; those that were not done say why. @param {Pick<FoldsState, "rounds" | "choices">} state @param {{name: string, label: string}} score */
export function roundsTable({ rounds, choices }, { name, label }) {
  const hasRepeats = rounds.length > choices.folds;
  const head = [
    t("folds.roundHead"),
    t("folds.trainingRows"),
    t("folds.validationRows"),
    t("folds.epochs"),
    `${label}, ${t("folds.wordValidation")}`,
    `${label}, ${t("folds.wordTraining")}`,
  ];
  const rows = rounds.map(({ result, problem }, i) => {
    const round = (i % choices.folds) + 1;
    const which = hasRepeats
      ? t("folds.roundOfRepeat", { round, repeat: Math.floor(i / choices.folds) + 1 })
      : t("folds.round", { round });
    if (!result) return [which, problem || t("folds.notDone")];
    const { status, epochs, rows, trainingRows, scores, training } = result;
    return [
      which,
      formatCount(trainingRows),
      formatCount(rows),
      `${formatCount(epochs)} ${status === "diverged" ? t("folds.diverged") : ""}`.trim(),
      formatFigure(name, scores?.[name]),
      formatFigure(name, training?.[name]),
    ];
  });
  return { head, rows };
}

/** What can't be of what was entered. @param {Record<string, string>} wrong   by the field's name */
export function wrongWords(wrong) {
  const [key, entered] = Object.entries(wrong)[0] ?? [];
  if (key !== "folds" && key !== "repeats") return "";
  const [least, most] = LIMITS[key];
  const label = key === "folds" ? t("folds.folds") : t("folds.repeats");
  if (!entered?.trim()) return t("folds.nothingEntered", { label, least, most });
  return Number.isInteger(Number(entered))
    ? t("folds.outOfRange", { label, value: entered.trim(), least, most })
    : t("folds.notWhole", { label, value: entered.trim(), least, most });
}

/** Why so many rows can't be dealt so. @param {Choices} choices @param {number} rows */
export function tooFewWords(
  { isEach, folds, by, column },
  rows,
  /** @type {{name: string, count: number}[]} */ groups = [],
) {
  const own = by === "groups" ? groups.find(({ name }) => name === column) : null;
  if (own && own.count < folds) return t("folds.moreThanGroups", { folds, groups: own.count, name: own.name });
  if (isEach && rows > LIMITS.each)
    return t("folds.tooManyToLeave", { rows: formatCount(rows), most: formatCount(LIMITS.each) });
  const least = isEach ? LIMITS.folds[0] : folds;
  return rows < least ? t("folds.moreThanRows", { folds: least, rows: t("count.rows", { count: rows }) }) : "";
}

/** What the rounds come to, by one score. @param {Round[]} rounds @param {{name: string}} score */
export function sentenceWords(rounds, { name }) {
  const done = rounds.filter(({ result }) => result);
  const values = valuesOf(
    done.map(({ result }) => result?.scores),
    name,
  );
  const diverged = done.filter(({ result }) => result?.status === "diverged").length;
  if (!values.length) {
    if (!done.length) return "";
    return diverged === done.length ? t("folds.noScores") : t("folds.noneHasIt");
  }
  const [mean, least, most] = [meanOf(values).mean, Math.min(...values), Math.max(...values)].map((value) =>
    formatFigure(name, value),
  );
  const words =
    values.length === 1
      ? t("folds.oneRound", { mean })
      : least === most
        ? t("folds.allAlike", { mean })
        : t("folds.rangeWords", { mean, least, most });
  return diverged
    ? `${words} ${t("folds.someDiverged", { count: diverged, rounds: formatCount(done.length) })}`
    : words;
}

/** How many rounds are done. */
export const doneWords = (/** @type {Round[]} */ rounds) =>
  t("folds.ofRounds", { done: rounds.filter(({ result }) => result).length, rounds: rounds.length });

/** @extends {PoolJob<FoldsState>} */
export class CrossValidation extends PoolJob {
  /** @param {import("../../session/playground.js").Playground} playground @param {() => Promise<WebAssembly.Module>} [load] */
  constructor(playground, load) {
    super(playground, { ...READY, rounds: [], choices: USUAL, epochs: 0, kept: [] }, load);
  }

  section() {
    const state = this.playground.store.get();
    const { rounds, choices } = this.store.get();
    const { folds, isEach, by, column } = choices;
    const scores = SCORES[state.description?.task ?? "classification"];
    const figures = rounds.map(({ result }) => result?.scores);
    const way = waysOf(state).find((one) => one.by === by && one.column === column)?.label;
    const beside = besideOf(this.store.get(), groupsOf(state));
    const isStratified = optionsOf(choices).stratify && scores === SCORES.classification;
    return {
      title: t("app.folds"),
      facts: [
        isEach ? t("folds.leaveOneOut") : `${t("folds.folds")}: ${formatCount(folds)}`,
        ...(isEach || !way ? [] : [`${t("folds.dealRows")}: ${way}${isStratified ? `, ${t("folds.stratify")}` : ""}`]),
        doneWords(rounds),
        ...scores.map((score) => `${t("folds.meanScore")}: ${meanWords(figures, score)}`),
      ],
      tables: [roundsTable({ rounds, choices }, scores[0])],
      words: [fittedWords(state, folds), ...[(beside && besideWords(beside, scores[0])) || []].flat()],
    };
  }

  /** A task a round, shared among the workers. */
  async start(/** @type {Choices} */ choices) {
    const { settings, description } = this.playground.store.get();
    const { spec, epochs } = specOfRounds(settings);
    const options = optionsOf(choices);
    const folds = choices.isEach ? rowsDealt(description) : choices.folds;
    const count = folds * (options.repeats ?? 1);
    const tasks = Array.from({ length: count }, (_, index) => ({
      kind: /** @type {const} */ ("fold"),
      course: { spec, options, rows: this.rowsKey, index },
    }));
    const none = { result: null, problem: "", curve: null, isUnderWay: false };
    const put = (/** @type {number} */ place, /** @type {Partial<Round>} */ patch) => {
      const rounds = [...this.store.get().rounds];
      rounds[place] = { ...rounds[place], ...patch };
      this.store.set({ rounds });
    };
    await this.work(tasks, {
      begin: { rounds: tasks.map(() => none), choices: { ...choices, folds }, epochs },
      progress: (place, { share, curve }) => {
        put(place, { curve, isUnderWay: true });
        return share;
      },
      ended: (place, outcome) => {
        const result = outcome && "value" in outcome ? outcome.value : null;
        const problem = outcome && "problem" in outcome ? outcome.problem : "";
        put(place, { result, problem, curve: result?.curve ?? null, isUnderWay: false });
      },
      finish: (_, isWhole) => {
        const rounds = this.store.get().rounds.map((round) => ({ ...round, isUnderWay: false }));
        // What no round can do is said once.
        const all = rounds.length > 0 && rounds.every(({ problem }) => problem);
        const { kept, about, choices: done } = this.store.get();
        const figures = rounds.map(({ result }) => result?.scores);
        return {
          rounds,
          problem: all ? rounds[0].problem : "",
          kept: isWhole && !all ? keptWith(kept, { about, choices: done, figures }) : kept,
        };
      },
    });
  }
}
