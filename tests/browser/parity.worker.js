// A module worker that trains one model on both engines of the full package, and answers with all that differs.
import init, { Trainer } from "../../www/pkg-full/trainyard.js";
import { COURSE, PARITY, compare } from "./close.js";

/** A small seeded generator (mulberry32) of numbers in −1…1. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

/** Random rows: of classes, or of values to regress. */
function rowsOf({ shape, rows, classes, targets = 2 }) {
  const random = generator(rows * 31 + shape.length);
  const inputs = Float32Array.from({ length: rows * shape.reduce((product, side) => product * side, 1) }, random);
  const isClasses = classes !== undefined;
  const ofClasses = () => Math.floor(((random() + 1) / 2) * classes);
  return {
    inputs,
    targets: Float32Array.from({ length: isClasses ? rows : rows * targets }, isClasses ? ofClasses : random),
    shape,
    classes,
  };
}

/** Parameters, the optimizer's state and running statistics, from a checkpoint. */
async function numbersOf(trainer, { type, momentum }, parameters) {
  const bytes = await trainer.checkpoint();
  const head = 13; // "TRAINYARD" and the length of the header
  const start = head + new DataView(bytes.buffer, bytes.byteOffset).getUint32(head - 4, true);
  const numbers = new Float32Array(bytes.slice(start, bytes.length - 8).buffer);
  // Behind them stands what was put aside: parameters and statistics again, which each engine puts aside in its own time.
  const slots = { sgd: momentum ? 1 : 0, adagrad: 1, rmsprop: 1, adam: 2, adamw: 2 }[type];
  const state = slots * 4 * Math.ceil(parameters / 4);
  const statistics = (numbers.length - state) / 2 - parameters;
  if (!(Number.isInteger(statistics) && statistics >= 0))
    throw new Error(`a checkpoint of ${numbers.length} numbers, ${parameters} of them parameters`);
  return numbers.subarray(0, parameters + state + statistics);
}

async function train(trainer, end) {
  while (trainer.progress().step < end) {
    const { step, status } = trainer.progress();
    if (status === "diverged" || status === "finished") throw new Error(`${status} after ${step} steps`);
    trainer.advance(end - step, 0);
    await trainer.idle();
  }
}

const metrics = async (trainer) =>
  [await trainer.evaluate("train"), await trainer.evaluate("test")].flatMap(Object.values);

/** Sentences, one for each thing that isn't close: none when all agrees. */
async function differences({ layers, training, frozen = [], isWhole, ...data }) {
  const rows = rowsOf(data);
  const open = (engine) =>
    Trainer.create(
      {
        seed: 5,
        engine,
        data: { source: "rows", scale: "none", split: { train: 0.8, validation: 0, test: 0.2 } },
        model: { layers, outputActivation: data.outputActivation },
        training: { batchSize: data.batch, stop: { maxEpochs: null }, ...training },
      },
      rows,
    );
  const [gpu, cpu] = [await open("gpu"), await open("cpu")];
  const found = [];
  const check = (name, got, want, tolerance = PARITY) => {
    const sentence = compare(name, got, want, tolerance);
    if (sentence) found.push(sentence);
  };
  const on = () => [gpu, cpu].map((trainer) => trainer.engine().engine).join(" and ");
  const both = async (read) => [await read(gpu), await read(cpu)];
  if (on() !== "gpu and cpu") return { missing: gpu.engine().reason };

  // Biases that start at nothing, and gains at one, would hide what is done to them.
  const random = generator(9);
  const parameters = (await cpu.parameters()).map((value) =>
    value === 0 || value === 1 ? value + 0.4 * random() : value,
  );
  for (const trainer of [gpu, cpu]) {
    await trainer.setParameters(parameters);
    trainer.freeze(Uint32Array.from(frozen));
  }
  check("predictions", ...(await both((trainer) => trainer.predict(rows.inputs))));
  check("gradient", ...(await both((trainer) => trainer.gradient("train"))));
  check("metrics", ...(await both(metrics)));
  for (const trainer of [gpu, cpu]) await train(trainer, 1);
  check("loss of the first step", ...(await both((trainer) => [trainer.progress().trainingLoss])));
  check(
    "parameters, state and statistics",
    ...(await both((trainer) => numbersOf(trainer, training.optimizer, parameters.length))),
  );
  check("norm of the gradient", ...(await both((trainer) => [trainer.gradientNorm()])));
  const moved = (await both((trainer) => trainer.parameters())).map((after) =>
    after.some((value, i) => value !== parameters[i]),
  );
  if (!moved.every(Boolean)) found.push(`the step changed nothing: ${moved}`);
  if (isWhole) {
    for (const trainer of [gpu, cpu]) await train(trainer, 100);
    check("loss after 100 steps", ...(await both(async (trainer) => [(await trainer.evaluate("train")).loss])), COURSE);
  }
  if (on() !== "gpu and cpu") found.push(`in the end: ${gpu.engine().reason}`);
  gpu.free();
  cpu.free();
  return { found };
}

/** The names a Spec may have in a place, from the sentence that refuses another. */
async function namesAt(spec) {
  const sentence = await Trainer.create(spec).then(
    () => "",
    (error) => error.message,
  );
  return sentence.split(" is not one of ")[1]?.split(", ") ?? [];
}

async function vocabulary() {
  const dense = { type: "dense", units: 1, activation: "?" };
  return {
    layers: await namesAt({ model: { layers: [{ type: "?" }] } }),
    activations: await namesAt({ model: { layers: [dense] } }),
    losses: await namesAt({ training: { loss: "?" } }),
    optimizers: await namesAt({ training: { optimizer: { type: "?" } } }),
  };
}

/** @type {Promise<unknown> | undefined} */
let begun;

self.onmessage = async ({ data: { core, work } }) => {
  try {
    await (begun ??= init({ module_or_path: core }));
    self.postMessage(work ? await differences(work) : await vocabulary());
  } catch (error) {
    self.postMessage({ error: String(error.stack ?? error) });
  }
};
