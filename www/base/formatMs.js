// @ts-check
/** Durations of single steps: loaded with what times them. */
import { t } from "./text.js";
import { formatCount } from "./format.js";

/** Milliseconds, two digits that count; number and unit stay on one line. */
export function formatMs(/** @type {number} */ ms) {
  const digits = !Number.isFinite(ms)
    ? "–"
    : ms <= 0
      ? "0"
      : ms < 0.0001
        ? t("base.below00001")
        : ms < 100
          ? String(Number(ms.toPrecision(2)))
          : formatCount(ms);
  return t("base.ms", { digits });
}
