// The experiment's file: what is written is read again, files of the first version open, and whatever is cut, changed, foreign
// or too large is refused by a sentence. TRAINYARD_FUZZ=1000000 tries more by hand.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { checksumOfJson } from "../../www/base/checksum.js";
import {
  MOST_BYTES,
  openExperiment,
  readExperiment,
  writeExperiment,
} from "../../www/features/share/experimentFile.js";
import { draws } from "./mutations.js";

const TRIES = Number(process.env.TRAINYARD_FUZZ ?? 4000);
const golden = new URL("../golden/experiments/", import.meta.url);
const textOf = (/** @type {string} */ name) => fs.readFileSync(new URL(name, golden), "utf8");
const NAMES = ["spiral", "table", "digits"];
const first = NAMES.map((name) => textOf(`v1-${name}.json`));
const second = NAMES.map((name) => textOf(`v2-${name}.json`));

const SENTENCE = /^[A-Z“].{20,}[.?!]$/s;

/** Why a text is refused, as the menu says it; null where it is not. */
function whyNot(/** @type {string} */ text) {
  try {
    readExperiment(text);
    return null;
  } catch (thrown) {
    const error = /** @type {Error} */ (thrown);
    assert.equal(error.name, "Error", `${error.stack}`);
    return error.message.replace(/[^.?!]$/, "$&.");
  }
}

const whyNotFile = (/** @type {BlobPart[]} */ parts) =>
  openExperiment(new Blob(parts)).then(
    () => null,
    ({ message }) => message,
  );

test("files of the first version open, and say the same when they are written by this one", () => {
  NAMES.forEach((name, i) => {
    const old = readExperiment(first[i]);
    assert.deepEqual([old.epoch > 0, (old.checkpoint?.length ?? 0) > 100, old.looks], [true, true, name === "table" ? 2 : 0]); // prettier-ignore
    assert.equal(old.table?.title, name === "table" ? "Häuser.csv" : undefined);
    assert.equal(writeExperiment(old), second[i], `v2-${name}.json is not what is written now`);
    assert.deepEqual(readExperiment(second[i]), old);
  });
});

test("laid out otherwise a file is the same; any other letter is noticed", () => {
  for (const text of second) {
    const whole = readExperiment(text);
    for (const blanks of [0, 2, "\t"])
      assert.deepEqual(readExperiment(JSON.stringify(JSON.parse(text), null, blanks)), whole);
    assert.deepEqual(readExperiment(`\n${text.replaceAll("\n", "\r\n")}\r\n`), whole);
    const at = text.indexOf('"seed"') + 8;
    const why = (/** @type {string} */ changed) => whyNot(changed) ?? "opened";
    assert.match(why(`${text.slice(0, at)}8${text.slice(at + 1)}`), /damaged or changed since it was saved.*checksum/);
    const { checksum: _, ...without } = JSON.parse(text);
    assert.match(why(JSON.stringify(without)), /lacks its checksum/);
    assert.match(why(JSON.stringify({ ...without, checksum: "0" })), /checksum [0-9a-f]{16}, not “0”/);
    assert.match(why(JSON.stringify({ ...without, checksum: "0", more: 1 })), /lacks its checksum/);
  }
});

test("the checksum is FNV-1a, and blanks within texts count", () => {
  assert.equal(checksumOfJson(""), "cbf29ce484222325");
  assert.equal(checksumOfJson("a"), "af63dc4c8601ec8c", "of the authors' own test vectors");
  assert.equal(checksumOfJson("foobar"), "85944171f73967e8");
  assert.equal(checksumOfJson(' { "a\\" " : [1,\r\n\t2 ] '), checksumOfJson('{"a\\" ":[1,2]'));
  assert.notEqual(checksumOfJson('"a b"'), checksumOfJson('"ab"'));
});

test("a file cut short anywhere is refused", async () => {
  const text = second[0];
  for (let at = 0; at < text.trimEnd().length; at += 1 + (at % 7)) {
    const why = await whyNotFile([text.slice(0, at)]);
    assert.match(why ?? "opened", at === 0 ? /^This file is empty/ : /cut short|not valid JSON/, `cut at ${at}`);
  }
  assert.match(
    whyNot(text.slice(0, -40)) ?? "opened",
    /^This experiment file is cut short\. Download or copy it again\.$/,
  );
});

