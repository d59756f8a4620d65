// Workbooks through their own package: sheets to choose from, dates as dates, errors as missing, and what can't be read.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import { Workbook, initSync } from "../../www/pkg-workbook/trainyard.js";
import { createWorkbooks } from "../../www/features/data/worker/formats/workbooks.js";
import { linesOf, take, utf8 } from "./intake.js";
import { STYLES, ods, xlsx, zip } from "./workbookFiles.js";

initSync({ module: fs.readFileSync(new URL("../../www/pkg-workbook/trainyard_bg.wasm", import.meta.url)) });
const loadWorkbooks = async () => createWorkbooks(Workbook);
const open = (file, more = {}) => take(file, { name: "book.xlsx", loadWorkbooks, ...more });

const day = (value) => ({ value, style: STYLES.date });

test("a sheet becomes rows: numbers as they are, dates and times as ISO, texts in quotes where they need them", async () => {
  const got = await open(
    xlsx({
      Sales: [
        ["name", "price", "sold", "seen", "at", "took", "ok"],
        [
          "tea, green",
          3.5,
          day(45943),
          { value: 45943.5, style: STYLES.moment },
          { value: 0.4375, style: STYLES.time },
          { value: 1.5, style: STYLES.duration },
          true,
        ],
        [
          'say "hi"',
          1e6,
          day(60000),
          { value: 45943, style: STYLES.moment },
          { value: 0, style: STYLES.time },
          { value: 0.25, style: STYLES.duration },
          false,
        ],
        [null, { error: "#DIV/0!" }, null, null, null, null, null],
      ],
    }),
    { piece: 100 },
  );
  assert.equal(got.problem, null);
  assert.deepEqual(linesOf(got), [
    "name,price,sold,seen,at,took,ok",
    '"tea, green",3.5,2025-10-13,2025-10-13 12:00:00,10:30:00,36:00:00,true',
    '"say ""hi""",1000000,2064-04-08,2025-10-13,00:00:00,06:00:00,false',
    ",,,,,,",
  ]);
  assert.deepEqual(
    ["format", "sheet"].map((key) => got.entry(key).value),
    ["workbook", "Sales"],
  );
  assert.match(got.entry("sheet").sentence, /one sheet/);
  assert.match(got.notes[0].sentence, /One cell holds an error/);
  assert.equal(got.entry("encoding"), undefined);
  assert.deepEqual([got.options.delimiter, got.options.quote, got.options.header], [",", '"', undefined]);
});

const THREE = xlsx({
  Cover: [["Our prices"]],
  "2023 & on": [
    ["a", "b"],
    [1, 2],
  ],
  Other: [["c"], [3], [4]],
});

test("sheets to choose from: the first with rows, or the one chosen by hand", async () => {
  const first = await open(THREE);
  assert.deepEqual(
    [first.entry("sheet").value, first.entry("sheet").isChosen, linesOf(first)],
    ["2023 & on", false, ["a,b", "1,2"]],
  );
  assert.deepEqual(
    first.entry("sheet").choices.map(({ value }) => value),
    ["Cover", "2023 & on", "Other"],
  );
  const chosen = await open(THREE, { read: { sheet: "Other", header: true } });
  assert.deepEqual(
    [chosen.entry("sheet").value, chosen.entry("sheet").isChosen, linesOf(chosen)],
    ["Other", true, ["c", "3", "4"]],
  );
  assert.equal(chosen.options.header, true);
  const gone = await open(THREE, { read: { sheet: "Sheet9" } });
  assert.equal(gone.entry("sheet").value, "2023 & on");
  assert.match(gone.notes[0].sentence, /no sheet named “Sheet9”; “2023 & on” was read instead/);
});

test("a title above the table stays apart by its blank row; empty rows below are none", async () => {
  const got = await open(xlsx({ A: [["Prices of 2023"], [], ["a", "b"], [1, 2], [null, null], [null]] }));
  assert.equal(got.text, "Prices of 2023,\n\na,b\n1,2\n");
});

test("OpenDocument is read, too", async () => {
  const got = await open(
    ods({
      Sheet1: [
        ["name", "n", "on"],
        ["tea", 2.5, { date: "2023-01-05" }],
        ["milk", 3, { date: "2023-01-06T10:15:00" }],
      ],
    }),
    { name: "book.ods" },
  );
  assert.deepEqual(linesOf(got), ["name,n,on", "tea,2.5,2023-01-05", "milk,3,2023-01-06T10:15:00"]);
});

test("what is no workbook in the end is named, with what to do", async () => {
  assert.match((await open(xlsx({ A: [[]] }))).problem, /book\.xlsx has no sheet with anything in it/);
  assert.match((await open(THREE.subarray(0, 900))).problem, /book\.xlsx can't be read as a workbook.*CSV/);
  assert.match((await open(zip({ "xl/readme.txt": "no" }))).problem, /can't be read as a workbook/);
  assert.match(
    (
      await take(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(600)]), {
        name: "old.xls",
        loadWorkbooks,
      })
    ).problem,
    /old\.xls can't be read as a workbook/,
  );
  assert.match(
    (await take(utf8("PK\x03\x04"), { name: "a.xlsx", loadWorkbooks: () => Promise.reject(new Error("offline")) }))
      .problem,
    /reads workbooks could not be loaded/,
  );
});

test("texts of a sheet may have decimal commas, numbers never do", async () => {
  const decimal = async (/** @type {string | number} */ price) =>
    (
      await open(
        xlsx({
          S: [
            ["price", "name"],
            [price, "a"],
            [price, "b"],
          ],
        }),
      )
    ).options.decimal;
  assert.deepEqual(
    [await decimal("1.100,50 €"), await decimal(1100.5), await decimal("red, green")],
    [undefined, ".", "."],
  );
});
