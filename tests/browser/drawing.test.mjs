// Drawing points of one's own, in Chromium: by mouse, by finger and by keyboard; and what becomes of them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, assertNoProblems, button, findings, labeled, ready, showTab, until } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const points = (page) =>
  page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().settings.points);
const numbers = (text) => text.split("!").map((part) => (part ? part.split(",").length / 2 : 0));
const board = (page) => page.getByRole("application", { name: "Drawing board" });
/** Takes back a stroke; the masthead's Undo takes back a setting. */
const undo = (page) => page.locator("ty-drawn-output").getByRole("button", { name: "Undo", exact: true });

async function openBoard(page) {
  await ready(page);
  await showTab(page, "Data");
  await page.locator("ty-data-panel").getByRole("button", { name: "Draw", exact: true }).click();
  await showTab(page, "Picture");
  await board(page).waitFor();
  await board(page).scrollIntoViewIfNeeded();
}

/** Where a point of the plane is on the screen. */
async function at(page, x, y) {
  const box = await board(page).boundingBox();
  return [box.x + ((x + 6) / 12) * box.width, box.y + ((6 - y) / 12) * box.height];
}

/** Draws one stroke through points of the plane. */
async function stroke(page, ...places) {
  const [first, ...more] = places;
  await page.mouse.move(...(await at(page, ...first)));
  await page.mouse.down();
  for (const place of more) await page.mouse.move(...(await at(page, ...place)), { steps: 24 });
  await page.mouse.up();
}

const zigzag = (x, y) => [
  [x - 1.5, y - 1],
  [x + 1.5, y - 0.6],
  [x - 1.5, y - 0.2],
  [x + 1.5, y + 0.2],
  [x - 1.5, y + 0.6],
  [x + 1.5, y + 1],
];

const drawn = (page) =>
  page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame?.outputs);

test("draw 60 points and see them separated", async () => {
  const { page, problems } = await site.open();
  await openBoard(page);
  assert.ok(await button(page, "Play").isDisabled(), "there is nothing to learn yet");
  await stroke(page, ...zigzag(-3, -2.5));
  await labeled(page, "Class 1").check();
  await stroke(page, ...zigzag(3, 2.5));
  const text = await points(page);
  const counts = numbers(text);
  assert.ok(
    counts.length === 2 && counts[0] >= 30 && counts[1] >= 30 && counts[0] + counts[1] >= 60,
    `${counts} points`,
  );
  await drawn(page);
  await labeled(page, "Speed").selectOption("10-epochs");
  await button(page, "Play").click();
  await until(page, "finished");
  const { training, testing, says, rows } = await page.evaluate(() => {
    const { frame, description } = document.querySelector("ty-run-bar").playground.store.get();
    const cell = (x, y) => frame.outputs[Math.floor((6 - y) / 0.12) * 100 + Math.floor((x + 6) / 0.12)];
    return {
      training: frame.training.accuracy,
      testing: frame.test.accuracy,
      says: [cell(-3, -2.5), cell(3, 2.5)],
      rows: description.rows,
    };
  });
  assert.equal(rows.train + rows.test, counts[0] + counts[1]);
  assert.ok(training >= 0.9 && testing >= 0.9, `${training} of the training points, ${testing} of the test points`);
  assert.ok(says[0] < 0.1 && says[1] > 0.9, `the field says ${says}`);
  // What the field looks like there: orange is redder than blue, and the other way round.
  const colors = await page.evaluate(() => {
    const canvas = document.querySelector(".board .stage-field");
    const copy = new OffscreenCanvas(100, 100).getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    return [
      [25, 70],
      [75, 29],
    ].map(([x, y]) => [...copy.getImageData(x, y, 1, 1).data]);
  });
  assert.ok(colors[0][0] > colors[0][2] && colors[1][2] > colors[1][0], JSON.stringify(colors));
  // The link carries them: somebody else opens it and has the same points.
  const link = await address(page);
  const other = await site.open(link);
  await drawn(other.page);
  assert.equal(await points(other.page), text);
  await other.page.close();
  await page.close();
  assertNoProblems([...problems, ...other.problems]);
});

