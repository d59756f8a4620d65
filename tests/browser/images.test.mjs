// Sets of pictures: trained, looked at one by one, drawn, and the mistakes among them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, findings, picture, showTab, until, untilRedrawn, untilSo } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** Training takes seconds; on a machine that does much besides, minutes. */
const TRAINED_MS = 240_000;

const stateOf = (page) =>
  page.evaluate(() => {
    const { run, frame, ask, lock, points, settings } = document.querySelector("ty-run-bar").playground.store.get();
    return {
      run,
      test: frame?.test,
      outputs: Array.from(frame?.outputs ?? []),
      units: frame?.units?.length,
      ask,
      isOpen: lock?.isOpen,
      looks: lock?.looks,
      parts: [...new Set(points?.part ?? [])].sort(),
      layers: settings.layers,
    };
  });

async function open(hash, context = {}) {
  const opened = await site.open(hash, context);
  await opened.page.waitForSelector("ty-picture-tiles .tile", { state: "attached", timeout: 60_000 });
  return opened;
}

async function train(page) {
  await button(page, "Play").click();
  await until(page, "finished", TRAINED_MS);
}

const said = (page) => page.locator(".answer-bars").getAttribute("data-said");

/** Places of a 7 on the pad. */
async function seven(page) {
  await page.locator(".pad-board").scrollIntoViewIfNeeded();
  const { x, y, width, height } = await page.locator(".pad-board").boundingBox();
  const shape = [
    [0.25, 0.2],
    [0.5, 0.2],
    [0.75, 0.2],
    [0.6, 0.5],
    [0.42, 0.85],
  ];
  return shape.map(([across, down]) => ({ x: x + across * width, y: y + down * height }));
}

test("MNIST: 97% of the sealed rows, a 7 drawn with the mouse, and the pictures behind a count", async () => {
  const { page, problems } = await open("#source=mnist");
  const before = await picture(page, "ty-image-network canvas").catch(() => 0);
  await train(page);
  const locked = await stateOf(page);
  assert.deepEqual([locked.test, locked.isOpen, locked.parts], [null, false, [0]]);
  await untilRedrawn(page, "ty-image-network canvas", before);

  // The padlock hides the test pictures too.
  const wall = page.getByRole("region", { name: "Images and predictions" });
  await wall.getByRole("button", { name: "Test rows" }).click();
  await wall.locator(".rows-locked").waitFor();
  assert.equal(await wall.locator(".tile").count(), 0);
  await wall.getByRole("button", { name: "Unlock test rows" }).click();
  await wall.locator(".tile").first().waitFor();
  await untilSo("the test rows are scored", async () => (await stateOf(page)).test?.rows === 2000);
  const opened = await stateOf(page);
  assert.ok(opened.test.accuracy >= 0.97, `${opened.test.accuracy}`);
  assert.deepEqual([opened.looks, opened.parts], [1, [0, 2]]);

  // One after the other, by keys.
  const [first] = opened.ask;
  await button(page, "Next image").focus();
  await page.keyboard.press("ArrowRight");
  await untilSo("the next picture is asked about", async () => (await stateOf(page)).ask[0] !== first);
  await page.keyboard.press("ArrowLeft");
  await wall.locator(".tile").nth(3).click();
  await wall.locator('.tile[aria-pressed="true"]').waitFor();

  await button(page, "Draw a digit").click();
  const [start, ...others] = await seven(page);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  for (const { x, y } of others) await page.mouse.move(x, y, { steps: 5 });
  await page.mouse.up();
  await untilSo("it is read as 7", async () => (await said(page)) === "7");
  assert.deepEqual((await stateOf(page)).ask, [-1]);
  // Where it is drawn in a corner, the network sees other pixels without centering.
  const seen = await picture(page, ".pad-seen");
  await page.getByLabel("Center as MNIST does").uncheck();
  await untilRedrawn(page, ".pad-seen", seen);
  await page.getByLabel("Center as MNIST does").check();
  await button(page, "Clear").click();
  await untilSo("the pad is empty", async () => (await page.locator(".pad-empty").count()) === 1);

  await page.locator("ty-confusion-fold summary").click();
  const mistakes = page.locator('.confusion .tally[data-right="false"] button:not([disabled])');
  await mistakes.first().waitFor();
  const count = Number(await mistakes.first().textContent());
  await mistakes.first().click();
  await untilSo("there is a tile for each", async () => (await page.locator(".confused .tile").count()) === count);
  assert.equal(await page.locator('.confused .tile[data-right="true"]').count(), 0);
  const values = await page.$$eval("ty-confusion ty-picture-tiles", ([{ tiles }]) => tiles.map(({ value }) => value));
  assert.deepEqual(
    values,
    values.toSorted((a, b) => b - a),
  );
  await page.locator(".confused .tile").first().click();
  await untilSo("that picture is in the panel", async () => (await stateOf(page)).ask[0] >= 0);
  await page.locator("ty-image-output .picture-one").waitFor();
  await page.close();
  assertNoProblems(problems);
});

