// Page and core agree on every range, default and choice: both are asked, in both directions.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { BUTTONS, SETTINGS, applies, settingOf } from "../../www/settings/config.js";
import { parse, write } from "../../www/settings/parse.js";
import { OWN_DEFAULTS, OWN_RANGES, fieldOf } from "../../www/settings/schema.js";
import { FIELDS, FINDINGS, LIVE } from "../../www/settings/schema.static.js";
import { CORRUPTIONS } from "../../www/features/corruption/model.js";
import { FINDING_KINDS } from "../../www/features/data/findings.js";
import { ABOUT } from "../../www/settings/about.js";
import { DRAWN, SOURCES } from "../../www/settings/sources.js";
import { defaultsFor, liveChanges, specFrom } from "../../www/settings/spec.js";
import { Trainer, initSync } from "../../www/pkg-full/trainyard.js";

initSync({ module: readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

/** What the core says of the Spec of these settings: null, or where and what it refuses. */
async function verdict(settings) {
  try {
    (await Trainer.create(specFrom(settings))).free();
    return null;
  } catch (error) {
    return `${error.where}: ${error.message}`;
  }
}

/** Settings in which a row means something: one change, or two, from the defaults. */
function settingsWith(row) {
  const only = (/** @type {string} */ key) => (settingOf(key).choices ?? []).map(({ value }) => ({ [key]: value }));
  const changes = [
    {},
    ...only("optimizer"),
    ...only("schedule"),
    ...only("clip"),
    ...only("goal"),
    ...only("init"),
    { warmUp: true },
    { l1: 0.1 },
    { momentum: 0.5 },
    { loss: "mse" },
  ];
  for (const change of changes) {
    const settings = { ...defaultsFor("circle"), ...change };
    if (applies(row, settings)) return settings;
  }
  return null;
}

/** Where the Spec has one value, the others must leave room for it. */
const ROOM = {
  trainingShare: (share) => ({ validationShare: share < 0.5 ? 0 : 0.4 }),
  validationShare: () => ({ trainingShare: 1 }),
  nesterov: () => ({ momentum: 0.5 }),
};

const inCore = SETTINGS.filter((row) => fieldOf(row.field ?? row.path ?? "") !== undefined);

test("every setting that the core has a range for has that range", async () => {
  let tried = 0;
  for (const row of inCore.filter(({ type }) => type === "number" || type === "layers")) {
    const { key, min = NaN, max = NaN, integer } = row;
    const [, least, most] = /** @type {number[]} */ (fieldOf(row.field ?? row.path ?? ""));
    assert.deepEqual([min, max], [least, OWN_RANGES[key]?.max ?? most], key);
    const settings = settingsWith(row);
    assert.ok(settings, `nothing gives ${key} a meaning`);
    const isList = row.type === "layers";
    const step = (/** @type {number} */ value) => (integer ? 1 : Math.max(Math.abs(value), 1e-3) * 1e-3);
    for (const [value, isGood] of [
      [min, true],
      [max, true],
      [min - step(min), false],
      [max + step(max), false],
    ]) {
      const { problem } = parse(row, write(row, isList ? [value] : value));
      assert.equal(problem === null, isGood, `the page on ${key} = ${value}: ${problem}`);
      const said = await verdict({ ...settings, ...ROOM[key]?.(value), [key]: isList ? [value] : value });
      // A dropout of 0 is none, and a test share is what the others leave.
      if (key === "dropout" && value === 0) continue;
      if (isGood || !(key in OWN_RANGES)) assert.equal(said === null, isGood, `the core on ${key} = ${value}: ${said}`);
      tried += 1;
    }
  }
  assert.ok(tried > 100, `${tried} values were tried`);
});

test("every choice that the page offers is one of the core's, and the other way round", async () => {
  let tried = 0;
  for (const row of inCore.filter(({ type, choices }) => choices && (type === "choice" || type === "activations"))) {
    const offered = row.choices?.map(({ value }) => value) ?? [];
    const [, names] = /** @type {any} */ (fieldOf(row.field ?? row.path ?? ""));
    assert.deepEqual(row.key === "goal" ? offered.slice(1) : offered, names, row.key);
    assert.ok(
      row.choices?.every(({ label }) => label),
      row.key,
    );
    const settings = settingsWith(row) ?? defaultsFor("iris");
    for (const name of settings.source === "iris" ? [] : names) {
      const value = row.type === "activations" ? [name] : name;
      assert.equal(
        await verdict({ ...settings, [row.key]: value, ...(row.key === "outputActivation" ? { loss: "mse" } : {}) }),
        null,
        `${row.key} = ${name}`,
      );
      tried += 1;
    }
    assert.notEqual(parse(row, "no-such-name").problem, null);
  }
  assert.ok(tried > 40, `${tried} choices were tried`);
});

test("defaults are the core's, but for those that the page names", () => {
  for (const row of inCore) {
    const field = fieldOf(row.field ?? row.path ?? "");
    const standard = Array.isArray(field) ? field[0] : field;
    if (row.key in OWN_DEFAULTS) assert.equal(row.default, OWN_DEFAULTS[row.key], row.key);
    else if (typeof standard === "object" && standard !== null) {
      for (const [variant, value] of Object.entries(standard))
        assert.equal(row.auto?.({ [(row.path ?? "").split(".").at(-2)]: variant }), value, `${row.key} of ${variant}`);
    } else if (row.none !== "auto" && !["layers", "activation"].includes(row.key))
      assert.equal(row.default, standard, row.key);
  }
  assert.ok(Object.keys(OWN_DEFAULTS).length <= 7, "exceptions are few");
  assert.ok(Object.keys(OWN_DEFAULTS).every((key) => settingOf(key)));
});

test("made sources are the core's, each with its words", () => {
  assert.deepEqual(SOURCES.map(({ name }) => name).sort(), Object.keys(schemaSources()).sort());
  assert.ok(SOURCES.every(({ name, label, about }) => label && (about ?? ABOUT[name])));
  assert.ok(!SOURCES.includes(DRAWN));
});

const schemaSources = () =>
  JSON.parse(readFileSync(new URL("../../www/settings/schema.json", import.meta.url), "utf8")).sources;

test("what may change while a run trains is what the core says, and it takes it", async () => {
  const before = defaultsFor("spiral");
  for (const row of SETTINGS.filter(({ path }) => path && LIVE.includes(path))) {
    const value = row.key === "epochs" ? 7 : 0.5;
    assert.deepEqual(liveChanges(before, { ...before, [row.key]: value }), {
      [(row.path ?? "").split(".").at(-1)]: value,
    });
  }
  assert.equal(LIVE.length, 2);
  assert.equal(liveChanges(before, { ...before, batchSize: 3 }), null);
  assert.deepEqual(liveChanges(before, { ...before, speed: "max" }), {});
  assert.deepEqual(liveChanges({ ...before, epochs: 7 }, { ...before, epochs: null }), { maxEpochs: null });
});

test("the buttons end within the ranges", () => {
  assert.ok(BUTTONS.units <= fieldOf("model.layers.dense.units")[2] && BUTTONS.layers < 64);
  assert.ok(FIELDS["training.batchSize"]);
});

test("each finding of the doctor and each kind of corruption has its words, and none has that the core doesn't know", () => {
  assert.deepEqual(Object.keys(FINDING_KINDS).sort(), [...FINDINGS].sort());
  const known = Object.keys(FIELDS).filter((path) => path.startsWith("data.corrupt."));
  assert.deepEqual(CORRUPTIONS.map(({ key }) => `data.corrupt.${key}`).sort(), known.sort());
});
