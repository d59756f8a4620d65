// @ts-check
/**
 * Which of the older encodings some bytes are in, by what they would say in each: whole words of one script, letters
 * that one language uses together, capitals where they belong, no symbols inside words. Libraries for this go by
 * the statistics of running text and are wrong on the few short names of a table (chardet reads a column of Russian
 * cities as Hebrew), so this is our own.
 */
import { t } from "../../../../base/text.js";

/** Letters beyond ASCII that a language uses, by the encodings that it is written in. @type {[string[], string[]][]} */
const ALPHABETS = [
  [
    ["windows-1252", "iso-8859-15", "macintosh", "ibm850"],
    [
      "éèàçêâîôûëïùœüæÿ",
      "äöüß",
      "áéíóúñü",
      "ãçõáéíóúâêô",
      "àèéìòù",
      "åäöé",
      "æøåé",
      "áéíóúýðþæö",
      "ëéïöèü",
      "õäöüšž",
      "ªº",
    ],
  ],
  [
    ["windows-1250", "iso-8859-2"],
    ["ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţșț", "čćđšž"],
  ],
  [["windows-1257"], ["ąčęėįšųūž", "āčēģīķļņšūž"]],
  [["windows-1254"], ["çğıöşüâîi̇"]],
  [["windows-1258"], ["ăâđêôơư"]],
];

/** Letters of other scripts: the common ones count most. @type {[string[], RegExp, string][]} */
const SCRIPTS = [
  [
    ["windows-1251", "koi8-r", "koi8-u", "ibm866", "iso-8859-5"],
    /\p{Script=Cyrillic}/u,
    "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґўјљњћџђ",
  ],
  [["windows-1253"], /\p{Script=Greek}/u, "αοιετνςσηρπκμλυόίγάέήώύδωχθφβξζψϊϋ"],
  [["windows-1255"], /\p{Script=Hebrew}/u, "יוהלאמרתבשנעדחקפגםצטכןזסץךףםןףך"],
  [["windows-1256"], /\p{Script=Arabic}/u, "اليمنرتوبدسعهفقحكشجخصطغذزثضظئءآأإةىؤ"],
  [["windows-874"], /\p{Script=Thai}/u, "านรอกเงวมยลสดทตะปบคหแจพชขใไโผซ"],
];

/** Chinese and Japanese characters of names and headings: enough to tell one language's encoding from another's. @type {Record<string, string>} */
const COMMON = {
  gb18030:
    "的一是不在人有年大中国上个到和地出要时就以会可也对生能而子那得于着下自之发过家学小多天后名姓别性男女张王李刘陈杨黄赵吴周龄号类价结果通市北京海广州日月城编产销量数省区",
  big5: "的一是不在人有年大中國上個到和地出要時就以會可也對生能而子那得於著下自之發過家學小多天後名姓別性男女張王李劉陳楊黃趙吳周齡號類價結果通市北京海廣州日月城編產銷量數省區台灣",
  shift_jis:
    "日一国会人年大十二本中長出三時行見月後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水男西木聞食車何南万毎白天田村区分氏住所性別齢県市都府町佐藤鈴高橋渡辺伊中可不良優点数価格種類",
};
COMMON["euc-jp"] = COMMON.shift_jis;

/** Lead bytes of the characters that each double-byte set lists first, which are the common ones. @type {Record<string, [number, number]>} */
const FIRST_LEVEL = {
  gb18030: [0xb0, 0xd7],
  big5: [0xa4, 0xc6],
  "euc-jp": [0xb0, 0xcf],
  shift_jis: [0x88, 0x97],
  "euc-kr": [0xb0, 0xc8],
};

/** What is likely before anything is read: of files that look alike, most are these. @type {Record<string, number>} */
const PRIOR = {
  "windows-1252": 0.12,
  "windows-1251": 0.05,
  "windows-1250": 0.04,
  shift_jis: 0.04,
  gb18030: 0.04,
  "iso-8859-15": -0.02,
  macintosh: -0.1,
  ibm850: -0.1,
  "koi8-u": -0.02,
  "iso-8859-5": -0.05,
  "windows-1258": -0.1,
};

/** What the best must have ahead of what would read otherwise, to be sure. */
const MARGIN = 0.1;
/** How many are asked about. */
const ANSWERS = 3;
/** Below this nothing fits well. */
const FITS = 0.4;

