// A table of thousands of columns: what is in the page grows with what is in sight, and every column can be reached.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, ready } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** What the page asks of the worker from now on: a table's questions by their name, with the cells that are asked for. */
const listen = (page) =>
  page.evaluate(() => {
    const { postMessage } = Worker.prototype;
    window.asked = [];
    Worker.prototype.postMessage = function (message, ...more) {
      const { type, ask, count, columns } = message;
      if (["table", "tableEnd", "open", "ack"].includes(type))
        window.asked.push({ what: ask ?? type, cells: ask === "cells" ? count * columns : 0 });
      return postMessage.call(this, message, ...more);
    };
  });

/** Elements besides the options of selects, once the table of so many columns is shown and its run stands, and what was asked for that. */
async function opened(columns) {
  const { page, problems } = await site.open("");
  await ready(page);
  await listen(page);
  await page.locator("ty-data-fold summary").first().click();
  const names = Array.from({ length: columns }, (_, i) => `c${i}`);
  const rows = Array.from({ length: 100 }, (_, row) =>
    names.map((_, i) => (i === columns - 1 ? ["no", "yes"][row % 2] : (row * 7919 + i * 104_729) % 10_007)).join(","),
  );
  await page.evaluate(
    (text) => document.querySelector("ty-run-bar").playground.openTable(new Blob([text]), "wide.csv"),
    [names.join(","), ...rows].join("\n"),
  );
  await page.waitForFunction((target) => {
    const { description, frame } = document.querySelector("ty-run-bar").playground.store.get();
    return description?.target === target && frame?.outputs;
  }, names.at(-1));
  await page
    .locator("ty-sheet [role=gridcell]", { hasText: /^\s*\d+\s*$/ })
    .first()
    .waitFor();
  await page.locator("ty-doctor [aria-busy=false]").waitFor({ state: "attached" });
  const asked = await page.evaluate(() => window.asked);
  const count = await page.evaluate(() => document.querySelectorAll("#app *:not(option)").length);
  return { page, problems, count, asked };
}

test("3,000 columns put hardly more into the page than 300 do, and each is found by its name", async () => {
  const narrow = await opened(300);
  await narrow.page.close();
  const { page, problems, count, asked } = await opened(3000);
  const times = (what, of = asked) => of.filter((one) => one.what === what).length;
  for (const what of ["describe", "report", "doctor", "histogram", "open"])
    assert.equal(times(what), times(what, narrow.asked), what);
  assert.deepEqual(
    ["tableEnd", "describe", "report", "doctor", "open"].map((what) => times(what)),
    [1, 0, 1, 1, 1],
    "the table is looked at once",
  );
  assert.ok(
    asked.findIndex(({ what }) => what === "doctor") > asked.findIndex(({ what }) => what === "ack"),
    "the picture comes before the doctor",
  );
  const cells = asked.reduce((sum, one) => sum + one.cells, 0);
  assert.ok(cells > 0 && cells <= 4 * 3200, `${cells} cells were asked for`);
  assert.ok(count < 1.1 * narrow.count, `${count} elements, ${narrow.count} with 300 columns`);
  await page.getByText("2997 more inputs").click();
  assert.ok((await page.locator(".other-inputs input[inputmode]").count()) <= 24);
  await page.getByLabel("Find an input").fill("c2345");
  const found = page.locator(".other-inputs .field", { hasText: "c2345" }).locator("input");
  await found.fill("12");
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().ask[2345] === 12);
  assertNoProblems(narrow.problems);
  assertNoProblems(problems);
  await page.close();
});
