// The padlock on the worker's side, with the real core: what a locked run of a table says holds no figure of its test rows.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { VERSION, checkCommand, checkEvent } from "../../www/session/protocol.js";
import { withoutTestRows } from "../../www/base/withoutTest.js";
import { placeOf } from "../../www/base/sample.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { TableReader, Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import * as jobs from "../../www/worker/jobs.js";
import { Intake } from "../../www/features/data/worker/formats/intake.js";
import { serve } from "../../www/worker/runner.js";
import { Tables } from "../../www/features/data/worker/tables.js";
import * as travel from "../../www/worker/travel.js";
import { settle } from "./support.js";

initSync({ module: fs.readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

const rowsOf = (/** @type {string} */ name) => fs.readFileSync(new URL(`../../www/data/${name}.csv`, import.meta.url));

/** A worker inline, with a table open, and what it says. */
async function worker(/** @type {string} */ name) {
  /** @type {any[]} */
  const events = [];
  /** @type {(message: any) => void} */
  let deliver = () => {};
  const createTrainer = (/** @type {any} */ spec, /** @type {any} */ table) => Trainer.create(spec, table);
  const modules = /** @type {any} */ ({
    load: async () => {},
    ready: Promise.resolve(),
    createTrainer,
    findAdapter: async () => null,
    loadTravel: async () => travel,
    loadJobs: async () => jobs,
    loadProbe: async () => ({}),
    loadFull: async () => ({
      createTrainer,
      createTables: (/** @type {any} */ port, /** @type {any} */ clock) =>
        new Tables(
          port,
          {
            createTrainer,
            createIntake: (/** @type {any} */ file) =>
              new Intake(file, { createReader: () => new TableReader(), loadConverters: async () => ({}) }),
          },
          clock,
        ),
    }),
  });
  const clock = {
    now: () => performance.now(),
    turn: () => new Promise((/** @type {(value: void) => void} */ resolve) => setImmediate(() => resolve())),
  };
  serve(
    { post: (event) => events.push(structuredClone(checkEvent(event))), listen: (listener) => (deliver = listener) },
    modules,
    clock,
  );
  let id = 0;
  const send = (/** @type {any} */ command) => deliver(checkCommand(command));
  const until = async (/** @type {() => any} */ holds) => {
    for (;;) {
      const found = holds();
      if (found) return found;
      const broken = events.find(({ type }) => type === "error");
      if (broken) throw new Error(broken.message);
      await settle(1);
    }
  };
  const ask = async (/** @type {any} */ command) => {
    const mine = ++id;
    send({ ...command, id: mine });
    const { ok, value, error } = await until(() => events.find((event) => event.type === "reply" && event.id === mine));
    if (!ok) throw Object.assign(new Error(error.message), { code: error.code });
    return value;
  };
  const last = (/** @type {string} */ type) => events.findLast((event) => event.type === type);
  /** Shows every frame, as a page does, until the run stands and its last frame is here. */
  const stands = () =>
    until(() => {
      const { run, frame, step } = last("frame") ?? {};
      if (frame) send({ type: "ack", run, frame });
      const status = last("status");
      return ["finished", "paused"].includes(status?.state) && status.step === step && status;
    });
  send({ type: "hello", version: VERSION, core: null });
  await ask({ type: "tableStart", name });
  send({ type: "tableBytes", bytes: new Uint8Array(rowsOf(name)) });
  await ask({ type: "tableEnd", data: {} });
  return { events, send, ask, last, until, stands };
}

/** The same run by itself, open to all: what its test rows say at each epoch. */
async function truthOf(/** @type {string} */ name, /** @type {any} */ spec, /** @type {number} */ epochs) {
  const reader = new TableReader();
  reader.push(rowsOf(name));
  const trainer = await Trainer.create(spec, reader.finish());
  const { stepsPerEpoch } = trainer.describe();
  const figures = new Set();
  for (let epoch = 0; epoch <= epochs; epoch++) {
    const { rows, ...metrics } = /** @type {any} */ (await trainer.evaluate("test"));
    // A share of so few rows may well be that of others too.
    for (const [key, value] of Object.entries(metrics)) if (key !== "accuracy") figures.add(Math.fround(value));
    if (epoch < epochs) trainer.advance(stepsPerEpoch, 0);
  }
  return figures;
}

/** All numbers in a message: those of arrays, and of bytes the integers of a checkpoint's header as bits of an f64. */
function* numbersIn(/** @type {any} */ value) {
  if (typeof value === "number") yield value;
  else if (value instanceof Uint8Array) {
    if (new TextDecoder().decode(value.subarray(0, 9)) !== "TRAINYARD") return;
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    const end = 13 + view.getUint32(9, true);
    const bits = new DataView(new ArrayBuffer(8));
    for (const [digits] of new TextDecoder().decode(value.subarray(13, end)).matchAll(/\d{15,}/g)) {
      bits.setBigUint64(0, BigInt(digits));
      yield bits.getFloat64(0);
    }
    for (let at = end; at + 4 <= value.length; at += 4) yield view.getFloat32(at, true);
  } else if (ArrayBuffer.isView(value)) yield* /** @type {any} */ (value);
  else if (value && typeof value === "object") for (const inner of Object.values(value)) yield* numbersIn(inner);
}

/** What is said to the page; copies for the case that the worker stops are whole, and go no further than its client. */
const told = (/** @type {any} */ what, /** @type {Set<unknown>} */ figures) =>
  [...numbersIn(Array.isArray(what) ? what.filter(({ type }) => type !== "kept") : what)].filter((value) =>
    figures.has(Math.fround(value)),
  );

for (const [name, changes] of /** @type {[string, object][]} */ ([
  ["diabetes", { layers: [8], epochs: 12, learningRate: 0.01 }],
  ["diabetes", { layers: [8], epochs: 12, learningRate: 0.01, validationShare: 0.25 }],
  ["iris", { layers: [8], epochs: 12, patience: 4, restoreBest: true }],
])) {
  test(`${name}: a locked run says nothing of its test rows; opened, it says all of it; shut again, nothing`, async () => {
    const { events, send, ask, last, until, stands } = await worker(name);
    const settings = { ...defaultsFor(name), ...changes, speed: "max" };
    const spec = specFrom(settings);
    const figures = await truthOf(name, spec, 12);
    send({ type: "open", run: 1, spec });
    await until(() => last("opened"));
    const { description, points } = last("opened");
    assert.ok(description.rows.test > 0 && !points.part.includes(2), "points are no test rows");
    send({ type: "pace", run: 1, stepsPerFrame: 1, unit: "epoch" });
    send({ type: "watch", run: 1, inputs: points.inputs.slice(0, description.columns.length) });
    await until(() => last("frame"));
    send({ type: "play", run: 1 });
    await stands();
    const everything = async () => {
      await ask({ type: "past", run: 1 });
      await ask({ type: "save", run: 1 });
      await ask({ type: "components", run: 1 });
      await ask({
        type: "job",
        kind: "contest",
        course: { specs: [spec, specFrom({ ...settings, learningRate: 0.003 })], inputs: null, epochs: 12 },
      });
    };
    await everything();
    assert.ok(events.some(({ value }) => value?.moments?.length > 2) && events.some(({ type }) => type === "progress"));
    assert.deepEqual(told(events, figures), []);
    assert.ok(last("frame").curve.test.every(Number.isNaN) && last("frame").curve.training.every(Number.isFinite));
    const { validation } = last("frame").curve;
    assert.equal(validation?.every(Number.isFinite), "validationShare" in changes ? true : undefined);
    const { inputs } = points;
    for (const command of [
      { type: "gradient", part: "test" },
      { type: "confusion", part: 2, inputs },
    ])
      await assert.rejects(ask({ ...command, run: 1 }), { code: "locked" });
    assert.ok((await ask({ type: "gradient", run: 1, part: "train" })).length > 0);

    // What stays in this browser goes on bit for bit, and so does what leaves it.
    const [whole, withheld] = [await ask({ type: "save", run: 1, isWhole: true }), await ask({ type: "save", run: 1 })];
    assert.ok(told(whole, figures).length > 0);
    await ask({ type: "load", run: 1, bytes: withheld });
    await stands();
    assert.deepEqual(await ask({ type: "save", run: 1 }), withheld);
    await ask({ type: "load", run: 1, bytes: whole });
    await stands();

    const before = events.length;
    send({ type: "lock", run: 1, isLocked: false });
    await until(() => last("frame").test);
    assert.ok(
      last("points").points.part.includes(2) &&
        last("points").points.targets.length === Object.values(description.rows).reduce((a, b) => a + b, 0),
    );
    await everything();
    const opened = events.slice(before);
    for (const one of [
      last("frame"),
      opened.find(({ value }) => value?.moments),
      opened.find(({ value }) => value instanceof Uint8Array),
      last("progress"),
    ])
      assert.ok(told(one, figures).length > 0, "said again, with what was hidden");

    send({ type: "ack", run: 1, frame: last("frame").frame });
    const shut = events.length;
    send({ type: "lock", run: 1, isLocked: true });
    await until(() => last("frame").test === null);
    await everything();
    assert.deepEqual(told(events.slice(shut), figures), []);
    assert.ok(!last("points").points.part.includes(2));
  });
}

test("rows that are left out take no numbers with them: the others are found by theirs", () => {
  const all = {
    inputs: Float32Array.from([0, 1, 10, 11, 20, 21, 30, 31]),
    targets: Float32Array.from([5, 6, 7, 8]),
    part: Uint8Array.from([0, 2, 1, 0]),
  };
  const seen = withoutTestRows(all);
  assert.deepEqual(
    [[...seen.inputs], [...seen.targets], [...seen.part]],
    [
      [0, 1, 20, 21, 30, 31],
      [5, 7, 8],
      [0, 1, 0],
    ],
  );
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((row) => placeOf(seen, row)),
    [0, -1, 1, 2, -1],
  );
  assert.deepEqual(
    [0, 3, 4].map((row) => placeOf(all, row)),
    [0, 3, -1],
  );
  assert.deepEqual(withoutTestRows(seen), seen);
});
