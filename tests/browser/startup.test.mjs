// Where the page can't start as it should, in Chromium: a sentence with what to do, also when no script of ours ran.
import assert from "node:assert/strict";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { button, ready, tryForeign, untilEpoch } from "./playground.mjs";
import { dist, listening, openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const PORTAL = "<!doctype html><title>Log in</title><p>Please log in to this network.</p>";
const FAULTS = {
  "is not found": (route) => route.fulfill({ status: 404, contentType: "text/plain", body: "not found" }),
  "is a portal's page": (route) => route.fulfill({ status: 200, contentType: "text/html", body: PORTAL }),
  "has a wrong type": async (route) => {
    const response = await route.fetch().catch(() => null); // the page may be closed meanwhile: it has said what it had to
    if (response) await route.fulfill({ response, contentType: "text/plain" }).catch(() => {});
  },
  "is refused": (route) => route.abort(),
  "never comes": () => {},
};
/** By file, the faults in spite of which the page works. */
const FILES = {
  "start.js": ["has a wrong type"],
  "app.js": [],
  "worker/main.js": [],
  "pkg/trainyard_bg.wasm": ["has a wrong type"],
  "styles/page.css": [],
};
const REMEDY = /reload the page|from a web server/i;

for (const [file, harmless] of Object.entries(FILES)) {
  for (const [what, fault] of Object.entries(FAULTS)) {
    if (what === "never comes" && /worker|wasm/.test(file)) continue; // the page is there, and says what it waits for
    test(`${file} ${what}`, async () => {
      const page = await site.browser.newPage({ serviceWorkers: "block" });
      await page.route(`**/${file}`, fault);
      await page.goto(site.url, { waitUntil: "commit" });
      if (harmless.includes(what)) {
        await ready(page);
        await button(page, "Play").click();
        await untilEpoch(page, 3);
      } else await page.getByText(REMEDY).filter({ visible: true }).first().waitFor({ timeout: 30_000 });
      await page.unrouteAll({ behavior: "ignoreErrors" });
      await page.close();
    });
  }
}

test("Play can be pressed before the page is there: it trains as soon as it is, and the focus stays on Play", async () => {
  const page = await site.browser.newPage({ serviceWorkers: "block" });
  let release = () => {};
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/app.js", async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(site.url, { waitUntil: "commit" });
  const play = page.locator("#shell").getByRole("button", { name: "Play" });
  await play.focus();
  await page.keyboard.press("Enter");
  await page.getByText("The network trains as soon as it is here.").waitFor();
  assert.equal(await page.locator("ty-run-bar").count(), 0);
  release();
  await page.waitForFunction(() => !document.querySelector("#shell"));
  await untilEpoch(page, 3);
  assert.equal(await page.evaluate(() => document.activeElement.matches("ty-run-bar .primary")), true);
  await page.close();
});

for (const [width, height] of [
  [1440, 900],
  [1280, 800],
  [820, 1180],
  [390, 844],
  [320, 640],
])
  test(`Play stands there from the beginning: ${width} px`, async () => {
    const touch = width < 1000;
    const context = { viewport: { width, height }, serviceWorkers: "block", hasTouch: touch, isMobile: touch };
    const page = await site.browser.newPage(context);
    let release = () => {};
    const held = new Promise((resolve) => (release = resolve));
    await page.route("**/app.js", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(site.url, { waitUntil: "commit" });
    const early = await page.locator("#shell").getByRole("button", { name: "Play" }).boundingBox();
    release();
    await page.waitForFunction(() => !document.querySelector("#shell"));
    const later = await page.locator("ty-run-bar .primary").boundingBox();
    for (const side of ["x", "y", "width", "height"])
      assert.ok(Math.abs(early[side] - later[side]) < 10, JSON.stringify({ early, later }));
    await page.close();
  });

test("where the page can't come, there is nothing to play", async () => {
  const page = await site.browser.newPage({ serviceWorkers: "block" });
  await page.route("**/app.js", (route) => route.abort());
  await page.goto(site.url, { waitUntil: "commit" });
  await page.getByText(REMEDY).filter({ visible: true }).first().waitFor();
  assert.equal(await page.getByRole("button").count(), 0);
  await page.close();
});

test("opened as a file it says that it needs a web server", async () => {
  const page = await site.browser.newPage();
  await page.goto(pathToFileURL(path.join(dist, "index.html")).href);
  await page
    .getByText(/from a web server rather than as a file/)
    .filter({ visible: true })
    .waitFor();
  await page.close();
});

test("an old browser, which runs no script of ours, shows what to do", async () => {
  const page = await site.browser.newPage({ serviceWorkers: "block" });
  await page.route("**/*.js", (route) => route.abort());
  await page.goto(site.url);
  await page
    .getByText(/use a current Chrome, Edge, Firefox or Safari/)
    .filter({ visible: true })
    .waitFor();
  await page.close();
});

test("while all goes well, nobody is told what to do if it doesn't", async () => {
  const page = await site.browser.newPage({ serviceWorkers: "block", reducedMotion: "reduce" });
  let shown = 0;
  await page.route("**/app.js", async (route) => {
    await page.waitForFunction(() => document.styleSheets.length > 0);
    shown += await page.getByText(REMEDY).filter({ visible: true }).count();
    await route.continue().catch(() => {});
  });
  await page.goto(site.url);
  await ready(page);
  assert.equal(shown, 0);
  assert.equal(await page.getByText(REMEDY).count(), 0);
  await page.close();
});

test("a worker is bound by the page's content policy: it reaches no foreign origin and evaluates no text", async () => {
  const asked = [];
  const foreign = await listening((request, response) => {
    asked.push(request.url);
    response
      .writeHead(200, { "access-control-allow-origin": "*", "content-type": "text/javascript" })
      .end("export default 1");
  });
  const page = await site.browser.newPage({ serviceWorkers: "block" });
  await page.goto(site.url);
  await ready(page);
  const [worker] = page.workers();
  const tried = await tryForeign(worker, foreign.url);
  assert.deepEqual(new Set(Object.values(tried)), new Set(["refused"]), JSON.stringify(tried));
  assert.deepEqual(asked, []);
  await page.close();
  await foreign.close();
});
