// What is seen once rows were brought: the table in view, nothing that moves, nothing left of the run before.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  assertNoProblems,
  button,
  csv,
  drawn,
  drop,
  labeled,
  opened,
  paste,
  ready,
  until,
  untilSo,
} from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** Where the table's parts lie, what has the focus, and how far the page is scrolled. */
const inView = (page) =>
  page.evaluate(() => {
    const box = (name) => document.querySelector(name)?.getBoundingClientRect().toJSON();
    const { bottom } = document.querySelector("ty-run-bar").getBoundingClientRect();
    return {
      top: Math.max(0, bottom < innerHeight / 2 ? bottom : 0),
      name: box(".rows h3"),
      heads: box(".sheet-heads"),
      isFocused: document.activeElement === document.querySelector(".rows h3"),
      scrolled: scrollY,
    };
  });

for (const [width, height] of [
  [1440, 900],
  [820, 1180],
  [390, 844],
])
  test(`rows that are brought by hand are in view at ${width} × ${height}: dropped, chosen, pasted, or a real set`, async () => {
    const phone = width < 500 ? { hasTouch: true, isMobile: true } : {};
    const { page, problems } = await site.open("", { viewport: { width, height }, ...phone });
    await ready(page);
    const isInView = async (title) => {
      await page.waitForFunction(
        (wanted) => document.activeElement?.matches(".rows h3") && document.activeElement.textContent === wanted,
        title,
      );
      await drawn(page);
      const { top, name, heads } = await inView(page);
      assert.ok(name.top > top - 1 && name.top < height / 3, `${title}: ${name.top} of ${height}, below ${top}`);
      assert.ok(heads.bottom < height - 64, `${title}: names of columns end at ${heads.bottom} of ${height}`);
      await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
    };
    await drop(page, csv("penguins"), "penguins.csv");
    await isInView("penguins.csv");
    await page.locator("ty-bring-rows input[type=file]").setInputFiles({
      name: "mpg.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(csv("auto-mpg")),
    });
    await isInView("mpg.csv");
    await paste(page, csv("iris"));
    await isInView("Pasted rows");
    await page.locator(".set-name", { hasText: "Titanic" }).click();
    await isInView("Titanic");
    // A file that can't be read leaves the page where it is.
    await page.locator("ty-bring-rows input[type=file]").focus();
    await drop(page, "", "empty.csv");
    await page.locator(".bring-problem").waitFor();
    await drawn(page);
    assert.equal((await inView(page)).isFocused, false);
    await page.close();
    assertNoProblems(problems);
  });

test("a link to a real set moves nothing, nor does a set that is chosen beside the picture", async () => {
  const { page, problems } = await site.open("#source=iris");
  await ready(page);
  await page.locator("ty-question").waitFor();
  assert.deepEqual(await page.evaluate(() => [scrollY, document.activeElement.localName]), [0, "body"]);
  await labeled(page, "Real data").first().focus();
  await labeled(page, "Real data").first().selectOption("wine");
  await opened(page, "wine");
  await drawn(page);
  assert.deepEqual(await page.evaluate(() => [scrollY, document.activeElement.localName]), [0, "select"]);
  await page.close();
  assertNoProblems(problems);
});

test("a table that can't be trained leaves nothing of the run before in sight; Undo brings that back", async () => {
  const { page, problems } = await site.open("");
  await ready(page);
  const loss = labeled(page, "Training loss").first();
  const before = await loss.textContent();
  assert.match(before, /^0\.\d+$/);
  await drop(page, "a,b,y\n1,2,yes\n2,1,yes\n3,5,yes\n4,1,yes\n", "one.csv");
  await until(page, "failed");
  await untilSo("its figures are gone", async () => (await loss.textContent()) === "–");
  await page.locator(".question-hint").getByText("there is nothing to tell apart").waitFor();
  const blank = () =>
    page.$$eval("ty-output-panel canvas, ty-network-chart canvas", (all) => all.every(({ width }) => width === 0));
  await untilSo("and its pictures", blank);
  await button(page, "Undo").first().click();
  await until(page, "ready");
  await untilSo("it is back", async () => (await loss.textContent()) === before);
  assert.equal(await blank(), false);
  await page.close();
  assertNoProblems(problems);
});
