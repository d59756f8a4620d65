// Going back in time, branching off, and being rescued.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  assertNoProblems,
  button,
  drawn,
  eventually,
  findings,
  frame,
  labeled,
  picture,
  ready,
  state,
  until,
  untilEpoch,
} from "./playground.mjs";
import { onlyWhole, openSite, screenshot } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const untilStep = (page, step) =>
  page.waitForFunction((wanted) => {
    const { run, frame } = document.querySelector("ty-run-bar").playground.store.get();
    return frame?.step === wanted && run.state !== "training";
  }, step);

/** Opens a page and waits for time travel, which comes with the first picture. */
async function opened(hash = "", context = {}) {
  const { page, problems } = await site.open(hash, context);
  await ready(page);
  await page.locator("ty-moments input").waitFor({ state: "attached" });
  return { page, problems, moment: labeled(page, "Epoch timeline") };
}

/** The steps of the kept moments, once the newest is among them: a busy machine keeps fewer than one an epoch. */
async function moments(page) {
  await page.evaluate(() => document.querySelector("ty-moments").parts.travel.refresh());
  return page.evaluate(() =>
    document
      .querySelector("ty-moments")
      .parts.travel.store.get()
      .moments.map(({ step }) => step),
  );
}

/** Back by keyboard to about the middle; says where that is. */
async function goToTheMiddle(page, moment) {
  const steps = await moments(page);
  await moment.focus();
  const by = Math.floor(steps.length / 2);
  for (let i = 0; i < by; i++) await page.keyboard.press("ArrowLeft");
  const step = steps.at(-1 - by) ?? 0;
  await untilStep(page, step);
  assert.ok(step > 0 && step < steps.at(-1));
  return step;
}

async function trained(page, epochs) {
  await button(page, "Play").click();
  await untilEpoch(page, epochs);
  if (await button(page, "Pause").count()) await button(page, "Pause").click();
  await page.waitForFunction(() => {
    const { run, frame } = document.querySelector("ty-run-bar").playground.store.get();
    return run.state !== "training" && frame.step === run.step;
  });
  await drawn(page);
}

/** Waits until the last moment that was asked for is there: on the way to it, others may be shown. */
const arrived = (page) => page.waitForFunction(() => !document.querySelector("ty-moments").parts.travel.isGoing);

test("drawn back by mouse, the page shows the run as it was; played on, it ends bit for bit as it would have", async () => {
  const { page, problems } = await opened("#epochs=60&noise=0.1");
  await button(page, "Play").click();
  await until(page, "finished");
  await untilEpoch(page, 60);
  await drawn(page);
  const whole = await frame(page);
  const [field, network] = [await picture(page, ".stage-field"), await picture(page, ".network canvas")];

  const plot = await page.locator("ty-loss-chart .plot").boundingBox();
  await page.mouse.move(plot.x + plot.width - 14, plot.y + plot.height / 2);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width * 0.7, plot.y + plot.height / 2, { steps: 5 });
  await page.mouse.move(plot.x + plot.width * 0.4, plot.y + plot.height / 2, { steps: 5 });
  await page.mouse.up();
  await arrived(page);
  await button(page, "Branch from here").waitFor();
  const back = await frame(page);
  assert.ok(back.epoch > 5 && back.epoch < 40, `epoch ${back.epoch}`);
  assert.equal(back.last, 60, "the curve stays whole");
  assert.notDeepEqual(back.parameters, whole.parameters);
  assert.ok(Math.abs(back.loss - whole.curve[back.epoch]) < 1e-6, "its loss is that of the curve");
  await eventually(async () => assert.notEqual(await picture(page, ".stage-field"), field));
  assert.notEqual(await picture(page, ".network canvas"), network);
  assert.equal(await labeled(page, "Epoch").textContent(), String(back.epoch));

  await button(page, "Play").click();
  await until(page, "finished");
  await untilStep(page, whole.step);
  const again = await frame(page);
  assert.deepEqual(again.parameters, whole.parameters);
  assert.deepEqual(again.curve, whole.curve);
  assert.equal(await button(page, "Branch from here").count(), 0);
  await page.close();
  assertNoProblems(problems);
});

