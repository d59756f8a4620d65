// bench.html: what is timed, what makes a figure count, and the words that come of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { rateWords } from "../../www/bench/rate.js";
import { TIMED, cellsOf, timeCell } from "../../www/bench/timing.js";
import { factsOf, ratioWords, resultText } from "../../www/bench/words.js";
import { WORKS, flopsPerSample, isDone, makeData } from "../../www/bench/works.js";
import { median } from "../bench/median.mjs";

const LIMITS = { warmMs: 0, runMs: 0, chunkMs: 1, limitMs: 1000 };

/** A worker that answers as it is told, one answer a message. */
function fakeDevice(cores, answers) {
  const workers = [];
  return {
    workers,
    cores,
    core: async (name) => name,
    createWorker() {
      const worker = {
        orders: [],
        isEnded: false,
        postMessage(message) {
          worker.orders.push(message);
          const answer = answers(message, workers.indexOf(worker), worker.orders.length);
          if (answer) queueMicrotask(() => worker.onmessage?.({ data: answer }));
        },
        terminate: () => (worker.isEnded = true),
      };
      workers.push(worker);
      return worker;
    },
  };
}

const steady = (message, which, nth) =>
  message === "run" ? { stepsPerSecond: [0, 30, 10, 20][nth - 1] + which, isDone: true } : { ready: true };

test("a rate has three digits and a letter for its size", () => {
  const words = [0, 0.5, 12.34, 999.4, 999.6, 1000, 12345, 999_499, 999_950, 9_876_543, 1e9].map(rateWords);
  assert.deepEqual(
    words.map((text) => text.replace("\u202f", " ")),
    ["0.00", "0.50", "12.3", "999", "1.00 k", "1.00 k", "12.3 k", "999 k", "1.00 M", "9.88 M", "1.00 G"],
  );
});

test("a device without other cores or a GPU times one core; a GPU made of software is spared the widest net", () => {
  const told = (cells) => cells.map(({ lane, work }) => `${lane} ${work}`);
  const on = (lane, works = TIMED) => works.map((work) => `${lane} ${work}`);
  assert.deepEqual(told(cellsOf(1, null, false)), on("core"));
  assert.deepEqual(told(cellsOf(1, null, true)), [...on("core"), ...on("fast")]);
  const others = [...on("cores"), ...on("team", ["W3b", "W5"])];
  assert.deepEqual(told(cellsOf(2, null, false)), [...on("core"), ...others]);
  const all = [...on("core"), ...on("fast"), ...others, ...on("gpu")];
  assert.deepEqual(told(cellsOf(2, { isSoftware: false }, true)), all);
  const software = [...on("core"), ...on("gpu", ["W1", "W2", "W3", "W3b"])];
  assert.deepEqual(told(cellsOf(1, { isSoftware: true }, false)), software);
});

test("the figure is the median of the rounds, over all workers, in samples; every worker ends", async () => {
  const device = fakeDevice(3, steady);
  const figure = await timeCell(device, { work: "W1", lane: "cores" }, new AbortController().signal, LIMITS);
  const batch = WORKS.W1.batch;
  assert.deepEqual(figure, { median: 63 * batch, least: 33 * batch, most: 93 * batch, isDone: true });
  assert.deepEqual(
    device.workers.map(({ orders, isEnded }) => [orders[0].core, orders[0].place, orders.slice(1), isEnded]),
    Array.from({ length: 3 }, () => ["pkg", "cpu", ["run", "run", "run"], true]),
  );
});

test("convolution and the GPU take the package with all there is, and the fast lane the fast one", async () => {
  for (const [work, lane, place, core] of [
    ["W3", "core", "cpu", "pkg-full"],
    ["W1", "gpu", "gpu", "pkg-full"],
    ["W1", "fast", "cpu", "pkg-fast"],
    ["W3", "fast", "cpu", "pkg-fast"],
  ]) {
    const device = fakeDevice(4, steady);
    await timeCell(device, { work, lane }, new AbortController().signal, LIMITS);
    const [{ orders }, ...more] = device.workers;
    assert.deepEqual([orders[0].core, orders[0].isFull, orders[0].place, more.length], [core, true, place, 0]);
  }
});

test("of two workers that share each batch one is told, and hears of the package with all there is", async () => {
  const device = fakeDevice(8, steady);
  const figure = await timeCell(device, { work: "W5", lane: "team" }, new AbortController().signal, LIMITS);
  assert.equal(figure.median, 20 * WORKS.W5.batch);
  assert.deepEqual(
    device.workers.map(({ orders: [{ core, place, team }] }) => [core, place, team]),
    [["pkg-full", "cpu", 2]],
  );
});

