// Learning curves in Chromium: networks of all sizes beside simpler models, never on test rows.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, findings, labeled, read } from "./playground.mjs";
import { openFold, runStudy, study } from "./studies.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const LABEL = "Draw the curves";

test("against rows: every size and seed, simpler models on the same rows, one sentence, and the test set stays locked", async () => {
  const { page, problems } = await site.open("#source=iris&epochs=40");
  await openFold(page, "learning-curves");
  await runStudy(page, "learning-curves", LABEL);
  const { points, problem, isWhole, judges } = await study(page, "learning-curves");
  assert.deepEqual([problem, isWhole, judges], ["", true, 24]);
  assert.deepEqual([points[0].size, points.at(-1).size, points.length], [10, 96, 8]);
  for (const { size, runs } of points) {
    assert.equal(runs.length, 5);
    for (const run of runs) {
      assert.ok(run.rows === size && run.validation.accuracy >= 0 && run.validation.accuracy <= 1);
      assert.deepEqual(
        run.rivals.map(({ kind }) => kind),
        ["constant", "logistic", "forest"],
      );
      assert.ok(run.rivals[0].validation.accuracy < 0.5);
    }
  }
  const [few, all] = [points[0], points.at(-1)].map(
    ({ runs }) => runs.reduce((sum, { validation }) => sum + validation.accuracy, 0) / runs.length,
  );
  assert.ok(all >= few && all > 0.85, `${few} and ${all}`);
  const words = page.locator(".learning-words");
  assert.match(
    await words.textContent(),
    /^(More rows (would help|no longer help)|Whether more rows would help can’t be told)\. /,
  );
  assert.equal(await page.locator(".learning-curve").count(), 5);
  assert.equal(await page.locator(".learning-spot").count(), 8);
  await page.getByText("Curves as a table", { exact: true }).click();
  assert.equal(await page.locator("ty-learning-curves tbody tr").count(), 8);
  await page.getByText("How this is decided", { exact: true }).click();
  assert.deepEqual(await findings(page), []);
  const section = await page.evaluate(() => document.querySelector("ty-learning-curves").job.reported());
  assert.deepEqual([section.title, section.tables[0].rows.length], ["Learning curves", 8]);
  assert.equal(section.words[0], await words.textContent());
  // What is set of simpler models makes other curves.
  await page.evaluate(() => document.querySelector("ty-baselines-fold").open());
  await labeled(page, "Forest: number of trees").fill("0");
  await page.locator("ty-learning-curves .study-stale").waitFor();
  const lock = await page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().lock);
  assert.deepEqual([lock.isOpen, lock.looks], [false, 0]);
  assert.equal(await read(page, "Epoch"), 0);
  await page.close();
  assertNoProblems(problems);
});

test("against parameters: wider networks on the same rows, with their numbers of parameters", async () => {
  const { page, problems } = await site.open("#source=circle&layers=4&epochs=20");
  await openFold(page, "learning-curves");
  await labeled(page, "Parameters").check();
  await runStudy(page, "learning-curves", LABEL);
  const { points, problem, mode } = await study(page, "learning-curves");
  assert.deepEqual([problem, mode], ["", "parameters"]);
  assert.deepEqual(
    points.map(({ runs }) => runs[0].parameters),
    [1, 2, 4, 8, 16, 32, 64].map((width) => 4 * width + 1),
  );
  assert.ok(points.every(({ runs }) => runs.every(({ rows }) => rows === points[0].runs[0].rows)));
  const error = ({ runs }) => runs.reduce((sum, { validation }) => sum + 1 - validation.accuracy, 0) / runs.length;
  assert.ok(error(points[0]) > error(points[4]) + 0.05, "one unit can't tell a disc from a ring");
  assert.match(await page.locator(".learning-words").textContent(), /wider network/);
  await page.close();
  assertNoProblems(problems);
});

test("curves that are canceled keep what is done; of too few rows there are none", async () => {
  const { page, problems } = await site.open("#source=spiral&samples=5000&layers=64,64");
  await openFold(page, "learning-curves");
  await button(page, LABEL).click();
  await page.waitForFunction(() =>
    document
      .querySelector("ty-learning-curves")
      .job.store.get()
      .points.some(({ runs }) => runs.some(Boolean)),
  );
  await button(page, "Cancel").click();
  await button(page, LABEL).waitFor();
  const { points, isWhole } = await study(page, "learning-curves");
  const done = points.flatMap(({ runs }) => runs).filter(Boolean).length;
  assert.ok(done >= 1 && done < 40 && !isWhole, `${done}`);
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("samples", 24));
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().description?.rows.train < 25,
  );
  await page.waitForFunction((label) => {
    const found = [...document.querySelectorAll("ty-learning-curves button")].find((one) => one.textContent === label);
    return found.disabled;
  }, LABEL);
  await page.close();
  assertNoProblems(problems);
});
