// The page asks before it trains and answers when it has: against guessing, with the figures of the other views.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openRows } from "./losing.mjs";
import { assertNoProblems, button, findings, labeled, ready, state, trainTo, until, untilSo } from "./playground.mjs";
import { openSite, screenshot } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const question = (page) => page.locator("ty-question");
const said = (page) => page.locator(".result-words").textContent();

/** Trains what is open to its end, and waits for the answer. */
async function answered(page) {
  await button(page, "Play").click();
  await until(page, "finished", 60_000);
  await page.locator(".result-words").waitFor();
}

test("it asks, trains, and answers with the figures of Evaluation and of the picture", async () => {
  const { page, problems } = await site.open("#epochs=40");
  await ready(page);
  await question(page).getByText("Can this network separate ● from ▲").waitFor();
  assert.match(await page.locator(".question-hint").textContent(), /one class inside/i);
  await answered(page);
  const words = await said(page);
  const [, ours, guess] = /([\d.]+%) of the test rows .* gets ([\d.]+%)\./.exec(words);
  const rows = page.locator("ty-figures .scores tr", { hasText: "Test rows" });
  assert.equal(
    await rows
      .locator("td")
      .textContent()
      .then((text) => text.trim()),
    ours,
  );
  const score = await page.locator("ty-score").textContent();
  assert.ok(score.includes(ours) && score.includes(`guessing: ${guess}`), score);
  assert.equal(await page.locator(".try").count(), 3);
  assertNoProblems(problems);
  await page.close();
});

test("a step that is taken does what it says, and trains", async () => {
  const { page, problems } = await site.open("#source=gaussians&epochs=60");
  await ready(page);
  await answered(page);
  await page.locator(".try", { hasText: "Try circle" }).click();
  await untilSo("circle trains", async () => {
    const { settings, epoch } = await state(page);
    return settings.source === "circle" && epoch > 2;
  });
  await question(page).getByText("when one surrounds the other").waitFor();
  assertNoProblems(problems);
  await page.close();
});

test("a step sets what it names and no more: another source has its own of the rest", async () => {
  const { page, problems } = await site.open("#epochs=30");
  await ready(page);
  await answered(page);
  await page.locator(".try", { hasText: "Use Adam" }).click();
  await untilSo("it trains anew by that", async () => {
    const { settings, epoch } = await state(page);
    return settings.optimizer === "adam" && settings.learningRate === 0.01 && epoch > 2;
  });
  const hand = () => page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().hand);
  assert.deepEqual(Object.keys(await hand()).sort(), ["epochs", "learningRate", "optimizer"]);
  assertNoProblems(problems);
  await page.close();
});

test("where always giving one answer is better, it says so unasked", async () => {
  // No column says anything of the last one, and four of five rows are alike in it.
  const rows = Array.from({ length: 200 }, (_, i) => `${(i * 37) % 101},${(i * 53) % 89},${i % 5 ? "no" : "yes"}`);
  const { page, problems } = await site.open();
  await ready(page);
  await openRows(page, `a,b,c\n${rows.join("\n")}\n`);
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("epochs", 30));
  await answered(page);
  assert.match(await said(page), /^No\. .* Guessing \(always no\) gets \d/);
  assertNoProblems(problems);
  await page.close();
});

test("behind the padlock it answers by the training set, and says so", async () => {
  const { page, problems } = await site.open("#source=iris&epochs=15");
  await ready(page);
  await answered(page);
  assert.match(await said(page), /of the training set .* The test rows are locked\.$/);
  await page.getByRole("button", { name: "Locked: unlock" }).first().click();
  await page.locator(".result-words", { hasText: "of the test rows" }).waitFor();
  assertNoProblems(problems);
  await page.close();
});

test("a link brings its own question and hint, as text and never as markup", async () => {
  const asked = "Is <b>this</b> round?";
  const { page, problems } = await site.open(`#question=${encodeURIComponent(asked)}&hint=Look%20at%20the%20edge.`);
  await ready(page);
  await page.locator(".question-hint", { hasText: "Look at the edge." }).waitFor();
  assert.equal((await page.locator(".question-asked").textContent()).trim(), asked);
  await trainTo(page, 3);
  await page.locator(".result-words", { hasText: /^So far: \d/ }).waitFor();
  assertNoProblems(problems);
  await page.close();
});

