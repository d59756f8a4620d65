// @ts-check
/**
 * A file on its way from bytes to rows: what it is, which encoding it is in, and through what it has to go before
 * the core's reader takes it, which reads delimited text in UTF-8. Streams as far as the format lets it.
 *
 * @typedef {import("../../../../pkg-full/trainyard.js").ReadChoices} Read   choices made by hand; what is absent or "auto" is guessed
 * @typedef {import("../../../../pkg-full/trainyard.js").Settled} Settled
 * @typedef {Settled & {likely?: Settled["choices"]}} Entry   an aspect of how the file was read; `likely`: of many choices, those that fit about as well
 * @typedef {import("../../../../pkg-full/trainyard.js").TableDescription} CoreDescription
 * @typedef {CoreDescription["notes"][number]} Note
 * @typedef {(description: CoreDescription) => import("../../../../session/tables.js").TableDescription} Teller
 * @typedef {import("../../../../pkg-full/trainyard.js").TableReader} TableReader
 * @typedef {import("../../../../pkg-full/trainyard.js").Table} Table
 *
 * @typedef {object} Stage
 * @property {(bytes: Uint8Array) => void | Promise<void>} take
 * @property {() => void | Promise<void>} finish
 *
 * @typedef {object} Parts
 * @property {(read: Read) => TableReader} createReader
 * @property {() => Promise<typeof import("./converters.js")>} loadConverters
 * @property {() => Promise<import("./workbooks.js").Workbooks>} loadWorkbooks
 */
import { WRITTEN } from "../../../../base/asWritten.js";
import { commandError } from "../../../../worker/commandError.js";
import { Gunzip } from "./gunzip.js";
import { FORMATS, recognizeBytes, recognizeText, refuseNoise } from "./recognize.js";
import { ENCODINGS, UTF_32, brokenPlaces, decoderOf, isAscii, nameOf, unicodeOf } from "./unicode.js";
import { t } from "../../../../base/text.js";

/** What is looked at before anything is decided. */
const HEAD = 2 ** 16;

/** What is JavaScript's own business among the choices: the core's reader takes the rest. */
const OURS = ["format", "sheet"];

/** How text that we have written ourselves is to be read, numbers included. */
const CANONICAL = { ...WRITTEN, decimal: "." };
/** A sheet may have a title, units or row names of its own. */
const OF_A_SHEET = ["header", "skip", "rowNames", "unitsRow"];

/** Numbers of other formats have points, but texts of theirs may hold numbers as people write them. */
const hasCommas = (/** @type {string} */ text) => /"[^"\d]{0,4}[\d.' ]*\d,\d{1,2}[^"\d]{0,4}"/.test(text);

const without = (/** @type {object} */ object, /** @type {string[]} */ keys) =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));

/** A choice by hand, or undefined. @template T @param {T} value @returns {Exclude<T, "auto" | null> | undefined} */
const chosen = (value) =>
  value === "auto" || value === null ? undefined : /** @type {Exclude<T, "auto" | null>} */ (value);

export class Intake {
  #name;
  #before;
  /** @type {Read} */
  #read;
  #parts;
  /** The start of the file, while it isn't known what it is. @type {Uint8Array[]} */
  #head = [];
  #headBytes = 0;
  /** @type {Stage | null} */
  #stage = null;
  /** What takes its place where the file is compressed. @type {Gunzip | null} */
  #packed = null;
  /** @type {TableReader | null} */
  #reader = null;
  /** Keys of the core's entries that say something of this format; null for all. @type {string[] | null} */
  #told = null;
  /** What the file itself says of its columns. @type {Record<string, string>} */
  #kinds = {};
  #rows = 0;
  /** @type {Entry[]} */
  entries = [];
  /** @type {Note[]} */
  notes = [];

  /** @param {{name: string, read: Read, before?: string}} file   `before`: what comes before what is said of its format @param {Parts} parts */
  constructor({ name, read, before = "" }, parts) {
    this.#before = before;
    this.#name = name;
    this.#read = read;
    this.#parts = parts;
  }

  /** @returns {number} */
  get rows() {
    return this.#packed?.rows ?? this.#rows;
  }

