// Features reckoned from columns, in Chromium: ticked, written as a formula, refused with the core's own words, taken away.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, assertNoProblems, button, labeled, openDataMore, ready, until } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const inputs = (page) =>
  page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().description.inputNames);

test("derived features of a table: ticks, a formula that is tried out while it is typed, chips", async () => {
  const { page, problems } = await site.open("#source=iris");
  await ready(page);
  await page
    .getByText("Your data: open a CSV or pick a real data set, then check and clean it", { exact: true })
    .click();
  await page.getByText("Derived features", { exact: true }).click();
  await labeled(page, "Column x").selectOption("petal length (cm)");
  await page.getByLabel('x²: "petal length (cm)" ^ 2').check();
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().description.inputNames.length === 5,
  );
  const field = labeled(page, "Formula");
  await field.fill("petal / 2");
  await page.getByText('"petal" is not a column; there are', { exact: false }).waitFor();
  assert.ok(await button(page, "Add").isDisabled());
  await field.fill('ln("petal width (cm)" - 1)');
  await page.getByText(/is not a finite number in row \d+\./).waitFor();
  await field.fill('"sepal length (cm)" / "sepal width (cm)"');
  await page.getByText(/^Range: 1\.\d+ to 2\.\d+\.$/).waitFor();
  await field.press("Enter");
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().description.inputNames.length === 6,
  );
  assert.deepEqual((await inputs(page)).slice(4), [
    '"petal length (cm)" ^ 2',
    '"sepal length (cm)" / "sepal width (cm)"',
  ]);
  await openDataMore(page);
  await page.getByText("Features: 4 of 4 and 2 derived").waitFor();
  await labeled(page, "Speed").selectOption("max");
  await button(page, "Play").click();
  await until(page, "finished", 60_000);
  const link = await address(page);
  await page.getByRole("list", { name: "Derived features" }).getByRole("button").first().click();
  await page
    .locator("ty-column-list")
    .getByRole("button", { name: /^Remove/ })
    .click();
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().settings.features === null,
  );
  const other = await site.open(link);
  await ready(other.page);
  assert.equal((await inputs(other.page)).length, 6);
  await other.page.close();
  await page.close();
  assertNoProblems([...problems, ...other.problems]);
});

test("made sources offer waves of both kinds, and nine features fit the first screen", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await openDataMore(page);
  const group = page.getByRole("group", { name: "Features" });
  await group.getByLabel("cos y").waitFor();
  assert.equal(await group.getByRole("checkbox").count(), 9);
  await group.getByLabel("cos y").check();
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().description.features.join() === "x,y,cosy",
  );
  const bottom = await page.evaluate(() => document.querySelector("ty-data-panel").getBoundingClientRect().bottom);
  assert.ok(bottom <= 900, `${bottom}`);
  await page.close();
  assertNoProblems(problems);
});
