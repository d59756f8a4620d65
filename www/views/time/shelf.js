// @ts-check
/** Kept runs in the browser's own database. Where that is blocked every call rejects, and the page works without. */

const NAME = "trainyard-runs";

/** @returns {import("../../core/runKeeper.js").Shelf} */
export function openShelf() {
  /** @type {Promise<IDBDatabase> | null} */
  let opening = null;
  const database = () => (opening ??= open());
  const act = async (/** @type {IDBTransactionMode} */ mode, /** @type {(runs: IDBObjectStore) => IDBRequest} */ ask) => {
    const db = await database();
    return answer(ask(db.transaction("runs", mode).objectStore("runs")));
  };
  return {
    all: () => act("readonly", (runs) => runs.getAll()),
    put: (run) => act("readwrite", (runs) => runs.put(run)),
    remove: (id) => act("readwrite", (runs) => runs.delete(id)),
  };
}

function open() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore("runs", { keyPath: "id" });
  return answer(request);
}

/** @param {IDBRequest} request @returns {Promise<any>} */
const answer = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
