// The race between CPU and GPU: the break-even, the sentences, and the race's own course.
import assert from "node:assert/strict";
import test from "node:test";
import { curvesLayout, namesOf, nearest } from "../../www/features/benchmark/curves.js";
import { boxOf, crosses, placeNames } from "../../www/features/benchmark/names.js";
import { decades, logarithmic, powers, stacked, everyNth } from "../../www/features/benchmark/scale.js";
import { formatMs } from "../../www/base/formatMs.js";
import {
  WIDTHS,
  adapterWords,
  agreementWords,
  breakEven,
  costOfAsking,
  lookForGpu,
  describePoint,
  lanesOf,
  roughly,
  teamWords,
  verdictWords,
} from "../../www/features/benchmark/model.js";
import { BenchmarkRun } from "../../www/features/benchmark/benchmarkRun.js";
import {
  OwnRace,
  answerWords,
  stepWords,
  volumeOf,
  volumeWords,
  wholeRun,
} from "../../www/features/benchmark/ownRace.js";
import { defaultsFor } from "../../www/settings/spec.js";
import { createStore } from "../../www/base/store.js";
import { settle } from "./support.js";

const lap = (width, cpuMs, gpuMs, changes = {}) => ({
  id: 1,
  width,
  parameters: width ** 2,
  cpu: { msPerStep: cpuMs },
  gpu: {
    msPerStep: gpuMs,
    upload: 0.2 * gpuMs,
    compute: 0.1 * gpuMs,
    readBack: 0.3 * gpuMs,
    overhead: 0.4 * gpuMs,
    isTimestamped: true,
  },
  lossDifference: 1e-7,
  ...changes,
});

/** Words without the spaces that hold a number to its unit. */
const plain = (/** @type {string} */ words) => words.replaceAll("\u00a0", " ");

/** The CPU's time grows with the square of the width; the GPU takes a millisecond and a tenth of it. */
const real = WIDTHS.map((width) => lap(width, width ** 2 / 1e5, 1 + width ** 2 / 1e6));

test("the break-even lies where two straight lines cross on logarithmic axes", () => {
  const { kind, width } = breakEven([lap(10, 1, 10), lap(1000, 100, 10)]);
  assert.equal(kind, "crossing");
  assert.ok(Math.abs(width - 100) < 1e-9, "half way, as logarithms go");
  const between = breakEven(real).width;
  assert.ok(between > 256 && between < 512, `${between}`);
  assert.equal(breakEven([...real].reverse()).width, between, "in whatever order the laps come");
});

test("no break-even: always, never, here and there, nothing measured", () => {
  assert.equal(breakEven([]), null);
  assert.equal(breakEven([lap(8, 2, 1), lap(16, 4, 1)]).kind, "always");
  assert.equal(breakEven([lap(8, 1, 2), lap(16, 1, 2)]).kind, "never");
  assert.equal(breakEven([lap(8, 1, 1)]).kind, "never", "as fast is not faster");
  assert.equal(breakEven([lap(8, 1, 2), lap(16, 2, 1), lap(32, 1, 2)]).kind, "mixed");
});

test("of several crossings the last counts: from there on it pays", () => {
  const { kind, width } = breakEven([lap(8, 1, 2), lap(16, 2, 1), lap(32, 1, 2), lap(64, 4, 2)]);
  assert.equal(kind, "crossing");
  assert.ok(width > 32 && width < 64);
});

test("laps without a time are left out", () => {
  assert.equal(breakEven([lap(8, 0, 1), lap(16, NaN, 1), lap(32, 1, Infinity)]), null);
  assert.equal(breakEven([lap(8, 0, 1), lap(16, 2, 1)]).kind, "always");
});

test("the answer in words", () => {
  assert.equal(
    plain(verdictWords([lap(10, 1, 10), lap(1000, 100, 10)])),
    "The GPU is faster from a width of about 100. Below that, its overhead costs more than it saves.",
  );
  assert.equal(verdictWords([]), "");
  assert.match(verdictWords([lap(8, 2, 1), lap(2048, 4, 1)]), /faster at every width measured, from 8 to 2,048/);
  assert.match(verdictWords([lap(8, 1, 2), lap(2048, 1, 2)]), /CPU is faster at every width measured, from 8 to 2,048/);
  assert.equal(verdictWords([lap(8, 1, 2)]), "The CPU is faster at width 8.");
  assert.equal(verdictWords([lap(8, 2, 1)]), "The GPU is faster at width 8.");
  assert.match(verdictWords([lap(8, 1, 2), lap(16, 2, 1), lap(32, 1, 2)]), /not at the largest \(32\)/);
  assert.deepEqual([7.4, 43, 287, 1234].map(roughly), ["7", "40", "290", "1,200"]);
});

