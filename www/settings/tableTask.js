// @ts-check
/** What the settings become once a table has shown its task: loaded with the first table. */
import { sourceOf, taskOf } from "./sources.js";
import { defaultsFor, makesSense } from "./spec.js";

/** @typedef {import("./spec.js").Settings} Settings */

/** What only classes give a meaning goes. */
export function withTask(/** @type {Settings} */ settings, /** @type {string} */ foundTask) {
  /** @type {Settings} */
  const applied = { ...settings, foundTask };
  const source = sourceOf(settings.source);
  const defaults = defaultsFor(settings.source);
  for (const key of Object.keys(defaults)) {
    if (!makesSense(source, key, applied[key], taskOf(applied))) applied[key] = defaults[key];
  }
  return applied;
}
