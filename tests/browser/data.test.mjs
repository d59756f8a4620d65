// The Data step in Chromium: rows of one's own and real ones, the doctor, the table, errors in their own units.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  assertNoProblems,
  boxesOf,
  button,
  csv,
  drawn,
  drop,
  findings,
  labeled,
  opened,
  paste,
  ready,
  until,
} from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const summary = (page) =>
  page.getByText("Your data: open a CSV or pick a real data set, then check and clean it", { exact: true });
const table = (page) => page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().table);
const settings = (page) => page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().settings);

/** Resolves when the doctor has looked. */
const examined = (page) =>
  page.waitForFunction(
    () =>
      document.querySelector("ty-doctor .findings")?.ariaBusy === "false" ||
      document.querySelector('ty-doctor .findings[aria-busy="false"]'),
  );

async function openStep(page) {
  await ready(page);
  await summary(page).click();
  await page.getByRole("heading", { name: "Real data", exact: true }).waitFor();
}

/** Opens the padlock; the run says the rest then. */
async function look(page) {
  await button(page, "Locked: unlock").click();
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".scores tbody tr:last-child td")].every(({ textContent }) => /\d/.test(textContent)),
  );
}

const scores = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".scores tbody tr")].map((row) =>
      [...row.cells].slice(1).map(({ textContent }) => Number.parseFloat(textContent.replaceAll(",", ""))),
    ),
  );

test("with a table the real sets are one row, the chosen one in sight; what was pressed stays pressed", async () => {
  const { page, problems } = await site.open();
  await openStep(page);
  await button(page, "Parkinson’s speech").click();
  await opened(page, "pd-speech");
  await page.locator("ty-split-bar .split").waitFor();
  await page.waitForFunction(() => {
    const [list, card] = [".bring-sets ul", '.set[data-chosen="true"]'].map((name) =>
      document.querySelector(name).getBoundingClientRect(),
    );
    return card.left >= list.left - 1 && card.right <= list.right + 1 && list.height < 320;
  });
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Parkinson’s speech");
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.close();
  assertNoProblems(problems);
});

test("a table from which nothing can be learned: no count of another one's rows, and no endless counting", async () => {
  const { page, problems } = await site.open();
  await openStep(page);
  await paste(page, `a,b,c\n${Array.from({ length: 50 }, (_, i) => `${i},${2 * i},`).join("\n")}`);
  await until(page, "failed");
  await page.waitForFunction(() =>
    document.querySelector("ty-doctor .note")?.textContent.includes("no column is left to learn"),
  );
  assert.equal(await page.locator("ty-split-bar .split").count(), 0);
  assert.doesNotMatch(await page.locator("ty-data-panel").textContent(), /to train on/);
  assert.match(await page.locator("ty-cleaning-steps").textContent(), /Nothing to report yet/);
  // Said what a column is, it can be learned from.
  await page.locator("ty-sheet select").first().selectOption("number");
  await opened(page, "table");
  await page.locator("ty-split-bar .split").waitFor();
  await page.locator("ty-cleaning-steps .balance").waitFor();
  await page.close();
  assertNoProblems(problems);
});

test("penguins, dropped with their gaps: findings, fixes, training, test accuracy above 95 %", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await drop(page, csv("penguins"), "penguins.csv");
  await page.getByRole("region", { name: "Data doctor" }).waitFor();
  await opened(page, "table");
  await examined(page);
  assert.equal((await table(page)).title, "penguins.csv");
  const findings = page.locator(".finding");
  const gaps = findings.filter({ hasText: "Missing values" });
  assert.ok((await gaps.count()) >= 1, "the gaps are found");
  await labeled(page, "Target").selectOption("species");
  await opened(page, "table");
  await examined(page);
  await page
    .getByRole("group", { name: /Fixes for Missing values/ })
    .first()
    .getByRole("button")
    .first()
    .click();
  await page.getByRole("region", { name: "Report" }).getByRole("listitem").first().waitFor();
  await opened(page, "table");
  await examined(page);
  const words = await page.locator(".balance").textContent();
  const [rowsIn, used, left] = words.match(/\d+/g).map(Number);
  assert.equal(rowsIn, 344);
  assert.equal(used + left, rowsIn);
  await labeled(page, "Speed").selectOption("max");
  await button(page, "Play").click();
  await until(page, "finished", 90_000);
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame.epoch >= 100);
  await look(page);
  const [, [test]] = await scores(page);
  assert.ok(test > 95, `${test} %`);
  await page.locator("ty-cleaning-steps").getByRole("button", { name: "Undo", exact: true }).click();
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().settings.clean.length === 0,
  );
  await page.close();
  assertNoProblems(problems);
});