test("by keyboard from moment to moment, to both ends and back; the slider says where it is", async () => {
  const { page, problems, moment } = await opened("#epochs=30");
  await trained(page, 30);
  const steps = await moments(page);
  assert.deepEqual([steps[0], steps.at(-1)], [0, 30 * 40]);
  await moment.focus();
  await page.keyboard.press("ArrowLeft");
  await untilStep(page, steps.at(-2));
  await page.keyboard.press("ArrowLeft");
  await untilStep(page, steps.at(-3));
  await page.keyboard.press("PageDown");
  await untilStep(page, steps.at(-13) ?? 0);
  const words = new RegExp(
    `^Epoch ${Math.floor((steps.at(-13) ?? 0) / 40)}, training loss 0\\.\\d+, test loss 0\\.\\d+$`,
  );
  await eventually(async () => assert.match(await moment.getAttribute("aria-valuetext"), words));
  await page.keyboard.press("Home");
  await untilStep(page, 0);
  await page.keyboard.press("ArrowRight");
  await untilStep(page, steps[1]);
  await page.keyboard.press("End");
  await untilStep(page, 30 * 40);
  await button(page, "Branch from here").waitFor({ state: "detached" });
  await page.close();
  assertNoProblems(problems);
});

test("by touch along the chart", async () => {
  const { page, problems } = await opened("#epochs=40", { hasTouch: true, viewport: { width: 820, height: 1180 } });
  await trained(page, 40);
  await page.locator("ty-loss-chart .plot").scrollIntoViewIfNeeded();
  const plot = await page.locator("ty-loss-chart .plot").boundingBox();
  await page.touchscreen.tap(plot.x + plot.width / 2, plot.y + plot.height / 2);
  await button(page, "Branch from here").waitFor();
  const { epoch } = await frame(page);
  assert.ok(epoch > 12 && epoch < 28, `epoch ${epoch}`);
  await button(page, "Return to the latest epoch").click();
  await untilStep(page, 1600);
  await page.close();
  assertNoProblems(problems);
});

test("branch from here: the old curve is a run of its own, and another goes on", async () => {
  const { page, problems, moment } = await opened("#epochs=40&noise=0.2");
  await trained(page, 40);
  const whole = await frame(page);
  const step = await goToTheMiddle(page, moment);
  const epoch = step / 40;
  await labeled(page, "Learning rate").fill("0.3");
  await labeled(page, "Learning rate").press("Enter");
  assert.equal((await state(page)).step, step, "a rate is changed where the run stands");
  await button(page, "Branch from here").click();
  await until(page, "finished");
  await untilStep(page, 1600);
  const branch = await frame(page);
  assert.deepEqual(branch.curve.slice(0, epoch + 1), whole.curve.slice(0, epoch + 1), "what came before is the same");
  assert.notDeepEqual(branch.curve.slice(epoch + 1), whole.curve.slice(epoch + 1));
  await page.locator("ty-runs-fold summary").click();
  await eventually(async () => {
    const rows = await page.locator(".runs tbody tr").allTextContents();
    assert.equal(rows.length, 2);
    assert.match(rows[0].replace(/\s+/g, " "), new RegExp(`Learning rate 0\\.03 → 0\\.3 ?branched at epoch ${epoch}`));
  });
  await page.close();
  assertNoProblems(problems);
});

test("other settings of training go on from where the run went back to, of the model they start again", async () => {
  const { page, problems, moment } = await opened("#epochs=40&noise=0.2");
  await trained(page, 40);
  const whole = await frame(page);
  const step = await goToTheMiddle(page, moment);
  const epoch = step / 40;
  const back = await frame(page);
  await labeled(page, "Batch size").fill("40");
  await labeled(page, "Batch size").press("Enter");
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().description.stepsPerEpoch === 10,
  );
  const branch = await frame(page);
  assert.deepEqual([branch.step, branch.epoch, branch.last], [step, epoch, epoch]);
  assert.deepEqual(branch.parameters, back.parameters);
  await button(page, "Play").click();
  await until(page, "finished");
  await untilEpoch(page, 40);
  const done = await frame(page);
  assert.equal(done.step, step + (40 - epoch) * 10);
  assert.deepEqual(done.curve.slice(0, epoch + 1), whole.curve.slice(0, epoch + 1));
  await button(page, "Add a layer").click();
  await untilStep(page, 0);
  await page.close();
  assertNoProblems(problems);
});

