// What the coach says of a run, and what the rescuer offers when it diverges, in Chromium.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, eventually, findings, frame, ready, state, until, untilSo } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** Opens a page and waits for the timeline, which comes with the first picture; the coach comes with the first step. */
async function opened(hash = "") {
  const { page, problems } = await site.open(hash);
  await ready(page);
  await page.locator("ty-moments input").waitFor({ state: "attached" });
  return { page, problems };
}

test("learning rate 10 on the line: the rescuer says why, and its first button leads to a small loss", async () => {
  const { page, problems } = await opened("#source=line&learningRate=10");
  await button(page, "Play").click();
  await until(page, "diverged");
  const slower = button(page, "Go back and use a learning rate of 0.074");
  await slower.waitFor();
  const coach = page.getByRole("region", { name: "Coach" });
  assert.match(await coach.textContent(), /Training diverged after \d+ epochs?/);
  assert.equal(await button(page, "Clip gradients").count(), 0, "every step is too long: clipping would not help");
  assert.match(
    await coach.textContent(),
    /A learning rate of 10 is \d\d× what the curvature allows \(0\.\d+ = 2\/λ, λ = [\d.]+\)/,
  );
  const { outputs, finite } = await page.evaluate(() => {
    const { frame } = document.querySelector("ty-run-bar").playground.store.get();
    return {
      outputs: frame.outputs.length,
      finite: frame.outputs.every(Number.isFinite) && frame.parameters.every(Number.isFinite),
    };
  });
  assert.ok(outputs > 50 && finite, "it stands at finite weights");
  // Not a gray picture: the line that the net says, however steep, is drawn in the accent's green.
  const green = await page.evaluate(() => {
    const canvas = document.querySelector(".stage-points");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4)
      if (data[i + 3] > 200 && data[i + 1] > data[i] + 40 && data[i + 1] > data[i + 2] + 20) count += 1;
    return count;
  });
  assert.ok(green > 200, `${green} green pixels`);

  await slower.click();
  await eventually(async () => assert.ok((await frame(page)).loss < 0.001));
  assert.equal((await state(page)).settings.learningRate, 0.074, "half of what the curvature allows");
  assert.equal(await slower.count(), 0);
  await page.close();
  assertNoProblems(problems);
});

test("the rescuer clips gradients where single steps are too long, from the last sound epoch, and resets", async () => {
  const { page, problems } = await opened(
    "#source=plane&layers=8,8&activation=linear&learningRate=0.1&batchSize=1&momentum=0.9&epochs=200",
  );
  await button(page, "Play").click();
  await until(page, "diverged");
  await button(page, "Clip gradients").click();
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame.epoch > 3);
  const { settings, run } = await state(page);
  assert.deepEqual([settings.clip, settings.clipLimit], ["norm", 1]);
  assert.notEqual(run.state, "diverged");
  await page.evaluate(() => (location.hash = "#source=line&learningRate=9"));
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame.step === 0);
  await button(page, "Play").click();
  await until(page, "diverged");
  await page.getByRole("region", { name: "Coach" }).getByRole("button", { name: "Reset" }).click();
  await until(page, "ready");
  assert.equal(await page.locator(".coach-card").count(), 0);
  await page.close();
  assertNoProblems(problems);
});

