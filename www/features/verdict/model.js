// @ts-check
/**
 * "Is deep learning worth it here?" The network and simpler models in the same folds, and a written rule that says yes, no, a
 * tie, or that these rows can't tell.
 *
 * @typedef {import("./worker.js").Rival} Rival
 * @typedef {import("../../pkg-full/trainyard.js").VerdictReport} Report
 * @typedef {import("../baselines/worker/fit.js").BaselineKind} BaselineKind
 *
 * @typedef {object} Contender   the network, or a simpler model
 * @property {BaselineKind | "net"} kind
 * @property {number[]} scores        one a fold; NaN where it is not there
 * @property {number} milliseconds    to train it, on average
 * @property {number} parameters
 * @property {Report | null} report   the network beside it
 *
 * @typedef {object} Own
 * @property {Contender[]} contenders
 * @property {"yes" | "no" | "tie" | "can't tell" | ""} answer
 * @property {BaselineKind | "net" | null} simplest   the simplest within one standard error of the best
 * @property {BaselineKind | "net" | null} chosen     the model to take
 * @property {number} folds
 * @property {number} rows
 * @property {number} epochs
 * @property {Record<string, number | null>} hyperparameters   of simpler models, those that were set by hand
 * @property {number} diverged       folds in which the network did
 * @property {boolean} isCapped      whether the network trains for fewer epochs than were set
 * @typedef {import("../../session/poolJob.js").PoolState & Own} VerdictState
 */
import { formatCount } from "../../base/format.js";
import { formatMs } from "../../base/formatMs.js";
import { baselineName } from "../../session/baselineName.js";
import { TREES_IN_FOLDS, chosenWords, hyperparametersOf, optionsFor } from "../../session/hyperparameters.js";
import { PoolJob, READY, aboutOf } from "../../session/poolJob.js";
import { SCORES, formatFigure, meanOf, rowsDealt, specOfRounds, spreadWords } from "../../session/rounds.js";
import { t } from "../../base/text.js";

/** The simplest first: that is their cost, by the one-standard-error rule. */
const RIVALS = {
  /** @type {BaselineKind[]} */ classification: ["constant", "logistic", "tree", "knn", "forest"],
  /** @type {BaselineKind[]} */ regression: ["constant", "ridge", "tree", "knn", "forest"],
};

/** The score that the rule goes by: more is better. */
export const SCORE = { classification: "accuracy", regression: "r2" };

/** Fewer rows fill no folds that say anything. */
export const LEAST_ROWS = 10;

/** Of fewer rows, five folds. */
const ROWS_FOR_TEN = 30;

/**
 * What a fold's network may take: epochs × rows × parameters. It takes about half a second, and the same everywhere, so that a
 * link gives the same verdict on every machine.
 */
const WORK = 2.5e8;

/** Parameters that a step costs at least, whatever the network. */
const LEAST_PARAMETERS = 200;

export const foldsFor = (/** @type {number} */ rows) => (rows >= ROWS_FOR_TEN ? 10 : 5);

/** The most epochs of a fold's network. */
export const epochsFor = (/** @type {number} */ rows, /** @type {number} */ parameters) =>
  Math.max(1, Math.floor(WORK / (rows * Math.max(parameters, LEAST_PARAMETERS))));

/** Whether it is a linear model itself. */
export const isLinear = (/** @type {BaselineKind | "net"} */ kind) => kind === "ridge" || kind === "logistic";

/**
 * The answer, by the network beside the linear model and beside the best of the others.
 *
 * @param {Contender[]} contenders   with their reports
 */
export function answerOf(contenders) {
  const line = contenders.find(({ kind }) => isLinear(kind));
  const others = contenders.filter(({ kind }) => !isLinear(kind) && kind !== "net" && kind !== "constant");
  const better = others.filter(({ report }) => report?.answer === "no").sort((a, b) => mean(b) - mean(a))[0];
  const asGood = others.filter(({ report }) => report?.answer === "tie").sort((a, b) => mean(b) - mean(a))[0] ?? null;
  const answer = line?.report?.answer ?? "can't tell";
  if (answer === "can't tell" && line?.report?.hasLearned === false)
    return { answer, chosen: null, line, better: null, asGood: null };
  if (better) return { answer: /** @type {const} */ ("no"), chosen: better.kind, line, better, asGood: null };
  const chosen =
    answer === "yes" ? /** @type {const} */ ("net") : answer === "can't tell" ? null : (line?.kind ?? null);
  return { answer, chosen, line, better: null, asGood };
}

