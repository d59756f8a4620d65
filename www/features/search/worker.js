// @ts-check
/**
 * A search in a worker: the trials there are, how one of them does, and which of them to take. Test rows take no part: a
 * trial is judged by folds that have none of them, or by its validation rows, and stops by none of them.
 *
 * @typedef {import("../../pkg-full/trainyard.js").Trainer} Trainer
 * @typedef {import("../../session/protocol.js").Spec} Spec
 * @typedef {typeof import("../../worker/full.js")} Full
 *
 * @typedef {object} Tried   how a trial does
 * @property {"finished" | "diverged"} status
 * @property {number} epochs         that it has had, of the fold with most
 * @property {(Record<string, number> | null)[]} scores   one a fold, or one of the validation rows; null where it has none
 * @property {Record<string, {low: number, high: number}> | null} intervals   of validation rows, at 95%
 * @property {number} rows           that judge it, of one fold
 * @property {number} parameters
 * @property {number} milliseconds
 * @property {(Uint8Array | null)[]} bytes   to go on from, where that is wanted; null where they are too many
 *
 * @typedef {object} Plan
 * @property {Float64Array[]} trials   a number for each axis
 * @property {{trials: number, epochs: number}[]} rungs   of successive halving
 */
import { figuresOf, foldingOf } from "../../worker/folding.js";
import { isRunning } from "../../worker/evaluate.js";
import { NO_LIMIT, SLICE_MS } from "../../worker/timeSlice.js";

/** How often the page is told how far it is. */
const REPORT_MS = 120;

/** A longer checkpoint isn't kept: the trial begins anew, to the same numbers. */
const MOST_BYTES = 2 ** 18;

/** @param {import("../../session/protocol.js").JobCourse<"plan">} course @param {() => Promise<Pick<Full, "trials" | "halving">>} loadFull @returns {Promise<Plan>} */
export async function planSearch({ axes, options, rungs }, loadFull) {
  const { trials, halving } = await loadFull();
  return {
    trials: trials(/** @type {import("../../pkg-full/trainyard.js").SearchAxis[]} */ (axes), options),
    rungs: rungs ? halving(/** @type {{trials: number, epochs: number}} */ (rungs)) : [],
  };
}

/** The best of some scores, of which more is better, and the simplest within one standard error of it. @param {import("../../session/protocol.js").JobCourse<"choose">} course @param {() => Promise<Pick<Full, "survivors" | "simplest">>} loadFull */
export async function choose({ means, errors, costs, count }, loadFull) {
  const { survivors, simplest } = await loadFull();
  return { best: [...survivors(means, count)], simplest: simplest(means, errors, costs) ?? null };
}

/**
 * @param {{clock: import("../../worker/runner.js").Clock, signal: AbortSignal}} parts
 * @param {import("../../session/protocol.js").JobCourse<"trial">} course
 * @param {{make: import("../../worker/folding.js").MakeFolding, open: (spec: Spec) => Promise<Trainer>}} how
 * @param {(progress: {share: number}) => void} onProgress
 * @returns {Promise<Tried | null>}   null where it was canceled: a trial that isn't over says nothing
 */
export async function runTrial({ clock, signal }, course, { make, open }, onProgress) {
  const { spec, options, rows, until, from, keeps, score } = course;
  const begun = clock.now();
  const folding = options && (await foldingOf(spec, options, rows, make));
  const count = folding ? folding.runs : 1;
  /** @type {Tried} */
  const tried = {
    status: "finished",
    epochs: 0,
    scores: [],
    intervals: null,
    rows: 0,
    parameters: 0,
    milliseconds: 0,
    bytes: [],
  };
  let told = begun;
  for (let i = 0; i < count; i++) {
    const trainer = folding ? folding.open(i) : await open(spec);
    try {
      const kept = from[i];
      if (kept) await trainer.restore(kept);
      const { stepsPerEpoch, parameterCount, rows: parts } = trainer.describe();
      const steps = until * stepsPerEpoch;
      for (let { step } = trainer.progress(); isRunning(trainer) && step < steps; { step } = trainer.progress()) {
        trainer.advance(Math.min(steps - step, NO_LIMIT), SLICE_MS);
        await clock.turn();
        if (signal.aborted) return null;
        if (clock.now() - told < REPORT_MS) continue;
        told = clock.now();
        onProgress({ share: (i + Math.min(trainer.progress().step / steps, 1)) / count });
      }
      const { status, epoch } = trainer.progress();
      if (status === "diverged") tried.status = status;
      Object.assign(tried, {
        epochs: Math.max(tried.epochs, epoch),
        rows: parts.validation,
        parameters: parameterCount,
      });
      const found = await trainer.scores("validation", { intervals: !folding }).catch(() => undefined); // of a model that diverged
      tried.scores.push(figuresOf(found));
      if (!folding) tried.intervals = intervalOf(found, score);
      const bytes = keeps && status !== "diverged" ? await trainer.checkpoint() : null;
      tried.bytes.push(bytes && bytes.length <= MOST_BYTES ? bytes : null);
    } finally {
      trainer.free();
    }
    await clock.turn();
    if (signal.aborted) return null;
  }
  tried.milliseconds = clock.now() - begun;
  return tried;
}

/** The one interval that is asked for. @param {any} found any: either task's scores @param {string} score */
function intervalOf(found, score) {
  const own = found?.intervals?.[score];
  return own ? { [score]: { low: own.low, high: own.high } } : null;
}

/**
 * How long a trial takes, by training it for a moment.
 *
 * @param {{clock: import("../../worker/runner.js").Clock, signal: AbortSignal}} parts
 * @param {import("../../session/protocol.js").JobCourse<"timing">} course
 * @param {{make: import("../../worker/folding.js").MakeFolding, open: (spec: Spec) => Promise<Trainer>}} how
 * @returns {Promise<{start: number, perEpoch: number} | null>}   milliseconds, of one model; null where it was canceled
 */
export async function timeTrial({ clock, signal }, { spec, options, rows, milliseconds }, { make, open }) {
  const begun = clock.now();
  const folding = options && (await foldingOf(spec, options, rows, make));
  const trainer = folding ? folding.open(0) : await open(spec);
  try {
    const { stepsPerEpoch } = trainer.describe();
    const opened = clock.now();
    while (isRunning(trainer) && clock.now() - opened < milliseconds) {
      trainer.advance(NO_LIMIT, Math.min(SLICE_MS, milliseconds));
      await clock.turn();
      if (signal.aborted) return null;
    }
    const trained = clock.now();
    await trainer.scores("validation", { intervals: !folding }).catch(() => undefined);
    const start = opened - begun + clock.now() - trained;
    return { start, perEpoch: ((trained - opened) * stepsPerEpoch) / Math.max(trainer.progress().step, 1) };
  } finally {
    trainer.free();
  }
}
