// Every part that comes later may fail to come: the rest works, the part says so, and it can be tried again.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { LANGUAGES } from "../../www/strings/catalogue.mjs";
import { EXPORT_PARTS } from "./exportParts.mjs";
import { BOOK, JSON_FILE, file, inTurn, open, openBook, openChip, press } from "./partActs.mjs";
import { button, ready, untilEpoch } from "./playground.mjs";
import { buildFolder, dist, openSite, webgpuFlag } from "./support.mjs";

let site;
before(async () => (site = await openSite({ args: [webgpuFlag] })));
after(() => site?.close());

const never = () => {};
const FAULTS = {
  "is not found": (route) => route.fulfill({ status: 404, contentType: "text/plain", body: "not found" }),
  "is a portal's page": (route) =>
    route.fulfill({ status: 200, contentType: "text/html", body: "<!doctype html><title>Log in</title>" }),
  "never comes": never,
};

const isRead = "ty-data-step .table-facts, ty-data-step [role=grid]";

/** By file: the address, what asks for it, what is said, what asks again, and what is there once it came. */
const BASELINES = {
  ask: inTurn(open("ty-baselines-fold"), press("Fit baselines")),
  words: /simpler models could not/,
  again: press("Fit baselines"),
  there: "ty-baselines [data-best=true]",
};

const EXPORTS = {
  ask: inTurn(open("ty-export-fold"), press("Download the model")),
  words: /writes exports could not/,
  again: press("Download the model"),
  there: "[data-way=onnx] .export-said:has-text('Saved as')",
};

const SOUNDS = {
  hash: "#source=speech",
  words: /part that understands sounds could not be loaded/,
  again: press("Reset"),
  there: "ty-image-output .tile",
  trains: false,
};

