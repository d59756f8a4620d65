// @ts-check
/**
 * A study: many runs by the page's pool of workers, beside the run, with how far it is and how long it takes, to be canceled
 * at any time with what there is. It is about the experiment as it stands when it begins.
 *
 * @typedef {object} PoolState
 * @property {"ready" | "running" | "done"} phase
 * @property {boolean} isWhole      whether all of it was done
 * @property {number} share         of it that is done, 0…1
 * @property {number | null} left   seconds; null while that can't be known
 * @property {string} problem       why it ended without a result
 * @property {string} about         the experiment it is about, as JSON; empty before the first
 *
 * @typedef {import("./pool.js").Outcome} Outcome
 * @typedef {import("./pool.js").Task} Task
 */
import { compiled } from "../base/compiled.js";
import { fetchFile } from "../base/files.js";
import { PATIENCE_MS } from "../base/loadPart.js";
import { createStore } from "../base/store.js";
import { isTable } from "../settings/tableNames.js";
import { poolOf, secondsLeft } from "./pool.js";
import { sentence } from "./tables.js";
import { specFrom } from "../settings/spec.js";
import { t } from "../base/text.js";

/** Where an experiment's rows come from, numbered. @type {WeakMap<object, number>} */
const numbers = new WeakMap();
let last = 0;

const MISSING = {
  "pkg-full": t("session.poolPackageMissing"),
  "pkg-baselines": t("session.poolBaselinesMissing"),
  "pkg-export": t("session.poolExportMissing"),
};

/** Compiled once for all workers of the page. @param {import("./pool.js").Package} name */
export async function loadPackage(name) {
  try {
    const response = await fetchFile(`${name}/trainyard_bg.wasm`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) throw response.status;
    return await compiled(response);
  } catch {
    throw new Error(MISSING[name]);
  }
}

/** What of the settings an outcome depends on. */
export const aboutOf = (/** @type {import("./playground.js").State} */ { settings, table }) =>
  JSON.stringify([specFrom(settings), isTable(settings.source) ? [table.title, table.description?.rows] : null]);

/** @template {PoolState} S */
export class PoolJob {
  #stop = /** @type {AbortController | null} */ (null);
  #load;

  /**
   * @param {import("./playground.js").Playground} playground
   * @param {S} state   before it begins; what `READY` has is put in
   * @param {(name: import("./pool.js").Package) => Promise<WebAssembly.Module>} [load]   gets a package for the workers
   */
  constructor(playground, state, load = loadPackage) {
    this.playground = playground;
    this.#load = load;
    this.store = createStore(state);
  }

  get isRunning() {
    return this.#stop !== null;
  }

  /** Whether the settings are others than those that the outcome is about. */
  get isStale() {
    const { about } = this.store.get();
    return about !== "" && about !== aboutOf(this.playground.store.get());
  }

  /** What a report has of it, with what is to be known of it; null where nothing was done, or with other rows. */
  reported() {
    const { phase, about, isWhole } = this.store.get();
    if (phase !== "done" || !about) return null;
    const [was, is] = [about, aboutOf(this.playground.store.get())].map((text) => JSON.parse(text));
    if (JSON.stringify([was[0].data, was[1]]) !== JSON.stringify([is[0].data, is[1]])) return null;
    const section = this.section();
    const notes = [isWhole ? "" : t("ui.canceledPartial"), this.isStale ? t("ui.settingsChangedSince") : ""];
    return section && { ...section, words: [...(section.words ?? []), ...notes.filter(Boolean)] };
  }

  /** What it came to, as a section of a report. @returns {import("../base/reported.js").Section | null} */
  section() {
    return null;
  }

