// @ts-check
/** What the net may be shown, and what it is shown once one of these is switched. */
import { settingOf } from "../settings/config.js";
import { isTable } from "../settings/tableNames.js";

/** @typedef {import("./playground.js").State} State */

/** What the net may be shown. @param {State} state @returns {string[]} */
export function choicesOf({ settings, table }) {
  if (!isTable(settings.source)) return (settingOf("features").choices ?? []).map(({ value }) => value);
  const { columns = [], target = "" } = table.description ?? {};
  return columns.filter(({ kind, name }) => kind !== "ignore" && name !== target).map(({ name }) => name);
}

/**
 * The features with one of them switched: at least one, and always in the same order, whatever was clicked first. What
 * is reckoned from columns of a table comes after them.
 *
 * @param {State} state
 * @param {string} name
 * @returns {(string | {formula: string})[] | null}   null for all columns of a table, which need no naming
 */
export function toggled(state, name) {
  const { features: before, source } = state.settings;
  const all = choicesOf(state);
  const chosen = new Set(before ?? all);
  if (!chosen.delete(name)) chosen.add(name);
  const features = [...all.filter((value) => chosen.delete(value)), ...chosen];
  if (!features.length) return before;
  // What is left of the chosen ones is derived.
  return chosen.size === 0 && features.length === all.length && isTable(source) ? null : features;
}