test("a network that is too large to be kept says so, and trains", async () => {
  const { page, problems } = await opened("#source=circle&layers=32,32,32,32,32,32&epochs=3");
  await page.evaluate(() => {
    // As large as no setting of the page makes it: what the worker says then.
    const { playground, parts } = document.querySelector("ty-moments");
    globalThis.told = [playground, parts].length;
    parts.travel.store.set({ moments: [], tooLarge: 9_000_000 });
  });
  await page.getByText("Network too large to rewind").waitFor();
  assert.ok(await labeled(page, "Epoch timeline").isDisabled());
  await page.close();
  assertNoProblems(problems);
});

test("nothing moves while it trains, with the handle and the folds there", async () => {
  const { page, problems } = await opened();
  await page.evaluate(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (globalThis.shift += value))).observe({
      type: "layout-shift",
      buffered: true,
    });
  });
  await page.keyboard.press("Space");
  await untilEpoch(page, 60);
  assert.ok((await page.evaluate(() => globalThis.shift)) < 0.001);
  await page.close();
  assertNoProblems(problems);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe-core finds nothing: away, diverged, an alert, ${colorScheme}`, async () => {
    const { page, problems, moment } = await opened("#epochs=30", { colorScheme });
    await trained(page, 30);
    await moment.focus();
    await page.keyboard.press("PageDown");
    await button(page, "Branch from here").waitFor();
    assert.deepEqual(await findings(page), []);
    await page.evaluate(() =>
      document.querySelector("ty-moments").parts.coach.set({
        alert: {
          kind: "overfitting",
          since: 4,
          title: "Overfitting",
          evidence: "Test loss has risen …",
          advice: "Stop at epoch 4.",
          best: 4,
        },
        canGoBack: true,
      }),
    );
    assert.deepEqual(await findings(page), []);
    await page.setViewportSize({ width: 360, height: 740 });
    assert.deepEqual(await findings(page), []);
    await page.evaluate(() => (location.hash = "#source=line&learningRate=20"));
    await page.waitForFunction(
      () => document.querySelector("ty-run-bar").playground.store.get().description.columns.length === 1,
    );
    await button(page, "Play").click();
    await page.getByRole("button", { name: /^Go back and use/ }).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.setViewportSize({ width: 1440, height: 900 });
    assert.deepEqual(await findings(page), []);
    await page.close();
    assertNoProblems(problems);
  });

  for (const [width, height] of [
    [1440, 900],
    [820, 1180],
    [360, 740],
  ]) {
    test(`screenshots of time travel and rescue at ${width}, ${colorScheme}`, onlyWhole, async () => {
      const { page, problems, moment } = await opened("#epochs=90", { colorScheme, viewport: { width, height } });
      await trained(page, 90);
      await moment.focus();
      for (let i = 0; i < 4; i++) await page.keyboard.press("PageDown");
      await button(page, "Branch from here").waitFor();
      await page.waitForTimeout(200);
      await screenshot(page, `time-${width}-${colorScheme}`);
      await page.evaluate(() => (location.hash = "#source=line&learningRate=10"));
      await page.waitForFunction(
        () => document.querySelector("ty-run-bar").playground.store.get().description.columns.length === 1,
      );
      await button(page, "Play").click();
      await page.getByRole("button", { name: /^Go back and use/ }).waitFor();
      await page.waitForTimeout(200);
      await screenshot(page, `rescue-${width}-${colorScheme}`);
      await page.close();
      assertNoProblems(problems);
    });
  }
}
