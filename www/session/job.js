// @ts-check
/**
 * Something long that the worker does beside the run: a race, a contest, twins. The run stands still meanwhile, and the job
 * ends early when the run is to go on.
 *
 * @typedef {object} JobState
 * @property {"ready" | "running" | "stopping" | "done"} phase
 * @property {string} problem   what ended it before its time
 */
import { runExclusively } from "./runExclusively.js";
import { createStore } from "../base/store.js";

/** @typedef {import("./protocol.js").Failure} Failure */

/** @template {{phase: string, problem: string}} S */
export class Job {
  #kind;
  #playground;
  /** @type {AbortController | null} */
  #stop = null;

  /**
   * @param {keyof typeof import("./jobCourses.js").JOBS} kind
   * @param {import("../session/playground.js").Playground} playground
   * @param {S} state       before it begins
   */
  constructor(kind, playground, state) {
    this.#kind = kind;
    this.#playground = playground;
    this.store = createStore(state);
  }

  get isRunning() {
    return this.#stop !== null;
  }

  /**
   * Does it, once at a time.
   *
   * @param {any} course                           any: as its kind has it
   * @param {Partial<S>} state                     as it begins
   * @param {import("./requests.js").OnProgress} onProgress   how far it is
   * @param {(outcome: any) => Partial<S>} end     what it came to; any: as its kind has it
   */
  async run(course, state, onProgress, end) {
    if (this.#stop) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.#set({ phase: "running", problem: "", ...state });
    const isOver = runExclusively(this.#playground, () => this.stop());
    try {
      const outcome = await this.#playground.client.job(this.#kind, course, onProgress, stop.signal);
      this.#set({ phase: "done", ...end(outcome) });
    } catch (error) {
      this.#set(this.failed(/** @type {Failure} */ (error)));
    } finally {
      isOver();
      this.#stop = null;
    }
  }

  /** @param {Failure} error @returns {object} what is shown then */
  failed(error) {
    return { phase: "ready", problem: String(error?.message ?? error) };
  }

  /** Ends it early; what there is so far counts. */
  stop() {
    if (!this.#stop || this.store.get().phase === "stopping") return;
    this.#set({ phase: "stopping" });
    this.#stop.abort();
  }

  #set(/** @type {object} */ patch) {
    this.store.set(/** @type {Partial<S>} */ (patch));
  }
}
