// What TensorFlow Playground and Neural Network Playground 2.0 can do, walked on our page: each by a user's action and a
// visible effect. Not among them: lessons, and exports as code, which are parts of their own.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  address,
  assertNoProblems,
  button,
  labeled,
  openDataMore,
  openFolds,
  picture,
  read,
  ready,
  state,
  until,
  untilBelow,
  untilEpoch,
  untilRedrawn,
  untilSo,
} from "./playground.mjs";
import { openSite } from "./support.mjs";

let site, page, problems;
before(async () => {
  site = await openSite();
  ({ page, problems } = await site.open());
  await ready(page);
  await page.locator(".network-cursor").waitFor();
});
after(async () => {
  await page?.close();
  await site?.close();
});

const FIELD = ".stage-field";
const POINTS = ".stage-points";
const GRAPH = ".graph canvas";
const settings = async () => (await state(page)).settings;
let seed = 100;
/** Another experiment each time, and the same ones in every run of the tests. */
const fresh = async (hash = "") => {
  await page.evaluate((text) => {
    globalThis.before = document.querySelector("ty-run-bar").playground.store.get().description;
    location.hash = text;
  }, `#${hash}&seed=${++seed}`);
  // The new run, with its first picture: not what is left of the one before.
  await page.waitForFunction(() => {
    const { description, frame, run } = document.querySelector("ty-run-bar").playground.store.get();
    return description !== globalThis.before && run?.state === "ready" && frame?.step === 0 && frame.outputs;
  });
};
const spot = (place) => page.evaluate((at) => document.querySelector("ty-network-overlay").spotOf(at), place);

/** Does something, and sees that the picture is another afterwards. */
async function changes(selector, act) {
  const before = await picture(page, selector);
  await act();
  await untilRedrawn(page, selector, before);
}

test("data sets: each of theirs from one click (circle, XOR, Gaussians, spiral, plane, multi-Gaussian; moons, checkerboard, rings)", async () => {
  for (const name of ["XOR", "Gaussians", "Spiral", "Plane", "Six bumps", "Moons", "Checkers", "Rings", "Circle"]) {
    await changes(POINTS, () => page.getByRole("radio", { name, exact: true }).check());
  }
});

test("problem type: regression shows errors, classification accuracy", async () => {
  await page.getByRole("radio", { name: "Plane", exact: true }).check();
  await page.locator(".scores caption").getByText("Mean absolute error").waitFor();
  await page.getByRole("radio", { name: "Circle", exact: true }).check();
  await page.locator(".scores caption").getByText("Accuracy").waitFor();
});

test("noise, ratio of training to test data, batch size, and data made anew", async () => {
  await fresh();
  await changes(POINTS, () => labeled(page, "Noise").fill("0.3"));
  await changes(POINTS, () => labeled(page, "Training share").fill("0.5"));
  assert.match(await page.locator("ty-data-panel .note").first().textContent(), /250 rows training, 250 test/);
  await page.getByRole("button", { name: "Increase batch size" }).click();
  assert.equal((await settings()).batchSize, 16);
  await changes(POINTS, () => button(page, "New seed").click());
});

test("features: x, y, squares, product, sines and cosines, each on and off", async () => {
  await fresh();
  await openDataMore(page);
  for (const name of ["x²", "y²", "x·y", "sin x", "sin y", "cos x", "cos y"]) {
    await changes(GRAPH, () => page.getByRole("checkbox", { name, exact: true }).check());
  }
  assert.equal((await settings()).features.length, 9);
  await page.locator("ty-data-panel summary").getByText("9 features").waitFor();
  await changes(GRAPH, () => page.getByRole("checkbox", { name: "cos y", exact: true }).uncheck());
});

test("layers and neurons: added and taken away", async () => {
  await fresh();
  await changes(GRAPH, () => button(page, "Add a layer").click());
  await changes(GRAPH, () => button(page, "Add a neuron to layer 1").click());
  await changes(GRAPH, () => button(page, "Remove a neuron from layer 2").click());
  await changes(GRAPH, () => button(page, "Remove a layer").click());
  assert.deepEqual((await settings()).layers, [5, 1]);
});

