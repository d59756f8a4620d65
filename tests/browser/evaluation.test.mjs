// Evaluation in the page, as somebody has it who asks whether the model is any good: scores, ROC and threshold,
// calibration, residuals.
import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { after, before, test } from "node:test";
import { formatShare } from "../../www/base/format.js";
import {
  address,
  assertNoProblems,
  button,
  findings,
  labeled,
  picture,
  ready,
  trainTo,
  until,
  untilRedrawn,
  untilSo,
} from "./playground.mjs";
import { openSite, screenshot } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** Opens a panel below the first screen by its element's name. */
async function openPart(page, name) {
  await page.locator(`ty-${name}-fold summary`).first().click();
  await page.locator(`ty-${name}-fold .row-parts`).waitFor();
}

const inStore = (page, pick) => page.evaluate(`(${pick})(document.querySelector("ty-run-bar").playground.store.get())`);

/** The counts beside the curves: true and false positives, false and true negatives, as they are read. */
const counts = async (page) => {
  const [tp, fn, fp, tn] = await page.$$eval(".tally-fixed b", (cells) =>
    cells.map((cell) => Number(cell.textContent)),
  );
  return { tp, fn, fp, tn };
};

const points = (page) =>
  page.$$eval(".curve-handle", (handles) =>
    handles.map((handle) => [handle.cx.baseVal.value, handle.cy.baseVal.value]),
  );

