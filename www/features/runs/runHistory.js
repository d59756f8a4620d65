// @ts-check
/**
 * Follows the run and keeps it when it ends, is reset, or goes on by other settings: with at least an epoch of its own.
 *
 * @typedef {import("../../session/runRecord.js").Kept} Kept
 *
 * @typedef {object} RunStorage   where runs are kept between visits
 * @property {() => Promise<Kept[]>} all
 * @property {(run: Kept) => Promise<void>} put
 * @property {(id: string) => Promise<void>} remove
 *
 * @typedef {object} Now   the run on the page
 * @property {string} id
 * @property {import("../../settings/spec.js").Settings} settings
 * @property {import("../../settings/spec.js").Settings} hand
 * @property {import("../../session/protocol.js").Description | null} description
 * @property {import("../../session/computedBy.js").Engine[]} engines   who computed it
 * @property {number} from
 * @property {number} startStep
 * @property {number} trainedMs
 * @property {number | null} since   when it began to train; null while it stands
 * @property {import("../../session/protocol.js").Frame | null} frame   the last one
 * @property {Kept["outcome"]} outcome
 * @property {boolean} isKept
 *
 * @typedef {object} KeeperState
 * @property {Kept[]} runs          the newest first
 * @property {import("../../session/protocol.js").Curve | null} parent   the curve that the run on the page branched off
 * @property {Kept | null} removed  the last one that was deleted: it can be had back
 * @property {boolean} isLasting    whether they will be there after a reload
 * @property {number} [damaged]     so many could not be read
 */
import { isLocked } from "../../base/padlock.js";
import { withoutTest, withoutTestFigures } from "../../base/withoutTest.js";
import { bounded, subsampledCurve } from "../../session/runRecord.js";
import { specFrom } from "../../settings/spec.js";
import { createStore } from "../../base/store.js";
import { isTable } from "../../settings/tableNames.js";

/** What makes a run another one. */
const essence = (/** @type {import("../../settings/spec.js").Settings} */ settings) =>
  JSON.stringify(specFrom(settings));

/** The same without what may change while it trains. */
const spine = (/** @type {import("../../settings/spec.js").Settings} */ settings) =>
  essence({ ...settings, learningRate: 0, epochs: 1 });

/** Whether it is a run as they are kept: what one browser's storage damaged must not hide the others. @param {any} run   any: whatever was stored */
const isWhole = (run) =>
  typeof run?.id === "string" &&
  typeof run.name === "string" &&
  Number.isFinite(run.at) &&
  Number.isFinite(run.epochs) &&
  isRecord(run.training) &&
  isRecord(run.settings) &&
  Array.isArray(run.settings.layers) &&
  isRecord(run.hand) &&
  ["epoch", "training", "test"].every((key) => Array.isArray(run.curve?.[key])) &&
  Array.isArray(run.curve.validation ?? []) &&
  Array.isArray(run.engines ?? []);

const isRecord = (/** @type {unknown} */ value) => typeof value === "object" && value !== null;

export class RunHistory {
  #playground;
  #storage;
  #clock;
  #end;
  /** The run on the page, as far as it came. @type {Now} */
  #now = /** @type {never} */ (null);
  #count = 0;

  /** @param {import("../../session/playground.js").Playground} playground @param {RunStorage} storage @param {{now: () => number, tick: () => number}} clock */
  constructor(playground, storage, clock) {
    this.#playground = playground;
    this.#storage = storage;
    this.#clock = clock;
    /** @type {import("../../base/store.js").Store<KeeperState>} */
    this.store = createStore(/** @type {KeeperState} */ ({ runs: [], parent: null, removed: null, isLasting: true }));
    this.#end = playground.store.subscribe((state, before) => this.#follow(state, before));
    this.#begin(playground.store.get(), 0);
    this.loaded = this.#load();
  }

