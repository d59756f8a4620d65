// What the tests of recovery share: runs on every kind of data, and what stops them.
import { ready } from "./playground.mjs";

export const ROWS = `a,b,c\n${Array.from({ length: 120 }, (_, i) => `${i},${(i * 7) % 11},${i % 3 ? "yes" : "no"}`).join("\n")}\n`;
const CLOUD = (from, sign) => Array.from({ length: 40 }, (_, i) => `${sign * (1 + (i % 7) / 4)},${from + (i % 5) / 4}`).join(",");

/** Where the rows come from: how a page is brought to a run on them. */
export const SOURCES = {
  toy: { hash: "#epochs=unlimited" },
  drawn: { hash: `#source=drawn&epochs=unlimited&points=${CLOUD(-1, 1)}!${CLOUD(0, -1)}` },
  own: { hash: "#epochs=unlimited", rows: ROWS },
  real: { hash: "#source=iris&epochs=unlimited" },
};

export const playground = (page, act, value) => page.evaluate(({ act, value }) => new Function("playground", "value", act)(document.querySelector("ty-run-bar").playground, value), { act, value });

/** Opens the rows of a source and waits for the run on them. */
export async function openSource(page, site, { hash, rows }) {
  await page.goto(new URL(hash, site.url).href);
  await ready(page);
  if (!rows) return;
  await playground(page, `void playground.openTable(new Blob([value]), "mine.csv")`, rows);
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().description?.target === "c");
  await playground(page, `playground.set("epochs", null)`);
}

/** An error in the worker that nobody catches. */
export const crash = (page) => page.workers().at(-1).evaluate(() => void setTimeout(() => { throw new Error("out of memory"); }));

export const recovered = (page) => page.waitForFunction(() => /^The training worker stopped and was replaced\. The run goes on from epoch \d+\.$/.test(document.querySelector("ty-run-bar").playground.store.get().notice?.text), null, { timeout: 30_000, polling: 100 });
