// Rows as dots, in Chromium: two columns against each other, and principal components, in the Data step and under the net's field.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, assertNoProblems, button, labeled, picture, ready, until, untilSo } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

async function openScatter(page) {
  await ready(page);
  await page
    .getByText("Your data: open a CSV or pick a real data set, then check and clean it", { exact: true })
    .click();
  await page.getByText("Scatter plot", { exact: true }).click();
  await page.locator(".scatter-canvas").waitFor();
}

const data = (page) => page.getByRole("region", { name: "Your data" });

test("any two columns are drawn against each other, colored by class or by value", async () => {
  const { page, problems } = await site.open("#source=penguins");
  await openScatter(page);
  await page
    .locator(".scatter-side")
    .getByText(/^\d+ rows\.$/)
    .waitFor();
  const before = await picture(page, ".scatter-canvas");
  assert.equal(await page.getByRole("list", { name: "Classes of species" }).getByRole("listitem").count(), 3);
  await labeled(data(page), "x axis").selectOption("island");
  await page.waitForFunction(
    () => document.querySelector("ty-data-step").inspector.store.get().scatter?.kinds[0] === "category",
  );
  assert.notEqual(await picture(page, ".scatter-canvas"), before);
  await page.getByRole("img", { name: "Scatter plot of bill depth (mm) against island, colored by species" }).waitFor();
  await labeled(page, "Target").selectOption("body mass (g)");
  await page.locator(".scatter-side").getByText("Colored by body mass (g).").waitFor();
  await page.close();
  assertNoProblems(problems);
});

test("principal components: shares of variance, and the net's field over their plane", async () => {
  const { page, problems } = await site.open("#source=iris");
  await openScatter(page);
  await labeled(data(page), "Plot").selectOption("components");
  const words = page.locator(".component-words dd");
  await words.first().waitFor();
  const shares = (await words.allTextContents()).map(Number.parseFloat);
  assert.ok(shares[0] > 65 && shares[0] < 80 && shares[1] > 15 && shares[1] < 30, `${shares}`);
  await labeled(page.getByRole("region", { name: "Evaluation" }), "Plot").selectOption("components");
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().components);
  await page.getByRole("img", { name: /Prediction map over the first two principal components/ }).waitFor();
  await labeled(page, "Speed").selectOption("max");
  await button(page, "Play").click();
  await until(page, "finished", 60_000);
  // The field is of the run that is finished: at most training rows it says what they are.
  const right = await page.evaluate(() => {
    const { components, frame, view } = document.querySelector("ty-run-bar").playground.store.get();
    const { inputs, targets, part } = components.points;
    const cell = (value, [low, high]) => Math.min(99, Math.max(0, Math.floor(((value - low) / (high - low)) * 100)));
    const rows = [...targets].flatMap((truth, row) => {
      if (part[row]) return [];
      const at = 3 * ((99 - cell(inputs[2 * row + 1], view[1])) * 100 + cell(inputs[2 * row], view[0]));
      const shares = frame.outputs.slice(at, at + 3);
      return [shares.indexOf(Math.max(...shares)) === truth];
    });
    return rows.filter(Boolean).length / rows.length;
  });
  assert.ok(right > 0.85, `${right} of the training rows lie on their own color`);
  assert.match(await address(page), /picture=components/);
  // A net that is shown two inputs has no need of it; the page goes back to two columns and says why where there is no plane.
  const other = await site.open("#source=iris&picture=components&features=%5B%22petal length (cm)%22%5D");
  await other.page.getByText("principal components take 2 to 2000 inputs", { exact: false }).waitFor();
  await other.page.getByRole("img", { name: /Prediction map over/ }).waitFor();
  await other.page.close();
  await page.close();
  assertNoProblems([...problems, ...other.problems]);
});

test("before a run no chart is empty: it isn't there, or says what comes in its place", async () => {
  const { page, problems } = await site.open("#epochs=3");
  await ready(page);
  const strip = page.locator("ty-loss-chart .plot[data-empty]");
  await strip.waitFor();
  await page.locator("ty-charts-fold .thumbnail").scrollIntoViewIfNeeded();
  const pictures = page.locator(":is(.thumb-charts, .thumb-comparison)");
  await untilSo("two are there", async () => (await pictures.count()) === 2);
  assert.equal(await pictures.locator("canvas").count(), 0);
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("view", "selection"));
  await page.locator("ty-comparison *").first().waitFor();
  await page.locator("ty-race-panel *").first().waitFor();
  for (const name of [".contest-curves", ".race-curves", ".race-bars", ".race-parts"])
    assert.equal(await page.locator(name).count(), 0, name);
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("view", "playground"));
  await button(page, "Play").click();
  await until(page, "finished");
  await strip.waitFor({ state: "detached" });
  await page.locator("ty-charts-fold .thumbnail").scrollIntoViewIfNeeded();
  await page.locator(".thumb-charts canvas").waitFor();
  await page.locator("ty-comparison-fold .thumbnail").scrollIntoViewIfNeeded();
  await page.locator(".thumb-comparison canvas").waitFor();
  await page.close();
  assertNoProblems(problems);
});
