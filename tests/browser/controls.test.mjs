// Buttons and what they open: words where there is room, the menu behind ☰, and that each thing stands once and near.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, findings, labeled, openAllParts, ready, until } from "./playground.mjs";
import { openSite, screenshot } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const boxOf = (locator) => locator.evaluate((element) => element.getBoundingClientRect().toJSON());
const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim());

for (const lang of ["en", "de"])
  test(`icon buttons show their words from 1180 px, and have them as names below: ${lang}`, async () => {
    const names = {
      en: ["Undo", "Redo", "Share", "Menu", "Reset", "Play", "Step", "New seed"],
      de: ["Rückgängig", "Wiederholen", "Teilen", "Menü", "Zurücksetzen", "Starten", "Schritt", "Neuer Seed"],
    }[lang];
    for (const [width, isWorded] of [
      [1179, false],
      [1180, true],
      [1340, true],
      [1440, true],
      [1500, true],
    ]) {
      const viewport = { width, height: 800 };
      const { page, problems } = await site.open(`#lang=${lang}&validationShare=0.2&epochs=12`, { viewport });
      await ready(page);
      const bar = page.locator("ty-run-bar");
      const { height: before } = await boxOf(bar);
      for (const name of names) {
        const { width: wide, height } = await boxOf(button(page, name).locator(".word"));
        const clip = await button(page, name)
          .locator(".word")
          .evaluate((word) => getComputedStyle(word).clipPath);
        assert.equal(clip === "none", isWorded, `${name} at ${width}`);
        if (isWorded) assert.ok(wide > 0 && height >= 12, name);
      }
      // No two parts of the bar lie on each other, and none leaves the page.
      const boxes = await page.$$eval(
        "ty-run-bar .round, ty-run-bar .figure, ty-run-bar .chip, ty-run-bar .field, ty-run-bar .status",
        (parts) => parts.map((part) => [part.textContent.trim(), part.getBoundingClientRect().toJSON()]),
      );
      for (const [i, [name, a]] of boxes.entries()) {
        assert.ok(a.right <= width && a.left >= 0, `${name} at ${width}`);
        for (const [other, b] of boxes.slice(i + 1))
          assert.ok(
            a.right <= b.left + 0.5 || b.right <= a.left + 0.5 || a.bottom <= b.top + 0.5 || b.bottom <= a.top + 0.5,
            `${name} and ${other} at ${width}`,
          );
      }
      const cut = await page.$$eval("ty-loss-chart .chart-legend span", (words) =>
        words.filter((word) => word.scrollWidth > word.clientWidth + 1).map((word) => word.textContent),
      );
      assert.deepEqual(cut, [], `at ${width}`);
      await screenshot(page, `bar-${lang}-${width}`);
      await button(page, names[5]).click();
      await until(page, "finished");
      // Long words leave the status less than the two lines that it has.
      if (lang === "en") assert.equal((await boxOf(bar)).height, before, `the bar grew at ${width}`);
      await page.close();
      assertNoProblems(problems);
    }
  });

test("☰ opens a menu: names, arrows, letters, Escape, and the focus goes back", async () => {
  const { page, problems } = await site.open("#seed=3");
  await ready(page);
  const opener = button(page, "Menu");
  const menu = page.getByRole("menu", { name: "Menu" });
  await opener.focus();
  await page.keyboard.press("Enter");
  await menu.waitFor();
  assert.equal(await opener.getAttribute("aria-expanded"), "true");
  const names = await menu.locator("[role^=menuitem] span").allTextContents();
  for (const name of [
    "Examples…",
    "Find a command…",
    "Keyboard shortcuts",
    "Share, save, open…",
    "Print",
    "Theme: dark",
  ])
    assert.ok(names.includes(name), name);
  assert.match(await focused(page), /^Examples…/);
  for (const name of [/^Course/, /^Find a command…/]) {
    await page.keyboard.press("ArrowDown");
    assert.match(await focused(page), name);
  }
  await page.keyboard.press("End");
  assert.equal(await focused(page), "Language: Deutsch");
  await page.keyboard.press("ArrowDown");
  assert.match(await focused(page), /^Examples…/);
  await page.keyboard.press("ArrowUp");
  assert.equal(await focused(page), "Language: Deutsch");
  await page.keyboard.press("Home");
  const { step } = await page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().frame);
  for (const key of ["ArrowRight", "r"]) await page.keyboard.press(key); // elsewhere they train and reset
  await page.keyboard.press("p");
  assert.equal(await focused(page), "Print");
  assert.equal(
    await page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().frame.step),
    step,
    "letters go to the menu alone",
  );
  assert.deepEqual(await findings(page), []);
  await screenshot(page, "menu-1440-light");
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "detached" });
  assert.equal(await focused(page), "Menu");
  assert.equal(await opener.getAttribute("aria-expanded"), "false");

  // Tab and a press beside close it; its button closes it again.
  await opener.click();
  await menu.waitFor();
  await page.keyboard.press("Tab");
  await menu.waitFor({ state: "detached" });
  await opener.click();
  await menu.waitFor();
  await page.locator(".masthead h1").click();
  await menu.waitFor({ state: "detached" });
  await opener.click();
  await menu.waitFor();
  await opener.click();
  await menu.waitFor({ state: "detached" });

  // It does what it says.
  await opener.click();
  await page.getByRole("menuitemradio", { name: "Theme: dark" }).click();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  await opener.click();
  assert.equal(await page.getByRole("menuitemradio", { name: "Theme: dark" }).getAttribute("aria-checked"), "true");
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Examples" }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await focused(page), "Menu", "a dialog gives it back too");
  await page.close();
  assertNoProblems(problems);
});

