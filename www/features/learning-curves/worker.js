// @ts-check
/**
 * One network of a learning curve, and simpler models beside it: they learn from some of a fold's training rows, encoded as
 * the experiment's network sees them, and are judged by the fold's own rows. Test rows are in no fold.
 *
 * @typedef {import("../baselines/worker/fit.js").BaselineKind} BaselineKind
 * @typedef {import("../../session/rounds.js").Figures} Figures
 *
 * @typedef {object} Learned
 * @property {number} rows                 that it learned from
 * @property {number} parameters
 * @property {Figures | null} validation   null where a network that diverged has none
 * @property {Figures | null} training
 * @property {{kind: BaselineKind, validation: Figures | null}[]} rivals
 */
import { hasProbabilities } from "../../base/probabilities.js";
import { isTable } from "../../settings/tableNames.js";
import { isRunning } from "../../worker/evaluate.js";
import { figuresOf, foldingOf } from "../../worker/folding.js";
import { asTheyAre, standardized } from "../../worker/standardized.js";
import { SLICE_MS } from "../../worker/timeSlice.js";

/** How often the page is told how far it is, in milliseconds. */
const REPORT_MS = 120;

/** @typedef {{inputs: Float32Array, targets: Float64Array, shape: number[], classes?: number}} Rows */

/**
 * @param {{clock: import("../../worker/runner.js").Clock, signal: AbortSignal}} parts
 * @param {import("../../session/protocol.js").JobCourse<"learning">} course
 * @param {import("../../worker/folding.js").MakeFolding} make
 * @param {() => Promise<Pick<typeof import("../../worker/full.js"), "scores" | "createTrainer">>} loadFull
 * @param {() => Promise<import("../baselines/worker/fit.js").ModelClass>} loadPackage
 * @param {(progress: {share: number}) => void} onProgress
 * @returns {Promise<Learned | null>}   null where it was canceled
 */
export async function learnFromSome(
  { clock, signal },
  { spec, options, rows, index, layers, count, seed, steps, kinds, fitting },
  make,
  loadFull,
  loadPackage,
  onProgress,
) {
  const [{ scores, createTrainer }, folding] = await Promise.all([loadFull(), foldingOf(spec, options, rows, make)]);
  const fold = folding.open(index);
  const [all, held] = [fold.encoded("train"), fold.encoded("validation")];
  fold.free();
  const some = takeRows(all, shuffled(all.targets.length, seed).slice(0, count));
  const values = standardized(some);
  const { rows: learned, inUnit } = some.classes === undefined ? values : asTheyAre(some);
  // A table's network learns its target in standard deviations, a made set's as it is.
  const own = some.classes === undefined && isTable(spec.data?.source) ? values : asTheyAre(some);
  const figures = (/** @type {Rows} */ { targets, classes }, /** @type {Float64Array} */ outputs, more = {}) =>
    figuresOf(
      classes === undefined
        ? scores(outputs, targets, { intervals: false })
        : scores(outputs, targets, { classes, intervals: false, ...more }),
    );
  const trainer = await createTrainer(
    /** @type {any} any: the Spec of rows is wider than the page's */ ({
      seed,
      engine: "cpu",
      data: { source: "rows", scale: "none", split: { train: 1 } },
      model: { ...spec.model, layers },
      training: { ...spec.training, stop: { maxEpochs: steps } },
    }),
    /** @type {any} any: rows, where a table may stand */ (own.rows),
  );
  try {
    let told = clock.now();
    for (let step = 0; step < steps && isRunning(trainer);) {
      ({ step } = trainer.advance(steps - step, SLICE_MS));
      await clock.turn();
      if (signal.aborted) return null;
      if (clock.now() - told < REPORT_MS) continue;
      told = clock.now();
      onProgress({ share: step / steps });
    }
    const description = trainer.describe();
    const hasDiverged = trainer.progress().status === "diverged";
    const judge = async (/** @type {Rows} */ part) => {
      if (hasDiverged) return null;
      const { outputs, classes } = await trainer.classify(Float64Array.from(part.inputs));
      const raw = !hasProbabilities(description);
      return figures(part, own.inUnit(outputs), { raw, ...(classes && { decided: classes }) });
    };
    /** @type {Learned} */
    const outcome = {
      rows: count,
      parameters: description.parameterCount,
      validation: await judge(held),
      training: await judge(some),
      rivals: [],
    };
    for (const kind of /** @type {BaselineKind[]} */ (kinds)) {
      await clock.turn();
      if (signal.aborted) return null;
      outcome.rivals.push({
        kind,
        validation: await rival(kind, fitting[kind], learned, held, { inUnit, figures, loadPackage }),
      });
    }
    return outcome;
  } finally {
    trainer.free();
  }
}

/**
 * A simpler model on the same rows; null where these are too few for it.
 *
 * @param {BaselineKind} kind
 * @param {import("../baselines/worker/fit.js").BaselineOptions} options
 * @param {Rows} learned
 * @param {Rows} held
 * @param {object} how
 * @param {(outputs: Float64Array) => Float64Array} how.inUnit
 * @param {(rows: Rows, outputs: Float64Array) => Figures | null} how.figures
 * @param {() => Promise<import("../baselines/worker/fit.js").ModelClass>} how.loadPackage
 */
async function rival(kind, options, learned, held, { inUnit, figures, loadPackage }) {
  const Baseline = await loadPackage();
  /** @type {import("../baselines/worker/fit.js").Model | null} */
  let model = null;
  try {
    model = Baseline.fit(kind, options, learned);
    return figures(held, inUnit(model.predict(held.inputs)));
  } catch (error) {
    if (/** @type {Thrown} */ (error)?.code !== "data") throw error;
    return null;
  } finally {
    model?.free();
  }
}

/** Those rows of all. @param {Rows} all @param {number[]} places @returns {Rows} */
function takeRows({ inputs, targets, shape, classes }, places) {
  const width = inputs.length / targets.length;
  const own = new Float32Array(places.length * width);
  places.forEach((place, i) => own.set(inputs.subarray(place * width, (place + 1) * width), i * width));
  return { inputs: own, targets: Float64Array.from(places, (place) => targets[place]), shape, classes };
}

/** 0 … count − 1 in an order that the seed decides; fewer rows of it are among more (mulberry32). */
export function shuffled(/** @type {number} */ count, /** @type {number} */ seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const all = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const other = Math.floor(next() * (i + 1));
    [all[i], all[other]] = [all[other], all[i]];
  }
  return all;
}
