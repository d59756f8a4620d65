// What is decided once: classes by the engine, numbers of rows as the sheet has them, and what names may be.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, labeled, ready, until } from "./playground.mjs";
import { openSite, screenshot } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const store = (page, pick) => page.evaluate(`(${pick})(document.querySelector("ty-run-bar").playground.store.get())`);
const openStep = (page) =>
  page.getByText("Your data: open a CSV or pick a real data set, then check and clean it", { exact: true }).click();
const opened = (page, source) =>
  page.waitForFunction(
    (name) => {
      const { settings, description, frame } = document.querySelector("ty-run-bar").playground.store.get();
      return settings.source === name && description?.target && frame?.outputs;
    },
    source,
    { timeout: 60_000 },
  );

/** The matrix on the screen once it counts so many rows, with so many right. */
const matrix = (page, rows, right) =>
  page.waitForFunction(
    ([all, diagonal]) => {
      const counts = [...document.querySelectorAll(".confusion .tally")].map((cell) => ({
        count: Number(cell.textContent),
        isRight: cell.dataset.right === "true",
      }));
      const sum = (some) => some.reduce((total, { count }) => total + count, 0);
      return sum(counts) === all && sum(counts.filter(({ isRight }) => isRight)) === diagonal;
    },
    [rows, right],
    { timeout: 30_000 },
  );

test("hinge: the matrix's share right is the accuracy, to the row; scores are called scores", async () => {
  const { page, problems } = await site.open(
    "#source=three-spiral&layers=none&loss=hinge&optimizer=adam&learningRate=0.01&noise=0.1&epochs=300",
  );
  await ready(page);
  await page.locator("ty-confusion-fold summary").click();
  await labeled(page, "Speed").selectOption("max");
  await button(page, "Play").click();
  await until(page, "finished", 60_000);
  for (const [name, part] of [
    ["Test rows", "test"],
    ["Training rows", "training"],
  ]) {
    await button(page, name).click();
    const { accuracy, rows } = await store(page, `({ frame }) => frame.${part}`);
    await matrix(page, rows, Math.round(accuracy * rows));
  }
  await page.locator(".confusion .tally button:enabled").first().click();
  await page.getByRole("columnheader", { name: "Score", exact: true }).waitFor();
  assert.match(
    await page.locator(".meaning").first().textContent(),
    /^[▲●■] class \d, score −?[\d.]+ · [▲●■] −?[\d.]+ · [▲●■] −?[\d.]+$/,
  );
  assert.doesNotMatch(await page.locator("body").innerText(), /probabilit/i);
  for (const [width, scheme] of [
    [1440, "light"],
    [390, "dark"],
  ]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await page.waitForTimeout(200);
    await page.locator("ty-confusion-fold").scrollIntoViewIfNeeded();
    await screenshot(page, `decision-matrix-${width}-${scheme}`);
    await page.locator(".prediction").first().scrollIntoViewIfNeeded();
    await screenshot(page, `decision-scores-${width}-${scheme}`);
  }
  await page.close();
  assertNoProblems(problems);
});

test("more points than the page draws are counted all the same", async () => {
  const { page, problems } = await site.open("#source=circle&samples=5000&noise=0.3&layers=none");
  await ready(page);
  await page.locator("ty-confusion-fold summary").click();
  await button(page, "Training rows").click();
  const { accuracy, rows } = await store(page, "({ frame }) => frame.training");
  assert.equal(rows, 4000);
  await matrix(page, rows, Math.round(accuracy * rows));
  await page.close();
  assertNoProblems(problems);
});

