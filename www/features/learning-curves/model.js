// @ts-check
/**
 * Learning curves: the error against the number of training rows, and against the number of parameters, beside simpler models.
 *
 * @typedef {import("./worker.js").Learned} Learned
 * @typedef {import("../baselines/worker/fit.js").BaselineKind} BaselineKind
 * @typedef {"rows" | "parameters"} Mode
 *
 * @typedef {object} Point      networks of one size
 * @property {number} size      rows that they learn from, or units a layer
 * @property {(Learned | null)[]} runs   one a seed
 *
 * @typedef {object} Own
 * @property {Mode} mode
 * @property {Point[]} points
 * @property {number} steps     of each network
 * @property {number} judges    rows that judge each
 * @typedef {import("../../session/poolJob.js").PoolState & Own} CurvesState
 *
 * @typedef {{x: number, values: number[]}} Spot   an error a seed
 */
import { formatCount } from "../../base/format.js";
import { PoolJob, READY } from "../../session/poolJob.js";
import { formatFigure, meanOf, rowsDealt, specOfRounds } from "../../session/rounds.js";
import { t } from "../../base/text.js";

/** Sizes along the axis. */
const SIZES = 8;

/** Of so many folds each seed is judged by another one: all rows have their turn. */
export const FOLDS = 5;

/** Seeds at each size: of rows, weights and fold. */
export const SEEDS = FOLDS;

/** Rows that the smallest network learns from, and that there have to be. */
const FEWEST = 10;
export const LEAST_ROWS = 25;

/** Units a layer. */
const WIDTHS = [1, 2, 4, 8, 16, 32, 64];

/** Steps × rows a step × parameters that a network may take: about a quarter of a second, and the same everywhere. */
const WORK = 1e8;
const LEAST_PARAMETERS = 200;

/** A change below this share of the error is none that matters; of shares of rows, below so many. */
const MARGIN = 0.05;
const MARGIN_OF_SHARES = 0.005;

/** Simpler models beside it. @type {Record<string, BaselineKind[]>} */
export const RIVALS = {
  classification: ["constant", "logistic", "forest"],
  regression: ["constant", "ridge", "forest"],
};

/** The number of rows at each size: evenly in the logarithm, from few to all. */
export function sizesFor(/** @type {number} */ most) {
  const factor = most / FEWEST;
  return [...new Set(Array.from({ length: SIZES }, (_, i) => Math.round(FEWEST * factor ** (i / (SIZES - 1)))))];
}

/**
 * The same layers with so many units each; a linear model gets a hidden layer.
 *
 * @typedef {{type?: string, units?: number, activation?: string, layers?: Layer[]}} Layer
 * @param {Layer[]} layers
 * @param {number} units
 * @returns {Layer[]}
 */
export function widened(layers, units) {
  /** @type {(layer: Layer) => Layer} */
  const wide = (layer) => {
    if (layer.layers) return { ...layer, layers: layer.layers.map(wide) };
    return (layer.type ?? "dense") === "dense" ? { ...layer, units } : layer;
  };
  return layers.length ? layers.map(wide) : [{ type: "dense", units, activation: "tanh" }];
}

/** About how many parameters layers of that width have together. */
const about = (/** @type {number} */ layers, /** @type {number} */ units, /** @type {number} */ inputs) =>
  units * (inputs + 1) + (layers - 1) * units * (units + 1) + units;

/** Steps of each network, of any size: as many as the experiment takes on all rows, if that is not too long. */
export const stepsFor = (
  /** @type {{epochs: number, rows: number, batchSize: number, parameters: number}} */ {
    epochs,
    rows,
    batchSize,
    parameters,
  },
) =>
  Math.max(
    1,
    Math.min(
      epochs * Math.ceil(rows / batchSize),
      Math.floor(WORK / (Math.min(batchSize, rows) * Math.max(parameters, LEAST_PARAMETERS))),
    ),
  );

/** The error of figures: rows that are wrong, or how far predictions are off. @param {import("../../session/rounds.js").Figures | null | undefined} figures */
export const errorOf = (figures) => (figures?.accuracy === undefined ? (figures?.rmse ?? NaN) : 1 - figures.accuracy);

/** An error as people read it. */
export const formatError = (/** @type {boolean} */ isClasses, /** @type {number} */ value) =>
  formatFigure(isClasses ? "accuracy" : "rmse", value);

export const errorName = (/** @type {boolean} */ isClasses) => (isClasses ? t("learningCurves.errorRate") : "RMSE");

/**
 * Errors at each size, of the network on validation and training rows, and of each simpler model.
 *
 * @param {Pick<CurvesState, "points" | "mode">} state
 * @param {"validation" | "training" | BaselineKind} which
 * @returns {Spot[]}
 */
export function spotsOf({ points, mode }, which) {
  const x = (/** @type {Point} */ { size, runs }) =>
    mode === "rows" ? size : (runs.find((run) => run)?.parameters ?? NaN);
  // Simpler models have no width: they were fitted once, beside the narrowest network.
  const rival = (/** @type {Point} */ point, /** @type {number} */ seed) =>
    (mode === "rows" ? point : points[0]).runs[seed]?.rivals.find(({ kind }) => kind === which)?.validation;
  return points
    .map((point) => ({
      x: x(point),
      values: point.runs.map((run, seed) =>
        errorOf(which === "validation" || which === "training" ? run?.[which] : rival(point, seed)),
      ),
    }))
    .filter(({ x, values }) => Number.isFinite(x) && values.some(Number.isFinite));
}

