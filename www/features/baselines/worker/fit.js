// @ts-check
/**
 * A simpler model on the rows of an experiment: as the net sees them, in the same split. It is fitted to the training rows
 * and scored on a part that the page names; the rows of no other part are looked at.
 *
 * @typedef {"constant" | "ridge" | "lasso" | "logistic" | "knn" | "tree" | "forest"} BaselineKind   as in src/web/baseline.rs, and so on
 * @typedef {{penalty?: number | null, neighbors?: number | null, maxDepth?: number | null, minLeaf?: number | null, trees?: number | null, seed?: number | null}} BaselineOptions
 * @typedef {{inputs: Float32Array, targets: Float64Array, shape: number[], classes?: number}} Rows
 * @typedef {{predict(inputs: Float32Array): Float64Array, coefficients(): {weights: Float64Array} | undefined, describe(): {parameterCount: number, leaves: number | null}, free(): void}} Model
 * @typedef {{fit(kind: BaselineKind, options: BaselineOptions, rows: Rows): Model}} ModelClass
 *
 * @typedef {object} Score
 * @property {number} rows
 * @property {number} [accuracy]   0…1
 * @property {number} [mae]        in the target's unit
 * @property {{low: number, high: number}} [interval]   where it lies at 95%
 *
 * @typedef {object} Fitted
 * @property {number} ms           how long fitting took
 * @property {Score} training
 * @property {Score} held
 * @property {number} numbers      that it keeps
 * @property {number | null} leaves
 * @property {[number, number] | null} zeros   of a linear model: how many weights are 0, of how many
 */
import { isTable } from "../../../settings/tableNames.js";
import { commandError } from "../../../worker/commandError.js";
import { asTheyAre, standardized } from "../../../worker/standardized.js";
import { t } from "../../../base/text.js";

/** Differences that nearest neighbors may take: some twenty seconds' worth. */
const MOST_DIFFERENCES = 2e10;

/**
 * @param {import("../../../worker/jobs.js").JobParts} parts
 * @param {import("../../../session/protocol.js").JobCourse<"baseline">} course
 * @param {object} loaders
 * @param {() => Promise<Pick<typeof import("../../../worker/full.js"), "scores">>} loaders.loadFull
 * @param {() => Promise<ModelClass>} loaders.loadPackage
 * @returns {Promise<Fitted>}
 */
export async function fitBaseline({ engines, clock }, { spec, kind, options, part }, { loadFull, loadPackage }) {
  const [{ scores }, Baseline, trainer] = await Promise.all([
    loadFull(),
    loadPackage(),
    isTable(spec.data?.source) ? engines.cpu(spec) : engines.full(spec, t("baselines.theirRows")),
  ]);
  const full = /** @type {{encoded(part: string): Rows, free(): void}} */ (/** @type {unknown} */ (trainer));
  const [train, held] = [full.encoded("train"), full.encoded(part)];
  full.free();
  const differences = train.inputs.length * (train.targets.length + held.targets.length);
  if (kind === "knn" && differences > MOST_DIFFERENCES) throw commandError("too-large", t("baselines.tooManyRows"));
  // Lasso's penalty stands beside a mean of squared errors: in standard deviations of the target it means the same in any unit.
  const { rows, inUnit } = kind === "lasso" ? standardized(train) : asTheyAre(train);
  const start = clock.now();
  const model = Baseline.fit(kind, options, rows);
  const ms = clock.now() - start;
  try {
    const score = (/** @type {Rows} */ { inputs, targets, classes }, /** @type {boolean} */ intervals) => {
      const outputs = inUnit(model.predict(inputs));
      return scoreOf(
        classes === undefined
          ? scores(outputs, targets, { intervals })
          : scores(outputs, targets, { classes, intervals }),
      );
    };
    const { parameterCount, leaves } = model.describe();
    const weights = model.coefficients()?.weights;
    return {
      ms,
      training: score(train, false),
      held: score(held, true),
      numbers: parameterCount,
      leaves,
      zeros: weights ? [weights.filter((weight) => weight === 0).length, weights.length] : null,
    };
  } finally {
    model.free();
  }
}

/** @param {import("../../../pkg-full/trainyard.js").ClassScores | import("../../../pkg-full/trainyard.js").ValueScores} scores @returns {Score} */
function scoreOf(scores) {
  const { rows } = scores;
  return scores.task === "regression"
    ? { rows, mae: scores.mae, interval: scores.intervals.mae }
    : { rows, accuracy: scores.accuracy, interval: scores.intervals.accuracy };
}
