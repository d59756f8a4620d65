// @ts-check
/**
 * An experiment as a file of its own: its link, the Spec for other readers, and a table's rows, which no link can carry (how
 * they are read stands in the Spec's `data.read`). The checkpoint has the weights, the optimizer's state and the loss curve.
 * The last field is a checksum of all before it. The crate reads the same files (src/run/experiment.rs).
 *
 * @typedef {object} Experiment
 * @property {string} link                     a hash, without "#"
 * @property {object} spec
 * @property {number} epoch
 * @property {Uint8Array | null} checkpoint
 * @property {{title: string, csv: string} | null} table   of the user's own
 * @property {number} [looks]                  how often its test rows had been looked at
 * @property {import("../../session/computedBy.js").Engine[] | null} [engines]   who computed the checkpoint; null: nobody knows
 */

import { base64Of, bytesFromBase64 } from "../../base/base64.js";
import { checksumOfJson } from "../../base/checksum.js";
import { formatBytes } from "../../base/format.js";
import { OWN_NAME } from "../../settings/tableNames.js";
import { ENGINES, isEngines } from "../../session/computedBy.js";
import { settingsOf, withView } from "../../settings/fromSpec.js";
import { experimentHash, readHash } from "../../settings/url.js";
import { t } from "../../base/text.js";
import { foreignTo, isNotebook, isSpec } from "./foreignFile.js";

/** What is written; files of version 1 have no checksum. */
const VERSION = 2;

/** A browser holds no text much longer. */
export const MOST_BYTES = 2 ** 28;

/** Bytes by which a file of another kind is known. */
const HEAD = 1024;

/** The last field, wherever blanks stand. */
const CHECKSUM = /,\s*"checksum"\s*:\s*"([^"]*)"\s*\}\s*$/;
/** Letters at the end of a file in which it stands. */
const TAIL = 400;

/** Throws a sentence where it is too large for a file that the page could open. @param {Experiment} experiment */
export function writeExperiment({ link, spec, epoch, checkpoint, table, looks = 0, engines }) {
  const bytes = Math.ceil((checkpoint?.length ?? 0) / 3) * 4 + (table?.csv.length ?? 0);
  if (bytes > MOST_BYTES)
    throw new Error(t("share.experimentTooLarge", { size: formatBytes(bytes), most: formatBytes(MOST_BYTES) }));
  const besides = { ...(looks ? { looks } : {}), ...(checkpoint && engines?.length ? { engines } : {}) };
  const fields = { trainyard: VERSION, link, epoch, spec, table, ...besides };
  const text = JSON.stringify({ ...fields, checkpoint: checkpoint && base64Of(checkpoint) }, null, 1).slice(0, -2);
  const last = JSON.stringify({ checksum: checksumOfJson(text) }, null, 1).slice(1);
  return `${text},${last}`;
}

/** Throws a sentence for what is no such file. @param {Blob} file */
export async function openExperiment(file) {
  if (file.size > MOST_BYTES)
    throw new Error(t("share.fileTooLarge", { size: formatBytes(file.size), most: formatBytes(MOST_BYTES) }));
  const foreign = foreignTo(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()));
  if (foreign) throw new Error(foreign);
  return readExperiment(await file.text());
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
    const isCut = /^\s*\{\s*"trainyard"/.test(text) && !/\}\s*$/.test(text);
    throw new Error(isCut ? t("share.experimentCut") : t("share.notExperimentTrainyardNo"));
  }
  if (isNotebook(read)) throw new Error(t("share.notebook"));
  if (isSpec(read)) throw new Error(t("share.specAlone"));
  if (typeof read !== "object" || read === null || !Object.hasOwn(read, "trainyard"))
    throw new Error(t("share.notExperimentTrainyardHas"));
  const version = read.trainyard;
  if (version !== 1 && version !== VERSION)
    throw new Error(
      t("share.experimentVersionPageReads", { trainyard: JSON.stringify(version).slice(0, 40), VERSION }),
    );
  if (version > 1) check(text);
  const { spec = {}, epoch = 0, checkpoint = null, table = null, looks = 0, engines = null } = read;
  const link = linkOf(read);
  if (checkpoint !== null && typeof checkpoint !== "string") throw new Error(t("share.checkpointExperimentNoText"));
  if (table !== null && (typeof table.title !== "string" || typeof table.csv !== "string"))
    throw new Error(t("share.tableExperimentLacksTitle"));
  if (!Number.isSafeInteger(looks) || looks < 0) throw new Error(t("share.looksExperimentNoCount"));
  if (engines !== null && !isEngines(engines))
    throw new Error(
      t("share.enginesExperiment", { engines: JSON.stringify(engines).slice(0, 60), allowed: ENGINES.join(", ") }),
    );
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
    engines,
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

/** Of a file that begins to be one of ours: whether it is as it was written. */
function check(/** @type {string} */ text) {
  const found = CHECKSUM.exec(text.slice(-TAIL));
  if (!found) throw new Error(t("share.checksumMissing"));
  const said = found[1].slice(0, 40);
  const own = checksumOfJson(text.slice(0, text.length - found[0].length));
  if (said !== own) throw new Error(t("share.checksumDiffers", { own, said }));
}

function checkpointFrom(/** @type {string} */ text) {
  try {
    return bytesFromBase64(text);
  } catch {
    throw new Error(t("share.checkpointExperimentDamaged"));
  }
}
