// What is shared: a link is put together in sight of what its reader gets, and opens as exactly that; an embed is whole.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, findings, labeled, ready, state, untilEpoch, untilSo } from "./playground.mjs";
import { openSite, screenshot } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const check = (page, name) => page.getByRole("checkbox", { name, exact: true });
const fill = (page, name, text) => page.getByRole("textbox", { name, exact: true }).fill(text);
const preview = (page) => page.frameLocator(".share-preview iframe");
const previewed = async (page) => (await page.waitForSelector(".share-preview iframe")).contentFrame();

test("a link is put together in sight of what its reader gets, and opens as that in a fresh profile", async () => {
  const title = "Lesson <i>3</i>";
  const { page, problems } = await site.open("#source=xor");
  await ready(page);
  await button(page, "Share").click();
  await ready(await previewed(page));
  await check(page, "Noise").uncheck();
  await check(page, "Choice of data set").uncheck();
  await check(page, "“More” settings").uncheck();
  await fill(page, "Title", title);
  await fill(page, "Question", "Is one line enough?");
  await fill(page, "Goal", "Reach 95% accuracy on the test set");
  await fill(page, "Hint", "Count the corners & think.");
  await preview(page).locator(".question-title", { hasText: title }).waitFor();
  await preview(page).locator(".question-goal", { hasText: "Not yet" }).waitFor();
  await preview(page).locator("ty-source-picker").waitFor({ state: "hidden" });
  await preview(page).getByLabel("Noise", { exact: true }).waitFor({ state: "hidden" });
  assert.deepEqual((await state(page)).settings.hide, null, "the page here stays as it is");
  assert.deepEqual(await findings(page), []);
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    await screenshot(page, `builder-1440-${scheme}`);
  }
  const link = await labeled(page, "Link to this experiment").inputValue();
  const code = await labeled(page, "Embed code").inputValue();
  assert.ok(code.includes(`title="Lesson &lt;i&gt;3&lt;/i&gt;"`), code);
  await page.close();

  const { page: reader, problems: others } = await site.open(link);
  await ready(reader);
  assert.equal(await reader.locator(".question-title").textContent(), title);
  assert.equal((await reader.locator(".question-asked").textContent()).trim(), "Is one line enough?");
  assert.equal(await reader.locator(".question-hint").textContent(), "Count the corners & think.");
  assert.equal(await reader.title(), `${title} – Trainyard`);
  for (const hidden of ["ty-source-picker", '[data-setting="noise"]', ".more", ".way"])
    assert.equal(await reader.locator(hidden).filter({ visible: true }).count(), 0, hidden);
  assert.ok(await labeled(reader, "Learning rate").isVisible());
  const { settings } = await state(reader);
  assert.deepEqual([settings.source, settings.embed], ["xor", "page"]);
  await button(reader, "Play").click();
  // While it trains, not only at the end.
  await reader.locator(".question-goal", { hasText: /on the test set\s*Reached/ }).waitFor();
  assert.equal((await state(reader)).run.state, "training");
  await reader.close();
  assertNoProblems([...problems, ...others]);
});

test("a live picture for one's own page is put together, as an element and as a frame", async () => {
  const { page, problems } = await site.open("#source=xor&noise=0.2&layers=5");
  await ready(page);
  await button(page, "Share").click();
  const builder = page.locator("ty-snippet-builder");
  await builder.getByText("One live picture in your own page").click();
  const code = builder.getByRole("textbox", { name: "Snippet" });
  await code.waitFor();
  assert.match(
    await code.inputValue(),
    /<train-yard source="xor" noise="0.2" layers="5" view="field" controls="play,reset,epoch,training-loss,test-loss" aria-label=/,
  );
  const live = builder.frameLocator("iframe");
  await live.getByRole("button", { name: "Play" }).waitFor();
  await builder.getByLabel("Picture").selectOption("network");
  await builder.getByRole("checkbox", { name: "Learning rate" }).check();
  await builder.getByLabel("Theme").selectOption("dark");
  await live.locator(".graph canvas").waitFor();
  await live.getByRole("textbox", { name: "Learning rate" }).waitFor();
  assert.match(await code.inputValue(), /view="network" controls="play,.*,learning-rate" theme="dark"/);
  await builder.getByRole("radio", { name: "Frame" }).check();
  assert.match(
    await code.inputValue(),
    /^<iframe src="http[^"]*\/embed\.html#source=xor&amp;noise=0\.2&amp;layers=5&amp;view=network/,
  );
  await page.close();
  assertNoProblems(problems);
});

