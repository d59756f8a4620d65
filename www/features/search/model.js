// @ts-check
/**
 * A search: the experiment under other settings, a trial each, judged by folds or by validation rows and never by test rows.
 *
 * @typedef {import("./worker.js").Tried} Tried
 * @typedef {import("./worker.js").Plan} Plan
 * @typedef {import("../../session/varied.js").Choices} Choices
 * @typedef {import("../../session/variables.js").Axis} Axis
 * @typedef {import("../../session/variables.js").Variable} Variable
 * @typedef {import("../../session/poolJob.js").Outcome} Outcome
 * @typedef {{variable: Variable, axis: Axis}} Varied
 *
 * @typedef {object} Trial
 * @property {any[]} values      one for each setting that is varied; any: as the settings have them
 * @property {number} until      epochs that it is to have had, as far as it was taken on
 * @property {Tried | null} tried
 * @property {string} problem    why it can't be tried
 * @property {import("./result.js").Judged} judged
 *
 * @typedef {object} Budget      what a search would take
 * @property {string} key        of what it is about
 * @property {number} trials
 * @property {Plan["rungs"]} rungs
 * @property {number | null} seconds   null while that can't be known
 * @property {string} problem
 *
 * @typedef {object} Own
 * @property {Trial[]} trials
 * @property {Varied[]} varied
 * @property {Plan["rungs"]} rungs      of successive halving
 * @property {"folds" | "validation"} judge
 * @property {number} folds
 * @property {number} epochs            the most that a trial has
 * @property {string} score             by name
 * @property {import("../../settings/spec.js").Settings} base   what was set of what is varied
 * @property {number | null} best       place of the best trial, when all is done
 * @property {number | null} simplest   of the simplest within one standard error of it
 * @property {Budget | null} budget
 * @typedef {import("../../session/poolJob.js").PoolState & Own} SearchState
 */
import { aboutOf, PoolJob, READY } from "../../session/poolJob.js";
import { SCORES, asGain, specOfRounds } from "../../session/rounds.js";
import { USUAL_EPOCHS } from "../../session/varied.js";
import { coreAxis, keyOf, putAll, valueAt, variedIn } from "../../session/variables.js";
import { formatCount } from "../../base/format.js";
import { t } from "../../base/text.js";
import { NOT_JUDGED, judgedOf, searchWords } from "./result.js";

/** A trial is timed for so long, in milliseconds, and so many of all are. */
const TIMED_MS = 60;
const TIMED = 3;

/** Of each rung of successive halving one trial in so many goes on, for so many times as long. */
const FACTOR = 3;

/** What judges: validation rows, if there are any and nobody says otherwise. @returns {"folds" | "validation"} */
export const judgeOf = (
  /** @type {Pick<Choices, "judge">} */ { judge },
  /** @type {import("../../session/protocol.js").Description | null} */ description,
) => (description?.rows.validation && judge !== "folds" ? "validation" : "folds");

/** Epochs of a trial, unless they are varied. */
export const epochsOf = (
  /** @type {Pick<Choices, "epochs">} */ { epochs },
  /** @type {import("../../settings/spec.js").Settings} */ settings,
) => epochs ?? Math.min(settings.epochs ?? USUAL_EPOCHS, USUAL_EPOCHS);

/** The score that decides. */
export const scoreOf = (/** @type {string} */ name, /** @type {"classification" | "regression"} */ task) =>
  SCORES[task].find((one) => one.name === name) ?? SCORES[task][0];

/** How many trials a grid has, as far as whole numbers don't fall together. */
export const gridSize = (/** @type {Varied[]} */ varied, /** @type {number} */ points) =>
  varied.reduce(
    (all, { variable, axis }) =>
      all *
      (variable.choices
        ? axis.values.length
        : Math.min(points, variable.isWhole ? Number(axis.high) - Number(axis.low) + 1 : points)),
    1,
  );

/** Bytes of trials to go on from that are kept at once; what is beyond begins anew. */
const MOST_KEPT = 64 * 2 ** 20;

/** @extends {PoolJob<SearchState>} */
export class Search extends PoolJob {
  /** The newest estimate's. */
  #asked = { key: "", stop: new AbortController() };