const mean = (/** @type {Contender} */ { scores }) => meanOf(scores).mean;

/** What a contender is called. */
export const contenderName = (/** @type {BaselineKind | "net"} */ kind, /** @type {boolean} */ isClasses) =>
  kind === "net" ? t("verdict.network") : baselineName(kind, isClasses);

/** As it stands within a sentence. */
const inText = (/** @type {BaselineKind | "net"} */ kind) =>
  ({
    constant: t("verdict.theConstant"),
    ridge: t("verdict.theRidge"),
    lasso: t("verdict.theRidge"),
    logistic: t("verdict.theLogistic"),
    knn: t("verdict.theKnn"),
    tree: t("verdict.theTree"),
    forest: t("verdict.theForest"),
    net: t("verdict.theNet"),
  })[kind];

/** The verdict in plain words. @param {VerdictState} state @param {"classification" | "regression"} task */
export function verdictWords({ contenders, rows, answer }, task) {
  if (!answer) return "";
  const net = contenders.find(({ kind }) => kind === "net");
  const { line, better, asGood } = answerOf(contenders);
  const count = formatCount(rows);
  if (!net || !line?.report) return t("verdict.tooFewRows", { rows: count });
  const score = (/** @type {Contender} */ one) => formatFigure(SCORE[task], mean(one));
  const { wins, folds, low, high, hasLearned } = line.report;
  const rival = better ?? line;
  const [name, its, own] = [inText(rival.kind), score(rival), score(net)];
  if (answer === "can't tell")
    return hasLearned === false
      ? t("verdict.nothingLearned", { rows: count })
      : t("verdict.mayBeChance", {
          rows: count,
          name,
          score: its,
          net: own,
          low: signed(SCORE[task], low),
          high: signed(SCORE[task], high),
        });
  if (better) return t("verdict.anotherBetter", { name, score: its, net: own });
  if (answer === "no") return t("verdict.lineBetter", { name, score: its, net: own });
  if (answer === "tie") return t("verdict.tie", { name, score: its, net: own });
  const words = t("verdict.netBetter", { name, score: its, net: own, wins, folds });
  return asGood ? `${words} ${t("verdict.alsoGood", { name: inText(asGood.kind), score: score(asGood) })}` : words;
}

/** Why there is no verdict. @param {Pick<VerdictState, "isWhole" | "diverged" | "folds">} state */
export function noneWords({ isWhole, diverged, folds }) {
  if (!isWhole) return t("verdict.partial");
  return diverged ? t("verdict.diverged", { count: diverged, folds }) : t("verdict.missing");
}

/** A difference with its sign; of shares in points, of which those below a tenth keep a digit more. */
export const signed = (/** @type {string} */ name, /** @type {number} */ value) => {
  const size = Math.abs(value);
  const text = formatFigure(name, size);
  const small = text.endsWith("%") && size < 0.0005 ? Number((100 * size).toFixed(2)) : null;
  const words = small === null ? text.replace("%", ` ${t("verdict.points")}`) : `${small} ${t("verdict.points")}`;
  return `${value < 0 && small !== 0 ? "−" : "+"}${words}`;
};

const ANSWERS = {
  yes: t("verdict.yes"),
  no: t("verdict.no"),
  tie: t("verdict.tieWord"),
  "can't tell": t("verdict.cantTell"),
};

/** An end of an interval, beside a number that has the unit. */
const bare = (/** @type {string} */ name, /** @type {number} */ value) =>
  signed(name, value).replace(` ${t("verdict.points")}`, "");

const formatP = (/** @type {number} */ p) => (p < 0.001 ? "< 0.001" : p.toFixed(3));

