// @ts-check
/** What is said of new rows: what was matched and what was not, how good the predictions are, and what that leaves out. */
import { formatCount, formatShare } from "../../../base/format.js";
import { writerOf } from "../../../base/columnFormat.js";
import { t } from "../../../base/text.js";

/** @typedef {import("./worker.js").Scored} Scored @typedef {import("./worker.js").Judged} Judged */

/** Names, in quotes; of many the first. */
const MOST = 12;
const listed = (/** @type {string[]} */ names) =>
  `${names
    .slice(0, MOST)
    .map((name) => `“${name}”`)
    .join(", ")}${names.length > MOST ? `, … (${formatCount(names.length)})` : ""}`;

/** @param {Scored} scored @param {string[]} categories   columns of names @returns {string[]} */
export function matchedWords(scored, categories) {
  const filled = scored.missing.filter((name) => !scored.unfilled.includes(name) && !categories.includes(name));
  const nameless = scored.missing.filter((name) => categories.includes(name));
  const said = [
    ...(scored.unfilled.length ? [t("export.rowsUnfilled", { names: listed(scored.unfilled) })] : []),
    ...(filled.length ? [t("export.rowsMissing", { names: listed(filled) })] : []),
    ...(nameless.length ? [t("export.rowsMissingNames", { names: listed(nameless) })] : []),
    ...scored.renamed.map(([from, to]) => t("export.rowsRenamed", { from: `“${from}”`, to: `“${to}”` })),
    ...scored.unseen.map(({ column, names, rows }) =>
      t("export.rowsUnseen", { column, names: listed(names), count: rows }),
    ),
    ...scored.unread.map(({ column, texts, rows }) =>
      t("export.rowsUnread", { column, texts: listed(texts), count: rows }),
    ),
    ...scored.gaps.map(({ column, rows, isFilled }) =>
      isFilled
        ? t("export.rowsGapsFilled", { column, count: rows })
        : categories.includes(column)
          ? t("export.rowsGapsNameless", { column, count: rows })
          : t("export.rowsGaps", { column, count: rows }),
    ),
    ...(scored.unpredicted ? [t("export.rowsUnpredicted", { count: scored.unpredicted })] : []),
  ];
  const all = said.length ? said : [t("export.rowsAllMatched")];
  return [
    ...all,
    ...(scored.extra.length ? [t("export.rowsExtra", { names: listed(scored.extra) })] : []),
    ...scored.notes,
  ];
}

/** @param {Judged} judged @param {string | null} unit @returns {string[]} */
export function judgedWords({ scores, rows, sealed, learned, unknown }, unit) {
  const write = writerOf({ kind: "number", unit });
  const share = (/** @type {number | undefined} */ value) => formatShare(value);
  const main = !scores
    ? t("export.rowsNoScore")
    : scores.task === "classification"
      ? t("export.rowsAccuracy", {
          count: rows,
          value: share(scores.accuracy),
          low: share(scores.intervals.accuracy?.low),
          high: share(scores.intervals.accuracy?.high),
        })
      : t("export.rowsErrors", { count: rows, mae: write(scores.mae), rmse: write(scores.rmse) });
  return [
    main,
    ...(sealed ? [t("export.rowsSealed", { count: sealed })] : []),
    ...(learned ? [t("export.rowsLearned", { count: learned })] : []),
    ...(unknown ? [t("export.rowsUnknown", { count: unknown })] : []),
  ];
}
