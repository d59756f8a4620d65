// Tables from file to run: worker, page and playground together, with doubles of the package's tables.
import assert from "node:assert/strict";
import test from "node:test";
import { setOf } from "../../www/data/sets.js";
import { VERSION } from "../../www/session/protocol.js";
import { SET_NAMES } from "../../www/data/setNames.static.js";
import { defaultsFor, specFrom } from "../../www/settings/spec.js";
import { isTable } from "../../www/settings/tableNames.js";
import { readHash, writeHash } from "../../www/settings/url.js";
import { inlineRunner, settle } from "./support.js";
import { FakeTable } from "./fakeTable.js";
import { FLOWERS, HOUSES, setUp } from "./tablePage.js";

const bytes = (text) => new TextEncoder().encode(text);

// The worker's side

async function reading(text = FLOWERS, name = "table") {
  const runner = inlineRunner();
  runner.send({ type: "hello", version: VERSION, core: null });
  runner.send({ type: "tableStart", id: 1, name });
  await settle();
  runner.send({ type: "tableBytes", bytes: bytes(text) });
  runner.send({ type: "tableEnd", id: 2, data: {} });
  await settle();
  return runner;
}

const reply = (runner, id) => runner.events.find((event) => event.type === "reply" && event.id === id);

test("a table is read in pieces, described, and asked", async () => {
  const runner = await reading();
  assert.equal(reply(runner, 1).ok, true);
  const { rows, target, task, columns } = reply(runner, 2).value;
  assert.deepEqual([rows, target, task], [6, "kind", "classification"]);
  assert.equal(columns[1].missing, 1);
  runner.send({ type: "table", id: 3, ask: "cells", from: 1, count: 2 });
  runner.send({ type: "table", id: 6, ask: "cells", from: 1, count: 2, first: 1, columns: 1 });
  runner.send({ type: "table", id: 4, ask: "doctor", data: {} });
  runner.send({ type: "table", id: 5, ask: "constructor" });
  await settle();
  assert.deepEqual(reply(runner, 3).value, [
    ["4.9", "", "a"],
    ["6.2", "2.9", "b"],
  ]);
  assert.deepEqual(reply(runner, 6).value, [[""], ["2.9"]]);
  assert.equal(reply(runner, 4).value[0].kind, "missing");
  assert.match(reply(runner, 5).error.message, /can’t be asked/);
});

test("the doctor looks between other messages: he tells how far he is, is stopped, and a newer question takes his place", async () => {
  const runner = await reading();
  const ask = (/** @type {number} */ id, /** @type {string} */ what, more = {}) =>
    runner.send({ type: "table", id, ask: what, ...more });
  const before = FakeTable.examinationsFreed;
  ask(4, "doctor", { data: {} });
  ask(5, "examined");
  ask(6, "stopDoctor");
  await settle();
  assert.ok(reply(runner, 5).value > 0 && reply(runner, 5).value < 1, String(reply(runner, 5).value));
  assert.deepEqual([reply(runner, 4).ok, reply(runner, 4).error.code], [false, "cancelled"]);
  assert.equal(reply(runner, 6).ok, true);
  ask(7, "doctor", { data: {} });
  ask(8, "doctor", { data: { clean: [{ fix: "drop-missing", column: "width" }] } });
  await settle();
  assert.equal(reply(runner, 7).error.code, "cancelled");
  assert.deepEqual(reply(runner, 8).value, []);
  ask(9, "examined");
  ask(10, "stopDoctor");
  await settle();
  assert.equal(reply(runner, 9).value, 1, "nothing is under way");
  assert.equal(reply(runner, 10).ok, true);
  assert.equal(FakeTable.examinationsFreed - before, 3, "each is given back");
});

test("a run on a table opens where the rows are, and is refused where they are not", async () => {
  const runner = await reading();
  runner.send({ type: "open", run: 1, spec: specFrom(defaultsFor("table")) });
  await settle();
  runner.send({ type: "open", run: 2, spec: specFrom(defaultsFor("iris")) });
  await settle();
  assert.deepEqual(
    runner.all("opened").map(({ run }) => run),
    [1],
  );
  assert.deepEqual(runner.last("opened").description.columns, ["length", "width"]);
  assert.deepEqual(
    [runner.last("error").code, runner.last("error").run, runner.last("error").fatal],
    ["no-table", 2, false],
  );
});

test("progress is told with the time and with the bytes; what comes after a cancel is dropped", async () => {
  const runner = inlineRunner();
  runner.send({ type: "tableStart", id: 1, name: "table" });
  await settle();
  runner.send({ type: "tableBytes", bytes: bytes("a,b\n1,2\n") });
  await settle();
  assert.equal(runner.all("tableProgress").length, 0);
  runner.time.now = 120;
  runner.send({ type: "tableBytes", bytes: bytes("3,4\n") });
  await settle();
  assert.deepEqual(
    runner.last("tableProgress"),
    { type: "tableProgress", rows: 0, bytes: 12, problem: null },
    "it isn't settled yet what the file is",
  );
  runner.send({ type: "tableBytes", bytes: bytes("5,6\n".repeat(300_000)) });
  await settle();
  assert.equal(runner.last("tableProgress").rows, 300_002);
  assert.equal(runner.all("tableProgress").length, 2);
  runner.send({ type: "tableCancel" });
  runner.send({ type: "tableBytes", bytes: bytes("7,8\n") });
  runner.send({ type: "tableEnd", id: 2, data: {} });
  await settle();
  assert.equal(reply(runner, 2).error.code, "cancelled");
  assert.equal(runner.all("error").length, 0);
});

