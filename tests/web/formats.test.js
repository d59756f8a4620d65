// Other formats: JSON in its many shapes, ARFF, libsvm, gzip; and what is no table, named for what it is.
import assert from "node:assert/strict";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { recognizeText } from "../../www/features/data/worker/formats/recognize.js";
import { linesOf, take, utf16, utf8 } from "./intake.js";

const json = (value, more = {}) => take(JSON.stringify(value, null, more.indent), { name: "data.json", ...more });

test("a list of objects: columns in the order they come, nested ones with dots, missing ones empty", async () => {
  const list = [
    { r: 239, color: "red, ish", at: { x: 1.5, y: null }, ok: true, tags: [1, 2] },
    { r: 21, color: 'blue "ish"', at: { x: 2 }, ok: false, tags: [3, 4], late: "x" },
  ];
  for (const indent of [0, 2]) {
    const got = await json(list, { indent, piece: 7 });
    assert.equal(got.problem, null);
    assert.deepEqual(linesOf(got), [
      "r,color,at.x,at.y,ok,tags.0,tags.1,late",
      '239,"red, ish",1.5,,true,1,2,',
      '21,"blue ""ish""",2,,false,3,4,x',
    ]);
    assert.deepEqual([got.entry("format").value, got.entry("format").isChosen], ["json", false]);
    assert.match(got.entry("format").sentence, /2 objects/);
  }
});

test("text of our own making is read as what it is, but for the choices that say something of it", async () => {
  const { options } = await json([{ a: "1;2", b: "x" }], {
    read: { delimiter: ";", header: false, dates: "day-first", decimal: "," },
  });
  assert.deepEqual(
    [options.delimiter, options.header, options.comment, options.dates, options.decimal],
    [",", true, "none", "day-first", ","],
  );
  const plain = await take("a;b\n1;2\n", {
    read: { delimiter: ";", encoding: "utf-8", format: "delimited", sheet: null, quote: "auto" },
  });
  assert.deepEqual(plain.options, { delimiter: ";", encoding: "utf-8" });
});

for (const [what, value, lines] of [
  [
    "lists with a header",
    [
      ["a", "b"],
      [1, "x"],
      [2, "y"],
    ],
    ["a,b", "1,x", "2,y"],
  ],
  [
    "lists of text with a header",
    [
      ["id", "name"],
      ["p", "x"],
      ["q", "y"],
    ],
    ["id,name", "p,x", "q,y"],
  ],
  [
    "lists without a header",
    [
      [1, 2],
      [3, 4],
    ],
    ["column 1,column 2", "1,2", "3,4"],
  ],
  ["rows under a name", { meta: { n: 2 }, data: [{ a: 1 }, { a: 2 }] }, ["a", "1", "2"]],
  ["rows two names deep", { result: { items: [{ a: 1 }, { a: 2 }], page: 1 } }, ["a", "1", "2"]],
  [
    "lists under a name",
    {
      data: [
        ["a", "b"],
        [1, 2],
        [3, 4],
      ],
    },
    ["a,b", "1,2", "3,4"],
  ],
  ["columns by name", { a: [1, 2, 3], b: ["x", "y", "z"], title: "t" }, ["a,b", "1,x", "2,y", "3,z"]],
  [
    "inputs as lists beside targets",
    {
      x: [
        [1, 2],
        [3, 4],
      ],
      y: [0, 1],
    },
    ["x.0,x.1,y", "1,2,0", "3,4,1"],
  ],
  ["pandas' default", { a: { 0: 1, 1: 2 }, b: { 0: "x", 1: "y" } }, ["a,b", "1,x", "2,y"]],
  ["pandas' index", { 0: { a: 1, b: "x" }, 1: { a: 2, b: "y" } }, ["a,b", "1,x", "2,y"]],
  ["objects by name", { ann: { age: 3 }, bob: { age: 4 } }, ["key,age", "ann,3", "bob,4"]],
  [
    "pandas' split",
    {
      columns: ["a", "b"],
      index: [0, 1],
      data: [
        [1, "x"],
        [2, "y"],
      ],
    },
    ["a,b", "1,x", "2,y"],
  ],
  [
    "pandas' table",
    { schema: { fields: [{ name: "a", type: "integer" }] }, data: [{ a: 1 }, { a: 2 }] },
    ["a", "1", "2"],
  ],
  [
    "brain.js' examples",
    [
      { input: [0, 1], output: [1] },
      { input: [1, 1], output: [0] },
    ],
    ["input.0,input.1,output.0", "0,1,1", "1,1,0"],
  ],
  [
    "GeoJSON",
    {
      type: "FeatureCollection",
      features: [
        { type: "Feature", properties: { a: 1 }, geometry: { type: "Point", coordinates: [1, 2] } },
        { type: "Feature", properties: { a: 2 }, geometry: { type: "Point", coordinates: [3, 4] } },
      ],
    },
    [
      "type,properties.a,geometry.type,geometry.coordinates.0,geometry.coordinates.1",
      "Feature,1,Point,1,2",
      "Feature,2,Point,3,4",
    ],
  ],
  ["a list of values", [3, 1, 2], ["value", "3", "1", "2"]],
  [
    "names that objects have anyway",
    [
      { constructor: 1, toString: "a" },
      { constructor: 2, toString: "b" },
    ],
    ["constructor,toString", "1,a", "2,b"],
  ],
]) {
  test(`JSON: ${what}`, async () => {
    const got = await json(value);
    assert.equal(got.problem, null);
    assert.deepEqual(linesOf(got), lines);
  });
}

