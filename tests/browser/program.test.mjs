// The experiment as a program: the pane in which it changes as settings do.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fs from "node:fs";
import { inflateRawSync } from "node:zlib";
import { assertNoProblems, button, findings, ready, until } from "./playground.mjs";
import { openSite } from "./support.mjs";

let site;
before(async () => (site = await openSite()));
after(() => site?.close());

async function openProgram(hash, context) {
  const { page, problems } = await site.open(`${hash}&view=export`, context);
  await ready(page);
  await button(page, "Show the program").click();
  await page.locator("ty-program .program-code").waitFor();
  return { page, problems };
}

const code = (page) => page.locator("ty-program pre").textContent();
const marked = (page) => page.locator("ty-program ins").allTextContents();
const set = (page, settings) =>
  page.evaluate((all) => document.querySelector("ty-run-bar").playground.setAll(all), settings);

/** Resolves when the program has such a line. */
const untilLine = (page, line) =>
  page.waitForFunction((text) => document.querySelector("ty-program pre").textContent.includes(text), `${line}\n`);

test("the program is there before any step, and a changed setting marks its lines", async () => {
  const { page, problems } = await openProgram("#source=circle&seed=3");
  assert.match(await code(page), /class Net\(nn\.Module\):/);
  assert.deepEqual(await marked(page), []);
  await set(page, { learningRate: 0.3 });
  await untilLine(page, "LEARNING_RATE = 0.3");
  assert.deepEqual(await marked(page), ["LEARNING_RATE = 0.3\n"]);
  await set(page, { optimizer: "adam" });
  await untilLine(page, "BETA1 = 0.9");
  assert.ok((await marked(page)).some((line) => line.includes("torch.optim.Adam(")));
  const said = await page.locator("ty-program [role=status]").first().textContent();
  assert.match(said, /^Since the last change: \d+ new lines, \d+ removed\.$/);
  // By a second cue than color.
  const sign = await page.evaluate(
    () => getComputedStyle(document.querySelector("ty-program ins"), "::before").content,
  );
  assert.match(sign, /\+/);
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

test("it is copied and downloaded as it is shown", async () => {
  const { page, problems } = await openProgram("#source=iris", { permissions: ["clipboard-read", "clipboard-write"] });
  await untilLine(page, 'TARGET = "species"');
  await button(page, "Copy").click();
  await page.locator("ty-program [role=status]", { hasText: "train.py copied." }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await code(page));
  const [file] = await Promise.all([page.waitForEvent("download"), button(page, "Download this file").click()]);
  assert.equal(file.suggestedFilename(), "train.py");
  await page.close();
  assertNoProblems(problems);
});

test("on a small screen it scrolls within itself, and keys reach it", async () => {
  const { page, problems } = await openProgram("#source=circle", { viewport: { width: 390, height: 800 } });
  const pane = page.locator("ty-program .program-code");
  await pane.focus();
  const [inside, whole] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.querySelector("ty-program .program-code");
    return [scrollWidth - clientWidth, document.documentElement.scrollWidth];
  });
  assert.ok(inside > 0 && whole <= 390, `${inside} px within, ${whole} px in all`);
  await page.keyboard.press("End");
  await page.waitForFunction(() => document.querySelector("ty-program .program-code").scrollTop > 100);
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

/** The files of an archive, by name. */
function unzipped(bytes) {
  const files = {};
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
    const [method, size, name, more] = [8, 18, 26, 28].map((place) =>
      place === 18 ? bytes.readUInt32LE(at + place) : bytes.readUInt16LE(at + place),
    );
    const begin = at + 30 + name + more;
    const body = bytes.subarray(begin, begin + size);
    files[bytes.toString("utf8", at + 30, at + 30 + name)] = method ? inflateRawSync(body) : body;
    at = begin + size;
  }
  return files;
}

test("the archive has programs, notebook, rows, folds, weights and what they were trained to", async () => {
  const { page, problems } = await openProgram("#source=iris&epochs=3");
  await button(page, "Play").click();
  await until(page, "finished");
  const [file] = await Promise.all([page.waitForEvent("download"), button(page, "Download all files (.zip)").click()]);
  assert.match(file.suggestedFilename(), /^trainyard-iris-epoch-3\.zip$/);
  const files = unzipped(fs.readFileSync(await file.path()));
  assert.deepEqual(Object.keys(files), [
    "README.md",
    "train.py",
    "train_ddp.py",
    "folds.py",
    "notebook.ipynb",
    "data.csv",
    "model.safetensors",
    "optimizer.safetensors",
    "folds.csv",
  ]);
  const rows = String(files["data.csv"]).trim().split("\r\n");
  assert.equal(rows.length, 151);
  const parts = rows.slice(1).map((row) => row.split(",").at(-1));
  const folds = String(files["folds.csv"]).trim().split("\r\n").slice(1);
  assert.ok(folds.every((line) => parts[Number(line.split(",")[0])] !== "test"));
  assert.equal(folds.length, parts.filter((part) => part !== "test").length);
  // The program is the one that is shown, but for the rows that it is checked by.
  const shown = (await code(page)).split("\n").filter((line) => !/recipe|load_data/.test(line));
  const program = new Set(String(files["train.py"]).split("\n"));
  assert.deepEqual(
    shown.filter((line) => !program.has(line)),
    [],
  );
  assert.match(String(files["train.py"]), /^EXPECTED = \[\n {4}\[0\.\d+, /m);
  const header = files["optimizer.safetensors"];
  const about = JSON.parse(header.toString("utf8", 8, 8 + Number(header.readBigUInt64LE(0)))).__metadata__;
  assert.equal(JSON.parse(about.progress).epoch, 3);
  assert.equal(JSON.parse(String(files["notebook.ipynb"])).nbformat, 4);
  await page.close();
  assertNoProblems(problems);
});
