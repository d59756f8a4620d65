// Somebody with a table, from its faults to the opened test set: on penguins (classes) and on Auto MPG (a number), through
// the page as a reader has it. Nothing of the test set is shown before its lock is opened, and the report holds all of it.
import assert from "node:assert/strict";
import fs from "node:fs";
import { after, before, test } from "node:test";
import { assertNoProblems, button, labeled, ready, state, until, untilEpoch, untilSo } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const store = (page, pick) => page.evaluate(`(${pick})(document.querySelector("ty-run-bar").playground.store.get())`);
const lock = (page) => store(page, "({ lock }) => [lock.isOpen, lock.looks]");
const text = async (locator) => (await locator.innerText()).replaceAll("\u00a0", " ").replaceAll("\n", " ").trim();

/** The cells of a table, row by row, without the buttons that explain them. */
const cells = (locator) =>
  locator.evaluate((table) =>
    [...table.rows].map((row) =>
      [...row.cells].map((cell) => {
        const buttons = [...cell.querySelectorAll("button")].map(({ innerText }) => innerText).join("");
        return cell.innerText
          .slice(0, cell.innerText.length - buttons.length)
          .replaceAll(/\s+/g, " ")
          .trim();
      }),
    ),
  );

const openStep = async (page, title) => {
  await page
    .getByRole("navigation", { name: "Workflow" })
    .getByRole("button", { name: new RegExp(`^${title}`) })
    .click();
  await page.getByRole("heading", { name: title, level: 2, exact: true }).waitFor();
};

/** A run stands on the page, with its picture and what is asked of it: the settings, and the description of its rows. */
const stands = (page, isSo) =>
  untilSo(`a run stands so that ${isSo}`, async () => {
    const { isReady, ...about } = await store(
      page,
      `({ run, frame, description, settings }) => ({
        isReady: run?.state === "ready" && frame?.step === 0 && Boolean(frame.outputs && description?.target),
        description: { target: description?.target, rows: description?.rows },
        settings: { source: settings.source, clean: settings.clean },
      })`,
    );
    return isReady && isSo(about);
  });

const examined = (page) => page.locator('ty-doctor .findings[aria-busy="false"]').waitFor();

/** Presses a study's button and waits until it has ended, all of it. */
async function study(page, label, view) {
  await button(page, label).click();
  await page.waitForFunction(
    (name) => {
      const { phase, problem } = document.querySelector(name).job.store.get();
      return phase === "done" || problem;
    },
    view,
    { timeout: 180_000 },
  );
  const { phase, isWhole, problem } = await page.evaluate((name) => {
    const { phase, isWhole, problem } = document.querySelector(name).job.store.get();
    return { phase, isWhole, problem };
  }, view);
  assert.deepEqual({ phase, isWhole, problem }, { phase: "done", isWhole: true, problem: "" }, view);
}

/** All that a reader, or a screen reader, is told. */
const told = (page) =>
  page.evaluate(() => {
    const labels = [...document.querySelectorAll("[aria-label]")].map((element) => element.getAttribute("aria-label"));
    return [document.body.innerText, ...labels].join("\n");
  });

async function report(page) {
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    button(page, "Download as Markdown").first().click(),
  ]);
  return fs.readFileSync(await saved.path(), "utf8");
}