test("rows are numbered alike in sheet, report and matrix: from 1, where the document has them from 0", async () => {
  const { page, problems } = await site.open(
    '#source=iris&clean=[{"fix":"relabel","row":4,"to":"virginica"}]&epochs=20',
  );
  await ready(page);
  await opened(page, "iris");
  await openStep(page);
  await page.getByText('Row 5 now labeled "virginica".', { exact: true }).waitFor();
  const fifth = page.locator('.sheet-row[aria-rowindex="6"]');
  assert.match(await fifth.locator(".sheet-index").textContent(), /5$/);
  await page.locator("ty-confusion-fold summary").click();
  await button(page, "Training rows").click();
  await button(page, "Play").click();
  await until(page, "finished", 60_000);
  const { accuracy, rows } = await store(page, "({ frame }) => frame.training");
  await matrix(page, rows, Math.round(accuracy * rows));
  // Every row behind a count, by the number that it has in the sheet.
  const cells = page.locator(".confusion .tally button:enabled");
  const known = await store(
    page,
    "({ points }) => [...points.tableRows].map((row, i) => `${row + 1} ${points.targets[i]} ${points.part[i]}`)",
  );
  for (let i = 0; i < (await cells.count()); i++) {
    await cells.nth(i).click();
    const [row] = await page.$$eval(".confused tbody tr", (all) =>
      all.map(({ cells: [, number] }) => number.textContent),
    );
    const index = Math.floor(
      (await cells
        .nth(i)
        .evaluate((cell) => [...cell.closest("tbody").querySelectorAll(".tally")].indexOf(cell.closest("td")))) / 3,
    );
    assert.ok(known.includes(`${row} ${index} 0`), `row ${row} of class ${index}`);
  }
  await page.close();
  assertNoProblems(problems);
});

test("the Data step keeps the table of the chosen data set, and no other, in sight", async () => {
  const { page, problems } = await site.open("#source=auto-mpg");
  await ready(page);
  await opened(page, "auto-mpg");
  await openStep(page);
  const table = page.getByRole("region", { name: "The table", exact: true });
  await table.waitFor();
  for (const name of ["Spiral", "Line"]) {
    await page.evaluate(
      (source) => document.querySelector("ty-run-bar").playground.set("source", source),
      name.toLowerCase(),
    );
    await table.waitFor({ state: "detached" });
    assert.equal(
      await page
        .locator(
          'ty-data-step [data-setting="target"], ty-data-step .sheet, ty-data-step ty-doctor, ty-data-step ty-column-card',
        )
        .count(),
      0,
    );
    await ready(page);
    assert.doesNotMatch(await page.evaluate(() => location.hash), /target|kinds|clean|task|axes/);
  }
  await screenshot(page, "decision-band-toy");
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("source", "auto-mpg"));
  await table.waitFor();
  await opened(page, "auto-mpg");
  await table
    .getByLabel("Target", { exact: true })
    .selectOption("weight (lb)")
    .catch(() => table.getByLabel("Target", { exact: true }).selectOption({ index: 1 }));
  await page.waitForFunction(() => /target=/.test(location.hash));
  await page.close();
  assertNoProblems(problems);
});

test("columns and classes may have any names", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  const names = ["constructor", "__proto__", "valueOf", "hasOwnProperty"];
  const rows = Array.from(
    { length: 60 },
    (_, i) => `${(i * 17) % 29}.5,${(i * 7) % 13},${(i * 5) % 11},${i % 4},${["toString", "__proto__"][i % 2]}`,
  );
  const text = [`${names.join(",")},toString`, ...rows].join("\n");
  const transfer = await page.evaluateHandle((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], "names.csv", { type: "text/csv" }));
    return data;
  }, text);
  await page.dispatchEvent("#app", "dragover", { dataTransfer: transfer });
  await page.dispatchEvent("#app", "drop", { dataTransfer: transfer });
  await opened(page, "table");
  assert.deepEqual(
    await store(page, "({ description }) => [description.columns, description.classNames, description.target]"),
    [names, ["__proto__", "toString"], "toString"],
  );
  await page.evaluate(() =>
    document
      .querySelector("ty-run-bar")
      .playground.set("kinds", JSON.parse('{"__proto__":"category","constructor":"ignore"}')),
  );
  await page.waitForFunction(() => {
    const { description } = document.querySelector("ty-run-bar").playground.store.get();
    return description?.columns.length === 3 && description.columnKinds[0] === "category";
  });
  assert.deepEqual(
    await store(page, "({ description }) => [description.columns, Object.entries(description.spec.data.kinds)]"),
    [
      names.slice(1),
      [
        ["__proto__", "category"],
        ["constructor", "ignore"],
      ],
    ],
  );
  assert.match(
    await page.evaluate(() => decodeURIComponent(location.hash)),
    /kinds=\{"__proto__":"category","constructor":"ignore"\}/,
  );
  await button(page, "Step").click();
  await page.locator("ty-confusion-fold summary").click();
  await button(page, "Training rows").click();
  await page.getByRole("columnheader", { name: /Predicted ▲ __proto__/ }).waitFor();
  assert.doesNotMatch(await page.locator("body").innerText(), /\[object|native code|undefined/);
  await page.close();
  assertNoProblems(problems);
});
