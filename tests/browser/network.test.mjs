// The network graph: what each neuron gives, and everything about single weights.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  assertNoProblems,
  button,
  drawn,
  findings,
  labeled,
  parameters,
  picture,
  ready,
  showTab,
  trainTo,
  until,
  untilEpoch,
  untilShown,
  untilSo,
} from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

/** The page with the graph's overlay on it. */
async function open(hash = "", context = {}) {
  const { page, problems } = await site.open(hash, context);
  await ready(page);
  await showTab(page, "Network");
  await page.locator(".network-cursor").waitFor();
  await page.waitForFunction(() => document.querySelector("ty-model-panel").fields());
  return { page, problems };
}

/** Where a place lies on the graph, in its pixels. */
const spot = (page, place) => page.evaluate((at) => document.querySelector("ty-network-overlay").spotOf(at), place);

async function click(page, place) {
  const { x, y } = await spot(page, place);
  await page.locator(".network-marks").click({ position: { x, y } });
}

/** The colors along a line through a node, as the canvas has them. */
const colors = (page, { x, y, radius }) =>
  page.evaluate(
    ([left, top, size]) => {
      const canvas = document.querySelector(".graph canvas");
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
      copy.drawImage(canvas, 0, 0);
      const ratio = canvas.width / canvas.clientWidth;
      return [-0.6, -0.3, 0, 0.3, 0.6].map((at) => [
        ...copy.getImageData(Math.round((left + at * size) * ratio), Math.round(top * ratio), 1, 1).data.slice(0, 3),
      ]);
    },
    [x, y, radius],
  );

test("each neuron shows what it gives over the plane: orange where negative, blue where positive, as predict has it", async () => {
  const { page, problems } = await open("#layers=3,2");
  // The feature x rises from left to right.
  const x = await colors(page, await spot(page, { kind: "neuron", layer: 0, unit: 0 }));
  assert.ok(x[0][0] > x[0][2] && x[4][2] > x[4][0], `${x}`);
  // The output's field is that of the picture, coarser.
  const agreement = await page.evaluate(() => {
    const { frame } = document.querySelector("ty-run-bar").playground.store.get();
    const { layers, size } = document.querySelector("ty-model-panel").fields();
    const field = layers.subarray(layers.length - size * size);
    let right = 0;
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const at = Math.floor(((row + 0.5) / size) * 100) * 100 + Math.floor(((column + 0.5) / size) * 100);
        const share = 1 / (1 + Math.exp(-field[row * size + column]));
        if (Math.abs(share - frame.outputs[at]) < 0.03) right += 1;
      }
    }
    return right / (size * size);
  });
  assert.ok(agreement > 0.99, `${agreement}`);
  const before = await picture(page, ".graph canvas");
  await button(page, "Play").click();
  await untilEpoch(page, 10);
  assert.notEqual(await picture(page, ".graph canvas"), before);
  await page.close();
  assertNoProblems(problems);
});

test("one input: each neuron shows its curve; a table: over the two columns of the picture", async () => {
  const { page, problems } = await open("#source=sine");
  assert.equal(await page.evaluate(() => document.querySelector("ty-model-panel").fields().isLine), true);
  const flat = await picture(page, ".graph canvas");
  await button(page, "Play").click();
  await untilEpoch(page, 5);
  assert.notEqual(await picture(page, ".graph canvas"), flat);
  await button(page, "Pause").click();
  await page.evaluate(() => (location.hash = "#source=iris"));
  await page.waitForFunction(
    () =>
      document.querySelector("ty-run-bar").playground.store.get().description?.target === "species" &&
      document.querySelector("ty-model-panel").fields()?.inputs.length,
  );
  const ranges = await page.evaluate(() => {
    const { inputs, size } = document.querySelector("ty-model-panel").fields();
    return Array.from({ length: inputs.length / size ** 2 }, (_, i) => {
      const own = inputs.subarray(i * size ** 2, (i + 1) * size ** 2);
      return Math.max(...own) - Math.min(...own);
    });
  });
  assert.deepEqual(
    ranges.map((range) => range > 0.5),
    [true, true, false, false],
    `${ranges}`,
  );
  await page.close();
  assertNoProblems(problems);
});

