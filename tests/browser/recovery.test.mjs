// Work survives: whatever stops the training worker or the page, on whatever data, at whatever moment, the run goes on.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { button, ready, state, until, untilEpoch } from "./playground.mjs";
import { openSite, webgpuFlag } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const ROWS = `a,b,c\n${Array.from({ length: 120 }, (_, i) => `${i},${(i * 7) % 11},${i % 3 ? "yes" : "no"}`).join("\n")}\n`;
const CLOUD = (from, sign) => Array.from({ length: 40 }, (_, i) => `${sign * (1 + (i % 7) / 4)},${from + (i % 5) / 4}`).join(",");

/** Where the rows come from: how a page is brought to a run on them. */
const SOURCES = {
  toy: { hash: "#epochs=unlimited" },
  drawn: { hash: `#source=drawn&epochs=unlimited&points=${CLOUD(-1, 1)}!${CLOUD(0, -1)}` },
  own: { hash: "#epochs=unlimited", rows: ROWS },
  real: { hash: "#source=iris&epochs=unlimited" },
};

/** How it stands when the worker stops. */
const MOMENTS = {
  starting: { isEarly: true },
  training: { speed: "epoch" },
  "training at full speed": { speed: "max" },
  "training in slow motion": { speed: "slow" },
  paused: { speed: "epoch", isPaused: true },
  "training where nobody looks": { speed: "max", isHidden: true },
};

const playground = (page, act, value) => page.evaluate(({ act, value }) => new Function("playground", "value", act)(document.querySelector("ty-run-bar").playground, value), { act, value });

/** Opens the rows of a source and waits for the run on them. */
async function openSource(page, { hash, rows }) {
  await page.goto(new URL(hash, site.url).href);
  await ready(page);
  if (!rows) return;
  await playground(page, `void playground.openTable(new Blob([value]), "mine.csv")`, rows);
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().description?.target === "c");
  await playground(page, `playground.set("epochs", null)`);
}

/** An error in the worker that nobody catches. */
const crash = (page) => page.workers().at(-1).evaluate(() => void setTimeout(() => { throw new Error("out of memory"); }));

const recovered = (page) => page.waitForFunction(() => /^The training worker stopped and was replaced\. The run goes on from epoch \d+\.$/.test(document.querySelector("ty-run-bar").playground.store.get().notice?.text), null, { timeout: 30_000, polling: 100 });

/** Writes down which step was to be seen when. */
const record = (page) => page.evaluate(() => {
  const { store } = document.querySelector("ty-run-bar").playground;
  globalThis.seen = [];
  store.subscribe(({ frame }, before) => frame && frame !== before.frame && globalThis.seen.push([performance.now(), frame.step]));
});

/** The crash, and what it cost: the steps two seconds before it, at it, and the least that was seen after. */
async function lossOf(page) {
  const at = await page.evaluate(() => performance.now());
  await crash(page);
  await recovered(page);
  await page.waitForFunction((at) => globalThis.seen.some(([time]) => time > at + 30), at, { polling: 100 });
  return page.evaluate((at) => {
    const steps = (isThen) => globalThis.seen.filter(([time]) => isThen(time)).map(([, step]) => step);
    return { early: Math.max(0, ...steps((time) => time < at - 2000)), last: Math.max(0, ...steps((time) => time < at)), least: Math.min(...steps((time) => time > at + 30)) };
  }, at);
}

// In CI each source and each moment once at least; everywhere else all of them.
const CELLS = Object.keys(SOURCES).flatMap((source, i) => Object.keys(MOMENTS).map((moment, j) => ({ source, moment, isCovering: (j % 4) === i })));