const PARTS = {
  "shared.js": {
    words: /timeline and kept runs could not/,
    // The network's editor needs it as well.
    again: (_page, alert) =>
      alert
        .locator("p", { hasText: /timeline/ })
        .getByRole("button", { name: "Try again" })
        .click(),
    there: "ty-moments *",
  },
  "rest.js": { ask: press("More training settings"), words: /These settings could not/, there: "ty-more-settings" },
  "features/training/chart.js": { words: /loss chart could not/, there: "ty-loss-chart .plot canvas" },
  "features/evaluation/curvePart.js": {
    hash: "#source=line",
    words: /The curve plot could not/,
    there: "ty-toy-output:not(:has(p[role=alert]))",
  },
  "settings/tfPlayground.js": {
    hash: "#dataset=spiral&noise=10",
    words: /Links of TensorFlow Playground can’t be read now/,
    there: "[role=alert]:has-text('Opened from TensorFlow Playground')",
  },
  "worker/travel.js": { words: /timeline could not/, there: "ty-moments *" },
  "worker/jobs.js": {
    ask: inTurn(open("ty-benchmark-fold"), press("Run the benchmark")),
    words: /Its part could not/,
    again: press("Run again"),
    there: "ty-race-panel button:has-text('Stop')",
  },
  "worker/full.js": {
    hash: "#source=iris",
    words: /reads tables could not/,
    again: press("Reset"),
    there: "ty-table-output *",
    trains: false,
  },
  "pkg-full/trainyard_bg.wasm": {
    hash: "#source=iris",
    words: /reads tables could not/,
    again: press("Reset"),
    there: "ty-table-output *",
    trains: false,
  },
  "features/data/worker/formats/converters.js": {
    ask: inTurn(open("ty-data-fold"), JSON_FILE),
    words: /The part of Trainyard that .* could not/,
    again: JSON_FILE,
    there: isRead,
  },
  "features/data/worker/formats/workbook.js": {
    ask: openBook,
    words: /The part of Trainyard that .* could not/,
    again: BOOK,
    there: isRead,
  },
  "pkg-workbook/trainyard_bg.wasm": {
    ask: openBook,
    words: /The part of Trainyard that .* could not/,
    again: BOOK,
    there: isRead,
  },
  "data/iris.csv": {
    hash: "#source=iris",
    words: /Iris could not be loaded/,
    again: press("Reset"),
    there: "ty-table-output *",
    trains: false,
  },
  "data/digits.images": {
    hash: "#source=digits",
    words: /8×8 digits could not be loaded/,
    again: press("Reset"),
    there: "ty-image-output *",
    trains: false,
  },
  "data/speech.sounds": { ...SOUNDS, words: /Spoken digits could not be loaded/ },
  "pkg-audio/trainyard_bg.wasm": SOUNDS,
  "features/audio/worker/package.js": SOUNDS,
  ...both("features/audio/part.js", "features/audio/style.css", { ...SOUNDS, words: /image views could not/ }),
  ...both("features/images/own/part.js", "features/images/own/style.css", {
    ask: inTurn(open("ty-data-fold"), press("Your own images…")),
    words: /tools for your own images could not/,
    there: "ty-own-images *",
  }),
  ...both("features/export/program/part.js", "features/export/program/style.css", {
    ask: inTurn(open("ty-export-fold"), press("Show the program")),
    words: /program writer could not be loaded/,
    again: press("Show the program"),
    there: "ty-program .program-code",
  }),
  ...both("features/images/part.js", "features/images/style.css", {
    hash: "#source=digits",
    words: /image views could not/,
    again: press("Reset"),
    there: "ty-image-output .tile",
    trains: false,
  }),
  ...both("features/advanced/part.js", "features/advanced/style.css", {
    ask: press("More training settings"),
    words: /These settings could not/,
    there: "ty-more-settings",
  }),
  ...both("features/menu/part.js", "features/menu/style.css", {
    ask: press("Share"),
    words: /menu could not/,
    there: "dialog[open]",
  }),
  ...both("features/help/part.js", "features/help/style.css", {
    ask: press("About Learning rate"),
    words: /Help texts could not/,
    there: ".info-card",
  }),
  ...both("features/coach/part.js", "features/coach/style.css", {
    ask: press("Step"),
    words: /The coach could not/,
    there: "ty-coach",
  }),
  ...both("features/runs/part.js", "features/runs/style.css", {
    ask: open("ty-runs-fold"),
    words: /This section could not/,
    there: "ty-runs-panel *",
  }),
  ...both("features/share/part.js", "features/share/style.css", {
    ask: press("Share"),
    words: /The Share dialog could not/,
    there: "dialog[open]",
  }),
  ...both("features/locks/part.js", "features/locks/style.css", {
    hash: "#lock=noise",
    words: /marks of locked settings could not/,
    there: ".lock-sign",
  }),
  ...both("features/embed/part.js", "features/embed/style.css", {
    ask: (page) => page.evaluate(() => void (location.hash = "#embed=compact")),
    words: /compact layout could not/,
    there: "ty-embed-control *",
  }),
  ...both("features/model/part.js", "features/model/style.css", {
    words: /The network editor could not/,
    there: "ty-network-tools *",
  }),
  ...both("later.js", "later.css", { words: /timeline and kept runs could not/, there: "ty-moments *" }),
  ...both("features/data/part.js", "features/data/style.css", {
    ask: open("ty-data-fold"),
    words: /This section could not/,
    there: "ty-data-step *",
  }),
  ...section("microscope"),
  ...section("confusion"),
  ...section("metrics"),
  ...both("features/threshold/part.js", "features/threshold/style.css", {
    ask: open("ty-threshold-fold"),
    words: /This section could not/,
    there: "ty-threshold-panel *",
  }),
  ...section("calibration"),
  ...both("features/residuals/part.js", "features/residuals/style.css", {
    hash: "#source=plane",
    ask: open("ty-residuals-fold"),
    words: /This section could not/,
    there: "ty-residuals *",
  }),
  ...section("sight", { hash: "#source=digits" }),
  ...section("verdict"),
  ...section("folds"),
  ...section("baselines"),
  ...section("search"),
  ...section("learning-curves"),
  ...section("surface"),
  ...section("restarts"),
  ...section("comparison"),
  ...both("features/benchmark/part.js", "features/benchmark/style.css", {
    ask: open("ty-benchmark-fold"),
    words: /This section could not/,
    there: "ty-race-panel *",
  }),
  "pkg-export/trainyard_bg.wasm": EXPORTS,
  "features/export/worker/package.js": EXPORTS,
  "pkg-baselines/trainyard_bg.wasm": BASELINES,
  "features/baselines/worker/package.js": BASELINES,
  ...section("export"),
  ...EXPORT_PARTS,
  ...both("features/drawing/part.js", "features/drawing/style.css", {
    hash: "#source=drawn",
    words: /drawing board could not/,
    there: "ty-drawn-output *",
    trains: false,
  }),
  ...both("features/evaluation/part.js", "features/evaluation/style.css", {
    hash: "#source=iris",
    words: /reads tables could not/,
    there: "ty-table-output *",
    trains: false,
  }),
  "features/training/engineDetails.js": {
    ask: openChip,
    words: /details of the engine could not/,
    again: openChip,
    there: ".fast-core input",
  },
};

