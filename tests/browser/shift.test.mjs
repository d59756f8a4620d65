// Nothing jumps: layout shift by the browser's own measure, from the first byte until a run has ended and told of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fs from "node:fs";
import { assertNoProblems, drawn, drop, ready, until } from "./playground.mjs";
import { openSite, watch } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const penguins = fs.readFileSync(new URL("../../www/data/penguins.csv", import.meta.url), "utf8");

/** What counts as good is below 0.1; this is what a reader can't see. */
const MOST = 0.02;

/** Adds up what shifts, with what did it, from before the page is there. */
const watchShifts = (page) =>
  page.addInitScript(() => {
    globalThis.shift = { sum: 0, of: [] };
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries()) {
        globalThis.shift.sum += value;
        const name = ({ node }) => node?.className || node?.localName || node?.parentElement?.localName;
        globalThis.shift.of.push(`${value.toFixed(4)}: ${sources.map(name).join(", ")}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });

/** A page of that size whose shifts are watched, and what there were of them so far. */
async function watched(hash, width, height) {
  const phone = width < 500 ? { hasTouch: true, isMobile: true } : {};
  const page = await site.browser.newPage({ viewport: { width, height }, serviceWorkers: "block", ...phone });
  const problems = watch(page, new URL(site.url).origin);
  await watchShifts(page);
  await page.goto(site.url + hash);
  await ready(page);
  await page.locator("ty-question").waitFor();
  await page.evaluate(() =>
    document
      .querySelector("ty-menu-bar")
      .menu()
      .then(() => {}),
  );
  const told = async (what) => {
    await drawn(page);
    const { sum, of } = await page.evaluate(() => globalThis.shift);
    assert.ok(sum <= MOST, `${what}: ${sum}\n${of.join("\n")}`);
  };
  return { page, problems, told };
}

/** Trains to the end, with the answer there. On a phone that is scrolled away from the picture it is out of sight. */
async function toTheEnd(page) {
  await page.locator(".run-buttons .primary").click();
  await until(page, "finished", 60_000);
  await page.locator(".result-words").waitFor({ state: "attached" });
}

for (const [width, height] of [
  [1440, 900],
  [1366, 657],
  [820, 1180],
  [390, 844],
  [320, 640],
])
  // A link that is partly unreadable is told of by a notice, which comes and stays.
  for (const hash of ["", ...(width === 820 ? [] : ["#epochs=25&noise=much&sourc=xor"])])
    test(`nothing shifts at ${width} × ${height} from the start to the end of a run: ${hash || "the page itself"}`, async () => {
      const { page, problems, told } = await watched(hash, width, height);
      if (hash.includes("sourc=")) await page.locator(".notice code").first().waitFor();
      await told("loading");
      if (hash) {
        await toTheEnd(page);
        await told("training");
      }
      await page.close();
      assertNoProblems(problems);
    });

for (const lang of ["en", "de"])
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ]) {
    for (const source of ["iris", "penguins", "auto-mpg", "xor"])
      test(`nor with the ${source} data, in ${lang}, at ${width} × ${height}, with validation rows`, async () => {
        const hash = `#lang=${lang}&source=${source}&validationShare=0.2&epochs=20`;
        const { page, problems, told } = await watched(hash, width, height);
        await told("loading");
        await toTheEnd(page);
        await told("training");
        await page.close();
        assertNoProblems(problems);
      });

    test(`nor with a table of one's own, in ${lang}, at ${width} × ${height}: dropped, read, learned`, async () => {
      const { page, problems, told } = await watched(`#lang=${lang}&epochs=20`, width, height);
      await drop(page, penguins, "penguins.csv");
      await page.waitForFunction(() => document.activeElement?.matches(".rows h3"));
      await told("opening");
      await toTheEnd(page);
      await told("training");
      await page.close();
      assertNoProblems(problems);
    });
  }