test("pointing at a link says its weight; a click opens it: typed, zeroed, undone", async () => {
  const { page, problems } = await open("#layers=3,2");
  const place = { kind: "weight", layer: 1, unit: 1, input: 0 };
  const { x, y } = await spot(page, place);
  await page.locator(".network-marks").hover({ position: { x, y } });
  const [, , weight] = await parameters(page);
  const card = page.locator(".network-card-box");
  await card.waitFor();
  assert.match(await card.textContent(), /Weight from x to neuron 2 of layer 1/);
  const shown = (await page.locator(".network-card-value").textContent()).replace("−", "-");
  assert.ok(Math.abs(Number(shown) - weight) < 0.0006, `${shown} and ${weight}`);

  await click(page, place);
  const dialog = page.getByRole("dialog", { name: "Weight from x to neuron 2 of layer 1" });
  const value = dialog.getByLabel("Value");
  await value.fill("1,5x");
  await value.press("Enter");
  await dialog.getByRole("alert").waitFor();
  assert.equal((await parameters(page))[2], weight);
  await value.fill("−1.25");
  await value.press("Enter");
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().frame.parameters[2] === -1.25,
  );
  await dialog.getByRole("button", { name: "Zero" }).click();
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().frame.parameters[2] === 0,
  );
  await dialog.getByRole("button", { name: "Undo" }).click();
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().frame.parameters[2] === -1.25,
  );
  await page.keyboard.press("Escape");
  assert.equal(await dialog.count(), 0);
  await button(page, "Undo edit").click();
  await page.waitForFunction(
    (old) => document.querySelector("ty-run-bar").playground.store.get().frame.parameters[2] === old,
    weight,
  );
  assert.equal(await button(page, "Undo edit").count(), 0);
  await page.close();
  assertNoProblems(problems);
});

test("a locked weight, bias or neuron does not move in training, and is marked; unlocked, it moves; a reset has no locks", async () => {
  const { page, problems } = await open("#layers=3,2&optimizer=adam");
  const marks = () => picture(page, ".network-marks");
  await click(page, { kind: "weight", layer: 1, unit: 1, input: 0 });
  await button(page, "Lock").click();
  await page.keyboard.press("Escape");
  await page.mouse.move(5, 5);
  await page.evaluate(() => (document.querySelector("ty-network-overlay").hasFocus = false));
  await click(page, { kind: "neuron", layer: 2, unit: 0 });
  await button(page, "Lock").click();
  await button(page, "Close").click();
  const start = await parameters(page);
  await trainTo(page, 3);
  const end = await parameters(page);
  // Parameters: weights of layer 1 (6), its biases (3), weights of layer 2 (6), its biases (2), output.
  const stood = start.map((value, i) => (value === end[i] ? i : -1)).filter((i) => i >= 0);
  assert.deepEqual(stood, [2, 9, 10, 11, 15]);
  assert.equal(await button(page, "Unlock 5").count(), 1);
  const marked = await marks();
  await button(page, "Unlock 5").click();
  await untilSo("the mark of the lock is gone", async () => (await marks()) !== marked);
  await button(page, "Step").first().click();
  await page.waitForFunction(
    (old) => document.querySelector("ty-run-bar").playground.store.get().frame.parameters[2] !== old,
    end[2],
  );
  await button(page, "Undo edit").click();
  assert.equal(await button(page, "Unlock 5").count(), 1, "undone: locked again");
  await button(page, "Reset").click();
  await until(page, "ready");
  await page.waitForFunction(() => !document.querySelector("ty-network-tools").textContent.includes("Unlock"));
  assert.equal(await button(page, "Undo edit").count(), 0);
  await page.close();
  assertNoProblems(problems);
});

test("a neuron that is zeroed and shut off is dead, marked and said; a driven one is saturated", async () => {
  const { page, problems } = await open("#layers=3,2&activation=relu,tanh");
  const health = (layer, unit) =>
    page.evaluate(([l, u]) => document.querySelector("ty-network-overlay").healthAt(l, u)?.state, [layer, unit]);
  await page.waitForFunction(() => document.querySelector("ty-network-overlay").health.length === 6);
  const before = await picture(page, ".network-marks");
  await click(page, { kind: "neuron", layer: 1, unit: 1 });
  await button(page, "Zero").click();
  await labeled(page, "Bias").fill("-1");
  await labeled(page, "Bias").press("Enter");
  await page.waitForFunction(() => document.querySelector("ty-network-overlay").healthAt(1, 1)?.state === "dead");
  await page.getByText(/^Dead: outputs 0 for 100% of training rows/).waitFor();
  await button(page, "Close").click();
  assert.notEqual(await picture(page, ".network-marks"), before);
  await click(page, { kind: "neuron", layer: 2, unit: 0 });
  await labeled(page, "Bias").fill("9");
  await labeled(page, "Bias").press("Enter");
  await page.waitForFunction(() => document.querySelector("ty-network-overlay").healthAt(2, 0)?.state !== "well");
  assert.match(await page.locator(".network-ill").textContent(), /^(Saturated|Dead)/);
  assert.equal(await health(2, 1), "well");
  await page.close();
  assertNoProblems(problems);
});