test("a lap in words, with what it costs to ask", () => {
  const tiny = lap(8, 0.0101, 1.2);
  assert.ok(Math.abs(costOfAsking(tiny.gpu) - 1.08) < 1e-9);
  assert.equal(
    plain(describePoint(tiny)),
    "At width 8, one step takes 0.01 ms on the CPU and 1.2 ms on the GPU. Of that, 1.1 ms is upload, read-back, and overhead.",
  );
  assert.deepEqual([0.0123, 1.25, 12.6, 1234.5, 0, 0.00002, NaN].map(formatMs).map(plain), [
    "0.012 ms",
    "1.3 ms",
    "13 ms",
    "1,235 ms",
    "0 ms",
    "< 0.0001 ms",
    "– ms",
  ]);
});

test("the GPU's kind and both engines' agreement in words", () => {
  assert.equal(adapterWords(null), "");
  assert.equal(adapterWords({ name: "A", isFallback: false }), "");
  assert.match(adapterWords({ name: "SwiftShader", isFallback: true }), /software GPU/);
  assert.equal(agreementWords([]), "");
  assert.match(agreementWords([lap(8, 1, 1)]), /less than 0.0001%/);
  assert.match(agreementWords([lap(8, 1, 1), lap(16, 1, 1, { lossDifference: -0.00032 })]), /at most 0.03%/);
  assert.equal(agreementWords([lap(8, 1, 1, { lossDifference: NaN })]), "");
});

test("whether there can be a race, and what it lacks", async () => {
  const look = (/** @type {any} */ scope) => lookForGpu(scope);
  const offers = (adapter) => ({ isSecureContext: true, navigator: { gpu: { requestAdapter: async () => adapter } } });
  assert.deepEqual(await look(offers({})), { lack: "", isFallback: false });
  assert.deepEqual(await look(offers({ info: { isFallbackAdapter: true } })), { lack: "", isFallback: true });
  assert.match((await look({ isSecureContext: false, navigator: {} })).lack, /over HTTPS/);
  assert.match((await look({ navigator: {} })).lack, /does not support WebGPU/);
  assert.match((await look(offers(null))).lack, /no GPU was found/);
  assert.match(
    (await look({ navigator: { gpu: { requestAdapter: async () => Promise.reject(new Error("x")) } } })).lack,
    /no GPU was found/,
  );
});

test("logarithmic axes: equal factors are equal lengths, and whole decades hold all values", () => {
  const x = logarithmic([8, 2048], [0, 80]);
  assert.deepEqual(
    [8, 16, 128, 2048].map((width) => Math.round(x(width))),
    [0, 10, 40, 80],
  );
  assert.deepEqual(
    [decades([]), decades([0.02, 30]), decades([1]), decades([0.1, 10])],
    [
      [0.01, 100],
      [0.01, 100],
      [1, 10],
      [0.1, 10],
    ],
  );
  assert.deepEqual(powers([0.001, 100], 6), [0.001, 0.01, 0.1, 1, 10, 100]);
  assert.deepEqual(powers([0.001, 100], 3), [0.001, 0.1, 10]);
  assert.deepEqual(
    [everyNth(WIDTHS, 9), everyNth(WIDTHS, 5), everyNth(WIDTHS, 0)],
    [WIDTHS, [8, 32, 128, 512, 2048], [8]],
  );
});

test("bars: parts end to end, none of them out of sight, none where there is no time", () => {
  assert.deepEqual(stacked([1, 2, 1], 4, 100), [
    { x: 0, width: 25 },
    { x: 25, width: 50 },
    { x: 75, width: 25 },
  ]);
  assert.deepEqual(stacked([0.0001, 0], 4, 100), [
    { x: 0, width: 1.5 },
    { x: 1.5, width: 0 },
  ]);
  assert.deepEqual(stacked([0], 0, 100), [{ x: 0, width: 0 }]);
});

