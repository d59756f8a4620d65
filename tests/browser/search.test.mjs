// The search over settings, in Chromium: what is varied, the trials as they end, and one that is loaded.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, findings, labeled, ready, state } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

async function openSearch(hash, context) {
  const { page, problems } = await site.open(hash, context);
  await ready(page);
  await page.waitForSelector("ty-search-fold", { state: "attached" });
  await page.evaluate(() => document.querySelector("ty-search-fold").open());
  await page.waitForSelector("ty-search fieldset");
  return { page, problems };
}

async function vary(page, label) {
  await labeled(page, "Vary a setting").selectOption({ label });
  await button(page, "Add").click();
}

async function fill(page, label, text) {
  await labeled(page, label).fill(text);
  await labeled(page, label).press("Tab");
}

const study = (page) =>
  page.evaluate(() => {
    const { trials, phase, problem, best, simplest, isWhole, rungs, budget, judge } = document
      .querySelector("ty-search")
      .job.store.get();
    return { trials, phase, problem, best, simplest, isWhole, rungs, budget, judge };
  });

/** Resolves when a search has ended, and its panel shows it. */
async function ended(page) {
  await page.waitForFunction(
    () => {
      const { phase, best, problem } = document.querySelector("ty-search").job.store.get();
      return problem || (phase === "done" && best !== null);
    },
    null,
    { timeout: 120_000 },
  );
  await page.evaluate(() => document.querySelector("ty-search").updateComplete);
}

const lockOf = (page) => page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().lock);

test("two settings on a real set: a heat map, the best named, one loaded and taken back; the test set stays sealed", async () => {
  const { page, problems } = await openSearch("#source=iris&epochs=30");
  assert.ok(await button(page, "Search").isDisabled());
  await vary(page, "Learning rate");
  await vary(page, "Neurons in layer 1");
  await labeled(page, "Method").selectOption({ label: "Grid" });
  await fill(page, "Points per range", "3");
  await fill(page, "Neurons in layer 1: To", "6");
  // What it takes is said before it begins, and its time as soon as that was measured.
  await page.waitForFunction(() => {
    const { budget } = document.querySelector("ty-search").job.store.get();
    return budget?.trials === 9 && budget.seconds > 0;
  });
  const { budget } = await study(page);
  assert.deepEqual([budget.trials, budget.problem], [9, ""]);
  await button(page, "Search").click();
  await ended(page);
  const { trials, best, simplest, isWhole, judge, problem } = await study(page);
  assert.deepEqual([trials.length, isWhole, judge, problem], [9, true, "folds", ""]);
  assert.ok(trials.every(({ tried }) => tried.scores.length === 5 && tried.epochs === 30));
  // Every row that is no test row judges once.
  const { rows } = await page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().description);
  assert.equal(trials[0].tried.rows * 5, rows.train + rows.validation);
  assert.ok(trials.every(({ tried }) => !("test" in tried) && tried.scores.every((one) => !("test" in one))));
  const top = Math.max(...trials.map(({ judged }) => judged.mean));
  assert.equal(trials[best].judged.mean, top);
  assert.ok(trials[simplest].judged.mean >= trials[best].judged.low);
  assert.equal(await page.locator(".search-picture .search-cell").count(), 9);
  assert.equal(await page.locator(".search-table tbody tr").count(), 9);
  assert.equal(await page.locator('.search-table tr[data-mark="best"]').getAttribute("data-trial"), String(best));
  // The table sorts by its heads, by the keyboard too.
  await page.getByRole("button", { name: "Learning rate", exact: true }).press("Enter");
  assert.equal(await page.locator('.search-table th[aria-sort="ascending"]').count(), 1);
  assert.equal(await page.locator(".search-table tbody tr").first().getAttribute("data-trial"), "0");
  const lock = await lockOf(page);
  assert.deepEqual([lock.isOpen, lock.looks], [false, 0]);
  assert.deepEqual(await findings(page), []);

  const before = (await state(page)).settings;
  await button(page, "Load trial 9").click();
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().settings.layers[0] === 6,
  );
  const { settings } = await state(page);
  assert.deepEqual([settings.layers[0], settings.learningRate], trials[8].values.toReversed());
  // It is the same experiment still, and another trial can be loaded.
  assert.equal(await page.locator("ty-search .study-stale").count(), 0);
  assert.ok(await button(page, "Load trial 1").isEnabled());
  await button(page, "Undo").click();
  await page.waitForFunction(
    (rate) => document.querySelector("ty-run-bar").playground.store.get().settings.learningRate === rate,
    before.learningRate,
  );
  assert.deepEqual((await state(page)).settings.layers, before.layers);
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("batchSize", 20));
  await page.locator("ty-search .study-stale").waitFor();
  assert.ok(await button(page, "Load trial 1").isDisabled());
  await page.close();
  assertNoProblems(problems);
});

