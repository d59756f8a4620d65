// Choosing a model honestly, in Chromium: restarts, folds, the verdict.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, findings, labeled, read, ready } from "./playground.mjs";
import { openFold, runStudy, study } from "./studies.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const text = async (page, selector) =>
  (await page.locator(selector).first().innerText()).replaceAll("\u00a0", " ").replaceAll("\n", " ");

test("restarts of a network end in other valleys; a linear model has one; the one that is clicked is the run then", async () => {
  const { page, problems } = await site.open("#source=line&layers=8&epochs=400");
  await openFold(page, "restarts");
  await runStudy(page, "restarts", "Try 20 seeds");
  assert.equal(await page.locator(".restart").count(), 20);
  assert.equal(await page.locator(".restart-dot").count(), 20);
  const losses = await page.locator(".restart b").allTextContents();
  assert.ok(new Set(losses).size > 5, losses.join(" "));
  const [mean, spread] = (await text(page, 'output[aria-label="Mean and spread"]')).split(" ± ").map(Number);
  assert.ok(mean > 7 && mean < 12 && spread > 0, `${mean} ± ${spread}`);
  assert.match(await text(page, ".restart-answer"), /^For x = 6, the 20 models predict/i);
  // The band is wider beyond the data than among them.
  const widths = await page.evaluate(() => {
    const { runs, asked } = document.querySelector("ty-restarts").job.store.get();
    const at = (i) => {
      const values = runs.map(({ outputs }) => outputs[i]);
      const middle = values.reduce((a, b) => a + b) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
    };
    return [at(asked.cells >> 1), at(asked.cells - 1)];
  });
  assert.ok(widths[1] > 3 * widths[0], widths.join(" "));
  await page.locator(".restart").nth(4).click();
  await page.waitForFunction(() => document.querySelectorAll(".restart")[4].ariaPressed === "true");
  await page.waitForFunction(
    (loss) => document.querySelector('output[aria-label="Training loss"]').textContent.trim() === loss,
    losses[4],
  );
  assert.equal(await read(page, "Epoch"), 400);

  await labeled(page, "Linear model").check();
  await runStudy(page, "restarts", "Try 20 seeds");
  assert.match(await text(page, ".restart-words"), /^All 20 seeds end at the same loss/);
  // From other weights the last steps may still be under way: 10.99 ± 0.00.
  assert.match(await text(page, 'output[aria-label="Mean and spread"]'), /^1(0\.9\d|1\.0\d) ± 0\.0\d$/);
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

test("restarts on a real set leave its test rows under lock, and can be canceled; what is done so far stays", async () => {
  const { page, problems } = await site.open("#source=iris&epochs=100000");
  await openFold(page, "restarts");
  await button(page, "Try 20 seeds").click();
  await page.waitForFunction(() => document.querySelector("ty-restarts").job.store.get().epoch > 0, null, {
    timeout: 60_000,
  });
  await button(page, "Cancel").click();
  await button(page, "Try 20 seeds").waitFor();
  assert.match(await text(page, "ty-restarts .study-controls"), /Canceled/);
  const { isWhole, runs } = await study(page, "restarts");
  assert.equal(isWhole, false);
  assert.ok(runs.filter(Boolean).length > 0);
  assert.ok(runs.every((run) => !run || run.test === undefined));
  const lock = await page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().lock);
  assert.deepEqual([lock.isOpen, lock.looks], [false, 0]);
  // The run on the page goes on as it stood.
  assert.equal(await read(page, "Epoch"), 0);
  await labeled(page, "Learning rate").first().waitFor();
  await page.close();
  assertNoProblems(problems);
});

test("ten folds of a real set: the mean score with its spread, each round in the picture, and the test set stays locked", async () => {
  const { page, problems } = await site.open("#source=iris");
  await openFold(page, "folds");
  await runStudy(page, "folds", "Cross-validate");
  assert.match(await text(page, 'output[aria-label="Mean score"]'), /^Accuracy 9\d\.\d% ± \d+\.\d%$/);
  const blocks = page.locator('.folds-picture [data-validates="true"]');
  assert.equal(await blocks.count(), 10);
  assert.equal(await page.locator('.folds-picture [data-validates="true"][data-state="done"]').count(), 10);
  assert.equal(await page.locator(".fold-curve").count(), 10);
  assert.equal(await page.locator(".fold-mean").count(), 1);
  assert.match(await text(page, "ty-folds"), /9 training blocks of 10: scaler\./);
  // Every row that is no test row validates once.
  const { rounds } = await study(page, "folds");
  const { rows, lock } = await page.evaluate(() => {
    const { description, lock } = document.querySelector("ty-run-bar").playground.store.get();
    return { rows: description.rows, lock };
  });
  assert.equal(
    rounds.reduce((sum, { result }) => sum + result.rows, 0),
    rows.train + rows.validation,
  );
  assert.ok(rounds.every(({ result }) => result.rows + result.trainingRows === rows.train + rows.validation));
  assert.deepEqual([lock.isOpen, lock.looks], [false, 0]);
  assert.equal(await read(page, "Epoch"), 0);
  await page.getByText("Every round", { exact: true }).click();
  assert.equal(await page.locator(".folds-table tbody tr").count(), 10);
  await labeled(page, "Score").selectOption("auroc");
  assert.match(await text(page, 'output[aria-label="Mean score"]'), /^AUROC (0\.9\d\d|1\.000) ± /);
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

test("six real voices: each left out once, beside new recordings of known ones; more folds than voices are refused", async () => {
  const { page, problems } = await site.open("#source=voices");
  await openFold(page, "folds");
  await labeled(page, "Deal rows").selectOption({ label: "Keep together: voice" });
  assert.match(await text(page, "ty-folds .problem"), /“voice” has 6\. Enter at most 6 folds\.$/);
  await labeled(page, "Folds").fill("6");
  await labeled(page, "Folds").press("Enter");
  await page.locator("ty-folds .problem").waitFor({ state: "detached" });
  await runStudy(page, "folds", "Cross-validate");
  const beside = page.getByRole("region", { name: "Known voices and new voices" });
  await beside.getByRole("button", { name: /^Cross-validate: New recordings of known voices/ }).click();
  await page.waitForFunction(() => document.querySelector("ty-folds").job.store.get().kept.length === 2);
  const words = await beside.locator(".folds-gap").innerText();
  const [, known, fresh] =
    /^Accuracy is ([\d.]+)% on known voices and ([\d.]+)% on new ones\. The gap of/.exec(words) ?? [];
  assert.ok(known >= 97 && fresh > 50 && fresh < 80, words);
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

test("a number of folds that can't be is named with its range; blocks in order; settings that change are said", async () => {
  const { page, problems } = await site.open("#source=sine&epochs=20");
  await openFold(page, "folds");
  await labeled(page, "Folds").fill("21");
  await labeled(page, "Folds").press("Enter");
  assert.match(await text(page, "ty-folds .problem"), /^Folds: 21 is outside 2…20\./);
  assert.ok(await button(page, "Cross-validate").isDisabled());
  assert.equal(await labeled(page, "Folds").inputValue(), "21");
  await labeled(page, "Folds").fill("10");
  await labeled(page, "Folds").press("Enter");
  await page.locator("ty-folds .problem").waitFor({ state: "detached" });
  await labeled(page, "Folds").fill("3");
  await labeled(page, "Folds").press("Enter");
  await labeled(page, "Deal rows").selectOption({ label: "In blocks of row order" });
  await runStudy(page, "folds", "Cross-validate");
  assert.match(await text(page, 'output[aria-label="Mean score"]'), /^R² [−\d.]+ ± [\d.]+$/);
  assert.equal(await page.locator('.folds-picture [data-validates="true"][data-state="done"]').count(), 3);
  await labeled(page, "Folds").fill("4");
  await labeled(page, "Folds").press("Enter");
  await page.locator(".study-stale").getByText("dealt before").waitFor();
  await labeled(page, "Folds").fill("3");
  await labeled(page, "Folds").press("Enter");
  await page.locator(".study-stale").waitFor({ state: "detached" });
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("epochs", 30));
  await page.locator(".study-stale").waitFor();
  await page.close();
  assertNoProblems(problems);
});

test("a cross-validation that is canceled keeps the rounds that are done, and says that they are not all", async () => {
  const { page, problems } = await site.open("#source=circle&epochs=3000");
  await openFold(page, "folds");
  await button(page, "Cross-validate").click();
  await page.waitForFunction(
    () =>
      document
        .querySelector("ty-folds")
        .job.store.get()
        .rounds.some(({ result }) => result),
    null,
    { timeout: 60_000 },
  );
  await button(page, "Cancel").click();
  await button(page, "Cross-validate").waitFor();
  assert.match(await text(page, "ty-folds .study-controls"), /Canceled/);
  const { rounds, isWhole } = await study(page, "folds");
  const done = rounds.filter(({ result }) => result).length;
  assert.ok(done >= 1 && done < 10 && !isWhole, `${done} of ${rounds.length}`);
  assert.match(await text(page, ".folds-mean"), new RegExp(`${done} of 10 rounds`));
  await page.close();
  assertNoProblems(problems);
});

/** The verdict of a link: its answer, what is to be taken, and its sentence. */
async function verdictOf(hash, prepare = async () => {}) {
  const { page, problems } = await site.open(hash);
  await ready(page);
  await prepare(page);
  await openFold(page, "verdict");
  await runStudy(page, "verdict", "Is it worth it?");
  const { answer, chosen, problem } = await study(page, "verdict");
  const words = await text(page, 'output[aria-label="Verdict"]');
  const lock = await page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().lock);
  assert.ok(!lock || (!lock.isOpen && lock.looks === 0), "the test set stays sealed");
  await page.close();
  assertNoProblems(problems);
  return { answer, chosen, words, problem };
}

test("on linear data the verdict takes the linear model", async () => {
  const { chosen, words } = await verdictOf("#source=plane");
  assert.equal(chosen, "ridge", words);
  assert.match(words, /^No.*linear regression/);
});

test("on the spiral the verdict is for the network", async () => {
  const { answer, chosen, words } = await verdictOf("#source=spiral");
  assert.deepEqual([answer, chosen], ["yes", "net"], words);
  assert.match(words, /^Yes\. The network beats logistic regression in (10|9|8|7) of 10 folds/);
});

for (const set of ["iris", "wine"])
  test(`on ${set} the verdict is a tie`, async () => {
    const { answer, chosen, words } = await verdictOf(`#source=${set}`);
    assert.deepEqual([answer, chosen], ["tie", "logistic"], words);
    assert.match(words, /tie.*Take logistic regression/);
  });

test("of 40 rows of noise the verdict says that it can't be told", async () => {
  let seed = 3;
  const next = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const csv = ["a,b,c,kind", ...Array.from({ length: 40 }, (_, i) => `${next()},${next()},${next()},${"xy"[i % 2]}`)];
  const { answer, chosen, words } = await verdictOf("", async (page) => {
    await page.evaluate(
      (rows) => document.querySelector("ty-run-bar").playground.openTable(new Blob([rows]), "noise.csv"),
      csv.join("\n"),
    );
    await page.waitForFunction(() => {
      const { description, table } = document.querySelector("ty-run-bar").playground.store.get();
      return table.title === "noise.csv" && description?.target === "kind";
    });
  });
  assert.deepEqual([answer, chosen], ["can't tell", null], words);
  assert.match(words, /^It can’t be told with 32 rows/);
});

test("what is set beside the baselines holds for the verdict's models, and its table says so", async () => {
  const { page, problems } = await site.open("#source=circle&epochs=5");
  await openFold(page, "baselines");
  await labeled(page, "Neighbors").focus();
  await page.keyboard.press("End");
  await openFold(page, "verdict");
  await runStudy(page, "verdict", "Is it worth it?");
  const names = () => page.locator(".verdict-table tbody th").allInnerTexts();
  assert.ok((await names()).includes("Nearest neighbors (Neighbors = 100)"), (await names()).join());
  const { hyperparameters } = await study(page, "verdict");
  assert.deepEqual(hyperparameters, { neighbors: 100 });
  assert.equal(await page.locator("ty-verdict .study-stale").count(), 0);
  await labeled(page, "Neighbors").focus();
  await page.keyboard.press("Home");
  await page.locator("ty-verdict .study-stale").waitFor();
  await page.close();
  assertNoProblems(problems);
});
