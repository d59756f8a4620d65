// @ts-check
/** A run that is to be opened: what was asked for before it stands waits for it. */
import { t } from "../base/text.js";

/** Resolves when the run that was just asked for stands, and is drawn; rejects with a sentence where it can't. @param {Pick<import("./playground.js").Playground, "store">} playground */
export function opened({ store }) {
  const { description, run } = store.get();
  return new Promise((resolve, reject) => {
    const end = store.subscribe((state) => {
      if (state.run?.state === "failed" && state.run !== run)
        (end(), reject(new Error(state.run.why ?? t("share.couldNotOpened"))));
      else if (state.description !== description && state.frame) (end(), resolve(undefined));
    });
  });
}