/** All models as a table shows them. @param {VerdictState} state @param {"classification" | "regression"} task */
export function contendersTable({ contenders, hyperparameters }, task) {
  const name = SCORE[task];
  const head = [
    t("verdict.model"),
    t("verdict.meanHead", { score: SCORES[task][0].label }),
    t("verdict.beats"),
    t("verdict.differenceHead"),
    t("verdict.pHead"),
    t("verdict.answerHead"),
    t("verdict.timeHead"),
    t("verdict.numbersHead"),
  ];
  const rows = contenders.map(({ kind, scores, report, milliseconds, parameters }) => {
    const values = meanOf(scores);
    const set = kind === "net" ? "" : chosenWords(kind, hyperparameters);
    return [
      `${contenderName(kind, task === "classification")}${set && ` (${set})`}`,
      spreadWords(name, values),
      report ? t("verdict.ofFolds", { wins: report.wins, folds: report.folds }) : "–",
      report ? `${signed(name, report.difference)} (${bare(name, report.low)} … ${bare(name, report.high)})` : "–",
      report ? formatP(report.p) : "–",
      report ? ANSWERS[report.answer] : "–",
      values.count ? formatMs(milliseconds) : "–",
      values.count ? formatCount(parameters) : "–",
    ];
  });
  return { head, rows };
}

/** What is to be known of the table: the simplest of the best, and what the network took. @param {VerdictState} state @param {boolean} isClasses */
export function noteWords({ contenders, simplest, chosen, epochs, isCapped }, isClasses) {
  const [net] = contenders;
  const line = contenders.find(({ kind }) => isLinear(kind));
  const times = net && line ? net.milliseconds / Math.max(line.milliseconds, 0.01) : NaN;
  return [
    simplest && simplest !== chosen ? t("verdict.simplest", { name: contenderName(simplest, isClasses) }) : "",
    simplest && simplest === chosen ? t("verdict.simplestToo") : "",
    isCapped
      ? t("verdict.capped", { epochs: formatCount(epochs) })
      : t("verdict.wholeEpochs", { epochs: formatCount(epochs) }),
    line && times >= 2
      ? t("verdict.cost", { times: formatCount(times), name: contenderName(line.kind, isClasses) })
      : "",
  ]
    .filter(Boolean)
    .join(" ");
}

/** @extends {PoolJob<VerdictState>} */
export class VerdictJob extends PoolJob {
  /** @param {import("../../session/playground.js").Playground} playground @param {() => Promise<WebAssembly.Module>} [load] */
  constructor(playground, load) {
    const own = {
      contenders: [],
      answer: "",
      simplest: null,
      chosen: null,
      diverged: 0,
      folds: 0,
      rows: 0,
      epochs: 0,
      hyperparameters: {},
      isCapped: false,
    };
    super(playground, /** @type {VerdictState} */ ({ ...READY, ...own }), load);
  }

  /** Whether other settings, or hyperparameters, are set now. */
  get isStale() {
    const { about, hyperparameters } = this.store.get();
    const now = hyperparametersOf(this.playground).get();
    return super.isStale || (about !== "" && JSON.stringify(now) !== JSON.stringify(hyperparameters));
  }

  section() {
    const state = this.store.get();
    const task = this.playground.store.get().description?.task ?? "classification";
    const hasTable = state.contenders.length > 0;
    const words = [
      verdictWords(state, task) || noneWords(state),
      hasTable ? noteWords(state, task === "classification") : "",
    ];
    return {
      title: t("app.verdict"),
      facts: [`${t("folds.folds")}: ${formatCount(state.folds)}`].slice(hasTable ? 0 : 1),
      tables: hasTable ? [contendersTable(state, task)] : [],
      words: words.filter(Boolean),
    };
  }

