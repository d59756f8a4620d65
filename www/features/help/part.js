// @ts-check
/** What is said of settings and sources, and what shows it. Loaded once there is something to see. */
import { info } from "../../ui/explain.js";
import { attachCard, mark } from "./infoCard.js";

export { ABOUT, HELP } from "../../settings/help.js";

/** @type {WeakSet<HTMLElement>} */
const attached = new WeakSet();

/** Panels get their ⓘ with their next drawing, and at once when the help is in the store. */
export function attach(/** @type {HTMLElement} */ root) {
  if (attached.has(root)) return;
  attached.add(root);
  attachCard(root);
  info.mark = mark;
}
