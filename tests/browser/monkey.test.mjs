// A monkey at the page: seeded actions at full speed, on every kind of rows and engine. Nothing throws, nothing is stuck
// afterwards, memory stays flat. And reloads at any moment: each loses at most two seconds of training.
// TRAINYARD_ALL=1 makes it 5,000 actions on each and 100 reloads; MONKEY_SEED chooses another sequence.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SOURCES, logOf, lostMs, openRows, openSource, playground, record, untilTrained } from "./losing.mjs";
import { button, ready, state, untilEpoch } from "./playground.mjs";
import { openSite, watch, webgpuFlag } from "./support.mjs";

let site;
before(async () => (site = await openSite({ args: [webgpuFlag] })));
after(() => site?.close());

const SEED = Number(process.env.MONKEY_SEED ?? 1);
const ACTIONS = process.env.TRAINYARD_ALL ? 5000 : 150;
const RELOADS = process.env.TRAINYARD_ALL ? 100 : 5;
const MOST_LOST = 2000;

/** What it plays on, and the engine. */
const GROUNDS = {
  toy: { source: "toy", engine: "auto" },
  "own table": { source: "own", engine: "cpu" },
  "real set": { source: "real", engine: "cpu" },
  drawing: { source: "drawn", engine: "cpu" },
  GPU: { source: "toy", engine: "gpu" },
};

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * In the page: one action for each number, and a turn of the event loop after each. Resolves to what was done. What leaves
 * the page, hands over files or keeps the machine busy for minutes is left alone.
 */
const act = (page, numbers) =>
  page.evaluate(async (numbers) => {
    const NOT = /PNG|CSV|Download|Save|Print|Copy|Reload|Run the benchmark|Run again|Open a file|Paste|Course/i;
    const KEYS = [" ", "ArrowRight", "ArrowLeft", "r", "?", "Escape", "s", "1", "5", "9"];
    const nameOf = (element) => element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 60);
    const isThere = (element) => element.checkVisibility() && !element.disabled && !NOT.test(nameOf(element));
    const done = [];
    for (const number of numbers) {
      // One number makes several choices.
      let rest = number;
      const choose = (list) => {
        const at = Math.floor(rest * list.length);
        rest = rest * list.length - at;
        return list[at];
      };
      const controls = [
        ...document.querySelectorAll(
          "#app :is(button, summary, select, canvas, input:not([type=file]), [role=slider], [role=gridcell])",
        ),
      ].filter(isThere);
      const kind = choose(["control", "control", "control", "control", "key"]);
      const element = kind === "key" ? null : choose(controls);
      if (!element) {
        const key = choose(KEYS);
        done.push(`key ${key}`);
        document.body.dispatchEvent(
          new KeyboardEvent("keydown", { key, code: key === " " ? "Space" : key, bubbles: true }),
        );
      } else if (element.localName === "select") {
        element.value = choose([...element.options]).value;
        done.push(`${nameOf(element)} = ${element.value}`);
        element.dispatchEvent(new Event("change", { bubbles: true }));
      } else if (element.localName === "input" && !["checkbox", "radio"].includes(element.type)) {
        const isNumber = ["number", "range"].includes(element.type);
        element.value = choose(
          isNumber
            ? ["", "0", "1", "2", "3", "0.1", "-1", "1e9", "0.003", "10"]
            : ["", "0", "1", "2", "3", "0.1", "-1", "1e9", "0.003", "x", "=1", "10"],
        );
        done.push(`${nameOf(element)} = ${element.value}`);
        element.dispatchEvent(new Event("input", { bubbles: true }));
        element.dispatchEvent(new Event("change", { bubbles: true }));
        element.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
      } else if (element.localName === "canvas" || element.getAttribute("role")) {
        const { left, top, width, height } = element.getBoundingClientRect();
        const at = {
          clientX: left + width * rest,
          clientY: top + height * ((rest * 7) % 1),
          bubbles: true,
          composed: true,
          button: 0,
          buttons: 1,
        };
        done.push(`point at ${nameOf(element) || element.className}`);
        for (const type of ["pointerdown", "pointermove", "pointerup", "click"])
          element.dispatchEvent(new PointerEvent(type, { ...at, pointerId: 1, isPrimary: true }));
      } else {
        done.push(`click ${nameOf(element)}`);
        element.click();
      }
      await new Promise((resolve) => setTimeout(resolve));
    }
    return done;
  }, numbers);

