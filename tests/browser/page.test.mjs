// What the page is like to use: by keyboard, with a screen reader, on small screens, in old browsers.
import assert from "node:assert/strict";
import fs from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import {
  assertNoProblems,
  button,
  drawn,
  findings,
  labeled,
  openDataMore,
  openFolds,
  picture,
  read,
  ready,
  showTab,
  state,
  trainTo,
  turnFolds,
  until,
  untilEpoch,
} from "./playground.mjs";
import { onlyWhole, openSite, screenshot } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** The README's picture. */
const PICTURE = fileURLToPath(new URL("screenshot.png", import.meta.url));

for (const colorScheme of ["light", "dark"]) {
  test(`axe-core finds nothing, ${colorScheme}`, async () => {
    const { page, problems } = await site.open("#noise=abc", { colorScheme });
    await ready(page);
    assert.deepEqual(await findings(page), []);
    await page.setViewportSize({ width: 360, height: 740 });
    assert.deepEqual(await findings(page), []);
    for (const name of ["Network", "Training", "Data"]) {
      await page.getByRole("tab", { name }).click();
      if (name === "Data") await openDataMore(page);
      assert.deepEqual(await findings(page), [], name);
    }
    await page.evaluate(
      () =>
        (location.hash =
          "#optimizer=adamw&schedule=step&clip=norm&goal=testLoss&l2=0.01&init=uniform&activation=tanh,relu"),
    );
    await openFolds(page);
    await page.locator("ty-rate-chart .note").getByText("From").waitFor();
    assert.deepEqual(await findings(page), []);
    await page.setViewportSize({ width: 1440, height: 900 });
    assert.deepEqual(await findings(page), []);
    await page.evaluate(() => (location.hash = "#source=line&learningRate=20"));
    await page.waitForFunction(
      () => document.querySelector("ty-run-bar").playground.store.get().description.columns.length === 1,
    );
    await button(page, "Play").click();
    await until(page, "diverged");
    assert.deepEqual(await findings(page), []);
    await page.close();
    assertNoProblems(problems);
  });
}

test("keys: Space plays and pauses, → steps, Shift + → an epoch, R resets; fields keep their keys", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await page.keyboard.press("Space");
  await until(page, "training");
  await page.keyboard.press("Space");
  await until(page, "paused");
  const { step } = await state(page);
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(
    (least) => document.querySelector("ty-run-bar").playground.store.get().frame.step === least,
    step + 1,
  );
  const { epoch } = await state(page);
  await page.keyboard.press("Shift+ArrowRight");
  await untilEpoch(page, epoch + 1);
  await page.keyboard.press("r");
  await until(page, "ready");

  await page.getByLabel("Learning rate", { exact: true }).focus();
  await page.keyboard.press("r");
  await page.keyboard.press("Space");
  assert.equal((await state(page)).run.state, "ready");
  await page.keyboard.press("Escape");
  await button(page, "New seed").focus();
  const { seed } = (await state(page)).settings;
  await page.keyboard.press("Space"); // the button's own key
  await page.waitForFunction(
    (old) => document.querySelector("ty-run-bar").playground.store.get().settings.seed !== old,
    seed,
  );
  assert.equal((await state(page)).run.state, "ready");
  // Somebody who has just chosen data or moved a slider goes on with the keyboard.
  await page.getByRole("radio", { name: "XOR" }).click();
  await until(page, "ready");
  await page.keyboard.press("Space");
  await until(page, "training");
  await labeled(page, "Noise").focus();
  await page.keyboard.press("Space");
  await until(page, "paused");
  const features = (await state(page)).settings.features;
  await openDataMore(page);
  await page.getByRole("checkbox", { name: "x²" }).focus();
  await page.keyboard.press("Space"); // the box's own key
  await page.waitForFunction(
    (old) => document.querySelector("ty-run-bar").playground.store.get().settings.features.length !== old,
    features.length,
  );
  await page.close();
  assertNoProblems(problems);
});

