// New rows, scored by a trained run: matched by names, read as its training rows were, nothing dropped without a word.
import assert from "node:assert/strict";
import fs from "node:fs";
import { test } from "node:test";
import { WRITTEN } from "../../www/base/asWritten.js";
import * as full from "../../www/worker/full.js";
import { placeOfName } from "../../www/features/export/newRows/columns.js";
import { guarded, lineOf } from "../../www/features/export/newRows/csv.js";
import { judgedWords, matchedWords } from "../../www/features/export/newRows/said.js";
import { scoreRows } from "../../www/features/export/newRows/worker.js";

const bytesOf = (name) => fs.readFileSync(new URL(`../../www/${name}`, import.meta.url));
await full.start(new WebAssembly.Module(bytesOf("pkg-full/trainyard_bg.wasm")));

const tableOf = (bytes, read = {}) => {
  const reader = full.createReader(read);
  reader.push(bytes);
  return reader.finish();
};
const NUMBERS = ["bill length (mm)", "bill depth (mm)", "flipper length (mm)", "body mass (g)"];
const PENGUINS = {
  data: {
    source: "table",
    target: "species",
    clean: [
      ...NUMBERS.map((column) => ({ fix: "impute", column, by: "median" })),
      { fix: "merge", column: "island", from: ["Torgersen"], to: "Dream" },
      { fix: "impute", column: "sex", by: "mode" },
    ],
    split: { train: 0.7, validation: 0.1, test: 0.2 },
  },
  model: { layers: [{ type: "dense", units: 6, activation: "tanh" }] },
  training: { batchSize: 10, stop: { maxEpochs: 30 } },
  seed: 3,
};

/** A run of a table or of made data, trained, and what scores rows by it. */
async function trained(spec, csv = null, read = {}) {
  const bytes = csv && new TextEncoder().encode(csv);
  const trainer = await full.createTrainer(spec, bytes ? tableOf(bytes, read) : undefined);
  trainer.advance(100_000, 0);
  const checkpoint = await trainer.checkpoint();
  const table = bytes ? tableOf(bytes, read) : null;
  const engines = {
    cpu: async () => full.createTrainer(spec, table.share()),
    full: async () => full.createTrainer(spec),
    tables: async () => ({ given: async () => ({ spec, rows: table }) }),
  };
  const shares = [];
  const score = (text, { signal = new AbortController().signal, isSealed = false, turn = async () => {} } = {}) =>
    scoreRows(
      /** @type {any} */ ({ engines, clock: { now: () => 0, turn }, signal }),
      /** @type {any} */ ({ spec, bytes: checkpoint, file: new Blob([text]), name: "new.csv", isSealed }),
      async () => full,
      ({ share }) => shares.push(share),
    );
  return { trainer, score, shares };
}

const csv = bytesOf("data/penguins.csv").toString();
const lines = csv.trimEnd().split("\n");
const cellsOf = (line) => line.split(",");
const written = async (scored) => (await scored.file.text()).trimEnd().split("\n").map(cellsOf);

test("rows that the model knows are predicted as it predicts them, in any order of columns, beside their own cells", async () => {
  const { trainer, score, shares } = await trained(PENGUINS, csv);
  const turned = lines.map((line) => cellsOf(line).toReversed().join(","));
  const scored = await score(turned.join("\n"));
  assert.equal(scored.rows, lines.length - 1);
  assert.deepEqual([scored.missing, scored.extra, scored.renamed, scored.unseen, scored.unread], [[], [], [], [], []]);
  const { inputs, tableRows } = trainer.points();
  const { outputs, classes } = await trainer.classify(inputs);
  const { classNames } = trainer.describe();
  const [head, ...rows] = await written(scored);
  assert.deepEqual(head.slice(-4), ["predicted species", ...classNames.map((name) => `probability ${name}`)]);
  tableRows.forEach((row, i) => {
    assert.deepEqual(rows[row].slice(0, -4), cellsOf(turned[row + 1]));
    assert.equal(rows[row].at(-4), classNames[classes[i]]);
    const apart = rows[row].slice(-3).map((cell, j) => Math.abs(Number(cell) - outputs[i * 3 + j]));
    assert.ok(
      apart.every((one) => one < 1e-6),
      `row ${row}: ${apart}`,
    );
  });
  assert.ok(shares.length > 2 && shares.every((share, i) => share >= (shares[i - 1] ?? 0)) && shares.at(-1) === 1);
  assert.deepEqual(
    scored.gaps.map(({ column, isFilled }) => [column, isFilled]),
    [...NUMBERS, "sex"].map((column) => [column, true]),
  );
});