test("a click finds the nearest width; the axis stands still while laps come in", () => {
  const size = { width: 640, height: 340, unit: 1 };
  const points = real.map(({ width, cpu, gpu }) => ({ width, cpu: cpu.msPerStep, gpu: gpu.msPerStep }));
  const before = curvesLayout(size, { widths: WIDTHS, points: [], chosen: 0, breakEven: null, paysFrom: Infinity });
  const { x, y, box } = curvesLayout(size, { widths: WIDTHS, points, chosen: 0, breakEven: null, paysFrom: Infinity });
  assert.equal(x(128), before.x(128));
  assert.deepEqual([nearest(points, x, 0), nearest(points, x, x(128) + 5), nearest(points, x, 9999)], [0, 4, 8]);
  for (const { width, cpu, gpu } of points) {
    assert.ok(x(width) >= box.left && x(width) <= box.right);
    for (const ms of [cpu, gpu]) assert.ok(y(ms) >= box.top - 1e-9 && y(ms) <= box.bottom + 1e-9);
  }
});

/** A playground whose races are led by the test. */
function setUp(adapter = /** @type {any} */ ({}), scope = /** @type {any} */ (null)) {
  const calls = { paused: 0, stopped: 0, looks: 0 };
  const playground = {
    store: createStore({ settings: { ...defaultsFor("circle"), batchSize: 32 }, run: { state: "paused" } }),
    pause: () => (calls.paused += 1),
    client: {
      job(kind, course, onLap, signal) {
        assert.equal(kind, "race");
        signal.addEventListener("abort", () => (calls.stopped += 1));
        return new Promise((resolve, reject) => Object.assign(calls, { course, onLap, resolve, reject }));
      },
    },
  };
  const requestAdapter = async () => ((calls.looks += 1), adapter);
  const race = new BenchmarkRun(/** @type {any} */ (playground), scope ?? { navigator: { gpu: { requestAdapter } } });
  /** Begins it, and waits until the GPU is looked for. */
  const begin = async () => {
    void race.start();
    await settle(2);
  };
  return { race, calls, playground, begin, state: () => race.store.get() };
}

test("a race: the run pauses, laps come in, the answer stands", async () => {
  const { race, calls, begin, state } = setUp();
  assert.deepEqual([state().phase, calls.looks], ["ready", 0], "nobody wants to race: no GPU is asked for");
  void race.start();
  void race.start();
  assert.equal(state().phase, "asking", "nothing begins before it is known whether there is a GPU");
  await settle(2);
  assert.deepEqual([state().phase, state().batchSize, calls.paused], ["running", 32, 1]);
  assert.deepEqual(
    [calls.course.spec.training.stop, calls.course.widths, calls.course.layers, calls.course.milliseconds],
    [{ maxEpochs: null }, WIDTHS, 2, 300],
  );
  calls.onLap(real[0]);
  calls.onLap(real[1]);
  race.choose(7);
  assert.deepEqual([state().laps.length, state().chosen], [2, 1]);
  calls.resolve({ adapter: { name: "A", isFallback: false }, laps: real });
  await settle(2);
  assert.deepEqual([state().phase, state().laps.length, state().adapter.name], ["done", 9, "A"]);
  await begin();
  assert.deepEqual([state().phase, calls.looks], ["running", 1], "it is looked for once");
  const soft = setUp({ info: { isFallbackAdapter: true } });
  await soft.begin();
  assert.equal(soft.calls.course.widths.at(-1), 512, "software would take minutes");
});

test("a race is stopped by hand, or by training that begins; the laps so far stay", async () => {
  for (const byHand of [true, false]) {
    const { race, calls, playground, begin, state } = setUp();
    race.stop();
    await begin();
    calls.onLap(real[0]);
    if (byHand) race.stop();
    else playground.store.set({ run: { state: "training" } });
    assert.deepEqual([state().phase, calls.stopped], ["stopping", 1]);
    calls.resolve({ adapter: { name: "A", isFallback: false }, laps: [real[0]] });
    await settle(2);
    assert.deepEqual([state().phase, state().laps.length], ["done", 1]);
    playground.store.set({ run: { state: "paused" } });
    playground.store.set({ run: { state: "training" } });
    assert.equal(calls.stopped, 1, "nothing to stop any more");
  }
});

