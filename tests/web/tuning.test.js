// Tiles of the GPU's products: timed once for an adapter and a class of shapes, remembered, and asked for again elsewhere.
import assert from "node:assert/strict";
import test, { afterEach } from "node:test";
import { createEngineTimings } from "../../www/session/engineTimings.js";
import { VERSION } from "../../www/session/protocol.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { tune } from "../../www/worker/tuning.js";
import { inlineRunner, settle } from "./support.js";

const TRIALS = [
  { size: [16, 16], ms: 4 },
  { size: [8, 8], ms: 3 },
];

/** A trainer whose core has those sizes; it says how often it was asked, and with what. */
class Tunable {
  asked = [];
  shape = "128 × 1024";
  trials = TRIALS;

  tileClass() {
    return this.shape;
  }

  async tuneTiles(budget, known) {
    assert.ok(budget > 0);
    this.asked.push(known ?? null);
    const isKnown = this.trials.some(({ size }) => String(size) === String(known));
    return isKnown ? { size: known, trials: [] } : { size: [8, 8], trials: this.trials };
  }
}

const found = { size: [8, 8], trials: TRIALS };

test("the first time sizes are timed; what is found is remembered, and taken without a trial", async () => {
  const measured = {};
  const first = new Tunable();
  const { key, ...tiles } = await tune(first, { device: "a card" }, measured);
  assert.deepEqual([tiles, first.asked], [found, [null]]);
  assert.deepEqual(measured, { [key]: found });
  const second = new Tunable();
  assert.deepEqual(await tune(second, { device: "a card" }, measured), { key, ...found });
  assert.deepEqual(second.asked, [[8, 8]]);
});

test("another adapter is timed anew, and so is another class of shapes", async () => {
  const measured = {};
  const trainer = new Tunable();
  await tune(trainer, { device: "a card" }, measured);
  await tune(trainer, { device: "another card" }, measured);
  trainer.shape = "64 × 64";
  await tune(trainer, { device: "a card" }, measured);
  assert.deepEqual(trainer.asked, [null, null, null]);
  assert.equal(Object.keys(measured).length, 3);
});

test("where sizes don't count nothing is timed, and what can't be timed is not remembered", async () => {
  const measured = {};
  const small = Object.assign(new Tunable(), { shape: undefined });
  assert.equal(await tune(small, { device: "a card" }, measured), null);
  assert.deepEqual(small.asked, []);
  const silent = Object.assign(new Tunable(), { trials: [] });
  assert.deepEqual((await tune(silent, { device: "a card" }, measured))?.trials, []);
  const lost = Object.assign(new Tunable(), { tuneTiles: async () => undefined });
  assert.equal(await tune(lost, { device: "a card" }, measured), null);
  assert.deepEqual(measured, {});
});

test("what others wrote among the measurements counts for nothing", async () => {
  const before = {};
  const { key } = await tune(new Tunable(), { device: "a card" }, before);
  for (const size of [[8], [8, 8, 8], ["8", "8"], [8, NaN], [0, 8], [-8, 8], "8,8"]) {
    const trainer = new Tunable();
    const { trials } = await tune(trainer, { device: "a card" }, { [key]: { size, trials: TRIALS } });
    assert.deepEqual([trainer.asked, trials], [[null], TRIALS], String(size));
  }
  for (const trials of [undefined, "none", [{}], [null], [{ size: [8, 8], ms: NaN }]]) {
    const trainer = new Tunable();
    await tune(trainer, { device: "a card" }, { [key]: { size: [8, 8], trials } });
    assert.deepEqual(trainer.asked, [null], JSON.stringify(trials));
  }
  // One that this core doesn't have is timed too.
  const trainer = new Tunable();
  const measured = { [key]: { size: [5, 5], trials: TRIALS } };
  await tune(trainer, { device: "a card" }, measured);
  assert.deepEqual([trainer.asked, measured[key]], [[[5, 5]], found]);
});

/** A run that is left open would keep the process alive. */
const open = [];
afterEach(async () => {
  for (const runner of open.splice(0)) runner.send({ type: "close", run: 1 });
  await settle();
});

async function opened(adapter, measured = {}) {
  const tunable = new Tunable();
  const part = {
    tune(trainer, device, known) {
      trainer.tileClass = () => tunable.shape;
      trainer.tuneTiles = (...how) => tunable.tuneTiles(...how);
      return tune(trainer, device, known);
    },
  };
  const runner = inlineRunner({ adapter, part });
  open.push(runner);
  runner.send({ type: "hello", version: VERSION, core: null });
  const spec = specFrom({ ...defaultsFor("circle"), engine: "gpu" });
  runner.send({ type: "open", run: 1, spec, measured });
  await settle();
  return { tiles: runner.last("opened").description.tiles, asked: tunable.asked };
}

test("the page is told, remembers, and brings it along; an adapter differs by any word that the browser tells", async () => {
  const kept = { text: null, getItem: () => kept.text, setItem: (_, value) => void (kept.text = value) };
  const card = { vendor: "maker", architecture: "third", description: "A graphics card" };
  const { tiles, asked } = await opened(card);
  assert.deepEqual([{ size: tiles.size, trials: tiles.trials }, asked], [found, [null]]);
  createEngineTimings(kept).add(tiles);
  const measured = createEngineTimings(kept).get();
  assert.deepEqual(measured, { [tiles.key]: found });
  assert.deepEqual(await opened(card, measured), { tiles, asked: [[8, 8]] });
  const other = await opened({ ...card, architecture: "fourth" }, measured);
  assert.deepEqual(other.asked, [null]);
  assert.notEqual(other.tiles.key, tiles.key);
});