test("missing, further and renamed columns, unseen names, and cells that are no numbers are each said", async () => {
  const { score } = await trained(PENGUINS, csv);
  const scored = await score(
    [
      "ISLAND,bill length (mm),bill depth (mm),flipper length (mm),sex,year,note",
      "Atlantis,40,18,190,male,2008,=1+1",
      "Torgersen,long,18,190,male,2008,a",
      "Biscoe,,18,190,,2008,b",
    ].join("\n"),
  );
  assert.deepEqual(scored.missing, ["body mass (g)"]);
  assert.deepEqual(scored.unfilled, []);
  assert.deepEqual(scored.extra, ["note"]);
  assert.deepEqual(scored.renamed, [["ISLAND", "island"]]);
  assert.deepEqual(scored.unseen, [{ column: "island", names: ["Atlantis"], rows: 1 }]);
  assert.deepEqual(scored.unread, [{ column: "bill length (mm)", texts: ["long"], rows: 1 }]);
  assert.deepEqual(scored.gaps, [
    { column: "bill length (mm)", rows: 1, isFilled: true },
    { column: "sex", rows: 1, isFilled: true },
  ]);
  assert.equal(scored.unpredicted, 0);
  assert.equal(scored.judged, null);
  const [, ...rows] = await written(scored);
  assert.equal(rows[0][6], `"'=1+1"`);
  const words = matchedWords(scored, ["island", "sex"]).join(" ");
  for (const part of ["body mass (g)", "ISLAND", "Atlantis", "long", "note"]) assert.ok(words.includes(part), part);
});

test("a gap that nothing fills leaves its row without a prediction, and says so", async () => {
  const spec = { ...PENGUINS, data: { ...PENGUINS.data, clean: [] } };
  const { score } = await trained(spec, csv);
  const head = lines[0];
  const scored = await score([head, lines[1], lines[1].replace(/(?<=^[^,]*,[^,]*,)[^,]*/, "")].join("\n"));
  assert.equal(scored.unpredicted, 1);
  const [, ...rows] = await written(scored);
  assert.ok(rows[0].at(-1) !== "" && rows[1].slice(-4).every((cell) => cell === ""), rows[1].join());
  const nameless = await score([head, lines[1].replace(/[^,]*(?=,[^,]*,[^,]*$)/, "")].join("\n"));
  assert.deepEqual(nameless.gaps, [{ column: "sex", rows: 1, isFilled: false }]);
  assert.equal(nameless.unpredicted, 0);
  assert.match(matchedWords(nameless, ["island", "sex"])[0], /^sex: 1 missing value counts as none of the known names/);
  const without = await score(["island,sex,year", "Biscoe,male,2008"].join("\n"));
  assert.deepEqual(without.unfilled, NUMBERS);
  assert.equal(without.unpredicted, 1);
});

test("with the target there is a score; locked test rows are left out of it, training rows are counted", async () => {
  const { trainer, score } = await trained(PENGUINS, csv);
  const { rows } = trainer.describe();
  const open = (await score(csv)).judged;
  assert.equal(open.sealed, 0);
  assert.equal(open.rows + open.unknown, lines.length - 1);
  const sealed = (await score(csv, { isSealed: true })).judged;
  assert.ok(sealed.sealed >= rows.test, `${sealed.sealed}`);
  assert.ok(sealed.learned >= rows.train - 2 && sealed.learned <= sealed.rows);
  // All that is left are rows that it learned from and validation rows.
  assert.ok(sealed.rows <= rows.train + rows.validation);
  const test = trainer.points().part;
  const only = [...trainer.points().tableRows].filter((_, i) => test[i] === 2);
  const none = (await score([lines[0], ...only.map((row) => lines[row + 1])].join("\n"), { isSealed: true })).judged;
  assert.equal(none.scores, null);
  assert.equal(none.sealed, only.length);
  assert.match(judgedWords(none, null).join(" "), /no row is left to judge.*locked test rows/s);
  const figures = await trainer.scores("test", { intervals: false });
  const all = (await score([lines[0], ...only.map((row) => lines[row + 1])].join("\n"))).judged;
  assert.ok(Math.abs(all.scores.accuracy - figures.accuracy) < 1e-12);
  assert.match(judgedWords(all, null)[0], /the accuracy is/);
});

