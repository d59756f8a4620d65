// What leaves the Export step for programs and comes in for it: predictors without dependencies, and new rows to predict.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { assertNoProblems, findings, ready } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "trainyard-predictors-"));
before(async () => (site = await openSite()));
after(async () => {
  fs.rmSync(folder, { recursive: true });
  await site?.close();
});

/** Until the agreed end, in any language. */
async function trained(page) {
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.play());
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().run?.state === "finished",
  );
}

const PENGUINS = "#source=penguins&epochs=12&view=export";
const CSV = fs.readFileSync(new URL("../../www/data/penguins.csv", import.meta.url), "utf8");

test("the predictors that the page hands over check themselves, in Node and in Python", async () => {
  const { page, problems } = await site.open(PENGUINS, { acceptDownloads: true });
  await ready(page);
  await trained(page);
  for (const [action, command] of [
    ["javascript", process.execPath],
    ["python", "python3"],
  ]) {
    const [saved] = await Promise.all([
      page.waitForEvent("download", { timeout: 60_000 }),
      page.locator(`[data-way="predictor"] [data-action="${action}"]`).click(),
    ]);
    const file = path.join(folder, saved.suggestedFilename());
    await saved.saveAs(file);
    const { status, stdout, error } = spawnSync(command, [file], { encoding: "utf8" });
    if (action === "python" && error?.code === "ENOENT") continue; // a machine without it
    assert.equal(status, 0, stdout);
    assert.match(stdout, /^OK: 3 rows differ by at most /);
  }
  await page.close();
  assertNoProblems(problems);
});

test("a network of other layers gets no predictor, and what to take instead is said", async () => {
  const { page, problems } = await site.open("#source=circle&layers=4,batchNorm,4&view=export");
  await ready(page);
  await page.locator('[data-way="predictor"] [data-action="python"]').click();
  await page.locator('[data-way="predictor"] [role="alert"]', { hasText: "ONNX" }).waitFor({ timeout: 60_000 });
  await page.close();
  assertNoProblems(problems);
});

test("new rows: a file and pasted ones are predicted, what didn't match is said, and locked rows stay so", async () => {
  const { page, problems } = await site.open(PENGUINS, { acceptDownloads: true });
  await ready(page);
  await trained(page);
  await page.locator('[data-way="rows"] [data-action="rows"]').click();
  const view = page.locator("ty-new-rows");
  await view.locator("textarea").waitFor();
  // Pasted, by keyboard: one unknown island, one column that nobody asked for.
  await view
    .locator("textarea")
    .fill(`${CSV.split("\n")[0]},note\n${CSV.split("\n")[1].replace(/\w+(?=,)/, "Atlantis")},x`);
  await view.locator('[data-action="paste"]').press("Enter");
  await view.locator("li", { hasText: "Atlantis" }).waitFor({ timeout: 60_000 });
  await view.locator("li", { hasText: "note" }).waitFor();
  assert.equal(await view.locator("tbody tr").count(), 1);
  assert.deepEqual(await findings(page), []);
  // A file, with the rows that the model was made of: test rows among them say nothing of themselves.
  await view
    .locator("input[type=file]")
    .setInputFiles({ name: "all.csv", mimeType: "text/csv", buffer: Buffer.from(CSV) });
  await view.locator(".new-rows-judged li", { hasText: "locked test rows" }).waitFor({ timeout: 60_000 });
  await view.locator(".new-rows-judged li", { hasText: "learned from" }).waitFor();
  const [saved] = await Promise.all([page.waitForEvent("download"), view.locator('[data-action="save"]').click()]);
  assert.equal(saved.suggestedFilename(), "all-predicted.csv");
  const text = fs
    .readFileSync(await saved.path(), "utf8")
    .trimEnd()
    .split("\n");
  const given = CSV.trimEnd().split("\n");
  assert.equal(text.length, given.length);
  for (const [i, line] of text.entries()) assert.ok(line.startsWith(given[i]), line);
  assert.match(text[0], /,predicted species,probability Adelie,/);
  // Wrong ones.
  await view.locator("textarea").fill("a,b\n1,2\n3,4");
  await view.locator('[data-action="paste"]').click();
  await view.locator("[role=alert]", { hasText: "No column of the file" }).waitFor({ timeout: 60_000 });
  const room = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(room <= 0, `${room} px`);
  await page.close();
  assertNoProblems(problems);
});

test("many new rows show how far they are, and can be canceled; dropped ones are predicted, not learned from", async () => {
  const { page, problems } = await site.open(PENGUINS);
  await ready(page);
  await page.locator('[data-way="rows"] [data-action="rows"]').click();
  const view = page.locator("ty-new-rows");
  await view.locator("textarea").waitFor();
  const [head, ...rows] = CSV.trimEnd().split("\n");
  const many = [head, ...Array.from({ length: 100_000 }, (_, i) => rows[i % rows.length])].join("\n");
  await view
    .locator("input[type=file]")
    .setInputFiles({ name: "many.csv", mimeType: "text/csv", buffer: Buffer.from(many) });
  await view.locator('[data-action="cancel"]').click({ timeout: 60_000 });
  await view.getByText("Canceled. Nothing was predicted.").waitFor();
  const before = await page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().table.title);
  const data = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
    return transfer;
  }, `${head}\n${rows[0]}`);
  await view.locator(".new-rows").dispatchEvent("drop", { dataTransfer: data });
  await view.getByText("1 row of dropped.csv is predicted").waitFor({ timeout: 60_000 });
  const after = await page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().table.title);
  assert.equal(after, before);
  await page.close();
  assertNoProblems(problems);
});
