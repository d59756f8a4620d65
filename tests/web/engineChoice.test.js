// Which engine trains: the GPU or several workers, where they are a fifth faster than one worker; no number never is.
import assert from "node:assert/strict";
import test from "node:test";
import { prepare } from "../../www/worker/engineChoice.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { FakeGpuTrainer } from "./fakeGpuTrainer.js";

const spec = specFrom({ ...defaultsFor("circle"), batchSize: 500, epochs: null });
const clock = /** @type {any} */ ({ now: () => 0, turn: async () => {} });

/**
 * The choice where a step takes so long on one worker.
 *
 * @param {object} of
 * @param {number} of.cpuMs
 * @param {number} [of.teamMs]        and on several
 * @param {number | null} [of.gpuMs]  on the GPU, as it is remembered; null: there is none
 * @param {number} [of.rows]          of a batch
 * @param {any} [of.team]             what comes in the place of the part with teams
 */
async function choice({ cpuMs, teamMs = NaN, gpuMs = null, rows = 500, team }) {
  const freed = { team: 0, gpu: 0, asked: 0 };
  const trainer = /** @type {any} */ ({ free: () => (freed.team += 1) });
  const formed = {
    trainer,
    reason: "",
    time: async () => ({ workers: 2, msPerStep: teamMs, talkMs: 1, bytes: 2 ** 20 }),
  };
  const gpu = Object.assign(new FakeGpuTrainer(spec), { free: () => (freed.gpu += 1) });
  const parts = {
    spec: { ...spec, training: { ...spec.training, batchSize: rows } },
    cpuMs,
    known: gpuMs === null ? null : { cpuMs, gpuMs, adapter: "card" },
    engines: {
      findAdapter: async () => (gpuMs === null ? null : { name: "card", isFallback: false }),
      gpu: async () => ({ trainer: gpu }),
    },
    clock,
  };
  const part = team ?? { share: async () => ({}), form: async () => formed };
  const candidate = await prepare(/** @type {any} */ (parts), async () => ((freed.asked += 1), part));
  const { trainer: chosen, reason } = await candidate.decide();
  const who = chosen === null ? "one" : chosen === trainer ? "team" : "gpu";
  return { who, reason, freed };
}

test("several workers have to be a fifth faster than one", async () => {
  assert.equal((await choice({ cpuMs: 120, teamMs: 100 })).who, "team");
  assert.equal((await choice({ cpuMs: 120, teamMs: 100.1 })).who, "one");
  assert.equal((await choice({ cpuMs: 119.9, teamMs: 100 })).who, "one");
});

test("so has the GPU, and where it is, no other workers are timed", async () => {
  const fast = await choice({ cpuMs: 120, teamMs: 1, gpuMs: 100 });
  assert.deepEqual([fast.who, fast.freed], ["gpu", { team: 1, gpu: 0, asked: 1 }]);
  assert.equal((await choice({ cpuMs: 120, teamMs: 100, gpuMs: 100.1 })).who, "team");
  assert.equal((await choice({ cpuMs: 120, teamMs: 110, gpuMs: 100.1 })).who, "one");
});

test("what is no number, or is never over, is never faster; the sentence leaves it out", async () => {
  for (const ms of [NaN, Infinity]) {
    const { who, reason, freed } = await choice({ cpuMs: 120, teamMs: ms, gpuMs: NaN });
    assert.deepEqual([who, freed.team], ["one", 1]);
    assert.doesNotMatch(reason, /workers|Infinity/);
  }
  assert.equal((await choice({ cpuMs: NaN, teamMs: 1, gpuMs: 1 })).who, "one");
});

test("the sentence says what both take, and what is arithmetic", async () => {
  const { reason } = await choice({ cpuMs: 120, teamMs: 70 });
  assert.match(
    reason,
    /^CPU × 2: 70 ms per step on 2 workers vs\. 120 ms on one\. Of that, 69 ms are arithmetic and 1 ms /,
  );
  const slow = await choice({ cpuMs: 120, teamMs: 119 });
  assert.match(slow.reason, /; 2 workers take 120 ms$/);
});

test("short steps and small batches ask for no other workers", async () => {
  for (const [cpuMs, rows, asked] of [
    [8, 65, 1],
    [7.9, 65, 0],
    [8, 64, 0],
    [8, NaN, 0],
  ])
    assert.equal((await choice({ cpuMs, teamMs: 1, rows })).freed.asked, asked, `${cpuMs} ms, ${rows} rows`);
});

test("where no team can be formed, one worker goes on", async () => {
  const failing = async () => {
    throw new Error("no worker");
  };
  for (const team of [
    { share: failing },
    { share: async () => ({}), form: failing },
    { share: async () => null, form: async () => null },
  ])
    assert.equal((await choice({ cpuMs: 120, teamMs: 1, team })).who, "one");
});