test("on a phone the menu is whole, and its entries are wide enough for a thumb; a lesson's has no examples", async () => {
  const { page, problems } = await site.open("#hide=source", PHONE);
  await ready(page);
  await button(page, "Menu").tap();
  const entries = page.locator("[role^=menuitem]");
  await entries.first().waitFor();
  for (const entry of await entries.all()) {
    const { left, right, height } = await boxOf(entry);
    assert.ok(left >= 0 && right <= 390 && height >= 43.5, `${await entry.textContent()}: ${[left, right, height]}`);
  }
  assert.equal(await page.getByRole("menuitem", { name: "Examples…" }).count(), 0);
  await screenshot(page, "menu-390-light");
  await page.close();
  assertNoProblems(problems);
});

test("Escape closes the share dialog, also when the preview in it has the keyboard", async () => {
  const { page, problems } = await site.open("#seed=3");
  await ready(page);
  await button(page, "Share").click();
  const frame = await (await page.waitForSelector(".share-preview iframe")).contentFrame();
  await ready(frame);
  await frame.evaluate(async () => void (await document.querySelector("ty-menu-bar").menu()));
  const dialog = page.locator("dialog[open]");
  // A menu that is open in the preview is closed first.
  await frame.getByRole("button", { name: "Menu", exact: true }).focus();
  await page.keyboard.press("Enter");
  await frame.getByRole("menu").waitFor();
  await page.keyboard.press("Escape");
  await frame.getByRole("menu").waitFor({ state: "detached" });
  assert.equal(await dialog.count(), 1);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.equal(await focused(page), "Share");
  await page.close();
  assertNoProblems(problems);
});

test("on a phone the link to share stands first, whole on the screen", async () => {
  const { page, problems } = await site.open("#seed=3", PHONE);
  await ready(page);
  await button(page, "Share").tap();
  await labeled(page, "Link to this experiment").waitFor();
  for (const part of [labeled(page, "Link to this experiment"), button(page, "Copy link")]) {
    const { top, bottom } = await boxOf(part);
    assert.ok(top >= 0 && bottom <= 400, `${[top, bottom]}`);
  }
  await screenshot(page, "share-390-light");
  await page.close();
  assertNoProblems(problems);
});

for (const height of [844, 640])
  test(`on a phone ${height} px high the switch of weights and gradients is beside the whole graph; data of one's own are offered once`, async () => {
    const viewport = { width: height === 844 ? 390 : 360, height };
    const { page, problems } = await site.open("#seed=3", { ...PHONE, viewport });
    await ready(page);
    await page.locator("ty-question").waitFor();
    const shown = (name) => page.getByRole("button", { name, exact: true }).filter({ visible: true }).count();
    for (const [tab, count] of [
      ["Picture", 1],
      ["Data", 1],
    ]) {
      await page.getByRole("tab", { name: tab, exact: true }).tap();
      assert.deepEqual([await shown("Draw"), await shown("Open a CSV")], [count, count], tab);
    }
    await page.getByRole("tab", { name: "Network", exact: true }).tap();
    const choice = page.locator("ty-network-tools .segments");
    await choice.waitFor();
    const [{ bottom }, graph] = await Promise.all([choice, page.locator(".graph")].map(boxOf));
    assert.ok(graph.top - bottom >= -0.5 && graph.top - bottom < 8, `the switch ends at ${bottom}, ${graph.top}`);
    await screenshot(page, `network-${height}`);
    await page.close();
    assertNoProblems(problems);
  });

test("a number field: what is half a number changes nothing and goes when it is left; a comma is read, arrows count, elsewhere it follows", async () => {
  const { page, problems } = await site.open("#seed=3");
  await ready(page);
  const x = page.locator("ty-prediction-box").getByLabel("X", { exact: true });
  const asked = (value) =>
    page.waitForFunction(
      (wanted) => document.querySelector("ty-run-bar").playground.store.get().ask[0] === wanted,
      value,
    );
  await x.fill("1,5");
  await asked(1.5);
  for (const half of ["-", "1e", "", "two"]) {
    await x.fill(half);
    assert.equal(await x.inputValue(), half);
    await asked(1.5);
  }
  await x.press("Tab");
  assert.equal(await x.inputValue(), "1.5");
  await x.press("ArrowUp");
  await asked(2.5);
  await x.press("ArrowDown");
  await x.press("ArrowDown");
  await asked(0.5);
  await page.waitForFunction(() => document.querySelector(".prediction input").value === "0.5");
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.askAbout([-2, 1]));
  await page.waitForFunction(() => document.querySelector(".prediction input").value === "-2");
  await page.close();
  assertNoProblems(problems);
});

// What the page's edge or its bar covers would be called too small: all of it is in sight.
for (const [width, hash] of [
  [390, "#source=spiral"],
  [320, "#source=titanic"],
  [320, "#source=spiral&lang=de"],
])
  test(`at ${width} px what is pressed lies far enough from what is beside it: ${hash}`, async () => {
    const { page, problems } = await site.open(hash, { viewport: { width, height: 6000 } });
    await page.locator(".info").first().waitFor({ state: "attached" });
    if (!hash.includes("lang")) await openAllParts(page);
    const tabs = page.getByRole("tab");
    for (let i = 0; i < 4; i++) {
      await tabs.nth(i).click();
      assert.deepEqual(await findings(page, "target-size"), [], `tab ${i}`);
    }
    await page.close();
    assertNoProblems(problems);
  });
