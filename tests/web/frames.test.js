// The page's turns to draw: each of a screen of sixty pictures a second, also when one comes late, and no more on a faster one.
import assert from "node:assert/strict";
import test from "node:test";
import { createFrames } from "../../www/ui/frames.js";

/** How many turns there are for who asks for the next one as soon as it had one; screen and clock are told when. */
function drawn(t, turns) {
  /** @type {((time: number) => void)[]} */
  let waiting = [];
  let clock = 1000;
  t.mock.method(performance, "now", () => clock);
  globalThis.requestAnimationFrame = (callback) => waiting.push(callback);
  t.after(() => delete globalThis.requestAnimationFrame);
  const nextFrame = createFrames();
  let count = 0;
  const ask = () =>
    nextFrame(() => {
      count += 1;
      ask();
    });
  ask();
  for (const { at, late = 0 } of turns) {
    clock = 1000 + at + late;
    const called = waiting;
    waiting = [];
    for (const callback of called) callback(1000 + at);
  }
  return count;
}

const screen = (hertz, late = () => 0) =>
  Array.from({ length: hertz }, (_, i) => ({ at: (i * 1000) / hertz, late: late(i) }));

test("a screen of sixty pictures a second has all of them, though some come late", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  assert.equal(drawn(t, screen(60)), 60);
  assert.equal(
    drawn(
      t,
      screen(60, (i) => (i % 5 ? 0 : 4)),
    ),
    60,
  );
});

test("a faster screen has sixty as well, a slower one all that it has", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  for (const hertz of [75, 90, 120, 144, 165, 240])
    assert.ok(Math.abs(drawn(t, screen(hertz)) - 60) <= 1, `${hertz} a second`);
  for (const hertz of [30, 50, 59]) assert.equal(drawn(t, screen(hertz)), hertz);
});

test("a hidden page, which has no turns, goes on by a slow timer", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.requestAnimationFrame = () => 0;
  t.after(() => delete globalThis.requestAnimationFrame);
  let count = 0;
  createFrames()(() => (count += 1));
  t.mock.timers.tick(249);
  assert.equal(count, 0);
  t.mock.timers.tick(1);
  assert.equal(count, 1);
});
