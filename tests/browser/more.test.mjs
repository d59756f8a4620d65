// What lies under "More": each control, as a user works it, changes what is trained; chips, reset, stop clauses.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  address,
  assertNoProblems,
  button,
  labeled,
  openFolds,
  picture,
  ready,
  state,
  until,
  untilEpoch,
} from "./playground.mjs";
import { openSite } from "./support.mjs";
import { formatShare } from "../../www/base/format.js";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** Opens a page with both folds open. */
async function openAll(hash = "") {
  const { page, problems } = await site.open(hash);
  await ready(page);
  await openFolds(page);
  return { page, problems };
}

/** Resolves when a run stands that has not taken a step. */
const fresh = (page) =>
  page.waitForFunction(() => {
    const { run, frame } = document.querySelector("ty-run-bar").playground.store.get();
    return run?.state === "ready" && frame?.step === 0;
  });

/** Trains to the end and gives the exact training loss. */
async function train(page) {
  await fresh(page);
  await button(page, "Play").click();
  await until(page, "finished");
  await page.waitForFunction(() => {
    const { run, frame } = document.querySelector("ty-run-bar").playground.store.get();
    return frame.epoch === run.epoch && frame.step === run.step;
  });
  return page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().frame.training.loss);
}

async function write(page, name, text) {
  await labeled(page, name).fill(text);
  await labeled(page, name).press("Enter");
}

test("every choice of activation, first weights, optimizer and loss trains differently", async () => {
  const { page, problems } = await openAll("#epochs=6&speed=max&samples=120");
  // Auto is cross-entropy here, and half the squared error has half the gradient.
  for (const [name, alike] of [
    ["Activation", 0],
    ["Weight initialization", 0],
    ["Optimizer", 0],
    ["Loss", 1],
  ]) {
    const values = await labeled(page, name)
      .locator("option")
      .evaluateAll((options) => options.map(({ value }) => value));
    const first = await labeled(page, name).inputValue();
    const losses = new Set();
    for (const value of values) {
      await labeled(page, name).selectOption(value);
      losses.add(await train(page));
      if (value === values.at(-1)) await button(page, "Reset").click();
    }
    assert.equal(losses.size, values.length - alike, `${name}: ${[...losses]}`);
    await labeled(page, name).selectOption(first);
  }
  await page.close();
  assertNoProblems(problems);
});

/** [what is set already, the control, what a user gives it] */
const CONTROLS = [
  ["", "Activation of layer 2", "sin"],
  ["init=uniform", "Initial range ±", "2"],
  ["momentum=0.9", "Nesterov", true],
  ["optimizer=rmsprop", "Alpha", "0.5"],
  ["optimizer=adam", "Beta 1", "0.5"],
  ["optimizer=adam", "Beta 2", "0.9"],
  ["optimizer=adagrad", "Epsilon", "0.1"],
  ["optimizer=adamw", "Weight decay", "1"],
  ["", "Label smoothing", "0.2"],
  ["samples=51", "Class weights", "balanced"],
  ["", "Schedule", "exponential"],
  ["schedule=step", "Step size (epochs)", "2"],
  ["schedule=step&stepSize=2", "Decay factor", "0.5"],
  ["schedule=cosine", "Cosine length (T_max)", "3"],
  ["schedule=cosine", "Minimum learning rate", "0.01"],
  ["schedule=linear-warm-up", "Warm-up start factor", "0.5"],
  ["schedule=linear-warm-up", "Warm-up epochs", "2"],
  ["", "L1 penalty", "0.1"],
  ["", "L2 penalty", "0.1"],
  ["", "Dropout", "0.3"],
  ["clipLimit=0.001", "Gradient clipping", "norm"],
  ["clip=value", "Clipping threshold", "0.001"],
  ["", "Validation share", "0.25"],
  ["imbalance=0.3", "Stratified split", false],
];

