// @ts-check
/**
 * How good the run is on some of its rows, asked once for all panels that show it, as long as one of them is in sight.
 * Locked test rows are not even asked about.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./protocol.js").Description} Description
 * @typedef {{of: Description, part: number} & import("./protocol.js").Scored} Answer
 */
import { createStore, watch } from "../base/store.js";
import { isLocked } from "../base/padlock.js";
import { Inquiry } from "./inquiry.js";
import { PARTS, judgedBy } from "./judgedRows.js";

const NOTHING = {
  /** @type {Answer | null} */
  answer: null,
  /** What can't be scored: outputs that are not finite. */
  isNone: false,
  /** Why it could not be had, and what to do. @type {string | null} */
  problem: null,
};

export class Scoring {
  #playground;
  #viewers = 0;
  #inquiry = new Inquiry(() => this.#ask());
  store = createStore({ ...NOTHING, chosen: /** @type {number | null} */ (null) });

  /** @param {import("./playground.js").Playground} playground */
  constructor(playground) {
    this.#playground = playground;
  }

  /** A panel shows it. @returns {() => void} ends that */
  join() {
    if (this.#viewers++ === 0) this.#end = this.#begin();
    return () => {
      if (--this.#viewers === 0) this.#end();
    };
  }

  #end = () => {};

  #begin() {
    const { store } = this.#playground;
    const ends = [
      watch(
        store,
        ({ frame, description, lock, run }) => [frame, description, lock, run?.state],
        () => this.#inquiry.soon(),
      ),
      // What was said of test rows goes with the lock.
      watch(store, isLocked, () => {
        this.store.set(NOTHING);
        void this.#inquiry.now();
      }),
      () => this.#inquiry.stop(),
    ];
    void this.#inquiry.now();
    return () => ends.forEach((end) => end());
  }

  /** The rows that are scored: those that were chosen, if there are any. 0: training, 1: validation, 2: test. */
  get part() {
    const state = this.#playground.store.get();
    const { chosen } = this.store.get();
    const { train = 0, validation = 0, test = 0 } = state.description?.rows ?? {};
    if (chosen !== null && [train, validation, test][chosen]) return chosen;
    return PARTS.indexOf(judgedBy(state) ?? "training");
  }

  /** Whether nothing may be said of them. */
  get isLocked() {
    return this.part === 2 && isLocked(this.#playground.store.get());
  }

  get isNone() {
    return this.store.get().isNone;
  }

  choose(/** @type {number} */ part) {
    this.store.set({ ...NOTHING, chosen: part });
    this.again();
  }

  again() {
    this.store.set({ problem: null });
    void this.#inquiry.now();
  }

  /** The answer, if it is of the rows that are shown; a run like the one before shows that one's until it has its own. */
  get answer() {
    const { description } = this.#playground.store.get();
    const { answer } = this.store.get();
    const isLike = answer?.of.task === description?.task && answer?.of.classes === description?.classes;
    return answer && isLike && answer.part === this.part && !this.isLocked ? answer : null;
  }

  async #ask() {
    const { description, run } = this.#playground.store.get();
    const { part } = this;
    if (!description || this.isLocked) return;
    const isStill = () => this.#playground.store.get().description === description && this.part === part;
    try {
      // Intervals take their time: they come when it stands.
      const scored = await this.#playground.ask("scores", { part, isQuick: run?.state === "training" });
      if (!isStill() || this.isLocked) return;
      this.store.set({ ...NOTHING, answer: scored && { of: description, part, ...scored }, isNone: !scored });
    } catch (error) {
      const { code, message } = /** @type {import("./protocol.js").Failure} */ (error);
      // Of all else the next frame asks again: the worker was replaced, or the run.
      if (code === "offline" && isStill()) this.store.set({ ...NOTHING, problem: message });
    }
  }
}

/** @type {WeakMap<import("./playground.js").Playground, Scoring>} */
const known = new WeakMap();

/** The one of a playground. @param {import("./playground.js").Playground} playground */
export function scoringOf(playground) {
  const scoring = known.get(playground) ?? new Scoring(playground);
  known.set(playground, scoring);
  return scoring;
}
