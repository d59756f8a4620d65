// What a link locks stays as it is, whichever way somebody tries to change it, and each refusal says so.
import assert from "node:assert/strict";
import test from "node:test";
import { hashOf, problemOf } from "../../www/element/attributes.js";
import { attributesOf, USUAL } from "../../www/features/share/snippet.js";
import { commandsOf, found, nudgeRate } from "../../www/features/menu/commands.js";
import { restore } from "../../www/features/share/restore.js";
import { TimeTravel } from "../../www/features/time-travel/model.js";
import { History } from "../../www/session/history.js";
import { createPlayground } from "../../www/session/playground.js";
import { trainBy } from "../../www/session/trainBy.js";
import { heldIn, heldOf } from "../../www/settings/held.js";
import { SETTINGS, settingOf } from "../../www/settings/config.js";
import { defaultsFor } from "../../www/settings/spec.js";
import { readHash, writeHash } from "../../www/settings/url.js";
import { inlineWorker, settle } from "./support.js";

/** @param {string} hash */
async function opened(hash) {
  /** @type {string[]} */
  const links = [];
  const playground = createPlayground(
    /** @type {any} */ ({
      spawn: inlineWorker,
      core: Promise.resolve(null),
      nextFrame: (/** @type {() => void} */ callback) => setImmediate(callback),
      randomSeed: () => 42,
      hash,
      rememberHash: (/** @type {string} */ text) => links.push(text),
      loadTables: () => import("../../www/session/tableRun.js"),
    }),
  );
  await settle(60);
  return { playground, links, state: () => playground.store.get() };
}

/** @typedef {import("../../www/session/playground.js").Playground} Playground */

/** Each way to change a setting. @type {Record<string, {lock: string, act: (playground: Playground) => unknown}>} */
const WAYS = {
  "a control": { lock: "noise", act: (playground) => playground.set("noise", 0.3) },
  "a field": { lock: "learningRate", act: (playground) => playground.enter("learningRate", "0.5") },
  "several at once": { lock: "noise", act: (playground) => playground.setAll({ noise: 0.3, batchSize: 5 }) },
  "back to the default": { lock: "noise", act: (playground) => playground.unset("noise") },
  "a new seed": { lock: "seed", act: (playground) => playground.newSeed() },
  "a layer more": { lock: "layers", act: (playground) => playground.addLayer() },
  "a layer less": { lock: "layers", act: (playground) => playground.removeLayer() },
  "a neuron more": { lock: "layers", act: (playground) => playground.setUnits(0, 7) },
  "one layer's activation": { lock: "activation", act: (playground) => playground.setActivation(1, "relu") },
  "a feature": { lock: "features", act: (playground) => playground.toggleFeature("x2") },
  "another data set": { lock: "source", act: (playground) => playground.set("source", "spiral") },
  "a data set whose own settings are others": { lock: "layers", act: (playground) => playground.set("source", "line") },
  "a preset, or a link pasted here": {
    lock: "layers",
    act: (playground) => playground.openLink("layers=7&noise=0.4", { isAddress: false }),
  },
  "settings of an earlier run": {
    lock: "batchSize",
    act: (playground) => playground.take({ ...playground.store.get().settings, batchSize: 3, noise: 0.4 }, {}),
  },
  "a Spec": { lock: "epochs", act: (playground) => playground.take({ ...defaultsFor("circle"), epochs: 7 }, {}) },
  "what the coach proposes": {
    lock: "learningRate",
    act: (playground) => trainBy(playground, { learningRate: 0.001 }),
  },
  "a restart from an earlier epoch": {
    lock: "learningRate",
    act: (playground) => new TimeTravel(playground).restart(0, { learningRate: 0.001 }),
  },
  "a key": { lock: "learningRate", act: (playground) => nudgeRate(playground, 1) },
  "a dropped file": {
    lock: "source",
    act: (playground) => playground.openTable(new Blob(["a,b\n1,2\n3,4\n"]), "mine.csv"),
  },
  "a saved experiment": {
    lock: "layers",
    act: (playground) =>
      restore(playground, { link: "layers=7", checkpoint: null, table: null }).catch(({ message }) => {
        playground.store.set({ notice: { tone: "warning", text: message } });
      }),
  },
};

const START = "noise=0.1&seed=3&features=x,y";

for (const [name, { lock, act }] of Object.entries(WAYS))
  test(`locked settings stay: ${name}`, async () => {
    const { playground, links, state } = await opened(`${START}&lock=${lock}`);
    assert.deepEqual(state().ignored, []);
    const before = state().settings;
    const [said, description] = [links.length, state().description];
    await act(playground);
    await settle(60);
    assert.deepEqual(state().settings, before);
    assert.equal(state().notice?.text, `Locked by this page’s author: ${settingOf(lock).label}. Nothing was changed.`);
    assert.equal(links.length, said, "the address stays");
    assert.equal(state().description, description, "the run goes on");
    assert.equal(state().run?.state, "ready");
    playground.dispose();
  });

