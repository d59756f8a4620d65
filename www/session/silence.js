// @ts-check
import { tellPending, withdraw } from "./pending.js";

/**
 * What is said of a worker or a core that does not answer, with a way on.
 *
 * @typedef {"core" | "start" | "worker" | null} Silence   what is waited for; null when it came
 */

/** @type {Record<string, {text: string, label: string}>} */
const WORDS = {
  core: { text: "The training core has not arrived yet. Check the connection, then reload the page.", label: "Reload" },
  start: { text: "The training worker has not arrived yet. Check the connection, then try again.", label: "Try again" },
  worker: {
    text: "The training worker does not answer. It has stopped, or a long computation keeps it busy. Wait, or start it again from the last checkpoint.",
    label: "Start again",
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
