// The process as the page's spine: the strip of steps and their states, a band for each step, and each step as a view with
// an address of its own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { FEATURES, STEPS as REGISTRY } from "../../www/app/features.js";
import { assertNoProblems, boxesOf, button, findings, ready, state, until, untilSo } from "./playground.mjs";
import { openSite, screenshot } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** Step, its title, and what is open in its view, of two classes. */
const STEPS = REGISTRY.map(({ id, title }) => [
  id,
  title,
  FEATURES.filter((one) => one.step === id && one.title && !["residuals", "sight"].includes(one.id)).map(
    (one) => `ty-${one.id}-fold`,
  ),
]);

async function opened(hash = "", context = {}) {
  const { page, problems } = await site.open(hash, context);
  await ready(page);
  await page.locator("ty-steps nav").waitFor({ state: "attached" });
  return { page, problems };
}

const step = (page, id) => page.locator(`ty-steps [data-step="${id}"]`);

/** What fills the page. */
const seen = (page) =>
  page.evaluate(() => {
    const isShown = (element) => element.checkVisibility();
    const names = (selector) => [...document.querySelectorAll(selector)].filter(isShown).map((one) => one.localName);
    return {
      hash: new URLSearchParams(location.hash.slice(1)).get("view"),
      view: document.querySelector("ty-run-bar").playground.store.get().settings.view,
      title: document.title,
      current: document.querySelector("ty-steps [aria-current]")?.dataset.step ?? null,
      panels: names("main > .panel"),
      bands: names(".band"),
      open: names(".fold-panel:has(> details[open])"),
      isBarShown: isShown(document.querySelector("ty-run-bar")),
      focus: document.activeElement?.closest(".view-head")?.querySelector("h2").textContent ?? null,
    };
  });

test("each step opens as a view with an address and a title of its own, and Back, Escape and the button return", async () => {
  const { page, problems } = await opened();
  const playground = await seen(page);
  assert.deepEqual([playground.panels.length, playground.view, playground.current], [5, "playground", null]);
  assert.deepEqual(
    playground.bands,
    STEPS.filter(([, , folds]) => folds.length).map(([id]) => `ty-${id}-band`),
  );
  const ways = [
    () => page.goBack(),
    () => page.keyboard.press("Escape"),
    () => button(page, "Back to the playground").click(),
  ];
  for (const [i, [id, title, folds]] of STEPS.entries()) {
    await step(page, id).click();
    const view = await seen(page);
    assert.deepEqual(
      { ...view, title: view.title.startsWith(title) },
      {
        hash: id,
        view: id,
        title: true,
        current: id,
        panels: folds.length ? [] : ["ty-model-panel"],
        bands: folds.length ? [`ty-${id}-band`] : [],
        open: folds,
        isBarShown: true,
        focus: title,
      },
    );
    for (const name of folds) await page.locator(`${name} > details > :nth-child(2):not(.note)`).waitFor();
    await ways[i % ways.length]();
    await untilSo(`the playground came back from ${id}`, async () => {
      const { view, hash } = await seen(page);
      return view === "playground" && hash === null; // the address follows a moment later
    });
    assert.deepEqual(await seen(page), { ...playground, focus: null });
  }
  await page.close();
  assertNoProblems(problems);
});

test("between views the run and its settings stay, those changed on the way too; forth and undo keep the view", async () => {
  const { page, problems } = await opened("#epochs=30");
  await button(page, "Play").click();
  await until(page, "finished");
  const before = await state(page);
  await step(page, "training").click();
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("learningRate", 0.1));
  await step(page, "selection").click();
  await page.goBack();
  await untilSo("the view before came back", async () => (await seen(page)).view === "training");
  await page.goBack();
  await untilSo("the playground came back", async () => (await seen(page)).view === "playground");
  const after = await state(page);
  assert.deepEqual([after.settings.learningRate, after.step], [0.1, before.step]);
  await untilSo("the address has the rate", async () => page.url().endsWith("#learningRate=0.1&epochs=30"));
  await page.goForward();
  await untilSo("the view is open again", async () => (await seen(page)).view === "training");
  await page.keyboard.press("Control+z");
  await untilSo("the rate was taken back", async () => (await state(page)).settings.learningRate === 0.03);
  assert.equal((await seen(page)).view, "training");
  assert.equal((await state(page)).step, before.step);
  await page.close();
  assertNoProblems(problems);
});