/**
 * @param {Uint8Array} bytes   some that aren't UTF-8
 * @param {(label: string) => string} nameOf   what people call an encoding
 * @param {typeof import("./unicode.js").decoderOf} decoderOf
 * @returns {import("./unicode.js").Encoding}
 */
export function legacyOf(bytes, nameOf, decoderOf) {
  const labels = [...ALPHABETS, ...SCRIPTS].flatMap(([names]) => names).concat(Object.keys(FIRST_LEVEL));
  const scored = labels.flatMap((label) => {
    const text = decoded(decoderOf, label, bytes);
    return text === null ? [] : [{ label, text, score: fit(label, text, bytes) + (PRIOR[label] ?? 0) }];
  });
  scored.sort((a, b) => b.score - a.score);
  const best = scored[0] ?? { label: "windows-1252", text: "", score: 0 };
  const next = scored.find(({ text }) => text !== best.text);
  const isSure = best.score >= FITS && !(next && best.score - next.score < MARGIN);
  if (!isSure && next) return { label: best.label, isSure, ...question(scored, nameOf) };
  const example = exampleOf(best.text);
  const sentence = isSure
    ? t("data.bytesNotUtf8", { label: nameOf(best.label), value: example ? t("data.such", { example }) : "" })
    : t("data.bytesNotUtf82", { value: example ? t("data.right", { example }) : "." });
  return { label: best.label, isSure, sentence };
}

