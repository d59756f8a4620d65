// @ts-check
/**
 * Tells of a part that could not be had and has no place of its own on the page; the notice's button tries again.
 *
 * @param {import("../base/store.js").Store<any>} store   any: whatever it holds
 * @param {string} text
 * @param {() => void} again
 */
export function tellLack(store, text, again) {
  const run = () => {
    store.set({ notice: null });
    again();
  };
  store.set({ notice: { tone: "warning", text, action: { label: "Try again", run } } });
}
