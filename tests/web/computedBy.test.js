// Who computed a run travels with it: through the page, its files, its kept runs and its reports, and nothing else is claimed.
import assert from "node:assert/strict";
import test from "node:test";
import { createStore } from "../../www/base/store.js";
import { readmeOf } from "../../www/features/export/program/python/readme.js";
import { receipt } from "../../www/features/report/cards.js";
import { RunHistory } from "../../www/features/runs/runHistory.js";
import { readExperiment, writeExperiment } from "../../www/features/share/experimentFile.js";
import { reportOf } from "../../www/features/share/report.js";
import { restore } from "../../www/features/share/restore.js";
import {
  carriedOn,
  enginesOf,
  enginesWords,
  followComputed,
  isEngines,
  isExact,
} from "../../www/session/computedBy.js";
import { createPlayground } from "../../www/session/playground.js";
import { defaultsFor } from "../../www/settings/spec.js";
import { inlineWorker, settle } from "./support.js";

const CPU = { engine: "cpu", reason: "CPU (chosen). Identical results on every machine.", isFast: false };
const FAST = { engine: "cpu", reason: "CPU (fast multiply-add). Not bit-exact: …", isFast: true };
const GPU = { engine: "gpu", reason: "GPU: A", isFast: false };

/** A run whose frames and engines the test says. */
function followed() {
  const store = createStore(
    /** @type {any} */ ({ engine: CPU, description: {}, frame: { step: 0 }, run: { step: 0 } }),
  );
  const end = followComputed(/** @type {any} */ ({ store }));
  return {
    playground: /** @type {any} */ ({ store }),
    store,
    end,
    by: () => store.get().computed?.by ?? [],
    async at(/** @type {number} */ step, /** @type {object} */ more = {}) {
      store.set({ frame: { step }, run: { step }, ...more });
      await settle(1);
    },
  };
}

test("whoever takes a step is named once, in the order in which they came; a new run begins with nobody", async () => {
  const { at, by, end, store } = followed();
  await at(0);
  assert.deepEqual(by(), []);
  await at(4);
  assert.deepEqual(by(), ["cpu"]);
  await at(4, { engine: GPU });
  assert.deepEqual(by(), ["cpu"], "it has computed nothing yet");
  await at(9);
  await at(9, { engine: { ...CPU } });
  await at(12);
  assert.deepEqual(by(), ["cpu", "gpu"]);
  // Another worker goes on with the run, by the fast core.
  await at(12, { engine: FAST, description: {} });
  assert.deepEqual(by(), ["cpu", "gpu"]);
  await at(13);
  assert.deepEqual(by(), ["cpu", "gpu", "fast"]);
  // The run before was further: what is new is told by the description.
  store.set({ run: { step: 13 }, frame: { step: 0 }, description: {} });
  await settle(1);
  assert.deepEqual(by(), []);
  await at(2);
  assert.deepEqual(by(), ["fast"]);
  end();
  await at(3, { engine: GPU });
  assert.deepEqual(by(), ["fast"]);
});

test("a checkpoint brings who computed it; who goes on from there is named with the first step", async () => {
  const { playground, at, by, store } = followed();
  await at(0);
  // The worker says where it stands before there is a picture of it.
  store.set({ run: { step: 40 } });
  carriedOn(playground, ["fast"]);
  await settle(1);
  await at(40);
  assert.deepEqual(by(), ["fast"]);
  assert.match(store.get().engine.reason, /not bit-exact.*another engine/);
  await at(41);
  assert.deepEqual(by(), ["fast", "cpu"]);
  // Back before it, and on from there: a step that was the other's is done once more.
  carriedOn(playground, null);
  await at(41);
  assert.deepEqual(by(), ["unknown"]);
  assert.match(store.get().engine.reason, /doesn’t say/);
  await at(20);
  assert.deepEqual(by(), ["unknown"]);
  await at(21);
  assert.deepEqual(by(), ["unknown", "cpu"]);
  await at(0);
  assert.equal(store.get().engine.reason, CPU.reason, "the start is nobody's");
});

