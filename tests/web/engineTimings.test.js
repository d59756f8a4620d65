// What is remembered of this device's engines, and what becomes of it in the playground.
import assert from "node:assert/strict";
import test from "node:test";
import { createEngineTimings } from "../../www/session/engineTimings.js";

const storage = (text = null) => {
  const kept = { text, getItem: () => kept.text, setItem: (_, value) => void (kept.text = value) };
  return kept;
};
const entry = { cpuMs: 1, gpuMs: 2, adapter: "A" };

test("measurements outlive the page", () => {
  const kept = storage();
  const first = createEngineTimings(kept);
  assert.deepEqual(first.get(), {});
  first.add({ key: "A:1000", ...entry });
  first.add({ key: "none:8", cpuMs: 1, gpuMs: null, adapter: null });
  assert.deepEqual(createEngineTimings(kept).get(), {
    "A:1000": entry,
    "none:8": { cpuMs: 1, gpuMs: null, adapter: null },
  });
});

test("sizes of tiles are kept beside them", () => {
  const kept = storage();
  const tiles = { size: [8, 8], trials: [{ size: [8, 8], ms: 3 }] };
  createEngineTimings(kept).add({ key: "tiles|A|64x64", ...tiles });
  assert.deepEqual(createEngineTimings(kept).get(), { "tiles|A|64x64": tiles });
  kept.text = JSON.stringify({ A: { size: 8 } });
  assert.deepEqual(createEngineTimings(kept).get(), {});
});

test("blocked, full or foreign storage does no harm", () => {
  const blocked = createEngineTimings({
    getItem: () => {
      throw new Error("blocked");
    },
    setItem: () => {
      throw new Error("full");
    },
  });
  blocked.add({ key: "A", ...entry });
  assert.deepEqual(blocked.get(), { A: entry });
  for (const text of ["", "null", "[1]", "no json", '{"A": {"cpuMs": "1"}}', '{"A": null}'])
    assert.deepEqual(createEngineTimings(storage(text)).get(), {}, text);
  assert.deepEqual(createEngineTimings(null).get(), {});
});

test("the oldest give way", () => {
  const measured = createEngineTimings(storage());
  for (let i = 0; i < 70; i++) measured.add({ key: `k${i}`, ...entry });
  const keys = Object.keys(measured.get());
  assert.deepEqual([keys.length, keys[0], keys.at(-1)], [64, "k6", "k69"]);
});
