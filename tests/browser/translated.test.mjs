// A browser's translator takes every text node out of its place, again and again: what the page says goes on all the same.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { button, ready, state, until, untilEpoch } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** Each text in two elements, as Chrome does it; the text itself is a new node, and the old one is gone. */
function translate() {
  const wrap = (root) => {
    const texts = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const isText = node.data.trim() && !node.parentElement.closest("font, script, style, textarea, [translate=no]");
      if (isText) texts.push(node);
    }
    for (const text of texts) {
      const [outer, inner] = [document.createElement("font"), document.createElement("font")];
      inner.append(document.createTextNode(text.data));
      outer.append(inner);
      text.replaceWith(outer);
    }
  };
  const observer = new MutationObserver(() => again());
  const again = () => {
    observer.disconnect();
    wrap(document.body);
    observer.observe(document.body, { childList: true, characterData: true, subtree: true });
  };
  again();
}

/** What the run bar shows. */
const figure = async (page, label) =>
  Number((await page.locator(`ty-run-bar output[aria-label="${label}"]`).textContent()).replaceAll(",", ""));

async function translated(hash = "") {
  const { page, problems } = await site.open(hash);
  await ready(page);
  await page.evaluate(translate);
  await page.waitForFunction(() => document.querySelector(".status font"));
  return { page, problems };
}

test("while it trains, is paused and starts again, figures and status are those of the run", async () => {
  const { page, problems } = await translated();
  for (let round = 0; round < 2; round++) {
    await button(page, "Play").click();
    await untilEpoch(page, 5);
    await page.locator(".status", { hasText: "Training" }).waitFor();
    await button(page, "Pause").click();
    await until(page, "paused");
    await page.locator(".status", { hasText: "Paused after" }).waitFor();
    const { run } = await state(page);
    assert.equal(await figure(page, "Epoch"), run.epoch);
    assert.equal(await figure(page, "Steps"), run.step);
    assert.ok((await figure(page, "Training loss")) > 0 && (await figure(page, "Test loss")) > 0);
    await button(page, "Reset").click();
    await page.locator(".status", { hasText: "Ready" }).waitFor();
    assert.equal(await figure(page, "Epoch"), 0);
  }
  assert.deepEqual(problems, []);
  await page.close();
});

test("a run that diverges says so", async () => {
  const { page, problems } = await translated("#source=line&learningRate=100&activation=linear&layers=8");
  await button(page, "Play").click();
  await until(page, "diverged");
  await page.locator(".status", { hasText: /diverged/i }).waitFor();
  assert.deepEqual(problems, []);
  await page.close();
});

test("layers, settings and folds change as they do without it", async () => {
  const { page, problems } = await translated();
  await button(page, "Add a layer").click();
  await page
    .locator("ty-model-panel .stepper", { hasText: /3\s+hidden layers/ })
    .first()
    .waitFor();
  await button(page, "Remove a layer").click();
  await button(page, "Remove a layer").click();
  await page
    .locator("ty-model-panel .stepper", { hasText: /1\s+hidden\s+layer(?!s)/ })
    .first()
    .waitFor();
  await button(page, "More training settings").click();
  await page.locator("ty-more-settings label").first().waitFor();
  assert.deepEqual(problems, []);
  await page.close();
});
