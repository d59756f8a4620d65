// What the palette offers: every command that means something now, found by its words; and settings typed with a number.
import assert from "node:assert/strict";
import test from "node:test";
import { commandsOf, found, nudgeRate } from "../../www/features/menu/commands.js";
import { PRESETS } from "../../www/settings/presets.js";
import { createStore } from "../../www/base/store.js";
import { FEATURES } from "../../www/app/features.js";
import { settingOf } from "../../www/settings/config.js";
import { sourceOf } from "../../www/settings/sources.js";
import { defaultsFor } from "../../www/settings/spec.js";

/** @param {any} [more] @param {any} [changes] */
function menuOf(more = {}, changes = {}) {
  const done = /** @type {any[]} */ ([]);
  const act = (/** @type {string} */ name) => (/** @type {any[]} */ ...rest) => void done.push([name, ...rest]); // prettier-ignore
  const store = createStore({ settings: { ...defaultsFor("circle"), ...changes }, about: {} });
  const names = ["toggle", "step", "reset", "newSeed", "set", "enter", "addLayer", "removeLayer"];
  const playground = { store, isTraining: false, ...Object.fromEntries(names.map((name) => [name, act(name)])) };
  const history = { canUndo: false, canRedo: false, undo: act("undo"), redo: act("redo") };
  const menu = /** @type {any} */ ({
    ...{ playground, history, look: { setTheme: act("theme"), setDensity: act("density") }, places: [] },
    ...{
      act: act("act"),
      goTo: act("goTo"),
      copyLink: act("copy"),
      download: act("download"),
      downloadReport: act("report"),
      goToSetting: act("goToSetting"),
      showLinks: act("links"),
      tellCurvature: act("curvature"),
    },
    ...more,
  });
  return { menu, done, playground: /** @type {any} */ (playground), store };
}

const namesOf = (/** @type {any[]} */ commands) => commands.map(({ name }) => name);
const named = (/** @type {any[]} */ commands, /** @type {string} */ name) => commands.find((one) => one.name === name);

test("commands say what would happen now", () => {
  const { menu, done } = menuOf({ places: [{ name: "Loss", place: "ty-loss" }] });
  const all = commandsOf(menu);
  assert.ok(named(all, "Play") && !named(all, "Pause") && !named(all, "Undo") && !named(all, "Redo"));
  for (const [name, call] of /** @type {[string, any[]][]} */ ([
    ["Play", ["toggle"]],
    ["Step: one epoch", ["step", "epoch"]],
    ["Keyboard shortcuts", ["act", "keys"]],
    ["Loss", ["goTo", "ty-loss"]],
    ["Theme: dark", ["theme", "dark"]],
    ["Theme: system", ["theme", "system"]],
    ["Density: compact", ["density", "compact"]],
    [PRESETS[0].name, ["act", "preset 1"]],
    ["Your data…", ["goTo", "ty-data-fold"]],
    ["Add a layer", ["addLayer"]],
  ])) {
    // prettier-ignore
    named(all, name).run();
    assert.deepEqual(done.at(-1), call, name);
  }
  menu.playground.isTraining = true;
  Object.assign(menu.history, { canUndo: true, canRedo: true });
  const later = commandsOf(menu);
  assert.ok(named(later, "Pause") && named(later, "Undo") && named(later, "Redo"));
});

test("what is chosen already is not offered, flags are turned over, data sets are the others", () => {
  const { menu, done } = menuOf();
  const all = commandsOf(menu);
  const names = namesOf(all);
  assert.ok(!names.includes("Data set: Circle") && names.some((name) => name.startsWith("Data set: ")));
  const optimizers = names.filter((name) => name.startsWith("Optimizer: "));
  assert.ok(optimizers.length > 2 && !optimizers.includes("Optimizer: SGD"));
  named(all, "Optimizer: Adam").run();
  assert.deepEqual(done.at(-1), ["enter", "optimizer", "adam"]);
  const flag = all.find(({ group, name }) => group === "Settings" && /: (yes|no)$/.test(name));
  assert.ok(flag);
  flag.run();
  const [, key, value] = done.at(-1);
  assert.equal(value, !menu.playground.store.get().settings[key]);
  assert.equal(flag.name.endsWith(value ? "yes" : "no"), true);
  assert.ok(!namesOf(commandsOf(menuOf({}, defaultsFor("table")).menu)).includes("Your data…"));
});

