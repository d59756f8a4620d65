// @ts-check
/**
 * The sets of sounds that are built in. A network is shown a picture of each (log-mel), so all else is as with sets of
 * pictures (imageSets.js). NAME.sounds has the clips; tests/data/sounds.mjs wrote it, and says how.
 *
 * @typedef {object} SoundSet
 * @property {string} name        as `data.source` has it
 * @property {string} title
 * @property {"classification"} task
 * @property {{}} kinds
 * @property {[]} clean
 * @property {import("../settings/spec.js").Settings & {layers: string}} recommended   as of ImageSet
 * @property {string} look        what to look for
 * @property {string} origin
 * @property {string} reference
 * @property {string} license     what is known of it
 * @property {string} target      what there is to tell
 * @property {string[]} classes   what each is called
 * @property {number} rows        that a run may have
 * @property {number} voices      that speak them
 * @property {number} unseen      clips of other voices
 * @property {number} height      bands of a picture
 * @property {number} width       frames
 * @property {number} bytes       of the file
 * @property {string} sha256      of the file
 * @property {{value: number, without: number}} score   accuracy, as of ImageSet
 */
import { t } from "../base/text.js";
import { CONVOLUTIONAL } from "./pictureModels.js";

/** @type {SoundSet[]} */
export const SOUND_SETS = [
  {
    name: "speech",
    title: t("audio.voices"),
    task: "classification",
    kinds: {},
    clean: [],
    recommended: { ...CONVOLUTIONAL, batchSize: 16, epochs: 20 },
    look: t("audio.voicesLook"),
    origin: t("audio.voicesOrigin"),
    reference: t("audio.voicesReference"),
    license: t("audio.voicesLicense"),
    target: t("images.digit"),
    classes: [..."0123456789"],
    rows: 900,
    voices: 30,
    unseen: 200,
    height: 32,
    width: 48,
    bytes: 1_434_786,
    sha256: "b8d14eaa6656e57a1373e7d853b74b82ff7670ffbf96e9c3a3de05c9962dde62",
    score: { value: 0.97, without: 0.1 },
  },
];
