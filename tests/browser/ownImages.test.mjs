// Pictures of one's own: brought as folders, files, from the clipboard and by a camera; seen as they are; trained; kept.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { resume, untilKept } from "./losing.mjs";
import { assertNoProblems, button, findings, until, untilSo } from "./playground.mjs";
import { png } from "./pngMaker.mjs";
import { openSite } from "./support.mjs";

const FAKE_CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
const SIDE = 28;
const COUNT = 20;

let site, folder;
before(async () => {
  site = await openSite();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "pictures-"));
  for (const [name, at] of Object.entries(CLASSES)) {
    fs.mkdirSync(path.join(folder, "shapes", name), { recursive: true });
    for (let i = 0; i < COUNT; i++)
      fs.writeFileSync(path.join(folder, "shapes", name, `${String(i).padStart(2, "0")}.png`), pngOf(at, i));
  }
});
after(async () => {
  await site?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Light stripes on black, at another place in each picture, with some noise. */
const CLASSES = {
  lying: (x, y, i) => (Math.abs(y - 6 - (i % 16)) < 3 ? 200 + ((x * 7 + i) % 50) : (x * 13 + y * 5 + i) % 30),
  upright: (x, y, i) => (Math.abs(x - 6 - (i % 16)) < 3 ? 200 + ((y * 7 + i) % 50) : (y * 13 + x * 5 + i) % 30),
};
const grayOf = (at, i) => Uint8Array.from({ length: SIDE * SIDE }, (_, k) => at(k % SIDE, Math.floor(k / SIDE), i));
const pngOf = (at, i) => png(SIDE, SIDE, grayOf(at, i));

async function collect(opened, hash = "") {
  const { page, problems } = await opened.open(hash);
  await page.locator("ty-data-fold summary").first().click();
  await button(page, "Your own images…").click();
  const own = page.locator("ty-own-images");
  await own.getByRole("heading", { name: "Your own images" }).waitFor();
  return { page, problems, own };
}

const stateOf = (page) =>
  page.evaluate(() => {
    const { run, frame, settings, description, table, lock } = document
      .querySelector("ty-run-bar")
      .playground.store.get();
    return {
      run,
      test: frame?.test,
      settings,
      image: description?.image,
      names: description?.classNames,
      rows: table.description?.rows,
      isOpen: lock?.isOpen,
    };
  });

const pixelsOf = (page, rows) =>
  page.evaluate(async (rows) => {
    const { pixels, labels } = await document.querySelector("ty-run-bar").playground.tables.pictures(rows);
    return { pixels: [...pixels], labels: [...labels] };
  }, rows);

test("a folder a class: the bytes of each picture arrive, a network learns them, the test set is sealed, and all is there after a reload", async () => {
  const { page, problems, own } = await collect(site);
  await own.getByText("“Class 1” has too few images (0). Add at least 5").waitFor();
  // Reading and framing is work for the pool: the page itself decodes nothing.
  await page.evaluate(() => {
    const here = globalThis.createImageBitmap;
    globalThis.decoded = 0;
    globalThis.createImageBitmap = (...all) => ((globalThis.decoded += 1), here(...all));
  });
  await own.getByLabel("Add folders").setInputFiles(path.join(folder, "shapes"));
  await own.getByText(`${2 * COUNT} images in 2 classes.`).waitFor();
  await own.getByText("Guess: light on dark").waitFor();
  assert.equal(await page.evaluate(() => globalThis.decoded), 0);
  assert.deepEqual((await own.locator(".own-head input").evaluateAll((all) => all.map(({ value }) => value))).sort(), [
    "lying",
    "upright",
  ]);
  await untilSo("what the network sees is shown", () =>
    own.locator(".own-tile canvas").evaluateAll((all) => all.length === 36 && all.every(({ width }) => width === 28)),
  );
  assert.deepEqual(await findings(page), []);
  await button(page, "Use these images").click();
  await untilSo("the run stands", async () => {
    const { image, run } = await stateOf(page);
    return image?.width === SIDE && run?.state === "ready";
  });
  const { names, settings, rows } = await stateOf(page);
  assert.deepEqual([[...names].sort(), settings.source, rows], [["lying", "upright"], "table", 2 * COUNT]);
  const { pixels, labels } = await pixelsOf(page, [...Array(2 * COUNT).keys()]);
  const found = labels.map((label, i) => `${names[label]} ${pixels.slice(i * SIDE * SIDE, (i + 1) * SIDE * SIDE)}`);
  const sent = Object.entries(CLASSES).flatMap(([name, at]) =>
    Array.from({ length: COUNT }, (_, i) => `${name} ${[...grayOf(at, i)]}`),
  );
  assert.deepEqual(found.sort(), sent.sort());

  await button(page, "Play").click();
  await until(page, "finished", 240_000);
  const trained = await stateOf(page);
  assert.deepEqual([trained.test, trained.isOpen], [null, false]);
  const wall = page.getByRole("region", { name: "Images and predictions" });
  await wall.getByRole("button", { name: "Test rows" }).click();
  await wall.getByRole("button", { name: "Unlock test rows" }).click();
  await untilSo("the test rows are scored", async () => (await stateOf(page)).test?.rows === 8);
  const { accuracy } = (await stateOf(page)).test;
  assert.ok(accuracy >= 0.85, `${accuracy}`);

  await untilKept(page, ({ rows, epoch }) => Boolean(rows) && epoch > 0);
  await page.reload();
  await resume(page).click();
  await untilSo("the run is there again", async () => (await stateOf(page)).image?.width === SIDE);
  assert.deepEqual((await pixelsOf(page, [...Array(2 * COUNT).keys()])).pixels, pixels);
  // And they can be worked on.
  await page.locator("ty-data-fold summary").first().click();
  await button(page, "Your own images…").click();
  await button(page, "Edit the current images").click();
  await page
    .locator("ty-own-images")
    .getByText(`${2 * COUNT} images in 2 classes.`)
    .waitFor();
  // Their model doesn't go with the reader to other data.
  await page.getByRole("radio", { name: "XOR" }).check();
  await untilSo("points are learned", async () => {
    const { run, image } = await stateOf(page);
    return run?.state === "ready" && !image;
  });
  assert.ok((await stateOf(page)).settings.layers.every((layer) => typeof layer === "number"));
  await page.close();
  assertNoProblems(problems);
});

test("a folder of folders is dropped from the desktop: each becomes a class, with all that is in it", async () => {
  const { page, problems, own } = await collect(site);
  // More than the hundred that the browser gives at a time, and what a system leaves there.
  const many = path.join(folder, "many");
  for (const [name, count] of Object.entries({ upright: 120, lying: 5 })) {
    fs.mkdirSync(path.join(many, name), { recursive: true });
    for (let i = 0; i < count; i++) fs.writeFileSync(path.join(many, name, `${i}.png`), pngOf(CLASSES[name], i));
    fs.writeFileSync(path.join(many, name, ".DS_Store"), "left by a system");
  }
  const heading = own.getByRole("heading", { name: "Your own images" });
  await heading.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const { x, y, height } = await heading.boundingBox();
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [many], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"])
    await session.send("Input.dispatchDragEvent", { type, x: x + 8, y: y + height / 2, data });
  await own.getByText("125 images in 2 classes.").waitFor({ timeout: 120_000 });
  const names = await own.locator(".own-head input").evaluateAll((all) => all.map(({ value }) => value));
  assert.deepEqual(names.sort(), ["lying", "upright"]);
  const counts = await own.locator(".own-head .note").allTextContents();
  assert.deepEqual(counts.sort(), ["120 images", "5 images"]);
  assert.equal(await own.getByRole("alert").count(), 0);
  await page.close();
  assertNoProblems(problems);
});

test("a phone is offered its camera for each class, by a field that takes several photos; a mouse is not", async () => {
  const phone = await site.open("", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const { page, problems } = phone;
  await page.locator("ty-data-fold summary").first().click();
  await button(page, "Your own images…").click();
  const own = page.locator("ty-own-images");
  const photo = own.getByLabel("Take photo: Class 1");
  await photo.waitFor();
  assert.deepEqual(
    await photo.evaluate((field) => [field.type, field.accept, field.getAttribute("capture"), field.multiple]),
    ["file", "image/*", "environment", true],
  );
  const { width, height } = await photo.locator("xpath=..").boundingBox();
  assert.ok(width >= 44 && height >= 44, `${width} × ${height}`);
  await photo.setInputFiles([{ name: "photo.png", mimeType: "image/png", buffer: pngOf(CLASSES.lying, 3) }]);
  await own.getByText("“Class 1” has too few images (1)").waitFor();
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
  const desk = await collect(site);
  const hidden = desk.own.locator('[data-class="0"] input[capture]');
  await hidden.waitFor({ state: "hidden" });
  await desk.page.close();
});

test("ink on paper is inverted by a guess that can be overruled; what is no image is a sentence; files and what is pasted go into their class", async () => {
  const { page, problems, own } = await collect(site);
  const paper = png(
    56,
    56,
    Uint8Array.from({ length: 56 * 56 }, (_, k) => (k % 56 > 20 && k % 56 < 30 ? 0 : 255)),
  );
  const file = (name, buffer) => ({ name, mimeType: "image/png", buffer });
  await own
    .getByLabel("Add files: Class 1")
    .setInputFiles([
      ...Array.from({ length: 5 }, (_, i) => file(`${i}.png`, paper)),
      file("notes.png", Buffer.from("no picture")),
    ]);
  await own.getByRole("alert").getByText("1 file was left out").waitFor();
  await own.getByText("notes.png").waitFor();
  await own.getByText("Guess: dark on light").waitFor();
  const shown = () =>
    own
      .locator(".own-tile canvas")
      .first()
      .evaluate((canvas) => canvas.toDataURL());
  await untilSo(
    "it is painted",
    async () => (await own.locator(".own-tile canvas").first().getAttribute("width")) === "28",
  );
  const inverted = await shown();
  await own.getByRole("radio", { name: "Keep" }).check();
  await untilSo("it is kept as it is", async () => (await shown()) !== inverted);
  await own.getByRole("radio", { name: "Ink, centered as MNIST does" }).check();
  await own.getByLabel("Name of class 2").focus();
  await own.getByLabel("Name of class 2").evaluate((field, base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], "pasted.png", { type: "image/png" }));
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, paper.toString("base64"));
  await own.getByText("“Class 2” has too few images (1)").waitFor();
  await own.getByRole("button", { name: "Remove image 1 of Class 2" }).click();
  await own.getByText("“Class 2” has too few images (0)").waitFor();
  assert.ok(await button(page, "Use these images").isDisabled());
  // A browser without a camera says so, and the rest goes on.
  await button(page, "Open camera").click();
  await own
    .getByRole("alert")
    .getByText(/camera/i)
    .waitFor();
  await button(page, "Add class").click();
  await own.getByLabel("Name of class 3").waitFor();
  await page.close();
  assertNoProblems(problems);
});

test("a camera gives snapshots once it is opened, and is let go", async () => {
  const filmed = await openSite({ args: FAKE_CAMERA });
  try {
    const { page, problems, own } = await collect(filmed);
    await button(page, "Open camera").click();
    await button(page, "Close camera").waitFor();
    await untilSo("it sees something", () => own.locator("video").evaluate((video) => video.videoWidth > 0));
    for (const name of ["Class 1", "Class 2"]) await button(page, `Snapshot for ${name}`).click();
    await untilSo("each class has a picture", async () => (await own.locator(".own-tile").count()) === 2);
    await button(page, "Close camera").click();
    assert.equal(await own.locator("video").evaluate((video) => video.srcObject), null);
    await page.close();
    assertNoProblems(problems);
  } finally {
    await filmed.close();
  }
});
