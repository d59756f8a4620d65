// A table of thousands of columns: what is in the page grows with what is in sight, and every column can be reached.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, ready } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** Elements besides the options of selects, once the table of so many columns is shown and its run stands. */
async function elementsWith(columns) {
  const { page, problems } = await site.open("");
  await ready(page);
  await page.locator("ty-data-fold summary").first().click();
  const names = Array.from({ length: columns }, (_, i) => `c${i}`);
  const rows = Array.from({ length: 100 }, (_, row) => names.map((_, i) => (i === columns - 1 ? ["no", "yes"][row % 2] : (row * 7919 + i * 104_729) % 10_007)).join(","));
  await page.evaluate((text) => document.querySelector("ty-run-bar").playground.openTable(new Blob([text]), "wide.csv"), [names.join(","), ...rows].join("\n"));
  await page.waitForFunction((target) => {
    const { description, frame } = document.querySelector("ty-run-bar").playground.store.get();
    return description?.target === target && frame?.outputs;
  }, names.at(-1));
  await page.locator("ty-sheet [role=gridcell]").first().waitFor();
  const count = await page.evaluate(() => document.querySelectorAll("#app *:not(option)").length);
  return { page, problems, count };
}

test("3,000 columns put hardly more into the page than 300 do, and each is found by its name", async () => {
  const narrow = await elementsWith(300);
  await narrow.page.close();
  const { page, problems, count } = await elementsWith(3000);
  assert.ok(count < 1.1 * narrow.count, `${count} elements, ${narrow.count} with 300 columns`);
  await page.getByText("2997 more inputs").click();
  assert.ok((await page.locator(".other-inputs input[type=number]").count()) <= 24);
  await page.getByLabel("Find an input").fill("c2345");
  const found = page.locator(".other-inputs label", { hasText: "c2345" }).locator("input");
  await found.fill("12");
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().ask[2345] === 12);
  assertNoProblems(narrow.problems);
  assertNoProblems(problems);
  await page.close();
});
