// @ts-check
/** Gets what shows the reader what is locked, with the first link that locks something. */
import { watch } from "../../base/store.js";
import { tellLack } from "../../session/pending.js";
import { withStyle } from "../../ui/withStyle.js";
import { partOf } from "../partOf.js";
import { t } from "../../base/text.js";

/**
 * @param {HTMLElement} root
 * @param {import("../../session/playground.js").Playground} playground
 * @returns {() => void} ends it
 */
export function followLocks(root, playground) {
  const { store } = playground;
  let isAsked = false;
  let end = () => {};
  const look = async () => {
    if (isAsked || !store.get().settings.lock) return;
    isAsked = true;
    try {
      end = (await withStyle(root, partOf("locks"))).attach(root, playground);
    } catch (error) {
      isAsked = false;
      tellLack(store, t("app.locksCouldNot", { message: /** @type {Error} */ (error).message }), look);
    }
  };
  void look();
  const stop = watch(store, ({ settings }) => settings.lock, look);
  return () => (stop(), end());
}
