// The engine chip, and the race between CPU and GPU: with a GPU made of software, with one in a test's hand, and without.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { WIDTHS } from "../../www/features/benchmark/model.js";
import { address, assertNoProblems, button, findings, labeled, ready, until } from "./playground.mjs";
import { onlyWhole, openSite, screenshot, webgpuFlag } from "./support.mjs";

let site, bare;
before(async () => ([site, bare] = [await openSite({ args: [webgpuFlag] }), await openSite()]));
after(() => Promise.all([site?.close(), bare?.close()]));

const question = (page) => page.getByText("CPU vs. GPU: when is the GPU worth it?", { exact: true });
const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
const phase = (page, wanted) =>
  page.waitForFunction((name) => document.querySelector("ty-race-panel")?.race.store.get().phase === name, wanted, {
    timeout: 120_000,
  });

/** Opens the question; `widths` are raced. */
async function openRace(page, widths) {
  await ready(page);
  await question(page).click();
  await button(page, "Run the benchmark").waitFor();
  await phase(page, "ready");
  if (widths) await page.evaluate((few) => (document.querySelector("ty-race-panel").race.widths = few), widths);
}

/** Lets the open question be answered by a GPU that does not depend on the machine. */
const withSteadyGpu = (page) =>
  page.evaluate((widths) => {
    navigator.gpu.requestAdapter = async () => ({});
    document.querySelector("ty-race-panel").race.widths = widths;
    document.querySelector("ty-run-bar").playground.client.job = async (_kind, { widths }, onLap) => {
      const laps = widths.map((width) => {
        const [upload, readBack, overhead, compute] = [0.12, 0.55, 0.35 + width / 1e5, 0.08 + width ** 2 / 9e6];
        const gpu = {
          msPerStep: upload + readBack + overhead + compute,
          upload,
          compute,
          readBack,
          overhead,
          isTimestamped: true,
        };
        return {
          width,
          parameters: width ** 2 + 5 * width,
          cpu: { msPerStep: 0.004 + width ** 2 / 4e5 + width / 4e4 },
          team: width < 1024 ? null : { workers: 2, msPerStep: width ** 2 / 7e5, talkMs: 0.2, isSame: true },
          gpu,
          lossDifference: 2e-6,
        };
      });
      laps.forEach(onLap);
      return { adapter: { name: "A steady GPU", isFallback: false }, laps };
    };
  }, WIDTHS);

test("nothing of the race is loaded before its question is opened", async () => {
  const { page, problems } = await site.open();
  await openRace(page);
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname),
  );
  const begin = loaded.findIndex((name) => name.endsWith("/app.js"));
  assert.ok(begin >= 0);
  for (const name of ["/features/benchmark/style.css", "/features/benchmark/part.js"])
    assert.deepEqual(
      [loaded.slice(0, begin), loaded.slice(begin)].map((part) => part.filter((one) => one.endsWith(name)).length),
      [0, 1],
      name,
    );
  assert.deepEqual(
    loaded.filter((name) => name.includes("pkg-full")),
    [],
  );
  await page.close();
  assertNoProblems(problems);
});

test("no GPU is asked for by a look at the question, alone or in its view: only by the button", async () => {
  const { page, problems } = await site.open();
  await page.evaluate(() => {
    const ask = navigator.gpu.requestAdapter.bind(navigator.gpu);
    globalThis.looks = 0;
    navigator.gpu.requestAdapter = (...of) => ((globalThis.looks += 1), ask(...of));
  });
  const looks = () => page.evaluate(() => globalThis.looks);
  await openRace(page, [8, 16]);
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("view", "selection"));
  await page.locator("ty-selection-band[data-open]").waitFor();
  await page.waitForFunction(() => !document.querySelector("[data-settling]"));
  assert.equal(await looks(), 0);
  await button(page, "Run the benchmark").click();
  await phase(page, "done");
  assert.equal(await looks(), 1);
  await page.close();
  assertNoProblems(problems);
});