/** Everything closed, and the run as its link has it; resolves when that stands. */
async function rest(page, hash, rows) {
  await page.evaluate(() => {
    for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
    for (const fold of document.querySelectorAll("details[open]")) fold.open = false;
  });
  await playground(
    page,
    "playground.pause(); playground.dismissNotice(); playground.openLink(value, { isAddress: false })",
    hash,
  );
  if (rows) await openRows(page, rows); // which no link carries
  await page.waitForFunction(
    () => {
      const { run, frame } = document.querySelector("ty-run-bar").playground.store.get();
      return run?.state === "ready" && frame?.step === 0;
    },
    null,
    { timeout: 60_000 },
  );
}

/** What the page holds once its garbage is gone. */
async function held(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.enable");
  for (let i = 0; i < 3; i++) await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const { nodes } = await session.send("Memory.getDOMCounters");
  await session.detach();
  return { megabytes: usedSize / 2 ** 20, nodes };
}

for (const [name, { source, engine }] of Object.entries(GROUNDS)) {
  test(`${ACTIONS} actions on ${name}: nothing throws, nothing is stuck, memory is flat`, async () => {
    const page = await site.browser.newPage({ serviceWorkers: "block", viewport: { width: 1440, height: 900 } });
    const problems = watch(page, new URL(site.url).origin);
    const wrong = () => problems.filter((text) => !/\/data\/[\w-]+\.csv net::ERR_ABORTED$/.test(text)); // another set was chosen meanwhile
    page.on("dialog", (dialog) => void dialog.dismiss());
    const { hash, rows } = SOURCES[source];
    await openSource(page, site, { ...SOURCES[source], hash: `${hash}&engine=${engine}&speed=max` });
    const home = await playground(page, "return location.hash.slice(1)");
    const random = randomFrom(SEED);
    const trail = [];
    let before = null;
    for (let count = 0; count < ACTIONS; count += 10) {
      if (count >= ACTIONS / 3 && !before) {
        await rest(page, home, rows);
        before = await held(page);
      }
      trail.push(...(await act(page, Array.from({ length: 10 }, random))));
      assert.deepEqual(wrong(), [], `seed ${SEED}, after ${trail.slice(-20).join("; ")}`);
    }
    const where = `seed ${SEED}, at last: ${trail.slice(-20).join("; ")}`;
    await rest(page, home, rows).catch((error) => assert.fail(`${error.message} (${where})`));
    const now = await held(page);
    assert.ok(now.megabytes < 1.5 * before.megabytes + 10, `${before.megabytes} MB, then ${now.megabytes} (${where})`);
    assert.ok(now.nodes < 2 * before.nodes + 2000, `${before.nodes} nodes, then ${now.nodes} (${where})`);
    await playground(page, "playground.play()");
    await untilEpoch(page, 2);
    assert.deepEqual(wrong(), [], where);
    await page.close();
  });
}

test(`${RELOADS} reloads at any moment: each loses at most two seconds of training`, async () => {
  const context = await site.browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  const random = randomFrom(SEED);
  await page.goto(new URL("#source=spiral&layers=8,8&epochs=unlimited&speed=max", site.url).href);
  await ready(page);
  const losses = [];
  for (let i = 0; i < RELOADS; i++) {
    await record(page);
    await button(page, "Play").click();
    await untilTrained(page, 300 + 3700 * random());
    const { seen } = await logOf(page);
    await page.reload();
    await ready(page);
    const resume = page.locator(".notice").getByRole("button", { name: "Resume" });
    // The first may have had no time for a copy; later ones have an older one at least.
    const isKept =
      i > 0 ||
      seen.at(-1)[0] > MOST_LOST ||
      (await resume.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      ));
    if (!isKept) {
      losses.push(seen.at(-1)[0]);
      continue;
    }
    await resume.click();
    await page
      .locator(".notice")
      .getByText(/Restored at epoch/)
      .waitFor();
    losses.push(lostMs(seen, (await state(page)).run.step));
  }
  assert.ok(
    losses.every((ms) => ms <= MOST_LOST),
    `milliseconds lost: ${losses.map(Math.round).join(", ")}`,
  );
  await context.close();
});
