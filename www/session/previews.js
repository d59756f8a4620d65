// @ts-check
/** What is shown of things that are not trained: thumbnails of the data sources, the curve of a schedule. */
import { SOURCES } from "../settings/sources.js";
import { specFrom } from "../settings/spec.js";

/** Points on a thumbnail. */
const SAMPLES = 160;

/** How much of a schedule is shown for a run without end. */
const EPOCHS = 500;

/**
 * A few points of every source, by its name; null when the worker went away meanwhile.
 *
 * @param {import("./client.js").Client} client
 * @returns {Promise<Record<string, import("./protocol.js").Preview> | null>}
 */
export async function askForPreviews(client) {
  const ask = async (/** @type {import("../settings/sources.js").Source} */ { name, samples }) => {
    const request = { source: name, samples: Math.min(samples ?? SAMPLES, SAMPLES), noise: 0, seed: 7 };
    return [name, await client.request("preview", request)];
  };
  return Promise.all(SOURCES.map(ask)).then(Object.fromEntries, () => null);
}

/**
 * The learning rate of each epoch; null where it stays the same, or can't be told.
 *
 * @param {import("./client.js").Client} client
 * @param {import("../settings/spec.js").Settings} settings
 * @returns {Promise<Float32Array | null>}
 */
export async function askForRates(client, settings) {
  if (settings.schedule === "constant" && !settings.warmUp) return null;
  const { optimizer, schedule } = specFrom(settings).training;
  return client
    .request("rates", { training: { optimizer, schedule }, epochs: settings.epochs ?? EPOCHS })
    .catch(() => null);
}