test("JSON that is not quite: what was left out or changed is noted", async () => {
  const mixed = await json([{ a: 1 }, 5, { a: 2 }]);
  assert.match(mixed.notes[0].sentence, /1 of 3 entries are no objects/);
  const ragged = await json([{ a: [1, 2] }, { a: [3] }]);
  assert.deepEqual(linesOf(ragged), ["a", '"[1,2]"', "[3]"]);
  assert.match(ragged.notes[0].sentence, /“a” holds lists, kept as text/);
  const python = await take('[{"a": NaN, "b": "NaN"}, {"a": -Infinity, "b": "x"}]', { name: "a.json" });
  assert.deepEqual(linesOf(python), ["a,b", ",NaN", ",x"]);
  assert.match(python.notes[0].sentence, /NaN and Infinity/);
  const large = await take('[{"id": 12345678901234567890}, {"id": 9007199254740991}]', { name: "a.json" });
  assert.match(large.notes[0].sentence, /1 whole numbers have more than 15 digits/);
});

test("lines of JSON, with a broken one among them", async () => {
  const lines = ['{"a":1,"b":"x"}', '{"a":2,"b":"y","c":[1]}', "{oops", "", '{"a":NaN,"b":"z"}'];
  for (const name of ["data.jsonl", "data.ndjson", "data.txt"]) {
    const got = await take(lines.join("\r\n"), { name });
    assert.deepEqual(linesOf(got), ["a,b,c.0", "1,x,", "2,y,1", ",z,"]);
    assert.deepEqual(
      got.notes.map(({ line }) => line),
      [3],
    );
  }
  assert.deepEqual(linesOf(await take('["a","b"]\n[1,2]\n[3,4]\n', { name: "a.jsonl" })), ["a,b", "1,2", "3,4"]);
});

for (const [text, what] of [
  ['[{"a": 1},\n {"a": 2,}]', /line 2, column 10 has “}\]” where a name in quotes should follow/],
  ["[{'a': 1}]", /line 1, column 3 has “'a'.*” where a name in quotes or } should follow/],
  [
    '[{"a": 1}, {"a"',
    /ends where a colon should follow \(2 brackets are still open\).*not saved or downloaded completely/,
  ],
  ['[{"a": 01}]', /line 1, column 8/],
  ['[{"a": 1} {"a": 2}]', /where a comma or \] should follow/],
  ['{"a": 1}', /holds one object and no list of rows.*\[\{"size"/],
  ["[]", /empty list/],
  ['{"a": [1, 2], "b": [1]}', /columns of different lengths: “a” has 2, “b” has 1/],
]) {
  test(`JSON without rows, or broken: ${text.slice(0, 20).replace("\n", "")}`, async () =>
    assert.match((await take(text, { name: "my.json" })).problem, what));
}

test("a text that begins with a bracket is no JSON yet", async () => {
  for (const text of ["[settings]\na,b\n1,2\n", "{a},b\n1,2\n", "[mm],kg\n1,2\n3,4\n"])
    assert.equal((await take(text)).entry("format").value, "delimited", text);
});

const ARFF = `% a comment
@RELATION 'my flowers'

@attribute "sepal length" NUMERIC
@attribute kind {'Iris setosa', versicolor}
@attribute seen DATE "yyyy-MM-dd"
@attribute note string
@ATTRIBUTE code {0,1}
@DATA
% another
5.1,'Iris setosa',"2020-01-02",'it\\'s, fine',0
?,versicolor,?,'?',1
{0 6.5, 3 'a b', 4 1}
{}
4.9 , versicolor,2021-03-04,plain,0,{2}
1,versicolor
`;

