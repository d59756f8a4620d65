// The runs that lessons speak of, trained by the core in Node, and what is measured on them.
import fs from "node:fs";
import { gunzipSync } from "node:zlib";
import { readPictures } from "../../www/features/images/worker/pictures.js";
import { readSounds } from "../../www/features/audio/worker/sounds.js";
// @ts-ignore a checkout may be without this package
import { Sound, initSync as startSounds } from "../../www/pkg-audio/trainyard.js";
import { Trainer, crossValidate, initSync, scores } from "../../www/pkg-full/trainyard.js";
import { isOfSounds, isOfPictures } from "../../www/settings/pictureNames.js";
import { specFrom } from "../../www/settings/spec.js";
import { readHash } from "../../www/settings/url.js";

const www = new URL("../../www/", import.meta.url);
initSync({ module: fs.readFileSync(new URL("pkg-full/trainyard_bg.wasm", www)) });
startSounds({ module: fs.readFileSync(new URL("pkg-audio/trainyard_bg.wasm", www)) });

const create = (spec, rows) => Trainer.create(spec, rows);
const packed = (name, ending) => gunzipSync(fs.readFileSync(new URL(`data/${name}.${ending}`, www)));

/** A run of a link, at its start. */
async function open(hash) {
  const { settings, ignored } = readHash(hash);
  if (ignored.length) throw new Error(`${hash}: ignored ${ignored.join(", ")}`);
  const spec = specFrom({ ...settings, engine: "cpu" });
  const { source } = settings;
  if (isOfSounds(source)) {
    const rows = readSounds(source, new Uint8Array(packed(source, "sounds")), Sound);
    return { spec, trainer: await rows.trainer(spec, create), rows };
  }
  if (isOfPictures(source)) {
    const rows = readPictures(source, packed(source, "images"));
    return { spec, trainer: await rows.trainer(spec, create), rows };
  }
  return { spec, trainer: await Trainer.create(spec), rows: null };
}

/** The figures of a run as it is. */
async function figuresOf(trainer) {
  const { rows } = trainer.describe();
  const of = async (part) => (rows[part] ? await trainer.evaluate(part) : { loss: NaN, accuracy: NaN });
  const [training, validation, test] = await Promise.all(["train", "validation", "test"].map(of));
  const { epoch, step, status } = trainer.progress();
  return {
    epoch,
    step,
    status,
    trainingLoss: training.loss,
    trainingAccuracy: training.accuracy,
    validationLoss: validation.loss,
    validationAccuracy: validation.accuracy,
    testLoss: test.loss,
    testAccuracy: test.accuracy,
  };
}

const runs = new Map();

/** A run with the figures of each epoch; trained once, however often it is asked for. `after`: so many epochs. */
export function runOf(hash, after = Infinity) {
  const key = `${hash} ${after}`;
  if (!runs.has(key)) runs.set(key, train(hash, after));
  return runs.get(key);
}

async function train(hash, after) {
  const run = await open(hash);
  const { stepsPerEpoch } = run.trainer.describe();
  const course = [await figuresOf(run.trainer)];
  while (course.at(-1).epoch < after && !["finished", "diverged"].includes(course.at(-1).status)) {
    run.trainer.advance(stepsPerEpoch, 0);
    course.push(await figuresOf(run.trainer));
  }
  return { ...run, course };
}

/** Mean size of the gradient in the weights of each layer. */
async function gradients(trainer) {
  const gradient = await trainer.gradient("train");
  return trainer.describe().layers.map(({ weight }) => {
    const size = weight.shape.reduce((product, side) => product * side, 1);
    return gradient.subarray(weight.offset, weight.offset + size).reduce((sum, g) => sum + Math.abs(g), 0) / size;
  });
}

/** What a linear model reads from a layer; from the pixels for −1. */
async function probed(trainer, layer) {
  const probe = await trainer.probe(layer);
  while (probe.proceed() < 1);
  return probe.score();
}

async function testOutputs(trainer) {
  const { inputs, targets, part } = trainer.points();
  const width = inputs.length / targets.length;
  const at = [...part.keys()].filter((place) => part[place] === 2);
  const rows = Float64Array.from(at.flatMap((place) => [...inputs.subarray(place * width, (place + 1) * width)]));
  return { rows, targets: Float64Array.from(at, (place) => targets[place]) };
}

/** Everything a claim may be about, by its name. */
const MEASURES = {
  prediction: async ({ trainer }, at) => (await trainer.predict(Float32Array.from(at)))[0],
  parameter: async ({ trainer }, at) => (await trainer.parameters())[at],
  parameters: ({ trainer }) => trainer.describe().parameterCount,
  stepsPerEpoch: ({ trainer }) => trainer.describe().stepsPerEpoch,
  rows({ trainer }, at) {
    const { rows } = trainer.describe();
    return at === "all" ? rows.train + rows.validation + rows.test : rows[at];
  },
  lowestTestLoss: ({ course }) => Math.min(...course.map(({ testLoss }) => testLoss)),
  highestTestAccuracy: ({ course }) => Math.max(...course.map(({ testAccuracy }) => testAccuracy)),
  async largestHiddenGradient({ trainer }) {
    return Math.max(...(await gradients(trainer)).slice(0, -1));
  },
  /** The first layer's mean gradient by the last one's. */
  async gradientRatio({ trainer }) {
    const sizes = await gradients(trainer);
    return sizes[0] / sizes.at(-1);
  },
  async predictedPositives({ trainer }) {
    const { rows } = await testOutputs(trainer);
    const { classes } = await trainer.classify(rows);
    return classes.reduce((sum, one) => sum + one, 0);
  },
  auroc: async ({ trainer }) => (await trainer.scores("test")).auroc,
  /** How many times as large an error is in a unit a hundredth as large. */
  async unitRatio({ trainer }, at) {
    const { rows, targets } = await testOutputs(trainer);
    const outputs = await trainer.predict(rows);
    const large = scores(outputs, targets);
    const small = scores(outputs.map((value) => value * 100), targets.map((value) => value * 100)); // prettier-ignore
    return small[at] / large[at];
  },
  /** Ten folds of the rows that are no test rows. */
  async folds({ spec }, at) {
    const { mean, deviation } = await crossValidate(spec, undefined, { folds: 10, repeats: 1, seed: 7 }, () => true);
    return { mean, deviation }[at].accuracy;
  },
  probe: async ({ trainer }, at) => (await probed(trainer, at)).accuracy,
  async unseen({ trainer, rows }, at) {
    const group = rows.unseen()[at];
    const { classes } = await trainer.classify(Float64Array.from(group.rows));
    return group.labels.filter((label, i) => label === classes[i]).length / group.rows.length;
  },
};

export const figure = async (run, measure, at) =>
  measure in MEASURES ? MEASURES[measure](run, at) : run.course.at(-1)[measure];
