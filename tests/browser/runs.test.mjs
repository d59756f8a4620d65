// Runs that were tried, side by side; charts of everything, and their files.
import assert from "node:assert/strict";
import fs from "node:fs";
import { after, before, test } from "node:test";
import {
  address,
  assertNoProblems,
  button,
  findings,
  labeled,
  ready,
  state,
  until,
  untilEpoch,
} from "./playground.mjs";
import { onlyWhole, openSite, screenshot } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

async function opened(hash = "", context = {}) {
  const { page, problems } = await site.open(hash, context);
  await ready(page);
  await page.locator("ty-moments input").waitFor({ state: "attached" });
  return { page, problems };
}

async function finish(page, epochs) {
  await button(page, "Play").click();
  await until(page, "finished");
  await untilEpoch(page, epochs);
}

async function enter(page, name, value) {
  await labeled(page, name).fill(value);
  await labeled(page, name).press("Enter");
}

const rows = async (page) =>
  (await page.locator(".runs tbody tr").allTextContents()).map((text) => text.replace(/\s+/g, " ").trim());

async function untilRows(page, count) {
  await page.waitForFunction((wanted) => document.querySelectorAll(".runs tbody tr").length === wanted, count);
  return rows(page);
}

test("runs are kept when they end, are reset, or change; named, compared, renamed, starred, deleted, restored", async () => {
  const { page, problems } = await opened("#epochs=20");
  await finish(page, 20);
  await page.locator("ty-runs-fold summary").click();
  assert.match(
    (await untilRows(page, 1))[0],
    /^Circle · 4–2 tanh · rate 0\.03 – 7 20 0\.\d+ 0\.\d+ [\d.]+% [\d.]+ s done/,
  );

  await enter(page, "Learning rate", "0.1"); // a run that ended is not changed by it
  await button(page, "Reset").click();
  await until(page, "ready");
  await finish(page, 20);
  assert.match((await untilRows(page, 2))[0], /^Circle · 4–2 tanh · rate 0\.1 Learning rate 0\.03 → 0\.1 7 20/);

  await labeled(page, "Activation").selectOption("relu");
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame.step === 0);
  await labeled(page, "Speed").selectOption("step");
  await button(page, "Play").click();
  await untilEpoch(page, 3);
  await button(page, "Reset").click(); // in the middle
  assert.match((await untilRows(page, 3))[0], /relu · rate 0\.1 Activation Tanh → ReLU 7 \d+ .* left/);

  const first = page.locator(".runs tbody tr").last();
  await first.getByRole("button", { name: /^Star/ }).click();
  await first.locator(".run-name").click();
  await page.getByLabel("Name of the run").fill("<b>The first</b>");
  await page.keyboard.press("Enter");
  assert.match((await rows(page)).at(-1), /^<b>The first<\/b>/, "a name is text");
  await button(page, "Only starred runs").click();
  assert.equal((await rows(page)).length, 1);
  await button(page, "Only starred runs").click();

  await page
    .locator(".runs tbody tr")
    .first()
    .getByRole("button", { name: /^Delete/ })
    .click();
  await untilRows(page, 2);
  await page.locator("ty-runs-fold").getByRole("button", { name: "Undo", exact: true }).click();
  await untilRows(page, 3);

  await page.reload();
  await ready(page);
  await page.locator("ty-runs-fold summary").click();
  assert.match((await untilRows(page, 3)).at(-1), /^<b>The first<\/b>/, "kept after a reload");
  assert.equal((await state(page)).settings.learningRate, 0.1);
  await button(page, "Restore <b>The first</b>").click();
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().settings.learningRate === 0.03,
  );
  const { settings } = await state(page);
  assert.deepEqual([settings.activation, settings.epochs, settings.seed], [["tanh"], 20, 7]);
  assert.match(await address(page), /#epochs=20$/);
  await page.close();
  assertNoProblems(problems);
});