test("found: all words anywhere, names that begin with the first of them first", () => {
  const { playground } = menuOf();
  const commands = /** @type {any[]} */ ([
    { group: "Page", name: "Share the sheet", run() {} },
    { group: "Sheet", name: "Open", run() {} },
    { group: "Page", name: "Sheet of keys", run() {} },
    { group: "Page", name: "Print", about: "a sheet of paper", run() {} },
  ]);
  const order = (/** @type {string} */ asked) => namesOf(found(commands, asked, playground));
  assert.deepEqual(order("sheet"), ["Sheet of keys", "Share the sheet", "Open", "Print"]);
  assert.deepEqual(order("  KEYS sheet "), ["Sheet of keys"]);
  assert.deepEqual(order("sheet nothing"), []);
  assert.deepEqual(order(""), namesOf(commands));
  assert.equal(found(commands, `${"x".repeat(100)} sheet`, playground).length, 0);
  const both = [...commands, { group: "Help", name: "One page, one sheet", run() {} }];
  assert.equal(namesOf(found(both, "page sheet", playground))[0], "One page, one sheet", "all words in the name");
  assert.deepEqual(order(`sheet${" ".repeat(95)}nothing`), order("sheet"), "a hundred letters count");
});

test("a setting with a number is a command of its own, where it means something", () => {
  const { playground, done } = menuOf();
  const typed = (/** @type {string} */ asked) => found([], asked, playground);
  for (const asked of ["batch size 32", "Batch size: 32", "batch size=32"]) {
    const [one] = typed(asked);
    assert.deepEqual([one.name, one.about], ["Batch size: 32", ""], asked);
  }
  typed("batch size 32")[0].run();
  assert.deepEqual(done.at(-1), ["enter", "batchSize", "32"]);
  assert.notEqual(typed("batch size 0")[0].about, "", "what is wrong with it is said");
  assert.ok(namesOf(typed("hidden 8,4")).includes("Hidden layers: 8,4"));
  assert.deepEqual([typed("32"), typed("batch size"), typed("= 5")], [[], [], []]); // prettier-ignore
});

test("a setting that means nothing now is not typed", () => {
  const count = (/** @type {string} */ optimizer) =>
    found([], "momentum 0.5", menuOf({}, { optimizer }).playground).length;
  assert.deepEqual([count("sgd"), count("adam")], [1, 0]);
});

test("the learning rate goes one stop up or down, and no further than the last", () => {
  const { stops = [] } = settingOf("learningRate");
  const nudged = (/** @type {number} */ from, /** @type {-1 | 1} */ by) => {
    const { playground, done } = menuOf({}, { learningRate: from });
    nudgeRate(playground, by);
    return done.at(-1)?.[2];
  };
  assert.deepEqual([nudged(stops[1], 1), nudged(stops[1], -1)], [stops[2], stops[0]]);
  const between = (stops[1] + stops[2]) / 2;
  assert.deepEqual([nudged(between, 1), nudged(between, -1)], [stops[2], stops[1]]);
  assert.deepEqual([nudged(stops[0], -1), nudged(/** @type {number} */ (stops.at(-1)), 1)], [undefined, undefined]);
});

