// @ts-check
/**
 * What was done of the course, kept on the device alone.
 *
 * @typedef {{choice?: number, reached?: boolean}} Progress   the choice that was predicted, from 0
 */
const KEY = "trainyard.course";

/** @returns {Record<string, Progress>} */
export function readProgress() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof kept === "object" && kept && !Array.isArray(kept) ? kept : {};
  } catch {
    return {}; // no storage, or not what we wrote
  }
}

export function keepProgress(/** @type {string} */ id, /** @type {Progress} */ progress) {
  const all = readProgress();
  all[id] = { ...all[id], ...progress };
  try {
    localStorage.setItem(KEY, JSON.stringify(all));
  } catch {
    // Nothing is kept, and the lesson goes on.
  }
}