test("only the exact core alone is exact; a file names what is known, each once", () => {
  assert.deepEqual([["cpu"], [], ["fast"], ["cpu", "gpu"], ["unknown"]].map(isExact), [
    true,
    true,
    false,
    false,
    false,
  ]);
  for (const good of [[], ["cpu"], ["unknown", "gpu", "fast", "cpu"]]) assert.ok(isEngines(good));
  for (const bad of [["warp"], ["cpu", "cpu"], "cpu", { 0: "cpu" }, [null], ["toString"], [["cpu"]], 7])
    assert.equal(isEngines(bad), false, JSON.stringify(bad));
  assert.equal(enginesWords(["cpu", "fast"]), "CPU, CPU with fast multiply-add (not bit-exact)");
});

const saved = { link: "source=circle", spec: {}, epoch: 3, checkpoint: new Uint8Array([1, 2]), table: null };

test("a file keeps it; older files say nothing, and one that claims what is unknown is refused", () => {
  const text = writeExperiment({ ...saved, engines: ["fast", "cpu"] });
  assert.deepEqual(readExperiment(text).engines, ["fast", "cpu"]);
  const old = writeExperiment(saved);
  assert.ok(!old.includes("engines"));
  assert.equal(readExperiment(old).engines, null);
  assert.ok(!writeExperiment({ ...saved, checkpoint: null, engines: ["fast"] }).includes("engines"));
  const claims = (/** @type {unknown} */ engines) => () =>
    readExperiment(JSON.stringify({ trainyard: 1, link: "source=circle", engines }));
  for (const bad of [["warp"], "fast", ["cpu", "cpu"], {}])
    assert.throws(claims(bad), ({ message }) => {
      assert.ok(message.includes(JSON.stringify(bad)), message);
      return /“engines” of this experiment is .*list of these.*: cpu, fast, gpu, unknown\.$/.test(message);
    });
  assert.ok(claims(["gpu"])());
});

/** @returns {any} */
const state = (/** @type {object} */ more) => ({
  settings: defaultsFor("circle"),
  description: { task: "classification", classes: 2, rows: { train: 40, validation: 0, test: 10 }, parameterCount: 2, loss: "mse" }, // prettier-ignore
  frame: { epoch: 3, step: 12, parameters: Float32Array.of(1, 2), training: { loss: 1 }, test: null },
  run: { state: "paused", epoch: 3, step: 12, why: null },
  table: { title: null },
  lock: null,
  engine: CPU,
  ...more,
});
const by = (/** @type {string[]} */ ...by) => state({ computed: { by, until: 0 } });

/** What a report and its receipt say. */
async function told(/** @type {any} */ state) {
  const report = JSON.stringify(reportOf(state, "link"));
  const card = await receipt(/** @type {any} */ ({ store: { get: () => state } }), "link");
  return { report, card: `${card.title}\n${card.facts?.join("\n")}\n${card.words?.join(" ")}` };
}