const change = (/** @type {string} */ key) => `${settingOf(key).label}…`;
/** A word that somebody types, and a command that must be found by it. */
const SOUGHT = /** @type {[string, string][]} */ ([
  ["export", "Download experiment"],
  ["export", "Export a chart as CSV or PNG…"],
  ["hide", "Hide parts of the page for a reader…"],
  ["hessian", "Measure the curvature (largest eigenvalue of the Hessian)"],
  ["curvature", "Measure the curvature (largest eigenvalue of the Hessian)"],
  ["eigenvalue", "Measure the curvature (largest eigenvalue of the Hessian)"],
  ["csv", "Your data…"],
  ["csv", "Export a chart as CSV or PNG…"],
  ["open csv", "Your data…"],
  ["png", "Export a chart as CSV or PNG…"],
  ["confusion", "Confusion matrix"],
  ["precision", "Confusion matrix"],
  ["share", "Share, save, open…"],
  ["embed", "Embed in a page, compact or whole…"],
  ["iframe", "Embed in a page, compact or whole…"],
  ["qr", "Share, save, open…"],
  ["title", "Share, save, open…"],
  ["save", "Download experiment"],
  ["weights", "Show weights in the graph"],
  ["gradients", "Show gradients in the graph"],
  ["backpropagation", "Microscope"],
  ["chain rule", "Microscope"],
  ["dark", "Theme: dark"],
  ["night", "Theme: dark"],
  ["shortcuts", "Keyboard shortcuts"],
  ["pdf", "Print"],
  ["json", "Edit the Spec…"],
  ["report", "Download the report"],
  ["markdown", "Download the report"],
  ["gallery", "Examples…"],
  ["draw", `Data set: ${sourceOf("drawn").label}`],
  ["paint", `Data set: ${sourceOf("drawn").label}`],
  ["iris", `Data set: ${sourceOf("iris").label}`],
  ["outliers", "Your data"],
  ["missing values", "Your data"],
  ["pca", "Your data"],
  ["excel", "Your data…"],
  ["compare", "Compare settings"],
  ["benchmark", "CPU vs. GPU"],
  ["webgpu", "CPU vs. GPU"],
  ["early stopping", change("patience")],
  ["regularization", change("l2")],
  ["lasso", change("l1")],
  ["lr", change("learningRate")],
  ["step size", change("learningRate")],
  ["minibatch", change("batchSize")],
  ["learning rate", change("learningRate")],
  ["xavier", change("init")],
  ["clipping", change("clip")],
  ["dropout", change("dropout")],
  ["adam", "Optimizer: Adam"],
  ["relu", "Activation: ReLU"],
  ["gpu", "Engine: GPU"],
  ["seed", "New seed"],
  ["epochs", change("epochs")],
  ["split", change("trainingShare")],
  ["accuracy", "Evaluation"],
  ["unlock", "Evaluation"],
  ["deeper", "Add a layer"],
  ["restart", "Reset"],
  ["start", "Play"],
  ["language", "Language: Deutsch"],
  ["german", "Language: Deutsch"],
]);

/** As mount.js gives them. */
const PLACES = [
  ...["data", "model", "training", "output"].map((name) => ({ name: name === "output" ? "Evaluation" : name[0].toUpperCase() + name.slice(1), place: `ty-${name}-panel` })), // prettier-ignore
  ...FEATURES.filter(({ title }) => title).map(({ id, title = "" }) => ({ name: title, place: `ty-${id}-fold` })),
];

test("everything is found by the words that people have for it", async () => {
  const { HELP } = await import("../../www/settings/help.static.js");
  const { menu, playground, store } = menuOf({ places: PLACES });
  store.set(/** @type {any} */ ({ help: HELP }));
  const missing = SOUGHT.filter(([words, name]) => {
    const hits = namesOf(found(commandsOf(menu), words, playground));
    return !hits.includes(name);
  });
  assert.deepEqual(missing, []);
});

test("every setting with a field can be gone to, every place, every data set and every example is there", () => {
  const { menu, done } = menuOf({ places: PLACES });
  const all = commandsOf(menu);
  const names = namesOf(all);
  assert.equal(new Set(names).size, names.length, `${names.filter((name, i) => names.indexOf(name) !== i)}`);
  named(all, "Learning rate…").run();
  assert.deepEqual(done.at(-1), ["goToSetting", "learningRate"]);
  for (const { name } of PLACES) assert.ok(names.includes(name), name);
  for (const { name } of PRESETS) assert.ok(names.includes(name), name);
});

test("what a link hides is no command of the palette either", () => {
  const left = (/** @type {string[]} */ ...hide) => namesOf(commandsOf(menuOf({ places: PLACES }, { hide }).menu));
  const all = left();
  const gone = (/** @type {string[]} */ ...hide) => all.filter((name) => !left(...hide).includes(name));
  assert.deepEqual(gone("learningRate"), ["Learning rate…"]);
  assert.deepEqual(gone("layers").sort(), ["Add a layer", "Hidden layers…", "Remove a layer"]);
  assert.ok(gone("source").includes("Your data…") && gone("source").every((name) => !/^Optimizer/.test(name)));
  assert.ok(gone("source").includes("Data set: Iris") && gone("source").includes(PRESETS[0].name));
  assert.ok(gone("more").includes("Dropout…") && !gone("more").includes("Learning rate…"));
  assert.ok(gone("folds").includes("Microscope") && !gone("folds").includes("Evaluation"));
  const { playground } = menuOf({}, { hide: ["learningRate"] });
  assert.deepEqual(found([], "learning rate 0.1", playground), []);
});
