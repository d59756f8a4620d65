// @ts-check
/**
 * The state of one playground: a plain object, replaced rather than changed. One store a
 * playground, so two of them on a page never meet.
 *
 * @template S
 * @typedef {object} Store
 * @property {() => S} get
 * @property {(patch: Partial<S> | ((state: S) => Partial<S>)) => void} set
 * @property {(listener: (state: S, previous: S) => void) => () => void} subscribe
 */

/**
 * `set` merges its patch, and tells the listeners at once when anything in it is new.
 * `subscribe` returns the function that ends the subscription.
 *
 * @template {object} S
 * @param {S} initial
 * @returns {Store<S>}
 */
export function createStore(initial) {
  let state = initial;
  /** @type {Set<(state: S, previous: S) => void>} */
  const listeners = new Set();

  return {
    get: () => state,
    set(patch) {
      const change = typeof patch === "function" ? patch(state) : patch;
      const isNew = Object.entries(change).some(
        ([key, value]) => !Object.is(value, /** @type {Record<string, unknown>} */ (state)[key]),
      );
      if (!isNew) return;
      const previous = state;
      state = { ...state, ...change };
      // A copy, so that a listener may subscribe another; one that has ended since, as in a `set` of theirs, hears nothing.
      for (const listener of [...listeners]) if (listeners.has(listener)) listener(state, previous);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/**
 * Calls `listener` only when what `select` picks has changed (shallowly, for arrays).
 *
 * @template {object} S, V
 * @param {Store<S>} store
 * @param {(state: S) => V} select
 * @param {(value: V, previous: V) => void} listener
 */
export function watch(store, select, listener) {
  return store.subscribe((state, previous) => {
    const [now, before] = [select(state), select(previous)];
    if (!same(now, before)) listener(now, before);
  });
}

/** Whether two values are one, or arrays of the same. */
export function same(/** @type {unknown} */ a, /** @type {unknown} */ b) {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
  return Object.is(a, b);
}
