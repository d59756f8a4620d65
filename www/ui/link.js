// @ts-check
/** The page's address with an experiment. */
import { experimentHash, writeHash } from "../settings/url.js";

export function linkOf(/** @type {import("../settings/spec.js").Settings} */ settings) {
  // The Export step is where links are made, not what they open.
  const hash = settings.view === "export" ? experimentHash(settings) : writeHash(settings);
  return new URL(hash ? `#${hash}` : "#", location.href).href.replace(/#$/, "");
}
