// @ts-check
/**
 * One of the works on our engine, as a page would use it.
 *
 * @typedef {import("./works.js").Work} Work
 * @typedef {typeof import("../pkg/trainyard.js").Trainer} AnyTrainer
 * @typedef {"cpu" | "gpu"} Place
 *
 * @typedef {object} Session
 * @property {(first: number, count: number) => unknown} advance   trains; when it is done so is the work
 * @property {(rows: number) => Promise<ArrayLike<number>>} [predict]   of the first rows
 * @property {number} [dispatchesPerStep]
 */
import { convWeights, denseWeights } from "./works.js";

/** @param {AnyTrainer} Trainer @param {Place} engine @param {Work} work @param {import("./works.js").Data} data @returns {Promise<Session>} */
export async function startOurs(Trainer, engine, work, data) {
  const trainer = await Trainer.create(specOf(work, engine), rowsOf(work, data));
  mustBe(trainer, engine);
  await trainer.setParameters(parametersOf(work));
  return sessionOf(trainer, work, data, async (count) => {
    if (engine === "cpu") trainer.advance(count, 0);
    else await advanceOnGpu(/** @type {OnGpu} */ (trainer), count);
    mustBe(trainer, engine);
  });
}

/** @param {Pick<import("../pkg/trainyard.js").Trainer, "predict" | "engine">} trainer @param {Work} work @param {import("./works.js").Data} data @param {(count: number) => unknown} advance @returns {Session} */
export const sessionOf = (trainer, work, { inputs }, advance) => ({
  advance: (_, count) => advance(count),
  predict: (rows) => trainer.predict(inputs.subarray(0, (rows * inputs.length) / work.rows)),
  dispatchesPerStep: trainer.engine().dispatchesPerStep ?? undefined,
});

/** @param {Work} work @param {import("./works.js").Data} data */
export const rowsOf = (work, { inputs, targets }) => ({
  inputs,
  targets,
  shape: work.kind === "cnn" ? [1, 28, 28] : [work.sizes[0]],
  ...(work.loss === "half-mse" ? {} : { classes: 10 }),
});

export const parametersOf = (/** @type {Work} */ work) =>
  work.kind === "cnn" ? convParameters(work) : denseParameters(work);

/** @typedef {import("../pkg-full/trainyard.js").Trainer} OnGpu */

/** A step counts when its loss has come back. @param {OnGpu} trainer @param {number} count */
async function advanceOnGpu(trainer, count) {
  const end = trainer.progress().step + count;
  for (let step = end - count; step < end; step = trainer.progress().step) {
    trainer.advance(end - step, 0);
    await trainer.landed();
  }
}

/** A GPU that is missing or lost must not have its work measured on the CPU. @param {import("../pkg/trainyard.js").Trainer} trainer @param {Place} engine */
function mustBe(trainer, engine) {
  const facts = trainer.engine();
  if (facts.engine !== engine) throw new Error(facts.reason);
}

/** @param {Work} work @param {Place} engine @returns {import("../pkg/trainyard.js").Spec} */
export function specOf(work, engine) {
  const hidden =
    work.kind === "cnn"
      ? [
          ...(work.filters ?? []).flatMap((filters) => [
            { type: "conv2d", filters, kernel: work.kernel, stride: 1, padding: "same", activation: "relu" },
            { type: "maxPool2d", size: 2, stride: 2 },
          ]),
          { type: "flatten" },
        ]
      : work.sizes.slice(1, -1).map((units) => ({ type: "dense", units, activation: work.act }));
  const spec = {
    version: 1,
    seed: 7,
    engine,
    data: { source: "rows", scale: "none", split: { train: 1, validation: 0, test: 0 } },
    model: { layers: hidden, ...(work.loss === "half-mse" ? { outputActivation: "tanh" } : {}) },
    training: {
      loss: work.loss,
      optimizer: { type: work.optimizer, learningRate: work.rate },
      batchSize: work.batch,
      shuffle: false, // the fixed order of other engines, so that the losses after three steps agree
      stop: { maxEpochs: null },
    },
  };
  return /** @type {import("../pkg/trainyard.js").Spec} */ (/** @type {unknown} */ (spec));
}

/** The parameters in the order and layout of a PyTorch state_dict. @param {Work} work */
const denseParameters = (work) =>
  concat(denseWeights(work).flatMap(({ inputs, outputs, weight, bias }) => [transpose(weight, inputs, outputs), bias]));

/** @param {Work} work */
function convParameters(work) {
  const { conv1, conv2, dense, flat } = convWeights(work);
  const [first, second] = work.filters ?? [];
  const taps = (work.kernel ?? 5) ** 2;
  return concat([
    outputsFirst(conv1, taps, 1, first),
    new Float32Array(first),
    outputsFirst(conv2, taps, first, second),
    new Float32Array(second),
    transpose(channelsFirst(dense, second, 10), flat, 10),
    new Float32Array(10),
  ]);
}

/** `[y][x][in][out]` → `[out][in][y][x]`. */
export function outputsFirst(
  /** @type {Float32Array} */ kernel,
  /** @type {number} */ taps,
  /** @type {number} */ inputs,
  /** @type {number} */ outputs,
) {
  const turned = new Float32Array(kernel.length);
  for (let tap = 0; tap < taps; tap++)
    for (let i = 0; i < inputs; i++)
      for (let o = 0; o < outputs; o++)
        turned[(o * inputs + i) * taps + tap] = kernel[(tap * inputs + i) * outputs + o];
  return turned;
}

/** The rows of the dense layer from y, x, channel order to channel, y, x order. */
export function channelsFirst(
  /** @type {Float32Array} */ dense,
  /** @type {number} */ channels,
  /** @type {number} */ outputs,
) {
  const pixels = dense.length / outputs / channels;
  const turned = new Float32Array(dense.length);
  for (let pixel = 0; pixel < pixels; pixel++)
    for (let c = 0; c < channels; c++)
      turned.set(
        dense.subarray((pixel * channels + c) * outputs, (pixel * channels + c + 1) * outputs),
        (c * pixels + pixel) * outputs,
      );
  return turned;
}

/** `[rows][columns]` → `[columns][rows]`. @param {Float32Array} matrix @param {number} rows @param {number} columns */
export function transpose(matrix, rows, columns) {
  const turned = new Float32Array(matrix.length);
  for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) turned[c * rows + r] = matrix[r * columns + c];
  return turned;
}

/** @param {Float32Array[]} arrays */
function concat(arrays) {
  const flat = new Float32Array(arrays.reduce((length, array) => length + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    flat.set(array, at);
    at += array.length;
  }
  return flat;
}