test("a link with a view opens there; one that is edited by hand is another experiment", async () => {
  const { page, problems } = await opened("#source=xor&view=evaluation");
  assert.deepEqual((({ view, bands }) => [view, bands])(await seen(page)), ["evaluation", ["ty-evaluation-band"]]);
  assert.equal((await state(page)).settings.source, "xor");
  await page.evaluate(() => (location.hash = "#source=spiral&view=training"));
  await untilSo("the other experiment is open", async () => (await state(page)).settings.source === "spiral");
  assert.deepEqual((await seen(page)).bands, ["ty-training-band"]);
  await page.goBack();
  await untilSo("the first one is back", async () => (await state(page)).settings.source === "xor");
  await page.evaluate(() => (location.hash = "#view=nothing"));
  await page.getByRole("alert").filter({ hasText: "view=nothing" }).waitFor();
  assert.equal((await seen(page)).view, "playground");
  await page.close();
  assertNoProblems(problems);
});

test("a link that leaves out the bands, and a compact embed, have no views", async () => {
  for (const [hash, panels] of [
    ["#view=evaluation&hide=folds", 5],
    ["#view=evaluation&embed=compact", 1],
  ]) {
    const { page, problems } = await opened(hash);
    await untilSo("the bands are gone", async () => (await seen(page)).bands.length === 0);
    assert.equal((await seen(page)).panels.length, panels, hash);
    await page.close();
    assertNoProblems(problems);
  }
});

test("steps say how far they are: ready, asking for attention, done, locked", async () => {
  const { page, problems } = await opened("#epochs=20");
  const marks = () =>
    page.$$eval("ty-steps [data-step]", (steps) => steps.map((one) => `${one.dataset.is}${one.querySelector(".step-mark").textContent.trim()}`)); // prettier-ignore
  assert.deepEqual(await marks(), ["done", "done", "open", "open", "open", "none"]);
  const places = await boxesOf(
    page,
    STEPS.map(([id]) => `[data-step="${id}"]`),
  );
  await button(page, "Play").click();
  await until(page, "finished");
  await untilSo("training is done", async () => (await marks())[2] === "done" && (await marks())[3] === "done");
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.openLink("#source=iris"));
  await untilSo("the doctor has looked", async () => (await marks())[0] === "attention2");
  assert.deepEqual((await marks()).slice(2, 4), ["open", "locked"]);
  assert.match(await step(page, "data").textContent(), /2 findings/);
  assert.match(await step(page, "evaluation").textContent(), /test set locked/);
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.openLink("#source=line&learningRate=20"));
  await until(page, "ready");
  // Of a number to predict there is no confusion matrix, but there are residuals.
  const cards = () => page.$$eval("ty-evaluation-band .fold-panel:not([hidden])", (all) => all.map(({ localName }) => localName)); // prettier-ignore
  await untilSo("the cards are those of a number", async () => (await cards()).join() === "ty-metrics-fold,ty-residuals-fold"); // prettier-ignore
  await button(page, "Play").click();
  await until(page, "diverged");
  await untilSo("training asks for attention", async () => (await marks())[2] === "attention1");
  assert.deepEqual(await boxesOf(page, STEPS.map(([id]) => `[data-step="${id}"]`)), places, "no mark moves a step"); // prettier-ignore
  await step(page, "evaluation").click();
  assert.deepEqual((await seen(page)).open, ["ty-metrics-fold", "ty-residuals-fold"]);
  await page.close();
  assertNoProblems(problems);
});

test("the strip and the run bar stay in sight, and what is gone to lies below them", async () => {
  const { page, problems } = await opened();
  await page.keyboard.press("Control+k");
  await page.locator(".palette-input").fill("confusion");
  await page.keyboard.press("Enter");
  await page.locator("ty-confusion-fold details[open]").waitFor();
  await untilSo("the page stands", () =>
    page.evaluate(async () => {
      const before = scrollY;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return before > 0 && scrollY === before;
    }),
  );
  const [strip, bar, fold] = await boxesOf(page, ["ty-steps", "ty-run-bar", "ty-confusion-fold"]);
  assert.ok(
    strip.top >= 0 && strip.bottom <= bar.top + 1 && bar.bottom <= fold.top,
    JSON.stringify([strip, bar, fold]),
  );
  await page.close();
  assertNoProblems(problems);
});

