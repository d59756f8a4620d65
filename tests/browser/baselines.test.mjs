// Simpler models beside the network, in Chromium: the table, hyperparameters, Cancel, the padlock, and how it looks.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, findings, labeled, ready, trainTo } from "./playground.mjs";
import { openSite, screenshot } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** Opens the fold as soon as it is there. */
async function openBaselines(page) {
  await ready(page);
  await page.waitForSelector("ty-baselines-fold", { state: "attached" });
  await page.evaluate(() => document.querySelector("ty-baselines-fold").open());
  await page.waitForSelector("ty-baselines .button.main");
}

const stored = (page) => page.evaluate(() => document.querySelector("ty-baselines").job.store.get());
const isOver = (page) =>
  page.waitForFunction(
    () => {
      const { job } = document.querySelector("ty-baselines");
      return job.store.get().phase !== "running" && !job.isRunning && job.store.get().about;
    },
    null,
    { timeout: 120_000 },
  );

/** The cells of each row of the table, by its first. */
const table = (page) =>
  page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll(".baselines-table tbody tr")].map(({ cells: [name, ...cells] }) => [
        name.textContent.trim(),
        cells.map((cell) => cell.innerText.replaceAll(/\s+/g, " ").trim()),
      ]),
    ),
  );

const share = (/** @type {string} */ text) => Number.parseFloat(text);

async function fit(page) {
  await button(page, "Fit baselines").click();
  await isOver(page);
}

const setSlider = (page, label, index) =>
  labeled(page, label).evaluate((input, value) => {
    input.value = String(value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }, index);

test("a circle is not a line's: five models beside the network, and a hyperparameter fits anew what goes by it", async () => {
  const { page, problems } = await site.open("#source=circle&noise=0.1");
  await openBaselines(page);
  await fit(page);
  let rows = await table(page);
  assert.deepEqual(Object.keys(rows), [
    "Most frequent class",
    "Logistic regression",
    "Nearest neighbors",
    "Decision tree",
    "Random forest",
    "Your network",
  ]);
  for (const [name, [held, training, size, time]] of Object.entries(rows).slice(0, 5)) {
    assert.match(held, /^\d+(\.\d)?% \d+(\.\d)?% to \d+(\.\d)?%$/, name);
    assert.match(training, /%$/, name);
    assert.ok(size && /ms$/.test(time), `${name}: ${size}, ${time}`);
  }
  assert.ok(share(rows["Logistic regression"][0]) < 75 && share(rows["Random forest"][0]) > 85, JSON.stringify(rows));
  assert.match(await page.locator(".baselines-words").innerText(), /Train the network to compare it/);
  const leaves = rows["Decision tree"][2];

  // One question a tree: those of trees are fitted anew, all others stand.
  const before = await stored(page);
  await setSlider(page, "Trees: maximum depth", 0);
  await page.waitForFunction(() => document.querySelector("ty-baselines").job.store.get().found.tree?.leaves === 2);
  await isOver(page);
  rows = await table(page);
  assert.equal(rows["Decision tree"][2], "2 leaves");
  assert.equal(rows["Random forest"][2], "200 leaves");
  assert.notEqual(leaves, "2 leaves");
  const now = await stored(page);
  assert.deepEqual(now.found.knn, before.found.knn);
  assert.deepEqual(now.found.logistic, before.found.logistic);

  // The network's own row goes along with its training.
  await trainTo(page, 100);
  await page.waitForFunction(() => /epoch 1\d\d/.test(document.querySelector(".baselines-own").textContent));
  assert.match(await page.locator(".baselines-words").innerText(), /Your network (is better|has)/);
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

test("test rows of a table stay locked: without validation rows some are set aside first", async () => {
  const { page, problems } = await site.open("#source=iris");
  await openBaselines(page);
  await page.waitForSelector(".baselines-none");
  assert.equal(await button(page, "Fit baselines").isDisabled(), true);
  await button(page, "Set aside 20% for validation").click();
  await page.waitForSelector(".baselines-none", { state: "detached" });
  await fit(page);
  const rows = await table(page);
  assert.ok(share(rows["Nearest neighbors"][0]) > 80, JSON.stringify(rows));
  const { part, found } = await stored(page);
  assert.equal(part, "validation");
  const { lock, validation } = await page.evaluate(() => {
    const { lock, description } = document.querySelector("ty-run-bar").playground.store.get();
    return { lock, validation: description.rows.validation };
  });
  assert.deepEqual([lock.isOpen, lock.looks], [false, 0]);
  assert.ok(validation > 0);
  for (const { held } of Object.values(found)) assert.equal(held.rows, validation);
  await page.close();
  assertNoProblems(problems);
});

test("values: errors in the target's unit, weights that are out; Cancel ends a long fit, and what is done stays", async () => {
  const { page, problems } = await site.open("#source=plane&samples=5000&noise=0.2");
  await openBaselines(page);
  await setSlider(page, "Forest: number of trees", 5);
  await button(page, "Fit baselines").click();
  await page.waitForFunction(() => document.querySelector("ty-baselines").job.store.get().found.ridge);
  await button(page, "Cancel").click();
  await button(page, "Fit baselines").waitFor();
  const { isWhole, found, waiting } = await stored(page);
  assert.deepEqual([isWhole, Boolean(found.ridge), waiting], [false, true, []]);
  assert.match(await page.locator("ty-baselines .study-controls").innerText(), /Canceled/);

  await setSlider(page, "Forest: number of trees", 2);
  await fit(page);
  const rows = await table(page);
  assert.deepEqual(Object.keys(rows).slice(0, 3), ["Mean", "Ridge regression", "Lasso"]);
  assert.match(rows.Lasso[2], /^0 of 2 weights are 0$/);
  assert.ok(share(rows["Ridge regression"][0]) < share(rows.Mean[0]) / 4, JSON.stringify(rows));
  await page.close();
  assertNoProblems(problems);
});

for (const width of [1440, 390])
  for (const colorScheme of /** @type {const} */ (["light", "dark"]))
    test(`baselines at ${width}, ${colorScheme}`, async () => {
      const { page, problems } = await site.open("#source=wine&validationShare=0.25", {
        viewport: { width, height: 900 },
        colorScheme,
      });
      await openBaselines(page);
      await fit(page);
      await trainTo(page, 30);
      await page.locator("ty-baselines-fold").scrollIntoViewIfNeeded();
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(beyond <= 0, `${beyond} px beyond the page`);
      await screenshot(page.locator("ty-baselines-fold"), `baselines-${width}-${colorScheme}`);
      await page.close();
      assertNoProblems(problems);
    });
