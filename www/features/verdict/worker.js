// @ts-check
/**
 * Simpler models on one fold, on the very rows, split and encoding that the network has there; and the written rule, applied
 * to all folds (src/study/verdict.rs).
 *
 * @typedef {import("../baselines/worker/fit.js").BaselineKind} BaselineKind
 * @typedef {{kind: BaselineKind, scores: Record<string, number> | null, milliseconds: number, parameters: number}} Rival
 * @typedef {typeof import("../../worker/full.js")} Full
 */
import { figuresOf, foldingOf } from "../../worker/folding.js";
import { asTheyAre, standardized } from "../../worker/standardized.js";

/**
 * @param {{clock: import("../../worker/runner.js").Clock, signal: AbortSignal}} parts
 * @param {import("../../session/protocol.js").JobCourse<"rivals">} course
 * @param {import("../../worker/folding.js").MakeFolding} make
 * @param {() => Promise<Pick<Full, "scores">>} loadFull
 * @param {() => Promise<import("../baselines/worker/fit.js").ModelClass>} loadPackage
 * @returns {Promise<{rivals: Rival[]} | null>}   null where it was canceled
 */
export async function fitRivals(
  { clock, signal },
  { spec, options, rows, index, kinds, fitting },
  make,
  loadFull,
  loadPackage,
) {
  const [{ scores }, Baseline, folding] = await Promise.all([
    loadFull(),
    loadPackage(),
    foldingOf(spec, options, rows, make),
  ]);
  const trainer = folding.open(index);
  const [train, held] = [trainer.encoded("train"), trainer.encoded("validation")];
  trainer.free();
  // Values are learned about their mean, in standard deviations, as the net's are.
  const { rows: learned, inUnit } = train.classes === undefined ? standardized(train) : asTheyAre(train);
  /** @type {Rival[]} */
  const rivals = [];
  for (const kind of /** @type {BaselineKind[]} */ (kinds)) {
    await clock.turn();
    if (signal.aborted) return null;
    const start = clock.now();
    const model = Baseline.fit(kind, fitting[kind], learned);
    const milliseconds = clock.now() - start;
    const outputs = inUnit(model.predict(held.inputs));
    const found =
      train.classes === undefined
        ? scores(outputs, held.targets, { intervals: false })
        : scores(outputs, held.targets, { classes: train.classes, intervals: false });
    rivals.push({ kind, scores: figuresOf(found), milliseconds, parameters: model.describe().parameterCount });
    model.free();
  }
  return { rivals };
}

/**
 * @param {import("../../session/protocol.js").JobCourse<"judge">} course
 * @param {() => Promise<Pick<Full, "verdict" | "simplest">>} loadFull
 */
export async function judge({ net, rivals, constant, folds, costs }, loadFull) {
  const { verdict, simplest } = await loadFull();
  const reports = rivals.map((scores) => verdict(net, scores, { folds, constant }));
  const all = [net, ...rivals];
  const means = all.map((scores) => scores.reduce((sum, score) => sum + score, 0) / scores.length);
  const errors = all.map((scores, i) => {
    const squares = scores.reduce((sum, score) => sum + (score - means[i]) ** 2, 0);
    return Math.sqrt(squares / (scores.length - 1) / scores.length);
  });
  const place = simplest(Float64Array.from(means), Float64Array.from(errors), costs);
  return { reports, simplest: place ?? null };
}
