// @ts-check
/** Values of a table's columns as people write them: numbers with the digits that count, days as dates, categories by name. */
import { t } from "./text.js";

/** Four digits that count, thousands apart, a real minus sign. */
export function formatValue(/** @type {number | null | undefined} */ value) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.0001 || size >= 1e9))
    return value.toExponential(2).replace("e+", "e").replaceAll("-", "−");
  return (size >= 1000 ? Math.round(value) : Number(value.toPrecision(4)))
    .toLocaleString("en", { maximumFractionDigits: 7 })
    .replace("-", "−");
}

const DAY_MS = 86_400_000;

/** A day since 1970 as a date. */
export function formatDay(/** @type {number} */ days) {
  const date = new Date(days * DAY_MS);
  return Number.isNaN(date.getTime()) ? "–" : date.toISOString().slice(0, 10);
}

/**
 * Writes values of a column: days as dates, numbers with their unit, a currency's sign in front.
 *
 * @param {{kind: string, unit?: string | null}} column
 * @returns {(value: number | null | undefined) => string}
 */
export function writerOf({ kind, unit }) {
  if (kind === "date") return (value) => formatDay(value ?? NaN);
  if (!unit) return formatValue;
  const isPrefix = /^[^\p{L}°%‰]+$/u.test(unit);
  const gap = unit === "%" || unit === "°" ? "" : "\u00a0";
  return (value) => {
    const text = formatValue(value);
    if (text === "–") return text;
    return isPrefix ? text.replace(/^−?/, (sign) => sign + unit) : text + gap + unit;
  };
}

/** The other way; NaN for what is no date. */
export const dayOf = (/** @type {string} */ date) => Date.parse(`${date}T00:00:00Z`) / DAY_MS;

/**
 * A raw value of one column of a run.
 *
 * @param {import("../session/protocol.js").Description} description
 * @param {number} column
 * @param {number} value
 */
export function formatRaw({ columnKinds, categories }, column, value) {
  const kind = columnKinds?.[column] ?? "number";
  if (kind === "category") return categories?.[column]?.[Math.round(value)] ?? "–";
  return kind === "date" ? formatDay(value) : formatValue(value);
}

/** What a class is called. @param {import("../session/protocol.js").Description | null} description @param {number} index */
export const classWord = (description, index) => description?.classNames?.[index] ?? t("base.class", { index });

/** How a kind of column is called. */
export const KIND_WORDS = {
  number: t("base.number"),
  category: t("base.category"),
  date: t("base.date"),
  ignore: t("base.leftOut"),
};
