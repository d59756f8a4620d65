// @ts-check
/** What a frame carries: the run as it stands, in arrays that travel without a copy. */
import { withoutTest } from "../base/withoutTest.js";

/**
 * Numbers that are not finite are left out: the page then keeps the last picture that meant
 * something, instead of painting a gray one.
 *
 * @param {{trainer: import("./engines.js").Trainer, step: number, epoch: number, watched: Float64Array | null, encoded?: Float32Array, units: {inputs: Float64Array}, isLocked: boolean}} run
 * @param {boolean} withUnits
 */
export async function takeFrame({ trainer, step, epoch, watched, encoded, units: { inputs }, isLocked }, withUnits) {
  // All is asked for before anything is waited for: it belongs to one moment, the trainer may be another's or gone
  // afterwards, and a GPU answers everything in one wait.
  const facts = {
    step,
    epoch,
    learningRate: trainer.learningRate(),
    gradientNorm: trainer.gradientNorm(),
    curve: isLocked ? withoutTest(trainer.curve()) : trainer.curve(),
  };
  const [training, test, validation, parameters, asked, plane, units] = await Promise.all([
    trainer.evaluate("train"),
    isLocked ? null : trainer.evaluate("test"),
    trainer.evaluate("validation"),
    trainer.parameters(),
    watched ? trainer.classify(watched) : null,
    encoded && /** @type {import("./engines.js").FullTrainer} */ (trainer).classifyEncoded(encoded),
    withUnits ? trainer.activations(inputs) : null,
  ]);
  const answers =
    plane && asked
      ? { outputs: joined(plane.outputs, asked.outputs), classes: joined(plane.classes, asked.classes) }
      : asked;
  return {
    ...facts,
    training: /** @type {import("../session/protocol.js").Metrics} */ (training),
    test: test ?? null, // there may be no such rows
    validation: validation ?? null,
    ...(isFinite(parameters) ? { parameters } : {}),
    ...(answers && isFinite(answers.outputs) ? answers : {}),
    ...(units && isFinite(units) ? { units } : {}),
  };
}

/** @template {Float64Array | Uint32Array} T @param {T} first @param {T} second @returns {T} */
function joined(first, second) {
  const all = new /** @type {new (length: number) => T} */ (first.constructor)(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

/** One number that is not finite makes the sum not finite. */
function isFinite(/** @type {Float32Array | Float64Array} */ values) {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * 0;
  return sum === 0;
}

/** The buffers of all typed arrays in a message, so many levels deep. */
export function transfersOf(/** @type {unknown} */ message, levels = 2) {
  /** @type {Set<ArrayBuffer>} */
  const buffers = new Set();
  const collect = (/** @type {unknown} */ value, /** @type {number} */ depth) => {
    if (ArrayBuffer.isView(value)) buffers.add(/** @type {ArrayBuffer} */ (value.buffer));
    else if (depth > 0 && value && typeof value === "object")
      Object.values(value).forEach((inner) => collect(inner, depth - 1));
  };
  collect(message, levels);
  return [...buffers];
}