test("curves lie over each other, with one cross-hair for both charts, by mouse and by keyboard", async () => {
  const { page, problems } = await opened("#epochs=20");
  await finish(page, 20);
  await enter(page, "Learning rate", "0.3");
  await button(page, "Reset").click();
  await until(page, "ready");
  await finish(page, 20);
  await page.locator("ty-runs-fold summary").click();
  await untilRows(page, 2);
  const plots = page.locator("ty-runs-panel .plot");
  await plots.first().scrollIntoViewIfNeeded();
  const box = await plots.first().boundingBox();
  await page.mouse.move(box.x + box.width * 0.55, box.y + box.height / 2);
  const texts = () => plots.evaluateAll((all) => all.map((plot) => plot.getAttribute("aria-valuetext")));
  await page.waitForFunction(() =>
    document.querySelector("ty-runs-panel .plot").getAttribute("aria-valuetext").startsWith("epoch 1"),
  );
  const [training, test_] = await texts();
  assert.match(training, /^epoch 1\d: Circle · 4–2 tanh · rate 0\.3 0\.\d+, Circle · 4–2 tanh · rate 0\.03 0\.\d+$/);
  assert.equal(training.split(":")[0], test_.split(":")[0]);
  assert.notEqual(training, test_);
  await page.mouse.move(5, 5);
  await plots.nth(1).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() =>
    [...document.querySelectorAll("ty-runs-panel .plot")].every((plot) =>
      plot.getAttribute("aria-valuetext").startsWith("epoch 1:"),
    ),
  );
  await page.getByLabel(/^Show Circle · 4–2 tanh · rate 0\.03$/).uncheck();
  await page.waitForFunction(
    () => !document.querySelector("ty-runs-panel .plot").getAttribute("aria-valuetext").includes("0.03 0"),
  );
  await page.close();
  assertNoProblems(problems);
});

async function saved(page, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, name).click()]);
  return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
}

test("a name that a spreadsheet would run is made harmless in the CSV file, unless somebody chooses otherwise", async () => {
  const { page, problems } = await opened("#epochs=5");
  await finish(page, 5);
  await page.locator("ty-runs-fold summary").click();
  await untilRows(page, 1);
  const choice = page.getByLabel(/A spreadsheet may run “=1\+1” as a formula/);
  const head = async () => (await saved(page, "Training loss of the runs as CSV")).bytes.toString().split("\r\n")[0];
  assert.equal(await page.locator("ty-runs-panel ty-chart-box input").count(), 0, "no choice where there is none");
  await page.locator(".runs .run-name").click();
  await page.getByLabel("Name of the run").fill("=1+1");
  await page.keyboard.press("Enter");
  assert.equal(await choice.first().isChecked(), true);
  assert.equal(await head(), "epoch,'=1+1");
  await choice.first().uncheck();
  assert.equal(await head(), "epoch,=1+1");
  await screenshot(page, "csv-guard");
  await page.close();
  assertNoProblems(problems);
});

test("charts of everything by epoch, and of all weights; each as PNG and as CSV", async () => {
  const { page, problems } = await opened("#epochs=30&schedule=exponential&gamma=0.9");
  await page.locator("ty-charts-fold summary").click();
  await page.getByText("Press Play to fill these charts.").waitFor();
  await finish(page, 30);
  for (const name of ["Loss", "Accuracy", "Gradient norm", "Learning rate"])
    await page.getByRole("slider", { name: `${name}: cross-hair` }).waitFor();
  await page.waitForFunction(() => document.querySelectorAll("canvas.heat").length === 5); // weights of three layers, what two of them give
  await page.waitForFunction(() => {
    const canvas = document.querySelector("canvas.heat");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return data.some((value, i) => i % 4 === 3 && value > 0) && /between/.test(canvas.getAttribute("aria-label"));
  });

  const csv = await saved(page, "Loss as CSV");
  const lines = csv.bytes.toString().trim().split("\r\n");
  assert.equal(csv.name, "trainyard-loss.csv");
  assert.equal(lines[0], "epoch,training loss,test loss");
  assert.equal(lines.length, 1 + 31);
  const curve = await page.evaluate(() => [
    ...document.querySelector("ty-run-bar").playground.store.get().frame.curve.training,
  ]);
  lines.slice(1).forEach((line, epoch) => {
    const [at, training] = line.split(",").map(Number);
    assert.equal(at, epoch);
    assert.ok(Math.abs(training - curve[epoch]) < 1e-6, `epoch ${epoch}: ${training} for ${curve[epoch]}`);
  });
  const rates = (await saved(page, "Learning rate as CSV")).bytes.toString().trim().split("\r\n");
  assert.ok(Math.abs(Number(rates[11].split(",")[1]) - 0.03 * 0.9 ** 10) < 1e-9, rates[11]);
  const weights = (await saved(page, "Weights of layer 1 as CSV")).bytes.toString().trim().split("\r\n");
  assert.equal(
    weights[5]
      .split(",")
      .slice(1)
      .reduce((sum, count) => sum + Number(count), 0),
    8,
    "all weights of the layer are counted",
  );
  for (const name of ["Loss as PNG", "Weights of layer 1 as PNG"]) {
    const png = await saved(page, name);
    assert.deepEqual([...png.bytes.subarray(1, 4)], [0x50, 0x4e, 0x47]);
    assert.ok(png.bytes.length > 1000);
  }
  assert.equal(await button(page, "Loss: log scale").getAttribute("aria-pressed"), "false");
  await button(page, "Loss: log scale").click();
  assert.equal(await button(page, "Loss: log scale").getAttribute("aria-pressed"), "true");
  await button(page, "Losses: log scale").click();
  assert.equal(await button(page, "Losses: log scale").getAttribute("aria-pressed"), "true");
  await page.close();
  assertNoProblems(problems);
});

