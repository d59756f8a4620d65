// @ts-check
/**
 * A set of sounds in the worker: each clip becomes a picture, and a run on them is one on pictures. Clips of voices that no run
 * is given come after those of a run: they are asked about by their numbers, too, and by -1 what was recorded or opened last.
 *
 * @typedef {object} Sound   of the package: a sound of one channel
 * @property {number} rate
 * @property {() => Float32Array} samples
 * @property {() => {pixels: () => Uint8Array, heard: () => Float64Array, free: () => void}} picture
 * @property {(rate: number) => Sound} resampled
 * @property {() => void} free
 *
 * @typedef {{readWav: (name: string, bytes: Uint8Array) => Sound, from: (samples: Float32Array, rate: number) => Sound, unpack: (bytes: Uint8Array) => Sound}} SoundClass
 *
 * @typedef {object} Clip   a sound for the page: to be played, and drawn
 * @property {Float32Array} samples
 * @property {number} rate
 * @property {number[]} heard        seconds at which the word begins and ends; both 0 where there is only silence
 * @property {string | null} voice   who speaks, where that is known
 *
 * @typedef {{name: string, rows: number[], labels: number[], voices: string[]}} Unseen   clips of voices that no run is given:
 *   `new` ones of the same synthesizer, those of an `other` one, a `real` one, and `foreign` ones in other languages
 */
import { unpacked } from "../../../base/pictureFile.js";
import { commandError } from "../../../worker/commandError.js";
import { Pictures } from "../../images/worker/pictures.js";
import { t } from "../../../base/text.js";

/** Of the file: tests/data/sounds.mjs says what stands where. */
const HEADER = 12;
const MAGIC = "TYSN";
const VERSION = 1;

/** Of a picture, as the package makes it. */
const HEIGHT = 32;
const WIDTH = 48;

/** Seconds of a recording: a word is shorter, and a longer sound is a file that was taken for another. */
const MOST_SECONDS = 60;

/** Takes the bytes of a set's file. */
export class SoundIntake {
  rows = 0;
  #name;
  #title;
  #load;
  /** @type {Uint8Array[]} */
  #pieces = [];

  /** @param {string} name @param {string} title @param {() => Promise<SoundClass>} load */
  constructor(name, title, load) {
    this.#name = name;
    this.#title = title;
    this.#load = load;
  }

  take(/** @type {Uint8Array} */ bytes) {
    this.#pieces.push(bytes.slice());
  }

