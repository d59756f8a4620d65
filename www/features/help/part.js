// @ts-check
/** What is said of settings and sources, and what shows it. Loaded when somebody is about to ask. */
import { attachCard } from "./infoCard.js";

/** @type {WeakSet<HTMLElement>} */
const attached = new WeakSet();

export function attach(/** @type {HTMLElement} */ root) {
  if (attached.has(root)) return;
  attached.add(root);
  attachCard(root);
}
