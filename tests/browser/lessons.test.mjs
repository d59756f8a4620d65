// The course: its pages hold what they promise at every width, the playground and its glossary lead to each other, and a
// classroom link shows few controls.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { LESSONS } from "../../www/lessons/lessons.mjs";
import { assertNoProblems, findings, ready } from "./playground.mjs";
import { dist, openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite({ base: "/some/where/" })));
after(() => site?.close());

const pages = fs
  .readdirSync(path.join(dist, "lessons"), { recursive: true })
  .map((name) => String(name).replaceAll(path.sep, "/"))
  .filter((name) => name.endsWith(".html"));

test("every page is read without scripts, fits 320 pixels, and has only links that lead somewhere", async () => {
  assert.equal(pages.length, 2 * (4 + LESSONS.length), "each in English and German");
  const { page, problems } = await site.open("lessons/index.html", {
    viewport: { width: 320, height: 640 },
    javaScriptEnabled: false,
  });
  const ids = new Map();
  for (const name of pages) {
    await page.goto(`${site.url}lessons/${name}`);
    const told = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth - innerWidth,
      heading: document.querySelectorAll("h1").length,
      lang: document.documentElement.lang,
      links: [...document.querySelectorAll("a[href]")].map((link) => link.href.baseVal ?? link.getAttribute("href")),
      ids: [...document.querySelectorAll("[id]")].map(({ id }) => id),
      styled: document.querySelectorAll("[style]").length,
      // What the build should have filled in or made of Markdown and TeX; formulas have braces of their own.
      left: [...document.querySelectorAll("main :not(math, math *, script, style)")]
        .flatMap(({ childNodes }) => [...childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE))
        .map(({ data }) => data)
        .filter((text) => /\{\w*\}|\$|\]\(|\*\*|undefined|NaN|\bnull\b/.test(text)),
      foreign: [...document.querySelectorAll("main [lang]")].map(({ textContent }) => textContent),
      // Formulas that a phone would show a part of, and periods that may begin a line behind one.
      cut: [...document.querySelectorAll(".formula-line")]
        .filter((line) => line.scrollWidth > line.clientWidth)
        .map(({ textContent }) => textContent),
      torn: [...document.querySelectorAll("math")].filter(
        (math) => /^[.,:;?!)]/.test(math.nextSibling?.data ?? "") && !math.closest(".whole"),
      ).length,
      // The map's titles stay within their boxes.
      spilt: [...document.querySelectorAll(".map a")]
        .filter((link) => link.querySelector("text").getComputedTextLength() > 270)
        .map(({ textContent }) => textContent),
    }));
    assert.deepEqual([told.wide, told.heading, told.styled], [0, 1, 0], name);
    assert.equal(told.lang, name.startsWith("de/") ? "de" : "en");
    assert.deepEqual([told.left, told.foreign, told.spilt], [[], [], []], name);
    assert.deepEqual([told.cut, told.torn], [[], 0], name);
    ids.set(name, told);
  }
  for (const [name, { links }] of ids)
    for (const link of links) {
      const { pathname, hash } = new URL(link, `http://x/lessons/${name}`);
      const file = pathname.slice(1);
      assert.ok(fs.existsSync(path.join(dist, file)), `${name}: ${link}`);
      if (hash && file.startsWith("lessons/"))
        assert.ok(ids.get(file.replace("lessons/", "")).ids.includes(hash.slice(1)), `${name}: ${link}`);
    }
  await page.close();
  assertNoProblems(problems);
});

for (const colorScheme of ["light", "dark"])
  test(`axe finds nothing on any page, ${colorScheme}`, async () => {
    const { page, problems } = await site.open("lessons/index.html", {
      colorScheme,
      viewport: { width: 390, height: 844 },
    });
    for (const name of pages) {
      await page.goto(`${site.url}lessons/${name}`);
      assert.deepEqual(await findings(page), [], name);
    }
    await page.close();
    assertNoProblems(problems);
  });

