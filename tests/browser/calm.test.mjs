// What the panels ask of the worker and draw while a run trains at full speed: nothing out of sight, each thing once, and
// all of it up to date when the run stands. Only counts and states are looked at, never times.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, openAllParts, ready, until, untilSo } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** What only one panel each asks for. */
const OWN = ["confusion", "scores", "residuals", "weights", "units"];

/** A page that notes what it asks its worker for, in order; the moment is there, so all that follows every run is. */
async function noting(address) {
  const { page, problems } = await site.open();
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    globalThis.asked = [];
    Worker.prototype.postMessage = function (message, ...others) {
      globalThis.asked.push(message?.type);
      return post.call(this, message, ...others);
    };
  });
  await page.goto("about:blank");
  await page.goto(new URL(address, site.url).href);
  await ready(page);
  await page.locator("ty-moments input").waitFor({ state: "attached" });
  return { page, problems };
}

/** How often each was asked for during so many pictures. */
async function during(page, pictures) {
  await page.evaluate(() => (globalThis.asked.length = 0));
  await page.waitForFunction((many) => globalThis.asked.filter((type) => type === "ack").length >= many, pictures);
  const asked = await page.evaluate(() => [...globalThis.asked]);
  return Object.fromEntries([...new Set(asked)].map((type) => [type, asked.filter((one) => one === type).length]));
}

const FAST = "#source=circle&layers=8,8&speed=max&epochs=unlimited&engine=cpu";

test("parts that are open but out of sight, or closed, ask for nothing while it trains, and catch up in sight", async () => {
  const { page, problems } = await noting(FAST);
  await openAllParts(page);
  await page.evaluate(() => scrollTo(0, 0));
  await button(page, "Play").click();
  await until(page, "training");
  await during(page, 30); // what was under way is answered
  const far = await during(page, 90);
  for (const type of OWN) assert.equal(far[type] ?? 0, 0, `${type} was asked for out of sight: ${JSON.stringify(far)}`);

  const confusion = page.locator("ty-confusion-fold");
  await confusion.scrollIntoViewIfNeeded();
  await page.locator("ty-confusion").scrollIntoViewIfNeeded();
  await page.waitForFunction(() => globalThis.asked.includes("confusion"));
  await confusion.locator("summary").click();
  await during(page, 30);
  const closed = await during(page, 60);
  assert.equal(closed.confusion ?? 0, 0, "a closed part was asked for");
  await page.close();
  assertNoProblems(problems);
});

test("several parts that tell of the same rows ask once for one picture", async () => {
  const { page, problems } = await noting(FAST);
  await page.locator("ty-runs-fold").waitFor();
  for (const name of ["metrics", "threshold", "calibration"])
    await page.locator(`ty-${name}-fold details`).evaluate((details) => (details.open = true));
  await page.waitForFunction(() =>
    ["metrics", "threshold", "calibration"].every(
      (name) => document.querySelector(`ty-${name}-fold`).stage === "there",
    ),
  );
  await page.locator("ty-metrics *").first().waitFor();
  await page.locator("ty-metrics").evaluate((panel) => panel.scrollIntoView());
  await button(page, "Play").click();
  await until(page, "training");
  await page.evaluate(() => (globalThis.asked.length = 0));
  await page.waitForFunction(() => globalThis.asked.filter((type) => type === "scores").length >= 6);
  const asked = await page.evaluate(() => globalThis.asked.filter((type) => ["ack", "scores"].includes(type)));
  const twice = asked.filter((type, i) => type === "scores" && asked[i - 1] === "scores");
  assert.deepEqual(twice, [], asked.join(" "));
  await page.close();
  assertNoProblems(problems);
});

test("while it trains figures hear of some pictures and the picture of all; when it stands, all tell of the last one", async () => {
  const { page, problems } = await noting(FAST);
  await openAllParts(page);
  await page.evaluate(() => {
    scrollTo(0, 0);
    globalThis.drawn = { field: 0, network: 0 };
    for (const [name, selector] of [
      ["field", "ty-toy-output"],
      ["network", "ty-model-panel"],
    ]) {
      const panel = document.querySelector(selector);
      const draw = panel.draw.bind(panel);
      panel.draw = () => (globalThis.drawn[name]++, draw());
    }
  });
  await button(page, "Play").click();
  await until(page, "training");
  await page.waitForFunction(() => globalThis.drawn.field > 120);
  const drawn = await page.evaluate(() => globalThis.drawn);
  assert.ok(drawn.network > 0 && drawn.network < drawn.field, JSON.stringify(drawn));
  await button(page, "Pause").click();
  await until(page, "paused");
  // Also what is out of sight: the counts are those of all rows as they are decided now.
  await untilSo("each part tells of the last picture", () =>
    page.evaluate(async () => {
      const { store, client } = document.querySelector("ty-run-bar").playground;
      const { frame, description, points } = store.get();
      const text = (name) => document.querySelector(`ty-run-bar output[aria-label="${name}"]`).textContent;
      const isSame = Number(text("Steps").replaceAll(",", "")) === frame.step;
      const { answers } = document.querySelector("ty-confusion");
      if (!isSame || answers?.of !== description) return false;
      const { counts } = await client.ask("confusion", { part: answers.part, inputs: points.inputs.slice(0, 2) });
      return JSON.stringify(counts) === JSON.stringify(answers.counts);
    }),
  );
  await page.close();
  assertNoProblems(problems);
});