test("a file of another kind is called by its name, and told where it opens", async () => {
  const weights = new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0, 123, 125]);
  /** @type {[BlobPart, RegExp][]} */
  const kinds = [
    ["", /^This file is empty/],
    [new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), /picture/],
    [new Uint8Array([0xff, 0xd8, 0xff, 0xe0]), /picture/],
    [new Uint8Array([0x1f, 0x8b, 8, 0]), /gzip/],
    ["PK\x03\x04....", /ZIP archive or a workbook/],
    ["%PDF-1.7\n", /PDF/],
    ["TYIM\x01", /set of pictures/],
    [weights, /weights \(safetensors\)/],
    ["<!DOCTYPE html><html></html>", /web page/],
    ["\ufeff\n <html>", /web page/],
    ["species,island\nAdelie,Biscoe\n", /This is a table/],
    ["größe;stadt\n1;Köln\n", /This is a table/],
    [JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 }), /Jupyter notebook/],
    [JSON.stringify({ data: { source: "xor" }, model: {} }), /This is a Spec alone/],
    ["hello", /not valid JSON/],
    ["[1, 2]", /“trainyard” field is missing/],
    ["null", /“trainyard” field is missing/],
    ["7", /“trainyard” field is missing/],
    ['{"__proto__": {"trainyard": 1}}', /“trainyard” field is missing/],
  ];
  for (const [content, why] of kinds) {
    const said = await whyNotFile([content]);
    assert.match(said ?? "opened", why);
    assert.match(said ?? "", SENTENCE);
  }
});

test("a later version says that a newer page is needed; what is no version is none", () => {
  for (const version of [0, 3, 99, "2", null, [2], { a: 1 }, 1.5, true])
    assert.match(
      whyNot(JSON.stringify({ ...JSON.parse(second[0]), trainyard: version })) ?? "opened",
      /format version .+; this page reads versions 1 to 2\. Reload to get the latest version/,
    );
});

test("a file that is too large is refused before any of it is read, and none is written", async () => {
  const vast = { size: MOST_BYTES + 1, slice: () => assert.fail("read"), text: () => assert.fail("read") };
  await assert.rejects(
    openExperiment(/** @type {any} any: a blob of that size */ (vast)),
    /^Error: This file has 256\.0 MB, and the page opens experiments of up to 256\.0 MB\./,
  );
  const checkpoint = /** @type {any} any: as long */ ({ length: MOST_BYTES });
  assert.throws(
    () => writeExperiment({ link: "", spec: {}, epoch: 0, checkpoint, table: null }),
    /hold(s)? at most 256\.0 MB.*weights alone/,
  );
});

/** A text, spoilt: bits, letters, pieces, fields. */
function spoilt(/** @type {string} */ text, /** @type {ReturnType<typeof draws>} */ draw) {
  const at = draw(text.length);
  const piece = text.slice(draw(text.length)).slice(0, draw(60));
  const VALUES = [null, true, -1, 0.5, 1e308, "", "x", "\ud800", [], [[]], {}, { __proto__: null }, "A".repeat(999)];
  switch (draw(6)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << draw(7))) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + piece + text.slice(at);
    case 3:
      return text.slice(0, at) + text.slice(at + 1 + draw(30));
    case 4:
      return text.slice(0, at) + piece + text.slice(at + piece.length);
  }
  // A field, and a checksum that says that it was always so: what it is checked for comes next.
  const file = JSON.parse(text);
  let inner = file;
  for (;;) {
    const keys = Object.keys(inner);
    const key = keys[draw(keys.length)] ?? "new";
    if (typeof inner[key] === "object" && inner[key] !== null && draw(4)) inner = inner[key];
    else {
      if (draw(4) === 0) delete inner[key];
      else inner[key] = VALUES[draw(VALUES.length)];
      break;
    }
  }
  const { checksum: _, ...fields } = file;
  const body = JSON.stringify(fields).slice(0, -1);
  return `${body},"checksum":"${checksumOfJson(body)}"}`;
}

test(`whatever is done to a file, it opens as it was or is refused by a sentence (${TRIES} tries)`, (t) => {
  const draw = draws(17);
  const texts = [...first, ...second];
  const wholes = texts.map((text) => JSON.stringify(readExperiment(text)));
  /** @type {Record<string, number>} */
  const told = {};
  let [opened, same] = [0, 0];
  for (let i = 0; i < TRIES; i++) {
    const of = draw(texts.length);
    const text = spoilt(texts[of], draw);
    const why = whyNot(text);
    if (why === null) {
      opened += 1;
      // One that was changed by chance is no other experiment: only files of the first version have no checksum.
      const isSealed = of >= first.length && !/"checksum":"[0-9a-f]{16}"\}$/.test(text);
      if (isSealed && text.includes('"checksum"')) {
        assert.equal(JSON.stringify(readExperiment(text)), wholes[of], text.slice(0, 200));
        same += 1;
      }
    } else {
      assert.match(why, SENTENCE, `${why}: ${text.slice(0, 300)}`);
      told[why.slice(0, 40)] = (told[why.slice(0, 40)] ?? 0) + 1;
    }
  }
  const refused = Object.values(told).reduce((sum, count) => sum + count, 0);
  assert.equal(opened + refused, TRIES);
  assert.ok(refused > TRIES / 4 && opened > 0, `${opened} opened, ${refused} refused`);
  t.diagnostic(`${opened} opened (${same} sealed and the same), ${refused} refused`);
  if (process.env.TRAINYARD_FUZZ) t.diagnostic(JSON.stringify(told));
});
