// Work survives: whatever stops the training worker or the page, on whatever data, at whatever moment, the run goes on.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SOURCES, crash, openSource, playground, recovered } from "./losing.mjs";
import { button, ready, state, until, untilEpoch } from "./playground.mjs";
import { openSite, webgpuFlag } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** How it stands when the worker stops. */
const MOMENTS = {
  starting: { isEarly: true },
  training: { speed: "epoch" },
  "training at full speed": { speed: "max" },
  "training in slow motion": { speed: "slow" },
  paused: { speed: "epoch", isPaused: true },
  "training where nobody looks": { speed: "max", isHidden: true },
};

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
      await openSource(page, site, SOURCES[source]);
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
  await openSource(page, site, { hash: "" });
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
  await openSource(page, site, SOURCES.own);
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