  /** Takes the next bytes. Rejects with a sentence where the file can't be read. */
  async take(/** @type {Uint8Array} */ bytes) {
    if (this.#packed) return this.#packed.take(bytes);
    if (this.#stage) return this.#stage.take(bytes);
    this.#head.push(bytes);
    this.#headBytes += bytes.length;
    if (this.#headBytes >= HEAD) await this.#recognize();
  }

  /** The file is complete: the table, and what is to be said of how it was read. @returns {Promise<{table: Table, tell: Teller}>} */
  async finish() {
    if (!this.#stage && !this.#packed) await this.#recognize();
    if (this.#packed) return this.#packed.finish();
    await this.#stage?.finish();
    const reader = /** @type {TableReader} */ (this.#reader);
    this.#reader = null;
    const table = reader.finish();
    const declared = this.#kinds;
    const tell = (/** @type {CoreDescription} */ description) => {
      const own = (description.reading ?? []).filter(
        (/** @type {Entry} */ { key }) => !this.#told || this.#told.includes(key),
      );
      // What we fixed ourselves for text of our own making is no choice of anybody's.
      const reading = own.map((/** @type {Entry} */ entry) => ({
        ...entry,
        isChosen: this.#told ? chosen(this.#read[entry.key]) !== undefined : entry.isChosen,
      }));
      // Lines of that text are none of the file's.
      const notes = this.#told
        ? description.notes.map((/** @type {Note} */ note) => ({ ...note, line: null }))
        : description.notes;
      return { ...description, notes: [...this.notes, ...notes], reading: [...this.entries, ...reading], declared };
    };
    return { table, tell };
  }

  free() {
    this.#packed?.free();
    this.#reader?.free();
    this.#reader = null;
  }

  async #recognize() {
    const head = joined(this.#head);
    this.#head = [];
    const binary = recognizeBytes(head, this.#name);
    if (binary === "gzip") {
      const name = this.#name.replace(/\.gz(ip)?$/i, "");
      this.#packed = new Gunzip(
        this.#name,
        new Intake({ name, read: this.#read, before: t("data.fileWasUnpackedGzip") }, this.#parts),
      );
      return this.#packed.take(head);
    }
    if (binary === "workbook") this.#stage = await this.#workbook();
    else this.#stage = await this.#text(head);
    await this.#stage.take(head);
  }

  /** @returns {Promise<Stage>} */
  async #workbook() {
    const workbooks = await this.#load(this.#parts.loadWorkbooks, t("data.readsWorkbooks"));
    const told = [...OF_A_SHEET, "decimal", "dates"];
    return gathering(workbooks.MOST_BYTES, this.#name, (bytes) => {
      const wanted = chosen(this.#read.sheet) ?? null;
      const { sheets, sheet, csv, errors } = workbooks.read(this.#name, bytes, wanted);
      this.#begin(hasCommas(csv) ? told : OF_A_SHEET, told);
      this.#push(csv);
      this.entries.push(
        this.#formatEntry("workbook", t("data.firstBytesThoseWorkbook"), [
          { value: "workbook", label: t("data.workbook") },
        ]),
      );
      if (errors)
        this.notes.push({
          line: null,
          sentence: t("data.spreadsheetSuchDiv0", {
            value: errors === 1 ? t("data.oneCellHoldsError") : t("data.cellsHoldErrors", { errors }),
            value2: errors === 1 ? t("data.is") : t("data.are"),
          }),
        });
      const isChosen = wanted === sheet;
      const sentence = isChosen
        ? t("data.sheetWasChosenHand")
        : sheets.length === 1
          ? t("data.workbookHasOneSheet")
          : t("data.workbookHasSheetsFirst", { sheets: sheets.length });
      if (wanted !== null && !isChosen)
        this.notes.push({
          line: null,
          sentence: t("data.workbookHasNoSheet", { wanted, sheet }),
        });
      this.entries.push({
        key: "sheet",
        value: sheet,
        isChosen,
        isSure: true,
        choices: sheets.map((/** @type {string} */ value) => ({ value, label: value })),
        sentence,
      });
    });
  }

  /** @returns {Promise<Stage>} */
  async #text(/** @type {Uint8Array} */ head) {
    const byHand = chosen(this.#read.encoding);
    const found = byHand
      ? { label: byHand, isSure: true, sentence: t("data.encodingWasChosenHand") }
      : await this.#encodingOf(head);
    if (!ENCODINGS.some(({ value }) => value === found.label))
      throw commandError(
        "table",
        t("data.dataReadEncodingNo", { label: found.label, ENCODINGS: ENCODINGS.map(({ value }) => value).join(", ") }),
      );
    const text = decoderOf(found.label).decode(head, { stream: true });
    const format = chosen(this.#read.format);
    const recognized = format ? { format, why: t("data.formatWasChosenHand") } : recognizeText(text, this.#name);
    this.#tellEncoding(found);
    this.entries.push(this.#formatEntry(recognized.format, recognized.why, FORMATS));
    if (recognized.format === "delimited") return this.#delimited(found.label, !byHand && isAscii(head));
    if (!FORMATS.some(({ value }) => value === recognized.format))
      throw commandError(
        "table",
        t("data.dataReadFormatFile", {
          format: recognized.format,
          FORMATS: FORMATS.map(({ value }) => value).join(", "),
        }),
      );
    const told = ["dates", "decimal"];
    this.#begin(recognized.format === "json" && hasCommas(text) ? told : [], told);
    const { createConverter } = await this.#load(this.#parts.loadConverters, t("data.readsOtherFormats"));
    const converter = createConverter(recognized.format, {
      name: this.#name,
      emit: (/** @type {string} */ piece) => this.#push(piece),
      note: (/** @type {Note} */ note) => this.notes.push(note),
    });
    const decoder = decoderOf(found.label);
    return {
      take: (bytes) => converter.take(decoder.decode(bytes, { stream: true })),
      finish: () => {
        converter.take(decoder.decode());
        const { kinds = {}, sentence = "" } = converter.finish() ?? {};
        this.#kinds = kinds;
        const entry = this.entries.find(({ key }) => key === "format");
        if (entry && sentence) entry.sentence = `${entry.sentence} ${sentence}`;
      },
    };
  }

  /** @returns {Promise<import("./unicode.js").Encoding>} */
  async #encodingOf(/** @type {Uint8Array} */ bytes) {
    const found = unicodeOf(bytes);
    if (found === "utf-32") throw commandError("table", `${this.#name} ${UTF_32}`);
    if (found && found.label !== "utf-8") return found;
    refuseNoise(bytes, this.#name);
    if (found) return found;
    const { legacyOf } = await this.#load(this.#parts.loadConverters, t("data.tellsEncodingsApart"));
    return legacyOf(bytes, nameOf, decoderOf);
  }

  /**
   * Straight to the reader, by way of UTF-8. Where all was plain ASCII so far, the encoding is settled by the first
   * bytes that aren't, however late they come.
   *
   * @param {string} label
   * @param {boolean} isOpen
   * @returns {Stage}
   */
  #delimited(label, isOpen) {
    this.#begin([], null);
    let decoder = label === "utf-8" ? null : decoderOf(label);
    const replaced = { count: 0 };
    const push = (/** @type {Uint8Array} */ bytes) => {
      if (!decoder) return this.#pushBytes(bytes);
      const text = decoder.decode(bytes, { stream: true });
      replaced.count += text.split("\ufffd").length - 1;
      this.#push(text);
    };
    return {
      take: async (bytes) => {
        if (isOpen && !isAscii(bytes)) {
          isOpen = false;
          const found = brokenPlaces(bytes).broken === 0 ? unicodeOf(bytes) : await this.#encodingOf(bytes);
          if (found && found !== "utf-32") {
            this.#tellEncoding(found);
            label = found.label;
            if (label !== "utf-8") decoder = decoderOf(label);
          }
        }
        push(bytes);
      },
      finish: () => {
        if (!decoder) return;
        this.#push(decoder.decode());
        if (replaced.count)
          this.notes.push({
            line: null,
            sentence: t("data.noCharacterIfWords", {
              value: replaced.count === 1 ? t("data.onePlace") : t("data.places", { count: replaced.count }),
              label: nameOf(label),
              value2: replaced.count === 1 ? t("data.reads") : t("data.read"),
            }),
          });
      },
    };
  }

  #tellEncoding(/** @type {import("./unicode.js").Encoding} */ { label, isSure, sentence, likely }) {
    /** @type {Entry} */
    const entry = {
      key: "encoding",
      value: label,
      isChosen: chosen(this.#read.encoding) !== undefined,
      isSure,
      choices: ENCODINGS,
      sentence,
      ...(likely ? { likely } : {}),
    };
    const at = this.entries.findIndex(({ key }) => key === "encoding");
    if (at < 0) this.entries.unshift(entry);
    else this.entries[at] = entry;
  }

  /** @returns {Entry} */
  #formatEntry(/** @type {string} */ value, /** @type {string} */ sentence, /** @type {Entry["choices"]} */ choices) {
    return {
      key: "format",
      value,
      isChosen: chosen(this.#read.format) !== undefined,
      isSure: true,
      choices,
      sentence: this.#before + sentence,
    };
  }

  /** Makes the core's reader: with the choices made by hand among `open`, and what our own text needs for the rest. */
  #begin(/** @type {string[]} */ open, /** @type {string[] | null} */ told) {
    const byHand = Object.fromEntries(
      Object.entries(without(this.#read, OURS)).filter(([, value]) => chosen(value) !== undefined),
    );
    const fixed = told
      ? {
          ...without(CANONICAL, open),
          ...Object.fromEntries(Object.entries(byHand).filter(([key]) => told.includes(key) || key === "encoding")),
        }
      : byHand;
    this.#told = told;
    this.#reader = this.#parts.createReader(fixed);
  }

  #push(/** @type {string} */ text) {
    if (text) this.#pushBytes(new TextEncoder().encode(text));
  }

  #pushBytes(/** @type {Uint8Array} */ bytes) {
    this.#rows = /** @type {TableReader} */ (this.#reader).push(bytes);
  }

  /** @template T @param {() => Promise<T>} load @param {string} what @returns {Promise<T>} */
  #load(load, what) {
    return load().catch((error) => {
      throw commandError("offline", t("data.partTrainyardCouldNot", { what, message: error?.message ?? error }));
    });
  }
}

/**
 * A stage that needs the file whole.
 *
 * @param {number} most   bytes
 * @param {string} name
 * @param {(bytes: Uint8Array) => void} convert
 * @returns {Stage}
 */
function gathering(most, name, convert) {
  /** @type {Uint8Array[]} */
  const pieces = [];
  let bytes = 0;
  return {
    take(piece) {
      bytes += piece.length;
      if (bytes > most)
        throw commandError("table", t("data.largerThanMbWorkbook", { name, most: Math.round(most / 2 ** 20) }));
      pieces.push(piece);
    },
    finish: () => convert(joined(pieces)),
  };
}

/** @param {Uint8Array[]} pieces */
function joined(pieces) {
  if (pieces.length === 1) return pieces[0];
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