  /** @param {import("../../session/playground.js").Playground} playground @param {(name: import("../../session/pool.js").Package) => Promise<WebAssembly.Module>} [load] */
  constructor(playground, load) {
    const own = { trials: [], varied: [], rungs: [], judge: /** @type {const} */ ("folds"), folds: 0, epochs: 0 };
    super(playground, { ...READY, ...own, score: "", base: {}, best: null, simplest: null, budget: null }, load);
  }

  /** Settings that differ in nothing but what is varied are the same experiment. */
  get isStale() {
    const { about, base } = this.store.get();
    const state = this.playground.store.get();
    return about !== "" && about !== aboutOf({ ...state, settings: { ...state.settings, ...base } });
  }

  section() {
    const state = this.store.get();
    const { trials, varied, score, judge, folds } = state;
    const { label } = scoreOf(score, this.playground.store.get().description?.task ?? "classification");
    const words = searchWords(state, label);
    if (!words) return null;
    const judges = judge === "folds" ? `${t("folds.folds")}: ${formatCount(folds)}` : t("ui.validationRows");
    const names = varied.map(({ variable }) => variable.label).join(", ");
    return {
      title: t("app.search"),
      facts: [
        names,
        t("search.ofTrials", {
          done: formatCount(trials.filter(({ tried }) => tried).length),
          trials: formatCount(trials.length),
        }),
        judges,
      ],
      words: [words],
    };
  }

  /** The same for the same search. */
  keyOf(/** @type {Choices} */ choices) {
    return JSON.stringify([choices, aboutOf(this.playground.store.get())]);
  }

