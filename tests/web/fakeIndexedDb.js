// A data base in memory, as far as idb-keyval asks for it. `refuses` makes the next writings fail.

const later = (/** @type {any} */ request, /** @type {any} */ result, /** @type {any} */ error = null) => {
  Object.assign(request, { result, error });
  queueMicrotask(() => (error ? request.onerror?.() : (request.onsuccess?.(), request.oncomplete?.())));
  return request;
};

export function fakeIndexedDb() {
  /** @type {Map<string, any>} */
  const kept = new Map();
  const state = { kept, refuses: false, writings: 0, hold: /** @type {Promise<void> | null} */ (null) };
  const store = (/** @type {any} */ transaction) => ({
    transaction,
    getAll: () => later({}, [...kept.values()]),
    getAllKeys: () => later({}, [...kept.keys()]),
    put: (/** @type {any} */ value, /** @type {string} */ key) => void (state.refuses || kept.set(key, value)),
    delete: (/** @type {string} */ key) => void kept.delete(key),
  });
  const db = {
    createObjectStore() {},
    transaction(/** @type {string} */ _name, /** @type {string} */ mode) {
      const transaction = /** @type {any} */ ({});
      if (mode === "readwrite") {
        state.writings += 1;
        void (state.hold ?? Promise.resolve()).then(() =>
          later(transaction, undefined, state.refuses ? new Error("no room") : null),
        );
      }
      return { objectStore: () => store(transaction) };
    },
  };
  const indexedDB = {
    open: () => {
      const request = /** @type {any} */ ({ result: db });
      queueMicrotask(() => (request.onupgradeneeded?.(), later(request, db)));
      return request;
    },
  };
  return { indexedDB, state };
}
