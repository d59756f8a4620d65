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

/** What a reader finds on the pages of a language. */
const LANGUAGES = {
  en: { folder: "lessons/", play: "Play", judged: /You predicted this/ },
  de: { folder: "lessons/de/", play: "Starten", judged: /Das haben Sie vorhergesagt/ },
};

/** Opens a lesson, with its experiment in sight and ready. Its speed is what a reader could choose in the playground. */
async function open(lesson, context, folder) {
  const { page, problems } = await site.open(`${folder}${lesson.id}.html`, context);
  await page.locator("train-yard").evaluate((yard) => yard.setAttribute("speed", "max"));
  await page.locator("train-yard").scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector("train-yard").state?.figures, null, { timeout: SLOW_MS });
  return { page, problems };
}

/** Presses Play by its name, and waits until the run has ended and the page has said how. */
async function play(page, press, name) {
  await page.evaluate(() => (document.querySelector("[data-ran]").textContent = ""));
  await press(page.locator("train-yard").getByRole("button", { name, exact: true }));
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

/** A lesson from its prediction to its goal. */
async function follow(lesson, { context, press }, language, isChecked) {
  const { folder, play: name, judged } = LANGUAGES[language];
  const { page, problems } = await open(lesson, context, folder);
  await press(page.locator('[name="predict"]').nth(lesson.right));
  await play(page, press, name);
  assert.equal(await isReached(page), "false", "Play alone");
  assert.equal(await page.locator(".answer").evaluate((answer) => answer.open), true, "the answer is shown");
  assert.match(await page.locator("[data-judged]").textContent(), judged);
  const wanted = lesson.reached ?? lesson.change.values.at(-1);
  await press(page.locator('[name="change"]').nth(lesson.change.values.indexOf(wanted)));
  // Another experiment begins: it stands at its start.
  await page.waitForFunction(() => document.querySelector("train-yard").state?.epoch === 0, null, {
    timeout: SLOW_MS,
  });
  await play(page, press, name);
  assert.equal(await isReached(page), "true", await page.locator("[data-ran]").textContent());
  await page.locator("[data-done]").waitFor();
  if (isChecked) assert.deepEqual(await findings(page), []);
  await page.goto(`${site.url}${folder}index.html`);
  await page.locator(`[data-of="${lesson.id}"] .done`).waitFor();
  await page.close();
  assertNoProblems(problems);
}

for (const [way, how] of Object.entries(WAYS))
  for (const lesson of LESSONS)
    test(`${lesson.id}, ${way}: Play alone doesn't reach the goal, the change does`, () =>
      follow(lesson, how, "en", way.includes("390")));

// The runs are the same in any language; what is tried is that each kind of control and goal is found and told there.
const IN_GERMAN = ["loss", "epochs", "cycle", "stopping", "clean", "split", "scores", "seven"];
for (const lesson of LESSONS.filter(({ id }) => IN_GERMAN.includes(id)))
  test(`${lesson.id}, in German: Play alone doesn't reach the goal, the change does`, () =>
    follow(lesson, WAYS["by finger, 390"], "de", true));
