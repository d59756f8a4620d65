// Varied training images: set by sliders, seen beforehand, trained with, carried by the link, and taken back.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoProblems, button, findings, labeled, state, until, untilSo } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

const TRAINED_MS = 240_000;
const SAID = ".augment > [role=status]";

/** A number for each picture of the preview: first the image as it is, then epoch after epoch. */
const shown = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".augment-list canvas")].map((canvas) => {
      if (canvas.width < 2) return 0;
      const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      return data.reduce((sum, value, i) => (sum * 31 + value * ((i % 7) + 1)) % 1_000_000_007, 0);
    }),
  );

/** Resolves once the preview stands and has so many different pictures. */
const untilShown = (page, different) =>
  untilSo(`the preview shows ${different} different images`, async () => {
    const images = await shown(page);
    return images.length === 9 && images.every(Boolean) && new Set(images).size === different;
  });

const augmentOf = async (page) => (await state(page)).settings.augment;

test("images are varied a little, seen before training, trained with, in the link, and Undo takes it back", async () => {
  const { page, problems } = await site.open("#source=digits&view=data&epochs=2");
  await page.locator(".augment").waitFor();
  await untilShown(page, 1);
  assert.equal((await page.locator(SAID).textContent()).trim(), "Training images are not changed.");
  await button(page, "Change a little").click();
  await untilShown(page, 9);
  assert.deepEqual(await augmentOf(page), { shift: 0.1, rotate: 10, scale: 0.1 });
  assert.match(
    await page.locator(SAID).textContent(),
    /anew: shifted by up to 10% of the side, rotated by up to 10°, enlarged or reduced by up to 10%\. This trains on the CPU\./,
  );
  assert.match(decodeURIComponent(page.url()), /augment=\{"shift":0\.1,"rotate":10,"scale":0\.1\}/);

  await button(page, "Undo").click();
  await untilSo("it is taken back", async () => (await augmentOf(page)) === null);
  await untilShown(page, 1);
  await button(page, "Redo").click();
  await untilSo("it is there again", async () => (await augmentOf(page))?.rotate === 10);

  // By keys: a step of the slider is a step of the strength.
  await labeled(page, "Rotation").focus();
  await page.keyboard.press("ArrowRight");
  await untilSo("the rotation is 15°", async () => (await augmentOf(page))?.rotate === 15);
  await untilShown(page, 9);
  const before = await shown(page);
  await button(page, "Another image").click();
  await untilSo("another image is shown", async () => (await shown(page))[0] !== before[0]);
  assert.deepEqual(await findings(page), []);

  await untilSo("the run stands", async () => (await state(page)).run?.state === "ready");
  await button(page, "Play").click();
  await until(page, "finished", TRAINED_MS);
  const spec = await page.evaluate(
    () => document.querySelector("ty-run-bar").playground.store.get().description.spec.data.augment,
  );
  assert.deepEqual(spec, { shift: 0.1, rotate: 15, scale: 0.1, noise: 0 });

  await button(page, "Turn off").click();
  await untilShown(page, 1);
  assert.ok(!page.url().includes("augment"));
  assertNoProblems(problems);
});

test("a link opens with it, at 320 pixels too; another set begins without it", async () => {
  const { page, problems } = await site.open('#source=digits&view=data&epochs=1&augment={"noise":0.2,"rotate":90}', {
    viewport: { width: 320, height: 640 },
  });
  await page.locator(".augment").waitFor();
  await untilShown(page, 9);
  assert.equal(await labeled(page, "Rotation").inputValue(), "90");
  assert.equal(await labeled(page, "Noise").getAttribute("aria-valuetext"), "20%");
  const { inner, scroll } = await page.evaluate(() => ({
    inner: innerWidth,
    scroll: document.documentElement.scrollWidth,
  }));
  assert.ok(scroll <= inner, `${scroll} of ${inner} pixels`);
  await page.evaluate(() => document.querySelector("ty-run-bar").playground.set("source", "iris"));
  await untilSo("iris is there", async () => (await state(page)).settings.source === "iris");
  assert.equal(await augmentOf(page), null);
  await page.locator(".augment").waitFor({ state: "detached" });
  assertNoProblems(problems);
});

test("MNIST offers a more accurate model, which is one click and one Undo", async () => {
  const { page, problems } = await site.open("#source=mnist");
  const offer = button(page, "Use the more accurate model");
  await offer.waitFor({ timeout: 60_000 });
  await offer.click();
  const using = button(page, "More accurate model in use");
  await using.waitFor({ timeout: 60_000 });
  assert.ok(await using.isDisabled());
  const { settings } = await state(page);
  assert.deepEqual(
    [settings.epochs, settings.augment.rotate, settings.layers[0].filters, settings.learningRate],
    [20, 10, 16, 0.003],
  );
  await untilSo("the run stands", async () => (await state(page)).run?.state === "ready");
  await button(page, "Undo").click();
  await offer.waitFor();
  assert.deepEqual([(await state(page)).settings.epochs, await augmentOf(page)], [8, null]);
  assertNoProblems(problems);
});
