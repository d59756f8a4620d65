// The microscope: what it shows are the engine's numbers, and looking moves nothing.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  assertNoProblems,
  button,
  findings,
  labeled,
  parameters,
  picture,
  ready,
  until,
  untilRedrawn,
} from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

async function open(hash, context) {
  const { page, problems } = await site.open(hash, context);
  await ready(page);
  await page.getByText("Microscope: inside one training step").click();
  await page.locator(".scope-scene").waitFor({ timeout: 30_000 });
  return { page, problems };
}

/** A look through the page's own client, as plain numbers. */
const lookOf = (page) =>
  page.evaluate(async () => {
    const { client } = document.querySelector("ty-run-bar").playground;
    const look = await client.ask("look");
    return Object.fromEntries(
      Object.entries(look).map(([key, value]) => [key, typeof value === "number" ? value : [...value]]),
    );
  });

const stage = (page, name) => page.locator(".scope-stages button", { hasText: name }).click();

/** The numbers shown under a name, in their order. */
const shown = async (page, name) =>
  (await page.locator(`ty-microscope [data-shown="${name}"]`).allTextContents()).map((text) =>
    Number(text.replaceAll("−", "-").replace("·10", "e").replaceAll(",", "").replace("°", "")),
  );

/** Four digits are shown. */
function assertShown(got, want, what) {
  assert.ok(Math.abs(got - want) <= 6e-4 * Math.abs(want) + 1e-12, `${what}: ${got} is shown, ${want} is so`);
}

/** The step that was shown is the step that comes. */
async function applied(page, index, after) {
  await button(page, "Apply this update").click();
  await page.waitForFunction(
    ([i, value]) => document.querySelector("ty-run-bar").playground.store.get().frame.parameters[i] === value,
    [index, after],
  );
}

test("every stage shows the engine's numbers, for each example; looking moves nothing; applied, it is the next step", async () => {
  const { page, problems } = await open("#layers=3,2");
  const before = await parameters(page);
  const look = await lookOf(page);
  const rows = look.rows.length;
  await labeled(page, "Neuron").selectOption("2,1"); // neuron 2 of layer 2: parameters 12 to 14, bias 16
  await labeled(page, "Weight").selectOption("1");
  const index = 6 + 3 + 3 + 1;
  for (const example of [0, 1]) {
    await stage(page, "Forward");
    const inputs = [0, 1, 2].map((unit) => look.values[unit * rows + example]);
    const weights = before.slice(12, 15);
    (await shown(page, "input")).forEach((x, i) => assertShown(x, inputs[i], `input ${i}`));
    (await shown(page, "weight")).forEach((w, i) => assertShown(w, weights[i], `weight ${i}`));
    assertShown(
      (await shown(page, "sum"))[0],
      inputs.reduce((sum, x, i) => sum + x * weights[i], before[16]),
      "sum",
    );
    assertShown((await shown(page, "value"))[0], look.values[4 * rows + example], "value");
    await button(page, "Next stage").click();
    assertShown((await shown(page, "loss"))[0], look.losses[example], "loss");
    assertShown((await shown(page, "mean-loss"))[0], look.loss, "mean loss");
    assertShown((await shown(page, "probability"))[0], 1 / (1 + Math.exp(-look.values[5 * rows + example])), "p");
    await button(page, "Next stage").click();
    assertShown((await shown(page, "delta"))[0], look.deltas[4 * rows + example], "delta");
    assertShown((await shown(page, "next-delta"))[0], look.deltas[5 * rows + example], "the output's delta");
    assertShown((await shown(page, "slope"))[0], 1 - look.values[4 * rows + example] ** 2, "slope");
    assertShown((await shown(page, "share"))[0], look.deltas[4 * rows + example] * inputs[1], "share");
    assertShown((await shown(page, "gradient"))[0], look.gradient[index], "gradient");
    assertShown((await shown(page, "full-gradient"))[0], look.fullGradient[index], "full gradient");
    await button(page, "Next example").click();
  }
  // What all rows' shares add up to is the batch's.
  await page.getByRole("radio", { name: "Batch average" }).check({ force: true });
  const sum = look.deltas.slice(4 * rows, 5 * rows).reduce((total, delta) => total + delta, 0);
  assertShown((await shown(page, "delta"))[0], sum, "all deltas");
  await stage(page, "Update");
  assertShown((await shown(page, "before"))[0], before[index], "before");
  assertShown((await shown(page, "after"))[0], look.after[index], "after");
  assertShown((await shown(page, "step-gradient"))[0], look.stepGradient[index], "g");
  const length = (values) => Math.sqrt(values.reduce((total, value) => total + value * value, 0));
  assertShown((await shown(page, "batch-length"))[0], length(look.gradient), "length");
  assertShown((await shown(page, "full-length"))[0], length(look.fullGradient), "length of all");
  const dot = look.gradient.reduce((total, value, i) => total + value * look.fullGradient[i], 0);
  assertShown(
    (await shown(page, "angle"))[0],
    (Math.acos(dot / length(look.gradient) / length(look.fullGradient)) * 180) / Math.PI,
    "angle",
  );
  assert.deepEqual(await parameters(page), before, "looking moves nothing");
  await applied(page, index, look.after[index]);
  assert.deepEqual(await parameters(page), look.after);
  await page.waitForFunction(() => document.querySelector("ty-microscope").textContent.includes("Next: update 2."));
  await page.close();
  assertNoProblems(problems);
});

