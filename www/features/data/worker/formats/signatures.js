// @ts-check
/** Files that aren't text, by their first bytes: what each one is, and what to do about it. */

const SAVE = "Save it as CSV, or as an Excel workbook, and open that.";
const PICTURE = "Type its numbers into a table, or open the data that it was drawn from.";
const UNPACK = "Unpack it, then open the table inside.";

/** What begins with these bytes: `?` stands for any byte. @type {[string, string, string][]} */
const SIGNATURES = [
  ["%PDF", "a PDF document", "Copy the cells of its table and paste them here, or ask for the data as CSV."],
  ["\x89PNG", "a picture (PNG)", PICTURE],
  ["\xff\xd8\xff", "a picture (JPEG)", PICTURE],
  ["GIF8", "a picture (GIF)", PICTURE],
  ["RIFF????WEBP", "a picture (WebP)", PICTURE],
  ["II*\0", "a picture (TIFF)", PICTURE],
  ["MM\0*", "a picture (TIFF)", PICTURE],
  ["BM????\0\0\0\0", "a picture (BMP)", PICTURE],
  ["RIFF????WAVE", "a sound (WAV)", "Trainyard reads tables: one row per example, one column per feature."],
  ["ID3", "a sound (MP3)", "Trainyard reads tables: one row per example, one column per feature."],
  ["????ftyp", "a video or a picture (MP4, HEIC)", PICTURE],
  ["PAR1", "a Parquet file", "Convert it to CSV first, for example with pandas: read_parquet(…).to_csv(…)."],
  ["ARROW1", "an Arrow (Feather) file", "Convert it to CSV first, for example with pandas: read_feather(…).to_csv(…)."],
  ["FEA1", "a Feather file", "Convert it to CSV first, for example with pandas: read_feather(…).to_csv(…)."],
  ["ORC", "an ORC file", "Convert it to CSV first, for example with pandas: read_orc(…).to_csv(…)."],
  ["Obj\x01", "an Avro file", SAVE],
  [
    "SQLite format 3\0",
    "an SQLite database",
    'Export one of its tables as CSV (sqlite3 -header -csv FILE "SELECT * FROM …").',
  ],
  ["\x93NUMPY", "a NumPy array (.npy)", 'Save it as CSV first: numpy.savetxt("data.csv", array, delimiter=",").'],
  ["\x89HDF\r\n", "an HDF5 file", "Convert it to CSV first, for example with pandas: read_hdf(…).to_csv(…)."],
  ["$FL2", "an SPSS file (.sav)", "Save it as CSV in SPSS, or with pandas: read_spss(…).to_csv(…)."],
  ["$FL3", "an SPSS file (.zsav)", "Save it as CSV in SPSS, or with pandas: read_spss(…).to_csv(…)."],
  [
    "<stata_dta>",
    "a Stata file (.dta)",
    "Save it as CSV in Stata (export delimited), or with pandas: read_stata(…).to_csv(…).",
  ],
  [
    "HEADER RECORD*******LIBRARY",
    "a SAS transport file (.xpt)",
    "Save it as CSV in SAS, or with pandas: read_sas(…).to_csv(…).",
  ],
  [
    "\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60",
    "a SAS data set",
    "Save it as CSV in SAS, or with pandas: read_sas(…).to_csv(…).",
  ],
  ["MATLAB ", "a MATLAB file (.mat)", "Save it as CSV in MATLAB: writematrix or writetable."],
  [
    "RDX",
    "an R workspace (.RData)",
    'Save the data frame as CSV in R: write.csv(data, "data.csv", row.names = FALSE).',
  ],
  [
    "RDA",
    "an R workspace (.RData)",
    'Save the data frame as CSV in R: write.csv(data, "data.csv", row.names = FALSE).',
  ],
  [
    "X\n\0\0\0",
    "an R object (.rds)",
    'Save the data frame as CSV in R: write.csv(data, "data.csv", row.names = FALSE).',
  ],
  ["A\n2\n", "an R object (.rds)", 'Save the data frame as CSV in R: write.csv(data, "data.csv", row.names = FALSE).'],
  ["A\n3\n", "an R object (.rds)", 'Save the data frame as CSV in R: write.csv(data, "data.csv", row.names = FALSE).'],
  ["\x80\x02", "a Python pickle", 'Save the table as CSV in Python: DataFrame.to_csv("data.csv", index=False).'],
  ["\x80\x03", "a Python pickle", 'Save the table as CSV in Python: DataFrame.to_csv("data.csv", index=False).'],
  ["\x80\x04\x95", "a Python pickle", 'Save the table as CSV in Python: DataFrame.to_csv("data.csv", index=False).'],
  ["\x80\x05\x95", "a Python pickle", 'Save the table as CSV in Python: DataFrame.to_csv("data.csv", index=False).'],
  ["{\\rtf", "a file of rich text (RTF)", "Copy the cells of its table and paste them here."],
  ["BZh", "compressed (bzip2)", UNPACK],
  ["\xfd7zXZ\0", "compressed (xz)", UNPACK],
  ["\x28\xb5\x2f\xfd", "compressed (Zstandard)", UNPACK],
  ["7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK],
  ["Rar!\x1a\x07", "a RAR archive", UNPACK],
  ["\0asm", "a WebAssembly module", "Trainyard reads tables: one row per example, one column per feature."],
  ["\x7fELF", "a program", "Trainyard reads tables: one row per example, one column per feature."],
  [
    "version http" + "s://git-lfs.github.com/spec",
    "a pointer of Git LFS, not the file itself",
    "Download the file itself (git lfs pull, or the Download button of the site).",
  ],
];

/** What is inside a ZIP, by the names in it. @type {[RegExp, string, string][]} */
const INSIDE = [
  [/^word\//, "a Word document", "Copy the cells of its table and paste them here."],
  [/^ppt\//, "a PowerPoint presentation", "Copy the cells of its table and paste them here."],
  [/\.npy$/, "a NumPy archive (.npz)", 'Save one array as CSV: numpy.savetxt("data.csv", array, delimiter=",").'],
  [/^Index\/.*\.iwa$/, "a Numbers or Pages document", "Export it as CSV or Excel (File, Export To)."],
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
  return found ? `is ${found[1]}. ${found[2]}` : null;
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
    if (/\.(docx?|dot)$/i.test(name)) return "is an old Word file. Copy the cells of its table and paste them here.";
    if (/\.(ppt|msg|msi)$/i.test(name))
      return "is an old Office file, and no workbook. Save its table as CSV, and open that.";
    return "workbook";
  }
  if (begins(head, "PK\x05\x06")) return "is an empty ZIP archive. Pack it again, or open the table itself.";
  if (!begins(head, "PK\x03\x04")) return null;
  const names = namesIn(head);
  if (isSheet || names.some((inside) => WORKBOOK.test(inside))) return "workbook";
  if (/^mimetypeapplication\/vnd\.oasis\.opendocument\.spreadsheet/.test(letters(head, 30, 110))) return "workbook";
  const known = INSIDE.find(([pattern]) => names.some((inside) => pattern.test(inside)));
  if (known) return `is ${known[1]}. ${known[2]}`;
  const some = names.filter((inside) => !inside.endsWith("/")).slice(0, 3);
  return `is a ZIP archive${some.length ? ` (with ${some.join(", ")}${names.length > some.length ? " …" : ""})` : ""}. ${UNPACK}`;
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
