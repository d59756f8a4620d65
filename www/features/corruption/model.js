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
import { counted, formatCount, formatShare } from "../../base/format.js";
import { Job } from "../../session/job.js";
import { recordTestPeek } from "../../session/locks.js";
import { specFrom } from "../../settings/spec.js";
import { taskOf } from "../../settings/sources.js";
import { formatValue } from "../../base/columnFormat.js";

/** Kinds of damage, as the Spec has them, and how they are called. */
export const CORRUPTIONS = [
  {
    key: "labels",
    label: "Labels flipped",
    words: (/** @type {boolean} */ isClasses) => (isClasses ? "of the labels flipped" : "of the targets swapped"),
  },
  { key: "missing", label: "Values missing", words: () => "of the values missing" },
  { key: "outliers", label: "Outliers", words: () => "of the rows with an outlier" },
  { key: "duplicates", label: "Duplicates across the split", words: () => "of the test rows among the training rows" },
  { key: "units", label: "Units mixed up", words: () => "of the rows in another unit" },
];

/** What is spoilt, in words; empty where nothing is. */
export function damageWords(/** @type {Corruption} */ corrupt, /** @type {boolean} */ isClasses) {
  const parts = CORRUPTIONS.filter(({ key }) => corrupt[key] > 0).map(
    ({ key, words }) => `${formatShare(corrupt[key], 0)} ${words(isClasses)}`,
  );
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : (parts[0] ?? "");
}

/**
 * The difference on the same clean test rows, in one sentence.
 *
 * @param {Outcome} outcome
 * @param {Corruption} corrupt
 * @param {string} target   its name; empty where it has none
 */
export function corruptionVerdict({ clean, dirty, isWhole }, corrupt, target) {
  if (!clean.test || !dirty.test) return "There are no test rows to compare the twins on: lower the training share.";
  const diverged = [clean, dirty].findIndex(({ status }) => status === "diverged");
  if (diverged >= 0)
    return `The ${["clean", "dirty"][diverged]} twin's loss grew beyond all numbers after ${counted([clean, dirty][diverged].epoch, "epoch")}: try a smaller learning rate.`;
  const isClasses = clean.test.accuracy !== undefined;
  const where = `on the same ${formatCount(clean.test.rows)} clean test rows`;
  const when = isWhole ? "" : ` Stopped after ${counted(Math.min(clean.epoch, dirty.epoch), "epoch")}.`;
  const damage = damageWords(corrupt, isClasses) || "nothing spoilt";
  if (isClasses) {
    const [before, after] = [clean, dirty].map(({ test }) => test?.accuracy ?? NaN);
    const points = 100 * (before - after);
    const size = Math.abs(points) < 0.05 ? "less than 0.1" : Math.abs(points).toFixed(1);
    const amount = points === 0 ? "no difference" : `${size} points ${points > 0 ? "lost" : "gained"}`;
    return `Accuracy ${where}: ${formatShare(before)} clean, ${formatShare(after)} with ${damage}: ${amount}.${when}`;
  }
  const [before, after] = [clean, dirty].map(({ test }) => test?.mae ?? NaN);
  const change = Math.round((after / before - 1) * 100);
  const amount = change === 0 ? "no difference" : `${formatCount(Math.abs(change))}% ${change > 0 ? "more" : "less"}`;
  return `Mean error ${where}${target ? `, in ${target}` : ""}: ${formatValue(before)} clean, ${formatValue(after)} with ${damage}: ${amount}.${when}`;
}

/** A test whose rows were learned from is none. */
export const cautionOf = (/** @type {Corruption} */ { duplicates = 0 }) =>
  duplicates > 0
    ? "Test rows that stand among the training rows are known by heart: what is gained by them is no skill, and rows that are really new won't see it."
    : "";

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
  return Number.isFinite(factor) && factor !== 1
    ? { ...curve, training: curve.training.map((loss) => loss * factor), test: curve.test.map((loss) => loss * factor) }
    : curve;
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
