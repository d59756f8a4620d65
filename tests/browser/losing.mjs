// What the tests of recovery share: runs on every kind of data, what stops them, and what the page recorded of it.
import { ready, untilSo } from "./playground.mjs";

export const ROWS = `a,b,c\n${Array.from({ length: 120 }, (_, i) => `${i},${(i * 7) % 11},${i % 3 ? "yes" : "no"}`).join("\n")}\n`;
const CLOUD = (from, sign) =>
  Array.from({ length: 40 }, (_, i) => `${sign * (1 + (i % 7) / 4)},${from + (i % 5) / 4}`).join(",");

/** Where the rows come from: how a page is brought to a run on them. */
export const SOURCES = {
  toy: { hash: "#epochs=unlimited" },
  drawn: { hash: `#source=drawn&epochs=unlimited&points=${CLOUD(-1, 1)}!${CLOUD(0, -1)}` },
  own: { hash: "#epochs=unlimited", rows: ROWS },
  real: { hash: "#source=iris&epochs=unlimited" },
};

/** Runs a function's body in the page, with `playground` and `value` in scope. */
export async function playground(page, body, value) {
  await page.waitForFunction(() => document.querySelector("ty-run-bar")?.playground);
  return page.evaluate(
    ({ body, value }) =>
      new Function("playground", "value", body)(document.querySelector("ty-run-bar").playground, value),
    { body, value },
  );
}

/** Opens rows of one's own; resolves when the run on them stands. */
export async function openRows(page, rows) {
  await playground(page, `void playground.openTable(new Blob([value]), "mine.csv")`, rows);
  await page.waitForFunction(() => {
    const { description, run, frame } = document.querySelector("ty-run-bar").playground.store.get();
    return description?.target === "c" && run?.state === "ready" && frame;
  });
  await playground(page, `playground.set("epochs", null)`);
}

/** Opens the rows of a source and waits for the run on them. */
export async function openSource(page, site, { hash, rows }) {
  await page.goto("about:blank"); // else only the address would change, and the page be ready with what it shows
  await page.goto(new URL(hash, site.url).href);
  await ready(page);
  if (rows) await openRows(page, rows);
}

/** An error in the worker that nobody catches. */
export async function crash(page) {
  const worker = page.workers().at(-1) ?? (await page.waitForEvent("worker"));
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error("out of memory");
    });
  });
}

/** The run stands in another worker, and the page said so. */
export const REPLACED = /^The training worker stopped and was replaced\. The run continues from epoch \d+\.$/;

/** A gap between two frames counts for at most so many milliseconds of training: a machine that stands still trains nothing. */
const LONGEST_GAP = 500;

/**
 * Writes down from now on, in the page, each frame as `[trained, step, life]` and each notice. `trained`: milliseconds of
 * training so far; `life`: grows when the run is opened anew or another engine takes over.
 */
export const record = (page) =>
  page.evaluate((longest) => {
    const { store } = document.querySelector("ty-run-bar").playground;
    const log = { seen: [], told: [], life: 0 };
    let [last, trained] = [performance.now(), 0];
    const isTraining = ({ run }) => run?.state === "training";
    store.subscribe((state, before) => {
      const { frame, notice, pending, description, engine } = state;
      const news = [notice, ...pending].filter((one) => one && one !== before.notice && !before.pending.includes(one));
      log.told.push(...news.map(({ text }) => text));
      if (description !== before.description || engine?.engine !== before.engine?.engine) log.life += 1;
      if (!frame || frame === before.frame) return;
      const now = performance.now();
      if (isTraining(before)) trained += Math.min(now - last, longest);
      last = now;
      log.seen.push([trained, frame.step, log.life]);
    });
    globalThis.log = log;
  }, LONGEST_GAP);

export const logOf = (page) => page.evaluate(() => globalThis.log);

/** Resolves when the page trained for so many milliseconds since `record`. */
export const untilTrained = (page, least) =>
  page.waitForFunction((least) => globalThis.log.seen.at(-1)?.[0] >= least, least, { timeout: 60_000, polling: 100 });

/** Resolves when the page said that. */
export const untilTold = (page, words) =>
  page.waitForFunction((source) => globalThis.log.told.some((text) => new RegExp(source).test(text)), words.source, {
    timeout: 60_000,
    polling: 100,
  });

/** Milliseconds of training that a run lost which goes on from `step`: between that and the last that was seen. */
export function lostMs(seen, step) {
  const then = seen.findLast(([, at]) => at <= step)?.[0] ?? 0;
  return Math.max(0, (seen.at(-1)?.[0] ?? 0) - then);
}

/** The button that offers to go on. */
export const resume = (page) => page.locator(".notice").getByRole("button", { name: "Resume" });
/** Does something with the runs in the page's database: `all` is their store. */
export const kept = (page, act) =>
  page.evaluate(
    (body) =>
      new Promise((resolve, reject) => {
        const ask = new Function("all", body); // the page's policy forbids it later
        const request = indexedDB.open("trainyard");
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const all = request.result.transaction("runs", "readwrite").objectStore("runs");
          const answer = ask(all);
          answer.onsuccess = () => (request.result.close(), resolve(answer.result));
        };
      }),
    act,
  );
/** Resolves when so many runs like that are in the database. */
export const untilKept = (page, isIt, count = 1) =>
  untilSo("the run was kept", async () => {
    const all = await kept(page, "return all.getAll()").catch(() => []);
    return all.filter(isIt).length >= count;
  });
