// @ts-check
/**
 * The twin experiment: what bad data cost. Two runs with one seed and one split, the second on training rows that are
 * spoilt on purpose; both are judged by the same clean test rows.
 *
 * @typedef {Record<string, number>} Corruption   shares by kind of damage
 * @typedef {import("../../session/protocol.js").JobCourse<"twins">} Request
 * @typedef {import("../../session/protocol.js").Metrics} Metrics
 * @typedef {{status: string, epoch: number, training: Metrics, test: Metrics | null}} Twin
 * @typedef {{clean: Twin, dirty: Twin, isWhole: boolean}} Outcome
 *
 * @typedef {object} CorruptionState
 * @property {"ready" | "running" | "stopping" | "done"} phase
 * @property {string} problem
 * @property {{epoch: number, epochs: number}} progress
 * @property {{clean: import("../../session/protocol.js").Curve, dirty: import("../../session/protocol.js").Curve} | null} curves
 * @property {string} verdict            what it came to, in one sentence
 * @property {string} caution            what is to be kept in mind with it
 */
import { formatCount, formatShare } from "../../base/format.js";
import { Job } from "../../session/job.js";
import { recordTestPeek } from "../../session/locks.js";
import { specFrom } from "../../settings/spec.js";
import { taskOf } from "../../settings/sources.js";
import { formatValue } from "../../base/columnFormat.js";
import { t } from "../../base/text.js";

/** Kinds of damage, as the Spec has them, and how they are called. */
export const CORRUPTIONS = [
  {
    key: "labels",
    label: t("corruption.labelsFlipped"),
    words: (/** @type {boolean} */ isClasses) =>
      isClasses ? t("corruption.labelsFlipped2") : t("corruption.targetsSwapped"),
  },
  { key: "missing", label: t("corruption.valuesMissing"), words: () => t("corruption.valuesMissing2") },
  { key: "outliers", label: t("corruption.outliers"), words: () => t("corruption.rowsOutlier") },
  {
    key: "duplicates",
    label: t("corruption.duplicatesAcrossSplit"),
    words: () => t("corruption.testRowsAmongTraining"),
  },
  { key: "units", label: t("corruption.unitsMixedUp"), words: () => t("corruption.rowsAnotherUnit") },
];

/** What is spoilt, in words; empty where nothing is. */
export function damageWords(/** @type {Corruption} */ corrupt, /** @type {boolean} */ isClasses) {
  const parts = CORRUPTIONS.filter(({ key }) => corrupt[key] > 0).map(
    ({ key, words }) => `${formatShare(corrupt[key], 0)} ${words(isClasses)}`,
  );
  return parts.length > 1
    ? t("corruption.and", { parts: parts.slice(0, -1).join(", "), parts2: parts.at(-1) })
    : (parts[0] ?? "");
}

/**
 * The difference on the same clean test rows, in one sentence.
 *
 * @param {Outcome} outcome
 * @param {Corruption} corrupt
 * @param {string} target   its name; empty where it has none
 */
export function corruptionVerdict({ clean, dirty, isWhole }, corrupt, target) {
  if (!clean.test || !dirty.test) return t("corruption.thereNoTestRows");
  const diverged = [clean, dirty].findIndex(({ status }) => status === "diverged");
  if (diverged >= 0)
    return t("corruption.twinsLossGrewBeyond", {
      value: [t("corruption.clean"), t("corruption.spoilt")][diverged],
      epoch: t("count.epochs", { count: [clean, dirty][diverged].epoch }),
    });
  const isClasses = clean.test.accuracy !== undefined;
  const where = t("corruption.sameCleanTestRows", { rows: formatCount(clean.test.rows) });
  const when = isWhole
    ? ""
    : t("corruption.stoppedAfter", { epoch: t("count.epochs", { count: Math.min(clean.epoch, dirty.epoch) }) });
  const damage = damageWords(corrupt, isClasses) || t("corruption.nothingSpoilt");
  if (isClasses) {
    const [before, after] = [clean, dirty].map(({ test }) => test?.accuracy ?? NaN);
    const points = 100 * (before - after);
    const size = Math.abs(points) < 0.05 ? t("corruption.lessThan01") : Math.abs(points).toFixed(1);
    const amount =
      points === 0
        ? t("corruption.noDifference")
        : t("corruption.points", { size, value: points > 0 ? t("corruption.lost") : t("corruption.gained") });
    return t("corruption.accuracyClean", {
      where,
      before: formatShare(before),
      after: formatShare(after),
      damage,
      amount,
      when,
    });
  }
  const [before, after] = [clean, dirty].map(({ test }) => test?.mae ?? NaN);
  const change = Math.round((after / before - 1) * 100);
  const amount =
    change === 0
      ? t("corruption.noDifference")
      : `${formatCount(Math.abs(change))}% ${change > 0 ? t("corruption.wordMore") : t("corruption.wordLess")}`;
  return t("corruption.meanErrorClean", {
    where,
    value: target ? t("corruption.in", { target }) : "",
    before: formatValue(before),
    after: formatValue(after),
    damage,
    amount,
    when,
  });
}

/** A test whose rows were learned from is none. */
export const cautionOf = (/** @type {Corruption} */ { duplicates = 0 }) =>
  duplicates > 0 ? t("corruption.testRowsStandAmong") : "";

/**
 * The dirty twin's losses in the clean one's measure. Values of a table are learned on a scale that comes from the
 * training rows, and spoilt ones have another.
 *
 * @param {import("../../session/protocol.js").Curve} curve
 * @param {Outcome} outcome
 */
export function inOneMeasure(curve, { clean, dirty }) {
  const measure = (/** @type {Metrics | null} */ test) => (test?.rmse !== undefined ? test.rmse ** 2 / test.loss : 1);
  const factor = measure(dirty.test) / measure(clean.test);
  if (!Number.isFinite(factor) || factor === 1) return curve;
  const { epoch, ...losses } = curve;
  const scaled = Object.entries(losses).map(([part, values]) => [part, values.map((loss) => loss * factor)]);
  return { epoch, ...Object.fromEntries(scaled) };
}

/** @extends {Job<CorruptionState>} */
export class CorruptionRun extends Job {
  #playground;

  /** @param {import("../../session/playground.js").Playground} playground */
  constructor(playground) {
    super("twins", playground, {
      phase: "ready",
      problem: "",
      progress: { epoch: 0, epochs: 0 },
      curves: null,
      verdict: "",
      caution: "",
    });
    this.#playground = playground;
  }

  async start() {
    const { settings, table } = this.#playground.store.get();
    const { corrupt } = settings;
    let hasLooked = false;
    /** Their curves and metrics are those of the test rows. */
    const look = () => {
      if (!hasLooked) recordTestPeek(this.#playground.store);
      hasLooked = true;
    };
    const onProgress = (/** @type {import("./worker.js").CorruptionProgress} */ { epoch, epochs, clean, dirty }) => {
      look();
      this.store.set({ progress: { epoch, epochs }, curves: { clean, dirty } });
    };
    const begin = { progress: { epoch: 0, epochs: settings.epochs ?? 0 }, curves: null, verdict: "", caution: "" };
    await this.run({ spec: specFrom(settings), corrupt }, begin, onProgress, (/** @type {Outcome} */ outcome) => {
      const target = taskOf(settings) === "regression" ? (table.description?.target ?? "") : "";
      const { curves } = this.store.get();
      look();
      return {
        verdict: corruptionVerdict(outcome, corrupt, target),
        caution: cautionOf(corrupt),
        curves: curves && { ...curves, dirty: inOneMeasure(curves.dirty, outcome) },
      };
    });
  }
}