test("scores: those of the run, beside guessing, of the rows that are chosen, and with intervals when it stands", async () => {
  const { page, problems } = await site.open("#source=moons&noise=0.3&seed=3");
  await ready(page);
  await openPart(page, "metrics");
  const before = Number(await labeled(page, "AUROC").textContent());
  assert.ok(before >= 0 && before <= 1);
  await button(page, "Play").click();
  await untilSo("the AUROC follows the training", async () => Number(await labeled(page, "AUROC").textContent()) > 0.9);
  await button(page, "Pause").click();
  await until(page, "paused");
  const accuracy = () => labeled(page, "Accuracy").textContent();
  const isOf = async (part) =>
    (await accuracy()) === formatShare(await inStore(page, `({ frame }) => frame.${part}.accuracy`));
  await untilSo("the last frame counts", () => isOf("test"));
  await untilSo("there are intervals", async () =>
    /%\s–\s/.test(await page.locator(".metrics-interval").first().textContent()),
  );
  assert.match(await page.locator(".metrics-words").textContent(), /Wilson.*bootstrap/);
  // Guessing beside it: the most frequent class.
  const guess = await page.locator(".metrics tbody tr").first().locator("td").last().textContent();
  assert.ok(Number.parseFloat(guess) >= 45 && Number.parseFloat(guess) <= 60, guess);
  await page.locator("ty-metrics").getByRole("button", { name: "Training rows", exact: true }).click();
  await untilSo("they are the training rows'", () => isOf("training"));
  // An ⓘ has one plain line.
  await page.getByRole("button", { name: "About AUROC", exact: true }).click();
  await page.locator(".info-card").getByText("Guessing gets 0.5").waitFor();
  await page.keyboard.press("Escape");
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

test("one threshold moves both points, the counts, the confusion matrix and the boundary, and a new run puts it back", async () => {
  const { page, problems } = await site.open("#source=moons&noise=0.3&seed=3");
  await ready(page);
  await trainTo(page, 30);
  await openPart(page, "threshold");
  await page.locator(".tally-fixed").first().waitFor();
  const total = await inStore(page, "({ description }) => description.rows.test");
  const before = { counts: await counts(page), points: await points(page) };
  const sum = ({ tp, fp, fn, tn }) => tp + fp + fn + tn;
  await untilSo("they are the test rows", async () => sum(await counts(page)) === total);
  assert.equal(await page.locator(".stage ty-boundary").count(), 0);
  await labeled(page, "Threshold").fill("0.9");
  await untilSo("fewer are called positive", async () => (await counts(page)).tp < before.counts.tp);
  const moved = { counts: await counts(page), points: await points(page) };
  assert.ok(moved.counts.fp <= before.counts.fp && sum(moved.counts) === total);
  assert.notDeepEqual(moved.points[0], before.points[0], "the point on the ROC curve");
  assert.notDeepEqual(moved.points[1], before.points[1], "the point on the precision–recall curve");
  await page.locator(".boundary-words").getByText("class 1 above 0.90").waitFor();
  const boundary = await picture(page, ".stage .boundary-line");
  // What the page predicts follows: of every place on the picture.
  const decided = await inStore(
    page,
    "({ frame }) => frame.outputs.every((output, i) => frame.classes[i] === Number(output > 0.9))",
  );
  assert.ok(decided);
  await page.locator("ty-confusion-fold summary").click();
  await untilSo("the confusion matrix has the same counts", async () => {
    const cells = await page.$$eval(".confusion .tally", (all) => all.map((cell) => Number(cell.textContent)));
    const { tp, fp, fn, tn } = moved.counts;
    return JSON.stringify(cells) === JSON.stringify([tn, fp, fn, tp]);
  });
  // By the keyboard.
  await labeled(page, "Threshold").focus();
  for (let i = 0; i < 10; i++) await page.keyboard.press("ArrowLeft");
  const at = Number(await labeled(page, "Threshold").inputValue());
  assert.ok(at < 0.9 && at > 0.5, String(at));
  await untilRedrawn(page, ".stage .boundary-line", boundary);
  // Along the curve: to its upper right end, where all rows are positive.
  await page.locator(".unit-plot").first().scrollIntoViewIfNeeded();
  const box = await page.locator(".unit-plot").first().boundingBox();
  const [x, y] = (await points(page))[0];
  await page.mouse.move(box.x + x, box.y + y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 12, box.y + 24, { steps: 5 });
  await page.mouse.up();
  await untilSo("all are positive there", async () => {
    const { fn, tn } = await counts(page);
    return fn === 0 && tn === 0;
  });
  assert.equal(await inStore(page, "({ run }) => run.state"), "paused", "keys and pointer went to the threshold alone");
  // What errors cost chooses one.
  await labeled(page, "Cost of a false negative").fill("20");
  await button(page, "Use the cheapest threshold").click();
  const cheap = await counts(page);
  assert.ok(cheap.fn <= before.counts.fn);
  assert.match(
    await page.locator(".threshold-costs [role=status]").textContent(),
    new RegExp(`Expected cost: ${((cheap.fp + 20 * cheap.fn) / total).toFixed(3)} per row`),
  );
  await labeled(page, "Cost of a false negative").fill("-1");
  assert.ok(await button(page, "Use the cheapest threshold").isDisabled());
  await button(page, "Back to 0.5").click();
  await untilSo("all is as before", async () => JSON.stringify(await counts(page)) === JSON.stringify(before.counts));
  assert.equal(await page.locator(".boundary-words").count(), 0);
  // It belongs to the run.
  await labeled(page, "Threshold").fill("0.01");
  await page.locator(".boundary-words").waitFor();
  await page.locator(".meaning").getByText("class 1").waitFor();
  await labeled(page, "Threshold").fill("0.99");
  await page.locator(".meaning").getByText("class 0").waitFor();
  assert.deepEqual(await findings(page), []);
  await screenshot(page, "threshold-1440-light");
  await button(page, "Reset").click();
  await page.locator(".boundary-words").waitFor({ state: "detached" });
  await untilSo("the threshold is back", async () => (await labeled(page, "Threshold").inputValue()) === "0.5");
  await page.close();
  assertNoProblems(problems);
});

test("locked test rows are not asked about; unlocking here is counted as everywhere", async () => {
  const { page, problems } = await site.open("#source=penguins");
  await ready(page);
  await page.evaluate(() => {
    const { client } = document.querySelector("ty-run-bar").playground;
    const ask = client.ask.bind(client);
    globalThis.asked = [];
    client.ask = (type, fields, ...rest) => {
      if (type === "scores") globalThis.asked.push(fields.part);
      return ask(type, fields, ...rest);
    };
  });
  await openPart(page, "metrics");
  await labeled(page, "AUROC").waitFor();
  const pressed = () => page.locator("ty-metrics .row-parts [aria-pressed=true]").textContent();
  assert.notEqual(await pressed(), "Test rows");
  await page.locator("ty-metrics").getByRole("button", { name: "Test rows", exact: true }).click();
  await page.locator("ty-metrics .rows-locked").waitFor();
  await trainTo(page, 5);
  assert.equal(await labeled(page, "AUROC").count(), 0);
  const looks = () => inStore(page, "({ lock }) => lock.looks");
  assert.deepEqual([await page.evaluate(() => globalThis.asked.includes(2)), await looks()], [false, 0]);
  await button(page, "Unlock test rows").click();
  await labeled(page, "AUROC").waitFor();
  assert.deepEqual([await page.evaluate(() => globalThis.asked.includes(2)), await looks()], [true, 1]);
  await page.close();
  assertNoProblems(problems);
});

test("rows that are chosen beside one score are those of all, the confusion matrix among them", async () => {
  const { page, problems } = await site.open("#source=penguins&view=evaluation");
  await ready(page);
  await trainTo(page, 5);
  const chosen = () =>
    page.$$eval(".row-parts [aria-pressed=true]", (all) =>
      all.filter((one) => one.checkVisibility()).map((one) => one.textContent),
    );
  const all = (words) => Array(4).fill(words);
  await untilSo("all tell of training rows while the test rows are locked", async () =>
    isDeepStrictEqual(await chosen(), all("Training rows")),
  );
  const total = () =>
    page.$$eval(".confusion .tally", (cells) => cells.reduce((sum, cell) => sum + Number(cell.textContent), 0));
  const { train, test: sealed } = await inStore(page, "({ description }) => description.rows");
  await untilSo("training rows are counted", async () => (await total()) === train);
  await page.locator("ty-confusion").getByRole("button", { name: "Test rows", exact: true }).click();
  await untilSo("all are asked for test rows", async () => isDeepStrictEqual(await chosen(), all("Test rows")));
  assert.equal(await page.locator(".confusion .tally").count(), 0);
  await page.locator("ty-confusion .rows-locked button").click();
  await untilSo("test rows are counted", async () => (await total()) === sealed);
  await page.locator("ty-metrics").getByRole("button", { name: "Training rows", exact: true }).click();
  await untilSo("training rows are counted again", async () => (await total()) === train);
  await page.close();
  assertNoProblems(problems);
});

test("penguins, as a newcomer: is it any good? ROC, a threshold, and what follows it", async () => {
  const { page, problems } = await site.open("#source=penguins");
  await ready(page);
  await trainTo(page, 20);
  await openPart(page, "metrics");
  await untilSo("it is better than guessing", async () => Number(await labeled(page, "AUROC").textContent()) > 0.9);
  assert.equal(await page.locator(".metrics-classes tbody tr").count(), 3);
  await openPart(page, "threshold");
  await labeled(page, "Class against the rest").selectOption({ index: 0 });
  await page.locator(".tally-fixed").first().waitFor();
  const before = await counts(page);
  await labeled(page, "Threshold").fill("0.05");
  await untilSo("more are predicted so", async () => {
    const { tp, fp } = await counts(page);
    return tp + fp > before.tp + before.fp || (before.fn === 0 && tp === before.tp);
  });
  await page.locator(".boundary-words").getByText("Adelie above 0.05").waitFor();
  const isDecided = await inStore(
    page,
    "({ frame }) => frame.classes.every((said, i) => (said === 0) === frame.outputs[3 * i] > 0.05)",
  );
  assert.ok(isDecided, "the boundary on the picture is the threshold's");
  await openPart(page, "calibration");
  await page
    .locator(".calibration-words")
    .getByText(/probabilit|predicts/)
    .waitFor();
  const rows = await page.$$eval(".calibration-bins tbody tr td:last-child", (cells) =>
    cells.reduce((sum, cell) => sum + Number(cell.textContent), 0),
  );
  assert.equal(rows, await inStore(page, "({ description }) => description.rows.train"));
  assert.deepEqual(await findings(page), []);
  await page.locator("ty-calibration-fold").scrollIntoViewIfNeeded();
  await screenshot(page, "calibration-1440-light");
  await page.close();
  assertNoProblems(problems);
});

test("Auto MPG: residuals against any column, a row at a time, and errors in another unit", async () => {
  const { page, problems } = await site.open("#source=auto-mpg");
  await ready(page);
  await trainTo(page, 20);
  await openPart(page, "metrics");
  const read = async (name) => Number.parseFloat((await labeled(page, name).textContent()).replaceAll(",", ""));
  await untilSo("there is an MAE", async () => (await read("MAE")) > 0);
  const own = { mae: await read("MAE"), mse: await read("MSE"), r2: await read("R²") };
  await labeled(page, "Unit of errors").selectOption({ index: 1 });
  assert.ok(Math.abs((await read("MAE")) / own.mae - 1000) <= 5, "MAE is a thousand times larger");
  assert.ok(Math.abs((await read("MSE")) / own.mse - 1e6) <= 5000, "MSE a million times");
  assert.equal(await read("R²"), own.r2);
  await openPart(page, "residuals");
  await page.locator(".residual-low").waitFor({ state: "attached" });
  assert.match(
    await page.locator(".residuals-words").textContent(),
    /^Mean [−\d.]+ ± [\d.]+ \(standard deviation\) over \d+ rows\./,
  );
  const path = await page.locator(".residual-low").getAttribute("d");
  await labeled(page, "Residuals against").selectOption({ index: 3 });
  await untilSo(
    "the dots lie over a column",
    async () => (await page.locator(".residual-low").getAttribute("d")) !== path,
  );
  await page.locator(".residuals-plot").focus();
  await page.keyboard.press("ArrowRight");
  await page
    .locator(".residuals-row")
    .getByText(/^\s*Row \d+: actual .*, predicted .*, residual/)
    .waitFor();
  const first = await page.locator(".residuals-row").textContent();
  await page.keyboard.press("ArrowRight");
  await untilSo("the next row", async () => (await page.locator(".residuals-row").textContent()) !== first);
  // The sentence has the figures of the rows: actual − predicted.
  const [, actual, predicted, residual] = /actual ([\d.,]+), predicted ([\d.,−]+), residual ([\d.,−]+)\./.exec(
    await page.locator(".residuals-row").textContent(),
  );
  const number = (text) => Number(text.replace("−", "-").replaceAll(",", ""));
  assert.ok(Math.abs(number(actual) - number(predicted) - number(residual)) <= 0.02);
  assert.deepEqual(await findings(page), []);
  await page.locator("ty-residuals-fold").scrollIntoViewIfNeeded();
  await screenshot(page, "residuals-1440-light");
  for (const name of ["threshold", "calibration"])
    assert.equal(await page.locator(`ty-${name}-fold`).isVisible(), false, `${name} is about classes`);
  await page.close();
  assertNoProblems(problems);
});

test("the first class as the positive one: counts, areas and boundary are told of it, and the link keeps it", async () => {
  const { page, problems } = await site.open("#source=moons&noise=0.3&seed=3");
  await ready(page);
  await trainTo(page, 30);
  await openPart(page, "threshold");
  await page.locator(".tally-fixed").first().waitFor();
  await labeled(page, "Threshold").fill("0.8");
  await page.locator(".boundary-words").getByText("class 1 above 0.80").waitFor();
  const second = await counts(page);
  const decided = () => inStore(page, "({ frame }) => [...frame.classes].join('')");
  const before = await decided();
  const area = await page.locator(".threshold-areas b").first().textContent();
  await labeled(page, "Positive class").selectOption({ index: 0 });
  await page.locator(".boundary-words").getByText("class 0 above 0.20").waitFor();
  const first = await counts(page);
  assert.deepEqual([first.tp, first.fp, first.fn, first.tn], [second.tn, second.fn, second.fp, second.tp]);
  assert.equal(await page.locator(".threshold-areas b").first().textContent(), area, "the same area");
  assert.equal(await decided(), before, "what is decided stays");
  assert.equal(Number(await labeled(page, "Threshold").inputValue()).toFixed(6), "0.200000");
  // It moves as the other one does: a higher threshold finds fewer.
  await labeled(page, "Threshold").fill("0.9");
  await untilSo("fewer are called positive", async () => (await counts(page)).tp < first.tp);
  await page.locator(".boundary-words").getByText("class 0 above 0.90").waitFor();
  await labeled(page, "Cost of a false positive").fill("0");
  await button(page, "Use the cheapest threshold").click();
  await untilSo("all of the class are found where only misses cost", async () => (await counts(page)).fn === 0);
  assert.equal(new URL(await address(page)).hash.includes("positive=first"), true);
  await page.locator("ty-calibration-fold summary").first().click();
  assert.equal(await labeled(page, "Probability of").inputValue(), "0");
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});
