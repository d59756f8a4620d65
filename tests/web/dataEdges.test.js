// Tables on their way to the page: where one reading becomes another, and when what is told; both sides of each edge.
import assert from "node:assert/strict";
import test from "node:test";
import { COLUMNS, CellCache, ROWS } from "../../www/features/data/cellCache.js";
import { layoutOf, scrollFor } from "../../www/features/data/sheetLayout.js";
import { Intake } from "../../www/features/data/worker/formats/intake.js";
import { rowsIn } from "../../www/features/data/worker/formats/jsonRows.js";
import { legacyOf } from "../../www/features/data/worker/formats/legacy.js";
import { brokenPlaces, decoderOf, unicodeOf } from "../../www/features/data/worker/formats/unicode.js";
import { createHold, createLines, createNotes, createWriter } from "../../www/features/data/worker/formats/writing.js";
import { Tables } from "../../www/features/data/worker/tables.js";
import { encoded, utf16, utf8 } from "./intake.js";
import { settle } from "./support.js";

/** Characters of GB 18030 that take four bytes, with digits from 0 to 9 at their second place. @type {Record<string, number[]>} */
const LONG = { 㐀: [0x81, 0x39, 0xef, 0x30], 㐁: [0x81, 0x39, 0xef, 0x31], 㒯: [0x82, 0x30, 0x82, 0x32] };
const gb = (/** @type {string} */ text) =>
  Uint8Array.from([...text].flatMap((letter) => LONG[letter] ?? [...encoded("gb18030", letter)]));

/** Twenty rows of so many characters that are listed first, and so many of four bytes among them. */
function rareRows(/** @type {number} */ first, /** @type {number} */ rare) {
  const letters = "鞍氨俺袄芭疤绊梆谤褒苞胞卞碴豺掺蝉馋阐猖怅";
  let at = 0;
  const all = first + rare;
  const isFirst = (/** @type {number} */ i) => Math.floor(((i + 1) * first) / all) > Math.floor((i * first) / all);
  const cell = () =>
    Array.from({ length: all }, (_, i) => (isFirst(i) ? letters[at++ % letters.length] : "㒯㐀㐁"[i % 3])).join("");
  return Array.from({ length: 20 }, (_, row) => `${row},${cell()}\n`).join("");
}

test("GB 18030 with characters of four bytes: sure where two of three are common ones, asked about where fewer are", () => {
  const told = (/** @type {string} */ text) => {
    const { label, isSure } = legacyOf(gb(text), (name) => name, decoderOf);
    return [label, isSure];
  };
  assert.deepEqual(told(rareRows(8, 4)), ["gb18030", true]);
  assert.deepEqual(told(rareRows(9, 5)), ["gb18030", false]);
  assert.deepEqual(told("姓名,年龄\n张㐀明,1\n李㐀四,2\n".repeat(8)), ["gb18030", true]);
  assert.deepEqual(told("1鞍氨俺袄\n2芭疤绊梆㐀谤褒苞\n3胞卞碴豺掺蝉馋\n4阐猖怅㒯\n".repeat(5)), ["gb18030", true]);
  assert.deepEqual(told("鞍氨㐀俺袄㐀\n芭疤㐀绊梆㐀\n".repeat(10)), ["gb18030", false]);
  assert.deepEqual(told(`${"撰赚篆桩".repeat(3)}㐀,1\n`.repeat(9)), ["gb18030", true], "the last ones listed first");
});

test("UTF-16 without a mark: one byte of each pair is zero, the other at most a quarter as often", () => {
  const label = (/** @type {any} */ bytes) => {
    const found = unicodeOf(bytes);
    return found === null || typeof found === "string" ? found : found.label;
  };
  const text = (/** @type {number} */ others) => `${"a".repeat(79)}\n${"Ā".repeat(others)}`;
  for (const isBig of [false, true]) {
    const name = isBig ? "utf-16be" : "utf-16le";
    assert.equal(label(utf16(text(20), { isBig })), name);
    assert.notEqual(label(utf16(text(21), { isBig })), name);
    // At least four, and a tenth of the pairs.
    assert.equal(label(utf16("ab\n4", { isBig })), name);
    assert.notEqual(label(utf16("ab\n", { isBig })), name);
    const few = (/** @type {number} */ others) => utf16(`123456789\n${"語".repeat(others)}`, { isBig });
    assert.equal(label(few(90)), name);
    assert.notEqual(label(few(91)), name);
  }
  const utf32 = (/** @type {string} */ ascii) => Uint8Array.from([...ascii].flatMap((letter) => [letter.charCodeAt(0), 0, 0, 0])); // prettier-ignore
  assert.deepEqual([label(utf32("ab")), label(utf32("abc"))], ["utf-32", "utf-32"]);
  assert.notEqual(label(utf32("a")), "utf-32");
});