test("optimizers, losses and other data: before, after and what the rule remembers are the engine's", async () => {
  for (const [hash, memory] of [
    ["#optimizer=adam&learningRate=0.01&layers=3", ["memory-m", "memory-v"]],
    ["#optimizer=adamw&source=line&layers=2", ["memory-m", "memory-v"]],
    ["#optimizer=sgd&momentum=0.9&nesterov=true&source=three-spiral&layers=4", ["memory-v"]],
    ["#optimizer=rmsprop&loss=hinge&l2=0.01&clip=norm", ["memory-s"]],
    ["#optimizer=adagrad&source=plane&layers=", ["memory-s"]],
  ]) {
    const { page, problems } = await open(hash);
    for (let step = 0; step < 2; step++) {
      const look = await lookOf(page);
      await stage(page, "Loss");
      assertShown((await shown(page, "loss"))[0], look.losses[0], `${hash}: loss`);
      await stage(page, "Update");
      assertShown(
        (await shown(page, "before"))[0],
        hash.includes("adamw") ? look.before[0] * (1 - look.learningRate * 0.01) : look.before[0],
        `${hash}: before`,
      );
      assertShown((await shown(page, "after"))[0], look.after[0], `${hash}: after`);
      const padded = Math.ceil(look.before.length / 4) * 4;
      for (const [slot, name] of memory.entries())
        assertShown((await shown(page, name))[0], look.stateAfter[slot * padded], `${hash}: ${name}`);
      await applied(page, 0, look.after[0]);
      await page.waitForFunction(
        (n) => document.querySelector("ty-microscope").textContent.includes(`Next: update ${n}.`),
        step + 2,
      );
    }
    await page.close();
    assertNoProblems(problems);
  }
});

test("a locked weight is told, and stays; a weight set by hand is in the next look", async () => {
  const { page, problems } = await open("#layers=3,2");
  await page.evaluate(() => {
    const { client } = document.querySelector("ty-run-bar").playground;
    client.send("setParameter", { index: 0, value: 0.625 });
    client.remember("freeze", { indices: new Uint32Array([0]) });
  });
  await stage(page, "Update");
  await page.getByText("This parameter is locked").waitFor();
  await page.waitForFunction(
    () => document.querySelector('ty-microscope [data-shown="after"]')?.textContent === "0.625",
  );
  const look = await lookOf(page);
  assert.equal(look.after[0], 0.625);
  await page.close();
  assertNoProblems(problems);
});

