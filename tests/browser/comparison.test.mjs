// Runs side by side, as a user has them: one thing changed, nothing changed, all optimizers, cancelled, taken over.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, findings, labeled, ready, state, until, untilSo } from "./playground.mjs";
import { openSite, screenshot } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

async function openContest(address, context) {
  const { page, problems } = await site.open(address, context);
  await ready(page);
  await page.locator("ty-comparison-fold summary").click();
  await page.locator("ty-comparison .contest-buttons .button").waitFor();
  return { page, problems };
}
const verdict = (page) => page.locator(".contest-verdict").filter({ hasText: /\w/ });

test("A/B: one thing changed, both curves and pictures, a sentence, and B taken over", async () => {
  const { page, problems } = await openContest("#epochs=120");
  await labeled(page, "Setting").selectOption({ label: "Learning rate" });
  await page.getByLabel("B", { exact: true }).fill("0.3");
  await page.getByLabel("B", { exact: true }).press("Enter");
  await button(page, "Start").click();
  await verdict(page).waitFor({ timeout: 30_000 });
  assert.match(
    await verdict(page).textContent(),
    /^([AB] is best by|No real difference in) the mean test loss of the last \d+ epochs/,
  );
  assert.equal(await page.locator(".contest-curves path.series").count(), 2);
  assert.equal(await page.locator("ty-mini-field canvas").count(), 2);
  assert.match(await page.locator(".contest-standings").textContent(), /Learning rate 0.03 → 0.3/);
  assert.deepEqual(await findings(page), []);
  for (const [width, height] of [
    [1440, 900],
    [820, 1100],
    [360, 740],
  ]) {
    await page.setViewportSize({ width, height });
    await page.locator("ty-comparison-fold").scrollIntoViewIfNeeded();
    await page.waitForTimeout(150);
    await screenshot(page, `contest-${width}-light`);
  }
  await button(page, "Use these settings").click();
  assert.equal((await state(page)).settings.learningRate, 0.3);
  await page.close();
  assertNoProblems(problems);
});

test("equal settings give identical curves on the screen", async () => {
  const { page, problems } = await openContest("#epochs=60");
  await labeled(page, "Setting").selectOption({ label: "Seed" });
  await page.getByLabel("B", { exact: true }).fill("7");
  await page.getByLabel("B", { exact: true }).press("Enter");
  await button(page, "Start").click();
  await verdict(page).waitFor({ timeout: 30_000 });
  assert.equal(await verdict(page).textContent(), "Identical settings, identical curves.");
  const [a, b] = await page.$$eval(".contest-curves path.series", (paths) =>
    paths.map((path) => path.getAttribute("d")),
  );
  assert.ok(a.length > 100);
  assert.equal(a, b);
  await page.close();
  assertNoProblems(problems);
});

test("the optimizer race, dark; a wrong value is named; Cancel ends it and compares what there is", async () => {
  const { page, problems } = await openContest("#epochs=2000&layers=16,16", { colorScheme: "dark" });
  await page.getByLabel("B", { exact: true }).fill("quick");
  await page.getByLabel("B", { exact: true }).press("Enter");
  assert.match(await page.locator("ty-comparison .problem").textContent(), /must be a number from/);
  assert.ok(await button(page, "Start").isDisabled());
  await page.getByRole("radio", { name: "Optimizer race" }).check();
  await button(page, "Start").click();
  await page.waitForFunction(() => document.querySelectorAll("ty-mini-field").length === 6);
  await page.waitForTimeout(1500);
  await button(page, "Cancel").click();
  await verdict(page).waitFor({ timeout: 30_000 });
  assert.deepEqual(await findings(page), []);
  await screenshot(page, "contest-1440-dark");
  await page.close();
  assertNoProblems(problems);
});

test("on a table under lock, only training losses are compared", async () => {
  const { page, problems } = await openContest("#source=iris&epochs=20");
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().description?.target === "species",
    null,
    { timeout: 30_000 },
  );
  await button(page, "Start").click();
  await verdict(page).waitFor({ timeout: 30_000 });
  assert.match(await verdict(page).textContent(), /training loss/);
  assert.doesNotMatch(await page.locator("ty-comparison").textContent(), /test loss/i);
  await page.close();
  assertNoProblems(problems);
});

