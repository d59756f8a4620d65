// The exported PyTorch programs: predictions as ours, training that goes on as ours, torchrun, Optuna, folds, the notebook, and names
// that try to break out. Needs Python with what requirements.txt has: PYTHON_EXPORTS names it, else that of `./build.sh test exports`.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { checkOf, dataFiles, foldsFile, toPredict } from "../../www/features/export/program/python/bundle.js";
import { distributedScript } from "../../www/features/export/program/python/distributed.js";
import { factsOf, factsOfExport } from "../../www/features/export/program/python/facts.js";
import { foldsScript } from "../../www/features/export/program/python/folds.js";
import { notebook } from "../../www/features/export/program/python/notebook.js";
import { trainScript } from "../../www/features/export/program/python/script.js";
import { searchScript } from "../../www/features/export/program/python/search.js";
import { PAYLOADS } from "../web/payloads.js";
import { OPTIMIZERS, askedOf, byChance, experiments, trained } from "./experiments.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const python = process.env.PYTHON_EXPORTS ?? path.join(here, "../../target/exports-venv/bin/python");
const root = fs.mkdtempSync(path.join(os.tmpdir(), "trainyard-pytorch-"));
after(() => fs.rmSync(root, { recursive: true, force: true }));

const EPOCHS = 20;

const axis = (/** @type {string} */ id, /** @type {number} */ low, /** @type {number} */ high, more = {}) => ({
  id,
  label: id,
  low,
  high,
  isLog: false,
  isWhole: false,
  values: null,
  ...more,
});
const AXES = [
  axis("learningRate", 0.001, 0.1, { isLog: true }),
  axis("batchSize", 4, 16, { isWhole: true }),
  axis("layers.count", 1, 3, { isWhole: true }),
  axis("layers.units", 2, 8, { isWhole: true }),
  axis("activation", 0, 0, { values: ["tanh", "relu", "linear"] }),
  axis("optimizer", 0, 0, { values: ["adam", "sgd"] }),
  axis("init", 0, 0, { values: ["he-normal", "zeros", "uniform"] }),
];
const FILLED = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const BY = ["grid", "random", "halving"];

/** Runs Python, and gives what it said. */
function run(/** @type {string[]} */ args, cwd = root) {
  const { status, stdout, stderr } = spawnSync(python, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, OMP_NUM_THREADS: "1", PYTHONDONTWRITEBYTECODE: "1" },
    maxBuffer: 2 ** 26,
  });
  assert.equal(status, 0, `${args.join(" ")}\n${stdout.slice(-2000)}\n${stderr.slice(-4000)}`);
  return stdout;
}

/** Writes an experiment's files, as the page does, and what the core did beside them. */
async function write(
  /** @type {string} */ name,
  /** @type {any} */ experiment,
  follows = true,
  place = root,
  number = 0,
) {
  const { trainer, exporter } = await trained(experiment);
  const exported = askedOf(exporter);
  const facts = factsOfExport(exported.describe);
  const check = checkOf(exported, exporter.predict(toPredict(exported)));
  const dealt = [...exported.rows.part.keys()].filter((row) => exported.rows.part[row] < 2);
  const how = {
    axes: AXES,
    by: /** @type {any} */ (BY[number % 3]),
    points: 2,
    trials: 3,
    seed: 7,
    epochs: 4,
    judge: /** @type {any} */ (facts.rows.validation && number % 2 ? "validation" : "folds"),
    optimizers: [OPTIMIZERS.adam, OPTIMIZERS.nesterov].map((own) => ({ ...FILLED, ...own })),
  };
  const folder = path.join(place, name.replaceAll(/\W+/g, "_"));
  fs.mkdirSync(folder, { recursive: true });
  const files = [
    { name: "train.py", data: trainScript(facts, check) },
    { name: "train_ddp.py", data: distributedScript(facts) },
    { name: "folds.py", data: foldsScript(facts) },
    { name: "search.py", data: searchScript(facts, how) },
    { name: "notebook.ipynb", data: notebook(facts, check) },
    ...dataFiles(exported),
    foldsFile({ rows: dealt, folds: dealt.map((row) => row % 3) }),
  ];
  for (const { name: file, data } of files) fs.writeFileSync(path.join(folder, file), data);
  const { stepsPerEpoch } = trainer.describe();
  const curve = Array.from({ length: EPOCHS }, () => {
    trainer.advance(stepsPerEpoch, 0);
    return trainer.progress().trainingLoss;
  });
  fs.writeFileSync(path.join(folder, "expected.json"), JSON.stringify({ name, curve, follows }));
  // What the page writes by, before anything is exported, is the same program but for the check.
  if (!facts.image) assert.equal(trainScript(factsOf(trainer.describe())), trainScript(facts), name);
  exporter.free();
  trainer.free();
  return folder;
}