test("one setting by validation rows: the score against it, and a range that cannot be is refused", async () => {
  const { page, problems } = await openSearch("#source=sine&epochs=20&validationShare=0.25");
  await vary(page, "Learning rate");
  await fill(page, "Learning rate: To", "1e9");
  await page.locator("ty-search .search-axis .problem").waitFor();
  assert.ok(await button(page, "Search").isDisabled());
  await fill(page, "Learning rate: To", "0.1");
  await fill(page, "Trials", "1001");
  assert.equal(await labeled(page, "Trials").inputValue(), "1001");
  assert.equal(await labeled(page, "Trials").getAttribute("aria-invalid"), "true");
  await fill(page, "Trials", "6");
  await button(page, "Search").click();
  await ended(page);
  const { trials, judge } = await study(page);
  assert.deepEqual([trials.length, judge], [6, "validation"]);
  assert.ok(trials.every(({ tried }) => tried.scores.length === 1 && tried.intervals.r2.low <= tried.scores[0].r2));
  assert.equal(await page.locator(".search-picture .search-error").count(), 6);
  await page.close();
  assertNoProblems(problems);
});

test("a search that is canceled ends at once, keeps the trials that are done, and is said to be partial", async () => {
  const { page, problems } = await openSearch("#source=circle&epochs=400");
  await vary(page, "Learning rate");
  await fill(page, "Trials", "200");
  await fill(page, "Epochs per trial", "400");
  await button(page, "Search").click();
  await page.waitForFunction(
    () =>
      document
        .querySelector("ty-search")
        .job.store.get()
        .trials.filter(({ tried }) => tried).length >= 2,
    null,
    { timeout: 60_000 },
  );
  const took = await page.evaluate(async () => {
    const { job } = document.querySelector("ty-search");
    const start = performance.now();
    [...document.querySelectorAll("ty-search button")].find(({ textContent }) => textContent === "Cancel").click();
    while (job.isRunning) await new Promise((resolve) => setTimeout(resolve, 2));
    return performance.now() - start;
  });
  assert.ok(took <= 200, `${took} ms`);
  await ended(page);
  const { trials, isWhole, best } = await study(page);
  const done = trials.filter(({ tried }) => tried).length;
  assert.ok(!isWhole && done >= 2 && done < 200 && trials[best].tried, `${done}`);
  await button(page, "Search").waitFor();
  // What is varied is there again after a visit.
  await page.reload();
  await ready(page);
  await page.waitForSelector("ty-search-fold", { state: "attached" });
  await page.evaluate(() => document.querySelector("ty-search-fold").open());
  await page.locator('.search-axis[data-axis="learningRate"]').waitFor();
  await button(page, "Stop varying Learning rate").click();
  await page.locator(".search-axis").waitFor({ state: "detached" });
  await page.close();
  assertNoProblems(problems);
});