test("ARFF: quoted names, missing values, sparse rows, comments, weights", async () => {
  const got = await take(ARFF, { name: "flowers.arff", piece: 11 });
  assert.equal(got.problem, null);
  assert.deepEqual(linesOf(got), [
    "sepal length,kind,seen,note,code",
    '5.1,Iris setosa,2020-01-02,"it\'s, fine",0',
    ",versicolor,,?,1",
    "6.5,Iris setosa,,a b,1",
    "0,Iris setosa,,,0",
    "4.9,versicolor,2021-03-04,plain,0",
    "1,versicolor,,,",
  ]);
  assert.deepEqual(got.declared, { "sepal length": "number", kind: "category", seen: "date", code: "category" });
  assert.match(got.entry("format").sentence, /“my flowers” declares 5 attributes/);
  assert.deepEqual(
    got.notes.map(({ line }) => line),
    [16, null],
  );
  assert.match(got.notes[0].sentence, /2 values where 5 attributes/);
  assert.match(got.notes[1].sentence, /1 rows? ha.* a weight/);
});

test("ARFF that breaks off, or says what it can't", async () => {
  assert.match((await take("@relation a\n@attribute x numeric\n", { name: "a.arff" })).problem, /no @data line/);
  assert.match((await take("@relation a\n@data\n1\n", { name: "a.arff" })).problem, /no @attribute/);
  assert.match(
    (await take("@relation a\n@attribute x relational\n@data\n", { name: "a.arff" })).problem,
    /“x” as “relational” on line 2/,
  );
  assert.match((await take("@relation a\nx numeric\n@data\n", { name: "a.arff" })).problem, /line 2.*x numeric/);
});

test("libsvm: labels last, what is left out is 0, comments and queries", async () => {
  const got = await take("# made by hand\n+1 1:0.424 3:0.914 # good\n-1 2:1e-3\n\n3 qid:7 1:+2 2:nan\n", {
    name: "heart.txt",
    piece: 5,
  });
  assert.deepEqual(linesOf(got), ["qid,x1,x2,x3,label", ",0.424,0,0.914,1", ",0,1e-3,0,-1", "7,2,,0,3"]);
  assert.equal(got.entry("format").value, "libsvm");
  assert.deepEqual(linesOf(await take("0 0:1 1:2\n1 0:3\n", { name: "a" })), ["x0,x1,label", "1,2,0", "3,0,1"]);
});

test("libsvm is bounded, and its broken lines are noted", async () => {
  const some = await take("1 1:2 2:3\n".repeat(50) + "oops here\n1 1:2\n", { name: "a.svm" });
  assert.deepEqual([some.notes.length, some.notes[0].line], [1, 51]);
  assert.match((await take("1 1:2 9999:3\n", { name: "a.svm" })).problem, /indices up to 9999.*10000/);
  assert.equal((await take("1 1:2 9998:3\n", { name: "a.svm" })).problem, null);
  const many = `1 1:1 9998:1\n`.repeat(2_501);
  assert.match(
    (await take(many, { name: "a.svm", piece: 30_000 })).problem,
    /2501 rows of 9998 features.*25 million cells/,
  );
  assert.equal((await take(many.slice(0, -13), { name: "a.svm", piece: 30_000 })).problem, null);
});

test("times and prices are no libsvm", async () => {
  for (const text of ["5 10:15\n6 11:20\n", "1 2 3\n4 5 6\n", "a 1:2 2:3\nb 1:2 2:4\n"])
    assert.equal((await take(text, { name: "a.txt" })).entry("format").value, "delimited", text);
});

test("a format chosen by hand is taken, and one that is none is refused", async () => {
  const got = await take("1 1:2\n", { read: { format: "libsvm" } });
  assert.deepEqual([got.entry("format").isChosen, got.entry("format").value], [true, "libsvm"]);
  assert.equal((await take('[{"a":1}]', { read: { format: "delimited" } })).entry("format").value, "delimited");
  assert.match(
    (await take("a,b\n", { read: { format: "parquet" } })).problem,
    /data\.read\.format.*“parquet”.*delimited, json/,
  );
});

test("compressed files are unpacked as they stream, and a broken one is named", async () => {
  const text = `name,price\n${"tea,3\n".repeat(30_000)}`;
  const packed = gzipSync(utf8(text));
  const got = await take(packed, { name: "shop.csv.gz", piece: 50 });
  assert.equal(got.text, text);
  assert.equal(got.rows, 30_001);
  assert.match(got.entry("format").sentence, /unpacked \(gzip\)/);
  assert.deepEqual(linesOf(await take(gzipSync('[{"a":1}]'), { name: "a.json.gz" })), ["a", "1"]);
  assert.equal(
    (await take(gzipSync(utf16("a\tb\n1\t2\n".repeat(9))), { name: "a.tsv.gz" })).entry("encoding").value,
    "utf-16le",
  );
  const broken = await take(packed.subarray(0, packed.length - 20), { name: "shop.csv.gz", piece: 50 });
  assert.match(broken.problem, /shop\.csv\.gz can’t be unpacked.*damaged or incomplete/);
  assert.match((await take(gzipSync("%PDF-1.4"), { name: "a.pdf.gz" })).problem, /a\.pdf is a PDF/);
  assert.match((await take(gzipSync(""), { name: "a.csv.gz" })).problem, /a\.csv is empty/);
});

