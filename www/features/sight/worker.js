// @ts-check
/**
 * What a network of images sees, in the worker: pixels that an answer depends on, linear probes of its layers, and what its
 * filters look for. All of it is of the run as it stands, and ends early when that is wanted.
 *
 * @typedef {import("../../pkg-full/trainyard.js").Trainer} FullTrainer
 * @typedef {import("../../pkg-full/trainyard.js").FavoritePlaces} FavoritePlaces
 * @typedef {import("../../worker/jobs.js").JobParts} Parts
 *
 * @typedef {object} Gazed
 * @property {Float64Array} values    one a pixel: the gradient of the logit, or the probability that is left
 * @property {number} whole           the class's output for the picture as it is
 * @property {number} class
 *
 * @typedef {import("../../pkg-full/trainyard.js").Probed & {layer: number}} Probed   `layer`: −1 for the pixels
 * @typedef {{row: number, value: number, field: number[]}} Patch   `field`: top, left, height, width
 * @typedef {{pixels: Float64Array, value: number, field: number[]}} Dream
 * @typedef {{patches: Patch[], mean: number, isDense: boolean, dream: Dream | null, step: number, epoch: number}} Found
 */
import { hasProbabilities } from "../../base/probabilities.js";
import { commandError } from "../../worker/commandError.js";
import { SLICE_MS } from "../../worker/timeSlice.js";
import { t } from "../../base/text.js";

/** The part of the split that has a padlock. */
const TEST = 2;

/** Places that are kept of each filter. */
const PATCHES = 9;

/** Rows or steps taken at once, before the clock is asked. */
const ROWS = 64;
const STEPS = 2;

/** How often the page is told how far it is, in milliseconds. */
const REPORT_MS = 120;

/** Goes on in slices, so that the run has its turns, until it is over or canceled. Says whether it is over. @param {Pick<Parts, "clock" | "signal">} parts @param {() => number | Promise<number>} advance @param {(share: number) => void} tell */
async function inSlices({ clock, signal }, advance, tell) {
  let told = clock.now();
  for (;;) {
    const began = clock.now();
    let share = 0;
    while (share < 1 && clock.now() - began < SLICE_MS) share = await advance();
    if (share >= 1) return true;
    await clock.turn();
    if (signal.aborted) return false;
    if (clock.now() - told < REPORT_MS) continue;
    told = clock.now();
    tell(share);
  }
}

/** The run, if it is one on pictures. @param {Parts} parts */
function runOf({ run }) {
  const found = run();
  if (!found?.description.image) throw commandError("run", t("sight.noRun"));
  return { run: found, trainer: /** @type {FullTrainer} */ (found.trainer) };
}

/** The pixels of a picture of the set or, by −1, of what was drawn last. @param {Parts} parts @param {number} row */
async function pixelsOf({ engines, isLocked }, row, /** @type {FullTrainer} */ trainer) {
  if (row >= 0 && isLocked() && trainer.points().part[row] === TEST) throw commandError("locked", t("sight.locked"));
  const tables = await engines.tables();
  const command = { type: /** @type {const} */ ("table"), id: 0, ask: "pictures", data: { rows: [row] } };
  const { pixels } = /** @type {{pixels: Uint8Array}} */ (tables.obey(command));
  return Float64Array.from(pixels, (ink) => ink / 255);
}

/**
 * On which pixels the answer depends. A class of −1 is the one that is predicted.
 *
 * @param {Parts} parts
 * @param {import("../../session/protocol.js").JobCourse<"gaze">} course
 * @returns {Promise<Gazed | null>}   null where it was canceled
 */
export async function gaze(parts, { row, class: wanted, way, size, ink }) {
  const { run, trainer } = runOf(parts);
  const pixels = await pixelsOf(parts, row, trainer);
  // Asked by its number, as everything else asks: so what is said is what the bars say.
  const { outputs, classes } = await trainer.classify(Float64Array.of(row));
  const one = wanted < 0 ? classes[0] : wanted;
  const { height } = /** @type {{height: number}} */ (run.description.image);
  // Two classes share one number, about the second.
  const ofFirst = hasProbabilities(run.description) ? 1 - outputs[0] : -outputs[0];
  const whole = outputs.length === 1 ? (one ? outputs[0] : ofFirst) : (outputs[one] ?? NaN);
  if (way === "saliency") return { values: await trainer.saliency(pixels, one), whole, class: one };
  const values = new Float64Array(pixels.length);
  let at = 0;
  const isOver = await inSlices(
    parts,
    async () => {
      const some = await trainer.occlusion(pixels, one, { size, ink, from: at, to: at + 1 });
      values.set(some, at * some.length);
      at += 1;
      return at / height;
    },
    () => {},
  );
  return isOver ? { values, whole, class: one } : null;
}