/** A page with the confusion matrix open: its counts, and a wait until they add up to so many rows. */
async function openConfusion() {
  const { page, problems } = await site.open("#source=three-spiral&seed=3");
  await ready(page);
  await page.locator("ty-confusion-fold summary").click();
  await page.locator(".confusion .tally").first().waitFor();
  const counts = () => page.$$eval(".confusion .tally", (cells) => cells.map((cell) => Number(cell.textContent)));
  const sums = (rows) =>
    page.waitForFunction(
      (wanted) =>
        [...document.querySelectorAll(".confusion .tally")].reduce((sum, cell) => sum + Number(cell.textContent), 0) ===
        wanted,
      rows,
    );
  return { page, problems, counts, sums };
}

test("the confusion matrix: its counts are those of the rows, and follow the training", async () => {
  const { page, problems, counts, sums } = await openConfusion();
  const before = await counts();
  const rows = await page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().description.rows);
  assert.equal(
    before.reduce((a, b) => a + b),
    rows.test,
  );
  await button(page, "Play").click();
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().frame.test.accuracy > 0.9,
    null,
    { timeout: 60_000 },
  );
  await button(page, "Pause").click();
  await until(page, "paused");
  const accuracy = await page.evaluate(
    () => document.querySelector("ty-run-bar").playground.store.get().frame.test.accuracy,
  );
  await untilSo("the counts are those of the accuracy", async () => {
    const after = await counts();
    return Math.abs((after[0] + after[4] + after[8]) / rows.test - accuracy) < 1e-6;
  });
  await button(page, "Training rows").click();
  await sums(rows.train);
  // The rows behind a count, and one of them on the picture.
  const cell = page.locator(".confusion .tally button").first();
  const count = Number(await cell.textContent());
  await cell.click();
  await page.getByRole("heading", { name: `${count} rows: actual ▲ class 0, predicted ▲ class 0` }).waitFor();
  await button(page, "Show row 1 on the plot").click();
  const { asked, isRow } = await page.evaluate(() => {
    const { ask, points } = document.querySelector("ty-run-bar").playground.store.get();
    const near = (a, b) => Math.abs(a - b) < 1e-4;
    return {
      asked: ask,
      isRow: [...points.part.keys()].some(
        (row) =>
          points.part[row] === 0 &&
          points.targets[row] === 0 &&
          ask.every((value, i) => near(value, points.inputs[row * 2 + i])),
      ),
    };
  });
  assert.ok(isRow, String(asked));
  await page.waitForFunction(() => document.querySelector(".meaning").textContent.includes("class 0"));
  assert.deepEqual(await findings(page), []);
  await page.locator("ty-confusion-fold").scrollIntoViewIfNeeded();
  await screenshot(page, "confusion-1440-light");
  // Validation rows can be counted as long as there are any.
  assert.equal(await button(page, "Validation rows").count(), 0);
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("validationShare", 0.25));
  await button(page, "Validation rows").click();
  await sums(rows.train * 0.25);
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.unset("validationShare"));
  await button(page, "Validation rows").waitFor({ state: "detached" });
  await sums(rows.test);
  await page.close();
  assertNoProblems(problems);
});

test("rows chosen while others are still asked about get their own counts", async () => {
  const { page, problems, counts } = await openConfusion();
  const { rows } = await page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().description);
  // The answers come late, so that somebody can be faster than they are.
  await page.evaluate(() => {
    const { client } = document.querySelector("ty-run-bar").playground;
    const ask = client.ask.bind(client);
    client.ask = async (type, fields) => {
      const answer = await ask(type, fields);
      if (type === "confusion") await new Promise((resolve) => setTimeout(resolve, 300));
      return answer;
    };
  });
  await button(page, "Training rows").click();
  await button(page, "Test rows").click();
  await page.locator(".confusion .tally").first().waitFor();
  assert.equal(
    (await counts()).reduce((a, b) => a + b),
    rows.test,
  );
  await page.close();
  assertNoProblems(problems);
});