  async finish() {
    // Hosts that know the format unpack it on the way.
    const whole = new Blob(/** @type {BlobPart[]} */ (this.#pieces)).arrayBuffer();
    const loaded = this.#load().catch((/** @type {Error} */ { message }) => {
      throw commandError("table", `${t("audio.package")} ${t("ui.couldNotLoaded")} ${message}`);
    });
    const [Sound, bytes] = await Promise.all([loaded, whole.then((packed) => unpacked(new Uint8Array(packed)))]);
    const table = readSounds(this.#name, bytes, Sound);
    if (!table) throw commandError("table", t("images.fileBroken", { title: this.#title }));
    /** @type {import("../../data/worker/formats/intake.js").Teller} */
    const tell = (description) => ({ ...description, declared: {} });
    return { table, tell };
  }

  free() {
    this.#pieces = [];
  }
}

/** Null for what is no such file, or not all of it. @param {string} name @param {Uint8Array} bytes @param {SoundClass} Sound */
export function readSounds(name, bytes, Sound) {
  if (bytes.length < HEADER || String.fromCharCode(...bytes.subarray(0, 4)) !== MAGIC || bytes[4] !== VERSION)
    return null;
  const start = HEADER + new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  const told = toldBy(bytes.subarray(HEADER, start));
  if (!told) return null;
  const { classes, groups, voices, labels, voiceOf, lengths } = told;
  /** @type {Uint8Array[]} */
  const clips = [];
  let at = start;
  for (const length of lengths) clips.push(bytes.subarray(at, (at += length)));
  if (at !== bytes.length || labels.length !== clips.length || voiceOf.length !== clips.length) return null;
  const pixels = new Uint8Array(clips.length * HEIGHT * WIDTH);
  clips.forEach((clip, i) => {
    const sound = Sound.unpack(clip);
    const picture = sound.picture();
    pixels.set(picture.pixels(), i * HEIGHT * WIDTH);
    picture.free();
    sound.free();
  });
  const [, count] = groups[0];
  const all = Uint8Array.from(labels);
  const is = {
    height: HEIGHT,
    width: WIDTH,
    classes,
    labels: all.subarray(0, count),
    pixels: pixels.subarray(0, count * HEIGHT * WIDTH),
    more: { labels: all.subarray(count), pixels: pixels.subarray(count * HEIGHT * WIDTH) },
    names: Array.from({ length: classes }, (_, k) => String(k)),
    target: t("images.digit"),
    column: t("audio.recording"),
  };
  return new Sounds(name, is, { clips, groups, voices, voiceOf }, Sound);
}

/** @param {Uint8Array} json @returns {{classes: number, groups: [string, number][], voices: string[], labels: number[], voiceOf: number[], lengths: number[]} | null} */
function toldBy(json) {
  try {
    return JSON.parse(new TextDecoder().decode(json));
  } catch {
    return null; // cut off
  }
}

export class Sounds extends Pictures {
  isOfSounds = true;
  #of;
  #labels;
  #Sound;
  /** What was recorded or opened last. @type {Clip | null} */
  #own = null;

  /**
   * @param {string} name
   * @param {ConstructorParameters<typeof Pictures>[1]} is
   * @param {{clips: Uint8Array[], groups: [string, number][], voices: string[], voiceOf: number[]}} of
   * @param {SoundClass} Sound
   */
  constructor(name, is, of, Sound) {
    super(name, is);
    this.#of = of;
    this.#labels = is.more?.labels ?? new Uint8Array();
    this.#Sound = Sound;
  }

  /** Recordings belong together by their voice. */
  describe(/** @type {import("../../images/worker/pictures.js").Spec["data"]} */ data = undefined) {
    const { voiceOf } = this.#of;
    return {
      ...super.describe(data),
      groups: [{ name: t("audio.voiceGroup"), count: new Set(voiceOf.slice(0, this.count)).size }],
    };
  }

  /** @param {import("../../images/worker/pictures.js").Spec} spec @param {import("../../images/worker/edits.js").Create} create */
  async given(spec, create) {
    const found = await super.given(spec, create);
    return { ...found, groups: Uint32Array.from(found.order, (row) => this.#of.voiceOf[row]) };
  }

  /** One of the set, by its number; -1 is what was recorded or opened last. Null where there is none. @returns {Clip | null} */
  sound(/** @type {number} */ row) {
    const { clips, voices, voiceOf } = this.#of;
    if (row < 0) return this.#own;
    if (!clips[row]) return null; // a page that was at another set just now
    const sound = this.#Sound.unpack(clips[row]);
    const clip = clipOf(sound, voices[voiceOf[row]]);
    sound.free();
    return clip;
  }

  /** Takes a sound of one's own: the bytes of a WAV file, or samples. @param {{name: string, wav?: Uint8Array, samples?: Float32Array, rate?: number}} given @returns {Clip} */
  hear({ name, wav, samples = new Float32Array(), rate = 0 }) {
    let sound;
    try {
      sound = wav ? this.#Sound.readWav(name, wav) : this.#Sound.from(samples, rate);
      const { length } = sound.samples();
      if (length > MOST_SECONDS * sound.rate)
        throw t("audio.tooLong", { name, seconds: Math.round(length / sound.rate), most: MOST_SECONDS });
      const picture = sound.picture();
      this.draw(picture.pixels());
      picture.free();
      this.#own = clipOf(sound, null);
      return this.#own;
    } catch (error) {
      if (typeof error === "string") throw commandError("table", error);
      throw error;
    } finally {
      sound?.free();
    }
  }

  /** @returns {Unseen[]} */
  unseen() {
    const { groups, voices, voiceOf } = this.#of;
    let from = this.count;
    return groups.slice(1).map(([name, count]) => {
      const rows = Array.from({ length: count }, (_, i) => from + i);
      from += count;
      return {
        name,
        rows,
        labels: rows.map((row) => this.#labels[row - this.count]),
        voices: rows.map((row) => voices[voiceOf[row]]),
      };
    });
  }
}

/** @param {Sound} sound @param {string | null} voice @returns {Clip} */
function clipOf(sound, voice) {
  const picture = sound.picture();
  const heard = Array.from(picture.heard());
  picture.free();
  return { samples: sound.samples(), rate: sound.rate, heard, voice };
}
