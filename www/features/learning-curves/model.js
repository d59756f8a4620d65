// @ts-check
/**
 * Learning curves: the error against the number of training rows, and against the number of parameters, beside simpler models.
 *
 * @typedef {import("./worker.js").Learned} Learned
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
 * @property {boolean} isCapped      whether there are more rows than networks learn from
 * @property {boolean} isClasses     whether they predict classes
 * @property {Record<string, number | null>} hyperparameters   of simpler models, those that were set by hand
 * @typedef {import("../../session/poolJob.js").PoolState & Own} CurvesState
 */
import { TREES_IN_FOLDS, hyperparametersOf, optionsFor } from "../../session/hyperparameters.js";
import { PoolJob, READY } from "../../session/poolJob.js";
import { rowsDealt, specOfRounds } from "../../session/rounds.js";
import { FOLDS, MOST_ROWS, RIVALS, curveWords, curvesTable, errorName, madeWords, spotsOf } from "./result.js";
import { t } from "../../base/text.js";

/** Sizes along the axis. */
const SIZES = 8;

/** Seeds at each size: of rows, weights and fold. */
export const SEEDS = FOLDS;

/** Rows that the smallest network learns from, and that there have to be. */
const FEWEST = 10;
export const LEAST_ROWS = 25;

/** How many of all rows judge a network, and from how many at most it learns. */
export function dealtRows(/** @type {number} */ dealt) {
  const judges = Math.ceil(dealt / FOLDS);
  return { judges, rows: Math.min(dealt - judges, MOST_ROWS), isCapped: dealt - judges > MOST_ROWS };
}

/** Units a layer. */
const WIDTHS = [1, 2, 4, 8, 16, 32, 64];

/** Steps × rows a step × parameters that a network may take: about a quarter of a second, and the same everywhere. */
const WORK = 1e8;
const LEAST_PARAMETERS = 200;

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

/** @extends {PoolJob<CurvesState>} */
export class CurvesJob extends PoolJob {
  /** @param {import("../../session/playground.js").Playground} playground @param {() => Promise<WebAssembly.Module>} [load] */
  constructor(playground, load) {
    super(
      playground,
      {
        ...READY,
        mode: "rows",
        points: [],
        steps: 0,
        judges: 0,
        isCapped: false,
        isClasses: true,
        hyperparameters: {},
      },
      load,
    );
  }

  /** Whether other settings, or hyperparameters of simpler models, are set now. */
  get isStale() {
    const { about, hyperparameters } = this.store.get();
    const now = hyperparametersOf(this.playground).get();
    return super.isStale || (about !== "" && JSON.stringify(now) !== JSON.stringify(hyperparameters));
  }

  section() {
    const state = this.store.get();
    if (!spotsOf(state, "validation").length) return null;
    return {
      title: t("app.learningCurves"),
      facts: [t("learningCurves.tableOf", { error: errorName(state.isClasses) })],
      tables: [curvesTable(state)],
      words: [curveWords(state) || t("learningCurves.tooLittle"), madeWords(state)],
    };
  }

  /** A task for each size and seed. */
  async start(/** @type {Mode} */ mode) {
    const { settings, description } = this.playground.store.get();
    if (!description) return;
    const { spec, epochs } = specOfRounds(settings);
    const { judges, rows, isCapped } = dealtRows(rowsDealt(description));
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
    const hyperparameters = hyperparametersOf(this.playground).get();
    const kinds = RIVALS[description.task];
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
          kinds: mode === "rows" || i === 0 ? kinds : [],
          fitting: Object.fromEntries(
            kinds.map((kind) => [
              kind,
              optionsFor(kind, { trees: TREES_IN_FOLDS, ...hyperparameters }, settings.seed + k),
            ]),
          ),
        },
      })),
    );
    let problem = "";
    await this.work(tasks, {
      begin: {
        mode,
        steps,
        judges,
        isCapped,
        isClasses: description.task === "classification",
        hyperparameters,
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