test("activation, for all layers and for one", async () => {
  await fresh();
  for (const label of ["ReLU", "Sigmoid", "Linear", "Tanh"])
    await changes(GRAPH, () => labeled(page, "Activation").selectOption({ label }));
  await changes(GRAPH, () => page.getByLabel("Activation of layer 2").selectOption({ label: "ReLU" }));
  assert.deepEqual((await settings()).activation, ["tanh", "relu"]);
});

test("learning rate, optimizer, loss, initialization, schedule, clipping, regularization and its rate", async () => {
  await fresh();
  await page.getByRole("button", { name: "Increase learning rate" }).click();
  assert.equal((await settings()).learningRate, 0.1);
  await labeled(page, "Optimizer").selectOption({ label: "Adam" });
  await labeled(page, "Loss").selectOption({ label: "Mean squared error" });
  await openFolds(page);
  await labeled(page, "L1 penalty").fill("0.01");
  await labeled(page, "L1 penalty").press("Enter");
  await labeled(page, "L2 penalty").fill("0.003");
  await labeled(page, "L2 penalty").press("Enter");
  await labeled(page, "Weight initialization").selectOption({ label: "He normal" });
  await labeled(page, "Schedule").selectOption({ label: "Cosine" });
  await labeled(page, "Gradient clipping").selectOption({ label: "By norm" });
  const { optimizer, loss, l1, l2, init, schedule, clip } = await settings();
  assert.deepEqual(
    { optimizer, loss, l1, l2, init, schedule, clip },
    { optimizer: "adam", loss: "mse", l1: 0.01, l2: 0.003, init: "he-normal", schedule: "cosine", clip: "norm" },
  );
  assert.ok((await page.locator(".changed li").count()) >= 5, "each has its chip");
});

test("play, pause, step, reset; the epoch counts, the losses fall; reset repeats the same start", async () => {
  await fresh("learningRate=0.1");
  const start = await read(page, "Training loss");
  await changes(FIELD, () => button(page, "Play").click());
  await untilBelow(page, "Training loss", start * 0.8);
  await button(page, "Pause").click();
  await until(page, "paused");
  assert.ok((await read(page, "Epoch")) > 0);
  const { step } = await state(page);
  await button(page, "Step").click();
  await page.waitForFunction(
    (next) => document.querySelector("ty-run-bar").playground.store.get().frame.step === next,
    step + 1,
  );
  await button(page, "Reset").click();
  await until(page, "ready");
  await page.waitForFunction(
    (loss) => Number.parseFloat(document.querySelector('output[aria-label="Training loss"]').textContent) === loss,
    start,
  );
});

test("the output: a field, points, test points on demand, discretized on demand, a legend", async () => {
  await fresh();
  await changes(POINTS, () => labeled(page, "Show test data").check());
  await changes(FIELD, () => labeled(page, "Discretize").check());
  assert.match(await page.locator(".legend").first().textContent(), /class 0.*class 1/s);
});

test("the network: fields in the neurons, links by weight; a neuron pointed at is shown large; a weight and a bias are read and typed", async () => {
  await fresh();
  await page.waitForFunction(() => document.querySelector("ty-model-panel").fields());
  const marks = page.locator(".network-marks");
  const neuron = await spot({ kind: "neuron", layer: 1, unit: 0 });
  await marks.hover({ position: { x: neuron.x, y: neuron.y } });
  await page.locator(".network-card-box canvas").waitFor();
  for (const [place, name] of [
    [{ kind: "weight", layer: 1, unit: 0, input: 0 }, /Weight from x/],
    [{ kind: "bias", layer: 1, unit: 0 }, /Bias of neuron 1/],
  ]) {
    const { x, y } = await spot(place);
    await marks.hover({ position: { x, y } });
    await page.locator(".network-card-box").getByText(name).waitFor();
    await marks.click({ position: { x, y } });
    const value = page.getByRole("dialog", { name }).getByLabel("Value");
    await changes(GRAPH, async () => {
      await value.fill("2.5");
      await value.press("Enter");
    });
    await page.keyboard.press("Escape");
  }
});

