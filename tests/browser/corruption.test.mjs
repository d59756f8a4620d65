// Garbage in, garbage out, in Chromium: twins on a real set, on a made one, cancelled, and with nothing wrong in the page.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, assertNoProblems, button, findings, labeled, ready, until } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

async function openTwins(page) {
  await ready(page);
  await page
    .getByText("Your data: open a CSV or pick a real data set, then check and clean it", { exact: true })
    .click();
  await page.getByText("Garbage in, garbage out", { exact: false }).click();
}

async function slide(page, name, percent) {
  await labeled(page, name).focus();
  for (let at = 0; at < percent; at += 5) await page.keyboard.press("ArrowRight");
}

const verdict = async (page) => {
  await page.locator(".twins-verdict").waitFor({ timeout: 60_000 });
  return (await page.locator(".twins-verdict").textContent()).replaceAll("\u00a0", " ");
};

test("twins on a real set: what flipped labels cost on the same clean test rows", async () => {
  const { page, problems } = await site.open("#source=breast-cancer");
  await openTwins(page);
  assert.ok(await button(page, "Train both").isDisabled(), "nothing is spoilt yet");
  await slide(page, "Labels flipped", 40);
  assert.match(decodeURIComponent(await address(page)), /corrupt=\{"labels":0.4\}/);
  await button(page, "Train both").click();
  const words = await verdict(page);
  const [, rows, clean, dirty, points, how] =
    words.match(
      /^Accuracy on the same (\d+) clean test rows: ([\d.]+)% with clean training data, ([\d.]+)% with 40% of the labels flipped: ([\d.]+) points (lost|gained)\.$/,
    ) ?? [];
  assert.ok(Number(rows) > 100 && Number(clean) > 90, words);
  assert.equal(how, "lost", words);
  assert.ok(Math.abs(Number(clean) - Number(dirty) - Number(points)) < 0.06, words);
  for (const part of [
    "twin-clean.twin-test",
    "twin-dirty.twin-test",
    "twin-clean.twin-training",
    "twin-dirty.twin-training",
  ]) {
    assert.ok((await page.locator(`.twin-curves .${part}`).getAttribute("d")).split("L").length > 10, part);
  }
  // The clean twin is the page's own run: trained to its end, that has the same accuracy.
  await labeled(page, "Speed").selectOption("max");
  await button(page, "Play").click();
  await until(page, "finished", 60_000);
  await button(page, "Locked: unlock").click();
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame.test);
  const own = await page.evaluate(
    () => document.querySelector("ty-run-bar").playground.store.get().frame.test.accuracy,
  );
  assert.equal((100 * own).toFixed(1), clean);
  await page.close();
  assertNoProblems(problems);
});

test("twins on a made source can be cancelled, and give way to the run", async () => {
  const { page, problems } = await site.open('#source=circle&epochs=100000&corrupt={"units":0.3}');
  await openTwins(page);
  await button(page, "Train both").click();
  await page.waitForFunction(() => document.querySelector(".twins progress")?.value > 5);
  await button(page, "Cancel").click();
  assert.match(await verdict(page), /^Accuracy on the same 100 clean test rows: .* Stopped after \d/);
  await button(page, "Train both").click();
  await page.waitForFunction(() => document.querySelector(".twins progress")?.value > 5);
  await button(page, "Play").click();
  await until(page, "training");
  await button(page, "Train both").waitFor();
  await page.close();
  assertNoProblems(problems);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe-core finds nothing with dots and twins open, ${colorScheme}`, async () => {
    const { page, problems } = await site.open('#source=iris&corrupt={"labels":0.2}', { colorScheme });
    await openTwins(page);
    await page.getByText("Scatter plot", { exact: true }).click();
    await labeled(page.getByRole("region", { name: "Your data", exact: true }), "Plot").selectOption("components");
    await button(page, "Train both").click();
    await verdict(page);
    assert.deepEqual(await findings(page), []);
    await page.close();
    assertNoProblems(problems);
  });
}