test("the preview keeps nothing: no run of it is offered later", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await button(page, "Share").click();
  await ready(await previewed(page));
  await preview(page).getByRole("button", { name: "Play", exact: true }).click();
  await untilEpoch(await previewed(page), 40);
  const kept = () =>
    page.evaluate(async () => {
      const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const names = (await indexedDB.databases()).map(({ name }) => name).filter((name) => /^trainyard/.test(name));
      const all = await Promise.all(
        names.map(async (name) => {
          const base = await done(indexedDB.open(name));
          return done(base.transaction("runs").objectStore("runs").getAllKeys());
        }),
      );
      return all.flat();
    });
  assert.deepEqual(await kept(), []);
  await page.locator("dialog[open]").getByRole("button", { name: "Close" }).click();
  await page.locator("iframe").waitFor({ state: "detached" });
  await button(page, "Play").click();
  await untilEpoch(page, 40);
  await untilSo("the page's own run is kept", async () => (await kept()).length > 0);
  await page.close();
  assertNoProblems(problems);
});

test("panels only, and compact with its control and height", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await button(page, "Share").click();
  const hash = async () => new URL(await labeled(page, "Link to this experiment").inputValue()).hash;
  await page.getByRole("radio", { name: "Panels only" }).check();
  assert.equal(await hash(), "#hide=text,folds");
  await page.getByRole("radio", { name: /^Compact/ }).check();
  await page.getByRole("combobox", { name: "Control" }).selectOption("noise");
  assert.equal(await hash(), "#embed=compact&control=noise");
  assert.match(await labeled(page, "Embed code").inputValue(), / height="480" /);
  await preview(page).locator("ty-embed-control", { hasText: "Noise" }).waitFor();
  await preview(page).locator(".masthead").waitFor({ state: "hidden" });
  const height = page.getByRole("textbox", { name: /^Height/ });
  for (const [typed, taken] of [
    ["399", "400"],
    ["4001", "4000"],
    ["612", "612"],
  ]) {
    await height.fill(typed);
    await height.blur();
    assert.equal(await height.inputValue(), taken);
  }
  assert.match(await labeled(page, "Embed code").inputValue(), / height="612" /);
  await page.close();
  assertNoProblems(problems);
});

/** What is seen of an element: all of it, inside the window. */
const isInside = (page, selector) =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { left, top, right, bottom, width, height } = element.getBoundingClientRect();
      return (
        width > 0 &&
        height > 0 &&
        left >= -0.5 &&
        top >= -0.5 &&
        right <= innerWidth + 0.5 &&
        bottom <= innerHeight + 0.5
      );
    });

for (const [width, height, hash] of [
  [320, 480, "embed=compact"],
  [320, 400, "embed=compact&control=noise&question=Is%20it%20round%3F"],
  [375, 480, "embed=compact&source=sine"],
  [640, 480, "embed=compact&source=iris&title=A&aim=Reach%2095%25%20accuracy%20on%20the%20training%20set"],
])
  test(`a compact embed is whole at ${width} × ${height}: ${hash}`, async () => {
    const { page, problems } = await site.open(`#${hash}`, { viewport: { width, height } });
    await ready(page);
    await page.locator("ty-embed-control input").waitFor();
    await button(page, "Play").click();
    await page.locator("ty-score .score-value").waitFor();
    await untilEpoch(page, 5);
    const whole = [".stage", "ty-embed-control input", ".run-buttons .primary", ".run-reset", ".question-asked", '[aria-label="Epoch"]', '[aria-label="Training loss"]']; // prettier-ignore
    for (const part of whole) assert.ok(await isInside(page, part), part);
    const { wide, high, stage } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      high: document.documentElement.scrollHeight,
      stage: document.querySelector(".stage").getBoundingClientRect().width,
    }));
    assert.ok(wide <= width && high <= height, `${wide} × ${high}`);
    assert.ok(stage >= 200, `${stage}`);
    for (const clipped of [".figure output", ".figure > span", ".slider-value"])
      assert.ok(
        await page
          .locator(clipped)
          .filter({ visible: true })
          .evaluateAll((all) =>
            all.every((one) => one.scrollWidth <= one.clientWidth + 1 || getComputedStyle(one).display === "inline"),
          ),
        clipped,
      );
    const shown = await page
      .locator("main > *, .fold-panel, .masthead")
      .filter({ visible: true })
      .evaluateAll((all) => all.map((one) => one.localName));
    assert.deepEqual(shown.sort(), ["ty-embed-control", "ty-output-panel"]);
    await screenshot(page, `compact-${width}-${height}`);
    await page.close();
    assertNoProblems(problems);
  });

test("the compact control steps through the learning rate, and is spoken as it is shown", async () => {
  const { page, problems } = await site.open("#embed=compact", { viewport: { width: 320, height: 480 } });
  await ready(page);
  const slider = page.getByRole("slider", { name: "Learning rate" });
  assert.equal(await slider.getAttribute("aria-valuetext"), "0.03");
  await slider.press("ArrowRight");
  assert.equal((await state(page)).settings.learningRate, 0.1);
  assert.equal(await slider.getAttribute("aria-valuetext"), "0.1");
  await page.close();
  assertNoProblems(problems);
});
