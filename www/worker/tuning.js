// @ts-check
/** How large the tiles of a GPU's products are: what this adapter did best with before, or else a few sizes are timed. */

/**
 * @typedef {import("../session/protocol.js").Tiles} Tiles
 * @typedef {Omit<Tiles, "key">} Tuned
 */

/** After so many milliseconds no other size is tried. */
const BUDGET_MS = 300;

/**
 * Before the first step. Never fails: where nothing can be timed, the core's rule stays. What was found out is put among
 * what is known of this device.
 *
 * @param {import("./engines.js").FullTrainer} trainer   on the GPU
 * @param {import("./engines.js").AdapterInfo | null} adapter   as the browser tells it
 * @param {Record<string, object>} measured
 * @returns {Promise<Tiles | null>}   null where the size of tiles doesn't count
 */
export async function tune(trainer, adapter, measured) {
  const shape = trainer.tileClass();
  if (!shape) return null;
  const { vendor, architecture, device, description } = adapter ?? {};
  const key = ["tiles", [vendor, architecture, device, description].join(" ").trim(), shape].join("|");
  const known = Object.hasOwn(measured, key) ? measured[key] : null;
  const before = isTuned(known) ? known : null;
  const tuned = await trainer.tuneTiles(BUDGET_MS, before?.size);
  if (!tuned) return null;
  const { size, trials } = tuned;
  if (trials.length) measured[key] = { size, trials };
  return { key, size, trials: trials.length ? trials : (before?.trials ?? []) };
}

const isSize = (/** @type {unknown} */ size) =>
  Array.isArray(size) && size.length === 2 && size.every((blocks) => Number.isSafeInteger(blocks) && blocks > 0);

/** Whoever wrote it: another version of this page may have kept something else. @returns {value is Tuned} */
function isTuned(/** @type {unknown} */ value) {
  const { size, trials } = /** @type {Partial<Tuned>} */ (value ?? {});
  return isSize(size) && Array.isArray(trials) && trials.every((trial) => isSize(trial?.size) && trial.ms > 0);
}