test("Fashion-MNIST: its card shows what is in it, 85% of the sealed rows, and its classes by their names", async () => {
  const { page, problems } = await open("#source=fashion");
  await train(page);
  const wall = page.getByRole("region", { name: "Images and predictions" });
  await wall.getByRole("button", { name: "Test rows" }).click();
  await wall.getByRole("button", { name: "Unlock test rows" }).click();
  await untilSo("the test rows are scored", async () => (await stateOf(page)).test?.rows === 2000);
  const { accuracy } = (await stateOf(page)).test;
  assert.ok(accuracy >= 0.85, `${accuracy}`);
  // Ten classes have names, and no sign that would stand for two of them.
  const box = page.getByRole("group", { name: "Predict one point" });
  await box.getByText(/^(T-shirt or top|Trousers|Pullover|Dress|Coat|Sandal|Shirt|Sneaker|Bag|Ankle boot)$/).waitFor();
  assert.doesNotMatch(await box.textContent(), /[▲●■◆▼]/);
  await button(page, "Draw one").click();
  assert.equal(await page.getByLabel("Center as MNIST does").isChecked(), false);

  await page.locator("ty-data-fold summary").click();
  const images = page.getByRole("list", { name: "Images" });
  await images.locator('.set[data-chosen="true"]').getByText("10,000 images of 28×28 pixels, 10 classes").waitFor();
  await untilSo("each card has its strip", () =>
    images.locator("canvas").evaluateAll((all) => all.length === 3 && all.every(({ width }) => width === 78)),
  );
  await page.close();
  assertNoProblems(problems);
});

test("a 7 is drawn with a finger on a phone, and by keys; the page doesn't scroll, nothing is cut, axe finds nothing", async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
  const { page, problems } = await open("#source=mnist&epochs=3", phone);
  await train(page);
  await showTab(page, "Evaluation");
  await button(page, "Draw a digit").click();
  const places = await seven(page);
  const scrolled = await page.evaluate(() => scrollY);
  const session = await page.context().newCDPSession(page);
  const touch = (type, points) => session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  await touch("touchStart", [places[0]]);
  for (const place of places.slice(1)) await touch("touchMove", [place]);
  await touch("touchEnd", []);
  await untilSo("it is read as 7", async () => (await said(page)) === "7");
  assert.equal(await page.evaluate(() => scrollY), scrolled);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.deepEqual(await findings(page), []);

  await button(page, "Clear").click();
  const before = (await stateOf(page)).outputs;
  await page.locator(".pad-board").focus();
  await page.keyboard.press("Space");
  for (const key of ["ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowDown"]) await page.keyboard.press(key);
  await page.keyboard.press("Space");
  await untilSo("keys leave ink", async () => String((await stateOf(page)).outputs) !== String(before));
  await page.close();
  assertNoProblems(problems);
});

for (const colorScheme of ["light", "dark"])
  test(`layer cards say what becomes of a picture, and refuse what can't be; axe finds nothing, ${colorScheme}`, async () => {
    const { page, problems } = await open("#source=digits", { colorScheme });
    await train(page);
    await button(page, "More model settings").click();
    const cards = page.locator(".layer-cards");
    await cards.getByText("8×8×1 → 6×6×8 · 80 parameters · 2,592 multiplications").waitFor();
    await cards.getByText("16 → 10 · 170 parameters · 160 multiplications").waitFor();
    const { layers } = await stateOf(page);
    const kernel = page.getByLabel("Layer 1: Kernel");
    await kernel.fill("9");
    await kernel.press("Enter");
    await cards.getByRole("alert").getByText("Use 8×8 at most").waitFor();
    assert.deepEqual((await stateOf(page)).layers, layers);
    assert.deepEqual(await findings(page), []);
    await page.close();
    assertNoProblems(problems);
  });

test("with another set the picture of the old one is forgotten, and its number is asked for no more", async () => {
  const { page, problems } = await site.open("#source=digits&layers=8");
  await page.waitForFunction(() => document.querySelector("ty-image-output")?.shown);
  const kept = await page.evaluate(async () => {
    const { playground } = document.querySelector("ty-run-bar");
    const output = document.querySelector("ty-image-output");
    const { description } = playground.store.get();
    const shown = [];
    playground.askAbout([1700]);
    playground.set("source", "mnist");
    while (playground.store.get().description === description) {
      await new Promise((resolve) => setTimeout(resolve));
      if (playground.store.get().description === description) shown.push(output.shown?.row ?? null);
    }
    return shown;
  });
  assert.ok(kept.length > 1);
  assert.deepEqual([...new Set(kept)], [null]);
  await page.waitForFunction(() => document.querySelector("ty-image-output").shown?.pixels.length === 28 * 28);
  await page.close();
  assertNoProblems(problems);
});
