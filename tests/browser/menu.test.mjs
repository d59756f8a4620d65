// What is about the page as a whole: links from elsewhere, sharing, files, undo, commands, keys, look, no network.
import assert from "node:assert/strict";
import fs from "node:fs";
import { after, before, test } from "node:test";
import {
  address,
  assertNoProblems,
  button,
  drawn,
  findings,
  labeled,
  parameters,
  picture,
  ready,
  state,
  trainTo,
  untilEpoch,
  untilRedrawn,
  used,
} from "./playground.mjs";
import { resume, untilKept } from "./losing.mjs";
import { buildFolder, openSite, screenshot } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** The menu is loaded once there is something to see. */
const withMenu = (page) => page.evaluate(async () => void (await document.querySelector("ty-menu-bar").menu()));

const THEIRS =
  "#activation=tanh&batchSize=10&dataset=xor&regDataset=reg-plane&learningRate=0.1&regularizationRate=0&noise=10&networkShape=5,3&seed=0.59704&showTestData=true&discretize=true&percTrainData=50&x=true&y=true&xTimesY=false&xSquared=false&ySquared=false&cosX=false&sinX=false&cosY=false&sinY=false&collectStats=false&problem=classification&initZero=false&hideText=false";

test("a link of TensorFlow Playground opens the same experiment, says so, and trains it", async () => {
  const { page, problems } = await site.open(THEIRS);
  await ready(page);
  const { settings } = await state(page);
  assert.deepEqual(
    [
      settings.source,
      settings.layers,
      settings.loss,
      settings.outputActivation,
      settings.noise,
      settings.trainingShare,
    ],
    ["xor", [5, 3], "half-mse", "tanh", 0.1, 0.5],
  );
  assert.match(await page.locator(".notice").textContent(), /Opened from TensorFlow Playground/);
  assert.ok(await labeled(page, "Discretize").isChecked());
  const start = await parameters(page);
  const biases = await page.evaluate(() =>
    document
      .querySelector("ty-run-bar")
      .playground.store.get()
      .description.layers.map(({ bias }) => bias.offset),
  );
  for (const at of biases) assert.equal(start[at], Math.fround(0.1));
  assert.ok(start.every((weight) => Math.abs(weight) <= 0.5));
  await button(page, "Play").click();
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().frame.test.accuracy > 0.8,
    null,
    { timeout: 60_000 },
  );
  await button(page, "Pause").click();
  await page.close();
  assertNoProblems(problems);
});

test("such a link can be pasted; one that says nothing is refused in a sentence", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await button(page, "Share").click();
  const field = page.getByLabel("Link to open");
  await field.fill("https://example.com/");
  await button(page, "Open link").click();
  assert.match(await page.locator("dialog .problem").textContent(), /contains no experiment/);
  await field.fill(`https://playground.tensorflow.org/${THEIRS.replace("dataset=xor", "dataset=spiral")}`);
  await button(page, "Open link").click();
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().settings.source === "spiral",
  );
  assert.equal(await page.locator("dialog[open]").count(), 0);
  assert.match(await address(page), /source=spiral/);
  await page.close();
  assertNoProblems(problems);
});

test("a link may leave out parts of the page", async () => {
  const { page, problems } = await site.open("#hideText=true&noise_hide=true&playButton_hide=true&dataset=circle");
  await ready(page);
  await page.waitForFunction(() => document.querySelector("link[data-hides]")?.sheet);
  for (const gone of [".masthead", '.field:has([data-setting="noise"])', ".run-buttons .primary"])
    assert.equal(await page.locator(gone).first().isVisible(), false, gone);
  assert.ok(await button(page, "Step").isVisible());
  await page.close();
  assertNoProblems(problems);
});

