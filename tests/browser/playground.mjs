// What the browser tests do again and again with the page.
import assert from "node:assert/strict";
import fs from "node:fs";

const axe = fs.readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** What axe-core finds on the page as it is: a sentence for each rule that is broken; of one rule, where it is named. */
export async function findings(page, rule = "") {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(
    (values) => globalThis.axe.run(values[0] ? { runOnly: { type: "rule", values } } : {}),
    [rule],
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`);
}

export const button = (page, name) => page.getByRole("button", { name, exact: true });
export const labeled = (page, name) => page.getByLabel(name, { exact: true });

/** The number in an output; NaN where it shows none yet. */
export async function read(page, name) {
  const text = await labeled(page, name).textContent();
  return Number.parseFloat(text.replaceAll(",", "").replace("−", "-"));
}

/** The playground's state, without its large arrays. */
export const state = (page) =>
  page.evaluate(() => {
    const { run, settings, ask, view, frame } = document.querySelector("ty-run-bar").playground.store.get();
    return { run, settings, ask, view, step: frame?.step, epoch: frame?.epoch };
  });

/** The whole loss curve as plain numbers. */
export const curve = (page) =>
  page.evaluate(() => {
    const { epoch, training, test } = document.querySelector("ty-run-bar").playground.store.get().frame.curve;
    return { epoch: [...epoch], training: [...training], test: [...test] };
  });

/** Resolves when the run is in that state; one that was trained shows its last frame then. */
export const until = (page, wanted, timeout = 30_000) =>
  page.waitForFunction(
    (name) => {
      const { run, frame } = document.querySelector("ty-run-bar")?.playground.store.get() ?? {};
      return run?.state === name && (!["paused", "finished"].includes(name) || !frame || frame.step === run.step);
    },
    wanted,
    { timeout },
  );

/** Resolves when the run stands, the page is shown and has had the time to draw its first picture. */
export async function ready(page) {
  await page.waitForFunction(
    () =>
      !document.querySelector("#shell") && document.querySelector("ty-run-bar")?.playground.store.get().frame?.outputs,
  );
  await drawn(page);
}

export const untilBelow = (page, name, bound, timeout = 60_000) =>
  page.waitForFunction(
    ([label, most]) => Number.parseFloat(document.querySelector(`output[aria-label="${label}"]`).textContent) < most,
    [name, bound],
    { timeout },
  );

export const untilEpoch = (page, least) =>
  page.waitForFunction(
    (epoch) => document.querySelector("ty-run-bar").playground.store.get().frame?.epoch >= epoch,
    least,
    { timeout: 60_000 },
  );

/** Trains to an epoch or a little further, and waits until the run stands. */
export async function trainTo(page, epoch) {
  await button(page, "Play").click();
  await untilEpoch(page, epoch);
  await button(page, "Pause").click();
  await until(page, "paused");
}

/** The parameters of the frame that is shown. */
export const parameters = (page) =>
  page.evaluate(() => [...document.querySelector("ty-run-bar").playground.store.get().frame.parameters]);

/** A sum over a canvas' pixels that changes when the picture does. */
export const picture = (page, selector) =>
  page.evaluate(async (name) => {
    const canvas = document.querySelector(name);
    // It is empty until it is drawn first.
    for (let i = 0; i < 600 && !canvas.width; i++) await new Promise(requestAnimationFrame);
    // Read from a copy: the browser warns, and draws otherwise, when the page's own canvas is read again and again.
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    return data.reduce((sum, value, i) => (sum * 31 + value * ((i % 7) + 1)) % 1_000_000_007, 0);
  }, selector);

/** So often a condition is asked for that a busy machine may take long to meet: half a minute. */
const PATIENT = 600;

/** Resolves when a canvas shows another picture than that. */
export const untilRedrawn = (page, selector, before) =>
  eventually(
    async () => assert.notEqual(await picture(page, selector), before, `${selector} looks as before`),
    PATIENT,
  );

/** Resolves when a canvas shows that picture. */
export const untilShown = (page, selector, wanted) =>
  eventually(async () => assert.equal(await picture(page, selector), wanted, `${selector} looks otherwise`), PATIENT);

/** Resolves when a condition holds. */
export const untilSo = (what, isSo) =>
  eventually(async () => assert.ok(await isSo(), `it never came that ${what}`), PATIENT);

/** Resolves when the page had the time to draw what it knows. */
export const drawn = (page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

/** Opens what is folded in the Data panel. */
export const openDataMore = (page) => page.locator("ty-data-panel .fold summary").click();

/** Where parts of the page lie in the window. */
export const boxesOf = (page, selectors) =>
  page.evaluate(
    (names) => names.map((name) => document.querySelector(name).getBoundingClientRect().toJSON()),
    selectors,
  );

/** On a phone, where one panel is shown at a time. */
export async function showTab(page, name) {
  const tab = page.getByRole("tab", { name, exact: true });
  if (await tab.isVisible()) await tab.click();
}

/** Opens both panels' folded settings, or folds them. */
export async function turnFolds(page) {
  for (const [tab, name] of [
    ["Network", "More model settings"],
    ["Training", "More training settings"],
  ]) {
    await showTab(page, tab);
    await button(page, name).click();
  }
}

/** Opens them, and waits for them: they are loaded then. */
export async function openFolds(page) {
  await turnFolds(page);
  for (const panel of ["ty-model-panel", "ty-training-panel"])
    await page.locator(`${panel} ty-more-settings fieldset`).first().waitFor({ state: "attached" });
}

/** Opens each part that is loaded later and stands below the panels or in them, and waits for all. */
export async function openAllParts(page) {
  await page.locator("ty-charts-fold, ty-runs-fold").nth(1).waitFor();
  // Each is drawn in a turn of its own.
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".fold-panel")].every((fold) => fold.querySelector("details")),
  );
  await page.evaluate(() =>
    document.querySelectorAll(".fold-panel > details").forEach((details) => (details.open = true)),
  );
  await turnFolds(page);
  const shown = [
    "ty-data-step",
    "ty-microscope",
    "ty-confusion",
    "ty-comparison",
    "ty-race-panel",
    "ty-charts-panel",
    "ty-runs-panel",
    "ty-network-tools",
    "ty-moments",
    "ty-more-settings",
  ];
  for (const name of shown) await page.locator(`${name} *`).first().waitFor({ state: "attached" });
}

/** Resolves when the service worker answers for the page. */
export const kept = (page) => page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");

/** Presses a key that does nothing, as one who uses the page, and resolves when these files are kept. */
export async function used(page, names) {
  await kept(page); // what listens is there by then
  await page.keyboard.press("Shift");
  await page.evaluate(async (files) => {
    const home = new URL("./", location.href);
    const isKept = async (name) => (await caches.match(new URL(name, home).href)) !== undefined;
    for (const name of files) while (!(await isKept(name))) await new Promise((resolve) => setTimeout(resolve, 50));
  }, names);
}

export function assertNoProblems(problems) {
  assert.deepEqual(problems, []);
}

/** The run as the page shows it. */
export const frame = (page) =>
  page.evaluate(() => {
    const { step, epoch, training, parameters, curve } = document
      .querySelector("ty-run-bar")
      .playground.store.get().frame;
    return {
      step,
      epoch,
      loss: training.loss,
      parameters: [...parameters],
      last: curve.epoch.at(-1),
      curve: [...curve.training],
    };
  });

/** Tries a few times: what is shown needs an animation frame. */
export async function eventually(check, tries = 40) {
  for (let i = 0; ; i++) {
    try {
      return await check();
    } catch (error) {
      if (i === tries) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** The page's address with all that is set: it is written a few times a second at most, and when the page is left. */
export const address = (page) =>
  page.evaluate(() => {
    dispatchEvent(new Event("pagehide"));
    return location.href;
  });

/** What a worker is allowed of another origin, and of text as script; as its own scripts would try it. */
export const tryForeign = (worker, url) =>
  worker.evaluate(async (url) => {
    await new Promise((resolve) => setTimeout(resolve)); // what the inspector runs itself may be allowed more
    const outcome = (attempt) =>
      attempt().then(
        () => "allowed",
        () => "refused",
      );
    return {
      fetch: await outcome(() => fetch(url)),
      socket: await outcome(
        () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket(url.replace("http", "ws"));
            socket.onopen = resolve;
            socket.onerror = reject;
          }),
      ),
      script: await outcome(() => import(`${url}script.js`)),
      classic: await outcome(async () => importScripts(`${url}script.js`)),
      eval: await outcome(async () => (0, eval)("1")),
      function: await outcome(async () => new Function("return 1")()),
    };
  }, url);

/** As somebody who drags a file from his desktop onto the page. */
export async function drop(page, text, name, selector = "#app") {
  const transfer = await page.evaluateHandle(
    ([content, file]) => {
      const data = new DataTransfer();
      data.items.add(new File([content], file, { type: "text/csv" }));
      return data;
    },
    [text, name],
  );
  await page.dispatchEvent(selector, "dragover", { dataTransfer: transfer });
  await page.dispatchEvent(selector, "drop", { dataTransfer: transfer });
}

/** Resolves when a run on that source stands, with its first picture. */
export const opened = (page, source) =>
  page.waitForFunction(
    (name) => {
      const {
        settings: { source: now },
        description,
        run,
        frame,
      } = document.querySelector("ty-run-bar").playground.store.get();
      // What was brought is out of sight, and takes no focus, until it stands.
      const isSeen = !document.querySelector("[data-settling]");
      return (
        isSeen && now === name && description?.target && run?.state === "ready" && frame?.step === 0 && frame.outputs
      );
    },
    source,
    { timeout: 60_000 },
  );

/** A real set's file. */
export const csv = (name) => fs.readFileSync(new URL(`../../www/data/${name}.csv`, import.meta.url), "utf8");

export async function paste(page, text) {
  await button(page, "Paste data").click();
  await page.getByLabel("Paste rows from a spreadsheet or CSV file").fill(text);
  await button(page, "Use this data").click();
}
