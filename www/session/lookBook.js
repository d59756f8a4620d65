// @ts-check
/**
 * How often test rows were looked at, kept from visit to visit: a reload makes nobody forget what was seen. Rows and
 * settings are known by a hash, so that nothing of a table is written here.
 *
 * @typedef {object} Noted
 * @property {number} looks
 * @property {boolean} hasLooked   whether a run by these settings stopped by the test rows
 */
const NAME = "trainyard.looks";

/** Splits to remember; the oldest give way. */
const MOST = 100;

/** @type {Noted} */
export const NO_LOOKS = { looks: 0, hasLooked: false };

/** @param {Pick<Storage, "getItem" | "setItem"> | null} storage   without it nothing is remembered */
export function createLookBook(storage) {
  return {
    /** @param {string} rows @param {string} settings @returns {Noted} */
    read(rows, settings) {
      const { looks, by } = readAll(storage).get(hashOf(rows)) ?? { looks: 0, by: "" };
      return { looks, hasLooked: by === hashOf(settings) };
    },
    /** Another tab may have counted further. @param {import("./locks.js").Lock} lock */
    write({ rows, settings, looks, hasLooked }) {
      const all = readAll(storage);
      const key = hashOf(rows);
      const before = all.get(key);
      all.delete(key); // to the end: the newest
      all.set(key, {
        looks: Math.max(looks, before?.looks ?? 0),
        by: hasLooked ? hashOf(settings) : (before?.by ?? ""),
      });
      for (const oldest of all.keys()) if (all.size > MOST) all.delete(oldest);
      try {
        storage?.setItem(NAME, JSON.stringify(Object.fromEntries(all)));
      } catch {
        // Full or forbidden: the count lasts as long as the page.
      }
    },
  };
}

/** Others may have written there, or another version of this page. */
function readAll(/** @type {Pick<Storage, "getItem"> | null} */ storage) {
  /** @type {Map<string, {looks: number, by: string}>} */
  const all = new Map();
  try {
    for (const [key, value] of Object.entries(JSON.parse(storage?.getItem(NAME) ?? "{}"))) {
      if (Number.isSafeInteger(value?.looks) && value.looks > 0 && typeof value.by === "string")
        all.set(key, { looks: value.looks, by: value.by });
    }
  } catch {
    // What can't be read counts for nothing.
  }
  return all;
}

/** FNV-1a of the text's UTF-16 units, from two offsets: 64 bits, so that no two of a hundred are taken for each other. */
function hashOf(/** @type {string} */ text) {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b);
  }
  return `h${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}`;
}
