// `./build.sh bench study`: what choosing a model costs. Cross-validation by one worker of the page and by two, how soon it is
// canceled, and how many pictures the page draws meanwhile; ten folds beside ten runs; the loss surface; and the same folds
// by scikit-learn's MLPClassifier, where python3 has it (PYTHON names another one).
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import { Worker } from "node:worker_threads";
import { Folding, Trainer, initSync } from "../../www/pkg-full/trainyard.js";
import { isRunning } from "../../www/worker/evaluate.js";
import { openSite } from "../browser/support.mjs";
import { thresholdWords } from "./threshold.mjs";

initSync({ module: fs.readFileSync(new URL("../../www/pkg-full/trainyard_bg.wasm", import.meta.url)) });

const FOLDS = 10;
const TIMES = 5;

/** Uniform in −1…1, always the same (SplitMix32). */
function drawn(seed) {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 31 - 1;
  };
}

/** What else the machine does only adds. */
const fastest = (numbers) => Math.min(...numbers);
const timed = async (act) => {
  const start = performance.now();
  await act();
  return performance.now() - start;
};
const verdict = (value, limit, isLeast = false) => ((isLeast ? value >= limit : value <= limit) ? "met" : "MISSED");
const say = (words, ...rest) => console.log(words.padEnd(58), ...rest);

/** Three classes of ten columns, that a line can't tell. */
const ROWS = 1500;
const COLUMNS = 10;
const draw = drawn(1);
const inputs = Float32Array.from({ length: ROWS * COLUMNS }, draw);
const targets = Float32Array.from({ length: ROWS }, (_, row) => {
  const [a, b, c, d] = inputs.subarray(row * COLUMNS);
  const value = 3 * a - 2 * b + 4 * c * d + 0.5 * draw();
  return value < -1 ? 0 : value < 1 ? 1 : 2;
});
const EPOCHS = 30;
const BATCH = 32;
const WIDTH = 32;
const RATE = 0.01;
const spec = {
  data: { source: "rows", scale: "standard", split: { train: 1 } },
  model: { layers: [WIDTH, WIDTH].map((units) => ({ type: "dense", units, activation: "tanh" })) },
  training: {
    batchSize: BATCH,
    optimizer: { type: "adam", learningRate: RATE },
    stop: { maxEpochs: EPOCHS },
  },
};

/** Ten folds by the package, and ten runs on as many rows, in turn: what folds cost besides. */
async function foldsAndRuns() {
  const rows = { inputs, targets, shape: [COLUMNS], classes: 3 };
  // Of as many rows, and as many that validate.
  const single = { ...spec, data: { ...spec.data, split: { train: 1 - 1 / FOLDS, validation: 1 / FOLDS, test: 0 } } };
  /** Each fold's times, and each run's. */
  const [folds, runs] = [0, 1].map(() => Array.from({ length: FOLDS }, () => []));
  const train = async (trainer) => {
    while (isRunning(trainer)) trainer.advance(0xffffffff, 0);
    const { accuracy } = await trainer.scores("validation", { intervals: false });
    trainer.free();
    return accuracy;
  };
  let accuracy = 0;
  for (let i = 0; i < TIMES; i++) {
    accuracy = 0;
    for (let k = 0; k < FOLDS; k++) {
      folds[k].push(
        await timed(async () => {
          const folding = new Folding(spec, rows, { folds: FOLDS });
          accuracy += (await train(folding.open(k))) / FOLDS;
          folding.free();
        }),
      );
      runs[k].push(await timed(async () => train(await Trainer.create(single, rows))));
    }
  }
  const sum = (all) => all.reduce((total, times) => total + fastest(times), 0);
  return { folds: sum(folds), runs: sum(runs), accuracy };
}

