// Where the page can't start as it should, in Chromium: a sentence with what to do, also when no script of ours ran.
import assert from "node:assert/strict";
import http from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { answer } from "../serve.mjs";
import { button, ready, untilEpoch } from "./playground.mjs";
import { dist, openSite } from "./support.mjs";

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
  "start.js": [],
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

test("in a sandboxed frame it trains, where the host lets others read its files", async () => {
  // A page of one host, and in it ours from another.
  const [ours, host] = await Promise.all([
    listening((request, response) => {
      response.setHeader("access-control-allow-origin", "*");
      answer(dist, "/", request, response);
    }),
    listening((_, response) => {
      response.setHeader("content-type", "text/html");
      response.end(`<iframe sandbox="allow-scripts" width="1200" height="800" src="${ours.url}"></iframe>`);
    }),
  ]);
  const page = await site.browser.newPage({ serviceWorkers: "block" });
  await page.goto(host.url);
  const frame = page.frames()[1];
  await frame.waitForFunction(() => document.querySelector("ty-run-bar")?.playground.store.get().frame?.outputs);
  await frame.getByRole("button", { name: "Play", exact: true }).click();
  await frame.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame.epoch >= 3);
  await page.close();
  await Promise.all([ours.close(), host.close()]);
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
  const tried = await worker.evaluate(async (url) => {
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
      eval: await outcome(async () => (0, eval)("1")),
      function: await outcome(async () => new Function("return 1")()),
    };
  }, foreign.url);
  assert.deepEqual(new Set(Object.values(tried)), new Set(["refused"]), JSON.stringify(tried));
  assert.deepEqual(asked, []);
  await page.close();
  await foreign.close();
});

/** A server of its own: another origin. */
async function listening(handler) {
  const server = http.createServer(handler);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
}