test("every other control does as well, says so in a chip and in the link, and its chip takes it back", async () => {
  const { page, problems } = await openAll();
  for (const [context, name, value] of CONTROLS) {
    const hash = `#epochs=6&speed=max&learningRate=0.3&${context.includes("samples") ? "" : "samples=120&"}${context}`;
    await page.evaluate((link) => document.querySelector("ty-run-bar").playground.openLink(link), hash);
    await labeled(page, name).waitFor();
    const [plain, before] = [await train(page), (await state(page)).settings];
    const control = labeled(page, name);
    const kind = await control.evaluate(({ tagName, type }) => (tagName === "SELECT" ? "select" : type));
    if (kind === "select") await control.selectOption(value);
    else if (kind === "checkbox") await control.setChecked(value);
    else if (kind === "range") await control.fill(value);
    else await write(page, name, value);
    assert.notEqual(await train(page), plain, name);
    const { settings } = await state(page);
    const [key] = Object.keys(settings).filter((one) => JSON.stringify(settings[one]) !== JSON.stringify(before[one]));
    assert.ok(new URL(await address(page)).hash.includes(`${key}=`), name);
    if (key === "activation") continue; // it is in sight: the one for all layers says "Mixed"
    await button(page, `Reset ${name.toLowerCase()}`).click();
    assert.equal(await train(page), plain, `${name}, taken back`);
    assert.equal(await button(page, `Reset ${name.toLowerCase()}`).count(), 0);
  }
  await page.close();
  assertNoProblems(problems);
});

test("validation rows: kept from training, told apart from test rows, and what patience goes by", async () => {
  const { page, problems } = await openAll("#noise=0.3&epochs=60&speed=10-epochs");
  await labeled(page, "Validation share").fill("0.25");
  await page.getByText("300 rows training, 100 validation, 100 test.").waitFor();
  await write(page, "Patience", "5");
  await button(page, "Play").click();
  await until(page, "finished");
  const { training, validation, test } = await page.evaluate(
    () => document.querySelector("ty-run-bar").playground.store.get().frame,
  );
  assert.deepEqual([training.rows, validation.rows, test.rows], [300, 100, 100]);
  await page.waitForFunction(
    (share) => document.querySelector("ty-figures .scores")?.textContent.includes(`Validation rows${share}`),
    formatShare(validation.accuracy).padStart(5, "\u2007"),
  );
  await page.close();
  assertNoProblems(problems);
});

test("layers with their own activation: the select for all says so and makes them alike", async () => {
  const { page, problems } = await openAll();
  await labeled(page, "Activation of layer 1").selectOption("relu");
  assert.equal(new URL(await address(page)).hash, "#activation=relu,tanh");
  assert.equal(await labeled(page, "Activation").locator("option:checked").textContent(), "Mixed");
  await labeled(page, "Activation").selectOption("gelu");
  assert.equal(await labeled(page, "Activation of layer 2").inputValue(), "gelu");
  assert.equal(new URL(await address(page)).hash, "#activation=gelu");
  await page.close();
  assertNoProblems(problems);
});

test("only what belongs to the choice is shown, and only losses that fit the task", async () => {
  const { page, problems } = await openAll("#optimizer=adam");
  assert.deepEqual(
    [
      await labeled(page, "Beta 1").count(),
      await labeled(page, "Momentum").count(),
      await labeled(page, "Alpha").count(),
    ],
    [1, 0, 0],
  );
  assert.equal(await labeled(page, "Loss").locator("option[value=hinge]").count(), 1);
  await page.getByRole("radio", { name: "Plane" }).check({ force: true });
  assert.equal(await labeled(page, "Loss").locator("option:is([value=hinge], [value=cross-entropy])").count(), 0);
  assert.equal(await labeled(page, "Stop when").locator("option[value=testAccuracy]").count(), 0);
  assert.equal(await labeled(page, "Label smoothing").count(), 0);
  await page.close();
  assertNoProblems(problems);
});