test("a prediction is kept on the device, judged, and the answer can be opened by keys", async () => {
  const { page, problems } = await site.open("lessons/rate.html");
  await page.getByLabel("The loss grows without bound").focus();
  await page.keyboard.press("Space");
  await page.getByText("Your prediction is kept.").waitFor();
  await page.locator("summary").focus();
  await page.keyboard.press("Enter");
  await page.getByText("You predicted this.").waitFor();
  await page.reload();
  assert.equal(await page.getByLabel("The loss grows without bound").isChecked(), true);
  await page.close();
  assertNoProblems(problems);
});

test("the map leads to each lesson, and lessons to one another", async () => {
  const { page, problems } = await site.open("lessons/index.html");
  assert.equal(await page.locator(".map.columns-2 a").count(), LESSONS.length);
  await page.locator(".map.columns-2 a").first().focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "A rule from six points" }).waitFor();
  await page.getByRole("link", { name: /^Next/ }).click();
  await page.getByRole("heading", { level: 1, name: "What layers are for" }).waitFor();
  await page.close();
  assertNoProblems(problems);
});

test("the playground leads to the course, its cards to the glossary, and the glossary back to the control", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await page.getByRole("button", { name: "About Learning rate", exact: true }).click();
  const entry = page.locator(".info-card dfn a");
  assert.equal(await entry.getAttribute("href"), "lessons/glossary.html#learning-rate");
  await page.goto(`${site.url}lessons/glossary.html#learning-rate`);
  await page.locator("#learning-rate").getByRole("link", { name: /Learning rate/ }).click(); // prettier-ignore
  await page.waitForFunction(() => document.activeElement?.getAttribute("data-setting") === "learningRate");
  await page.goto(`${site.url}index.html`);
  await ready(page);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("menuitem", { name: "Course" }).click();
  await page.getByRole("heading", { level: 1, name: "Course: how networks learn" }).waitFor();
  await page.close();
  assertNoProblems(problems);
});

test("a classroom link shows at most five controls on the first screen, and its data and seed stay", async () => {
  const { page, problems } = await site.open("lessons/teachers.html");
  const links = await page.evaluate(() => [...document.querySelectorAll("section a.panel")].map(({ href }) => href));
  assert.equal(links.length, LESSONS.length);
  for (const [i, link] of links.entries()) {
    if (/source=(digits|speech|drawn)/.test(link)) continue; // sets: their cards are controls too
    await page.goto("about:blank");
    await page.goto(link);
    await ready(page);
    const seen = await page.evaluate(() =>
      [...document.querySelectorAll("main [data-setting]")]
        .filter((control) => control.checkVisibility() && control.getBoundingClientRect().top < innerHeight)
        .map((control) => control.dataset.setting),
    );
    assert.ok(new Set(seen).size <= 5, `${LESSONS[i].id}: ${seen}`);
    const held = await page.evaluate(() => {
      const { playground } = document.querySelector("ty-run-bar");
      const { lock, seed } = playground.store.get().settings;
      playground.set("seed", seed + 1);
      return [lock, playground.store.get().settings.seed === seed];
    });
    const isSeed = LESSONS[i].change.setting === "seed"; // it is what the lesson changes
    assert.deepEqual(held, [isSeed ? ["source"] : ["source", "seed"], !isSeed], LESSONS[i].id);
  }
  await page.close();
  assertNoProblems(problems);
});

