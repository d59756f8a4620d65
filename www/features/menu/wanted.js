// @ts-check
/** When the menu is loaded: once somebody is about to open it, or there is something for it to keep, undo or resume. */
import { watch } from "../../base/store.js";
import { KEPT_IN } from "../../base/keptIn.js";
import { isPreview } from "../../base/preview.js";

/** Whether an earlier visit kept something here; a browser that can't say may have. */
async function hasKept() {
  if (globalThis.origin === "null") return false; // a sandboxed frame has none, and asking is an error that can't be caught
  try {
    return (await indexedDB.databases()).some(({ name }) => name === KEPT_IN);
  } catch {
    return typeof globalThis.indexedDB?.open === "function";
  }
}

/**
 * @param {import("./menuBar.js").MenuBar | null} bar   an embed may have none
 * @param {import("../../session/playground.js").Playground} playground
 * @returns {() => void} ends it
 */
export function followWanted(bar, playground) {
  if (!bar) return () => {};
  const get = () => void bar.menu();
  const { store } = playground;
  const signs = ["pointerenter", "focusin"];
  for (const sign of signs) bar.addEventListener(sign, get, { once: true });
  const isChanged = () => store.get().settings !== bar.first?.settings || store.get().run?.state === "training";
  if (isPreview() || isChanged()) get();
  else void hasKept().then((has) => has && get());
  const ends = [
    watch(store, ({ settings }) => settings, get),
    watch(store, ({ run }) => run?.state === "training", get),
  ];
  return () => {
    for (const end of ends) end();
    for (const sign of signs) bar.removeEventListener(sign, get);
  };
}