test("the link, the code for a page and the code for a camera are those of the experiment", async () => {
  const { page, problems } = await site.open("#noise=0.1&layers=3", {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await ready(page);
  await page.keyboard.press("s");
  await button(page, "Copy link").click();
  await page.locator(".share-said").getByText("Link copied.").waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(link, await address(page));
  await page.getByRole("radio", { name: "Panels only" }).check();
  await button(page, "Copy code").click();
  await page.locator(".share-said").getByText("Embed code copied.").waitFor();
  const code = await page.evaluate(() => navigator.clipboard.readText());
  const [, source] = /^<iframe src="([^"]+)"/.exec(code);
  assert.equal(await page.locator(".share-code path").count(), 1);
  await button(page, "Copy report").click();
  await page.locator(".share-said").getByText("Report copied.").waitFor();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(
    report.includes(`<${link}>`) &&
      report.includes("- Noise: 0.1") &&
      report.includes(`| Loss | ${await labeled(page, "Training loss").textContent()} |`),
    report,
  );
  const [saved] = await Promise.all([page.waitForEvent("download"), button(page, "Download the report").click()]);
  assert.equal(saved.suggestedFilename(), "trainyard-circle-epoch-0.md");
  assert.equal(fs.readFileSync(await saved.path(), "utf8"), report);
  assert.deepEqual(await findings(page), []);
  await screenshot(page, "share-1440-light");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("dialog[open]").count(), 0);
  await page.waitForFunction(() => !document.activeElement?.closest("dialog"));

  const { page: embedded, problems: others } = await site.open(source.replaceAll("&amp;", "&"));
  await ready(embedded);
  assert.deepEqual((await state(embedded)).settings.layers, [3]);
  assert.equal(await embedded.locator(".masthead").isVisible(), false);
  await embedded.close();
  await page.close();
  assertNoProblems([...problems, ...others]);
});

test("an experiment goes into a file and comes back with its weights; what is none is refused and nothing is lost", async () => {
  const { page, problems } = await site.open("#noise=0.1&optimizer=adam");
  await ready(page);
  await trainTo(page, 5);
  await button(page, "Share").click();
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Download experiment").click()]);
  const file = await download.path();
  const { run } = await state(page);
  const kept = await parameters(page);
  assert.match(download.suggestedFilename(), /^trainyard-circle-epoch-\d+\.json$/);
  await page.keyboard.press("Escape");
  await page.evaluate(() => (location.hash = "#source=xor"));
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().settings.source === "xor",
  );

  await button(page, "Share").click();
  await page
    .getByLabel("Open an experiment file")
    .setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from("<b>no</b>") });
  await page.locator("dialog .problem").getByText("not valid JSON").waitFor();
  assert.equal((await state(page)).settings.source, "xor");
  await page.getByLabel("Open an experiment file").setInputFiles(file);
  await page.waitForFunction(
    (step) => document.querySelector("ty-run-bar").playground.store.get().frame.step === step,
    run.step,
  );
  assert.deepEqual(await parameters(page), kept);
  assert.deepEqual([(await state(page)).settings.optimizer, (await state(page)).settings.noise], ["adam", 0.1]);
  assert.match(await page.locator(".notice").textContent(), new RegExp(`Restored at epoch ${run.epoch}\\.`));
  await page.close();
  assertNoProblems(problems);
});

test("a change is undone and done again by key and by button; a field undoes its own text", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await withMenu(page);
  assert.ok(await button(page, "Undo").isDisabled());
  await button(page, "Add a layer").click();
  await page.getByRole("radio", { name: "Spiral", exact: true }).check();
  assert.equal((await state(page)).settings.source, "spiral");
  await button(page, "Undo").click();
  assert.deepEqual([(await state(page)).settings.source, (await state(page)).settings.layers], ["circle", [4, 2, 2]]);
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("Control+z");
  assert.deepEqual((await state(page)).settings.layers, [4, 2]);
  await page.keyboard.press("Control+Shift+z");
  await page.keyboard.press("Control+y");
  assert.equal((await state(page)).settings.source, "spiral");
  await labeled(page, "Batch size").focus();
  await page.keyboard.press("Control+z");
  assert.equal((await state(page)).settings.source, "spiral");
  await page.close();
  assertNoProblems(problems);
});

