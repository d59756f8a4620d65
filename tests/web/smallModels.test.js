// What the page's smaller models say and do where no run is needed: scores, measures, formulas, moments, columns to plot.
import assert from "node:assert/strict";
import test from "node:test";
import { createStore } from "../../www/base/store.js";
import { rowsBehind } from "../../www/features/confusion/model.js";
import { CorruptionRun, inOneMeasure } from "../../www/features/corruption/model.js";
import { TableInspector } from "../../www/features/data/tableInspector.js";
import { Board } from "../../www/features/drawing/board.js";
import { inNumbers, read, symbol, written } from "../../www/features/microscope/formulas.js";
import { isEmphatic } from "../../www/features/microscope/model.js";
import { TimeTravel } from "../../www/features/time-travel/model.js";
import { createPlayground } from "../../www/session/playground.js";
import { scatterOf, shareWords } from "../../www/session/scatter.js";
import { formatScore } from "../../www/base/format.js";
import { defaultsFor } from "../../www/settings/spec.js";
import { markupOf } from "./markup.js";
import { inlineWorker, settle } from "./support.js";
import { FLOWERS, setUp } from "./tablePage.js";

test("a score: the accuracy, else the mean error in the target's own unit, else none", () => {
  assert.deepEqual([formatScore({ accuracy: 0.5 }), formatScore({ accuracy: 0, mae: 3 })], ["50.0%", "0%"]);
  assert.deepEqual([formatScore({ mae: 0.25 }), formatScore({}), formatScore(null)], ["0.2500", "–", "–"]);
  assert.equal(
    formatScore({ mae: 0.25 }, (value) => `${value} km`),
    "0.25 km",
  );
});

test("the dirty twin's losses are in the clean one's measure, where targets have a scale of their own", () => {
  const curve = /** @type {any} */ ({ epoch: [0], training: new Float32Array([2]), test: new Float32Array([4]) });
  const twins = (/** @type {any} */ clean, /** @type {any} */ dirty) => /** @type {any} */ ({ clean: { test: clean }, dirty: { test: dirty } }); // prettier-ignore
  // A loss of 1 is an error of 2 in the clean measure, and of 4 in the dirty one: four times its square.
  const turned = inOneMeasure(curve, twins({ rmse: 2, loss: 1 }, { rmse: 4, loss: 1 }));
  assert.deepEqual([[...turned.training], [...turned.test]], [[8], [16]]);
  assert.equal(inOneMeasure(curve, twins({ rmse: 2, loss: 1 }, { rmse: 2, loss: 1 })), curve, "the same measure");
  assert.equal(inOneMeasure(curve, twins({ rmse: 2, loss: 1 }, { rmse: 2, loss: 0 })), curve, "none that is finite");
  assert.equal(inOneMeasure(curve, twins({ loss: 1 }, { loss: 2 })), curve, "classes have no scale");
});

/** What twins on a source come to: with classes, or with a number in its own column. */
async function twinsOn(/** @type {string} */ source, /** @type {any} */ metrics, reports = 2) {
  const settings = { ...defaultsFor(source), corrupt: { labels: 0.1 } };
  const store = createStore(/** @type {any} */ ({ settings, table: { description: { target: "price" } }, lock: { looks: 0 }, run: null })); // prettier-ignore
  const twin = (/** @type {any} */ more) => ({ status: "finished", epoch: 3, training: metrics, test: { ...metrics, ...more } }); // prettier-ignore
  const outcome = { clean: twin({}), dirty: twin({ rmse: 2 }), isWhole: true };
  const curve = { epoch: [0], training: new Float32Array([1]), test: new Float32Array([1]) };
  const run = new CorruptionRun(
    /** @type {any} */ ({
      store,
      pause() {},
      client: {
        async job(/** @type {any} */ _kind, /** @type {any} */ _course, /** @type {any} */ onProgress) {
          assert.equal(run.isRunning, true);
          for (let i = 0; i < reports; i++) onProgress({ epoch: i, epochs: 3, clean: curve, dirty: curve });
          return outcome;
        },
      },
    }),
  );
  await run.start();
  assert.equal(run.isRunning, false);
  const { problem, verdict, curves } = run.store.get();
  return { problem, verdict, curves, looks: store.get().lock.looks };
}

