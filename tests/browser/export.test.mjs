// The Export step: its groups, what the palette finds of them, and what each hands over.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { WAYS } from "../../www/session/ways.js";
import { assertNoProblems, findings, ready } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

test("each group has its name, what it holds, and a way to do it; nothing is wider than a small screen", async () => {
  const { page, problems } = await site.open("#source=iris&view=export", { viewport: { width: 320, height: 700 } });
  await ready(page);
  await page
    .locator("ty-export section")
    .nth(WAYS.length - 1)
    .waitFor();
  const found = await page.locator("ty-export section").evaluateAll((all) =>
    all.map((one) => ({
      id: one.dataset.way,
      name: one.querySelector("h4").textContent,
      says: one.querySelector(".note").textContent.length,
      buttons: one.querySelectorAll("button").length,
    })),
  );
  assert.deepEqual(
    found.map(({ id, name }) => ({ id, name })),
    WAYS.map(({ id, name }) => ({ id, name })),
  );
  for (const { id, says, buttons } of found) assert.ok(says > 20 && buttons > 0, id);
  const room = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(room <= 320, `${room} px`);
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

test("the palette leads to each group, whose first button has the focus", async () => {
  const { page, problems } = await site.open("#source=iris");
  await ready(page);
  await page.evaluate(async () => void (await document.querySelector("ty-menu-bar").menu()));
  for (const { id, name } of WAYS) {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Command" }).fill(`export: ${name}`);
    await page.getByRole("option", { name: `Export: ${name}` }).click();
    await page.waitForFunction((way) => document.activeElement?.closest("[data-way]")?.dataset.way === way, id);
  }
  await page.close();
  assertNoProblems(problems);
});