test("what can't be read is an answer, and the table before stays", async () => {
  const runner = await reading();
  runner.send({ type: "tableStart", id: 10, name: "table" });
  await settle();
  runner.send({ type: "tableBytes", bytes: bytes("only,names\n") });
  runner.send({ type: "tableEnd", id: 11, data: {} });
  await settle();
  assert.match(reply(runner, 11).error.message, /no rows below/);
  runner.send({ type: "table", id: 12, ask: "describe", data: {} });
  await settle();
  assert.equal(reply(runner, 12).value.rows, 6);
});

// The playground

test("a file becomes a run: its columns, its task, a question in the middle of its rows", async () => {
  const { state, open, links } = await setUp();
  await open(FLOWERS);
  assert.deepEqual([state().table.phase, state().table.title, state().settings.source], ["ready", "mine.csv", "table"]);
  assert.deepEqual(state().description.columns, ["length", "width"]);
  assert.equal(state().run.state, "ready");
  assert.equal(state().ask.length, 2);
  assert.ok(state().ask[0] > 4.9 && state().ask[0] < 7);
  assert.equal(state().frame.outputs.length, 100 * 100 + 1);
  assert.equal(links.at(-1), "source=table");
});

test("a number is told as a number: losses for classes go, and the picture can be against the truth", async () => {
  const { playground, state, open } = await setUp("loss=hinge");
  await open(HOUSES);
  assert.equal(state().settings.foundTask, "regression");
  assert.equal(state().settings.loss, "auto");
  assert.equal(specFrom(state().settings).training.labelSmoothing, undefined);
  await open(["a,b,y", ...Array.from({ length: 12 }, (_, i) => `${i},${i % 3},${2 * i}.5`)].join("\n"));
  playground.set("picture", "truth");
  await settle(60);
  assert.equal(state().frame.outputs.length, 100 * 100 + 1 + state().points.targets.length);
});

test("axes change the picture and not the run", async () => {
  const { playground, state, open } = await setUp();
  await open(
    ["a,b,c,kind", ...Array.from({ length: 20 }, (_, i) => `${i},${i * 10},${i * 100},${i % 2 ? "x" : "y"}`)].join(
      "\n",
    ),
  );
  const { description } = state();
  assert.deepEqual(state().view, [
    [0, 19],
    [0, 190],
  ]);
  playground.set("axes", ["c", "a"]);
  await settle(60);
  assert.deepEqual(state().view, [
    [0, 1900],
    [0, 19],
  ]);
  assert.equal(state().description, description);
});

test("another target is another run; kinds and cleaning steps travel in the Spec and the link", async () => {
  const { playground, state, open, links } = await setUp();
  await open(FLOWERS);
  playground.set("target", "length");
  await settle(80);
  assert.deepEqual([state().table.description.task, state().description.columns], ["regression", ["width", "kind"]]);
  playground.set("clean", [{ fix: "drop-missing", column: null }]);
  await settle(80);
  assert.deepEqual(specFrom(state().settings).data.clean, [{ fix: "drop-missing", column: null }]);
  assert.deepEqual(readHash(links.at(-1)).settings.clean, [{ fix: "drop-missing", column: null }]);
  assert.equal(readHash(links.at(-1)).settings.target, "length");
});

test("what the table refuses is told and taken back", async () => {
  const { playground, state, open } = await setUp();
  await open(FLOWERS);
  playground.set("target", "height");
  await settle(80);
  assert.match(state().notice.text, /"height" is no column/);
  assert.equal(state().settings.target, null);
  assert.equal(state().run.state, "ready");
});

test("a real set is fetched when it is chosen, by hand or by link", async () => {
  const { playground, state } = await setUp("source=penguins", { sets: { penguins: FLOWERS } });
  assert.deepEqual([state().run.state, state().table.title], ["ready", "Palmer penguins"]);
  assert.deepEqual(state().settings.clean, setOf("penguins")?.clean);
  playground.set("source", "circle");
  await settle(60);
  assert.equal(state().description.columns.length, 2);
  playground.set("source", "iris");
  await settle(80);
  assert.equal(state().run.state, "failed");
  assert.match(state().notice.text, /Iris could not be loaded/);
});

