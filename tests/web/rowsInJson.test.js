// Where rows are in a JSON document, and what stands beside them; each kind of document beside one that only looks like it.
import assert from "node:assert/strict";
import test from "node:test";
import { rowsIn } from "../../www/features/data/worker/formats/jsonRows.js";
import { unicodeOf } from "../../www/features/data/worker/formats/unicode.js";
import { recognizeText, refuseNoise } from "../../www/features/data/worker/formats/recognize.js";
import { take } from "./intake.js";
import { layoutOf } from "../../www/features/data/sheetLayout.js";

const of = (/** @type {any} */ value) => {
  const { rows, ...more } = rowsIn("data.json", value);
  return { ...more, rows: rows.map((row) => Object.fromEntries(row)) };
};
const refused = (/** @type {any} */ value, /** @type {RegExp} */ why) => assert.throws(() => rowsIn("data.json", value), why); // prettier-ignore

test("a first list of names is the header: where others hold numbers or truth values, or none of the names", () => {
  const hasHeader = (/** @type {any[][]} */ ...rows) => of(rows).sentence.includes("the first one has the names");
  assert.ok(hasHeader(["a", "b"], ["a", 1]));
  assert.ok(hasHeader(["a", "b"], ["a", true]));
  assert.ok(hasHeader(["a", "b"], ["c", "d"]));
  assert.ok(!hasHeader(["a", "b"], ["a", "d"]), "a name that comes again is a value");
  assert.ok(!hasHeader(["a", "b"], ["a", null]), "neither number nor truth value");
  assert.ok(!hasHeader(["a", "a"], [1, 2]), "names twice");
  assert.ok(!hasHeader(["a", " "], [1, 2]), "a blank name");
  assert.ok(!hasHeader(["a", 3], [1, 2]));
  assert.ok(!hasHeader(["a", "b"]), "a header without rows");
  assert.ok(!hasHeader([], [1, 2]));
});

test("more than half of a list has to be rows of one kind; what is no such row is counted", () => {
  assert.deepEqual([of([{ a: 1 }, { a: 2 }, 3]).rows, of([{ a: 1 }, { a: 2 }, 3]).leftOut], [[{ a: 1 }, { a: 2 }], 1]);
  refused([{ a: 1 }, 3], /a list of mixed things/);
  assert.deepEqual(of([[1], [2], 3]).leftOut, 1);
  refused([[1], 3], /a list of mixed things/);
  assert.deepEqual(of([1, "b", null]).rows, [{ value: 1 }, { value: "b" }, { value: null }]);
  refused([], /an empty list: there are no rows/);
});

test("columns by name: more than half of the parts are lists of values, all of one length", () => {
  assert.deepEqual(of({ a: [1, 2], b: [3, 4] }).rows, [{ a: 1, b: 3 }, { a: 2, b: 4 }]); // prettier-ignore
  assert.equal(of({ a: [1, 2], b: [3, 4], t: "x" }).note, "t is no list of values, and was left out.");
  assert.equal(of({ a: [1], b: [2], c: [3], t: "x", u: "y" }).note, "t, u are no list of values, and was left out.");
  refused({ a: [1, 2], t: "x" }, /one object and no list of rows/);
  refused({ a: [1, 2], b: [3] }, /columns of different lengths: “a” has 2, “b” has 1/);
  // A list with an object in it is no column, whatever else it holds.
  assert.deepEqual(of({ a: [1, 2], b: [3, 4], c: [{ d: 1 }, 2] }).note, "c is no list of values, and was left out.");
  assert.deepEqual(of({ rows: [[1, 2], [3, 4]] }).rows.length, 2, "a single list of lists holds rows"); // prettier-ignore
  assert.equal(of({ a: [[1], [2]], b: [[3], [4]] }).sentence, "It holds 2 columns of 2 values.");
});

test("a list under a name holds rows only where not all of it is plain, and an empty one holds none", () => {
  refused({ a: [], t: "x" }, /no list of rows/);
  refused({ a: [1, 2], t: "x", u: "y" }, /no list of rows/);
  assert.deepEqual(of({ t: "x", u: "y", a: [{ b: 1 }] }).rows, [{ b: 1 }]);
});

test("names beside rows: from columns, or a schema's fields", () => {
  const rows = [[1, 2], [3, 4]]; // prettier-ignore
  for (const names of [{ columns: ["a", "b"] }, { fields: [{ name: "a" }, { name: "b" }] }, { schema: { fields: [{ name: "a" }, { name: "b" }] } }]) // prettier-ignore
    assert.deepEqual(of({ ...names, data: rows }).rows, [{ a: 1, b: 2 }, { a: 3, b: 4 }]); // prettier-ignore
  assert.deepEqual(of({ columns: [], rows }).rows[0], { "column 1": 1, "column 2": 2 });
});

test("objects by a key: rows by their number or their name, or columns whose values have numbers", () => {
  assert.deepEqual(of({ 0: { a: 1 }, 1: { a: 2 } }).rows, [{ a: 1 }, { a: 2 }]);
  assert.deepEqual(of({ x: { a: 1 }, y: { a: 2 } }).rows, [{ key: "x", a: 1 }, { key: "y", a: 2 }]); // prettier-ignore
  assert.deepEqual(of({ a: { 0: 1, 1: 2 }, b: { 0: 3 } }).rows, [{ a: 1, b: 3 }, { a: 2, b: null }]); // prettier-ignore
  assert.deepEqual(of({ a: { 0: 1, 1: 2 } }).rows, [{ a: 1 }, { a: 2 }]);
  assert.deepEqual(of({ a: { 0: 1, x: 2 }, b: { 0: 3 } }).rows, [{ key: "a", 0: 1, x: 2 }, { key: "b", 0: 3 }]); // prettier-ignore
  refused({ a: { b: 1 } }, /no list of rows/);
  refused({ x: { a: 1 }, y: {} }, /no list of rows/);
});