for (const { source, moment } of CELLS.filter(({ isCovering }) => isCovering || !process.env.CI)) {
  test(`the worker stops: ${source}, ${moment}`, async () => {
    const { speed, isPaused, isEarly, isHidden } = MOMENTS[moment];
    const page = await site.browser.newPage({ serviceWorkers: "block" });
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    if (isEarly) {
      const { hash, rows } = SOURCES[source];
      await page.goto(new URL(hash, site.url).href);
      await page.waitForFunction(() => document.querySelector("ty-run-bar"));
      if (rows) void playground(page, `void playground.openTable(new Blob([value]), "mine.csv")`, rows);
      await crash(page);
      await page.waitForFunction((target) => {
        const { run, frame, description } = document.querySelector("ty-run-bar").playground.store.get();
        return run?.state === "ready" && frame && (!target || description.target === target);
      }, rows ? "c" : null, { timeout: 30_000 });
      await button(page, "Play").click();
      await untilEpoch(page, 2);
    } else {
      await openSource(page, SOURCES[source]);
      await playground(page, `playground.set("speed", value)`, speed);
      await record(page);
      if (isHidden) await page.evaluate(() => { globalThis.requestAnimationFrame = () => 0; });
      await button(page, "Play").click();
      await page.waitForFunction(() => globalThis.seen.length && performance.now() - globalThis.seen[0][0] > 2500, null, { polling: 100 });
      if (isPaused) {
        await button(page, "Pause").click();
        await until(page, "paused");
      }
      const before = await state(page);
      const { early, last, least } = await lossOf(page);
      assert.ok(last > 0 && least >= early, `back at step ${least}; ${early} two seconds before, ${last} at the end`);
      if (isPaused) assert.deepEqual([(await state(page)).run.state, (await state(page)).step], ["paused", before.run.step]);
      else await page.waitForFunction((step) => document.querySelector("ty-run-bar").playground.store.get().frame.step > step, least, { timeout: 30_000, polling: 100 });
    }
    assert.deepEqual(errors, []);
    await page.close();
  });
}

const resume = (page) => page.locator(".notice").getByRole("button", { name: "Resume" });
const parameters = (page) => playground(page, "return [...playground.store.get().frame.parameters]");
const kept = (page, act) => page.evaluate((body) => new Promise((resolve, reject) => {
  const ask = new Function("all", body); // the page's policy forbids it later
  const request = indexedDB.open("trainyard");
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const all = request.result.transaction("runs", "readwrite").objectStore("runs");
    const answer = ask(all);
    answer.onsuccess = () => (request.result.close(), resolve(answer.result));
  };
}), act);
/** Resolves when so many runs of that step are in the database. */
const isKept = async (page, epoch, count = 1) => {
  for (let i = 0; i < 200; i++) {
    const all = await kept(page, "return all.getAll()").catch(() => []);
    if (all.filter((one) => one.epoch >= epoch).length >= count) return;
    await page.waitForTimeout(50);
  }
  throw new Error("it was never kept");
};
const BIG = { ...SOURCES.drawn, hash: `#source=drawn&epochs=unlimited&points=${Array.from({ length: 900 }, (_, i) => `${1 + (i % 40) / 20},${(i % 37) / 20}`)}!${Array.from({ length: 900 }, (_, i) => `${-1 - (i % 40) / 20},${(i % 37) / 20}`)}` };

for (const [name, source] of Object.entries({ ...SOURCES, "drawn at length": BIG })) {
  test(`the page is loaded again: ${name}`, async () => {
    const context = await site.browser.newContext({ serviceWorkers: "block" });
    const page = await context.newPage();
    await openSource(page, source);
    await button(page, "Play").click();
    await untilEpoch(page, 3);
    await button(page, "Pause").click();
    await until(page, "paused");
    // By hand, while it is paused: that is kept as well.
    await playground(page, `playground.client.send("setParameter", { index: 1, value: 0.125 }); playground.client.remember("freeze", { indices: Uint32Array.of(1) })`);
    await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame.parameters[1] === 0.125);
    const { run } = await state(page);
    const weights = await parameters(page);
    await isKept(page, run.epoch);
    await page.waitForTimeout(300);
    await page.reload();
    await resume(page).click();
    await page.waitForFunction((step) => document.querySelector("ty-run-bar").playground.store.get().frame?.step === step, run.step, { timeout: 30_000 });
    assert.deepEqual(await parameters(page), weights);
    await button(page, "Play").click();
    await untilEpoch(page, run.epoch + 2);
    assert.equal((await parameters(page))[1], 0.125, "it is still locked");
    await context.close();
  });
}

