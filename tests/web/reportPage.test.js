// The report as a page: what users named is text in it, nothing is asked for, and nothing of a locked test set is told.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { digestOf, sha256 } from "../../www/base/sha256.js";
import { dataCard, modelCard, receipt } from "../../www/features/report/cards.js";
import { curveOf } from "../../www/features/report/curve.js";
import { pageOf } from "../../www/features/report/page.js";
import { defaultsFor } from "../../www/settings/spec.js";

const HOSTILE = [
  "</style><script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "</pre></section><base href='https://example.org'>",
  '"onmouseover="alert(1)',
  "&lt;b&gt;",
  "\u202ecod.exe",
  "\ud800\u0000${x}",
];

test("names and texts of users are text in the page, wherever they stand", () => {
  for (const name of HOSTILE) {
    const table = { head: ["", name], rows: [[name, name]] };
    const part = { title: name, facts: [`${name}: ${name}`, name], tables: [table], words: [name], text: name };
    const page = pageOf({ language: "en", title: name, about: [name], parts: [part] });
    const tags = [...page.matchAll(/<\/?([a-z]\w*)/gi)].map(([, tag]) => tag.toLowerCase());
    for (const tag of ["script", "img", "base", "b", "iframe", "link", "a"])
      assert.ok(!tags.includes(tag), `${name}: ${tag}`);
    assert.equal(tags.filter((tag) => tag === "style").length, 2, name);
    assert.ok(!/<[^>]*\son\w+=/.test(page.replace(/="[^"]*"/g, "")), name);
    assert.ok(!/[\u0000\u202e]/.test(page) && page.isWellFormed(), name);
    assert.equal(page.match(/<section/g).length, page.match(/<\/section>/g).length, name);
  }
});

test("a page asks for nothing: no address in an attribute or its style, and a policy that forbids it", () => {
  const page = pageOf({ language: "de", title: "T", about: ["https://example.org/#x"], parts: [] });
  assert.ok(!/(src|href|srcset|action|data)=|url\(|@import/i.test(page));
  assert.match(page, /default-src 'none'; style-src 'unsafe-inline'/);
  assert.match(page, /<html lang="de">/);
});

test("a fact with a name is a name and its value, a sentence stays one", () => {
  const page = pageOf({
    language: "en",
    title: "T",
    about: [],
    parts: [{ title: "P", facts: ["Seed: 7", "All of it."] }],
  });
  assert.match(page, /<dl><dt>Seed<\/dt><dd>7<\/dd><\/dl><ul><li>All of it\.<\/li><\/ul>/);
});

test("a curve's path goes through its points, and leaves out what is not finite", () => {
  const lines = [{ name: "a", kind: /** @type {const} */ ("training"), values: [1, NaN, 0.5, 0] }];
  const svg = curveOf([0, 1, 2, 10], lines, { label: "<L>", axis: "Epoch" });
  const [, path] = /class="training" d="([^"]*)"/.exec(svg);
  const points = [...path.matchAll(/([ML])([\d.]+) ([\d.]+)/g)].map(([, move, x, y]) => [move, Number(x), Number(y)]);
  assert.deepEqual(
    points.map(([move]) => move),
    ["M", "M", "L"],
  );
  assert.deepEqual(points.at(-1).slice(1), [616, 224]); // epoch 10 of 10, and no loss
  assert.ok(points[0][2] < points[1][2] && points[1][2] < 224);
  assert.ok(svg.includes("&lt;L&gt;") && !svg.includes("NaN"));
  assert.equal(
    curveOf([0, 1], [{ name: "a", kind: "test", values: [1e300, Infinity] }], { label: "", axis: "" }).includes("NaN"),
    false,
  );
});

test("SHA-256 by hand is that of others, at every length around a block's end", async () => {
  for (const size of [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1000, 70_001]) {
    const bytes = Uint8Array.from({ length: size }, (_, i) => i * 31 + 7);
    const wanted = createHash("sha256").update(bytes).digest("hex");
    assert.equal(Buffer.from(digestOf(bytes)).toString("hex"), wanted, `${size}`);
    assert.equal(await sha256(bytes), wanted);
  }
  assert.equal(await sha256("ä"), createHash("sha256").update("ä").digest("hex"));
});

/** @returns {any} */
const state = (more = {}) => ({
  settings: { ...defaultsFor("circle"), seed: 11 },
  description: {
    task: "classification",
    classes: 2,
    classNames: ["<no>", "yes"],
    target: "ill",
    columns: ["age"],
    columnKinds: ["number"],
    domain: [[1, 90]],
    inputNames: ["age"],
    rows: { train: 40, validation: 0, test: 10 },
    layers: [
      { type: "dense", inputs: 1, outputs: 1, activation: "linear", weight: { shape: [1, 1] }, bias: { shape: [1] } },
    ],
    parameterCount: 2,
  },
  frame: { epoch: 3, step: 12, parameters: Float32Array.of(1, -2.5) },
  table: { title: "t", description: null },
  engine: { engine: "cpu" },
  lock: null,
  ...more,
});

test("the model card says what is known of new rows: locked, open, viewed before, or only rows that were learned from", () => {
  const words = (more) => modelCard(state(more)).words.join(" ");
  assert.match(
    words({ lock: { isOpen: false, looks: 0 } }),
    /locked.*All figures are of rows that the model learned from/,
  );
  assert.match(words({}), /has 10 rows that the model never learned from/);
  assert.ok(!/never learned/.test(words({ lock: { isOpen: false, looks: 0 } })));
  assert.match(words({ lock: { isOpen: true, looks: 3 } }), /views so far: 3/);
  const { facts, tables } = modelCard(state());
  assert.deepEqual(facts[0], "Predicts: ill: one of <no>, yes");
  assert.deepEqual(tables[0].rows, [["1", "dense", "1", "1", "linear", "2"]]);
});

test("the data card has each column's figures, and where a built-in set is from", () => {
  const columns = [
    { name: "age", kind: "number", unit: null, missing: 2, distinct: 30, min: 1, median: 40, max: 90, categories: [] },
    { name: "city", kind: "category", unit: null, missing: 0, distinct: 2, categories: [{ name: "Ulm", count: 7 }] },
  ];
  const own = { ...state(), settings: defaultsFor("table"), table: { title: "t", description: { columns } } };
  assert.deepEqual(dataCard(own, null).tables[0].rows, [
    ["age", "Number", "2", "30", "1", "40", "90", "–"],
    ["city", "Category", "0", "2", "–", "–", "–", "Ulm (7)"],
  ]);
  assert.match(dataCard(own, null).facts[0], /opened in the browser/);
  assert.match(
    dataCard(own, { origin: "o", reference: "r", license: "l" }).facts.join(),
    /Origin: o,Reference: r,License: l/,
  );
});

test("the receipt has the seed and hashes that others can compute", async () => {
  const file = "a,b\n1,2\n";
  const given = { ...state(), settings: { ...defaultsFor("table"), seed: 11 } };
  const playground = /** @type {any} */ ({
    store: { get: () => given },
    tables: { origin: { title: "x.csv", open: async () => new Blob([file]) } },
  });
  const { facts, text } = await receipt(playground, "https://example.org/#seed=11");
  const of = (given) => createHash("sha256").update(given).digest("hex");
  const all = facts.join("\n");
  assert.match(all, /Seed: 11/);
  assert.ok(all.includes(of(Buffer.from(Float32Array.of(1, -2.5).buffer))), "weights");
  assert.ok(all.includes(of(file)), "rows");
  assert.ok(all.includes(of(text)) && JSON.parse(text).seed === 11, "Spec");
  playground.tables.origin.open = () => Promise.reject(new Error("gone"));
  assert.match((await receipt(playground, "")).facts.join("\n"), /of t: the file can no longer be read/);
});
