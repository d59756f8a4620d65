// What a screen reader is told of a run: at quarters, and the coach's first finding; the same few at every speed.
import assert from "node:assert/strict";
import test from "node:test";
import { Spoken } from "../../www/session/spoken.js";

const at = (epoch, changes = {}, epochs = 500) => ({
  shown: 1,
  run: { state: "training" },
  settings: { epochs },
  lock: null,
  frame: { epoch, step: epoch * 40, training: { loss: 0.25 }, test: { loss: 0.5 } },
  ...changes,
});

/** All that is said of a run with a frame each so many epochs. */
function saidAt(speed, { epochs = 500, alertFrom = Infinity } = {}) {
  const spoken = new Spoken();
  const said = [];
  for (let epoch = 0; epoch <= epochs; epoch += speed) {
    const words = spoken.next(at(epoch, {}, epochs), epoch >= alertFrom ? `Overfitting, at ${epoch}` : undefined);
    if (words) said.push(words);
  }
  return said;
}

test("three messages between start and end at every speed, with the figures that are shown", () => {
  for (const speed of [0.025, 1, 2, 10])
    assert.deepEqual(
      saidAt(speed),
      [25, 50, 75].map((share) => `${share}% trained. Training loss 0.2500. Test loss 0.5000.`),
      `${speed}`,
    );
  assert.deepEqual(saidAt(250), ["50% trained. Training loss 0.2500. Test loss 0.5000.", "75% trained. Training loss 0.2500. Test loss 0.5000."]); // prettier-ignore
  assert.equal(saidAt(500).length, 1);
});

test("the coach is heard once in a run, however its figures move", () => {
  for (const speed of [1, 10]) assert.equal(saidAt(speed, { alertFrom: 100 }).length, 4);
  assert.equal(saidAt(1, { alertFrom: 0 })[0], "Overfitting, at 0");
});

test("another run, or one from the start, is told anew; a run without an end has no quarters", () => {
  const spoken = new Spoken();
  spoken.next(at(0));
  assert.ok(spoken.next(at(130)));
  assert.equal(spoken.next(at(131)), null);
  assert.equal(spoken.next(at(0, { run: { state: "ready" } })), null);
  assert.ok(spoken.next(at(130)));
  assert.ok(spoken.next({ ...at(0), shown: 2 }) === null && spoken.next({ ...at(130), shown: 2 }));
  assert.equal(new Spoken().next(at(1000, {}, null)), null);
  assert.equal(new Spoken().next(at(130, { run: { state: "paused" } })), null);
  assert.equal(new Spoken().next(at(200)), null, "one that is opened in the middle");
});

test("locked test rows are in none of it", () => {
  const spoken = new Spoken();
  spoken.next(at(0));
  const words = spoken.next(at(130, { lock: { isOpen: false } }));
  assert.equal(words, "25% trained. Training loss 0.2500.");
});