test("the palette goes to a setting, wherever it is folded, measures the curvature, and shows gradients", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await withMenu(page);
  const command = async (words, name) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Command" }).fill(words);
    await page.getByRole("option", { name }).first().click();
  };
  await command("dropout", /^Dropout/);
  await page.waitForFunction(() => document.activeElement?.dataset.setting === "dropout");
  await command("hessian", /curvature/);
  await page.locator(".notice", { hasText: /Hessian is λ = [\d.]+\. .* above [\d.]+\./ }).waitFor();
  await command("gradients", /^Show gradients/);
  await page.getByRole("radio", { name: "Gradients" }).and(page.locator(":checked")).waitFor();
  await page.close();
  assertNoProblems(problems);
});

test("an address that asks about a setting leads to its field, or says that there is none with this experiment", async () => {
  for (const key of ["samples", "learningRate", "source", "layers", "seed", "engine", "patience", "clip", "lossX"]) {
    const { page, problems } = await site.open(`?about=${key}`);
    await ready(page);
    if (key === "lossX") assert.equal(await page.locator(".notice").count(), 0, "what is no setting is passed over");
    else
      await page.waitForFunction((key) => {
        const { activeElement: at } = document;
        const others = { source: "ty-source-picker", layers: ".stepper", seed: ".run-seed", engine: ".engine" };
        return at?.matches(`[data-setting="${key}"]`) || (others[key] && at?.closest(others[key]));
      }, key);
    await page.close();
    assertNoProblems(problems);
  }
  for (const [key, label] of Object.entries({
    nesterov: "Nesterov",
    target: "Target",
    picture: "Plot",
  })) {
    const { page, problems } = await site.open(`?about=${key}`);
    await page.getByText(`“${label}” has no field with this experiment`).waitFor();
    await page.close();
    assertNoProblems(problems);
  }
});

test("the palette finds commands by their words, sets numbers, and tells of none", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  const command = async (words) => {
    await page.keyboard.press("Control+k");
    const input = page.getByRole("combobox", { name: "Command" });
    await input.waitFor();
    await input.fill(words);
    return page.locator(".palette-list [role=option]");
  };
  await command("spiral depth");
  await page.keyboard.press("Enter");
  assert.equal((await state(page)).settings.source, "spiral");
  await command("batch size 32");
  await page.keyboard.press("Enter");
  assert.equal((await state(page)).settings.batchSize, 32);
  await command("activation: sig");
  await page.keyboard.press("Enter");
  assert.deepEqual((await state(page)).settings.activation, ["sigmoid"]);
  const none = await command("quagga");
  await page.locator("dialog[open] .note").getByText("No matching commands").waitFor();
  assert.equal(await none.count(), 0);
  await page.getByRole("combobox", { name: "Command" }).fill("");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.locator(".palette-list [aria-selected=true]").count(), 1);
  assert.deepEqual(await findings(page), []);
  await screenshot(page, "palette-1440-light");
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 360, height: 740 });
  await command("theme");
  await screenshot(page, "palette-360-light");
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

test("the sheet of keys, and the keys that it names: ] and [ change the rate, 1 to 9 open experiments", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await withMenu(page);
  await page.keyboard.press("?");
  await page.locator("dialog[open] dl").first().waitFor();
  assert.deepEqual(await findings(page), []);
  await screenshot(page, "keys-1440-light");
  await page.keyboard.press("Escape");
  await page.keyboard.press("]");
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().settings.learningRate === 0.1,
  );
  await page.keyboard.press("[");
  await page.keyboard.press("[");
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().settings.learningRate === 0.01,
  );
  await page.keyboard.press("2");
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().settings.source === "xor",
  );
  assert.deepEqual((await state(page)).settings.layers, []);
  await page.close();
  assertNoProblems(problems);
});