/** What could be meant, by a cell that reads otherwise in each. @param {{label: string, text: string}[]} scored   the best first @param {(label: string) => string} nameOf */
function question(scored, nameOf) {
  const rivals = scored
    .filter(({ text }, i) => scored.findIndex((other) => other.text === text) === i)
    .slice(0, ANSWERS);
  const cells = rivals.map(({ text }) => text.split(/[,;|\t\r\n"]/));
  const differ = (/** @type {number} */ i) => new Set(cells.map((row) => row[i])).size;
  const most = cells[0].reduce((best, _, i) => (differ(i) > differ(best) ? i : best), 0);
  const likely = rivals.map(({ label }, i) => ({
    value: label,
    label: `“${(cells[i][most] ?? "").trim().slice(0, 24)}”: ${nameOf(label)}`,
  }));
  return { sentence: t("data.bytesNotUtf83"), likely };
}

/** Null where the bytes can't be in that encoding; a character cut off at the end is no fault. */
function decoded(
  /** @type {typeof import("./unicode.js").decoderOf} */ decoderOf,
  /** @type {string} */ label,
  /** @type {Uint8Array} */ bytes,
) {
  try {
    return decoderOf(label, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

/** The first word beyond ASCII, not too long. */
const exampleOf = (/** @type {string} */ text) =>
  text.match(/[\p{L}\p{N}]*[^\x00-\x7f][\p{L}\p{N}]*/u)?.[0].slice(0, 24) ?? "";

/** From about −2 to 1: how well a text's characters beyond ASCII become it, a byte of them. */
function fit(/** @type {string} */ label, /** @type {string} */ text, /** @type {Uint8Array} */ bytes) {
  const words = text.match(/[\p{L}\p{M}]+/gu) ?? [];
  if (label in FIRST_LEVEL) return eastAsian(label, text, bytes);
  const script = SCRIPTS.find(([names]) => names.includes(label));
  const rate = script ? (/** @type {string} */ word) => ofScript(word, script[1], script[2]) : latin(label, words);
  const own = words.filter((word) => /[^\x00-\x7f]/.test(word));
  const letters = own.reduce((sum, word) => sum + rate(word), 0);
  const symbols = [...text.matchAll(/[^\x00-\x7f\p{L}\p{M}]/gu)].reduce(
    (sum, { 0: symbol, index }) => sum + ofSymbol(symbol, text[index - 1], text[index + 1]),
    0,
  );
  const all = [...text].filter((letter) => letter > "\x7f").length;
  return all ? (letters + symbols) / all : 0;
}

const COMMON_SYMBOLS = "€£°±²³µ“”‘’–—…„«»×½¼%№·®™§¿¡\u00a0";
/** A symbol stands for itself, or shows that letters were meant. */
function ofSymbol(/** @type {string} */ symbol, before = " ", after = " ") {
  if (/[\p{Cc}\p{Co}\p{Cn}]/u.test(symbol)) return -3;
  const isInside = /\p{L}/u.test(before) && /\p{L}/u.test(after) && !"’‘·–".includes(symbol);
  if (isInside) return -1;
  return COMMON_SYMBOLS.includes(symbol) ? 0.7 : -0.6;
}

/** Words in a script of their own: no mixing with Latin letters, small letters after capitals. */
function ofScript(/** @type {string} */ word, /** @type {RegExp} */ script, /** @type {string} */ common) {
  const isMixed = /[A-Za-z]/.test(word);
  return [...word].reduce((sum, letter, i, letters) => {
    if (letter <= "\x7f") return sum;
    if (!script.test(letter)) return sum - 1;
    const isOddCapital = i > 0 && isUpper(letter) && isLower(letters[i - 1]);
    const at = common.indexOf(letter.toLowerCase());
    const worth = at < 0 ? -0.3 : 1 - (0.7 * at) / common.length;
    return sum + (isMixed ? -1 : isOddCapital ? -1 : worth);
  }, 0);
}

const isUpper = (/** @type {string} */ letter) => letter !== letter.toLowerCase();
const isLower = (/** @type {string} */ letter) => letter !== letter.toUpperCase();

/** Latin words: the letters beyond ASCII should be those of one language, and the minority in their word. */
function latin(/** @type {string} */ label, /** @type {string[]} */ words) {
  const alphabets = (ALPHABETS.find(([names]) => names.includes(label)) ?? ALPHABETS[0])[1];
  const beyond = words
    .join("")
    .toLowerCase()
    .replace(/[\x00-\x7f]/g, "");
  // Icelandic has vowels with accents; ð, þ and ý without them are Turkish ğ, ş and ı.
  const known = (/** @type {string} */ alphabet) =>
    alphabet.includes("þ") && !/[áéíóúæ]/.test(beyond)
      ? 0
      : [...beyond].filter((letter) => alphabet.includes(letter)).length;
  const alphabet = alphabets.reduce((best, one) => (known(one) > known(best) ? one : best));
  return (/** @type {string} */ word) =>
    [...word].reduce((sum, letter, i, letters) => {
      if (letter <= "\x7f") return sum;
      const plain = letters.filter((other) => other <= "\x7f").length;
      const isOddCapital = i > 0 && isUpper(letter) && isLower(letters[i - 1]);
      const isRun = letters.length > 2 && plain < letters.length / 3;
      const worth = alphabet.includes(letter.toLowerCase()) ? 0.9 : -0.4;
      return sum + (isRun || isOddCapital ? -1 : worth);
    }, 0);
}

/** Characters of two bytes: common ones, in the language's own script, whole words of it. */
function eastAsian(/** @type {string} */ label, /** @type {string} */ text, /** @type {Uint8Array} */ bytes) {
  const [from, to] = FIRST_LEVEL[label];
  const isJapanese = label === "shift_jis" || label === "euc-jp";
  const common = /** @type {Record<string, string>} */ (COMMON)[label] ?? "";
  let [sum, all] = [0, 0];
  const leads = leadsOf(label, bytes);
  let at = 0;
  for (const letter of text) {
    if (letter <= "\x7f") continue;
    const lead = leads[at++] ?? 0;
    all += 1;
    if (/[\p{Cc}\p{Co}\p{Cn}]/u.test(letter)) sum -= 3;
    else if (/[\uff61-\uff9f]/.test(letter)) sum += label === "shift_jis" ? -0.3 : -1;
    else if (/[\p{Script=Hiragana}\p{Script=Katakana}ー]/u.test(letter)) sum += isJapanese ? 1 : -0.5;
    else if (/\p{Script=Hangul}/u.test(letter)) sum += label === "euc-kr" ? 0.95 : -1;
    else if (/\p{Script=Han}/u.test(letter))
      sum += label === "euc-kr" ? -0.6 : common.includes(letter) ? 1 : lead >= from && lead <= to ? 0.75 : -0.3;
    else if (/[\u3000-\u303f\uff01-\uff5e]/.test(letter)) sum += 0.6;
    else sum -= 0.5;
  }
  return all ? sum / all : 0;
}

/** The lead byte of each character beyond ASCII. */
function leadsOf(/** @type {string} */ label, /** @type {Uint8Array} */ bytes) {
  const leads = [];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte < 0x80) continue;
    leads.push(byte);
    const isHalfKana = label === "shift_jis" && byte >= 0xa1 && byte <= 0xdf;
    // Four bytes of GB 18030: the second is a digit.
    const isLong = label === "gb18030" && bytes[i + 1] >= 0x30 && bytes[i + 1] <= 0x39;
    if (!isHalfKana) i += isLong ? 3 : label === "euc-jp" && byte === 0x8f ? 2 : 1;
  }
  return leads;
}
