// A view is out of sight until its cards stand, and no longer: on a clock of its own, one frame after the other.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { settle } from "../../www/app/views.js";

const FRAME_MS = 16;
/** What a browser would have. */
const FAKED = ["requestAnimationFrame", "ResizeObserver", "performance"];
const own = FAKED.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
let now = 0;

before(() => {
  const fakes = {
    requestAnimationFrame: (done) => setImmediate(() => done((now += FRAME_MS))),
    ResizeObserver: class {
      observe() {}
      disconnect() {}
    },
    performance: { now: () => now },
  };
  for (const name of FAKED) Object.defineProperty(globalThis, name, { configurable: true, value: fakes[name] });
});
after(() => {
  for (const [i, name] of FAKED.entries())
    if (own[i]) Object.defineProperty(globalThis, name, own[i]);
    else delete globalThis[name];
});

/** @returns {any} any: no more of a card than is asked for */
const card = (stage, hidden = false) => ({ stage, hidden, querySelector: () => null });

/** How long it is out of sight, on that clock. */
async function outOfSight(cards) {
  /** @type {any} any: no more of the page than is asked for */
  const root = { dataset: {} };
  const start = now;
  const done = settle(root, cards);
  assert.equal(root.dataset.settling, "bands");
  await done;
  assert.equal(root.dataset.settling, undefined);
  return now - start;
}

test("cards that are there are shown once they stand still", async () => {
  assert.ok((await outOfSight([card("there"), card("there")])) < 500);
});

test("one that is on its way is waited for, but not forever", async () => {
  const late = await outOfSight([card("there"), card("closed")]);
  assert.ok(late >= 5000 && late < 5500, String(late));
});

test("one that isn't for these data, and so never comes, is not waited for", async () => {
  assert.ok((await outOfSight([card("there"), card("closed", true)])) < 500);
});