test("twins look at the test rows once, however often they report, and an error is told in its column", async () => {
  const numbers = await twinsOn("plane", { rows: 9, loss: 1, rmse: 1, mae: 1 });
  assert.deepEqual([numbers.problem, numbers.looks], ["", 1]);
  assert.match(numbers.verdict, /^Mean error on the same 9 clean test rows, in price: /);
  assert.deepEqual([[...numbers.curves.clean.test], [...numbers.curves.dirty.test]], [[1], [4]], "in one measure");
  const classes = await twinsOn("circle", { rows: 9, loss: 1, accuracy: 1 });
  assert.match(classes.verdict, /^Accuracy on the same 9 clean test rows: /);
  const silent = await twinsOn("circle", { rows: 9, loss: 1, accuracy: 1 }, 0);
  assert.deepEqual([silent.problem, silent.curves, silent.looks], ["", null, 1], "nothing was reported on the way");
});

test("the rows behind a count, the clearest first: by the score of the one class, or against it", () => {
  const rows = (/** @type {string} */ loss, /** @type {number} */ said) =>
    rowsBehind(
      /** @type {any} */ ({ loss, outputs: 1, task: "classification", classes: 2 }),
      { outputs: [0.2, 0.1, 0.4, 0.9], classes: [said, said, said, 1 - said] },
      [1, 1, 1, 1],
      { is: 1, said },
    ).map(({ row }) => row);
  assert.deepEqual([rows("mse", 1), rows("mse", 0)], [[2, 0, 1], [1, 0, 2]]); // prettier-ignore
});

test("names with an accent or an index, exponentials, brackets and sums are written as mathematics", () => {
  const text = (/** @type {unknown} */ one) => markupOf(one).replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code)); // prettier-ignore
  assert.match(text(symbol("m\u0302")), /^<mover><mi>m<\/mi><mo[^>]*>\^<\/mo><\/mover>$/);
  assert.equal(text(symbol("β1")), "<msub><mi>β</mi><mi>1</mi></msub>");
  assert.equal(text(symbol("z")), "<mi>z</mi>");
  const of = (/** @type {string} */ formula) => text(written(read(formula))).replace(/<[^>]*>/g, "");
  assert.equal(of("(a + b) / (c)"), "a+bc", "a bar makes brackets needless");
  assert.equal(of("a · (b + c)"), "a·(b+c)");
  assert.equal(of("exp(z)"), "ez");
  assert.match(text(written(read("exp(z)"))), /^<msup>/);
  assert.equal(of("max(a, b)"), "max(a,b)");
  assert.equal(of("ln(a)"), "ln(a)");
  const pieces = inNumbers(read("a + b · c − d"), { a: 1, b: 2, c: -3, d: [4] }).map((one) => text(one).replace(/<[^>]*>/g, "")); // prettier-ignore
  assert.deepEqual(pieces, ["=1", "+2·(−3)", "−d"]);
});

test("labels that are smoothed, or classes that are weighed, change what a formula comes to", () => {
  const is = (/** @type {any} */ training) => isEmphatic(/** @type {any} */ ({ spec: { training } }));
  assert.deepEqual([undefined, {}, { labelSmoothing: 0, classWeights: null }].map(is), [false, false, false]);
  assert.deepEqual([{ labelSmoothing: 0.1 }, { classWeights: "balanced" }].map(is), [true, true]);
});

/** Time travel over moments at steps 0, 10, 20 and 30 of a run that stands at one of them, or between. */
function past(/** @type {number} */ step) {
  /** @type {any[]} */
  const asked = [];
  const store = createStore(/** @type {any} */ ({ description: { stepsPerEpoch: 10 }, frame: { step }, run: { state: "paused" }, settings: {} })); // prettier-ignore
  const ask = async (/** @type {string} */ type, /** @type {any} */ more = {}) => {
    if (type === "past") return { moments: [0, 10, 20, 30].map((at) => ({ step: at })), bytes: 0, tooLarge: 0, looks: [], now: null }; // prettier-ignore
    asked.push(more);
    store.set({ frame: { step: more.step } });
    return more.step;
  };
  const playground = /** @type {any} */ ({ store, ask, play: () => asked.push("play") });
  return { travel: new TimeTravel(playground), store, asked };
}

