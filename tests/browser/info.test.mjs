// Each control has an ⓘ: what it is for, in a card that is whole wherever it opens, by mouse, finger and keyboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, findings, labeled, openFolds, ready } from "./playground.mjs";
import { openSite, screenshot } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const about = (page, label) => page.getByRole("button", { name: `About ${label}`, exact: true });
const card = (page) => page.locator(".info-card");

async function open(hash, context) {
  const { page, problems } = await site.open(hash, context);
  await ready(page);
  await page.locator(".info").first().waitFor({ state: "attached" });
  return { page, problems };
}

test("every control of the page has one, also under More, and none has a title in its place", async () => {
  const { page, problems } = await open("#schedule=cosine&warmUp=true");
  await openFolds(page);
  const lacking = await page.evaluate(() =>
    [...document.querySelectorAll("[data-setting]")]
      .filter((control) => !control.closest(".field")?.querySelector(":scope > .info") || control.title)
      .map((control) => control.dataset.setting),
  );
  assert.deepEqual(lacking, []);
  const count = await page.locator(".info").count();
  assert.ok(count > 30, `${count}`);
  await page.evaluate(() => document.querySelectorAll("main details").forEach((details) => (details.open = true)));
  for (const label of ["Data set", "Features", "Hidden layers"]) assert.ok(await about(page, label).isVisible(), label);
  // A field that takes another one's place has its own words.
  const names = await page.evaluate(() =>
    [...document.querySelectorAll(".field > .info")].map((info) => [
      info.getAttribute("aria-label"),
      info.parentElement.querySelector("label").textContent,
    ]),
  );
  for (const [name, label] of names) assert.equal(name, `About ${label}`);
  await page.close();
  assertNoProblems(problems);
});

test("the keyboard opens it and Escape closes it, and the focus is where it was", async () => {
  const { page, problems } = await open();
  const info = about(page, "Learning rate");
  await labeled(page, "Learning rate").focus();
  await page.keyboard.press("Shift+Tab");
  assert.ok(await info.evaluate((element) => element === document.activeElement));
  await page.keyboard.press("Enter");
  await card(page)
    .getByText(/gradient step/)
    .waitFor();
  assert.equal(await card(page).locator("dfn").textContent(), "learning rate");
  assert.equal(await card(page).locator("svg").count(), 1);
  assert.equal(await info.getAttribute("aria-expanded"), "true");
  assert.equal(await page.locator("[role=status] .info-card").count(), 1, "it is spoken");
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press("Escape");
  assert.equal(await card(page).count(), 0);
  assert.ok(await info.evaluate((element) => element === document.activeElement));
  assert.equal(await info.getAttribute("aria-expanded"), "false");
  await info.click();
  await about(page, "Noise").click();
  await card(page).getByText("noise", { exact: true }).waitFor();
  assert.equal(await card(page).count(), 1);
  await page.locator(".stage").click();
  assert.equal(await card(page).count(), 0, "a click elsewhere closes it");
  await page.close();
  assertNoProblems(problems);
});

for (const [language, width, height] of [
  ["en", 1440, 900],
  ["en", 1600, 900],
  ["de", 1440, 900],
  ["de", 820, 1180],
  ["en", 390, 844],
  ["de", 320, 640],
])
  test(`figures of the run bar and the score say what they mean, and move nothing: ${language}, ${width}`, async () => {
    const isPhone = width < 500;
    const { page, problems } = await site.open(`#lang=${language}&validation=0.2`, {
      ...{ viewport: { width, height }, hasTouch: isPhone, isMobile: isPhone },
    });
    const places = () =>
      page.evaluate(() =>
        [
          ...document.querySelectorAll("ty-run-bar, ty-run-bar :is(.figure > :is(output, span), .run-buttons button)"),
        ].map((one) => {
          const { x, y, width, height } = one.getBoundingClientRect();
          return [x, y, width, height];
        }),
      );
    const figures = page.locator(".figures > .figure").filter({ visible: true });
    await figures.first().waitFor();
    await ready(page);
    await page.locator(".figures .info").first().waitFor({ state: "attached" });
    const withHelp = await places();
    await page.evaluate(() =>
      document.querySelectorAll(".figures .info").forEach((info) => (info.style.display = "none")),
    );
    assert.deepEqual(await places(), withHelp);
    await page.evaluate(() => document.querySelectorAll(".figures .info").forEach((info) => (info.style.display = "")));
    const count = await figures.count();
    assert.ok(count >= (width < 375 ? 1 : 2), `${count}`);
    const told = new Set();
    for (let i = 0; i < count; i++) {
      const info = figures.nth(i).locator(".info");
      const { width, height } = await info.boundingBox();
      if (isPhone) assert.ok(width >= 44 && height >= 44, `${width} × ${height}`);
      const label = await figures.nth(i).locator("span").textContent();
      assert.ok((await info.getAttribute("aria-label")).endsWith(label), label);
      if (isPhone) await info.tap();
      else await info.press("Enter");
      assert.equal(await card(page).locator(".info-name").textContent(), label);
      told.add(await card(page).locator("p").nth(1).textContent());
      await page.keyboard.press("Escape");
    }
    assert.ok(told.size === count && ![...told].some((text) => text.length < 40), [...told].join(" | "));
    // The score is there once something was learned; its card asks the network nothing.
    await page.evaluate(() => document.querySelector("ty-run-bar").playground.step("epoch"));
    await page.locator("ty-score .info").waitFor();
    const asked = () => page.evaluate(() => [...document.querySelector("ty-run-bar").playground.store.get().ask]);
    const before = await asked();
    await page.locator("ty-score .info").click();
    await card(page).locator(".info-name").waitFor();
    assert.deepEqual(await asked(), before);
    await page.close();
    assertNoProblems(problems);
  });

