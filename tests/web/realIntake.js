// @ts-check
/** A file read as the page's worker reads it: the real intake, the real reader of the core. */
import fs from "node:fs";
import { TableReader, initSync } from "../../www/pkg-full/trainyard.js";
import { Intake } from "../../www/features/data/worker/formats/intake.js";
import { utf8 } from "./intake.js";

initSync({ module: fs.readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

const PARTS = {
  createReader: (/** @type {any} */ options) => new TableReader(options),
  loadConverters: () => import("../../www/features/data/worker/formats/converters.js"),
  loadWorkbooks: () => Promise.reject(new Error("no workbooks here")),
};

/** What a file's bytes go to, as the page's worker makes it. */
export const createIntake = (/** @type {{name: string, read: object}} */ file) => new Intake(file, PARTS);

/**
 * @param {Uint8Array | string} file
 * @param {{name?: string, read?: object, piece?: number, data?: object}} [how]   `piece`: so many bytes come at once; `data`: as in a Spec
 */
export async function readFile(file, { name = "data.csv", read = {}, piece = 2 ** 16, data = {} } = {}) {
  const bytes = typeof file === "string" ? utf8(file) : file;
  const intake = createIntake({ name, read });
  try {
    for (let at = 0; at < bytes.length; at += piece) await intake.take(bytes.slice(at, at + piece));
    const { table, tell } = await intake.finish();
    const about = tell(table.describe(data));
    const cells = table.cells(0, about.rows);
    const findings = () => table.doctor(data);
    const entry = (/** @type {string} */ key) => about.reading.find((/** @type {any} */ one) => one.key === key);
    return { problem: null, about, cells, findings, entry, table };
  } catch (error) {
    if (!(/** @type {any} */ (error).code)) throw error;
    intake.free();
    return {
      problem: String(/** @type {any} */ (error).message),
      about: null,
      cells: [],
      findings: () => [],
      entry: () => undefined,
      table: null,
    };
  }
}

/** Names of the columns. */
export const namesOf = (/** @type {{about: any}} */ { about }) =>
  about.columns.map((/** @type {any} */ { name }) => name);

/** What the columns hold, as they would be taken if nobody said otherwise. */
export const kindsOf = (/** @type {{about: any}} */ { about }) =>
  about.columns.map((/** @type {any} */ { inferred }) => inferred);

/** Smallest and largest of each column of numbers or dates. */
export const rangesOf = (/** @type {{about: any}} */ { about }) =>
  about.columns.map((/** @type {any} */ { min, max }) => [min, max]);

/** The keys of what is asked. */
export const questionsOf = (/** @type {{about: any}} */ { about }) =>
  about.reading.filter((/** @type {any} */ { isSure }) => !isSure).map((/** @type {any} */ { key }) => key);
