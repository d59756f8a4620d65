// @ts-check
/**
 * Files of one logical table in the many ways in which people write tables: each has its truth beside it, and what
 * somebody would choose by hand who knows how it was written.
 */
import { encoded, utf16, utf8 } from "./intake.js";

/**
 * @typedef {Record<string, string>} Dress   how a file is written, a word for each aspect
 *
 * @typedef {object} Truth
 * @property {string} name
 * @property {"number" | "date" | "category" | "text"} kind   texts are not counted among groups, but are read all the same
 * @property {(string | number | null)[]} values   dates in days
 *
 * @typedef {{bytes: Uint8Array, truth: Truth[], byHand: Record<string, any>}} Written
 */

/** What each aspect may be. @type {Record<string, string[]>} */
export const ASPECTS = {
  encoding: [
    "utf-8",
    "utf-8 with mark",
    "utf-16le with mark",
    "utf-16le",
    "utf-16be",
    "windows-1252",
    "shift_jis",
    "windows-1251",
    "gb18030",
  ],
  delimiter: [",", ";", "\t", "|", " ", "fixed"],
  header: ["plain", "none", "title", "comments", "row names", "units", "sep"],
  numbers: ["1234.5", "1,234.5", "1 234.5", "1'234.5", "1234,5", "1.234,5", "1 234,5"],
  quoting: ["needed", "all", "texts", "single"],
  gaps: ["empty", "NA", "?", "-", "NULL", "nan"],
  dates: [
    "2023-05-24",
    "24.05.2023",
    "24/05/2023",
    "05/24/2023",
    "24-May-23",
    "May 24, 2023",
    "20230524",
    "2023-05-24 14:30",
    "4/5/2023 day",
    "5/4/2023 month",
  ],
  ends: ["\n", "\r\n", "\r"],
  piece: ["1", "7", "333", "65536"],
};

/** Names of columns and of groups, by what an encoding has. @type {Record<string, {columns: string[], groups: string[]}>} */
const WORDS = {
  latin: {
    columns: ["größe", "Preis", "gewicht", "tag", "ort", "aktiv"],
    groups: ["Köln, Süd", "Zürich", 'Małe "Łąki"', "Sankt Pölten"],
  },
  german: {
    columns: ["größe", "Preis", "gewicht", "tag", "ort", "aktiv"],
    groups: ["Köln, Süd", "Zürich", 'Das "Tor"', "Sankt Pölten"],
  },
  japanese: {
    columns: ["身長", "価格", "重さ", "日付", "市", "有効"],
    groups: ["東京, 中央", "大阪", '名古屋 "駅"', "札幌"],
  },
  russian: {
    columns: ["рост", "Цена", "вес", "день", "город", "да"],
    groups: ["Москва, центр", "Казань", 'Село "Заря"', "Нижний Новгород"],
  },
  chinese: {
    columns: ["身高", "价格", "重量", "日期", "城市", "有效"],
    groups: ["北京, 东城", "上海", '广州 "站"', "成都"],
  },
};
const SCRIPT = /** @type {Record<string, string>} */ ({
  "windows-1252": "german",
  shift_jis: "japanese",
  "windows-1251": "russian",
  gb18030: "chinese",
});

