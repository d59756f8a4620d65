// <train-yard> in a page of another origin: attributes, properties, methods, events, views.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openHost, stateIs, stateOf } from "./elementHost.mjs";

let host;
before(async () => (host = await openHost()));
after(() => host?.close());

test("an element trains what its attributes say, tells each epoch, its goal once, and that it is done", async () => {
  const { page, problems, heard } = await host.open(
    '<train-yard id="one" view="field" source="gaussians" noise="0.1" learning-rate="0.1" max-epochs="12" layers="3" goal="training-loss<0.3, epoch>=2"></train-yard>',
  );
  await stateIs(page, "#one", "ready");
  assert.deepEqual(
    await page.locator("#one").evaluate(({ spec }) => [spec.data.source, spec.data.noise, spec.model.layers.length]),
    ["gaussians", 0.1, 1],
  );
  await page.locator("#one").evaluate((element) => element.play());
  await stateIs(page, "#one", "finished");
  const told = await heard();
  const epochs = told.filter(([name]) => name === "epoch").map(([, detail]) => detail.epoch);
  assert.equal(epochs.at(-1), 12);
  assert.deepEqual(
    epochs,
    epochs.toSorted((a, b) => a - b),
  );
  const goals = told.filter(([name]) => name === "goal");
  assert.equal(goals.length, 1);
  assert.ok(goals[0][1].figures["training-loss"] < 0.3 && goals[0][1].epoch >= 2, JSON.stringify(goals));
  const stops = told.filter(([name]) => name === "stop");
  assert.deepEqual(
    stops.map(([, detail, id]) => [detail.status, detail.epoch, id]),
    [["finished", 12, "one"]],
  );
  assert.deepEqual(problems, []);
  await page.close();
});

test("methods steer it, and the same start gives the same figures again", async () => {
  const { page } = await host.open('<train-yard view="loss" source="xor" max-epochs="5"></train-yard>');
  await stateIs(page, "train-yard", "ready");
  const first = await stateOf(page, "train-yard");
  await page.locator("train-yard").evaluate((element) => element.step("epoch"));
  await page.waitForFunction(() => document.querySelector("train-yard").state?.figures?.epoch === 1);
  const stepped = await stateOf(page, "train-yard");
  assert.notEqual(stepped.figures["training-loss"], first.figures["training-loss"]);
  await page.locator("train-yard").evaluate((element) => element.reset());
  await page.waitForFunction(() => document.querySelector("train-yard").state?.step === 0);
  assert.deepEqual((await stateOf(page, "train-yard")).figures, first.figures);
  await page.locator("train-yard").evaluate((element) => element.step("epoch"));
  await page.waitForFunction(() => document.querySelector("train-yard").state?.figures?.epoch === 1);
  assert.deepEqual((await stateOf(page, "train-yard")).figures, stepped.figures);
  await page.close();
});

test("a Spec given as a property is trained, and one that can't be is refused in a sentence", async () => {
  const { page, heard } = await host.open('<train-yard view="field"></train-yard>');
  await stateIs(page, "train-yard", "ready");
  await page.locator("train-yard").evaluate((element) => {
    element.spec = {
      version: 1,
      seed: 5,
      data: { source: "xor" },
      model: { layers: [{ type: "dense", units: 6, activation: "relu" }] },
    };
  });
  await page.waitForFunction(() => document.querySelector("train-yard").spec.data.source === "xor");
  assert.deepEqual(await page.locator("train-yard").evaluate(({ spec }) => [spec.seed, spec.model.layers]), [
    5,
    [{ type: "dense", units: 6, activation: "relu" }],
  ]);
  await page.locator("train-yard").evaluate((element) => (element.spec = { version: 1, data: { noise: 7 } }));
  await page.locator("train-yard .lack").waitFor();
  const [, error] = (await heard()).find(([name]) => name === "error");
  assert.match(error.message, /data\.noise.*7/);
  await page.close();
});

test("an attribute that changes changes the run; what can't be used is named, with what may stand there", async () => {
  const { page } = await host.open(
    '<train-yard view="network" learning-rate="7000" lerning-rate="1" data-mine="x"></train-yard>',
  );
  const lack = page.locator("train-yard .lack");
  await lack.waitFor();
  assert.match(
    await lack.textContent(),
    /learning-rate=“7000” was left out: .*lerning-rate.*Did you mean “learning-rate”/s,
  );
  await stateIs(page, "train-yard", "ready");
  await page.locator("train-yard").evaluate((element) => element.setAttribute("learning-rate", "0.3"));
  const rate = () => document.querySelector("train-yard").spec.training.optimizer.learningRate;
  await page.waitForFunction(`(${rate})() === 0.3`);
  await lack.waitFor({ state: "hidden" });
  await page.locator("train-yard").evaluate((element) => element.setAttribute("source", "spiral"));
  await page.waitForFunction(() => document.querySelector("train-yard").spec.data.source === "spiral");
  await page.locator("train-yard").evaluate((element) => element.removeAttribute("learning-rate"));
  await page.waitForFunction(`(${rate})() !== 0.3`);
  await page.close();
});

