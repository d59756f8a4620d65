// @ts-check
/**
 * A run opened once more, to be written for other engines: by a package of its own, which is loaded with the first export.
 *
 * @typedef {import("../../../pkg-full/trainyard.js").Table} Table
 * @typedef {import("../../../session/exporting.js").Asked} Asked
 */
// @ts-ignore a checkout may be without this package: then the page says that the part could not be loaded
import { Exporter, TableReader, initSync } from "../../../pkg-export/trainyard.js";
import { asWritten } from "../../../base/asWritten.js";
import { isTable } from "../../../settings/tableNames.js";

/** Starts it, compiled by the page for all its workers. */
export const start = (/** @type {WebAssembly.Module} */ module) => void initSync({ module });

/** What can be asked of it, by name. @type {Record<string, (exporter: any, given: {inputs?: Float64Array, bytes?: Uint8Array}) => unknown>} any: the class of a package that may be missing */
const ASKS = {
  describe: (exporter) => exporter.describe(),
  parameters: (exporter) => exporter.parameters(),
  optimizerState: (exporter) => exporter.optimizerState(),
  rows: (exporter) => exporter.rows(),
  predict: (exporter, { inputs }) => exporter.predict(inputs),
  safetensors: (exporter) => exporter.safetensors(),
  optimizerSafetensors: (exporter) => exporter.optimizerSafetensors(),
  readSafetensors: (exporter, { bytes }) => exporter.readSafetensors(bytes),
  onnx: (exporter) => exporter.onnx(),
};

/**
 * @param {import("../../../worker/jobs.js").JobParts} parts
 * @param {import("../../../session/protocol.js").JobCourse<"export">} course
 * @returns {Promise<Partial<Asked>>}   what was asked for, by name
 */
export async function exportRun({ engines }, { spec, checkpoint, names, given }) {
  const held = isTable(spec.data?.source)
    ? await (await engines.tables()).given(spec)
    : { spec, rows: null, called: undefined };
  const table = isOfCells(held.rows) ? tableOf(held.rows, spec.data?.read ?? {}) : null;
  try {
    const exporter = Exporter.open(held.spec, table ?? held.rows, checkpoint ?? undefined);
    try {
      if (held.called) exporter.nameTarget(held.called.target, held.called.classes);
      return Object.fromEntries(names.map((name) => [name, ASKS[name](exporter, given)]));
    } finally {
      exporter.free();
    }
  } finally {
    table?.free();
  }
}

/** Whether they are a table, of the full package. @returns {rows is Table} */
const isOfCells = (/** @type {unknown} */ rows) =>
  typeof rows === "object" && rows !== null && typeof (/** @type {Table} */ (rows).csv) === "function";

/** The same table in this package: another module's memory is closed to it, so its cells go by way of their texts. */
function tableOf(/** @type {Table} */ table, /** @type {import("../../../settings/spec.js").ReadChoices} */ read) {
  const reader = new TableReader(/** @type {import("../../../settings/spec.js").ReadChoices} */ (asWritten(read)));
  reader.push(new TextEncoder().encode(table.csv(true)));
  return reader.finish();
}
