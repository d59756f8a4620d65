// @ts-check
/**
 * Baselines: what simpler models make of the same rows. A network that is no better than a line was not worth its training.
 *
 * @typedef {import("./worker/fit.js").Fitted} Fitted
 * @typedef {import("./worker/fit.js").Score} Score
 * @typedef {import("./worker/fit.js").BaselineKind} BaselineKind
 * @typedef {import("../../session/playground.js").State} State
 *
 * @typedef {import("../../session/hyperparameters.js").Hyperparameter} Hyperparameter
 *
 * @typedef {object} Own
 * @property {Record<string, number | null>} chosen   by the hyperparameter's key
 * @property {Partial<Record<BaselineKind, Fitted | {problem: string}>>} found
 * @property {BaselineKind[]} waiting                 those that are being fitted
 * @property {HeldPart | null} part                   whose rows they were scored on
 * @typedef {"validation" | "test"} HeldPart
 * @typedef {import("../../session/poolJob.js").PoolState & Own} BaselinesState
 */
import { formatCount, formatScore } from "../../base/format.js";
import { formatMs } from "../../base/formatMs.js";
import { formatValue } from "../../base/columnFormat.js";
import { baselineName } from "../../session/baselineName.js";
import { HYPERPARAMETERS, formatChoice, hyperparametersOf, optionsFor } from "../../session/hyperparameters.js";
import { PoolJob, READY } from "../../session/poolJob.js";
import { specFrom } from "../../settings/spec.js";
import { t } from "../../base/text.js";

/** In the order of the table: the simplest first. */
export const KINDS = {
  /** @type {BaselineKind[]} */ classification: ["constant", "logistic", "knn", "tree", "forest"],
  /** @type {BaselineKind[]} */ regression: ["constant", "ridge", "lasso", "knn", "tree", "forest"],
};

/**
 * The rows to score on: those for choosing among models. Points that nothing locks may stand in for them; the test rows of a
 * table never do.
 *
 * @param {Pick<State, "description" | "lock">} state
 * @returns {HeldPart | null}
 */
export function partOf({ description, lock }) {
  const { validation = 0, test = 0 } = description?.rows ?? {};
  return validation > 0 ? "validation" : !lock && test > 0 ? "test" : null;
}

