// @ts-check
/**
 * The page's side of time travel: which moments there are, whether the run went back to one, and how it goes on from
 * there.
 *
 * @typedef {import("../../session/protocol.js").MomentFacts} Moment
 *
 * @typedef {import("../../session/protocol.js").PastReply & Place} TravelState
 *
 * @typedef {object} Place
 * @property {boolean} isAway     the run went back, and later moments are kept
 *
 * @typedef {import("../../settings/spec.js").Settings} Settings
 */
import { isLocked } from "../../base/padlock.js";
import { specFrom } from "../../settings/spec.js";
import { createStore } from "../../base/store.js";
import { tellLack } from "../../session/pending.js";

/** @type {TravelState} */
const NOTHING = { moments: [], bytes: 0, tooLarge: 0, looks: [], now: null, isAway: false };

export class TimeTravel {
  #playground;
  #end;
  /** The step that is asked for last, and whether the worker is on its way to one. */
  #wanted = -1;
  #isExact = false;
  /** @type {Promise<void> | null} */
  #going = null;
  #wentBack = false;
  /** @type {Promise<void> | null} */
  #asking = null;
  /** @type {Promise<void> | null} */
  #opening = null;
  #isRestarting = false;
  #isTold = false;

  constructor(/** @type {import("../../session/playground.js").Playground} */ playground) {
    this.#playground = playground;
    /** @type {import("../../base/store.js").Store<TravelState>} */
    this.store = createStore(/** @type {TravelState} */ (NOTHING));
    playground.branches = (before, settings) => this.#branches(before, settings);
    this.#end = playground.store.subscribe((state, before) => {
      if (state.description !== before.description) {
        this.#wentBack = false;
        this.store.set(NOTHING);
      }
      if (isLocked(state) && !isLocked(before)) this.#hideTest();
      else if (state.points !== before.points && state.description === before.description) void this.refresh(); // opened
      if (this.#wentBack && state.frame !== before.frame && !this.#going) this.#look();
      if (state.run?.state !== before.run?.state && state.run?.state !== "failed" && !this.#going) void this.refresh();
    });
    void this.refresh();
  }

  /** Asks the worker what is kept; several askers share an answer. */
  refresh() {
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  /** What is known of the test rows goes. */
  #hideTest() {
    this.store.set(({ moments }) => ({ moments: moments.map((moment) => ({ ...moment, test: null })) }));
  }