test("reports say who computed, and promise the same bits of the exact core's runs alone", async () => {
  const exact = await told(by("cpu"));
  assert.match(exact.report, /Computed by: CPU\. The same bits on every machine\."/);
  assert.match(exact.card, /^Reproducibility receipt[^]*The same bits on every machine[^]*have the same hash/);
  for (const [one, words] of /** @type {[any, RegExp][]} */ ([
    [by("fast"), /with fast multiply-add/],
    [by("gpu"), /: GPU\./],
    [state({ engine: { ...GPU, adapter: { name: "A" } } }), /: GPU \(A\)\./],
    [by("fast", "cpu"), /CPU with fast multiply-add \(not bit-exact\), CPU/],
    [by("cpu", "gpu"), /CPU, GPU/],
    [by("unknown", "cpu"), /doesn’t name, CPU/],
    [state({ engine: FAST }), /with fast multiply-add/],
  ])) {
    const { report, card } = await told(one);
    assert.match(report, words);
    assert.match(card, words);
    assert.doesNotMatch(`${report}${card}`, /same bits|[Rr]eproducib|identical|have the same hash/);
    const said = /Computed by: .*?Another machine may give other last digits\./;
    assert.equal(card.match(said)?.[0], report.match(said)?.[0], "in the same words");
    assert.match(card, said);
  }
});

test("an archive's README says who computed the weights", () => {
  const about = { epoch: 4, trainyard: "1", frozen: [] };
  assert.match(
    readmeOf([], about, ["fast", "cpu"]),
    /computed by: CPU with fast multiply-add \(not bit-exact\), CPU\./,
  );
  assert.match(readmeOf([], about, []), /computed by: nobody yet\./);
});

/** A page with the parts that keep runs; `isFast`: by the fast core. */
async function page(/** @type {boolean} */ isFast) {
  const playground = createPlayground({
    spawn: () => inlineWorker({ prepare: (trainer) => Object.assign(trainer, { isFast }) }),
    core: /** @type {any} */ (Promise.resolve(null)),
    nextFrame: (callback) => void setImmediate(callback),
    randomSeed: () => 42,
    hash: "engine=cpu",
    rememberHash: () => {},
  });
  const storage = { all: async () => [], put: async () => {}, remove: async () => {} };
  const keeper = new RunHistory(playground, storage, { now: Date.now, tick: () => performance.now() });
  followComputed(playground);
  const until = async (/** @type {(state: any) => boolean} */ is) => {
    for (let i = 0; i < 100 && !is(playground.store.get()); i++) await settle(10);
    assert.ok(is(playground.store.get()));
  };
  await until(({ frame }) => frame);
  const train = async () => {
    const { step } = playground.store.get().frame ?? { step: 0 };
    playground.step("epoch");
    await until(({ frame, run }) => frame.step > step && run.state === "paused");
    await settle();
  };
  return { playground, keeper, train, until };
}

test("a fast run that another core goes on with is of both, in kept runs and in the next file", async () => {
  const first = await page(true);
  await first.train();
  assert.deepEqual(enginesOf(first.playground.store.get()), ["fast"]);
  const checkpoint = await first.playground.client.save();
  first.keeper.dispose();
  assert.deepEqual(first.keeper.store.get().runs[0].engines, ["fast"]);
  first.playground.dispose();

  const { playground, keeper, train, until } = await page(false);
  assert.match(playground.store.get().engine?.reason ?? "", /^CPU \(chosen\)\. Identical/);
  const file = readExperiment(writeExperiment({ ...saved, link: "engine=cpu", checkpoint, engines: ["fast"] }));
  await restore(playground, file);
  await until(({ frame }) => frame.step > 0);
  await settle();
  assert.deepEqual(enginesOf(playground.store.get()), ["fast"], "the exact core took no step yet");
  assert.doesNotMatch(playground.store.get().engine?.reason ?? "", /Identical/);
  await train();
  assert.deepEqual(enginesOf(playground.store.get()), ["fast", "cpu"]);
  // A worker that is replaced goes on with the same run.
  const { shown } = playground.store.get();
  playground.client.restart();
  await until(({ shown: now, frame }) => now !== shown && frame.step > 0);
  await settle();
  assert.deepEqual(enginesOf(playground.store.get()), ["fast", "cpu"]);
  playground.reset();
  await until(({ frame }) => frame.step === 0);
  await settle();
  assert.deepEqual(keeper.store.get().runs[0].engines, ["fast", "cpu"]);
  assert.deepEqual(playground.store.get().computed?.by ?? [], []);
  assert.match(playground.store.get().engine?.reason ?? "", /^CPU \(chosen\)\. Identical/);
  await train();
  assert.deepEqual(enginesOf(playground.store.get()), ["cpu"]);
  playground.dispose();
});