test("a challenge gives a code, which another device verifies by training it again, and refuses when it was changed", async () => {
  const { page, problems } = await site.open("lessons/challenges.html");
  const challenge = page.locator("#straight");
  const yard = challenge.locator("train-yard");
  await yard.evaluate((element) => element.setAttribute("speed", "max"));
  await yard.scrollIntoViewIfNeeded();
  await challenge.getByLabel("Features").selectOption({ index: 2 });
  await challenge.getByLabel("Learning rate").selectOption({ index: 1 });
  await yard.getByRole("button", { name: "Play", exact: true }).click();
  await challenge.locator(".code").waitFor();
  const code = await challenge.locator(".code output").textContent();
  assert.match(code, /^straight\.2-1-0\.1\.0+$/);
  await page.close();

  const other = await site.open("lessons/challenges.html");
  const verify = async (/** @type {string} */ text) => {
    await other.page.getByLabel("Verify a code").fill(text);
    await other.page.getByRole("button", { name: "Verify" }).click();
  };
  await verify("nonsense");
  await other.page.getByText("“nonsense” is no code of these challenges.").waitFor();
  await verify(code);
  await other.page.getByText(/^Verified: trained again here, the run ends at 100/).waitFor();
  await verify(code.replace("straight.2", "straight.0"));
  await other.page.getByText(/^Not verified/).waitFor();
  await other.page.close();
  assertNoProblems([...problems, ...other.problems]);
});

test("a class's codes become a table; each figure leads to where its run is trained again; a learner's page has the code", async () => {
  const { page, problems } = await site.open("lessons/index.html", { viewport: { width: 390, height: 844 } });
  assert.equal(await page.locator("[data-results]").isVisible(), false);
  await page.evaluate(() => localStorage.setItem("trainyard.course", JSON.stringify({ rate: { reached: true } })));
  await page.reload();
  const own = await page.locator("[data-results] output").textContent();
  assert.equal(own, "lessons.rate");
  await page.goto(`${site.url}lessons/teachers.html`);
  await page
    .getByLabel("Names and codes")
    .fill(`Ada straight.2-1-0.1.00000000 ${own}\n<b>Eve</b>: lessons.line-rate\nhello`);
  await page.getByRole("button", { name: "Show the table" }).click();
  await page.getByText("2 learners. 1 line has no code and was left out: hello").waitFor();
  const rows = await page
    .locator("#class tbody tr")
    .evaluateAll((all) => all.map((row) => [...row.children].map(({ textContent }) => textContent)));
  assert.deepEqual(rows, [
    ["<b>Eve</b>", "2 of 21", "–", "–", "–", "–", "–"],
    ["Ada", "1 of 21", "–", "100%", "–", "–", "–"],
  ]);
  assert.deepEqual(await findings(page), []);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.locator("#class tbody a").click();
  await page.getByText(/^Verified: trained again here, the run ends at 100/).waitFor();
  await page.close();
  assertNoProblems(problems);
});

test("after the first visit of a lesson the course works without a network, experiments too, and nothing shifts", async () => {
  const { page, problems } = await site.open("lessons/rate.html", { serviceWorkers: "allow" });
  await page.evaluate(() => {
    globalThis.shifted = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (globalThis.shifted += value))).observe({
      type: "layout-shift",
      buffered: true,
    });
  });
  const hasFigures = () => document.querySelector("train-yard").state?.figures;
  await page.locator("train-yard").scrollIntoViewIfNeeded();
  await page.waitForFunction(hasFigures);
  assert.ok((await page.evaluate(() => globalThis.shifted)) < 0.02);
  const files = fs.readdirSync(dist, { recursive: true }).map((name) => String(name).replaceAll(path.sep, "/"));
  const wanted = files.filter((name) => /^lessons\/.+html$|^element\.js$|\/(lessons|element)\/.+\.js$/.test(name));
  assert.ok(wanted.length > 40);
  await page.evaluate(async (names) => {
    const isKept = async () => {
      const kept = new Set();
      for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) kept.add(url);
      return names.every((name) => kept.has(new URL(`../${name}`, location.href).href));
    };
    while (!(await isKept())) await new Promise((resolve) => setTimeout(resolve, 50));
  }, wanted);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
  await page.context().setOffline(true);
  for (const name of ["layers.html", "de/index.html", ""]) {
    await page.goto(`${site.url}lessons/${name}`);
    await page.locator("h1").waitFor();
  }
  await page.goto(`${site.url}lessons/layers.html`);
  await page.locator("train-yard").scrollIntoViewIfNeeded();
  await page.waitForFunction(hasFigures);
  await page.close();
  assertNoProblems(problems);
});