  async start() {
    const { settings, description } = this.playground.store.get();
    if (!description) return;
    const rows = rowsDealt(description);
    const { task } = description;
    if (rows < LEAST_ROWS) {
      const none = { contenders: [], answer: /** @type {const} */ ("can't tell"), simplest: null, chosen: null };
      const about = aboutOf(this.playground.store.get());
      return this.store.set({ ...READY, phase: "done", isWhole: true, about, ...none, rows, folds: 0 });
    }
    const folds = foldsFor(rows);
    const { spec, epochs } = specOfRounds(settings, epochsFor(rows * (1 - 1 / folds), description.parameterCount));
    const options = { folds };
    const kinds = RIVALS[task];
    const hyperparameters = hyperparametersOf(this.playground).get();
    const fitting = Object.fromEntries(
      kinds.map((kind) => [kind, optionsFor(kind, { trees: TREES_IN_FOLDS, ...hyperparameters }, settings.seed)]),
    );
    const shared = { options, rows: this.rowsKey };
    // Simpler models don't look at the network's layers: they get the same rows, split and encoding by the rest of the Spec.
    const plain = { ...spec, model: { ...spec.model, layers: [] } };
    const tasks = Array.from({ length: folds }, (_, index) => [
      { kind: /** @type {const} */ ("rivals"), course: { ...shared, spec: plain, index, kinds, fitting } },
      { kind: /** @type {const} */ ("fold"), course: { ...shared, spec, index } },
    ]).flat();
    const scores = /** @type {Record<string, number[]>} */ (
      Object.fromEntries([...kinds, "net"].map((kind) => [kind, Array.from({ length: folds }, () => NaN)]))
    );
    /** @type {Record<string, {milliseconds: number, parameters: number, count: number}>} */
    const costs = Object.fromEntries(
      [...kinds, "net"].map((kind) => [kind, { milliseconds: 0, parameters: 0, count: 0 }]),
    );
    const name = SCORE[task];
    const take = (
      /** @type {string} */ kind,
      /** @type {number} */ fold,
      /** @type {Pick<Rival, "scores" | "milliseconds" | "parameters">} */ one,
    ) => {
      scores[kind][fold] = one.scores?.[name] ?? NaN;
      const cost = costs[kind];
      cost.count += 1;
      cost.milliseconds += (one.milliseconds - cost.milliseconds) / cost.count;
      cost.parameters = one.parameters;
    };
    const contenders = (/** @type {(Report | null)[]} */ reports = []) =>
      /** @type {Contender[]} */ ([
        { kind: "net", scores: [...scores.net], ...costs.net, report: null },
        ...kinds.map((kind, i) => ({ kind, scores: [...scores[kind]], ...costs[kind], report: reports[i] ?? null })),
      ]);
    /** @type {string} */
    let problem = "";
    await this.work(tasks, {
      begin: {
        contenders: contenders(),
        answer: "",
        simplest: null,
        chosen: null,
        diverged: 0,
        folds,
        rows,
        epochs,
        hyperparameters,
        isCapped: settings.epochs === null || epochs < settings.epochs,
      },
      weights: tasks.map(({ kind }) => (kind === "fold" ? 3 : 1)),
      progress: (_, { share }) => share ?? 0,
      ended: (place, outcome) => {
        if (outcome && "problem" in outcome) problem ||= outcome.problem;
        if (!outcome || !("value" in outcome) || !outcome.value) return;
        const fold = place >> 1;
        if (place % 2) {
          take("net", fold, outcome.value);
          if (outcome.value.status === "diverged") this.store.set({ diverged: this.store.get().diverged + 1 });
        } else for (const rival of /** @type {Rival[]} */ (outcome.value.rivals)) take(rival.kind, fold, rival);
        this.store.set({ contenders: contenders() });
      },
      finish: () => ({ problem }),
      then: async (ask) => {
        // Only what was scored in every fold can be compared.
        if ([...kinds, "net"].some((kind) => scores[kind].some((score) => !Number.isFinite(score)))) return {};
        const [outcome] = await ask([
          {
            kind: /** @type {const} */ ("judge"),
            course: {
              net: Float64Array.from(scores.net),
              rivals: kinds.map((kind) => Float64Array.from(scores[kind])),
              constant: Float64Array.from(scores.constant),
              folds,
              costs: Float64Array.from([kinds.length, ...kinds.keys()]),
            },
          },
        ]);
        if (!outcome || !("value" in outcome))
          return outcome && "problem" in outcome ? { problem: outcome.problem } : {};
        const { reports, simplest } = /** @type {{reports: Report[], simplest: number | null}} */ (outcome.value);
        const judged = contenders(reports);
        const { answer, chosen } = answerOf(judged);
        return { contenders: judged, answer, chosen, simplest: simplest === null ? null : judged[simplest].kind };
      },
    });
  }
}