const bytes = (latin) => Uint8Array.from(latin, (letter) => letter.charCodeAt(0));
const zip = (name) =>
  bytes(`PK\x03\x04${"\0".repeat(22)}${String.fromCharCode(name.length)}\0\0\0${name}${"\x07".repeat(40)}`);

for (const [name, file, what] of [
  ["nothing.csv", new Uint8Array(), /nothing\.csv is empty.*Choose a file/],
  ["zeros.csv", new Uint8Array(5000), /nothing but zeros.*not saved or copied completely/],
  ["page.html", bytes("\n<!DOCTYPE html><html><body><table>"), /web page \(HTML\).*copy the cells/],
  ["table.htm", bytes("<table><tr><td>1"), /web page/],
  ["table.md", bytes("| size | color |\n|---|:--:|\n| 8 | blue |\n"), /Markdown table.*line of dashes/],
  ["notes.md", bytes("# Results\n\na | b\n--- | ---\n1 | 2\n"), /Markdown table/],
  ["a.xml", bytes("<?xml version='1.0'?><rows/>"), /is XML.*CSV or JSON/],
  ["a.pdf", bytes("%PDF-1.7\n"), /PDF document.*paste them here/],
  ["a.png", bytes("\x89PNG\r\n\x1a\n"), /picture \(PNG\)/],
  ["a.jpg", bytes("\xff\xd8\xff\xe0"), /picture \(JPEG\)/],
  ["a.gif", bytes("GIF89a\x01\0\x01\0"), /picture \(GIF\)/],
  ["a.webp", bytes("RIFF\x10\0\0\0WEBPVP8 "), /picture \(WebP\)/],
  ["a.zip", zip("data.csv"), /ZIP archive \(with data\.csv\).*Unpack it/],
  ["a.npz", zip("x.npy"), /NumPy archive/],
  ["a.docx", zip("word/document.xml"), /Word document/],
  ["a.parquet", bytes("PAR1\x15\x04"), /Parquet.*read_parquet/],
  ["a.feather", bytes("ARROW1\0\0"), /Arrow/],
  ["a.db", bytes("SQLite format 3\0\x10"), /SQLite database.*sqlite3/],
  ["a.npy", bytes("\x93NUMPY\x01\0"), /NumPy array.*savetxt/],
  ["a.pkl", bytes("\x80\x04\x95\x10"), /pickle.*to_csv/],
  ["a.rds", gzipSync(bytes("X\n\0\0\0\x03")), /R object.*write\.csv/],
  ["a.RData", gzipSync(bytes("RDX3\nX\n\0")), /R workspace/],
  ["a.sav", bytes("$FL2@(#) SPSS"), /SPSS/],
  ["a.dta", bytes("<stata_dta><header>"), /Stata/],
  ["a.h5", bytes("\x89HDF\r\n\x1a\n"), /HDF5/],
  ["a.tar.gz", gzipSync(bytes(`data.csv${"\0".repeat(249)}ustar\0`)), /tar archive/],
  ["a.7z", bytes("7z\xbc\xaf\x27\x1c"), /7-Zip/],
  ["a.lfs", bytes("version https://git-lfs.github.com/spec/v1\noid sha256:1\n"), /Git LFS/],
  ["a.bin", bytes("\x01\x02\x03\x04\x05\x06\x07abcdef".repeat(9)), /not text: 54% of its first bytes/],
]) {
  test(`${name} is named for what it is`, async () => {
    const { problem, isFreed } = await take(file, { name });
    assert.match(problem, what);
    assert.ok(problem.startsWith(name.replace(/\.gz$/, "")), problem);
    assert.equal(isFreed, false);
  });
}

test("headers that look like signatures are headers", async () => {
  for (const text of [
    "ORC,height\n1,2\n",
    "ID3,b\n1,2\n",
    "RDX\n1\n2\n",
    "PAR1;x\n1;2\n",
    "a|b\n1|2\n--|-\n",
    "BM,II\n1,2\n",
    "<5,>5\n1,2\n",
  ]) {
    assert.equal((await take(text)).problem, null, text);
  }
});

test("a long line of numbers is looked at once, whatever ends it", () => {
  // With two ways to read each number, one line of thirty would take longer than a test may.
  const line = (/** @type {string} */ end) =>
    [...Array.from({ length: 2000 }, (_, i) => String(1234 + i)), end].join(",");
  for (const end of ["yes", "1:x", "nan:", ""])
    assert.equal(recognizeText(`${line(end)}\n${line(end)}\n`, "wide.csv").format, "delimited");
  assert.equal(recognizeText("1 1:0.5 3:2\n-1 2:1e-3 4:.5\n", "few.txt").format, "libsvm");
});
