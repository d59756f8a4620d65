// Whatever comes from a worker, malformed, late or crossed: the page's side stands, and opens the next run.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "../../www/session/client.js";
import { createPlayground } from "../../www/session/playground.js";
import { EVENTS } from "../../www/session/protocol.js";
import { VALUES, chance } from "./hostileValues.js";
import { inlineWorker, settle } from "./support.js";

/** TRAINYARD_FUZZ=1000000 tries more by hand. */
const TRIES = Number(process.env.TRAINYARD_FUZZ ?? 10_000);

const TYPES = Object.keys(EVENTS);

/** An event of the protocol; `spoilt` is how often a field holds what it may not, or is missing. */
function event(random, spoilt) {
  const type = random.of(TYPES);
  /** @type {any} */
  const made = { type };
  for (const [name, rule] of Object.entries(EVENTS[type])) {
    if (random.next() < spoilt / 2) continue;
    const fitting = VALUES.filter((value) => rule(value));
    made[name] = random.of(random.next() < spoilt || !fitting.length ? VALUES : fitting);
  }
  return made;
}

test("no event of a worker throws in the client, or has the worker replaced", () => {
  const random = chance(11);
  /** @type {any} */
  let worker;
  let restarts = -1;
  const client = createClient({
    spawn: () => {
      restarts += 1;
      return (worker = { postMessage() {}, terminate() {}, onmessage: null, onerror: null });
    },
    core: Promise.resolve(null),
    nextFrame: (callback) => callback(),
    listener: {
      opened() {},
      status() {},
      frame() {},
      failed() {},
      recovered() {},
    },
  });
  client.open({});
  for (let i = 0; i < TRIES; i++) {
    const data = random.next() < 0.1 ? random.of(VALUES) : event(random, 0.3);
    // What says that it is fatal replaces the worker by right.
    if (data?.type === "error") data.fatal = false;
    if (random.next() < 0.7 && data && Object.isExtensible(data) && "run" in data) data.run = 1;
    if (random.next() < 0.05) client.ask("past").catch(() => {});
    assert.doesNotThrow(
      () => worker.onmessage({ data }),
      JSON.stringify(data, (_, v) => (typeof v === "bigint" ? `${v}` : v)),
    );
  }
  assert.equal(restarts, 0);
  client.dispose();
});

test("events that come late, twice or out of order leave a playground that opens and trains the next run", async () => {
  const random = chance(12);
  /** @type {any} */
  let worker;
  const playground = createPlayground({
    spawn: () => (worker = inlineWorker()),
    core: Promise.resolve(null),
    nextFrame: (callback) => setImmediate(callback),
    randomSeed: () => 42,
    hash: "",
    rememberHash: () => {},
  });
  await settle(60);
  /** @type {any[]} */
  const past = [];
  const { onmessage } = worker;
  worker.onmessage = (message) => {
    past.push(structuredClone(message.data));
    if (past.length > 200) past.shift();
    if (random.next() < 0.9) onmessage(message);
    while (random.next() < 0.3) onmessage({ data: random.of(past) });
  };
  for (let round = 0; round < TRIES / 500; round++) {
    playground.set("seed", round + 1);
    playground.play();
    await settle(random.below(30));
    playground.pause();
    playground.step(random.of(["batch", "epoch"]));
    await settle(random.below(20));
  }
  worker.onmessage = onmessage;
  playground.set("source", "xor");
  await settle(60);
  playground.step("epoch");
  await settle(60);
  assert.equal(playground.store.get().frame?.epoch, 1);
  assert.equal(playground.store.get().run?.state, "paused");
  playground.dispose();
});
