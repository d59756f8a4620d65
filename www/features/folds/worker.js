// @ts-check
/**
 * One round of a cross-validation: a model that learns from all folds but one, judged by that one. All that is fitted to
 * rows, scales and encodings too, is fitted to those that it learns from (src/study/folding.rs).
 *
 * @typedef {import("./model.js").RoundResult} RoundResult
 * @typedef {import("../../pkg-full/trainyard.js").Trainer} Trainer
 * @typedef {import("../../worker/folding.js").MakeFolding} MakeFolding
 */
import { figuresOf, foldingOf } from "../../worker/folding.js";
import { NO_LIMIT, SLICE_MS } from "../../worker/timeSlice.js";
import { isRunning } from "../../worker/evaluate.js";

/** Points of each round's curve: there may be many of them on one picture. */
const POINTS = 120;

/** How often the page is told how far it is. */
const REPORT_MS = 120;

/**
 * @param {{clock: import("../../worker/runner.js").Clock, signal: AbortSignal}} parts
 * @param {import("../../session/protocol.js").JobCourse<"fold">} course
 * @param {MakeFolding} make
 * @param {(progress: {epoch: number, share: number, curve: import("../../session/protocol.js").Curve}) => void} onProgress
 * @returns {Promise<RoundResult | null>}   null where it was canceled: a round that isn't over says nothing
 */
export async function runFold({ clock, signal }, { spec, options, rows, index }, make, onProgress) {
  const folding = await foldingOf(spec, options, rows, make);
  const trainer = folding.open(index);
  try {
    trainer.record(POINTS);
    const { stop } = spec.training ?? {};
    const epochs = stop?.maxEpochs ?? Infinity;
    const begun = clock.now();
    let told = begun;
    while (isRunning(trainer)) {
      trainer.advance(NO_LIMIT, SLICE_MS);
      await clock.turn();
      if (signal.aborted) return null;
      if (clock.now() - told < REPORT_MS) continue;
      told = clock.now();
      const { epoch } = trainer.progress();
      onProgress({ epoch, share: epoch / epochs, curve: trainer.curve() });
    }
    const milliseconds = clock.now() - begun;
    return { ...(await judged(trainer)), milliseconds, parameters: trainer.describe().parameterCount };
  } finally {
    trainer.free();
  }
}

/** What a model that has ended is worth: nothing, where it diverged, though its last finite weights would give numbers. */
async function judged(/** @type {Trainer} */ trainer) {
  const { status, epoch } = trainer.progress();
  const { rows } = trainer.describe();
  const hasDiverged = status === "diverged";
  const scores = async (/** @type {"train" | "validation"} */ part) =>
    hasDiverged ? null : figuresOf(await trainer.scores(part, { intervals: false }).catch(() => undefined));
  return {
    status: /** @type {"finished" | "diverged"} */ (hasDiverged ? status : "finished"),
    epochs: epoch,
    rows: rows.validation,
    trainingRows: rows.train,
    scores: await scores("validation"),
    training: await scores("train"),
    curve: trainer.curve(),
  };
}