test("broken places in UTF-8 are forgiven where four times as many characters are whole", () => {
  const of = (/** @type {number} */ whole, /** @type {number} */ broken) =>
    Buffer.concat([utf8("é".repeat(whole)), Buffer.from(Array(broken).fill([0xe9, 0x2c]).flat())]);
  assert.deepEqual(brokenPlaces(of(8, 2)), { whole: 8, broken: 2 });
  const found = /** @type {any} */ (unicodeOf(of(8, 2)));
  assert.deepEqual([found.label, found.broken], ["utf-8", 2]);
  assert.equal(unicodeOf(of(7, 2)), null);
  assert.deepEqual(brokenPlaces(utf8("aé€😀")), { whole: 3, broken: 0 });
  assert.deepEqual(brokenPlaces(Buffer.concat([utf8("é"), Buffer.from([0xa9, 0xa9])])), { whole: 1, broken: 2 });
  // What is cut off at the end is not broken.
  for (const cut of [1, 2, 3]) assert.deepEqual(brokenPlaces(utf8("é😀").slice(0, -cut)), { whole: 1, broken: 0 });
});

test("a file is recognized by its first 64 KB, or its end", async () => {
  let made = 0;
  const reader = { push: () => 0, finish: () => ({}), free: () => {} };
  const parts = /** @type {any} */ ({ createReader: () => ((made += 1), reader), loadConverters: () => null, loadWorkbooks: () => null }); // prettier-ignore
  const line = utf8("1,2\n".repeat(2 ** 14));
  const intake = new Intake({ name: "a.csv", read: {} }, parts);
  await intake.take(line.slice(0, -1));
  assert.equal(made, 0);
  await intake.take(line.slice(-1));
  assert.equal(made, 1);
  const short = new Intake({ name: "a.csv", read: {} }, parts);
  await short.take(line.slice(0, 40));
  assert.equal(made, 1);
  await short.finish();
  assert.equal(made, 2);
});

test("an encoding that is told again takes the place of what was told before", async () => {
  const parts = /** @type {any} */ ({
    createReader: () => ({ push: () => 0, finish: () => ({}), free: () => {} }),
    loadConverters: () => import("../../www/features/data/worker/formats/converters.js"),
  });
  const intake = new Intake({ name: "a.csv", read: {} }, parts);
  await intake.take(utf8("a,b\n1,2\n".repeat(2 ** 13)));
  const told = () => intake.entries.filter(({ key }) => key === "encoding").map(({ value }) => value);
  assert.deepEqual(told(), ["utf-8"]);
  const before = intake.entries.length;
  await intake.take(encoded("windows-1252", "größe,weiß\n".repeat(40)));
  assert.deepEqual([told(), intake.entries.length, intake.entries[0].key], [["windows-1252"], before, "encoding"]);
});

test("objects by a key: numbers are no column, names are; which of both it was is said", () => {
  const of = (/** @type {any} */ value) => {
    const { rows, sentence } = rowsIn("data.json", value);
    return { rows: rows.map((row) => Object.fromEntries(row)), sentence };
  };
  const numbered = of({ 0: { a: 1 }, 1: { a: 2 } });
  assert.deepEqual(numbered.rows, [{ a: 1 }, { a: 2 }]);
  assert.match(numbered.sentence, /number/);
  const named = of({ ann: { a: 1 }, bob: { a: 2 } });
  assert.deepEqual(named.rows, [{ key: "ann", a: 1 }, { key: "bob", a: 2 }]); // prettier-ignore
  assert.match(named.sentence, /name/);
  // Columns whose values have numbers lie the other way round.
  assert.deepEqual(of({ a: { 0: 1, 1: 2 }, b: { 0: 3 } }).rows, [{ a: 1, b: 3 }, { a: 2, b: null }]); // prettier-ignore
  assert.deepEqual(of({ a: { 0: 1, 1: 2 } }).rows, [{ a: 1 }, { a: 2 }]); // prettier-ignore
  assert.deepEqual(of({ 0: { 0: 5 }, 1: { 0: 6 } }).rows, [{ 0: 5 }, { 0: 6 }]);
});

