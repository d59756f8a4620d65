// @ts-check
/** Files that aren't text, by their first bytes: what each one is, and what to do about it. */
import { t } from "../../../../base/text.js";

const SAVE = t("data.saveCsvExcelWorkbook");
const PICTURE = t("data.typeNumbersIntoTable");
const UNPACK = t("data.unpackThenOpenTable");

/** What begins with these bytes: `?` stands for any byte. @type {[string, string, string][]} */
const SIGNATURES = [
  ["%PDF", t("data.pdfDocument"), t("data.copyCellsTablePaste")],
  ["\x89PNG", t("data.picturePng"), PICTURE],
  ["\xff\xd8\xff", t("data.pictureJpeg"), PICTURE],
  ["GIF8", t("data.pictureGif"), PICTURE],
  ["RIFF????WEBP", t("data.pictureWebp"), PICTURE],
  ["II*\0", t("data.pictureTiff"), PICTURE],
  ["MM\0*", t("data.pictureTiff"), PICTURE],
  ["BM????\0\0\0\0", t("data.pictureBmp"), PICTURE],
  ["RIFF????WAVE", t("data.soundWav"), t("data.trainyardReadsTablesOne")],
  ["ID3", t("data.soundMp3"), t("data.trainyardReadsTablesOne")],
  ["????ftyp", t("data.videoPictureMp4Heic"), PICTURE],
  ["PAR1", t("data.parquetFile"), t("data.convertCsvFirstExample")],
  ["ARROW1", t("data.arrowFeatherFile"), t("data.convertCsvFirstExample2")],
  ["FEA1", t("data.featherFile"), t("data.convertCsvFirstExample2")],
  ["ORC", t("data.orcFile"), t("data.convertCsvFirstExample3")],
  ["Obj\x01", t("data.avroFile"), SAVE],
  ["SQLite format 3\0", t("data.sqliteDatabase"), t("data.exportOneTablesCsv")],
  ["\x93NUMPY", t("data.numpyArrayNpy"), t("data.saveCsvFirstNumpy")],
  ["\x89HDF\r\n", t("data.hdf5File"), t("data.convertCsvFirstExample4")],
  ["$FL2", t("data.spssFileSav"), t("data.saveCsvSpssPandas")],
  ["$FL3", t("data.spssFileZsav"), t("data.saveCsvSpssPandas")],
  ["<stata_dta>", t("data.stataFileDta"), t("data.saveCsvStataExport")],
  ["HEADER RECORD*******LIBRARY", t("data.sasTransportFileXpt"), t("data.saveCsvSasPandas")],
  ["\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60", t("data.sasDataSet"), t("data.saveCsvSasPandas")],
  ["MATLAB ", t("data.matlabFileMat"), t("data.saveCsvMatlabWritematrix")],
  ["RDX", t("data.rWorkspaceRdata"), t("data.saveDataFrameCsv")],
  ["RDA", t("data.rWorkspaceRdata"), t("data.saveDataFrameCsv")],
  ["X\n\0\0\0", t("data.rObjectRds"), t("data.saveDataFrameCsv")],
  ["A\n2\n", t("data.rObjectRds"), t("data.saveDataFrameCsv")],
  ["A\n3\n", t("data.rObjectRds"), t("data.saveDataFrameCsv")],
  ["\x80\x02", t("data.pythonPickle"), t("data.saveTableCsvPython")],
  ["\x80\x03", t("data.pythonPickle"), t("data.saveTableCsvPython")],
  ["\x80\x04\x95", t("data.pythonPickle"), t("data.saveTableCsvPython")],
  ["\x80\x05\x95", t("data.pythonPickle"), t("data.saveTableCsvPython")],
  ["{\\rtf", t("data.fileRichTextRtf"), t("data.copyCellsTablePaste2")],
  ["BZh", t("data.compressedBzip2"), UNPACK],
  ["\xfd7zXZ\0", t("data.compressedXz"), UNPACK],
  ["\x28\xb5\x2f\xfd", t("data.compressedZstandard"), UNPACK],
  ["7z\xbc\xaf\x27\x1c", t("data.n7ZipArchive"), UNPACK],
  ["Rar!\x1a\x07", t("data.rarArchive"), UNPACK],
  ["\0asm", t("data.webassemblyModule"), t("data.trainyardReadsTablesOne")],
  ["\x7fELF", t("data.program"), t("data.trainyardReadsTablesOne")],
  ["version http" + "s://git-lfs.github.com/spec", t("data.pointerGitLfsNot"), t("data.downloadFileItselfGit")],
];