const ROWS = 36;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Numbers from 0 up to, not including, `below`; the same for the same seed. */
export function drawer(/** @type {number} */ seed) {
  let state = seed >>> 0;
  return (/** @type {number} */ below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** @returns {Truth[]} */
function truthOf(/** @type {Dress} */ dress, /** @type {(below: number) => number} */ draw) {
  const { columns, groups } = WORDS[SCRIPT[dress.encoding] ?? "latin"];
  const every = (/** @type {(row: number) => any} */ make) => Array.from({ length: ROWS }, (_, row) => make(row));
  const gap = (/** @type {any} */ value) => (draw(9) === 0 ? null : value);
  const isAmbiguous = /day|month/.test(dress.dates);
  const hasTime = dress.dates.includes(":");
  const day = () => {
    const days = Date.UTC(2023, draw(12), 1 + draw(isAmbiguous ? 12 : 28)) / 86_400_000;
    return days + (hasTime ? draw(24 * 60) / 1440 : 0);
  };
  return [
    { name: columns[0], kind: "number", values: every(() => gap((draw(4000) - 2000) / 100)) },
    { name: columns[1], kind: "number", values: every(() => gap((100_000 + draw(300_000_000)) / 100)) },
    { name: columns[2], kind: "number", values: every(() => (1000 + draw(90_000)) / 1000) },
    { name: columns[3], kind: "date", values: every(() => gap(day())) },
    { name: columns[4], kind: "category", values: every(() => gap(groups[draw(4)])) },
    { name: columns[5], kind: "category", values: every(() => ["yes", "no"][draw(2)]) },
  ];
}

function numberText(/** @type {number} */ value, /** @type {number} */ decimals, /** @type {string} */ how) {
  const [, group, , decimal] = how.match(/^1(\D?)(234)(\D)5$/) ?? [];
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group ?? "");
  return `${value < 0 ? "-" : ""}${grouped}${fraction ? decimal + fraction : ""}`;
}

function dateText(/** @type {number} */ days, /** @type {string} */ how) {
  const iso = new Date(Math.round(days * 1440) * 60_000).toISOString();
  const [year, month, day] = iso.slice(0, 10).split("-");
  const name = MONTHS[Number(month) - 1];
  switch (how) {
    case "24.05.2023":
      return `${day}.${month}.${year}`;
    case "24/05/2023":
    case "4/5/2023 day":
      return `${day}/${month}/${year}`;
    case "05/24/2023":
    case "5/4/2023 month":
      return `${month}/${day}/${year}`;
    case "24-May-23":
      return `${day}-${name}-${year.slice(2)}`;
    case "May 24, 2023":
      return `${name} ${day}, ${year}`;
    case "20230524":
      return `${year}${month}${day}`;
    case "2023-05-24 14:30":
      return `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
    default:
      return `${year}-${month}-${day}`;
  }
}

/** A dress that can be: what excludes each other is put right. @returns {Dress} */
function fitting(/** @type {Dress} */ dress) {
  const fit = { ...dress };
  if (fit.delimiter === "fixed") fit.quoting = "none";
  // Where blanks stand between cells, nothing else may stand for an empty one.
  if (fit.delimiter === " " && fit.gaps === "empty") fit.gaps = "NA";
  if (fit.delimiter === "fixed" && ["row names", "comments"].includes(fit.header)) fit.header = "plain";
  if ([" ", "fixed"].includes(fit.delimiter) && ["sep", "title"].includes(fit.header)) fit.header = "plain";
  return fit;
}

/** The file of a number. @returns {Written & {dress: Dress}} */
export function fileOf(/** @type {number} */ number) {
  const draw = drawer(number * 7919 + 17);
  for (let i = 0; i < 8; i++) draw(2);
  const dress = fitting(
    Object.fromEntries(Object.entries(ASPECTS).map(([aspect, all]) => [aspect, all[draw(all.length)]])),
  );
  return { dress, ...write(dress, draw) };
}

/** @returns {Written} */
export function write(/** @type {Dress} */ dress, /** @type {(below: number) => number} */ draw) {
  const truth = truthOf(dress, draw);
  const isBare = dress.quoting === "none";
  // Where nothing encloses cells, names have neither quotes nor commas.
  if (isBare)
    for (const own of truth)
      if (own.kind === "category")
        own.values = own.values.map((value) => (value === null ? null : String(value).replaceAll(/["\u0020,]+/g, "")));
  const gap = dress.gaps === "empty" ? "" : dress.gaps;
  const textOf = (/** @type {Truth} */ { kind, values }, /** @type {number} */ row, /** @type {number} */ column) => {
    const value = values[row];
    if (value === null) return gap;
    if (kind === "number")
      return numberText(Number(value), column === 2 ? 3 : 2, isBare ? dress.numbers.replace(/[ ]/, "") : dress.numbers);
    return kind === "date" ? dateText(Number(value), dress.dates) : String(value);
  };
  const quote = dress.quoting === "single" ? "'" : '"';
  const cell = (/** @type {string} */ text, /** @type {boolean} */ isText) => {
    const needs = text.includes(dress.delimiter) || text.includes(quote) || (dress.delimiter === " " && text === "");
    const wants = { all: true, single: true, texts: isText && text !== gap }[dress.quoting] ?? false;
    return !isBare && (needs || wants) ? quote + text.replaceAll(quote, quote + quote) + quote : text;
  };
  const isText = truth.map(({ kind }) => kind !== "number");
  const rows = Array.from({ length: ROWS }, (_, row) =>
    truth.map((own, column) => cell(textOf(own, row, column), isText[column])),
  );
  const names = truth.map(({ name }) => cell(name, true));
  if (dress.header === "none") truth.forEach((own, i) => (own.name = `column ${i + 1}`));
  else rows.unshift(names);
  if (dress.header === "units")
    rows.splice(
      1,
      0,
      ["cm", "EUR", "kg", "", "", ""].map((unit) => cell(unit, true)),
    );
  if (dress.header === "row names") {
    rows.forEach((row, i) => i > 0 && row.unshift(cell(String(i), true)));
    truth.unshift({ name: "rownames", kind: "number", values: Array.from({ length: ROWS }, (_, i) => i + 1) });
  }
  const lines = dress.delimiter === "fixed" ? inPlaces(rows) : rows.map((row) => row.join(dress.delimiter));
  if (dress.header === "title") lines.unshift("Export of May 2023", "");
  if (dress.header === "comments") lines.unshift("# station 14, height 30 m", "# sensor; B");
  if (dress.header === "sep") lines.unshift(`sep=${dress.delimiter}`);
  const text = lines.map((line) => line + dress.ends).join("");
  const isComma = dress.numbers.endsWith(",5");
  const byHand = {
    encoding: dress.encoding.split(" ")[0],
    delimiter: dress.delimiter,
    header: dress.header !== "none",
    comment: dress.header === "comments" ? "#" : "none",
    quote: isBare ? "none" : quote,
    rowNames: dress.header === "row names",
    unitsRow: dress.header === "units",
    decimal: isComma ? "," : ".",
    dates: /^24|^4/.test(dress.dates) ? "day-first" : "month-first",
  };
  return { bytes: bytesOf(text, dress.encoding), truth, byHand };
}

/** Columns of fixed width: texts to the left, and two blanks between columns. */
function inPlaces(/** @type {string[][]} */ rows) {
  const wide = (/** @type {number} */ column) => Math.max(...rows.map((row) => row[column].length));
  return rows.map((row) =>
    row.map((text, column) => (column === row.length - 1 ? text : text.padEnd(wide(column) + 2))).join(""),
  );
}

function bytesOf(/** @type {string} */ text, /** @type {string} */ encoding) {
  const [label, mark] = encoding.split(" with ");
  if (label === "utf-8") return utf8((mark ? "\ufeff" : "") + text);
  if (label.startsWith("utf-16")) return utf16(text, { isBig: label.endsWith("be"), mark: Boolean(mark) });
  return encoded(label, text);
}
