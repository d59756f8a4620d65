// @ts-check
/**
 * The padlock on the test rows of one's own data and of real sets. They say how good a model is only as long as nothing
 * is chosen by them: so they stay out of sight until somebody opens the lock, it shuts again when the settings change,
 * and how often one looked is remembered as long as the rows are the same. A run that stops by them looks for itself.
 *
 * @typedef {object} Lock
 * @property {boolean} isOpen
 * @property {number} looks       since the rows are split as they are
 * @property {boolean} stops      whether these settings have a run stopped, or its best epoch chosen, by the test rows
 * @property {boolean} hasLooked  whether one of these settings did so: the same start again sees the same
 * @property {string} rows        what says which rows are the test rows
 * @property {string} settings    under which it was opened, or could be
 */
import { isLocked } from "../base/padlock.js";
import { NO_LOOKS, createLookBook } from "./lookBook.js";
import { withoutTestFigures, withoutTestRows } from "../base/withoutTest.js";
import { isTable } from "../settings/tableNames.js";
import { specFrom } from "../settings/spec.js";
import { t } from "../base/text.js";

/** @typedef {import("./playground.js").State} State */

/**
 * Keeps a lock for the rows of each run on a table.
 *
 * @param {import("../base/store.js").Store<State>} store
 * @param {(isLocked: boolean) => void} tell   has the run hide its test rows, or show them; it begins locked
 * @param {ReturnType<typeof createLookBook>} [book]   what is remembered of earlier visits
 */
export function keepLocks(store, tell = () => {}, book = createLookBook(null)) {
  /** By the rows that they are on. @type {Map<string, Lock>} */
  const locks = new Map();
  store.subscribe((state, before) => {
    const { lock } = state;
    if (lock && lock !== before.lock) {
      locks.set(lock.rows, lock);
      const isNew = lock.looks !== before.lock?.looks || lock.rows !== before.lock.rows;
      if (lock.looks && isNew) book.write(lock);
    }
    if (isLocked(state) !== isLocked(before)) tell(isLocked(state));
    if (state.description === before.description) {
      // each run has its own
      if (lock && state.settings !== before.settings && changed(store, lock, keysOf(state))) return;
      const looks = lock?.stops && !lock.hasLooked && (state.run?.epoch ?? 0) > 0;
      if (looks) store.set({ lock: { ...lock, looks: lock.looks + 1, hasLooked: true } });
      return;
    }
    const { rows, settings, stops } = keysOf(state);
    const isOwn = isTable(state.settings.source);
    const [known, noted] = [locks.get(rows), isOwn ? book.read(rows, settings) : NO_LOOKS];
    const { isOpen, hasLooked } = known?.settings === settings ? known : { isOpen: false, hasLooked: noted.hasLooked };
    store.set({
      lock: isOwn
        ? { rows, settings, looks: Math.max(known?.looks ?? 0, noted.looks), isOpen, stops, hasLooked }
        : null,
    });
    if (isOpen) tell(false); // a run begins locked, this one like any other
  });
}

/** Settings that the run takes as it goes are others all the same: what was seen before is what they were chosen by. */
function changed(
  /** @type {import("../base/store.js").Store<State>} */ store,
  /** @type {Lock} */ lock,
  /** @type {ReturnType<typeof keysOf>} */ { rows, settings, stops },
) {
  if (settings === lock.settings || rows !== lock.rows) return false;
  if (lock.isOpen) turnLock(store);
  store.set({ lock: { ...lock, isOpen: false, settings, stops, hasLooked: false } });
  return true;
}

/** What says which rows are tested, and what else could have been chosen by them. @param {State} state */
function keysOf({ settings, table, description }) {
  const spec = specFrom(settings);
  const { source, target, task, kinds, clean, split } = spec.data;
  const { goal, patience, restoreBest } = spec.training.stop;
  return {
    // Patience goes by validation rows where there are any.
    stops:
      split.test > 0 &&
      (/^test/.test(/** @type {string} */ (goal?.metric)) ||
        (!split.validation && (patience !== null || /** @type {boolean} */ (restoreBest)))),
    rows: JSON.stringify([
      spec.seed,
      source,
      target,
      task,
      kinds,
      description?.image ? [] : clean, // which images are tested doesn't change by what is done to others
      split.test,
      split.stratify,
      table.title,
      table.description?.rows,
    ]),
    settings: JSON.stringify(spec),
  };
}

/** Opens the lock: that is a look, and the run says the rest. Or shuts it: what it had said goes at once. */
export function turnLock(/** @type {import("../base/store.js").Store<State>} */ store) {
  store.set(({ lock, frame, points, components }) => {
    if (!lock) return {};
    if (!lock.isOpen) return { lock: { ...lock, isOpen: true, looks: lock.looks + 1 } };
    return {
      lock: { ...lock, isOpen: false },
      frame: frame && withoutTestFigures(frame),
      points: points && withoutTestRows(points),
      components: components && { ...components, points: withoutTestRows(components.points) },
    };
  });
}

/** A look past the lock: twins are compared on the test rows. */
export function recordTestPeek(/** @type {import("../base/store.js").Store<State>} */ store) {
  store.set(({ lock }) => (lock ? { lock: { ...lock, looks: lock.looks + 1 } } : {}));
}

/** So many looks at these rows were counted elsewhere. */
export function recallLooks(/** @type {import("../base/store.js").Store<State>} */ store, /** @type {number} */ looks) {
  store.set(({ lock }) => (lock && lock.looks < looks ? { lock: { ...lock, looks } } : {}));
}

/** Why there is a lock, and how often it was opened. */
export function lockWords(/** @type {Lock} */ { isOpen, looks, stops }) {
  const self = stops ? t("session.runGoesThemStop") : "";
  const seen =
    self +
    (looks
      ? t("session.lookedSinceTheseRows", {
          looks: looks === 1 ? t("session.once") : t("count.times", { count: looks }),
        })
      : t("session.nobodyHasLookedYet"));
  return isOpen ? t("session.eachLookTestRows", { seen }) : t("session.testLossScoresTest", { seen });
}
