// @ts-check
/** A file through everything that comes before the core's reader, which is a double here: what it was given, and what is said. */
import { Intake } from "../../www/features/data/worker/formats/intake.js";

export const utf8 = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** Bytes of each character, by encoding: the decoder's own table turned round. @type {Map<string, Map<string, number[]>>} */
const ENCODERS = new Map();

/** Text in an older encoding. */
export function encoded(/** @type {string} */ label, /** @type {string} */ text) {
  const table = ENCODERS.get(label) ?? encoderOf(label);
  ENCODERS.set(label, table);
  return Uint8Array.from([...text].flatMap((letter) => table.get(letter) ?? missing(label, letter)));
}

function encoderOf(/** @type {string} */ label) {
  const decoder = new TextDecoder(label, { fatal: true });
  /** @type {Map<string, number[]>} */
  const table = new Map();
  const isWide = /^(shift_jis|euc|gb|big5)/.test(label);
  const learn = (/** @type {number[]} */ ...bytes) => {
    try {
      // Node takes Windows-1252 for Latin-1 unless it streams.
      const letter = decoder.decode(Uint8Array.from(bytes), { stream: !isWide });
      if ([...letter].length === 1 && !table.has(letter)) table.set(letter, bytes);
    } catch {
      // no character
    }
  };
  for (let a = 0; a < 256; a++) learn(a);
  for (let a = 0x81; isWide && a < 255; a++) for (let b = 0x30; b < 255; b++) learn(a, b);
  return table;
}

/** @returns {never} */
function missing(/** @type {string} */ label, /** @type {string} */ letter) {
  throw new Error(`${label} has no ${letter}`);
}

export function utf16(/** @type {string} */ text, { isBig = false, mark = false } = {}) {
  const bytes = new Uint8Array(2 * (text.length + Number(mark)));
  const view = new DataView(bytes.buffer);
  [...(mark ? "\ufeff" : ""), ...text.split("")].forEach((letter, i) =>
    view.setUint16(2 * i, letter.charCodeAt(0), !isBig),
  );
  return bytes;
}

/**
 * @param {Uint8Array | string} file
 * @param {{name?: string, read?: object, piece?: number, loadWorkbooks?: () => Promise<any>}} [how]   `piece`: so many bytes come at once
 */
export async function take(
  file,
  { name = "data.csv", read = {}, piece = Infinity, loadWorkbooks = async () => null } = {},
) {
  const bytes = typeof file === "string" ? utf8(file) : file;
  /** @type {Uint8Array[]} */
  const got = [];
  let lines = 0;
  const seen = { options: /** @type {any} */ (null), isFreed: false };
  const createReader = (/** @type {object} */ options) => {
    seen.options = options;
    return {
      push(/** @type {Uint8Array} */ part) {
        got.push(part);
        for (const byte of part) if (byte === 10) lines += 1;
        return lines;
      },
      finish: () => ({}),
      free: () => (seen.isFreed = true),
    };
  };
  const intake = new Intake(
    { name, read },
    {
      createReader,
      loadConverters: () => import("../../www/features/data/worker/formats/converters.js"),
      loadWorkbooks,
    },
  );
  try {
    for (let at = 0; at < bytes.length; at += piece) await intake.take(bytes.slice(at, at + piece));
    const { tell } = await intake.finish();
    const { notes, reading, declared } = tell({ notes: [], reading: [] });
    const entry = (/** @type {string} */ key) => reading.find((/** @type {any} */ one) => one.key === key);
    return {
      problem: null,
      text: new TextDecoder().decode(Buffer.concat(got)),
      notes,
      entry,
      declared,
      rows: intake.rows,
      ...seen,
    };
  } catch (error) {
    if (!(/** @type {any} */ (error).code)) throw error;
    intake.free();
    return {
      problem: String(/** @type {any} */ (error).message),
      text: "",
      notes: [],
      entry: () => null,
      declared: {},
      rows: 0,
      ...seen,
    };
  }
}

/** The lines of the text that reached the reader. */
export const linesOf = (/** @type {{text: string}} */ { text }) => text.split("\n").filter(Boolean);
