// All parts of the page at once: they share what they share.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { assertNoProblems, button, openAllParts, ready } from "./playground.mjs";
import { buildFolder, dist, openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** Nothing of these was asked for here: links of others, what keeps the page for the next visit, locks, and downloads. */
const NOT_ASKED_FOR = [
  "settings/tfPlayground.js",
  "update.js",
  "features/locks/part.js",
  "features/report/part.js",
  "features/export/predictor/part.js",
];

const OUTPUTS = {
  circle: "ty-toy-output .stage",
  drawn: "ty-drawn-output *",
  speech: "ty-sound-player *",
  digits: "ty-image-output *",
  iris: "ty-table-output *",
};

test("with everything open there is one lit-html, and no two elements have the same id", async () => {
  const { page, problems } = await site.open("#source=line");
  await ready(page);
  for (const source of ["circle", "drawn", "speech", "digits", "iris"]) {
    await page.evaluate((name) => document.querySelector("ty-run-bar").playground.set("source", name), source);
    await page.locator(OUTPUTS[source]).first().waitFor({ state: "attached" });
  }
  await ready(page);
  // The coach comes with the first step, help with the first question.
  await button(page, "Step").click();
  await page.locator("ty-coach").waitFor({ state: "attached" });
  await page.locator("button.info").first().focus();
  await page.locator("ty-engine-chip summary").click();
  await page.locator(".fast-core").waitFor();
  await page.keyboard.press("Escape");
  await openAllParts(page);
  await button(page, "Your own images…").click();
  await page.locator("ty-own-images *").first().waitFor({ state: "attached" });
  for (const [name, part] of [
    ["Show the program", "ty-program"],
    ["Predict rows…", "ty-new-rows"],
  ]) {
    await button(page, name).click();
    await page.locator(`${part} *`).first().waitFor({ state: "attached" });
  }
  await button(page, "Share").click();
  await page.waitForFunction(
    () => document.querySelectorAll("ty-more-settings > *").length >= 2 && document.querySelector("dialog[open]"),
  );
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("embed", "compact"));
  await page.locator("ty-embed-control *").first().waitFor({ state: "attached" });

  const { lit, ids, loaded } = await page.evaluate(() => ({
    lit: [globalThis.litHtmlVersions, globalThis.litElementVersions, globalThis.reactiveElementVersions].map(
      (versions) => versions?.length ?? 0,
    ),
    ids: [...document.querySelectorAll("[id]")].map(({ id }) => id),
    loaded: performance.getEntriesByType("resource").map(({ name }) => name),
  }));
  assert.deepEqual(lit, [1, 0, 0]); // elements are the page's own (ui/viewElement.js)
  assert.deepEqual(
    ids.filter((id, i) => ids.indexOf(id) !== i),
    [],
  );
  const folder = path.join(dist, buildFolder());
  const scripts = fs
    .readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".js") && !/(^|\/)(worker|carried|de|element|lessons|bench)\//.test(name));
  assert.deepEqual(
    scripts.filter((name) => !NOT_ASKED_FOR.includes(name) && !loaded.some((url) => url.endsWith(`/${name}`))),
    [],
  );
  assert.deepEqual(
    loaded.filter((url) => url.includes("/carried/")),
    [],
  ); // that is for sandboxed frames alone
  await page.close();
  assertNoProblems(problems); // nobody asked for a GPU
});