test("by keyboard: the answer, its pictures, another width, all numbers", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await page.locator("ty-benchmark-fold summary").focus();
  await page.keyboard.press("Space");
  await phase(page, "ready");
  await withSteadyGpu(page);
  await button(page, "Run the benchmark").focus();
  await page.keyboard.press("Enter");
  await page
    .getByText("The GPU is faster from a width of about 680. Below that, its overhead costs more than it saves.")
    .waitFor();
  assert.equal(await page.locator(".race-curves circle").count(), 9);
  // Several workers share the batches of the two widest.
  assert.equal(await page.locator(".race-curves path.team").count(), 2);
  await page.getByText("with exactly its loss").waitFor();
  await page.getByText("measured by timestamps").waitFor();
  await page
    .getByText(
      "At width 8, one step takes 0.0044 ms on the CPU and 1.1 ms on the GPU. Of that, 1 ms is upload, read-back, and overhead.",
    )
    .waitFor();
  const slider = page.getByRole("slider", { name: /One step at width/ });
  await slider.focus();
  await page.keyboard.press("End");
  await page.getByText("At width 2,048, one step takes 11 ms on the CPU", { exact: false }).waitFor();
  assert.equal(await slider.getAttribute("aria-valuetext"), "2,048");
  await page.locator(".race-bars text", { hasText: "CPU × 2" }).waitFor();
  await page.locator(".race-curves").evaluate((curves) => curves.scrollIntoView({ block: "center" })); // below the bars
  const box = await page.locator(".race-curves").boundingBox();
  await page.mouse.click(box.x + 60, box.y + 100);
  await page.getByText(/At width 8,/).waitFor();
  await page.getByText("All values", { exact: true }).click();
  assert.equal(
    await page
      .getByRole("table", { name: /Milliseconds per step/ })
      .getByRole("row")
      .count(),
    10,
  );
  await page.close();
  assertNoProblems(problems);
});

test("a race for real: chart, bars and sentence; the page trains on afterwards", async () => {
  const { page, problems } = await site.open();
  await openRace(page, [8, 16, 32]);
  await button(page, "Run the benchmark").click();
  await phase(page, "done");
  await page
    .locator(".race-verdict")
    .getByText(/faster/)
    .waitFor();
  assert.equal(await page.locator(".race-curves circle").count(), 3);
  for (const part of ["cpu", "upload", "compute", "readBack"]) {
    assert.ok(Number(await page.locator(`.race-bars .part.${part}`).getAttribute("width")) > 1, part);
  }
  const { laps, adapter } = await page.evaluate(() => document.querySelector("ty-race-panel").race.store.get());
  for (const { width, parameters, cpu, gpu, lossDifference } of laps) {
    assert.equal(parameters, width ** 2 + 5 * width + 1);
    assert.ok(
      cpu.msPerStep > 0 && Math.abs(gpu.upload + gpu.compute + gpu.readBack + gpu.overhead - gpu.msPerStep) < 1e-6,
    );
    assert.ok(lossDifference < 0.01, `the engines differ by ${lossDifference} at width ${width}`);
  }
  await page.getByText(`GPU: ${adapter.name}.`, { exact: false }).waitFor();
  if (adapter.isFallback) await page.getByText("This is a software GPU", { exact: false }).waitFor();
  await button(page, "Play").click();
  await until(page, "training");
  await page.close();
  assertNoProblems(problems);
});