test("keys: one stop; arrows walk over neurons, weights and biases and say what they are; Enter edits, Escape goes back", async () => {
  const { page, problems } = await open("#layers=3,2");
  await page.getByRole("application", { name: "Network graph" }).getByRole("button").focus();
  const name = () => page.locator(".network-cursor").getAttribute("aria-label");
  assert.match(await name(), /^Neuron 1 of layer 1: tanh, 2 weights and a bias\./);
  const steps = await page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().frame.step);
  await page.keyboard.press("ArrowDown");
  assert.match(await name(), /^Neuron 2 of layer 1/);
  await page.keyboard.press("ArrowLeft");
  assert.match(await name(), /^Weight from y to neuron 2 of layer 1 is /);
  await page.keyboard.press("ArrowDown");
  assert.match(await name(), /^Bias of neuron 2 of layer 1 is 0\./);
  assert.match(await page.locator(".network-spoken").textContent(), /^Bias of neuron 2/);
  await page.keyboard.press("Enter");
  await page.locator("input:focus").waitFor();
  await page.keyboard.type("0.75");
  await page.keyboard.press("Enter");
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().frame.parameters[7] === 0.75,
  );
  await page.keyboard.press("Escape");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".network-cursor")));
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  assert.match(await name(), /^Weight from neuron 2 of layer 1 to neuron 2 of layer 2/);
  const after = await page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().frame.step);
  assert.equal(after, steps, "no arrow took a step");
  await page.close();
  assertNoProblems(problems);
});

test("gradients on the links: asked of the engine, and back to weights", async () => {
  const { page, problems } = await open("#layers=3,2");
  const weights = await picture(page, ".graph canvas");
  await page.getByRole("radio", { name: "Gradients" }).check({ force: true });
  await page.getByText(/^largest 0\.\d+/).waitFor();
  const gradient = await page.evaluate(async () => {
    const all = await document.querySelector("ty-run-bar").playground.client.ask("gradient", { part: "train" });
    return { largest: all.reduce((most, value) => Math.max(most, Math.abs(value)), 0), first: all[0] };
  });
  const shown = Number((await page.getByText(/^largest /).textContent()).split(" ")[1]);
  assert.ok(Math.abs(shown - gradient.largest) < 1e-3 * gradient.largest);
  assert.notEqual(await picture(page, ".graph canvas"), weights);
  const { x, y } = await spot(page, { kind: "weight", layer: 1, unit: 0, input: 0 });
  await page.locator(".network-marks").hover({ position: { x, y } });
  const said = (await page.locator(".network-card-words b").first().textContent()).replace("−", "-");
  assert.ok(Math.abs(Number(said) - gradient.first) < 1e-3 * Math.abs(gradient.first) + 1e-6);
  await page.mouse.move(5, 5);
  await page.getByRole("radio", { name: "Weights" }).check({ force: true });
  await untilShown(page, ".graph canvas", weights);
  await page.close();
  assertNoProblems(problems);
});

