// @ts-check
/**
 * What was measured on this device before: milliseconds a step on CPU and GPU, by size of the net, and sizes of tiles, by
 * adapter and shapes. It is kept from visit to visit where the browser lets us; without storage it lasts as long as the page.
 *
 * @typedef {import("./protocol.js").Measurement} Measurement
 */
import { readMap, writeTo } from "./storedMap.js";

const NAME = "trainyard.measured";

/** Sizes of nets to remember; the oldest give way. */
const MOST_TIMINGS = 64;

/** @param {import("./storedMap.js").Kept} storage */
export function createEngineTimings(storage) {
  /** @type {Map<string, Measurement>} */
  const known = readMap(storage, NAME, isMeasurement);
  return {
    get: () => Object.fromEntries(known),
    add(/** @type {({key: string} & Measurement) | import("./protocol.js").Tiles} */ { key, ...measurement }) {
      writeTo(storage, NAME, known, MOST_TIMINGS, key, /** @type {Measurement} */ (measurement));
    },
  };
}

const isMs = (/** @type {unknown} */ value) => Number.isFinite(value) && Number(value) >= 0;

const isMeasurement = (/** @type {Record<string, unknown>} */ value) =>
  Array.isArray(value?.size) || // of tiles: the worker looks at the rest (worker/tuning.js)
  (isMs(value?.cpuMs) &&
    (value.gpuMs === null || isMs(value.gpuMs)) &&
    (value.adapter === null || typeof value.adapter === "string"));
