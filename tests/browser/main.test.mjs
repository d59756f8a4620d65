// The main job, as a newcomer does it: open the page, press Play, see a network learn.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  address,
  assertNoProblems,
  button,
  curve,
  labeled,
  openDataMore,
  picture,
  read,
  ready,
  state,
  until,
  untilBelow,
  untilEpoch,
} from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** Training loss that each source must fall below with the settings it recommends. */
const GOALS = {
  circle: 0.3,
  xor: 0.4,
  gaussians: 0.1,
  spiral: 0.35,
  moons: 0.1,
  plane: 0.05,
  "multi-gaussian": 0.06,
  line: 0.3,
  sine: 0.05,
  rings: 0.1,
  checkerboard: 0.3,
  "three-spiral": 0.1,
  product: 0.01,
  "swiss-roll": 0.01,
  step: 0.1,
  polynomial: 0.25,
};

test("Play: the loss falls, the field moves, Pause stops the steps", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  assert.equal(await read(page, "Epoch"), 0);
  const start = await read(page, "Training loss");
  const flat = await picture(page, ".stage-field");
  await button(page, "Play").click();
  await untilBelow(page, "Training loss", GOALS.circle);
  assert.ok(start > 0.5, `it began at ${start}`);
  assert.ok((await read(page, "Test loss")) < 0.5);
  assert.notEqual(await picture(page, ".stage-field"), flat);
  assert.notEqual(await picture(page, ".network canvas"), 0);

  await button(page, "Pause").click();
  await until(page, "paused");
  const stopped = await state(page);
  await page.waitForTimeout(400);
  assert.equal((await state(page)).step, stopped.step);
  await page.close();
  assertNoProblems(problems);
});

for (const [source, goal] of Object.entries(GOALS)) {
  test(`${source} learns: its training loss falls below ${goal}`, async () => {
    const { page, problems } = await site.open(`#source=${source}&speed=10-epochs`);
    await ready(page);
    const canvas = ["line", "sine", "step", "polynomial"].includes(source) ? ".stage-points" : ".stage-field";
    const before = await picture(page, canvas);
    assert.ok((await read(page, "Training loss")) > goal, "it is not below from the start");
    await button(page, "Play").click();
    await untilBelow(page, "Training loss", goal);
    assert.notEqual(await picture(page, canvas), before);
    await page.close();
    assertNoProblems(problems);
  });
}

test("validation rows have their loss in the run bar and in the loss chart; without them nothing is said of any", async () => {
  for (const [share, width] of [
    [0.2, 1440],
    [0.2, 820],
    [0.2, 390],
    [0, 1440],
  ]) {
    const { page, problems } = await site.open(`#epochs=5&validationShare=${share}`, {
      viewport: { width, height: 900 },
    });
    await ready(page);
    const figures = page.locator(".figures output");
    const names = () => figures.evaluateAll((all) => all.map((output) => output.getAttribute("aria-label")));
    const losses = share ? ["Training loss", "Validation loss", "Test loss"] : ["Training loss", "Test loss"];
    assert.deepEqual(await names(), ["Epoch", "Steps", ...losses]);
    const keys = await page.locator("ty-loss-chart .key").allTextContents();
    assert.equal(keys.filter((key) => key.trim() === "validation").length, share ? 1 : 0);
    await button(page, "Play").click();
    await until(page, "finished");
    const { validation, curve } = await page.evaluate(() => {
      const { frame } = document.querySelector("ty-run-bar").playground.store.get();
      return { validation: frame.validation?.loss, curve: frame.curve.validation && [...frame.curve.validation] };
    });
    if (share) {
      assert.equal(curve.length, 6);
      assert.equal(curve.at(-1), Math.fround(validation));
      assert.equal(await labeled(page, "Validation loss").textContent(), validation.toPrecision(4));
      assert.ok(await labeled(page, "Validation loss").isVisible());
      assert.match(await page.locator("ty-loss-chart .plot").getAttribute("aria-label"), /the validation loss from/);
      for (const box of await page.locator(".figure:visible").all()) {
        const { right } = await box.evaluate((element) => element.getBoundingClientRect().toJSON());
        assert.ok(right <= width, `${right} of ${width}`);
      }
    } else assert.equal(curve, undefined);
    assert.deepEqual(problems, []);
    await page.close();
  }
});

