// Every part that comes later may fail to come: the rest works, the part says so, and it can be tried again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { button, ready, untilEpoch } from "./playground.mjs";
import { buildFolder, openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const FAULTS = {
  "is not found": (route) => route.fulfill({ status: 404, contentType: "text/plain", body: "not found" }),
  "is a portal's page": (route) =>
    route.fulfill({ status: 200, contentType: "text/html", body: "<!doctype html><title>Log in</title>" }),
};
/** Some of each kind are tried with every fault, all others with the first. */
const WITH_ALL = [
  "shared.js",
  "features/advanced/part.js",
  "features/advanced/style.css",
  "worker/travel.js",
  "pkg-full/trainyard_bg.wasm",
];
const never = () => {};

const open = (fold) => (page) => page.locator(`${fold} summary`).click();
const press = (name) => (page) => button(page, name).click();

/** By file: the address, what asks for it, what is said, and what is there once it came. */
const PARTS = {
  "settings/help.js": { words: /explanations of the settings could not/, there: "input[title^='How far']" },
  "shared.js": { ask: press("More training settings"), words: /These settings could not/, there: "ty-more-settings" },
  "features/training/chart.js": { words: /loss chart could not/, there: "ty-loss-chart .plot canvas" },
  "features/evaluation/curvePart.js": {
    hash: "#source=line",
    words: /part that draws curves could not/,
    there: "ty-toy-output:not(:has(p[role=alert]))",
  },
  "settings/tfPlayground.js": {
    hash: "#dataset=spiral&noise=10",
    words: /links of TensorFlow Playground could not/,
    there: "[role=alert]:has-text('A link of TensorFlow Playground')",
  },
  "features/advanced/part.js": {
    ask: press("More training settings"),
    words: /These settings could not/,
    there: "ty-more-settings",
  },
  "features/advanced/style.css": {
    ask: press("More training settings"),
    words: /These settings could not/,
    there: "ty-more-settings",
  },
  "features/menu/part.js": { ask: press("Share"), words: /menu could not/, there: "dialog[open]" },
  "features/menu/style.css": { ask: press("Share"), words: /menu could not/, there: "dialog[open]" },
  "features/model/part.js": { words: /What edits the network could not/, there: "ty-network-tools *" },
  "later.js": { words: /timeline, the coach and kept runs could not/, there: "ty-moments *" },
  "worker/travel.js": { words: /goes back in time could not/, there: "ty-moments *" },
  "features/data/part.js": { ask: open("ty-data-fold"), words: /This part could not/, there: "ty-data-step *" },
  "features/microscope/part.js": {
    ask: open("ty-microscope-fold"),
    words: /This part could not/,
    there: "ty-microscope *",
  },
  "features/confusion/part.js": {
    ask: open("ty-confusion-fold"),
    words: /This part could not/,
    there: "ty-confusion *",
  },
  "features/comparison/part.js": { ask: open("ty-contest-fold"), words: /This part could not/, there: "ty-contest *" },
  "features/benchmark/part.js": { ask: open("ty-race-fold"), words: /This part could not/, there: "ty-race-panel *" },
  "features/drawing/part.js": {
    hash: "#source=drawn",
    words: /drawing board could not/,
    there: "ty-drawn-output *",
    trains: false,
  },
  "features/evaluation/part.js": {
    hash: "#source=iris",
    words: /reads tables could not/,
    there: "ty-table-output *",
    trains: false,
  },
  "worker/full.js": {
    hash: "#source=iris",
    words: /takes data of your own could not/,
    again: "Reset",
    there: "ty-table-output *",
    trains: false,
  },
  "pkg-full/trainyard_bg.wasm": {
    hash: "#source=iris",
    words: /takes data of your own could not/,
    again: "Reset",
    there: "ty-table-output *",
    trains: false,
  },
};

const isShown = (page) =>
  page.waitForFunction(() => !document.querySelector("#shell") && document.querySelector("ty-run-bar")?.playground);

async function visit(faults, hash = "") {
  const page = await site.browser.newPage({ serviceWorkers: "block", viewport: { width: 1440, height: 900 } });
  for (const [file, fault] of Object.entries(faults)) await page.route(`**/${file}*`, fault);
  await page.goto(site.url + hash);
  return page;
}

for (const [file, { hash, ask = never, words, again = "Try again", there, trains = true }] of Object.entries(PARTS)) {
  for (const [what, fault] of Object.entries(FAULTS).slice(0, WITH_ALL.includes(file) ? 2 : 1)) {
    test(`${file} ${what}`, async () => {
      const page = await visit({ [file]: fault }, hash);
      await (trains ? ready(page) : isShown(page));
      await ask(page);
      const alert = page.getByRole("alert").filter({ hasText: words });
      await alert.waitFor();
      assert.match(await alert.textContent(), /Check the connection, then try again\./);
      if (trains) {
        await button(page, "Play").click();
        await untilEpoch(page, 3);
      }
      await page.unroute(`**/${file}*`);
      await (again === "Try again" ? button(alert, again) : button(page, again)).click();
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
  for (const words of [/loss chart could not/, /These settings could not/, /This part could not/])
    await page.getByRole("alert").getByText(words).waitFor();
  await press("Share")(page);
  // Notices share one place: that it says one of these is enough.
  await page
    .getByRole("alert")
    .getByText(/(menu|What edits the network|goes back in time).* could not/)
    .waitFor();
  await untilEpoch(page, 6);
  await page.close();
});

test("what parts share can't be asked for again once its import failed: one is told to reload", async () => {
  const page = await site.browser.newPage({ serviceWorkers: "block" });
  let asked = 0;
  await page.route("**/shared.js", (route) => (++asked === 1 ? route.continue() : FAULTS["is not found"](route)));
  await page.goto(site.url);
  await ready(page);
  await open("ty-microscope-fold")(page);
  await page
    .getByRole("alert")
    .getByText(/This part could not.*Reload the page to go on\./)
    .waitFor();
  assert.ok(asked >= 2);
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
