// @ts-check
/** Some files as one: a ZIP archive, compressed by the browser where it can. */

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

export function crcOf(/** @type {Uint8Array} */ bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = TABLE[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

/** Less of it where that can be had. @param {Uint8Array<ArrayBuffer>} bytes */
async function compressed(bytes) {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    const less = new Uint8Array(await new Response(stream).arrayBuffer());
    return less.length < bytes.length ? less : null;
  } catch {
    return null; // a browser without that form of it
  }
}

/** The first day that the format knows: the same files are the same archive. */
const DAY = 0x21;
const UTF8 = 0x800;

/**
 * @param {{name: string, data: string | Uint8Array}[]} files
 * @returns {Promise<Blob>}
 */
export async function zipOf(files) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const parts = [];
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const directory = [];
  let at = 0;
  const encoder = new TextEncoder();
  const record = (/** @type {number[]} */ ...fields) => {
    // Pairs: a number, and in how many bytes.
    const bytes = new Uint8Array(fields.reduce((sum, one, i) => sum + (i % 2 ? one : 0), 0));
    const view = new DataView(bytes.buffer);
    let place = 0;
    for (let i = 0; i < fields.length; i += 2) {
      if (fields[i + 1] === 4) view.setUint32(place, fields[i], true);
      else view.setUint16(place, fields[i], true);
      place += fields[i + 1];
    }
    return bytes;
  };
  for (const file of files) {
    const name = encoder.encode(file.name);
    const bytes = typeof file.data === "string" ? encoder.encode(file.data) : new Uint8Array(file.data);
    const less = await compressed(bytes);
    const body = less ?? bytes;
    const [crc, method] = [crcOf(bytes), less ? 8 : 0];
    const shared = [
      20,
      2,
      UTF8,
      2,
      method,
      2,
      0,
      2,
      DAY,
      2,
      crc,
      4,
      body.length,
      4,
      bytes.length,
      4,
      name.length,
      2,
      0,
      2,
    ];
    parts.push(record(0x04034b50, 4, ...shared), name, body);
    directory.push(record(0x02014b50, 4, 20, 2, ...shared, 0, 2, 0, 2, 0, 2, 0, 4, at, 4), name);
    at += 30 + name.length + body.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = record(0x06054b50, 4, 0, 2, 0, 2, files.length, 2, files.length, 2, size, 4, at, 4, 0, 2);
  return new Blob([...parts, ...directory, end], { type: "application/zip" });
}
