// A run is there again after a reload, on whatever data; two tabs keep their own; what was seen of test rows is not forgotten.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { SOURCES, kept, openSource, playground, resume, untilKept } from "./losing.mjs";
import { button, parameters, ready, state, trainTo, untilEpoch } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const BIG = {
  ...SOURCES.drawn,
  hash: `#source=drawn&epochs=unlimited&points=${Array.from({ length: 900 }, (_, i) => `${1 + (i % 40) / 20},${(i % 37) / 20}`)}!${Array.from({ length: 900 }, (_, i) => `${-1 - (i % 40) / 20},${(i % 37) / 20}`)}`,
};

for (const [name, source] of Object.entries({ ...SOURCES, "drawn at length": BIG })) {
  test(`the page is loaded again: ${name}`, async () => {
    const context = await site.browser.newContext({ serviceWorkers: "block" });
    const page = await context.newPage();
    await openSource(page, site, source);
    await trainTo(page, 3);
    // By hand, while it is paused: that is kept as well.
    await playground(
      page,
      `playground.client.send("setParameter", { index: 1, value: 0.125 }); playground.client.remember("freeze", { indices: Uint32Array.of(1) })`,
    );
    await page.waitForFunction(
      () => document.querySelector("ty-run-bar").playground.store.get().frame.parameters[1] === 0.125,
    );
    const { run } = await state(page);
    const weights = await parameters(page);
    await untilKept(page, ({ epoch }) => epoch >= run.epoch);
    await page.reload();
    await resume(page).click();
    await page.waitForFunction(
      (step) => document.querySelector("ty-run-bar").playground.store.get().frame?.step === step,
      run.step,
      { timeout: 30_000 },
    );
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
    await openSource(page, site, { hash });
    await trainTo(page, epoch);
    return page;
  };
  const first = await train("#source=xor&epochs=unlimited", 4);
  await untilKept(first, ({ epoch }) => epoch >= 4);
  await context.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() - 86_400_000;
  }); // set back by a day
  const second = await train("#source=spiral&epochs=unlimited", 6);
  await untilKept(second, ({ epoch }) => epoch >= 4, 2);
  await kept(second, "return all.put({ link: 7, checkpoint: 'no', at: Infinity }, 'page-broken')");
  const third = await context.newPage();
  await third.goto(site.url);
  assert.match(await third.locator(".notice").textContent(), /Spiral/);
  await first.reload();
  assert.match(await first.locator(".notice").textContent(), /This experiment was at about epoch/);
  await context.close();
});

test("a table that is too large to be kept is said to be; with its file, opened again, the run goes on", async () => {
  const context = await site.browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  const columns = 30;
  const large = (rows, title) =>
    page.evaluate(
      async ({ rows, columns, title }) => {
        const line = (i) =>
          `${Array.from({ length: columns }, (_, j) => (i * (j + 3)) % 17).join(",")},${i % 2 ? "yes" : "no"}`;
        const text = `${Array.from({ length: columns }, (_, j) => `c${j}`).join(",")},kind\n${Array.from({ length: rows }, (_, i) => line(i)).join("\n")}\n`;
        const { playground } = document.querySelector("ty-run-bar");
        await playground.openTable(new Blob([text]), title);
      },
      { rows, columns, title },
    );
  const open = async (rows, title) => {
    await large(rows, title);
    await page.waitForFunction(
      (rows) => {
        const { table, frame, description } = document.querySelector("ty-run-bar").playground.store.get();
        return table.description?.rows === rows && frame && description.target === "kind";
      },
      rows,
      { timeout: 60_000 },
    );
  };
  const MOST_CELLS = 500_000;
  const most = Math.floor(MOST_CELLS / (columns + 1));
  await page.goto(site.url);
  await ready(page);
  const told = page
    .locator(".notice")
    .getByText(/“big\.csv” is too large to keep for a reload: it has more than 500,000 cells/);
  const train = async () => {
    await playground(page, `playground.setAll({ batchSize: 1000, epochs: null, features: ["c1", "c2"] })`);
    await trainTo(page, 2);
    const { run } = await state(page);
    await untilKept(page, ({ epoch }) => epoch >= run.epoch);
    return run;
  };
  await open(most, "big.csv");
  await train();
  assert.equal(await told.count(), 0, "one that is kept");
  await open(most + 1, "big.csv");
  const run = await train();
  await told.waitFor();
  const weights = await parameters(page);
  await page.reload();
  await page
    .locator(".notice")
    .getByText(/“big\.csv” was at about epoch \d+\. It had too many rows to keep\. Open the file again/)
    .waitFor();
  assert.equal(await resume(page).count(), 0);
  await open(most, "other.csv");
  assert.equal(await resume(page).count(), 0, "another file");
  await open(most + 1, "big.csv");
  await resume(page).click();
  await page.waitForFunction(
    (step) => document.querySelector("ty-run-bar").playground.store.get().frame?.step === step,
    run.step,
    { timeout: 30_000 },
  );
  assert.deepEqual(await parameters(page), weights);
  await context.close();
});

