// The fast core in the page: chosen by the reader alone, told as long as it computes, and gone without harm.
import assert from "node:assert/strict";
import fs from "node:fs";
import { after, before, test } from "node:test";
import { assertNoProblems, button, findings, ready, trainTo, until } from "./playground.mjs";
import { openSite, screenshot } from "./support.mjs";

let site;
before(async () => (site = await openSite({})));
after(() => site?.close());

const engineOf = (page) => page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().engine);
const computes = (page, isFast) =>
  page.waitForFunction((fast) => {
    const { engine, frame } = document.querySelector("ty-run-bar")?.playground.store.get() ?? {};
    return engine?.isFast === fast && frame;
  }, isFast);
const open = async (page) => {
  await ready(page);
  await page.locator("ty-engine-chip summary").click();
  return page.locator(".engine-card");
};
const box = (page) => page.getByLabel("Fast multiply-add (not bit-exact)", { exact: true });
const isFastCore = /\/pkg-fast\//;

test("who ticks the box trains by the fast core from the start; the chip says so, and no link does", async () => {
  const { page, problems } = await site.open("#source=spiral&layers=16,16");
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const wasAsked = () => asked.some((url) => isFastCore.test(url));
  const card = await open(page);
  await box(page).waitFor();
  assert.deepEqual([await box(page).isChecked(), wasAsked(), (await engineOf(page)).isFast], [false, false, false]);
  const address = page.url();
  await box(page).focus();
  await page.keyboard.press("Space");
  await computes(page, true);
  assert.ok(wasAsked());
  assert.equal(page.url(), address);
  await page.locator(".chip-reason", { hasText: /^not bit-exact$/ }).waitFor();
  await card.getByText("Not bit-exact: other machines").waitFor();
  assert.equal(await card.getByText(/identical/i).count(), 0);
  await screenshot(page, "fastCore-1440");
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press("Escape");
  await trainTo(page, 20);
  assert.equal((await engineOf(page)).isFast, true);

  // It is kept in this browser; without it, the run is exact again, from its start.
  await page.reload();
  await computes(page, true);
  await open(page);
  assert.equal(await box(page).isChecked(), true);
  await box(page).uncheck();
  await computes(page, false);
  await until(page, "ready");
  assert.match((await engineOf(page)).reason, /^CPU\. Not timed yet/);
  await page.locator(".chip-reason", { hasText: "not bit-exact" }).waitFor({ state: "detached" });
  await page.close();
  assertNoProblems(problems);
});

test("rows of a table are brought to the new worker", async () => {
  const { page, problems } = await site.open("#source=iris");
  await open(page);
  await box(page).check();
  await computes(page, true);
  await page.keyboard.press("Escape");
  await trainTo(page, 5);
  assert.equal((await engineOf(page)).isFast, true);
  await page.evaluate(() => localStorage.removeItem("trainyard.core"));
  await page.close();
  assertNoProblems(problems);
});

test("where the fast core can't be loaded the run is exact, and the card says so", async () => {
  const { page } = await site.open("#source=spiral&layers=16,16");
  await page.route(isFastCore, (route) => route.abort());
  const card = await open(page);
  await box(page).check();
  await card.getByText("The fast core could not be loaded, so this run has the exact one.").waitFor();
  assert.equal((await engineOf(page)).isFast, false);
  await page.keyboard.press("Escape");
  await button(page, "Play").click();
  await until(page, "training");
  await page.evaluate(() => localStorage.removeItem("trainyard.core"));
  await page.close();
});

test("a browser without the instruction has no box but the reason, on a phone in the dark too", async () => {
  const { page, problems } = await site.open("", {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
  });
  await page.addInitScript(() => {
    const { validate } = WebAssembly;
    WebAssembly.validate = (bytes) => !(bytes.length < 64 && bytes.includes(0x85)) && validate(bytes);
  });
  await page.reload();
  await page.getByRole("tab", { name: "Training" }).click();
  const card = await open(page);
  await card.getByText("this browser lacks the WebAssembly instruction").waitFor();
  assert.equal(await box(page).count(), 0);
  await screenshot(page, "fastCore-390-dark");
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

test("who computed goes with the run: on the card, into its file and its kept run, and on from there", async () => {
  const { page, problems } = await site.open("#source=spiral&layers=16,16&engine=cpu");
  const menuIs = (act, given) =>
    page.evaluate(
      async ([what, text]) => {
        const menu = await document.querySelector("ty-menu-bar").menu();
        return what === "report" ? menu.report() : menu.openFile(new Blob([text]));
      },
      [act, given],
    );
  const computed = (wanted) =>
    page.waitForFunction((by) => {
      const { computed } = document.querySelector("ty-run-bar").playground.store.get();
      return JSON.stringify(computed?.by) === by;
    }, JSON.stringify(wanted));
  const card = await open(page);
  await box(page).check();
  await computes(page, true);
  await page.keyboard.press("Escape");
  await trainTo(page, 20);
  await computed(["fast"]);
  const saving = page.waitForEvent("download");
  await page.evaluate(async () => (await document.querySelector("ty-menu-bar").menu()).act("download"));
  const text = fs.readFileSync(await (await saving).path(), "utf8");
  assert.deepEqual(JSON.parse(text).engines, ["fast"]);
  assert.match(await menuIs("report"), /Computed by: CPU with fast multiply-add \(not bit-exact\)\. /);

  // The exact core goes on with it: what is said of its results is not said of this run.
  await page.locator("ty-engine-chip summary").click();
  await box(page).uncheck();
  await computes(page, false);
  await until(page, "ready");
  await card.getByText(/Identical results on every machine/).waitFor();
  await menuIs("open", text);
  await computed(["fast"]);
  await page.locator(".notice", { hasText: "Computed by: CPU with fast multiply-add (not bit-exact)." }).waitFor();
  await page.locator(".chip-reason", { hasText: /^not bit-exact$/ }).waitFor();
  await card.getByText("Computed by: CPU with fast multiply-add (not bit-exact).").waitFor();
  assert.equal(await card.getByText(/Identical results/).count(), 0);
  await page.keyboard.press("Escape");
  await trainTo(page, 30);
  await computed(["fast", "cpu"]);
  assert.match(await menuIs("report"), /Computed by: CPU with fast multiply-add \(not bit-exact\), CPU\./);
  await button(page, "Reset").click();
  await until(page, "ready");
  await page.locator("ty-runs-fold summary").click();
  const kept = page.locator("ty-runs-panel tbody tr");
  await kept.nth(1).waitFor();
  const said = await kept.locator(".changes").allInnerTexts();
  assert.match(said[0], /Computed by: CPU with fast multiply-add \(not bit-exact\), CPU\./);
  assert.match(said.at(-1), /Computed by: CPU with fast multiply-add \(not bit-exact\)\./);
  await screenshot(page, "computedBy-1440");
  assert.deepEqual(await findings(page), []);
  await assert.rejects(
    menuIs("open", text.replace('"fast"', '"warp"').replace('"trainyard": 2', '"trainyard": 1')),
    /warp/,
  );
  await page.close();
  assertNoProblems(problems);
});