/** The loss on 41 × 41 places about a model of some thousand parameters, on 500 rows. */
async function surfaceTime() {
  const own = {
    inputs: inputs.subarray(0, 500 * COLUMNS),
    targets: targets.subarray(0, 500),
    shape: [COLUMNS],
    classes: 3,
  };
  const layers = [25, 25].map((units) => ({ type: "dense", units, activation: "tanh" }));
  const trainer = await Trainer.create({ ...spec, model: { layers } }, own);
  trainer.advance(200, 0);
  const plane = await trainer.plane({ kind: "random", seed: 1 });
  const times = [];
  for (let i = 0; i < TIMES; i++) times.push(await timed(() => trainer.surface(plane, { size: 41 })));
  const { parameterCount } = trainer.describe();
  trainer.free();
  return { ms: fastest(times), parameterCount };
}

const PYTHON = `
import json, sys, time, warnings
import numpy as np
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
warnings.filterwarnings("ignore")
given = json.load(sys.stdin)
x = np.array(given["inputs"]).reshape(-1, ${COLUMNS}); y = np.array(given["targets"])
net = MLPClassifier((${WIDTH}, ${WIDTH}), activation="tanh", alpha=0, batch_size=${BATCH}, learning_rate_init=${RATE},
                    max_iter=${EPOCHS}, tol=0, n_iter_no_change=10**6, random_state=0)
start = time.perf_counter()
found = cross_val_score(make_pipeline(StandardScaler(), net), x, y, cv=StratifiedKFold(${FOLDS}, shuffle=True, random_state=0))
print(json.dumps([(time.perf_counter() - start) * 1000, found.mean()]))
`;

function theirs() {
  const input = JSON.stringify({ inputs: [...inputs], targets: [...targets] });
  const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
  const { status, stdout } = spawnSync(process.env.PYTHON ?? "python3", ["-c", PYTHON], {
    input,
    encoding: "utf8",
    env,
  });
  return status === 0 ? JSON.parse(stdout) : null;
}

/** A page that has so many workers for studies, with the folds' panel open. */
async function openFolds(site, workers, hash) {
  const { page } = await site.open();
  // One core is the page's own.
  await page.addInitScript(
    (cores) => Object.defineProperty(navigator, "hardwareConcurrency", { value: cores }),
    workers + 1,
  );
  await page.goto(`${site.url}${hash}`);
  await page.reload();
  await page.waitForFunction(() => document.querySelector("ty-run-bar")?.playground?.store.get().frame?.outputs);
  await page.locator("ty-folds-fold summary").click();
  await page.locator("ty-folds .study-button").waitFor();
  const has = await page.evaluate(() => document.querySelector("ty-folds").job.workers);
  if (has !== workers) throw new Error(`the page has ${has} workers, not ${workers}`);
  return page;
}

