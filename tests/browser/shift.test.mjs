// Nothing jumps: layout shift by the browser's own measure, from the first byte until a run has ended and told of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, ready, until } from "./playground.mjs";
import { openSite, watch } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

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

for (const [width, height, isPhone] of [
  [1440, 900],
  [1366, 657],
  [820, 1180],
  [390, 844, true],
])
  // A link that is partly unreadable is told of by a notice, which comes and stays.
  for (const hash of ["", ...(width === 820 ? [] : ["#epochs=25&noise=much&sourc=xor"])])
    test(`nothing shifts at ${width} × ${height} from the start to the end of a run: ${hash || "the page itself"}`, async () => {
      const phone = isPhone ? { hasTouch: true, isMobile: true } : {};
      const page = await site.browser.newPage({ viewport: { width, height }, serviceWorkers: "block", ...phone });
      const problems = watch(page, new URL(site.url).origin);
      await watchShifts(page);
      await page.goto(site.url + hash);
      await ready(page);
      await page.locator("ty-question").waitFor();
      if (hash.includes("sourc=")) await page.locator(".notice code").first().waitFor();
      await page.evaluate(() =>
        document
          .querySelector("ty-menu-bar")
          .menu()
          .then(() => {}),
      );
      const told = async (what) => {
        const { sum, of } = await page.evaluate(() => globalThis.shift);
        assert.ok(sum <= MOST, `${what}: ${sum}\n${of.join("\n")}`);
      };
      await told("loading");
      if (hash) {
        await button(page, "Play").click();
        await until(page, "finished");
        await page.locator(".result-words").waitFor();
        await told("training");
      }
      await page.close();
      assertNoProblems(problems);
    });
