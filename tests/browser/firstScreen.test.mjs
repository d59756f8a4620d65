// What stands on the first screen, by rectangles: picture, losses under it, Play, and the answer once a run has ended.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  assertNoProblems,
  button,
  drawn,
  findings,
  labeled,
  picture,
  ready,
  state,
  trainTo,
  until,
  untilRedrawn,
  untilSo,
} from "./playground.mjs";
import { openSite, screenshot } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const PHONE = { hasTouch: true, isMobile: true };

/** Window, and how wide the picture is at least: wider than it was when losses were further down. */
const SCREENS = [
  [1440, 900, 470],
  [1366, 657, 335],
  [1280, 720, 355],
  [1024, 768, 370],
  [820, 1180, 430],
  [390, 844, 390],
  [360, 640, 315],
];

const boxOf = (page, selector) =>
  page.locator(selector).evaluate((element) => {
    const { left, top, right, bottom, width } = element.getBoundingClientRect();
    return { left, top, right, bottom, width };
  });

const meet = (a, b) =>
  a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;

async function answered(page) {
  await button(page, "Play").click();
  await until(page, "finished", 60_000);
  await labeled(page, "Result").waitFor();
  await page.locator(".result-words").waitFor();
  await page.locator("ty-loss-chart canvas").waitFor();
}

for (const [width, height, least] of SCREENS)
  for (const hash of ["#epochs=25", "#source=iris&epochs=8", "#source=line&epochs=20"])
    test(`picture, losses, Play and answer are in sight at ${width} × ${height}, ${hash}`, async () => {
      const { page, problems } = await site.open(hash, { viewport: { width, height }, ...(width < 500 ? PHONE : {}) });
      await ready(page);
      await page.locator("ty-question").waitFor();
      const inSight = async (selectors) => {
        for (const selector of selectors) {
          const { left, top, right, bottom } = await boxOf(page, selector);
          assert.ok(
            left >= 0 && top >= 0 && right <= width && bottom <= height && bottom > top,
            `${selector}: ${[left, top, right, bottom]}`,
          );
        }
      };
      const parts = [".stage", "ty-loss-chart .plot", ".chart-legend", ".run-buttons .primary", ".question-asked"];
      await inSight(parts);
      const before = await boxOf(page, ".stage");
      await answered(page);
      await inSight([...parts, ".question-answer", ".result-words", "ty-score"]);
      const [stage, strip, plot, log, card] = await Promise.all(
        [".stage", "ty-loss-chart", "ty-loss-chart .plot", ".moment-log", ".question-answer"].map((name) =>
          boxOf(page, name),
        ),
      );
      assert.deepEqual(stage, before, "nothing has moved");
      assert.ok(stage.width >= least - (hash.includes("iris") ? 55 : 0), `the picture is ${stage.width} px wide`);
      assert.ok(strip.top - stage.bottom >= 0 && strip.top - stage.bottom < 12, "the losses are right under it");
      assert.ok(Math.abs(strip.left - stage.left) < 1 && Math.abs(strip.right - stage.right) < 1, "as wide as it");
      assert.ok(!meet(log, plot), "the button lies beside the plot");
      assert.ok(!meet(card, strip), "the answer lies on no losses");
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
      await screenshot(page, `first-${width}-${hash.replace(/\W+/g, "-")}`);
      await page.close();
      assertNoProblems(problems);
    });