  /** How many workers there are. */
  get workers() {
    return poolOf(this.playground, this.#load).size;
  }

  /** Ends it; what there is so far counts. */
  stop() {
    this.#stop?.abort();
  }

  /**
   * Does it, once at a time.
   *
   * @param {Task[]} tasks
   * @param {object} how
   * @param {Partial<S>} how.begin   what is shown as it begins
   * @param {(place: number, progress: any) => number} how.progress   takes what a task says, and returns the share of it that is done; any: as its kind has it
   * @param {(place: number, outcome: Outcome) => void} [how.ended]   takes a task's outcome
   * @param {(outcomes: Outcome[], isWhole: boolean) => Partial<S>} how.finish   what it came to
   * @param {(ask: (tasks: Task[]) => Promise<Outcome[]>, goOn: (tasks: Task[], weights: number[]) => Promise<Outcome[]>) => Promise<Partial<S>>} [how.then]   what is asked when all is done; `goOn`: what is work like the tasks, whose places follow theirs
   * @param {number[]} [how.weights]   how much of the work each task is; alike unless they are given
   * @param {number} [how.whole]   how much the work is with all that follows; the tasks alone unless it is given
   */
  async work(
    tasks,
    { begin, progress, ended, finish, then, weights = tasks.map(() => 1), whole = weights.reduce((a, b) => a + b, 0) },
  ) {
    if (this.#stop) return;
    const stop = new AbortController();
    this.#stop = stop;
    const start = performance.now();
    const shares = tasks.map(() => 0);
    const all = [...weights];
    const tell = (/** @type {number} */ place, /** @type {number} */ share) => {
      shares[place] = share;
      const done = shares.reduce((sum, one, i) => sum + one * all[i], 0) / whole;
      this.#set({ share: done, left: secondsLeft(done, performance.now() - start) });
    };
    this.#set({
      phase: "running",
      isWhole: false,
      share: 0,
      left: null,
      problem: "",
      about: aboutOf(this.playground.store.get()),
      ...begin,
    });
    const run = (/** @type {Task[]} */ some, /** @type {number} */ first) =>
      this.ask(some, stop.signal, {
        progress: (place, said) => tell(first + place, progress(first + place, said)),
        ended: (place, outcome) => {
          ended?.(first + place, outcome);
          if (outcome) tell(first + place, 1);
        },
      });
    try {
      const outcomes = await run(tasks, 0);
      const end = finish(outcomes, !stop.signal.aborted);
      const ask = (/** @type {Task[]} */ more) =>
        poolOf(this.playground, this.#load).run(more, { signal: stop.signal });
      const goOn = (/** @type {Task[]} */ more, /** @type {number[]} */ own) => {
        const first = shares.length;
        all.push(...own);
        shares.push(...own.map(() => 0));
        return run(more, first);
      };
      const last = stop.signal.aborted ? {} : await then?.(ask, goOn);
      this.#set({ phase: "done", isWhole: !stop.signal.aborted, ...end, ...last });
    } catch (error) {
      this.#set({ phase: "ready", problem: sentence(/** @type {Error} */ (error)), about: "" });
    } finally {
      this.#stop = null;
      this.#set({ left: null });
    }
  }

  /** Has tasks done about the experiment's rows, apart from the work. @param {Task[]} tasks @param {AbortSignal} signal @param {import("./pool.js").Hearer} [hearer] */
  ask(tasks, signal, hearer = {}) {
    return poolOf(this.playground, this.#load).run(tasks, { signal, rows: this.#needed(), hearer });
  }

  /** The same for the same rows, read in the same way; empty where the Spec has them all. */
  get rowsKey() {
    return this.#rows()?.key ?? "";
  }

  /** Those of a table, for the workers; each reads them for itself. @returns {import("./pool.js").Rows | null} */
  #rows() {
    const { settings, table } = this.playground.store.get();
    const origin = isTable(settings.source) ? this.playground.tables?.origin : null;
    if (!origin) return null;
    if (!numbers.has(origin)) numbers.set(origin, ++last);
    return {
      key: JSON.stringify([numbers.get(origin), settings.read]),
      name: settings.source,
      title: table.title,
      read: settings.read,
      open: origin.open,
    };
  }

  #needed() {
    const rows = this.#rows();
    if (!rows && isTable(this.playground.store.get().settings.source)) throw new Error(t("session.poolRowsMissing"));
    return rows;
  }

  #set(/** @type {Partial<PoolState>} */ patch) {
    this.store.set(/** @type {Partial<S>} */ (patch));
  }
}

/** A study before it begins. @type {PoolState} */
export const READY = { phase: "ready", isWhole: false, share: 0, left: null, problem: "", about: "" };