test("the palette finds each view, and leads out of one to what lies elsewhere", async () => {
  const { page, problems } = await opened();
  const go = async (words) => {
    await page.keyboard.press("Control+k");
    await page.locator(".palette-input").fill(words);
    await page.keyboard.press("Enter");
  };
  for (const [id, title, folds] of STEPS.filter(([, , folds]) => folds.length)) {
    await go(`${title} view`);
    await untilSo(`${id} is open`, async () => (await seen(page)).view === id);
    assert.deepEqual((await seen(page)).open, folds);
  }
  await go("Microscope");
  await untilSo("the view that it is in is open", async () => (await seen(page)).view === "training");
  await go("Learning rate…");
  await untilSo("the field has the focus", () => page.evaluate(() => document.activeElement.dataset.setting === "learningRate")); // prettier-ignore
  assert.equal((await seen(page)).view, "playground");
  await page.close();
  assertNoProblems(problems);
});

test("Escape closes first what lies over a view", async () => {
  const { page, problems } = await opened("#view=training");
  await page.keyboard.press("Control+k");
  await page.locator("dialog[open]").waitFor();
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
  assert.equal((await seen(page)).view, "training");
  await page.locator("ty-run-bar summary.chip").click();
  await page.keyboard.press("Escape");
  assert.deepEqual([await page.locator(".engine[open]").count(), (await seen(page)).view], [0, "training"]);
  await page.locator("ty-run-bar summary.chip").focus();
  await page.keyboard.press("Escape");
  await untilSo("the playground is there", async () => (await seen(page)).view === "playground");
  await page.close();
  assertNoProblems(problems);
});

test("pictures on the cards are drawn only in sight, and a few times a second at most", async () => {
  const { page, problems } = await opened("#speed=epoch&epochs=5000");
  const thumbnails = page.locator("ty-thumbnail");
  await untilSo("they are there", async () => (await thumbnails.count()) > 7);
  await page.locator("ty-confusion-fold").scrollIntoViewIfNeeded();
  await page.locator("ty-confusion-fold .thumb-right").first().waitFor({ state: "attached" });
  const drawings = (name) =>
    page.evaluate((of) => {
      const view = document.querySelector(of);
      globalThis.drawn = 0;
      const update = view.requestUpdate;
      view.requestUpdate = function (...args) {
        globalThis.drawn += 1;
        return update.apply(this, args);
      };
      const from = document.querySelector("ty-run-bar").playground.store.get().frame.epoch;
      return new Promise((resolve) => {
        const start = performance.now();
        const look = () => {
          const { frame } = document.querySelector("ty-run-bar").playground.store.get();
          if (frame.epoch < from + 60) return void setTimeout(look, 20);
          resolve({ drawn: globalThis.drawn, seconds: (performance.now() - start) / 1000 });
        };
        look();
      });
    }, name);
  await button(page, "Play").click();
  const inSight = await drawings("ty-charts-fold ty-thumbnail");
  assert.ok(inSight.drawn > 0 && inSight.drawn <= 3 * inSight.seconds + 2, JSON.stringify(inSight));
  await page.evaluate(() => scrollTo(0, 0));
  await page.waitForTimeout(500);
  const outOfSight = await drawings("ty-export-fold ty-thumbnail");
  assert.equal(outOfSight.drawn, 0);
  await page.close();
  assertNoProblems(problems);
});

/** Adds up what shifts from now on, and notes what it was. */
const shifts = (page) =>
  page.evaluate(() => {
    globalThis.shift = 0;
    globalThis.moved = [];
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries()) {
        if (hadRecentInput) continue;
        globalThis.shift += value;
        for (const { node, previousRect: from, currentRect: to } of sources)
          globalThis.moved.push(`${node?.nodeName}.${node?.className} ${from.x},${from.y} → ${to.x},${to.y}`);
      }
    }).observe({ type: "layout-shift" });
  });

test("nothing shifts while all views are opened, or when a notice comes", async () => {
  for (const context of [{}, PHONE]) {
    const { page, problems } = await opened("", context);
    await shifts(page);
    for (const [id, , folds] of STEPS) {
      await page.evaluate((id) => document.querySelector(`ty-steps [data-step="${id}"]`).click(), id); // no input that would excuse a shift
      await page.locator("#app:not([data-settling])").waitFor();
      for (const fold of folds) await page.locator(`${fold} > details > :nth-child(2):not(.note)`).waitFor();
      await page.waitForTimeout(300);
    }
    await page.evaluate(() => history.back());
    await page.locator("#app:not([data-settling])").waitFor();
    await page.evaluate(() =>
      document
        .querySelector("ty-run-bar")
        .playground.store.set({ notice: { tone: "info", text: "Something to say." } }),
    );
    await page.locator(".notice").waitFor();
    await page.waitForTimeout(300);
    const { shift, moved } = await page.evaluate(() => ({ shift: globalThis.shift, moved: globalThis.moved }));
    assert.ok(shift < 0.02, `${shift}: ${moved.join("; ")}`);
    await page.close();
    assertNoProblems(problems);
  }
});

