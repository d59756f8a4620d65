// @ts-check
/**
 * Encodings that bytes show by themselves: those of Unicode.
 *
 * @typedef {object} Encoding
 * @property {string} label       as `TextDecoder` knows it
 * @property {boolean} isSure
 * @property {string} sentence    the evidence
 * @property {{value: string, label: string}[]} [likely]  those that fit about as well
 * @property {number} [broken]    places that fit no letter, where the rest says UTF-8
 */
import { t } from "../../../../base/text.js";

/** Bytes of one parity that must be zero, as a share, for UTF-16 without a mark; the other parity has at most a quarter as many. */
const ZEROS = 0.1;

/** What is said of encodings that browsers can't decode. */
export const UTF_32 = t("data.writtenUtf32Which");

/**
 * @param {Uint8Array} head
 * @returns {Encoding | "utf-32" | null}   null where the bytes are neither plain nor Unicode
 */
export function unicodeOf(head) {
  const [a, b, c, d] = head;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff))
    return "utf-32";
  if (a === 0xff && b === 0xfe) return marked("utf-16le");
  if (a === 0xfe && b === 0xff) return marked("utf-16be");
  if (a === 0xef && b === 0xbb && c === 0xbf) return { ...marked("utf-8"), broken: brokenPlaces(head).broken };
  const zeros = [0, 0, 0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 4] += 1;
  const quarter = head.length / 4;
  // Letters below U+10000 leave two bytes of four empty, and ASCII a third.
  if (
    quarter >= 2 &&
    [
      [0, 1],
      [2, 3],
    ].some((places) => places.every((place) => zeros[place] >= 0.95 * Math.floor(quarter)))
  )
    return "utf-32";
  const [even, odd] = [zeros[0] + zeros[2], zeros[1] + zeros[3]];
  const pairs = head.length / 2;
  if (
    Math.max(even, odd) >= Math.max(4, ZEROS * pairs) &&
    Math.min(even, odd) <= Math.max(even, odd) / 4 &&
    hasPairedSigns(head)
  ) {
    const label = odd > even ? "utf-16le" : "utf-16be";
    const share = Math.round((100 * Math.max(even, odd)) / pairs);
    return {
      label,
      isSure: true,
      sentence: t("data.bytesEachPairZero", { share, value: odd > even ? t("data.second") : t("data.first") }),
    };
  }
  if (isAscii(head))
    return {
      label: "utf-8",
      isSure: true,
      sentence: t("data.allCharactersPlainAscii"),
    };
  const { broken, whole } = brokenPlaces(head);
  if (!broken)
    return {
      label: "utf-8",
      isSure: true,
      sentence: t("data.beyondAsciiValidUtf", {
        whole: t("count.characters", { count: whole }),
        value: whole === 1 ? t("data.is") : t("data.are"),
      }),
    };
  // Other encodings hardly ever form a character of UTF-8 by chance.
  if (whole >= 4 * broken) {
    return {
      label: "utf-8",
      isSure: true,
      broken,
      sentence: t("data.charactersBeyondAsciiValid", {
        whole,
        whole2: whole + broken,
        broken: t("count.places", { count: broken }),
        value: broken === 1 ? t("data.is") : t("data.are"),
      }),
    };
  }
  return null;
}

/** Whether digits, blanks and line ends have a zero beside them, as in UTF-16: a plain text with some zeros in it has not. */
function hasPairedSigns(/** @type {Uint8Array} */ head) {
  let [paired, all] = [0, 0];
  for (let i = 0; i < head.length; i++) {
    if (!(
      head[i] === 9 ||
      head[i] === 10 ||
      head[i] === 13 ||
      head[i] === 0x20 ||
      head[i] === 0x2c ||
      (head[i] >= 0x30 && head[i] <= 0x3b)
    ))
      continue;
    all += 1;
    if (head[i ^ 1] === 0) paired += 1;
  }
  return paired >= 0.6 * all && paired > 0;
}

const marked = (/** @type {string} */ label) => ({
  label,
  isSure: true,
  sentence: t("data.fileBeginsMarkEncoding"),
});

export const isAscii = (/** @type {Uint8Array} */ bytes) => {
  for (let i = 0; i < bytes.length; i++) if (bytes[i] >= 0x80) return false;
  return true;
};

/** How many characters beyond ASCII are whole in UTF-8, and how many bytes begin none; a cut at the end is no fault. */
export function brokenPlaces(/** @type {Uint8Array} */ bytes) {
  let [whole, broken] = [0, 0];
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i];
    if (lead < 0x80) {
      i += 1;
      continue;
    }
    const length =
      lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    let have = 1;
    while (have < length && i + have < bytes.length && (bytes[i + have] & 0xc0) === 0x80) have += 1;
    if (length && have === length) {
      whole += 1;
      i += length;
    } else if (length && i + have === bytes.length) {
      break;
    } else {
      broken += 1;
      i += 1;
    }
  }
  return { whole, broken };
}

/** Encodings to choose from: what `TextDecoder` reads in every browser, and the letters of DOS. */
export const ENCODINGS = [
  ["utf-8", "UTF-8"],
  ["utf-16le", t("data.utf16Le")],
  ["utf-16be", t("data.utf16")],
  ["windows-1252", "Windows-1252 (Western European)"],
  ["iso-8859-15", "ISO-8859-15 (Western European)"],
  ["macintosh", t("data.macRomanWesternEuropean")],
  ["ibm850", t("data.ibm850WesternDos")],
  ["windows-1250", "Windows-1250 (Central European)"],
  ["iso-8859-2", "ISO-8859-2 (Central European)"],
  ["windows-1257", "Windows-1257 (Baltic)"],
  ["windows-1254", "Windows-1254 (Turkish)"],
  ["windows-1251", "Windows-1251 (Cyrillic)"],
  ["koi8-r", t("data.koi8RCyrillic")],
  ["koi8-u", t("data.koi8UCyrillic")],
  ["ibm866", t("data.ibm866CyrillicDos")],
  ["iso-8859-5", "ISO-8859-5 (Cyrillic)"],
  ["windows-1253", "Windows-1253 (Greek)"],
  ["windows-1255", "Windows-1255 (Hebrew)"],
  ["windows-1256", "Windows-1256 (Arabic)"],
  ["windows-874", "Windows-874 (Thai)"],
  ["windows-1258", "Windows-1258 (Vietnamese)"],
  ["shift_jis", t("data.shiftJisJapanese")],
  ["euc-jp", t("data.eucJpJapanese")],
  ["gb18030", t("data.gbkGb18030Chinese")],
  ["big5", t("data.big5ChineseTraditional")],
  ["euc-kr", t("data.eucKrKorean")],
].map(([value, label]) => ({ value, label }));

export const nameOf = (/** @type {string} */ label) => ENCODINGS.find(({ value }) => value === label)?.label ?? label;

/** What bytes from 128 on are in code page 850, which `TextDecoder` lacks. */
const DOS =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0";

/** What turns bytes of an encoding into text. @returns {{decode: (bytes?: Uint8Array, options?: {stream?: boolean}) => string}} */
export function decoderOf(/** @type {string} */ label, { fatal = false } = {}) {
  if (label !== "ibm850") return new TextDecoder(label, { fatal });
  const letter = (/** @type {number} */ byte) => (byte < 128 ? String.fromCharCode(byte) : DOS[byte - 128]);
  return { decode: (bytes = new Uint8Array()) => Array.from(bytes, letter).join("") };
}