const bytes = (/** @type {number[]} */ ...all) => Uint8Array.from(all);

test("the marks of Unicode: four bytes for UTF-32, two for UTF-16, three for UTF-8, and no fewer", () => {
  const label = (/** @type {number[]} */ ...head) => {
    const found = unicodeOf(bytes(...head));
    return found === null || typeof found === "string" ? found : found.sentence.includes("BOM") ? found.label : "none";
  };
  assert.equal(label(0xff, 0xfe, 0, 0), "utf-32");
  assert.equal(label(0, 0, 0xfe, 0xff), "utf-32");
  assert.equal(label(0xff, 0xfe, 0x61, 0), "utf-16le");
  assert.equal(label(0xff, 0xfe, 0, 0x61), "utf-16le");
  assert.equal(label(0xfe, 0xff, 0, 0x61), "utf-16be");
  assert.equal(label(0xef, 0xbb, 0xbf, 0x61), "utf-8");
  const others = [[0xff, 0x61], [0x61, 0xfe], [0xfe, 0x61], [0x61, 0xff], [0, 0x61, 0xfe, 0xff], [0x61, 0, 0xfe, 0xff], [0, 0, 0x61, 0xff], [0, 0, 0xfe, 0x61], [0xef, 0xbb, 0x61], [0xef, 0x61, 0xbf], [0x61, 0xbb, 0xbf]]; // prettier-ignore
  for (const head of others) assert.ok([null, "none"].includes(label(...head)), head.map((one) => one.toString(16)).join(" ")); // prettier-ignore
});

test("UTF-16 without a mark is told by zeros beside digits, blanks and line ends", () => {
  const wide = (/** @type {string} */ text) => bytes(...[...text].flatMap((letter) => [letter.charCodeAt(0), 0]));
  const label = (/** @type {Uint8Array} */ head) => /** @type {any} */ (unicodeOf(head))?.label;
  for (const sign of ["\t", "\n", "\r", " ", ",", "0", "9", ":", ";"]) {
    assert.equal(label(wide(`abcdefgh${sign}`)), "utf-16le", JSON.stringify(sign));
  }
  for (const sign of ["/", "<", "a"]) assert.notEqual(label(wide(`abcdefgh${sign}`)), "utf-16le", JSON.stringify(sign));
  const big = bytes(...[..."12a4"].flatMap((letter) => [0, letter.charCodeAt(0)]), 0x4e, 0x2d);
  assert.deepEqual(
    [wide("1234"), big].map((head) => /** @type {any} */ (unicodeOf(head)).sentence),
    [
      "100% of the second bytes of each pair are zero, as in UTF-16.",
      "80% of the first bytes of each pair are zero, as in UTF-16.",
    ],
  );
  assert.equal(label(big), "utf-16be");
  // Four zeros at least.
  assert.equal(label(wide("1234")), "utf-16le");
  assert.notEqual(label(wide("123")), "utf-16le");
});

test("control characters: more than a tenth of them are no text; tabs, line ends, the escape and the end of file are", () => {
  const refuses = (/** @type {number} */ byte, /** @type {number} */ count) => {
    const head = bytes(...Array.from({ length: 100 }, (_, i) => (i < count ? byte : 0x61)));
    try {
      refuseNoise(head, "a.csv");
    } catch {
      return true;
    }
    return false;
  };
  for (const byte of [0, 1, 8, 14, 0x19, 0x1c, 0x1f]) assert.deepEqual([refuses(byte, 10), refuses(byte, 11)], [false, true], `${byte}`); // prettier-ignore
  for (const byte of [9, 10, 13, 0x1a, 0x1b, 0x20, 0x7f]) assert.equal(refuses(byte, 50), false, `${byte}`);
});

test("libsvm: every line is a label and pairs, and one of them has two; a single line is enough", () => {
  const found = (/** @type {string} */ text) => recognizeText(text, "a.txt");
  assert.deepEqual(
    [found("1 1:2 2:3\n").format, found("1 1:2 2:3\n").why],
    ["libsvm", "Each of the first lines is a label and index:value pairs."],
  );
  assert.equal(found("1 1:2 2:3\n0 1:4\n0 2:2\n").why, "Each of the first 3 lines is a label and index:value pairs.");
  assert.equal(found("1 1:2\n0 2:3\n").format, "delimited");
  assert.equal(found("1 1:2 2:3\nx,y\n0 1:1\n").format, "delimited");
});

test("a sheet extends over all of its rows and columns, what is in sight once", () => {
  const parts = { row: 32, column: 120, head: 76, index: 60 };
  const { extent, hidden } = layoutOf({ width: 700, height: 430 }, { rows: 100, columns: 20 }, parts);
  assert.deepEqual([hidden, extent], [{ rows: 89, columns: 15 }, { width: 700 + 15 * 120, height: 430 + 89 * 32 }]); // prettier-ignore
});

test("cells are counted as the table has them: a row in which each name is new makes a column of all rows", async () => {
  const rows = Array.from({ length: 5001 }, (_, i) => ({ [`n${i}`]: 1 }));
  const { problem } = await take(JSON.stringify(rows), { name: "odd.json" });
  assert.match(problem ?? "", /5001 rows of 5001 values: that is more than 25 million cells/);
});
