// In a frame with sandbox="allow-scripts", in Chromium: the page has no origin there, no storage, may fetch nothing and load
// no module of its host unless that lets others read its files. It works all the same.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answer } from "../serve.mjs";
import { xlsx } from "../web/workbookFiles.js";
import { button, labeled, openAllParts, ready, tryForeign, until, untilEpoch } from "./playground.mjs";
import { dist, launch, listening, watch, webgpuFlag } from "./support.mjs";

let browser;
before(async () => (browser = await launch({ args: [webgpuFlag] })));
after(() => browser?.close());

/** A page of one host, and in it ours from another. `faults`: what is answered for files that end so. */
async function openFrame(
  hash = "",
  { isOpenToAll = false, isClosed = false, sandbox = "allow-scripts", faults = {} } = {},
) {
  const asked = [];
  const ours = await listening((request, response) => {
    asked.push(request.url);
    const [, fault] = Object.entries(faults).find(([name]) => request.url.split("?")[0].endsWith(name)) ?? [];
    if (fault) return fault(response);
    if (isOpenToAll) response.setHeader("access-control-allow-origin", "*");
    if (isClosed) response.setHeader("cross-origin-resource-policy", "same-origin");
    answer(dist, "/", request, response);
  });
  const host = await listening((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<iframe sandbox="${sandbox}" width="1200" height="1600" src="${ours.url}${hash}"></iframe>`);
  });
  const page = await browser.newPage({ viewport: { width: 1240, height: 1640 } });
  const problems = watch(page, new URL(ours.url).origin);
  await page.goto(host.url);
  return {
    page,
    frame: page.frames()[1],
    faults,
    asked,
    /** But for the page's one probe: the markup asks for a module before any script of ours runs. */
    problems: () =>
      problems.filter(
        (text) => !/app\.js|net::ERR_FAILED$|^foreign request: \S+ ?$/.test(text) || /carried/.test(text),
      ),
    async close() {
      await page.close();
      await Promise.all([ours.close(), host.close()]);
    },
  };
}

const playground = (frame, body, value) =>
  frame.evaluate(
    ({ body, value }) => {
      const { playground } = document.querySelector("ty-run-bar");
      if (body === "source") playground.set("source", value);
      else void playground.openTable(new Blob([new Uint8Array(value.bytes)]), value.name);
    },
    { body, value },
  );
const file = (name, bytes) => ({ name, bytes: [...Buffer.from(bytes)] });
const untilTarget = (frame, target) =>
  frame.waitForFunction(
    (target) => document.querySelector("ty-run-bar").playground.store.get().description?.target === target,
    target,
  );
const trains = async (frame) => {
  await button(frame, "Play").click();
  await untilEpoch(frame, 3);
};

for (const isOpenToAll of [true, false]) {
  test(`it trains, where the host ${isOpenToAll ? "lets others" : "doesn't let others"} read its files`, async () => {
    const { frame, problems, close } = await openFrame("", { isOpenToAll });
    await ready(frame);
    await trains(frame);
    assert.deepEqual(problems(), []);
    await close();
  });
}

test("where the host keeps its files from frames of others, the page says what to do, and does it", async () => {
  const { page, frame, close } = await openFrame("", { isClosed: true });
  await frame.getByText(/files did not arrive.*open it in a tab of its own/).waitFor();
  assert.equal(await frame.locator("ty-run-bar").count(), 0, "none of our files came");
  await page.goto(frame.url());
  await ready(page);
  await trains(page);
  await close();
});

test("a real data set trains; its parts open, each", async () => {
  const { frame, problems, close } = await openFrame("#source=iris");
  await ready(frame);
  await trains(frame);
  await openAllParts(frame);
  await frame.getByText("This browser blocks storage, so the list is lost when you close the page.").first().waitFor();
  await button(frame, "Run the benchmark").click();
  await frame.locator("ty-race-panel").getByRole("button", { name: "Stop" }).click();
  assert.deepEqual(problems(), []);
  await close();
});

test("rows that are pasted, files of other kinds, formulas and links of others are taken", async () => {
  const { frame, problems, close } = await openFrame();
  await ready(frame);
  const rows = Array.from({ length: 40 }, (_, i) => [i % 11, i % 7, i % 2 ? "yes" : "no"]);
  await frame.locator("ty-data-fold summary").click();
  await button(frame, "Paste data").click();
  await frame.locator(".paste textarea").fill(["a,b,c", ...rows].join("\n"));
  await button(frame, "Use this data").click();
  await untilTarget(frame, "c");
  await frame.locator(".derived summary").click();
  await labeled(frame, "Formula").fill('"a" * "b"');
  await button(frame, "Add").and(frame.locator(":enabled")).waitFor();
  await labeled(frame, "Formula").press("Enter");
  await frame.locator(".derived li").getByText('"a" * "b"').waitFor();
  await ready(frame);
  await trains(frame);
  const objects = rows.map(([a, b, d]) => ({ a, b, d }));
  await playground(frame, "table", file("rows.json", JSON.stringify(objects)));
  await untilTarget(frame, "d");
  await playground(frame, "table", file("book.xlsx", xlsx({ Rows: [["a", "b", "e"], ...rows] })));
  await untilTarget(frame, "e");
  await button(frame, "Share").click();
  const link = labeled(frame, "Link to open");
  await link.fill("playground.tensorflow.org/#dataset=spiral&noise=10");
  await link.press("Enter");
  await frame.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().settings.source === "spiral",
  );
  await ready(frame);
  await trains(frame);
  assert.deepEqual(problems(), []);
  await close();
});

test("where a link hides parts of the page, they are hidden", async () => {
  const { frame, close } = await openFrame("#hide=text,folds");
  await ready(frame);
  await frame.locator(".masthead").waitFor({ state: "hidden" });
  await close();
});

test("the GPU trains where there is one, and where there is none it is said", async () => {
  const { frame, problems, close } = await openFrame("#engine=gpu");
  await ready(frame);
  const engine = () => frame.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().engine);
  const { engine: name, reason } = await engine();
  assert.equal(name, "gpu", reason);
  await trains(frame);
  assert.equal((await engine()).engine, "gpu");
  assert.deepEqual(problems(), []);
  await close();
});

test("files and paper: it is said what the frame needs for them, and with that they come", async () => {
  for (const sandbox of ["allow-scripts", "allow-scripts allow-downloads"]) {
    const { page, frame, close } = await openFrame("", { sandbox });
    await ready(frame);
    await button(frame, "Share").click();
    const isAllowed = sandbox.includes("downloads");
    const came = isAllowed ? page.waitForEvent("download") : null;
    await button(frame, "Download experiment").click();
    await frame.getByText(/^If the file is not in your downloads, .* its sandbox needs allow-downloads\.$/).waitFor();
    if (came) assert.match((await came).suggestedFilename(), /^trainyard-circle-epoch-\d+\.json$/);
    await button(frame, "Close").and(frame.locator(":visible")).click();
    await button(frame, "Share").press("Control+k");
    await frame.locator("dialog[open] input").fill("Print");
    await frame.locator("dialog[open] input").press("Enter");
    await frame.getByText(/^If nothing is printed, .* needs allow-modals\./).waitFor();
    await close();
  }
});

test("its worker is bound by the page's content policy, and is replaced when it stops", async () => {
  const asked = [];
  const foreign = await listening((request, response) => {
    asked.push(request.url);
    response.writeHead(200, { "access-control-allow-origin": "*", "content-type": "text/javascript" }).end("1");
  });
  const { page, frame, close } = await openFrame();
  await ready(frame);
  await trains(frame);
  const tried = await tryForeign(page.workers()[0], foreign.url);
  assert.deepEqual(new Set(Object.values(tried)), new Set(["refused"]), JSON.stringify(tried));
  assert.deepEqual(asked, []);
  await page.workers()[0].evaluate(
    () =>
      void setTimeout(() => {
        throw new Error("it stops");
      }),
  );
  await frame.getByText(/worker stopped and was replaced/).waitFor();
  await untilEpoch(
    frame,
    (await frame.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().frame.epoch)) + 2,
  );
  await until(frame, "training");
  await close();
  await foreign.close();
});

test("it speaks the language that is asked for: page, worker, and what the data doctor says", async () => {
  const { page, frame, asked, problems, close } = await openFrame("#lang=de");
  await ready(frame);
  assert.ok(
    asked.some((url) => /\/de\/carried\/page\.js$/.test(url)) &&
      asked.some((url) => /\/de\/carried\/worker\.js$/.test(url)),
  );
  assert.equal(await frame.evaluate(() => document.documentElement.lang), "de");
  await frame.getByRole("button", { name: "Starten", exact: true }).waitFor();
  const rows = Array.from({ length: 40 }, (_, i) => `${i % 7 ? i : ""},${i * 2},${i % 2 ? "a" : "b"}`);
  await playground(frame, "file", file("rows.csv", `x,y,label\n${rows.join("\n")}`));
  await untilTarget(frame, "label");
  const told = await frame.evaluate(async () => {
    const { playground } = document.querySelector("ty-run-bar");
    const { description } = playground.store.get().table;
    const found = await playground.tables.doctor({});
    return [...description.reading, ...found].map(({ sentence }) => sentence);
  });
  assert.ok(told.includes("Kommas teilen 41 von 41 Zeilen in 3 Zellen."), told.join(" "));
  assert.ok(
    told.some((sentence) => sentence.startsWith("6 von 40 Zeilen (15 %) haben kein „x“.")),
    told.join(" "),
  );
  // The palette's command leads to the other one: this page keeps nothing, but its link does.
  await frame.getByRole("button", { name: "Starten", exact: true }).press("Control+k");
  const palette = frame.locator("dialog[open] input");
  await palette.fill("English");
  await palette.press("Enter");
  await button(frame, "Play").waitFor();
  assert.deepEqual(problems(), []);
  await close();
});

const FAULTS = {
  "is not found": (response) => response.writeHead(404, { "content-type": "text/plain" }).end("not found"),
  "is a portal's page": (response) =>
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Log in</title>"),
};
for (const [what, fault] of Object.entries(FAULTS)) {
  test(`a file that ${what}: a sentence with what to do, and it can be asked for again`, async () => {
    for (const name of ["carried/page.js", "carried/worker.js", "carried/pkg/trainyard_bg.wasm.js"]) {
      const { frame, close } = await openFrame("", { faults: { [name]: fault } });
      await frame
        .getByText(/reload the page/i)
        .filter({ visible: true })
        .first()
        .waitFor({ timeout: 30_000 });
      await close();
    }
    for (const [name, words] of Object.entries({
      "carried/data/iris.csv.js": /The data could not be loaded/,
      "carried/pkg-full/trainyard_bg.wasm.js": /reads tables could not/,
    })) {
      const { frame, faults, close } = await openFrame("#source=iris", { faults: { [name]: fault } });
      await frame.getByText(words).first().waitFor({ timeout: 30_000 });
      delete faults[name];
      await button(frame, "Reset").click();
      await ready(frame);
      await trains(frame);
      await close();
    }
  });
}