/** A report's sections, by their titles; its tables as cells. */
const sections = (markdown) =>
  Object.fromEntries(
    markdown
      .split(/^## /m)
      .slice(1)
      .map((one) => [one.slice(0, one.indexOf("\n")), one.slice(one.indexOf("\n"))]),
  );
const tableIn = (section) =>
  section
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .map((line) =>
      line
        .slice(2, -2)
        .split(" | ")
        .map((cell) => cell.replaceAll("\\", "")),
    );

/**
 * The journey. `clean` mends what the doctor found, `judge` looks at the trained model's errors and returns what the report
 * has to say of them.
 *
 * @param {{name: string, set: string, target: string, clean: (page: import("playwright-core").Page) => Promise<void>, judge: (page: import("playwright-core").Page) => Promise<(sectionOf: (title: string) => string) => void>, score: string}} how
 */
async function walk({ name, set, target, clean, judge, score }) {
  const { page, problems } = await site.open("", { acceptDownloads: true });
  page.setDefaultTimeout(15_000);
  await ready(page);
  const isLocked = async (where) => assert.deepEqual(await lock(page), [false, 0], where);

  await openStep(page, "Data");
  await button(page, set).click();
  await stands(page, ({ settings }) => settings.source === name);
  if ((await store(page, "({ description }) => description.target")) !== target) {
    await labeled(page, "Target").first().selectOption(target);
    await stands(page, ({ description }) => description.target === target);
  }
  await examined(page);
  await clean(page);
  const [rowsIn, used, excluded] = (await text(page.locator(".balance"))).match(/\d+/g).map(Number);
  assert.equal(used + excluded, rowsIn);
  await isLocked("cleaned");

  await openStep(page, "Training");
  await button(page, "Back to the playground").click();
  await button(page, "More training settings").click();
  await labeled(page, "Validation share").fill("0.25");
  await labeled(page, "Validation share").press("Enter");
  await stands(page, ({ description }) => description.rows.validation > 0);
  const rows = await store(page, "({ description }) => description.rows");
  assert.equal(rows.train + rows.validation + rows.test, used);
  await isLocked("split");

  await labeled(page, "Epochs").fill("2000");
  await labeled(page, "Epochs").press("Enter");
  await button(page, "Play").click();
  await untilEpoch(page, 60);
  await button(page, "Pause").click();
  await until(page, "paused");
  assert.equal(await labeled(page, "Test loss").textContent(), "locked");
  await isLocked("trained");

  await openStep(page, "Selection");
  await study(page, "Cross-validate", "ty-folds");
  const folds = { mean: await text(labeled(page, "Mean score")) };
  await page.getByText("Every round", { exact: true }).click();
  folds.table = await cells(page.locator(".folds-table table"));
  assert.equal(folds.table.length, 11);
  await isLocked("cross-validated");

  await openStep(page, "Evaluation");
  const judged = await judge(page);
  await isLocked("judged");

  await openStep(page, "Selection");
  await study(page, "Fit baselines", "ty-baselines");
  const baselines = await cells(page.locator(".baselines-table"));
  await study(page, "Is it worth it?", "ty-verdict");
  const verdict = {
    words: await text(page.getByRole("status", { name: "Verdict" })),
    table: await cells(page.locator(".verdict-table")),
  };
  assert.match(verdict.words, /^(Yes|No|It can)/);
  await isLocked("judged by the rule");
  assert.deepEqual(await store(page, "({ frame }) => frame.test"), null);

  // The report of a locked test set has no figure of it.
  await openStep(page, "Export");
  const sealed = sections(await report(page));
  assert.ok(
    tableIn(sealed.Result)
      .slice(1)
      .every((row) => row.at(-1) === "locked"),
    sealed.Result,
  );
  assert.ok(!Object.keys(sealed).some((title) => /test row/.test(title)), Object.keys(sealed).join("; "));
  await isLocked("reported");
  const before = await told(page);

  await button(page, "Back to the playground").click();
  await button(page, "Locked: unlock").click();
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame?.test);
  assert.deepEqual(await lock(page), [true, 1]);
  const loss = await store(page, "({ frame }) => frame.test.loss.toFixed(4)");
  await untilSo("the test loss is shown", async () => (await labeled(page, "Test loss").textContent()) === loss);
  assert.ok(!before.includes(loss) && !Object.values(sealed).join().includes(loss), "it was told nowhere before");

  // What Evaluation shows of the test rows is what the report says.
  await openStep(page, "Evaluation");
  await page.locator("ty-metrics").getByRole("button", { name: "Test rows", exact: true }).click();
  await untilSo("there are intervals", async () => (await cells(page.locator(".metrics").first())).at(1)[2] !== "–");
  const metrics = await cells(page.locator(".metrics").first());
  await openStep(page, "Export");
  const whole = sections(await report(page));
  assert.deepEqual(tableIn(whole[`Scores, ${rows.test} test rows`]).slice(0, metrics.length), metrics);
  assert.ok(whole.Result.includes(`| Loss | ${await store(page, "({ frame }) => frame.training.loss.toFixed(4)")} |`));
  assert.match(whole.Result, new RegExp(`${loss} \\|\n`));
  assert.match(whole.Data, new RegExp(`Views of the test set: 1\n`));
  assert.match(whole.Data, new RegExp(`${rows.train} training, ${rows.validation} validation, ${rows.test} test`));
  assert.ok(whole["Cleaning steps"].includes(`${rowsIn} rows in = ${used} used + ${excluded} excluded`));
  assert.match(whole.Training, /- Learning rate: /);
  assert.ok(whole["Cross-validation"].includes(folds.mean), folds.mean);
  assert.deepEqual(tableIn(whole["Cross-validation"]), folds.table);
  for (const one of [sealed, whole]) judged((title) => one[`${title}, ${rows.validation} validation rows`]);
  const written = tableIn(whole.Baselines);
  assert.deepEqual(
    written.map(([model, held, ...rest]) => [model, held.replace(", ", " "), ...rest]),
    baselines,
  );
  assert.ok(whole.Verdict.replaceAll("\\", "").includes(verdict.words), whole.Verdict);
  assert.deepEqual(
    tableIn(whole.Verdict),
    verdict.table.map((row) => row.toSpliced(2, 1)), // the bar
  );
  assert.ok(whole["Cross-validation"].includes(`: ${score} `));
  assert.equal((await state(page)).settings.view, "export");
  await page.close();
  assertNoProblems(problems);
  return { sealed, whole };
}