for (const [width, height] of [
  [390, 844],
  [360, 640],
])
  test(`a phone of ${width} × ${height}: one panel at a time by tabs, a low bar, wide targets`, async () => {
    const { page, problems } = await site.open("#epochs=10", { viewport: { width, height }, ...PHONE });
    await ready(page);
    await page.locator("ty-question").waitFor();
    const bar = await boxOf(page, "ty-run-bar");
    assert.ok(bar.bottom - bar.top <= 65 && bar.bottom <= height, `${bar.bottom - bar.top}`);
    const panels = {
      Picture: "ty-output-panel",
      Network: "ty-model-panel",
      Training: "ty-training-panel",
      Data: "ty-data-panel",
    };
    for (const [name, shown] of Object.entries(panels)) {
      const tab = page.getByRole("tab", { name, exact: true });
      await tab.tap();
      assert.equal(await tab.getAttribute("aria-selected"), "true");
      for (const panel of Object.values(panels))
        assert.equal(await page.locator(panel).isVisible(), panel === shown, panel);
      const small = await page.$$eval("button, select, .number, summary, .toggle span, .tabs *", (controls) =>
        controls
          .filter((control) => control.checkVisibility({ visibilityProperty: true }))
          .map((control) => ({ control, box: control.getBoundingClientRect() }))
          .filter(({ box }) => box.height > 0 && (box.height < 43.5 || box.width < 43.5))
          .map(({ control, box }) => `${control.ariaLabel ?? control.textContent.trim()} ${box.width} × ${box.height}`),
      );
      assert.deepEqual(small, [], name);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name);
      assert.deepEqual(await findings(page), [], name);
      await screenshot(page, `tab-${name}-${width}`);
    }
    // By keyboard, as tabs have it.
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.getByRole("tab", { name: "Picture" }).getAttribute("aria-selected"), "true");
    await page.keyboard.press("ArrowLeft");
    assert.equal(await page.getByRole("tab", { name: "Data" }).getAttribute("aria-selected"), "true");
    await page.close();
    assertNoProblems(problems);
  });

test("to push the page along over the picture asks nothing; a tap does", async () => {
  const { page } = await site.open("", { viewport: { width: 360, height: 640 }, ...PHONE });
  await ready(page);
  const before = (await state(page)).ask;
  const stage = await boxOf(page, ".stage");
  const client = await page.context().newCDPSession(page);
  const [x, y] = [stage.left + 40, stage.top + 250];
  const touch = (type, touchPoints) => client.send("Input.dispatchTouchEvent", { type, touchPoints });
  // A tap on a page that still runs on after the push only stops it.
  await page.evaluate(() => {
    globalThis.standing = new Promise((resolve) => addEventListener("scrollend", resolve, { once: true }));
  });
  await touch("touchStart", [{ x, y }]);
  for (let i = 1; i < 12; i++) await touch("touchMove", [{ x, y: y - 15 * i }]);
  await touch("touchEnd", []);
  await page.waitForFunction(() => scrollY > 50);
  await page.evaluate(() => globalThis.standing.then(() => null));
  assert.deepEqual((await state(page)).ask, before);
  await page.evaluate(() => scrollTo(0, 0));
  await page.touchscreen.tap(x, y);
  await page.waitForFunction(
    (old) => document.querySelector("ty-run-bar").playground.store.get().ask.join() !== old,
    before.join(),
  );
  await page.close();
});

test("numbers in fields are read whole, from 320 px up", async () => {
  for (const touch of [{}, PHONE]) {
    const { page } = await site.open("#learningRate=0.00003&batchSize=1000&epochs=10000&seed=123456", {
      viewport: { width: 390, height: 844 },
      ...touch,
    });
    await ready(page);
    for (const width of [320, 360, 375, 390, 480, 600, 759, 760, 820, 1024, 1180, 1280, 1366, 1440]) {
      await page.setViewportSize({ width, height: 844 });
      if (width < 760) await page.getByRole("tab", { name: "Training" }).click();
      const cut = await page.$$eval("ty-training-panel input", (inputs) =>
        inputs
          .filter((input) => input.clientWidth && input.scrollWidth > input.clientWidth)
          .map((input) => `${input.dataset.setting} ${input.value}: ${input.scrollWidth} > ${input.clientWidth}`),
      );
      assert.deepEqual(cut, [], `${width} px`);
      if (width < 760) await page.getByRole("tab", { name: "Picture" }).click();
    }
    await page.close();
  }
});

