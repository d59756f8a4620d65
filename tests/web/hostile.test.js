// Messages that are malformed, late or crossed, to the runner with the real core: each is answered, and none is fatal.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { COMMANDS } from "../../www/session/protocol.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { Trainer, initSync, preview } from "../../www/pkg/trainyard.js";
import * as probe from "../../www/worker/engineChoice.js";
import * as jobs from "../../www/worker/jobs.js";
import { serve } from "../../www/worker/runner.js";
import * as travel from "../../www/worker/travel.js";
import { VALUES, chance } from "./hostileValues.js";
import { settle } from "./support.js";

initSync({ module: readFileSync(new URL("../../www/pkg/trainyard_bg.wasm", import.meta.url)) });

/** TRAINYARD_FUZZ=1000000 tries more by hand. */
const MESSAGES = Number(process.env.TRAINYARD_FUZZ ?? 10_000);

function realRunner(heard = (_event) => {}) {
  /** @type {any[]} */
  const events = [];
  /** @type {(message: any) => void} */
  let deliver = () => {};
  let now = 0;
  serve(
    {
      post(event) {
        events.push(event);
        heard(event);
        if (event.type === "frame") setImmediate(() => deliver({ type: "ack", run: event.run, frame: event.frame }));
      },
      listen: (listener) => (deliver = listener),
    },
    /** @type {any} */ ({
      load: async () => {},
      ready: Promise.resolve(),
      createTrainer: (spec) => Trainer.create(spec),
      preview,
      loadTravel: async () => travel,
      loadProbe: async () => probe,
      loadJobs: async () => jobs,
      findAdapter: async () => null,
      loadFull: () => Promise.reject(new Error("offline")),
    }),
    { now: () => (now += 1), turn: () => new Promise((resolve) => setImmediate(resolve)) },
  );
  return { events, send: (message) => deliver(message) };
}

const spec = (changes = {}) =>
  specFrom({ ...defaultsFor("circle"), samples: 40, layers: [2], engine: "cpu", ...changes });

/** What is long by right, ends the worker by right, or has no answer. */
const LEFT_OUT = ["hello", "job", "cancel", "trial"];
const TYPES = Object.keys(COMMANDS).filter((type) => !LEFT_OUT.includes(type));

function message(random, run) {
  if (random.next() < 0.02) return random.of(VALUES);
  const type = random.next() < 0.97 ? random.of(TYPES) : random.of(VALUES);
  /** @type {any} */
  const made = { type };
  const rules = (typeof type === "string" && COMMANDS[type]) || { id: () => true };
  for (const [name, rule] of Object.entries(rules)) {
    if (random.next() < 0.03) continue;
    const fits = random.next() < 0.8;
    const values = fits ? VALUES.filter((value) => rule(value)) : VALUES;
    made[name] = values.length ? random.of(values) : random.of(VALUES);
  }
  if ("run" in rules && random.next() < 0.8) made.run = run;
  if (type === "open")
    Object.assign(made, {
      run: run + 1,
      spec:
        random.next() < 0.7
          ? spec()
          : { ...spec(), [random.of(["data", "model", "training", "seed", "x"])]: random.of(VALUES) },
    });
  if (random.next() < 0.03) made.extra = random.of(VALUES);
  if (random.next() < 0.7 && "id" in rules) made.id = 0; // put in by the caller
  return made;
}

const written = (one) =>
  JSON.stringify(one, (_, value) => (typeof value === "bigint" ? String(value) : value))?.slice(0, 300);

test("malformed and late messages are answered, once each, and none is fatal", async () => {
  const random = chance(20_26);
  let last;
  const replies = new Map();
  const { events, send } = realRunner((event) => {
    if (event.type === "reply") replies.set(event.id, (replies.get(event.id) ?? 0) + 1);
    assert.ok(!event.fatal, `${event.message}: around ${written(last)}`);
  });
  let run = 1;
  send({ type: "open", run, spec: spec() });
  await settle();
  const asked = [];
  for (let i = 1; i <= MESSAGES; i++) {
    last = message(random, run);
    if (last?.id === 0) asked.push((last.id = 1000 + i));
    send(last);
    if (last?.type === "open" && Number.isSafeInteger(last.run)) run = last.run;
    if (i % 20 === 0) await settle(3);
    events.length = 0;
  }
  send({ type: "pause", run });
  await settle(400);
  assert.ok(asked.length > MESSAGES / 10);
  assert.deepEqual(
    asked.filter((id) => replies.get(id) !== 1),
    [],
    "messages without exactly one answer",
  );
});

test("whatever is under way when its run is closed or opened anew is answered, and nothing of it is used after", async () => {
  const fatal = [];
  const replies = new Map();
  const { send } = realRunner((event) => {
    if (event.fatal) fatal.push(event.message);
    if (event.type === "reply") replies.set(event.id, (replies.get(event.id) ?? 0) + 1);
  });
  const inputs = new Float64Array([0, 0]);
  const questions = [
    { type: "seek", step: 3, exact: true },
    { type: "seek", step: 0, forgets: true },
    { type: "past" },
    { type: "weights", steps: [0, 5, 3] },
    { type: "units", steps: [0, 4], inputs },
    { type: "curvature" },
    { type: "curvature", step: 2 },
    { type: "confusion", part: 0, inputs },
    { type: "save" },
    { type: "activations", inputs },
    { type: "gradient", part: "train" },
    { type: "trial", step: 2, specs: [spec(), spec()], steps: 50, most: 0 },
  ];
  let [run, id] = [0, 0];
  for (const command of questions) {
    for (const end of ["open", "close"]) {
      for (let turns = 0; turns < 6; turns++) {
        send({ type: "open", run: ++run, spec: spec() });
        await settle(3);
        send({ type: "step", run, unit: "epoch", count: 3 });
        await settle(8);
        send({ ...command, id: ++id, run });
        if (turns % 2) send({ type: "play", run });
        await settle(turns);
        send(end === "open" ? { type: "open", run: ++run, spec: spec() } : { type: "close", run });
        await settle(12);
        assert.deepEqual(fatal, [], `${command.type}, ${end} after ${turns} turns`);
        assert.equal(replies.get(id), 1, `${command.type}, ${end} after ${turns} turns`);
      }
    }
  }
});
