// A team of trainers as the worker leads it (www/worker/team.js), with the real core; its other workers are in this thread.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { TableReader, Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import { form, share } from "../../www/worker/team.js";
import { follow, readAgain } from "../../www/worker/member.js";
import { runBenchmark, runLap } from "../../www/features/benchmark/worker.js";
import * as teamPart from "../../www/worker/team.js";
import { hashNumbers } from "./fnv.js";

initSync({ module: fs.readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

const spec = {
  seed: 4,
  data: { source: "spiral", samples: 900, split: { train: 0.8, validation: 0.1, test: 0.1 } },
  model: { layers: [720, 720].map((units) => ({ type: "dense", units, activation: "relu" })) },
  training: { batchSize: 400, optimizer: { type: "adam", learningRate: 0.001 }, stop: { maxEpochs: null } },
};

/** What would be a worker: holds a member's trainer until it is ended. Fails to start after so many. */
function workers(most = Infinity) {
  const all = [];
  /** What the next ones wait for. */
  const gate = { open: Promise.resolve() };
  const spawn = () => {
    const worker = {
      isEnded: false,
      async postMessage({ type, course }) {
        // As the page's own worker does: it says that it has its core, and is ready.
        if (type !== "job") return ["core", "ready"].forEach((said) => worker.onmessage({ data: { type: said } }));
        await gate.open;
        if (all.length > most)
          return worker.onmessage({ data: { type: "reply", ok: false, error: { message: "no memory" } } });
        const createReader = (read) => new TableReader(read);
        worker.trainer = await Trainer.create(course.spec, readAgain({ createReader }, course.spec, course.rows));
        worker.port = course.port;
        follow(worker.trainer, worker.port);
        worker.onmessage({ data: { type: "reply", ok: true } });
      },
      terminate() {
        worker.isEnded = true;
        worker.port?.close();
      },
    };
    all.push(worker);
    return worker;
  };
  return { all, spawn, gate };
}

async function teamOf(cores, { all, spawn, gate } = workers()) {
  const shared = { trainer: await Trainer.create(spec), spec, rows: null, modules: { core: null, full: null } };
  return {
    team: await form({ shared, clock: performance, cores, spawn }),
    all,
    gate,
    alone: await Trainer.create(spec),
  };
}

const until = async (isSo) => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
};
const advance = async ({ team, alone }, steps) => {
  const end = alone.progress().step + steps;
  while (team.trainer.progress().step < end) await team.trainer.advance(1, 0);
  alone.advance(steps, 0);
};
const sameBits = async ({ team, alone }) =>
  assert.equal(hashNumbers(await team.trainer.parameters()), hashNumbers(await alone.parameters()));

for (const cores of [2, 3, 4])
  test(`${cores} workers hold the bits of one, and each of them those of the leader`, async () => {
    const those = await teamOf(cores);
    assert.equal(those.team.size, cores);
    await advance(those, 4);
    await sameBits(those);
    const { step } = those.alone.progress();
    await until(() => those.all.every(({ trainer }) => trainer.progress().step === step));
    for (const { trainer } of those.all)
      assert.equal(hashNumbers(await trainer.parameters()), hashNumbers(await those.alone.parameters()));
    those.team.trainer.free();
    assert.ok(those.all.every(({ isEnded }) => isEnded));
  });

/** A file whose columns have commas for decimals, quotes, gaps and dates, and a name that says nothing. */
function tableText(rows) {
  const lines = ["wert;größe;art;tag;ziel"];
  for (let row = 0; row < rows; row++) {
    const [a, b] = [Math.sin(row * row), Math.cos(row)].map((value) => value.toFixed(4).replace(".", ","));
    const kind = ["rot", 'sehr "blau"', "grün; hell"][row % 3];
    const day = `${String((row % 28) + 1).padStart(2, "0")}.0${(row % 9) + 1}.2024`;
    lines.push(`${row % 17 ? a : ""};${b};"${kind.replaceAll('"', '""')}";${day};${row % 2 ? "ja" : "nein"}`);
  }
  return new TextEncoder().encode(lines.join("\n"));
}

for (const cores of [1, 2, 3, 7])
  test(`rows of a file: ${cores} workers hold the bits of one, through early stopping by validation rows`, async () => {
    const open = () => {
      const reader = new TableReader({});
      reader.push(tableText(1200));
      return reader.finish();
    };
    const ofTable = {
      ...spec,
      data: { source: "table", target: "ziel", split: { train: 0.7, validation: 0.2, test: 0.1 } },
      model: { layers: [720, 720].map((units) => ({ type: "dense", units, activation: "tanh" })) },
      training: { ...spec.training, batchSize: 500, stop: { maxEpochs: 3, patience: 1, restoreBest: true } },
    };
    const table = open();
    const engines = /** @type {any} */ ({
      tables: async () => ({ given: async (of) => ({ spec: of, rows: table }) }),
      cpu: (of) => Trainer.create(of, table),
      modules: async () => ({ core: null, full: null }),
    });
    const { all, spawn } = workers();
    const shared = await share({ spec: ofTable, engines });
    const team = await form({ shared, clock: performance, cores, spawn });
    const alone = await Trainer.create(ofTable, table);
    if (cores === 1) return assert.equal(team, null);
    assert.equal(team.size, Math.min(cores, 4));
    while (team.trainer.progress().status === "training" || !team.trainer.progress().step)
      await team.trainer.advance(1, 0);
    alone.advance(1000, 0);
    assert.deepEqual(team.trainer.progress(), alone.progress());
    assert.equal(team.size, Math.min(cores, 4), "nobody was lost on the way");
    assert.equal(hashNumbers(await team.trainer.parameters()), hashNumbers(await alone.parameters()));
    await until(() => all.every(({ trainer }) => trainer.progress().step === alone.progress().step));
    team.trainer.free();
  });

test("a worker that ends is replaced once the step is done, and the bits stay; a freed team takes no new one", async () => {
  const those = await teamOf(2);
  const { team, all } = those;
  await advance(those, 2);
  const advanced = team.trainer.advance(1, 0);
  all[0].terminate();
  await advanced;
  await advance(those, 1);
  await until(() => team.size === 2);
  assert.equal(all.length, 2);
  assert.match(team.news, /^CPU × 2: .* a new one took its place/);
  await advance(those, 3);
  await sameBits(those);

  let open;
  those.gate.open = new Promise((resolve) => (open = resolve));
  all[1].terminate();
  await advance(those, 2);
  await until(() => all.length === 3);
  assert.equal(team.size, 1);
  team.trainer.free();
  open();
  await until(() => all[2].isEnded);
});

test("who can't be replaced isn't, and no more than three are", async () => {
  const none = await teamOf(2, workers(1));
  none.all[0].terminate();
  await advance(none, 2);
  await until(() => none.all.length === 2 && none.all[1].isEnded);
  await advance(none, 1);
  assert.equal(none.team.size, 1);
  assert.match(none.team.news, /^CPU: the other workers stopped/);
  await sameBits(none);

  const those = await teamOf(2);
  for (let lost = 1; lost <= 4; lost++) {
    those.all.at(-1).terminate();
    await until(() => those.all.at(-1).isEnded);
    await advance(those, 2);
    if (lost < 4) await until(() => those.team.size === 2);
  }
  assert.deepEqual([those.team.size, those.all.length], [1, 4]);
  await sameBits(those);
  those.team.trainer.free();
});

test("the race has a lane of several workers where they share batches: timed alike, and with the loss of one", async () => {
  const { all, spawn } = workers();
  const engines = {
    findAdapter: async () => null,
    cpu: (of) => Trainer.create(of),
    full: (of) => Trainer.create(of),
    modules: async () => ({ core: null, full: null }),
  };
  const parts = /** @type {any} */ ({
    engines,
    clock: { now: () => performance.now(), turn: () => new Promise((resolve) => setImmediate(resolve)) },
    signal: new AbortController().signal,
  });
  const loadTeam = /** @type {any} */ (async () => ({ ...teamPart, form: (of) => form({ ...of, cores: 2, spawn }) }));
  const lap = await runLap(parts, { spec, milliseconds: 30 }, loadTeam);
  const { workers: count, msPerStep, talkMs, isSame } = lap.team;
  assert.deepEqual([count, isSame, lap.gpu], [2, true, null]);
  assert.ok(msPerStep > 0 && talkMs >= 0 && talkMs <= msPerStep, `${talkMs} of ${msPerStep} ms`);
  assert.ok(all.every(({ isEnded }) => isEnded));

  const short = { ...spec, training: { ...spec.training, batchSize: 64 } };
  const refusing = /** @type {any} */ (() => assert.fail("nothing to share"));
  assert.equal((await runLap(parts, { spec: short, milliseconds: 1 }, refusing)).team, null);
  const failing = /** @type {any} */ (() => Promise.reject(new Error("offline")));
  assert.equal((await runLap(parts, { spec, milliseconds: 1 }, failing)).team, null);
  const course = { spec, widths: [8], layers: 2, milliseconds: 1 };
  await assert.rejects(
    runBenchmark(parts, course, () => {}, loadTeam),
    { code: "no-gpu" },
  );
});