for (const lang of ["en", "de"])
  test(`what stands in the place of the curve is one line there, from 320 px up: ${lang}`, async () => {
    const { page } = await site.open(`#lang=${lang}`, { viewport: { width: 320, height: 640 }, ...PHONE });
    await ready(page);
    await page.locator(".plot[data-empty]").waitFor();
    const { words, room } = await page.evaluate(() => {
      const plot = document.querySelector(".plot[data-empty]");
      const { fontSize, fontFamily, width } = getComputedStyle(plot, "::after");
      const pen = Object.assign(document.createElement("canvas").getContext("2d"), {
        font: `${fontSize} ${fontFamily}`,
      });
      return { words: pen.measureText(plot.dataset.empty).width, room: Number.parseFloat(width) };
    });
    assert.ok(words > 0 && words <= room, `${words} > ${room}`);
    await page.close();
  });

for (const lang of ["en", "de"])
  test(`score and legend share the picture of a phone: ${lang}`, async () => {
    const hash = `#lang=${lang}&source=penguins&epochs=2&validationShare=0.2`;
    const { page } = await site.open(hash, { viewport: { width: 390, height: 844 }, ...PHONE });
    await ready(page);
    await page.evaluate(() => document.querySelector("ty-run-bar").playground.step("epoch"));
    await page.locator("ty-score .score-value").waitFor();
    for (const width of [320, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await page.waitForFunction((width) => innerWidth === width, width);
      const [score, legend] = await page.evaluate(() =>
        ["ty-score", ".stage .legend"].map((name) => document.querySelector(name).getBoundingClientRect().toJSON()),
      );
      assert.ok(score.right <= legend.left, `${width}: ${score.right} > ${legend.left}`);
    }
    await page.close();
  });

test("what lies on a phone's bar stays on it when the bar grows", async () => {
  const { page } = await site.open("#epochs=12", { viewport: { width: 390, height: 844 }, ...PHONE });
  await ready(page);
  await answered(page);
  await page.evaluate(() => {
    document.querySelector("ty-run-bar").style.minHeight = "140px";
  });
  await page.waitForFunction(() => {
    const [card, bar] = [".question-answer", "ty-run-bar"].map((name) =>
      document.querySelector(name).getBoundingClientRect(),
    );
    return bar.height >= 140 && card.bottom <= bar.top;
  });
  await page.close();
});

test("the next part of the page shows its edge: no screen ends where the page does not", async () => {
  const { page } = await site.open("", { viewport: { width: 1440, height: 900 } });
  await ready(page);
  await page.locator("ty-question").waitFor();
  const { bottom } = await boxOf(page, "main");
  assert.ok(bottom <= 865, `${bottom}`);
  await page.close();
});

test("on a phone the graph of a tab that is not shown is not drawn; once shown it is, and follows", async () => {
  const { page, problems } = await site.open("", { viewport: { width: 390, height: 844 }, ...PHONE });
  await ready(page);
  const canvas = "ty-model-panel .graph > canvas";
  const untouched = () =>
    page.locator(canvas).evaluate(({ width, height }) => !width || (width === 300 && height === 150)); // emptied before the first frame, or as it came
  await trainTo(page, 2);
  assert.equal(await untouched(), true);
  await page.getByRole("tab", { name: "Network" }).tap();
  await untilSo("it is drawn", async () => !(await untouched()));
  const before = await picture(page, canvas);
  await page.getByRole("tab", { name: "Picture" }).tap();
  await button(page, "Step").click();
  await drawn(page);
  await page.getByRole("tab", { name: "Network" }).tap();
  await untilRedrawn(page, canvas, before);
  await page.close();
  assertNoProblems(problems);
});

test("what stands in for the page is seen before the page takes its place, on a slow device too", async () => {
  const page = await site.browser.newPage({ viewport: { width: 390, height: 844 }, serviceWorkers: "block", ...PHONE });
  const client = await page.context().newCDPSession(page);
  await client.send("Emulation.setCPUThrottlingRate", { rate: 6 });
  await page.addInitScript(() => {
    new MutationObserver(() => {
      if (!document.querySelector("#app *") || globalThis.begun) return;
      globalThis.begun = performance.now();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(site.url);
  await ready(page);
  const [seen, begun] = await page.evaluate(() => [
    performance.getEntriesByName("first-contentful-paint")[0].startTime,
    globalThis.begun,
  ]);
  assert.ok(seen <= begun, `seen at ${seen} ms, drawn from ${begun} ms on`);
  await page.close();
});
