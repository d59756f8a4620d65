// @ts-check
/**
 * What stays said, whatever else is said meanwhile, until it is mended or closed.
 *
 * @typedef {import("../base/store.js").Store<any>} Store   any: whatever else it holds
 * @typedef {import("./state.js").Notice} Notice
 */
import { remedy } from "../ui/remedy.js";

const others = (/** @type {Store} */ store, /** @type {string} */ text) =>
  /** @type {Notice[]} */ (store.get().pending).filter((notice) => notice.text !== text);

export function tellPending(/** @type {Store} */ store, /** @type {Notice} */ notice) {
  store.set({ pending: [...others(store, notice.text), notice] });
}

/** It is no longer so. */
export function withdraw(/** @type {Store} */ store, /** @type {string} */ text) {
  const pending = others(store, text);
  if (pending.length < store.get().pending.length) store.set({ pending });
}

/**
 * Tells of a part that could not be had and has no place of its own on the page; the notice's button tries again,
 * or loads the page anew where that is what helps.
 *
 * @param {Store} store
 * @param {string} text
 * @param {() => void} again
 */
export function tellLack(store, text, again) {
  const action = remedy(() => {
    withdraw(store, text);
    again();
  });
  tellPending(store, { tone: "warning", text, action });
}