test("more points while it trains: the weights stay; undo, eraser and clear; Reset begins anew", async () => {
  const { page, problems } = await site.open(
    "#source=drawn&points=-3,-3,-3.5,-2,-2,-3,-2.5,-2.5,-3,-2!3,3,3.5,2,2,3,2.5,2.5,3,2",
  );
  await drawn(page);
  await board(page).scrollIntoViewIfNeeded();
  const loss = () =>
    page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().frame.training.loss);
  const first = await loss();
  await button(page, "Play").click();
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().frame?.training.loss < 0.35,
  );
  await labeled(page, "Class 1").check();
  await stroke(page, [4, 4], [5, 4]);
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().settings.points.split(",").length > 23,
  );
  await until(page, "training");
  await button(page, "Pause").click();
  await until(page, "paused");
  assert.ok((await loss()) < 0.75 * first, "what was learned is kept");
  await undo(page).click();
  assert.deepEqual(numbers(await points(page)), [5, 5]);
  await drawn(page);
  await button(page, "Reset").click();
  await until(page, "ready");
  await page.waitForFunction(
    (value) => Math.abs(document.querySelector("ty-run-bar").playground.store.get().frame.training.loss - value) < 1e-9,
    first,
  );
  await labeled(page, "Eraser").check();
  await stroke(page, [-4, -2], [-2, -2]);
  assert.ok(numbers(await points(page))[0] < 5);
  await button(page, "Clear").click();
  assert.equal(await points(page), "");
  await page.getByText("Draw some points, then press Play.").waitFor();
  await undo(page).click();
  assert.ok(numbers(await points(page))[1] === 5);
  await page.close();
  assertNoProblems(problems);
});

test("by keyboard: a brush, a cursor, points placed and taken away; the page's own keys stay away", async () => {
  const { page, problems } = await site.open();
  await openBoard(page);
  await board(page).focus();
  for (const key of ["ArrowRight", "Shift+ArrowUp", "Enter", "3", "ArrowLeft", "Space"]) await page.keyboard.press(key);
  assert.equal(await points(page), "0.25,1!!0,1");
  await page.getByText("At 0, 1.", { exact: false }).waitFor();
  await drawn(page);
  await page.keyboard.press("Delete");
  assert.equal(await points(page), "", "both lie within the eraser's reach");
  await page.keyboard.press("Control+z");
  assert.equal(await points(page), "0.25,1!!0,1");
  assert.equal(await page.evaluate(() => document.querySelector("ty-run-bar").playground.isTraining), false);
  await page.close();
  assertNoProblems(problems);
});

test("an empty board by its link: the page is all there, and Reset and New seed do no harm", async () => {
  const { page, problems } = await site.open("#source=drawn");
  await board(page).waitFor();
  await page.waitForFunction(
    () => Object.keys(document.querySelector("ty-run-bar").playground.store.get().previews).length > 10,
  );
  await button(page, "Reset").click();
  await button(page, "New seed").click();
  assert.ok(await button(page, "Play").isDisabled());
  await page.getByText("Draw some points, then press Play.").waitFor();
  await board(page).click();
  await page.getByText("1 point: 1 ▲.", { exact: false }).waitFor();
  assert.ok(await button(page, "Play").isDisabled(), "one point can't be learned from and tested on");
  assert.equal(await page.getByRole("alert").count(), 0);
  await page.mouse.click(...(await at(page, 3, 3)));
  await drawn(page);
  assert.ok(await button(page, "Play").isEnabled());
  await page.getByRole("radio", { name: "Circle" }).check();
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().description?.rows.train === 400,
  );
  await page.close();
  assertNoProblems(problems);
});

test("with a finger, on a phone", async () => {
  const { page, problems } = await site.open("", {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  });
  await openBoard(page);
  await page.touchscreen.tap(...(await at(page, -2, 1)));
  await labeled(page, "Class 1").check();
  await page.touchscreen.tap(...(await at(page, 2, 1)));
  assert.deepEqual(numbers(await points(page)), [1, 1]);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  await page.close();
  assertNoProblems(problems);
});

test("more points than a link can hold are told, and a broken link is named", async () => {
  const many = Array.from({ length: 500 }, (_, i) => `${(i % 100) / 20 - 2.5},${Math.floor(i / 100) + 0.25}`);
  const { page, problems } = await site.open("#source=drawn&points=1,2,3");
  await page.getByText("points=1,2,3", { exact: false }).waitFor();
  await page.evaluate((text) => document.querySelector("ty-run-bar").playground.set("points", text), many.join(","));
  await page.getByText("A link can hold about 400", { exact: false }).waitFor();
  assert.ok(!(await address(page)).includes("points"));
  await page.close();
  assertNoProblems(problems);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe-core finds nothing on the drawing board, ${colorScheme}`, async () => {
    const { page, problems } = await site.open("#source=drawn&points=-3,-3,-3.5,-2!3,3,3.5,2!0,4!4,-4", {
      colorScheme,
    });
    await drawn(page);
    await board(page).waitFor();
    assert.deepEqual(await findings(page), []);
    await page.close();
    assertNoProblems(problems);
  });
}