/** What is inside a ZIP, by the names in it. @type {[RegExp, string, string][]} */
const INSIDE = [
  [/^word\//, t("data.wordDocument"), t("data.copyCellsTablePaste2")],
  [/^ppt\//, t("data.powerpointPresentation"), t("data.copyCellsTablePaste2")],
  [/\.npy$/, t("data.numpyArchiveNpz"), t("data.saveOneArrayCsv")],
  [/^Index\/.*\.iwa$/, t("data.numbersPagesDocument"), t("data.exportCsvExcelFile")],
];
const WORKBOOK = /^xl\//;

/** The first bytes as Latin-1 letters, one a byte. */
export const letters = (/** @type {Uint8Array} */ bytes, from = 0, to = bytes.length) =>
  String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 4096)));

const begins = (/** @type {Uint8Array} */ head, /** @type {string} */ pattern) =>
  head.length >= pattern.length &&
  [...pattern].every((letter, i) => letter === "?" || head[i] === letter.charCodeAt(0));

/** Why a file isn't a table, as a sentence without its name; null for what may be one. */
export function signatureOf(/** @type {Uint8Array} */ head) {
  // A pattern's `?` is any byte: none of them begins with one that a table may begin with.
  const found = SIGNATURES.find(([pattern]) => begins(head, pattern) && !isWord(head, pattern));
  return found ? t("data.is2", { found: found[1], found2: found[2] }) : null;
}

/** A header may begin with letters that are a signature too ("ORC,height"): what follows then is a delimiter or a letter. */
function isWord(/** @type {Uint8Array} */ head, /** @type {string} */ pattern) {
  if (!/^[A-Z]+\d?$/.test(pattern)) return false;
  return head.subarray(0, 512).every((byte) => byte >= 0x20 || (byte >= 9 && byte <= 13));
}

export const isGzip = (/** @type {Uint8Array} */ head) => begins(head, "\x1f\x8b");

/**
 * What a ZIP or an old Office file is.
 *
 * @param {Uint8Array} head
 * @param {string} name
 * @returns {"workbook" | string | null}   "workbook", a sentence, or null where it is neither
 */
export function archiveOf(head, name) {
  const isSheet = /\.(xls[xmb]?|xlt[xm]?|ods|ots|fods)$/i.test(name);
  if (begins(head, "\xd0\xcf\x11\xe0")) {
    if (/\.(docx?|dot)$/i.test(name)) return t("data.oldWordFileCopy");
    if (/\.(ppt|msg|msi)$/i.test(name)) return t("data.oldOfficeFileNo");
    return "workbook";
  }
  if (begins(head, "PK\x05\x06")) return t("data.emptyZipArchivePack");
  if (!begins(head, "PK\x03\x04")) return null;
  const names = namesIn(head);
  if (isSheet || names.some((inside) => WORKBOOK.test(inside))) return "workbook";
  if (/^mimetypeapplication\/vnd\.oasis\.opendocument\.spreadsheet/.test(letters(head, 30, 110))) return "workbook";
  const known = INSIDE.find(([pattern]) => names.some((inside) => pattern.test(inside)));
  if (known) return t("data.is3", { known: known[1], known2: known[2] });
  const some = names.filter((inside) => !inside.endsWith("/")).slice(0, 3);
  return t("data.zipArchive", {
    value: some.length ? t("data.with", { some: some.join(", "), value: names.length > some.length ? " …" : "" }) : "",
    UNPACK,
  });
}

/** Names of the files in a ZIP, as far as its first bytes tell. */
function namesIn(/** @type {Uint8Array} */ head) {
  const names = [];
  for (let at = 0; at + 30 < head.length; at += 1) {
    if (head[at] !== 0x50 || !begins(head.subarray(at, at + 4), "PK\x03\x04")) continue;
    const length = head[at + 26] + 256 * head[at + 27];
    names.push(new TextDecoder().decode(head.subarray(at + 30, at + 30 + length)));
  }
  return names;
}
