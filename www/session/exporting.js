// @ts-check
/**
 * The run as it stands, for other engines: the pool's worker opens it once more, with the package that writes exports, and
 * answers what is asked for by name. The run goes on meanwhile.
 *
 * @typedef {import("../pkg-export/trainyard.js").ExportDescription} ExportDescription
 * @typedef {import("../pkg-export/trainyard.js").ExportRows} ExportRows
 *
 * @typedef {object} Asked   what can be asked for
 * @property {ExportDescription} describe   what the run is made of, to the last number
 * @property {Float32Array} parameters      flat; the description says where each tensor lies
 * @property {Float32Array} optimizerState  slot after slot, likewise
 * @property {ExportRows} rows              as people know them
 * @property {Uint8Array} safetensors       the weights as a file, running statistics included
 * @property {Uint8Array} optimizerSafetensors   the optimizer's state, likewise
 * @property {import("../pkg-export/trainyard.js").WeightsRead} readSafetensors   whether `given.bytes`, such a file, fits, and the run with it
 * @property {Uint8Array} onnx              the whole predictor, raw rows in
 * @property {Float64Array} predict         predictions for `given.inputs`, raw rows in numbers
 *
 * @typedef {{inputs?: Float64Array, bytes?: Uint8Array}} Given   what some of them take
 */
import { specFrom } from "../settings/spec.js";
import { PoolJob, READY } from "./poolJob.js";

/**
 * @template {keyof Asked} K
 * @param {import("./playground.js").Playground} playground
 * @param {K[]} names
 * @param {{given?: Given, signal?: AbortSignal, isFresh?: boolean}} [how]   `isFresh`: as the run began, not as it stands
 * @returns {Promise<Pick<Asked, K>>}   throws a sentence
 */
export async function exporting(playground, names, how = {}) {
  const { given = {}, signal = new AbortController().signal, isFresh = false } = how;
  const spec = specFrom(playground.store.get().settings);
  const checkpoint = isFresh ? null : await playground.client.save();
  const course = { spec, checkpoint, names, given };
  const [outcome] = await new PoolJob(playground, READY).ask([{ kind: "export", course }], signal);
  if (outcome && "problem" in outcome) throw new Error(outcome.problem);
  if (!outcome) throw new DOMException("", "AbortError");
  return outcome.value;
}
