// The padlock on the test rows, in Chromium: shut on one's own data and real sets, open on made sources.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, labeled, picture, ready, state, until, untilEpoch } from "./playground.mjs";
import { formatShare } from "../../www/base/format.js";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** All that a reader, or a screen reader, is told. */
const told = (page) =>
  page.evaluate(() => {
    const labels = [...document.querySelectorAll("[aria-label]")].map((element) => element.getAttribute("aria-label"));
    return [document.body.innerText, ...labels].join("\n");
  });

test("test loss, scores and points stay locked until the padlock is opened; looks are counted", async () => {
  const { page, problems } = await site.open("#source=penguins&showTestData=true");
  await ready(page);
  await labeled(page, "Speed").selectOption("max");
  await button(page, "Play").click();
  await until(page, "finished", 60_000);
  await untilEpoch(page, (await state(page)).settings.epochs); // its last picture comes a moment after the word
  const training = formatShare(
    await page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().frame.training.accuracy),
  );
  assert.equal(await labeled(page, "Test loss").textContent(), "locked");
  const whileLocked = await told(page);
  assert.equal(await labeled(page, "Show test data").count(), 0);
  const shut = await picture(page, ".stage-points");
  await page
    .getByText("Your data: open a CSV or pick a real data set, then check and clean it", { exact: true })
    .click();
  await page.getByText("Not opened yet.", { exact: false }).waitFor();
  const lock = page.getByRole("button", { name: /test rows: unlock/ });
  assert.equal(await lock.getAttribute("aria-pressed"), "false");
  await lock.click();
  assert.equal(await lock.getAttribute("aria-pressed"), "true");
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame.test);
  const { loss, ...figures } = await page.evaluate(() => {
    const { test } = document.querySelector("ty-run-bar").playground.store.get().frame;
    return { loss: test.loss.toFixed(4), accuracy: test.accuracy };
  });
  const accuracy = formatShare(figures.accuracy);
  await page.waitForFunction(
    (words) => document.querySelector('output[aria-label="Test loss"]').textContent === words,
    loss,
  );
  assert.ok((await told(page)).includes(accuracy));
  assert.ok(!whileLocked.includes(loss), "the test loss was told nowhere");
  assert.ok(accuracy === training || !whileLocked.includes(accuracy), "nor was the accuracy");
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().points.part.includes(2));
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  assert.notEqual(await picture(page, ".stage-points"), shut, "test points are drawn now");
  await page.getByText("Opened once since the last split.", { exact: false }).waitFor();
  // Another learning rate is chosen after the look: the next run is locked again, and the look remembered.
  await labeled(page, "Batch size").fill("32");
  await labeled(page, "Batch size").press("Enter");
  await until(page, "ready");
  await page.waitForFunction(() => document.querySelector('output[aria-label="Test loss"]').textContent === "locked");
  await button(page, "Locked: unlock").click();
  await page.getByText("Opened 2 times since the last split.", { exact: false }).waitFor();
  // The same start again chooses nothing.
  await button(page, "Reset").click();
  await page.waitForFunction(() => /^\d/.test(document.querySelector('output[aria-label="Test loss"]').textContent));
  // Other rows are tested after another split: nobody has seen those.
  await button(page, "New seed").click();
  await page.getByText("Not opened yet.", { exact: false }).waitFor();
  await page.close();
  assertNoProblems(problems);
});

test("made sources have no lock, and twins count as a look", async () => {
  const { page, problems } = await site.open('#source=iris&corrupt={"labels":0.2}');
  await ready(page);
  await page
    .getByText("Your data: open a CSV or pick a real data set, then check and clean it", { exact: true })
    .click();
  await page.getByText("Garbage in, garbage out", { exact: false }).click();
  await button(page, "Train both").click();
  await page.locator(".twins-verdict").waitFor();
  await page.getByText("Opened once since the last split.", { exact: false }).waitFor();
  await page.getByRole("radio", { name: "Circle" }).check();
  await page.waitForFunction(() => /^\d/.test(document.querySelector('output[aria-label="Test loss"]').textContent));
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().lock === null);
  await page.close();
  assertNoProblems(problems);
});
