// @ts-check
/**
 * What was measured on this device before: milliseconds a step on CPU and GPU, by adapter and size of the net. It is
 * kept from visit to visit where the browser lets us; without storage it lasts as long as the page.
 *
 * @typedef {import("./protocol.js").Measurement} Measurement
 */

const NAME = "trainyard.measured";

/** Sizes of nets to remember; the oldest give way. */
const MOST = 64;

/** @param {Pick<Storage, "getItem" | "setItem"> | null} storage */
export function createEngineTimings(storage) {
  const known = read(storage);
  return {
    get: () => Object.fromEntries(known),
    add(/** @type {{key: string} & Measurement} */ { key, ...measurement }) {
      known.delete(key); // to the end: the newest
      known.set(key, measurement);
      for (const oldest of known.keys()) if (known.size > MOST) known.delete(oldest);
      try {
        storage?.setItem(NAME, JSON.stringify(Object.fromEntries(known)));
      } catch {
        // Full or forbidden: it is only a shortcut.
      }
    },
  };
}

/** Others may have written there, or an older version of this page. */
function read(/** @type {Pick<Storage, "getItem" | "setItem"> | null} */ storage) {
  /** @type {Map<string, Measurement>} */
  const known = new Map();
  try {
    for (const [key, value] of Object.entries(JSON.parse(storage?.getItem(NAME) ?? "{}"))) {
      if (isMeasurement(value)) known.set(key, value);
    }
  } catch {
    // What can't be read is measured again.
  }
  return known;
}

const isMs = (/** @type {unknown} */ value) => Number.isFinite(value) && Number(value) >= 0;

const isMeasurement = (/** @type {Record<string, unknown>} */ value) =>
  isMs(value?.cpuMs) &&
  (value.gpuMs === null || isMs(value.gpuMs)) &&
  (value.adapter === null || typeof value.adapter === "string");
