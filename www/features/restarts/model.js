// @ts-check
/**
 * Restarts: the experiment from twenty initial weights. Where the loss has one valley, all end alike; a network's has many, and
 * some are worse. What they disagree on, they do not know.
 *
 * @typedef {import("../../session/protocol.js").Metrics} Metrics
 * @typedef {import("../../session/protocol.js").Description} Description
 *
 * @typedef {object} Restart
 * @property {number} seed
 * @property {string} status
 * @property {number} start              the training loss before the first step
 * @property {Metrics | null} training
 * @property {Metrics | null} validation
 * @property {Float64Array | null} outputs   for the rows that were asked about: the picture's cells, then the question
 * @property {Uint32Array} [classes]
 * @property {Uint8Array | null} [bytes] to go on from; null where they are too many to be kept
 *
 * @typedef {object} Asked   where they were asked
 * @property {[number, number][]} view
 * @property {number[]} ask
 * @property {number} cells     how many rows of outputs are the picture's
 * @property {Description} description
 *
 * @typedef {object} Own
 * @property {boolean} isLinear       whether the model has no hidden layer
 * @property {(Restart | null)[]} runs
 * @property {Asked | null} asked
 * @property {number} epoch
 * @property {number} epochs
 * @typedef {import("../../session/poolJob.js").PoolState & Own} RestartsState
 */
import { formatLoss, formatNumber } from "../../base/format.js";
import { gridRows, viewOf } from "../../base/grid.js";
import { axesOf } from "../../base/inputSection.js";
import { carriedOn } from "../../session/computedBy.js";
import { PoolJob, READY } from "../../session/poolJob.js";
import { specFrom } from "../../settings/spec.js";
import { t } from "../../base/text.js";

export const RESTARTS = 20;

/** Cells a side of each small picture, and points of a curve. */
const CELLS = 32;
const CURVE_POINTS = 80;

/** Of runs without an end of their own, and of those with a far one. */
const EPOCHS = 500;
const MOST_EPOCHS = 2000;

/** A loss counts as good when it is within a tenth of the best one, or has left all but a hundredth of where they began. */
const NEAR = 0.1;
const SOLVED = 0.01;

/** All agree when their losses differ by no more than a hundredth. */
const ALIKE = 0.01;

/** The seeds: the experiment's own first. */
const seedsFrom = (/** @type {number} */ seed) => Array.from({ length: RESTARTS }, (_, i) => seed + i);

/**
 * The rows they are asked about: the picture's, then the question.
 *
 * @param {import("../../session/playground.js").State} state
 * @returns {{inputs: Float64Array | null, asked: Asked | null}}
 */
export function questionsOf({ description, ask, settings }) {
  if (!description || ask.length !== description.columns.length) return { inputs: null, asked: null };
  const axes = axesOf(description, settings.axes);
  const [[low, high] = [0, 1], ...others] = viewOf(description.domain, ask, axes);
  // A curve's picture reaches beyond the data, where nothing holds the models together.
  const margin = others.length ? 0 : 0.25 * (high - low);
  const view = /** @type {[number, number][]} */ ([[low - margin, high + margin], ...others]);
  const cells = gridRows(view, ask, axes, others.length ? CELLS : CURVE_POINTS);
  const inputs = new Float64Array(cells.length + ask.length);
  inputs.set(cells);
  inputs.set(ask, cells.length);
  return { inputs, asked: { view, ask, cells: cells.length / ask.length, description } };
}

/** Those that have a loss. @param {(Restart | null)[]} runs */
const ended = (runs) =>
  runs.flatMap((run) =>
    run?.training && Number.isFinite(run.training.loss) ? [{ run, loss: run.training.loss }] : [],
  );

/**
 * How many are as good as the best.
 *
 * @param {(Restart | null)[]} runs
 */
export function standingOf(runs) {
  const all = ended(runs).sort((a, b) => a.loss - b.loss);
  const begun = runs.filter((run) => run !== null).length;
  if (!all.length) return { begun, count: 0, good: 0, best: NaN, worst: NaN, areAlike: false, isGood: () => false };
  const starts = all.map(({ run }) => run.start).sort((a, b) => a - b);
  const [best, worst] = [all[0].loss, all[all.length - 1].loss];
  const limit = Math.max(best * (1 + NEAR), SOLVED * starts[starts.length >> 1]);
  const isGood = (/** @type {Restart | null} */ run) => (run?.training?.loss ?? Infinity) <= limit;
  const areAlike = worst - best <= ALIKE * Math.max(best, SOLVED * starts[starts.length >> 1]);
  return { begun, count: all.length, good: all.filter(({ run }) => isGood(run)).length, best, worst, areAlike, isGood };
}

/** What the restarts say of the loss, in a sentence or two. */
export function restartWords(/** @type {(Restart | null)[]} */ runs, /** @type {boolean} */ isLinear) {
  const { begun, count, good, best, worst, areAlike } = standingOf(runs);
  if (!count) return begun ? t("restarts.allDiverged") : "";
  const lost = begun - count;
  const end = lost ? ` ${t("restarts.diverged", { count: lost })}` : "";
  // As the tiles have it: alike is not always equal in all digits.
  const [low, high] = [formatLoss(best), formatLoss(worst)];
  const range = low === high ? low : `${low}–${high}`;
  if (areAlike && !lost)
    return isLinear ? t("restarts.linearAgree", { count, best: range }) : t("restarts.agree", { count, best: range });
  if (good === count) return t("restarts.allGood", { count, best: formatLoss(best), worst: formatLoss(worst) }) + end;
  return t("restarts.spurious", { good, count, best: formatLoss(best), worst: formatLoss(worst) }) + end;
}

