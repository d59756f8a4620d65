// @ts-check
/** Workbooks made by hand: a ZIP of the few parts that a spreadsheet needs. */

const CRC = Uint32Array.from({ length: 256 }, (_, i) => {
  let value = i;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

const crc32 = (/** @type {Uint8Array} */ bytes) =>
  ~bytes.reduce((sum, byte) => CRC[(sum ^ byte) & 255] ^ (sum >>> 8), -1) >>> 0;

/** A ZIP whose files are stored as they are. */
export function zip(/** @type {Record<string, string>} */ files) {
  const parts = [];
  const directory = [];
  let at = 0;
  const number = (/** @type {number} */ value, /** @type {number} */ bytes) =>
    Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) & 255);
  for (const [name, text] of Object.entries(files)) {
    const [title, data] = [name, text].map((one) => new TextEncoder().encode(one));
    const facts = [
      ...number(20, 2),
      ...number(0x800, 2),
      ...number(0, 6),
      ...number(crc32(data), 4),
      ...number(data.length, 4),
      ...number(data.length, 4),
      ...number(title.length, 2),
      ...number(0, 2),
    ];
    parts.push(0x50, 0x4b, 3, 4, ...facts, ...title, ...data);
    directory.push(
      0x50,
      0x4b,
      1,
      2,
      ...number(20, 2),
      ...facts,
      ...number(0, 6),
      ...number(0, 4),
      ...number(at, 4),
      ...title,
    );
    at = parts.length;
  }
  const count = Object.keys(files).length;
  return Uint8Array.from([
    ...parts,
    ...directory,
    0x50,
    0x4b,
    5,
    6,
    ...number(0, 4),
    ...number(count, 2),
    ...number(count, 2),
    ...number(directory.length, 4),
    ...number(at, 4),
    0,
    0,
  ]);
}

const escaped = (/** @type {string} */ text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** Cell formats of `xlsx`: plain, a date, a date with its time, a time, a duration. */
export const STYLES = { date: 1, moment: 2, time: 3, duration: 4 };

/**
 * @typedef {string | number | boolean | null | {value: number, style: number} | {error: string}} Cell
 * @param {Record<string, Cell[][]>} sheets
 */
export function xlsx(sheets) {
  const names = Object.keys(sheets);
  const cell = (/** @type {Cell} */ value) => {
    if (value === null) return "<c/>";
    if (typeof value === "number") return `<c><v>${value}</v></c>`;
    if (typeof value === "boolean") return `<c t="b"><v>${Number(value)}</v></c>`;
    if (typeof value === "string") return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
    return "error" in value ? `<c t="e"><v>${value.error}</v></c>` : `<c s="${value.style}"><v>${value.value}</v></c>`;
  };
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const relations = (/** @type {string[]} */ lines) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${lines.join("")}</Relationships>`;
  return zip({
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": relations([`<Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/>`]),
    "xl/workbook.xml": `<workbook ${main} xmlns:r="${office}"><sheets>${names.map((name, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="s${i + 1}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations([
      `<Relationship Id="st" Type="${office}/styles" Target="styles.xml"/>`,
      ...names.map(
        (_, i) => `<Relationship Id="s${i + 1}" Type="${office}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
      ),
    ]),
    "xl/styles.xml": `<styleSheet ${main}><numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm:ss"/></numFmts><cellXfs count="5">${[0, 14, 22, 21, 164].map((id) => `<xf numFmtId="${id}"/>`).join("")}</cellXfs></styleSheet>`,
    ...Object.fromEntries(
      Object.values(sheets).map((rows, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        `<worksheet ${main}><sheetData>${rows.map((row) => `<row>${row.map(cell).join("")}</row>`).join("")}</sheetData></worksheet>`,
      ]),
    ),
  });
}

/** @param {Record<string, (string | number | {date: string})[][]>} sheets */
export function ods(sheets) {
  const cell = (/** @type {string | number | {date: string}} */ value) =>
    typeof value === "number"
      ? `<table:table-cell office:value-type="float" office:value="${value}"><text:p>${value}</text:p></table:table-cell>`
      : typeof value === "string"
        ? `<table:table-cell office:value-type="string"><text:p>${escaped(value)}</text:p></table:table-cell>`
        : `<table:table-cell office:value-type="date" office:date-value="${value.date}"><text:p>${value.date}</text:p></table:table-cell>`;
  const spaces = ["office", "table", "text"]
    .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`)
    .join(" ");
  const tables = Object.entries(sheets).map(
    ([name, rows]) =>
      `<table:table table:name="${escaped(name)}">${rows.map((row) => `<table:table-row>${row.map(cell).join("")}</table:table-row>`).join("")}</table:table>`,
  );
  return zip({
    mimetype: "application/vnd.oasis.opendocument.spreadsheet",
    "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
    "content.xml": `<office:document-content ${spaces}><office:body><office:spreadsheet>${tables.join("")}</office:spreadsheet></office:body></office:document-content>`,
  });
}