/**
 * Whether the error still falls from about half the size to the whole, seed by seed: it does where its mean fall is more
 * than twice the standard error; it no longer does where that range stays below what matters; else it can't be told.
 *
 * @param {Spot[]} spots   by size
 * @param {boolean} isClasses
 * @returns {{answer: "helps" | "flat" | "unclear", from: Spot, to: Spot, fall: number, error: number} | null}
 */
export function trendOf(spots, isClasses) {
  const to = spots.at(-1);
  if (!to) return null;
  const nearness = (/** @type {Spot} */ { x }) => Math.abs(Math.log((2 * x) / to.x));
  const from = spots.slice(0, -1).sort((a, b) => nearness(a) - nearness(b))[0];
  if (!from) return null;
  const falls = from.values.map((value, seed) => value - to.values[seed]).filter(Number.isFinite);
  if (falls.length < 2) return null;
  const { mean: fall, deviation } = meanOf(falls);
  const error = deviation / Math.sqrt(falls.length);
  const least = Math.max(MARGIN * meanOf(from.values).mean, isClasses ? MARGIN_OF_SHARES : 0);
  const answer = fall + 2 * error <= least ? "flat" : fall - 2 * error > 0 ? "helps" : "unclear";
  return { answer, from, to, fall, error };
}

/** What the curve says, in a sentence. @param {Pick<CurvesState, "points" | "mode">} state @param {boolean} isClasses */
export function curveWords(state, isClasses) {
  const trend = trendOf(spotsOf(state, "validation"), isClasses);
  if (!trend) return "";
  const error = errorName(isClasses);
  const [from, to] = [formatCount(trend.from.x), formatCount(trend.to.x)];
  const [before, after] = [trend.from, trend.to].map(({ values }) => formatError(isClasses, meanOf(values).mean));
  if (state.mode === "rows") {
    if (trend.answer === "helps") return t("learningCurves.rowsHelp", { from, to, error, before, after });
    return trend.answer === "flat"
      ? t("learningCurves.rowsFlat", { from, to, error, before, after })
      : t("learningCurves.rowsCantTell", { from, to, error, before, after });
  }
  if (trend.answer === "helps") return t("learningCurves.parametersHelp", { from, to, error, before, after });
  return trend.answer === "flat"
    ? t("learningCurves.parametersFlat", { from, to, error, before, after })
    : t("learningCurves.parametersCantTell", { from, to, error, before, after });
}

/** @extends {PoolJob<CurvesState>} */
export class CurvesJob extends PoolJob {
  /** @param {import("../../session/playground.js").Playground} playground @param {() => Promise<WebAssembly.Module>} [load] */
  constructor(playground, load) {
    super(playground, { ...READY, mode: "rows", points: [], steps: 0, judges: 0 }, load);
  }

  /** A task for each size and seed. */
  async start(/** @type {Mode} */ mode) {
    const { settings, description } = this.playground.store.get();
    if (!description) return;
    const { spec, epochs } = specOfRounds(settings);
    const dealt = rowsDealt(description);
    const judges = Math.ceil(dealt / FOLDS);
    const rows = dealt - judges;
    const layers = /** @type {Layer[]} */ (spec.model?.layers ?? []);
    const sizes = mode === "rows" ? sizesFor(rows) : WIDTHS;
    const widest = WIDTHS[WIDTHS.length - 1];
    const steps = stepsFor({
      epochs,
      rows,
      batchSize: spec.training?.batchSize ?? rows,
      parameters:
        mode === "rows"
          ? description.parameterCount
          : about(Math.max(layers.length, 1), widest, description.layers[0].inputs),
    });
    // Rows are dealt and encoded once for all: that does not look at layers.
    const plain = { ...spec, model: { ...spec.model, layers: [] } };
    const tasks = sizes.flatMap((size, i) =>
      Array.from({ length: SEEDS }, (_, k) => ({
        kind: /** @type {const} */ ("learning"),
        course: {
          spec: plain,
          options: { folds: FOLDS },
          rows: this.rowsKey,
          index: k,
          layers: mode === "rows" ? layers : widened(layers, size),
          count: mode === "rows" ? size : rows,
          seed: settings.seed + k,
          steps,
          kinds: mode === "rows" || i === 0 ? RIVALS[description.task] : [],
        },
      })),
    );
    let problem = "";
    await this.work(tasks, {
      begin: {
        mode,
        steps,
        judges,
        points: sizes.map((size) => ({ size, runs: Array.from({ length: SEEDS }, () => null) })),
      },
      progress: (_, { share }) => share,
      ended: (place, outcome) => {
        if (outcome && "problem" in outcome) problem ||= outcome.problem;
        if (!outcome || !("value" in outcome) || !outcome.value) return;
        const points = [...this.store.get().points];
        const at = Math.floor(place / SEEDS);
        points[at] = {
          ...points[at],
          runs: points[at].runs.map((run, k) => (k === place % SEEDS ? outcome.value : run)),
        };
        this.store.set({ points });
      },
      finish: () => ({ problem }),
    });
  }
}