/** A part and its style come together. */
function both(script, style, part) {
  return { [script]: part, [style]: part };
}

/** Of what is a fold below the panels. */
function section(id, others = {}) {
  const words = /This section could not/;
  const how = { ask: open(`ty-${id}-fold`), words, there: `ty-${id} *`, ...others };
  return both(`features/${id}/part.js`, `features/${id}/style.css`, how);
}

/** Files without a sentence of their own, and why. */
const OTHERS = {
  "worker/engineChoice.js": "the chip of the engine says so: a test of its own, below",
  "pkg-fast/trainyard_bg.wasm": "the exact core takes its place, and the engine's card says so: fastCore.test.mjs",
  "worker/team.js": "one worker goes on: team.test.mjs",
  "features/thumbnails/part.js":
    "a card says by its question what it has: its picture comes with the next that is seen",
  "features/thumbnails/style.css": "the same",
  "print.css": "asked for by index.html, for paper",
  "hide.css": "without it a page shows what its link leaves out",
};

/** What comes before there is something to see: startup.test.mjs. */
const isFirst = (name) =>
  ["start.js", "app.js", "worker/main.js", "pkg/trainyard_bg.wasm", "styles/page.css"].includes(name);

/** The same once more, for a sandboxed frame: frame.test.mjs. */
const isCarried = (name) => /(^|\/)carried\//.test(name);

/** What an element in somebody's page loads: elementLife.test.mjs. */
const isOfElement = (name) => /^(element\/|(element|frame|study|styles\/forced)\.css$)/.test(name);

/** The same scripts in another language, in a folder of its name. */
const TRANSLATIONS = LANGUAGES.slice(1).map((language) => `${language}/`);

/** The files of the build, without those for a sandboxed frame, and for elements. */
function built() {
  const folder = path.join(dist, buildFolder());
  const files = fs.readdirSync(folder, { recursive: true }).map((name) => name.split(path.sep).join("/"));
  return files.filter((name) => /\.(js|css|wasm)$/.test(name) && !isCarried(name) && !isOfElement(name)).sort();
}

test("every file of the build that comes later is tried here, or has a reason not to be", () => {
  const isTranslated = (name) => TRANSLATIONS.some((start) => name.startsWith(start));
  const isOfCourse = (name) => /^(lessons|bench)\//.test(name); // pages of their own, with all in them
  const later = built().filter((name) => !isFirst(name) && !isTranslated(name) && !isOfCourse(name));
  const known = [...Object.keys(PARTS), ...Object.keys(OTHERS)].filter((name) => !/\.(csv|images|sounds)$/.test(name));
  assert.deepEqual(known.sort(), later);
});

test("another language has the scripts that are tried in English, each once, and no file else", () => {
  const files = built();
  const under = (start) => files.filter((name) => name.startsWith(start)).map((name) => name.slice(start.length));
  const scripts = files.filter((name) => name.endsWith(".js") && !TRANSLATIONS.some((start) => name.startsWith(start)));
  assert.ok(TRANSLATIONS.length);
  for (const start of TRANSLATIONS) assert.deepEqual(under(start), scripts, start);
});