test("more settings by successive halving: few go on, lines on upright axes, and a brush leaves its trials in the table", async () => {
  const { page, problems } = await openSearch("#source=moons");
  await vary(page, "Learning rate");
  await vary(page, "Neurons per hidden layer");
  await vary(page, "Optimizer");
  await labeled(page, "Method").selectOption({ label: "Successive halving" });
  await fill(page, "Trials", "9");
  await fill(page, "Epochs per trial", "18");
  await button(page, "Search").click();
  await ended(page);
  const { trials, rungs, best, simplest } = await study(page);
  assert.deepEqual(
    rungs.map(({ trials, epochs }) => [trials, epochs]),
    [
      [9, 2],
      [3, 6],
      [1, 18],
    ],
  );
  const reached = [2, 6, 18].map((epochs) => trials.filter(({ until }) => until === epochs).length);
  assert.deepEqual(reached, [6, 2, 1]);
  assert.ok(trials.every(({ tried, until }) => tried.epochs === until));
  // Those that went on were the best of their rung.
  assert.deepEqual([trials[best].until, best], [18, simplest]);
  const canvas = page.locator(".search-parallel");
  await labeled(page, "Best share in color").fill("100");
  await canvas.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const { x, y, width, height } = await canvas.boundingBox();
  const chosen = () => page.evaluate(() => document.querySelector("ty-parallel").count);
  assert.equal(await chosen(), null);
  // Upward along the first axis, from the bottom to the middle: the lower rates.
  await page.mouse.move(x + 30, y + height - 14);
  await page.mouse.down();
  await page.mouse.move(x + 32, y + height * 0.75);
  await page.mouse.move(x + 32, y + height / 2);
  await page.mouse.up();
  const count = await chosen();
  const lower = trials.filter(({ values }) => values[0] < 0.01).length;
  assert.ok(count > 0 && count < 9 && Math.abs(count - lower) <= 1, `${count} of ${lower}`);
  assert.equal(await page.locator(".search-table tbody tr").count(), count);
  await button(page, "Clear selection").click();
  assert.equal(await page.locator(".search-table tbody tr").count(), 9);
  // The same by the keyboard: what a slider says is where the brush ends.
  await page.getByText("Select ranges with sliders").press("Enter");
  const slider = labeled(page, "Learning rate, to");
  await slider.press("PageDown");
  for (let i = 0; i < 40; i++) await slider.press("ArrowLeft");
  const to = Number(await slider.getAttribute("aria-valuetext"));
  const below = trials.filter(({ values }) => values[0] <= to).length;
  assert.ok(
    to > 0 && below < 9 && Math.abs((await chosen()) - below) <= 1,
    `${await chosen()} of ${below} up to ${to}`,
  );
  assert.deepEqual(await findings(page), []);
  await slider.press("End");
  assert.equal(await chosen(), null);
  // A click beside all axes chooses nothing.
  await page.mouse.click(x + width / 6 + 10, y + height / 2);
  assert.equal(await chosen(), null);
  assert.deepEqual(await findings(page), []);
  await vary(page, "Epochs");
  assert.ok(await button(page, "Search").isDisabled(), "halving sets the epochs itself");
  await page.close();
  assertNoProblems(problems);
});

test("a control's own card varies its setting and leads to the search, by the keyboard too", async () => {
  const { page, problems } = await site.open("#source=circle&view=model");
  await ready(page);
  await page.waitForSelector("ty-search-fold", { state: "attached" });
  const info = page.getByRole("button", { name: "About Activation", exact: true });
  await info.focus();
  await page.keyboard.press("Enter");
  await page.locator(".info-card .info-vary").waitFor(); // loaded with the first question
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.closest("dfn")?.textContent), "activation function");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.classList.contains("info-vary")));
  await page.keyboard.press("Enter");
  await page.locator('.search-axis[data-axis="activation"]').waitFor();
  assert.equal((await state(page)).settings.view, "selection");
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("view", "playground"));
  // What is varied already is not offered again, nor what is no hyperparameter.
  await info.click();
  await page.locator(".info-card").waitFor();
  assert.equal(await page.locator(".info-vary").count(), 0);
  await page.getByRole("button", { name: "About Noise", exact: true }).click();
  assert.equal(await page.locator(".info-vary").count(), 0);
  await page.getByRole("button", { name: "About Batch size", exact: true }).click();
  await button(page, "Vary in a search").click();
  await page.locator('.search-axis[data-axis="batchSize"]').waitFor();
  assert.equal((await state(page)).settings.view, "playground");
  await page.close();
  assertNoProblems(problems);
});
