// Links of any kind open, are written as they were read, and take no longer than their letters.
import assert from "node:assert/strict";
import test from "node:test";
import { SETTINGS, settingOf } from "../../www/settings/config.js";
import { ownHash } from "../../www/settings/foreignLink.js";
import { ignoredReason } from "../../www/settings/ignoredReason.js";
import { specFrom } from "../../www/settings/spec.js";
import { MOST_PARTS, readHash, told, writeHash } from "../../www/settings/url.js";
import { found } from "../../www/features/menu/commands.js";
import { draws, mutated } from "./mutations.js";

const load = () => import("../../www/settings/tfPlayground.js");

/** Letters of a long text: what takes their square never comes back. */
const LONG = 1_000_000;

/** TRAINYARD_FUZZ=1000000 tries more by hand. */
const CASES = Number(process.env.TRAINYARD_FUZZ ?? 10_000);

test("what is read is what is written, whatever stood in the link", async () => {
  const draw = draws(Number(process.env.SEED ?? 1));
  let [readable, refused] = [0, 0];
  for (let i = 0; i < CASES; i++) {
    const link = mutated(draw);
    try {
      const { settings, ignored } = readHash(await ownHash(link, load));
      assert.ok(specFrom(settings));
      const hash = writeHash(settings);
      const again = readHash(hash);
      assert.deepEqual(again.ignored, [], hash);
      assert.equal(writeHash(again.settings), hash);
      assert.equal(JSON.stringify(again.settings), JSON.stringify(settings));
      readable += hash ? 1 : 0;
      refused += ignored.length ? 1 : 0;
    } catch (error) {
      throw new Error(`${JSON.stringify(link)}: ${error.message}`, { cause: error });
    }
  }
  assert.ok(
    readable > CASES / 2 && refused > CASES / 2,
    `${readable} say something, ${refused} something that can't be read`,
  );
});

test("what can't be written again is refused: null for a document, numbers out of range, deep nesting", () => {
  const nested = (/** @type {number} */ levels) => `clean=[{"a":${"[".repeat(levels)}${"]".repeat(levels)}}]`;
  for (const bad of [
    "kinds=null",
    "read=null",
    "clean=null",
    "corrupt=null",
    "read=[]",
    'read={"skip":1e999}',
    'corrupt={"labels":null}',
    'corrupt={"labels":"0.1"}',
    "axes=[]",
    'features={"map":1}',
    "kinds={}x",
    nested(7),
    nested(2500),
    nested(100_000),
  ]) {
    for (const source of ["iris", "table", "circle"])
      assert.equal(readHash(`source=${source}&${bad}`).ignored.length, 1, `${source} ${bad.slice(0, 40)}`);
  }
  assert.deepEqual(readHash(`source=table&${nested(6)}`).ignored, []);
  assert.equal(readHash("source=table&target=a\ud800b").settings.target, "a\ufffdb");
  assert.equal(Object.is(readHash("noise=-0").settings.noise, 0), true);
});

test("long links cost no more than their letters, and name a few of their parts", () => {
  const { settings, ignored } = readHash([...Array(100_000)].map((_, i) => `part${i}=${i}`).join("&"));
  assert.deepEqual([ignored.length, writeHash(settings)], [100_000, ""]);
  assert.deepEqual([told(ignored).length, MOST_PARTS], [8, 8]);
  assert.deepEqual(told(["a", "b".repeat(61), "c".repeat(60)]), ["a", `${"b".repeat(60)}…`, "c".repeat(60)]);
  for (const long of [
    `noise=${"1".repeat(LONG)}x`,
    `layers=${"1,".repeat(LONG)}`,
    `activation=${"tanh,".repeat(LONG)}x`,
    `seed=1${"%20".repeat(LONG)}x`,
    `features=${"x,".repeat(LONG)}`,
    `points=${"!".repeat(LONG)}&source=drawn`,
  ]) {
    assert.equal(readHash(long).ignored.length, 1, long.slice(0, 20));
  }
});

test("each part of a link that can't be used says what may stand there, with the range of every number", async () => {
  const plain = (/** @type {number} */ value) => value.toLocaleString("en", { maximumFractionDigits: 9 });
  const source = "circle";
  for (const { key, type, label, min = 0, max = 0, choices } of SETTINGS) {
    if (type === "number") {
      for (const value of [max + 1, 2 * max + 1, 1e300, min - 1, min - 1e300, "abc", "NaN", "", "%"]) {
        if (value === "" && settingOf(key).none) continue;
        const { ignored } = readHash(`${key}=${value}`);
        assert.deepEqual(ignored, [`${key}=${value}`]);
        const said = ignoredReason(ignored[0], source);
        assert.ok(said.startsWith(label) && said.endsWith(`from ${plain(min)} to ${plain(max)}.`), said);
      }
    } else if (choices) {
      const said = ignoredReason(`${key}=nothing like it`, source);
      for (const { value } of choices) assert.ok(said.includes(value), `${key}: ${said}`);
    }
  }
  assert.match(ignoredReason("layers=4097", source), /^.* from 1 to 4096\b/);
  assert.match(ignoredReason("loss=cross-entropy", "plane"), /^Loss .*cross-entropy.*Plane/);
  assert.equal(ignoredReason("constructor=2", source), "There is no such setting.");
  assert.equal(ignoredReason("seed=4", source), "", "it was said twice");
});

test("values that TensorFlow Playground's links may not have here: its own ranges are told", async () => {
  const { translate, refused } = await import("../../www/settings/tfPlayground.js");
  const link =
    "percTrainData=5&noise=abc&activation=gelu&regularization=L3&dataset=moons&problem=both&x=false&y=false&batchSize=0";
  const { ignored, settings } = readHash(translate(link));
  const said = ignored
    .map((part) => `${part}: ${refused.get(part) ?? ignoredReason(part, settings.source)}`)
    .toSorted();
  assert.deepEqual(said, [
    "activation=gelu: activation must be one of tanh, relu, sigmoid, linear.",
    "batchSize=0: Batch size must be a whole number from 1 to 1,000,000.",
    "dataset=moons: dataset must be one of circle, xor, gauss, spiral.",
    "noise=abc: noise must be a number from 0 to 80.",
    "percTrainData=5: percTrainData must be a number from 10 to 99.",
    "problem=both: problem must be one of classification, regression.",
    "regularization=L3: regularization must be one of none, L1, L2.",
    "x=false: Leave at least one input.",
    "y=false: Leave at least one input.",
  ]);
  translate("percTrainData=50&dataset=xor");
  assert.equal(refused.size, 0);
});

test("a search of any length is as quick", () => {
  const playground = /** @type {any} */ ({ store: { get: () => ({ settings: readHash("").settings }) }, enter() {} });
  const commands = [{ name: "Reset", group: "Training", run() {} }];
  for (const query of [
    " ".repeat(LONG),
    `a${" ".repeat(LONG)}b`,
    `seed${"=".repeat(LONG)}x`,
    "a ".repeat(LONG),
    `seed ${"1".repeat(LONG)}x`,
  ])
    found(commands, query, playground);
  assert.deepEqual(found(commands, `  reset${" ".repeat(LONG)}`, playground), commands);
  assert.deepEqual(
    found(commands, "batch size  32", playground).map(({ name }) => name),
    ["Batch size: 32"],
  );
});
