// @ts-check
/** The courses of jobs, by kind (protocol.js says what each does): loaded with the first of them. */
import { anything, bytes, check, flag, floats, listOf, positive, record, spec, text, whole } from "./protocol.js";

/** @template V @typedef {import("./protocol.js").Rule<V>} Rule */

const rowsOrNull = /** @type {Rule<Float64Array | null>} */ ((value) => value === null || floats(value));

const folding = /** @type {Rule<object | null>} */ ((value) => value === null || record(value));

const someBytes = /** @type {Rule<(Uint8Array | null)[]>} */ (
  (value) => Array.isArray(value) && value.every((one) => one === null || bytes(one))
);

/** One by its number, or −1. */
const oneOrNone = /** @type {Rule<number>} */ ((value) => value === -1 || whole(value));

const scores = /** @type {Rule<Float64Array>} */ (floats);

/** @satisfies {Record<string, Record<string, (value: unknown) => boolean>>} */
export const JOBS = {
  race: { spec, widths: listOf(positive), layers: whole, milliseconds: positive },
  lap: { spec, milliseconds: positive },
  contest: { specs: listOf(spec), inputs: rowsOrNull, epochs: positive },
  twins: { spec, corrupt: /** @type {Rule<Record<string, number>>} */ (record) },
  restarts: { spec, seeds: listOf(whole), inputs: rowsOrNull, epochs: positive },
  baseline: {
    spec,
    kind: /** @type {Rule<import("../features/baselines/worker/fit.js").BaselineKind>} */ (text),
    options: /** @type {Rule<import("../features/baselines/worker/fit.js").BaselineOptions>} */ (record),
    part: /** @type {Rule<"validation" | "test">} */ (text),
  },
  fold: { spec, options: record, rows: text, index: whole },
  deal: { spec, options: record, rows: text },
  rivals: { spec, options: record, rows: text, index: whole, kinds: listOf(text), fitting: record },
  judge: { net: scores, rivals: listOf(scores), constant: scores, folds: positive, costs: scores },
  learning: {
    spec,
    options: record,
    rows: text,
    index: whole,
    layers: /** @type {Rule<object[]>} */ (Array.isArray),
    count: positive,
    seed: whole,
    steps: positive,
    kinds: /** @type {Rule<string[]>} */ (Array.isArray),
    fitting: record,
  },
  walk: { spec, epochs: positive, count: positive },
  surface: {
    spec,
    bytes,
    path: /** @type {Rule<Float32Array>} */ (floats),
    counts: listOf(whole),
    plane: /** @type {Rule<{kind: import("../features/surface/model.js").Kind, seed: number}>} */ (record),
    size: positive,
  },
  plan: { axes: listOf(record), options: record, rungs: folding },
  timing: { spec, options: folding, rows: text, milliseconds: positive },
  trial: {
    spec,
    options: folding,
    rows: text,
    until: positive,
    from: someBytes,
    keeps: /** @type {Rule<boolean>} */ (flag),
    score: /** @type {Rule<string>} */ (text),
  },
  choose: { means: scores, errors: scores, costs: scores, count: positive },
  gaze: {
    row: oneOrNone,
    class: oneOrNone,
    way: /** @type {Rule<"saliency" | "occlusion">} */ (text),
    size: positive,
    ink: /** @type {Rule<number>} */ (Number.isFinite),
  },
  probes: { rows: positive, scored: positive, seed: whole },
  filter: { layer: whole, unit: whole, seed: whole },
  drawings: { pixels: bytes, count: positive },
  pictures: { files: listOf(/** @type {Rule<Blob>} */ ((value) => value instanceof Blob)) },
  framing: {
    pictures: listOf(/** @type {Rule<import("../features/images/own/frame.js").Picture>} */ (record)),
    how: /** @type {Rule<import("../features/images/own/frame.js").Seeing>} */ (record),
  },
  newRows: {
    spec,
    bytes,
    file: /** @type {Rule<Blob>} */ ((value) => value instanceof Blob),
    name: text,
    isSealed: flag,
  },
  variants: { row: whole, first: whole, count: positive },
  member: {
    spec,
    rows: /** @type {Rule<import("../pkg-full/trainyard.js").Rows | Uint8Array | null>} */ (
      (value) => value === null || record(value)
    ),
    port: /** @type {Rule<MessagePort>} */ (record),
    module: /** @type {Rule<WebAssembly.Module>} */ (record),
  },
  export: {
    spec,
    checkpoint: /** @type {Rule<Uint8Array | null>} */ ((value) => value === null || bytes(value)),
    names: /** @type {Rule<string[]>} */ (listOf(text)),
    given: /** @type {Rule<import("./exporting.js").Given>} */ (record),
  },
  package: {
    name: /** @type {Rule<import("./pool.js").Package>} */ (text),
    module: /** @type {Rule<WebAssembly.Module>} */ (anything),
  },
};

/** Throws a sentence that names what is wrong with it. */
export const checkJob = (/** @type {string} */ kind, /** @type {object} */ course) =>
  void check({ ...course, type: kind }, JOBS, "job");
