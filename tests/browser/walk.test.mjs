// The microscope on pictures: a convolution, pooling, flattening and softmax with the numbers of the run.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, findings, picture, showTab, until, untilRedrawn, untilSo } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

async function open(hash, context = {}) {
  const { page, problems } = await site.open(hash, context);
  await page.waitForSelector("ty-picture-tiles .tile", { state: "attached", timeout: 60_000 });
  await button(page, "Play").click();
  await until(page, "finished", 240_000);
  if (context.isMobile) await showTab(page, "Training");
  await page.getByText("Microscope: inside one training step").click();
  await page.locator(".walk-steps").waitFor({ timeout: 60_000 });
  return { page, problems };
}

const engine = (page) =>
  page.evaluate(() => {
    const { frame, description } = document.querySelector("ty-run-bar").playground.store.get();
    const { units, parameters, outputs } = frame;
    return {
      units: [...units],
      parameters: [...parameters],
      outputs: [...outputs],
      layers: description.layers.map(({ weight, bias, outputs: count }) => [weight.offset, bias.offset, count]),
    };
  });

const numberOf = (text) => Number(text.replaceAll("−", "-").replace("·10", "e").replaceAll(/[,★%]/g, ""));
const shown = async (page, name) =>
  (await page.locator(`ty-image-walk [data-shown="${name}"]`).allTextContents()).map(numberOf);
const layer = (page, name) => page.locator(".walk-steps button", { hasText: name }).first().click();
const where = (page) => page.locator(".walk-where").textContent();

/** Three or four digits are shown. */
function assertShown(got, want, what) {
  assert.ok(Math.abs(got - want) <= 6e-4 * Math.max(1, Math.abs(want)), `${what}: ${got} is shown, ${want} is so`);
}

/** The set's preset: 8 kernels of 3×3 over 8×8 pixels. */
async function holdsConvolution(page, { units, parameters, layers }) {
  const [, map, row, column] = (await where(page)).match(/map (\d+), row (\d+), column (\d+)/).map((one) => one - 1);
  const window = [...Array(9).keys()].map((i) => units[(row + Math.floor(i / 3)) * 8 + column + (i % 3)]);
  const [weight, bias] = layers[0];
  const kernel = parameters.slice(weight + map * 9, weight + map * 9 + 9);
  const z = window.reduce((sum, x, i) => sum + x * kernel[i], parameters[bias + map]);
  const lists = {
    window,
    kernel,
    product: window.map((x, i) => x * kernel[i]),
    bias: [parameters[bias + map]],
    sum: [z],
  };
  for (const [name, wanted] of Object.entries(lists)) {
    const got = await shown(page, name);
    assert.equal(got.length, wanted.length, name);
    got.forEach((value, i) => assertShown(value, wanted[i], `${name} ${i} of map ${map}, ${row}, ${column}`));
  }
  const value = units[64 + (map * 6 + row) * 6 + column];
  assertShown((await shown(page, "value"))[0], value, "the engine's");
  assertShown(Math.max(0, z), value, "the sum");
  return { map, row, column };
}

test("each layer shows the engine's numbers where keys and clicks move the window; axe finds nothing", async () => {
  const { page, problems } = await open("#source=digits");
  const run = await engine(page);
  await holdsConvolution(page, run);
  const output = page.locator('.walk-map[data-side="out"]');
  const before = await picture(page, '.walk-map[data-side="in"] canvas');
  const { width, height } = await output.boundingBox();
  await output.click({ position: { x: 9, y: 9 } });
  assert.deepEqual(await holdsConvolution(page, run), { map: 0, row: 0, column: 0 });
  await untilRedrawn(page, '.walk-map[data-side="in"] canvas', before);
  for (const key of ["ArrowRight", "ArrowRight", "ArrowDown"]) await output.press(key);
  assert.deepEqual(await holdsConvolution(page, run), { map: 0, row: 1, column: 2 });
  await output.press("Shift+ArrowDown");
  await output.press("ArrowLeft");
  await output.press("ArrowUp");
  assert.deepEqual(await holdsConvolution(page, run), { map: 0, row: 4, column: 1 });
  await output.click({ position: { x: width - 9, y: height - 9 } });
  assert.deepEqual(await holdsConvolution(page, run), { map: 0, row: 5, column: 5 });
  await button(page, "Next output map").click();
  await page.locator('.walk-map[data-side="in"]').click({ position: { x: width / 2, y: height / 2 } });
  assert.equal((await holdsConvolution(page, run)).map, 1);

  await layer(page, "Max pooling");
  const window = await shown(page, "window");
  assertShown((await shown(page, "value"))[0], Math.max(...window), "the largest");
  assert.equal(await page.locator('.walk-grid td[data-kept="true"]').count(), 1);
  assert.equal(numberOf(await page.locator('.walk-grid td[data-kept="true"]').textContent()), Math.max(...window));
  await layer(page, "Flatten");
  const [index] = await shown(page, "index");
  assert.match(await where(page), new RegExp(`number ${index}:`));
  await layer(page, "Dense");
  const [products, rest] = [await shown(page, "product"), await shown(page, "rest")];
  const [bias] = await shown(page, "bias");
  const [sum] = await shown(page, "sum");
  assert.ok(Math.abs([...products, ...rest, bias].reduce((all, one) => all + one) - sum) < 0.01);
  await layer(page, "Softmax");
  (await shown(page, "score")).forEach((score, k) => assertShown(score, run.units.at(k - 10), `score ${k}`));
  const shares = await page.locator('ty-image-walk [data-shown="probability"]').allTextContents();
  shares.forEach((share, k) => {
    const want = 100 * run.outputs[k];
    if (share.startsWith("under")) assert.ok(want < 0.1, `${k}: ${want}`);
    else if (!share.startsWith("over")) assert.ok(Math.abs(numberOf(share) - want) <= 0.051, `${k}: ${share}, ${want}`);
  });
  assert.equal(
    Number(await page.locator('.walk-shares [data-said="true"] th').textContent()),
    run.outputs.indexOf(Math.max(...run.outputs)),
  );
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

test("on a phone a finger moves the window, nothing is cut, axe finds nothing, dark; padding is marked", async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: "dark" };
  const { page, problems } = await open("#source=digits&epochs=2&layers=conv2d:4:5:2:same,flatten,16", phone);
  const output = page.locator('.walk-map[data-side="out"]');
  await output.tap({ position: { x: 2, y: 2 } });
  await untilSo("the first place is under the lens", async () => /row 1, column 1:/.test(await where(page)));
  assert.equal(await page.locator('.walk-grid td[data-sign="none"]').count(), 9); // of 5×5, a row and a column above and to the left
  await button(page, "Down").tap();
  await button(page, "Right").tap();
  await untilSo("buttons move it on", async () => /row 2, column 2:/.test(await where(page)));
  for (const one of await page.locator("ty-image-walk button").all()) {
    const box = await one.boundingBox();
    assert.ok(box.height >= 44 && box.width >= 40, `${await one.textContent()}: ${box.width}×${box.height}`);
  }
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});
