// Sets of sounds: their file, what a network learns from it and how that carries over to other voices, and sounds of one's own.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fs from "node:fs";
import test from "node:test";
import { gunzipSync } from "node:zlib";
import { SOUND_SETS } from "../../www/data/soundSets.js";
import { imageSetOf } from "../../www/data/imageSets.js";
import { isAboveGuessing, isBelow, isForeign, judged } from "../../www/features/audio/gap.js";
import { SoundIntake, readSounds } from "../../www/features/audio/worker/sounds.js";
// @ts-ignore a checkout may be without this package
import { Sound, initSync as startSounds, mfcc } from "../../www/pkg-audio/trainyard.js";
import { Folding, Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import { extensionOf, isOfPictures, isOfSounds } from "../../www/settings/pictureNames.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";

const root = new URL("../../", import.meta.url);
initSync({ module: fs.readFileSync(new URL("www/pkg-full/trainyard_bg.wasm", root)) });
startSounds({ module: fs.readFileSync(new URL("www/pkg-audio/trainyard_bg.wasm", root)) });
const [set] = SOUND_SETS;
const file = fs.readFileSync(new URL(`www/data/${set.name}.sounds`, root));
const whole = () => new Uint8Array(gunzipSync(file));
const open = () => /** @type {any} any: it is one of ours */ (readSounds(set.name, whole(), Sound));
const create = (/** @type {any} any: as the core takes both */ spec, /** @type {any} */ rows) =>
  Trainer.create(spec, rows);
const golden = (/** @type {string} */ name) =>
  new Uint8Array(fs.readFileSync(new URL(`tests/golden/sounds/${name}.wav`, root)));

test("the set's file is what its entry says, with known voices first", () => {
  assert.equal(createHash("sha256").update(file).digest("hex"), set.sha256);
  assert.equal(file.length, set.bytes);
  const sounds = open();
  assert.equal(sounds.count, set.rows);
  const groups = sounds.unseen();
  assert.deepEqual(
    groups.map((/** @type {any} */ { name, rows }) => [name, rows.length]),
    [
      ["new", 100],
      ["other", 40],
      ["real", 10],
      ["foreign", 50],
    ],
  );
  assert.equal(groups[0].rows[0], set.rows);
  const known = new Set(Array.from({ length: set.rows }, (_, row) => sounds.sound(row).voice));
  assert.equal(known.size, set.voices);
  const others = new Set(groups.flatMap((/** @type {any} */ { voices }) => voices));
  assert.equal(others.size, 20);
  assert.ok([...others].every((voice) => !known.has(voice)));
  const { columns } = sounds.describe();
  assert.deepEqual(
    columns[1].categories.map((/** @type {any} */ { count }) => count),
    Array(10).fill(90),
  );
  const { samples, rate, heard } = sounds.sound(0);
  assert.ok(rate === 8000 && samples.length > 1000 && heard[1] > heard[0]);
  assert.equal(sounds.pictures([0, set.rows + set.unseen - 1]).pixels.length, 2 * set.height * set.width);
  assert.equal(imageSetOf(set.name), set);
  assert.deepEqual([isOfSounds("mnist"), isOfPictures(set.name), extensionOf(set.name)], [false, true, "sounds"]);
  assert.deepEqual([extensionOf("mnist"), extensionOf("iris")], ["images", "csv"]);
});

test("97% on new recordings of known voices, 90% on new voices of the synthesizer; fewer on other voices, and that is said", async () => {
  const sounds = open();
  const seeds = [7, 8];
  for (const seed of seeds) {
    const trainer = await sounds.trainer(specFrom({ ...defaultsFor(set.name), seed, engine: "cpu" }), create);
    assert.deepEqual(trainer.describe().image, { height: 32, width: 48, isOfSounds: true });
    assert.equal(trainer.points().inputs.length, set.rows);
    trainer.advance(1e6, 0);
    const { accuracy, rows } = await trainer.evaluate("test");
    assert.ok(accuracy >= set.score.value, `seed ${seed}: ${accuracy} of known voices`);
    const found = [];
    for (const group of sounds.unseen()) {
      const { classes } = await trainer.classify(Float64Array.from(group.rows));
      found.push(judged(group, classes));
    }
    const share = (/** @type {number} */ i) => found[i].correct / found[i].count;
    assert.ok(share(0) >= 0.9, `seed ${seed}: ${share(0)} of new voices`);
    // As they come out: nothing was chosen by these.
    assert.ok(share(1) >= 0.6 && share(1) <= 0.95, `seed ${seed}: ${share(1)} of another synthesizer`);
    assert.ok(share(2) >= 0 && share(2) <= 0.8, `seed ${seed}: ${share(2)} of a real voice`);
    assert.ok(share(3) >= 0.04 && share(3) <= 0.4, `seed ${seed}: ${share(3)} in other languages`);
    const known = { correct: Math.round(accuracy * rows), count: rows };
    assert.equal(isBelow(known, found[1]), true);
    assert.equal(isBelow(known, found[2]), true);
  }
});

test("folds by voice cut no voice, also where recordings were dropped; at random every voice is in every fold's training", async () => {
  const sounds = open();
  const [{ name, count }] = sounds.describe().groups;
  assert.deepEqual([name, count], ["voice", set.voices]);
  const plain = specFrom({ ...defaultsFor(set.name), engine: "cpu", epochs: 1 });
  const dropped = { ...plain, data: { ...plain.data, clean: [{ fix: "drop-rows", rows: [0, 5, 17, 300] }] } };
  for (const spec of [plain, dropped]) {
    const { spec: own, rows, order, groups } = await sounds.given(spec, create);
    assert.equal(groups.length, rows.targets.length);
    const voiceAt = (/** @type {number} */ place) => sounds.sound(order[place]).voice;
    for (const [options, isWhole] of /** @type {[object, boolean][]} */ ([
      [{ folds: 6, groups }, true],
      [{ folds: 6 }, false],
    ])) {
      const folding = new Folding(own, rows, options);
      const [folds] = folding.dealt();
      /** @type {Map<string, Set<number>>} */
      const foldsOf = new Map();
      folding.rows().forEach((/** @type {number} */ place, /** @type {number} */ i) => {
        const voice = voiceAt(place);
        foldsOf.set(voice, (foldsOf.get(voice) ?? new Set()).add(folds[i]));
      });
      assert.equal(foldsOf.size, set.voices);
      assert.ok(
        [...foldsOf.values()].every(({ size }) => (isWhole ? size === 1 : size > 1)),
        `${isWhole}`,
      );
      folding.free();
    }
  }
});

test("a group is judged voice by voice, and is below another only beyond chance", () => {
  const group = { name: "new", rows: [7, 8, 9, 10], labels: [1, 2, 1, 2], voices: ["a", "a", "b", "b"] };
  assert.deepEqual(judged(group, [1, 2, 1, 0]), {
    name: "new",
    count: 4,
    correct: 3,
    voices: [
      { voice: "b", correct: 1, count: 2 },
      { voice: "a", correct: 2, count: 2 },
    ],
  });
  const known = { correct: 178, count: 180 };
  for (const [correct, count, is] of /** @type {[number, number, boolean][]} */ ([
    [99, 100, false],
    [9, 10, false],
    [32, 40, true],
    [4, 10, true],
  ]))
    assert.equal(isBelow(known, { correct, count }), is, `${correct} of ${count}`);
  // Of 50 by guessing among ten: 5, give or take 4.24.
  for (const [correct, is] of /** @type {[number, boolean][]} */ ([
    [5, false],
    [9, false],
    [10, true],
  ]))
    assert.equal(isAboveGuessing({ correct, count: 50 }, 10), is, `${correct} of 50`);
  assert.deepEqual([isForeign({ name: "foreign" }), isForeign({ name: "real" })], [true, false]);
});

test("a sound of one's own is asked about by -1; a file that can't be read is a sentence, and the sound before stays", async () => {
  const sounds = open();
  const trainer = await sounds.trainer(specFrom({ ...defaultsFor(set.name), engine: "cpu" }), create);
  assert.equal(sounds.sound(-1), null);
  assert.equal(
    sounds.sound(1e6) ?? sounds.sound(NaN),
    null,
    "what a page asks that was at another set just now is no fault",
  );
  const { samples, rate } = sounds.sound(3);
  const heard = sounds.hear({ name: "recording", samples, rate });
  assert.ok(heard.heard[1] > 0 && heard.voice === null);
  const [own, third] = [await trainer.classify(Float64Array.of(-1)), await trainer.classify(Float64Array.of(3))];
  assert.deepEqual(own.outputs, third.outputs);
  for (const name of ["clipping", "16khz-24bit-stereo", "44khz-32bit", "48khz-float-stereo", "8khz-8bit"])
    assert.ok(sounds.hear({ name, wav: golden(name) }).samples.length > 800, name);
  assert.deepEqual(sounds.hear({ name: "silence", wav: golden("silence") }).heard, [0, 0]);
  const refused = (/** @type {object} */ given, /** @type {RegExp} */ words) =>
    assert.throws(
      () => sounds.hear(given),
      (/** @type {any} */ error) => error.code === "table" && words.test(error.message),
    );
  const before = sounds.pictures([-1]).pixels;
  refused(
    { name: "seven.wav", wav: golden("clipping").subarray(0, 1000) },
    /^seven\.wav ends after 0\.06 of 0\.15 seconds/,
  );
  refused(
    { name: "seven.wav", wav: new TextEncoder().encode("<html>") },
    /^seven\.wav is not a WAV file: .* Save the sound/,
  );
  refused({ name: "recording", samples: new Float32Array(61 * 8000), rate: 8000 }, /takes 61 seconds, .* 60 at most/);
  refused({ name: "recording", samples: new Float32Array(10), rate: 100 }, /100 samples per second, but only 4000/);
  assert.deepEqual(sounds.pictures([-1]).pixels, before);
});

test("what is no such file, or not all of it, is a sentence; a package that does not come is one too", async () => {
  const bytes = whole();
  assert.ok(readSounds(set.name, bytes, Sound));
  for (const [what, broken] of Object.entries({
    magic: bytes.with(0, 65),
    version: bytes.with(4, 2),
    json: bytes.with(12, 65),
    cut: bytes.subarray(0, -1),
    short: bytes.subarray(0, 11),
  }))
    assert.equal(readSounds(set.name, broken, Sound), null, what);
  const intake = new SoundIntake(set.name, "Spoken digits", async () => Sound);
  intake.take(new Uint8Array(file.subarray(0, 20_000)));
  await assert.rejects(intake.finish(), (/** @type {any} */ error) => /^Spoken digits .*damaged/.test(error.message));
  const lacking = new SoundIntake(set.name, "Spoken digits", async () => {
    throw new Error("Check the connection.");
  });
  lacking.take(new Uint8Array(file));
  await assert.rejects(
    lacking.finish(),
    (/** @type {any} */ error) =>
      error.code === "table" && /could not be loaded.* Check the connection\.$/.test(error.message),
  );
});

test("the package's numbers are librosa's, and the same each time", () => {
  const told = JSON.parse(fs.readFileSync(new URL("tests/golden/audio.json", root), "utf8"));
  for (const { name, window, hop, logMel, mfcc: coefficients } of told.cases) {
    const sound = Sound.readWav(name, golden(name));
    const logs = sound.logMel(window, hop, told.bands, told.floor);
    const cepstrum = mfcc(logs, told.bands, told.coefficients);
    for (const [ours, theirs] of [
      [logs, logMel],
      [cepstrum, coefficients],
    ]) {
      assert.equal(ours.length, theirs.length, name);
      for (let i = 0; i < ours.length; i++) assert.ok(Math.abs(ours[i] - theirs[i]) <= 1e-4, `${name} ${i}`);
    }
    assert.deepEqual(sound.logMel(window, hop, told.bands, told.floor), logs);
  }
});