test("the model of spoken digits on both engines: what its data weigh, a step on each, and an answer; without a GPU, why", async () => {
  for (const [opened, hasGpu] of [
    [site, true],
    [bare, false],
  ]) {
    const { page, problems } = await opened.open("#source=speech&epochs=2");
    await page.waitForSelector("ty-picture-tiles .tile", { state: "attached", timeout: 120_000 });
    await question(page).click();
    const own = page.getByRole("region", { name: "The model on the page" });
    await own.getByRole("button", { name: "Time this model" }).click();
    await page.waitForFunction(() => document.querySelector("ty-own-race").race.store.get().phase === "done", null, {
      timeout: 240_000,
    });
    const { lap, problem } = await page.evaluate(() => document.querySelector("ty-own-race").race.store.get());
    assert.equal(problem, "");
    assert.deepEqual([lap.rows, lap.trainingRows, lap.numbers], [900, 720, 32 * 48]);
    const words = (await own.locator(".own-words").innerText()).replaceAll("\u00a0", " ");
    assert.match(words, /The data are 900 rows of 1,536 numbers: 5\.3 MB/);
    assert.match(words, new RegExp(`This model has ${lap.parameters.toLocaleString("en")} parameters\\.`));
    if (hasGpu) {
      const { gpu, cpu, setup } = lap;
      assert.ok(
        setup > 0 && gpu.msPerStep > 0 && cpu.msPerStep > 0 && lap.lossDifference < 0.01,
        `${lap.lossDifference}`,
      );
      assert.match(words, /Each step then sends 320 B/);
      // 45 batches of 16 an epoch.
      const isFaster = setup + 90 * gpu.msPerStep < 90 * cpu.msPerStep;
      assert.match(words, isFaster ? /run of 90 steps .* the GPU pays\./ : /run of 90 steps .* the GPU does not pay\./);
      assert.equal(await own.locator(".race-bars .part").count(), 5);
    } else {
      assert.equal(lap.gpu, null);
      assert.match(words, /there is no GPU to compare with/);
      assert.match(words, /96\.1 KB per batch/);
    }
    assert.deepEqual(await findings(page), []);
    await page.close();
    assertNoProblems(problems.filter((one) => !one.endsWith("No available adapters."))); // Chromium's own words for it
  }
});

test("a race is stopped by its button, and by Play; what is measured stays", async () => {
  const { page, problems } = await site.open();
  await openRace(page);
  for (const stop of ["Stop", "Play"]) {
    await button(page, stop === "Stop" ? "Run the benchmark" : "Run again").click();
    await page.waitForFunction(() => document.querySelector("ty-race-panel").race.store.get().laps.length > 0, null, {
      timeout: 60_000,
    });
    await button(page, stop).click();
    await phase(page, "done");
    await page.getByText(/^Stopped after \d of \d widths\.$/).waitFor();
    assert.ok((await page.locator(".race-curves circle").count()) >= 1);
    assert.equal(await page.locator(".race-lack").count(), 0);
  }
  await until(page, "training");
  await page.close();
  assertNoProblems(problems);
});

test("without a GPU the reason is told, and what would be needed", async () => {
  const { page, problems } = await bare.open();
  await ready(page);
  await question(page).click();
  await button(page, "Run the benchmark").click();
  await page.getByText(/WebGPU is supported, but no GPU was found/).waitFor();
  assert.equal(await button(page, "Run the benchmark").count(), 0);
  await page.close();
  assertNoProblems(problems.filter((problem) => !problem.endsWith("No available adapters."))); // Chromium's own words for it
  const old = await bare.browser.newPage();
  await old.addInitScript(() => delete Navigator.prototype.gpu);
  await old.goto(bare.url);
  await ready(old);
  await question(old).click();
  await old.getByText(/This browser does not support WebGPU/).waitFor();
  await old.close();
});

test("a panel that can't be loaded says so, and can be asked for again", async () => {
  const { page } = await site.open();
  await ready(page);
  await page.route("**/features/benchmark/style.css", (route) => route.abort());
  await question(page).click();
  await page
    .getByRole("alert")
    .getByText(/could not be loaded/)
    .waitFor();
  await page.unroute("**/features/benchmark/style.css");
  await question(page).click();
  await question(page).click();
  await button(page, "Run the benchmark").waitFor();
  await page.close();
});

const ENGINE = {
  engine: "gpu",
  reason: "GPU: 1.9 ms against 12 ms a step on the CPU",
  adapter: { name: "A steady GPU", isFallback: false },
  deviceBytes: 45_000_000,
  dispatchesPerStep: 11,
};
const tell = (page, engine) =>
  page.evaluate((news) => document.querySelector("ty-run-bar").playground.store.set({ engine: news }), engine);

