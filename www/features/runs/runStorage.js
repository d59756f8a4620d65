// @ts-check
/** Kept runs in the browser's own database. Where that is blocked every call rejects, and the page works without. */
import { createStore, del, set, values } from "idb-keyval";
import { isPreview } from "../../base/preview.js";

/** @returns {import("./runHistory.js").RunStorage} */
export function openRunStorage() {
  /** @type {ReturnType<typeof createStore> | null} */
  let store = null;
  const opened = () => (store ??= createStore("trainyard-shelf", "runs"));
  return {
    all: async () => values(opened()),
    put: async (run) => (isPreview() ? undefined : set(run.id, run, opened())),
    remove: async (id) => del(id, opened()),
  };
}
