// A worker that falls silent is told of; one that is busy, and a page that slept, are not taken for it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createClient } from "../../www/session/client.js";
import { BEAT_MS, LONG_PATIENCE, PATIENCE, Watchdog } from "../../www/session/watchdog.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { inlineWorker, settle } from "./support.js";

function dog({ due = [] } = {}) {
  const told = [];
  const page = { now: 0, pings: 0, isTraining: false, due };
  const watchdog = new Watchdog({
    ping: () => (page.pings += 1),
    isTraining: () => page.isTraining,
    due: () => page.due,
    tell: (silence) => told.push(silence),
    now: () => page.now,
  });
  const beat = (count = 1, ms = BEAT_MS) => {
    for (let i = 0; i < count; i++) {
      page.now += ms;
      watchdog.beat();
    }
  };
  return { watchdog, page, told, beat };
}

test("a worker that never answered, and one that fell silent, are told once, each in its way; an answer takes it back", () => {
  const { watchdog, page, told, beat } = dog();
  watchdog.asked();
  beat(PATIENCE - 1);
  assert.deepEqual([told, page.pings], [[], 1]);
  beat(5);
  assert.deepEqual(told, ["start"]);
  watchdog.heard();
  assert.deepEqual(told, ["start", null]);
  watchdog.asked();
  beat(PATIENCE);
  assert.deepEqual(told, ["start", null, "worker"]);
  watchdog.renew();
  watchdog.asked();
  beat(PATIENCE);
  assert.deepEqual(told.slice(3), [null, "start"]);
  watchdog.stop();
});

test("an answer of any kind begins the count anew; nothing is watched while nothing is due", () => {
  const { watchdog, page, told, beat } = dog();
  watchdog.asked();
  for (let i = 0; i < 5; i++) {
    beat(PATIENCE - 1);
    watchdog.heard();
    watchdog.asked();
  }
  watchdog.heard();
  const { pings } = page;
  beat(3 * PATIENCE);
  assert.deepEqual([told, page.pings], [[], pings]);
  page.isTraining = true;
  beat(PATIENCE);
  assert.deepEqual(told, ["worker"]);
  watchdog.stop();
});

test("a long answer that is due is waited for longer, but not for ever", () => {
  for (const type of ["components", "job", "table", "curvature"]) {
    const { watchdog, told, beat } = dog({ due: [type] });
    watchdog.heard();
    watchdog.asked();
    beat(LONG_PATIENCE - 1);
    assert.deepEqual(told, [], type);
    beat();
    assert.deepEqual(told, ["worker"], type);
    watchdog.stop();
  }
});

test("beats that are late, in a hidden tab or after a sleep, are not counted", () => {
  const { watchdog, told, beat } = dog();
  watchdog.heard();
  watchdog.asked();
  beat(100, 60_000);
  beat(1, 8 * 3600_000);
  beat(PATIENCE - 1, 2 * BEAT_MS);
  assert.deepEqual(told, []);
  beat(1, 2 * BEAT_MS);
  assert.deepEqual(told, ["worker"]);
  watchdog.stop();
});

test("a silent worker can be replaced; the run goes on", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const workers = [];
  const seen = { silent: [], recovered: [], status: [], frame: [] };
  const listener = Object.fromEntries(Object.entries(seen).map(([name, list]) => [name, (value) => list.push(value)]));
  const client = createClient({
    spawn: () => workers[workers.push(inlineWorker()) - 1],
    core: Promise.resolve(null),
    nextFrame: (callback) => setImmediate(callback),
    listener: { opened() {}, failed() {}, ...listener },
  });
  client.open(specFrom(defaultsFor("circle")));
  client.step("epoch", 5);
  await settle(150);
  client.play();
  await settle(10);
  assert.deepEqual(seen.silent.filter(Boolean), []);
  workers[0].isTerminated = true; // as after self.close()
  const now = t.mock.method(performance, "now");
  let time = 0;
  now.mock.mockImplementation(() => (time += BEAT_MS));
  t.mock.timers.tick((PATIENCE + 3) * BEAT_MS);
  now.mock.restore();
  assert.equal(seen.silent.at(-1), "worker");
  client.restart();
  assert.equal(seen.silent.at(-1), null);
  await settle(200);
  assert.equal(workers.length, 2);
  assert.equal(seen.recovered.length, 1);
  assert.equal(seen.status.at(-1).state, "training");
  assert.ok(seen.frame.at(-1).epoch > 5);
  client.dispose();
});

test("a worker whose run stands may be silent", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const workers = [];
  const silent = [];
  const client = createClient({
    spawn: () => workers[workers.push(inlineWorker()) - 1],
    core: Promise.resolve(null),
    nextFrame: (callback) => setImmediate(callback),
    listener: { opened() {}, failed() {}, status() {}, frame() {}, silent: (value) => silent.push(value) },
  });
  client.open(specFrom(defaultsFor("circle")));
  await settle(80);
  const pings = t.mock.method(workers[0], "postMessage");
  workers[0].isTerminated = true;
  let time = 0;
  const now = t.mock.method(performance, "now");
  now.mock.mockImplementation(() => (time += BEAT_MS));
  t.mock.timers.tick((PATIENCE + 3) * BEAT_MS);
  now.mock.restore();
  assert.deepEqual([silent.filter(Boolean), pings.mock.callCount()], [[], 0]);
  client.dispose();
});
