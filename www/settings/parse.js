// @ts-check
/**
 * A setting's value as a person, a field or a link writes it, and back.
 *
 * @typedef {import("./config.js").Setting} Setting
 * @typedef {import("./spec.js").Settings[string]} Value
 */
import { readLayers, writeLayers } from "./layers.js";
import { MOST_LAYERS } from "./schema.static.js";
import { t } from "../base/text.js";

/** Levels of lists and objects in one setting: no document of a table has more than three. */
const MOST_NESTED = 8;

/**
 * Reads one value as a person or a link wrote it. What is not understood, or out of range, gives
 * `null` and a sentence.
 *
 * @param {Setting} row
 * @param {string} text
 * @returns {{value: Value, problem: null} | {value: null, problem: string}}
 */
export function parse(row, text) {
  const good = (/** @type {Value} */ value) => ({ value, problem: null });
  const bad = (/** @type {string} */ what) => ({ value: null, problem: `${row.label} ${what}.` });
  const written = text.trim();
  if (row.none && (written === "" || written === row.none)) return good(null);
  switch (row.type) {
    case "choice":
      return row.choices?.some(({ value }) => value === written)
        ? good(written)
        : bad(t("settings.mustOne", { choices: row.choices?.map(({ value }) => value).join(", ") }));
    case "flag":
      return written === "true" || written === "false" ? good(written === "true") : bad(t("settings.mustTrueFalse"));
    case "list": {
      const names = written.split(",").filter(Boolean);
      const unknown = names.find((name) => !row.choices?.some(({ value }) => value === name));
      return unknown || names.length === 0 || new Set(names).size < names.length
        ? bad(t("settings.mustNameSomeEach", { choices: row.choices?.map(({ value }) => value).join(", ") }))
        : good(names);
    }
    case "text":
      return good(text.replace(/\p{Surrogate}/gu, "\ufffd")); // half a letter can't be written into a link
    case "json":
      try {
        const value = JSON.parse(text);
        return isPlain(value, MOST_NESTED) ? good(value) : bad(t("settings.mustJsonNumbersWithin", { MOST_NESTED }));
      } catch {
        return bad(t("settings.mustJson"));
      }
    case "activations": {
      const names = written.split(",");
      return names.length <= MOST_LAYERS && names.every((name) => row.choices?.some(({ value }) => value === name))
        ? good(shortened(names))
        : bad(t("settings.mustOneListThem", { choices: row.choices?.map(({ value }) => value).join(", ") }));
    }
    case "layers": {
      const layers = readLayers(written);
      return layers
        ? good(layers)
        : bad(t("settings.mustMostLayersCommas", { MOST_LAYERS, min: row.min, max: row.max }));
    }
    default: {
      const value = readNumber(written);
      if (!inRange(row, value) || (row.integer && !Number.isInteger(value))) {
        return bad(
          t("settings.mustNumberFrom", {
            value: row.integer ? t("settings.whole") : "",
            min: plain(row.min),
            max: plain(row.max),
          }),
        );
      }
      return good(value);
    }
  }
}

/** The other way: as a link writes it. */
export function write(/** @type {Setting} */ row, /** @type {Value} */ value) {
  if (value === null) return row.none ?? "";
  if (row.type === "json") return JSON.stringify(value);
  if (row.type === "layers") return writeLayers(value);
  return Array.isArray(value) ? value.join(",") : String(value);
}

/**
 * The neighbor of a value in the row's stops: `by` is −1 or 1. Stays at the ends; "off" lies below the
 * first stop, and "unlimited" above the last.
 *
 * @param {Setting} row
 * @param {number | null} value
 * @param {number} by
 */
export function neighbor(row, value, by) {
  const stops = row.stops ?? [];
  if (value === null) {
    if (row.none === "off") return by > 0 ? stops[0] : null;
    return by > 0 ? null : (stops.at(-1) ?? null);
  }
  const next = by > 0 ? stops.find((stop) => stop > value) : stops.findLast((stop) => stop < value);
  return next ?? (by < 0 && row.none === "off" ? null : value);
}

/** A list whose last entries are alike says it once: the last one holds for all layers after it. */
export function shortened(/** @type {string[]} */ names) {
  let { length } = names;
  while (length > 1 && names[length - 1] === names[length - 2]) length -= 1;
  return names.slice(0, length);
}

const inRange = (/** @type {Setting} */ { min = -Infinity, max = Infinity }, /** @type {number} */ value) =>
  value >= min && value <= max;

const plain = (/** @type {number | undefined} */ value) =>
  Number(value).toLocaleString("en", { maximumFractionDigits: 9 });

/** Stricter than Number(): no hexadecimals, no blanks as zero, no −0; a decimal comma is understood. */
function readNumber(/** @type {string} */ text) {
  const written = text.trim().replace(",", ".");
  // Each digit can be matched in one way only: a long text takes no longer than its letters.
  return /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/i.test(written) ? Number(written) + 0 : NaN;
}

/** Whether a document can be written as it was read (1e999 can't) and everything that walks through it comes back. @returns {boolean} */
function isPlain(/** @type {unknown} */ value, /** @type {number} */ levels) {
  if (typeof value !== "object" || value === null) return typeof value !== "number" || Number.isFinite(value);
  return levels > 0 && Object.values(value).every((part) => isPlain(part, levels - 1));
}