/** As whoever has the folder would ask. */
const isClean = (/** @type {string} */ folder) => {
  run(["-m", "ruff", "format", "--no-cache", "--check", "--quiet", "."], folder);
  run(["-m", "ruff", "check", "--no-cache", "--quiet", "."], folder);
};

test("programs predict as the core does to 1e-5, and follow its curve for 20 epochs to 1e-4", async () => {
  const place = path.join(root, "all");
  const all = Object.entries(experiments());
  for (const [i, [name, experiment]] of all.entries()) await write(name, experiment, true, place, i);
  for (const [i, [name, experiment]] of Object.entries(byChance()).entries())
    await write(name, experiment, false, place, i);
  for (const folder of fs.readdirSync(place)) isClean(path.join(place, folder));
  const said = run([path.join(here, "pytorch.py"), place]);
  assert.match(said, new RegExp(`^${all.length + Object.keys(byChance()).length} programs: `, "m"));
});

const losses = (/** @type {string} */ said) => Number(/^ {2}train: loss ([\d.e-]+)/m.exec(said)?.[1]);

test("torchrun on two processes reaches the loss of one within 1%", async () => {
  const { adam } = OPTIMIZERS;
  const circle = { source: "circle", samples: 200, split: { train: 0.8 } };
  const spec = { data: circle, model: {}, training: { optimizer: adam, batchSize: 1000, stop: { maxEpochs: null } } };
  const folder = await write("distributed", { spec });
  const alone = losses(run(["train.py", "--epochs", "40"], folder));
  const args = ["-m", "torch.distributed.run", "--nproc-per-node", "2", "--master-port", "29611"];
  const together = losses(run([...args, "train_ddp.py", "--epochs", "40"], folder));
  assert.ok(Math.abs(together - alone) / alone <= 0.01, `${together} and ${alone}`);
});

test("it runs from a terminal: check, more steps, a fresh start, test rows when asked, folds, the search", async () => {
  const folder = await write("terminal", experiments()["a table of names"]);
  assert.match(run(["train.py", "--check"], folder), /largest difference from the exported predictions: \d/);
  assert.doesNotMatch(run(["train.py", "--steps", "3"], folder), /test: loss/);
  assert.match(run(["train.py", "--fresh", "--epochs", "2", "--test"], folder), /^ {2}test: loss/m);
  assert.match(run(["train.py", "--from", "trained", "--epochs", "1"], folder), /after 3 epochs/);
  assert.match(run(["folds.py", "--epochs", "2"], folder), /^accuracy: [\d.]+ ± /m);
  assert.match(run(["search.py", "--trials", "2"], folder), /^best accuracy [\d.]+ with \{/m);
});

test("wrong weights fail the check", async () => {
  const folder = await write("wrong", experiments()["optimizer adam"]);
  const file = path.join(folder, "model.safetensors");
  const bytes = fs.readFileSync(file);
  bytes.writeFloatLE(bytes.readFloatLE(bytes.length - 4) + 0.01, bytes.length - 4);
  fs.writeFileSync(file, bytes);
  assert.throws(() => run(["train.py", "--check"], folder), /differ by more than 1e-5/);
});

test("the notebook runs from top to bottom", async () => {
  const folder = await write("notebook", experiments()["a table of values"]);
  const code = `import nbformat, nbclient
book = nbformat.read("notebook.ipynb", 4)
nbformat.validate(book)
nbclient.NotebookClient(book, timeout=300).execute()
print("".join(out.get("text", "") for cell in book.cells for out in cell.get("outputs", [])))`;
  assert.match(run(["-c", code], folder), /largest difference from the exported predictions/);
});

/** As headers and classes of a file. */
const NAMES = [...PAYLOADS, ",", " begins with a blank", "\u{1F600} ü 漢字", "long ".repeat(20)];

test("no header, class or name breaks out of a program, and each is read as it is", async () => {
  const quoted = (/** @type {string} */ text) => `"${text.replaceAll('"', '""')}"`;
  const rows = Array.from({ length: 80 }, (_, i) => [
    ...NAMES.map((name, k) => (k % 3 ? String(((i * 7 + k) % 11) / 3) : quoted(`${name}${i % 2}`))),
    quoted(`class ${NAMES[i % 5]}`),
  ]);
  const head = [...NAMES.map((name) => `col ${name}`), `target """`];
  const table = [head.map(quoted), ...rows].map((cells) => cells.join(",")).join("\n");
  const spec = {
    data: { source: "table", target: `target """`, split: { train: 0.6, validation: 0.2 } },
    model: {},
    training: { stop: { maxEpochs: null } },
  };
  const folder = await write("payloads", { spec, table });
  isClean(folder);
  assert.match(run(["train.py", "--check"], folder), /largest difference/);
  assert.match(run(["train.py", "--epochs", "1"], folder), /after \d+ epochs/);
});
