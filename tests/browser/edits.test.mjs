// Mistakes among pictures: labels corrected, pictures dropped and kept again, and the model trained on what is left.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, findings, showTab, until, untilSo } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const stateOf = (page) =>
  page.evaluate(() => {
    const { run, ask, points, settings, description } = document.querySelector("ty-run-bar").playground.store.get();
    const at = points?.inputs.indexOf(ask[0]);
    return {
      state: run?.state,
      epoch: run?.epoch,
      row: ask[0],
      label: points?.targets[at],
      rows: description.rows,
      clean: settings.clean,
      parts: [...new Set(points?.part)].sort(),
      isHere: Object.fromEntries([...(points?.inputs ?? [])].map((row) => [row, true])),
    };
  });

async function open(hash, context = {}) {
  const { page, problems } = await site.open(hash, context);
  await page.waitForSelector("ty-picture-tiles .tile", { state: "attached", timeout: 60_000 });
  return { page, problems };
}

const edits = (page) => page.locator("ty-image-output ty-picture-edits");
const status = (page) => edits(page).getByRole("status").textContent();

test("behind a count a label is corrected and a picture dropped; trained again, the run has both; undone, it is as it was", async () => {
  const { page, problems } = await open("#source=digits&epochs=2");
  await button(page, "Play").click();
  await until(page, "finished", 240_000);
  const start = await stateOf(page);
  await page.locator("ty-confusion-fold summary").click();
  const mistakes = page.locator('.confusion .tally[data-right="false"] button:not([disabled])');
  await mistakes.first().waitFor();
  await mistakes.first().click();
  const behind = page.locator("ty-confusion .picture-edits");
  await page.locator(".confused .tile").first().click();
  await behind.locator("select:not([disabled])").waitFor();
  const { row, label } = await stateOf(page);
  assert.match(await status(page), /No label is changed/);
  assert.equal(await behind.locator("select").inputValue(), String(label));
  const other = (label + 1) % 10;
  await behind.locator("select").selectOption(String(other));
  await behind.getByText(`${label} → ${other}`).waitFor();
  // Another one goes, and both panels say so.
  await page.locator("ty-image-output .tile").nth(5).click();
  await edits(page).getByRole("button", { name: "Drop image" }).click();
  const gone = (await stateOf(page)).row;
  await untilSo("both are counted", async () =>
    /^1 label changed, 1 image dropped\. The latest changes/.test(await status(page)),
  );
  assert.deepEqual(await findings(page), []);
  await edits(page).getByRole("button", { name: "Train again with these changes" }).click();
  await untilSo("the run does without it", async () => (await stateOf(page)).rows.train === start.rows.train - 1);
  await until(page, "finished", 240_000);
  const again = await stateOf(page);
  assert.deepEqual(again.clean, [
    { fix: "relabel", row, to: String(other) },
    { fix: "drop-rows", rows: [gone] },
  ]);
  assert.deepEqual([again.rows.test, again.parts, again.isHere[gone]], [start.rows.test, [0], undefined]);
  assert.equal((await stateOf(page)).epoch, 2);
  await untilSo("it is said as it is", async () => (await status(page)) === "1 label changed, 1 image dropped.");
  assert.match(await page.evaluate(() => decodeURIComponent(location.hash)), /drop-rows/);
  // Kept again by its own button, then all of it by Undo.
  await edits(page)
    .getByRole("button", { name: /^Keep as it was: Image [\d,]+: dropped/ })
    .click();
  await edits(page).getByRole("button", { name: "Train again with these changes" }).click();
  await untilSo("it is back", async () => (await stateOf(page)).isHere[gone] === true);
  await until(page, "finished", 240_000);
  assert.deepEqual((await stateOf(page)).clean, [{ fix: "relabel", row, to: String(other) }]);
  await edits(page).getByRole("button", { name: "Undo all changes" }).click();
  await edits(page).getByRole("button", { name: "Train again with these changes" }).click();
  await untilSo("nothing is changed", async () => (await stateOf(page)).clean.length === 0);
  await until(page, "finished", 240_000);
  assert.deepEqual((await stateOf(page)).rows, start.rows);
  await page.close();
  assertNoProblems(problems);
});

test("test images take no change, behind the padlock or before it; on a phone, axe finds nothing, dark", async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: "dark" };
  const { page, problems } = await open("#source=digits&epochs=1", phone);
  await button(page, "Play").click();
  await until(page, "finished", 240_000);
  await showTab(page, "Evaluation");
  const wall = page.getByRole("region", { name: "Images and predictions" });
  await wall.getByRole("button", { name: "Test rows" }).click();
  await wall.getByRole("button", { name: "Unlock test rows" }).click();
  await wall.locator(".tile").first().click();
  await edits(page).getByText("This is a test image.").waitFor();
  assert.equal(await edits(page).locator("select").count(), 0);
  await wall.getByRole("button", { name: "Training rows" }).click();
  await wall.locator(".tile").first().waitFor();
  await untilSo("tiles are of training rows", async () => {
    await wall.locator(".tile").first().click();
    return (await edits(page).locator("select").count()) === 1;
  });
  for (const one of await edits(page).locator("button, select").all()) {
    const { height } = await one.boundingBox();
    assert.ok(height >= 44, `${await one.textContent()}: ${height}`);
  }
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});