for (const [width, height] of [
  [390, 844],
  [820, 1180],
])
  test(`for fingers, too, the signs of data and score stand in the line of what they are of: ${width} × ${height}`, async () => {
    const { page, problems } = await open("", { viewport: { width, height }, hasTouch: true, isMobile: width < 500 });
    const isPhone = width < 500;
    await page.evaluate(() => document.querySelector("ty-run-bar").playground.step("epoch"));
    await page.locator("ty-score .info").waitFor();
    /** How far from the middle of that line its sign is, in pixels. */
    const off = (line, info) =>
      page.evaluate(
        (names) => {
          const [line, info] = names.map((name) => {
            const { top, height } = document.querySelector(name).getBoundingClientRect();
            return top + height / 2;
          });
          return Math.abs(info - line);
        },
        [line, info],
      );
    const ofScore = await off(".score-value", "ty-score .info");
    assert.ok(ofScore <= 6, `score: ${ofScore}`);
    if (isPhone) await page.getByRole("tab", { name: "Data" }).click();
    const ofData = await off("ty-data-panel h2", ".sources > .info");
    assert.ok(ofData <= 6, `data: ${ofData}`);
    await page.close();
    assertNoProblems(problems);
  });

for (const [width, height, colorScheme] of [
  [320, 640, "light"],
  [390, 844, "dark"],
  [1440, 900, "light"],
])
  test(`each card is whole at ${width} × ${height}, and over everything else`, async () => {
    const isPhone = width < 500;
    const { page, problems } = await open("", {
      ...{ viewport: { width, height }, colorScheme, hasTouch: isPhone, isMobile: isPhone },
    });
    await page.evaluate(() => document.querySelectorAll("main details").forEach((details) => (details.open = true)));
    const all = page.locator("main .info").filter({ visible: true });
    let total = 0;
    for (const tab of isPhone ? ["Picture", "Network", "Training", "Data"] : [null]) {
      if (tab) await page.getByRole("tab", { name: tab }).click();
      const count = await all.count();
      total += count;
      for (let i = 0; i < count; i++) {
        const info = all.nth(i);
        await info.scrollIntoViewIfNeeded();
        const box = await info.boundingBox();
        if (isPhone) assert.ok(box.width >= 44 && box.height >= 44, `${box.width} × ${box.height}`);
        await info.evaluate((element) => element.click());
        const seen = await card(page).evaluate((element) => {
          const { left, top, right, bottom } = element.getBoundingClientRect();
          const corners = [
            [left + 4, top + 4],
            [right - 4, bottom - 4],
            [(left + right) / 2, (top + bottom) / 2],
          ];
          return {
            isInside: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight,
            isOnTop: corners.every(([x, y]) => element.contains(document.elementFromPoint(x, y))),
            isWhole: element.scrollWidth <= element.clientWidth && element.scrollHeight <= element.clientHeight,
          };
        });
        assert.deepEqual(seen, { isInside: true, isOnTop: true, isWhole: true }, await info.getAttribute("aria-label"));
        if (i === count - 1) await screenshot(page, `info-${width}-${colorScheme}`);
        await info.evaluate((element) => element.click());
      }
    }
    assert.ok(total >= 10, `${total}`);
    await page.close();
    assertNoProblems(problems);
  });