test("a file that is dropped before the Data step is there opens it all the same, and has the focus", async () => {
  const { page, problems } = await site.open("about:blank");
  let isAsked = () => {};
  const asked = new Promise((resolve) => (isAsked = resolve));
  let release = () => {};
  const released = new Promise((resolve) => (release = resolve));
  await page.route(/\/later\.js/, async (route) => {
    isAsked();
    await released;
    await route.continue();
  });
  await page.goto(site.url);
  await asked;
  await ready(page);
  assert.equal(await page.locator("ty-data-fold").count(), 0);
  await drop(page, csv("penguins"), "penguins.csv");
  release();
  await page.getByRole("region", { name: "Data doctor" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.closest("ty-data-fold") !== null), true);
  await opened(page, "table");
  await page.close();
  assertNoProblems(problems);
});

test("houses, pasted: errors are read in the price's own unit", async () => {
  const { page, problems } = await site.open();
  await openStep(page);
  const rows = Array.from({ length: 200 }, (_, i) => [40 + ((i * 37) % 160), 1 + (i % 6), 1950 + ((i * 13) % 70)]);
  await paste(
    page,
    [
      "area,rooms,year,price",
      ...rows.map(
        ([area, rooms, year]) => `${area},${rooms},${year},${2500 * area + 8000 * rooms + 300 * (year - 1950)}`,
      ),
    ].join("\n"),
  );
  await opened(page, "table");
  const caption = page.locator(".scores caption");
  assert.equal(await caption.textContent(), "Error in price, in its own unit");
  await look(page);
  const before = await scores(page);
  assert.ok(before[1][0] > 50_000, `untrained, it is off by ${before[1][0]}`);
  await labeled(page, "Speed").selectOption("max");
  await button(page, "Play").click();
  await until(page, "finished", 90_000);
  await drawn(page);
  const [[trainMae, trainRmse], [mae, rmse]] = await scores(page);
  assert.ok(mae < 15_000 && mae <= rmse && trainMae <= trainRmse, `${mae}, ${rmse}`);
  // The Data step, which is open, has a plot of its own.
  const plot = page.getByRole("region", { name: "Evaluation" }).getByLabel("Plot", { exact: true });
  await plot.selectOption("truth");
  await page.getByRole("img", { name: /Predicted vs. actual price/ }).waitFor();
  await plot.selectOption("field");
  await labeled(page, "x axis").selectOption("rooms");
  await page.getByRole("img", { name: /Prediction map over rooms and/ }).waitFor();
  assert.match(await labeled(page, "Prediction").textContent(), /^[\d,]+$/);
  await page.close();
  assertNoProblems(problems);
});

test("every real set trains from one click", async () => {
  const { page, problems } = await site.open();
  await openStep(page);
  const names = await page.locator(".set-name").allTextContents();
  assert.equal(names.length, 15);
  await labeled(page, "Speed").selectOption("max");
  for (const name of names) {
    const card = page
      .locator(".set")
      .filter({ has: page.getByRole("button", { name: name.replace("✓ ", ""), exact: true }) });
    await card.getByRole("button").click();
    const source = await page.waitForFunction(
      () => document.querySelector("ty-run-bar").playground.store.get().settings.source,
    );
    await opened(page, await source.jsonValue());
    await button(page, "Play").click();
    await until(page, "finished", 90_000);
    await page.waitForFunction(
      () => document.querySelector("ty-run-bar").playground.store.get().frame.curve.training.length > 1,
    );
    const { first, last, said } = await page.evaluate(() => {
      const { frame, notice } = document.querySelector("ty-run-bar").playground.store.get();
      const { training } = frame.curve;
      return { first: training[0], last: training[training.length - 1], said: notice?.text ?? "" };
    });
    assert.doesNotMatch(said, /stopped/, `${name}: its worker trained to the end`);
    assert.ok(last < first * 0.9, `${name}: the loss went from ${first} to ${last}`);
    assert.equal(await card.getAttribute("data-chosen"), "true");
  }
  await page.close();
  assertNoProblems(problems);
});

