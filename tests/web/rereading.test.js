// How a file is read, chosen by hand: remembered in the link, read again from the same bytes, and what no longer fits named.
import assert from "node:assert/strict";
import test from "node:test";
import { TableInspector } from "../../www/features/data/tableInspector.js";
import { History } from "../../www/session/history.js";
import { declaredKinds } from "../../www/session/rereading.js";
import { specFrom } from "../../www/settings/spec.js";
import { readHash, writeHash } from "../../www/settings/url.js";
import "../../www/features/data/worker/formats/converters.js"; // so that it is there at once when it is asked for
import { settle } from "./support.js";
import { setUp as setUpPage } from "./tablePage.js";

const MIXED = ["a;b,c,kind", ...Array.from({ length: 12 }, (_, i) => `${i};${i % 3},${i},${i % 2 ? "x" : "y"}`)].join(
  "\n",
);
const ROWS = ["a,b,kind", ...Array.from({ length: 12 }, (_, i) => `${i},${i % 3},${i % 2 ? "x" : "y"}`)].join("\n");

/** The page, and the inspector on which its table is looked at. */
async function setUp(hash = "", sets = {}) {
  const page = await setUpPage(hash, { sets });
  return { ...page, inspector: new TableInspector(page.playground) };
}

const names = (state) => state().table.description.columns.map(({ name }) => name);
const aspect = (state, wanted) => state().table.description.reading.find(({ key }) => key === wanted);

test("what was guessed is said, a choice by hand reads the same file again, and is in link and Spec", async () => {
  const { inspector, state, open, links } = await setUp();
  await open(MIXED);
  assert.deepEqual(
    state().table.description.reading.map(({ key }) => key),
    ["encoding", "format", "delimiter"],
  );
  assert.deepEqual([aspect(state, "delimiter").isChosen, names(state)], [false, ["a;b", "c", "kind"]]);
  inspector.setRead("delimiter", ";");
  await settle(120);
  assert.deepEqual([aspect(state, "delimiter").isChosen, names(state)], [true, ["a", "b,c,kind"]]);
  assert.deepEqual(specFrom(state().settings).data.read, { delimiter: ";" });
  assert.deepEqual([state().run.state, state().table.title, state().table.isRereading], ["ready", "mine.csv", false]);
  assert.deepEqual(readHash(links.at(-1)).settings.read, { delimiter: ";" });
  inspector.setRead("delimiter", "auto");
  await settle(120);
  assert.deepEqual([names(state), state().settings.read, links.at(-1)], [["a;b", "c", "kind"], {}, "source=table"]);
});

test("target, kinds, cleaning steps, features and axes stay where their columns do, and the others are named", async () => {
  const { playground, inspector, state, open } = await setUp();
  await open(`${MIXED}\n`);
  playground.setAll({
    target: "kind",
    kinds: { c: "category", "a;b": "ignore" },
    clean: [{ fix: "drop-missing", column: "c" }],
    features: ["c", { formula: "a * c" }],
  });
  await settle(120);
  inspector.setRead("delimiter", ";");
  await settle(160);
  const { target, kinds, clean, features } = state().settings;
  assert.deepEqual([target, kinds, clean, features], [null, {}, [], [{ formula: "a * c" }]]);
  assert.match(
    state().notice.text,
    /no place for the target “kind”, the kind of “c”, “a;b”, 1 of 1 fixes, the features “c”\. These settings were taken back/,
  );
  assert.equal(state().hand.target, null);
});

test("a choice that fits keeps all of it, without a word", async () => {
  const { playground, inspector, state, open } = await setUp();
  await open(ROWS);
  playground.setAll({
    target: "a",
    kinds: { b: "category" },
    axes: ["a", "b"],
    clean: [{ fix: "drop-rows", rows: [1] }],
  });
  await settle(120);
  inspector.setRead("delimiter", ",");
  await settle(120);
  assert.deepEqual(
    [state().settings.target, state().settings.kinds, state().settings.axes, state().settings.clean.length],
    ["a", { b: "category" }, ["a", "b"], 1],
  );
  assert.equal(state().notice, null);
});

test("while it is read again the table stays in sight, and where that fails it stays as it was", async () => {
  const { inspector, playground, state, open } = await setUp();
  await open(ROWS);
  const seen = [];
  playground.store.subscribe(({ table }) =>
    seen.push([table.phase, table.isRereading ?? false, Boolean(table.description)]),
  );
  inspector.setRead("format", "json");
  await settle(160);
  assert.ok(seen.some(([, isRereading]) => isRereading));
  assert.ok(
    seen.every(([phase, , isDescribed]) => phase === "ready" && isDescribed),
    JSON.stringify(seen),
  );
  assert.deepEqual([state().settings.read, names(state), state().table.isRereading], [{}, ["a", "b", "kind"], false]);
  assert.match(state().notice.text, /mine\.csv is broken JSON/);
  assert.notEqual(state().run.state, "failed");
});

test("a link's choices wait for its file; where they don't fit it, it is read as it looks, and that is said", async () => {
  const link = writeHash({ ...readHash("source=table").settings, read: { delimiter: ";" }, target: "a" });
  const { state, open } = await setUp(link);
  await open(MIXED);
  assert.deepEqual([names(state), state().settings.read], [["a", "b,c,kind"], { delimiter: ";" }]);
  const other = await setUp('source=table&read={"format":"json"}');
  await other.open(ROWS);
  assert.deepEqual([names(other.state), other.state().settings.read], [["a", "b", "kind"], {}]);
  assert.match(other.state().notice.text, /does not fit this file\. mine\.csv is broken JSON.*detected settings/);
});

test("real sets are read as a link has it, a new worker as before, and another file on its own", async () => {
  const { state, workers, open } = await setUp('source=iris&read={"delimiter":";"}', { iris: MIXED });
  assert.deepEqual(names(state), ["a", "b,c,kind"]);
  workers.at(-1).crash("out of memory");
  await settle(200);
  assert.deepEqual(names(state), ["a", "b,c,kind"]);
  await open(ROWS);
  assert.deepEqual([names(state), state().settings.read], [["a", "b", "kind"], {}]);
});

test("undo reads it as it was", async () => {
  const { playground, inspector, state, open } = await setUp();
  await open(MIXED);
  const history = new History(playground, () => 0);
  inspector.setRead("delimiter", ";");
  await settle(120);
  history.undo();
  await settle(160);
  assert.deepEqual([names(state), state().settings.read], [["a;b", "c", "kind"], {}]);
});

test("a number that the file declares to be a name is one, and nothing else of it", async () => {
  const columns = [
    ["a", "number"],
    ["b", "number"],
    ["c", "category"],
  ].map(([name, inferred]) => ({ name, inferred }));
  assert.deepEqual(
    declaredKinds(/** @type {any} */ ({ columns, declared: { a: "category", b: "number", c: "category" } })),
    { kinds: { a: "category" } },
  );
  assert.deepEqual(declaredKinds(/** @type {any} */ ({ columns, declared: {} })), {});
  const { state, open } = await setUp();
  const rows = Array.from({ length: 20 }, (_, i) => `${i},${i % 2}`).join("\n");
  await open(`@relation a\n@attribute x numeric\n@attribute y {0,1}\n@data\n${rows}\n`, "a.arff");
  assert.deepEqual([state().settings.kinds, state().settings.foundTask], [{ y: "category" }, "classification"]);
});
