// The experiment as a program: the pane in which it changes as settings do.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, findings, ready } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

async function openProgram(hash, context) {
  const { page, problems } = await site.open(`${hash}&view=export`, context);
  await ready(page);
  await button(page, "Show the program").click();
  await page.locator("ty-program .program-code").waitFor();
  return { page, problems };
}

const code = (page) => page.locator("ty-program pre").textContent();
const marked = (page) => page.locator("ty-program ins").allTextContents();
const set = (page, settings) =>
  page.evaluate((all) => document.querySelector("ty-run-bar").playground.setAll(all), settings);

/** Resolves when the program has such a line. */
const untilLine = (page, line) =>
  page.waitForFunction((text) => document.querySelector("ty-program pre").textContent.includes(text), `${line}\n`);

test("the program is there before any step, and a changed setting marks its lines", async () => {
  const { page, problems } = await openProgram("#source=circle&seed=3");
  assert.match(await code(page), /class Net\(nn\.Module\):/);
  assert.deepEqual(await marked(page), []);
  await set(page, { learningRate: 0.3 });
  await untilLine(page, "LEARNING_RATE = 0.3");
  assert.deepEqual(await marked(page), ["LEARNING_RATE = 0.3\n"]);
  await set(page, { optimizer: "adam" });
  await untilLine(page, "BETA1 = 0.9");
  assert.ok((await marked(page)).some((line) => line.includes("torch.optim.Adam(")));
  const said = await page.locator("ty-program [role=status]").first().textContent();
  assert.match(said, /^Since the last change: \d+ new lines, \d+ removed\.$/);
  // By a second cue than color.
  const sign = await page.evaluate(
    () => getComputedStyle(document.querySelector("ty-program ins"), "::before").content,
  );
  assert.match(sign, /\+/);
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

test("it is copied and downloaded as it is shown", async () => {
  const { page, problems } = await openProgram("#source=iris", { permissions: ["clipboard-read", "clipboard-write"] });
  await untilLine(page, 'TARGET = "species"');
  await button(page, "Copy").click();
  await page.locator("ty-program [role=status]", { hasText: "train.py copied." }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await code(page));
  const [file] = await Promise.all([page.waitForEvent("download"), button(page, "Download this file").click()]);
  assert.equal(file.suggestedFilename(), "train.py");
  await page.close();
  assertNoProblems(problems);
});

test("on a small screen it scrolls within itself, and keys reach it", async () => {
  const { page, problems } = await openProgram("#source=circle", { viewport: { width: 390, height: 800 } });
  const pane = page.locator("ty-program .program-code");
  await pane.focus();
  const [inside, whole] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.querySelector("ty-program .program-code");
    return [scrollWidth - clientWidth, document.documentElement.scrollWidth];
  });
  assert.ok(inside > 0 && whole <= 390, `${inside} px within, ${whole} px in all`);
  await page.keyboard.press("End");
  await page.waitForFunction(() => document.querySelector("ty-program .program-code").scrollTop > 100);
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});