/** Cross-validates; returns how long it took, and the pictures of each second meanwhile. */
const crossValidate = (page) =>
  page.evaluate(async () => {
    const { job } = document.querySelector("ty-folds");
    let [frames, isOver] = [0, false];
    const count = () => {
      frames += 1;
      if (!isOver) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    const start = performance.now();
    document.querySelector("ty-folds .study-button").click();
    await new Promise((resolve) => {
      const end = job.store.subscribe(({ phase }) => phase === "done" && (end(), resolve()));
    });
    const ms = performance.now() - start;
    isOver = true;
    return { ms, perSecond: (1000 * frames) / ms };
  });

/** Begins, cancels when it is well under way, and returns how long that took. */
const cancel = (page) =>
  page.evaluate(async () => {
    const panel = document.querySelector("ty-folds");
    const button = panel.querySelector(".study-button");
    button.click();
    await new Promise((resolve) => {
      const end = panel.job.store.subscribe(({ share }) => share > 0.1 && (end(), resolve()));
    });
    const start = performance.now();
    button.click();
    while (panel.job.isRunning) await new Promise((resolve) => setTimeout(resolve));
    return performance.now() - start;
  });

/** The same rounds by threads of Node, without a page: what two at a time gain on this machine. */
async function byThreads() {
  const moons = {
    data: { source: "moons", noise: 0.3, samples: 2000 },
    model: spec.model,
    training: { batchSize: 32, optimizer: { type: "sgd", learningRate: 0.03 }, stop: { maxEpochs: 240 } },
  };
  const heard = (worker) => once(worker, "message"); // or throws what stopped it
  const workers = [0, 1].map(() => new Worker(new URL("folds.mjs", import.meta.url)));
  await Promise.all(workers.map(heard));
  const rounds = Array.from({ length: FOLDS }, (_, round) => round);
  const train = (worker, some) => {
    worker.postMessage({ spec: moons, folds: FOLDS, rounds: some });
    return heard(worker);
  };
  const [one, two] = [[], []];
  for (let i = 0; i < TIMES; i++) {
    one.push(await timed(() => train(workers[0], rounds)));
    two.push(
      await timed(() =>
        Promise.all(
          workers.map((worker, k) =>
            train(
              worker,
              rounds.filter((round) => round % 2 === k),
            ),
          ),
        ),
      ),
    );
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
  return { one: fastest(one), two: fastest(two) };
}

const PAGE_RUN = "#source=moons&noise=0.3&samples=2000&layers=32,32&batchSize=32&epochs=240";

async function byPage(site) {
  const pages = [await openFolds(site, 1, PAGE_RUN), await openFolds(site, 2, PAGE_RUN)];
  for (const page of pages) await crossValidate(page); // packages and workers are there then
  const found = [[], []];
  for (let i = 0; i < TIMES; i++) for (const [k, page] of pages.entries()) found[k].push(await crossValidate(page));
  const cancels = [];
  for (let i = 0; i < 6; i++) cancels.push(await cancel(pages[i % 2]));
  for (const page of pages) await page.close();
  const [one, two] = found.map((all) => fastest(all.map(({ ms }) => ms)));
  const frames = found.map((all) => Math.max(...all.map(({ perSecond }) => perSecond)));
  return { one, two, frames, cancel: Math.max(...cancels) };
}

const { folds, runs, accuracy } = await foldsAndRuns();
say(
  `${FOLDS} folds beside ${FOLDS} runs, ${folds.toFixed(0)} and ${runs.toFixed(0)} ms:`,
  `${(folds / runs).toFixed(2)}× (at most 1.1: ${verdict(folds / runs, 1.1)})`,
);
const other = theirs();
say(
  `the same folds by scikit-learn's MLPClassifier:`,
  other
    ? `${other[0].toFixed(0)} ms, ${(other[0] / folds).toFixed(1)}× as long; accuracy ${other[1].toFixed(3)} beside ours of ${accuracy.toFixed(3)}`
    : "scikit-learn is not there: python3 -m pip install scikit-learn, or PYTHON=… for another python3",
);
const surface = await surfaceTime();
say(
  `surface of 41 × 41, ${surface.parameterCount} parameters, 500 rows:`,
  `${surface.ms.toFixed(0)} ms (at most 1000: ${verdict(surface.ms, 1000)})`,
);
const threads = await byThreads();
say(
  `the same of threads without a page, ${threads.two.toFixed(0)} and ${threads.one.toFixed(0)} ms:`,
  `${(threads.two / threads.one).toFixed(2)}×: less is not to be had on this machine`,
);
const site = await openSite();
try {
  const { one, two, frames, cancel } = await byPage(site);
  say(
    `in the page, two workers beside one, ${two.toFixed(0)} and ${one.toFixed(0)} ms:`,
    `${(two / one).toFixed(2)}× (at most 0.6: ${verdict(two / one, 0.6)})`,
  );
  say(
    "pictures a second meanwhile, by one worker and by two:",
    frames.map((all) => all.toFixed(0)).join(" and "),
    `(at least 50: ${verdict(Math.min(...frames), 50, true)})`,
  );
  say("Cancel returns within, the longest of six:", `${cancel.toFixed(0)} ms (at most 200: ${verdict(cancel, 200)})`);
  console.log(await thresholdWords(site));
} finally {
  await site.close();
}