for (const [name, { lock, act }] of Object.entries(WAYS))
  test(`without a lock of it the same is done: ${name}`, async () => {
    if (name === "a dropped file" || name.startsWith("a restart")) return; // it needs a page of its own
    const { playground, state } = await opened(`${START}&lock=${lock === "momentum" ? "l1" : "momentum"}`);
    const before = JSON.stringify(state().settings[lock]);
    await act(playground);
    await settle(60);
    assert.notEqual(JSON.stringify(state().settings[lock]), before);
    assert.deepEqual(state().settings.lock, ["momentum"], "the lock stays with what is opened here");
    playground.dispose();
  });

test("what isn't locked changes, and what is keeps its value with another data set", async () => {
  const { playground, state } = await opened("layers=5,5&lock=layers,learningRate");
  playground.set("noise", 0.2);
  playground.set("source", "spiral");
  await settle(60);
  const { source, noise, layers, learningRate, lock } = state().settings;
  assert.deepEqual([source, noise, layers, learningRate], ["spiral", 0.2, [5, 5], 0.03]);
  assert.deepEqual(lock, ["layers", "learningRate"]);
  assert.equal(state().notice, null);
  playground.dispose();
});

test("undo and redo go around nothing that is locked", async () => {
  const { playground, state } = await opened("lock=noise");
  const history = new History(playground, () => 0);
  playground.set("batchSize", 20);
  playground.isAuthor = true;
  playground.set("noise", 0.3); // as the page around an element may
  playground.isAuthor = false;
  history.undo();
  assert.deepEqual([state().settings.noise, state().settings.batchSize], [0.3, 20]);
  assert.match(state().notice?.text ?? "", /^Locked by this page’s author: Noise\./);
  history.end();
  playground.dispose();
});

test("another address is another experiment, with its own locks", async () => {
  const { playground, state } = await opened("lock=noise,seed&noise=0.2");
  playground.openLink("noise=0.4");
  await settle(60);
  assert.deepEqual([state().settings.noise, state().settings.lock], [0.4, null]);
  playground.set("seed", 9);
  assert.equal(state().settings.seed, 9);
  playground.dispose();
});

test("any setting of the experiment can be locked, nothing else; a link reads as it was written", () => {
  const { choices = [] } = settingOf("lock");
  const own = SETTINGS.filter(({ kind }) => kind !== "view").map(({ key }) => key);
  assert.deepEqual(
    choices.map(({ value }) => value),
    own,
  );
  const { settings } = readHash("lock=learningRate,layers");
  assert.equal(writeHash(settings), "lock=learningRate,layers");
  for (const text of ["lock=", "lock=speed", "lock=nothing", "lock=noise,noise", "lock=lock"])
    assert.deepEqual(readHash(text).ignored, [text]);
});

test("what is held is named, and only that", () => {
  const before = readHash("lock=noise,layers&noise=0.1").settings;
  assert.equal(heldIn(before, { ...before, batchSize: 3, layers: [...before.layers] }), "");
  assert.equal(
    heldIn(before, { ...before, noise: NaN, layers: [3] }),
    "Locked by this page’s author: Noise, Hidden layers. Nothing was changed.",
  );
  assert.deepEqual(heldOf(before), { noise: 0.1, layers: before.layers, lock: ["noise", "layers"] });
  assert.deepEqual(heldOf(defaultsFor("circle")), {});
});

test("an element's attribute names settings as attributes do", () => {
  const host = { attributes: [{ name: "lock", value: "learning-rate, layers,max-epochs" }] };
  assert.equal(decodeURIComponent(hashOf(/** @type {any} */ (host))), "lock=learningRate,layers,epochs");
  assert.equal(problemOf("circle", "lock", "learning-rate,layers"), null);
  assert.match(problemOf("circle", "lock", "learning-rat") ?? "", /lock=“learning-rat” was left out/);
  const attributes = attributesOf(defaultsFor("circle"), USUAL, ["learningRate", "layers"]);
  assert.deepEqual(
    attributes.find(([name]) => name === "lock"),
    ["lock", "learning-rate,layers"],
  );
  assert.ok(!attributesOf(defaultsFor("circle"), USUAL).some(([name]) => name === "lock"));
});

test("the palette says of a command that its setting is locked", () => {
  const of = (/** @type {string[] | null} */ lock) => {
    const settings = { ...defaultsFor("circle"), lock };
    const playground = /** @type {any} */ ({ store: { get: () => ({ settings, about: {}, help: {} }) } });
    const history = { canUndo: false, canRedo: false };
    const menu = /** @type {any} */ ({ playground, history, places: [] });
    const commands = commandsOf(menu);
    const about = (/** @type {string} */ name) => commands.find((one) => one.name === name)?.about;
    return [about("Activation: ReLU"), about("New seed"), about("Dataset: XOR") ?? about("Data set: XOR"), found(commands, "learning rate 0.1", playground)[0].about]; // prettier-ignore
  };
  const why = "Locked by this page’s author.";
  assert.deepEqual(of(["activation", "seed", "source", "learningRate"]), [why, why, why, why]);
  for (const about of of(["noise"])) assert.notEqual(about, why);
});