test("the outputs have the promised names and do not chatter; the status line does speak", async () => {
  const { page } = await site.open();
  await ready(page);
  for (const name of ["Epoch", "Training loss", "Test loss", "Prediction"]) {
    const output = page.getByLabel(name, { exact: true });
    assert.equal(await output.getAttribute("aria-live"), "off", name);
    assert.ok(Number.isFinite(await read(page, name)), name);
  }
  for (const name of [
    "Learning rate",
    "Batch size",
    "Activation",
    "Optimizer",
    "Loss",
    "Epochs",
    "Noise",
    "Training share",
    "Seed",
    "Speed",
  ]) {
    assert.equal(await page.getByLabel(name, { exact: true }).count(), 1, name);
  }
  assert.match(await page.getByRole("status").filter({ hasText: "Play" }).textContent(), /Ready. Press Play/);
  await page.close();
});

test("nothing scrolls sideways from 320 px up, with the folds open too, and all panels fit 1440 × 900", async () => {
  const { page, problems } = await site.open(
    "#source=spiral&layers=8,8,8,8,8,8&schedule=cosine&clip=norm&goal=testAccuracy&patience=20&l1=0.001",
  );
  await ready(page);
  for (const isOpen of [false, true]) {
    if (isOpen) await openFolds(page);
    for (const width of [320, 340, 360, 500, 760, 820, 1024, 1180, 1440, 2560, 3840]) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(50);
      const wide = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide[0] <= wide[1], `${width} px, ${isOpen ? "open" : "folded"}: ${wide}`);
    }
  }
  await turnFolds(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  for (const source of ["circle", "line"]) {
    await page.evaluate((name) => (location.hash = `#source=${name}`), source);
    await page.waitForTimeout(200);
    assert.ok(
      (await page.evaluate(() => document.querySelector("main").getBoundingClientRect().bottom)) <= 900,
      source,
    );
  }
  await page.close();
  assertNoProblems(problems);
});

test("a page that is turned or resized while training goes on drawing", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await page.keyboard.press("Space");
  for (const width of [800, 400, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await page.waitForTimeout(150);
    const { epoch } = await state(page);
    const [field, answer] = [await picture(page, ".stage-field"), await read(page, "Prediction")];
    await untilEpoch(page, epoch + 10);
    assert.notEqual(await picture(page, ".stage-field"), field, `field at ${width}`);
    await showTab(page, "Network");
    await drawn(page);
    const [seen, network] = [(await state(page)).epoch, await picture(page, ".network canvas")];
    await untilEpoch(page, seen + 10);
    assert.notEqual(await picture(page, ".network canvas"), network, `network at ${width}`);
    await showTab(page, "Picture");
    assert.ok(Number.isFinite(answer));
    const order = await page.$$eval("main > *", (panels) => panels.map(({ localName }) => localName).join(" "));
    assert.equal(order.endsWith("ty-output-panel"), width >= 1180);
  }
  await page.close();
  assertNoProblems(problems);
});

test("nothing moves while it trains", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await page.evaluate(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (globalThis.shift += value))).observe({
      type: "layout-shift",
    });
  });
  await page.keyboard.press("Space");
  await untilEpoch(page, 60);
  assert.ok((await page.evaluate(() => globalThis.shift)) < 0.001);
  // Nor when it blows up.
  const heightOf = () => page.locator("ty-run-bar").evaluate((bar) => bar.offsetHeight);
  const height = await heightOf();
  await page.evaluate(() =>
    document.querySelector("ty-run-bar").playground.openLink("#source=line&learningRate=0.3&speed=max"),
  );
  await until(page, "ready");
  await page.keyboard.press("Space");
  await until(page, "diverged");
  assert.equal(await heightOf(), height);
  await page.close();
  assertNoProblems(problems);
});

