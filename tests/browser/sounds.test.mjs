// A set of sounds: trained, heard, compared with voices that no run was given, and one's own by file, drop and microphone.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { assertNoProblems, button, findings, showTab, until, untilSo } from "./playground.mjs";
import { openFold, runStudy, study } from "./studies.mjs";
import { openSite } from "./support.mjs";

/** Training takes seconds; on a machine that does much besides, minutes. */
const TRAINED_MS = 240_000;

/** What the microphone hears: the last recording of a known voice, as a WAV file with silence about it. */
const heard = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "sounds-")), "word.wav");
const { samples, label } = await clip();
fs.writeFileSync(heard, wavOf(samples));

let site;
before(async () => {
  const args = [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    `--use-file-for-fake-audio-capture=${heard}`,
  ];
  site = await openSite({ args });
});
after(() => {
  fs.rmSync(path.dirname(heard), { recursive: true });
  return site?.close();
});

/** A recording of the set, by the package itself, once a second, so that it is heard whenever one listens. */
async function clip() {
  const at = (name) => new URL(`../../www/${name}`, import.meta.url);
  const { Sound, initSync } = await import("../../www/pkg-audio/trainyard.js");
  initSync({ module: fs.readFileSync(at("pkg-audio/trainyard_bg.wasm")) });
  const { readSounds } = await import("../../www/features/audio/worker/sounds.js");
  const sounds = readSounds("speech", new Uint8Array(gunzipSync(fs.readFileSync(at("data/speech.sounds")))), Sound);
  const row = sounds.count - 1;
  return { samples: sounds.sound(row).samples, label: sounds.pictures([row]).labels[0] };
}

function wavOf(word) {
  const whole = new Float32Array(16_000);
  whole.set(word, 4000);
  const bytes = Buffer.alloc(44 + 2 * whole.length);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(8000, 24);
  bytes.writeUInt32LE(16_000, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write("data", 36);
  bytes.writeUInt32LE(2 * whole.length, 40);
  whole.forEach((sample, i) => bytes.writeInt16LE(Math.round(32_767 * sample), 44 + 2 * i));
  return bytes;
}

async function trained(context = {}) {
  const opened = await site.open("#source=speech", context);
  await opened.page.waitForSelector("ty-picture-tiles .tile", { state: "attached", timeout: 120_000 });
  await button(opened.page, "Play").click();
  await until(opened.page, "finished", TRAINED_MS);
  return opened;
}

const asked = (page) => page.evaluate(() => document.querySelector("ty-run-bar").playground.store.get().ask[0]);
const said = (page) => page.locator(".answer-bars").getAttribute("data-said");
const problem = (page) => page.locator("ty-own-sound .problem");

test("known and unseen voices side by side, behind the padlock; a recording is played, dropped and refused", async () => {
  const { page, problems } = await trained();
  const unseen = page.getByRole("region", { name: "New recordings and new voices" });
  await unseen.locator(".rows-locked").waitFor();
  assert.equal(await unseen.locator("table").count(), 0);
  await unseen.getByRole("button", { name: "Unlock test rows" }).click();
  const rows = unseen.locator("tbody tr");
  await untilSo("all groups are judged", async () => (await rows.count()) === 5);
  const shares = async () =>
    (await rows.locator("td:nth-of-type(2)").allTextContents()).map((text) => Number.parseFloat(text) / 100);
  await untilSo("the test rows are scored", async () => (await shares()).every(Number.isFinite));
  const [known, same, other, real, foreign] = await shares();
  assert.ok(known >= 0.97 && same >= 0.9, `${known}, ${same}`);
  assert.ok(other < known && real < known, `${other}, ${real}`);
  assert.ok(foreign < known, `${foreign}: the words are others`);
  const guessed = await unseen.getByText(/^In other languages it is right on/).innerText();
  assert.ok(guessed.includes(`right on ${(100 * foreign).toFixed(1)}%, and guessing on 10%`), guessed);
  await unseen.getByText("that gap is what generalization is about").waitFor();

  await unseen.getByRole("button", { name: "A real voice" }).click();
  await untilSo("its recordings are there", async () => (await unseen.locator(".tile").count()) === 10);
  await unseen.locator(".tile").nth(7).click();
  await untilSo("it is asked about", async () => (await asked(page)) >= 1040);
  await page.getByText("Voice: Allison Smith").waitFor();
  await page.getByRole("img", { name: /^Wave of [\d.]+ seconds/ }).waitFor();
  await button(page, "Play the recording").click();
  await button(page, "Play the recording").waitFor(); // again, once it was heard

  // Dropped anywhere on the page.
  const drop = (bytes, name, type) =>
    page.evaluate(
      ([base64, called, kind]) => {
        const data = new DataTransfer();
        data.items.add(
          new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], called, { type: kind }),
        );
        document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
      },
      [Buffer.from(bytes).toString("base64"), name, type],
    );
  const whole = fs.readFileSync(heard);
  await drop(whole, "word.wav", "audio/wav");
  await untilSo("it is asked about", async () => (await asked(page)) === -1);
  await untilSo("it is understood", async () => (await said(page)) === String(label));
  await drop(whole.subarray(0, 9000), "word.wav", "audio/wav");
  await problem(page).getByText("word.wav ends after 0.56 of 2 seconds: the file was cut off.").waitFor();
  await drop(Buffer.from("no sound at all"), "song.mp3", "audio/mpeg");
  await problem(page).getByText("song.mp3 could not be decoded as sound. Save it as WAV (PCM)").waitFor();
  assert.equal(await said(page), String(label));
  await page.close();
  assertNoProblems(problems);
});

