// @ts-check
import { tellPending, withdraw } from "./pending.js";
import { t } from "../base/text.js";

/**
 * What is said of a worker or a core that does not answer, with a way on.
 *
 * @typedef {"core" | "start" | "worker" | null} Silence   what is waited for; null when it came
 */

/** @type {Record<string, {text: string, label: string}>} */
const WORDS = {
  core: { text: t("session.trainingCoreHasNot"), label: t("base.reload") },
  start: { text: t("session.trainingWorkerHasNot"), label: t("base.tryAgain") },
  worker: {
    text: t("session.trainingWorkerDoesNot"),
    label: t("session.startAgain"),
  },
};

/**
 * @param {import("../base/store.js").Store<any>} store   any: whatever it holds
 * @param {Silence} silence
 * @param {() => void} again   another worker, or the page anew where the core is waited for
 */
export function tellSilence(store, silence, again) {
  for (const { text } of Object.values(WORDS)) withdraw(store, text);
  if (!silence) return;
  const { text, label } = WORDS[silence];
  tellPending(store, { tone: "warning", text, action: { label, run: again } });
}