const isShown = (page) =>
  page.waitForFunction(() => !document.querySelector("#shell") && document.querySelector("ty-run-bar")?.playground);

/** What waits for a part, for 20 seconds, waits for a tenth of that. */
const HURRY = `{
  const wait = setTimeout;
  globalThis.setTimeout = (act, ms, ...rest) => wait(act, ms === 20000 ? 2000 : ms, ...rest);
  AbortSignal.timeout = (ms) => { const end = new AbortController(); setTimeout(() => end.abort(), ms); return end.signal; };
}\n`;

async function visit(faults, hash = "", isHurried = false) {
  const page = await site.browser.newPage({ serviceWorkers: "block", viewport: { width: 1440, height: 900 } });
  if (isHurried) {
    await page.addInitScript(HURRY);
    await page.route("**/worker/main.js", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: HURRY + (await response.text()) });
    });
  }
  for (const [file, fault] of Object.entries(faults)) await page.route(`**/${file}*`, fault);
  await page.goto(site.url + hash, { waitUntil: "commit" }); // a style that never comes would hold up more
  return page;
}

// Each part with one fault, and each fault with a third of them; TRAINYARD_ALL=1 tries all.
for (const [i, [file, part]] of Object.entries(PARTS).entries()) {
  const {
    hash,
    ask = never,
    words,
    again = (_page, alert) => alert.getByRole("button", { name: "Try again" }).click(),
    there,
    trains = true,
  } = part;
  for (const [j, [what, fault]] of Object.entries(FAULTS).entries()) {
    if (!process.env.TRAINYARD_ALL && j !== i % 3) continue;
    test(`${file} ${what}`, async () => {
      const page = await visit({ [file]: fault }, hash, fault === never);
      await (trains ? ready(page) : isShown(page));
      await ask(page);
      const alert = page.getByRole("alert").filter({ hasText: words });
      await alert.filter({ hasText: /Check your connection and try again\./ }).waitFor();
      if (trains) {
        await button(page, "Play").click();
        await untilEpoch(page, 3);
      }
      await page.unroute(`**/${file}*`);
      await again(page, alert);
      await page.locator(there).first().waitFor({ state: "attached" });
      await page.waitForFunction(
        (source) =>
          ![...document.querySelectorAll("[role=alert]")].some((one) => new RegExp(source).test(one.textContent)),
        words.source,
      );
      await page.close();
    });
  }
}

for (const [what, fault] of Object.entries(FAULTS)) {
  test(`worker/engineChoice.js ${what}: the run stays on the CPU, and its chip says why`, async () => {
    const page = await visit(
      { "worker/engineChoice.js": fault },
      "#layers=32,32,32&batchSize=100&epochs=unlimited",
      fault === never,
    );
    await ready(page);
    await button(page, "Play").click();
    const isTold = () =>
      /^CPU: .* ms per step; the GPU benchmark could not be loaded\. Check your connection/.test(
        document.querySelector("ty-run-bar").playground.store.get().engine.reason,
      );
    await page.waitForFunction(isTold, null, { timeout: 60_000 });
    const { epoch } = await page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().frame);
    await untilEpoch(page, epoch + 1);
    await page.close();
  });
}

test("parts that never come hold nothing up, and are told in time", async () => {
  const hanging = [
    "features/training/chart.js",
    "features/advanced/part.js",
    "features/menu/part.js",
    "features/microscope/part.js",
    "worker/travel.js",
    "features/model/part.js",
  ];
  const page = await visit(Object.fromEntries(hanging.map((file) => [file, never])));
  await ready(page);
  await button(page, "Play").click();
  await untilEpoch(page, 3);
  await open("ty-microscope-fold")(page);
  await press("More training settings")(page);
  for (const words of [/loss chart could not/, /These settings could not/, /This section could not/])
    await page.getByRole("alert").getByText(words).waitFor();
  await press("Share")(page);
  for (const words of [/menu could not/, /The network editor could not/, /timeline could not/])
    await page.getByRole("alert").getByText(words).waitFor();
  await untilEpoch(page, 6);
  await page.close();
});

