// Settings that a link locks: readers see them with a padlock and the reason, and no way leads around it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openHost, stateIs } from "./elementHost.mjs";
import { assertNoProblems, button, drop, findings, labeled, ready, showTab, state } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site, host;
before(async () => ([site, host] = await Promise.all([openSite(), openHost()])));
after(() => Promise.all([site?.close(), host?.close()]));

const WHY = "Locked by this page’s author.";
const LOCKED = "#noise=0.2&lock=source,noise,learningRate,layers,activation,seed,features";
const marked = (page) => page.locator(".field-number .lock-sign").first().waitFor();
const notice = (page, name) =>
  page.locator("ty-notices").getByText(new RegExp(`Locked by this page’s author: ${name}.*Nothing was changed\\.`));
const press = async (page, key, names) => {
  await page.keyboard.press(key);
  await notice(page, names).waitFor();
  await page.locator("ty-notices").getByRole("button", { name: "Close" }).first().click();
  await notice(page, names).waitFor({ state: "hidden" });
};

test("what is locked is off, has a padlock and says why; keys, presets, palette and files change nothing", async () => {
  const { page, problems } = await site.open(LOCKED);
  await ready(page);
  await marked(page);
  const before = (await state(page)).settings;
  for (const name of ["Learning rate", "Noise", "Seed", "Real data"]) {
    const control = labeled(page, name);
    assert.ok(await control.isDisabled(), name);
    assert.equal(await control.getAttribute("title"), WHY);
    const reason = await control.getAttribute("aria-describedby");
    assert.equal(await page.locator(`#${reason}`).textContent(), WHY);
  }
  for (const name of ["New seed", "Add a layer", "Remove a layer", "Add a neuron to layer 1", "Draw"])
    assert.ok(await button(page, name).first().isDisabled(), name);
  assert.equal(await page.locator("ty-source-picker input:enabled").count(), 0);
  assert.ok(await labeled(page, "Batch size").isEnabled());
  assert.deepEqual(await findings(page), []);
  await press(page, "]", "Learning rate");
  await press(page, "2", "Data set, ");
  await drop(page, "a,b\n1,2\n3,4\n5,6\n", "mine.csv");
  await notice(page, "Data set").waitFor();
  await page.keyboard.press("Control+k");
  const input = page.getByRole("combobox", { name: "Command" });
  await input.fill("learning rate 0.5");
  await page.getByRole("option", { name: WHY }).first().waitFor();
  await page.keyboard.press("Enter");
  await notice(page, "Learning rate").waitFor();
  assert.deepEqual((await state(page)).settings, { ...before, view: (await state(page)).settings.view });
  // What is free goes on as ever, and so does the run.
  await labeled(page, "Batch size").fill("7");
  await labeled(page, "Batch size").press("Enter");
  await button(page, "Step").click();
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame?.step === 1);
  assert.equal((await state(page)).settings.batchSize, 7);
  // Another address is free.
  await page.evaluate(() => (location.hash = "#noise=0.2"));
  await page.locator(".lock-sign").first().waitFor({ state: "detached" });
  assert.ok(await labeled(page, "Learning rate").isEnabled());
  assert.equal(await labeled(page, "Learning rate").getAttribute("title"), null);
  assertNoProblems(problems);
  await page.close();
});

test("on a phone too, in German, and nothing moves by the padlocks", async () => {
  const { page, problems } = await site.open(`${LOCKED}&lang=de`, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  await ready(page);
  await page.locator(".lock-sign").first().waitFor({ state: "attached" });
  await showTab(page, "Training");
  const field = page.locator('[data-setting="learningRate"]');
  assert.deepEqual([await field.isDisabled(), await field.getAttribute("title")], [true, "Auf dieser Seite gesperrt."]);
  assert.deepEqual(await findings(page), []);
  assertNoProblems(problems);
  await page.close();
});

test("the builder locks a setting: its reader sees it and can't change it", async () => {
  const { page, problems } = await site.open("#source=xor");
  await ready(page);
  await button(page, "Share").click();
  const lock = page.getByRole("checkbox", { name: "Lock: Learning rate", exact: true });
  await lock.check();
  await page.getByRole("checkbox", { name: "Lock: Seed and New seed", exact: true }).or(page.getByRole("checkbox", { name: /^Lock: .*[Ss]eed/ })).first().check(); // prettier-ignore
  const link = await labeled(page, "Link to this experiment").inputValue();
  assert.match(link, /lock=learningRate,seed/);
  assert.equal((await state(page)).settings.lock, null, "the page here stays free");
  assert.deepEqual(await findings(page), []);
  await page.close();
  const reader = await site.open(link);
  await ready(reader.page);
  await marked(reader.page);
  assert.ok(await labeled(reader.page, "Learning rate").isDisabled());
  assert.ok(await button(reader.page, "New seed").isDisabled());
  assertNoProblems([...problems, ...reader.problems]);
  await reader.page.close();
});

test("an element's locks hold for its reader, and not for the page around it", async () => {
  const { page, problems } = await host.open(
    '<train-yard id="one" view="network" lock="learning-rate,layers,seed" controls="play,new-seed,learning-rate,noise" noise="0.1"></train-yard>',
  );
  await stateIs(page, "#one", "ready");
  const rate = page.locator('#one [data-setting="learningRate"]');
  await page.locator("#one .field-number .lock-sign").waitFor();
  assert.deepEqual([await rate.isDisabled(), await rate.getAttribute("title")], [true, WHY]);
  assert.ok(await page.locator('#one [data-setting="noise"]').isEnabled());
  assert.ok(await page.locator("#one .run-seed").isDisabled());
  assert.equal(await page.locator("#one .stepper button:enabled, #one .columns .controls button:enabled").count(), 0);
  await page.locator("#one").evaluate((element) => element.setAttribute("learning-rate", "0.3"));
  await page.waitForFunction(() => document.querySelector("#one").spec.training.optimizer.learningRate === 0.3);
  await page.locator("#one").evaluate((element) => element.removeAttribute("lock"));
  await page.waitForFunction(() => !document.querySelector("#one").shadowRoot.querySelector(".lock-sign"));
  assert.ok(await rate.isEnabled());
  assert.deepEqual(problems, []);
  await page.close();
});
