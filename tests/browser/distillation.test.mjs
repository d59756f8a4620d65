// What a network of images sees, in Chromium: the pixels an answer depends on, live; probes of its layers; what filters look
// for. All of it with the keyboard and on a phone too, and never a test row.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  assertNoProblems,
  button,
  findings,
  labeled,
  picture,
  showTab,
  until,
  untilRedrawn,
  untilSo,
} from "./playground.mjs";
import { openFold } from "./studies.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** On a machine that does much besides, minutes. */
const LONG_MS = 240_000;

async function trained(hash, context = {}) {
  const opened = await site.open(hash, context);
  await opened.page.waitForSelector("ty-picture-tiles .tile", { state: "attached", timeout: 60_000 });
  await button(opened.page, "Play").click();
  await until(opened.page, "finished", LONG_MS);
  return opened;
}

/** What the map shows, and what the bars beside the picture say. */
const gazed = (page) =>
  page.evaluate(() => {
    const { gazed: own, way } = document.querySelector("ty-sight-gaze");
    const { frame, ask, run } = document.querySelector("ty-run-bar").playground.store.get();
    const values = own && [...own.values];
    return {
      values,
      way: own?.way,
      asked: way,
      class: own?.class,
      whole: own?.whole,
      ask,
      run: run.state,
      outputs: [...frame.outputs],
    };
  });

const untilGazed = (page, what, isSo) =>
  untilSo(what, async () => {
    const own = await gazed(page);
    return own.values && own.way === own.asked && isSo(own);
  });

const jobOf = (page, element) =>
  page.evaluate((name) => {
    const { phase, problem, share, found, probed } = document.querySelector(name).job.store.get();
    const { points } = document.querySelector("ty-run-bar").playground.store.get();
    const patches = found?.patches.map((one) => ({ ...one, part: points.part[one.row] }));
    return {
      phase,
      problem,
      share,
      probed,
      patches,
      dream: found?.dream && { ...found.dream, pixels: [...found.dream.pixels] },
    };
  }, element);

const untilDone = (page, element) =>
  page.waitForFunction(
    (name) => {
      const { phase, problem } = document.querySelector(name).job.store.get();
      return problem || phase === "done";
    },
    element,
    { timeout: LONG_MS },
  );