for (const [view, sight] of [
  ["field", ".stage-points"],
  ["curve", ".stage-points"],
  ["network", ".graph canvas"],
  ["loss", ".plot canvas"],
  ["confusion", "ty-confusion table"],
  ["roc", "ty-threshold-panel svg, ty-threshold-panel canvas"],
  ["surface", "ty-surface"],
])
  test(`view="${view}" shows that, and no other control than those asked for`, async () => {
    const source = view === "curve" ? "sine" : "circle";
    const { page, problems } = await host.open(
      `<train-yard view="${view}" source="${source}" controls="play,noise" max-epochs="3"></train-yard>`,
    );
    await page.locator(`train-yard ${sight}`).first().waitFor();
    const bar = page.locator("train-yard ty-yard-bar");
    await bar.getByRole("button", { name: "Play" }).click();
    await stateIs(page, "train-yard", "finished");
    assert.deepEqual(await bar.getByRole("button").count(), 1);
    await bar.getByRole("slider", { name: "Noise" }).waitFor();
    assert.deepEqual(problems, []);
    await page.close();
  });

test("an element's curves stand by its own room, not by the window's", async () => {
  const { page, problems } = await host.open(`<train-yard view="roc" controls="play"></train-yard>`);
  const figures = page.locator("train-yard .unit-figure");
  await figures.nth(1).waitFor();
  const perLine = (/** @type {number} */ width) =>
    page.evaluate((pixels) => {
      const yard = /** @type {HTMLElement} */ (document.querySelector("train-yard"));
      yard.style.width = `${pixels}px`;
      const [first, second] = yard.shadowRoot.querySelectorAll(".unit-figure");
      return first.getBoundingClientRect().top === second.getBoundingClientRect().top ? 2 : 1;
    }, width);
  assert.deepEqual([await perLine(750), await perLine(400)], [2, 1]);
  assert.deepEqual(problems, []);
  await page.close();
});

test("of the whole playground too, what can't be used is named: its view, its controls, a Spec as an attribute", async () => {
  const { page } = await host.open('<train-yard view="nonsense" controls="what,noise" spec="{}"></train-yard>');
  const lack = page.locator("train-yard .lack");
  await lack.waitFor();
  const said = await lack.textContent();
  assert.match(said, /“nonsense” is no view\. Take one of field, .*surface, page, compact, .*export\./);
  assert.match(said, /“what” is no control\. .*new-seed.*test-loss.*question/);
  assert.match(said, /“spec” is no attribute/);
  await page.close();
});

test("without a view it is the whole playground, which is steered and heard in the same way", async () => {
  const { page, heard } = await host.open(
    '<train-yard id="page" source="gaussians" max-epochs="3" goal="epoch>2" controls="play,noise" style="height: 700px"></train-yard>',
  );
  const frame = page.frameLocator("train-yard iframe");
  await frame.getByRole("button", { name: "Play" }).waitFor();
  await stateIs(page, "#page", "ready");
  assert.equal(await frame.getByRole("button", { name: "Reset" }).count(), 0);
  assert.equal(await page.locator("#page").evaluate(({ spec }) => spec.data.source), "gaussians");
  await page.locator("#page").evaluate((element) => element.play());
  await stateIs(page, "#page", "finished");
  const names = new Set((await heard()).map(([name]) => name));
  assert.deepEqual([...names].sort(), ["epoch", "goal", "stop"]);
  await page.close();
});

test("out of sight the whole playground pauses too, and goes on when it is seen; nobody is told that it stopped", async () => {
  const { page, heard } = await host.open(
    '<train-yard id="page" source="spiral" style="height: 700px"></train-yard><p style="height: 4000px"></p><p id="end">End</p>',
  );
  await stateIs(page, "#page", "ready");
  await page.locator("#page").evaluate((element) => element.play());
  await stateIs(page, "#page", "training");
  await page.locator("#end").scrollIntoViewIfNeeded();
  await stateIs(page, "#page", "waiting");
  const { step } = await stateOf(page, "#page");
  assert.ok(step > 0);
  await page.locator("h1, train-yard").first().scrollIntoViewIfNeeded();
  await page.waitForFunction((before) => document.querySelector("#page").state.step > before, step);
  assert.equal((await stateOf(page, "#page")).status, "training");
  // What the reader stopped stays so.
  await page.locator("#page").evaluate((element) => element.pause());
  await stateIs(page, "#page", "paused");
  await page.locator("#end").scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector("#page").getBoundingClientRect().bottom < 0);
  await page.locator("#page").scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector("#page").getBoundingClientRect().top >= 0);
  assert.equal((await stateOf(page, "#page")).status, "paused");
  assert.deepEqual(
    (await heard()).filter(([name]) => name === "stop").map(([, detail]) => detail.status),
    ["paused"],
  );
  await page.close();
});

test("embed.html is the same in a frame, and tells the page around it", async () => {
  const { page } = await host.open(
    `<iframe src="${host.files}embed.html#view=loss&source=xor&max-epochs=4&goal=epoch>3&autoplay" width="500" height="300"></iframe>
     <script>addEventListener("message", ({ data }) => (window.told ??= []).push(data));</script>`,
    { script: false },
  );
  await page.waitForFunction(() => window.told?.some(({ type }) => type === "trainyard-stop"));
  const told = await page.evaluate(() => window.told);
  assert.equal(told.find(({ type }) => type === "trainyard-goal").detail.epoch, 4);
  await page.close();
});