/** Where only a page loaded anew helps, the button does that, and none says to try again. */
async function offersReload(page) {
  assert.ok((await button(page, "Reload").count()) >= 1);
  assert.equal(await button(page, "Try again").count(), 0);
}

test("what parts share can't be asked for again once its import failed: one is told to reload", async () => {
  const page = await site.browser.newPage({ serviceWorkers: "block" });
  let asked = 0;
  await page.route("**/shared.js", (route) => (++asked === 1 ? route.continue() : FAULTS["is not found"](route)));
  await page.goto(site.url);
  await ready(page);
  // The folds come with later.js, which imports the same file.
  await press("More training settings")(page);
  for (const words of [/timeline and kept runs could not/, /These settings could not/])
    await page
      .getByRole("alert")
      .filter({ hasText: words })
      .filter({ hasText: /Reload the page to continue\./ })
      .waitFor();
  assert.ok(asked >= 2);
  await offersReload(page);
  await button(page, "Play").click();
  await untilEpoch(page, 3);
  await page.close();
});

test("when the host has another build by now, one is told to reload", async () => {
  const page = await visit({ "features/microscope/part.js": FAULTS["is not found"] });
  await ready(page);
  const other = "0123456789ab";
  await page.route(site.url, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll(buildFolder(), other) });
  });
  await open("ty-microscope-fold")(page);
  await page
    .getByRole("alert")
    .getByText(/A new version of Trainyard was published\. Reload the page to go on\./)
    .waitFor();
  await offersReload(page);
  await Promise.all([page.waitForEvent("load"), button(page, "Reload").first().click()]);
  await page.close();
});

test("where even looking at the browser's storage throws, the page trains and its menu opens", async () => {
  const page = await site.browser.newPage({ serviceWorkers: "block" });
  await page.addInitScript(() => {
    for (const name of ["indexedDB", "localStorage", "sessionStorage", "caches"]) {
      Object.defineProperty(globalThis, name, {
        get() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      });
    }
  });
  await page.goto(site.url);
  await ready(page);
  await button(page, "Play").click();
  await untilEpoch(page, 3);
  await button(page, "Share").click();
  await page.locator("dialog[open]").waitFor();
  await page.close();
});

test("of two parts that don't come both are told, and trying one again leaves the other", async () => {
  const gone = FAULTS["is not found"];
  const page = await visit({ "features/model/part.js": gone, "later.js": gone });
  await ready(page);
  const notice = page.locator(".notice");
  const edits = notice.locator("p", { hasText: /The network editor could not/ });
  const timeline = notice.locator("p", { hasText: /timeline and kept runs could not/ });
  await edits.waitFor();
  await timeline.waitFor();
  await page.unroute("**/features/model/part.js*");
  await edits.getByRole("button", { name: "Try again" }).click();
  await page.locator("ty-network-tools *").first().waitFor({ state: "attached" });
  assert.deepEqual([await edits.count(), await timeline.count()], [0, 1]);
  await page.close();
});

test("a part that fails while what parts share is on its way does not ask for a reload", async () => {
  const page = await visit({
    "features/model/style.css": FAULTS["is not found"],
    "shared.js": async (route) => {
      const response = await route.fetch();
      const held = "await new Promise((resolve) => (globalThis.release = resolve));";
      await route.fulfill({ response, body: `${held}${await response.text()}` });
    },
  });
  await ready(page);
  await page.waitForFunction(() => globalThis.release);
  const edits = page.getByRole("alert").filter({ hasText: /The network editor could not be loaded/ });
  await edits.waitFor();
  assert.match(await edits.textContent(), /Check your connection and try again/);
  await page.evaluate(() => globalThis.release());
  await page.locator("ty-moments *").first().waitFor({ state: "attached" });
  await page.close();
});
