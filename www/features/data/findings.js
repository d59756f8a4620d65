// @ts-check
/** What the doctor's findings are called, and small pictures of them: which part of the rows it is, or what is the matter with a column. */
import { svg } from "lit";
import { t } from "../../base/text.js";

/** What each kind of finding is called, and the sign it has in the table. */
export const FINDING_KINDS = {
  missing: { word: t("data.missingValues"), sign: "▨" },
  duplicates: { word: t("data.duplicateRows"), sign: "=" },
  constant: { word: t("data.oneValueThroughout"), sign: "—" },
  identifier: { word: t("data.identifier"), sign: "№" },
  outliers: { word: t("data.outliers"), sign: "◆" },
  "mixed-types": { word: t("data.mixedTypes"), sign: "≠" },
  spellings: { word: t("data.spellings"), sign: "~" },
  labels: { word: t("data.doubtfulLabels"), sign: "?" },
  imbalance: { word: t("data.unevenClasses"), sign: "%" },
  unscaled: { word: t("data.unlikeSizes"), sign: "↕" },
  leakage: { word: t("data.leakage"), sign: "!" },
  codes: { word: t("data.codes"), sign: "#" },
  total: { word: t("data.totals"), sign: "Σ" },
};

/** Twenty by five squares, a hundredth of the rows each; what little there is still fills one. */
export function waffle(/** @type {number} */ share) {
  const filled = share > 0 ? Math.max(1, Math.round(share * 100)) : 0;
  return Array.from({ length: 100 }, (_, i) => {
    const [column, row] = [Math.floor(i / 5), i % 5];
    return svg`<rect class=${i < filled ? "waffle-hit" : "waffle"} x=${column * 5} y=${row * 5} width="4.2" height="4.2" rx="1"></rect>`;
  });
}

/** Bars of how many rows each class has. */
export function classBars(/** @type {number[]} */ counts) {
  const most = Math.max(...counts, 1);
  const high = 25 / counts.length;
  return counts.map(
    (count, i) =>
      svg`<rect class=${count === Math.min(...counts) ? "waffle-hit" : "waffle"} y=${i * high} width=${Math.max((100 * count) / most, 1)} height=${high * 0.8} rx="1"></rect>`,
  );
}

/** Ranges of columns beside each other, on a scale of powers of ten. */
export function ranges(/** @type {{low: number, high: number, isIt: boolean}[]} */ columns) {
  const sizes = columns.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high), 1e-12));
  const [least, most] = [Math.log10(Math.min(...sizes)), Math.log10(Math.max(...sizes))];
  const high = 25 / columns.length;
  return columns.map(({ isIt }, i) => {
    const length = 6 + 94 * ((Math.log10(sizes[i]) - least) / (most - least || 1));
    return svg`<rect class=${isIt ? "waffle-hit" : "waffle"} y=${i * high} width=${length} height=${high * 0.75} rx="1"></rect>`;
  });
}

/** One value throughout; every value another; one column that says what the other says. */
const LINES = {
  constant: "M4 12.5H96",
  identifier: "M4 22 L16 22 16 19 28 19 28 16 40 16 40 13 52 13 52 10 64 10 64 7 76 7 76 4 96 4",
  leakage: "M4 22 L96 4",
};

export const line = (/** @type {keyof typeof LINES} */ kind) =>
  svg`<path class="finding-line" d=${LINES[kind]} />${
    kind === "leakage"
      ? [
          [14, 20],
          [30, 17],
          [46, 13.5],
          [62, 11],
          [78, 7.5],
          [90, 5],
        ].map(([x, y]) => svg`<circle class="waffle-hit" cx=${x} cy=${y} r="2.4" />`)
      : null
  }`;