/** Takes back what a real set comes with, then the first fix that is offered for each of these kinds of findings. */
async function fix(page, ...kinds) {
  await page.getByRole("region", { name: "Report" }).getByRole("button", { name: "Undo", exact: true }).click();
  await stands(page, ({ settings }) => settings.clean.length === 0);
  await examined(page);
  for (const kind of kinds) {
    const before = await store(page, "({ settings }) => settings.clean.length");
    await page
      .getByRole("group", { name: new RegExp(`^Fixes for ${kind}`) })
      .first()
      .getByRole("button")
      .first()
      .click();
    await stands(page, ({ settings }) => settings.clean.length > before);
    await examined(page);
  }
}

test("penguins: clean, split, train, stop, folds, threshold, baselines, verdict, and only then the test set", async () => {
  const { whole } = await walk({
    name: "penguins",
    set: "Palmer penguins",
    target: "sex",
    score: "Accuracy",
    clean: (page) => fix(page, "Missing values"),
    async judge(page) {
      const panel = page.locator("ty-threshold-panel");
      await panel.locator(".tally-fixed").first().waitFor();
      await labeled(page, "Cost of a false negative").fill("5");
      await button(page, "Use the cheapest threshold").click();
      await untilSo("the threshold moved", async () => store(page, "({ threshold }) => threshold !== null"));
      const at = await text(panel.locator(".threshold-handle .slider-value"));
      const counts = await panel.locator(".tally-fixed b").allInnerTexts();
      const sentence = await text(panel.locator(".threshold-counts p"));
      const cost = await text(panel.locator(".threshold-costs p"));
      return (sectionOf) => {
        const section = sectionOf("ROC and threshold");
        assert.ok(section.includes(`- Threshold: ${at}\n`), section);
        assert.ok(section.includes(sentence) && section.includes(`- ${cost}`), section);
        assert.ok(section.includes("- Cost of a false negative: 5\n"), section);
        assert.deepEqual(
          tableIn(section)
            .slice(1)
            .flatMap(([, ...row]) => row),
          counts,
        );
      };
    },
  });
  assert.match(whole.Data, /- Target: 2 classes, sex/);
});

test("Auto MPG: clean, split, train, stop, folds, residuals, baselines, verdict, and only then the test set", async () => {
  const { whole } = await walk({
    name: "auto-mpg",
    set: "Auto MPG",
    target: "miles per gallon",
    score: "R²",
    clean: (page) => fix(page, "Missing values"),
    async judge(page) {
      const words = await text(page.locator(".residuals-words"));
      return (sectionOf) => assert.ok(sectionOf("Residuals").includes(words), sectionOf("Residuals"));
    },
  });
  assert.ok(!Object.keys(whole).some((title) => title.startsWith("ROC")));
});

test("each way out of the Export step does what it says", async () => {
  const { page, problems } = await site.open("#source=iris&view=export", {
    acceptDownloads: true,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  page.setDefaultTimeout(15_000);
  await ready(page);
  await page.locator("ty-export button").first().waitFor();
  const press = (name) => page.locator("ty-export").getByRole("button", { name, exact: true }).click();
  await press("Copy link");
  await page.locator(".notice", { hasText: "Link copied" }).waitFor();
  for (const name of ["Edit the Spec…", "Share or embed…"]) {
    await press(name);
    await page.locator("dialog[open]").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
  }
  for (const [name, file] of [
    ["Download experiment", /\.json$/],
    ["Download as a web page", /\.html$/],
    ["Download as Markdown", /\.md$/],
  ]) {
    const [saved] = await Promise.all([page.waitForEvent("download"), press(name)]);
    assert.match(saved.suggestedFilename(), file);
  }
  await page.close();
  assertNoProblems(problems);
});
