// Every lesson, done as a learner would: predict, press Play, see that the goal isn't reached; change what the text says,
// press Play again, and see it reached. On wide and on narrow screens, by mouse, finger and keyboard.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { LESSONS } from "../../www/lessons/lessons.mjs";
import { assertNoProblems, findings } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite({ base: "/some/where/" })));
after(() => site?.close());

const SLOW_MS = 90_000;

/** Opens a lesson, with its experiment in sight and ready. Its speed is what a reader could choose in the playground. */
async function open(lesson, context) {
  const { page, problems } = await site.open(`lessons/${lesson.id}.html`, context);
  await page.locator("train-yard").evaluate((yard) => yard.setAttribute("speed", "max"));
  await page.locator("train-yard").scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector("train-yard").state?.figures, null, { timeout: SLOW_MS });
  return { page, problems };
}

/** Presses Play, and waits until the run has ended and the page has said how. */
async function play(page, press) {
  await page.evaluate(() => (document.querySelector("[data-ran]").textContent = ""));
  await press(page.locator("train-yard").getByRole("button", { name: "Play", exact: true }));
  await page.waitForFunction(() => document.querySelector("[data-ran]").textContent, null, { timeout: SLOW_MS });
}

const isReached = (page) => page.locator(".goal").getAttribute("data-reached");

const WAYS = {
  "by mouse, 1440": { context: {}, press: (target) => target.click() },
  "by finger, 390": {
    context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    press: (target) => target.tap(),
  },
  "by keyboard, 1440": {
    context: {},
    async press(target) {
      await target.focus();
      await target.press("Space");
    },
  },
};

for (const [way, { context, press }] of Object.entries(WAYS))
  for (const lesson of LESSONS)
    test(`${lesson.id}, ${way}: Play alone doesn't reach the goal, the change does`, async () => {
      const { page, problems } = await open(lesson, context);
      await press(page.locator('[name="predict"]').nth(lesson.right));
      await play(page, press);
      assert.equal(await isReached(page), "false", "Play alone");
      assert.equal(await page.locator(".answer").evaluate((answer) => answer.open), true, "the answer is shown");
      assert.match(await page.locator("[data-judged]").textContent(), /You predicted this/);
      const wanted = lesson.reached ?? lesson.change.values.at(-1);
      await press(page.locator('[name="change"]').nth(lesson.change.values.indexOf(wanted)));
      // Another experiment begins: it stands at its start.
      await page.waitForFunction(() => document.querySelector("train-yard").state?.epoch === 0, null, {
        timeout: SLOW_MS,
      });
      await play(page, press);
      assert.equal(await isReached(page), "true", await page.locator("[data-ran]").textContent());
      await page.locator("[data-done]").waitFor();
      if (way.includes("390")) assert.deepEqual(await findings(page), []);
      await page.goto(`${site.url}lessons/index.html`);
      await page.locator(`[data-of="${lesson.id}"] .done`).waitFor();
      await page.close();
      assertNoProblems(problems);
    });