/**
 * How well a linear model reads each layer, the pixels first.
 *
 * @param {Parts} parts
 * @param {import("../../session/protocol.js").JobCourse<"probes">} course
 * @param {(progress: {share: number, probed: Probed[]}) => void} onProgress
 * @returns {Promise<{probed: Probed[], isWhole: boolean, step: number, epoch: number}>}
 */
export async function probeLayers(parts, { rows, scored, seed }, onProgress) {
  const { run, trainer } = runOf(parts);
  const { layers } = run.description;
  const { step, epoch } = trainer.progress();
  /** @type {Probed[]} */
  const probed = [];
  let isWhole = true;
  for (let layer = -1; layer < layers.length; layer++) {
    const probe = await trainer.probe(layer, { rows, scored, seed });
    try {
      const tell = (/** @type {number} */ share) =>
        onProgress({ share: (layer + 1 + share) / (layers.length + 1), probed: [...probed] });
      isWhole = await inSlices(parts, () => probe.proceed(), tell);
      if (!isWhole) break;
      probed.push({ layer, ...probe.score() });
      tell(1);
    } finally {
      probe.free();
    }
  }
  return { probed, isWhole, step, epoch };
}

/** The last layer that was looked through: filters of one are asked for one after the other. @type {{trainer: FullTrainer, layer: number, parameters: Float32Array, found: FavoritePlaces} | null} */
let known = null;

/**
 * What a filter looks for in the training rows, then what it would like to see.
 *
 * @param {Parts} parts
 * @param {import("../../session/protocol.js").JobCourse<"filter">} course
 * @param {(progress: {share: number} & Found) => void} onProgress
 * @returns {Promise<Found | null>}   null where it was canceled before there was anything
 */
export async function lookThrough(parts, { layer, unit, seed }, onProgress) {
  const { trainer } = runOf(parts);
  const { step, epoch } = trainer.progress();
  const parameters = await trainer.parameters();
  const isKnown =
    known?.trainer === trainer &&
    known.layer === layer &&
    known.parameters.every((value, i) => Object.is(value, parameters[i]));
  if (!isKnown) {
    const favorites = await trainer.favorites(layer, PATCHES);
    try {
      const empty = { patches: [], mean: NaN, isDense: false, dream: null, step, epoch };
      const tell = (/** @type {number} */ share) => onProgress({ ...empty, share: share / 2 });
      if (!(await inSlices(parts, () => favorites.proceed(ROWS), tell))) return null;
      known = { trainer, layer, parameters, found: favorites.found() };
    } finally {
      favorites.free();
    }
  }
  const { found } = /** @type {NonNullable<typeof known>} */ (known);
  /** @type {Found} */
  const of = { ...patchesOf(found, unit), dream: null, step, epoch };
  const dream = await trainer.dream(layer, unit, seed);
  try {
    const tell = (/** @type {number} */ share) => onProgress({ ...of, dream: dream.image(), share: 0.5 + share / 2 });
    tell(0);
    await inSlices(parts, () => dream.proceed(STEPS), tell);
    return { ...of, dream: dream.image() };
  } finally {
    dream.free();
  }
}

/** Those of one channel. @param {FavoritePlaces} found @param {number} unit */
export function patchesOf({ shape, counts, rows, values, fields, means }, unit) {
  const from = counts.subarray(0, unit).reduce((sum, count) => sum + count, 0);
  const patches = Array.from({ length: counts[unit] ?? 0 }, (_, i) => {
    const at = from + i;
    return { row: rows[at], value: values[at], field: Array.from(fields.subarray(4 * at, 4 * at + 4)) };
  });
  return { patches, mean: means[unit], isDense: shape[1] * shape[2] === 1 };
}
