// The handle along the loss chart, where the chart comes late and where there is little room.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, ready, untilEpoch } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

test("a chart that comes late gets its handle all the same", async () => {
  const late = await site.browser.newPage({ viewport: { width: 360, height: 740 }, serviceWorkers: "block" });
  await late.route("**/features/training/chart.js", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await route.continue();
  });
  await late.goto(site.url);
  await late.locator("ty-moments input").waitFor({ state: "attached" });
  assert.equal(await late.locator("ty-loss-chart canvas").count(), 0, "the handle is there first");
  assert.equal(await late.locator("ty-moments input").isVisible(), false, "and waits");
  await late.locator("ty-loss-chart canvas").waitFor();
  await late.waitForFunction(() => {
    const [plot, handle] = [".plot", ".moment"].map((name) =>
      document.querySelector(`ty-loss-chart ${name}`).getBoundingClientRect(),
    );
    return handle.width > 0.8 * (plot.width - 60) && handle.bottom <= plot.bottom + 1 && handle.left >= plot.left;
  });
  await late.close();
});

test("on a phone the way back covers no losses, and the chart stays where it is", async () => {
  const { page, problems } = await site.open("#epochs=", {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  });
  await ready(page);
  await button(page, "Play").click();
  await untilEpoch(page, 60);
  await button(page, "Pause").click();
  await page.waitForFunction(() => document.querySelector("ty-moments")?.parts.travel.store.get().moments.length > 2);
  const plot = page.locator("ty-loss-chart .plot");
  await plot.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const before = await plot.boundingBox();
  await page.touchscreen.tap(before.x + before.width / 2, before.y + before.height / 2);
  await button(page, "Branch from here").waitFor();
  assert.deepEqual(await plot.boundingBox(), before);
  const [tools, legend] = await Promise.all(
    [".moment-away", ".chart-legend"].map((name) => page.locator(`ty-loss-chart ${name}`).boundingBox()),
  );
  assert.ok(
    tools.y + tools.height <= legend.y + 1 && legend.y + legend.height <= before.y + 1,
    JSON.stringify({ tools, legend, before }),
  );
  assert.ok(tools.x >= 0 && tools.x + tools.width <= 360 && legend.x + legend.width <= 360);
  await page.close();
  assertNoProblems(problems);
});
