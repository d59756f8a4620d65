// @ts-check
/**
 * Formats that are no delimited text become that: with commas, a header, quotes where they are needed. Loaded with
 * the first such file, and with the first in an encoding that isn't Unicode.
 *
 * @typedef {object} Converter
 * @property {(text: string) => void} take
 * @property {() => {kinds?: Record<string, string>, sentence?: string} | void} finish   what the file says of its columns, and of itself
 *
 * @typedef {object} Outlet
 * @property {string} name                         of the file
 * @property {(csv: string) => void} emit
 * @property {(note: import("./intake.js").Note) => void} note
 */
import { createArff } from "./arff.js";
import { createJson } from "./json.js";
import { createLibsvm } from "./libsvm.js";

export { legacyOf } from "./legacy.js";

/** @type {Record<string, (outlet: Outlet) => Converter>} */
const CONVERTERS = { json: createJson, arff: createArff, libsvm: createLibsvm };

export const createConverter = (/** @type {string} */ format, /** @type {Outlet} */ outlet) =>
  CONVERTERS[format](outlet);