test("no GPU after all, or a race that breaks off", async () => {
  const none = setUp(null, { navigator: {} });
  assert.match(none.state().lack, /does not support WebGPU/);
  const first = setUp(null);
  for (const { begin, state, calls } of [none, first]) {
    await begin();
    assert.deepEqual([state().phase, calls.paused], ["lacking", 0]);
  }
  assert.match(first.state().lack, /no GPU was found/);
  const second = setUp();
  await second.begin();
  second.calls.reject(Object.assign(new Error("There is no GPU here."), { code: "no-gpu" }));
  await settle(2);
  assert.deepEqual([second.state().phase, second.state().lack], ["lacking", "There is no GPU here."]);
  const third = setUp();
  await third.begin();
  third.calls.onLap(real[0]);
  third.calls.reject(new Error("Training was restarted in a new worker."));
  await settle(2);
  assert.deepEqual([third.state().phase, third.state().laps.length], ["done", 1]);
  assert.match(third.state().problem, /interrupted: Training was restarted/);
  void third.race.start();
  third.calls.resolve({ adapter: { name: "A", isFallback: false }, laps: [real[0]] });
  await settle(2);
  assert.match(third.state().problem, /stopped before width 16 because the GPU failed/);
});

test("the model's own lap: what moves, what a step takes, and whether the whole run gains by it", () => {
  const own = /** @type {any} */ ({
    ...lap(8, 2, 1),
    reason: "",
    adapter: { name: "A", isFallback: false },
    setup: 500,
    parameters: 12_345,
    rows: 900,
    trainingRows: 720,
    numbers: 1536,
  });
  // A number is of four bytes, and each row has its target besides.
  assert.deepEqual(volumeOf(own, 16), { all: 900 * 1537 * 4, batch: 16 * 1537 * 4, step: 256 + 64 });
  assert.match(
    plain(volumeWords(own, 16)),
    /^The data are 900 rows of 1,536 numbers: 5\.3 MB, moved .* sends 320 B .* batch \(96\.1 KB\)\.$/,
  );
  assert.match(
    plain(stepWords(own)),
    /12,345 parameters\. One step takes 2 ms on the CPU and 1 ms on .* that, 0\.9 ms is/,
  );
  assert.deepEqual(wholeRun(own, 16, 20), { steps: 900, cpu: 1800, gpu: 1400 });
  assert.match(
    plain(answerWords(own, 16, 20)),
    /run of 900 steps takes about 1\.8 s on the CPU and 1\.4 s .* 0\.5 s .* the GPU pays\.$/,
  );
  // What setting it up takes can cost more than all steps gain.
  assert.match(plain(answerWords(own, 16, 10)), /about 0\.9 s on the CPU and 0\.95 s .* the GPU does not pay\.$/);
  assert.match(plain(answerWords(own, 16, null)), /paid off after 500 steps\.$/);
  assert.match(plain(answerWords({ ...own, cpu: { msPerStep: 1 } }, 16, null)), /each step is slower there/);
  const bare = { ...own, gpu: null, adapter: null, reason: "There is no GPU." };
  assert.match(plain(stepWords(bare)), /One step takes 2 ms on the CPU\. There is no GPU\.$/);
  assert.match(plain(volumeWords(bare, 16)), /to move to a GPU once, and 96\.1 KB per batch\.$/);
  assert.deepEqual([answerWords(bare, 16, 20), wholeRun(bare, 16, 20)], ["", null]);
});

test("several workers have a lane where they share batches: their pace beside one worker's, and whether the loss is its", () => {
  const team = { workers: 2, msPerStep: 60, talkMs: 4.2, isSame: true };
  const [alone, shared] = [lap(8, 2, 1), lap(1024, 100, 10, { team })];
  assert.deepEqual(lanesOf([alone, shared]), ["CPU × 2"]);
  assert.equal(
    plain(teamWords([alone, shared])),
    "2 workers that share each batch take 60 ms, of which 4.2 ms is waiting for one another: 1.7 × one worker’s pace, with exactly its loss.",
  );
  const off = lap(1024, 100, 10, { team: { ...team, isSame: false } });
  assert.match(teamWords([off]), /Their loss differs from one worker’s\.$/);
  assert.deepEqual(lanesOf([alone]), []);
  assert.match(teamWords([alone]), /^There is no lane for several workers: .* more than 128 rows/);
  const size = { width: 600, height: 300, unit: 1 };
  const curves = { widths: [8, 1024], chosen: 0, breakEven: null, paysFrom: Infinity };
  const points = [
    { width: 8, cpu: 2, team: null, gpu: 1 },
    { width: 1024, cpu: 100, team: 0.02, gpu: 10 },
  ];
  const [low] = curvesLayout(size, { ...curves, points }).range;
  assert.ok(low <= 0.02, "their curve is in the picture");
});