test("text is held up to 128 million characters", () => {
  const hold = createHold("big.json", "A JSON document");
  const piece = (/** @type {number} */ length) => /** @type {any} */ ({ length, toString: () => "" });
  hold.take(piece(2 ** 27));
  assert.throws(() => hold.take("x"), /big\.json is longer than 128 million characters/);
  assert.throws(() => createHold("b", "").take(piece(2 ** 27 + 1)), /longer than 128 million/);
});

test("rows are written in pieces of 64 K letters; of notes twenty are told, and how many more there were", () => {
  const pieces = /** @type {string[]} */ ([]);
  const writer = createWriter((piece) => pieces.push(piece));
  writer.row(["x".repeat(2 ** 16 - 2)]);
  assert.equal(pieces.length, 0);
  writer.row([""]);
  assert.deepEqual([pieces.length, pieces[0].slice(-4)], [1, '\n""\n']);
  writer.row(["y".repeat(2 ** 16 - 1)]);
  assert.deepEqual([pieces.length, pieces[1].length], [2, 2 ** 16]);
  for (const [cells, line] of /** @type {[string[], string][]} */ ([
    [["a", "b,c", 'd"e', " f", "g ", "h i"], 'a,"b,c","d""e"," f","g ",h i\n'],
    [["", ""], ",\n"],
  ])) {
    writer.row(cells);
    writer.flush();
    assert.equal(pieces.at(-1), line);
  }
  const told = (/** @type {number} */ count) => {
    const notes = /** @type {any[]} */ ([]);
    const all = createNotes((note) => notes.push(note));
    for (let i = 0; i < count; i++) all.add(i, `note ${i}`);
    all.finish("lines");
    return notes;
  };
  assert.deepEqual([told(20).length, told(21).length, told(23).length], [20, 21, 21]);
  assert.match(told(23).at(-1).sentence, /3 more/);
});

test("lines end as each system writes them, also where an end is cut in two", () => {
  const cut = (/** @type {string[]} */ ...pieces) => {
    const lines = /** @type {any[]} */ ([]);
    const all = createLines((line, number) => lines.push([line, number]));
    pieces.forEach((piece) => all.take(piece));
    all.finish();
    return lines;
  };
  const both = [["a", 1], ["b", 2]]; // prettier-ignore
  for (const pieces of [["a\nb"], ["a\r\nb\r\n"], ["a\rb\r"], ["a\r", "\nb"], ["a\r", "b"], ["a", "\n", "b\n"]])
    assert.deepEqual(cut(...pieces), both, JSON.stringify(pieces));
  assert.deepEqual(cut(""), []);
});

/** Tables whose intake takes whatever comes. @param {(bytes: Uint8Array) => void} [take] */
function reading(take = () => {}) {
  const told = /** @type {any[]} */ ([]);
  const time = { now: 1000 };
  const intake = { rows: 7, take: async (/** @type {any} */ bytes) => take(bytes), free: () => {} };
  const port = { post: (/** @type {any} */ event) => told.push(event) };
  const clock = { now: () => time.now, turn: async () => {} };
  const tables = new Tables(/** @type {any} */ (port), /** @type {any} */ ({ createIntake: () => intake }), clock);
  tables.obey(/** @type {any} */ ({ type: "tableStart", name: "table" }));
  const send = async (/** @type {number} */ bytes) =>
    tables.obey(/** @type {any} */ ({ type: "tableBytes", bytes: new Uint8Array(bytes) }));
  return { told, time, send };
}