  /** @type {() => Promise<void>} */
  async #ask() {
    const { description, lock } = this.#playground.store.get();
    const past = await this.#playground.ask("past").catch((error) => this.#tell(error));
    const now = this.#playground.store.get();
    if (!past || now.description !== description) return;
    if (isLocked(now) !== isLocked({ lock })) return this.#ask(); // it was opened or shut meanwhile
    this.store.set(past);
    this.#look();
  }

  /** A run that is gone has no past. One whose past can't be had is told once, until it can. */
  #tell(/** @type {import("../../session/protocol.js").Failure} */ { code, message }) {
    if (code !== "offline" || this.#isTold) return null;
    this.#isTold = true;
    tellLack(this.#playground.store, message, () => {
      this.#isTold = false;
      void this.refresh();
    });
    return null;
  }

  /** Whether the run, which went back, has not come so far again. */
  #look() {
    const { frame } = this.#playground.store.get();
    const last = this.store.get().moments.at(-1);
    this.#wentBack &&= frame !== null && last !== undefined && last.step > frame.step;
    this.store.set({ isAway: this.#wentBack });
  }

  /** Whether a moment that was asked for is still to come. */
  get isGoing() {
    return this.#going !== null;
  }

  /** How many epochs a step is into the run. */
  epochAt(/** @type {number} */ step) {
    return step / (this.#playground.store.get().description?.stepsPerEpoch ?? 1);
  }

  /** The moment that is so many further than where the run stands; the first or the last where there are no more. */
  neighbor(/** @type {number} */ by) {
    const { moments } = this.store.get();
    const here = this.#going ? this.#wanted : (this.#playground.store.get().frame?.step ?? 0);
    const place = moments.findLastIndex(({ step }) => step <= here);
    const isBetween = place >= 0 && moments[place].step < here && by < 0;
    return moments[Math.max(0, Math.min(moments.length - 1, place + by + (isBetween ? 1 : 0)))];
  }

  /** Goes to the moment nearest to a step, or to exactly that step. While on the way, only the last wish counts. */
  seek(/** @type {number} */ step, isExact = false) {
    this.#wanted = Math.max(0, Math.round(step));
    this.#isExact = isExact;
    this.#going ??= this.#go().finally(() => (this.#going = null));
    return this.#going;
  }

  async #go() {
    let asked = -1;
    // A wish may come while the moment is drawn, too.
    while (this.#wanted !== asked) {
      let reached = -1;
      while (this.#wanted !== asked) {
        asked = this.#wanted;
        reached = await this.#playground.ask("seek", { step: asked, exact: this.#isExact }).catch(() => -1);
      }
      await this.#shown(reached);
      this.#wentBack = reached >= 0;
      await this.refresh();
    }
  }

  /** The answer comes before the page has drawn the moment. */
  #shown(/** @type {number} */ step) {
    const { store } = this.#playground;
    const { description } = store.get();
    return new Promise((/** @type {(value: void) => void} */ resolve) => {
      const isThere = () => step < 0 || store.get().frame?.step === step || store.get().description !== description;
      if (isThere()) return resolve();
      const end = store.subscribe(() => {
        if (!isThere()) return;
        end();
        resolve();
      });
    });
  }

  /** The newest moment again. */
  async back() {
    const { moments } = this.store.get();
    const last = moments.at(-1);
    if (last) await this.seek(last.step);
  }

  /** Lets what came after go, and trains on from here. */
  async branch() {
    const { frame } = this.#playground.store.get();
    if (!frame) return;
    await this.#playground.ask("seek", { step: frame.step, forgets: true }).catch(() => {});
    this.#wentBack = false;
    this.store.set({ isAway: false });
    this.#playground.play();
    await this.refresh();
  }

  /** Other settings, while the run is back: they go on from there, not from the start. */
  #branches(/** @type {Settings} */ before, /** @type {Settings} */ settings) {
    const { run } = this.#playground.store.get();
    if (!(this.store.get().isAway || this.#isRestarting) || run?.state === "failed" || !sameStart(before, settings))
      return false;
    this.#opening = this.#open(settings);
    return true;
  }

  async #open(/** @type {Settings} */ settings) {
    const { client, store } = this.#playground;
    const bytes = await client.save(true).catch(() => undefined);
    // Settings that changed again meanwhile have a run of their own under way.
    if (store.get().settings === settings) client.open(specFrom(settings), {}, { from: bytes });
  }

  /** Goes back, goes on otherwise and trains: what the rescuer does. */
  async restart(/** @type {number} */ step, /** @type {Settings} */ changes) {
    if (this.#playground.refuses({ ...this.#playground.store.get().settings, ...changes })) return;
    if (!this.store.get().moments.length) {
      // There is nothing to go back to but the start: playing a run that blew up begins it anew.
      this.#playground.setAll(changes);
      return this.#playground.play();
    }
    await this.seek(step, true);
    this.#isRestarting = true;
    this.#playground.setAll(changes);
    this.#isRestarting = false;
    await this.#opening; // of a branch: what is told before would be told to the run it leaves
    this.#playground.client.play();
  }

  dispose() {
    this.#playground.branches = null;
    this.#end();
  }
}

/** Whether runs of these settings have the same rows, seed and model. */
function sameStart(/** @type {Settings} */ before, /** @type {Settings} */ after) {
  const [old, now] = [before, after].map((settings) => {
    const { seed, data, model } = specFrom(settings);
    return JSON.stringify([seed, data, model]);
  });
  return old === now;
}
