// @ts-check
/**
 * The padlock on the test rows of one's own data and of real sets. They say how good a model is only as long as nothing
 * is chosen by them: so they stay out of sight until somebody opens the lock, it shuts again when the settings change,
 * and how often one looked is remembered as long as the rows are the same.
 *
 * @typedef {object} Lock
 * @property {boolean} isOpen
 * @property {number} looks       since the rows are split as they are
 * @property {string} rows        what says which rows are the test rows
 * @property {string} settings    under which it was opened, or could be
 */
import { isTable } from "./tableNames.js";
import { specFrom } from "./spec.js";
import { counted } from "./units.js";

/** @typedef {import("./playground.js").State} State */

/**
 * Keeps a lock for the rows of each run on a table.
 *
 * @param {import("./store.js").Store<State>} store
 */
export function keepLocks(store) {
  /** By the rows that they are on. @type {Map<string, Lock>} */
  const locks = new Map();
  store.subscribe((state, before) => {
    if (state.lock && state.lock !== before.lock) locks.set(state.lock.rows, state.lock);
    if (state.description === before.description) return; // each run has its own
    const { rows, settings } = keysOf(state);
    const known = locks.get(rows);
    const isSame = known?.settings === settings;
    const lock = isTable(state.settings.source) ? { rows, settings, looks: known?.looks ?? 0, isOpen: isSame && known.isOpen } : null;
    store.set({ lock });
  });
}

/** What says which rows are tested, and what else could have been chosen by them. @param {State} state */
function keysOf({ settings, table }) {
  const spec = specFrom(settings);
  const { source, target, task, kinds, clean, split } = spec.data;
  return {
    rows: JSON.stringify([spec.seed, source, target, task, kinds, clean, split, table.title, table.description?.rows]),
    settings: JSON.stringify(spec),
  };
}

/** Opens the lock: that is a look. Or shuts it. */
export function turnLock(/** @type {import("./store.js").Store<State>} */ store) {
  store.set(({ lock }) => (lock ? { lock: { ...lock, isOpen: !lock.isOpen, looks: lock.looks + (lock.isOpen ? 0 : 1) } } : {}));
}

/** A look past the lock: twins are compared on the test rows. */
export function countLook(/** @type {import("./store.js").Store<State>} */ store) {
  store.set(({ lock }) => (lock ? { lock: { ...lock, looks: lock.looks + 1 } } : {}));
}

/** Why there is a lock, and how often it was opened. */
export function lockWords(/** @type {Lock} */ { isOpen, looks }) {
  const seen = looks ? ` Looked at ${looks === 1 ? "once" : counted(looks, "time")} since these rows were split.` : " Nobody has looked yet.";
  return isOpen
    ? `Each look at the test rows is used to choose: that is a leak, and it makes them look better than new rows will be. Any change of the settings locks them again.${seen}`
    : `Test loss, scores and test points are locked. Whoever looks chooses by them, and then they no longer tell how the net does on new rows: open the lock when you are done choosing.${seen}`;
}
