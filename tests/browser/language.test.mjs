// The page in another language, in Chromium: the browser's, a link's, or one that is chosen; and nothing of a language that
// nobody asked for.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { catalogueOf } from "../../www/strings/catalogue.mjs";
import { assertNoProblems, button, ready, untilEpoch } from "./playground.mjs";
import { openSite } from "./support.mjs";

const [en, de] = ["en", "de"].map(catalogueOf);

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** A page of a browser in a language, and the scripts that it asks for. */
async function opened(locale, hash = "") {
  const context = await site.browser.newContext({ locale, serviceWorkers: "block" });
  const page = await context.newPage();
  const asked = [];
  page.on("request", (request) => /\.js(\?|$)/.test(request.url()) && asked.push(new URL(request.url()).pathname));
  await page.goto(new URL(hash, site.url).href);
  await ready(page);
  return { context, page, asked };
}

const isGerman = (path) => /^\/[0-9a-f]{12}\/de\//.test(path);

/** What is said on the page, by text and by the attributes that are read out. */
const said = (page) =>
  page.evaluate(() => {
    const texts = new Set();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walk.nextNode());) texts.add(node.data.trim());
    for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]"))
      for (const name of ["aria-label", "title", "placeholder"]) texts.add(element.getAttribute(name)?.trim());
    return [...texts].filter(Boolean);
  });

/** Texts that are English and are said otherwise in German. */
const ENGLISH = new Set(
  Object.entries(en)
    .filter(([key, text]) => typeof text === "string" && !text.includes("{") && text !== de[key])
    .map(([, text]) => text.trim()),
);
const GERMAN = new Set(Object.values(de).filter((text) => typeof text === "string"));

test("a German browser gets the page in German, with no English label left, and trains", async () => {
  const { context, page, asked } = await opened("de-DE");
  assert.equal(await page.locator("html").getAttribute("lang"), "de");
  assert.equal(await page.title(), de["app.pageTitle"]);
  await button(page, de["training.play"]).click();
  await untilEpoch(page, 3);
  await button(page, de["training.pause"]).click();
  const texts = await said(page);
  assert.ok(texts.filter((text) => GERMAN.has(text)).length > 40, texts.join("\n"));
  assert.deepEqual(
    texts.filter((text) => ENGLISH.has(text) && !GERMAN.has(text)),
    [],
  );
  assert.deepEqual(
    asked.filter((path) => !isGerman(path)),
    [],
  );
  await context.close();
});

test("an English browser, and one whose languages there are not, fetch nothing German", async () => {
  for (const locale of ["en-US", "fr-FR"]) {
    const { context, page, asked } = await opened(locale);
    assert.equal(await page.locator("html").getAttribute("lang"), "en");
    await button(page, "Play").click();
    await untilEpoch(page, 2);
    assert.deepEqual(asked.filter(isGerman), []);
    await context.close();
  }
});

test("the palette switches the language, for this visit and the next; the link has it only when it is asked for", async () => {
  const { context, page } = await opened("de-DE", "#seed=5");
  await page.keyboard.press("Control+k");
  await page.locator(".palette-input").fill("english");
  await page.keyboard.press("Enter");
  await button(page, "Play").waitFor();
  assert.equal(await page.locator("html").getAttribute("lang"), "en");
  assert.equal(new URL(page.url()).hash, "#seed=5");
  const next = await context.newPage();
  await next.goto(site.url);
  await ready(next);
  assert.equal(await next.locator("html").getAttribute("lang"), "en");
  await next.close();

  await page.evaluate(() => (location.hash = "#seed=5&lang=de"));
  await button(page, de["training.play"]).waitFor();
  await page.keyboard.press("Control+k");
  await page.locator(".palette-input").fill("english");
  await page.keyboard.press("Enter");
  await button(page, "Play").waitFor();
  assert.match(page.url(), /lang=en/);
  await context.close();
});

test("a link may ask for a language", async () => {
  const { page, problems } = await site.open("#lang=de");
  await ready(page);
  assert.equal(await page.locator("html").getAttribute("lang"), "de");
  await button(page, de["training.play"]).waitFor();
  await page.close();
  assertNoProblems(problems);
});

test("in German a file that is held over the page is met in German, and a run says in German why it is over", async () => {
  const { context, page } = await opened("de-DE", "#patience=5&learningRate=3&epochs=4000");
  await page.locator("#app[data-drop]").waitFor();
  const files = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(["a"], "a.csv"));
    return data;
  });
  await page.dispatchEvent("#app", "dragover", { dataTransfer: files });
  assert.equal(
    await page.evaluate(() => getComputedStyle(document.querySelector("#app"), "::after").content),
    JSON.stringify(de["app.dropHere"]),
  );
  await page.dispatchEvent("#app", "dragleave", { dataTransfer: files });
  await button(page, de["training.play"]).click();
  await page.waitForFunction(
    (why) => document.querySelector("ty-run-bar").playground.store.get().run?.why === why,
    de["session.reasonPatience"],
  );
  await context.close();
});
