// The coach on recorded runs: the right verdict, the same at every speed, in the chart's own figures; and remedies that hold.
import assert from "node:assert/strict";
import test from "node:test";
import { formatCount, formatLoss } from "../../www/base/format.js";
import { DIVERGING, RUNS } from "./coachRuns.js";
import { openPage } from "./realPage.js";

/** What becomes of a run on some machine, at some speed: what the coach says at its end, and its chart. */
async function verdict(hash, speed, machine, pauseAt) {
  const page = openPage(`${hash}&engine=cpu&speed=${speed}`, machine);
  try {
    if (pauseAt) {
      await page.until(() => page.state().frame?.step === 0 && page.state().run);
      page.playground.play();
      await page.until(() => (page.state().frame?.epoch ?? 0) >= pauseAt);
      page.playground.pause();
      await page.until(() => page.state().run?.state === "paused");
      await page.told();
      page.playground.play();
      await page.until(() => ["finished", "diverged"].includes(page.state().run?.state));
      await page.told();
    } else await page.finish();
    const { alert, rescue } = page.trainingMonitor.store.get();
    const { curve, training, test: tested } = page.state().frame;
    return {
      kind: rescue ? "diverged" : (alert?.kind ?? null),
      alert,
      rescue,
      steps: page.state().run.step,
      curve,
      last: { training: training.loss, test: tested?.loss },
    };
  } finally {
    page.close();
  }
}

/** What the coach says at an epoch, while the run trains and when it stands, by what it has looked at last. */
async function heard(hash, speed, machine) {
  const page = openPage(`${hash}&engine=cpu&speed=${speed}`, machine);
  const said = new Map();
  const { store } = page.trainingMonitor;
  try {
    await page.until(() => page.state().frame?.step === 0 && page.state().run);
    page.playground.play();
    while (!["finished", "diverged"].includes(page.state().run?.state)) {
      const before = page.state().frame;
      await page.trainingMonitor.look();
      const { judged, alert } = store.get();
      if (page.state().run.state === "training") said.set(judged, alert?.kind ?? null);
      await page.until(() => page.state().frame !== before || page.state().run.state !== "training");
    }
    await page.told();
    said.set("end", store.get().rescue ? "diverged" : (store.get().alert?.kind ?? null));
    return said;
  } finally {
    page.close();
  }
}

/** A machine that is slow and busy: slices end anywhere, and moments are rarely kept. */
const busy = () => {
  let at = 0;
  return { sliceSteps: 333, now: () => (at += 29) };
};

/** Frames that a run may take, step by step or epoch by epoch: a second's. */
const MOST_FRAMES = 600;

for (const [hash, expected, why] of RUNS) {
  test(`${expected ?? "nothing"}: ${why}`, async () => {
    const fast = await verdict(hash, "max", {});
    assert.equal(fast.kind, expected, `${hash}: ${fast.alert?.evidence ?? fast.rescue?.reason}`);
    const isShort = fast.curve.epoch.at(-1) <= MOST_FRAMES / 3;
    const speeds = [isShort ? "epoch" : "10-epochs", ...(fast.steps <= MOST_FRAMES ? ["step"] : [])];
    for (const speed of speeds) {
      const slow = await verdict(hash, speed, busy());
      assert.deepEqual([slow.alert, slow.rescue], [fast.alert, fast.rescue], speed);
    }
    if (expected === "overfitting" && fast.alert.evidence.startsWith("Test")) {
      const { curve, last } = fast;
      const best = curve.test.indexOf(Math.min(...curve.test));
      assert.equal(fast.alert.best, curve.epoch[best]);
      for (const figure of [
        formatLoss(curve.test[best]),
        formatLoss(last.test),
        `epoch ${formatCount(curve.epoch[best])}`,
        formatLoss(curve.training[best]),
        formatLoss(last.training),
      ]) {
        assert.ok(fast.alert.evidence.includes(figure), `${figure} in: ${fast.alert.evidence}`);
      }
    }
  });
}

