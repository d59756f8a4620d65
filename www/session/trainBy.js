// @ts-check
import { liveChanges } from "../settings/spec.js";

/**
 * Sets several at once, and trains by them: on where the run can take them, else anew.
 *
 * @param {import("./playground.js").Playground} playground
 * @param {import("../settings/spec.js").Settings} changes
 */
export function trainBy(playground, changes) {
  const { settings } = playground.store.get();
  if (playground.refuses({ ...settings, ...changes })) return;
  const isLive = liveChanges(settings, { ...settings, ...changes }) !== null;
  playground.setAll(changes);
  if (playground.isTraining) return;
  if (isLive) playground.play();
  else playground.client.play(); // it has been opened anew
}
