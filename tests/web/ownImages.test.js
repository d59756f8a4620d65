// Pictures of one's own: cut, inverted and made small as the network sees them; their classes; and what is lacking.
import assert from "node:assert/strict";
import test from "node:test";
import { readPictureFile } from "../../www/base/pictureFile.js";
import {
  LEAST_PICTURES,
  MOST_PICTURES,
  fileOf,
  fullOf,
  isInverted,
  lackOf,
} from "../../www/features/images/own/collection.js";
import { frameAll, readAll } from "../../www/features/images/own/byPool.js";
import { ofDrop, ofField } from "../../www/features/images/own/folders.js";
import { SIDE, framed, hasLightBorder, looksInverted } from "../../www/features/images/own/frame.js";

/** @param {number} width @param {number} height @param {(x: number, y: number) => number} at */
const picture = (width, height, at) => ({
  width,
  height,
  gray: Uint8Array.from({ length: width * height }, (_, i) => at(i % width, Math.floor(i / width))),
});
const plain = { framing: /** @type {const} */ ("square"), isInverted: false };
const noise = picture(SIDE, SIDE, (x, y) => (x * 37 + y * 101) % 256);

test("a picture of the network's own size stays as it is, byte for byte; inverted, each is the rest to 255", () => {
  assert.deepEqual(framed(noise, plain), noise.gray);
  assert.deepEqual(
    framed(noise, { ...plain, isInverted: true }),
    noise.gray.map((one) => 255 - one),
  );
  // What the network sees already is not treated twice.
  assert.deepEqual(framed({ ...noise, isSeen: true }, { framing: "centered", isInverted: true }), noise.gray);
});

test("of a wide or a high picture the middle square counts; larger pixels are the mean of what they cover", () => {
  const wide = picture(3 * SIDE, SIDE, (x) => (x < SIDE ? 255 : x < 2 * SIDE ? 100 : 0));
  assert.ok(framed(wide, plain).every((one) => one === 100));
  const high = picture(SIDE, 3 * SIDE, (_, y) => (y < SIDE ? 255 : y < 2 * SIDE ? 7 : 0));
  assert.ok(framed(high, plain).every((one) => one === 7));
  const chess = picture(2 * SIDE, 2 * SIDE, (x, y) => ((x + y) % 2 ? 200 : 100));
  assert.ok(framed(chess, plain).every((one) => one === 150));
  const small = framed(
    picture(2, 2, (x, y) => 60 * (x + 2 * y)),
    plain,
  );
  assert.deepEqual([small[0], small[SIDE - 1], small[SIDE * (SIDE - 1)], small[SIDE * SIDE - 1]], [0, 60, 120, 180]);
});

test("ink in a corner comes to the middle, in a box of 20 pixels", () => {
  const corner = picture(100, 100, (x, y) => (x >= 80 && x < 90 && y >= 60 ? 30 : 240));
  const seen = framed(corner, { framing: "centered", isInverted: true });
  const inked = [...seen.keys()].filter((at) => seen[at] > 20);
  const rows = inked.map((at) => Math.floor(at / SIDE));
  assert.ok(Math.abs(Math.max(...rows) - Math.min(...rows) + 1 - 20) <= 1, `${rows}`);
  for (const along of [(/** @type {number} */ at) => at % SIDE, (/** @type {number} */ at) => Math.floor(at / SIDE)]) {
    const middle = inked.reduce((sum, at) => sum + along(at) + 0.5, 0) / inked.length;
    assert.ok(Math.abs(middle - SIDE / 2) <= 0.75, `${middle}`);
  }
  assert.equal(seen[0], 0);
  // Nothing to be centered: the square.
  assert.ok(
    framed(
      picture(9, 9, () => 0),
      { framing: "centered", isInverted: false },
    ).every((one) => one === 0),
  );
});

test("ink on paper is guessed by light borders, and the guess can be overruled", () => {
  const paper = picture(30, 20, (x, y) => (x > 10 && x < 20 && y > 5 && y < 15 ? 0 : 255));
  const night = picture(30, 20, (x, y) => 255 - paper.gray[y * 30 + x]);
  assert.deepEqual([hasLightBorder(paper), hasLightBorder(night)], [true, false]);
  assert.deepEqual([looksInverted([paper, paper, night]), looksInverted([night, night, paper])], [true, false]);
  const classes = [{ name: "a", pictures: [paper, paper] }];
  /** @type {["auto" | "keep" | "invert", boolean][]} */
  const cases = [
    ["auto", true],
    ["keep", false],
    ["invert", true],
  ];
  for (const [ink, is] of cases) assert.equal(isInverted(classes, { framing: "square", ink }), is, ink);
});

const of = (/** @type {string} */ name, count = LEAST_PICTURES) => ({ name, pictures: Array(count).fill(noise) });