test("overfitting: the coach's epochs and losses are the chart's, its button leads there, and dismissed it is quiet", async () => {
  const { page, problems } = await opened();
  await page.keyboard.press("6");
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().settings.source === "moons",
  );
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("speed", "max"));
  await button(page, "Play").click();
  await until(page, "finished");
  const title = page.getByRole("heading", { name: "Overfitting" });
  await title.waitFor();
  const {
    curve,
    training,
    test: last,
  } = await page.evaluate(() => {
    const { curve, training, test } = document.querySelector("ty-run-bar").playground.store.get().frame;
    return {
      curve: { epoch: [...curve.epoch], training: [...curve.training], test: [...curve.test] },
      training: training.loss,
      test: test.loss,
    };
  });
  const best = curve.test.indexOf(Math.min(...curve.test));
  const expected = `Test loss has risen from ${curve.test[best].toFixed(4)} to ${last.toFixed(4)} since epoch ${curve.epoch[best]}, while training loss fell from ${curve.training[best].toFixed(4)} to ${training.toFixed(4)}.`;
  await eventually(async () => assert.ok((await page.locator(".coach").textContent()).includes(expected), expected));
  assert.equal(await page.locator(".coach-card").count(), 1);
  await button(page, `See epoch ${curve.epoch[best]}`).click();
  await page.waitForFunction(
    (epoch) => document.querySelector("ty-run-bar").playground.store.get().frame.epoch === epoch,
    curve.epoch[best],
  );
  const there = await page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().frame.test.loss);
  assert.equal(Math.fround(there), curve.test[best], "the minimum itself");
  await button(page, "Dismiss").click();
  await button(page, "Return to the latest epoch").click();
  await page.waitForFunction(
    (epoch) => document.querySelector("ty-run-bar").playground.store.get().frame.epoch === epoch,
    curve.epoch.at(-1),
  );
  await page.waitForFunction(() => !document.querySelector("ty-moments").parts.trainingMonitor.isBusy);
  assert.equal(await title.count(), 0);
  await page.close();
  assertNoProblems(problems);
});

/** What the coach says once it has looked at where the run stands. */
async function verdict(page) {
  await page.waitForFunction(() => {
    const { run, frame } = document.querySelector("ty-run-bar").playground.store.get();
    const { coach, trainingMonitor, travel } = document.querySelector("ty-moments").parts;
    const { rescue } = coach.get();
    return (
      trainingMonitor &&
      frame.step === run.step &&
      travel.store.get().now?.step === run.step &&
      !trainingMonitor.isBusy &&
      (run.state !== "diverged" || rescue?.isTried)
    );
  });
  return page.locator(".coach").textContent();
}

test("the same verdict each time, at full speed and slower, and it is that of the final state", async () => {
  const told = new Set();
  for (const speed of ["max", "max", "max", "10-epochs"]) {
    const { page, problems } = await opened(`#source=spiral&speed=${speed}`);
    await button(page, "Play").click();
    await until(page, "finished", 60_000);
    told.add((await verdict(page)).replace(/\s*See epoch \d+\s*/, "")); // offered where it is soon there
    await page.close();
    assertNoProblems(problems);
  }
  assert.equal(told.size, 1, [...told].join("\n"));
  assert.match([...told][0], /Overfitting/);
});

test("one press mends a rate of 10 on the plane", async () => {
  const { page, problems } = await opened("#source=plane&learningRate=10&activation=linear&speed=max");
  await button(page, "Play").click();
  await until(page, "diverged");
  assert.match(await verdict(page), /A learning rate of 10 is \d\d× what the curvature allows/);
  await page.getByRole("button", { name: /^Go back and use/ }).click();
  await until(page, "finished", 60_000);
  assert.ok((await frame(page)).loss < 1e-6);
  assert.equal(await page.locator(".coach-card").count(), 0);
  await page.close();
  assertNoProblems(problems);
});

test("of rows that are locked the coach says nothing, until the lock is opened", async () => {
  const { page, problems } = await opened("#source=diabetes&layers=32,32&epochs=600&learningRate=0.01&speed=max");
  await button(page, "Play").click();
  await until(page, "finished", 120_000);
  assert.doesNotMatch(await verdict(page), /test/i);
  await page.evaluate(() =>
    document.querySelector("ty-run-bar").playground.store.set(({ lock }) => ({ lock: { ...lock, isOpen: true } })),
  );
  await page.getByRole("heading", { name: "Overfitting" }).waitFor();
  assert.match(await page.locator(".coach").textContent(), /Test loss has risen from/);
  await page.close();
  assertNoProblems(problems);
});