  async #load() {
    const found = await this.#storage.all().catch(() => null);
    if (!found) return this.store.set({ isLasting: false });
    const old = found.filter(isWhole);
    if (old.length < found.length) this.store.set({ damaged: found.length - old.length });
    const { runs } = this.store.get();
    const ids = new Set(runs.map(({ id }) => id));
    // Runs on a table that were kept before it was asked whether their test rows had been looked at.
    const seen = old.map((run) => (isTable(run.settings.source) && !run.isOpen ? withoutTestFigures(run) : run));
    this.store.set({ runs: bounded([...runs, ...seen.filter(({ id }) => !ids.has(id))]).kept });
  }

  #begin(
    /** @type {import("../../session/state.js").State} */ { settings, hand, frame, description, computed },
    /** @type {number} */ from,
  ) {
    const step = frame?.step ?? 0;
    this.#now = {
      id: `${this.#clock.now().toString(36)}-${++this.#count}`,
      settings,
      hand,
      description,
      engines: step ? (computed?.by ?? []) : [],
      from,
      startStep: step,
      trainedMs: 0,
      since: null,
      frame: null,
      outcome: "paused",
      isKept: false,
    };
  }

  #follow(
    /** @type {import("../../session/state.js").State} */ state,
    /** @type {import("../../session/state.js").State} */ before,
  ) {
    if (this.#isSame(state, before)) this.#now.description = state.description;
    else if (state.description !== before.description) {
      const parent = this.#now?.frame?.curve ?? null;
      this.#leave();
      // What begins in the middle branched off; the curve so far is shown along.
      const isBranch = (state.frame?.step ?? 0) > 0;
      this.#begin(state, isBranch ? (state.frame?.epoch ?? 0) : 0);
      // A branch begins locked, whatever was seen of the run before.
      this.store.set({ parent: isBranch && parent ? (state.frame?.test ? parent : withoutTest(parent)) : null });
    }
    const now = this.#now;
    if (isLocked(state) && !isLocked(before) && state.description === now.description) this.#hideTest();
    if (state.frame && state.frame !== before.frame && state.description === before.description) this.#frame(state);
    const by = state.computed?.by ?? [];
    if (by !== before.computed?.by && by.length) {
      now.engines = by;
      if (this.store.get().runs.some(({ id }) => id === now.id)) this.#keep();
    }
    if (state.run?.state !== before.run?.state) {
      const tick = this.#clock.tick();
      if (state.run?.state === "training") Object.assign(now, { since: now.since ?? tick, outcome: "paused" });
      else if (now.since !== null) [now.trainedMs, now.since] = [now.trainedMs + tick - now.since, null];
      if (state.run?.state === "finished" || state.run?.state === "diverged") this.#outcome(state.run.state);
    }
    // A new source or model is a new run: it is left when that stands.
    if (
      state.settings !== before.settings &&
      now.frame &&
      essence({ ...now.settings, epochs: 1 }) !== essence({ ...state.settings, epochs: 1 })
    )
      this.#settingsChanged(state);
  }

  /** Whether the run on the page stands in another worker now, where it had come to. */
  #isSame(
    /** @type {import("../../session/state.js").State} */ state,
    /** @type {import("../../session/state.js").State} */ before,
  ) {
    if (state.description === before.description || !this.#now.frame) return false;
    return (
      (state.frame?.curve?.epoch.at(-1) ?? 0) > 0 &&
      (state.frame?.step ?? 0) > this.#now.startStep &&
      essence(this.#now.settings) === essence(state.settings)
    );
  }

  /** The padlock was shut: what the run had said of its test rows goes. */
  #hideTest() {
    const { frame } = this.#now;
    const { parent } = this.store.get();
    if (frame) this.#now.frame = withoutTestFigures(frame);
    if (parent) this.store.set({ parent: withoutTest(parent) });
    if (this.store.get().runs.some(({ id }) => id === this.#now.id)) this.#keep();
  }

  /** An ending comes before its last frame. */
  #outcome(/** @type {string} */ outcome) {
    this.#now.outcome = outcome;
    this.#keepEnd();
  }

  #keepEnd() {
    const { outcome } = this.#now;
    if (outcome === "finished" || outcome === "diverged") this.#keep();
  }

  #frame(/** @type {import("../../session/state.js").State} */ state) {
    const now = this.#now;
    const { frame } = state;
    const { frame: last } = now;
    const length = last?.curve?.epoch.at(-1) ?? 0;
    const isShorter = frame?.curve && (frame.curve.epoch.at(-1) ?? 0) < length;
    if (last && isShorter) {
      // The future was given up: what was there is a run of its own.
      const parent = last.curve ?? null;
      if (last.step > now.startStep) {
        this.#leave();
        this.#begin(state, frame.epoch);
      } else now.frame = null;
      this.store.set({ parent });
    }
    // Looking back changes nothing about how far it came.
    const isBack = this.#now.frame && frame && frame.step < this.#now.frame.step;
    if (!isBack) this.#now.frame = frame;
    if (state.run?.state === "finished" || state.run?.state === "diverged") this.#keepEnd();
  }

  /** Another rate, in the middle: what went before it is a run of its own. All else is left when the new run stands. */
  #settingsChanged(/** @type {import("../../session/state.js").State} */ state) {
    if (spine(this.#now.settings) !== spine(state.settings)) return;
    const { since } = this.#now;
    this.#leave();
    this.#begin(state, state.frame?.epoch ?? 0);
    if (since !== null) this.#now.since = this.#clock.tick();
  }

  /** Keeps the run on the page, if it came far enough, and lets it go. */
  #leave() {
    this.#keep();
    this.#now.frame = null;
  }

  #keep() {
    const now = this.#now;
    const { frame } = now;
    if (!frame?.curve || frame.epoch < 1 || frame.step <= now.startStep) return;
    const running = now.since === null ? 0 : this.#clock.tick() - now.since;
    const spec = specFrom(now.settings);
    const known = this.store.get().runs.find(({ id }) => id === now.id);
    /** @type {Kept} */
    const run = {
      id: now.id,
      at: Math.max(
        this.#clock.now(),
        ...this.store
          .get()
          .runs.filter(({ id }) => id !== now.id)
          .map(({ at }) => at + 1),
      ),
      name: known?.name ?? "",
      isStarred: known?.isStarred ?? false,
      settings: now.settings,
      hand: now.hand,
      spec,
      seed: spec.seed ?? 0,
      curve: subsampledCurve(frame.curve),
      engines: now.engines,
      from: now.from,
      epochs: frame.epoch,
      steps: frame.step,
      seconds: (now.trainedMs + running) / 1000,
      outcome: now.outcome,
      training: frame.training,
      test: frame.test,
      isOpen: frame.test !== null,
    };
    this.#store(run);
  }

  #store(/** @type {Kept} */ run) {
    const { kept, dropped } = bounded([run, ...this.store.get().runs.filter(({ id }) => id !== run.id)]);
    this.store.set({ runs: kept });
    this.#write(() => this.#storage.put(run));
    for (const { id } of dropped) this.#write(() => this.#storage.remove(id));
  }

  /** Where nothing can be kept the page works all the same, and says so. */
  #write(/** @type {() => Promise<void>} */ act) {
    act().catch(() => this.store.set({ isLasting: false }));
  }

  change(/** @type {string} */ id, /** @type {Partial<Pick<Kept, "name" | "isStarred">>} */ change) {
    const run = this.store.get().runs.find((one) => one.id === id);
    if (!run) return;
    const changed = { ...run, ...change };
    this.store.set(({ runs }) => ({ runs: runs.map((one) => (one.id === id ? changed : one)) }));
    this.#write(() => this.#storage.put(changed));
  }

  remove(/** @type {string} */ id) {
    const removed = this.store.get().runs.find((run) => run.id === id) ?? null;
    this.store.set(({ runs }) => ({ runs: runs.filter((run) => run.id !== id), removed }));
    this.#write(() => this.#storage.remove(id));
  }

  undo() {
    const { removed } = this.store.get();
    if (!removed) return;
    this.store.set({ removed: null });
    this.#store(removed);
  }

  /** Its settings again, as they were. */
  restore(/** @type {Kept} */ { settings, hand }) {
    this.#playground.take(settings, hand);
  }

  dispose() {
    this.#leave();
    this.#end();
  }
}