test("in slow motion one sees every step, and Pause answers at once", async () => {
  const { page, problems } = await site.open("#speed=slow");
  await ready(page);
  await page.evaluate(() => {
    const { store } = document.querySelector("ty-run-bar").playground;
    globalThis.seen = [];
    store.subscribe(
      ({ frame }, before) =>
        frame !== before.frame && globalThis.seen.push({ step: frame.step, at: performance.now() }),
    );
  });
  await button(page, "Play").click();
  await page.waitForFunction(() => globalThis.seen.at(-1)?.step >= 4);
  await button(page, "Pause").click();
  await until(page, "paused");
  const seen = (await page.evaluate(() => globalThis.seen))
    .filter(({ step }, i, all) => step > 0 && step !== all[i - 1]?.step)
    .slice(0, 4);
  assert.deepEqual(
    seen.map(({ step }) => step),
    [1, 2, 3, 4],
  );
  for (const [i, { at }] of seen.entries()) assert.ok(i === 0 || at - seen[i - 1].at > 400, JSON.stringify(seen));
  await labeled(page, "Speed").selectOption("max");
  await button(page, "Play").click();
  await until(page, "finished");
  await page.close();
  assertNoProblems(problems);
});

test("a browser that lacks something is told what, in a sentence", async () => {
  for (const [script, words] of [
    [() => (WebAssembly.validate = () => false), /lacks WebAssembly SIMD/],
    [() => delete globalThis.WebAssembly, /lacks WebAssembly, or it is disabled/],
    [
      () =>
        (globalThis.Worker = class {
          terminate() {}
        }),
      /lacks module workers/,
    ],
  ]) {
    const page = await site.browser.newPage({ serviceWorkers: "block" });
    await page.addInitScript(script);
    await page.goto(site.url);
    assert.match(await page.getByRole("alert").textContent(), words);
    await page.close();
  }
});

test("a file that can't be loaded is told in a sentence", async () => {
  const late = (/** @type {import("playwright-core").Route} */ route) => setTimeout(() => route.continue(), 500);
  for (const [file, words, other] of [
    ["**/*.wasm", /Trainyard could not be loaded/, null],
    ["**/worker/main.js", /Training crashed|training worker stopped/, null],
    ["**/*.wasm", /Trainyard could not be loaded/, "**/app.js"], // long before the page can listen
    ["**/worker/main.js", /Training crashed|training worker stopped/, "**/app.js"],
    ["**/worker/main.js", /Training crashed|training worker stopped/, "**/*.wasm"],
  ]) {
    const page = await site.browser.newPage({ serviceWorkers: "block" });
    await page.route(file, (route) => route.abort());
    if (other) await page.route(other, late);
    await page.goto(site.url);
    await page.getByRole("alert").getByText(words).waitFor();
    await page.close();
  }
});

for (const colorScheme of ["light", "dark"]) {
  for (const [width, height] of [
    [1440, 900],
    [820, 1180],
    [360, 740],
  ]) {
    test(`screenshots at ${width}, ${colorScheme}`, onlyWhole, async () => {
      const { page, problems } = await site.open("", { colorScheme, viewport: { width, height } });
      await trainABit(page);
      await screenshot(page, `main-${width}-${colorScheme}`);
      await page.evaluate(
        () => (location.hash = "#optimizer=adam&schedule=step&l2=0.001&init=he-normal&activation=tanh,relu"),
      );
      await openFolds(page);
      await trainABit(page);
      await screenshot(page, `open-${width}-${colorScheme}`, { fullPage: true });
      await page.close();
      assertNoProblems(problems);
    });
  }
}

// `UPDATE_SCREENSHOT=1 ./build.sh test browser` renews the README's picture.
test("the README's picture is there, and small", async () => {
  if (process.env.UPDATE_SCREENSHOT) {
    const { page } = await site.open("", { deviceScaleFactor: 0.7 });
    await trainABit(page);
    await page.screenshot({ path: PICTURE });
    await page.close();
  }
  assert.ok(fs.statSync(PICTURE).size <= 250 * 1024);
});

async function trainABit(page) {
  await ready(page);
  await trainTo(page, 90);
  await page.waitForTimeout(100);
}
