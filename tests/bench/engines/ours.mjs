// Ours, as a page would use it, on either engine: what `trainyard` and `trainyard-gpu` share.
import { channelsFirst, convWeights, denseWeights, outputsFirst, transpose } from "../work.mjs";

/**
 * `advance(trainer, count)` trains, and is done when the work is.
 *
 * @param {typeof import("../../../www/pkg/trainyard.js").Trainer} Trainer
 * @param {"cpu" | "gpu"} engine
 */
export async function startWith(Trainer, engine, advance, work, data) {
  const { inputs, targets } = data;
  const values = work.loss === "half-mse";
  const shape = work.kind === "cnn" ? [1, 28, 28] : [work.sizes[0]];
  const trainer = await Trainer.create(specOf(work, engine), {
    inputs,
    targets,
    shape,
    ...(values ? {} : { classes: 10 }),
  });
  mustBe(trainer, engine);
  await trainer.setParameters(work.kind === "cnn" ? convParameters(work) : denseParameters(work));
  return {
    advance: async (_, count) => {
      await advance(trainer, count);
      mustBe(trainer, engine);
    },
    predict: (rows) => trainer.predict(inputs.subarray(0, (rows * inputs.length) / work.rows)),
    dispatchesPerStep: trainer.engine().dispatchesPerStep,
  };
}

/** A GPU that is missing or lost must not have its work measured on the CPU. */
function mustBe(trainer, engine) {
  const facts = trainer.engine();
  if (facts.engine !== engine) throw new Error(facts.reason);
}

function specOf(work, engine) {
  const hidden =
    work.kind === "cnn"
      ? [
          ...work.filters.flatMap((filters) => [
            { type: "conv2d", filters, kernel: work.kernel, stride: 1, padding: "same", activation: "relu" },
            { type: "maxPool2d", size: 2, stride: 2 },
          ]),
          { type: "flatten" },
        ]
      : work.sizes.slice(1, -1).map((units) => ({ type: "dense", units, activation: work.act }));
  return {
    version: 1,
    seed: 7,
    engine,
    data: { source: "rows", scale: "none", split: { train: 1, validation: 0, test: 0 } },
    model: { layers: hidden, ...(work.loss === "half-mse" ? { outputActivation: "tanh" } : {}) },
    training: {
      loss: work.loss,
      optimizer: { type: work.optimizer, learningRate: work.rate },
      batchSize: work.batch,
      shuffle: false, // the peers' fixed order, so that the losses after three steps agree
      stop: { maxEpochs: null },
    },
  };
}

/** The parameters in the order and layout of a PyTorch state_dict. */
function denseParameters(work) {
  return concat(
    denseWeights(work).flatMap(({ inputs, outputs, weight, bias }) => [transpose(weight, inputs, outputs), bias]),
  );
}

function convParameters(work) {
  const { conv1, conv2, dense, flat } = convWeights(work);
  const [first, second] = work.filters;
  const taps = work.kernel ** 2;
  return concat([
    outputsFirst(conv1, taps, 1, first),
    new Float32Array(first),
    outputsFirst(conv2, taps, first, second),
    new Float32Array(second),
    transpose(channelsFirst(dense, second, 10), flat, 10),
    new Float32Array(10),
  ]);
}

function concat(arrays) {
  const flat = new Float32Array(arrays.reduce((length, array) => length + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    flat.set(array, at);
    at += array.length;
  }
  return flat;
}