test("a run that goes well is left in peace", async () => {
  const { page, problems } = await opened("#epochs=300");
  await button(page, "Play").click();
  await until(page, "finished");
  await verdict(page);
  assert.equal(await page.locator(".coach-card").count(), 0);
  await page.close();
  assertNoProblems(problems);
});

/** Controls of the page that the coach lies over. */
const covered = (page) =>
  page.evaluate(() => {
    const overlap = (one, other) =>
      one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
    const places = [".coach-card", ".coach-why[open] .coach-reasons"]
      .flatMap((place) => [...document.querySelectorAll(place)])
      .map((element) => element.getBoundingClientRect());
    return (
      [...document.querySelectorAll("button, input, select, textarea, summary, a[href]")]
        .filter((control) => !control.closest(".coach") && control.checkVisibility({ visibilityProperty: true }))
        // What is behind the run bar, which is always in sight, is not the coach's doing.
        .filter(
          (control) =>
            control.closest("ty-run-bar") ||
            !overlap(control.getBoundingClientRect(), document.querySelector("ty-run-bar").getBoundingClientRect()),
        )
        .filter((control) => places.some((place) => overlap(place, control.getBoundingClientRect())))
        .map((control) => control.ariaLabel || control.textContent)
    );
  });

for (const width of [1440, 1366, 1000, 768, 390]) {
  test(`the coach covers no control and moves nothing, its reasons open over the picture: ${width} px`, async () => {
    const { page, problems } = await opened("#source=xor&layers=none&epochs=100&speed=max");
    await page.setViewportSize({ width, height: 900 });
    const places = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("main > *")].map((panel) => Math.round(panel.getBoundingClientRect().top)),
      );
    await page.evaluate(() => document.querySelector("ty-run-bar").playground.play());
    await until(page, "finished");
    await page.getByRole("heading", { name: /^Plateau for \d+ epochs$/ }).waitFor();
    const before = await places();
    assert.deepEqual(await covered(page), []);
    await page.locator(".coach summary").click();
    await page.getByText(/^Training loss has stayed near/).waitFor();
    assert.deepEqual(await covered(page), []);
    assert.deepEqual(await places(), before, "opened");
    assert.deepEqual(await findings(page), []);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".coach-why[open]").count(), 0);
    await button(page, "Dismiss").click();
    await page.locator(".coach-card").waitFor({ state: "detached" });
    assert.deepEqual(await places(), before, "gone");
    await page.close();
    assertNoProblems(problems);
  });
}

/** A button of the coach: other parts of the page may advise the same. */
const advised = (page, name) => page.getByRole("region", { name: "Coach" }).getByRole("button", { name, exact: true });

test("two buttons do what they advise, and the run goes on by it", async () => {
  const { page, problems } = await opened("#source=xor&layers=none&epochs=100&speed=max");
  await button(page, "Play").click();
  await until(page, "finished");
  await advised(page, "Add a hidden layer").click();
  await eventually(async () => assert.ok((await frame(page)).loss < 0.1));
  assert.deepEqual((await state(page)).settings.layers, [8]);
  assert.equal(await page.locator(".coach-card").count(), 0);
  await page.evaluate(
    () =>
      (location.hash =
        "#source=moons&samples=40&noise=0.4&trainingShare=0.5&layers=32,32&optimizer=adam&learningRate=0.01&epochs=300&speed=max"),
  );
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame.step === 0);
  await button(page, "Play").click();
  await until(page, "finished");
  const overfitted = await frame(page);
  const shown = () => page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().shown);
  const before = await shown();
  await advised(page, "Add L2 0.01").click();
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().settings.l2 === 0.01);
  await untilSo("another run is shown", async () => (await shown()) > before);
  await until(page, "finished");
  assert.ok((await frame(page)).loss > overfitted.loss, "the penalty holds the training loss up");
  assert.equal(await advised(page, "Add L2 0.01").count(), 0);
  await page.close();
  assertNoProblems(problems);
});