test("a schedule shows its curve, and the rate as it is; each step its gradient", async () => {
  const { page, problems } = await openAll("#epochs=50");
  await labeled(page, "Schedule").selectOption("cosine");
  await page.getByText("From 0.03 to almost 0 in 50 epochs.").waitFor();
  const start = await picture(page, "ty-rate-chart canvas");
  await button(page, "Play").click();
  await untilEpoch(page, 50);
  await page.waitForFunction(() => document.querySelector("output[aria-label='Rate now']").textContent !== "0.03");
  assert.ok(Number.parseFloat(await labeled(page, "Gradient norm").textContent()) > 0);
  assert.notEqual(await picture(page, "ty-rate-chart canvas"), start);
  await labeled(page, "Schedule").selectOption("step");
  await page.getByText("From 0.03 to 0.03 in 50 epochs.").waitFor();
  await button(page, "More training settings").click();
  assert.equal(await labeled(page, "Schedule").count(), 0);
  await labeled(page, "Rate now").waitFor(); // it changes by itself: also in sight while folded
  await page.getByText("Schedule: Step decay").waitFor();
  await page.close();
  assertNoProblems(problems);
});

test("a plateau lowers the rate", async () => {
  const { page, problems } = await openAll("#epochs=60&speed=max&learningRate=3");
  await labeled(page, "Schedule").selectOption("reduce-on-plateau");
  await write(page, "Plateau patience", "1");
  await write(page, "Plateau factor", "0.5");
  await write(page, "Plateau threshold", "0.1");
  await train(page);
  await page.waitForFunction(() => document.querySelector("output[aria-label='Rate now']").textContent !== "3");
  await page.close();
  assertNoProblems(problems);
});

test("the status line says which clause ended the run", async () => {
  const { page, problems } = await openAll("#speed=max");
  const says = (words) => page.getByRole("status").filter({ hasText: words }).waitFor();
  await labeled(page, "Stop when").selectOption("testAccuracy");
  await labeled(page, "Accuracy threshold").fill("0.9");
  await train(page);
  await says(/after \d+ epochs: the goal is reached/);
  assert.ok((await state(page)).epoch < 500);

  await labeled(page, "Stop when").selectOption("trainingLoss");
  await write(page, "Loss threshold", "0.5");
  await train(page);
  await says(/the goal is reached/);

  await labeled(page, "Stop when").selectOption("none");
  await write(page, "Learning rate", "3");
  await write(page, "Patience", "5");
  await labeled(page, "Restore best weights").check();
  await train(page);
  await says(/the loss no longer gets better.*Restored the weights from the best epoch/);
  await write(page, "Patience", "");
  assert.equal(await labeled(page, "Patience").getAttribute("placeholder"), "Off");
  assert.ok(!(await address(page)).includes("patience"));
  await page.close();
  assertNoProblems(problems);
});

test("Epochs change while it trains, and a finished run goes on where it stood", async () => {
  const { page, problems } = await openAll("#epochs=20");
  await button(page, "Play").click();
  await until(page, "finished");
  await page.getByRole("status").filter({ hasText: "Increase Epochs to continue" }).waitFor();
  await write(page, "Epochs", "40");
  await until(page, "paused");
  await button(page, "Play").click();
  await until(page, "finished");
  await untilEpoch(page, 40);
  assert.deepEqual([(await state(page)).epoch, (await state(page)).step], [40, 1600]);
  await write(page, "Epochs", "");
  await until(page, "paused");
  await button(page, "Play").click();
  await untilEpoch(page, 60);
  await write(page, "Epochs", "70");
  await until(page, "finished");
  await page.close();
  assertNoProblems(problems);
});

test("a link opens folded, with chips for what is folded and changed", async () => {
  const { page, problems } = await site.open("#l2=0.01&schedule=step&init=he-normal&beta1=0.5");
  await ready(page);
  assert.deepEqual(await page.locator(".changed li > span").allTextContents(), [
    "Weight initialization: He normal",
    "Schedule: Step decay",
    "L2 penalty: 0.01",
  ]);
  await button(page, "Reset l2 penalty").click();
  assert.equal(new URL(await address(page)).hash, "#init=he-normal&beta1=0.5&schedule=step");
  await page.close();
  assertNoProblems(problems);
});
