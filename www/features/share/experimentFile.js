// @ts-check
/**
 * An experiment as a file of its own: its link, the Spec for other readers, the weights as they are, and a table's rows,
 * which no link can carry.
 *
 * @typedef {object} Experiment
 * @property {string} link                     a hash, without "#"
 * @property {object} spec
 * @property {number} epoch
 * @property {Uint8Array | null} checkpoint
 * @property {{title: string, csv: string} | null} table   of the user's own
 * @property {number} [looks]                  how often its test rows had been looked at
 */

import { bytesFromBase64 } from "../../base/base64.js";
import { OWN_NAME } from "../../settings/tableNames.js";
import { settingsOf, withView } from "../../settings/fromSpec.js";
import { experimentHash, readHash } from "../../settings/url.js";
import { t } from "../../base/text.js";

const VERSION = 1;

/** @param {Experiment} experiment */
export function writeExperiment({ link, spec, epoch, checkpoint, table, looks = 0 }) {
  return JSON.stringify(
    {
      trainyard: VERSION,
      link,
      epoch,
      spec,
      table,
      ...(looks ? { looks } : {}),
      checkpoint: checkpoint && toBase64(checkpoint),
    },
    null,
    1,
  );
}

/**
 * Throws a sentence for what is no such file.
 *
 * @param {string} text
 * @returns {Experiment}
 */
export function readExperiment(text) {
  /** any: a file as it was given. @type {any} */
  let read;
  try {
    read = JSON.parse(text);
  } catch {
    throw new Error(t("share.notExperimentTrainyardNo"));
  }
  if (typeof read !== "object" || read === null || !("trainyard" in read))
    throw new Error(t("share.notExperimentTrainyardHas"));
  if (read.trainyard !== VERSION)
    throw new Error(
      t("share.experimentVersionPageReads", { trainyard: JSON.stringify(read.trainyard).slice(0, 40), VERSION }),
    );
  const { spec = {}, epoch = 0, checkpoint = null, table = null, looks = 0 } = read;
  const link = linkOf(read);
  if (checkpoint !== null && typeof checkpoint !== "string") throw new Error(t("share.checkpointExperimentNoText"));
  if (table !== null && (typeof table.title !== "string" || typeof table.csv !== "string"))
    throw new Error(t("share.tableExperimentLacksTitle"));
  if (!Number.isSafeInteger(looks) || looks < 0) throw new Error(t("share.looksExperimentNoCount"));
  const { settings, ignored } = readHash(link);
  if (ignored.length && ignored.length === link.replace(/^#/, "").split("&").filter(Boolean).length) {
    throw new Error(t("share.linkExperimentNamesNo", { link: link.slice(0, 60) }));
  }
  const isOwn = settings.source === OWN_NAME;
  if (table !== null && !isOwn) throw new Error(t("share.experimentBringsRowsOwn", { source: settings.source }));
  if (table === null && isOwn) throw new Error(t("share.experimentTableOwnBut"));
  return {
    link: link.replace(/^#/, ""),
    spec,
    epoch: Number(epoch) || 0,
    checkpoint: checkpoint === null ? null : checkpointFrom(checkpoint),
    table,
    looks,
  };
}

/** The Spec is what is opened; without one, the link is. What is about the page alone is in the link. @returns {string} */
function linkOf(/** @type {{spec?: unknown, link?: unknown}} */ { spec, link }) {
  const hasSpec = typeof spec === "object" && spec !== null && Object.keys(spec).length > 0;
  if (!hasSpec && typeof link !== "string") throw new Error(t("share.experimentHasNeitherSpec"));
  if (!hasSpec) return /** @type {string} */ (link);
  const { settings: from, ignored } = readHash(typeof link === "string" ? link : "");
  try {
    const written = experimentHash(withView(settingsOf(spec), from), true);
    return [written, ...ignored].filter(Boolean).join("&");
  } catch (error) {
    throw new Error(t("share.specExperimentCantOpened", { message: /** @type {Error} */ (error).message }));
  }
}

function toBase64(/** @type {Uint8Array} */ bytes) {
  let letters = "";
  for (let at = 0; at < bytes.length; at += 0x8000) letters += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(letters);
}

function checkpointFrom(/** @type {string} */ text) {
  try {
    return bytesFromBase64(text);
  } catch {
    throw new Error(t("share.checkpointExperimentDamaged"));
  }
}
