// Four people, each from landing to the sentence that they need: pupil, lecturer, analyst, expert.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, labeled, ready, state, trainTo, until, untilSo } from "./playground.mjs";
import { openSite, screenshot } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test("the pupil, on a phone by touch: draws two groups, trains, reads what came out, and takes a next step", async () => {
  const { page, problems } = await site.open("", PHONE);
  await ready(page);
  await page.getByText("Can this network separate ● from ▲").first().waitFor();
  const draw = page.getByRole("button", { name: /^Draw/ }).filter({ visible: true });
  if (!(await draw.count())) await page.locator("ty-data-panel summary").first().tap();
  await draw.first().tap();
  const board = page.getByRole("application", { name: "Drawing board" });
  await board.waitFor();
  const dots = async (places) => {
    for (const [x, y] of places) {
      await board.scrollIntoViewIfNeeded();
      const box = await board.boundingBox();
      await page.touchscreen.tap(box.x + box.width * x, box.y + box.height * y);
    }
  };
  await dots([[0.62, 0.32], [0.75, 0.4], [0.7, 0.25], [0.82, 0.3], [0.6, 0.45]]); // prettier-ignore
  await labeled(page, "Class 1").check();
  await dots([[0.25, 0.72], [0.3, 0.62], [0.2, 0.8], [0.35, 0.85], [0.28, 0.75]]); // prettier-ignore
  const groups = (await state(page)).settings.points.split("!");
  assert.deepEqual(
    groups.map((group) => group.split(",").length / 2),
    [5, 5],
  );
  await button(page, "Play").tap();
  await until(page, "finished", 60_000);
  await page.evaluate(() => scrollTo(0, 0));
  const words = page.locator(".result-words");
  await words.waitFor();
  assert.match(await words.textContent(), /\d.* are classified correctly\. .*Guessing \(always .*\) gets \d/);
  await screenshot(page, "journey-pupil");
  const before = (await state(page)).settings;
  const next = page.locator(".try").filter({ visible: true }).first();
  const name = await next.textContent();
  await next.tap();
  await untilSo(`“${name}” does something`, async () => {
    const { settings, run } = await state(page);
    return JSON.stringify(settings) !== JSON.stringify(before) && run?.state !== "opening";
  });
  await page.close();
  assertNoProblems(problems);
});

test("the lecturer: makes a link with hidden controls, a question and a goal; a student opens exactly that", async () => {
  const { page, problems } = await site.open("#source=xor");
  await ready(page);
  await button(page, "Share").click();
  const dialog = page.locator("dialog[open]");
  for (const hidden of ["Hidden layers", "Features", "Sections below the panels", "“More” settings"])
    await dialog.getByRole("checkbox", { name: hidden, exact: true }).uncheck();
  const fill = (name, text) => dialog.getByRole("textbox", { name, exact: true }).fill(text);
  await fill("Question", "Which learning rate is fastest?");
  await fill("Goal", "Reach 95% accuracy on the test set");
  const preview = page.frameLocator(".share-preview iframe");
  await preview.getByText("Which learning rate is fastest?").waitFor();
  const link = await labeled(page, "Link to this experiment").inputValue();
  await page.close();

  // A context of its own: a fresh profile.
  const { page: student, problems: others } = await site.open(link);
  await ready(student);
  await student.getByText("Which learning rate is fastest?").waitFor();
  await student.getByText("Goal: Reach 95% accuracy on the test set").waitFor();
  const gone = ['[aria-label="Add a layer"]', ".features", ".fold-panel", ".more"];
  for (const one of gone) assert.equal(await student.locator(one).filter({ visible: true }).count(), 0, one);
  assert.ok(await labeled(student, "Learning rate").isVisible());
  await button(student, "Play").click();
  await student.locator(".question-goal", { hasText: "Reached" }).waitFor({ timeout: 60_000 });
  await screenshot(student, "journey-student");
  await student.close();
  assertNoProblems([...problems, ...others]);
});

test("the analyst: opens a CSV on which always saying the same is better, and is told so unasked", async () => {
  const rows = Array.from({ length: 240 }, (_, i) => `${(i * 37) % 101},${(i * 53) % 89},${i % 6 ? "no" : "yes"}`);
  const { page, problems } = await site.open();
  await ready(page);
  await page
    .getByRole("button", { name: /^Open a CSV/ })
    .filter({ visible: true })
    .first()
    .click();
  await page.locator("ty-bring-rows input[type=file]").setInputFiles({
    name: "churn.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`visits,age,churned\n${rows.join("\n")}\n`),
  });
  await untilSo("the table is there", async () => (await state(page)).settings.source === "table");
  await ready(page);
  await page
    .getByText("Can this network predict churned")
    .or(page.getByText(/Can this network tell churned/))
    .first()
    .waitFor();
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("epochs", 40));
  await button(page, "Play").click();
  await until(page, "finished", 60_000);
  const words = page.locator(".result-words");
  await words.waitFor();
  assert.match(await words.textContent(), /^No\. .*Guessing \(always no\) gets 8\d/);
  await screenshot(page, "journey-analyst");
  await page.close();
  assertNoProblems(problems);
});

test("the expert: sees gradients, measures the curvature, and finds both by the palette", async () => {
  const { page, problems } = await site.open("#source=spiral");
  await ready(page);
  await trainTo(page, 5);
  const command = async (words, name) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Command" }).fill(words);
    await page.getByRole("option", { name }).first().click();
  };
  await command("gradients", /^Show gradients/);
  await page
    .getByText(/largest/i)
    .filter({ visible: true })
    .first()
    .waitFor();
  await command("hessian", /curvature/);
  const told = page.locator(".notice", { hasText: "Hessian" });
  await told.waitFor();
  const [, curvature, allowed] = /λ = ([\d.]+)\. .* above ([\d.]+)\./.exec(await told.textContent());
  assert.ok(Math.abs(Number(curvature) * Number(allowed) - 2) <= 0.02, `${curvature} × ${allowed}`);
  await command("export csv", /^Export a chart/);
  await page
    .getByRole("button", { name: / as CSV$/ })
    .filter({ visible: true })
    .first()
    .waitFor();
  await command("learning rate 0.01", /Learning rate: 0\.01/);
  assert.equal((await state(page)).settings.learningRate, 0.01);
  await screenshot(page, "journey-expert");
  await page.close();
  assertNoProblems(problems);
});
