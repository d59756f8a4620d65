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
  showAsked(root);
}

/** The glossary leads to a setting's field: the address names it, before the experiment. @param {HTMLElement} root */
function showAsked(root) {
  const key = new URLSearchParams(location.search).get("about");
  const bar = /** @type {{act: (action: string) => void} | null} */ (/** @type {unknown} */ (root.querySelector("ty-menu-bar"))); // prettier-ignore
  if (key) bar?.act(`about ${key}`);
}