/** Wilson's interval of a share at 95%, as in src/study/scores. */
export function wilson(/** @type {number} */ share, /** @type {number} */ rows) {
  const z = 1.959964;
  const middle = (share + (z * z) / (2 * rows)) / (1 + (z * z) / rows);
  const half = (z * Math.sqrt((share * (1 - share)) / rows + (z * z) / (4 * rows * rows))) / (1 + (z * z) / rows);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** The network's, with the interval of its accuracy. @returns {Score} */
export function scoreOf(/** @type {import("../../session/protocol.js").Metrics | null} */ metrics) {
  const { rows = 0, accuracy, mae } = metrics ?? {};
  return accuracy === undefined || !rows
    ? { rows, accuracy, mae }
    : { rows, accuracy, interval: wilson(accuracy, rows) };
}

/** More is better: accuracy, or the negative of an error. */
const worth = (/** @type {Partial<Score>} */ { accuracy, mae = NaN }) => accuracy ?? -mae;

/** The best of them; the simplest of equals. @param {Partial<Record<BaselineKind, Fitted | {problem: string}>>} found */
export function bestOf(found) {
  /** @type {{kind: BaselineKind, fitted: Fitted} | null} */
  let best = null;
  for (const kind of new Set([...KINDS.regression, ...KINDS.classification])) {
    const fitted = found[kind];
    if (!fitted || "problem" in fitted) continue;
    if (!best || worth(fitted.held) > worth(best.fitted.held)) best = { kind, fitted };
  }
  return best;
}

/**
 * The network beside the best of them, in a sentence or two.
 *
 * @param {BaselinesState} state
 * @param {import("../../session/protocol.js").Metrics | null | undefined} net   how it does on the same rows
 * @param {number} epoch
 */
export function comparisonWords({ found }, net, epoch) {
  const best = bestOf(found);
  if (!best) return "";
  const { held } = best.fitted;
  const isClasses = held.accuracy !== undefined;
  const score = (/** @type {Partial<Score>} */ one) => formatScore(one, formatValue);
  const name = baselineName(best.kind, isClasses);
  const beginning = isClasses
    ? t("baselines.bestAccuracy", { name, score: score(held) })
    : t("baselines.bestError", { name, score: score(held) });
  if (!net || !epoch || !Number.isFinite(worth(net))) return `${beginning} ${t("baselines.trainToCompare")}`;
  const between = held.interval ?? (isClasses ? wilson(/** @type {number} */ (held.accuracy), held.rows) : null);
  const own = isClasses ? /** @type {number} */ (net.accuracy) : /** @type {number} */ (net.mae);
  const [shown, rows] = [score(net), formatCount(held.rows)];
  if (between && own >= between.low && own <= between.high)
    return `${beginning} ${t("baselines.tooClose", { score: shown, rows })}`;
  return worth(net) > worth(held)
    ? `${beginning} ${t("baselines.netBetter", { score: shown, rows })}`
    : `${beginning} ${t("baselines.netWorse", { score: shown, rows })}`;
}

/** A score, and where it lies at 95%, where that is known. @returns {[string, string]} */
export function scoreWords(/** @type {Score} */ { interval, ...score }) {
  const write = (/** @type {number} */ value) =>
    formatScore(score.accuracy === undefined ? { mae: value } : { accuracy: value }, formatValue);
  const between = interval && t("baselines.between", { low: write(interval.low), high: write(interval.high) });
  return [formatScore(score, formatValue), between ?? ""];
}

/** The heads of the table. */
export function headOf(/** @type {HeldPart} */ part, /** @type {boolean} */ isClasses) {
  const [training, validation, test] = isClasses
    ? [t("baselines.trainingAccuracy"), t("baselines.validationAccuracy"), t("baselines.testAccuracy")]
    : [t("baselines.trainingError"), t("baselines.validationError"), t("baselines.testError")];
  const held = part === "test" ? test : validation;
  return [t("baselines.model"), held, training, t("baselines.size"), t("baselines.fitTime")];
}

/** The cells beside a model's name; the first is the score that counts, with its interval. */
export const cellsOf = (/** @type {Fitted} */ one, /** @type {BaselineKind} */ kind) =>
  /** @type {const} */ ([
    scoreWords(one.held),
    formatScore(one.training, formatValue),
    sizeWords(one, kind),
    formatMs(one.ms),
  ]);

/** The network's own, as it stands. @param {import("../../session/protocol.js").Frame} frame @param {HeldPart} part @param {number} parameters */
export const ownCells = (frame, part, parameters) =>
  /** @type {const} */ ([
    scoreWords(scoreOf(frame[part])),
    formatScore(frame.training, formatValue),
    t("baselines.numbers", { count: parameters }),
    t("baselines.epoch", { epoch: formatCount(frame.epoch) }),
  ]);

/** @extends {PoolJob<BaselinesState>} */
export class Baselines extends PoolJob {
  /** @param {import("../../session/playground.js").Playground} playground */
  constructor(playground) {
    const usual = Object.fromEntries(HYPERPARAMETERS.map(({ key, usual }) => [key, usual]));
    const chosen = { ...usual, ...hyperparametersOf(playground).get() };
    super(playground, { ...READY, chosen, found: {}, waiting: [], part: null });
  }

  /** Those that can predict the target at hand. */
  get kinds() {
    return KINDS[this.playground.store.get().description?.task ?? "classification"];
  }

  section() {
    const state = this.store.get();
    const { frame, description } = this.playground.store.get();
    const { part, found, chosen } = state;
    if (!part) return null;
    const isClasses = description?.task !== "regression";
    const row = (/** @type {string} */ name, /** @type {ReturnType<typeof cellsOf>} */ [held, ...cells]) => [
      name,
      held.filter(Boolean).join(", "),
      ...cells,
    ];
    const rows = this.kinds.flatMap((kind) => {
      const one = found[kind];
      const name = baselineName(kind, isClasses);
      return !one ? [] : ["problem" in one ? [name, one.problem] : row(name, cellsOf(one, kind))];
    });
    const net = this.isStale ? null : frame;
    if (net) rows.push(row(t("baselines.yourNetwork"), ownCells(net, part, description?.parameterCount ?? 0)));
    const shown = HYPERPARAMETERS.filter(({ of }) => of.some((kind) => found[kind]));
    return {
      title: t("app.baselines"),
      facts: shown.map(({ key, label }) => `${label}: ${formatChoice(chosen[key])}`),
      tables: [{ head: headOf(part, isClasses), rows }],
      words: [comparisonWords(state, net?.[part], frame?.epoch ?? 0), t("baselines.intervalWords")].filter(Boolean),
    };
  }

  /** Fits all, or some again: a task each, shared among the workers. */
  async start(kinds = this.kinds) {
    const state = this.playground.store.get();
    const part = partOf(state);
    if (!part || !kinds.length || this.isRunning) return;
    const spec = specFrom(state.settings);
    const { chosen, found: known } = this.store.get();
    const keeps = !this.isStale && part === this.store.get().part;
    const found = keeps
      ? Object.fromEntries(
          Object.entries(known).filter(([kind]) => this.kinds.includes(/** @type {BaselineKind} */ (kind))),
        )
      : {};
    const tasks = kinds.map((kind) => ({
      kind: /** @type {const} */ ("baseline"),
      course: { spec, kind, options: optionsFor(kind, chosen, state.settings.seed), part },
    }));
    const wait = (/** @type {BaselineKind[]} */ waiting) => this.store.set({ waiting });
    await this.work(tasks, {
      begin: { found, waiting: kinds, part },
      weights: kinds.map((kind) => (kind === "forest" ? 4 : 1)),
      progress: () => 0,
      ended: (place, outcome) => {
        const { found, waiting } = this.store.get();
        wait(waiting.filter((kind) => kind !== kinds[place]));
        if (outcome)
          this.store.set({ found: { ...found, [kinds[place]]: "value" in outcome ? outcome.value : outcome } });
      },
      finish: () => ({ waiting: [] }),
    });
    wait([]);
  }

  /** Chooses a hyperparameter; what goes by it is fitted again if it was fitted before. */
  choose(/** @type {Hyperparameter} */ { key, of }, /** @type {number | null} */ value) {
    const { chosen, found } = this.store.get();
    this.store.set({ chosen: { ...chosen, [key]: value } });
    hyperparametersOf(this.playground).set({ [key]: value });
    return this.start(of.filter((kind) => found[kind] && this.kinds.includes(kind)));
  }
}

/** Weights that are 0, leaves, or the numbers that a model keeps. */
export function sizeWords(/** @type {Fitted} */ { numbers, leaves, zeros }, /** @type {BaselineKind} */ kind) {
  if (leaves !== null) return t("baselines.leaves", { count: leaves });
  if (kind === "lasso" && zeros)
    return t("baselines.zeros", { zeros: formatCount(zeros[0]), all: formatCount(zeros[1]) });
  return kind === "knn" ? t("baselines.allRows") : t("baselines.numbers", { count: numbers });
}