test("a link that leaves out the source leaves out all ways to another, and one without a question has none", async () => {
  const { page, problems } = await site.open("#epochs=10&hide=source");
  await ready(page);
  await answered(page);
  for (const hidden of [".real", ".way", "ty-source-picker", ".try:has-text('Try')"])
    assert.equal(await page.locator(hidden).filter({ visible: true }).count(), 0, hidden);
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("hide", ["question"]));
  await question(page).waitFor({ state: "hidden" });
  assertNoProblems(problems);
  await page.close();
});

test("an example opens with its question, which stays and travels in the link", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await button(page, "Examples").click();
  const dialog = page.locator("dialog[open]");
  await dialog.locator(".example").nth(8).waitFor();
  assert.equal(await dialog.locator(".example").count(), 9);
  await screenshot(page, "examples");
  assert.deepEqual(await findings(page), []);
  await dialog.locator(".example", { hasText: "XOR without a hidden layer" }).click();
  const asked = page.locator(".question-asked", { hasText: "Can a straight line separate opposite corners?" });
  await asked.waitFor();
  assert.equal(await dialog.count(), 0);
  assert.equal((await state(page)).settings.source, "xor");
  await answered(page);
  await asked.waitFor();
  assert.match(page.url(), /question=Can%20a%20straight%20line/);
  assertNoProblems(problems);
  await page.close();
});

test("drawing and a file of one's own are a click away", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await button(page, "Open a CSV").click();
  await page.locator("ty-data-fold details[open]").waitFor();
  await button(page, "Draw").click();
  await page.locator("ty-drawn-output").waitFor();
  assertNoProblems(problems);
  await page.close();
});

test("on a phone the answer lies over the bar, covers none of its controls, and can be put away", async () => {
  const { page, problems } = await site.open("#epochs=20", { viewport: { width: 390, height: 844 }, hasTouch: true });
  await ready(page);
  await answered(page);
  const [card, play] = [await labeled(page, "Result").boundingBox(), await button(page, "Play").boundingBox()];
  const bar = await page.locator("ty-run-bar").boundingBox();
  assert.ok(card.y + card.height <= bar.y && bar.y < play.y, `${card.y + card.height}, ${bar.y}`);
  // Further down the page it would lie over what stands there.
  await page.evaluate(() => scrollTo(0, 600));
  await labeled(page, "Result").waitFor({ state: "hidden" });
  await page.evaluate(() => scrollTo(0, 0));
  await labeled(page, "Result").waitFor();
  await button(page, "Close the result").tap();
  await labeled(page, "Result").waitFor({ state: "hidden" });
  await page.locator("ty-score").waitFor();
  assertNoProblems(problems);
  await page.close();
});

for (const [width, height] of [
  [1440, 900],
  [1366, 657],
  [820, 1180],
  [390, 844],
])
  test(`the answer moves nothing at ${width} × ${height}`, async () => {
    const { page } = await site.open("#epochs=30", { viewport: { width, height } });
    await ready(page);
    await page.locator(".question-hint").waitFor({ state: "attached" });
    const top = () => page.locator("main").evaluate((main) => main.getBoundingClientRect().top + scrollY);
    const before = await top();
    await answered(page);
    assert.equal(await top(), before);
    assert.ok(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      "nothing scrolls sideways",
    );
    await screenshot(page, `result-${width}`);
    await page.close();
  });

for (const scheme of ["light", "dark"])
  test(`axe-core finds nothing in the answer, ${scheme}`, async () => {
    const { page } = await site.open("#epochs=20", { colorScheme: scheme });
    await ready(page);
    await answered(page);
    assert.deepEqual(await findings(page), []);
    await labeled(page, "Result").waitFor();
    await screenshot(page, `result-${scheme}`);
    await page.close();
  });