test("wide layers are summed up, and can be locked as a whole; each layer has its activation", async () => {
  const { page, problems } = await open("#layers=32,16,4");
  await page.waitForFunction(() => document.querySelector("ty-network-overlay").health.length === 53);
  await click(page, { kind: "layer", layer: 1 });
  const dialog = page.getByRole("dialog", { name: "Layer 1, 32 neurons" });
  assert.match(await dialog.textContent(), /96 parameters/);
  await dialog.getByRole("button", { name: "Lock" }).click();
  await dialog.getByRole("button", { name: "Close" }).click();
  const start = await parameters(page);
  await button(page, "Step").first().click();
  await page.waitForFunction(
    (old) => document.querySelector("ty-run-bar").playground.store.get().frame.parameters[100] !== old,
    start[100],
  );
  assert.deepEqual((await parameters(page)).slice(0, 96), start.slice(0, 96));
  await labeled(page, "Activation of layer 2").selectOption("relu");
  await page.waitForFunction(
    () => document.querySelector("ty-run-bar").playground.store.get().description.layers[1].activation === "relu",
  );
  assert.deepEqual(
    await page.evaluate(() =>
      document
        .querySelector("ty-run-bar")
        .playground.store.get()
        .description.layers.map(({ activation }) => activation),
    ),
    ["tanh", "relu", "tanh", "linear"],
  );
  await page.close();
  assertNoProblems(problems);
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe-core finds nothing with a card open, ${colorScheme}; at 820 and 360 px a tap opens it, and nothing scrolls sideways`, async () => {
    const { page, problems } = await open("#layers=4,2", { colorScheme, hasTouch: true });
    await click(page, { kind: "neuron", layer: 1, unit: 1 });
    await page.getByRole("dialog", { name: "Neuron 2 of layer 1" }).waitFor();
    assert.deepEqual(await findings(page), []);
    for (const width of [820, 360]) {
      await page.keyboard.press("Escape");
      await page.setViewportSize({ width, height: 800 });
      await showTab(page, "Network");
      await drawn(page);
      await page.waitForTimeout(150);
      const { x, y } = await spot(page, { kind: "weight", layer: 1, unit: 3, input: 1 });
      await page.locator(".network-marks").tap({ position: { x, y } });
      const dialog = page.getByRole("dialog", { name: /^Weight from / });
      await dialog.waitFor();
      await button(page, width === 820 ? "Lock" : "Unlock").tap();
      const box = await page.locator(".network-card-box").boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= width, `${width}: ${JSON.stringify(box)}`);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width, String(width));
      assert.deepEqual(await findings(page), []);
    }
    await page.close();
    assertNoProblems(problems);
  });
}

test("at 360 px a card that opens near the run bar is brought above it", async () => {
  const { page, problems } = await open("#layers=4,2", {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  });
  const { x, y } = await spot(page, { kind: "neuron", layer: 1, unit: 1 });
  // The neuron stands a little above the run bar: its card would reach under it.
  await page.evaluate((below) => {
    const top = document.querySelector(".network-marks").getBoundingClientRect().top + scrollY + below;
    scrollTo(0, top - document.querySelector("ty-run-bar").getBoundingClientRect().top + 60);
  }, y);
  const box = await page.locator(".network-marks").boundingBox();
  await page.touchscreen.tap(box.x + x, box.y + y);
  const card = page.getByRole("dialog", { name: "Neuron 2 of layer 1" });
  await card.waitFor();
  await page.waitForFunction(
    () =>
      document.querySelector(".network-card-box").getBoundingClientRect().bottom <=
      document.querySelector("ty-run-bar").getBoundingClientRect().top,
  );
  await button(page, "Lock").tap();
  await button(page, "Unlock").waitFor();
  await page.close();
  assertNoProblems(problems);
});

test("nothing in the panel shifts while it trains at full speed", async () => {
  const { page, problems } = await open("#layers=8,8,8,8,8,8&speed=max&epochs=100000");
  await page.locator("ty-moments input").waitFor({ state: "attached" }); // what is loaded late has come
  await page.evaluate(() => {
    Object.assign(globalThis, { shifts: [], frames: 0 });
    const isOurs = ({ node }) => node?.parentElement?.closest("ty-model-panel");
    const note = ({ value, hadRecentInput, sources }) =>
      hadRecentInput || globalThis.shifts.push(...sources.filter(isOurs).map(({ node }) => [value, node.className]));
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type: "layout-shift" });
    document
      .querySelector("ty-run-bar")
      .playground.store.subscribe(({ frame }, before) => (globalThis.frames += frame !== before.frame));
  });
  await page.keyboard.press("Space");
  await page.waitForFunction(() => globalThis.frames > 60);
  assert.deepEqual(await page.evaluate(() => globalThis.shifts), []);
  await page.close();
  assertNoProblems(problems);
});

for (const [width, height, hash] of [
  [1440, 900, ""],
  [1440, 900, "#source=penguins&layers=4,3"],
  [2560, 1300, "#layers=3"],
  [1024, 768, "#layers=4,2,3"],
  [480, 900, ""],
])
  test(`no card that comes by pointing covers another layer, at ${width} × ${height} ${hash}`, async () => {
    const { page, problems } = await site.open(hash, { viewport: { width, height } });
    await ready(page);
    await showTab(page, "Network");
    const overlay = page.locator("ty-network-overlay");
    await overlay.waitFor();
    await page.locator("ty-model-panel .graph").evaluate((graph) => graph.scrollIntoView({ block: "center" }));
    const { columns, left, top } = await overlay.evaluate((element) => ({
      columns: element.columns.map(({ nodes }) => nodes),
      ...element.getBoundingClientRect().toJSON(),
    }));
    assert.ok(columns.length >= 3);
    for (const [layer, nodes] of columns.entries()) {
      for (const { x, y } of [nodes[0], nodes.at(-1)]) {
        await page.mouse.move(left + x, top + y);
        const card = page.locator(".network-card-box");
        await card.waitFor();
        await page.waitForFunction(
          ([at, place]) => {
            const { pointed } = document.querySelector("ty-network-overlay");
            return pointed?.kind === "neuron" && pointed.layer === at && place;
          },
          [layer, true],
        );
        const box = await card.boundingBox();
        const covered = columns
          .flatMap((others, i) => (i === layer ? [] : others))
          .filter(
            (node) =>
              left + node.x + node.radius > box.x &&
              left + node.x - node.radius < box.x + box.width &&
              top + node.y + node.radius > box.y &&
              top + node.y - node.radius < box.y + box.height,
          );
        assert.deepEqual(covered, [], `layer ${layer}: ${JSON.stringify(box)}`);
        assert.ok(box.x >= 0 && box.x + box.width <= width, `${box.x}, ${box.width}`);
        await page.mouse.move(left + 1, top - 1);
        await card.waitFor({ state: "detached" });
      }
    }
    await page.close();
    assertNoProblems(problems);
  });
