// A worker that ends or hangs, and a start that never comes, in Chromium: the page says so, and offers a way on.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { button, ready, state, untilEpoch } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const SILENT = /does not respond/;
const notice = (page, words) => page.getByRole("alert").getByText(words);

/** A file that never comes when it is asked for the first time. */
async function visit(file) {
  const page = await site.browser.newPage({ serviceWorkers: "block" });
  let asked = 0;
  if (file) await page.route(`**/${file}`, (route) => (asked++ ? route.continue() : undefined));
  await page.goto(site.url, { waitUntil: "commit" });
  return page;
}

/** The worker never answers any more, and no error says so. */
const FAULTS = {
  "closes itself": () => self.close(),
  "loops without end": () => {
    for (;;);
  },
};

for (const [what, fault] of Object.entries(FAULTS)) {
  for (const isTraining of [true, false]) {
    test(`a worker that ${what} while the run is ${isTraining ? "training" : "paused"} is told of, and started again from the last checkpoint`, async () => {
      const page = await visit();
      await ready(page);
      await button(page, "Play").click();
      await untilEpoch(page, 3);
      await button(page, "Pause").click(); // with a checkpoint
      await page.waitForFunction(
        () => document.querySelector("ty-run-bar").playground.store.get().run.state === "paused",
      );
      const { epoch } = await state(page);
      if (isTraining) {
        await button(page, "Play").click();
        await untilEpoch(page, epoch + 1);
      }
      void page
        .workers()[0]
        .evaluate(fault)
        .catch(() => {});
      if (!isTraining) await button(page, "Step").click();
      await notice(page, SILENT).waitFor({ timeout: 60_000 });
      await button(page, "Restart").click();
      await notice(page, /worker stopped and was replaced/).waitFor();
      if (!isTraining) await button(page, "Play").click();
      await untilEpoch(page, epoch + 3);
      assert.equal(await notice(page, SILENT).count(), 0);
      await page.close();
    });
  }
}

test("a worker that never comes is told of, and can be asked for again", async () => {
  const page = await visit("worker/main.js");
  await page.locator(".status", { hasText: "Loading…" }).waitFor();
  await notice(page, /training worker has not arrived/).waitFor({ timeout: 60_000 });
  await button(page, "Try again").click();
  await ready(page);
  await button(page, "Play").click();
  await untilEpoch(page, 3);
  await page.close();
});

test("a core that never comes is told of, and the page offers to load itself anew", async () => {
  const page = await visit("pkg/trainyard_bg.wasm");
  await page.locator(".status", { hasText: "Loading…" }).waitFor();
  await notice(page, /training core has not arrived/).waitFor({ timeout: 60_000 });
  await button(page, "Reload").click();
  await ready(page);
  await page.close();
});

for (const [what, stub] of [
  ["never answers", "() => new Promise(() => {})"],
  ["throws", '() => { throw new TypeError("no") }'],
  ["rejects", '() => Promise.reject(new Error("no"))'],
]) {
  test(`where requestAdapter ${what}, a run that asks for the GPU trains on the CPU and says why`, async () => {
    const page = await site.browser.newPage({ serviceWorkers: "block" });
    await page.route("**/worker/main.js", async (route) => {
      const response = await route.fetch();
      const gpu = `Object.defineProperty(navigator, "gpu", { value: { requestAdapter: ${stub} } });\n`;
      await route.fulfill({ response, body: gpu + (await response.text()) });
    });
    await page.goto(`${site.url}#engine=gpu`);
    await ready(page);
    const { reason } = await page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().engine);
    assert.match(reason, /^CPU: WebGPU is unavailable in this browser .*does not answer/);
    await button(page, "Play").click();
    await untilEpoch(page, 3);
    await page.close();
  });
}
