// @ts-check
/** A file of sound, as the worker takes it: WAV as it is, any other decoded by the browser, at a rate that is not the device's. */
import { t } from "../../base/text.js";

/** Samples a second of what the browser decodes. */
const RATE = 16_000;

/** Bytes of a file: a word takes a thousandth of that. */
const MOST_BYTES = 64 * 2 ** 20;

export const ACCEPTED = "audio/*,.wav,.mp3,.ogg,.oga,.opus,.m4a,.aac,.flac,.webm";

export const isSound = (/** @type {File} */ { name, type }) =>
  type.startsWith("audio/") || /\.(wav|mp3|og[ag]|opus|m4a|aac|flac)$/i.test(name);

/** @param {Blob} blob @param {string} name @returns {Promise<{name: string, wav?: Uint8Array, samples?: Float32Array, rate?: number}>} */
export async function decode(blob, name) {
  if (blob.size > MOST_BYTES) throw new Error(t("audio.tooLarge", { name }));
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const starts = (/** @type {number} */ at, /** @type {string} */ text) =>
    String.fromCharCode(...bytes.subarray(at, at + 4)) === text;
  if (starts(0, "RIFF") || /\.wav$/i.test(name)) return { name, wav: bytes };
  const context = new OfflineAudioContext(1, 1, RATE);
  const buffer = await context.decodeAudioData(/** @type {ArrayBuffer} */ (bytes.buffer)).catch(() => {
    throw new Error(t("audio.notDecoded", { name }));
  });
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, i) => buffer.getChannelData(i));
  const samples = Float32Array.from(
    channels[0],
    (_, i) => channels.reduce((sum, channel) => sum + channel[i], 0) / channels.length,
  );
  return { name, samples, rate: RATE };
}
