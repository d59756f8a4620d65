// @ts-check
/**
 * What the core says of a table, in the reader's language. It says it in English, and by codes with values (src/data/said.rs):
 * the area `core` of the texts has each code. The first language is the core's own.
 *
 * @typedef {import("../../../pkg-full/trainyard.js").Said} Said
 * @typedef {import("../../../pkg-full/trainyard.js").SaidValue} SaidValue
 * @typedef {import("../../../pkg-full/trainyard.js").TableDescription} TableDescription
 * @typedef {import("../../../pkg-full/trainyard.js").Finding} Finding
 * @typedef {import("../../../pkg-full/trainyard.js").CleanReport} CleanReport
 */
import { area } from "../../../base/text.js";

/** Null in the first language. */
const TEXTS = !globalThis.TRAINYARD_LANGUAGE || globalThis.TRAINYARD_LANGUAGE === "en" ? null : area("core");

/** @param {SaidValue} value @param {Record<string, string>} texts @returns {string} */
const written = (value, texts) =>
  typeof value === "string"
    ? value
    : Array.isArray(value)
      ? value.map((one) => written(one, texts)).join(", ")
      : texts[value.code].replace(/\{(\w+)\}/g, (_, name) => written(value.values[name], texts));

/** A sentence that came with `said`, which stands behind it no more. @param {string} english @param {Said | null} [said] */
const wordsOf = (english, said) => (TEXTS && said ? written(said, TEXTS) : english);

/** @template {{sentence: string, said?: Said | null}} T @param {T} told @returns {T} */
const spoken = ({ said, ...rest }) =>
  /** @type {any} any: the same without `said`, which may be absent */ ({
    ...rest,
    sentence: wordsOf(rest.sentence, said),
  });

/** @template {{label: string, said?: Said | null}} T @param {T} offered @returns {T} */
const labeled = ({ said, ...rest }) => /** @type {any} any: as above */ ({ ...rest, label: wordsOf(rest.label, said) });

/** @param {TableDescription} description @returns {TableDescription} */
export const describedInWords = ({ notes, reading, ...rest }) => ({
  ...rest,
  notes: notes.map(spoken),
  reading: reading.map((one) => spoken({ ...one, choices: one.choices.map(labeled) })),
});

/** @param {Finding[]} findings */
export const findingsInWords = (findings) =>
  findings.map((finding) => spoken({ ...finding, remedies: finding.remedies.map(labeled) }));

/** @param {CleanReport} report @returns {CleanReport} */
export const reportInWords = (report) => ({ ...report, reported: report.reported.map(spoken) });