test("what is lacking is a sentence", () => {
  assert.match(String(lackOf([of("a")])), /There is 1 class.* at least 2/);
  assert.match(String(lackOf([of("a"), of(" ")])), /Class 2 has no name/);
  assert.match(String(lackOf([of("a"), of("a ")])), /Two classes are called “a”/);
  assert.match(String(lackOf([of("a"), of("b", LEAST_PICTURES - 1)])), /“b” has too few images \(4\)\. Add at least 5/);
  assert.equal(lackOf([of("a"), of("b")]), null);
  assert.equal(fullOf([of("a", MOST_PICTURES - 1)]), null);
  assert.match(String(fullOf([of("a", MOST_PICTURES)])), /There are 2,000 images/);
});

test("the file has the pixels that are seen, each with its class", () => {
  const dark = picture(SIDE, SIDE, () => 10);
  const file = readPictureFile(
    fileOf(
      [
        { name: " one ", pictures: [noise] },
        { name: "two", pictures: [dark, noise] },
      ],
      [noise, dark, noise].map((one) => framed(one, plain)),
    ),
  );
  assert.deepEqual(
    [file?.names, [...(file?.labels ?? [])]],
    [
      ["one", "two"],
      [0, 1, 1],
    ],
  );
  assert.deepEqual(file?.pixels, Uint8Array.of(...noise.gray, ...dark.gray, ...noise.gray));
});

test("files come with their folders, from a field and from a drop; what a system puts there is left out", async () => {
  const file = (/** @type {string} */ name, webkitRelativePath = "") =>
    /** @type {File} */ (/** @type {unknown} */ ({ name, webkitRelativePath }));
  const field = ofField([
    file("1.png", "pets/cats/1.png"),
    file(".DS_Store", "pets/.DS_Store"),
    file("2.png", "dogs/2.png"),
  ]);
  assert.deepEqual(
    field.map(({ folder, file: { name } }) => [folder, name]),
    [
      ["cats", "1.png"],
      ["dogs", "2.png"],
    ],
  );
  const leaf = (/** @type {string} */ name) => ({
    isFile: true,
    name,
    file: (/** @type {(one: File) => void} */ give) => give(file(name)),
  });
  const folder = (/** @type {string} */ name, /** @type {object[]} */ inside) => {
    const batches = [inside.slice(0, 1), inside.slice(1), []];
    return {
      isFile: false,
      name,
      createReader: () => ({
        readEntries: (/** @type {(some: object[]) => void} */ give) => give(batches.shift() ?? []),
      }),
    };
  };
  const entries = [
    folder("pets", [folder("cats", [leaf("1.png"), leaf("2.png")]), folder("dogs", [leaf("3.png")])]),
    leaf("4.png"),
  ];
  const items = entries.map((entry) => ({ webkitGetAsEntry: () => entry }));
  const dropped = await ofDrop(/** @type {DataTransfer} */ (/** @type {unknown} */ ({ items, files: [] })));
  assert.deepEqual(
    dropped.map(({ folder: name, file: one }) => [name, one.name]),
    [
      ["cats", "1.png"],
      ["cats", "2.png"],
      ["dogs", "3.png"],
      ["", "4.png"],
    ],
  );
});

/** A pool that answers in the wrong order. @param {(task: any) => any} answer any: by the task's kind */
const backwards = (answer) => ({
  /** @type {import("../../www/session/pool.js").Pool["run"]} */
  async run(tasks, { signal, hearer }) {
    const outcomes = tasks.map((task) => answer(task));
    for (const place of [...tasks.keys()].reverse()) if (!signal.aborted) hearer?.ended?.(place, outcomes[place]);
    return outcomes;
  },
});

test("what the pool reads arrives in the order of the files, with what is no picture; a task that fails is told", async () => {
  const files = Array.from({ length: 21 }, (_, i) => new Blob([String(i)]));
  const { signal } = new AbortController();
  /** @type {(number | null)[]} */
  const places = [];
  const pool = backwards(({ course }) => ({
    value: course.files.map((/** @type {Blob} */ file) => (file === files[9] ? null : { width: files.indexOf(file) })),
  }));
  await readAll(pool, files, signal, (pictures, first) => {
    assert.equal(first, places.length);
    places.push(...pictures.map((one) => one && one.width));
  });
  assert.deepEqual(
    places,
    files.map((_, i) => (i === 9 ? null : i)),
  );
  const broken = backwards(({ course }) => (course.files.includes(files[0]) ? { problem: "no" } : { value: [] }));
  await assert.rejects(
    readAll(broken, files, signal, () => {}),
    /^Error: no$/,
  );
});

test("pictures framed by the pool are those framed here, and none where it was ended", async () => {
  const pictures = Array.from({ length: 130 }, (_, i) => picture(SIDE, SIDE, (x) => (x * i) % 256));
  const pool = backwards(({ course }) => ({
    value: course.pictures.map((/** @type {typeof noise} */ one) => framed(one, course.how)),
  }));
  const stop = new AbortController();
  /** @type {number[]} */
  const told = [];
  const seen = await frameAll(pool, pictures, plain, stop.signal, (done) => told.push(done));
  assert.deepEqual(
    seen,
    pictures.map((one) => framed(one, plain)),
  );
  assert.deepEqual(told, [64, 128, 130]);
  stop.abort();
  assert.equal(await frameAll(pool, pictures, plain, stop.signal, () => {}), null);
});