test("MNIST: pixels, probes and filters of a trained network, by mouse and keys", async () => {
  const { page, problems } = await trained("#source=mnist&epochs=2");
  await openFold(page, "sight");
  await untilGazed(page, "the map is there", ({ way }) => way === "saliency");
  const first = await gazed(page);
  assert.equal(first.values.length, 784);
  // The class is the one predicted, and its probability that of the bars.
  assert.equal(first.class, first.outputs.indexOf(Math.max(...first.outputs)));
  assert.ok(Math.abs(first.whole - first.outputs[first.class]) < 1e-9, `${first.whole}`);
  const sight = page.locator("ty-sight-gaze");
  assert.match(await sight.locator(".sight-words").textContent(), /Row \d+, column \d+: with 10% more ink/);

  await sight.getByLabel("Map of pixels").focus();
  const hint = await sight.locator(".sight-read").textContent();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  const reading = await sight.locator(".sight-read").textContent();
  assert.notEqual(reading, hint);
  assert.match(reading, /^Row 16, column 15: /);

  const before = await picture(page, ".sight-strengths");
  await sight.getByRole("radio", { name: "Occlusion" }).check();
  await untilGazed(page, "the map is of covering", ({ way }) => way === "occlusion");
  await untilRedrawn(page, ".sight-strengths", before);
  const covered = await gazed(page);
  assert.ok(covered.values.every((p) => p >= 0 && p <= 1));
  assert.ok(Math.min(...covered.values) < covered.whole, "somewhere covering it costs something");
  await labeled(page, "Class").selectOption("1");
  await untilGazed(page, "the map is of the class", (own) => own.class === 1);
  await labeled(page, "Class").selectOption("-1");

  // Another picture, another map.
  await page.locator("ty-image-output .tile").nth(5).click();
  await untilGazed(
    page,
    "the map is of the other image",
    ({ class: one, outputs, ask }) => ask[0] !== first.ask[0] && one === outputs.indexOf(Math.max(...outputs)),
  );

  await button(page, "Fit probes").click();
  await untilDone(page, "ty-sight-probes");
  const { probed, problem } = await jobOf(page, "ty-sight-probes");
  assert.equal(problem, "");
  assert.equal(probed.length, 5);
  probed.forEach(({ accuracy, low, high }, i) => {
    assert.ok(low <= accuracy && accuracy <= high && accuracy > 0.7, `layer ${i}: ${accuracy}`);
    assert.ok(i === 0 || high >= probed[i - 1].low, `layer ${i} falls`);
  });
  const rows = await page.locator(".sight-probes tbody tr").allTextContents();
  assert.equal(rows.length, 5);
  probed.forEach(({ accuracy }, i) => assert.ok(rows[i].includes(`${(100 * accuracy).toFixed(1)}%`), rows[i]));
  assert.match(await page.locator("ty-sight-probes .note").last().textContent(), /1,500 training images.*11\.\d%/s);

  await page.locator("ty-sight-filters select").first().selectOption("1");
  await page.locator(".sight-filter").nth(4).click();
  await untilDone(page, "ty-sight-filters");
  const found = await jobOf(page, "ty-sight-filters");
  assert.equal(found.problem, "");
  assert.equal(found.patches.length, 9);
  assert.ok(found.patches.every(({ part, field }) => part === 0 && field[2] === 10 && field[3] === 10));
  assert.ok(found.dream.pixels.every((ink) => ink >= 0 && ink <= 1) && Number.isFinite(found.dream.value));
  await untilSo("patches are painted", async () =>
    page.$$eval(
      ".sight-patch canvas, .sight-dream",
      (all) => all.length === 10 && all.every(({ width }) => width === 10),
    ),
  );
  await page.locator(".sight-patch").first().click();
  await untilSo("its image is asked about", async () => (await gazed(page)).ask[0] === found.patches[0].row);

  // A class has a whole image that it would like to see.
  await page.locator("ty-sight-filters select").first().selectOption("3");
  await page.locator(".sight-filter").nth(7).click();
  await untilSo("the image for 7 is there", async () => {
    const { phase, patches, dream } = await jobOf(page, "ty-sight-filters");
    return phase === "done" && patches?.[0].field[2] === 28 && dream;
  });
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

test("8×8 digits: the map follows while the network trains; probes end when that is wanted, by validation rows where there are some", async () => {
  const { page, problems } = await site.open("#source=digits&epochs=1000&validationShare=0.2");
  await page.waitForSelector("ty-picture-tiles .tile", { state: "attached", timeout: 60_000 });
  await openFold(page, "sight");
  await untilGazed(page, "the map is there", () => true);
  const before = (await gazed(page)).values;
  await button(page, "Play").click();
  await untilSo("the map is another, and the run trains on", async () => {
    const { values, run } = await gazed(page);
    return run === "training" && String(values) !== String(before);
  });
  // What takes seconds has the worker to itself.
  await button(page, "Fit probes").click();
  await until(page, "paused");
  await untilDone(page, "ty-sight-probes");
  const { probed, problem } = await jobOf(page, "ty-sight-probes");
  assert.equal(problem, "");
  assert.deepEqual([probed.length, [...new Set(probed.map(({ part }) => part))]], [4, ["validation"]]);
  await page.close();
  assertNoProblems(problems);
});

test("on a phone in the dark: by touch, nothing is cut, axe finds nothing; a drawing is looked at too", async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: "dark" };
  const { page, problems } = await trained("#source=digits&epochs=5", phone);
  await openFold(page, "sight");
  await untilGazed(page, "the map is there", () => true);
  await page.locator(".sight-map").tap();
  await untilSo("the pixel is read", async () =>
    /^Row \d, column \d/.test(await page.locator(".sight-read").textContent()),
  );
  await page.locator(".sight-filter").nth(2).tap();
  await untilDone(page, "ty-sight-filters");
  assert.equal((await jobOf(page, "ty-sight-filters")).patches.length, 9);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  const small = await page.$$eval(".sight-part :is(button, select)", (all) =>
    all.filter((one) => one.getBoundingClientRect().height < 43.5).map(({ outerHTML }) => outerHTML.slice(0, 80)),
  );
  assert.deepEqual(small, []);
  assert.deepEqual(await findings(page), []);
  await showTab(page, "Evaluation");
  await button(page, "Draw a digit").click();
  await page.locator(".pad-board").focus();
  // Two strokes, by keys.
  for (const keys of [
    ["Shift+ArrowRight", "ArrowDown"],
    ["Shift+ArrowLeft", "Shift+ArrowDown"],
  ]) {
    await page.keyboard.press("Space");
    for (const key of keys) await page.keyboard.press(key);
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+ArrowDown");
  }
  await untilSo("each stroke has its class, the last one that of the bars", async () => {
    const said = await page.locator(".stroke-list li span").allTextContents();
    const bars = await page.locator(".answer-bars").getAttribute("data-said");
    return said.length === 2 && said.every((one) => /^\d \d+%$/.test(one)) && said[1].startsWith(`${bars} `);
  });
  assert.deepEqual(await findings(page), []);
  await page.locator(".pad-board").press("Control+z");
  await untilSo("a stroke taken back is gone", async () => (await page.locator(".stroke-list li").count()) === 1);
  await untilGazed(
    page,
    "the drawing is looked at",
    ({ ask, class: one, outputs }) => ask[0] === -1 && one === outputs.indexOf(Math.max(...outputs)),
  );
  await page.close();
  assertNoProblems(problems);
});
