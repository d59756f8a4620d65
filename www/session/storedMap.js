// @ts-check
/** A map that is kept from visit to visit, as far as the browser lets us: the newest entries last, the oldest give way. */

/** @typedef {Pick<Storage, "getItem" | "setItem"> | null} Kept   without it nothing is kept */

/**
 * What is kept under a name. Others may have written there, or another version of this page: what can't be read, and what
 * `isWhole` refuses, counts for nothing.
 *
 * @template V
 * @param {Kept} storage
 * @param {string} name
 * @param {(value: Record<string, unknown>) => boolean} isWhole
 */
export function readMap(storage, name, isWhole) {
  /** @type {Map<string, V>} */
  const all = new Map();
  try {
    for (const [key, value] of Object.entries(JSON.parse(storage?.getItem(name) ?? "{}")))
      if (isWhole(value)) all.set(key, value);
  } catch {
    // As if nothing were there.
  }
  return all;
}

/** Puts an entry at the end, drops those beyond `most`, and keeps the map if it can be. @template V @param {Kept} storage @param {string} name @param {Map<string, V>} all @param {number} most @param {string} key @param {V} value */
export function writeTo(storage, name, all, most, key, value) {
  all.delete(key);
  all.set(key, value);
  for (const oldest of all.keys()) if (all.size > most) all.delete(oldest);
  try {
    storage?.setItem(name, JSON.stringify(Object.fromEntries(all)));
  } catch {
    // Full or forbidden: it lasts as long as the page.
  }
}
