// bench.html: the page times this device, counts only right losses, and hands the result over as text.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, findings } from "./playground.mjs";
import { openSite, screenshot, webgpuFlag } from "./support.mjs";

let site, bare;
before(async () => ([site, bare] = [await openSite({ args: [webgpuFlag] }), await openSite({ base: "/some/where/" })]));
after(() => Promise.all([site?.close(), bare?.close()]));

const start = (page) => page.locator("[data-start]");
const cells = (page) =>
  page
    .locator("[data-cell]")
    .evaluateAll((all) => Object.fromEntries(all.map((cell) => [cell.dataset.cell, cell.textContent])));
const answered = (page) => page.locator("[data-result]:not([hidden])").waitFor({ timeout: 240_000 });

test("it measures every work on one core, with either core package, on all cores, by two workers and on the GPU, and tells it as text", async () => {
  const { page, problems } = await site.open("bench.html", { viewport: { width: 1440, height: 900 } });
  await start(page).click();
  await answered(page);
  const figures = await cells(page);
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  const text = await page.locator("[data-text]").inputValue();
  for (const [cell, told] of Object.entries(figures)) {
    const [lane, work] = cell.split("-");
    const isTimed = {
      core: true,
      fast: true,
      cores: cores > 1,
      team: cores > 1 && ["W3b", "W5"].includes(work),
      gpu: work !== "W5",
    }[lane];
    if (isTimed) assert.match(told, /^\d[\d.]*(\u202f[kMG])? \d[\d.]*(\u202f[kMG])?–\d/, cell);
    else assert.equal(told, "–", cell);
    const figure = /^\S+(\u202f\S+)?/.exec(told)[0];
    if (isTimed)
      assert.ok(
        text.split("\n").some((line) => line.startsWith(`${work} · `) && line.includes(figure)),
        cell,
      );
  }
  assert.equal(await page.locator("[data-status]").textContent(), "Measured.");
  assert.match(await page.locator("[data-ratios]").textContent(), /The GPU trains .*W1 [\d.]+ ×/);
  await screenshot(page, "bench-1440");
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

test("Cancel ends it, what was measured stays, and it can be asked again; without a GPU three lanes are left", async () => {
  const { page, problems } = await bare.open("bench.html", {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
  });
  await start(page).click();
  await page.waitForFunction(() => document.querySelector('[data-cell="core-W1"]').textContent.length > 1);
  assert.equal(await start(page).textContent(), "Cancel");
  await start(page).click();
  await answered(page);
  assert.match(await page.locator("[data-status]").textContent(), /^Stopped after \d+ of (10|17) figures\.$/);
  assert.match(await page.locator("[data-text]").inputValue(), /GPU: none offered/);
  assert.equal(await start(page).textContent(), "Measure again");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
  await screenshot(page, "bench-390-dark");
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems.filter((one) => !one.endsWith("No available adapters."))); // Chromium's own words for it
});

test("it is there in German, and without scripts", async () => {
  const { page, problems } = await bare.open("bench.de.html", { javaScriptEnabled: false });
  assert.equal(await page.locator("h1").textContent(), "Wie schnell ist dieses Gerät?");
  // The browser that drives it shows no <noscript>, though the page has one.
  assert.match(await page.locator("noscript").innerHTML(), /Zum Messen braucht es JavaScript\./);
  assert.ok(await page.locator("[data-start]").isDisabled());
  await page.getByRole("link", { name: "English" }).click();
  assert.equal(await page.locator("h1").textContent(), "How fast is this device?");
  await page.close();
  assertNoProblems(problems);
});
