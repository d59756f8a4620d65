// @ts-check
/**
 * A file of pictures with their classes: "TYIM", the format's version as a byte, height, width and classes as a byte each,
 * the number of pictures (32 bits, little-endian), a byte of class for each picture, and its pixels row by row, 0 (paper)
 * to 255 (ink). Version 2 has besides, behind the number, the length of a JSON text (32 bits) and the text, in UTF-8: the
 * names of the classes. Of the sets that are built in the page knows them.
 *
 * @typedef {{height: number, width: number, classes: number, names: string[] | null, labels: Uint8Array, pixels: Uint8Array}} PictureFile
 */
import { base64Of, bytesFromBase64 } from "./base64.js";

const MAGIC = "TYIM";
const HEADER = 12;

/** The same as text, for what is kept and for files of experiments: gzip, in base 64. */
const TEXT_MAGIC = "TYIM64:";

/** Whether bytes begin as such a file does, in either form. */
export const isPictureFile = (/** @type {Uint8Array} */ bytes) =>
  String.fromCharCode(...bytes.subarray(0, MAGIC.length)) === MAGIC;

/** Null for what is no such file, or not all of it. @param {Uint8Array} bytes @returns {PictureFile | null} */
export function readPictureFile(bytes) {
  if (bytes.length < HEADER || !isPictureFile(bytes)) return null;
  const [version, height, width, classes] = bytes.subarray(4, 8);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = view.getUint32(8, true);
  let at = HEADER;
  /** @type {string[] | null} */
  let names = null;
  if (version === 2) {
    if (bytes.length < HEADER + 4) return null;
    const length = view.getUint32(HEADER, true);
    at += 4 + length;
    if (at > bytes.length) return null;
    names = namesIn(bytes.subarray(HEADER + 4, at));
    if (names?.length !== classes) return null;
  } else if (version !== 1) return null;
  if (bytes.length !== at + count * (1 + height * width)) return null;
  const labels = bytes.subarray(at, at + count);
  if (labels.some((label) => label >= classes)) return null;
  return { height, width, classes, names, labels, pixels: bytes.subarray(at + count) };
}

/** @param {Uint8Array} bytes @returns {string[] | null} */
function namesIn(bytes) {
  try {
    const names = JSON.parse(new TextDecoder().decode(bytes));
    return Array.isArray(names) && names.every((name) => typeof name === "string") ? names : null;
  } catch {
    return null;
  }
}

/** The bytes of such a file, version 2. @param {{height: number, width: number, names: string[], labels: ArrayLike<number>, pixels: Uint8Array}} is */
export function writePictureFile({ height, width, names, labels, pixels }) {
  const text = new TextEncoder().encode(JSON.stringify(names));
  const bytes = new Uint8Array(HEADER + 4 + text.length + labels.length + pixels.length);
  bytes.set([...MAGIC].map((letter) => letter.charCodeAt(0)));
  bytes.set([2, height, width, names.length], 4);
  const view = new DataView(bytes.buffer);
  view.setUint32(8, labels.length, true);
  view.setUint32(HEADER, text.length, true);
  bytes.set(text, HEADER + 4);
  bytes.set(labels, HEADER + 4 + text.length);
  bytes.set(pixels, HEADER + 4 + text.length + labels.length);
  return bytes;
}

const through = async (/** @type {Uint8Array} */ bytes, /** @type {GenericTransformStream} */ stream) =>
  new Uint8Array(
    await new Response(
      /** @type {ReadableStream} */ (
        new Blob([/** @type {BlobPart} */ (bytes)])
          .stream()
          .pipeThrough(/** @type {any} any: its two ends have no types */ (stream))
      ),
    ).arrayBuffer(),
  );

/** @param {Uint8Array} bytes */
export async function asText(bytes) {
  return TEXT_MAGIC + base64Of(await through(bytes, new CompressionStream("gzip")));
}

/** The bytes of a file in any form that there is: packed, as text, or as it is. What can't be unpacked is no file: it has no bytes. @param {Uint8Array} bytes @returns {Promise<Uint8Array>} */
export async function unpacked(bytes) {
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return await through(bytes, new DecompressionStream("gzip"));
    if (String.fromCharCode(...bytes.subarray(0, TEXT_MAGIC.length)) !== TEXT_MAGIC) return bytes;
    const packed = bytesFromBase64(new TextDecoder().decode(bytes.subarray(TEXT_MAGIC.length)).trim());
    return await through(packed, new DecompressionStream("gzip"));
  } catch {
    return new Uint8Array();
  }
}