test("where the browser keeps nothing the page works, and says so", async () => {
  const page = await site.browser.newPage();
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
  });
  await page.goto(`${site.url}#epochs=5`);
  await ready(page);
  await page.locator("ty-moments input").waitFor({ state: "attached" });
  await finish(page, 5);
  await page.locator("ty-runs-fold summary").click();
  await untilRows(page, 1);
  await page.getByText("This browser blocks storage").waitFor();
  await page.close();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe-core finds nothing in charts and runs, and nothing scrolls sideways, ${colorScheme}`, async () => {
    const { page, problems } = await opened("#epochs=10", { colorScheme });
    await finish(page, 10);
    await labeled(page, "Learning rate").fill("0.3");
    await labeled(page, "Learning rate").press("Enter");
    await button(page, "Reset").click();
    await until(page, "ready");
    await finish(page, 10);
    for (const fold of ["ty-charts-fold", "ty-runs-fold"]) await page.locator(`${fold} summary`).click();
    await untilRows(page, 2);
    await page
      .locator(".runs tbody tr")
      .first()
      .getByRole("button", { name: /^Delete/ })
      .click();
    await page.locator("ty-runs-fold").getByRole("button", { name: "Undo", exact: true }).waitFor();
    assert.deepEqual(await findings(page), []);
    for (const width of [320, 360, 820, 1440, 2560, 3840]) {
      await page.setViewportSize({ width, height: 900 });
      await page.waitForTimeout(50);
      const wide = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide[0] <= wide[1], `${width} px: ${wide}`);
    }
    await page.setViewportSize({ width: 360, height: 740 });
    assert.deepEqual(await findings(page), []);
    await page.close();
    assertNoProblems(problems);
  });

  for (const [width, height] of [
    [1440, 900],
    [820, 1180],
    [360, 740],
  ]) {
    test(`screenshots of charts and runs at ${width}, ${colorScheme}`, onlyWhole, async () => {
      const { page, problems } = await opened("#epochs=60&noise=0.2", { colorScheme, viewport: { width, height } });
      for (const rate of ["0.03", "0.1", "0.3"]) {
        await enter(page, "Learning rate", rate);
        if ((await state(page)).run.state !== "ready") await button(page, "Reset").click();
        await until(page, "ready");
        await finish(page, 60);
      }
      for (const fold of ["ty-charts-fold", "ty-runs-fold"]) await page.locator(`${fold} summary`).click();
      await untilRows(page, 3);
      await page.locator("ty-charts-fold").scrollIntoViewIfNeeded();
      await page.waitForTimeout(300);
      for (const fold of ["charts", "runs"])
        await page
          .locator(`ty-${fold}-fold`)
          .screenshot({ path: await screenshot(page, `${fold}-${width}-${colorScheme}`) });
      await page.close();
      assertNoProblems(problems);
    });
  }
}