test("the moment before and the one after, from a moment and from between two", async () => {
  const at = async (/** @type {number} */ step) => {
    const { travel } = past(step);
    await settle();
    return [-1, 0, 1].map((by) => travel.neighbor(by).step);
  };
  assert.deepEqual(await at(10), [0, 10, 20]);
  assert.deepEqual(await at(14), [10, 10, 20]);
  assert.deepEqual([await at(0), await at(30)], [[0, 0, 10], [20, 30, 30]]); // prettier-ignore
});

test("a run that went back is away until it is at its newest moment again, or branches off", async () => {
  const { travel, asked } = past(30);
  await settle();
  assert.deepEqual([travel.epochAt(25), travel.isGoing], [2.5, false]);
  const going = travel.seek(10);
  assert.equal(travel.isGoing, true);
  await going;
  assert.deepEqual([travel.isGoing, travel.store.get().isAway], [false, true]);
  await travel.back();
  assert.deepEqual([asked.at(-1), travel.store.get().isAway], [{ step: 30, exact: false }, false]);
  await travel.seek(20);
  await travel.branch();
  assert.deepEqual([asked.slice(-2), travel.store.get().isAway], [[{ step: 20, forgets: true }, "play"], false]);
});

test("nowhere to branch off: without a picture, nothing is asked", async () => {
  const { travel, store, asked } = past(10);
  await settle();
  store.set({ frame: null });
  await travel.branch();
  assert.deepEqual(asked, []);
});

test("columns to plot: the first two numbers that are no target, or those that were chosen and are there", async () => {
  const { playground, open } = await setUp();
  await open(FLOWERS, "flowers.csv");
  const inspector = new TableInspector(playground);
  const end = inspector.open();
  await settle(80);
  assert.deepEqual(inspector.plotColumns, ["length", "width"]);
  inspector.plotOver("width", "kind");
  assert.deepEqual([inspector.plotColumns, inspector.store.get().scatter], [["width", "kind"], null]);
  inspector.plotOver("gone", "width");
  assert.deepEqual(inspector.plotColumns, ["length", "width"]);
  inspector.plotOver("kind", "gone");
  assert.deepEqual(inspector.plotColumns, ["kind", "width"]);
  playground.setAll({ target: "length" });
  inspector.plotOver("", "");
  await settle(80);
  assert.deepEqual(inspector.plotColumns, ["width", "length"], "with one number alone, what else there is");
  end();
});

test("dots are asked for once for what is chosen: two columns, or the plane of most spread; a choice meanwhile counts", async () => {
  const { playground, open } = await setUp();
  await open(FLOWERS, "flowers.csv");
  const inspector = new TableInspector(playground);
  const end = inspector.open();
  await settle(80);
  const asked = /** @type {string[]} */ ([]);
  const { tables } = playground;
  tables.scatter = /** @type {any} */ (async (/** @type {any} */ _, /** @type {string} */ x, /** @type {string} */ y) => ({ id: asked.push(`${x} ${y}`) })); // prettier-ignore
  tables.components = /** @type {any} */ (async () => ({ id: asked.push("plane") }));
  const shown = () => [inspector.store.get().scatter, inspector.store.get().components].map((/** @type {any} */ one) => one?.id); // prettier-ignore
  await inspector.fillPlot();
  await inspector.fillPlot();
  assert.deepEqual([asked, shown()], [["length width"], [1, undefined]]);
  inspector.plotKind("components");
  await inspector.fillPlot();
  await inspector.fillPlot();
  assert.deepEqual(
    [asked, shown()],
    [
      ["length width", "plane"],
      [1, 2],
    ],
  );
  inspector.plotKind("columns");
  inspector.plotOver("width", "kind");
  const filling = inspector.fillPlot();
  void inspector.fillPlot();
  inspector.plotOver("kind", "width");
  await filling;
  await settle();
  assert.deepEqual(
    [asked.slice(2), shown()],
    [
      ["width kind", "kind width"],
      [4, 2],
    ],
  );
  end();
});

