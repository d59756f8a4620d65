// @ts-check
/** A microphone: counts down, tells how loud it is, and records a word. Nothing of it is kept, and nothing leaves the page. */
import { t } from "../../base/text.js";

/** Seconds before, and seconds of the recording. */
const COUNTDOWN = 3;
const SECONDS = 2;

/** Amplitude that the meter calls 0, in decibels below full scale. */
const QUIETEST_DB = 50;

/** @typedef {{phase: "idle" | "asking" | "counting" | "recording", left: number, level: number}} Recording   `level`: 0…1 */

export class Recorder {
  #tell;
  /** @type {Recording} */
  #is = { phase: "idle", left: 0, level: 0 };
  /** Ends what is under way. @type {(() => void) | null} */
  #end = null;

  /** @param {(is: Recording) => void} tell */
  constructor(tell) {
    this.#tell = tell;
  }

  #become(/** @type {Partial<Recording>} */ patch) {
    this.#is = { ...this.#is, ...patch };
    this.#tell(this.#is);
  }

  cancel() {
    this.#end?.();
  }

  /** Resolves to what was recorded, or to null where it was canceled. Rejects with a sentence. @returns {Promise<Blob | null>} */
  async record() {
    this.cancel();
    const ends = /** @type {(() => void)[]} */ ([]);
    let isOver = false;
    const ended = new Promise((/** @type {(value: null) => void} */ resolve) => {
      this.#end = () => {
        isOver = true;
        resolve(null);
      };
    });
    const own = this.#end;
    try {
      this.#become({ phase: "asking", left: 0, level: 0 });
      const stream = await openMicrophone();
      ends.push(() => stream.getTracks().forEach((track) => track.stop()));
      if (isOver) return null;
      ends.push(this.#meter(stream));
      for (let left = COUNTDOWN; left > 0 && !isOver; left--) {
        this.#become({ phase: "counting", left });
        await Promise.race([ended, wait(1000)]);
      }
      if (isOver) return null;
      const recorder = new MediaRecorder(stream);
      /** @type {Blob[]} */
      const pieces = [];
      recorder.ondataavailable = ({ data }) => pieces.push(data);
      const stopped = new Promise((resolve) => (recorder.onstop = () => resolve(null)));
      recorder.start();
      this.#become({ phase: "recording", left: SECONDS });
      await Promise.race([ended, wait(1000 * SECONDS)]);
      recorder.stop();
      await stopped;
      return isOver ? null : new Blob(pieces, { type: recorder.mimeType });
    } finally {
      for (const end of ends) end();
      if (this.#end === own) {
        this.#end = null;
        this.#become({ phase: "idle", left: 0, level: 0 });
      }
    }
  }

  /** Tells how loud it is, once a picture of the page; returns what ends it. @param {MediaStream} stream */
  #meter(stream) {
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    let due = 0;
    const look = () => {
      analyser.getFloatTimeDomainData(samples);
      const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 1e-6);
      const level = Math.min(1, Math.max(0, 1 + (20 * Math.log10(peak)) / QUIETEST_DB));
      this.#become({ level });
      due = requestAnimationFrame(look);
    };
    due = requestAnimationFrame(look);
    return () => {
      cancelAnimationFrame(due);
      void context.close();
    };
  }
}

const wait = (/** @type {number} */ ms) =>
  new Promise((/** @type {(value: null) => void} */ resolve) => setTimeout(() => resolve(null), ms));

/** Without what makes calls pleasant: it would change the sound. */
async function openMicrophone() {
  const media = navigator.mediaDevices;
  if (!media?.getUserMedia || typeof MediaRecorder === "undefined") throw new Error(t("audio.noRecording"));
  const audio = { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: true };
  return media.getUserMedia({ audio }).catch((/** @type {Error} */ { name, message }) => {
    throw new Error(
      name === "NotAllowedError" || name === "SecurityError"
        ? t("audio.refused")
        : name === "NotFoundError" || name === "OverconstrainedError"
          ? t("audio.noMicrophone")
          : t("audio.microphoneFailed", { why: String(message ?? name) }),
    );
  });
}