test("of many runs, at least twenty that are well and twenty that are ill, each kind of verdict among them", () => {
  assert.equal(new Set(RUNS.map(([hash]) => hash)).size, RUNS.length);
  assert.equal(new Set(RUNS.map(([, kind]) => kind)).size, 8);
  assert.ok(RUNS.filter(([, kind]) => kind === null).length >= 20);
  assert.ok(RUNS.filter(([, kind]) => kind !== null).length >= 20);
});

for (const [hash] of RUNS.filter(([, kind]) => ["overfitting", "noisy", "collapse"].includes(kind ?? "")).slice(0, 9)) {
  test(`a pause on the way changes nothing: ${hash}`, async () => {
    const [whole, paused] = [await verdict(hash, "max", {}), await verdict(hash, "max", busy(), 23)];
    assert.deepEqual(paused.alert, whole.alert);
  });
}

test("the button of an alert leads to the epoch that it names, wherever moments are kept", async () => {
  const [, [hash]] = RUNS.filter(([, kind]) => kind === "overfitting");
  for (const machine of [{}, busy()]) {
    const page = openPage(`${hash}&engine=cpu&speed=max`, machine);
    await page.finish();
    const { alert, canGoBack } = page.trainingMonitor.store.get();
    const { curve } = page.state().frame;
    assert.ok(canGoBack && alert.best > 100);
    await page.trainingMonitor.goBack();
    const { frame } = page.state();
    assert.deepEqual([frame.epoch, Math.fround(frame.test.loss)], [alert.best, Math.min(...curve.test)]);
    page.close();
  }
});

for (const [hash, clips] of DIVERGING) {
  test(`a remedy holds, and starts at the same epoch each time: ${hash}`, async () => {
    const told = [];
    for (const [speed, machine] of [
      ["max", {}],
      ["10-epochs", busy()],
    ]) {
      const page = openPage(`${hash}&engine=cpu&speed=${speed}`, machine);
      await page.finish();
      const { rescue } = page.trainingMonitor.store.get();
      told.push(rescue);
      assert.equal(page.state().run.state, "diverged");
      assert.ok(rescue.rate > 0 && rescue.rate < page.state().settings.learningRate);
      assert.equal(rescue.clips, clips);
      const presses = [() => page.trainingMonitor.slower(), ...(clips ? [() => page.trainingMonitor.clip()] : [])];
      const [press] = speed === "max" ? presses : presses.toReversed();
      const { curve } = page.state().frame;
      const sound = curve.training[curve.epoch.indexOf(rescue.sound)];
      await press();
      await page.until(() => ["finished", "diverged"].includes(page.state().run?.state));
      await page.until(() => page.state().frame.step === page.state().run.step);
      assert.equal(page.state().run.state, "finished", `${JSON.stringify(rescue)}`);
      assert.ok(page.state().frame.training.loss <= 2 * sound, `${page.state().frame.training.loss} after ${sound}`);
      assert.deepEqual(
        [page.state().settings.learningRate === rescue.rate, page.state().settings.clip],
        press === presses[0] ? [true, "off"] : [false, "norm"],
      );
      page.close();
    }
    assert.deepEqual(told[0], told[1]);
  });
}

for (const [hash, , why] of RUNS.filter(([hash]) => /epochs=(60|100)$/.test(hash)).slice(0, 15)) {
  test(`the same at the same epoch on the way, at every speed: ${why}`, async () => {
    const slow = await heard(hash, "epoch", {});
    for (const other of [await heard(hash, "10-epochs", {}), await heard(hash, "max", busy())]) {
      const shared = [...other.keys()].filter((epoch) => slow.has(epoch));
      assert.deepEqual(
        shared.map((epoch) => [epoch, other.get(epoch)]),
        shared.map((epoch) => [epoch, slow.get(epoch)]),
      );
    }
  });
}
