// @ts-check
/** Numbers and states as people read them. */
import { formatCount } from "./count.js";
import { t } from "./text.js";

export { formatCount };

/** A loss: four decimals while they say something, then an exponent. */
export function formatLoss(/** @type {number | undefined | null} */ value) {
  if (value === undefined || value === null) return "–";
  if (!Number.isFinite(value)) return t("base.notFinite");
  if (value === 0) return "0.0000";
  if (value < 0.0001 || value >= 100000) return value.toExponential(1).replace("e+", "e");
  return value < 100 ? value.toFixed(4) : value.toPrecision(5);
}

/** A learning rate, a gradient's length: three digits that count, with an exponent where it is shorter. */
export function formatRate(/** @type {number | undefined} */ value) {
  if (value === undefined) return "–";
  if (!Number.isFinite(value)) return t("base.notFinite");
  if (value === 0) return "0";
  return value < 0.0001 || value >= 10000
    ? value.toExponential(2).replace("e+", "e").replace("-", "−")
    : String(Number(value.toPrecision(3)));
}

/** A share of one in percent, to a tenth. Only all of it reads 100%, and only none of it 0%. */
export function formatShare(/** @type {number | undefined} */ value = NaN, digits = 1) {
  if (!Number.isFinite(value)) return "–";
  const step = 10 ** -digits;
  const text = (value * 100).toFixed(value === 0 || value === 1 ? 0 : digits);
  if (value > 0 && Number(text) === 0) return t("base.under", { step });
  // One row less than all of a thousand is 99.9%; of ten thousand it is more.
  if (value < 1 && Number(text) === 100) return `${value < 0.9999 && digits ? "" : t("base.over")}${100 - step}%`;
  return `${text}%`;
}

/** How good a model is: its accuracy, or its mean absolute error; a table's in the target's own unit. */
export const formatScore = (
  /** @type {{accuracy?: number, mae?: number} | null | undefined} */ metrics,
  formatError = (/** @type {number} */ value) => formatNumber(value, 4),
) =>
  metrics?.accuracy !== undefined
    ? formatShare(metrics.accuracy)
    : metrics?.mae !== undefined
      ? formatError(metrics.mae)
      : "–";

/** A speed in three digits: 950, 12.3 k, 1.2 M. */
export function formatSpeed(/** @type {number} */ value) {
  if (value >= 1e6) return `${(value / 1e6).toPrecision(3)} M`;
  if (value >= 1e4) return `${(value / 1e3).toPrecision(3)} k`;
  return formatCount(value);
}

/** A time as people say it: 7 s, 40 s, 3 min, 2 h. Beyond 20 s ten at a time, so that it reads calmly. */
export function timeOf(/** @type {number} */ seconds) {
  const [amount, unit] = seconds < 90 ? [seconds, "s"] : seconds < 5400 ? [seconds / 60, "min"] : [seconds / 3600, "h"];
  return { amount: unit === "s" && amount > 20 ? Math.ceil(amount / 10) * 10 : Math.ceil(amount), unit };
}

/** How long something still takes, for people: "about 40 s left", "about 3 min left"; empty when it is as good as over. */
export function formatLeft(/** @type {number} */ seconds) {
  if (!(seconds >= 2) || seconds > 360_000) return "";
  const { amount, unit } = timeOf(seconds);
  return t("base.aboutLeft", { amount, unit });
}

/** Memory: 512 B, 34.5 KB, 12.0 MB. */
export function formatBytes(/** @type {number} */ bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 ** 2
    ? t("base.kb", { bytes: (bytes / 1024).toFixed(1) })
    : t("base.mb", { bytes: (bytes / 1024 ** 2).toFixed(1) });
}

/** A number with two decimals, a real minus sign, and no "−0.00"; a huge one with an exponent. */
export function formatNumber(/** @type {number} */ value, decimals = 2) {
  if (!Number.isFinite(value)) return t("base.notFinite");
  const text = Math.abs(value) < 1e6 ? value.toFixed(decimals) : value.toExponential(2).replace("e+", "e");
  return Number(text) === 0 ? (0).toFixed(decimals) : text.replace("-", "−");
}

/** As a sentence begins. */
export const upper = (/** @type {string} */ text) => text[0].toUpperCase() + text.slice(1);

/** A name with at most so many characters: its middle gives way, since names differ at their ends. */
export function shortenedName(/** @type {string} */ name, /** @type {number} */ most) {
  const characters = [...name];
  if (characters.length <= most) return name;
  const kept = Math.max(most - 1, 2);
  const text = (/** @type {string[]} */ part) => part.join("").trim();
  return `${text(characters.slice(0, Math.ceil(kept / 2)))}…${text(characters.slice(-Math.floor(kept / 2)))}`;
}