test("the chip says who computes and why; open, it has the facts and the choice; nothing moves", async () => {
  const { page, problems } = await bare.open();
  await ready(page);
  const chip = page.locator("ty-engine-chip summary");
  await chip.getByText("CPU", { exact: true }).waitFor();
  await page.evaluate(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (globalThis.shift += value))).observe({
      type: "layout-shift",
    });
  });
  await tell(page, ENGINE);
  await chip.getByText("GPU", { exact: true }).waitFor();
  await page.waitForTimeout(100);
  assert.equal(await page.evaluate(() => globalThis.shift), 0);
  await chip.focus();
  await page.keyboard.press("Space");
  const card = page.locator(".engine-card");
  for (const words of [ENGINE.reason, "A steady GPU", "42.9 MB", "Dispatches per step"])
    await card.getByText(words, { exact: true }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await card.isVisible(), false);
  assert.ok(await chip.evaluate((summary) => summary === document.activeElement));
  await chip.click();
  await labeled(page, "Engine").selectOption("cpu");
  assert.equal(new URL(await address(page)).hash, "#engine=cpu");
  await page.getByRole("heading", { name: "Trainyard" }).click();
  assert.equal(await card.isVisible(), false);
  await until(page, "ready");
  await page.close();
  assertNoProblems(problems);
});

test("the GPU asked for by the link: the chip shows it, and where there is none, why", async () => {
  const { page, problems } = await site.open("#engine=gpu");
  await ready(page);
  const chip = page.locator("ty-engine-chip summary");
  await chip.getByText("GPU", { exact: true }).waitFor();
  await chip.click();
  await page.locator(".engine-card dd").nth(2).waitFor();
  const facts = await page.locator(".engine-card dd").allTextContents();
  assert.match(facts[1], /[KM]B$/);
  assert.ok(Number(facts[2]) > 0, "dispatches per step");
  await button(page, "Play").click();
  await until(page, "training");
  await page.close();
  assertNoProblems(problems);

  const without = await bare.open("#engine=gpu");
  await ready(without.page);
  await without.page.locator("ty-engine-chip summary").getByText("CPU", { exact: true }).waitFor();
  await without.page.locator("ty-engine-chip summary").click();
  assert.match(await without.page.locator(".engine-card p").first().textContent(), /GPU/);
  await without.page.close();
  assertNoProblems(without.problems.filter((problem) => !problem.endsWith("No available adapters.")));
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe-core finds nothing in the race and the chip, and nothing scrolls sideways, ${colorScheme}`, async () => {
    const { page, problems } = await site.open("", { colorScheme });
    await openRace(page);
    await withSteadyGpu(page);
    assert.deepEqual(await findings(page), []);
    await button(page, "Run the benchmark").click();
    await phase(page, "done");
    await page.getByText("All values", { exact: true }).click();
    await tell(page, ENGINE);
    for (const width of [1440, 1180, 820, 360, 320]) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(50);
      if (width < 760) await page.getByRole("tab", { name: "Training" }).click();
      await page.locator("ty-engine-chip summary").click();
      assert.deepEqual(await findings(page), [], `${width} px`);
      assert.equal(await sideways(page), false, `${width} px`);
      await page.keyboard.press("Escape");
    }
    await page.close();
    assertNoProblems(problems);
    const without = await bare.open("", { colorScheme });
    await ready(without.page);
    await question(without.page).click();
    await button(without.page, "Run the benchmark").click();
    await without.page.locator(".race-lack").waitFor();
    assert.deepEqual(await findings(without.page), []);
    await without.page.close();
  });

  for (const [width, height] of [
    [1440, 900],
    [820, 1180],
    [360, 740],
  ]) {
    test(`screenshots of the race at ${width}, ${colorScheme}`, onlyWhole, async () => {
      const { page, problems } = await site.open("", { colorScheme, viewport: { width, height } });
      await openRace(page);
      await withSteadyGpu(page);
      await button(page, "Run the benchmark").click();
      await phase(page, "done");
      await page.waitForTimeout(100);
      await screenshot(page, `race-${width}-${colorScheme}`, { fullPage: true });
      await page.close();
      assertNoProblems(problems);
    });
  }
}