test("one worker with a wrong loss spoils the figure; one that fails ends it with its reason; Cancel ends all", async () => {
  const once = (answers) => fakeDevice(2, answers);
  const { signal } = new AbortController();
  const wrong = once((message, which, nth) => ({ ...steady(message, which, nth), isDone: which !== 1 || nth !== 3 }));
  assert.equal((await timeCell(wrong, { work: "W1", lane: "cores" }, signal, LIMITS)).isDone, false);

  const failing = once((message, which) => (which ? { failed: "no memory" } : { ready: true }));
  await assert.rejects(timeCell(failing, { work: "W1", lane: "cores" }, signal, LIMITS), /^Error: no memory$/);
  assert.ok(failing.workers.every(({ isEnded }) => isEnded));

  const silent = once(() => null);
  const stop = new AbortController();
  const canceled = timeCell(silent, { work: "W1", lane: "cores" }, stop.signal, LIMITS);
  queueMicrotask(() => stop.abort(new Error("canceled")));
  await assert.rejects(canceled, /canceled/);
  assert.ok(silent.workers.length === 2 && silent.workers.every(({ isEnded }) => isEnded));
});

test("a loss counts within a thousandth of the known one, and no number doesn't", () => {
  const { lossAfter3 } = WORKS.W2;
  assert.deepEqual(
    [0.0009, -0.0009, 0.0011, -0.0011, NaN].map((off) => isDone(WORKS.W2, lossAfter3 + off)),
    [true, true, false, false, false],
  );
  assert.equal(isDone(WORKS.W2, null), false);
});

test("ratios are those of the table, and of right losses only", () => {
  const figure = (median, done = true) => ({ median, least: median, most: median, isDone: done });
  const figures = new Map([
    ["core-W1", figure(100)],
    ["core-W2", figure(50)],
    ["core-W3", figure(10, false)],
    ["fast-W1", figure(120)],
    ["cores-W1", figure(190)],
    ["cores-W3", figure(20)],
    ["core-W5", figure(1000)],
    ["team-W5", figure(1700)],
    ["team-W3", figure(20)],
    ["gpu-W2", figure(1000)],
  ]);
  const words = ratioWords(figures, 2);
  assert.match(
    words,
    /^With fast .*: W1 1\.2 ×\..* 2 cores .*: W1 1\.9 ×\. With one run, .* 2 workers .*: W5 1\.7 ×\. The GPU .*: W2 20 ×\./,
  );
  assert.equal(ratioWords(new Map([["core-W1", figure(100)]]), 2), "");
});

test("the text has the device, each figure, and what went wrong", () => {
  const agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36";
  const facts = factsOf({ userAgent: agent }, 2, { name: "llvmpipe", isSoftware: true });
  const figures = new Map([
    ["core-W1", { median: 1e6, least: 9e5, most: 1.1e6, isDone: true }],
    ["team-W5", { median: 2000, least: 1990, most: 2010, isDone: true }],
    ["gpu-W1", { median: 1e6, least: 9e5, most: 1.1e6, isDone: false }],
  ]);
  const text = resultText(facts, figures, { build: "abc", date: new Date(0), problems: ["W5, GPU: lost"] });
  assert.deepEqual(text.replaceAll("\u202f", " ").split("\n"), [
    "Trainyard, build abc, measured on 1970-01-01",
    "Chrome 156 · X11 · 2 cores · GPU: llvmpipe (a software GPU)",
    "Samples per second, median [range]",
    "W1 · One core · 1.00 M [900 k–1.10 M]",
    "W5 · Two workers, one run · 2.00 k [1.99 k–2.01 k]",
    "W1 · GPU · wrong loss",
    "W5, GPU: lost",
  ]);
  assert.deepEqual(
    [
      "Mozilla/5.0 (Macintosh; x) Version/26.1 Safari/605",
      "Mozilla/5.0 (Windows NT 10.0; x) Chrome/150.0 Edg/150.0",
    ].map((userAgent) => Object.values(factsOf({ userAgent }, 1, null)).slice(0, 2)),
    [
      ["Macintosh", "Safari 26"],
      ["Windows NT 10.0", "Edge 150"],
    ],
  );
});

test("the works are those that other engines were measured on", () => {
  const conv = 4 * 784 * 25 * 8 + 6 * 196 * 25 * 8 * 16 + 6 * 49 * 16 * 10;
  assert.deepEqual(
    Object.values(WORKS).map((work) => flopsPerSample(work)),
    [496, 409_088, conv, conv, 13_692_928, 13_692_928],
  );
  const { inputs, targets } = makeData(WORKS.W1);
  assert.deepEqual([inputs.length, targets.length, [...new Set(targets)].sort()], [1000, 500, [-1, 1]]);
});

test("the median of measurements: the middle, or the mean of the two there, in whatever order; what is no number spoils it", () => {
  const given = [9, 1, 10, 2];
  assert.deepEqual(
    [median(given), median([3, 100, 20]), median([5]), median(Float64Array.of(2, 1))],
    [5.5, 20, 5, 1.5],
  );
  assert.deepEqual(given, [9, 1, 10, 2]);
  assert.ok(Number.isNaN(median([1, NaN, 2])) && Number.isNaN(median([])));
});
