// @ts-check
/** Some files as one: a ZIP archive. */
import { zipSync } from "fflate";

/** The first day that the format knows, in any time zone: the same files are the same archive. */
const DAY = new Date(1980, 0, 1);

/** Numbers of 32 bits hardly become less, and are most of it. */
const isDense = (/** @type {string} */ name) => name.endsWith(".safetensors");

/** @param {{name: string, data: string | Uint8Array}[]} files @returns {Blob} */
export function zipOf(files) {
  const encoder = new TextEncoder();
  const entries = files.map(({ name, data }) => [
    name,
    [typeof data === "string" ? encoder.encode(data) : data, { level: isDense(name) ? 0 : 6 }],
  ]);
  return new Blob([zipSync(Object.fromEntries(entries), { mtime: DAY })], { type: "application/zip" });
}
