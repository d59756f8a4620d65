// @ts-check
/**
 * What a file is, by its first bytes and, where they leave it open, by its name. What is no table is named, with
 * what to do about it.
 *
 * @typedef {"delimited" | "json" | "arff" | "libsvm" | "workbook" | "gzip"} Format
 * @typedef {{format: Format, why: string}} Recognized
 */
import { commandError } from "../../../../worker/commandError.js";
import { archiveOf, isGzip, signatureOf } from "./signatures.js";
import { t } from "../../../../base/text.js";

/** Formats that a file may be read as, in the words of the page. */
export const FORMATS = [
  { value: "delimited", label: t("data.delimitedText") },
  { value: "json", label: "JSON" },
  { value: "arff", label: "ARFF" },
  { value: "libsvm", label: "libsvm" },
];

/** A file that isn't text but can be read; null for what may be text. @returns {"gzip" | "workbook" | null} */
export function recognizeBytes(/** @type {Uint8Array} */ head, /** @type {string} */ name) {
  if (!head.length) refuse(name, t("data.emptyChooseFileLeast"));
  if (isGzip(head)) return "gzip";
  const archive = archiveOf(head, name);
  if (archive === "workbook") return "workbook";
  const tar = String.fromCharCode(...head.subarray(257, 262)) === "ustar" ? t("data.tarArchiveUnpackThen") : null;
  const sentence =
    archive ?? tar ?? signatureOf(head) ?? (head.every((byte) => byte === 0) ? t("data.holdsNothingButZeros") : null);
  if (sentence) refuse(name, sentence);
  return null;
}

/** Refuses bytes that text has no use for, where no encoding explains them. */
export function refuseNoise(/** @type {Uint8Array} */ head, /** @type {string} */ name) {
  const odd = head.reduce(
    (sum, byte) => sum + Number(byte < 9 || (byte > 13 && byte < 0x20 && byte !== 0x1a && byte !== 0x1b)),
    0,
  );
  if (odd > 0.1 * head.length)
    refuse(name, t("data.notTextFirstBytes", { odd: Math.round((100 * odd) / head.length) }));
}

/**
 * The format of a text by its beginning.
 *
 * @param {string} text
 * @param {string} name
 * @returns {Recognized}
 */