test("a link on the rows that are held is told what these show to be learned, and opens once", async () => {
  const { playground, workers, state, open } = await setUp();
  await open(HOUSES, "houses.csv");
  assert.equal(state().settings.foundTask, "regression");
  playground.openLink("source=table&seed=5", { isAddress: false });
  await settle(80);
  assert.deepEqual([state().settings.foundTask, state().settings.seed], ["regression", 5]);
  assert.equal(state().description.task, "regression");
  assert.equal(state().run.state, "ready");
  assert.equal(workers[0].runner.all("opened").at(-1).description.target, "price");
});

test("a link to somebody's own rows asks for the file, and keeps its settings for it", async () => {
  const { state, open } = await setUp(
    `source=table&target=length&layers=3&axes=${encodeURIComponent('["width","kind"]')}`,
  );
  assert.equal(state().run.state, "failed");
  assert.match(state().notice.text, /Open that file/);
  await open(FLOWERS);
  assert.deepEqual([state().settings.target, state().settings.layers, state().run.state], ["length", [3], "ready"]);
  await open(HOUSES);
  assert.deepEqual([state().settings.target, state().settings.layers], [null, [3]]);
});

test("an empty file, an archive, a table without rows: a sentence, and what was there goes on", async () => {
  const { state, open } = await setUp();
  await open(FLOWERS);
  for (const [blob, words] of [
    ["", /mine\.csv is empty/],
    ["PK\u0003\u0004", /ZIP archive/],
    ["a,b\n", /no rows below/],
  ]) {
    await open(blob);
    assert.match(state().table.problem, words);
    assert.deepEqual([state().table.phase, state().table.description.rows, state().run.state], ["ready", 6, "ready"]);
  }
});

test("reading can be cancelled, and the table before is there again", async () => {
  const { playground, state, open } = await setUp();
  await open(FLOWERS);
  const endless = new ReadableStream({ start: (controller) => controller.enqueue(bytes("a,b\n1,2\n")) }); // and then nothing more
  const blob = Object.assign(new Blob(["x"]), { stream: () => endless });
  const opening = playground.openTable(blob, "endless.csv");
  await settle(40);
  assert.equal(state().table.phase, "reading");
  playground.tables.cancel();
  await opening;
  assert.deepEqual([state().table.phase, state().table.title, state().table.problem], ["ready", "mine.csv", null]);
});

test("a worker that is replaced gets the rows again", async () => {
  const { state, open, workers } = await setUp();
  await open(FLOWERS);
  workers.at(-1).crash("out of memory");
  await settle(150);
  assert.equal(workers.length, 2);
  assert.deepEqual([state().table.phase, state().run.state], ["ready", "ready"]);
});

for (const [source, hash] of [
  ["one's own table", ""],
  ["a real set", "source=iris"],
]) {
  test(`a run on ${source} goes on where it was when its worker is replaced, and says so`, async () => {
    const { playground, state, open, workers } = await setUp(hash, { sets: { iris: FLOWERS } });
    if (!hash) await open(FLOWERS);
    playground.step("epoch");
    await settle(100);
    playground.set("epochs", 100_000);
    playground.play();
    await settle(100);
    const { epoch } = state().run;
    assert.ok(epoch >= 2);
    playground.pause();
    await settle(40);
    const paused = state().run;
    workers.at(-1).crash("out of memory");
    await settle(300);
    assert.deepEqual([state().run.state, state().run.step], ["paused", paused.step]);
    assert.equal(
      state().notice.text,
      `The training worker stopped and was replaced. The run continues from epoch ${paused.epoch}.`,
    );
    playground.play();
    await settle(40);
    workers.at(-1).crash("out of memory");
    await settle(300);
    assert.equal(workers.length, 3);
    assert.equal(state().run.state, "training");
    assert.ok(state().run.epoch > paused.epoch);
    playground.dispose();
  });
}

test("a table on its way starts again in the worker that comes; one over which two workers stop is refused with a sentence", async () => {
  for (const crashes of [1, 2]) {
    const { playground, state, workers } = await setUp();
    const opening = playground.openTable(new Blob([FLOWERS]), "mine.csv");
    for (let i = 0; i < crashes; i++) {
      while (state().table.phase !== "reading") await settle(1);
      workers.at(-1).crash("out of memory");
      await settle(3);
    }
    await opening;
    await settle(200);
    if (crashes === 1)
      assert.deepEqual([state().table.phase, state().settings.source, state().run.state], ["ready", "table", "ready"]);
    else {
      assert.match(state().table.problem, /crashed twice while these rows were read/);
      assert.deepEqual([state().settings.source, state().run.state], ["circle", "ready"]);
    }
  }
});

test("worker and page know the same names of tables", () => {
  for (const name of [...SET_NAMES, "table"]) assert.ok(isTable(name), name);
  assert.ok(!isTable("circle") && !isTable("constructor"));
  const settings = { ...defaultsFor("iris"), kinds: { "a,b": "ignore" }, features: ["a,b", "ä=&"] };
  assert.deepEqual(readHash(writeHash(settings)).settings, settings);
  assert.deepEqual(readHash('source=iris&kinds={"a":"text"}&clean=3&features=[]&axes=["a","a"]').ignored.length, 4);
});