test("two tabs keep their own runs; the newest is offered, whatever the clock says; a damaged one hides no other", async () => {
  const context = await site.browser.newContext({ serviceWorkers: "block" });
  const train = async (hash, epoch) => {
    const page = await context.newPage();
    await openSource(page, { hash });
    await button(page, "Play").click();
    await untilEpoch(page, epoch);
    await button(page, "Pause").click();
    await until(page, "paused");
    return page;
  };
  const first = await train("#source=xor&epochs=unlimited", 4);
  await isKept(first, 4);
  await context.addInitScript(() => { const now = Date.now; Date.now = () => now() - 86_400_000; }); // set back by a day
  const second = await train("#source=spiral&epochs=unlimited", 6);
  await isKept(second, 4, 2);
  await kept(second, "return all.put({ link: 7, checkpoint: 'no', at: Infinity }, 'page-broken')");
  const third = await context.newPage();
  await third.goto(site.url);
  assert.match(await third.locator(".notice").textContent(), /Spiral/);
  await first.reload();
  assert.match(await first.locator(".notice").textContent(), /You had trained this to about epoch/);
  await context.close();
});

test("a browser that takes no more of the address for a while has it in the end, and trains what is shown", async () => {
  const page = await site.browser.newPage({ serviceWorkers: "block" });
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.addInitScript(() => {
    const write = history.replaceState;
    globalThis.writes = [];
    globalThis.refusals = 0;
    history.replaceState = function (...all) {
      globalThis.writes.push(performance.now());
      if (globalThis.refuses) {
        globalThis.refusals += 1;
        throw new DOMException("too many", "SecurityError");
      }
      write.apply(this, all);
    };
  });
  await openSource(page, { hash: "" });
  await page.evaluate(async () => {
    for (let i = 1; i <= 40; i++) {
      globalThis.refuses = i > 20;
      document.querySelector("ty-run-bar").playground.set("seed", i);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    globalThis.refuses = false;
  });
  await page.waitForFunction(() => location.hash === "#seed=40", null, { timeout: 10_000 });
  const { writes, refusals } = await page.evaluate(() => ({ writes: globalThis.writes, refusals: globalThis.refusals }));
  assert.ok(refusals >= 1 && writes.slice(1).every((at, i) => at - writes[i] >= 100), `${writes.length} writes, ${refusals} refused`);
  const seed = await playground(page, "return [playground.store.get().settings.seed, playground.store.get().description.spec?.seed ?? playground.store.get().settings.seed]");
  assert.deepEqual(seed, [40, 40]);
  assert.deepEqual(errors, []);
  await page.close();
});

test("a file that is damaged, foreign or on other rows leaves the run that is open as it is", async () => {
  const page = await site.browser.newPage({ serviceWorkers: "block" });
  await openSource(page, SOURCES.own);
  await button(page, "Play").click();
  await untilEpoch(page, 2);
  await button(page, "Pause").click();
  await until(page, "paused");
  const before = await state(page);
  const weights = await parameters(page);
  const open = (fields) => page.evaluate(async (text) => {
    const menu = await document.querySelector("ty-menu-bar").menu();
    return menu.openFile(new Blob([text])).then(() => null, (error) => error.message);
  }, JSON.stringify({ trainyard: 1, link: "", epoch: 3, spec: {}, table: null, checkpoint: null, ...fields }));
  for (const fields of [
    { link: "hello world" }, { checkpoint: "AAAA" }, { link: "source=xor", checkpoint: btoa("no checkpoint at all") },
    { link: "source=table", table: { title: "a.csv", csv: "" } }, { link: "source=table", table: { title: "a.csv", csv: "a,b\n1,2\n2,3\n3,4\n5,6\n" }, checkpoint: "AAAA" },
  ]) {
    const sentence = await open(fields);
    assert.ok(sentence && sentence.length > 10, `${JSON.stringify(fields)}: ${sentence}`);
    const after = await state(page);
    assert.deepEqual([after.settings, after.run.state, after.step], [before.settings, "paused", before.step], JSON.stringify(fields));
    assert.deepEqual(await parameters(page), weights);
  }
  await page.close();
});

test("the worker stops while the GPU trains: it goes on there", async () => {
  const gpu = await openSite({ args: [webgpuFlag] });
  const { page } = await gpu.open("#engine=gpu&epochs=unlimited");
  await ready(page);
  await button(page, "Play").click();
  await untilEpoch(page, 3);
  await button(page, "Pause").click();
  await until(page, "paused");
  const before = await state(page);
  await crash(page);
  await recovered(page);
  const after = await state(page);
  assert.deepEqual([after.run.state, after.run.step], ["paused", before.run.step]);
  await gpu.close();
});