async function toys(hash = "") {
  const playground = createPlayground(
    /** @type {any} */ ({
      spawn: () => inlineWorker(),
      core: Promise.resolve(null),
      nextFrame: (/** @type {() => void} */ callback) => setImmediate(callback),
      randomSeed: () => 42,
      hash,
      rememberHash: () => {},
    }),
  );
  await settle(60);
  return { playground, state: () => playground.store.get(), layers: () => playground.store.get().settings.layers };
}

test("layers: the first one has four neurons, later ones two; there are six at most, of one to a most of neurons", async () => {
  const { playground, layers } = await toys("layers=none");
  for (let i = 0; i < 8; i++) playground.addLayer();
  assert.deepEqual(layers(), [4, 2, 2, 2, 2, 2]);
  playground.removeLayer();
  assert.deepEqual(layers(), [4, 2, 2, 2, 2]);
  const before = layers();
  playground.setUnits(0, 0);
  assert.equal(layers(), before, "no neuron is too few");
  playground.setUnits(0, 1e9);
  assert.equal(layers(), before);
  playground.setUnits(1, 1);
  playground.setUnits(0, 9);
  assert.deepEqual(layers(), [9, 1, 2, 2, 2]);
  playground.dispose();
});

test("a drawing of one point is no data yet; one of two is", async () => {
  for (const [points, stands] of [
    ["1,1", "failed"],
    ["1,1!2,2", "ready"],
  ]) {
    // prettier-ignore
    const { playground, state } = await toys(`source=drawn&points=${points}`);
    assert.equal(state().run?.state, stands, points);
    playground.dispose();
  }
});

test("a lone brush leaves points where it goes; a wide one strews them about its path, always alike, within its size", () => {
  const board = new Board();
  const paint = (/** @type {number} */ size) => {
    board.clear();
    for (let i = 0; i < 20; i++) board.paint(1, i / 2 - 5, 0, size);
    return board.points.map(({ x, y }, i) => Math.hypot(x - (i / 2 - 5), y));
  };
  assert.ok(paint(0).every((far) => far === 0));
  const far = paint(1);
  assert.deepEqual(paint(1), far);
  assert.ok(far.length === 20 && far.every((one) => one <= 1.01) && far.some((one) => one > 0.9) && far.filter((one) => one > 0.5).length > 10); // prettier-ignore
});

test("a plane of components leaves out test rows that are locked, and says so only where there are any", () => {
  const of = (/** @type {number[]} */ part, /** @type {boolean} */ isLocked) => {
    const points = { inputs: part.flatMap((_, i) => [i, -i]), targets: part.map((_, i) => i), part };
    const shown = scatterOf(null, /** @type {any} */ ({ points, classes: [] }), isLocked);
    return [shown?.rows, shown?.hidden];
  };
  assert.deepEqual([of([0, 1, 2], true), of([0, 1, 2], false)], [[2, true], [3, false]]); // prettier-ignore
  assert.deepEqual(of([0, 1, 0], true), [3, false]);
});

test("an axis is told by the inputs that it is made of: the three largest that count, with their signs", () => {
  const words = shareWords(/** @type {any} */ ({ shares: [0.5, 0.2], names: ["a", "b", "c", "d"], axes: [[0.1, -0.7, 0.6, 0.3], [0.06, 0.04, 0, -0.9]] }), 0); // prettier-ignore
  assert.equal(words, "50.0% of the variance; mostly − b, + c, + d");
  assert.equal(shareWords(/** @type {any} */ ({ shares: [0, 0.2], names: ["a", "b"], axes: [[], [0.06, -0.04]] }), 1), "20.0% of the variance; mostly + a"); // prettier-ignore
});
