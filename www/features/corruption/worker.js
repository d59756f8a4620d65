// @ts-check
/**
 * Twins: one run on clean rows and one on rows that are spoilt on purpose, alike in all else, trained side by side.
 *
 * @typedef {import("./model.js").Request} Request
 * @typedef {import("../../session/protocol.js").Curve} Curve
 * @typedef {{epoch: number, epochs: number, clean: Curve, dirty: Curve}} CorruptionProgress
 * @typedef {import("../../session/protocol.js").Spec} Spec
 */
import { CURVE_POINTS, NO_LIMIT, SLICE_MS } from "../../worker/timeSlice.js";
import { isRunning, evaluationOf } from "../../worker/evaluate.js";

/** How often the page is told how far they are. */
const REPORT_MS = 100;

/** Epochs of a run that has no end of its own. */
const EPOCHS = 200;

/**
 * @param {Request} course
 * @param {(spec: Spec) => Promise<import("../../worker/engines.js").Trainer>} create   makes a trainer
 * @param {import("../../worker/runner.js").Clock} clock
 * @param {AbortSignal} signal
 * @param {(progress: CorruptionProgress) => void} onProgress
 * @returns {Promise<import("./model.js").Outcome>}
 */
export async function trainCorrupted({ spec, corrupt }, create, clock, signal, onProgress) {
  const { stop } = /** @type {NonNullable<Spec["training"]>} */ (spec.training);
  const epochs = stop?.maxEpochs ?? EPOCHS;
  const whole = {
    ...spec,
    engine: /** @type {const} */ ("cpu"),
    training: { ...spec.training, stop: { ...stop, maxEpochs: epochs } },
  };
  /** @type {import("../../worker/engines.js").Trainer[]} */
  const twins = [];
  try {
    for (const data of [whole.data, { ...whole.data, corrupt }]) twins.push(await create({ ...whole, data }));
    for (const twin of twins) twin.record(CURVE_POINTS);
    let reportedAt = clock.now();
    const report = () => {
      const [clean, dirty] = twins.map((twin) => twin.curve());
      onProgress({ epoch: Math.min(...twins.map((twin) => twin.progress().epoch)), epochs, clean, dirty });
    };
    while (!signal.aborted) {
      // The one that is behind goes on, so that both curves grow together.
      const [next] = twins.filter(isRunning).sort((a, b) => a.progress().step - b.progress().step);
      if (!next) break;
      next.advance(NO_LIMIT, SLICE_MS);
      await clock.turn();
      if (clock.now() - reportedAt < REPORT_MS) continue;
      reportedAt = clock.now();
      report();
    }
    report();
    const [clean, dirty] = await Promise.all(twins.map(evaluationOf));
    return { clean, dirty, isWhole: !signal.aborted };
  } finally {
    for (const twin of twins) twin.free();
  }
}