export function recognizeText(text, name) {
  const start = text.replace(/^\ufeff/, "").trimStart();
  const lower = start.slice(0, 600).toLowerCase();
  if (/^(<!--[\s\S]*?-->\s*)?<(!doctype html|html|head|body|table|div|p|script|meta)\b/.test(lower)) {
    return refuse(name, t("data.webPageHtmlNot"));
  }
  if (/^<\?xml|^<[a-z][\w:.-]*[\s>]/.test(lower)) {
    const isSheet = /schemas-microsoft-com:office:spreadsheet|opendocument/.test(lower);
    return refuse(name, isSheet ? t("data.workbookXmlFormatOld") : t("data.xmlNotTableExport"));
  }
  const lines = start.split(/\r\n|\r|\n/).slice(0, 60);
  if (isMarkdown(lines)) {
    return refuse(name, t("data.markdownTableDeleteLine"));
  }
  const language = languageOf(start, lines);
  if (language) return refuse(name, t("data.notTableLanguage", { language }));
  if (isDrawn(lines)) {
    return refuse(name, t("data.tableDrawnLinesDatabase"));
  }
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1].toLowerCase() ?? "";
  if (/^[[{]/.test(start)) {
    const isJson =
      /^(\{\s*(["}]|$)|\[\s*([[{"\]\dtfnNI-]|$))/.test(start) &&
      (start[0] === "{" || extension.includes("json") || !/^\[[^\]"{[\n]*\]\s*$/m.test(lines[0]));
    if (isJson) return { format: "json", why: t("data.textBegins", { start: start[0] }) };
  }
  if (
    lines.some((line) => /^\s*@relation\b/i.test(line)) &&
    !lines
      .slice(
        0,
        lines.findIndex((line) => /^\s*@relation\b/i.test(line)),
      )
      .some((line) => line.trim() && !/^\s*%/.test(line))
  ) {
    return { format: "arff", why: t("data.textBeginsRelation") };
  }
  // The last line may be cut.
  const sample = lines
    .slice(0, Math.max(1, Math.min(lines.length - 1, 40)))
    .filter((line) => line.trim() && !/^\s*#/.test(line));
  const pairs = sample
    .filter((line) => SPARSE.test(line))
    .map((line) => line.split("#")[0].match(/(^|\s)\d+:/g)?.length ?? 0);
  if (sample.length && pairs.length === sample.length && Math.max(...pairs) >= 2) {
    return {
      format: "libsvm",
      why: t("data.eachFirstLabelIndex", {
        value: sample.length === 1 ? t("data.lines") : t("data.lines2", { sample: sample.length }),
      }),
    };
  }
  return { format: "delimited", why: t("data.textLinesCells") };
}

/** A line of libsvm: a label (or several), perhaps a query, then index:value pairs. */
const NUMBER = "[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?"; // one way to read each: others would be tried for ages
const SPARSE = new RegExp(
  `^\\s*${NUMBER}(?:,${NUMBER})*(?:\\s+qid:\\d+)?(?:\\s+\\d+:(?:${NUMBER}|nan|[+-]?inf))*\\s*(?:#.*)?$`,
  "i",
);

/** Pipes, and a line of dashes below the first of them. */
function isMarkdown(/** @type {string[]} */ lines) {
  const at = lines.findIndex(
    (line, i) => i > 0 && line.includes("|") && /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/.test(line),
  );
  return at > 0 && lines[at - 1].includes("|");
}

/** The language that a text is written in, where its first lines show that it is a program or a document. */
function languageOf(/** @type {string} */ start, /** @type {string[]} */ lines) {
  const filled = lines.slice(0, -1).filter((line) => line.trim() && !/^\s*#/.test(line));
  const all = (/** @type {RegExp} */ form) => filled.length > 1 && filled.every((line) => form.test(line));
  const code = start.replace(/^(\s*(--[^\n]*|\/\*[\s\S]*?\*\/)\s*\n)+/, "");
  if (/^\s*(create (temp\w* )?table|insert into|drop table|begin transaction|start transaction)\b/i.test(code))
    return "SQL";
  if (/^[\s\S]{0,300}\\begin\{\w*(tabular|table|array)/.test(start) || all(/&.*\\\\(\s*\\\w+)?\s*$/)) return "LaTeX";
  if (/^(export\s+(default|const)|const|let|var|module\.exports)\b[^\n;]{0,80}[=t]\s*[[{(]/.test(start))
    return "JavaScript";
  // Cells may look so, too: then each line has as many delimiters.
  const counts = filled.map((line) => line.match(/[,;\t|]/g)?.length ?? 0);
  const isCut = counts[0] > 0 && counts.every((count) => count === counts[0]);
  if (isCut) return null;
  if (/^(---\s*\n)?\s*- [^\n,;]+:(\s|$)/.test(start) && all(/^(---|\s*(- )?["'\p{L}_][^,;:]*:(\s.*)?|\s*- .*)$/u))
    return "YAML";
  if (/^\[\[?[\w.-]+\]\]?\s*\n/.test(start) && all(/^\s*(\[\[?[^\]]+\]\]?|[\w."-]+\s*=.*|;.*)\s*$/))
    return "TOML / INI";
  return null;
}

/** Lines that are drawn around the cells, or a line of dashes and crosses as wide as the rows of bars beside it. */
function isDrawn(/** @type {string[]} */ lines) {
  if (/^\s*([┌╔╒╓┏╭]|={2,}( +={2,})+\s*$)/.test(lines[0])) return true;
  return lines.some((line, i) => {
    if (!/^\s*[+|]?-{2,}(\+-{2,})+[+|]?\s*$/.test(line)) return false;
    const bars = (/** @type {string} */ other = "") => other.split("|").length;
    const marks = line.split(/[+|]/).length;
    return [lines[i - 1], lines[i + 1]].some((other) => bars(other) === marks);
  });
}

/** @returns {never} */
function refuse(/** @type {string} */ name, /** @type {string} */ sentence) {
  throw commandError("table", `${name} ${sentence}`);
}