test("on a phone the strip stands in the place of the tabs, in a view alone, with wide targets", async () => {
  const { page, problems } = await opened("", PHONE);
  assert.equal(await page.locator("ty-steps").isVisible(), false);
  await page.locator("ty-selection-band .band-head").tap();
  const view = await seen(page);
  assert.deepEqual([view.view, view.bands], ["selection", ["ty-selection-band"]]);
  assert.deepEqual(
    [await page.locator(".tabs").isVisible(), await page.locator("ty-steps").isVisible()],
    [false, true],
  );
  const small = await page.$$eval("ty-steps button, .view-back, .fold-panel > details > summary", (controls) =>
    controls
      .filter((one) => one.checkVisibility())
      .map((one) => one.getBoundingClientRect())
      .filter(({ width, height }) => width < 43.5 || height < 43.5),
  );
  assert.deepEqual(small, []);
  const [current] = await boxesOf(page, ["ty-steps [aria-current]"]);
  assert.ok(current.left >= 0 && current.right <= 390, JSON.stringify(current));
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.close();
  assertNoProblems(problems);
});

test("on a phone all that folds out is as high as a finger, and so is what closes the answer", async () => {
  const { page, problems } = await opened("#source=penguins&epochs=2&validationShare=0.2", PHONE);
  const small = (selector) =>
    page.$$eval(selector, (controls) =>
      controls
        .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().height < 43.5)
        .map((one) => `${one.className} ${one.textContent.trim()} ${one.getBoundingClientRect().height}`),
    );
  await page.locator(".other-inputs summary").waitFor();
  assert.deepEqual(await small("main summary, .band summary"), []);
  await button(page, "Play").tap();
  await until(page, "finished");
  await page.locator(".result-close").waitFor();
  assert.deepEqual(await small(".result-close"), []);
  // The row of the locked scores is no higher than others: what is over and under it belongs to its button.
  assert.ok(
    await page.locator(".lock-open").evaluate((lock) => {
      lock.scrollIntoView({ block: "center" });
      const { left, top, width, height } = lock.getBoundingClientRect();
      return [-11, height + 11].every((y) => document.elementFromPoint(left + width / 2, top + y) === lock);
    }),
  );
  for (const id of ["data", "evaluation"]) {
    await page.evaluate((id) => document.querySelector(`ty-steps [data-step="${id}"]`).click(), id);
    await page.locator("#app:not([data-settling])").waitFor();
    assert.deepEqual(await small(".band[data-open] summary"), [], id);
  }
  await page.close();
  assertNoProblems(problems);
});

test("on a phone the Model view is the panel, whichever tab was open", async () => {
  const { page, problems } = await opened("#view=model", PHONE);
  const panels = async () => (await seen(page)).panels;
  assert.deepEqual(await panels(), ["ty-model-panel"]);
  await button(page, "Back to the playground").tap();
  assert.deepEqual(await panels(), ["ty-output-panel", "ty-figures"]);
  await page.getByRole("tab", { name: "Data" }).tap();
  await page.goBack();
  assert.deepEqual(await panels(), ["ty-model-panel"]);
  await page.close();
  assertNoProblems(problems);
});

for (const [name, context] of [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["forced colors", { forcedColors: "active" }],
])
  test(`axe-core finds nothing in any view: ${name}`, async () => {
    const { page, problems } = await opened("#epochs=20", context);
    await button(page, "Play").click();
    await until(page, "finished");
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.locator("ty-thumbnail").last().waitFor({ state: "attached" });
    assert.deepEqual(await findings(page), [], "the bands");
    for (const [id, , folds] of STEPS) {
      await step(page, id).click();
      for (const fold of folds) await page.locator(`${fold} > details > :nth-child(2):not(.note)`).waitFor();
      assert.deepEqual(await findings(page), [], id);
      await screenshot(page, `view-${id}-${name.replace(" ", "-")}`);
    }
    await page.close();
    assertNoProblems(problems);
  });