  /** What a search by these choices is about. */
  #courseOf(/** @type {Choices} */ choices) {
    const { settings, description } = this.playground.store.get();
    const varied = variedIn(settings, choices.axes);
    const judge = judgeOf(choices, description);
    const epochs = epochsOf(choices, settings);
    const score = scoreOf(choices.score, description?.task ?? "classification").name;
    const folds = judge === "folds" ? choices.folds : 1;
    const variables = varied.map(({ variable }) => variable);
    const isOwn = varied.some(({ variable }) => variable.id === "epochs");
    /** @param {any[]} values any: as the settings have them */
    const settingsOf = (values) => {
      const own = putAll(settings, variables, values);
      // By test rows nothing is stopped that is to be compared.
      const goal = ["testLoss", "testAccuracy"].includes(own.goal) ? "none" : own.goal;
      return { ...own, goal, epochs: isOwn ? own.epochs : epochs };
    };
    const shared = { options: judge === "folds" ? { folds } : null, rows: this.rowsKey };
    const plan = {
      kind: /** @type {const} */ ("plan"),
      course: {
        axes: varied.map(({ variable, axis }) => coreAxis(variable, axis)),
        options:
          choices.by === "grid"
            ? { by: "grid", points: choices.points }
            : { by: "random", trials: choices.trials, seed: choices.seed },
        rungs: choices.by === "halving" ? { trials: choices.trials, epochs, factor: FACTOR } : null,
      },
    };
    const valuesOf = (/** @type {ArrayLike<number>} */ numbers) =>
      varied.map(({ variable, axis }, i) => valueAt(variable, axis, numbers[i]));
    return { varied, judge, epochs, score, folds, settingsOf, shared, plan, valuesOf };
  }

  /** Finds out what a search would take, apart from it; the newest choices count. */
  async estimate(/** @type {Choices} */ choices) {
    const key = this.keyOf(choices);
    // Asked about already, and answered or on its way.
    if (this.#asked.key === key && !this.#asked.stop.signal.aborted) return;
    this.#asked.stop.abort();
    this.#asked = { key, stop: new AbortController() };
    const { signal } = this.#asked.stop;
    const { plan, valuesOf, settingsOf, shared, folds } = this.#courseOf(choices);
    const tell = (/** @type {Partial<Budget>} */ patch) =>
      signal.aborted || this.store.set({ budget: { key, trials: 0, rungs: [], seconds: null, problem: "", ...patch } });
    try {
      const [planned] = await this.ask([plan], signal);
      const { trials, rungs } = /** @type {Plan} */ (valueOf(planned));
      tell({ trials: trials.length, rungs });
      const places = [
        ...new Set(Array.from({ length: TIMED }, (_, i) => Math.floor((i * (trials.length - 1)) / (TIMED - 1)))),
      ];
      const sample = places.map((place) => settingsOf(valuesOf(trials[place])));
      const tasks = sample.map((own) => ({
        kind: /** @type {const} */ ("timing"),
        course: { ...shared, spec: specOfRounds(own).spec, milliseconds: TIMED_MS },
      }));
      const timed = (await this.ask(tasks, signal)).map((outcome) => valueOf(outcome));
      if (timed.some((one) => !one)) return;
      // A trial of each kind that was timed: of a fold, what it takes to begin it and what its epochs take.
      const each = (/** @type {(epochs: number) => number} */ of) =>
        timed.reduce((sum, { start, perEpoch }, i) => sum + start + perEpoch * of(sample[i].epochs), 0) / timed.length;
      const spans = rungs.map(
        ({ trials: count, epochs }, i) => count * each(() => epochs - (rungs[i - 1]?.epochs ?? 0)),
      );
      const all = rungs.length ? spans.reduce((a, b) => a + b, 0) : trials.length * each((epochs) => epochs);
      const lanes = Math.min(this.workers, trials.length);
      tell({ trials: trials.length, rungs, seconds: (all * folds) / lanes / 1000 });
    } catch (error) {
      tell({ problem: String(/** @type {Error} */ (error).message) });
    }
  }

  async start(/** @type {Choices} */ choices) {
    if (this.isRunning) return;
    this.#asked.stop.abort();
    const course = this.#courseOf(choices);
    const { varied, judge, epochs, score, folds, settingsOf, shared, plan, valuesOf } = course;
    const { settings } = this.playground.store.get();
    const isHalving = choices.by === "halving";
    /** The trial of each task, by its place; the first one is the plan. */
    const places = [-1];
    const put = (/** @type {number} */ place, /** @type {Partial<Trial>} */ patch) => {
      const trials = [...this.store.get().trials];
      trials[place] = { ...trials[place], ...patch };
      this.store.set({ trials });
    };
    /** Who is not taken on needs no bytes to go on from. */
    const forget = (/** @type {number} */ place) => {
      const { tried } = this.store.get().trials[place];
      if (tried) put(place, { tried: { ...tried, bytes: [] } });
    };
    /** @type {Plan | null} */
    let planned = null;
    let kept = 0;
    await this.work([plan], {
      begin: {
        trials: [],
        varied,
        rungs: [],
        judge,
        folds,
        epochs,
        score,
        base: Object.fromEntries(varied.map(({ variable }) => [keyOf(variable), settings[keyOf(variable)]])),
        best: null,
        simplest: null,
      },
      weights: [0],
      whole: 1,
      progress: (_, { share }) => share ?? 0,
      ended: (task, outcome) => {
        if (!outcome) return;
        if (!task) return void ("value" in outcome && (planned = outcome.value));
        const tried = "value" in outcome ? /** @type {Tried | null} */ (outcome.value) : null;
        const problem = "problem" in outcome ? outcome.problem : "";
        kept += sizeOf(tried);
        if (tried && kept > MOST_KEPT) tried.bytes = [];
        if (tried || problem)
          put(places[task], { tried, problem, judged: tried ? judgedOf(tried, score) : NOT_JUDGED });
      },
      finish: ([outcome]) => (outcome && "problem" in outcome ? { problem: outcome.problem } : {}),
      then: async (ask, goOn) => {
        if (!planned) return {};
        const trials = planned.trials.map((numbers) => ({
          values: valuesOf(numbers),
          until: 0,
          tried: null,
          problem: "",
          judged: NOT_JUDGED,
        }));
        this.store.set({ trials, rungs: planned.rungs });
        const lengths = trials.map(({ values }) => settingsOf(values).epochs);
        const rungs = isHalving ? planned.rungs : [{ trials: trials.length, epochs }];
        const spans = rungs.map((rung, i) => rung.epochs - (rungs[i - 1]?.epochs ?? 0));
        const whole = isHalving
          ? rungs.reduce((sum, rung, i) => sum + rung.trials * spans[i], 0)
          : lengths.reduce((sum, length) => sum + length, 0);
        let going = [...trials.keys()];
        for (const [i, rung] of rungs.entries()) {
          if (i) {
            const gains = going.map((place) => asGain(score, this.store.get().trials[place].judged.mean));
            const chosen = /** @type {{best: number[]} | null} */ (await this.#choose(ask, gains, going, rung.trials));
            if (!chosen) break;
            const next = chosen.best.map((place) => going[place]).sort((a, b) => a - b);
            for (const place of going) if (!next.includes(place)) forget(place);
            going = next;
            kept = going.reduce((sum, place) => sum + sizeOf(this.store.get().trials[place].tried), 0);
          }
          const tasks = going.map((place) => {
            const { values, tried } = this.store.get().trials[place];
            const until = isHalving ? rung.epochs : lengths[place];
            const spec = specOfRounds(settingsOf(values)).spec;
            const from = tried?.bytes ?? [];
            const keeps = i < rungs.length - 1;
            return { kind: /** @type {const} */ ("trial"), course: { ...shared, spec, until, from, keeps, score } };
          });
          places.push(...going);
          const outcomes = await goOn(
            tasks,
            going.map((place) => (isHalving ? spans[i] : lengths[place]) / whole),
          );
          going.forEach((place, k) => outcomes[k] && put(place, { until: tasks[k].course.until }));
          if (outcomes.some((outcome) => outcome === null)) break;
        }
        const all = this.store.get().trials;
        return { problem: all.every(({ problem }) => problem) ? all[0].problem : "" };
      },
    });
    await this.#name();
  }

  /** Of some trials the best, and the simplest: what has the fewest parameters. */
  async #choose(
    /** @type {(tasks: import("../../session/poolJob.js").Task[]) => Promise<Outcome[]>} */ ask,
    /** @type {number[]} */ gains,
    /** @type {number[]} */ places,
    /** @type {number} */ count,
  ) {
    const { trials } = this.store.get();
    const errors = places.map((place) => trials[place].judged.error || 0);
    const costs = places.map((place) => trials[place].tried?.parameters ?? Infinity);
    // What diverged comes after all that did not.
    const means = Float64Array.from(gains, (gain) => (Number.isFinite(gain) ? gain : -Number.MAX_VALUE));
    const course = { means, errors: Float64Array.from(errors), costs: Float64Array.from(costs), count };
    const [outcome] = await ask([{ kind: /** @type {const} */ ("choose"), course }]);
    return outcome && "value" in outcome ? outcome.value : null;
  }

  /** Names the best trial and the simplest, of what there is, among those that were taken on furthest. */
  async #name() {
    const { trials, score, phase } = this.store.get();
    const scored = [...trials.keys()].filter((place) => Number.isFinite(trials[place].judged.mean));
    const most = Math.max(...scored.map((place) => trials[place].until));
    const isHalving = this.store.get().rungs.length > 0;
    const places = scored.filter((place) => !isHalving || trials[place].until === most);
    if (phase !== "done" || !places.length) return;
    const gains = places.map((place) => asGain(score, trials[place].judged.mean));
    const { signal } = new AbortController();
    const chosen = /** @type {{best: number[], simplest: number} | null} */ (
      await this.#choose((tasks) => this.ask(tasks, signal), gains, places, 1).catch(() => null)
    );
    if (chosen && this.store.get().trials === trials)
      this.store.set({ best: places[chosen.best[0]], simplest: places[chosen.simplest] });
  }

  /** Sets what a trial was tried with: a change of the page's settings like any other. */
  load(/** @type {number} */ place) {
    const { trials, varied } = this.store.get();
    const { settings } = this.playground.store.get();
    const own = putAll(
      settings,
      varied.map(({ variable }) => variable),
      trials[place].values,
    );
    this.playground.setAll(Object.fromEntries(Object.entries(own).filter(([key, value]) => value !== settings[key])));
  }
}

/** Bytes that a trial is kept in, to go on from. */
const sizeOf = (/** @type {Tried | null} */ tried) =>
  (tried?.bytes ?? []).reduce((sum, one) => sum + (one?.length ?? 0), 0);

/** What a task came to; throws why it did not. @returns {any} any: as its kind has it */
function valueOf(/** @type {Outcome} */ outcome) {
  if (outcome && "problem" in outcome) throw new Error(outcome.problem);
  return outcome?.value ?? null;
}
