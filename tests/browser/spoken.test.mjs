// A run is spoken of six times at most: at its start, at its quarters, at its end, and what the coach finds, once.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { formatLoss } from "../../www/base/format.js";
import { assertNoProblems, button, labeled, ready, until, untilSo } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** Writes down each change of what a screen reader speaks by itself. */
const listen = (page) =>
  page.evaluate(() => {
    globalThis.said = [];
    const last = new Map();
    const regionOf = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const live = at.getAttribute("aria-live");
        if (live) return live === "off" ? null : at;
        if (["status", "alert", "log"].includes(at.getAttribute("role")) || at.localName === "output") return at;
      }
      return null;
    };
    const textOf = (node) =>
      node.nodeType === Node.TEXT_NODE
        ? node.data
        : node.nodeType !== Node.ELEMENT_NODE ||
            node.getAttribute("aria-hidden") === "true" ||
            getComputedStyle(node).display === "none"
          ? ""
          : [...node.childNodes].map(textOf).join("");
    new MutationObserver((changes) => {
      const elements = changes.map(({ target }) => (target.nodeType === 1 ? target : target.parentElement));
      for (const region of new Set(elements.map(regionOf).filter(Boolean))) {
        const words = textOf(region).replaceAll(/\s+/g, " ").trim();
        if (last.get(region) === words) continue;
        last.set(region, words);
        if (words) globalThis.said.push(words);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });

const ILL =
  "source=moons&samples=40&noise=0.4&trainingShare=0.5&layers=32,32&optimizer=adam&learningRate=0.01&epochs=300";
for (const [hash, most] of [
  ["epochs=400", 5],
  ["epochs=400&speed=10-epochs", 5],
  ["epochs=20000&speed=max", 5],
  ["epochs=4&speed=step", 5],
  ["source=iris&epochs=300", 5],
  [ILL, 6],
  [`${ILL}&speed=max`, 6],
])
  test(`no more than ${most} messages: ${hash}`, async () => {
    const { page, problems } = await site.open(`#${hash}`);
    await ready(page);
    await page.locator("ty-spoken").waitFor({ state: "attached" });
    await listen(page);
    await button(page, "Play").click();
    await until(page, "finished", 120_000);
    await page.locator(".result-words").waitFor();
    const said = await page.evaluate(() => globalThis.said);
    assert.ok(said.length >= 2 && said.length <= most, said.join("\n"));
    assert.match(said[0], /^Training/);
    assert.ok(
      said.some((words) => /^(Finished|Done)/.test(words)),
      said.join("\n"),
    );
    await page.close();
    assertNoProblems(problems);
  });

test("sliders are spoken as they are shown", async () => {
  const { page, problems } = await site.open("#noise=0.15");
  await ready(page);
  for (const [name, words] of [
    ["Noise", "15%"],
    ["Training share", "80%"],
  ])
    assert.equal(await labeled(page, name).getAttribute("aria-valuetext"), words);
  const bare = await page.evaluate(
    () =>
      [...document.querySelectorAll("input[type=range]")].filter((one) => !one.getAttribute("aria-valuetext")).length,
  );
  assert.equal(bare, 0);
  await page.close();
  assertNoProblems(problems);
});

test("when a run ends, the loss chart's words are those of its last epoch", async () => {
  const { page, problems } = await site.open("#epochs=30");
  await ready(page);
  await button(page, "Play").click();
  await until(page, "finished");
  const last = await page.evaluate(() => {
    const { epoch, training } = document.querySelector("ty-run-bar").playground.store.get().frame.curve;
    return { epoch: epoch.at(-1), training: training.at(-1) };
  });
  assert.equal(last.epoch, 30);
  const words = page.locator("ty-loss-chart [role=img]");
  await untilSo("the words are of the end", async () =>
    (await words.getAttribute("aria-label")).includes("over 30 epochs the training loss went from"),
  );
  assert.ok((await words.getAttribute("aria-label")).includes(` to ${formatLoss(last.training)}, `));
  await page.close();
  assertNoProblems(problems);
});