test("theme and density are chosen by hand, drawn at once and kept", async () => {
  const context = await site.browser.newContext({
    viewport: { width: 1440, height: 900 },
    colorScheme: "light",
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  await page.goto(site.url);
  await ready(page);
  const before = await picture(page, ".stage-points");
  const act = async (words) => {
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "Command" }).fill(words);
    await page.keyboard.press("Enter");
  };
  await act("theme: dark");
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  assert.equal(await background(), "rgb(18, 22, 27)");
  await untilRedrawn(page, ".stage-points", before);
  assert.deepEqual(await findings(page), []);
  await act("density: compact");
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "14px");
  await page.reload();
  await ready(page);
  assert.equal(await background(), "rgb(18, 22, 27)");
  await act("theme: system");
  await act("density: comfortable");
  assert.equal(await background(), "rgb(244, 246, 248)");
  await page.reload();
  await ready(page);
  assert.equal(await background(), "rgb(244, 246, 248)");
  await context.close();
});

test("after a visit that used the page it works without a network, tables and real data too", async () => {
  const context = await site.browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(site.url);
  await ready(page);
  const files = ["pkg-full/trainyard_bg.wasm", "data/iris.csv", "worker/full.js"];
  await used(
    page,
    files.map((name) => `${buildFolder()}/${name}`),
  ); // from then on all files are kept
  await context.setOffline(true);
  await page.reload();
  await ready(page);
  await button(page, "Play").click();
  await untilEpoch(page, 3);
  await page.evaluate(() => (location.hash = "#source=iris"));
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().description?.target === "species",
    null,
    { timeout: 30_000 },
  );
  await context.close();
});

test("on paper the page is light, and without its buttons", async () => {
  const { page, problems } = await site.open("", { colorScheme: "dark" });
  await ready(page);
  await withMenu(page);
  await page.emulateMedia({ media: "print" });
  assert.equal(await button(page, "Reset").isVisible(), false);
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(
    await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor),
    "rgb(244, 246, 248)",
  );
  await drawn(page);
  await screenshot(page, "print", { fullPage: true });
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  await page.emulateMedia({ media: "screen" });
  assert.equal(
    await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor),
    "rgb(18, 22, 27)",
  );
  await page.close();
  assertNoProblems(problems);
});

test("what was under way before a reload can be resumed, a table of one's own too", async () => {
  const context = await site.browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
  const page = await context.newPage();
  await page.goto(new URL("#noise=0.1", site.url).href);
  await ready(page);
  await withMenu(page);
  await page.waitForTimeout(300);
  assert.equal(await resume(page).count(), 0, "nothing was under way");
  await trainTo(page, 20);
  const { run } = await state(page);
  await untilKept(page, ({ epoch }) => epoch >= run.epoch);
  const kept = await parameters(page);
  await page.reload();
  await resume(page).click();
  await page.waitForFunction(
    (step) => document.querySelector("ty-run-bar").playground.store.get().frame.step === step,
    run.step,
  );
  assert.deepEqual(await parameters(page), kept);

  const csv = `a,b,c\n${Array.from({ length: 60 }, (_, i) => `${i},${(i * 7) % 11},${i % 2 ? "yes" : "no"}`).join("\n")}\n`;
  await page.evaluate(
    (text) => document.querySelector("ty-run-bar").playground.openTable(new Blob([text]), "mine.csv"),
    csv,
  );
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().description?.target === "c",
  );
  await trainTo(page, 5);
  const { run: second } = await state(page);
  await untilKept(page, ({ epoch, rows }) => rows && epoch >= second.epoch);
  const own = await parameters(page);
  await page.goto("about:blank");
  await page.goto(site.url);
  assert.match(await page.locator(".notice").textContent(), /mine\.csv/);
  await resume(page).click();
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().frame?.epoch >= 5,
    null,
    { timeout: 30_000 },
  );
  assert.deepEqual(await parameters(page), own);
  await context.close();
});

test("where the browser keeps nothing, the page works without", async () => {
  const context = await site.browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block" });
  await context.addInitScript(() => {
    Object.defineProperty(globalThis, "indexedDB", { get: () => undefined });
    Object.defineProperty(globalThis, "localStorage", {
      get: () => {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(site.url);
  await ready(page);
  await withMenu(page);
  await button(page, "Play").click();
  await untilEpoch(page, 5);
  await button(page, "Pause").click();
  await page.waitForTimeout(300);
  assert.deepEqual(errors, []);
  await context.close();
});
