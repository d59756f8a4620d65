// @ts-check
/**
 * Side by side: the run as it is set, and others that differ in one thing, from the same start, on the same data.
 *
 * @typedef {import("../../session/protocol.js").Metrics} Metrics
 * @typedef {import("../../session/protocol.js").Curve} Curve
 * @typedef {import("../../settings/spec.js").Settings} Settings
 *
 * @typedef {import("../../session/protocol.js").JobCourse<"contest">} Request
 * @typedef {object} VariantResult
 * @property {string} status
 * @property {number} epoch
 * @property {number} step
 * @property {Metrics} training
 * @property {Metrics | null} test
 * @property {Curve} curve
 * @property {string} [loss]
 * @property {Float64Array | null} outputs   on the grid
 * @property {Uint32Array} [classes]         of its cells
 *
 * @typedef {{name: string, change: string, settings: Settings}} Variant
 *
 * @typedef {object} ComparisonState
 * @property {"ready" | "running" | "stopping" | "done"} phase
 * @property {Variant[]} variants
 * @property {VariantResult[]} runs
 * @property {number} epoch
 * @property {number} epochs
 * @property {string} verdict
 * @property {string} problem
 */
import { Job } from "../../session/job.js";
import { unitsOf, withUnits } from "../../settings/layers.js";
import { SETTINGS, applies } from "../../settings/config.js";
import { isLocked } from "../../base/padlock.js";
import { gridRows } from "../../base/grid.js";
import { withoutTestFigures } from "../../base/withoutTest.js";
import { neighbor, write } from "../../settings/parse.js";
import { specFrom } from "../../settings/spec.js";
import { isTable } from "../../settings/tableNames.js";
import { comparisonVerdict } from "./verdict.js";
import { t } from "../../base/text.js";

/** Longer is no contest to watch. */
const MOST_EPOCHS = 2000;
/** Of a run that has no end of its own. */
const EPOCHS = 500;

/** Cells a side of each contestant's field. */
export const CELLS = 40;

/** What of the experiment can be one thing that differs. */
export const variantChoices = (/** @type {Settings} */ settings) =>
  SETTINGS.filter(
    (row) =>
      (row.path || row.kind === "hyperparameter") &&
      applies(row, settings) &&
      ["number", "choice", "flag", "layers", "activations"].includes(row.type) &&
      !["source", "engine", "epochs"].includes(row.key),
  );

/** A value that differs from the one there is, to begin with. */
export function otherValue(
  /** @type {import("../../settings/config.js").Setting} */ row,
  /** @type {Settings} */ settings,
) {
  const value = settings[row.key];
  if (row.type === "flag") return String(!value);
  if (row.type === "layers")
    return value.length
      ? write(
          row,
          value.map((/** @type {number | import("../../settings/layers.js").Layer} */ layer) => {
            const units = unitsOf(layer);
            return units === null ? layer : withUnits(layer, Math.min(units * 2, row.max ?? units));
          }),
        )
      : "4";
  if (row.choices) return row.choices.find((choice) => choice.value !== String(value))?.value ?? "";
  const next = row.stops ? neighbor(row, value, 1) : null;
  if (next !== null && next !== value) return write(row, next);
  const { min = 0, max = 1, step = 1 } = row;
  return write(row, Number((value + step <= max ? value + step : Math.max(min, value - step)).toFixed(6)));
}

/** "Learning rate 0.03 → 0.1" */
export function changeWords(
  /** @type {import("../../settings/config.js").Setting} */ row,
  /** @type {Settings[string]} */ from,
  /** @type {Settings[string]} */ to,
) {
  const words = (/** @type {Settings[string]} */ value) =>
    row.choices?.find((choice) => choice.value === String(value))?.label ?? (write(row, value) || "auto");
  return words(from) === words(to) ? t("comparison.nothingDiffers") : `${row.label} ${words(from)} → ${words(to)}`;
}

/** What they train: on the CPU, where the same start gives the same numbers, and to one end. */
export function courseOf(/** @type {Variant[]} */ variants, /** @type {Float64Array | null} */ inputs) {
  const epochs = Math.min(variants[0].settings.epochs ?? EPOCHS, MOST_EPOCHS);
  const specs = variants.map(({ settings }) => ({ ...specFrom({ ...settings, epochs }), engine: "cpu" }));
  return { specs, inputs, epochs };
}

/** The middles of a small grid over the plane. */
export const gridOver = (/** @type {[number, number][]} */ view) => gridRows(view, [0, 0], [0, 1], CELLS);

/** @extends {Job<ComparisonState>} */
export class ComparisonRun extends Job {
  #playground;

  /** @param {import("../../session/playground.js").Playground} playground */
  constructor(playground) {
    super("contest", playground, {
      phase: "ready",
      variants: [],
      runs: [],
      epoch: 0,
      epochs: 0,
      verdict: "",
      problem: "",
    });
    this.#playground = playground;
  }

  async start(/** @type {Variant[]} */ variants) {
    const { view, description } = this.#playground.store.get();
    // Locked runs say nothing of their test rows; these may have been on their way when the lock was shut.
    const seen = (/** @type {VariantResult[]} */ runs) =>
      isLocked(this.#playground.store.get()) ? runs.map(withoutTestFigures) : runs;
    const course = courseOf(variants, description?.columns.length === 2 && view ? gridOver(view) : null);
    const onProgress = (/** @type {{epoch: number, runs: VariantResult[]}} */ { runs, epoch }) =>
      this.store.set({ runs: seen(runs), epoch });
    await this.run(
      course,
      { variants, runs: [], epoch: 0, epochs: course.epochs, verdict: "" },
      onProgress,
      (/** @type {{runs: VariantResult[]}} */ { runs }) => ({
        runs: seen(runs),
        epoch: Math.max(...runs.map((run) => run.epoch)),
        verdict: comparisonVerdict(variants, seen(runs)),
      }),
    );
  }

  /** The padlock was shut: what was seen of the test rows goes. */
  hideTest() {
    const { phase, variants, runs: before } = this.store.get();
    if (!variants.length || !isTable(variants[0].settings.source)) return;
    const runs = before.map(withoutTestFigures);
    this.store.set({ runs, ...(phase === "done" ? { verdict: comparisonVerdict(variants, runs) } : {}) });
  }
}