test("how far a table is read is told every 100 ms, and with each megabyte", async () => {
  const { told, time, send } = reading();
  await send(2 ** 20 - 1);
  assert.equal(told.length, 0);
  await send(1);
  assert.deepEqual(told, [{ type: "tableProgress", rows: 7, bytes: 2 ** 20, problem: null }]);
  time.now += 99;
  await send(5);
  assert.equal(told.length, 1);
  time.now += 1;
  await send(5);
  assert.deepEqual([told.length, told[1].bytes], [2, 2 ** 20 + 10]);
  await send(2 ** 20 - 1);
  assert.equal(told.length, 2, "counted from where it was told last");
  await send(1);
  assert.equal(told.length, 3);
});

test("why a table can't be read is told at once and once; a fault of our own is none of the file's", async () => {
  const refusing = reading(() => {
    throw Object.assign(new Error("It has no columns."), { code: "table" });
  });
  await refusing.send(3);
  await refusing.send(3);
  assert.deepEqual(refusing.told, [{ type: "tableProgress", rows: 7, bytes: 3, problem: "It has no columns." }]);
  for (const fault of [new TypeError("x is undefined"), Object.assign(new Error("odd"), { code: 3 })]) {
    const broken = reading(() => {
      throw fault;
    });
    await assert.rejects(broken.send(3), fault);
    assert.equal(broken.told.length, 0);
  }
});

test("the sheet scrolls no further than a cell needs, and not at all for one in sight", () => {
  const parts = { row: 10, column: 100, head: 20, index: 50 };
  const layout = layoutOf({ width: 350, height: 70 }, { rows: 100, columns: 20 }, parts);
  assert.deepEqual([layout.rows, layout.columns], [5, 3]);
  const to = (/** @type {number} */ row, /** @type {number} */ column) => {
    const { top, left } = scrollFor(layout, { row: 40, column: 8 }, { row, column });
    return [top / 10, left / 100];
  };
  for (const [row, column] of [[40, 8], [42, 9], [44, 10]]) assert.deepEqual(to(row, column), [40, 8]); // prettier-ignore
  assert.deepEqual([to(39, 7), to(45, 11), to(0, 0), to(99, 19)], [[39, 7], [41, 9], [0, 0], [95, 17]]); // prettier-ignore
  const exact = (/** @type {number} */ height) => layoutOf({ width: 350, height }, { rows: 100, columns: 20 }, parts).rows; // prettier-ignore
  assert.deepEqual([exact(69), exact(70), exact(5)], [4, 5, 1]);
  // Beyond four million pixels a pixel stands for more.
  const long = (/** @type {number} */ rows) => layoutOf({ width: 350, height: 70 }, { rows, columns: 1 }, parts).pitch.row; // prettier-ignore
  assert.deepEqual([long(400_005), long(800_005)], [10, 5]);
});

test("cells kept are those of 24 blocks, the longest unused go; a table's place is its own", async () => {
  const asked = /** @type {number[]} */ ([]);
  let arrived = 0;
  let isFailing = false;
  const cache = new CellCache(
    async (from) => {
      asked.push(from);
      if (isFailing) throw new Error("gone");
      return Array.from({ length: ROWS }, (_, i) => Array(COLUMNS).fill(`${from + i}`));
    },
    () => (arrived += 1),
  );
  for (let block = 0; block < 24; block++) cache.text(block * ROWS, 0);
  await settle();
  assert.deepEqual([asked.length, arrived, cache.text(0, 0)], [24, 24, "0"]);
  cache.text(24 * ROWS, 0); // one more: the second goes, since the first was used since
  await settle();
  assert.deepEqual([cache.text(0, 0), cache.text(ROWS, 0), asked.length], ["0", null, 26]);
  await settle();
  // One that failed is asked for again, and tells nobody.
  isFailing = true;
  assert.equal(cache.text(90 * ROWS, 0), null);
  await settle();
  isFailing = false;
  const before = [asked.length, arrived];
  assert.equal(cache.text(90 * ROWS, 0), null);
  await settle();
  assert.deepEqual([asked.length - before[0], arrived - before[1], cache.text(90 * ROWS, 0)], [1, 1, `${90 * ROWS}`]);
  // Three tables one after the other: what was under way for one is none of the next.
  for (let i = 0; i < 2; i++) {
    cache.text(70 * ROWS, 0);
    cache.clear();
  }
  const last = arrived;
  await settle();
  assert.equal(arrived, last);
});
