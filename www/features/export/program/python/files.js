// @ts-check
/** The files that go with the program: rows as CSV, tensors as safetensors. */
import { wellFormed } from "./write.js";

/** A field of a CSV file. */
const field = (/** @type {string} */ text) =>
  /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/** Rows as CSV, in UTF-8. @param {string[]} header @param {Iterable<string[]>} rows */
export function csvOf(header, rows) {
  const all = [header.map(field).join(",")];
  for (const row of rows) all.push(row.map(field).join(","));
  return wellFormed(`${all.join("\r\n")}\r\n`);
}

/**
 * Tensors in the format of safetensors: the length of a JSON header, the header, and the numbers.
 *
 * @param {{name: string, shape: number[], values: Float32Array | BigInt64Array}[]} tensors
 * @param {Record<string, string>} [about]
 */
export function safetensorsOf(tensors, about = {}) {
  /** @type {Record<string, object>} */
  const header = { __metadata__: { format: "pt", ...about } };
  let at = 0;
  for (const { name, shape, values } of tensors) {
    const dtype = values instanceof Float32Array ? "F32" : "I64";
    header[name] = { dtype, shape, data_offsets: [at, at + values.byteLength] };
    at += values.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + at);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.fill(0x20, 8, 8 + length);
  bytes.set(text, 8);
  let place = 8 + length;
  for (const { values } of tensors) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), place);
    place += values.byteLength;
  }
  return bytes;
}
