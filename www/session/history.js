// @ts-check
/** Settings as they were, to undo changes and to do them again. */
import { watch } from "../base/store.js";

/** What changes the same setting within so many milliseconds is one change: a slider on its way. */
const ONE_MOVE_MS = 700;
const MOST_UNDO = 100;

/** @typedef {{settings: import("../settings/spec.js").Settings, hand: import("../settings/spec.js").Settings}} Moment */

export class History {
  #playground;
  #now;
  /** @type {Moment[]} */
  #past = [];
  /** @type {Moment[]} */
  #future = [];
  #last = { at: -Infinity, keys: "" };
  #isOurs = false;
  #end;
  /** Called when there is more or less to undo. */
  onchange = () => {};

  /**
   * @param {import("./playground.js").Playground} playground
   * @param {() => number} now   milliseconds
   * @param {Moment} [first]     what there was before: a change that came since can be undone, too
   */
  constructor(playground, now, first = playground.store.get()) {
    this.#playground = playground;
    this.#now = now;
    let { settings, hand } = playground.store.get();
    if (first.settings !== settings) this.#add({ settings: first.settings, hand: first.hand }, settings);
    this.#end = watch(
      playground.store,
      (state) => state.settings,
      (after) => {
        const before = { settings, hand };
        ({ settings, hand } = playground.store.get());
        if (!this.#isOurs) this.#add(before, after);
      },
    );
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  get canRedo() {
    return this.#future.length > 0;
  }

  undo() {
    this.#go(this.#past, this.#future);
  }

  redo() {
    this.#go(this.#future, this.#past);
  }

  end() {
    this.#end();
  }

  #add(/** @type {Moment} */ before, /** @type {import("../settings/spec.js").Settings} */ after) {
    const keys = Object.keys(after)
      .filter((key) => isOther(after[key], before.settings[key]) && !NOT_CHANGED.includes(key))
      .join();
    if (!keys) return;
    const isSameMove = keys === this.#last.keys && this.#now() - this.#last.at < ONE_MOVE_MS;
    this.#last = { at: this.#now(), keys };
    if (isSameMove) return;
    this.#past.push(before);
    if (this.#past.length > MOST_UNDO) this.#past.shift();
    this.#future = [];
    this.onchange();
  }

  #go(/** @type {Moment[]} */ from, /** @type {Moment[]} */ to) {
    const moment = from.pop();
    if (!moment) return;
    const { settings, hand } = this.#playground.store.get();
    to.push({ settings, hand });
    this.#last = { at: -Infinity, keys: "" };
    this.#isOurs = true;
    try {
      this.#playground.take(moment.settings, moment.hand);
    } finally {
      this.#isOurs = false;
    }
    this.onchange();
  }
}

/** Lists that are written anew may be the same. */
const isOther = (/** @type {unknown} */ a, /** @type {unknown} */ b) =>
  a !== b && JSON.stringify(a) !== JSON.stringify(b);

/** Found in the rows, not chosen; and where on the page one is. */
const NOT_CHANGED = ["foundTask", "view"];