test("formulas and markup in names and cells are text, and so is what is typed", async () => {
  const { page, problems } = await site.open();
  await openStep(page);
  const [evil, formula] = ["<img src=x onerror=alert(1)>", "=HYPERLINK(A1)"];
  await paste(
    page,
    [
      `"<b>size</b>","${evil}",kind`,
      ...Array.from({ length: 30 }, (_, i) => `${i},"${i % 2 ? evil : formula}",${i % 3 ? "a" : "<script>b</script>"}`),
    ].join("\n"),
  );
  await opened(page, "table");
  await examined(page);
  const cell = page.getByRole("gridcell").nth(1);
  assert.match(await cell.textContent(), /HYPERLINK|img/);
  await page.getByRole("grid").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("<i>9</i>");
  await page.keyboard.press("Enter");
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().settings.clean.length === 1,
  );
  assert.equal((await page.getByRole("gridcell").first().textContent()).trim(), "<i>9</i>");
  const foreign = await page.evaluate(
    () =>
      document.querySelectorAll(
        "ty-data-step :is(img, script, b > i, i), ty-output-panel :is(img, script), ty-data-panel :is(img, script)",
      ).length,
  );
  assert.equal(foreign, 0);
  assert.deepEqual((await settings(page)).clean, [{ fix: "set", row: 0, column: "<b>size</b>", to: "<i>9</i>" }]);
  await page.close();
  assertNoProblems(problems);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe-core finds nothing in the Data step, ${colorScheme}`, async () => {
    const { page, problems } = await site.open("#source=titanic", { colorScheme });
    await openStep(page);
    await examined(page);
    await page.getByText("Correlations", { exact: true }).click();
    await page.locator(".matrix").waitFor();
    await button(page, "Paste data").click();
    assert.deepEqual(await findings(page), []);
    await page.close();
    assertNoProblems(problems);
  });
}

test("at 320 pixels nothing scrolls sideways, and the table is still there", async () => {
  const { page, problems } = await site.open("#source=pd-speech", {
    viewport: { width: 320, height: 640 },
    hasTouch: true,
    isMobile: true,
  });
  await openStep(page);
  await examined(page);
  assert.ok((await page.getByRole("gridcell").count()) > 0);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  const [heads, ...parts] = await page.evaluate(() =>
    [".sheet-heads", ".column-name", ".sheet-head select"].map((name) => document.querySelector(name).offsetHeight),
  );
  assert.ok(Math.min(...parts) >= 44, `fingers need 44 pixels: ${parts}`);
  assert.ok(heads >= (await page.evaluate(() => document.querySelector(".sheet-head").scrollHeight)), "and all fits");
  await page.close();
  assertNoProblems(problems);
});

test("by keyboard: along the cells, into one, and out again; the set before comes back with Undo", async () => {
  const { page, problems } = await site.open("#source=iris");
  await openStep(page);
  await examined(page);
  const grid = page.getByRole("grid");
  await grid.focus();
  const active = () =>
    grid.evaluate((element) =>
      document.getElementById(element.getAttribute("aria-activedescendant"))?.textContent.trim(),
    );
  assert.equal(await active(), "5.1");
  for (const key of ["ArrowRight", "ArrowDown"]) await page.keyboard.press(key);
  assert.equal(await active(), "3");
  await page.keyboard.press("Control+End");
  await page.getByRole("rowheader", { name: "150", exact: true }).waitFor();
  await page.waitForFunction(() => document.querySelector('[data-active="true"]')?.textContent.trim() === "virginica");
  await page.keyboard.press("F2");
  await page.keyboard.type("nonsense");
  await page.keyboard.press("Escape");
  assert.deepEqual((await settings(page)).clean, []);
  await page.keyboard.press("Enter");
  await page.keyboard.type("setosa");
  await page.keyboard.press("Tab");
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().settings.clean.length === 1,
  );
  await opened(page, "iris");
  await examined(page);
  await page.getByRole("region", { name: "Report" }).getByRole("button", { name: "Undo", exact: true }).press("Enter");
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().settings.clean.length === 0,
  );
  await page.close();
  assertNoProblems(problems);
});

test("a table beyond the limit is told as soon as it is passed, with the limit", async () => {
  const { page, problems } = await site.open();
  await openStep(page);
  const share = await page.evaluate(async () => {
    const { playground } = document.querySelector("ty-run-bar");
    const rows = `${"1,".repeat(8999)}1\n`.repeat(60);
    const blob = new Blob([
      `${Array.from({ length: 9000 }, (_, i) => `c${i}`).join(",")}\n`,
      ...new Array(160).fill(rows),
    ]);
    let most = 0;
    playground.store.subscribe(
      ({ table: { progress } }) => (most = Math.max(most, progress.bytes / progress.total || 0)),
    );
    await playground.openTable(blob, "wide.csv");
    return most;
  });
  assert.ok(share > 0.1 && share < 0.6, `told after ${share} of the file`);
  await page
    .getByRole("alert")
    .getByText("The table is larger than 25000000 cells: 2777 rows of 9000 columns fit.")
    .waitFor();
  await page.close();
  assertNoProblems(problems);
});

test("with a table, what one plays with stands on 1440 × 900: the picture larger, and nothing moves", async () => {
  for (const source of ["iris", "breast-cancer", "airquality", "titanic"]) {
    const { page, problems } = await site.open(`#source=${source}`);
    await ready(page);
    const boxes = () => boxesOf(page, ["ty-loss-chart", "ty-training-panel", "ty-table-facts", ".stage"]);
    const before = await boxes();
    assert.ok(
      before.every(({ bottom }) => bottom <= 901),
      `${source}: ${JSON.stringify(before)}`,
    );
    assert.ok(before[3].width >= 440, `${source}: ${before[3].width}`);
    // The line above the picture is the panel's own: it names it, and its choice joins the name.
    const name = () => boxesOf(page, ["ty-output-panel .panel-head", "ty-output-panel .panel-head h2"]);
    const [line, heading] = await name();
    assert.ok(heading.width > 60 && heading.top >= line.top && heading.bottom <= line.bottom, `${source}: no name`);
    await look(page);
    await labeled(page, "Show test data").waitFor();
    await page.evaluate(() => scrollTo(0, 0));
    const after = await boxes();
    assert.deepEqual(after[3], before[3], "opening the padlock moves nothing");
    assert.deepEqual(await name(), [line, heading]);
    assert.ok(
      after.every(({ bottom }) => bottom <= 901),
      `${source}, open: ${JSON.stringify(after)}`,
    );
    await page.close();
    assertNoProblems(problems);
  }
});

