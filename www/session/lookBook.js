// @ts-check
/**
 * How often test rows were looked at, kept from visit to visit: a reload makes nobody forget what was seen. Rows and
 * settings are known by a hash, so that nothing of a table is written here.
 *
 * @typedef {object} Noted
 * @property {number} looks
 * @property {boolean} hasLooked   whether a run by these settings stopped by the test rows
 */
import { readMap, writeTo } from "./storedMap.js";

const NAME = "trainyard.looks";

/** Splits to remember; the oldest give way. */
const MOST_BOOKED = 100;

/** @type {Noted} */
export const NO_LOOKS = { looks: 0, hasLooked: false };

/** @param {import("./storedMap.js").Kept} storage   without it nothing is remembered */
export function createLookBook(storage) {
  /** @returns {Map<string, {looks: number, by: string}>} */
  const readAll = () => readMap(storage, NAME, isNoted);
  return {
    /** @param {string} rows @param {string} settings @returns {Noted} */
    read(rows, settings) {
      const { looks, by } = readAll().get(hashOf(rows)) ?? { looks: 0, by: "" };
      return { looks, hasLooked: by === hashOf(settings) };
    },
    /** Another tab may have counted further. @param {import("./locks.js").Lock} lock */
    write({ rows, settings, looks, hasLooked }) {
      const all = readAll();
      const key = hashOf(rows);
      const before = all.get(key);
      writeTo(storage, NAME, all, MOST_BOOKED, key, {
        looks: Math.max(looks, before?.looks ?? 0),
        by: hasLooked ? hashOf(settings) : (before?.by ?? ""),
      });
    },
  };
}

const isNoted = (/** @type {Record<string, unknown>} */ value) =>
  Number.isSafeInteger(value?.looks) && Number(value.looks) > 0 && typeof value.by === "string";

/** FNV-1a of the text's UTF-16 units, from two offsets: 64 bits, so that no two of a hundred are taken for each other. */
function hashOf(/** @type {string} */ text) {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b);
  }
  return `h${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}`;
}