/**
 * Mean and standard deviation of what they give, number by number.
 *
 * @param {(Restart | null)[]} runs
 */
export function ensembleOf(runs) {
  const all = runs.flatMap((run) => (run?.outputs && run.status !== "diverged" ? [run.outputs] : []));
  if (all.length < 2) return null;
  const mean = new Float64Array(all[0].length);
  const spread = new Float64Array(all[0].length);
  for (let i = 0; i < mean.length; i++) {
    let sum = 0;
    for (const outputs of all) sum += outputs[i];
    mean[i] = sum / all.length;
    let squares = 0;
    for (const outputs of all) squares += (outputs[i] - mean[i]) ** 2;
    spread[i] = Math.sqrt(squares / (all.length - 1));
  }
  return { mean, spread, count: all.length };
}

/** The loss of one, on its tile: what has none that is finite has diverged, while it trains and in the end. @param {Restart} run */
export function lossWords({ status, training }) {
  const hasDiverged = status === "diverged" || (training !== null && !Number.isFinite(training.loss));
  return hasDiverged ? t("restarts.wordDiverged") : formatLoss(training?.loss);
}

/** As many as a number was asked with, three at most. */
const decimals = (/** @type {number} */ value) => Math.min(String(value).split(".")[1]?.length ?? 0, 3);

/**
 * What they say to the question together: "10.99 ± 0.02".
 *
 * @param {(Restart | null)[]} runs
 * @param {Asked} asked
 */
export function answerWords(runs, { description, ask, cells }) {
  const together = ensembleOf(runs);
  if (!together) return null;
  const { outputs: width, classNames, task } = description;
  const question =
    ask.length <= 2
      ? description.columns.map((name, i) => `${name} = ${formatNumber(ask[i], decimals(ask[i]))}`).join(", ")
      : "";
  const at = (/** @type {number} */ i) =>
    `${formatNumber(together.mean[cells * width + i])} ± ${formatNumber(together.spread[cells * width + i])}`;
  if (task === "regression") return { question, value: at(0), count: together.count, said: "" };
  const votes = new Map();
  for (const run of runs) {
    const said = run?.status === "diverged" ? undefined : run?.classes?.[cells];
    if (said !== undefined) votes.set(said, (votes.get(said) ?? 0) + 1);
  }
  const [winner = 0, share = 0] = [...votes].sort((a, b) => b[1] - a[1])[0] ?? [];
  const name = classNames?.[winner] ?? t("confusion.class", { i: winner });
  return {
    question,
    value: at(width > 1 ? winner : 0),
    count: together.count,
    said: t("restarts.votes", { share, count: together.count, name }),
  };
}

/** @extends {PoolJob<RestartsState>} */
export class Restarts extends PoolJob {
  /** @param {import("../../session/playground.js").Playground} playground */
  constructor(playground) {
    super(playground, { ...READY, isLinear: false, runs: [], asked: null, epoch: 0, epochs: 0 });
  }

  section() {
    const { runs, isLinear, asked, epochs } = this.store.get();
    const answer = asked && answerWords(runs, asked);
    return {
      title: t("app.restarts"),
      facts: [
        t("count.epochs", { count: epochs }),
        ...(isLinear ? [t("restarts.linearModel")] : []),
        ...(answer ? [`${t("restarts.meanAndSpread")}: ${answer.value}`] : []),
      ],
      words: [restartWords(runs, isLinear), answer?.said ?? ""].filter(Boolean),
    };
  }

  /** Twenty seeds shared among the workers, each share in lock-step. */
  async start(/** @type {boolean} */ isLinear) {
    const state = this.playground.store.get();
    const { inputs, asked } = questionsOf(state);
    const spec = specFrom(isLinear ? { ...state.settings, layers: [] } : state.settings);
    const epochs = Math.min(state.settings.epochs ?? EPOCHS, MOST_EPOCHS);
    const seeds = seedsFrom(state.settings.seed);
    const shares = Array.from({ length: this.workers }, (_, k) => seeds.filter((_, i) => i % this.workers === k));
    const tasks = shares.map((seeds) => ({
      kind: /** @type {const} */ ("restarts"),
      course: { spec, seeds, inputs, epochs },
    }));
    const take = (/** @type {Restart[]} */ some) => {
      const runs = [...this.store.get().runs];
      for (const run of some) runs[run.seed - seeds[0]] = run;
      this.store.set({ runs });
    };
    await this.work(tasks, {
      begin: { isLinear, runs: seeds.map(() => null), asked, epoch: 0, epochs },
      weights: shares.map(({ length }) => length),
      progress: (_, { epoch, runs }) => {
        take(runs);
        this.store.set({ epoch });
        return epoch / epochs;
      },
      ended: (_, outcome) => outcome && "value" in outcome && take(outcome.value.runs),
      finish: (outcomes) => {
        const failed = outcomes.find((outcome) => outcome && "problem" in outcome);
        return failed && "problem" in failed ? { problem: failed.problem } : {};
      },
    });
  }

  /** Puts one of them in the place of the run on the page. Throws a sentence where it doesn't fit any more. */
  async take(/** @type {Restart} */ { bytes }) {
    if (!bytes) return;
    await this.playground.client.load(bytes.slice());
    carriedOn(this.playground, ["cpu"]); // the pool's workers have the exact core
  }
}