test("the model is timed as it is set, without an end; other settings make it stale", async () => {
  const { playground, calls } = setUp();
  playground.client.job = (kind, course) => {
    assert.equal(kind, "lap");
    return new Promise((resolve) => Object.assign(calls, { course, resolve }));
  };
  playground.store.set({ table: { title: "", description: null } });
  const race = new OwnRace(/** @type {any} */ (playground));
  void race.start();
  await settle(2);
  assert.deepEqual([calls.course.spec.training.stop, calls.course.milliseconds], [{ maxEpochs: null }, 1000]);
  assert.ok(calls.course.spec.model.layers.length > 0);
  calls.resolve(null);
  await settle(2);
  assert.deepEqual([race.store.get().phase, race.store.get().lap, race.isStale], ["done", null, false]);
  playground.store.set({ settings: { ...playground.store.get().settings, batchSize: 64 } });
  assert.equal(race.isStale, true);
});

test("no name of a curve lies on a curve or on another name, nor out of the picture, as narrow as a phone", () => {
  const courses = /** @type {[number[], (number | null)[], number[]][]} */ ([
    [
      [0.02, 0.05, 0.2, 0.9, 4, 18],
      [null, null, 0.4, 0.8, 2.6, 10],
      [0.9, 0.9, 1, 1.2, 2, 5],
    ],
    [
      [0.02, 0.05, 0.2, 0.9, 4, 18],
      [null, null, null, null, 3, 9.5],
      [2, 2, 3, 6, 20, 90],
    ],
    [
      [2, 2.2, 3, 6, 20, 90],
      [null, null, null, null, null, 50],
      [0.5, 0.5, 0.6, 0.8, 1.5, 5],
    ],
    [
      [0.1, 0.1, 0.1, 0.1, 0.1, 0.1],
      [0.09, 0.09, 0.09, 0.09, 0.09, 0.09],
      [0.11, 0.11, 0.11, 0.11, 0.11, 0.11],
    ],
    [[1], [null], [2]],
  ]);
  for (const [width, unit] of [
    [320, 1],
    [358, 1],
    [358, 1.3],
    [900, 1],
  ])
    // prettier-ignore
    for (const [cpu, team, gpu] of courses) {
      const size = { width, height: 300, unit };
      const widths = [8, 32, 128, 256, 512, 1024];
      const points = cpu.map((ms, i) => ({ width: widths[i], cpu: ms, team: team[i], gpu: gpu[i] }));
      const curves = { widths, points, team: "CPU × 2", chosen: 0, breakEven: null, paysFrom: Infinity };
      const { x, y } = curvesLayout(size, curves);
      const names = namesOf(size, curves);
      assert.deepEqual(names.map(({ kind }) => kind), team.some(Boolean) ? ["cpu", "gpu", "team"] : ["cpu", "gpu"]); // prettier-ignore
      const boxes = names.map((name) => boxOf(name, unit));
      boxes.forEach((box, i) => {
        const where = `${width} × ${unit}, ${names[i].text}: ${JSON.stringify([cpu, names[i]])}`;
        assert.ok(box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= 300, where);
        for (const lane of [cpu, team, gpu]) {
          const course = lane.flatMap((ms, k) => (ms ? [{ x: x(widths[k]), y: y(ms) }] : []));
          course.slice(1).forEach((place, k) => assert.ok(!crosses(course[k], place, box), where));
        }
        for (const other of boxes.slice(0, i))
          assert.ok(box.right <= other.left || other.right <= box.left || box.bottom <= other.top || other.bottom <= box.top, where); // prettier-ignore
      });
    }
});

test("a line crosses a box where a part of it lies within; of places that are all taken the least bad one is chosen", () => {
  const box = { left: 10, right: 20, top: 10, bottom: 20 };
  const at = (/** @type {number} */ x, /** @type {number} */ y) => ({ x, y });
  for (const [a, b, is] of /** @type {const} */ ([
    [at(0, 0), at(30, 30), true],
    [at(0, 15), at(30, 15), true],
    [at(15, 12), at(15, 12), true],
    [at(0, 5), at(30, 5), false],
    [at(0, 12), at(9, 12), false],
    [at(0, 0), at(30, 8), false],
    [at(25, 0), at(25, 40), false],
    [at(30, 30), at(0, 0), true],
  ]))
    assert.equal(crosses(a, b, box), is, JSON.stringify([a, b]));
  const [only] = placeNames([{ text: "CPU", curve: [at(5, 5)], at: [0] }], { left: 0, right: 9, top: 0, bottom: 9 }, 1);
  assert.ok(Number.isFinite(only.x) && Number.isFinite(only.y));
});