test("looks at test rows are counted on after a reload, and with the run", async () => {
  const context = await site.browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  const looks = () => playground(page, "return playground.store.get().lock.looks");
  await openSource(page, site, SOURCES.own);
  await trainTo(page, 2);
  await page.locator("ty-data-fold summary").click();
  for (let clicks = 0; clicks < 3; clicks++) await page.getByRole("button", { name: /test rows: unlock/ }).click(); // open, shut, open
  assert.equal(await looks(), 2);
  const { run } = await state(page);
  await untilKept(page, ({ epoch }) => epoch >= run.epoch);
  await page.reload();
  await resume(page).click();
  await page.waitForFunction(() => document.querySelector("ty-run-bar")?.playground?.store.get().frame?.epoch >= 2);
  assert.equal(await looks(), 2);
  await page.locator("ty-data-fold summary").click();
  await page.getByText("Opened 2 times since the last split.", { exact: false }).waitFor();
  assert.equal(await playground(page, "return playground.store.get().lock.isOpen"), false);
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
  const { writes, refusals } = await page.evaluate(() => ({
    writes: globalThis.writes,
    refusals: globalThis.refusals,
  }));
  assert.ok(
    refusals >= 1 && writes.slice(1).every((at, i) => at - writes[i] >= 100),
    `${writes.length} writes, ${refusals} refused`,
  );
  const seed = await playground(
    page,
    "return [playground.store.get().settings.seed, playground.store.get().description.spec?.seed ?? playground.store.get().settings.seed]",
  );
  assert.deepEqual(seed, [40, 40]);
  assert.deepEqual(errors, []);
  await page.close();
});

test("a file that is damaged, foreign or on other rows leaves the run that is open as it is", async () => {
  const page = await site.browser.newPage({ serviceWorkers: "block" });
  await openSource(page, site, SOURCES.own);
  await trainTo(page, 2);
  const before = await state(page);
  const weights = await parameters(page);
  const open = (fields) =>
    page.evaluate(
      async (text) => {
        const menu = await document.querySelector("ty-menu-bar").menu();
        return menu.openFile(new Blob([text])).then(
          () => null,
          (error) => error.message,
        );
      },
      JSON.stringify({ trainyard: 1, link: "", epoch: 3, spec: {}, table: null, checkpoint: null, ...fields }),
    );
  for (const fields of [
    { link: "hello world" },
    { checkpoint: "AAAA" },
    { link: "source=xor", checkpoint: btoa("no checkpoint at all") },
    { link: "source=table", table: { title: "a.csv", csv: "" } },
    { link: "source=table", table: { title: "a.csv", csv: "a,b\n1,2\n2,3\n3,4\n5,6\n" }, checkpoint: "AAAA" },
  ]) {
    const sentence = await open(fields);
    assert.ok(sentence && sentence.length > 10, `${JSON.stringify(fields)}: ${sentence}`);
    const after = await state(page);
    assert.deepEqual(
      [after.settings, after.run.state, after.step],
      [before.settings, "paused", before.step],
      JSON.stringify(fields),
    );
    assert.deepEqual(await parameters(page), weights);
  }
  await page.close();
});