test("two classes: the legend has each one's mark before its name, and is as wide as these", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  const legend = page.locator(".stage .legend");
  assert.deepEqual(await legend.locator("span").allTextContents(), ["▲ class 0", "● class 1"]);
  const { box, words } = await legend.evaluate((element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return { box: element.clientWidth, words: range.getBoundingClientRect().width };
  });
  assert.ok(box - words < 24, `${box} for ${words}`);
  await page.close();
  assertNoProblems(problems);
});

test("three classes: an output each, a legend that names them, and a field and a prediction of all three", async () => {
  const { page, problems } = await site.open("#source=three-spiral&speed=max&epochs=60");
  await ready(page);
  assert.deepEqual(await page.locator(".legend span").allTextContents(), ["▲ class 0", "● class 1", "■ class 2"]);
  await button(page, "Play").click();
  await until(page, "finished");
  await untilEpoch(page, 60);
  const count = await page.evaluate(() => {
    const { outputs } = document.querySelector("ty-run-bar").playground.store.get().frame;
    const winners = new Set();
    for (let i = 0; i < outputs.length; i += 3)
      winners.add([0, 1, 2].reduce((best, k) => (outputs[i + k] > outputs[i + best] ? k : best), 0));
    return { outputs: outputs.length, winners: winners.size };
  });
  assert.deepEqual(count, { outputs: 3 * (100 * 100 + 1), winners: 3 });
  assert.match(await page.locator(".meaning").textContent(), /■ class 2, probability [\d.]+%/);
  await page.close();
  assertNoProblems(problems);
});

test("a rarer class: fewer points of it, and only where there are two classes", async () => {
  const { page, problems } = await site.open("#imbalance=0.1");
  await ready(page);
  const share = () =>
    page.evaluate(() => {
      const { targets } = document.querySelector("ty-run-bar").playground.store.get().points;
      return targets.reduce((sum, value) => sum + value, 0) / targets.length;
    });
  assert.ok(Math.abs((await share()) - 0.1) < 1e-6);
  assert.equal(await labeled(page, "Class 1 share").inputValue(), "0.1");
  await page.getByRole("radio", { name: "Plane" }).check({ force: true });
  await ready(page);
  assert.equal(await labeled(page, "Class 1 share").count(), 0);
  await page.close();
  assertNoProblems(problems);
});

test("Reset, then Play gives the identical curve, however it is paused and paced", async () => {
  const { page, problems } = await site.open("#source=xor&epochs=25");
  await ready(page);
  await button(page, "Play").click();
  await until(page, "finished");
  await untilEpoch(page, 25);
  const first = await curve(page);
  assert.deepEqual([first.epoch[0], first.epoch.at(-1)], [0, 25]);

  await button(page, "Reset").click();
  await until(page, "ready");
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame.step === 0);
  await button(page, "Step").click();
  await button(page, "Step").click();
  await labeled(page, "Speed").selectOption("max");
  await button(page, "Play").click();
  await until(page, "finished");
  await untilEpoch(page, 25);
  assert.deepEqual(await curve(page), first);

  await button(page, "New seed").click();
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame.step === 0);
  await button(page, "Play").click();
  await until(page, "finished");
  await untilEpoch(page, 25);
  assert.notDeepEqual((await curve(page)).training, first.training);
  await page.close();
  assertNoProblems(problems);
});

test("the line: it finds about 2 and −1, and says about 11 for X = 6", async () => {
  const { page, problems } = await site.open("#source=line&speed=10-epochs");
  await ready(page);
  assert.equal(await labeled(page, "X").inputValue(), "6");
  await button(page, "Play").click();
  await until(page, "finished");
  await untilEpoch(page, 500);
  const answer = await read(page, "Prediction");
  assert.ok(answer >= 10.9 && answer <= 11.1, `it says ${answer}`);
  const words = await page.locator(".formula").textContent();
  const [, weight, sign, bias] = words.match(/y = (\d\.\d\d)·x ([−+]) (\d\.\d\d)/);
  assert.ok(Math.abs(weight - 2) < 0.06 && sign === "−" && Math.abs(bias - 1) < 0.1, words);

  await labeled(page, "X").fill("-3");
  await page.waitForFunction(() => document.querySelector("output[aria-label=Prediction]").textContent.startsWith("−"));
  assert.ok(Math.abs((await read(page, "Prediction")) + 7) < 0.2);
  await page.close();
  assertNoProblems(problems);
});