test("folds by voice beside folds at random: both means with their spread, and one sentence made of them", async () => {
  const { page, problems } = await site.open("#source=speech&epochs=2");
  await page.waitForSelector("ty-picture-tiles .tile", { state: "attached", timeout: 120_000 });
  await openFold(page, "folds");
  const panel = page.locator("ty-folds");
  await panel.getByLabel("Folds").fill("3");
  await panel.getByLabel("Folds").press("Enter");
  await panel.getByLabel("Deal rows").selectOption({ label: "Keep together: voice" });
  await runStudy(page, "folds", "Cross-validate");
  const meanOf = ({ rounds }) => rounds.reduce((sum, { result }) => sum + result.scores.accuracy, 0) / rounds.length;
  const fresh = meanOf(await study(page, "folds"));
  const beside = panel.getByRole("region", { name: "Known voices and new voices" });
  const cell = (row) => beside.locator("tbody tr").nth(row).locator("td").nth(1);
  await untilSo("what was done is there", async () => /^Accuracy [\d.]+% ± [\d.]+%$/.test(await cell(1).innerText()));
  assert.equal(await beside.locator(".folds-gap").innerText(), "");
  const tried = beside.getByRole("button", { name: "Cross-validate: New recordings of known voices" });
  await tried.click();
  await untilSo("both are there", async () => /^Accuracy [\d.]+% ± /.test(await cell(0).innerText()));
  const { rounds, choices, kept } = await study(page, "folds");
  assert.deepEqual([choices.by, choices.folds, kept.length], ["chance", 3, 2]);
  const percent = (share) => `${(100 * share).toFixed(1)}%`;
  const words = await beside.locator(".folds-gap").innerText();
  assert.ok(
    words.startsWith(`Accuracy is ${percent(meanOf({ rounds }))} on known voices and ${percent(fresh)} on new ones.`),
    words,
  );
  assert.ok((await cell(1).innerText()).startsWith(`Accuracy ${percent(fresh)} ± `));
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

test("a word is recorded with the microphone, on a phone in the dark; nothing is cut, axe finds nothing", async () => {
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: "dark" };
  const { page, problems } = await trained(phone);
  await showTab(page, "Evaluation");
  await button(page, "Your own voice").tap();
  await page.getByText("Say a digit from zero to nine in English").waitFor();
  assert.equal(await said(page), "-1"); // nothing is predicted of what isn't there
  await button(page, "Record a digit").tap();
  await page.getByText(/^Get ready: \d…$/).waitFor({ timeout: 60_000 });
  assert.equal(await page.getByRole("meter", { name: "Level of the microphone" }).count(), 1);
  await button(page, "Cancel").tap();
  await button(page, "Record a digit").waitFor();
  assert.notEqual(await asked(page), -1);
  await button(page, "Record a digit").tap();
  await untilSo("what was recorded is asked about", async () => (await asked(page)) === -1);
  await page.getByRole("img", { name: /^Wave of [\d.]+ seconds/ }).waitFor();
  assert.equal(await problem(page).count(), 0);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.deepEqual(await findings(page), []);
  await page.close();
  assertNoProblems(problems);
});

test("a microphone that is refused, or isn't there, is a sentence, and files go on", async () => {
  for (const [name, words] of [
    ["NotAllowedError", "The microphone was refused."],
    ["NotFoundError", "No microphone was found."],
  ]) {
    const { page, problems } = await site.open("#source=speech&epochs=1");
    await page.waitForSelector("ty-picture-tiles .tile", { state: "attached", timeout: 120_000 });
    await page.evaluate((kind) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", kind));
    }, name);
    await button(page, "Your own voice").click();
    await button(page, "Record a digit").click();
    await problem(page).getByText(words).waitFor();
    await page.locator('ty-own-sound input[type="file"]').setInputFiles(heard);
    await untilSo("the file is asked about", async () => (await asked(page)) === -1);
    assert.equal(await problem(page).count(), 0);
    await page.close();
    assertNoProblems(problems);
  }
});
