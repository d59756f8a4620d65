// The doubles are held to the core: the same commands to a worker with either give the same events in the same order,
// replies of the same shape, and errors with the same codes.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { Intake } from "../../www/features/data/worker/formats/intake.js";
import { Tables } from "../../www/features/data/worker/tables.js";
import { Trainer as CoreTrainer, initSync as initCore, preview } from "../../www/pkg/trainyard.js";
import { TableReader, Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import { VERSION, checkEvent } from "../../www/session/protocol.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import * as jobs from "../../www/worker/jobs.js";
import { serve } from "../../www/worker/runner.js";
import * as travel from "../../www/worker/travel.js";
import { shapeOf } from "./contract.js";
import { FakeTableReader, FakeTableTrainer } from "./fakeTable.js";
import { FakeTrainer, preview as fakePreview } from "./fakeTrainer.js";
import { settle } from "./support.js";

const bytes = (/** @type {string} */ name) => fs.readFileSync(new URL(`../../www/${name}`, import.meta.url));
initCore({ module: bytes("pkg/trainyard_bg.wasm") });
initSync({ module: bytes("pkg-full/trainyard_bg.wasm") });

/** Without the clock: a slice that is cut short on a busy machine would be other events. */
async function unhurried(/** @type {Promise<any>} */ opening) {
  const trainer = await opening;
  const advance = trainer.advance.bind(trainer);
  trainer.advance = (/** @type {number} */ steps) => advance(steps, 0);
  return trainer;
}

const REAL = {
  create: (/** @type {any} */ spec) => unhurried(CoreTrainer.create(spec)),
  createFull: (/** @type {any} */ spec, /** @type {any} */ table) => unhurried(Trainer.create(spec, table)),
  preview,
  createReader: (/** @type {any} */ read) => new TableReader(read),
};
const DOUBLE = {
  create: (/** @type {any} */ spec) => FakeTrainer.create(spec),
  createFull: (/** @type {any} */ spec, /** @type {any} */ table) => FakeTableTrainer.create(spec, table),
  preview: fakePreview,
  createReader: (/** @type {any} */ read) => new FakeTableReader(read),
};

/** What a worker of these parts says to each command, in its order. @param {typeof REAL} parts @param {any[]} commands */
async function says(parts, commands) {
  /** @type {any[]} */
  let events = [];
  /** @type {(message: any) => void} */
  let deliver = () => {};
  const clock = {
    now: () => 0,
    turn: () => new Promise((/** @type {(value: void) => void} */ resolve) => setImmediate(() => resolve())),
  };
  serve(
    { post: (event) => events.push(structuredClone(checkEvent(event))), listen: (listener) => (deliver = listener) },
    /** @type {any} */ ({
      load: async () => {},
      ready: Promise.resolve(),
      createTrainer: parts.create,
      preview: parts.preview,
      findAdapter: async () => null,
      loadTravel: async () => travel,
      loadJobs: async () => jobs,
      loadProbe: async () => ({}),
      loadFull: async () => ({
        createTrainer: parts.createFull,
        createTables: (/** @type {any} */ port, /** @type {any} */ clock) =>
          new Tables(
            port,
            /** @type {any} */ ({
              createTrainer: parts.createFull,
              createIntake: (/** @type {any} */ file) =>
                new Intake(
                  file,
                  /** @type {any} */ ({ createReader: parts.createReader, loadConverters: async () => ({}) }),
                ),
            }),
            clock,
          ),
      }),
    }),
    clock,
  );
  const said = [];
  for (const command of commands) {
    deliver(structuredClone(command));
    await settle(60);
    said.push({ command: command.type, ask: command.ask, events: events.map(gist) });
    events = [];
  }
  return said;
}

/** What has to be alike of an event: its kind, what it is made of, where the run stands, and which error it is. */
function gist(/** @type {any} */ { type, state, ok, error, code, fatal, ...rest }) {
  if (type === "error" || ok === false) return { type, code: code ?? error.code, where: (error ?? rest).where, fatal };
  // The document itself is held to its type in documents.test.js; how a file was read, the double says but shortly.
  const { description, value } = rest;
  const short = {
    ...(description && { description: { ...description, spec: {} } }),
    ...(value?.reading && { value: { ...value, reading: [] } }),
  };
  return { type, state, ok, shape: shapeOf({ ...rest, ...short }) };
}

const hello = { type: "hello", version: VERSION, core: null };
const open = (/** @type {string} */ source, more = {}) => {
  const spec = specFrom({ ...defaultsFor(source), engine: "cpu", samples: 40, epochs: 6, ...more });
  return { type: "open", run: 1, spec };
};
const one = { run: 1 };
const rows = new Float64Array([1, 2, -1, 0.5, 0, 0]);

/** What is asked of any run, and what a run refuses. */
const ASKED = [
  { type: "pace", ...one, stepsPerFrame: 3, unit: "batch" },
  { type: "watch", ...one, inputs: rows },
  { type: "ack", ...one, frame: 1 },
  { type: "step", ...one, unit: "batch", count: 3 },
  { type: "ack", ...one, frame: 2 },
  { type: "watchUnits", ...one, inputs: rows },
  { type: "ack", ...one, frame: 3 },
  { type: "classify", ...one, id: 1, inputs: rows },
  { type: "activations", ...one, id: 2, inputs: rows },
  { type: "look", ...one, id: 3 },
  { type: "gradient", ...one, id: 4, part: "train" },
  { type: "baseline", ...one, id: 4, part: 2 },
  { type: "save", ...one, id: 5 },
  { type: "past", ...one, id: 6 },
  { type: "weights", ...one, id: 7, steps: [0] },
  { type: "units", ...one, id: 8, steps: [0], inputs: rows },
  { type: "curvature", ...one, id: 9 },
  { type: "rates", id: 10, training: specFrom(defaultsFor("circle")).training, epochs: 4 },
  { type: "setParameter", ...one, index: 0, value: 0.5 },
  { type: "setParameter", ...one, index: 100_000, value: 0.5 },
  { type: "freeze", ...one, indices: new Uint32Array([0, 1]) },
  { type: "freeze", ...one, indices: new Uint32Array([100_000]) },
  { type: "learningRate", ...one, value: 0.5 },
  { type: "learningRate", ...one, value: -1 },
  { type: "maxEpochs", ...one, value: 3 },
  { type: "load", ...one, id: 11, bytes: new Uint8Array([1, 2, 3]) },
  { type: "branch", ...one, id: 12, bytes: new Uint8Array([1, 2, 3]) },
  { type: "seek", ...one, id: 13, step: 0 },
  { type: "classify", ...one, id: 14, inputs: new Float64Array(5) },
  { type: "play", ...one },
  { type: "classify", run: 7, id: 15, inputs: rows },
  { type: "close", ...one },
];

const csv = ["size,price,kind", ...Array.from({ length: 40 }, (_, i) => `${(i * 37) % 11},${i * 3},${"ab"[i % 2]}`)];
const { spec: empty } = open("table");
const onTable = { ...empty, data: { ...empty.data, target: "kind" } };
const TABLE = [
  { type: "table", id: 30, ask: "doctor", data: {} },
  { type: "tableStart", id: 31, name: "table", title: "homes.csv", read: {} },
  { type: "tableBytes", bytes: new TextEncoder().encode(`${csv.join("\n")}\n`) },
  { type: "tableEnd", id: 32, data: {} },
  { type: "table", id: 33, ask: "describe", data: { target: "kind" } },
  { type: "table", id: 34, ask: "describe", data: { target: "none of them" } },
  { type: "table", id: 35, ask: "cells", from: 0, count: 3 },
  { type: "table", id: 36, ask: "examined" },
  { type: "table", id: 37, ask: "histogram", data: {}, column: "size", bins: 4 },
  { type: "table", id: 38, ask: "correlations", data: {} },
  { type: "table", id: 39, ask: "tryFormula", data: {}, text: "size * 2" },
  { type: "table", id: 40, ask: "report", data: { clean: [{ fix: "drop-column", column: "size" }] } },
  { type: "table", id: 41, ask: "csv" },
  { type: "table", id: 42, ask: "nothing of the kind" },
  { type: "open", run: 1, spec: onTable },
  { type: "open", run: 2, spec: { ...onTable, data: { ...onTable.data, source: "iris" } } },
];

for (const [kind, commands] of /** @type {[string, any[]][]} */ ([
  ["a table", TABLE],
  ["classes", [{ type: "preview", id: 20, source: "circle", samples: 9, noise: 0, seed: 1 }, open("circle"), ...ASKED]],
  ["a curve", [open("sine"), ...ASKED.filter(({ inputs }) => !inputs), { type: "close", ...one }]],
  ["values over a plane", [open("plane"), ...ASKED]],
  ["what can't be opened", [{ ...open("circle"), spec: { ...open("circle").spec, training: { batchSize: 0 } } }]],
])) {
  test(`${kind}: the double's worker says what the core's does`, async () => {
    const [core, double] = [await says(REAL, [hello, ...commands]), await says(DOUBLE, [hello, ...commands])];
    for (const [i, said] of core.entries()) assert.deepEqual(double[i], said, `${said.command}, number ${i}`);
  });
}