test("what is being typed stays in its field, whatever is drawn meanwhile, until it is entered", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  const batch = labeled(page, "Batch size");
  await batch.fill("20");
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("noise", 0.1));
  await page.waitForFunction(() => document.querySelector('[data-setting="noise"]').value === "0.1");
  assert.equal(await batch.inputValue(), "20");
  await batch.press("Enter");
  assert.equal((await state(page)).settings.batchSize, 20);
  await batch.fill("30");
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("batchSize", 5));
  await page.waitForFunction(() => document.querySelector('[data-setting="batchSize"]').value === "5");
  await button(page, "Play").click();
  const x = labeled(page, "X");
  await x.focus();
  await page.keyboard.press("Control+a");
  const { step } = await state(page);
  for (const key of ["-", "0", ".", "5"]) {
    await page.keyboard.press(key);
    const from = (await state(page)).step;
    await page.waitForFunction(
      (drawn) => document.querySelector("ty-run-bar").playground.store.get().frame.step > drawn + 100,
      from,
    );
  }
  assert.equal((await state(page)).ask[0], -0.5);
  assert.ok((await state(page)).step > step);
  await page.close();
  assertNoProblems(problems);
});

test("settings live in the address and survive a reload; what can't be read is named", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await page.getByRole("radio", { name: "Spiral", exact: true }).check({ force: true });
  await labeled(page, "Learning rate").fill("0.02");
  await labeled(page, "Learning rate").press("Enter");
  await labeled(page, "Activation").selectOption("tanh");
  await labeled(page, "Batch size").fill("20");
  await labeled(page, "Batch size").press("Enter");
  await labeled(page, "Noise").fill("0.1");
  await labeled(page, "Training share").fill("0.7");
  await labeled(page, "Epochs").fill("300");
  await labeled(page, "Epochs").press("Enter");
  await labeled(page, "Optimizer").selectOption("sgd");
  await labeled(page, "Loss").selectOption("mse");
  await page.getByRole("button", { name: "Add a neuron to layer 2" }).click();
  await page.getByRole("button", { name: "Add a layer" }).click();
  await openDataMore(page);
  await page.getByRole("checkbox", { name: "x²" }).check({ force: true });
  const hash = new URL(await address(page)).hash;
  assert.equal(
    hash,
    "#source=spiral&noise=0.1&trainingShare=0.7&features=x,y,x2&batchSize=20&layers=8,9,2&activation=tanh&learningRate=0.02&optimizer=sgd&loss=mse&epochs=300",
  );
  await ready(page);
  const before = await state(page);
  await page.reload();
  await ready(page);
  assert.deepEqual((await state(page)).settings, before.settings);
  assert.equal(await labeled(page, "Learning rate").inputValue(), "0.02");
  assert.equal(await page.getByRole("alert").count(), 0);

  await page.evaluate(() => (location.hash = "#source=moons&noise=abc&color=red"));
  await page.getByText("noise=abc").waitFor();
  assert.match(
    await page.getByRole("alert").textContent(),
    /ignored:.*color=red.*Noise must be a number from 0 to 1\./,
  );
  assert.equal((await state(page)).settings.source, "moons");
  await page.close();
  assertNoProblems(problems);
});

test("a learning rate that is too large stops with a sentence and keeps the picture; a smaller one works", async () => {
  const { page, problems } = await site.open("#source=line&learningRate=10");
  await ready(page);
  await button(page, "Play").click();
  await until(page, "diverged");
  await page.getByText(/Try a learning rate below 10\./).waitFor();
  const isWhole = await page.evaluate(() =>
    document.querySelector("ty-run-bar").playground.store.get().frame.outputs.every(Number.isFinite),
  );
  assert.ok(isWhole);
  await labeled(page, "Learning rate").fill("0.03");
  await labeled(page, "Learning rate").press("Enter");
  await button(page, "Play").click();
  await untilBelow(page, "Training loss", 0.1);
  await page.close();
  assertNoProblems(problems);
});

test("a refused entry says why beside its field and changes nothing", async () => {
  const { page, problems } = await site.open();
  await ready(page);
  await labeled(page, "Learning rate").fill("fast");
  await labeled(page, "Learning rate").press("Enter");
  await page.getByText(/Learning rate must be a number/).waitFor();
  assert.equal(await labeled(page, "Learning rate").getAttribute("aria-invalid"), "true");
  assert.equal((await state(page)).settings.learningRate, 0.03);
  await labeled(page, "Learning rate").fill("0.1");
  await labeled(page, "Learning rate").press("Enter");
  assert.equal(await page.getByText(/Learning rate must be/).count(), 0);
  await page.close();
  assertNoProblems(problems);
});