test("the doctor's examination has a bar and a button that stops it; it says so, and begins again when asked", async () => {
  const { page, problems } = await site.open("#source=titanic&view=data");
  await ready(page);
  await examined(page);
  const head = page.locator(".doctor-head");
  // Pressed while he looks; these rows take him an instant, so the page does it at once.
  await page.evaluate(() => {
    const { inspector } = document.querySelector("ty-doctor");
    const { tables } = document.querySelector("ty-run-bar").playground;
    const { doctor } = tables;
    tables.doctor = (data) => {
      tables.doctor = doctor;
      const asked = tables.doctor(data);
      inspector.stop();
      return asked;
    };
    inspector.apply({ fix: "drop-duplicates" });
  });
  await head.getByText("The check was stopped. Nothing is said of these rows.").waitFor();
  assert.equal(await page.locator("ty-doctor .finding").count(), 0);
  await head.getByRole("button", { name: "Check the rows" }).press("Enter");
  await page.locator("ty-doctor .finding").first().waitFor();
  // As it is while he is at many rows: a bar, and the button before it is over.
  await page.evaluate(() => document.querySelector("ty-doctor").inspector.store.set({ findings: null, examined: 0.4 }));
  await head.getByRole("progressbar", { name: "Check of the rows" }).waitFor();
  assert.equal(await head.getByRole("progressbar").evaluate(({ value }) => value), 0.4);
  assert.deepEqual(await findings(page), []);
  await head.getByRole("button", { name: "Stop the check" }).press("Enter");
  await page.evaluate(() => document.querySelector("ty-doctor").inspector.store.set({ isStopped: true }));
  await page.waitForFunction(() => document.activeElement?.textContent === "Check the rows");
  await page.close();
  assertNoProblems(problems);
});

test("what is no table is told in a sentence, and the run goes on", async () => {
  const { page, problems } = await site.open();
  await openStep(page);
  await drop(page, "PK\u0003\u0004nothing", "budget.xlsx");
  await page
    .getByRole("alert")
    .getByText(/budget\.xlsx can't be read as a workbook/)
    .waitFor();
  await drop(page, "", "empty.csv");
  await page.getByRole("alert").getByText("empty.csv is empty.").waitFor();
  await button(page, "Step").click();
  await until(page, "paused");
  await page.close();
  const { page: linked, problems: others } = await site.open("#source=table");
  await linked
    .getByRole("alert")
    .getByText(/a link can’t contain/)
    .waitFor();
  await linked.close();
  assertNoProblems([...problems, ...others]);
});

test("where it isn't known any more how much there is to read, the bar says so and nothing fails", async () => {
  const { page, problems } = await site.open("#source=iris&view=data");
  await ready(page);
  await page.locator("ty-bring-rows .bring-state").waitFor({ state: "attached" });
  const reads = (progress) =>
    page.evaluate((progress) => {
      const { store } = document.querySelector("ty-run-bar").playground;
      store.set(({ table }) => ({ table: { ...table, phase: "reading", progress } }));
    }, progress);
  const position = (wanted) =>
    page.waitForFunction((at) => document.querySelector("ty-bring-rows progress")?.position === at, wanted);
  await reads({ rows: 0, bytes: 0, total: 0 });
  await position(-1);
  await reads({ rows: 3, bytes: 50, total: 200 });
  await position(0.25);
  // Another file is opened while one is read.
  await reads({ rows: 0, bytes: 0, total: 0 });
  await position(-1);
  await page.close();
  assertNoProblems(problems);
});
