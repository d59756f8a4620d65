// A GPU that never gives its adapter or device, and one whose calls throw: the run goes on on the CPU, and says why.
// gpuDevice.test.js has what happens below the package.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "../../www/session/client.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { ADAPTER_MS, DEVICE_MS } from "../../www/worker/engines.js";
import { inlineRunner, inlineWorker, settle } from "./support.js";

const CARD = { vendor: "a", description: "a card" };
const spec = (engine) => specFrom({ ...defaultsFor("circle"), engine });
const never = () => new Promise(() => {});
const without = (t) => t.mock.timers.enable({ apis: ["setTimeout"] });

for (const [what, wrong, ms, words] of [
  ["requestAdapter never answers", () => ({ adapter: never() }), ADAPTER_MS, /unavailable .*does not answer/],
  ["requestAdapter rejects", () => ({ adapter: Promise.reject(new Error("no")) }), 0, /WebGPU is unavailable/],
  ["requestDevice never answers", () => ({ adapter: CARD, device: never() }), DEVICE_MS, /the GPU does not answer/],
]) {
  test(`${what}: the run opens on the CPU, not before its time is up`, async (t) => {
    without(t);
    const runner = inlineRunner(wrong());
    runner.send({ type: "open", run: 1, spec: spec("gpu") });
    await settle(30);
    if (ms) {
      assert.equal(runner.last("opened"), undefined);
      t.mock.timers.tick(ms - 1);
      await settle(30);
      assert.equal(runner.last("opened"), undefined);
      t.mock.timers.tick(1);
      await settle(30);
    }
    const { engine, engineReason } = runner.last("opened").description;
    assert.equal(engine, "cpu");
    assert.match(engineReason, words);
  });
}

test("a device that comes too late is given back", async (t) => {
  without(t);
  let open = () => {};
  const runner = inlineRunner({ adapter: CARD, device: new Promise((resolve) => (open = resolve)) });
  runner.send({ type: "open", run: 1, spec: spec("gpu") });
  await settle(30);
  t.mock.timers.tick(DEVICE_MS);
  await settle(30);
  open();
  await settle(30);
  assert.deepEqual(
    runner.gpuTrainers.map(({ freed }) => freed),
    [true],
  );
});

for (const [method, fails] of [
  [
    "advance",
    () => {
      throw new TypeError("no more");
    },
  ],
  ["landed", () => Promise.reject(new TypeError("no more"))],
  [
    "evaluate",
    () => {
      throw new TypeError("no more");
    },
  ],
  ["sync", () => Promise.reject(new WebAssembly.RuntimeError("no more"))],
]) {
  test(`${method} throws what no GPU should: the CPU takes over from the last checkpoint`, async () => {
    const workers = [];
    const seen = { opened: [], recovered: [], status: [], frame: [], failed: [] };
    const listener = Object.fromEntries(
      Object.entries(seen).map(([name, list]) => [name, (value) => list.push(value)]),
    );
    const client = createClient({
      spawn: () => workers[workers.push(inlineWorker({ adapter: CARD })) - 1],
      core: Promise.resolve(null),
      nextFrame: (callback) => setImmediate(callback),
      listener,
    });
    client.open(spec("gpu"));
    client.step("epoch", 5);
    await settle(400);
    assert.equal(seen.opened[0].description.engine, "gpu");
    assert.equal(seen.status.at(-1).epoch, 5);
    for (const trainer of workers[0].runner.gpuTrainers) trainer[method] = fails;
    client.play();
    await settle(500);
    assert.equal(workers.length, 2);
    assert.match(seen.recovered[0].why, /The CPU takes over/);
    assert.ok(seen.recovered[0].epoch >= 5);
    const opened = () => seen.opened.at(-1).description;
    const why = ["cpu", "CPU (GPU: no more)"];
    assert.deepEqual([opened().engine, opened().engineReason], why);
    assert.equal(seen.status.at(-1).state, "training");
    assert.ok(seen.frame.at(-1).epoch > 5);
    assert.deepEqual(seen.failed, []);
    // The next worker keeps to the CPU, and knows why; a new run asks for the GPU again.
    workers.at(-1).crash("out of memory");
    await settle(400);
    assert.deepEqual([opened().engine, opened().engineReason], why);
    client.open(spec("gpu"));
    await settle(400);
    assert.equal(opened().engine, "gpu");
    client.open(spec("cpu"));
    await settle(400);
    assert.match(opened().engineReason, /\(chosen\)/);
    client.dispose();
  });
}