test("the batch glows in the picture; a click on one of its points chooses it, elsewhere it asks the net", async () => {
  const { page, problems } = await open("#layers=3");
  await page.locator("ty-batch-glow canvas").waitFor({ state: "attached" });
  const first = await picture(page, "ty-batch-glow canvas");
  await button(page, "Next example").click();
  await untilRedrawn(page, "ty-batch-glow canvas", first);
  await page.evaluate(() => scrollTo(0, 0));
  const top = await page.evaluate(() => document.querySelector(".stage").getBoundingClientRect().top);
  const moved = await page.evaluate(() => document.querySelector("ty-batch-glow").current);
  assert.equal(moved, 1);
  assert.ok(top >= 0);
  const place = await page.evaluate(() => {
    const { points, view } = document.querySelector("ty-run-bar").playground.store.get();
    const row = document.querySelector("ty-batch-glow").rows[4];
    const box = document.querySelector(".stage").getBoundingClientRect();
    const share = (i) => (points.inputs[2 * row + i] - view[i][0]) / (view[i][1] - view[i][0]);
    return { x: box.left + share(0) * box.width, y: box.bottom - share(1) * box.height };
  });
  await page.mouse.click(place.x, place.y);
  await page.waitForFunction(() => document.querySelector("ty-batch-glow").current === 4);
  await page.getByText("Microscope: inside one training step").click();
  await page.waitForFunction(() => !document.querySelector("ty-batch-glow"));
  await page.close();
  assertNoProblems(problems);
});

test("slow motion goes from stage to stage and takes the step; Play ends it, and says what is to be done", async () => {
  const { page, problems } = await open("#layers=3", { reducedMotion: "reduce" });
  await button(page, "Slow motion").click();
  await page.waitForFunction(
    () => document.querySelector('.scope-stages [aria-current="step"]').textContent.includes("Loss"),
    null,
    { timeout: 6000 },
  );
  await page.waitForFunction(() => document.querySelector("ty-run-bar").playground.store.get().frame.step === 1, null, {
    timeout: 14_000,
  });
  await button(page, "Play").click();
  await until(page, "training");
  await page.waitForFunction(
    () => document.querySelector("ty-microscope button[aria-pressed]")?.getAttribute("aria-pressed") !== "true",
    null,
    { timeout: 6000 },
  );
  await button(page, "Pause").click();
  await until(page, "paused");
  await page.waitForFunction(() => {
    const { frame } = document.querySelector("ty-run-bar").playground.store.get();
    return document
      .querySelector("ty-microscope")
      .textContent.includes(`Next: update ${(frame.step + 1).toLocaleString("en")}.`);
  });
  await page.close();
  assertNoProblems(problems);
});

test("with dropout it says why there is no formula, and still shows the layers", async () => {
  const { page, problems } = await site.open("#layers=4,3&dropout=0.2");
  await ready(page);
  await page.getByText("Microscope: inside one training step").click();
  await page.getByText("Dropout turns off random neurons").waitFor();
  await page.getByRole("heading", { name: "Layer 2", exact: true }).waitFor();
  await page.close();
  assertNoProblems(problems);
});

test("histograms of weights and activations, layer by layer, as they are now", async () => {
  const { page, problems } = await open("#layers=4,3&activation=relu");
  await page.locator("ty-layer-views figure").nth(5).waitFor();
  assert.equal(await page.locator("ty-layer-views section").count(), 3);
  const [label] = await page
    .locator("ty-layer-views svg")
    .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
  const weights = (await parameters(page)).slice(0, 12);
  const [low, high] = label
    .replaceAll("−", "-")
    .match(/-?[\d.]+/g)
    .map(Number);
  assertShown(low, Math.min(...weights), "lowest");
  assertShown(high, Math.max(...weights), "highest");
  await page.close();
  assertNoProblems(problems);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe-core finds nothing in the microscope, ${colorScheme}, and it fits from 360 px up`, async () => {
    const { page, problems } = await open("#layers=6,4&optimizer=adam", { colorScheme });
    for (const width of [1440, 820, 360]) {
      await page.setViewportSize({ width, height: 900 });
      for (const name of ["Forward", "Loss", "Gradient", "Update"]) {
        await stage(page, name);
        await page.waitForTimeout(60);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, `${width}, ${name}`);
      }
      assert.deepEqual(await findings(page), []);
    }
    await page.close();
    assertNoProblems(problems);
  });
}