test("the loss chart: axes, training and test, a value under the pointer; losses of test and training as numbers", async () => {
  await fresh();
  await button(page, "Play").click();
  await untilEpoch(page, 20);
  await button(page, "Pause").click();
  for (const name of ["Training loss", "Test loss"]) assert.ok(Number.isFinite(await read(page, name)), name);
  const chart = page.locator("ty-loss-chart .plot");
  const values = () => page.locator("ty-loss-chart .chart-legend b").allTextContents();
  assert.deepEqual(await values(), ["", ""]);
  await chart.hover({ position: { x: 200, y: 30 } }); // the timeline lies further down, on the axis
  await untilSo("training and test loss are read", async () =>
    (await values()).every((text) => Number.isFinite(Number.parseFloat(text))),
  );
});

test("the link holds it all, and hides controls; theirs opens here", async () => {
  await fresh("source=xor&layers=3&noise=0.1");
  assert.match(await address(page), /source=xor&layers=3&noise=0.1/);
  await page.evaluate(() => (location.hash = "#dataset=spiral&networkShape=6,4&noise_hide=true&activation=relu"));
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().settings.layers.join() === "6,4",
  );
  await page.waitForFunction(() => document.querySelector("link[data-hides]")?.sheet);
  assert.equal(await page.locator('.field:has([data-setting="noise"])').isVisible(), false);
  await fresh();
});

test("stop conditions: a goal, a plateau, a most of epochs, divergence; each says why", async () => {
  await fresh("epochs=10");
  await button(page, "Play").click();
  await until(page, "finished");
  await untilEpoch(page, 10);
  assert.match(await page.locator(".status").textContent(), /^Finished 10 epochs\./);
  await fresh("goal=trainingLoss&goalLoss=0.5&learningRate=0.1");
  await button(page, "Play").click();
  await until(page, "finished");
  assert.match(await page.locator(".status").textContent(), /goal/);
  await fresh("patience=3&learningRate=0.3&noise=0.5");
  await button(page, "Play").click();
  await until(page, "finished");
  assert.match(await page.locator(".status").textContent(), /no longer gets better/);
  await fresh("source=line&learningRate=10");
  await button(page, "Play").click();
  await until(page, "diverged");
  assert.match(await page.locator(".status").textContent(), /diverged/);
});

test("the confusion matrix, and statistics of every layer", async () => {
  await fresh();
  await page.locator("ty-confusion-fold summary").click();
  await page.locator(".confusion .tally").first().waitFor();
  await page.locator("ty-confusion-fold summary").click();
  await page.locator("ty-microscope-fold summary").click();
  await page.locator("ty-microscope-fold").getByRole("heading", { name: "Layer 1" }).waitFor();
  await page.locator("ty-microscope-fold summary").click();
});

test("experiments ready-made, a history of runs, the configuration as a file", async () => {
  await fresh();
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("5");
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().settings.source === "spiral",
  );
  await button(page, "Play").click();
  await untilEpoch(page, 3);
  await button(page, "Reset").click();
  await page.locator("ty-runs-fold summary").click();
  await page
    .locator("ty-runs-fold")
    .getByText(/Spiral/)
    .filter({ visible: true })
    .first()
    .waitFor();
  await page.locator("ty-runs-fold summary").click();
  await button(page, "Share").click();
  const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Download experiment").click()]);
  assert.match(download.suggestedFilename(), /\.json$/);
  await page.keyboard.press("Escape");
});

test("keys: Space, →, R; the status is spoken; light and dark", async () => {
  await fresh();
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("Space");
  await until(page, "training");
  await page.keyboard.press("Space");
  await until(page, "paused");
  await page.keyboard.press("r");
  await until(page, "ready");
  assert.equal(await page.locator(".status[role=status]").count(), 1);
  await changes(POINTS, () => page.emulateMedia({ colorScheme: "dark" }));
  await page.emulateMedia({ colorScheme: "light" });
  assertNoProblems(problems);
});