test("numbers and dates are read as the training rows were: a comma for decimals, days before months", async () => {
  const rows = Array.from({ length: 90 }, (_, i) => {
    const day = `${String(1 + (i % 28)).padStart(2, "0")}.${String(1 + (i % 12)).padStart(2, "0")}.2024`;
    return `${day};${(i % 10).toString()},${i % 7}5;${(3 * (i % 10) + 0.5).toFixed(1).replace(".", ",")}`;
  });
  const table = ["day;size;price", ...rows].join("\n");
  const spec = {
    data: { source: "table", target: "price", split: { train: 0.8, validation: 0.2 } },
    model: { layers: [{ type: "dense", units: 4, activation: "tanh" }] },
    training: { batchSize: 10, stop: { maxEpochs: 20 } },
    seed: 1,
  };
  const { trainer, score } = await trained(spec, table);
  const { inputs, tableRows } = trainer.points();
  const answers = await trainer.predict(inputs);
  // One row alone, that could be read in several ways: 02.03. and 3,45.
  const row = 31;
  assert.match(rows[row], /^04\.08\.2024;1,35/);
  const [, [...cells]] = await (async () => {
    const text = await (await score(["size;day;price", `1,35;04.08.2024;3,5`].join("\n"))).file.text();
    return text
      .trimEnd()
      .split("\n")
      .map((line) => [...line.matchAll(/"([^"]*)"|([^,]+)/g)].map(([, a, b]) => a ?? b));
  })();
  assert.deepEqual(cells.slice(0, 3), ["1,35", "04.08.2024", "3,5"]);
  assert.ok(Math.abs(Number(cells[3]) - answers[tableRows.indexOf(row)]) < 1e-5, `${cells[3]}`);
});

test("made data take their two columns; images are refused", async () => {
  const spec = {
    data: { source: "circle" },
    model: { layers: [3] },
    training: { batchSize: 10, stop: { maxEpochs: 5 } },
    seed: 1,
  };
  spec.model.layers = [{ type: "dense", units: 3, activation: "tanh" }];
  const { trainer, score } = await trained(spec);
  const scored = await score("y,x\n0.5,-2\n1,1\n");
  const answers = await trainer.predict(Float64Array.of(-2, 0.5, 1, 1));
  const [head, ...rows] = await written(scored);
  assert.deepEqual(head, ["y", "x", "predicted target", "probability 0", "probability 1"]);
  rows.forEach((row, i) => assert.ok(Math.abs(Number(row[4]) - answers[i]) < 1e-6));
});

test("a file that has none of the columns, and one that is no table, say what is wrong", async () => {
  const { score } = await trained(PENGUINS, csv);
  await assert.rejects(score("a,b\n1,2\n3,4\n"), /No column of the file has a name that the model uses.*island.*a, b/s);
  await assert.rejects(score(new Uint8Array([137, 80, 78, 71, 13, 10, 26, 10, 0, 0])), /\w{3,}/);
});

test("a hundred thousand rows go on their way piece by piece, and stop when they are canceled", async () => {
  const { score, shares } = await trained(PENGUINS, csv);
  const many = [lines[0], ...Array.from({ length: 100_000 }, (_, i) => lines[1 + (i % (lines.length - 1))])].join("\n");
  const scored = await score(many);
  assert.equal(scored.rows, 100_000);
  assert.equal((await written(scored)).length, 100_001);
  assert.ok(shares.length > 40);
  const stop = new AbortController();
  let turns = 0;
  const turn = async () => {
    if (++turns === 30) stop.abort();
  };
  assert.equal(await score(many, { signal: stop.signal, turn }), null);
  assert.equal(turns, 30);
});

test("a name's place follows the cleaning steps of its column", () => {
  const names = ["a", "b", "other", "3"];
  const steps = [
    { fix: "merge", column: "c", from: ["x"], to: "y" },
    { fix: "merge", column: "d", from: ["a"], to: "b" },
    { fix: "merge", column: "c", from: ["y"], to: "b" },
  ];
  assert.deepEqual(
    ["x", "y", "a", "z", "3.0", "03"].map((name) => placeOfName(name, "c", names, steps)),
    [1, 1, 0, -1, 3, -1],
  );
  const grouped = [...steps, { fix: "group", column: "c", to: "other" }];
  assert.deepEqual(
    ["x", "z"].map((name) => placeOfName(name, "c", names, grouped)),
    [1, 2],
  );
});

test("cells are written as the core writes them: no spreadsheet runs one as a formula", () => {
  const texts = [
    "=1+1",
    "+cmd",
    "-x",
    "@a",
    "-5",
    "+5.5",
    "-1,234",
    "-",
    "\ttab",
    "plain",
    'a"b',
    "a,b",
    "",
    "'x",
    " pad ",
    "#c",
    "-.5",
    "1e5",
    "-1e5",
    "+-1",
  ];
  const table = tableOf(
    new TextEncoder().encode(`h,i\n${texts.map((one) => `"${one.replaceAll('"', '""')}",z`).join("\n")}\n`),
    WRITTEN,
  );
  const count = texts.length;
  const own = [["h", "i"], ...table.cells(0, count)].map(lineOf).join("");
  assert.equal(own, table.csv());
  assert.equal(guarded("=HYPERLINK()"), "'=HYPERLINK()");
});
